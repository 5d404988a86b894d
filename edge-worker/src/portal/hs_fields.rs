//! Makes the account's custom fields that begin with `HS `. Nothing that is there is changed but one thing: a field
//! of ours that only its maker could use is opened to the account. Nothing is deleted.

use std::rc::Rc;

use futures_util::future::join_all;
use serde::Deserialize;
use shared::{
    api::Connection,
    error::Code,
    settings::{
        audit::Action,
        hs_fields::{HsField, HsFieldLine, HsFieldOutcome, HsFieldsReport, missing, standard},
    },
};

use super::{
    ask::settings::{Because, MakeHsFields, ReadHsFields, StoredHsFields},
    audit::{self, Who},
    connections, grants,
    room::Room,
    settings,
};
use crate::{
    docusign::{
        DocuSign,
        failure::{During, app_error},
    },
    failure::Outcome,
    moment,
    vendor::VendorError,
    wire::tab::DefinitionWire,
};

/// Fields that are made side by side.
const AT_ONCE: usize = 6;
/// Fields a portal may add to the standard ones.
const ADDED_MAX: usize = 200;

pub fn read(room: &Rc<Room>, ask: &ReadHsFields) -> Outcome<StoredHsFields> {
    settings::admin(room, &ask.session_hash)?;
    Ok(stored(room)?.0)
}

fn stored(room: &Room) -> Outcome<(StoredHsFields, Option<String>)> {
    #[derive(Deserialize)]
    struct Row {
        hs_added: Option<String>,
        hs_report: Option<String>,
        hs_account: Option<String>,
    }
    let row: Option<Row> = room.sql.row("SELECT hs_added, hs_report, hs_account FROM settings", vec![])?;
    let Some(row) = row else { return Ok((StoredHsFields { added: Vec::new(), last: None }, None)) };
    let added = row.hs_added.as_deref().map(crate::json::read_text).transpose()?.unwrap_or_default();
    let last = row.hs_report.as_deref().map(crate::json::read_text).transpose()?;
    Ok((StoredHsFields { added, last }, row.hs_account))
}

/// `None` where nobody asked and it is done already.
pub async fn make(room: &Rc<Room>, ask: MakeHsFields) -> Outcome<Option<HsFieldsReport>> {
    room.must_exist()?;
    let (mut known, account) = stored(room)?;
    let (user, email, asked) = match ask.because {
        Because::Connected { user } => (user, String::new(), false),
        Because::Asked { session_hash, add } => {
            let admin = settings::admin(room, &session_hash)?;
            for field in add {
                if known.added.len() < ADDED_MAX && !known.added.contains(&field) {
                    known.added.push(field);
                }
            }
            (admin.user, admin.user_email, true)
        }
    };
    let (connection, desk) = connections::of_user(room, &user)?;
    let desk = desk.ok_or_else(|| connections::lacking(&connection))?;
    let failed = |line: &HsFieldLine| matches!(line.outcome, HsFieldOutcome::Failed { .. });
    let is_done = account.as_deref() == Some(&desk.account)
        && known.last.as_ref().is_some_and(|last| !last.lines.iter().any(failed));
    if !asked && is_done {
        return Ok(None);
    }
    let (docusign, generation) = grants::docusign(room, &user, &desk, 0).await?;
    let mut wanted = standard();
    wanted.extend(known.added.iter().cloned());
    let lines = match make_all(&docusign, &wanted).await {
        Err(error) if error.is_unauthorized() => {
            let (docusign, _) = grants::docusign(room, &user, &desk, generation).await?;
            make_all(&docusign, &wanted).await
        }
        other => other,
    };
    let lines = lines.unwrap_or_else(|error| {
        let code = app_error(&error, During::Envelope).code;
        let line =
            |f: &HsField| HsFieldLine { name: f.name.clone(), outcome: HsFieldOutcome::Failed { code } };
        wanted.iter().map(line).collect()
    });
    let account_name = match connection {
        Connection::Connected(who) => who.account_name,
        _ => String::new(),
    };
    let by = if email.is_empty() { settings::email_of(room, &user)? } else { email };
    let report = HsFieldsReport { at: moment::now(), by, account_name, lines };
    // The portal may have been uninstalled meanwhile.
    room.must_exist()?;
    room.sql.run(
        "UPDATE settings SET hs_added = ?, hs_report = ?, hs_account = ?",
        vec![
            serde_json::to_string(&known.added)?.into(),
            serde_json::to_string(&report)?.into(),
            desk.account.into(),
        ],
    )?;
    let created = report.lines.iter().filter(|line| line.outcome == HsFieldOutcome::Created).count();
    if asked || created > 0 {
        let who = Who { user: &user, email: &report.by };
        audit::note(room, &who, Action::HsFieldsCreated, &created.to_string())?;
    }
    room.sql.run("DELETE FROM kept WHERE place LIKE 'definitions %'", vec![])?;
    Ok(Some(report))
}

async fn make_all(docusign: &DocuSign, wanted: &[HsField]) -> Result<Vec<HsFieldLine>, VendorError> {
    let there = docusign.tab_definitions().await?;
    let names: Vec<String> = there.iter().map(|field| field.name().to_owned()).collect();
    let new = missing(wanted, &names);
    let mut lines = Vec::with_capacity(wanted.len());
    for some in wanted.chunks(AT_ONCE) {
        let (new, there) = (&new, &there);
        let each = some.iter().map(|field| async move {
            let outcome = if new.contains(&field) {
                HsFieldOutcome::Created.or(docusign.create_definition(field).await)
            } else {
                match private(there, field) {
                    Some(own) => HsFieldOutcome::Updated.or(docusign.share_definition(own.id()).await),
                    None => HsFieldOutcome::Kept,
                }
            };
            HsFieldLine { name: field.name.clone(), outcome }
        });
        let made = join_all(each).await;
        let stop = made.iter().find_map(|line| match line.outcome {
            HsFieldOutcome::Failed { code: Code::DocusignNoPermission } => Some(line.outcome),
            _ => None,
        });
        lines.extend(made);
        // Who may not make one may make none.
        if let Some(outcome) = stop {
            let left = wanted.iter().skip(lines.len());
            let rest: Vec<_> = left
                .map(|field| HsFieldLine {
                    name: field.name.clone(),
                    outcome: if new.contains(&field) { outcome } else { HsFieldOutcome::Kept },
                })
                .collect();
            lines.extend(rest);
            break;
        }
    }
    Ok(lines)
}

/// The field of this name, if it is ours by its label and only its maker may use it.
fn private<'t>(there: &'t [DefinitionWire], field: &HsField) -> Option<&'t DefinitionWire> {
    let found = there.iter().find(|t| t.name().trim().eq_ignore_ascii_case(&field.name))?;
    (found.is_private() && found.label() == field.label).then_some(found)
}

trait Or {
    fn or(self, outcome: Result<(), VendorError>) -> Self;
}

impl Or for HsFieldOutcome {
    fn or(self, outcome: Result<(), VendorError>) -> Self {
        match outcome {
            Ok(()) => self,
            Err(error) => Self::Failed { code: app_error(&error, During::Envelope).code },
        }
    }
}
