//! The closed list of what the gateway may tell a bot, and who is told.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::Id;

/// One gateway event.
#[derive(Debug, Clone, PartialEq)]
pub enum Dispatch {
    /// A session has begun.
    Ready(Value),
    /// A session goes on.
    Resumed,
    /// A server the bot is in.
    GuildCreate(Value),
    /// A server that is gone for the bot: it was removed, or, where the flag is set, the server
    /// cannot be reached for a while.
    GuildDelete(Id, bool),
    /// A channel that is gone.
    ChannelDelete(Value),
    /// A new message, in full; what a bot may see of it is decided by its session.
    MessageCreate(Value),
    /// A changed message.
    MessageUpdate(Value),
    /// A deleted message: id, channel, guild.
    MessageDelete(Id, Id, Option<Id>),
    /// A command, a press, a choice, a typed character, a form.
    InteractionCreate(Value),
}

impl Dispatch {
    /// Returns the event's name, the `t` of its frame.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready(_) => "READY",
            Self::Resumed => "RESUMED",
            Self::GuildCreate(_) => "GUILD_CREATE",
            Self::GuildDelete(..) => "GUILD_DELETE",
            Self::ChannelDelete(_) => "CHANNEL_DELETE",
            Self::MessageCreate(_) => "MESSAGE_CREATE",
            Self::MessageUpdate(_) => "MESSAGE_UPDATE",
            Self::MessageDelete(..) => "MESSAGE_DELETE",
            Self::InteractionCreate(_) => "INTERACTION_CREATE",
        }
    }

    /// Returns the event's data, the `d` of its frame.
    #[must_use]
    pub fn data(&self) -> Cow<'_, Value> {
        match self {
            Self::Ready(data)
            | Self::GuildCreate(data)
            | Self::ChannelDelete(data)
            | Self::MessageCreate(data)
            | Self::MessageUpdate(data)
            | Self::InteractionCreate(data) => Cow::Borrowed(data),
            Self::Resumed => Cow::Owned(json!({})),
            // The field is missing where the bot was removed.
            Self::GuildDelete(guild, false) => Cow::Owned(json!({"id": guild.to_string()})),
            Self::GuildDelete(guild, true) => {
                Cow::Owned(json!({"id": guild.to_string(), "unavailable": true}))
            }
            Self::MessageDelete(message, channel, guild) => {
                let mut data =
                    json!({"id": message.to_string(), "channel_id": channel.to_string()});
                if let (Some(guild), Some(fields)) = (guild, data.as_object_mut()) {
                    fields.insert("guild_id".to_owned(), json!(guild.to_string()));
                }
                Cow::Owned(data)
            }
        }
    }

    /// Returns the guild it happened in.
    #[must_use]
    pub fn guild(&self) -> Option<Id> {
        match self {
            Self::Ready(_) | Self::Resumed => None,
            Self::GuildCreate(data) => data.get("id").and_then(super::id_of),
            Self::GuildDelete(guild, _) => Some(*guild),
            Self::MessageDelete(_, _, guild) => *guild,
            Self::ChannelDelete(data)
            | Self::MessageCreate(data)
            | Self::MessageUpdate(data)
            | Self::InteractionCreate(data) => data.get("guild_id").and_then(super::id_of),
        }
    }

    /// Returns what it is, for a session that asked for these intents, or nothing if it is not
    /// told.
    #[must_use]
    pub fn seen_with(&self, intents: Intents, bot: Id) -> Option<Self> {
        match self {
            Self::Ready(_) | Self::Resumed | Self::InteractionCreate(_) => Some(self.clone()),
            Self::GuildCreate(_) | Self::GuildDelete(..) | Self::ChannelDelete(_) => {
                intents.has(Intents::GUILDS).then(|| self.clone())
            }
            Self::MessageCreate(_) | Self::MessageUpdate(_) | Self::MessageDelete(..) => {
                let needed = match self.guild() {
                    Some(_) => Intents::GUILD_MESSAGES,
                    None => Intents::DIRECT_MESSAGES,
                };
                intents.has(needed).then(|| self.stripped(intents, bot))
            }
        }
    }

    /// Without the content that takes the privileged Message Content intent: all but messages
    /// that mention the bot, direct messages, and its own.
    fn stripped(&self, intents: Intents, bot: Id) -> Self {
        let mut copy = self.clone();
        let (Self::MessageCreate(data) | Self::MessageUpdate(data)) = &mut copy else {
            return copy;
        };
        let about_bot = |user: &Value| user.get("id").and_then(super::id_of) == Some(bot);
        let mentions = data.get("mentions").and_then(Value::as_array);
        let open = intents.has(Intents::MESSAGE_CONTENT)
            || data.get("guild_id").is_none()
            || data.get("author").is_some_and(about_bot)
            || mentions.is_some_and(|users| users.iter().any(about_bot));
        if let (false, Some(fields)) = (open, data.as_object_mut()) {
            fields.insert("content".to_owned(), json!(""));
            for hidden in ["embeds", "components", "attachments"] {
                fields.insert(hidden.to_owned(), json!([]));
            }
        }
        copy
    }
}

/// The groups of events that a session asks for:
/// <https://discord.com/developers/docs/topics/gateway#gateway-intents>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intents(pub u64);

impl Intents {
    /// Servers and their channels.
    pub const GUILDS: u64 = 1;
    /// Members, privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Presences, privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in servers.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Messages to the bot.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// The content of messages, privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// All that take an approval.
    pub const PRIVILEGED: u64 = Self::GUILD_MEMBERS | Self::GUILD_PRESENCES | Self::MESSAGE_CONTENT;
    /// All that are documented.
    pub const KNOWN: u64 = 0b11_0011_0001_1111_1111_1111_1111;

    /// Returns whether these bits are asked for.
    #[must_use]
    pub fn has(self, bits: u64) -> bool {
        self.0 & bits == bits
    }
}
