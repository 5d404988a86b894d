//! The tables of a Portal object. `docs/STORAGE.md` tells what each holds, for how long, and who writes it.
//!
//! Nothing is written before the portal is installed: a made-up portal number costs no storage. Versions only
//! go up; a step is never changed once it was released.

use serde::Deserialize;

use super::sql::Sql;
use crate::failure::Outcome;

/// Step `n` takes the schema from version `n` to `n + 1`.
const STEPS: &[&[&str]] = &[
    &[
    "CREATE TABLE portal (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, domain TEXT NOT NULL,
        installed INTEGER NOT NULL, installed_by TEXT NOT NULL, installed_at INTEGER NOT NULL,
        generation INTEGER NOT NULL, sealed TEXT NOT NULL)",
    "CREATE TABLE connections (user TEXT PRIMARY KEY, user_email TEXT NOT NULL, state TEXT NOT NULL,
        docusign_user TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, account TEXT NOT NULL,
        base_uri TEXT NOT NULL, accounts TEXT NOT NULL, since INTEGER NOT NULL, generation INTEGER NOT NULL,
        sealed TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE launches (hash TEXT PRIMARY KEY, user TEXT NOT NULL, user_email TEXT NOT NULL,
        record TEXT NOT NULL, view TEXT NOT NULL, locale TEXT, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sessions (hash TEXT PRIMARY KEY, user TEXT NOT NULL, user_email TEXT NOT NULL,
        record TEXT NOT NULL, locale TEXT, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE tickets (hash TEXT PRIMARY KEY, user TEXT NOT NULL, user_email TEXT NOT NULL, locale TEXT,
        expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sign_ins (hash TEXT PRIMARY KEY, browser TEXT NOT NULL, user TEXT NOT NULL,
        user_email TEXT NOT NULL, verifier TEXT NOT NULL, locale TEXT, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE spent (hash TEXT PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE templates (user TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        expires INTEGER NOT NULL, PRIMARY KEY (user, account, id)) WITHOUT ROWID",
    "CREATE TABLE envelopes (id TEXT PRIMARY KEY, record TEXT NOT NULL, sent_at INTEGER NOT NULL,
        synced_at INTEGER NOT NULL, account TEXT NOT NULL, user TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX envelopes_of_record ON envelopes (record, sent_at DESC, id DESC)",
    "CREATE TABLE people (contact TEXT NOT NULL, envelope TEXT NOT NULL, email_hash TEXT NOT NULL,
        forgotten INTEGER NOT NULL, PRIMARY KEY (contact, envelope, email_hash)) WITHOUT ROWID",
    "CREATE INDEX people_forgotten ON people (envelope) WHERE forgotten = 1",
    "CREATE TABLE events (envelope TEXT NOT NULL, name TEXT NOT NULL, recipient TEXT NOT NULL,
        at INTEGER NOT NULL, received INTEGER NOT NULL, PRIMARY KEY (envelope, name, recipient, at)) WITHOUT ROWID",
    "CREATE TABLE early (envelope TEXT NOT NULL, event TEXT NOT NULL, expires INTEGER NOT NULL)",
    "CREATE TABLE sends (user TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL,
        record TEXT NOT NULL, state TEXT NOT NULL, work TEXT, envelope TEXT, error TEXT,
        started INTEGER NOT NULL, checks INTEGER NOT NULL, due INTEGER, expires INTEGER NOT NULL,
        PRIMARY KEY (user, key)) WITHOUT ROWID",
    "CREATE INDEX sends_due ON sends (due) WHERE due IS NOT NULL",
    ],
    &[
    "CREATE TABLE drafts (user TEXT NOT NULL, id TEXT NOT NULL, record TEXT NOT NULL, version INTEGER NOT NULL,
        step TEXT NOT NULL, template_modified INTEGER, body TEXT NOT NULL, template_name TEXT NOT NULL,
        subject TEXT NOT NULL, recipients TEXT NOT NULL, saved_at INTEGER NOT NULL, account TEXT NOT NULL,
        envelope TEXT, documents TEXT, handed_over INTEGER NOT NULL, expires INTEGER NOT NULL,
        PRIMARY KEY (user, id))",
    "CREATE INDEX drafts_of_record ON drafts (user, record, saved_at DESC, id)",
    "CREATE INDEX drafts_of_envelope ON drafts (envelope) WHERE envelope IS NOT NULL",
    "CREATE TABLE discards (envelope TEXT PRIMARY KEY, user TEXT NOT NULL, account TEXT NOT NULL,
        due INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE kept (place TEXT PRIMARY KEY, body TEXT NOT NULL, expires INTEGER NOT NULL)",
    ],
    &[
    "CREATE TABLE papers (user TEXT NOT NULL, draft TEXT NOT NULL, attempt INTEGER NOT NULL,
        account TEXT NOT NULL, tried INTEGER NOT NULL, envelope TEXT, templates TEXT NOT NULL,
        template TEXT NOT NULL, seats TEXT NOT NULL, version INTEGER NOT NULL, expires INTEGER NOT NULL,
        PRIMARY KEY (user, draft, attempt)) WITHOUT ROWID",
    "CREATE TABLE uploads (envelope TEXT NOT NULL, document TEXT NOT NULL, expires INTEGER NOT NULL,
        PRIMARY KEY (envelope, document)) WITHOUT ROWID",
    ],
    &[
    "ALTER TABLE portal ADD COLUMN gone_at INTEGER",
    "ALTER TABLE connections ADD COLUMN used_at INTEGER",
    "ALTER TABLE connections ADD COLUMN renewed_at INTEGER",
    "ALTER TABLE connections ADD COLUMN trouble TEXT",
    "ALTER TABLE envelopes ADD COLUMN over_at INTEGER",
    "UPDATE envelopes SET over_at = json_extract(body, '$.status_at')
        WHERE json_extract(body, '$.status') IN ('completed', 'declined', 'voided')",
    "CREATE INDEX envelopes_open ON envelopes (user, account) WHERE over_at IS NULL",
    "CREATE INDEX envelopes_over ON envelopes (over_at) WHERE over_at IS NOT NULL",
    "CREATE TABLE settings (one INTEGER PRIMARY KEY CHECK (one = 1), automation TEXT, preferences TEXT,
        preferences_version INTEGER NOT NULL, mappings TEXT, mappings_version INTEGER NOT NULL, hs_added TEXT,
        hs_report TEXT)",
    "INSERT INTO settings (one, preferences_version, mappings_version) VALUES (1, 0, 0)",
    "CREATE TABLE languages (user TEXT PRIMARY KEY, language TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE admins (user TEXT PRIMARY KEY, admin INTEGER NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE connect_keys (id TEXT PRIMARY KEY, label TEXT NOT NULL, ending TEXT NOT NULL,
        sealed TEXT NOT NULL, added_at INTEGER NOT NULL, added_by TEXT NOT NULL, last_valid INTEGER)
        WITHOUT ROWID",
    "CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, signed TEXT NOT NULL)",
    "CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, user TEXT NOT NULL,
        email TEXT NOT NULL, action TEXT NOT NULL, about TEXT NOT NULL)",
    ],
    &[
    "ALTER TABLE connections ADD COLUMN keep_at INTEGER",
    "UPDATE connections SET keep_at = since + 1728000000 WHERE state = 'connected'",
    "CREATE INDEX connections_keep ON connections (keep_at) WHERE keep_at IS NOT NULL",
    "ALTER TABLE portal ADD COLUMN check_at INTEGER",
    "UPDATE portal SET check_at = installed_at + 604800000",
    "ALTER TABLE settings ADD COLUMN hs_account TEXT",
    ],
    &["ALTER TABLE drafts ADD COLUMN roles TEXT"],
    &[
    // `newest` and `latest` are times below zero, so that an index in one direction holds the panel's order.
    "CREATE TABLE listed (id TEXT PRIMARY KEY, record TEXT NOT NULL, rank INTEGER NOT NULL, face TEXT NOT NULL,
        newest INTEGER NOT NULL, latest INTEGER NOT NULL, words TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX listed_by_rank ON listed (record, rank, newest)",
    "CREATE INDEX listed_by_change ON listed (record, latest)",
    "CREATE TABLE records (record TEXT PRIMARY KEY, total INTEGER NOT NULL, synced_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE deeds (user TEXT NOT NULL, key TEXT NOT NULL, envelope TEXT NOT NULL, body_hash TEXT NOT NULL,
        state TEXT NOT NULL, entry INTEGER, started INTEGER NOT NULL, expires INTEGER NOT NULL,
        PRIMARY KEY (user, key)) WITHOUT ROWID",
    "CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, envelope TEXT NOT NULL, at INTEGER NOT NULL,
        user TEXT NOT NULL, email TEXT NOT NULL, what TEXT NOT NULL, recipients TEXT NOT NULL, about TEXT NOT NULL)",
    "CREATE INDEX history_of_envelope ON history (envelope, id)",
    ],
    &[
    "ALTER TABLE envelopes ADD COLUMN moved_at INTEGER",
    "UPDATE envelopes SET moved_at = json_extract(body, '$.status_at')
        WHERE json_extract(body, '$.status') NOT IN ('sending', 'created')",
    "CREATE INDEX envelopes_moved ON envelopes (record, moved_at DESC, id DESC) WHERE moved_at IS NOT NULL",
    "CREATE TABLE outbox (owner TEXT NOT NULL, effect TEXT NOT NULL, record TEXT NOT NULL, state TEXT NOT NULL,
        revision INTEGER NOT NULL, tries INTEGER NOT NULL, tried INTEGER, due INTEGER, made INTEGER NOT NULL,
        told TEXT, work TEXT, PRIMARY KEY (owner, effect)) WITHOUT ROWID",
    "CREATE INDEX outbox_due ON outbox (due) WHERE due IS NOT NULL",
    "CREATE INDEX outbox_troubled ON outbox (made) WHERE told IS NOT NULL",
    "CREATE INDEX outbox_of_record ON outbox (record)",
    "CREATE TABLE looks (account TEXT PRIMARY KEY, due INTEGER NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO looks (account, due, failures) SELECT DISTINCT account, 0, 0 FROM envelopes
        WHERE over_at IS NULL AND account <> ''",
    "CREATE INDEX envelopes_under_way ON envelopes (account, synced_at) WHERE over_at IS NULL",
    ],
];

#[derive(Deserialize)]
struct Count {
    n: i64,
}

#[derive(Deserialize)]
struct Version {
    version: i64,
}

/// Whether the portal was ever installed. Reads only.
pub fn exists(sql: &Sql) -> Outcome<bool> {
    let found: Option<Count> =
        sql.row("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'schema'", vec![])?;
    Ok(found.is_some_and(|c| c.n > 0))
}

/// Brings the tables to the newest version; says whether they were of an older one.
pub fn bring_up(sql: &Sql) -> Outcome<bool> {
    sql.run("CREATE TABLE IF NOT EXISTS schema (version INTEGER NOT NULL)", vec![])?;
    let version: Option<Version> = sql.row("SELECT version FROM schema", vec![])?;
    let at = version.as_ref().map_or(0, |v| usize::try_from(v.version).unwrap_or(0));
    for step in STEPS.iter().skip(at) {
        for statement in *step {
            sql.run(statement, vec![])?;
        }
    }
    if at < STEPS.len() {
        let newest = i64::try_from(STEPS.len()).unwrap_or(0);
        sql.run("DELETE FROM schema", vec![])?;
        sql.run("INSERT INTO schema (version) VALUES (?)", vec![newest.into()])?;
    }
    Ok((1..STEPS.len()).contains(&at))
}
