//! Reading messages: one, or a channel's newest.

use serde_json::{Value, json};

use super::guild::extend;
use super::{Answer, Dispatch, Id, Intents, Permissions, RestError, World};

impl World {
    /// `GET /channels/{channel}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown, deleted, hidden and ephemeral messages.
    pub fn get_message(&self, channel: Id, id: Id) -> Answer {
        self.open_to_bot(channel, &[Permissions::READ_MESSAGE_HISTORY])?;
        let message = self.living(id)?;
        if message.channel != channel || message.is_ephemeral() {
            return Err(RestError::unknown_message());
        }
        let mut views = [self.message_view(message)];
        self.strip_unreadable(channel, &mut views);
        Ok((200, views.into_iter().next()))
    }

    /// `GET /channels/{channel}/messages`, newest first.
    ///
    /// # Errors
    ///
    /// Unknown or hidden channels.
    pub fn list_messages(&self, channel: Id, query: &[(String, String)]) -> Answer {
        self.open_to_bot(channel, &[])?;
        let number = |key: &str| {
            let found = query.iter().find(|(name, _)| name == key);
            found.and_then(|(_, value)| value.parse::<u64>().ok())
        };
        let limit = usize::try_from(number("limit").unwrap_or(50).clamp(1, 100)).unwrap_or(50);
        let before = number("before").unwrap_or(u64::MAX);
        let after = number("after").unwrap_or(0);
        let readable =
            self.permissions(self.bot.id, channel).has(Permissions::READ_MESSAGE_HISTORY);
        let found = self.messages.values().rev().filter(|message| {
            let between = message.id < before && message.id > after;
            readable
                && between
                && message.channel == channel
                && !message.deleted
                && !message.is_ephemeral()
        });
        let mut views: Vec<Value> = if after > 0 {
            let mut oldest: Vec<_> = found.collect();
            oldest.reverse();
            oldest.into_iter().take(limit).rev().map(|message| self.message_view(message)).collect()
        } else {
            found.take(limit).map(|message| self.message_view(message)).collect()
        };
        self.strip_unreadable(channel, &mut views);
        Ok((200, Some(Value::Array(views))))
    }

    /// Hides from REST what the gateway would hide for want of the Message Content intent.
    fn strip_unreadable(&self, channel: Id, views: &mut [Value]) {
        let Some(guild) = self.guild_of(channel).filter(|_| !self.gateway.message_content) else {
            return;
        };
        for view in views {
            let mut marked = view.clone();
            extend(&mut marked, json!({"guild_id": guild.to_string()}));
            let event = Dispatch::MessageCreate(marked);
            let seen = event.seen_with(Intents(Intents::GUILD_MESSAGES), self.bot.id);
            if let Some(Value::Object(mut fields)) = seen.map(|event| event.data().into_owned()) {
                fields.remove("guild_id");
                *view = Value::Object(fields);
            }
        }
    }
}
