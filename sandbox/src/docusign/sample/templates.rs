//! The sample templates. The first twenty are the cases worth testing, the rest make more than one page.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::tabs::{HS_ON_PAPER, JOB_BLANKS, tabs};
use crate::docusign::contract::Contract;
use crate::docusign::model::{
    Account, Document, Object, Paper, Recipient, Source, Template, User, object, stable_id,
};

/// A template in short: what its author would say of it.
pub struct Draft {
    pub name: String,
    folder: &'static str,
    about: &'static str,
    pub documents: Vec<Contract>,
    roles: Vec<Role>,
    options: Object,
    notification: Option<Value>,
    /// Which of the account's people owns it.
    owner: usize,
    shared: bool,
}

pub struct Role {
    kind: &'static str,
    pub name: String,
    order: u32,
    person: Option<(&'static str, &'static str)>,
    locked: bool,
    required: bool,
    /// The id of the signer whom it is a witness for.
    witness_for: Option<&'static str>,
}

fn signer(name: &str, order: u32) -> Role {
    Role {
        kind: "signers",
        name: name.to_owned(),
        order,
        person: None,
        locked: false,
        required: false,
        witness_for: None,
    }
}

fn copy(name: &str, order: u32) -> Role {
    Role { kind: "carbonCopies", ..signer(name, order) }
}

fn draft(name: &str, folder: &'static str, pages: u32, roles: Vec<Role>) -> Draft {
    let seed = name.len() as u32;
    let paper = contract(name, pages, &roles, &[], seed);
    Draft {
        name: name.to_owned(),
        folder,
        about: "",
        documents: vec![paper],
        roles,
        options: Object::new(),
        notification: None,
        owner: 0,
        shared: true,
    }
}

fn contract(title: &str, pages: u32, roles: &[Role], blanks: &[&str], seed: u32) -> Contract {
    Contract {
        title: title.to_owned(),
        pages,
        parties: roles.iter().filter(|r| signs(r)).map(|r| r.name.clone()).collect(),
        blanks: blanks.iter().map(|b| (*b).to_owned()).collect(),
        seed,
    }
}

fn signs(role: &Role) -> bool {
    matches!(role.kind, "signers" | "inPersonSigners" | "witnesses")
}

const LONG: &str = "Agreement on the delivery, installation, commissioning and maintenance of rooftop solar \
                    installations including batteries, inverters and monitoring (2027 edition)";
const LONG_ROLE: &str =
    "Chief procurement officer or another person with written authority to sign for the customer";

fn cases() -> Vec<Draft> {
    let mut list = vec![
        draft("Mutual NDA", "Legal", 2, vec![signer("Client", 1)]),
        draft("Master services agreement", "Sales", 4, vec![signer("Client", 1), signer("Supplier", 2)]),
        draft("Order confirmation", "Sales", 1, vec![signer("Client", 1), copy("Finance", 2)]),
        draft(
            "Board resolution",
            "Legal",
            2,
            vec![
                Role {
                    locked: true,
                    person: Some(("Vera Holt", "vera.holt@boardroom.example")),
                    ..signer("Chair of the board", 1)
                },
                Role { required: true, ..signer("Company secretary", 2) },
                signer("Witness", 2),
            ],
        ),
        draft(
            "Framework agreement Nordhavn",
            "Sales",
            3,
            vec![
                Role { person: Some(("Ann Lee", "ann.lee@nordhavn.example")), ..signer("Customer", 1) },
                signer("Account manager", 2),
            ],
        ),
        draft("Price list 2027", "Sales", 2, vec![]),
        Draft { documents: vec![], ..draft("Cover letter", "Sales", 1, vec![signer("Client", 1)]) },
        draft("Onboarding pack", "People", 2, vec![signer("Employee", 1), signer("Manager", 2)]),
        draft("Facility lease", "Legal", 40, vec![signer("Landlord", 1), signer("Tenant", 1)]),
        draft("Quote with HubSpot fields", "Sales", 2, vec![signer("Client", 1)]),
        draft(
            LONG,
            "Legal",
            6,
            vec![
                signer(LONG_ROLE, 1),
                copy("Municipal building authority, department of energy installations", 2),
            ],
        ),
        draft(
            "Works order",
            "Sales",
            2,
            vec![
                signer("Site manager", 1),
                signer("Safety officer", 1),
                signer("Client", 2),
                copy("Archive", 3),
            ],
        ),
        draft(
            "Handover in person",
            "Sales",
            1,
            vec![Role { kind: "inPersonSigners", ..signer("Customer on site", 1) }, copy("Back office", 2)],
        ),
        draft("Employment contract", "People", 3, vec![signer("Employee", 1), signer("Employer", 2)]),
        draft("Samarbejdsaftale Ærø og Ålborg", "Legal", 2, vec![signer("Køber", 1), signer("Sælger", 2)]),
        draft(
            "Deed with a witness",
            "Legal",
            2,
            vec![
                signer("Donor", 1),
                Role { kind: "witnesses", witness_for: Some("1"), ..signer("Witness of the donor", 1) },
                signer("Recipient of the gift", 2),
            ],
        ),
        Draft {
            options: object(json!({ "allowReassign": "false", "allowComments": "false" })),
            notification: Some(json!({
                "useAccountDefaults": "false",
                "reminders": { "reminderEnabled": "true", "reminderDelay": "3", "reminderFrequency": "2" },
                "expirations": { "expireEnabled": "true", "expireAfter": "30", "expireWarn": "3" },
            })),
            ..draft("Loan agreement", "Sales", 2, vec![signer("Borrower", 1), signer("Lender", 2)])
        },
        draft("Tenancy agreement", "Property", 3, vec![signer("Tenant", 1), signer("Landlord", 2)]),
        draft("House rules", "Property", 1, vec![signer("Tenant", 1)]),
        draft(
            "Power of attorney before a notary",
            "Legal",
            1,
            vec![signer("Principal", 1), Role { kind: "notaries", ..signer("Notary", 2) }],
        ),
    ];
    for (at, about) in [
        (3, "The chair's place is locked; the secretary's place may not be removed."),
        (4, "Ann Lee is already in the first place."),
        (5, "For information: nobody signs it."),
        (6, "A letter that the sender uploads."),
        (9, "Filled from the record that it is sent from."),
        (14, "Both languages, one signature each."),
        (15, "Somebody watches the donor sign, and signs too."),
        (16, "Reminders, a short deadline, and nobody may pass it on."),
        (17, "Goes with the house rules: the tenant signs both."),
        (19, "Signed before a notary."),
    ] {
        if let Some(d) = list.get_mut(at) {
            d.about = about;
        }
    }
    if let Some(pack) = list.get_mut(7) {
        let roles = &pack.roles;
        let more = [
            contract("Data protection notice", 3, &[], &[], 4),
            contract("Equipment receipt", 1, roles, &["Equipment", "Serial number"], 9),
        ];
        pack.documents.extend(more);
    }
    if let Some(quote) = list.get_mut(9) {
        let labels: Vec<&str> = HS_ON_PAPER.iter().map(|(paper, ..)| *paper).collect();
        quote.documents = vec![contract("Quote", 2, &quote.roles, &labels, 3)];
    }
    if let Some(job) = list.get_mut(13) {
        job.documents = vec![contract("Employment contract", 3, &job.roles, &JOB_BLANKS, 6)];
        job.options = object(json!({ "messageLock": "true", "recipientsLock": "false" }));
    }
    list
}

/// Kinds and places of the templates that fill the pages of the list.
const KINDS: [&str; 9] = [
    "Subscription order",
    "Renewal",
    "Statement of work",
    "Change request",
    "Reseller agreement",
    "Data processing agreement",
    "Pilot agreement",
    "Service level agreement",
    "Termination by agreement",
];
const PLACES: [&str; 5] = ["Nordics", "Benelux", "DACH", "Iberia", "United Kingdom"];

pub fn all(account_id: &str, owners: &[User], is_main: bool, now: DateTime<Utc>) -> Vec<Template> {
    let mut drafts = cases();
    if is_main {
        for kind in KINDS {
            for (n, place) in PLACES.iter().enumerate() {
                let roles = if n % 2 == 0 {
                    vec![signer("Client", 1)]
                } else {
                    vec![signer("Client", 1), signer("Supplier", 2)]
                };
                let folder = match kind {
                    "Reseller agreement" => "Partners",
                    "Pilot agreement" => "Pilots",
                    _ => "Sales",
                };
                let plain = draft(&format!("{kind}, {place}"), folder, 1 + n as u32, roles);
                // The admin owns most of them, the two others one place each.
                drafts.push(Draft { owner: if n < 3 { n } else { 0 }, ..plain });
            }
        }
        let own = draft("Own checklist", "Sales", 1, vec![signer("Client", 1)]);
        drafts.push(Draft { owner: 1, shared: false, about: "Only its owner sees it.", ..own });
    } else {
        drafts.truncate(4);
        drafts.push(draft("Litigation hold", "Legal", 1, vec![signer("Custodian", 1)]));
        drafts.push(draft(
            "Power of attorney",
            "Legal",
            2,
            vec![signer("Principal", 1), signer("Attorney", 2)],
        ));
    }
    let finished = drafts.into_iter().enumerate().filter_map(|(n, d)| {
        let owner = owners.get(d.owner).or(owners.first())?;
        Some(finish(d, n, account_id, owner, now))
    });
    finished.collect()
}

/// `count` templates more, named `name 0001` and so on, older than all others.
pub fn bulk(
    account: &Account,
    owner: &User,
    count: usize,
    name: &str,
    folder: &str,
    now: DateTime<Utc>,
) -> Vec<Template> {
    let first = account.templates.len();
    let folder = account.folders.iter().find(|f| f.name == folder && f.kind == "templates");
    (1..=count)
        .map(|n| {
            let plain = draft(&format!("{name} {n:04}"), "Sales", 1, vec![signer("Client", 1)]);
            let mut made = finish(plain, first + n, &account.account_id, owner, now);
            made.template_id = stable_id(&[&account.account_id, "template", &made.name, &first.to_string()]);
            if let Some(folder) = folder {
                made.folder_id.clone_from(&folder.folder_id);
            }
            made
        })
        .collect()
}

fn finish(draft: Draft, n: usize, account_id: &str, owner: &User, now: DateTime<Utc>) -> Template {
    let age = TimeDelta::hours(7 + 31 * n as i64);
    let documents: Vec<Document> = draft
        .documents
        .iter()
        .enumerate()
        .map(|(i, paper)| Document {
            id: (i + 1).to_string(),
            guid: stable_id(&[account_id, &draft.name, "document", &i.to_string()]),
            name: format!("{}.pdf", paper.title.chars().take(120).collect::<String>()),
            order: i as u32 + 1,
            pages: paper.pages,
            fields: Object::new(),
            prefill: Object::new(),
            sizes: Vec::new(),
            source: Source::Contract(paper.clone()),
        })
        .collect();
    let recipients =
        draft.roles.iter().enumerate().map(|(i, role)| place(role, i, &draft, account_id, owner)).collect();
    let mut fields = object(json!({
        "emailSubject": format!("Signature asked for: {}", draft.name).chars().take(100).collect::<String>(),
        "emailBlurb": "Hello,\n\nplease read and sign the attached document.\n\nKind regards",
        "allowReassign": "true", "allowMarkup": "false", "allowComments": "true", "allowViewHistory": "true",
        "enableWetSign": "true", "signerCanSignOnMobile": "true", "autoNavigation": "true",
        "enforceSignerVisibility": "false", "envelopeIdStamping": "true", "authoritativeCopy": "false",
        "messageLock": "false", "recipientsLock": "false", "disableResponsiveDocument": "false",
        "useDisclosure": "true", "signingLocation": "online",
    }));
    fields.extend(draft.options.clone());
    Template {
        template_id: stable_id(&[account_id, "template", &draft.name]),
        description: draft.about.to_owned(),
        folder_id: stable_id(&[account_id, "folder", draft.folder]),
        owner_id: owner.user_id.clone(),
        shared: draft.shared,
        deleted: false,
        created: now - TimeDelta::days(300) - age,
        modified: now - age,
        used: n.is_multiple_of(3).then(|| now - age),
        paper: Paper {
            fields,
            recipients,
            documents,
            text_fields: Vec::new(),
            list_fields: Vec::new(),
            notification: Some(draft.notification.clone().unwrap_or_else(|| {
                json!({
                    "useAccountDefaults": "false",
                    "reminders": { "reminderEnabled": "true", "reminderDelay": "3", "reminderFrequency": "3" },
                    "expirations": { "expireEnabled": "true", "expireAfter": "120", "expireWarn": "5" },
                })
            })),
        },
        lock: None,
        name: draft.name,
    }
}

fn place(role: &Role, index: usize, draft: &Draft, account_id: &str, owner: &User) -> Recipient {
    let id = (index + 1).to_string();
    let (name, email) = role.person.unwrap_or(("", ""));
    let yes = |b: bool| if b { "true" } else { "false" };
    let mut fields = object(json!({
        "recipientId": id, "roleName": role.name, "routingOrder": role.order.to_string(),
        "name": name, "email": email, "note": "", "accessCode": "", "requireIdLookup": "false",
        "deliveryMethod": "email", "templateLocked": yes(role.locked), "templateRequired": yes(role.required),
        "recipientType": recipient_type(role.kind),
    }));
    if role.kind == "inPersonSigners" {
        fields.remove("name");
        fields.remove("email");
        // The template's author is the host; whom they will sit with is open.
        let host = [("hostName", owner.name()), ("hostEmail", owner.email.clone())];
        let open = [("signerName", String::new()), ("signerEmail", String::new())];
        for (key, value) in host.into_iter().chain(open) {
            fields.insert(key.to_owned(), Value::String(value));
        }
    }
    if let Some(id) = role.witness_for {
        fields.insert("witnessFor".to_owned(), json!(id));
        let guid = stable_id(&[account_id, &draft.name, "recipient", id]);
        fields.insert("witnessForGuid".to_owned(), json!(guid));
    }
    if signs(role) {
        fields.insert("signInEachLocation".to_owned(), json!("false"));
        fields.insert("defaultRecipient".to_owned(), json!("false"));
    }
    Recipient {
        kind: role.kind.to_owned(),
        guid: stable_id(&[account_id, &draft.name, "recipient", &id]),
        tabs: if signs(role) { tabs(role, index, draft, account_id) } else { Object::new() },
        fields,
    }
}

pub fn recipient_type(kind: &str) -> &'static str {
    match kind {
        "carbonCopies" => "carboncopy",
        "certifiedDeliveries" => "certifieddelivery",
        "inPersonSigners" => "inpersonsigner",
        "agents" => "agent",
        "editors" => "editor",
        "intermediaries" => "intermediary",
        "witnesses" => "witness",
        "notaries" => "notary",
        "seals" => "seal",
        _ => "signer",
    }
}
