//! The object's SQLite, with errors as ours. Statements are synchronous: what is written between two awaits
//! is stored together or not at all.

use serde::de::DeserializeOwned;
use serde_json::Value;
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
        let rows = self.values(statement, values).map_err(|e| broken(statement, &e))?;
        let rows = rows.into_iter().map(crate::json::of).collect::<Result<Vec<T>, _>>();
        rows.map_err(|_| Failure::internal(format!("SQL, {}: rows of another shape", start(statement))))
    }

    /// All rows as JSON objects: one reader for them and for everything else, see [`crate::json`].
    fn values(&self, statement: &str, values: Vec<SqlStorageValue>) -> worker::Result<Vec<Value>> {
        let cursor = self.0.exec(statement, values)?;
        let names = cursor.column_names();
        let mut rows = Vec::new();
        for row in cursor.raw() {
            let fields = names.iter().cloned().zip(row?.into_iter().map(json));
            rows.push(Value::Object(fields.collect()));
        }
        Ok(rows)
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
    Failure::internal(format!("SQL, {}: {error}", start(statement)))
}

/// Which statement it is, for the log.
fn start(statement: &str) -> String {
    statement.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

/// Blobs are not used.
fn json(value: SqlStorageValue) -> Value {
    match value {
        SqlStorageValue::Null | SqlStorageValue::Blob(_) => Value::Null,
        SqlStorageValue::Boolean(flag) => flag.into(),
        SqlStorageValue::Integer(number) => number.into(),
        SqlStorageValue::Float(number) => number.into(),
        SqlStorageValue::String(text) => text.into(),
    }
}
