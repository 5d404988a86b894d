//! The object's SQLite, with errors as ours. Statements are synchronous: what is written between two awaits
//! is stored together or not at all.

use serde::de::DeserializeOwned;
use worker::{SqlStorage, SqlStorageValue};

use crate::failure::{Failure, Outcome};

#[derive(Debug, Clone)]
pub struct Sql(SqlStorage);

impl Sql {
    pub fn new(storage: SqlStorage) -> Self {
        Self(storage)
    }

    /// Runs a statement. Its parameters never reach the log: the error names the statement only.
    pub fn run(&self, statement: &str, values: Vec<SqlStorageValue>) -> Outcome<()> {
        self.0.exec(statement, values).map(drop).map_err(|e| broken(statement, &e))
    }

    /// All rows, as structs of their columns.
    pub fn rows<T: DeserializeOwned>(
        &self,
        statement: &str,
        values: Vec<SqlStorageValue>,
    ) -> Outcome<Vec<T>> {
        let cursor = self.0.exec(statement, values).map_err(|e| broken(statement, &e))?;
        cursor.to_array().map_err(|e| broken(statement, &e))
    }

    /// The first row.
    pub fn row<T: DeserializeOwned>(
        &self,
        statement: &str,
        values: Vec<SqlStorageValue>,
    ) -> Outcome<Option<T>> {
        Ok(self.rows(statement, values)?.into_iter().next())
    }
}

fn broken(statement: &str, error: &worker::Error) -> Failure {
    let start: String = statement.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    Failure::internal(format!("SQL, {start} …: {error}"))
}
