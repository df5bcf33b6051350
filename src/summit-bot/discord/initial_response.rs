//! The first answer to an interaction: Discord waits three seconds for it, and takes exactly one.

use std::time::Duration;

use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::InteractionId;
use tokio::time::{Instant, sleep, timeout_at};

use super::api::Api;
use super::error::{CallError, code};
use bot::File;

/// How long it may take in all, so that the three seconds are kept.
const IN_ALL: Duration = Duration::from_millis(2_600);
/// After so long without a word it is tried once more, over another connection.
const AGAIN: Duration = Duration::from_millis(1_200);
/// How long to wait before it is tried again where the server has a fault.
const PAUSE: Duration = Duration::from_millis(100);
/// How often it is tried.
const TRIES: usize = 3;

/// The id and token that an answer to an interaction needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) id: InteractionId,
    pub(super) token: &'a str,
}

/// Answers, and tries again where that may help and there is time. Where the first try went
/// through and only its answer was lost, Discord says that it was answered before, which is fine.
pub(super) async fn send(api: &Api, asked: Asked<'_>, body: &Value) -> Result<(), CallError> {
    send_with(api, asked, body, None).await
}

/// Returns the same with a file, which the body lists.
pub(super) async fn send_with(
    api: &Api,
    asked: Asked<'_>,
    body: &Value,
    file: Option<&File>,
) -> Result<(), CallError> {
    let due = Instant::now() + IN_ALL;
    let mut failed = None;
    for _ in 0..TRIES {
        let now = Instant::now();
        let until = if failed.is_none() { (now + AGAIN).min(due) } else { due };
        if now >= due {
            break;
        }
        let route = Route::InteractionResponse { interaction_id: asked.id, token: asked.token };
        let call = async {
            match file {
                Some(file) => api.call_with_file(LightMethod::Post, route, body, file).await,
                None => api.call(LightMethod::Post, route, Some(body)).await,
            }
        };
        let sent = timeout_at(until, call).await;
        let error = match sent.unwrap_or(Err(CallError::TimedOut)) {
            Ok(_) => return Ok(()),
            Err(error) if failed.is_some() && error.code() == Some(code::ALREADY_ANSWERED) => {
                return Ok(());
            }
            Err(error) if !error.is_transient() => return Err(error),
            Err(error) => error,
        };
        failed = Some(error);
        let pause = if let CallError::RateLimited(wait) = error { wait } else { PAUSE };
        if Instant::now() + pause >= due {
            break;
        }
        sleep(pause).await;
    }
    Err(failed.unwrap_or(CallError::TimedOut))
}
