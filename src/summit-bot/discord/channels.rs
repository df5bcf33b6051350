//! Which channels are threads, and of which: asked of Discord once, and remembered.
//!
//! A thread stays one, and on the channel that it hangs on.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde::Deserialize;
use serenity::http::Route;
use serenity::model::id::ChannelId;
use tokio::time::timeout;

use super::api::Api;
use super::error::CallError;

/// How long Discord may take to say.
const BUDGET: Duration = Duration::from_millis(1_500);
/// Of how many channels it is remembered; where there are more, all are asked about anew.
const REMEMBERED: usize = 4_096;
/// Discord's types of channels that are threads.
const THREADS: [u64; 3] = [10, 11, 12];

/// The channels that are known.
#[derive(Debug, Clone)]
pub(super) struct Channels {
    api: Api,
    /// The channel that each hangs on; `None` for one that is no thread.
    parents: Arc<Mutex<HashMap<ChannelId, Option<ChannelId>>>>,
}

#[derive(Debug, Deserialize)]
struct Channel {
    #[serde(rename = "type")]
    kind: u64,
    #[serde(default)]
    parent_id: Option<ChannelId>,
}

impl Channels {
    pub(super) fn new(api: Api) -> Self {
        Self { api, parents: Arc::default() }
    }

    /// Returns the channel that a thread hangs on; `None` where the channel is no thread.
    pub(super) async fn parent(&self, channel: ChannelId) -> Result<Option<ChannelId>, CallError> {
        let known = self.parents.lock().get(&channel).copied();
        if let Some(parent) = known {
            return Ok(parent);
        }
        let asked = timeout(BUDGET, self.api.get(Route::Channel { channel_id: channel }, None));
        let told = asked.await.unwrap_or(Err(CallError::TimedOut))?;
        let told: Channel = serde_json::from_value(told).map_err(|_| CallError::Unreadable)?;
        let parent = told.parent_id.filter(|_| THREADS.contains(&told.kind));
        let mut parents = self.parents.lock();
        if parents.len() >= REMEMBERED {
            parents.clear();
        }
        parents.insert(channel, parent);
        Ok(parent)
    }
}
