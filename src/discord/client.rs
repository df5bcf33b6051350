//! The bot from its start to its end: who it is, its commands, its sessions.
//!
//! The same for a bot at Discord and for one at a server on this machine.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::http::Route;
use serenity::model::id::{ApplicationId, UserId};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::api::Api;
use super::error::{CallError, RunError};
use super::gateway::{Supervisor, asked_to};
use super::handler::{Handler, Identity};
use super::registration;
use crate::bot::catalogue;
use crate::service::Service;
use crate::settings::{Discord, Token};

/// How often the first calls are tried again where the server does not answer.
const TRIES: usize = 3;
/// The wait before the first of these; it doubles. All are over within five seconds.
const FIRST_WAIT: Duration = Duration::from_millis(300);
/// How often people who have been quiet are forgotten.
const A_MINUTE: Duration = Duration::from_mins(1);
/// View channels, send messages also in threads, embed links, read the history.
const PERMISSIONS: u64 = 274_877_991_936;

/// Runs the bot until `shutdown` is done: then replies under way are finished, and the gateway is
/// told.
///
/// # Errors
/// Where there is no point in going on.
pub async fn run(
    service: Arc<Service>,
    settings: &Discord,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    run_over(reqwest::Client::builder(), service, settings, shutdown).await
}

/// The same as [`run`], over connections as `web` makes them: with certificates or addresses of
/// its own. Time-outs are set here.
///
/// # Errors
/// As those of [`run`].
pub async fn run_over(
    web: reqwest::ClientBuilder,
    service: Arc<Service>,
    settings: &Discord,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let (stop, stopped) = watch::channel(false);
    let running = run_until(web, service, settings, stopped);
    tokio::pin!(running, shutdown);
    tokio::select! {
        ended = &mut running => ended,
        () = &mut shutdown => {
            stop.send_replace(true);
            running.await
        }
    }
}

/// The address under which the bot is invited to a server.
///
/// # Errors
/// Where there is no token, it is wrong, or Discord cannot be reached.
pub async fn invite(settings: &Discord) -> Result<String, RunError> {
    let api = Api::new(settings, token(settings)?, reqwest::Client::builder())?;
    let application: ApplicationId = id(&api, Route::Oauth2ApplicationCurrent).await?;
    Ok(format!(
        "https://discord.com/oauth2/authorize?client_id={application}\
         &scope=bot+applications.commands&permissions={PERMISSIONS}"
    ))
}

async fn run_until(
    web: reqwest::ClientBuilder,
    service: Arc<Service>,
    settings: &Discord,
    mut stop: watch::Receiver<bool>,
) -> Result<(), RunError> {
    let token = token(settings)?;
    let api = Api::new(settings, token, web)?;
    let identity = tokio::select! {
        identity = log_in(&api) => identity?,
        () = asked_to(&mut stop) => return Ok(()),
    };
    let found = identity.application.get();
    if let Some(wanted) = settings.application_id.filter(|wanted| *wanted != found) {
        return Err(RunError::OtherApplication { found, wanted });
    }
    // Dropped, and with it what runs in it, when the bot ends.
    let mut beside = JoinSet::new();
    let commands = catalogue::commands(service.has_store());
    let is_one = service.engine().corpus().documents().len() <= 1;
    let commands = if is_one { commands } else { catalogue::with_document(commands) };
    beside.spawn(registration::register(api.clone(), identity.application, commands));
    let quiet = Arc::clone(&service);
    beside.spawn(async move {
        loop {
            sleep(A_MINUTE).await;
            quiet.forget_quiet_people();
        }
    });
    let tidy = Arc::clone(&service);
    beside.spawn(async move { tidy.sweep_daily().await });
    let handler = Arc::new(Handler::new(api.clone(), service, identity));
    Supervisor::new(&api, token, &handler, settings).supervise(stop).await
}

fn token(settings: &Discord) -> Result<&Token, RunError> {
    settings.token.as_ref().ok_or(RunError::NoToken)
}

/// Asks who the bot is, which also shows whether the token is good: before the gateway is asked,
/// which counts.
async fn log_in(api: &Api) -> Result<Identity, RunError> {
    let user: UserId = id(api, Route::UserMe).await?;
    let application = id(api, Route::Oauth2ApplicationCurrent).await?;
    Ok(Identity { user, application })
}

/// The id of what a route holds.
async fn id<T: DeserializeOwned>(api: &Api, route: Route<'_>) -> Result<T, RunError> {
    let ask = || api.get(route, None);
    let told = ask
        .retry(ExponentialBuilder::default().with_min_delay(FIRST_WAIT).with_max_times(TRIES))
        .when(|error: &CallError| error.is_passing())
        .await;
    let mut told = told.map_err(|error| match error {
        error if error.is_unauthorized() => RunError::WrongToken,
        error => RunError::Unreachable(error.to_string()),
    })?;
    let id = told.get_mut("id").map(Value::take).unwrap_or_default();
    serde_json::from_value(id).map_err(|_| RunError::Unreachable(CallError::Unreadable.to_string()))
}
