//! The messages before one that points back: read from Discord for that one question, and
//! forgotten with it.
//!
//! Bounded in number and in time, and failing softly: what cannot be read is left out, and the
//! question is answered without it. It decides nothing: which of it counts is decided in `bot`.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::http::Route;
use serenity::model::channel::{Message, MessageReference, MessageType};
use serenity::model::id::{ChannelId, MessageId, UserId};
use tokio::time::timeout;

use super::api::Api;
use super::channels::Channels;
use super::error::CallError;
use super::inbound;
use bot::PriorMessage;

/// How long all of it may take.
const BUDGET: Duration = Duration::from_millis(1_500);
/// How many messages of a thread or of a direct message are read.
const MESSAGES: usize = 20;
/// How many exchanges are gone back from a reply, each at the cost of a call.
const EXCHANGES: usize = 3;

/// Returns the messages before `message` to which it may point back, the oldest first; `place` is
/// for the log.
pub(super) async fn fetch(
    (api, channels): (Api, Channels),
    message: Message,
    bot: UserId,
    place: String,
) -> Vec<PriorMessage> {
    let mut trail = Trail { api, channels, bot, found: Vec::new() };
    match timeout(BUDGET, trail.follow(&message)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!("what stands before a message was not read {place}: {error}");
        }
        Err(_) => tracing::warn!("what stands before a message was not read {place} in time"),
    }
    trail.found.sort_by_key(|message| message.id);
    trail.found.iter().map(|message| inbound::earlier(message, bot)).collect()
}

/// The messages found so far; they count even where the rest fails.
struct Trail {
    api: Api,
    channels: Channels,
    bot: UserId,
    found: Vec<Message>,
}

impl Trail {
    async fn follow(&mut self, message: &Message) -> Result<(), CallError> {
        let replied = match (&message.referenced_message, &message.message_reference) {
            (Some(replied), _) => Some((**replied).clone()),
            // Discord does not always hand it over.
            (None, Some(reference)) => Some(self.referenced(reference).await?),
            (None, None) => None,
        };
        if let Some(answer) = replied.filter(|replied| replied.author.id == self.bot) {
            return self.back_from(answer).await;
        }
        if message.guild_id.is_some() && self.channels.parent(message.channel_id).await?.is_none() {
            return Ok(());
        }
        self.list(message).await
    }

    /// Returns the answer replied to, its question, the answer to which that was a reply, and so
    /// on.
    async fn back_from(&mut self, answer: Message) -> Result<(), CallError> {
        // What came within another message may lack what it itself replies to.
        let lacks = answer.kind == MessageType::InlineReply && answer.message_reference.is_none();
        let answer = if lacks { self.message(answer.channel_id, answer.id).await? } else { answer };
        let mut answer = Some(answer);
        for _ in 0..EXCHANGES {
            let Some(mut newest) = answer.take() else {
                break;
            };
            let asked = newest.referenced_message.take();
            let reference = newest.message_reference.clone();
            self.found.push(newest);
            let mut asked = match (asked, reference) {
                (Some(asked), _) if asked.message_reference.is_none() => *asked,
                (_, Some(reference)) => self.referenced(&reference).await?,
                _ => break,
            };
            let before = asked.referenced_message.take();
            self.found.push(asked);
            answer = before.map(|before| *before).filter(|before| before.author.id == self.bot);
        }
        Ok(())
    }

    /// Returns the messages of a thread or a direct message, and the message from which a thread
    /// began.
    async fn list(&mut self, message: &Message) -> Result<(), CallError> {
        let route = Route::ChannelMessages { channel_id: message.channel_id };
        let parameters = vec![("before", message.id.to_string()), ("limit", MESSAGES.to_string())];
        let listed: Vec<Message> = read(self.api.get(route, Some(parameters)).await?)?;
        for mut message in listed.into_iter().take(MESSAGES) {
            let replied = message.referenced_message.take();
            self.found.extend(replied.map(|replied| *replied));
            self.found.push(message);
        }
        let mut known: Vec<MessageId> = Vec::new();
        self.found.retain(|message| {
            let is_new = !known.contains(&message.id);
            known.push(message.id);
            is_new
        });
        let is_unknown = |reference: &&MessageReference| {
            reference.message_id.is_some_and(|id| !known.contains(&id))
        };
        let ours = self.found.iter().filter(|message| message.author.id == self.bot);
        let newest = ours.max_by_key(|message| message.id);
        let asked = newest.and_then(|message| message.message_reference.as_ref());
        if let Some(reference) = asked.filter(is_unknown).cloned() {
            let asked = self.referenced(&reference).await?;
            self.found.push(asked);
        }
        Ok(())
    }

    async fn referenced(&self, reference: &MessageReference) -> Result<Message, CallError> {
        let id = reference.message_id.ok_or(CallError::Unreadable)?;
        self.message(reference.channel_id, id).await
    }

    async fn message(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
    ) -> Result<Message, CallError> {
        let route = Route::ChannelMessage { channel_id, message_id };
        read(self.api.get(route, None).await?)
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, CallError> {
    serde_json::from_value(value).map_err(|_| CallError::Unreadable)
}
