//! Definitions, as DocuSign will read them.

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
    assert!(plan.finish.dropped.is_empty());
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
    assert_eq!(to_remove(&plan.finish.dropped, &recipients), [(RecipientKind::CarbonCopy, "18".to_owned())]);
}

#[test]
fn an_added_recipient_gets_a_number_of_its_own_and_no_role() {
    let rows = vec![
        row(Some("1"), RecipientKind::Signer, 1, "Ann"),
        row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
        row(None, RecipientKind::CarbonCopy, 3, "Cy"),
    ];
    let plan = plan_of(&draft(rows), &template());
    assert!(plan.finish.dropped.is_empty());
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
    assert_eq!(plan.finish.dropped.len(), 1);
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
    assert!(kept.finish.dropped.is_empty());
    assert_eq!(inline(&kept)["recipients"].get("carbonCopies"), None);
    let changed = plan_of(&draft(vec![ann, Row { name: "Bea".into(), ..bo }]), &template);
    assert_eq!(changed.finish.dropped.len(), 1, "no role name to match by: replaced");
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

/// Two templates: the client signs both, each has somebody of its own.
fn two() -> Template {
    let document = |id: &str, of: &str| Document {
        template: Some(of.into()),
        at: id.into(),
        id: id.into(),
        ..Document::default()
    };
    let tab = |label: &str, recipient: &str| Tab {
        label: label.into(),
        recipient: recipient.into(),
        document: "1".into(),
        ..serde_json::from_value(
            json!({ "id": label, "kind": "text", "label": "", "recipient": "", "document": "" }),
        )
        .expect("a tab")
    };
    let first =
        Template { documents: vec![document("1", "t1")], tabs: vec![tab("amount", "1")], ..template() };
    let second = Template {
        id: "t2".into(),
        documents: vec![document("1", "t2"), document("2", "t2")],
        roles: vec![role("7", "Client", RecipientKind::Signer), role("8", "Bank", RecipientKind::Signer)],
        tabs: vec![tab("term", "7")],
        ..template()
    };
    shared::template::join(&[first, second]).expect("joined")
}

fn of_two() -> Draft {
    Draft {
        added_templates: vec!["t2".into()],
        ..draft(vec![
            row(Some("1"), RecipientKind::Signer, 1, "Ann"),
            row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
            row(Some("2-8"), RecipientKind::Signer, 3, "Cy"),
            row(None, RecipientKind::CarbonCopy, 4, "Di"),
        ])
    }
}

#[test]
fn several_templates_are_composites_of_one_envelope_and_a_common_role_is_filled_in_each() {
    let value = |label: &str| TabValue {
        recipient: "1".into(),
        kind: TabKind::Text,
        label: label.into(),
        value: label.to_uppercase(),
    };
    let plan = plan_with(&of_two(), &two(), &[value("amount"), value("term")]);
    assert_eq!(plan.definition["status"], "sent", "one call");
    let composites = plan.definition["compositeTemplates"].as_array().expect("composites");
    let shown: Vec<Value> = composites
        .iter()
        .map(|composite| {
            let inline = &composite["inlineTemplates"][0];
            let people: Vec<Value> = inline["recipients"]
                .as_object()
                .expect("recipients")
                .values()
                .flat_map(|list| list.as_array().expect("a list"))
                .map(|r| {
                    json!([
                        r["recipientId"],
                        r["roleName"],
                        r["name"],
                        r["routingOrder"],
                        r["tabs"]["textTabs"][0]["value"]
                    ])
                })
                .collect();
            json!([
                composite["compositeTemplateId"],
                composite["serverTemplates"][0]["templateId"],
                people,
                inline.get("customFields").is_some()
            ])
        })
        .collect();
    assert_eq!(
        json!(shown),
        json!([
            [
                "1",
                "t1",
                [
                    ["2", "Finance", "Bo", "2", null],
                    ["9", null, "Di", "4", null],
                    ["1", "Client", "Ann", "1", "AMOUNT"]
                ],
                true
            ],
            ["2", "t2", [["7", "Client", "Ann", "1", "TERM"], ["8", "Bank", "Cy", "3", null]], false],
        ]),
    );
}

#[test]
fn what_only_a_draft_takes_is_done_afterwards_with_docusigns_own_numbers() {
    let mut draft = of_two();
    draft.options.limit_visibility = Some(true);
    draft.rows[0].hidden_documents = vec!["2-2".into()];
    draft.rows[3].hidden_documents = vec!["1".into()];
    let plan = plan_of(&draft, &two());
    assert_eq!(plan.definition["status"], "created");
    assert_eq!(plan.definition["enforceSignerVisibility"], "true");
    let wire = |id: &str, role: &str, name: &str| RecipientWire {
        recipient_id: id.into(),
        role_name: role.into(),
        name: name.into(),
        email: format!("{}@x.example", name.to_lowercase()),
        ..RecipientWire::default()
    };
    let recipients = [
        (RecipientKind::Signer, wire("31", "Client", "Ann")),
        (RecipientKind::CarbonCopy, wire("32", "Finance", "Bo")),
        (RecipientKind::CarbonCopy, wire("33", "", "Di")),
    ];
    let documents = ["101", "102", "103"].map(str::to_owned);
    assert_eq!(
        visibility(&plan.finish.hidden, &recipients, &documents),
        Some(vec![
            json!({ "documentId": "103", "recipientId": "31", "visible": "false" }),
            json!({ "documentId": "101", "recipientId": "33", "visible": "false" }),
        ])
    );
    assert_eq!(visibility(&plan.finish.hidden, &recipients[..2], &documents), None, "nobody to hide it from");
    draft.options.limit_visibility = None;
    assert!(plan_of(&draft, &two()).finish.is_nothing(), "where all see everything, nothing is hidden");
}

#[test]
fn a_note_a_code_and_a_language_are_told_to_their_recipient_alone() {
    let mut first = row(Some("1"), RecipientKind::Signer, 1, "Ann");
    first.note = "Mind page 3".into();
    first.access_code = "4711".into();
    first.language = Some("fr_CA".into());
    let plan = plan_of(&draft(vec![first, row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo")]), &template());
    let recipients = &inline(&plan)["recipients"];
    assert_eq!(
        recipients["signers"][0],
        json!({"recipientId": "1", "roleName": "Client", "name": "Ann", "email": "ann@x.example", "routingOrder": "1",
            "note": "Mind page 3", "accessCode": "4711",
            // A language needs words; these are everybody's.
            "emailNotification": {"emailSubject": "For you", "emailBody": "Hello", "supportedLanguage": "fr_CA"}})
    );
    assert_eq!(recipients["carbonCopies"][0].get("emailNotification"), None);
}

#[test]
fn what_the_sender_takes_away_from_a_role_is_said_as_empty() {
    let mut template = template();
    template.roles[0].note = "From the template".into();
    template.roles[0].access_code = "1".into();
    template.roles[0].message = Some(OwnMessage { subject: "Old".into(), body: "Old".into() });
    let rows = vec![
        row(Some("1"), RecipientKind::Signer, 1, "Ann"),
        row(Some("2"), RecipientKind::CarbonCopy, 2, "Bo"),
    ];
    let plan = plan_of(&draft(rows), &template);
    let signer = &inline(&plan)["recipients"]["signers"][0];
    assert_eq!((&signer["note"], &signer["accessCode"]), (&json!(""), &json!("")));
    assert_eq!(signer["emailNotification"]["emailSubject"], "For you");
}
