//! Who goes into which role when the wizard opens, and what the sender is told about it.

use serde::{Deserialize, Serialize};

use crate::{
    draft::Row,
    email::same_email,
    record::{Contact, ObjectType, Record},
    sorted,
    template::{Role, Template},
};

/// The rows a wizard starts with, and the notices shown above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefill {
    /// One row per template role, in routing order; unfilled ones with empty name and e-mail.
    pub rows: Vec<Row>,
    pub notices: Vec<Notice>,
}

/// Something the sender should know about the rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "notice")]
pub enum Notice {
    /// The record has more contacts that could be filled in than the template has placeholders; the first ones
    /// were filled in (none, where it has no placeholder).
    MoreContactsThanPlaceholders { contacts: usize, placeholders: usize },
    /// A contact was not added because the template already holds the same e-mail.
    AlreadyInTemplate { name: String, email: String },
    /// A contact of the record cannot be filled in without an e-mail.
    ContactWithoutEmail { name: String },
    /// The record has no contact to fill in.
    NoContacts,
    /// A company's contacts are offered, not filled in.
    CompanyContactsOffered { contacts: usize },
}

impl Notice {
    /// The names of all notices, so that the catalogues can be checked for completeness.
    pub const NAMES: [&'static str; 5] = [
        "more-contacts-than-placeholders",
        "already-in-template",
        "contact-without-email",
        "no-contacts",
        "company-contacts-offered",
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MoreContactsThanPlaceholders { .. } => "more-contacts-than-placeholders",
            Self::AlreadyInTemplate { .. } => "already-in-template",
            Self::ContactWithoutEmail { .. } => "contact-without-email",
            Self::NoContacts => "no-contacts",
            Self::CompanyContactsOffered { .. } => "company-contacts-offered",
        }
    }
}

/// The rows for `template` sent from `record`.
///
/// - From a contact or a deal, the contacts go into the placeholders in routing order, in the order in which the
///   record has them. Carbon copies and the like are placeholders too, and so are locked ones: of a locked role
///   the person may be given.
/// - A contact without e-mail, or whose e-mail the template already holds, is passed over with a notice.
/// - From a company nobody is filled in: the sender picks from its contacts.
/// - Roles that the template has filled keep their person, and kinds that we do not know are left alone.
pub fn prefill(template: &Template, record: &Record) -> Prefill {
    let mut rows: Vec<Row> = template.roles.iter().enumerate().map(row).collect();
    sorted::by_number(&mut rows, |row| u64::from(row.routing_order));
    let placeholders = template.roles.iter().filter(|role| role.is_placeholder()).count();
    let mut notices = Vec::new();

    if record.contacts.is_empty() {
        if placeholders > 0 {
            notices.push(Notice::NoContacts);
        }
        return Prefill { rows, notices };
    }
    if record.reference.object() == ObjectType::Company {
        notices.push(Notice::CompanyContactsOffered { contacts: record.contacts.len() });
        return Prefill { rows, notices };
    }

    let people = fillable(template, record, &mut notices);
    let open = rows.iter_mut().filter(|row| is_open(row));
    for (row, (contact, email)) in open.zip(&people) {
        row.name = contact.name.trim().to_owned();
        row.email = (*email).to_owned();
        row.contact_id = Some(contact.id.clone());
    }
    if people.len() > placeholders {
        notices.push(Notice::MoreContactsThanPlaceholders { contacts: people.len(), placeholders });
    }
    Prefill { rows, notices }
}

/// The contacts that could be filled in, each with its e-mail, and notices about the others.
fn fillable<'r>(
    template: &Template,
    record: &'r Record,
    notices: &mut Vec<Notice>,
) -> Vec<(&'r Contact, &'r str)> {
    let mut people: Vec<(&Contact, &str)> = Vec::new();
    for contact in &record.contacts {
        let email = contact.email.as_deref().map(str::trim).filter(|email| !email.is_empty());
        let Some(email) = email else {
            notices.push(Notice::ContactWithoutEmail { name: contact.name.clone() });
            continue;
        };
        if template.roles.iter().any(|role| same_email(&role.email, email)) {
            notices.push(Notice::AlreadyInTemplate { name: contact.name.clone(), email: email.to_owned() });
        } else if !people.iter().any(|(_, other)| same_email(other, email)) {
            people.push((contact, email));
        }
    }
    people
}

fn row((place, role): (usize, &Role)) -> Row {
    Row { id: u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1), ..Row::of_role(role) }
}

fn is_open(row: &Row) -> bool {
    row.kind.needs_person() && row.name.trim().is_empty() && row.email.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::{Draft, Problem, check, sample},
        record::RecordRef,
        template::RecipientKind,
    };
    use proptest::prelude::*;

    fn contact(id: usize, name: &str, email: &str) -> Contact {
        Contact {
            id: id.to_string(),
            name: name.into(),
            email: (!email.is_empty()).then(|| email.into()),
            company: None,
        }
    }

    fn record(object: ObjectType, contacts: &[(&str, &str)]) -> Record {
        Record {
            reference: RecordRef::new(object, "7").expect("digits"),
            name: "Record".into(),
            contacts: contacts.iter().enumerate().map(|(i, (n, e))| contact(i + 1, n, e)).collect(),
        }
    }

    /// A template written as roles: `Client`, `cc:Legal`, `seals:Seal`, `Sam=sam@firm.example`, in order.
    fn template(roles: &[&str]) -> Template {
        let role = |(i, text): (usize, &&str)| {
            let (kind, text) = text.split_once(':').unwrap_or(("signers", text));
            let kind = RecipientKind::from_array_name(if kind == "cc" { "carbonCopies" } else { kind });
            let (name, email) = text.split_once('=').unwrap_or(("", ""));
            let order = u32::try_from(i + 1).expect("few");
            let role_name = if email.is_empty() { text } else { "" };
            Role {
                kind,
                name: name.into(),
                email: email.into(),
                ..sample::role(&order.to_string(), role_name, order)
            }
        };
        Template { roles: roles.iter().enumerate().map(role).collect(), ..sample::template() }
    }

    /// Rows and notices as lines a person can read.
    fn shown(roles: &[&str], object: ObjectType, contacts: &[(&str, &str)]) -> String {
        let template = template(roles);
        let Prefill { rows, notices } = prefill(&template, &record(object, contacts));
        let mut lines: Vec<String> = rows
            .iter()
            .map(|row| {
                let role = row.role_in(&template).expect("every row has its role");
                let picked = row.contact_id.as_ref().map(|id| format!(" (contact {id})")).unwrap_or_default();
                let person = if row.email.is_empty() { "-" } else { &row.email };
                format!("{} {} {}: {person}{picked}", row.routing_order, row.kind.array_name(), role.label())
            })
            .collect();
        lines.extend(notices.iter().map(|notice| format!("{notice:?}")));
        lines.join("\n")
    }

    const ANN: (&str, &str) = ("Ann Lee", "ann@client.example");
    const BO: (&str, &str) = ("Bo Lind", "bo@client.example");
    const CY: (&str, &str) = ("Cy Mo", "cy@client.example");

    #[test]
    fn a_contact_goes_into_the_first_placeholder() {
        insta::assert_snapshot!(shown(&["Client", "Company"], ObjectType::Contact, &[ANN]), @"
        1 signers Client: ann@client.example (contact 1)
        2 signers Company: -
        ");
    }

    #[test]
    fn a_role_that_is_filled_keeps_its_person() {
        insta::assert_snapshot!(shown(&["Sam=sam@firm.example", "Client"], ObjectType::Contact, &[ANN]), @"
        1 signers Sam: sam@firm.example
        2 signers Client: ann@client.example (contact 1)
        ");
    }

    #[test]
    fn a_deals_contacts_fill_the_placeholders_in_order() {
        insta::assert_snapshot!(
            shown(&["Client", "cc:Finance", "seals:Seal", "Company"], ObjectType::Deal, &[ANN, BO, CY]), @"
        1 signers Client: ann@client.example (contact 1)
        2 carbonCopies Finance: bo@client.example (contact 2)
        3 seals Seal: -
        4 signers Company: cy@client.example (contact 3)
        ");
    }

    #[test]
    fn more_contacts_than_placeholders_fill_the_first_and_say_so() {
        insta::assert_snapshot!(shown(&["Client", "Company"], ObjectType::Deal, &[ANN, BO, CY]), @"
        1 signers Client: ann@client.example (contact 1)
        2 signers Company: bo@client.example (contact 2)
        MoreContactsThanPlaceholders { contacts: 3, placeholders: 2 }
        ");
    }

    #[test]
    fn a_contact_the_template_holds_is_not_added_twice() {
        insta::assert_snapshot!(
            shown(&["Client", "Ann Lee=ANN@client.example"], ObjectType::Deal, &[ANN, BO]), @"
        1 signers Client: bo@client.example (contact 2)
        2 signers Ann Lee: ANN@client.example
        AlreadyInTemplate { name: \"Ann Lee\", email: \"ann@client.example\" }
        ");
    }

    #[test]
    fn a_contact_without_an_address_is_passed_over() {
        insta::assert_snapshot!(
            shown(&["Client", "Company"], ObjectType::Deal, &[("No Mail", ""), ("Blank", "  "), BO]), @"
        1 signers Client: bo@client.example (contact 3)
        2 signers Company: -
        ContactWithoutEmail { name: \"No Mail\" }
        ContactWithoutEmail { name: \"Blank\" }
        ");
    }

    #[test]
    fn a_companys_contacts_are_offered_and_not_filled_in() {
        insta::assert_snapshot!(shown(&["Client"], ObjectType::Company, &[ANN, BO]), @"
        1 signers Client: -
        CompanyContactsOffered { contacts: 2 }
        ");
    }

    #[test]
    fn a_record_without_contacts_says_so_where_somebody_is_missing() {
        insta::assert_snapshot!(shown(&["Client"], ObjectType::Deal, &[]), @"
        1 signers Client: -
        NoContacts
        ");
        insta::assert_snapshot!(shown(&["Sam=sam@firm.example"], ObjectType::Company, &[]), @"1 signers Sam: sam@firm.example");
    }

    #[test]
    fn a_template_without_a_place_for_the_contact_says_so() {
        insta::assert_snapshot!(shown(&["Sam=sam@firm.example"], ObjectType::Contact, &[ANN]), @"
        1 signers Sam: sam@firm.example
        MoreContactsThanPlaceholders { contacts: 1, placeholders: 0 }
        ");
        insta::assert_snapshot!(shown(&[], ObjectType::Deal, &[]), @"");
    }

    #[test]
    fn names_are_the_words_on_the_wire() {
        let samples = [
            Notice::MoreContactsThanPlaceholders { contacts: 2, placeholders: 1 },
            Notice::AlreadyInTemplate { name: String::new(), email: String::new() },
            Notice::ContactWithoutEmail { name: String::new() },
            Notice::NoContacts,
            Notice::CompanyContactsOffered { contacts: 1 },
        ];
        assert_eq!(samples.each_ref().map(Notice::name), Notice::NAMES);
        for notice in samples {
            assert_eq!(serde_json::to_value(&notice).expect("JSON")["notice"], notice.name());
        }
    }

    fn some_template() -> impl Strategy<Value = Template> {
        let role = prop_oneof![
            Just("Role"),
            Just("cc:Copy"),
            Just("seals:Seal"),
            Just("Sam=sam@firm.example"),
            Just("Ann=A1@client.example"),
        ];
        prop::collection::vec(role, 0..6).prop_map(|roles| template(&roles))
    }

    fn some_record() -> impl Strategy<Value = Record> {
        let contact = prop_oneof![
            1 => Just(String::new()),
            4 => (0u32..6).prop_map(|i| format!("a{i}@client.example")),
        ];
        let object = prop::sample::select(ObjectType::ALL.to_vec());
        (object, prop::collection::vec(contact, 0..8)).prop_map(|(object, emails)| {
            let contacts: Vec<(&str, &str)> =
                emails.iter().map(|email| ("Somebody", email.as_str())).collect();
            record(object, &contacts)
        })
    }

    proptest! {
        #[test]
        fn every_role_has_its_row_and_nobody_is_there_twice(template in some_template(), record in some_record()) {
            let Prefill { rows, .. } = prefill(&template, &record);
            prop_assert_eq!(rows.len(), template.roles.len());
            prop_assert!(rows.is_sorted_by_key(|row| row.routing_order));
            for row in &rows {
                let role = row.role_in(&template).expect("its role");
                if !role.is_placeholder() {
                    prop_assert_eq!((&row.name, &row.email), (&role.name, &role.email));
                    prop_assert_eq!(&row.contact_id, &None);
                }
                if let Some(id) = &row.contact_id {
                    prop_assert!(record.contacts.iter().any(|c| c.id == *id && c.email.as_deref() == Some(&row.email)));
                    let same = rows.iter().filter(|other| same_email(&other.email, &row.email)).count();
                    prop_assert_eq!(same, 1, "{} is there twice", row.email);
                }
            }
        }

        #[test]
        fn nobody_is_left_out_while_a_placeholder_is_open(template in some_template(), record in some_record()) {
            let Prefill { rows, notices } = prefill(&template, &record);
            if record.reference.object() == ObjectType::Company {
                prop_assert!(rows.iter().all(|row| row.contact_id.is_none()));
                return Ok(());
            }
            let open = rows.iter().any(is_open);
            for contact in &record.contacts {
                let there = contact.email.as_ref()
                    .is_some_and(|email| rows.iter().any(|row| same_email(&row.email, email)));
                let told = notices.iter().any(|notice| match notice {
                    Notice::ContactWithoutEmail { .. } => contact.email.is_none(),
                    Notice::MoreContactsThanPlaceholders { .. } => !open,
                    _ => false,
                });
                prop_assert!(there || told, "{contact:?} is neither there nor explained");
            }
        }

        #[test]
        fn a_prefilled_draft_only_lacks_people(template in some_template(), record in some_record()) {
            let draft = Draft::from_prefill(&template, &prefill(&template, &record));
            for problem in check(&draft, &template) {
                prop_assert!(
                    matches!(
                        problem,
                        Problem::NameMissing { .. }
                            | Problem::EmailMissing { .. }
                            | Problem::NoRecipients
                            // The template itself may hold somebody twice.
                            | Problem::Duplicate { .. }
                    ),
                    "{problem:?}"
                );
            }
        }
    }
}
