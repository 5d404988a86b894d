//! Lets time pass for the Worker. It reads the machine's clock, and nothing in it moves that: so while it is stopped,
//! every time in the files of its Portal objects is moved into the past, the alarms' too.
//!
//! A local run keeps each object in an SQLite file. node opens them, since it is here for wrangler anyway.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use stack::Stack;

const DAY_SECONDS: u64 = 24 * 3600;

/// Moves whatever is a moment: our columns, and what is known of an envelope, hold milliseconds, workerd's alarms
/// nanoseconds.
const SCRIPT: &str = r#"
const { DatabaseSync } = require("node:sqlite");
const { readdirSync } = require("node:fs");
const [folder, seconds] = process.argv.slice(1);
for (const name of readdirSync(folder).filter(name => name.endsWith(".sqlite"))) {
  const file = new DatabaseSync(`${folder}/${name}`);
  const tables = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  for (const { name: table } of tables) {
    if (table === "_cf_METADATA") {
      file.exec(`UPDATE _cf_METADATA SET value = value - ${seconds}000000000 WHERE key = 1 AND value IS NOT NULL`);
    } else if (table === "_cf_ALARM") {
      file.exec(`UPDATE _cf_ALARM SET scheduled_time = scheduled_time - ${seconds}000000000`);
    } else if (!table.startsWith("_") && !table.startsWith("sqlite")) {
      for (const { name: column, type } of file.prepare(`PRAGMA table_info(${table})`).all()) {
        if (type !== "INTEGER") continue;
        file.exec(`UPDATE ${table} SET ${column} = ${column} - ${seconds}000 WHERE ${column} > 1000000000000`);
      }
      if (table !== "envelopes") continue;
      for (const { id, body } of file.prepare("SELECT id, body FROM envelopes").all()) {
        const older = body.replace(/\b1\d{12}\b/g, moment => Number(moment) - 1000 * Number(seconds));
        file.prepare("UPDATE envelopes SET body = ? WHERE id = ?").run(older, id);
      }
    }
  }
  file.close();
}
"#;

/// So many days later: the Worker is stopped, everything it stored gets older, and it is started again.
pub fn days_later(stack: &mut Stack, days: u64) -> Result<()> {
    stack.stop_worker();
    let folder = stack.state().join("worker/v3/do/countersign-Portal");
    let made = Command::new(stack.node()?)
        .args(["--no-warnings", "--eval", SCRIPT])
        .arg(&folder)
        .arg((days * DAY_SECONDS).to_string())
        .output()
        .context("node did not start")?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    stack.start_worker()
}
