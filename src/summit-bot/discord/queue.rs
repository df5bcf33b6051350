//! Messages to channels: in order of arrival, as fast as Discord's limits allow, none too late.
//!
//! Every channel has a queue of its own, so that no channel waits for another. It knows nothing
//! of what is said; the limits are those that Discord tells with every answer.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use reqwest::header::HeaderMap;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::ChannelId;
use tokio::sync::OwnedRwLockReadGuard;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use super::api::Api;
use super::error::{CallError, code};
use crate::service::isolate_future;

/// A reply that is not sent by then is not sent at all.
const TOO_LATE: Duration = Duration::from_secs(12);
/// After so long without a word a message is sent again; Discord knows it by its nonce.
const AGAIN: Duration = Duration::from_secs(2);
/// How often a message is sent that Discord has trouble with.
const TRIES: usize = 3;
/// How long to wait before it is sent again.
const PAUSE: Duration = Duration::from_millis(500);
/// How much longer than told a channel rests: two clocks never agree.
const MARGIN: Duration = Duration::from_millis(50);

/// Makes the body of a reply when its turn comes: `None` where there is nothing to say. Told
/// whether embeds are allowed.
pub(super) type Compose = Box<dyn Fn(bool) -> BoxFuture<'static, Option<Value>> + Send + Sync>;

/// A reply that waits for its turn.
pub(super) struct Post {
    /// Its channel, for the log.
    place: String,
    compose: Compose,
    due: Instant,
    /// Held until it is sent: the end of the program waits for it.
    _in_flight: OwnedRwLockReadGuard<()>,
}

impl Post {
    pub(super) fn new(
        place: String,
        compose: Compose,
        in_flight: OwnedRwLockReadGuard<()>,
    ) -> Self {
        Self { place, compose, due: Instant::now() + TOO_LATE, _in_flight: in_flight }
    }
}

/// All queues.
#[derive(Clone)]
pub(super) struct Queues {
    api: Api,
    /// A channel is here as long as a task empties its queue.
    waiting: Arc<Mutex<HashMap<ChannelId, VecDeque<Post>>>>,
}

impl Queues {
    pub(super) fn new(api: Api) -> Self {
        Self { api, waiting: Arc::default() }
    }

    /// Puts a reply behind those that wait for the same channel.
    pub(super) fn push(&self, channel: ChannelId, post: Post) {
        let mut waiting = self.waiting.lock();
        if let Some(queue) = waiting.get_mut(&channel) {
            queue.push_back(post);
            return;
        }
        waiting.insert(channel, VecDeque::from([post]));
        tokio::spawn(self.clone().empty(channel));
    }

    /// Returns the next of a channel; where there is none, the channel is forgotten.
    fn next(&self, channel: ChannelId) -> Option<Post> {
        let mut waiting = self.waiting.lock();
        let next = waiting.get_mut(&channel).and_then(VecDeque::pop_front);
        if next.is_none() {
            waiting.remove(&channel);
        }
        next
    }

    async fn empty(self, channel: ChannelId) {
        let mut free_at = Instant::now();
        while let Some(post) = self.next(channel) {
            let place = &post.place;
            if free_at > post.due || post.due <= Instant::now() {
                tracing::warn!("a reply to a message came too late and was not sent {place}");
                continue;
            }
            sleep_until(free_at).await;
            let sending = isolate_future(self.send(channel, &post));
            let error = match timeout_at(post.due, sending).await {
                Ok(Some(Ok(pause))) => {
                    free_at = Instant::now() + pause;
                    continue;
                }
                Ok(Some(Err(error))) => error,
                // The panic has a line of its own.
                Ok(None) => continue,
                Err(_) => CallError::TimedOut,
            };
            tracing::warn!("a reply to a message was not sent {place}: {error}");
        }
    }

    /// Sends a reply, and says how long the channel must rest then.
    async fn send(&self, channel: ChannelId, post: &Post) -> Result<Duration, CallError> {
        let (mut may_embed, mut may_refer) = (true, true);
        let mut failures = 0;
        loop {
            let Some(mut body) = (post.compose)(may_embed).await else {
                return Ok(Duration::ZERO);
            };
            if let Some(fields) = body.as_object_mut().filter(|_| !may_refer) {
                fields.remove("message_reference");
            }
            let error = match self.post(channel, &body).await {
                Ok(rest) => return Ok(rest),
                Err(error) => error,
            };
            match error.code() {
                Some(code::MISSING_PERMISSIONS) if may_embed => may_embed = false,
                Some(code::MAY_NOT_READ_HISTORY) if may_refer => may_refer = false,
                _ => match error {
                    CallError::RateLimited(wait) => sleep(wait + MARGIN).await,
                    error if error.is_transient() && failures + 1 < TRIES => {
                        failures += 1;
                        sleep(PAUSE).await;
                    }
                    error => return Err(error),
                },
            }
        }
    }

    async fn post(&self, channel: ChannelId, body: &Value) -> Result<Duration, CallError> {
        let route = Route::ChannelMessages { channel_id: channel };
        let sent = timeout(AGAIN, self.api.call(LightMethod::Post, route, Some(body))).await;
        let sent = sent.unwrap_or(Err(CallError::TimedOut));
        sent.map(|response| rest(response.headers()))
    }
}

/// Returns how long a channel must rest, by what Discord tells.
fn rest(headers: &HeaderMap) -> Duration {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<f64>().ok();
    let is_used_up = number("x-ratelimit-remaining").is_some_and(|left| left < 1.0);
    let seconds = number("x-ratelimit-reset-after").filter(|_| is_used_up).unwrap_or_default();
    let rest = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    if rest.is_zero() { rest } else { rest + MARGIN }
}
