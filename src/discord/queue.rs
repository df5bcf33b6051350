//! Messages to channels: in order of arrival, as fast as Discord's limits allow, none too late.
//!
//! Every channel has a queue of its own, so that no channel waits for another. It knows nothing
//! of what is said; the limits are those that Discord tells with every answer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId};
use tokio::sync::OwnedRwLockReadGuard;
use tokio::time::{Instant, sleep, timeout_at};

use super::api::Api;
use super::error::CallError;

/// What is not said by then is not said at all.
const TOO_LATE: Duration = Duration::from_secs(12);
/// Within this time events that arrived together are put in order: serenity hands them to tasks
/// of their own.
const GATHER: Duration = Duration::from_millis(3);
/// How long to wait where Discord says that it was too much, and not for how long.
const PAUSE: Duration = Duration::from_secs(1);
/// How much longer than told a channel rests: two clocks never agree.
const MARGIN: Duration = Duration::from_millis(50);
/// Discord's code for a channel in which the bot may not do something.
const MISSING_PERMISSIONS: isize = 50_013;

/// Makes the body of a reply when its turn comes: `None` where there is nothing to say. Told
/// whether embeds are allowed.
pub(super) type Compose = Box<dyn Fn(bool) -> Option<Value> + Send + Sync>;

/// A reply that waits for its turn.
pub(super) struct Post {
    compose: Compose,
    due: Instant,
    /// Held until it is sent: the end of the program waits for it.
    _in_flight: OwnedRwLockReadGuard<()>,
}

impl Post {
    pub(super) fn new(compose: Compose, in_flight: OwnedRwLockReadGuard<()>) -> Self {
        Self { compose, due: Instant::now() + TOO_LATE, _in_flight: in_flight }
    }
}

/// All queues.
#[derive(Clone)]
pub(super) struct Queues {
    api: Api,
    /// A channel stands here as long as a task empties its queue.
    waiting: Arc<Mutex<HashMap<ChannelId, BTreeMap<MessageId, Post>>>>,
}

impl Queues {
    pub(super) fn new(api: Api) -> Self {
        Self { api, waiting: Arc::default() }
    }

    /// Puts a reply to `message` in its place: ids of messages rise with time.
    pub(super) fn push(&self, channel: ChannelId, message: MessageId, post: Post) {
        let mut waiting = self.lock();
        if let Some(queue) = waiting.get_mut(&channel) {
            queue.insert(message, post);
            return;
        }
        waiting.insert(channel, BTreeMap::from([(message, post)]));
        tokio::spawn(self.clone().empty(channel));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ChannelId, BTreeMap<MessageId, Post>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next of a channel; where there is none, the channel is forgotten.
    fn next(&self, channel: ChannelId) -> Option<Post> {
        let mut waiting = self.lock();
        let next = waiting.get_mut(&channel).and_then(BTreeMap::pop_first);
        if next.is_none() {
            waiting.remove(&channel);
        }
        next.map(|(_, post)| post)
    }

    async fn empty(self, channel: ChannelId) {
        sleep(GATHER).await;
        let mut free_at = Instant::now();
        while let Some(post) = self.next(channel) {
            if free_at > post.due || post.due <= Instant::now() {
                tracing::warn!("a reply to a message came too late and was not sent");
                continue;
            }
            tokio::time::sleep_until(free_at).await;
            match timeout_at(post.due, self.send(channel, &post)).await {
                Ok(Ok(pause)) => free_at = Instant::now() + pause,
                Ok(Err(error)) => tracing::warn!("a reply to a message was not sent: {error}"),
                Err(_) => tracing::warn!("a reply to a message was not sent: no answer in time"),
            }
        }
    }

    /// Sends a reply, and says how long the channel must rest then.
    async fn send(&self, channel: ChannelId, post: &Post) -> Result<Duration, CallError> {
        let route = Route::ChannelMessages { channel_id: channel };
        let mut may_embed = true;
        loop {
            let Some(body) = (post.compose)(may_embed) else {
                return Ok(Duration::ZERO);
            };
            match self.api.call(LightMethod::Post, route, Some(&body)).await {
                Ok(response) => return Ok(rest(response.headers())),
                Err(CallError::Refused { status: 429, .. }) => sleep(PAUSE).await,
                Err(CallError::Refused { code: MISSING_PERMISSIONS, .. }) if may_embed => {
                    may_embed = false;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// How long a channel must rest, by what Discord tells.
fn rest(headers: &HeaderMap) -> Duration {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<f64>().ok();
    let is_used_up = number("x-ratelimit-remaining").is_some_and(|left| left < 1.0);
    let seconds = number("x-ratelimit-reset-after").filter(|_| is_used_up).unwrap_or_default();
    let rest = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    if rest.is_zero() { rest } else { rest + MARGIN }
}
