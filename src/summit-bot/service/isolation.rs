//! A panic while one request is answered concerns no other: its author gets an apology. Its place
//! is logged by the panic hook.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bot::{Action, Outcome, Reply, Request, Response, texts};
use futures_util::FutureExt;

/// Returns the result of `work`; `None` if it panics. It must leave nothing half done then.
pub fn isolate<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Returns the result of the future `work`, as [`isolate`] does.
pub async fn isolate_future<T>(work: impl Future<Output = T>) -> Option<T> {
    AssertUnwindSafe(work).catch_unwind().await.ok()
}

/// Returns the outcome of `decide`; if it panics, an apology to the author of `request`.
pub fn decide_or_apologize(request: &Request, decide: impl FnOnce() -> Outcome) -> Outcome {
    isolate(decide).unwrap_or_else(|| Outcome { say: apology(request), changes: Vec::new() })
}

/// Returns a neutral apology.
pub(super) fn apology(request: &Request) -> Response {
    match request.action {
        Action::Autocomplete { .. } => Response::Choices(Vec::new()),
        _ => Response::Message(Reply::note(texts::FAILED)),
    }
}
