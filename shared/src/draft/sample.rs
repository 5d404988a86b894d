//! A template and a draft of it that may be sent, for the tests of this crate to spoil.

use super::{Draft, Row};
use crate::template::{Document, OwnMessage, RecipientKind, Role, Template};

/// A signer's placeholder.
pub(crate) fn role(id: &str, name: &str, routing_order: u32) -> Role {
    Role {
        recipient_id: id.into(),
        role_name: name.into(),
        kind: RecipientKind::Signer,
        routing_order,
        name: String::new(),
        email: String::new(),
        locked: false,
        required: false,
        message: None,
        ..Role::default()
    }
}

/// Two signers in order: Client, then Company.
pub(crate) fn template() -> Template {
    Template {
        id: "t-1".into(),
        name: "Mutual NDA".into(),
        subject: "Please sign the NDA".into(),
        message: "Hello".into(),
        documents: vec![Document {
            id: "1".into(),
            name: "NDA.pdf".into(),
            pages: Some(3),
            ..Document::default()
        }],
        roles: vec![role("1", "Client", 1), role("2", "Company", 2)],
        message_locked: false,
        recipients_locked: false,
        ..Template::default()
    }
}

/// `role` filled with a person.
pub(crate) fn row(role: &Role, name: &str, email: &str) -> Row {
    Row {
        name: name.into(),
        email: email.into(),
        own_message: role.message.clone(),
        ..Row::new(Some(role.recipient_id.clone()), role.kind.clone(), role.routing_order)
    }
}

/// A signer that the template does not have.
pub(crate) fn added(name: &str, email: &str) -> Row {
    Row { role: None, ..row(&role("", "", 9), name, email) }
}

pub(crate) fn own(subject: &str, body: &str) -> OwnMessage {
    OwnMessage { subject: subject.into(), body: body.into() }
}

/// Both roles filled.
pub(crate) fn draft(template: &Template) -> Draft {
    let people = [("Ann Lee", "ann@client.example"), ("Bo Lind", "bo@firm.example")];
    Draft {
        template_id: template.id.clone(),
        rows: template.roles.iter().zip(people).map(|(r, (name, email))| row(r, name, email)).collect(),
        subject: template.subject.clone(),
        message: template.message.clone(),
        values: Vec::new(),
        added_templates: Vec::new(),
        options: Default::default(),
        placed: Vec::new(),
    }
}
