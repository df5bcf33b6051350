//! Servers, channels, roles, members and users, and how they look in JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Id, Permissions, START_MS, World, timestamp};

/// A person or the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Snowflake.
    pub id: Id,
    /// User name; the global name is the same.
    pub name: String,
    /// `true` for a bot.
    pub bot: bool,
    /// The language of the person's client.
    pub locale: String,
    /// `true` if the person takes no direct messages from the bot.
    pub blocks_direct: bool,
}

impl User {
    /// Returns a user object.
    #[must_use]
    pub fn view(&self) -> Value {
        json!({
            "id": self.id.to_string(), "username": self.name, "global_name": self.name,
            "discriminator": if self.bot { "0001" } else { "0" }, "avatar": null, "bot": self.bot,
            "system": false, "public_flags": 0, "flags": 0, "banner": null, "accent_color": null,
            "avatar_decoration_data": null, "collectibles": null, "primary_guild": null,
        })
    }
}

/// A role of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Snowflake; the guild's own for `@everyone`.
    pub id: Id,
    /// Name.
    pub name: String,
    /// The permissions that it grants.
    pub permissions: Permissions,
    /// Its place among the roles.
    pub position: u64,
}

impl Role {
    /// Returns a role object.
    #[must_use]
    pub fn view(&self) -> Value {
        json!({
            "id": self.id.to_string(), "name": self.name, "color": 0, "hoist": false,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "icon": null, "unicode_emoji": null, "position": self.position, "description": null,
            "permissions": self.permissions.0.to_string(), "managed": false,
            "mentionable": false, "flags": 0,
        })
    }
}

/// A user's membership in a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Roles besides `@everyone`.
    pub roles: Vec<Id>,
    /// Name in this server.
    pub nick: Option<String>,
}

impl Member {
    /// Returns a member object without its user.
    #[must_use]
    pub fn view(&self) -> Value {
        let roles: Vec<String> = self.roles.iter().map(ToString::to_string).collect();
        json!({
            "roles": roles, "nick": self.nick, "avatar": null, "banner": null, "flags": 0,
            "joined_at": timestamp(START_MS), "premium_since": null, "pending": false,
            "communication_disabled_until": null, "deaf": false, "mute": false,
        })
    }
}

/// A permission overwrite of a channel, for a role or a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overwrite {
    /// The role or the member.
    pub target: Id,
    /// `true` for a member, `false` for a role.
    pub member: bool,
    /// Granted here.
    pub allow: Permissions,
    /// Taken away here.
    pub deny: Permissions,
}

/// Its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// A text channel of a server.
    Text = 0,
    /// A person and the bot, or two people.
    Direct = 1,
    /// Several people without the bot.
    Group = 3,
    /// A public thread.
    Thread = 11,
}

/// A place where messages are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Snowflake.
    pub id: Id,
    /// Its server.
    pub guild: Option<Id>,
    /// Text channel, direct message, group.
    pub kind: ChannelKind,
    /// Name; empty for direct messages.
    pub name: String,
    /// Whose direct message it is.
    pub recipients: Vec<Id>,
    /// The channel a thread belongs to.
    pub parent: Option<Id>,
    /// Permissions that differ from the server's.
    pub overwrites: Vec<Overwrite>,
    /// The newest message.
    pub last_message: Option<Id>,
}

impl Channel {
    fn overwrites_view(&self) -> Vec<Value> {
        let view = |rule: &Overwrite| {
            json!({
                "id": rule.target.to_string(), "type": u8::from(rule.member),
                "allow": rule.allow.0.to_string(), "deny": rule.deny.0.to_string(),
            })
        };
        self.overwrites.iter().map(view).collect()
    }
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guild {
    /// Snowflake.
    pub id: Id,
    /// Name.
    pub name: String,
    /// Who owns it.
    pub owner: Id,
    /// Roles by id.
    pub roles: BTreeMap<Id, Role>,
    /// Members by user id.
    pub members: BTreeMap<Id, Member>,
    /// The server's language.
    pub locale: String,
    /// `true` if the bot is in it.
    pub has_bot: bool,
    /// `true` if Discord cannot reach it at the moment.
    pub is_unavailable: bool,
}

impl Guild {
    /// Returns whether a user is a member with the role of this name.
    #[must_use]
    pub fn has_role(&self, user: Id, name: &str) -> bool {
        let roles = self.members.get(&user).into_iter().flat_map(|member| &member.roles);
        roles.filter_map(|id| self.roles.get(id)).any(|role| role.name == name)
    }
}

impl World {
    /// Returns a channel object.
    #[must_use]
    pub fn channel_view(&self, channel: &Channel) -> Value {
        let mut view = json!({
            "id": channel.id.to_string(), "type": channel.kind as u8, "flags": 0,
            "last_message_id": channel.last_message.map(|id| id.to_string()),
        });
        let more = if let (Some(guild), ChannelKind::Thread) = (channel.guild, channel.kind) {
            let mine = self.messages.values().filter(|message| message.channel == channel.id);
            let messages = mine.count();
            let owner = self.guilds.get(&guild).map_or(self.bot.id, |guild| guild.owner);
            json!({
                "guild_id": guild.to_string(), "name": channel.name, "rate_limit_per_user": 0,
                "parent_id": channel.parent.map(|id| id.to_string()),
                "owner_id": owner.to_string(), "member_count": 1,
                "message_count": messages, "total_message_sent": messages,
                "thread_metadata": {
                    "archived": false, "archive_timestamp": timestamp(START_MS),
                    "auto_archive_duration": 1440, "locked": false,
                },
            })
        } else if let Some(guild) = channel.guild {
            json!({
                "guild_id": guild.to_string(), "name": channel.name, "topic": null,
                "position": 0, "nsfw": false, "rate_limit_per_user": 0,
                "parent_id": channel.parent.map(|id| id.to_string()),
                "permission_overwrites": channel.overwrites_view(),
            })
        } else {
            let people: Vec<Value> = channel
                .recipients
                .iter()
                .filter_map(|id| self.users.get(id))
                .map(User::view)
                .collect();
            json!({"recipients": people, "last_pin_timestamp": null})
        };
        extend(&mut view, more);
        view
    }

    /// Returns a guild object as REST gives it.
    #[must_use]
    pub fn guild_view(&self, guild: &Guild) -> Value {
        let roles: Vec<Value> = guild.roles.values().map(Role::view).collect();
        let mut view = json!({
            "id": guild.id.to_string(), "name": guild.name, "icon": null, "icon_hash": null,
            "owner_id": guild.owner.to_string(), "roles": roles, "emojis": [], "stickers": [],
            "features": [], "preferred_locale": guild.locale, "description": null, "banner": null,
            "splash": null, "discovery_splash": null, "home_header": null, "application_id": null,
            "region": "us-west", "safety_alerts_channel_id": null, "incidents_data": null,
        });
        extend(
            &mut view,
            json!({
                "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false,
                "widget_channel_id": null, "verification_level": 0, "mfa_level": 0, "nsfw_level": 0,
                "default_message_notifications": 0, "explicit_content_filter": 0,
                "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
                "public_updates_channel_id": null, "vanity_url_code": null, "premium_tier": 0,
                "premium_subscription_count": 0, "premium_progress_bar_enabled": false,
                "max_presences": null, "max_members": 500_000, "max_video_channel_users": 25,
                "max_stage_video_channel_users": 50, "nsfw": false,
            }),
        );
        view
    }

    /// Returns a guild object as `GUILD_CREATE` gives it: with channels and members.
    #[must_use]
    pub fn guild_create_view(&self, guild: &Guild) -> Value {
        let of_guild = |threads: bool| -> Vec<Value> {
            let mine = self.channels.values().filter(|channel| channel.guild == Some(guild.id));
            mine.filter(|channel| (channel.kind == ChannelKind::Thread) == threads)
                .map(|channel| self.channel_view(channel))
                .collect()
        };
        let members: Vec<Value> =
            guild.members.iter().filter_map(|(id, member)| self.member_view(*id, member)).collect();
        let mut view = self.guild_view(guild);
        extend(
            &mut view,
            json!({
                "joined_at": timestamp(START_MS), "large": false, "unavailable": false,
                "member_count": guild.members.len(), "members": members, "voice_states": [],
                "channels": of_guild(false), "threads": of_guild(true), "presences": [],
                "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
            }),
        );
        view
    }

    /// Returns a member object with its user.
    #[must_use]
    pub fn member_view(&self, user: Id, member: &Member) -> Option<Value> {
        let user = self.users.get(&user)?;
        let mut view = member.view();
        extend(&mut view, json!({"user": user.view()}));
        Some(view)
    }

    /// `GET /users/@me/guilds`.
    #[must_use]
    pub fn own_guilds(&self) -> Value {
        let mine = self.guilds.values().filter(|guild| guild.has_bot);
        mine.map(|guild| {
            json!({
                "id": guild.id.to_string(), "name": guild.name, "icon": null, "banner": null,
                "owner": false, "permissions": Permissions::EVERYDAY.0.to_string(), "features": [],
            })
        })
        .collect()
    }
}

/// Adds the fields of one object to another.
pub(super) fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(fields), Value::Object(more)) = (object, more) {
        fields.extend(more);
    }
}
