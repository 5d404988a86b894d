//! The envelope definition of a send: a composite template (docusign facts §3.1) whose inline part fills the
//! template's roles, adds the recipients the sender added, and ties the envelope to its record.
//!
//! Traps that shape this: custom fields at the root of a composite are ignored, so they are in the inline
//! template; roles are matched by name, case-sensitively; ids are renumbered by DocuSign; a role that is in
//! the template cannot be left out by an overlay, so an envelope with a dropped role goes through a draft.

use serde_json::{Map, Value, json};
use shared::{
    draft::{Draft, Row, dropped_roles, sendable_rows},
    record::RecordRef,
    tab::TabKind,
    template::{RecipientKind, Role, Template},
};

use crate::wire::{
    connect::{PORTAL_FIELD, RECORD_FIELD},
    docusign::RecipientWire,
};

/// What ties the envelope to us.
#[derive(Debug, Clone)]
pub struct Binding<'a> {
    pub portal: u64,
    pub record: &'a RecordRef,
    pub transaction_id: &'a str,
    /// Our Connect address for this portal.
    pub connect_url: &'a str,
    /// The sender's locale; decides the language of recipients' own messages.
    pub locale: Option<&'a str>,
    /// The sender's name and e-mail at DocuSign: the host of in-person signers that have no other.
    pub sender: (&'a str, &'a str),
}

/// How an envelope is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The body of `POST /envelopes`.
    pub definition: Value,
    /// Recipients that the template brings and the sender dropped: `POST` makes a draft, they are taken off
    /// it, then it is sent. Empty: one call sends it.
    pub dropped: Vec<Dropped>,
}

/// How to find a dropped role among the draft's recipients.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Dropped {
    kind: RecipientKind,
    role_name: String,
    name: String,
    email: String,
}

/// Events we want to hear of. Rare ones are listed too: a reassigned or bounced recipient changes the panel.
const EVENTS: [&str; 17] = [
    "envelope-sent",
    "envelope-delivered",
    "envelope-completed",
    "envelope-declined",
    "envelope-voided",
    "envelope-resent",
    "envelope-corrected",
    "recipient-sent",
    "recipient-delivered",
    "recipient-completed",
    "recipient-declined",
    "recipient-autoresponded",
    "recipient-authenticationfailed",
    "recipient-reassign",
    "recipient-delegate",
    "recipient-finish-later",
    "recipient-resent",
];

/// A value for the tabs of a kind and label that a template's recipient has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TabValue {
    /// The role's `recipientId` in the template.
    pub recipient: String,
    pub kind: TabKind,
    pub label: String,
    pub value: String,
}

/// The plan for a draft that [`shared::draft::check`] found nothing wrong with, with `values` in its fields.
pub fn plan(draft: &Draft, template: &Template, values: &[TabValue], binding: &Binding<'_>) -> Plan {
    let mut dropped: Vec<&Role> = dropped_roles(draft, template);
    let mut recipients = Map::new();
    let mut next_id =
        template.roles.iter().filter_map(|r| r.recipient_id.parse::<u64>().ok()).max().unwrap_or(0);
    for row in sendable_rows(draft) {
        let role = row.role_in(template);
        let tabs = role.map(|role| tabs(&role.recipient_id, values)).unwrap_or_default();
        let recipient = match role {
            // Left to the template as it is: somebody the template already names, unchanged.
            Some(role) if is_unchanged(&row, role) && (tabs.is_empty() || !can_overlay(&row, role)) => {
                continue;
            }
            Some(role) if can_overlay(&row, role) => {
                let mut recipient = person(&row, Some(role), binding);
                if !tabs.is_empty() {
                    recipient.insert("tabs".into(), Value::Object(tabs));
                }
                recipient.insert("recipientId".into(), role.recipient_id.clone().into());
                recipient.insert("roleName".into(), role.role_name.clone().into());
                recipient
            }
            // A role that changed its kind, or has no name to match it by, makes way for a new recipient.
            other => {
                dropped.extend(other);
                next_id += 1;
                let mut recipient = person(&row, role, binding);
                recipient.insert("recipientId".into(), next_id.to_string().into());
                recipient
            }
        };
        let array = recipients.entry(row.kind.array_name()).or_insert_with(|| json!([]));
        if let Some(items) = array.as_array_mut() {
            items.push(Value::Object(recipient));
        }
    }
    let dropped: Vec<Dropped> = dropped.into_iter().map(Dropped::of).collect();
    let status = if dropped.is_empty() { "sent" } else { "created" };
    let definition = json!({
        "status": status,
        "emailSubject": draft.subject,
        "emailBlurb": draft.message,
        "transactionId": binding.transaction_id,
        "compositeTemplates": [{
            "compositeTemplateId": "1",
            "serverTemplates": [{ "sequence": "1", "templateId": template.id }],
            "inlineTemplates": [{
                "sequence": "2",
                "customFields": custom_fields(binding),
                "recipients": recipients,
            }],
        }],
        "eventNotifications": [event_notification(binding, &EVENTS)],
    });
    Plan { definition, dropped }
}

/// The definition of a draft of the templates as they are, roles unfilled: what the sender drafted is laid over it
/// when it is sent. A composite for each template, since each brings documents (docusign facts §3.1).
pub fn bare(templates: &[&str], subject: &str, binding: &Binding<'_>) -> Value {
    let composites: Vec<Value> = (1..)
        .zip(templates)
        .map(|(place, id): (u32, _)| {
            let mut composite = json!({
                "compositeTemplateId": place.to_string(),
                "serverTemplates": [{ "sequence": "1", "templateId": id }],
            });
            if place == 1 {
                composite["inlineTemplates"] =
                    json!([{ "sequence": "2", "customFields": custom_fields(binding) }]);
            }
            composite
        })
        .collect();
    // Sent, discarded or deleted in DocuSign's own pages: nobody else would tell us.
    let events: Vec<&str> = EVENTS.into_iter().chain(["envelope-discard", "envelope-deleted"]).collect();
    json!({
        "status": "created",
        "emailSubject": subject,
        "transactionId": binding.transaction_id,
        "compositeTemplates": composites,
        "eventNotifications": [event_notification(binding, &events)],
    })
}

/// What ties an envelope to portal and record.
fn custom_fields(binding: &Binding<'_>) -> Value {
    let field = |name: &str, value: String| json!({ "name": name, "value": value, "show": "false", "required": "false" });
    json!({ "textCustomFields": [
        field(PORTAL_FIELD, binding.portal.to_string()),
        field(RECORD_FIELD, binding.record.to_string()),
    ]})
}

/// The envelope's own Connect subscription.
fn event_notification(binding: &Binding<'_>, events: &[&str]) -> Value {
    json!({
        "url": binding.connect_url,
        "deliveryMode": "SIM",
        "eventData": { "version": "restv2.1", "format": "json", "includeData": ["recipients", "custom_fields"] },
        "events": events,
        "requireAcknowledgment": "true",
        "loggingEnabled": "true",
        "includeHMAC": "true",
        "integratorManaged": "true",
        "includeEnvelopeVoidReason": "true",
        "includeDocuments": "false",
    })
}

/// The `tabs` of an overlay. DocuSign finds the template's tabs by kind and label, case-sensitively; without a
/// document the value goes to all of them (docusign facts §3.1, §5.3). Position and looks stay the template's.
fn tabs(recipient: &str, values: &[TabValue]) -> Map<String, Value> {
    let mut tabs = Map::new();
    for TabValue { kind, label, value, .. } in values.iter().filter(|value| value.recipient == recipient) {
        let tab = match kind {
            TabKind::Checkbox => json!({ "tabLabel": label, "selected": (value == "true").to_string() }),
            // A button cannot be let go, only another one pressed.
            TabKind::Radio if value.is_empty() => continue,
            TabKind::Radio => {
                json!({ "groupName": label, "radios": [{ "value": value, "selected": "true" }] })
            }
            TabKind::Numerical => json!({ "tabLabel": label, "numericalValue": value }),
            _ => json!({ "tabLabel": label, "value": value }),
        };
        let array = tabs.entry(kind.array_name()).or_insert_with(|| json!([]));
        if let Some(items) = array.as_array_mut() {
            items.push(tab);
        }
    }
    tabs
}

/// An overlay matches by role name and stays in the array of its kind.
fn can_overlay(row: &Row, role: &Role) -> bool {
    row.kind == role.kind && !role.role_name.is_empty()
}

fn is_unchanged(row: &Row, role: &Role) -> bool {
    let message = |m: &Option<shared::template::OwnMessage>| m.clone().unwrap_or_default();
    row.kind == role.kind
        && row.routing_order == role.routing_order
        && row.name == role.name
        && row.email == role.email
        && message(&row.own_message) == message(&role.message)
}

pub(super) fn person(row: &Row, role: Option<&Role>, binding: &Binding<'_>) -> Map<String, Value> {
    let mut recipient = Map::new();
    // An in-person signer's own name is under other keys; the other two are the host's.
    let (name, email) = match row.kind {
        RecipientKind::InPersonSigner => ("signerName", "signerEmail"),
        _ => ("name", "email"),
    };
    recipient.insert(name.into(), row.name.clone().into());
    recipient.insert(email.into(), row.email.clone().into());
    let has_host = role.is_some_and(|role| role.kind == row.kind && role.hosted);
    if row.kind == RecipientKind::InPersonSigner && !has_host {
        recipient.insert("hostName".into(), binding.sender.0.into());
        recipient.insert("hostEmail".into(), binding.sender.1.into());
    }
    recipient.insert("routingOrder".into(), row.routing_order.to_string().into());
    if let Some(contact) = &row.contact_id {
        recipient.insert("customFields".into(), json!([format!("hs_contact={contact}")]));
    }
    if let Some(message) = &row.own_message {
        recipient.insert(
            "emailNotification".into(),
            json!({
                "emailSubject": message.subject,
                "emailBody": message.body,
                // Must be said with every own message (docusign facts §3.1).
                "supportedLanguage": language(binding.locale),
            }),
        );
    }
    recipient
}

/// DocuSign's code for a HubSpot locale: the languages both speak, English for all others.
fn language(locale: Option<&str>) -> &'static str {
    let locale = locale.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    match locale.as_str() {
        "pt-br" => return "pt_BR",
        "zh-tw" | "zh-hant" => return "zh_TW",
        "fr-ca" => return "fr_CA",
        _ => {}
    }
    match locale.split('-').next().unwrap_or_default() {
        "da" => "da",
        "de" => "de",
        "es" => "es",
        "fi" => "fi",
        "fr" => "fr",
        "it" => "it",
        "ja" => "ja",
        "nb" | "no" => "no",
        "nl" => "nl",
        "pl" => "pl",
        "pt" => "pt",
        "sv" => "sv",
        "zh" => "zh_CN",
        _ => "en",
    }
}

impl Dropped {
    fn of(role: &Role) -> Self {
        Self {
            kind: role.kind.clone(),
            role_name: role.role_name.clone(),
            name: role.name.clone(),
            email: role.email.clone(),
        }
    }

    fn is(&self, kind: &RecipientKind, recipient: &RecipientWire) -> bool {
        if *kind != self.kind {
            return false;
        }
        if self.role_name.is_empty() {
            return recipient.name == self.name && recipient.email.eq_ignore_ascii_case(&self.email);
        }
        recipient.role_name == self.role_name
    }
}

/// Which recipients of the draft are to be taken off it: kind and id as DocuSign numbered them.
pub fn to_remove(
    dropped: &[Dropped],
    recipients: &[(RecipientKind, RecipientWire)],
) -> Vec<(RecipientKind, String)> {
    recipients
        .iter()
        .filter(|(kind, recipient)| dropped.iter().any(|d| d.is(kind, recipient)))
        .map(|(kind, recipient)| (kind.clone(), recipient.recipient_id.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        record::ObjectType,
        template::{Document, OwnMessage},
    };

    fn role(id: &str, name: &str, kind: RecipientKind) -> Role {
        Role {
            recipient_id: id.into(),
            role_name: name.into(),
            kind,
            routing_order: id.parse().unwrap_or(1),
            name: String::new(),
            email: String::new(),
            locked: false,
            required: false,
            ..Role::default()
        }
    }

    fn template() -> Template {
        Template {
            id: "t1".into(),
            name: "NDA".into(),
            subject: "Please sign".into(),
            message: String::new(),
            documents: vec![Document {
                id: "1".into(),
                name: "NDA.pdf".into(),
                pages: None,
                ..Document::default()
            }],
            roles: vec![
                role("1", "Client", RecipientKind::Signer),
                role("2", "Finance", RecipientKind::CarbonCopy),
            ],
            message_locked: false,
            recipients_locked: false,
            ..Template::default()
        }
    }

    fn row(role: Option<&str>, kind: RecipientKind, order: u32, name: &str) -> Row {
        Row {
            name: name.into(),
            email: format!("{}@x.example", name.to_lowercase()),
            ..Row::new(role.map(str::to_owned), kind, order)
        }
    }

    fn draft(rows: Vec<Row>) -> Draft {
        Draft {
            template_id: "t1".into(),
            rows,
            subject: "For you".into(),
            message: "Hello".into(),
            values: Vec::new(),
            added_templates: Vec::new(),
            options: Default::default(),
            placed: Vec::new(),
        }
    }

    fn plan_of(draft: &Draft, template: &Template) -> Plan {
        plan_with(draft, template, &[])
    }

    fn plan_with(draft: &Draft, template: &Template, values: &[TabValue]) -> Plan {
        let record = RecordRef::new(ObjectType::Deal, "987654").expect("a record");
        let binding = Binding {
            portal: 62515,
            record: &record,
            transaction_id: "7b0f",
            connect_url: "https://sign.example.com/docusign/connect/62515",
            locale: Some("da"),
            sender: ("Sam Sender", "sam@sender.example"),
        };
        plan(draft, template, values, &binding)
    }

    fn inline(plan: &Plan) -> &Value {
        &plan.definition["compositeTemplates"][0]["inlineTemplates"][0]
    }

    #[test]
    fn a_filled_template_goes_out_in_one_call_bound_to_its_record() {
        let mut first = row(Some("1"), RecipientKind::Signer, 1, "Ann");
        first.own_message = Some(OwnMessage { subject: "Til Ann".into(), body: "Hej".into() });
        first.contact_id = Some("501".into());
        let draft = draft(vec![first, row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo")]);
        let plan = plan_of(&draft, &template());
        assert!(plan.dropped.is_empty());
        assert_eq!(plan.definition["status"], "sent");
        assert_eq!(plan.definition.get("customFields"), None, "ignored at the root of a composite");
        assert_eq!(
            inline(&plan)["customFields"]["textCustomFields"][1],
            json!({"name": "hs_object", "value": "0-3:987654", "show": "false", "required": "false"})
        );
        assert_eq!(
            inline(&plan)["recipients"],
            json!({
                "signers": [{"recipientId": "1", "roleName": "Client", "name": "Ann", "email": "ann@x.example",
                    "routingOrder": "1", "customFields": ["hs_contact=501"],
                    "emailNotification": {"emailSubject": "Til Ann", "emailBody": "Hej", "supportedLanguage": "da"}}],
                "carbonCopies": [{"recipientId": "2", "roleName": "Finance", "name": "Bo", "email": "bo@x.example",
                    "routingOrder": "2"}],
            })
        );
    }

    #[test]
    fn a_dropped_role_makes_a_draft_and_is_found_again_under_its_new_number() {
        let plan = plan_of(&draft(vec![row(Some("1"), RecipientKind::Signer, 1, "Ann")]), &template());
        assert_eq!(plan.definition["status"], "created");
        let wire = |id: &str, role: &str| RecipientWire {
            recipient_id: id.into(),
            role_name: role.into(),
            ..RecipientWire::default()
        };
        let recipients = [
            (RecipientKind::Signer, wire("17", "Client")),
            (RecipientKind::CarbonCopy, wire("18", "Finance")),
            (RecipientKind::Signer, wire("19", "Finance")),
        ];
        assert_eq!(to_remove(&plan.dropped, &recipients), [(RecipientKind::CarbonCopy, "18".to_owned())]);
    }

    #[test]
    fn an_added_recipient_gets_a_number_of_its_own_and_no_role() {
        let rows = vec![
            row(Some("1"), RecipientKind::Signer, 1, "Ann"),
            row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
            row(None, RecipientKind::CarbonCopy, 3, "Cy"),
        ];
        let plan = plan_of(&draft(rows), &template());
        assert!(plan.dropped.is_empty());
        let added = &inline(&plan)["recipients"]["carbonCopies"][1];
        assert_eq!((added["recipientId"].as_str(), added.get("roleName")), (Some("3"), None));
    }

    #[test]
    fn a_role_whose_kind_was_changed_is_replaced() {
        let rows = vec![
            row(Some("1"), RecipientKind::Signer, 1, "Ann"),
            row(Some("2"), RecipientKind::CertifiedDelivery, 2, "Bo"),
        ];
        let plan = plan_of(&draft(rows), &template());
        assert_eq!(plan.dropped.len(), 1);
        assert_eq!(plan.definition["status"], "created");
        assert_eq!(inline(&plan)["recipients"]["certifiedDeliveries"][0]["name"], "Bo");
    }

    #[test]
    fn a_person_the_template_already_names_is_left_to_the_template() {
        let mut template = template();
        template.roles[1].role_name = String::new();
        template.roles[1].name = "Bo".into();
        template.roles[1].email = "bo@x.example".into();
        let ann = row(Some("1"), RecipientKind::Signer, 1, "Ann");
        let bo = row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo");
        let kept = plan_of(&draft(vec![ann.clone(), bo.clone()]), &template);
        assert!(kept.dropped.is_empty());
        assert_eq!(inline(&kept)["recipients"].get("carbonCopies"), None);
        let changed = plan_of(&draft(vec![ann, Row { name: "Bea".into(), ..bo }]), &template);
        assert_eq!(changed.dropped.len(), 1, "no role name to match by: replaced");
    }

    #[test]
    fn the_sender_hosts_an_in_person_signer_whose_host_the_template_does_not_name() {
        let mut template = template();
        template.roles[0].kind = RecipientKind::InPersonSigner;
        let rows = vec![
            row(Some("1"), RecipientKind::InPersonSigner, 1, "Ann"),
            row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
        ];
        let host = |template: &Template| {
            let plan = plan_of(&draft(rows.clone()), template);
            let signer = inline(&plan)["recipients"]["inPersonSigners"][0].clone();
            assert_eq!((signer["signerName"].as_str(), signer.get("name")), (Some("Ann"), None));
            signer.get("hostEmail").and_then(Value::as_str).map(str::to_owned)
        };
        assert_eq!(host(&template).as_deref(), Some("sam@sender.example"));
        template.roles[0].hosted = true;
        assert_eq!(host(&template), None);
    }

    #[test]
    fn values_go_into_the_tabs_of_their_role_by_kind_and_label() {
        let mut template = template();
        template.roles[1].name = "Bo".into();
        template.roles[1].email = "bo@x.example".into();
        let rows = vec![
            row(Some("1"), RecipientKind::Signer, 1, "Ann"),
            row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
        ];
        let value = |recipient: &str, kind: TabKind, label: &str, value: &str| TabValue {
            recipient: recipient.into(),
            kind,
            label: label.into(),
            value: value.into(),
        };
        let values = [
            value("1", TabKind::Text, "hs_deal_amount", "12.500,00 EUR"),
            value("1", TabKind::Text, "Text 7", ""),
            value("1", TabKind::Checkbox, "Renews", "true"),
            value("1", TabKind::Radio, "Terms", "net30"),
            value("1", TabKind::Radio, "Colour", ""),
            value("2", TabKind::List, "Region", "north"),
            value("9", TabKind::Text, "Nobody's", "x"),
        ];
        let plan = plan_with(&draft(rows), &template, &values);
        assert_eq!(plan.definition["status"], "sent", "still one call");
        let recipients = &inline(&plan)["recipients"];
        assert_eq!(
            recipients["signers"][0]["tabs"],
            json!({
                "textTabs": [{ "tabLabel": "hs_deal_amount", "value": "12.500,00 EUR" }, { "tabLabel": "Text 7", "value": "" }],
                "checkboxTabs": [{ "tabLabel": "Renews", "selected": "true" }],
                "radioGroupTabs": [{ "groupName": "Terms", "radios": [{ "value": "net30", "selected": "true" }] }],
            })
        );
        // Somebody the template already names is overlaid only for the values.
        assert_eq!(recipients["carbonCopies"][0]["roleName"], "Finance");
        assert_eq!(
            recipients["carbonCopies"][0]["tabs"],
            json!({ "listTabs": [{ "tabLabel": "Region", "value": "north" }] })
        );
    }

    #[test]
    fn languages_both_vendors_speak_are_kept() {
        let check = |locale: Option<&str>, expected| assert_eq!(language(locale), expected, "{locale:?}");
        check(Some("da"), "da");
        check(Some("da-DK"), "da");
        check(Some("pt-BR"), "pt_BR");
        check(Some("pt_br"), "pt_BR");
        check(Some("nb"), "no");
        check(Some("xx"), "en");
        check(Some(""), "en");
        check(None, "en");
    }
}
