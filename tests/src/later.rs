//! What the portals' objects have stored, changed while their Worker stands still: so that months pass in a moment.
//!
//! workerd keeps each object in an SQLite file of its own. Nothing but times is written here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;

/// Runs a statement on every portal's database below `state`. Answers how many rows it changed.
pub fn amend(state: &Path, statement: &str) -> Result<usize> {
    let mut changed = 0;
    for path in portals(state)? {
        let file = Connection::open(&path)?;
        let tables = "SELECT count(*) FROM sqlite_master WHERE name = 'drafts'";
        if file.query_row(tables, [], |row| row.get::<_, u32>(0))? > 0 {
            changed += file.execute(statement, []).with_context(|| statement.to_owned())?;
        }
    }
    ensure!(changed > 0, "nothing was stored that this is about: {statement}");
    Ok(changed)
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
