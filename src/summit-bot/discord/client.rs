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
use super::gateway::{Supervisor, cancelled};
use super::handler::{Handler, Identity};
use super::registration;
use crate::service::Service;
use crate::settings::{Discord, Token};
use bot::commands;

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
/// If there is no point in going on.
pub async fn run(
    service: Arc<Service>,
    settings: &Discord,
    shutdown: impl Future<Output = ()>,
) -> Result<(), RunError> {
    run_once_ready(async { Ok(service) }, settings, shutdown).await
}

/// Returns the same as [`run`] with a service that is yet to be made. Meanwhile the bot logs in, so
/// that a token that is no good shows at once, however long the other takes; which is then dropped,
/// as it is when `shutdown` is done.
///
/// # Errors
/// As those of [`run`], and those of `service`.
pub async fn run_once_ready<E: From<RunError>>(
    service: impl Future<Output = Result<Arc<Service>, E>>,
    settings: &Discord,
    shutdown: impl Future<Output = ()>,
) -> Result<(), E> {
    run_over(reqwest::Client::builder(), service, settings, shutdown).await
}

/// Returns the same as [`run_once_ready`], over connections as `web` makes them: with certificates
/// or addresses of its own. Time-outs are set here.
///
/// # Errors
/// As those of [`run_once_ready`].
pub async fn run_over<E: From<RunError>>(
    web: reqwest::ClientBuilder,
    service: impl Future<Output = Result<Arc<Service>, E>>,
    settings: &Discord,
    shutdown: impl Future<Output = ()>,
) -> Result<(), E> {
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

/// Returns the address under which the bot is invited to a server.
///
/// # Errors
/// If there is no token, it is wrong, or Discord cannot be reached.
pub async fn invite(settings: &Discord) -> Result<String, RunError> {
    let api = Api::new(settings, token(settings)?, reqwest::Client::builder())?;
    let application: ApplicationId = id(&api, Route::Oauth2ApplicationCurrent).await?;
    Ok(format!(
        "https://discord.com/oauth2/authorize?client_id={application}\
         &scope=bot+applications.commands&permissions={PERMISSIONS}"
    ))
}

async fn run_until<E: From<RunError>>(
    web: reqwest::ClientBuilder,
    service: impl Future<Output = Result<Arc<Service>, E>>,
    settings: &Discord,
    mut stop: watch::Receiver<bool>,
) -> Result<(), E> {
    let token = token(settings)?;
    let api = Api::new(settings, token, web)?;
    let logged_in = async { Ok(log_in(&api, settings.application_id).await?) };
    let (identity, service) = tokio::select! {
        ready = async { tokio::try_join!(logged_in, service) } => ready?,
        () = cancelled(&mut stop) => return Ok(()),
    };
    // Dropped, and with it what runs in it, when the bot ends.
    let mut beside = JoinSet::new();
    let registration = commands::registration(service.has_store());
    let is_one = service.engine().corpus().documents().len() <= 1;
    let registration = if is_one { registration } else { commands::with_document(registration) };
    beside.spawn(registration::register(api.clone(), identity.application, registration));
    let quiet = Arc::clone(&service);
    beside.spawn(async move {
        loop {
            sleep(A_MINUTE).await;
            quiet.evict_idle();
        }
    });
    let tidy = Arc::clone(&service);
    beside.spawn(async move { tidy.sweep_daily().await });
    let handler = Arc::new(Handler::new(api.clone(), service, identity));
    Ok(Supervisor::new(&api, token, &handler, settings).supervise(stop).await?)
}

fn token(settings: &Discord) -> Result<&Token, RunError> {
    settings.token.as_ref().ok_or(RunError::NoToken)
}

/// Asks who the bot is, which also shows whether the token is good: before the gateway is asked,
/// which counts. Where an application is `wanted`, it must be the bot's.
async fn log_in(api: &Api, wanted: Option<u64>) -> Result<Identity, RunError> {
    let user: UserId = id(api, Route::UserMe).await?;
    let application: ApplicationId = id(api, Route::Oauth2ApplicationCurrent).await?;
    let found = application.get();
    match wanted.filter(|wanted| *wanted != found) {
        Some(wanted) => Err(RunError::OtherApplication { found, wanted }),
        None => Ok(Identity { user, application }),
    }
}

/// Returns the id of what a route holds.
async fn id<T: DeserializeOwned>(api: &Api, route: Route<'_>) -> Result<T, RunError> {
    let ask = || api.get(route, None);
    let told = ask
        .retry(ExponentialBuilder::default().with_min_delay(FIRST_WAIT).with_max_times(TRIES))
        .when(|error: &CallError| error.is_transient())
        .await;
    let mut told = told.map_err(|error| match error {
        error if error.is_unauthorized() => RunError::WrongToken,
        error => RunError::Unreachable(error.to_string()),
    })?;
    let id = told.get_mut("id").map(Value::take).unwrap_or_default();
    serde_json::from_value(id).map_err(|_| RunError::Unreachable(CallError::Unreadable.to_string()))
}
