//! What is to be changed of DocuSign's draft so that it is what the sender drafted.
//!
//! DocuSign numbers recipients anew when it makes an envelope from templates; `roles` says who became whom, as read
//! back then, so that a role that is renamed in the template later is still found. Applying the plan twice is the
//! same as applying it once: a recipient that the sender added is taken off and added again, a tab that the sender
//! placed is known by its label, and a value is only written where another one is.

use serde_json::{Map, Value, json};
use shared::{
    draft::{Draft, DraftDocument, PlacedAt, PlacedField, PlacedKind, Row, sendable_rows},
    tab::{Tab, TabKind},
    template::{RecipientKind, Role, Template},
};

use super::{
    definition::{Binding, TabValue, person},
    documents::People,
    options::options,
};
use crate::wire::docusign::RecipientWire;

/// Tabs that a sender placed are labelled with this and their number.
const PLACED: &str = "countersign-placed-";

/// Who somebody is.
const PERSON: [&str; 4] = ["name", "email", "signerName", "signerEmail"];

/// A role of the (joined) template, and the `recipientId` it has in DocuSign's draft.
pub type Seat = (String, String);

/// DocuSign's draft as it was made, and as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The template that it was made from.
    pub template: &'a Template,
    pub seats: &'a [Seat],
    pub documents: &'a [DraftDocument],
    pub people: &'a People,
}

/// In the order in which it is to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Recipients to take off.
    pub remove: Vec<(RecipientKind, String)>,
    /// Tabs that were placed by an earlier try and have been taken back since: whose, and the body that names them.
    pub take_back: Vec<(String, Value)>,
    /// The body of the update.
    pub update: Value,
}

/// Who is who: each role of the template with its recipient in a draft that has just been made from it. By role
/// name and kind; who has no role name, by name and e-mail.
pub fn seats(template: &Template, people: &[(RecipientKind, RecipientWire)]) -> Vec<Seat> {
    let mut free: Vec<&(RecipientKind, RecipientWire)> = people.iter().collect();
    let mut seats = Vec::new();
    for role in &template.roles {
        let found = free.iter().position(|(kind, one)| *kind == role.kind && is_of(role, one));
        if let Some(found) = found {
            seats.push((role.recipient_id.clone(), free.remove(found).1.recipient_id.clone()));
        }
    }
    seats
}

fn is_of(role: &Role, one: &RecipientWire) -> bool {
    if role.role_name.is_empty() {
        let (name, email) = match role.kind {
            RecipientKind::InPersonSigner => (&one.signer_name, &one.signer_email),
            _ => (&one.name, &one.email),
        };
        return one.role_name.is_empty() && *name == role.name && email.eq_ignore_ascii_case(&role.email);
    }
    one.role_name == role.role_name
}

/// The plan for a draft in which [`shared::draft::check`] found nothing wrong.
pub fn changes(draft: &Draft, values: &[TabValue], known: &Known<'_>, binding: &Binding<'_>) -> Changes {
    let people = &known.people.recipients;
    let mut kept: Vec<&str> = Vec::new();
    let mut remove = Vec::new();
    let mut take_back = Vec::new();
    let mut recipients = Map::new();
    let mut next_id =
        people.iter().filter_map(|(_, r)| r.recipient_id.parse::<u64>().ok()).max().unwrap_or(0);
    for row in sendable_rows(draft) {
        let role = row.role_in(known.template);
        let seat = seat(role, known, &kept).filter(|(kind, _)| *kind == row.kind);
        let mut recipient = person(&row, role.filter(|r| r.kind == row.kind), draft, binding);
        // A role that is still empty stays so.
        recipient.retain(|key, value| !(PERSON.contains(&key.as_str()) && value == ""));
        let mut tabs = Map::new();
        match seat {
            Some((_, one)) => {
                kept.push(&one.recipient_id);
                if one.template_locked {
                    // DocuSign refuses everything else of a locked one (docusign facts §3.1).
                    recipient.retain(|key, _| PERSON.contains(&key.as_str()) || key == "accessCode");
                }
                recipient.insert("recipientId".into(), one.recipient_id.clone().into());
                fill(&mut tabs, &one.recipient_id, role, values, known);
                let stale = place(&mut tabs, &row, &one.recipient_id, draft, known);
                if !stale.is_empty() {
                    take_back.push((one.recipient_id.clone(), Value::Object(stale)));
                }
                if !one.template_locked {
                    hide(&mut recipient, &row, Some(&one.recipient_id), known);
                }
            }
            // Not filled in yet; only DocuSign's own editor is opened on such a draft.
            None if row.name.is_empty() || row.email.is_empty() => continue,
            // Added by the sender, or changed into another kind.
            None => {
                next_id += 1;
                let id = next_id.to_string();
                recipient.insert("recipientId".into(), id.clone().into());
                place(&mut tabs, &row, &id, draft, known);
                hide(&mut recipient, &row, None, known);
            }
        }
        if !tabs.is_empty() {
            recipient.insert("tabs".into(), Value::Object(tabs));
        }
        push(&mut recipients, row.kind.array_name(), Value::Object(recipient));
    }
    for (kind, one) in people {
        if !kept.contains(&one.recipient_id.as_str()) {
            remove.push((kind.clone(), one.recipient_id.clone()));
        }
    }
    let mut update = options(&draft.options, &known.template.options);
    update.insert("emailSubject".into(), draft.subject.clone().into());
    update.insert("emailBlurb".into(), draft.message.clone().into());
    update.insert("recipients".into(), Value::Object(recipients));
    Changes { remove, take_back, update: Value::Object(update) }
}

/// The recipient that a role became: as it was read back; should that be gone, one of the role's name.
fn seat<'a>(
    role: Option<&Role>,
    known: &Known<'a>,
    kept: &[&str],
) -> Option<&'a (RecipientKind, RecipientWire)> {
    let role = role?;
    let free = |one: &RecipientWire| !kept.contains(&one.recipient_id.as_str());
    let id = known.seats.iter().find(|(of, _)| *of == role.recipient_id).map(|(_, id)| id);
    let people = &known.people.recipients;
    let by_id = people.iter().find(|(_, one)| free(one) && Some(&one.recipient_id) == id);
    by_id.or_else(|| people.iter().find(|(kind, one)| free(one) && *kind == role.kind && is_of(role, one)))
}

/// Values into the tabs that a recipient has: the sender's, and elsewhere what the template holds, should an earlier
/// try have written something else.
fn fill(
    tabs: &mut Map<String, Value>,
    id: &str,
    role: Option<&Role>,
    values: &[TabValue],
    known: &Known<'_>,
) {
    let Some(role) = role else { return };
    let theirs = known.people.tabs.iter().filter(|tab| tab.recipient == id && tab.kind.takes_value());
    let mut groups: Vec<&str> = Vec::new();
    for tab in theirs {
        let given = values
            .iter()
            .find(|v| v.recipient == role.recipient_id && v.kind == tab.kind && v.label == tab.label);
        let original = || {
            let same = |own: &&Tab| {
                own.recipient == role.recipient_id && own.kind == tab.kind && own.label == tab.label
            };
            known.template.tabs.iter().find(same).map(|own| own.value.as_str())
        };
        let Some(value) = given.map(|v| v.value.as_str()).or_else(original) else { continue };
        if value == tab.value || (given.is_none() && tab.template_locked) {
            continue;
        }
        let item = match tab.kind {
            TabKind::Checkbox => json!({ "tabId": tab.id, "selected": (value == "true").to_string() }),
            // A button cannot be let go, only another one pressed. A group goes by its name.
            TabKind::Radio if value.is_empty() || groups.contains(&tab.label.as_str()) => continue,
            TabKind::Radio => {
                groups.push(&tab.label);
                json!({ "groupName": tab.label, "radios": [{ "value": value, "selected": "true" }] })
            }
            TabKind::Numerical => json!({ "tabId": tab.id, "numericalValue": value }),
            _ => json!({ "tabId": tab.id, "value": value }),
        };
        push(tabs, tab.kind.array_name(), item);
    }
}

/// The fields that the sender placed for this row. Answers with tabs of an earlier try that are in the draft no
/// more, or somewhere else now.
fn place(
    tabs: &mut Map<String, Value>,
    row: &Row,
    id: &str,
    draft: &Draft,
    known: &Known<'_>,
) -> Map<String, Value> {
    let mine: Vec<&PlacedField> = draft.placed.iter().filter(|field| field.row == row.id).collect();
    let mut stale = Map::new();
    for tab in known.people.tabs.iter().filter(|tab| tab.recipient == id && tab.label.starts_with(PLACED)) {
        push(&mut stale, tab.kind.array_name(), json!({ "tabId": tab.id }));
    }
    for field in mine {
        let Some(document) = document_id(&field.document, known.documents) else { continue };
        let mut tab = json!({ "tabLabel": format!("{PLACED}{}", field.id), "documentId": document });
        let at = match &field.at {
            PlacedAt::Point { page, x, y } => json!({
                "pageNumber": page.to_string(), "xPosition": x.to_string(), "yPosition": y.to_string(),
            }),
            PlacedAt::Text { text } => json!({
                "anchorString": text, "anchorUnits": "pixels", "anchorXOffset": "0", "anchorYOffset": "0",
                // A field for which there is no place must not get lost unseen.
                "anchorIgnoreIfNotPresent": "false",
            }),
        };
        if let (Some(tab), Value::Object(at)) = (tab.as_object_mut(), at) {
            tab.extend(at);
        }
        push(tabs, array_of(field.kind), tab);
    }
    stale
}

fn array_of(kind: PlacedKind) -> &'static str {
    match kind {
        PlacedKind::Signature => "signHereTabs",
        PlacedKind::Initials => "initialHereTabs",
        PlacedKind::FullName => "fullNameTabs",
        PlacedKind::DateSigned => "dateSignedTabs",
    }
}

/// Which documents a recipient does not see; said where it is otherwise than DocuSign has it.
fn hide(recipient: &mut Map<String, Value>, row: &Row, id: Option<&str>, known: &Known<'_>) {
    let hidden: Vec<&str> =
        row.hidden_documents.iter().filter_map(|document| document_id(document, known.documents)).collect();
    let before = id.and_then(|id| known.people.whole.get(id)?.get("excludedDocuments")?.as_array());
    if !hidden.is_empty() || before.is_some_and(|list| !list.is_empty()) {
        recipient.insert("excludedDocuments".into(), json!(hidden));
    }
}

/// The `documentId` in DocuSign's draft of a document as the wizard names it (see [`shared::draft::edited`]).
fn document_id<'a>(id: &str, documents: &'a [DraftDocument]) -> Option<&'a str> {
    let found = documents.iter().find(|document| document.seen_id() == id);
    found.map(|document| document.id.as_str())
}

fn push(groups: &mut Map<String, Value>, array: &str, item: Value) {
    if let Some(items) = groups.entry(array).or_insert_with(|| json!([])).as_array_mut() {
        items.push(item);
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        draft::{DocumentSource, Options},
        record::{ObjectType, RecordRef},
        template::Document,
    };

    use super::*;

    fn role(id: &str, name: &str, kind: RecipientKind) -> Role {
        Role { recipient_id: id.into(), role_name: name.into(), kind, routing_order: 1, ..Role::default() }
    }

    fn tab(id: &str, kind: TabKind, label: &str, recipient: &str, value: &str) -> Tab {
        serde_json::from_value(json!({
            "id": id, "kind": kind, "label": label, "recipient": recipient, "document": "1", "value": value,
        }))
        .expect("a tab")
    }

    fn template() -> Template {
        Template {
            id: "t1".into(),
            documents: vec![Document { id: "1".into(), name: "NDA.pdf".into(), ..Document::default() }],
            roles: vec![
                role("1", "Client", RecipientKind::Signer),
                role("2", "Finance", RecipientKind::CarbonCopy),
            ],
            tabs: vec![
                tab("t-1", TabKind::Text, "amount", "1", ""),
                tab("t-2", TabKind::Text, "fixed", "1", "as is"),
            ],
            ..Template::default()
        }
    }

    fn row(id: u32, role: Option<&str>, kind: RecipientKind, name: &str) -> Row {
        Row {
            id,
            name: name.into(),
            email: format!("{}@x.example", name.to_lowercase()),
            ..Row::new(role.map(str::to_owned), kind, id)
        }
    }

    fn draft(rows: Vec<Row>) -> Draft {
        Draft {
            template_id: "t1".into(),
            added_templates: Vec::new(),
            rows,
            subject: "For you".into(),
            message: "Hello".into(),
            values: Vec::new(),
            options: Options::default(),
            placed: Vec::new(),
        }
    }

    /// DocuSign's draft: the client is 17, finance 18.
    fn people(object: Value) -> People {
        People::of(object.as_object().expect("an object"))
    }

    fn as_made() -> Value {
        json!({
            "signers": [{ "recipientId": "17", "roleName": "Client", "routingOrder": "1", "tabs": { "textTabs": [
                { "tabId": "a", "tabLabel": "amount", "value": "", "documentId": "41" },
                { "tabId": "b", "tabLabel": "fixed", "value": "as is", "documentId": "41" },
            ] } }],
            "carbonCopies": [{ "recipientId": "18", "roleName": "Finance", "routingOrder": "2" }],
        })
    }

    fn documents() -> Vec<DraftDocument> {
        let document =
            |id: &str, source| DraftDocument { id: id.into(), name: "x".into(), pages: None, source };
        vec![
            document("41", DocumentSource::Template { document: "1".into() }),
            document("99", DocumentSource::Upload { bytes: 5 }),
        ]
    }

    fn planned(draft: &Draft, values: &[TabValue], object: Value) -> Changes {
        let template = template();
        let record = RecordRef::new(ObjectType::Deal, "987654").expect("a record");
        let binding = Binding {
            portal: 62515,
            record: &record,
            transaction_id: "7b0f",
            connect_url: "https://sign.example.com/docusign/connect/62515",
            locale: Some("en"),
            sender: ("Sam Sender", "sam@sender.example"),
        };
        let people = people(object);
        let seats = [("1".to_owned(), "17".to_owned()), ("2".to_owned(), "18".to_owned())];
        let known = Known { template: &template, seats: &seats, documents: &documents(), people: &people };
        changes(draft, values, &known, &binding)
    }

    fn both() -> Vec<Row> {
        vec![
            row(1, Some("1"), RecipientKind::Signer, "Ann"),
            row(2, Some("2"), RecipientKind::CarbonCopy, "Bo"),
        ]
    }

    fn value(label: &str, value: &str) -> TabValue {
        TabValue { recipient: "1".into(), kind: TabKind::Text, label: label.into(), value: value.into() }
    }

    #[test]
    fn a_draft_without_edits_fills_the_roles_under_their_new_numbers() {
        let plan = planned(&draft(both()), &[value("amount", "12")], as_made());
        assert_eq!((plan.remove.len(), plan.take_back.len()), (0, 0));
        let signer = &plan.update["recipients"]["signers"][0];
        assert_eq!((&signer["recipientId"], &signer["name"]), (&json!("17"), &json!("Ann")));
        assert_eq!(signer["tabs"], json!({ "textTabs": [{ "tabId": "a", "value": "12" }] }));
        assert_eq!(plan.update["recipients"]["carbonCopies"][0]["recipientId"], "18");
        assert_eq!(plan.update["emailSubject"], "For you");
    }

    #[test]
    fn a_role_renamed_or_taken_out_of_the_template_since_keeps_its_seat() {
        let mut made = as_made();
        made["signers"][0]["roleName"] = "Customer".into();
        let plan = planned(&draft(both()), &[], made);
        assert_eq!(plan.remove, []);
        assert_eq!(plan.update["recipients"]["signers"][0]["recipientId"], "17");
    }

    #[test]
    fn dropped_retyped_and_added_recipients() {
        let rows = vec![
            row(2, Some("2"), RecipientKind::CertifiedDelivery, "Bo"),
            row(3, None, RecipientKind::Signer, "Cy"),
        ];
        let plan = planned(&draft(rows), &[], as_made());
        assert_eq!(
            plan.remove,
            [(RecipientKind::Signer, "17".to_owned()), (RecipientKind::CarbonCopy, "18".to_owned())]
        );
        let recipients = &plan.update["recipients"];
        assert_eq!(recipients["certifiedDeliveries"][0]["recipientId"], "19");
        assert_eq!(recipients["signers"][0]["recipientId"], "20");
        assert_eq!(recipients["signers"][0].get("roleName"), None);
    }

    #[test]
    fn of_a_locked_recipient_only_the_person_is_said() {
        let mut made = as_made();
        made["signers"][0]["templateLocked"] = "true".into();
        let plan = planned(&draft(both()), &[], made);
        assert_eq!(
            plan.update["recipients"]["signers"][0],
            json!({ "recipientId": "17", "name": "Ann", "email": "ann@x.example" })
        );
    }

    #[test]
    fn placed_fields_and_hidden_documents_go_by_docusigns_own_numbers() {
        let mut rows = both();
        rows[1].hidden_documents = vec!["draft-99".into(), "7".into()];
        let placed = |id, kind, at| PlacedField { id, row: 1, document: "draft-99".into(), kind, at };
        let mut draft = draft(rows);
        draft.placed = vec![
            placed(1, PlacedKind::Signature, PlacedAt::Point { page: 2, x: 10, y: 20 }),
            placed(2, PlacedKind::DateSigned, PlacedAt::Text { text: "Date:".into() }),
            PlacedField {
                document: "gone".into(),
                ..placed(3, PlacedKind::Initials, PlacedAt::Text { text: "x".into() })
            },
        ];
        let plan = planned(&draft, &[], as_made());
        assert_eq!(
            plan.update["recipients"]["signers"][0]["tabs"],
            json!({
                "signHereTabs": [{ "tabLabel": "countersign-placed-1", "documentId": "99", "pageNumber": "2",
                    "xPosition": "10", "yPosition": "20" }],
                "dateSignedTabs": [{ "tabLabel": "countersign-placed-2", "documentId": "99",
                    "anchorString": "Date:", "anchorUnits": "pixels", "anchorXOffset": "0",
                    "anchorYOffset": "0", "anchorIgnoreIfNotPresent": "false" }],
            })
        );
        assert_eq!(plan.update["recipients"]["carbonCopies"][0]["excludedDocuments"], json!(["99"]));
    }

    #[test]
    fn doing_it_again_is_the_same_as_doing_it_once() {
        let mut draft = draft(both());
        draft.rows.push(row(3, None, RecipientKind::Signer, "Cy"));
        draft.placed = vec![PlacedField {
            id: 1,
            row: 1,
            document: "1".into(),
            kind: PlacedKind::Signature,
            at: PlacedAt::Point { page: 1, x: 1, y: 2 },
        }];
        let mut made = as_made();
        // As the first try left it: filled, a field placed, somebody added; the value was taken back since.
        made["signers"][0]["tabs"]["textTabs"][0]["value"] = "12".into();
        made["signers"][0]["tabs"]["signHereTabs"] =
            json!([{ "tabId": "p", "tabLabel": "countersign-placed-1", "documentId": "41" }]);
        made["carbonCopies"][0]["excludedDocuments"] = json!(["99"]);
        made["signers"].as_array_mut().expect("signers").push(json!({ "recipientId": "19", "name": "Cy" }));
        let plan = planned(&draft, &[], made);
        assert_eq!(plan.remove, [(RecipientKind::Signer, "19".to_owned())]);
        assert_eq!(plan.take_back, [("17".to_owned(), json!({ "signHereTabs": [{ "tabId": "p" }] }))]);
        let signers = &plan.update["recipients"]["signers"];
        assert_eq!(signers[0]["tabs"]["textTabs"], json!([{ "tabId": "a", "value": "" }]));
        assert_eq!(signers[0]["tabs"]["signHereTabs"].as_array().map(Vec::len), Some(1));
        assert_eq!(signers[1]["recipientId"], "20");
        assert_eq!(plan.update["recipients"]["carbonCopies"][0]["excludedDocuments"], json!([]));
    }

    #[test]
    fn seats_are_found_by_role_and_kind_and_each_is_taken_once() {
        let mut template = template();
        template.roles.push(role("3", "Client", RecipientKind::Signer));
        template.roles.push(Role {
            name: "Legal".into(),
            email: "legal@x.example".into(),
            ..role("4", "", RecipientKind::CarbonCopy)
        });
        let object = json!({
            "signers": [{ "recipientId": "17", "roleName": "Client" }, { "recipientId": "20", "roleName": "Client" }],
            "carbonCopies": [{ "recipientId": "18", "roleName": "Finance" },
                { "recipientId": "19", "name": "Legal", "email": "Legal@x.example" }],
        });
        let seats = seats(&template, &people(object).recipients);
        let seats: Vec<(&str, &str)> = seats.iter().map(|(role, id)| (role.as_str(), id.as_str())).collect();
        assert_eq!(seats, [("1", "17"), ("2", "18"), ("3", "20"), ("4", "19")]);
    }
}
