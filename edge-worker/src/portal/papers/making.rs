//! Making a paper: DocuSign's draft from the templates, read back; and from the draft before it, what the sender did
//! there. Whatever is left lying by a crash is found by its transaction and thrown away by the alarm.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::{
    draft::{DocumentSource, DraftDocument},
    error::{AppError, Code},
    template::Template,
};

use super::{
    COLUMNS, KEPT_SECONDS, Paper, Row, UNMADE_SECONDS, alone, call, current, desk, names, now, own_document,
    transaction,
};
use crate::{
    docusign::{
        changes::seats,
        definition::{self, Binding},
        failure::{During, failure},
    },
    failure::{Failure, Outcome},
    log, moment,
    portal::{
        ask::{Desk, StoredDraft},
        connections, discards, drafts,
        room::Room,
    },
    wire::docusign::{DocumentWire, EnvelopeWire},
};

/// After a call without an answer DocuSign may still be at work.
const AT_WORK_SECONDS: i64 = 30;
/// A paper that nobody has gone on making for this long is thrown away.
const LEFT_SECONDS: i64 = 300;

/// When DocuSign could not be asked, it is asked again after this.
const RETRY_SECONDS: i64 = 3600;

/// Makes the paper that the draft asks for, unless it has it.
pub async fn make(room: &Rc<Room>, stored: &StoredDraft, template: Template) -> Outcome<Vec<DraftDocument>> {
    let before = current(room, stored)?;
    if let Some(paper) = &before
        && paper.is_of(&stored.draft)
    {
        return Ok(stored.documents.clone().unwrap_or_default());
    }
    let desk = desk(room, &stored.user, before.as_ref().map(|paper| paper.account.as_str()))?;
    let (mut paper, is_new) = claim(room, stored, template, &desk)?;
    room.wake_by(moment::now().plus_seconds(LEFT_SECONDS)).await?;
    let envelope = match &paper.envelope {
        Some(envelope) => envelope.clone(),
        None => create(room, stored, &paper, &desk, is_new).await?,
    };
    let user = stored.user.as_str();
    let read = call(room, user, &desk, async |d| {
        Ok((d.documents(&envelope).await?, d.recipients(&envelope).await?))
    });
    let (there, people) = read.await?.map_err(|error| failure(&error, During::Envelope))?;
    paper.seats = seats(&paper.template, &people);
    let mut documents = matched(&paper.template, &there);
    if let (Some(before), Some(old)) = (&before, &stored.envelope) {
        let old = (old.as_str(), before, stored.documents.as_deref().unwrap_or_default());
        documents = carry_over(room, user, &desk, old, (&envelope, &there, documents)).await?;
    }
    // Deleted while DocuSign was at work?
    let Some(still) = drafts::find(room, user, &stored.id)? else {
        drop_row(room, stored, paper.attempt)?;
        discards::add(room, &envelope, user, &desk.account).await?;
        return Err(Code::DraftGone.into());
    };
    room.sql.run(
        "UPDATE papers SET seats = ?, version = version + 1, expires = ?
         WHERE user = ? AND draft = ? AND attempt = ?",
        vec![
            serde_json::to_string(&paper.seats)?.into(),
            moment::now().plus_seconds(KEPT_SECONDS).0.into(),
            user.into(),
            stored.id.as_str().into(),
            paper.attempt.into(),
        ],
    )?;
    drafts::set_documents(room, user, &stored.id, (&desk.account, &envelope), &documents)?;
    log::info("a draft has its documents at DocuSign", json!({ "user": user, "envelope": envelope }));
    if let Some(before) = before {
        drop_row(room, stored, before.attempt)?;
    }
    if let Some(old) = still.envelope {
        discards::add(room, &old, user, &desk.account).await?;
    }
    Ok(documents)
}

/// The paper that is being made: the one that an earlier try has left, or a new one. Written before DocuSign is
/// called.
fn claim(room: &Room, stored: &StoredDraft, template: Template, desk: &Desk) -> Outcome<(Paper, bool)> {
    let newest: Option<Row> = room.sql.row(
        &format!("SELECT {COLUMNS} FROM papers WHERE user = ? AND draft = ? ORDER BY attempt DESC LIMIT 1"),
        vec![stored.user.as_str().into(), stored.id.as_str().into()],
    )?;
    let newest = newest.map(Row::paper).transpose()?;
    let templates = stored.draft.templates();
    let is_left = |paper: &Paper| {
        (paper.envelope.is_none() || paper.envelope != stored.envelope)
            && paper.templates == templates
            && paper.account == desk.account
    };
    if let Some(left) = newest.as_ref().filter(|paper| is_left(paper)) {
        return Ok((left.clone(), false));
    }
    let paper = Paper {
        attempt: next_attempt(newest.map_or(0, |paper| paper.attempt)),
        account: desk.account.clone(),
        tried: now(),
        envelope: None,
        templates,
        template,
        seats: Vec::new(),
        version: 0,
    };
    room.sql.run(
        "INSERT INTO papers (user, draft, attempt, account, tried, envelope, templates, template, seats, version,
             expires) VALUES (?, ?, ?, ?, ?, NULL, ?, ?, '[]', ?, ?)",
        vec![
            stored.user.as_str().into(),
            stored.id.as_str().into(),
            paper.attempt.into(),
            paper.account.as_str().into(),
            paper.tried.into(),
            serde_json::to_string(&paper.templates)?.into(),
            serde_json::to_string(&paper.template)?.into(),
            i64::from(paper.version).into(),
            moment::now().plus_seconds(UNMADE_SECONDS).0.into(),
        ],
    )?;
    Ok((paper, true))
}

/// A number no earlier attempt had, also after the row of that one was deleted: its transaction is DocuSign's for a
/// week, and would bring back what was thrown away.
fn next_attempt(newest: i64) -> i64 {
    newest.saturating_add(1).max(now())
}

/// DocuSign's draft of a claimed paper.
async fn create(
    room: &Rc<Room>,
    stored: &StoredDraft,
    paper: &Paper,
    desk: &Desk,
    is_new: bool,
) -> Outcome<String> {
    let portal = connections::installation(room)?.portal;
    let user = stored.user.as_str();
    let transaction_id = transaction(portal, user, &stored.id, paper.attempt);
    let look_up =
        async || call(room, user, desk, async |d| d.envelope_of_transaction(&transaction_id).await).await;
    if !is_new {
        let found = look_up().await?.map_err(|error| failure(&error, During::Envelope))?;
        if let Some(found) = found.filter(EnvelopeWire::is_draft) {
            return note(room, stored, paper, found.envelope_id);
        }
        let waited = (now() - paper.tried) / 1000;
        if waited < AT_WORK_SECONDS {
            let mut error = AppError::new(Code::DocusignBusy);
            error.retry_after = u32::try_from(AT_WORK_SECONDS - waited).ok();
            return Err(Failure::new(error, "DocuSign may still be making the draft"));
        }
        room.sql.run(
            "UPDATE papers SET tried = ? WHERE user = ? AND draft = ? AND attempt = ?",
            vec![now().into(), user.into(), stored.id.as_str().into(), paper.attempt.into()],
        )?;
    }
    let config = room.config()?;
    let templates: Vec<&str> = paper.templates.iter().map(String::as_str).collect();
    let definition = definition::bare(
        &templates,
        &stored.draft.subject,
        &Binding {
            portal,
            record: &stored.record,
            transaction_id: &transaction_id,
            connect_url: &format!("{}/docusign/connect/{portal}", config.base_url),
            locale: None,
            sender: ("", ""),
        },
    );
    match call(room, user, desk, async |d| d.create_envelope(&definition).await).await? {
        Ok(made) => note(room, stored, paper, made.envelope_id),
        Err(error) if error.may_have_acted() => match look_up().await? {
            Ok(Some(found)) if found.is_draft() => note(room, stored, paper, found.envelope_id),
            _ => Err(failure(&error, During::Envelope)),
        },
        Err(error) => {
            drop_row(room, stored, paper.attempt)?;
            Err(failure(&error, During::Template))
        }
    }
}

fn note(room: &Room, stored: &StoredDraft, paper: &Paper, envelope: String) -> Outcome<String> {
    room.sql.run(
        "UPDATE papers SET envelope = ?, tried = ? WHERE user = ? AND draft = ? AND attempt = ?",
        vec![
            envelope.as_str().into(),
            now().into(),
            stored.user.as_str().into(),
            stored.id.as_str().into(),
            paper.attempt.into(),
        ],
    )?;
    Ok(envelope)
}

fn drop_row(room: &Room, stored: &StoredDraft, attempt: i64) -> Outcome<()> {
    room.sql.run(
        "DELETE FROM papers WHERE user = ? AND draft = ? AND attempt = ?",
        vec![stored.user.as_str().into(), stored.id.as_str().into(), attempt.into()],
    )
}

/// The template's documents as DocuSign numbered them. They come in the template's order; where the template has
/// changed since it was read, the names tell which is which.
fn matched(template: &Template, there: &[DocumentWire]) -> Vec<DraftDocument> {
    let theirs: Vec<&DocumentWire> =
        there.iter().filter(|document| !is_upload(&document.document_id)).collect();
    let same_order = theirs.len() == template.documents.len();
    let mut free: Vec<&shared::template::Document> = template.documents.iter().collect();
    let mut documents = Vec::new();
    for (place, wire) in theirs.into_iter().enumerate() {
        let by_place = template.documents.get(place).filter(|_| same_order);
        let own = by_place.or_else(|| free.iter().find(|own| own.name == wire.name).copied());
        if let Some(own) = own {
            free.retain(|one| one.id != own.id);
        }
        // One that the template did not have when it was read: nobody can say anything about it but its name.
        let document = own.map_or_else(|| format!("new-{}", wire.document_id), |own| own.id.clone());
        documents.push(own_document(wire, DocumentSource::Template { document }));
    }
    documents
}

fn is_upload(id: &str) -> bool {
    id.parse::<u64>().is_ok_and(|id| id >= super::FIRST_UPLOAD)
}

/// Brings the sender's own files, the order and what was taken out from the paper before (its envelope, itself, its
/// documents) to the new one (its envelope, what is there, the templates' documents of it).
async fn carry_over(
    room: &Rc<Room>,
    user: &str,
    desk: &Desk,
    (old, before, had): (&str, &Paper, &[DraftDocument]),
    (new, there, fresh): (&str, &[DocumentWire], Vec<DraftDocument>),
) -> Outcome<Vec<DraftDocument>> {
    for file in had.iter().filter(|document| matches!(document.source, DocumentSource::Upload { .. })) {
        // Copied by an earlier try.
        if there.iter().any(|document| document.document_id == file.id) {
            continue;
        }
        let copied = call(room, user, desk, async |d| {
            let bytes = d.document(old, &file.id).await?;
            // DocuSign gives everything back as a PDF.
            d.put_document(new, &file.id, (&file.name, "pdf"), bytes).await
        });
        copied.await?.map_err(|error| failure(&error, During::Envelope))?;
    }
    let (documents, gone) = carried(&before.template, had, fresh);
    let arranged = call(room, user, desk, async |d| {
        if !gone.is_empty() {
            d.delete_documents(new, &gone).await?;
        }
        d.arrange_documents(new, &names(&documents)).await
    });
    arranged.await?.map_err(|error| failure(&error, During::Envelope))?;
    Ok(documents)
}

/// The documents in the order they had, new ones behind; and those to take out again.
fn carried(
    before: &Template,
    had: &[DraftDocument],
    fresh: Vec<DraftDocument>,
) -> (Vec<DraftDocument>, Vec<String>) {
    let mut fresh = fresh;
    let mut documents = Vec::new();
    for document in had {
        match &document.source {
            DocumentSource::Upload { .. } => documents.push(document.clone()),
            source => {
                if let Some(at) = fresh.iter().position(|new| new.source == *source) {
                    documents.push(fresh.remove(at));
                }
            }
        }
    }
    let was_there = |document: &DraftDocument| match &document.source {
        DocumentSource::Template { document } => before.documents.iter().any(|own| own.id == *document),
        DocumentSource::Upload { .. } => false,
    };
    let (gone, new): (Vec<_>, Vec<_>) = fresh.into_iter().partition(was_there);
    documents.extend(new);
    (documents, gone.into_iter().map(|document| document.id).collect())
}

/// The alarm's part: what was made, or may have been made, and belongs to no draft is thrown away.
pub async fn settle_due(room: &Rc<Room>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Left {
        user: String,
        draft: String,
        attempt: f64,
    }
    // What was handed over is DocuSign's, also when the draft ends here.
    room.sql.run(
        "DELETE FROM papers WHERE EXISTS (SELECT 1 FROM drafts WHERE drafts.envelope = papers.envelope
             AND drafts.handed_over = 1 AND drafts.expires <= ?)",
        vec![now().into()],
    )?;
    let left: Vec<Left> = room.sql.rows(
        &format!("SELECT user, draft, attempt FROM papers WHERE tried <= ? AND {LEFT} LIMIT 20"),
        vec![(now() - LEFT_SECONDS * 1000).into()],
    )?;
    for Left { user, draft, attempt } in left {
        let outcome = alone(room, &user, &draft, throw_away(room, &user, &draft, attempt as i64)).await;
        if let Err(failure) = outcome {
            log::warn("a draft may be left at DocuSign", json!({ "detail": failure.detail }));
            room.sql.run(
                "UPDATE papers SET tried = ? WHERE user = ? AND draft = ? AND attempt = ?",
                vec![(now() + RETRY_SECONDS * 1000).into(), user.into(), draft.into(), attempt.into()],
            )?;
        }
    }
    Ok(())
}

/// A paper that no draft goes by.
const LEFT: &str =
    "NOT EXISTS (SELECT 1 FROM drafts WHERE drafts.user = papers.user AND drafts.id = papers.draft
    AND drafts.envelope = papers.envelope)";

/// When the alarm has to look at one again.
pub fn due() -> String {
    format!("SELECT min(tried) + {} AS at FROM papers WHERE {LEFT}", LEFT_SECONDS * 1000)
}

async fn throw_away(room: &Rc<Room>, user: &str, draft: &str, attempt: i64) -> Outcome<()> {
    let row: Option<Row> = room.sql.row(
        &format!("SELECT {COLUMNS} FROM papers WHERE user = ? AND draft = ? AND attempt = ? AND {LEFT}"),
        vec![user.into(), draft.into(), attempt.into()],
    )?;
    let Some(paper) = row.map(Row::paper).transpose()? else { return Ok(()) };
    let envelope = match paper.envelope {
        Some(envelope) => Some(envelope),
        None => {
            let portal = connections::installation(room)?.portal;
            let transaction_id = transaction(portal, user, draft, attempt);
            let desk = desk(room, user, Some(&paper.account))?;
            let found = call(room, user, &desk, async |d| d.envelope_of_transaction(&transaction_id).await);
            let found = found.await?.map_err(|error| failure(&error, During::Envelope))?;
            found.map(|found| found.envelope_id)
        }
    };
    room.sql.run(
        "DELETE FROM papers WHERE user = ? AND draft = ? AND attempt = ?",
        vec![user.into(), draft.into(), attempt.into()],
    )?;
    match envelope {
        Some(envelope) => discards::add(room, &envelope, user, &paper.account).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use shared::template::Document;

    use super::*;

    fn template(documents: &[(&str, &str)]) -> Template {
        let document = |(id, name): &(&str, &str)| Document {
            id: (*id).into(),
            name: (*name).into(),
            ..Document::default()
        };
        Template { documents: documents.iter().map(document).collect(), ..Template::default() }
    }

    fn wire(documents: &[(&str, &str)]) -> Vec<DocumentWire> {
        let document = |(id, name): &(&str, &str)| DocumentWire {
            document_id: (*id).into(),
            name: (*name).into(),
            ..DocumentWire::default()
        };
        documents.iter().map(document).collect()
    }

    fn from_template(id: &str, document: &str) -> DraftDocument {
        let source = DocumentSource::Template { document: document.into() };
        DraftDocument { id: id.into(), name: document.into(), pages: None, source }
    }

    #[test]
    fn documents_are_known_again_under_their_new_numbers() {
        let check = |own: &[(&str, &str)], there: &[(&str, &str)], expected: &[(&str, &str)]| {
            let found = matched(&template(own), &wire(there));
            let found: Vec<(&str, String)> = found.iter().map(|d| (d.id.as_str(), d.seen_id())).collect();
            let expected: Vec<(&str, String)> = expected.iter().map(|(a, b)| (*a, (*b).to_owned())).collect();
            assert_eq!(found, expected);
        };
        let own = [("1", "NDA"), ("2-1", "NDA"), ("2-2", "Prices")];
        check(
            &own,
            &[("41", "NDA"), ("42", "NDA"), ("43", "Prices")],
            &[("41", "1"), ("42", "2-1"), ("43", "2-2")],
        );
        // Renamed since it was read.
        check(&own, &[("41", "NDA"), ("42", "x"), ("43", "y")], &[("41", "1"), ("42", "2-1"), ("43", "2-2")]);
        // One taken out, one put in.
        check(&own, &[("41", "NDA"), ("43", "Prices")], &[("41", "1"), ("43", "2-2")]);
        check(&[("1", "NDA")], &[("41", "New"), ("42", "NDA")], &[("41", "new-41"), ("42", "1")]);
        // A copy of the sender's own file is none of the template's.
        check(&[("1", "NDA")], &[("41", "NDA"), ("1000000001", "NDA")], &[("41", "1")]);
    }

    #[test]
    fn what_the_sender_did_is_carried_over() {
        let before = template(&[("1", "NDA"), ("2", "Annex")]);
        let file = DraftDocument {
            id: "1000000001".into(),
            name: "Own.pdf".into(),
            pages: Some(2),
            source: DocumentSource::Upload { bytes: 9 },
        };
        // The annex was taken out, the own file put first.
        let had = [file.clone(), from_template("41", "1")];
        let fresh = vec![from_template("51", "1"), from_template("52", "2"), from_template("53", "2-1")];
        let (documents, gone) = carried(&before, &had, fresh);
        assert_eq!(documents, [file, from_template("51", "1"), from_template("53", "2-1")]);
        assert_eq!(gone, ["52"]);
        // A template that was taken away again takes its documents along.
        let (documents, gone) = carried(
            &before,
            &[from_template("41", "1"), from_template("43", "2-1")],
            vec![from_template("61", "1")],
        );
        assert_eq!((documents, gone), (vec![from_template("61", "1")], Vec::<String>::new()));
    }
}
