//! Connection after connection, never in a storm: asks where the gateway is, waits as long as it
//! takes, and ends where there is no point in going on.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serenity::http::Route;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::close::FinalClose;
use super::connection::{Ended, Known};
use super::reconnect_policy::{Pace, StartLimit};
use super::socket::{self, ConnectionEnd};
use crate::discord::api::Api;
use crate::discord::error::{CallError, RunError};
use crate::discord::handler::Handler;
use crate::settings::{Discord, Token};

/// The answer to `GET /gateway/bot`. Its `max_concurrency` is for bots of several shards: one that
/// identifies every five seconds at most is within any.
#[derive(Debug, Deserialize)]
struct Gateway {
    url: String,
    session_start_limit: StartLimit,
}

/// To which gateways the token may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// To those of this machine.
    Here,
    /// To encrypted ones, and those of this machine.
    Encrypted,
}

/// Keeps a bot connected.
pub(in crate::discord) struct Supervisor<'a> {
    api: &'a Api,
    token: &'a Token,
    handler: &'a Arc<Handler>,
    trust: Trust,
    reconnect_policy: Pace,
    /// The session to resume.
    known: Option<Known>,
}

/// Why nothing more is tried.
enum SupervisorError {
    Asked,
    Pointless(RunError),
}

impl<'a> Supervisor<'a> {
    pub(in crate::discord) fn new(
        api: &'a Api,
        token: &'a Token,
        handler: &'a Arc<Handler>,
        settings: &Discord,
    ) -> Self {
        let trust = if settings.is_loopback() { Trust::Here } else { Trust::Encrypted };
        Self { api, token, handler, trust, reconnect_policy: Pace::default(), known: None }
    }

    /// Keeps the bot connected until `stop` becomes true.
    ///
    /// # Errors
    /// Going on is pointless, for this reason.
    pub(in crate::discord) async fn supervise(
        mut self,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), RunError> {
        loop {
            let ran = match self.try_once(&mut stop).await {
                Ok(ran) => ran,
                Err(SupervisorError::Asked) => return Ok(()),
                Err(SupervisorError::Pointless(error)) => return Err(error),
            };
            let now = Instant::now();
            self.reconnect_policy.ended(now, ran);
            if self.reconnect_policy.is_hopeless(now) {
                return Err(RunError::Hopeless);
            }
            if self.reconnect_policy.gives_session_up() {
                self.known = None;
            }
        }
    }

    /// One connection, from the wait before it to its end; for how long its session ran, if it
    /// did.
    async fn try_once(
        &mut self,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<Option<Duration>, SupervisorError> {
        let wait = self.reconnect_policy.before_connection(Instant::now(), fastrand::f64());
        wait_unless_stopped(wait, stop).await?;
        let url = match &self.known {
            Some(known) => known.session.url.clone(),
            None => match self.may_identify(stop).await? {
                Some(url) => url,
                None => return Ok(None),
            },
        };
        let known = self.known.take();
        let end = socket::run(&url, self.token, known, self.handler, stop).await;
        let Some(ConnectionEnd { ended, ran, identified }) = end else {
            return Err(SupervisorError::Asked);
        };
        if let Some(at) = identified {
            self.reconnect_policy.identified(at);
        }
        match ended {
            Ended::Resumable(known) => {
                tracing::warn!("the connection to the gateway ended; the session goes on");
                self.known = Some(known).filter(|known| self.trust.allows(&known.session.url));
            }
            Ended::Lost => tracing::warn!("the session with the gateway is lost"),
            Ended::Refused(FinalClose::Token) => {
                return Err(SupervisorError::Pointless(RunError::WrongToken));
            }
            Ended::Refused(why) => return Err(SupervisorError::Pointless(RunError::Refused(why))),
        }
        Ok(ran)
    }

    /// Waits until a session may be begun, and says where; `None` where no one can tell.
    async fn may_identify(
        &mut self,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<Option<String>, SupervisorError> {
        wait_unless_stopped(self.reconnect_policy.before_identify(Instant::now()), stop).await?;
        loop {
            let gateway = tokio::select! {
                gateway = self.ask() => gateway,
                () = cancelled(stop) => return Err(SupervisorError::Asked),
            };
            let gateway = match gateway {
                Ok(gateway) => gateway,
                Err(error) if error.is_unauthorized() => {
                    return Err(SupervisorError::Pointless(RunError::WrongToken));
                }
                Err(error) => {
                    tracing::warn!("the gateway's address cannot be had: {error}");
                    return Ok(None);
                }
            };
            if !self.trust.allows(&gateway.url) {
                return Err(SupervisorError::Pointless(RunError::ForeignGateway));
            }
            let wait = gateway.session_start_limit.wait();
            if wait.is_zero() {
                return Ok(Some(gateway.url));
            }
            let minutes = wait.as_secs().div_ceil(60);
            tracing::warn!(
                "too many sessions were begun today; the next one is begun in {minutes} min"
            );
            wait_unless_stopped(wait, stop).await?;
            self.reconnect_policy.waited();
        }
    }

    async fn ask(&self) -> Result<Gateway, CallError> {
        let told = self.api.get(Route::GatewayBot, None).await?;
        serde_json::from_value(told).map_err(|_| CallError::Unreadable)
    }
}

impl Trust {
    fn allows(self, url: &str) -> bool {
        match self {
            Self::Here => leads_here(url),
            Self::Encrypted => url.starts_with("wss://") || leads_here(url),
        }
    }
}

/// Done when `stop` is true, or no one is left who could make it so.
pub(in crate::discord) async fn cancelled(stop: &mut watch::Receiver<bool>) {
    // The value is let go of at once: others wait for it too.
    drop(stop.wait_for(|stop| *stop).await);
}

async fn wait_unless_stopped(
    wait: Duration,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), SupervisorError> {
    tokio::select! {
        biased;
        () = cancelled(stop) => Err(SupervisorError::Asked),
        () = sleep(wait) => Ok(()),
    }
}

/// Returns whether a gateway is on this machine.
fn leads_here(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let address = host.parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::Trust;

    #[test]
    fn the_token_goes_only_where_it_may() {
        let here = ["ws://127.0.0.1:80", "ws://[::1]:1", "ws://localhost"];
        let elsewhere = ["ws://127.0.0.1@example.com", "ws://example.com", "", "canary"];
        let encrypted = "wss://gateway.discord.gg";
        for url in here {
            assert!(Trust::Here.allows(url) && Trust::Encrypted.allows(url), "{url}");
        }
        for url in elsewhere {
            assert!(!Trust::Here.allows(url) && !Trust::Encrypted.allows(url), "{url}");
        }
        assert!(Trust::Encrypted.allows(encrypted) && !Trust::Here.allows(encrypted));
    }
}
