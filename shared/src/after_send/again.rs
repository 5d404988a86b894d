//! Another envelope from the same templates, to the same people.

use crate::{
    draft::Draft,
    email::{is_email, same_email},
    envelope::Envelope,
    prefill::Prefill,
    template::Template,
};

/// The draft it begins with: as the wizard would begin, with the people who had the same role before. Whoever was
/// forgotten, or has an address that takes no mail, is left to the prefill.
pub fn again(template: &Template, prefill: &Prefill, before: &Envelope) -> Draft {
    let mut draft = Draft::from_prefill(template, prefill);
    for row in &mut draft.rows {
        let role = row.role.as_deref().and_then(|id| template.roles.iter().find(|r| r.recipient_id == id));
        let Some(role) = role.filter(|role| !role.role_name.is_empty()) else { continue };
        let same = before.recipients.iter().find(|one| {
            one.role_name == role.role_name
                && is_email(&one.email)
                && one.status != crate::envelope::RecipientStatus::AutoResponded
        });
        if let Some(one) = same {
            if !same_email(&row.email, &one.email) {
                row.contact_id = None;
            }
            row.name.clone_from(&one.name);
            row.email.clone_from(&one.email);
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::Row,
        envelope::{Heard, Recipient, RecipientStatus, Status},
        record::{ObjectType, RecordRef},
        template::RecipientKind,
        time::Timestamp,
    };

    fn recipient(role: &str, email: &str, status: RecipientStatus) -> Recipient {
        Recipient {
            id: role.into(),
            name: format!("{role} before"),
            email: email.into(),
            role_name: role.into(),
            kind: RecipientKind::Signer,
            routing_order: 1,
            status,
            status_at: Timestamp(0),
            reason: None,
        }
    }

    #[test]
    fn the_same_roles_get_the_same_people_and_the_rest_is_prefilled() {
        let mut template = crate::draft::sample::template();
        template.roles.truncate(2);
        let names: Vec<String> = template.roles.iter().map(|role| role.role_name.clone()).collect();
        let row = |(at, role): (usize, &crate::template::Role)| Row {
            name: "Prefilled".into(),
            email: format!("prefilled{at}@firm.example"),
            contact_id: Some("7".into()),
            ..Row::of_role(role)
        };
        let rows = template.roles.iter().enumerate().map(row).collect();
        let prefill = Prefill { rows, notices: Vec::new() };
        let envelope = |recipients| Envelope {
            id: "e".into(),
            record: RecordRef::new(ObjectType::Deal, "1").expect("digits"),
            subject: String::new(),
            template_name: String::new(),
            status: Status::Declined,
            status_at: Timestamp(0),
            sent_at: Timestamp(0),
            sender: String::new(),
            recipients,
            voided_reason: None,
            synced_at: Timestamp(0),
            heard: Heard::default(),
        };
        let who = |recipients| {
            let draft = again(&template, &prefill, &envelope(recipients));
            draft.rows.into_iter().map(|row| (row.email, row.contact_id)).collect::<Vec<_>>()
        };
        let contact = || Some("7".to_owned());
        assert_eq!(
            who(vec![recipient(&names[0], "a@firm.example", RecipientStatus::Declined)]),
            [("a@firm.example".to_owned(), None), ("prefilled1@firm.example".to_owned(), contact())]
        );
        // The same address is still the same contact; forgotten and bounced ones are not taken over.
        assert_eq!(
            who(vec![recipient(&names[0], "PREFILLED0@firm.example", RecipientStatus::Completed)]),
            [
                ("PREFILLED0@firm.example".to_owned(), contact()),
                ("prefilled1@firm.example".to_owned(), contact())
            ]
        );
        for gone in [
            recipient(&names[0], "", RecipientStatus::Completed),
            recipient(&names[0], "a@firm.example", RecipientStatus::AutoResponded),
            recipient("Somebody else", "a@firm.example", RecipientStatus::Completed),
        ] {
            assert_eq!(who(vec![gone])[0].0, "prefilled0@firm.example");
        }
    }
}
