//! The outcome of a request: the response, and the changes to be kept before it is sent.

use super::reply::{Reply, Response};
use crate::community::Change;

/// The outcome of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The response, to be sent once the changes are kept.
    pub say: Response,
    /// The changes to be kept.
    pub changes: Vec<Change>,
}

impl From<Response> for Outcome {
    fn from(say: Response) -> Self {
        Self { say, changes: Vec::new() }
    }
}

/// A message, and what is to be kept before it is sent.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) reply: Reply,
    pub(super) changes: Vec<Change>,
}

impl From<Reply> for Decision {
    fn from(reply: Reply) -> Self {
        Self { reply, changes: Vec::new() }
    }
}

impl Decision {
    /// Returns a note to the person alone, with nothing to be kept.
    pub(super) fn note(text: impl Into<String>) -> Self {
        Reply::note(text).into()
    }

    /// Returns the same, with one thing more to be kept.
    pub(super) fn keeping(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }

    /// Returns the outcome in which it is a new message.
    pub(super) fn message(self) -> Outcome {
        Outcome { say: Response::Message(self.reply), changes: self.changes }
    }

    /// Returns the outcome in which the pressed message becomes it.
    pub(super) fn update(self) -> Outcome {
        Outcome { say: Response::Update(self.reply), changes: self.changes }
    }
}
