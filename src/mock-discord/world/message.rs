//! Messages: sent, changed, deleted, read; by the bot with its permissions, or by people.

use serde_json::{Value, json};

use super::guild::extend;
use super::mention::{self, Ping, Target};
use super::payload::{self, EPHEMERAL, LOADING};
use super::{Answer, ChannelKind, Dispatch, Id, Permissions, RestError, World, component, id_of};

/// A message, deleted or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Snowflake.
    pub id: Id,
    /// The channel that it is in.
    pub channel: Id,
    /// Who wrote it.
    pub author: Id,
    /// Its text.
    pub content: String,
    /// Embeds as sent.
    pub embeds: Vec<Value>,
    /// Component rows as sent, numbered.
    pub components: Vec<Value>,
    /// Its files.
    pub attachments: Vec<Id>,
    /// Flags.
    pub flags: u64,
    /// The message it replies to.
    pub reply_to: Option<Id>,
    /// The interaction it answers.
    pub interaction: Option<Id>,
    /// When it was written, in milliseconds of Unix time.
    pub sent_ms: u64,
    /// When it was last changed.
    pub edited_ms: Option<u64>,
    /// `true` if it is gone.
    pub deleted: bool,
    /// Whom it notified, edits included.
    pub pings: Vec<Target>,
    /// `true` if it was sent by a webhook or a bot other than ours.
    pub webhook: bool,
    /// The nonce by which its sender knows it.
    pub nonce: Option<String>,
}

impl Message {
    /// Returns whether only the person who asked sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    /// Returns whether it still says that the bot is thinking.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    fn is_empty(&self) -> bool {
        self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
            && !self.is_loading()
    }
}

impl World {
    /// Returns a new message without content, not yet in the world.
    pub(super) fn draft(&mut self, channel: Id, author: Id) -> Message {
        Message {
            id: self.mint(),
            channel,
            author,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            reply_to: None,
            interaction: None,
            sent_ms: self.now_ms(),
            edited_ms: None,
            deleted: false,
            pings: Vec::new(),
            webhook: false,
            nonce: None,
        }
    }

    /// Puts a payload into a message: fields that are there replace, others stay.
    pub(super) fn fill(&mut self, message: &mut Message, body: &Value) -> Result<(), RestError> {
        payload::check(body)?;
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().clone_into(&mut message.content);
        }
        if body.get("embeds").is_some() {
            message.embeds = payload::list(body, "embeds").to_vec();
            message.embeds.iter_mut().for_each(complete_embed);
        }
        if body.get("components").is_some() {
            message.components = component::stored(payload::list(body, "components").to_vec());
        }
        if body.get("flags").is_some_and(|flags| !flags.is_null()) {
            let kept = message.flags & (EPHEMERAL | LOADING);
            message.flags = payload::flags(body) | kept;
        }
        self.attach(message, body)?;
        if message.is_empty() {
            return Err(RestError::new(400, 50006, "Cannot send an empty message"));
        }
        let replied_to = message.reply_to.filter(|_| message.edited_ms.is_none());
        let replied_to = replied_to.and_then(|id| self.messages.get(&id)).map(|it| it.author);
        self.note_pings(message, body, replied_to);
        Ok(())
    }

    fn note_pings(&mut self, message: &mut Message, body: &Value, replied_to: Option<Id>) {
        let content = body.get("content").and_then(Value::as_str).unwrap_or_default();
        for target in mention::pings(content, body.get("allowed_mentions"), replied_to) {
            message.pings.push(target);
            self.pings.push(Ping { message: message.id, target });
        }
    }

    /// Puts a new message into the world and tells the gateway, unless it is ephemeral.
    pub(super) fn publish(&mut self, message: Message) -> Id {
        let id = message.id;
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.last_message = Some(id);
        }
        let view = self.event_view(&message);
        let seen = self.is_seen_by_bot(&message);
        self.messages.insert(id, message);
        if seen {
            self.emit(&Dispatch::MessageCreate(view));
        }
        id
    }

    /// Replaces a message and tells the gateway.
    pub(super) fn republish(&mut self, message: Message) {
        let view = self.event_view(&message);
        let seen = self.is_seen_by_bot(&message);
        self.messages.insert(message.id, message);
        if seen {
            self.emit(&Dispatch::MessageUpdate(view));
        }
    }

    /// Deletes a message and tells the gateway.
    pub fn remove_message(&mut self, id: Id) {
        let Some(message) = self.messages.get_mut(&id) else { return };
        message.deleted = true;
        let message = message.clone();
        if self.is_seen_by_bot(&message) {
            let guild = self.guild_of(message.channel);
            self.emit(&Dispatch::MessageDelete(id, message.channel, guild));
        }
    }

    fn is_seen_by_bot(&self, message: &Message) -> bool {
        let Some(channel) = self.channels.get(&message.channel) else { return false };
        let inside = match channel.guild {
            Some(_) => self.permissions(self.bot.id, channel.id).has(Permissions::VIEW_CHANNEL),
            None => channel.kind == ChannelKind::Direct && channel.recipients.len() == 1,
        };
        inside && !message.is_ephemeral()
    }

    /// Returns the server of a channel.
    pub(super) fn guild_of(&self, channel: Id) -> Option<Id> {
        self.channels.get(&channel).and_then(|channel| channel.guild)
    }

    /// Returns a message that has not been deleted.
    ///
    /// # Errors
    ///
    /// 10008 when there is none.
    pub fn living(&self, id: Id) -> Result<&Message, RestError> {
        let message = self.messages.get(&id).filter(|message| !message.deleted);
        message.ok_or_else(RestError::unknown_message)
    }

    /// Returns a channel that the bot may see.
    pub(super) fn open_to_bot(&self, channel: Id, needed: &[Permissions]) -> Result<(), RestError> {
        let known = self.channels.get(&channel).ok_or_else(RestError::unknown_channel)?;
        if known.guild.is_none() {
            let inside = known.kind == ChannelKind::Direct;
            return if inside { Ok(()) } else { Err(RestError::missing_access()) };
        }
        let permissions = self.permissions(self.bot.id, channel);
        if !permissions.has(Permissions::VIEW_CHANNEL) {
            return Err(RestError::missing_access());
        }
        let all = needed.iter().all(|permission| permissions.has(*permission));
        if all { Ok(()) } else { Err(RestError::missing_permissions()) }
    }

    /// `GET /channels/{channel}`.
    ///
    /// # Errors
    ///
    /// Unknown or hidden channels.
    pub fn get_channel(&self, channel: Id) -> Answer {
        self.open_to_bot(channel, &[])?;
        Ok((200, self.channels.get(&channel).map(|channel| self.channel_view(channel))))
    }

    /// `POST /channels/{channel}/typing`.
    ///
    /// # Errors
    ///
    /// Unknown channels, missing permissions.
    pub fn start_typing(&self, channel: Id) -> Answer {
        self.open_to_bot(channel, &[self.sending(channel)])?;
        Ok((204, None))
    }

    fn sending(&self, channel: Id) -> Permissions {
        let thread = |it: &super::Channel| it.kind == ChannelKind::Thread;
        if self.channels.get(&channel).is_some_and(thread) {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        }
    }

    /// `POST /channels/{channel}/messages`.
    ///
    /// # Errors
    ///
    /// Missing permissions, wrong payloads, a person who takes no direct messages.
    pub fn create_message(&mut self, channel: Id, body: &Value) -> Answer {
        let mut needed = vec![self.sending(channel)];
        if !payload::list(body, "embeds").is_empty() {
            needed.push(Permissions::EMBED_LINKS);
        }
        if self.has_uploads() {
            needed.push(Permissions::ATTACH_FILES);
        }
        self.open_to_bot(channel, &needed)?;
        let blocked = |id: &Id| self.users.get(id).is_some_and(|user| user.blocks_direct);
        if self.channels.get(&channel).is_some_and(|it| it.recipients.iter().any(blocked)) {
            return Err(RestError::new(403, 50007, "Cannot send messages to this user"));
        }
        let nonce = payload::nonce(body)?;
        let is_enforced = body.get("enforce_nonce") == Some(&Value::Bool(true));
        if let Some(sent) = self.sent_as(channel, nonce.as_deref()).filter(|_| is_enforced) {
            self.note(None, Some(sent));
            return self.message_answer(sent);
        }
        let mut message = self.draft(channel, self.bot.id);
        message.nonce = nonce;
        message.reply_to = self.referenced(channel, body)?;
        self.fill(&mut message, body)?;
        let id = self.publish(message);
        self.note(None, Some(id));
        self.message_answer(id)
    }

    /// Returns the message of the bot that was sent with this nonce within the last minutes.
    fn sent_as(&self, channel: Id, nonce: Option<&str>) -> Option<Id> {
        /// See `enforce_nonce` at <https://discord.com/developers/docs/resources/message#create-message>.
        const A_FEW_MINUTES: u64 = 5 * 60 * 1000;
        let nonce = nonce?;
        let newest = self.messages.values().rev().find(|message| {
            message.channel == channel
                && message.author == self.bot.id
                && message.nonce.as_deref() == Some(nonce)
        });
        newest.filter(|it| it.sent_ms + A_FEW_MINUTES > self.now_ms()).map(|it| it.id)
    }

    fn referenced(&self, channel: Id, body: &Value) -> Result<Option<Id>, RestError> {
        let Some(reference) = body.get("message_reference").filter(|it| !it.is_null()) else {
            return Ok(None);
        };
        let history = self.permissions(self.bot.id, channel).has(Permissions::READ_MESSAGE_HISTORY);
        if !history {
            let message = "Cannot reply without permission to read message history";
            return Err(RestError::new(403, 160_002, message));
        }
        let id = reference.get("message_id").and_then(id_of).unwrap_or(0);
        let there = self.living(id).is_ok_and(|message| message.channel == channel);
        if there {
            return Ok(Some(id));
        }
        if reference.get("fail_if_not_exists") == Some(&Value::Bool(false)) {
            return Ok(None);
        }
        let mut errors = super::FormErrors::default();
        let code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE";
        errors.add("message_reference", code, "Unknown message");
        errors.finish().map(|()| None)
    }

    /// `PATCH /channels/{channel}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown messages, messages of others, wrong payloads.
    pub fn edit_message(&mut self, channel: Id, id: Id, body: &Value) -> Answer {
        self.open_to_bot(channel, &[])?;
        let message = self.living(id)?;
        if message.channel != channel || message.is_ephemeral() {
            return Err(RestError::unknown_message());
        }
        if message.author != self.bot.id {
            let text = "Cannot edit a message authored by another user";
            return Err(RestError::new(403, 50005, text));
        }
        self.change_message(id, body)
    }

    /// Changes a message, whatever the route.
    pub(super) fn change_message(&mut self, id: Id, body: &Value) -> Answer {
        let mut message = self.living(id)?.clone();
        let first = message.is_loading();
        message.flags &= !LOADING;
        if !first {
            message.edited_ms = Some(self.now_ms());
        }
        self.fill(&mut message, body)?;
        self.note(message.interaction, Some(id));
        self.republish(message);
        self.message_answer(id)
    }

    /// `DELETE /channels/{channel}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown messages, and messages of others without Manage Messages.
    pub fn delete_message(&mut self, channel: Id, id: Id) -> Answer {
        self.open_to_bot(channel, &[])?;
        let message = self.living(id)?;
        if message.channel != channel || message.is_ephemeral() {
            return Err(RestError::unknown_message());
        }
        if message.author != self.bot.id {
            if self.guild_of(channel).is_none() {
                let text = "Cannot execute action on a DM channel";
                return Err(RestError::new(403, 50003, text));
            }
            self.open_to_bot(channel, &[Permissions::MANAGE_MESSAGES])?;
        }
        self.note(None, Some(id));
        self.remove_message(id);
        Ok((204, None))
    }

    /// `POST /users/@me/channels`.
    ///
    /// # Errors
    ///
    /// An unknown recipient.
    pub fn create_direct(&mut self, body: &Value) -> Answer {
        let user = body.get("recipient_id").and_then(id_of).unwrap_or(0);
        if !self.users.contains_key(&user) || user == self.bot.id {
            return Err(RestError::new(400, 50033, "Invalid Recipient(s)"));
        }
        let channel = self.direct_channel(user);
        Ok((200, self.channels.get(&channel).map(|channel| self.channel_view(channel))))
    }

    /// Returns the answer that shows a message.
    pub(super) fn message_answer(&self, id: Id) -> Answer {
        let message = self.messages.get(&id).ok_or_else(RestError::unknown_message)?;
        Ok((200, Some(self.message_view(message))))
    }
}

/// An embed as Discord gives it back: defaults filled in.
fn complete_embed(embed: &mut Value) {
    extend(embed, json!({"type": "rich"}));
    let fields = embed.get_mut("fields").and_then(Value::as_array_mut);
    for field in fields.into_iter().flatten().filter_map(Value::as_object_mut) {
        field.entry("inline").or_insert(Value::Bool(false));
    }
}
