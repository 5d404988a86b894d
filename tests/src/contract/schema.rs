//! Schemas compiled once, and their complaints put as a path and a sentence.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

use anyhow::{Result, anyhow};
use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value, json};

/// One thing that a body says and its schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON pointer.
    pub path: String,
    pub text: String,
}

/// Schemas with the definitions they refer to, each compiled when it is first asked for.
pub struct Schemas {
    /// Everything a `$ref` may point to.
    definitions: Map<String, Value>,
    draft: Draft,
    compiled: RefCell<HashMap<String, Rc<Validator>>>,
}

impl Schemas {
    pub fn new(definitions: Map<String, Value>, draft: Draft) -> Self {
        Self { definitions, draft, compiled: RefCell::default() }
    }

    /// What is wrong with `body` by the schema named `name`, which is compiled from `schema()` the first time.
    ///
    /// # Errors
    /// When the schema itself is none.
    pub fn check(&self, name: &str, schema: impl FnOnce() -> Value, body: &Value) -> Result<Vec<Fault>> {
        let known = self.compiled.borrow().get(name).cloned();
        let validator = match known {
            Some(validator) => validator,
            None => {
                let validator =
                    Rc::new(self.compile(schema()).map_err(|e| anyhow!("schema of {name}: {e}"))?);
                self.compiled.borrow_mut().insert(name.to_owned(), Rc::clone(&validator));
                validator
            }
        };
        let faults: BTreeSet<(String, String)> =
            validator.iter_errors(body).flat_map(|error| told(&error)).collect();
        Ok(faults.into_iter().map(|(path, text)| Fault { path, text }).collect())
    }

    fn compile(&self, schema: Value) -> Result<Validator, String> {
        let mut whole = self.definitions.clone();
        whole.insert("allOf".to_owned(), json!([schema]));
        jsonschema::options()
            .with_draft(self.draft)
            .should_validate_formats(true)
            .build(&Value::Object(whole))
            .map_err(|error| error.to_string())
    }
}

/// Unknown properties one by one, under their own path; of alternatives the one that fits best.
fn told(error: &ValidationError<'_>) -> Vec<(String, String)> {
    let path = error.instance_path().as_str();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| (format!("{path}/{}", escape(name)), "unknown property".to_owned()))
            .collect(),
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            let best = context.iter().min_by_key(|errors| errors.len());
            best.map(|errors| errors.iter().flat_map(told).collect()).unwrap_or_default()
        }
        _ => {
            let mut text = error.to_string();
            if text.chars().count() > 200 {
                text = text.chars().take(200).chain(['…']).collect();
            }
            vec![(path.to_owned(), text)]
        }
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
