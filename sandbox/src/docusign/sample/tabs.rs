//! Fields on the sample documents: signature blocks, CRM values, and one of each kind on the employment contract.

use serde_json::{Value, json};

use super::field_id;
use super::templates::{Draft, Role};
use crate::docusign::contract::{blank_at, signature_at};
use crate::docusign::model::{Object, object, stable_id};

/// Label on paper, account field's name and label, and how the tab says what it is: by its tooltip and a label
/// that the tagger made up, by its name, or by its label alone.
pub const HS_ON_PAPER: [(&str, &str, &str, How); 8] = [
    ("Deal", "HS Deal name", "hs_deal_name", How::Tooltip),
    ("Amount", "HS Deal amount", "hs_deal_amount", How::Field),
    ("Closing date", "HS Deal close date", "hs_deal_closedate", How::Name),
    ("Company", "HS Company name", "hs_company_name", How::Tooltip),
    ("City", "HS Company city", "hs_company_city", How::Label),
    ("First name", "HS Contact first name", "hs_contact_firstname", How::Field),
    ("Last name", "HS Contact last name", "hs_contact_lastname", How::Tooltip),
    ("E-mail", "HS Contact email", "hs_contact_email", How::Label),
];

#[derive(Clone, Copy)]
pub enum How {
    Tooltip,
    Field,
    Name,
    Label,
}

pub const JOB_BLANKS: [&str; 6] =
    ["Position", "Start date", "Salary", "Full time", "Notice period", "Private e-mail"];

pub fn tabs(role: &Role, index: usize, draft: &Draft, account_id: &str) -> Object {
    let recipient_id = (index + 1).to_string();
    let mut groups = Object::new();
    for (d, paper) in draft.documents.iter().enumerate() {
        let Some(at) = paper.parties.iter().position(|p| *p == role.name) else { continue };
        let (x, y) = signature_at(at, paper.parties.len());
        let mut add = |group: &str, label: String, page: u32, x: f32, y: f32, more: Value| {
            let count = groups.get(group).and_then(Value::as_array).map_or(0, Vec::len);
            let mut tab = object(json!({
                "tabId": stable_id(&[account_id, &draft.name, &recipient_id, group, &d.to_string(), &count.to_string()]),
                "tabLabel": label, "tabType": group.trim_end_matches("Tabs").to_lowercase(),
                "documentId": (d + 1).to_string(), "recipientId": recipient_id,
                "pageNumber": page.to_string(), "xPosition": (x as i32).to_string(), "yPosition": (y as i32).to_string(),
                "templateLocked": "false", "templateRequired": "false",
            }));
            tab.extend(object(more));
            if let Value::Array(list) = groups.entry(group).or_insert_with(|| json!([])) {
                list.push(Value::Object(tab));
            }
        };
        let last = paper.pages;
        add(
            "signHereTabs",
            format!("Sign Here {}", d + 1),
            last,
            x,
            y + 8.0,
            json!({ "name": "SignHere", "optional": "false", "scaleValue": "1", "stampType": "signature" }),
        );
        add("fullNameTabs", "Full Name".to_owned(), last, x + 40.0, y + 50.0, json!({ "name": "FullName" }));
        add(
            "dateSignedTabs",
            "Date Signed".to_owned(),
            last,
            x + 40.0,
            y + 68.0,
            json!({ "name": "DateSigned" }),
        );
        if index > 0 {
            continue;
        }
        let text = json!({ "required": "false", "locked": "false", "value": "", "originalValue": "", "font": "arial", "fontSize": "size9", "width": "250", "height": "15" });
        match draft.name.as_str() {
            "Quote with HubSpot fields" => {
                for (n, (_, name, label, how)) in HS_ON_PAPER.iter().enumerate() {
                    let (x, y) = blank_at(n);
                    let made_up = format!("Text {}", stable_id(&[account_id, "tagger", label]));
                    let field = field_id(account_id, label);
                    let (tab_label, more) = match how {
                        How::Tooltip => (made_up, json!({ "tooltip": name })),
                        How::Field => (made_up, json!({ "customTabId": field, "name": name })),
                        How::Name => (made_up, json!({ "name": name })),
                        How::Label => ((*label).to_owned(), json!({})),
                    };
                    let mut tab = object(text.clone());
                    tab.insert("locked".to_owned(), json!("true"));
                    tab.extend(object(more));
                    add("textTabs", tab_label, 1, x, y, Value::Object(tab));
                }
            }
            "Employment contract" => {
                let at = blank_at;
                add(
                    "textTabs",
                    "Position".to_owned(),
                    1,
                    at(0).0,
                    at(0).1,
                    json!({ "value": "", "required": "true", "senderRequired": "false", "tooltip": "Position", "width": "250", "height": "15" }),
                );
                add(
                    "dateTabs",
                    "Start date".to_owned(),
                    1,
                    at(1).0,
                    at(1).1,
                    json!({ "value": "", "required": "false" }),
                );
                add(
                    "numberTabs",
                    "Salary".to_owned(),
                    1,
                    at(2).0,
                    at(2).1,
                    json!({ "value": "", "required": "false" }),
                );
                add(
                    "checkboxTabs",
                    "Full time".to_owned(),
                    1,
                    at(3).0,
                    at(3).1,
                    json!({ "selected": "false", "required": "false" }),
                );
                add(
                    "listTabs",
                    "Notice period".to_owned(),
                    1,
                    at(4).0,
                    at(4).1,
                    json!({ "value": "", "required": "false", "listItems": [
                    { "text": "One month", "value": "1", "selected": "false" }, { "text": "Three months", "value": "3", "selected": "false" },
                ] }),
                );
                add(
                    "emailTabs",
                    "Private e-mail".to_owned(),
                    1,
                    at(5).0,
                    at(5).1,
                    json!({ "value": "", "required": "false" }),
                );
            }
            "Onboarding pack" if !paper.blanks.is_empty() => {
                for (n, blank) in paper.blanks.iter().enumerate() {
                    let (x, y) = blank_at(n);
                    add("textTabs", blank.clone(), 1, x, y, text.clone());
                }
            }
            _ => {}
        }
    }
    groups
}
