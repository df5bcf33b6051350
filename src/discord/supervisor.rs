//! Session after session with the gateway, never in a storm.
//!
//! Discord allows a thousand IDENTIFYs a day and takes the token of whoever needs more. How many
//! are left is asked before each, which counts across restarts too.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serenity::http::Route;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::api::Api;
use super::error::{CallError, RunError};
use super::gateway::{Ended, session};
use super::handler::Handler;

/// The wait before the second try; Discord wants at least this between two.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest wait but for a spent budget.
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// A session that lived so long was a good one.
const GOOD: Duration = Duration::from_mins(10);
/// The most sessions in an hour.
const AN_HOUR: (usize, Duration) = (60, Duration::from_hours(1));

/// When the next session may be tried. Knows no clock.
#[derive(Debug, Default)]
struct Pace {
    tries: VecDeque<Instant>,
    /// Tries since the last good session.
    in_vain: u32,
}

impl Pace {
    /// How long to wait now.
    fn wait(&self, now: Instant) -> Duration {
        let since = |at: Instant| now.saturating_duration_since(at);
        let Some(&last) = self.tries.back() else {
            return Duration::ZERO;
        };
        let factor = 1 << self.in_vain.saturating_sub(1).min(8);
        let pause = (FIRST_WAIT * factor).min(LONGEST_WAIT).saturating_sub(since(last));
        let (most, hour) = AN_HOUR;
        let nth = self.tries.len().checked_sub(most).and_then(|nth| self.tries.get(nth));
        let budget = nth.map_or(Duration::ZERO, |at| hour.saturating_sub(since(*at)));
        pause.max(budget)
    }

    fn tried(&mut self, now: Instant) {
        self.tries.push_back(now);
        if self.tries.len() > AN_HOUR.0 {
            self.tries.pop_front();
        }
        self.in_vain = self.in_vain.saturating_add(1);
    }

    fn ended(&mut self, now: Instant) {
        let lived = self.tries.back().map(|at| now.saturating_duration_since(*at));
        if lived.is_some_and(|lived| lived >= GOOD) {
            self.in_vain = 1;
        }
    }
}

/// What `GET /gateway/bot` says.
#[derive(Debug, Deserialize)]
struct Gateway {
    url: String,
    session_start_limit: StartLimit,
}

#[derive(Debug, Deserialize)]
struct StartLimit {
    remaining: u64,
    /// Milliseconds.
    reset_after: u64,
}

/// Keeps a session with the gateway until `stop` becomes true. With `is_here`, the server is on
/// this machine, and the gateway must be too.
pub(super) async fn supervise(
    api: &Api,
    handler: &Arc<Handler>,
    is_here: bool,
    mut stop: watch::Receiver<bool>,
) -> Result<(), RunError> {
    let mut pace = Pace::default();
    loop {
        let wait = pace.wait(Instant::now());
        if is_stopped_within(wait, &mut stop).await {
            return Ok(());
        }
        pace.tried(Instant::now());
        let gateway = tokio::select! {
            gateway = gateway(api) => gateway,
            () = asked_to(&mut stop) => return Ok(()),
        };
        let gateway = match gateway {
            Ok(gateway) => gateway,
            Err(error) if error.is_unauthorized() => return Err(RunError::WrongToken),
            Err(error) => {
                tracing::warn!("the gateway's address cannot be had: {error}");
                continue;
            }
        };
        if is_here && !leads_here(&gateway.url) {
            return Err(RunError::ForeignGateway);
        }
        let limit = gateway.session_start_limit;
        if limit.remaining == 0 {
            tracing::warn!("no sessions are left for now; waiting until there are");
            let wait = Duration::from_millis(limit.reset_after);
            if is_stopped_within(wait, &mut stop).await {
                return Ok(());
            }
        }
        match session(api, &gateway.url, handler, &mut stop).await {
            Ended::Stopped => return Ok(()),
            Ended::Refused(4004) => return Err(RunError::WrongToken),
            Ended::Refused(code) => return Err(RunError::Intents(code)),
            Ended::Lost => tracing::warn!("the session with the gateway is lost"),
        }
        pace.ended(Instant::now());
    }
}

async fn gateway(api: &Api) -> Result<Gateway, CallError> {
    let told = api.get(Route::GatewayBot, None).await?;
    serde_json::from_value(told).map_err(|_| CallError::Unreadable)
}

/// Done when `stop` is true, or nobody is left who could make it so.
pub(super) async fn asked_to(stop: &mut watch::Receiver<bool>) {
    // The value is let go of at once: others wait for it too.
    drop(stop.wait_for(|stop| *stop).await);
}

/// Waits; whether the bot was stopped meanwhile.
async fn is_stopped_within(wait: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        () = asked_to(stop) => true,
        () = sleep(wait) => false,
    }
}

/// Whether a gateway is on this machine.
fn leads_here(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let address = host.parse::<std::net::IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::{Duration, FIRST_WAIT, Instant, LONGEST_WAIT, Pace, leads_here};

    #[test]
    fn a_gateway_that_refuses_is_tried_ever_more_rarely() {
        let start = Instant::now();
        let (mut pace, mut now) = (Pace::default(), start);
        assert_eq!(pace.wait(now), Duration::ZERO);
        let mut tries = 0;
        while now < start + Duration::from_hours(1) {
            pace.tried(now);
            pace.ended(now);
            tries += 1;
            let wait = pace.wait(now);
            assert!((FIRST_WAIT..=LONGEST_WAIT).contains(&wait));
            now += wait;
        }
        assert!(tries <= 60, "{tries}");
    }

    #[test]
    fn sixty_sessions_an_hour_are_the_most() {
        let now = Instant::now();
        let mut pace = Pace::default();
        for _ in 0..60 {
            pace.tried(now);
            pace.in_vain = 0;
        }
        assert_eq!(pace.wait(now), Duration::from_hours(1));
    }

    #[test]
    fn after_a_good_session_the_next_comes_soon() {
        let now = Instant::now();
        let mut pace = Pace::default();
        for _ in 0..9 {
            pace.tried(now);
        }
        let later = now + Duration::from_secs(700);
        pace.ended(later);
        assert_eq!(pace.wait(later), Duration::ZERO);
    }

    #[test]
    fn only_an_address_of_this_machine_leads_here() {
        assert!(
            leads_here("ws://127.0.0.1:80")
                && leads_here("ws://[::1]:1")
                && leads_here("ws://localhost")
        );
        assert!(
            !leads_here("wss://gateway.discord.gg") && !leads_here("ws://127.0.0.1@example.com")
        );
    }
}
