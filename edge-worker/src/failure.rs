//! What a handler fails with: the error for the browser, and the detail for the log. The two never mix.

use core::ops::{Deref, DerefMut};

use shared::error::{AppError, Code};

/// The result of everything that can go wrong here.
pub type Outcome<T> = Result<T, Failure>;

/// Boxed: failures are passed up through everything, and a pointer is passed in less code than what it
/// points at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .0.error, .0.detail)]
pub struct Failure(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Travels to the browser.
    pub error: AppError,
    /// Goes to the log only. Must hold no token, code, key, name or e-mail.
    pub detail: String,
}

impl Failure {
    pub fn new(error: impl Into<AppError>, detail: impl Into<String>) -> Self {
        Self::of(error.into(), detail.into())
    }

    /// Ours to mend.
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::of(Code::Internal.into(), detail.into())
    }

    #[cold]
    #[inline(never)]
    fn of(error: AppError, detail: String) -> Self {
        Self(Box::new(Parts { error, detail }))
    }

    pub fn into_parts(self) -> (AppError, String) {
        (self.0.error, self.0.detail)
    }
}

impl Deref for Failure {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

impl From<Code> for Failure {
    #[cold]
    #[inline(never)]
    fn from(code: Code) -> Self {
        Self::new(code, "")
    }
}

impl From<AppError> for Failure {
    #[cold]
    #[inline(never)]
    fn from(error: AppError) -> Self {
        Self::new(error, "")
    }
}

impl From<worker::Error> for Failure {
    #[cold]
    #[inline(never)]
    fn from(error: worker::Error) -> Self {
        Self::internal(format!("workerd: {error}"))
    }
}

impl From<worker::kv::KvError> for Failure {
    #[cold]
    #[inline(never)]
    fn from(error: worker::kv::KvError) -> Self {
        Self::internal(format!("KV: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    /// Of writing only: what is read goes through [`crate::json`].
    #[cold]
    #[inline(never)]
    fn from(_: serde_json::Error) -> Self {
        Self::internal("a value that cannot be written as JSON")
    }
}

impl From<crate::json::Unreadable> for Failure {
    #[cold]
    #[inline(never)]
    fn from(error: crate::json::Unreadable) -> Self {
        Self::internal(format!("what we wrote ourselves is {error}"))
    }
}
