//! Orders to the terminal, with `:`: who the tester is and where, and what happens to the
//! bot's connection.

use super::super::world::{Install, InvocationContext, Permissions, World};
use super::draw::{self, Look};
use super::error::InputError;
use super::session::Session;
use super::text::{CONTROL, FAINT, Line, PLAIN};
use super::typed::{META_COMMANDS, MetaCommand, Typed};
use super::waiting::{Done, Wait};

/// Who writes what a message command is tried on.
const OTHER: &str = "someone";
const MODERATOR: &str = "moderator";
/// The role that moderators have, in every server that they go to.
const ROLE: &str = "Moderator";

impl Session<'_> {
    /// Does what it is told.
    pub(super) async fn execute(
        &mut self,
        meta_command: MetaCommand,
        lines: &mut Vec<Line>,
    ) -> Done {
        let here = self.here;
        match meta_command {
            MetaCommand::Aside(text) => {
                return self.done(|world| world.say(&here, &text)).map(|_| Wait::Briefly);
            }
            MetaCommand::App(name, text) => return self.app(&name, text),
            MetaCommand::Apps => lines.extend(self.apps()),
            MetaCommand::As(name) => self.become_person(&name),
            MetaCommand::Force(typed) => return self.forced(*typed, lines),
            MetaCommand::Direct => {
                self.here.install = Install::Guild;
                self.here.channel = self.mock.change(|world| world.direct_channel(here.user));
            }
            MetaCommand::Channel(name) => self.go_to_channel(&name)?,
            MetaCommand::Guild(name) => self.go_to_guild(name.as_deref()),
            MetaCommand::Group => {
                let person = self.mock.member(&self.whereabouts().0).in_group();
                self.here.channel = person.channel();
                self.here.install = Install::User;
            }
            MetaCommand::Locale(code) => {
                let set = |world: &mut World| {
                    world.users.get_mut(&here.user).map(|user| user.locale.clone_from(&code))
                };
                self.mock.change(set);
                lines.push(Line::new(FAINT, format!("(your client's language is {code})")));
            }
            MetaCommand::Offline => return self.drop_connection(lines).await,
            MetaCommand::Cancel => {
                self.form.take().ok_or(InputError::NoForm)?;
                lines.push(Line::new(FAINT, "(the form is closed)"));
            }
            MetaCommand::File(name, text) => {
                let take = |world: &mut World| world.upload(here.channel, &name, text.as_bytes());
                self.mock.change(take);
                lines.push(Line::new(FAINT, format!("({name} is at hand)")));
            }
            MetaCommand::Forbid(name) => lines.push(self.permit(&name, false)?),
            MetaCommand::Allow(name) => lines.push(self.permit(&name, true)?),
            MetaCommand::Raw => lines.extend(self.mock.look(|world| self.news.raw(world))),
            MetaCommand::Help => lines.extend(help(self.look)),
            MetaCommand::Restart | MetaCommand::Quit => {}
        }
        if self.here != here {
            let (user, place) = self.whereabouts();
            lines.push(Line::new(FAINT, format!("(you are {user} in {place})")));
        }
        Ok(Wait::Nothing)
    }

    /// Changes what the bot may do in this channel.
    fn permit(&self, name: &str, allow: bool) -> Result<Line, InputError> {
        let channel = self.here.channel;
        if self.mock.look(|world| draw::guild(world, channel).is_none()) {
            return Err(InputError::PermissionsOutsideGuild);
        }
        let Some(permission) = Permissions::named(name) else {
            let names: Vec<&str> = Permissions::NAMED.iter().map(|(name, _)| *name).collect();
            let (name, known) = (name.to_owned(), names.join(", "));
            return Err(InputError::UnknownPermission { name, known });
        };
        self.mock.change(|world| {
            let bot = world.bot.id;
            if allow {
                world.permit(channel, bot, permission);
            } else {
                world.forbid(channel, bot, permission);
            }
        });
        let may = if allow { "may" } else { "may not" };
        Ok(Line::new(FAINT, format!("(the bot {may} {name} here)")))
    }

    fn app(&self, name: &str, text: Option<String>) -> Done {
        let here = self.here;
        let target = match text {
            Some(text) => {
                let other = self.mock.member(OTHER).id();
                let context = InvocationContext { user: other, ..here };
                self.done(|world| world.say(&context, &text))?
            }
            None => self.last_answer().ok_or(InputError::NothingToUseItOn)?,
        };
        self.done(|world| world.message_command(&here, name, target)).map(Wait::Interaction)
    }

    fn apps(&self) -> Vec<Line> {
        let commands = self.commands();
        let of_messages = commands.iter().filter(|command| command.kind == 3);
        of_messages.map(|it| Line::new(CONTROL, "  · ").then(PLAIN, &it.name)).collect()
    }

    /// Sends what Discord's client would hide, as a changed client does.
    fn forced(&mut self, typed: Typed, lines: &mut Vec<Line>) -> Done {
        self.mock.change(|world| world.is_forced = true);
        let done = self.used(typed, lines);
        self.mock.change(|world| world.is_forced = false);
        done
    }

    fn become_person(&mut self, name: &str) {
        let other = name.strip_prefix(MODERATOR).and_then(|name| name.strip_prefix(' '));
        let person = match other.map(str::trim) {
            Some(other) => self.mock.moderator(other),
            None if name == MODERATOR => self.mock.moderator(name),
            None => self.mock.member(name),
        };
        self.here.user = person.id();
        self.home.user = person.id();
        let is_private = self.mock.look(|world| draw::guild(world, self.here.channel).is_none());
        // Other people's direct messages are closed to the new person.
        if is_private {
            self.here = self.home;
        }
    }

    fn go_to_channel(&mut self, name: &str) -> Result<(), InputError> {
        let guild = self.mock.look(|world| draw::guild(world, self.here.channel));
        let guild = guild.ok_or(InputError::ChannelsOutsideGuild)?;
        self.here.channel = self.mock.change(|world| {
            let mut channels = world.channels.values();
            let known = channels.find(|it| it.guild == Some(guild) && it.name == name);
            match known.map(|channel| channel.id) {
                Some(id) => id,
                None => world.add_channel(guild, name),
            }
        });
        Ok(())
    }

    fn go_to_guild(&mut self, name: Option<&str>) {
        self.here = self.home;
        let Some(name) = name else { return };
        let user = self.here.user;
        self.here.channel = self.mock.change(|world| {
            let known = world.guilds.values().find(|guild| guild.name == name);
            let guild = match known.map(|guild| guild.id) {
                Some(id) => id,
                None => world.add_guild(name, true),
            };
            let home = draw::guild(world, self.home.channel);
            let home = home.and_then(|home| world.guilds.get(&home));
            let role = home.is_some_and(|home| home.has_role(user, ROLE)).then_some(ROLE);
            world.join(guild, user, role);
            let first = world.channels.values().find(|channel| channel.guild == Some(guild));
            match first.map(|channel| channel.id) {
                Some(id) => id,
                None => world.add_channel(guild, "general"),
            }
        });
    }

    async fn drop_connection(&self, lines: &mut Vec<Line>) -> Done {
        let count = |world: &World| world.identifies.len() + world.resumes;
        let before = self.mock.look(count);
        let resumed = self.mock.look(|world| world.resumes);
        self.mock.cut_gateway();
        lines.push(Line::new(FAINT, "(the connection drops)"));
        let again =
            |world: &mut World| (count(world) > before && world.connected() > 0).then_some(());
        let back = self.mock.wait_for(self.patience.connection, again).await;
        back.map_err(|_| InputError::NotReconnected)?;
        let how = if self.mock.look(|world| world.resumes) > resumed {
            "resumed"
        } else {
            "with a new session"
        };
        lines.push(Line::new(FAINT, format!("(the bot is back, {how})")));
        Ok(Wait::Nothing)
    }
}

fn help(look: Look) -> Vec<Line> {
    let rows = [
        ("TEXT", "send a message that mentions the bot"),
        ("> TEXT", "reply to the bot's last answer"),
        ("/COMMAND OPTION: …", "use a command; Tab completes"),
        ("3, [LABEL]", "press button 3, or the last one so labelled"),
        ("2.1", "pick entry 1 of menu 2"),
    ];
    let rows = rows.iter().map(|(typed, purpose)| ((*typed).to_owned(), *purpose));
    let meta_command = META_COMMANDS.iter().map(|(name, argument, purpose)| {
        (format!(":{name} {argument}").trim_end().to_owned(), *purpose)
    });
    rows.chain(meta_command).flat_map(|(typed, purpose)| row(&typed, purpose, look)).collect()
}

/// Returns what is typed, and beside it what it does.
fn row(typed: &str, purpose: &str, look: Look) -> Vec<Line> {
    Line::new(PLAIN, purpose).beside(&Line::new(CONTROL, format!("  {typed:<22} ")), look.width)
}
