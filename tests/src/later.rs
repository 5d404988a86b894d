//! What the portals' objects have stored, changed while their Worker stands still: so that months pass in a moment.
//!
//! workerd keeps each object in an SQLite file of its own, and all their alarms in one more. Nothing but times is
//! written here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rusqlite::{Connection, params};
use stack::Stack;

const DAY_MS: i64 = 24 * 3_600_000;
/// Our times are milliseconds; no other number is as large.
const TIMES_FROM: i64 = 1_000_000_000_000;
/// workerd's are nanoseconds.
const NANOS: i64 = 1_000_000;

/// Stops the Worker, makes everything that it stored older, alarms included, and starts it again.
pub fn days_later(stack: &mut Stack, days: i64) -> Result<()> {
    stack.stop_worker();
    for path in portals(&stack.state().join("worker"))? {
        make_older(&path, days * DAY_MS).with_context(|| path.display().to_string())?;
    }
    stack.start_worker()
}

fn make_older(path: &Path, by: i64) -> Result<()> {
    let file = Connection::open(path)?;
    let names = |query: &str, of: &str| -> Result<Vec<String>> {
        let mut found = file.prepare(query)?;
        let names = found.query_map(params![of], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names)
    };
    for table in names("SELECT name FROM sqlite_master WHERE type = ?1", "table")? {
        match table.as_str() {
            "_cf_METADATA" => {
                let set = "UPDATE _cf_METADATA SET value = value - ?1 WHERE key = 1 AND value IS NOT NULL";
                file.execute(set, params![by * NANOS])?;
            }
            "_cf_ALARM" => {
                let set = "UPDATE _cf_ALARM SET scheduled_time = scheduled_time - ?1";
                file.execute(set, params![by * NANOS])?;
            }
            other if other.starts_with('_') || other.starts_with("sqlite") => {}
            _ => {
                for column in names("SELECT name FROM pragma_table_info(?1) WHERE type = 'INTEGER'", &table)?
                {
                    let set = format!("UPDATE {table} SET {column} = {column} - ?1 WHERE {column} > ?2");
                    file.execute(&set, params![by, TIMES_FROM])?;
                }
            }
        }
        if table == "envelopes" {
            let mut found = file.prepare("SELECT id, body FROM envelopes")?;
            let rows: Vec<(String, String)> =
                found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            for (id, body) in rows {
                let set = "UPDATE envelopes SET body = ?1 WHERE id = ?2";
                file.execute(set, params![older(&body, by), id])?;
            }
        }
    }
    Ok(())
}

/// The same JSON with every time in it made older.
fn older(json: &str, by: i64) -> String {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, tail) = rest.split_at(start);
        let (digits, after) = tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len()));
        text.push_str(before);
        match digits.parse::<i64>() {
            Ok(time) if digits.len() == 13 && time > TIMES_FROM => text.push_str(&(time - by).to_string()),
            _ => text.push_str(digits),
        }
        rest = after;
    }
    text + rest
}

/// What a query counts in every portal's database below `state`, together.
pub fn count(state: &Path, query: &str) -> Result<u32> {
    let mut sum = 0;
    for path in portals(state)? {
        let file = Connection::open(&path)?;
        let tables = "SELECT count(*) FROM sqlite_master WHERE name = 'drafts'";
        if file.query_row(tables, [], |row| row.get::<_, u32>(0))? > 0 {
            sum += file.query_row(query, [], |row| row.get::<_, u32>(0))?;
        }
    }
    Ok(sum)
}

fn portals(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(portals(&path)?);
        } else if path.extension().is_some_and(|end| end == "sqlite")
            && path.parent().is_some_and(|parent| parent.ends_with("countersign-Portal"))
        {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_in_json_get_older_and_nothing_else() {
        let json = r#"{"id":"1234567890123456","at":1795479454945,"n":[3,1795479454999],"z":"x9"}"#;
        let expected = r#"{"id":"1234567890123456","at":1795479454944,"n":[3,1795479454998],"z":"x9"}"#;
        assert_eq!(super::older(json, 1), expected);
    }
}
