//! What is written to HubSpot (hubspot facts §4.2, §5): properties of a record, notes with files, and the properties
//! that show an envelope's status.
//!
//! Writing a property twice is writing it once. A note is made anew by every call: it carries a mark by which
//! [`HubSpot::has_note`] finds it again, among the notes of the record itself, since HubSpot's search is seconds late.

use reqwest::Method;
use serde_json::{Map, Value, json};
use shared::record::{ObjectType, RecordRef};

use super::{BATCH, ERRORS, HubSpot, VERSION};
use crate::{
    vendor::{self, VendorError},
    wire::hubspot::{FileStat, Linked, Object, Objects},
};

/// The group of our properties.
const GROUP: (&str, &str) = ("docusign", "DocuSign");
pub const STATUS: &str = "docusign_envelope_status";
pub const LAST_ID: &str = "docusign_last_envelope_id";
pub const LAST_NAME: &str = "docusign_last_envelope_name";
pub const CHANGED_AT: &str = "docusign_status_changed_at";

/// The options of [`STATUS`], with what a person reads. The last one stands for whatever DocuSign may add.
pub const STATUSES: [(&str, &str); 8] = [
    ("sent", "Sent"),
    ("delivered", "Viewed"),
    ("signed", "Signed"),
    ("completed", "Completed"),
    ("declined", "Declined"),
    ("voided", "Voided"),
    ("correct", "Being corrected"),
    ("other", "Other"),
];

/// Pages of a record's notes that are looked through for one.
const NOTE_PAGES: usize = 20;

/// A note as it is to be.
#[derive(Debug, Clone)]
pub struct Note {
    /// HTML.
    pub body: String,
    /// When it happened, as HubSpot writes moments.
    pub at: String,
    /// Ids of HubSpot's files.
    pub files: Vec<String>,
    pub on: Vec<RecordRef>,
}

/// Where a file goes, ready but for its body.
#[derive(Debug, Clone)]
pub struct FileUpload {
    pub url: String,
    pub headers: [(&'static str, String); 3],
    /// What goes before the file's bytes, and after them.
    pub before: Vec<u8>,
    pub after: Vec<u8>,
}

impl HubSpot {
    /// Writes properties of a record. The answer is the record's id, which is another one after a merge.
    pub async fn set(&self, record: &RecordRef, values: &Map<String, Value>) -> Result<String, VendorError> {
        let path = format!("/{}/{}", record.object().path(), record.id());
        let request = self.call(Method::PATCH, &path).json(&json!({ "properties": values }));
        let object: Object = vendor::json(request, vendor::SEND, ERRORS).await?;
        Ok(object.id)
    }

    /// Makes those of our properties that a kind of record has not, with their group.
    pub async fn make_properties(&self, object: ObjectType) -> Result<(), VendorError> {
        let known = self.properties(object).await?;
        let missing: Vec<Value> = definitions()
            .into_iter()
            .filter(|wanted| !known.iter().any(|one| wanted["name"] == one.name()))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let address = format!("{}/crm/properties/{VERSION}/{}", self.base, object.path());
        let group = json!({ "name": GROUP.0, "label": GROUP.1, "displayOrder": -1 });
        self.make(&format!("{address}/groups"), &group).await?;
        for property in missing {
            self.make(&address, &property).await?;
        }
        Ok(())
    }

    /// That it is there already is as good.
    async fn make(&self, address: &str, what: &Value) -> Result<(), VendorError> {
        let request = self.http.post(address).bearer_auth(self.token.expose()).json(what);
        match vendor::json::<Value>(request, vendor::SEND, ERRORS).await {
            Ok(_) | Err(VendorError::Refused { status: 409, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Whether a record has a note with `mark` in its body.
    pub async fn has_note(&self, record: &RecordRef, mark: &str) -> Result<bool, VendorError> {
        let path = format!("/{}/{}/associations/notes", record.object().path(), record.id());
        let mut after: Option<String> = None;
        for _ in 0..NOTE_PAGES {
            let mut query = vec![("limit", BATCH.to_string())];
            query.extend(after.take().map(|after| ("after", after)));
            let linked: Linked = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
            let ids = linked.ids();
            if ids.is_empty() {
                return Ok(false);
            }
            let body = json!({
                "inputs": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<Value>>(),
                "properties": ["hs_note_body"],
                "propertiesWithHistory": [],
            });
            let read: Objects =
                self.patiently(|| self.call(Method::POST, "/notes/batch/read").json(&body)).await?;
            let notes = read.results.unwrap_or_default();
            if notes.iter().any(|note| note.property("hs_note_body").contains(mark)) {
                return Ok(true);
            }
            after = linked.next();
            if after.is_none() {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// Makes a note, tied to its records by the same call: there is never a note on nothing.
    pub async fn make_note(&self, note: &Note) -> Result<(), VendorError> {
        let mut properties = Map::new();
        properties.insert("hs_timestamp".into(), note.at.as_str().into());
        properties.insert("hs_note_body".into(), note.body.as_str().into());
        if !note.files.is_empty() {
            properties.insert("hs_attachment_ids".into(), note.files.join(";").into());
        }
        let associations: Vec<Value> = note
            .on
            .iter()
            .map(|record| {
                json!({
                    "to": { "id": record.id() },
                    "types": [{
                        "associationCategory": "HUBSPOT_DEFINED",
                        "associationTypeId": note_to(record.object()),
                    }],
                })
            })
            .collect();
        let body = json!({ "properties": properties, "associations": associations });
        let request = self.call(Method::POST, "/notes").json(&body);
        vendor::json::<Value>(request, vendor::SEND, ERRORS).await.map(drop)
    }

    /// Which of these contacts there are.
    pub async fn known_contacts(&self, ids: &[String]) -> Result<Vec<String>, VendorError> {
        Ok(self.contacts(ids).await?.into_iter().map(|contact| contact.id).collect())
    }

    /// The id of the file at a path such as `folder/name.pdf`.
    pub async fn file_at(&self, path: &str) -> Result<Option<String>, VendorError> {
        let address = format!("{}/files/{VERSION}/files/stat/{path}", self.base);
        let request = || self.http.get(&address).bearer_auth(self.token.expose());
        match self.patiently::<FileStat>(request).await {
            Ok(stat) => Ok(stat.id()),
            Err(VendorError::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What has to be sent around the bytes of a PDF that only users of the portal may open.
    pub fn upload(&self, folder: &str, name: &str, boundary: &str) -> FileUpload {
        let field = |name: &str, value: &str| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let options = json!({ "access": "PRIVATE" }).to_string();
        let file = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        let before = [field("folderPath", folder), field("fileName", name), field("options", &options), file];
        FileUpload {
            url: format!("{}/files/{VERSION}/files", self.base),
            headers: [
                ("authorization", format!("Bearer {}", self.token.expose())),
                ("accept", "application/json".to_owned()),
                ("content-type", format!("multipart/form-data; boundary={boundary}")),
            ],
            before: before.concat().into_bytes(),
            after: format!("\r\n--{boundary}--\r\n").into_bytes(),
        }
    }
}

/// HubSpot's numbers for what a note is on.
fn note_to(object: ObjectType) -> u32 {
    match object {
        ObjectType::Contact => 202,
        ObjectType::Company => 190,
        ObjectType::Deal => 214,
    }
}

fn definitions() -> [Value; 4] {
    let property = |name: &str, label: &str, kind: &str, field: &str| json!({ "name": name, "label": label, "type": kind, "fieldType": field, "groupName": GROUP.0 });
    let mut status = property(STATUS, "DocuSign status", "enumeration", "select");
    let option = |(order, (value, label)): (u32, (&str, &str))| json!({ "value": value, "label": label, "displayOrder": order, "hidden": false });
    status["options"] = (0..).zip(STATUSES).map(option).collect();
    [
        status,
        property(LAST_ID, "DocuSign envelope", "string", "text"),
        property(LAST_NAME, "DocuSign envelope's subject", "string", "text"),
        property(CHANGED_AT, "DocuSign status changed", "datetime", "date"),
    ]
}
