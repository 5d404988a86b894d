//! Connect: messages to listeners.

#[derive(Debug, Default)]
pub struct Sender {}
