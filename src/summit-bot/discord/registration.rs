//! Discord is told the commands, where it does not hold them yet.
//!
//! It runs beside everything else: the bot works without it, with the commands of before.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::ApplicationId;

use super::api::Api;
use super::error::CallError;
use bot::catalogue;

/// How often it is tried: for about ten minutes.
const TRIES: usize = 8;
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_mins(3);

/// Registers these commands, if Discord holds others.
pub(super) async fn register(api: Api, application: ApplicationId, commands: Value) {
    let reconnect_policy =
        ExponentialBuilder::default().with_max_times(TRIES).with_max_delay(LONGEST_WAIT);
    let registered = (|| dedup(&api, application, &commands))
        .retry(reconnect_policy)
        .when(|error: &CallError| error.is_transient())
        .notify(|error, _| tracing::warn!("the commands are not registered yet: {error}"))
        .await;
    match registered {
        Ok(true) => tracing::info!("the commands are registered"),
        Ok(false) => tracing::info!("Discord knows the commands already"),
        Err(error) => tracing::error!("the commands are not registered: {error}"),
    }
}

/// Returns whether there was something to change.
async fn dedup(
    api: &Api,
    application_id: ApplicationId,
    wanted: &Value,
) -> Result<bool, CallError> {
    let route = Route::Commands { application_id };
    let with_texts = vec![("with_localizations", "true".to_owned())];
    let registered = api.get(route, Some(with_texts)).await?;
    if catalogue::canonical(&registered) == catalogue::canonical(wanted) {
        return Ok(false);
    }
    api.call(LightMethod::Put, route, Some(wanted)).await?;
    Ok(true)
}
