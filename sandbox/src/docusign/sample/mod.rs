//! The DocuSign side of a portal: three users, two accounts, folders, account fields and templates.

mod tabs;
mod templates;

pub use templates::{bulk, recipient_type};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::model::{Account, DocuSign, Folder, Object, User, object, stable_id};
use crate::world::PortalSpec;

/// Names of the account's custom fields for HubSpot values, and of one that is not.
pub const HS_FIELDS: [(&str, &str); 10] = [
    ("HS Deal name", "hs_deal_name"),
    ("HS Deal amount", "hs_deal_amount"),
    ("HS Deal close date", "hs_deal_closedate"),
    ("HS Company name", "hs_company_name"),
    ("HS Company city", "hs_company_city"),
    ("HS Contact first name", "hs_contact_firstname"),
    ("HS Contact last name", "hs_contact_lastname"),
    ("HS Contact email", "hs_contact_email"),
    ("HS Contact job title", "hs_contact_jobtitle"),
    ("PO number", "po_number"),
];

/// The id of an account field in an account.
pub fn field_id(account_id: &str, label: &str) -> String {
    stable_id(&[account_id, "field", label])
}

impl DocuSign {
    /// Adds users, accounts and templates of a portal. Answers their ids: `users` (the first is account
    /// administrator), `accounts` with `templates` by name.
    pub fn add_portal(&mut self, spec: &PortalSpec, now: DateTime<Utc>) -> Value {
        let portal = spec.portal_id.to_string();
        let accounts = [
            make_account(spec, spec.name.clone(), "main", now),
            make_account(spec, format!("{} Legal", spec.name), "legal", now),
        ];
        let account_ids: Vec<String> = accounts.iter().map(|a| a.account_id.clone()).collect();
        let mut users = Vec::new();
        for (n, (first, last, email)) in people(spec).into_iter().enumerate() {
            let user = User {
                user_id: stable_id(&[&portal, "user", &email]),
                portal_id: spec.portal_id,
                first_name: first.to_owned(),
                last_name: last.to_owned(),
                email,
                created: now - TimeDelta::days(400),
                is_admin: n == 0,
                lacks_permission: false,
                accounts: account_ids.clone(),
            };
            users.push(json!({
                "userId": user.user_id, "name": user.name(), "email": user.email, "isAdmin": user.is_admin,
            }));
            self.users.insert(user.user_id.clone(), user);
        }
        let mut owners: Vec<User> =
            self.users.values().filter(|u| u.portal_id == spec.portal_id).cloned().collect();
        owners.sort_by_key(|u| account_order(spec, u));
        let mut shown = Vec::new();
        for (n, mut account) in accounts.into_iter().enumerate() {
            let Some(owner) = owners.first() else { continue };
            account.templates = templates::all(&account.account_id, &owners, n == 0, now);
            if let Some(favorite) = account.templates.get(1) {
                let mine = account.favorites.entry(owner.user_id.clone()).or_default();
                mine.insert(favorite.template_id.clone(), now - TimeDelta::days(20));
            }
            let by_name: Object = account
                .templates
                .iter()
                .map(|t| (t.name.clone(), Value::String(t.template_id.clone())))
                .collect();
            shown
                .push(json!({ "accountId": account.account_id, "name": account.name, "templates": by_name }));
            self.accounts.insert(account.account_id.clone(), account);
        }
        json!({ "user": users.first(), "users": users, "accounts": shown })
    }
}

/// Where the user stands among the portal's people.
fn account_order(spec: &PortalSpec, user: &User) -> usize {
    people(spec).iter().position(|(_, _, email)| *email == user.email).unwrap_or(usize::MAX)
}

/// The same people as in the portal's HubSpot.
fn people(spec: &PortalSpec) -> Vec<(&'static str, &'static str, String)> {
    let (names, domain) = match spec.portal_id {
        4_400_001 => (NORTH, "fjordlight.example".to_owned()),
        4_400_002 => (
            [("Joan", "Marlow"), ("Ellis", "Reed"), ("Priscilla", "Oyelaran")],
            "marlowreed.example".to_owned(),
        ),
        4_400_003 => (
            [("Aiko", "Tanemura"), ("Ren", "Kisaragi"), ("Mei", "Sugawara")],
            "kestrelrobotics.example".to_owned(),
        ),
        id => (NORTH, format!("portal-{id}.example")),
    };
    names
        .into_iter()
        .map(|(first, last)| {
            (first, last, format!("{}.{}@{domain}", first.to_lowercase(), last.to_lowercase()))
        })
        .collect()
}

const NORTH: [(&str, &str); 3] = [("Henrik", "Sand"), ("Lena", "Okafor"), ("Ida", "Brandt")];

fn make_account(spec: &PortalSpec, name: String, key: &str, now: DateTime<Utc>) -> Account {
    let account_id = stable_id(&[&spec.portal_id.to_string(), "account", key]);
    let folder = |name: &str, kind: &str| Folder {
        folder_id: stable_id(&[&account_id, "folder", name]),
        name: name.to_owned(),
        kind: kind.to_owned(),
        parent: None,
    };
    let within = |parent: &str, name: &str| Folder {
        parent: Some(stable_id(&[&account_id, "folder", parent])),
        ..folder(name, "templates")
    };
    let folders = vec![
        folder("Inbox", "inbox"),
        folder("Sent Items", "sentitems"),
        folder("Draft", "draft"),
        folder("Deleted Items", "recyclebin"),
        folder("Templates", "templates"),
        folder("Sales", "templates"),
        folder("People", "templates"),
        folder("Legal", "templates"),
        within("Sales", "Partners"),
        within("Partners", "Pilots"),
        within("Legal", "Property"),
    ];
    let tab_definitions = HS_FIELDS
        .iter()
        .map(|(name, label)| {
            object(json!({
                "customTabId": field_id(&account_id, label), "type": "text", "name": name, "tabLabel": label,
                "initialValue": "", "shared": "true", "required": "false", "locked": "true", "editable": "true",
                "maximumLength": "4000", "font": "arial", "fontSize": "size9", "fontColor": "black", "anchor": "",
                "width": "0", "height": "0", "lastModified": crate::clock::seven_digits(now),
            }))
        })
        .collect();
    let custom_fields = vec![object(json!({
        "customFieldType": "list", "fieldId": "101", "name": "Department", "required": "false", "show": "true",
        "listItems": ["Sales", "Legal", "People"], "value": "",
    }))];
    Account {
        account_id,
        portal_id: spec.portal_id,
        name,
        form_data_allowed: true,
        folders,
        tab_definitions,
        custom_fields,
        connect_keys: vec![format!("account-key-{}-{key}", spec.portal_id)],
        next_number: 10_000_000,
        ..Account::default()
    }
}
