//! DocuSign's drafts behind ours: made when documents are edited, and thrown away when they are not needed any more.
//!
//! A paper is one draft at DocuSign that we made, or are about to make, for a draft of ours. It is written down
//! before DocuSign is called, under a transaction id of its own, so that after a crash or an answer that got lost it
//! is found again instead of made twice. The draft names its paper only when all documents were read back; until
//! then it goes by what it had. Everything about one draft's paper is done one after the other ([`alone`]); only
//! the bytes of files pass by that, each under a number that nobody else gets.

mod making;
pub mod outside;
mod uploads;

use std::rc::Rc;

use futures_util::lock::Mutex;
use serde::Deserialize;
use shared::{
    draft::{DocumentSource, Draft, DraftDocument},
    error::{AppError, Code},
    template::Template,
};

use self::making::make;
pub use self::{
    making::{due, settle_due},
    uploads::{is_busy, sweep, upload},
};
use super::{
    ask::{
        ArrangeDocuments, ContinueDraft, Desk, OpenDraft, RemoveDocument, SeePaper, SeenPaper,
        StartDocuments, StoredDraft,
    },
    connections, drafts, grants,
    room::Room,
    sends,
};
use crate::{
    docusign::{
        DocuSign,
        changes::Seat,
        failure::{During, failure},
    },
    failure::{Failure, Outcome},
    moment, token,
    vendor::VendorError,
    wire::docusign::DocumentWire,
};

/// As long as DocuSign knows a transaction id (docusign facts §3.2), and then some.
const UNMADE_SECONDS: i64 = 8 * 24 * 3600;
/// Longer than a draft lives after its last save.
const KEPT_SECONDS: i64 = 400 * 24 * 3600;
/// The sender's own files are numbered from here, so that they keep their number when the templates' documents,
/// which DocuSign numbers from 1 or with numbers of its own, change around them.
const FIRST_UPLOAD: u64 = 1_000_000_001;

/// A draft at DocuSign.
#[derive(Debug, Clone)]
pub struct Paper {
    attempt: i64,
    account: String,
    /// When it was last tried to make it.
    tried: i64,
    /// `None`: not made yet, as far as we know.
    envelope: Option<String>,
    /// The templates it is made from.
    templates: Vec<String>,
    /// Those, joined, as they were then.
    pub template: Template,
    pub seats: Vec<Seat>,
    /// Changes with every change of a document.
    version: u32,
}

impl Paper {
    /// Whether it is of the templates that the draft is of.
    pub fn is_of(&self, draft: &Draft) -> bool {
        self.templates == draft.templates()
    }
}

#[derive(Deserialize)]
struct Row {
    attempt: f64,
    account: String,
    tried: f64,
    envelope: Option<String>,
    templates: String,
    template: String,
    seats: String,
    version: f64,
}

const COLUMNS: &str = "attempt, account, tried, envelope, templates, template, seats, version";

impl Row {
    fn paper(self) -> Outcome<Paper> {
        Ok(Paper {
            attempt: self.attempt as i64,
            account: self.account,
            tried: self.tried as i64,
            envelope: self.envelope,
            templates: crate::json::read_text(&self.templates)?,
            template: crate::json::read_text(&self.template)?,
            seats: crate::json::read_text(&self.seats)?,
            version: self.version as u32,
        })
    }
}

/// The paper that a draft goes by.
pub fn current(room: &Room, stored: &StoredDraft) -> Outcome<Option<Paper>> {
    let Some(envelope) = &stored.envelope else { return Ok(None) };
    let row: Option<Row> = room.sql.row(
        &format!("SELECT {COLUMNS} FROM papers WHERE user = ? AND draft = ? AND envelope = ?"),
        vec![stored.user.as_str().into(), stored.id.as_str().into(), envelope.as_str().into()],
    )?;
    row.map(Row::paper).transpose()
}

/// The paper of a draft as it is known to be at this moment; a draft without one has not been edited.
fn known(room: &Room, stored: &StoredDraft) -> Outcome<(Paper, String, Vec<DraftDocument>)> {
    let paper = current(room, stored)?;
    match (paper, stored.envelope.clone(), stored.documents.clone()) {
        (Some(paper), Some(envelope), Some(documents)) => Ok((paper, envelope, documents)),
        _ => Err(Code::DraftGone.into()),
    }
}

/// The session user's own draft, open for edits here.
fn editable(room: &Rc<Room>, session_hash: String, id: String) -> Outcome<StoredDraft> {
    let stored = drafts::open(room, &OpenDraft { session_hash, id })?;
    if stored.handed_over {
        return Err(Code::DraftHandedOver.into());
    }
    if sends::is_open(room, &stored.user, &stored.id)? {
        return Err(Failure::new(Code::SendUnsettled, "the draft is being sent"));
    }
    Ok(stored)
}

/// What must not happen twice at once to one draft's paper.
pub async fn alone<T>(room: &Rc<Room>, user: &str, id: &str, work: impl Future<Output = T>) -> T {
    let place = (user.to_owned(), id.to_owned());
    let lock: Rc<Mutex<()>> = Rc::clone(room.papers.borrow_mut().entry(place.clone()).or_default());
    let outcome = {
        let _held = lock.lock().await;
        work.await
    };
    // This one and the map's: nobody waits.
    if Rc::strong_count(&lock) <= 2 {
        room.papers.borrow_mut().remove(&place);
    }
    outcome
}

/// The account a user works in, which must be the one the draft is in.
pub fn desk(room: &Room, user: &str, account: Option<&str>) -> Outcome<Desk> {
    let (connection, desk) = connections::of_user(room, user)?;
    let desk = desk.ok_or_else(|| connections::lacking(&connection))?;
    match account {
        Some(account) if account != desk.account => {
            Err(Failure::new(Code::DocusignNoPermission, "the draft is in another DocuSign account"))
        }
        _ => Ok(desk),
    }
}

/// Calls DocuSign as this user; a refused token is replaced once.
pub async fn call<T>(
    room: &Rc<Room>,
    user: &str,
    desk: &Desk,
    made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
) -> Outcome<Result<T, VendorError>> {
    // A loop, so that what is called is compiled in once.
    let mut older_than = 0;
    loop {
        let (docusign, generation) = grants::docusign(room, user, desk, older_than).await?;
        match made(docusign).await {
            Err(error) if older_than == 0 && error.is_unauthorized() => older_than = generation,
            other => return Ok(other),
        }
    }
}

/// As [`call`], about a paper. What DocuSign refuses may be refused because somebody did something in its own pages:
/// then that is what is said, and what is done about it here.
async fn about<T>(
    room: &Rc<Room>,
    stored: &StoredDraft,
    desk: &Desk,
    during: During,
    made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
) -> Outcome<T> {
    match call(room, &stored.user, desk, made).await? {
        Ok(done) => Ok(done),
        Err(error) => {
            if matches!(&error, VendorError::Refused { status: 400 | 404 | 409, .. }) {
                outside::look(room, stored, desk).await?;
            }
            Err(failure(&error, during))
        }
    }
}

/// Makes the documents editable; those of a draft that has been edited already are answered as they are. After
/// another template was added, the draft is made anew from all of them.
pub async fn start(room: &Rc<Room>, ask: StartDocuments) -> Outcome<Vec<DraftDocument>> {
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    alone(room, &stored.user.clone(), &stored.id.clone(), async {
        let stored = editable(room, ask.session_hash, ask.id)?;
        make(room, &stored, ask.template).await
    })
    .await
}

/// Sets the order of the documents.
pub async fn arrange(room: &Rc<Room>, ask: ArrangeDocuments) -> Outcome<Vec<DraftDocument>> {
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    alone(room, &stored.user.clone(), &stored.id.clone(), async {
        let stored = editable(room, ask.session_hash, ask.id)?;
        let (paper, envelope, documents) = known(room, &stored)?;
        let arranged = in_order(&documents, &ask.ids)?;
        if arranged == documents {
            return Ok(documents);
        }
        let desk = desk(room, &stored.user, Some(&paper.account))?;
        let names = names(&arranged);
        let told = async |d: DocuSign| d.arrange_documents(&envelope, &names).await;
        about(room, &stored, &desk, During::Envelope, told).await?;
        changed(room, &stored, &paper, &envelope, &arranged)?;
        Ok(arranged)
    })
    .await
}

/// The documents in another order: every one must be named, once.
fn in_order(documents: &[DraftDocument], ids: &[String]) -> Outcome<Vec<DraftDocument>> {
    let find = |id: &String| documents.iter().find(|document| document.id == *id).cloned();
    let arranged: Option<Vec<DraftDocument>> = ids.iter().map(find).collect();
    let once = ids.iter().collect::<std::collections::BTreeSet<_>>().len() == documents.len();
    // Another window may have added or taken out one meanwhile.
    arranged.filter(|_| once && ids.len() == documents.len()).ok_or(Code::DraftConflict.into())
}

/// Takes a document out. One that is gone already is no failure; the last one stays.
pub async fn remove(room: &Rc<Room>, ask: RemoveDocument) -> Outcome<Vec<DraftDocument>> {
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    alone(room, &stored.user.clone(), &stored.id.clone(), async {
        let stored = editable(room, ask.session_hash, ask.id)?;
        let (paper, envelope, documents) = known(room, &stored)?;
        let left: Vec<DraftDocument> = documents.iter().filter(|d| d.id != ask.document).cloned().collect();
        if left.len() == documents.len() {
            return Ok(documents);
        }
        if left.is_empty() {
            return Err(AppError::new(Code::BadRequest).field("document").into());
        }
        let desk = desk(room, &stored.user, Some(&paper.account))?;
        let gone = [ask.document];
        let told = async |d: DocuSign| d.delete_documents(&envelope, &gone).await;
        if let Err(failure) = about(room, &stored, &desk, During::Envelope, told).await {
            // An earlier try may have done it, its answer lost.
            let there = async |d: DocuSign| d.documents(&envelope).await;
            let there = about(room, &stored, &desk, During::Envelope, there).await?;
            if there.iter().any(|document| gone.contains(&document.document_id)) {
                return Err(failure);
            }
        }
        changed(room, &stored, &paper, &envelope, &left)?;
        Ok(left)
    })
    .await
}

/// Where the pictures of a draft's documents are to be had.
pub fn see(room: &Rc<Room>, ask: SeePaper) -> Outcome<SeenPaper> {
    let stored = drafts::open(room, &OpenDraft { session_hash: ask.session_hash, id: ask.id })?;
    let (paper, envelope, documents) = known(room, &stored)?;
    if !documents.iter().any(|document| document.id == ask.document) {
        return Err(Code::NotFound.into());
    }
    Ok(SeenPaper { envelope, version: paper.version })
}

/// Brings DocuSign's draft up to date, and opens DocuSign's own editor on it. Once handed over it is DocuSign's:
/// nothing here writes over what is done there.
pub async fn go_on(room: &Rc<Room>, ask: ContinueDraft) -> Outcome<String> {
    let open = OpenDraft { session_hash: ask.session_hash, id: ask.id };
    let stored = drafts::open(room, &open)?;
    alone(room, &stored.user.clone(), &stored.id.clone(), async {
        let mut stored = drafts::open(room, &open)?;
        if sends::is_open(room, &stored.user, &stored.id)? {
            return Err(Failure::new(Code::SendUnsettled, "the draft is being sent"));
        }
        if !stored.handed_over {
            if stored.envelope.is_none() || !is_up_to_date(room, &stored)? {
                make(room, &stored, ask.template).await?;
                stored = drafts::open(room, &open)?;
            }
            sends::bring_up_to_date(room, &stored, &ask.values, ask.locale.as_deref()).await?;
        }
        let (paper, envelope, _) = known(room, &stored)?;
        let desk = desk(room, &stored.user, Some(&paper.account))?;
        let back = format!("{}/docusign/return", room.config()?.base_url);
        let view = async |d: DocuSign| d.sender_view(&envelope, &back).await;
        let url = about(room, &stored, &desk, During::Envelope, view).await?;
        if !stored.handed_over {
            drafts::hand_over(room, &stored.user, &stored.id)?;
        }
        Ok(url)
    })
    .await
}

/// Whether the draft's paper is of the templates that the draft is of now.
pub fn is_up_to_date(room: &Room, stored: &StoredDraft) -> Outcome<bool> {
    Ok(current(room, stored)?.is_some_and(|paper| paper.is_of(&stored.draft)))
}

/// Forgets the papers of a draft that is no more. What is at DocuSign without being known to the draft is found and
/// thrown away by the alarm.
pub fn forget(room: &Room, user: &str, id: &str, envelope: Option<&str>) -> Outcome<()> {
    room.sql.run(
        "DELETE FROM papers WHERE user = ? AND draft = ? AND envelope = ?",
        vec![user.into(), id.into(), envelope.unwrap_or_default().into()],
    )
}

fn names(documents: &[DraftDocument]) -> Vec<(String, String)> {
    documents.iter().map(|document| (document.id.clone(), document.name.clone())).collect()
}

/// Writes down what the documents are now.
fn changed(
    room: &Room,
    stored: &StoredDraft,
    paper: &Paper,
    envelope: &str,
    documents: &[DraftDocument],
) -> Outcome<()> {
    drafts::set_documents(room, &stored.user, &stored.id, (&paper.account, envelope), documents)?;
    room.sql.run(
        "UPDATE papers SET version = version + 1 WHERE user = ? AND draft = ? AND attempt = ?",
        vec![stored.user.as_str().into(), stored.id.as_str().into(), paper.attempt.into()],
    )
}

/// A document as DocuSign has it, in our words.
fn own_document(wire: &DocumentWire, source: DocumentSource) -> DraftDocument {
    DraftDocument { id: wire.document_id.clone(), name: wire.name.clone(), pages: wire.page_count(), source }
}

/// The transaction id of an attempt: the same for the same attempt, wherever it is asked for.
fn transaction(portal: u64, user: &str, id: &str, attempt: i64) -> String {
    token::derived_uuid(&[&portal.to_string(), user, id, "documents", &attempt.to_string()]).to_string()
}

fn now() -> i64 {
    moment::now().0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_names_every_document_once() {
        let document = |id: &str| DraftDocument {
            id: id.into(),
            name: id.into(),
            pages: None,
            source: DocumentSource::Upload { bytes: 1 },
        };
        let documents = [document("1"), document("2")];
        let check = |ids: &[&str], good: bool| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(in_order(&documents, &ids).is_ok(), good, "{ids:?}");
        };
        check(&["2", "1"], true);
        check(&["1", "2"], true);
        check(&["1"], false);
        check(&["1", "1"], false);
        check(&["1", "2", "2"], false);
        check(&["1", "3"], false);
        check(&[], false);
    }
}
