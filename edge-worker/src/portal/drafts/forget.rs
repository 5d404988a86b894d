//! A person who must be forgotten leaves the drafts too. What a sender wrote by hand about them, in a message or a
//! field, cannot be told from other words, and stays until the draft ends.

use std::rc::Rc;

use shared::{
    draft::{Draft, Row},
    email::same_email,
    record::{ObjectType, RecordRef},
};

use super::{COLUMNS, remove, show};
use crate::{
    failure::Outcome,
    portal::{discards, room::Room, sends},
};

/// Takes a contact out of every draft they were picked for, and deletes the drafts of their own record: it is gone,
/// and nobody gets to them any more. A window that has such a draft open is told of another version when it saves.
pub async fn forget_contact(room: &Rc<Room>, contact: &str) -> Outcome<()> {
    let own = RecordRef::new(ObjectType::Contact, contact).ok();
    let rows: Vec<super::Row> = room.sql.rows(
        &format!("SELECT {COLUMNS} FROM drafts WHERE record = ? OR instr(body, ?) > 0"),
        vec![
            own.as_ref().map(ToString::to_string).into(),
            format!("\"contact_id\":{}", serde_json::to_string(contact)?).into(),
        ],
    )?;
    let mut left = Vec::new();
    for row in rows {
        let stored = row.stored()?;
        // One that is being sent ends by itself.
        if own.as_ref() == Some(&stored.record) && !sends::is_open(room, &stored.user, &stored.id)? {
            remove(room, &stored.user, &stored.id)?;
            left.extend(
                stored.envelope.filter(|_| !stored.handed_over).map(|at| (at, stored.user, stored.account)),
            );
            continue;
        }
        let draft = without(stored.draft, contact);
        room.sql.run(
            "UPDATE drafts SET body = ?, recipients = ?, version = version + 1 WHERE user = ? AND id = ?",
            vec![
                serde_json::to_string(&draft)?.into(),
                serde_json::to_string(&draft.people())?.into(),
                stored.user.as_str().into(),
                stored.id.as_str().into(),
            ],
        )?;
        show(room, &stored.user, &stored.id, &stored.record)?;
    }
    // Only now: while DocuSign is asked, drafts may be saved.
    for (envelope, user, account) in left {
        discards::add(room, &envelope, &user, &account).await?;
    }
    Ok(())
}

/// A draft without the person of a contact, wherever their address stands.
fn without(mut draft: Draft, contact: &str) -> Draft {
    let is_picked = |row: &Row| row.contact_id.as_deref() == Some(contact);
    let theirs: Vec<String> =
        draft.rows.iter().filter(|row| is_picked(row)).map(|row| row.email.clone()).collect();
    let has_address =
        |row: &Row| theirs.iter().any(|email| !email.trim().is_empty() && same_email(email, &row.email));
    for row in &mut draft.rows {
        if is_picked(row) || has_address(row) {
            row.name.clear();
            row.email.clear();
            row.contact_id = None;
        }
    }
    draft
}
