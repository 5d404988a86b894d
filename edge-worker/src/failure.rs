//! What a handler fails with: the error for the browser, and the detail for the log. The two never mix.

use shared::error::{AppError, Code};

/// The result of everything that can go wrong here.
pub type Outcome<T> = Result<T, Failure>;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {detail}")]
pub struct Failure {
    /// Travels to the browser.
    pub error: AppError,
    /// Goes to the log only. Must hold no token, code, key, name or e-mail.
    pub detail: String,
}

impl Failure {
    pub fn new(error: impl Into<AppError>, detail: impl Into<String>) -> Self {
        Self { error: error.into(), detail: detail.into() }
    }

    /// Ours to mend.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::new(Code::Internal, detail)
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::new(code, "")
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::new(error, "")
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::internal(format!("workerd: {error}"))
    }
}

impl From<worker::kv::KvError> for Failure {
    fn from(error: worker::kv::KvError) -> Self {
        Self::internal(format!("KV: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        // serde_json's message quotes no more than a key or a position.
        Self::internal(format!("JSON: {error}"))
    }
}
