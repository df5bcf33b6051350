//! How messages look in JSON: over REST, over the gateway.

use serde_json::{Value, json};

use super::guild::extend;
use super::mention;
use super::payload::SUPPRESS_EMBEDS;
use super::{Id, Message, Target, User, World, timestamp};

impl World {
    /// Returns a message object as REST gives it.
    #[must_use]
    pub fn message_view(&self, message: &Message) -> Value {
        let mut view = self.plain_view(message);
        if let Some(id) = message.reply_to {
            let replied = self.messages.get(&id).filter(|replied| !replied.deleted);
            let replied = replied.map(|replied| self.plain_view(replied));
            extend(&mut view, json!({"referenced_message": replied}));
        }
        view
    }

    fn reference_view(&self, message: &Message, replied: Id) -> Value {
        let (id, channel) = (replied.to_string(), message.channel.to_string());
        let mut reference = json!({"type": 0, "message_id": id, "channel_id": channel});
        if let Some(guild) = self.guild_of(message.channel) {
            extend(&mut reference, json!({"guild_id": guild.to_string()}));
        }
        reference
    }

    /// Returns a message without the one that it replies to, as it is within another.
    fn plain_view(&self, message: &Message) -> Value {
        let author = self.users.get(&message.author).unwrap_or(&self.bot);
        let found = mention::mentions(&message.content);
        let mut named: Vec<Id> =
            found.iter().chain(&message.pings).filter_map(Target::user).collect();
        named.sort_unstable();
        named.dedup();
        let users: Vec<Value> =
            named.iter().filter_map(|id| self.users.get(id)).map(User::view).collect();
        let roles: Vec<String> = found
            .iter()
            .filter_map(|target| match target {
                Target::Role(id) => Some(id.to_string()),
                _ => None,
            })
            .collect();
        let everyone = message.pings.iter().any(|it| matches!(it, Target::Everyone | Target::Here));
        let suppressed = message.flags & SUPPRESS_EMBEDS != 0;
        let embeds: &[Value] = if suppressed { &[] } else { &message.embeds };
        let mut view = json!({
            "id": message.id.to_string(), "channel_id": message.channel.to_string(),
            "type": self.message_type(message), "content": message.content, "author": author.view(),
            "embeds": embeds, "components": message.components, "attachments": self.attachment_views(message),
            "mentions": users, "mention_roles": roles, "mention_everyone": everyone,
            "timestamp": timestamp(message.sent_ms), "flags": message.flags, "pinned": false,
            "edited_timestamp": message.edited_ms.map(timestamp), "tts": false,
        });
        if let Some(replied) = message.reply_to {
            let reference = self.reference_view(message, replied);
            extend(&mut view, json!({"message_reference": reference}));
        }
        if let Some(interaction) = message.interaction.and_then(|id| self.interactions.get(&id)) {
            extend(
                &mut view,
                json!({
                    "application_id": self.application.to_string(),
                    "webhook_id": self.application.to_string(),
                    "interaction_metadata": self.metadata_view(interaction),
                }),
            );
        } else if message.webhook {
            extend(&mut view, json!({"webhook_id": message.author.to_string()}));
        }
        view
    }

    fn message_type(&self, message: &Message) -> u8 {
        let by_command = message
            .interaction
            .and_then(|id| self.interactions.get(&id))
            .filter(|interaction| interaction.original == Some(message.id))
            .and_then(|interaction| interaction.command_type);
        match (message.reply_to, by_command) {
            (Some(_), _) => 19,
            (None, Some(1)) => 20,
            (None, Some(_)) => 23,
            (None, None) => 0,
        }
    }

    /// Returns a message object as the gateway gives it: with its server and its author's
    /// membership.
    pub(super) fn event_view(&self, message: &Message) -> Value {
        let mut view = self.message_view(message);
        let guild = self.guild_of(message.channel).and_then(|id| self.guilds.get(&id));
        if let Some(guild) = guild {
            extend(&mut view, json!({"guild_id": guild.id.to_string()}));
            if let Some(member) = guild.members.get(&message.author) {
                extend(&mut view, json!({"member": member.view()}));
            }
        }
        let kind = self.channels.get(&message.channel).map_or(0, |channel| channel.kind as u8);
        extend(&mut view, json!({"channel_type": kind}));
        view
    }
}
