//! Documents, recipients and tabs of a template or an envelope: reading them from a request, laying one layer
//! over another, and making PDFs of them.

use serde_json::{Value, json};

use super::blob::Blob;
use super::contract::{Contract, Ink, set};
use super::convert::convert;
use super::model::{
    Document, Envelope, Object, Paper, Recipient, Source, decode_base64, new_id, object, objects, text,
};
use super::problem::{Problem, document_missing, problem};
use super::wire::KINDS;

/// The recipients in a body such as `{"signers":[…],"carbonCopies":[…]}`.
pub fn recipients_in(body: &Object) -> Vec<Recipient> {
    let mut list = Vec::new();
    for kind in KINDS {
        for mut fields in objects(body.get(kind)) {
            let tabs = fields.remove("tabs").map(object).unwrap_or_default();
            fields.remove("status");
            list.push(Recipient { kind: kind.to_owned(), guid: new_id(), fields, tabs: Object::new() });
            if let Some(last) = list.last_mut() {
                add_tabs(last, &tabs);
            }
        }
    }
    list
}

/// Lays `given` over a recipient: attributes, then tabs. Of a locked one only name, address and access code
/// change (facts §3.1, trap 6).
pub fn overlay(base: &mut Recipient, given: &Recipient) {
    const OPEN: [&str; 8] = [
        "name",
        "email",
        "accessCode",
        "idCheckInformationInput",
        "hostName",
        "hostEmail",
        "signerName",
        "signerEmail",
    ];
    let locked = base.is_locked();
    for (key, value) in &given.fields {
        let fixed =
            matches!(key.as_str(), "recipientId" | "roleName" | "templateLocked" | "templateRequired");
        if !fixed && (!locked || OPEN.contains(&key.as_str())) {
            base.fields.insert(key.clone(), value.clone());
        }
    }
    overlay_tabs(base, &given.tabs);
}

/// Tabs match on type and label, to the letter, and on the document if one is named. A match keeps its place;
/// what matches nothing is added if it says where, and is lost otherwise.
pub fn overlay_tabs(base: &mut Recipient, given: &Object) {
    for (group, list) in given {
        for tab in objects(Some(list)) {
            let mut matched = false;
            if let Some(Value::Array(mine)) = base.tabs.get_mut(group) {
                for own in mine.iter_mut().filter_map(Value::as_object_mut) {
                    let same = label(own) == label(&tab)
                        && (text(&tab, "documentId").is_empty()
                            || text(own, "documentId") == text(&tab, "documentId"));
                    if same && !label(&tab).is_empty() {
                        matched = true;
                        if text(own, "templateLocked") != "true" {
                            write_over(own, &tab);
                        }
                    }
                }
            }
            let placed = !text(&tab, "xPosition").is_empty() || !text(&tab, "anchorString").is_empty();
            if !matched && placed {
                push_tab(base, group, tab);
            }
        }
    }
}

pub fn label(tab: &Object) -> &str {
    match text(tab, "tabLabel") {
        "" => text(tab, "groupName"),
        label => label,
    }
}

/// Changes what may change of a tab that is found by its label: all but its place and name.
fn write_over(own: &mut Object, given: &Object) {
    const FIXED: [&str; 8] = [
        "tabId",
        "documentId",
        "recipientId",
        "pageNumber",
        "xPosition",
        "yPosition",
        "tabLabel",
        "groupName",
    ];
    let mut open = given.clone();
    open.retain(|key, _| !FIXED.contains(&key.as_str()));
    write_all(own, &open);
}

/// Changes a tab, place and name too.
pub fn write_all(own: &mut Object, given: &Object) {
    for (key, value) in given {
        match key.as_str() {
            "tabId" | "recipientId" | "tabType" => {}
            "radios" => {
                let chosen = objects(Some(value));
                if let Some(Value::Array(radios)) = own.get_mut("radios") {
                    for radio in radios.iter_mut().filter_map(Value::as_object_mut) {
                        if let Some(c) = chosen.iter().find(|c| text(c, "value") == text(radio, "value")) {
                            radio.insert("selected".to_owned(), json!(text(c, "selected")));
                        }
                    }
                }
            }
            _ => {
                own.insert(key.clone(), value.clone());
            }
        }
    }
    // A list shows as chosen what its value says.
    let value = text(own, "value").to_owned();
    if let Some(Value::Array(items)) = own.get_mut("listItems") {
        for item in items.iter_mut().filter_map(Value::as_object_mut) {
            let chosen = text(item, "value") == value;
            item.insert("selected".to_owned(), json!(chosen.to_string()));
        }
    }
}

/// Adds tabs as they are, with ids. `prefillTabs` belong to documents and are not taken.
pub fn add_tabs(r: &mut Recipient, given: &Object) {
    for (group, list) in given {
        for tab in objects(Some(list)) {
            push_tab(r, group, tab);
        }
    }
}

pub fn tab_type(group: &str) -> String {
    group.trim_end_matches("Tabs").to_lowercase()
}

/// Answers the tab as it was stored.
pub fn push_tab(r: &mut Recipient, group: &str, mut tab: Object) -> Object {
    if !group.ends_with("Tabs") || group == "prefillTabs" {
        return tab;
    }
    tab.insert("tabId".to_owned(), json!(new_id()));
    tab.insert("recipientId".to_owned(), json!(r.id()));
    tab.insert("tabType".to_owned(), json!(tab_type(group)));
    // An anchor is looked for in all documents unless one is named.
    let everywhere = !text(&tab, "anchorString").is_empty();
    for (key, value) in [("documentId", "1"), ("pageNumber", "1")] {
        if !everywhere {
            tab.entry(key).or_insert_with(|| json!(value));
        }
    }
    if text(&tab, "tabLabel").is_empty() && group != "radioGroupTabs" {
        tab.insert("tabLabel".to_owned(), json!(tab_type(group)));
    }
    if let Value::Array(list) = r.tabs.entry(group).or_insert_with(|| json!([])) {
        list.push(Value::Object(tab.clone()));
    }
    tab
}

/// All tabs of a recipient, each with the name of its group.
pub fn each_tab(r: &Recipient) -> impl Iterator<Item = (&str, &Object)> {
    r.tabs.iter().flat_map(|(group, list)| {
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(move |t| Some((group.as_str(), t.as_object()?)))
    })
}

/// Runs over all tabs of a recipient; those for which `keep` says no are removed.
pub fn retain_tabs(r: &mut Recipient, mut keep: impl FnMut(&str, &mut Object) -> bool) {
    for (group, list) in &mut r.tabs {
        if let Value::Array(list) = list {
            list.retain_mut(|t| t.as_object_mut().is_none_or(|t| keep(group, t)));
        }
    }
    r.tabs.retain(|_, list| list.as_array().is_none_or(|l| !l.is_empty()));
}

/// The tabs on one document: those of all recipients, and the sender's.
pub fn tabs_of_document(paper: &Paper, document: &Document) -> Value {
    let mut out = Object::new();
    for r in &paper.recipients {
        for (group, tab) in each_tab(r).filter(|(_, t)| text(t, "documentId") == document.id) {
            if let Value::Array(list) = out.entry(group).or_insert_with(|| json!([])) {
                list.push(Value::Object(tab.clone()));
            }
        }
    }
    if !document.prefill.is_empty() {
        out.insert("prefillTabs".to_owned(), Value::Object(document.prefill.clone()));
    }
    Value::Object(out)
}

/// A document as sent in JSON.
///
/// # Errors
/// As [`document_from`]; `UNABLE_TO_LOAD_DOCUMENT` too if it is not base64.
pub fn document_in(fields: &Object, order: u32) -> Result<Document, Problem> {
    let bytes = decode_base64(text(fields, "documentBase64")).ok_or_else(|| {
        problem(400, "UNABLE_TO_LOAD_DOCUMENT", "Unable to load the document. It is not base64.")
    })?;
    let id = text(fields, "documentId");
    let id = if id.is_empty() { order.to_string() } else { id.to_owned() };
    let mut made = document_from(bytes, text(fields, "name"), text(fields, "fileExtension"), id)?;
    made.order = text(fields, "order").parse().unwrap_or(order);
    made.fields = fields
        .iter()
        .filter(|(k, _)| *k != "documentBase64" && *k != "tabs")
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    if let Some(prefill) = fields.get("tabs").and_then(|t| t.get("prefillTabs")).and_then(Value::as_object) {
        made.prefill = with_ids(prefill.clone(), &made.id);
    }
    Ok(made)
}

/// # Errors
/// Those of [`convert`]; `INVALID_REQUEST_PARAMETER` if the id is no number.
pub fn document_from(bytes: Vec<u8>, name: &str, extension: &str, id: String) -> Result<Document, Problem> {
    if id.parse::<u32>().is_err() {
        return Err(super::problem::invalid_parameter("'documentId' must be a whole number."));
    }
    let name = if name.is_empty() { "Document" } else { name };
    let extension =
        if extension.is_empty() { name.rsplit_once('.').map_or("", |(_, e)| e) } else { extension };
    let made = convert(bytes, name, extension)?;
    Ok(Document {
        id,
        guid: new_id(),
        name: name.to_owned(),
        order: 1,
        pages: u32::try_from(made.sizes.len()).unwrap_or(u32::MAX),
        fields: Object::new(),
        prefill: Object::new(),
        sizes: made.sizes,
        source: Source::Uploaded(made.pdf),
    })
}

pub fn with_ids(mut groups: Object, document_id: &str) -> Object {
    for list in groups.values_mut().filter_map(Value::as_array_mut) {
        for tab in list.iter_mut().filter_map(Value::as_object_mut) {
            tab.entry("tabId").or_insert_with(|| json!(new_id()));
            tab.insert("documentId".to_owned(), json!(document_id));
        }
    }
    groups
}

/// What a PDF is to be made of, copied out of the state so that the lock is not held meanwhile.
pub enum Wanted {
    Set(Contract, Vec<Ink>),
    /// A PDF as it is, its name and number of pages.
    Ready(Blob, String, u32),
}

impl Wanted {
    /// Document `id`, or `combined` for all of them. Answers the file's name too.
    ///
    /// # Errors
    /// `DOCUMENT_DOES_NOT_EXIST`.
    pub fn new(paper: &Paper, id: &str, title: &str) -> Result<(String, Vec<Wanted>), Problem> {
        if matches!(id, "combined" | "archive" | "portfolio") {
            if paper.documents.is_empty() {
                return Err(document_missing());
            }
            let all = paper.documents.iter().map(|d| wanted(paper, d)).collect();
            return Ok((format!("{title}.pdf"), all));
        }
        let document = paper.document(id).ok_or_else(document_missing)?;
        Ok((document.name.clone(), vec![wanted(paper, document)]))
    }

    /// The certificate of completion.
    pub fn certificate(e: &Envelope) -> (String, Vec<Wanted>) {
        let mut lines = vec![
            format!("Envelope {}", e.envelope_id),
            format!("Subject: {}", e.paper.text("emailSubject")),
            format!("Status: {}", e.status),
        ];
        for r in &e.paper.recipients {
            lines.push(format!(
                "{} <{}>: {} {}",
                r.display_name(),
                r.mail_address(),
                r.status(),
                r.text("signedDateTime")
            ));
        }
        lines.extend(
            e.audit.iter().map(|a| format!("{}  {}: {}", crate::clock::milliseconds(a.at), a.user, a.action)),
        );
        let paper =
            Contract { title: "Certificate of completion".to_owned(), pages: 1, ..Contract::default() };
        let ink = lines
            .into_iter()
            .enumerate()
            .map(|(n, text)| Ink { page: 1, x: 90.0, y: 420.0 + 14.0 * n as f32, text, is_signature: false })
            .collect();
        ("Certificate.pdf".to_owned(), vec![Wanted::Set(paper, ink)])
    }
}

fn wanted(paper: &Paper, document: &Document) -> Wanted {
    match &document.source {
        Source::Contract(contract) => Wanted::Set(contract.clone(), ink_on(paper, document)),
        Source::Uploaded(blob) => Wanted::Ready(blob.clone(), document.name.clone(), document.pages),
    }
}

fn ink_on(paper: &Paper, document: &Document) -> Vec<Ink> {
    let mut out = Vec::new();
    for r in &paper.recipients {
        for (group, tab) in each_tab(r).filter(|(_, t)| text(t, "documentId") == document.id) {
            let is_signature = matches!(group, "signHereTabs" | "initialHereTabs");
            let words = match group {
                _ if is_signature && text(tab, "status") == "signed" => r.display_name(),
                "checkboxTabs" if text(tab, "selected") == "true" => "X",
                "signHereTabs" | "initialHereTabs" | "checkboxTabs" => "",
                _ => text(tab, "value"),
            };
            out.extend(ink(tab, words, is_signature));
        }
    }
    for tab in document.prefill.values().flat_map(|l| objects(Some(l))) {
        out.extend(ink(&tab, text(&tab, "value"), false));
    }
    out
}

fn ink(tab: &Object, words: &str, is_signature: bool) -> Option<Ink> {
    if words.is_empty() {
        return None;
    }
    Some(Ink {
        page: text(tab, "pageNumber").parse().unwrap_or(1),
        x: text(tab, "xPosition").parse().ok()?,
        y: text(tab, "yPosition").parse().ok()?,
        text: words.to_owned(),
        is_signature,
    })
}

/// Makes the PDF off the async threads. Several documents become one; an uploaded one among several is
/// stood for by pages with its name.
pub async fn pdf_of(wanted: Vec<Wanted>) -> Blob {
    tokio::task::spawn_blocking(move || match wanted.as_slice() {
        [Wanted::Ready(blob, ..)] => blob.clone(),
        list => {
            let papers: Vec<(Contract, Vec<Ink>)> = list
                .iter()
                .map(|w| match w {
                    Wanted::Set(contract, ink) => (contract.clone(), ink.clone()),
                    Wanted::Ready(_, name, pages) => {
                        (Contract { title: name.clone(), pages: *pages, ..Contract::default() }, Vec::new())
                    }
                })
                .collect();
            let borrowed: Vec<(&Contract, Vec<Ink>)> = papers.iter().map(|(c, i)| (c, i.clone())).collect();
            Blob::hashed(set(&borrowed))
        }
    })
    .await
    .unwrap_or_else(|_| Blob::hashed(Vec::new()))
}
