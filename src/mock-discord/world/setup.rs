//! How a world begins, and how it grows: bot, servers, channels, roles, people.

use std::collections::BTreeMap;

use super::{
    Channel, ChannelKind, Dispatch, GatewayRules, Guild, Id, Limits, Member, Overwrite,
    Permissions, Role, START_MS, User, World,
};

/// The differences between worlds at their start.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The bot's name.
    pub bot: String,
    /// The bot's token.
    pub token: String,
    /// The first server's name.
    pub guild: String,
    /// The first server's channels; the first of them is where people are.
    pub channels: Vec<String>,
    /// The time, in milliseconds of Unix time.
    pub now_ms: u64,
    /// `true` if rate limits are enforced.
    pub limits: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            bot: "summit-bot".to_owned(),
            token: "mock-token".to_owned(),
            guild: "Test server".to_owned(),
            channels: vec!["general".to_owned(), "random".to_owned()],
            now_ms: START_MS,
            limits: false,
        }
    }
}

impl World {
    /// A world with a bot, an owner, and one server in which both are.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        let bot = user(0, &setup.bot, true);
        let mut world = Self {
            token: setup.token.clone(),
            bot,
            application: 0,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            users: BTreeMap::new(),
            messages: BTreeMap::new(),
            attachments: BTreeMap::new(),
            cdn: String::new(),
            interactions: BTreeMap::new(),
            commands: Vec::new(),
            sessions: BTreeMap::new(),
            gateway: GatewayRules::default(),
            limits: Limits::new(setup.limits),
            calls: Vec::new(),
            violations: Vec::new(),
            pings: Vec::new(),
            injected_errors: Vec::new(),
            holds_calls: false,
            held_back: Vec::new(),
            is_forced: false,
            identifies: Vec::new(),
            resumes: 0,
            now_ms: setup.now_ms,
            minted: 0,
            where_now: String::new(),
        };
        world.bot.id = world.mint();
        world.application = world.bot.id;
        world.users.insert(world.bot.id, world.bot.clone());
        let guild = world.add_guild(&setup.guild, true);
        for name in &setup.channels {
            world.add_channel(guild, name);
        }
        world
    }

    /// Returns a new server with an owner, `@everyone` and a `Moderator` role.
    pub fn add_guild(&mut self, name: &str, has_bot: bool) -> Id {
        let owner = self.user("owner");
        let id = self.mint();
        let moderator = self.mint();
        let role = |id, name: &str, permissions, position| Role {
            id,
            name: name.to_owned(),
            permissions,
            position,
        };
        let moderating = Permissions::MANAGE_GUILD.with(Permissions::MANAGE_MESSAGES);
        let roles = BTreeMap::from([
            (id, role(id, "@everyone", Permissions::EVERYDAY, 0)),
            (moderator, role(moderator, "Moderator", moderating, 1)),
        ]);
        let mut members = BTreeMap::from([(owner, Member::default())]);
        if has_bot {
            members.insert(self.bot.id, Member::default());
        }
        let locale = "en-US".to_owned();
        let (name, is_unavailable) = (name.to_owned(), false);
        let guild = Guild { id, name, owner, roles, members, locale, has_bot, is_unavailable };
        if has_bot {
            self.emit(&Dispatch::GuildCreate(self.guild_create_view(&guild)));
        }
        self.guilds.insert(id, guild);
        id
    }

    /// Takes the bot out of a server, as an administrator of it does.
    pub fn remove_bot(&mut self, guild: Id) {
        let bot = self.bot.id;
        let Some(left) = self.guilds.get_mut(&guild).filter(|guild| guild.has_bot) else { return };
        left.has_bot = false;
        left.members.remove(&bot);
        self.emit(&Dispatch::GuildDelete(guild, false));
    }

    /// Takes the bot into a server that there is.
    pub fn invite_bot(&mut self, guild: Id) {
        let bot = self.bot.id;
        let Some(entered) = self.guilds.get_mut(&guild).filter(|guild| !guild.has_bot) else {
            return;
        };
        entered.has_bot = true;
        entered.members.insert(bot, Member::default());
        self.tell_of(guild);
    }

    /// Discord cannot reach a server any more.
    pub fn begin_outage(&mut self, guild: Id) {
        let Some(lost) = self.guilds.get_mut(&guild).filter(|guild| guild.has_bot) else { return };
        lost.is_unavailable = true;
        self.emit(&Dispatch::GuildDelete(guild, true));
    }

    /// It can again.
    pub fn end_outage(&mut self, guild: Id) {
        let Some(back) = self.guilds.get_mut(&guild).filter(|guild| guild.has_bot) else { return };
        back.is_unavailable = false;
        self.tell_of(guild);
    }

    fn tell_of(&mut self, guild: Id) {
        let told = self.guilds.get(&guild).map(|guild| self.guild_create_view(guild));
        if let Some(view) = told {
            self.emit(&Dispatch::GuildCreate(view));
        }
    }

    /// Returns a new text channel.
    pub fn add_channel(&mut self, guild: Id, name: &str) -> Id {
        self.open_channel(Some(guild), ChannelKind::Text, name, Vec::new(), None)
    }

    /// Returns a new public thread in a channel.
    pub fn add_thread(&mut self, parent: Id, name: &str) -> Id {
        let guild = self.channels.get(&parent).and_then(|channel| channel.guild);
        self.open_channel(guild, ChannelKind::Thread, name, Vec::new(), Some(parent))
    }

    /// Returns the direct messages of the bot and a person.
    pub fn direct_channel(&mut self, user: Id) -> Id {
        let known = self
            .channels
            .values()
            .find(|channel| channel.kind == ChannelKind::Direct && channel.recipients == [user]);
        match known.map(|channel| channel.id) {
            Some(id) => id,
            None => self.open_channel(None, ChannelKind::Direct, "", vec![user], None),
        }
    }

    /// Returns a group of people without the bot, where only a user-installed app is heard.
    pub fn add_group(&mut self, people: Vec<Id>) -> Id {
        self.open_channel(None, ChannelKind::Group, "", people, None)
    }

    fn open_channel(
        &mut self,
        guild: Option<Id>,
        kind: ChannelKind,
        name: &str,
        recipients: Vec<Id>,
        parent: Option<Id>,
    ) -> Id {
        let id = self.mint();
        let overwrites =
            parent.and_then(|id| self.channels.get(&id)).map(|it| it.overwrites.clone());
        let channel = Channel {
            id,
            guild,
            kind,
            name: name.to_owned(),
            recipients,
            parent,
            overwrites: overwrites.unwrap_or_default(),
            last_message: None,
        };
        self.channels.insert(id, channel);
        id
    }

    /// Deletes a channel; what was in it is not to be had any more.
    pub fn remove_channel(&mut self, channel: Id) {
        let Some(gone) = self.channels.remove(&channel) else { return };
        let view = self.channel_view(&gone);
        self.emit(&Dispatch::ChannelDelete(view));
    }

    /// Takes permissions away from a member or a role in one channel, and nothing else.
    pub fn deny(&mut self, channel: Id, target: Id, deny: Permissions) {
        let member = self.users.contains_key(&target);
        let rule = Overwrite { target, member, allow: Permissions::default(), deny };
        if let Some(channel) = self.channels.get_mut(&channel) {
            channel.overwrites.retain(|old| old.target != target);
            channel.overwrites.push(rule);
        }
    }

    /// Takes permissions away from a member or a role in one channel, besides those that are.
    pub fn forbid(&mut self, channel: Id, target: Id, permissions: Permissions) {
        let denied = self.denied(channel, target).with(permissions);
        self.deny(channel, target, denied);
    }

    /// Gives permissions back that were taken away in one channel.
    pub fn permit(&mut self, channel: Id, target: Id, permissions: Permissions) {
        let denied = self.denied(channel, target).without(permissions);
        self.deny(channel, target, denied);
    }

    fn denied(&self, channel: Id, target: Id) -> Permissions {
        let rules = self.channels.get(&channel).into_iter().flat_map(|it| &it.overwrites);
        let mine = rules.into_iter().find(|rule| rule.target == target);
        mine.map_or(Permissions::default(), |rule| rule.deny)
    }

    /// Returns a user by name; made when there is none.
    pub fn user(&mut self, name: &str) -> Id {
        if let Some(known) = self.users.values().find(|user| user.name == name) {
            return known.id;
        }
        let id = self.mint();
        self.users.insert(id, user(id, name, false));
        id
    }

    /// Makes a user a member of a server, with the named role where there is one.
    pub fn join(&mut self, guild: Id, user: Id, role: Option<&str>) {
        let Some(guild) = self.guilds.get_mut(&guild) else { return };
        let named = guild.roles.values().find(|known| Some(known.name.as_str()) == role);
        let role = named.map(|role| role.id);
        let member = guild.members.entry(user).or_default();
        if let Some(role) = role.filter(|role| !member.roles.contains(role)) {
            member.roles.push(role);
        }
    }
}

fn user(id: Id, name: &str, bot: bool) -> User {
    let locale = "en-US".to_owned();
    User { id, name: name.to_owned(), bot, locale, blocks_direct: false }
}
