//! The record of a run for tests and testers: calls, breaches, injected errors. It judges nothing.

use std::fmt;

use serde_json::Value;

use super::{Id, Upload};

/// One REST request of the bot and its answer.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: String,
    /// The path behind `/api/v10`, without the query.
    pub path: String,
    /// The route's template, such as `POST /channels/{channel}/messages`.
    pub route: &'static str,
    /// The body; null where there was none.
    pub body: Value,
    /// The files that came with it.
    pub files: Vec<Upload>,
    /// The answer's status; 0 while it is being made, or when the connection was cut instead.
    pub status: u16,
    /// The answer's body.
    pub answer: Option<Value>,
    /// The interaction it was about.
    pub interaction: Option<Id>,
    /// The message it made or changed.
    pub message: Option<Id>,
    /// When it came, in milliseconds of Unix time.
    pub at_ms: u64,
    /// `true` if a test or a tester has looked at it.
    pub read: bool,
}

impl Call {
    /// Returns whether it was accepted and said something that a person would notice.
    #[must_use]
    pub fn is_response(&self) -> bool {
        let says = self.route.contains("/messages")
            || self.route.contains("/callback")
            || self.route == "POST /webhooks/{application}/{token}";
        (200..300).contains(&self.status) && self.method != "GET" && says
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} -> {}", self.method, self.path, self.status)?;
        if self.body.is_null() { Ok(()) } else { write!(f, " {}", self.body) }
    }
}

/// A rule of Discord's that the bot broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The place: method and path, or the gateway's frame.
    pub at: String,
    /// A description of the breach.
    pub what: String,
    /// Discord's JSON error code, when it was a refusal.
    pub code: Option<u32>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// An error that hits the next requests to a route.
#[derive(Debug, Clone)]
pub struct InjectedError {
    /// The route's template, or `*` for any.
    pub route: String,
    /// The effect on the request.
    pub kind: InjectedErrorKind,
    /// How many requests it still hits.
    pub times: u32,
}

/// The effect of an [`InjectedError`].
#[derive(Debug, Clone, PartialEq)]
pub enum InjectedErrorKind {
    /// Answers with this status and body, and does nothing.
    Answer(u16, Value),
    /// Answers 429, and does nothing.
    RateLimited {
        /// Seconds to wait.
        retry_after: f64,
        /// `true` if it is about all routes.
        global: bool,
    },
    /// Never answers.
    Hang,
    /// Closes the connection without an answer, and does nothing.
    Drop,
    /// Does what was asked, and closes the connection without an answer.
    Lost,
}
