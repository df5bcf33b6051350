//! Who may do what where. It computes; who asks for what is decided elsewhere.

use super::{Id, World};

/// A set of Discord's permission bits:
/// <https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions(pub u64);

impl Permissions {
    /// Everything.
    pub const ADMINISTRATOR: Self = Self(1 << 3);
    /// Manage Server.
    pub const MANAGE_GUILD: Self = Self(1 << 5);
    /// Add Reactions.
    pub const ADD_REACTIONS: Self = Self(1 << 6);
    /// View Channel.
    pub const VIEW_CHANNEL: Self = Self(1 << 10);
    /// Send Messages.
    pub const SEND_MESSAGES: Self = Self(1 << 11);
    /// Manage Messages.
    pub const MANAGE_MESSAGES: Self = Self(1 << 13);
    /// Embed Links.
    pub const EMBED_LINKS: Self = Self(1 << 14);
    /// Attach Files.
    pub const ATTACH_FILES: Self = Self(1 << 15);
    /// Read Message History.
    pub const READ_MESSAGE_HISTORY: Self = Self(1 << 16);
    /// Mention Everyone.
    pub const MENTION_EVERYONE: Self = Self(1 << 17);
    /// Use Application Commands.
    pub const USE_APPLICATION_COMMANDS: Self = Self(1 << 31);
    /// Send Messages in Threads.
    pub const SEND_MESSAGES_IN_THREADS: Self = Self(1 << 38);
    /// Use External Apps: a user-installed app may answer in public.
    pub const USE_EXTERNAL_APPS: Self = Self(1 << 50);
    /// Every documented bit.
    pub const ALL: Self = Self((1 << 53) - 1);

    /// Those that a bot like this one may lack in a channel, by the names of Discord's client.
    pub const NAMED: &[(&str, Self)] = &[
        ("view channel", Self::VIEW_CHANNEL),
        ("send messages", Self::SEND_MESSAGES),
        ("send messages in threads", Self::SEND_MESSAGES_IN_THREADS),
        ("embed links", Self::EMBED_LINKS),
        ("attach files", Self::ATTACH_FILES),
        ("read message history", Self::READ_MESSAGE_HISTORY),
    ];

    /// Returns the permission of a name in [`Permissions::NAMED`], in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map(|(_, permission)| *permission)
    }

    /// The permissions that a new server grants everyone.
    pub const EVERYDAY: Self = Self(
        Self::VIEW_CHANNEL.0
            | Self::SEND_MESSAGES.0
            | Self::EMBED_LINKS.0
            | Self::ATTACH_FILES.0
            | Self::ADD_REACTIONS.0
            | Self::READ_MESSAGE_HISTORY.0
            | Self::USE_APPLICATION_COMMANDS.0
            | Self::SEND_MESSAGES_IN_THREADS.0
            | Self::USE_EXTERNAL_APPS.0,
    );

    /// Returns whether all of `other` are in this set.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl World {
    /// Returns what a user may do in a channel; everything but managing in a direct message,
    /// nothing in a server that the user is not in.
    #[must_use]
    pub fn permissions(&self, user: Id, channel: Id) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else { return Permissions::default() };
        let Some(guild_id) = channel.guild else {
            let inside = channel.recipients.contains(&user) || user == self.bot.id;
            return if inside {
                Permissions::EVERYDAY.with(Permissions::MENTION_EVERYONE)
            } else {
                Permissions::default()
            };
        };
        let Some(guild) = self.guilds.get(&guild_id) else { return Permissions::default() };
        let Some(member) = guild.members.get(&user) else { return Permissions::default() };
        let role = |id: &Id| guild.roles.get(id).map_or(0, |role| role.permissions.0);
        let base = member.roles.iter().fold(role(&guild.id), |bits, id| bits | role(id));
        if guild.owner == user || Permissions(base).has(Permissions::ADMINISTRATOR) {
            return Permissions::ALL;
        }
        let rules = &channel.overwrites;
        let of = |id: Id| rules.iter().filter(move |rule| rule.target == id);
        let mut bits = Permissions(base);
        for rule in of(guild.id) {
            bits = bits.without(rule.deny).with(rule.allow);
        }
        let (mut allow, mut deny) = (Permissions::default(), Permissions::default());
        for rule in member.roles.iter().flat_map(|id| of(*id)) {
            allow = allow.with(rule.allow);
            deny = deny.with(rule.deny);
        }
        bits = bits.without(deny).with(allow);
        for rule in of(user) {
            bits = bits.without(rule.deny).with(rule.allow);
        }
        if bits.has(Permissions::VIEW_CHANNEL) { bits } else { Permissions::default() }
    }
}
