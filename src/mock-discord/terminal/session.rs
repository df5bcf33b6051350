//! A tester's conversation with a bot on the offline Discord: what is typed becomes what a person
//! does, and what the bot then says is drawn. It prints nothing, and reads nothing but a file that
//! is given to a command.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::world::{
    ClientError, Command, FirstResponse, Install, InvocationContext, World, option_type,
};
use super::super::{Id, MockDiscord};
use super::control::{Control, Controls, Kind};
use super::draw::{self, Look, Viewer};
use super::error::InputError;
use super::form::Form;
use super::named;
use super::news::News;
use super::slash::{self, Candidate, Completion, Given};
use super::text::{CONTROL, FAINT, FAULT, Line, PLAIN};
use super::typed::{self, MetaCommand, Typed};
use super::waiting::{Done, Wait};

/// Who the tester is at first.
const NAME: &str = "tester";

/// How long the bot is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until it says something.
    pub answer: Duration,
    /// After it has spoken, in case that it goes on.
    pub quiet: Duration,
    /// Until it is connected again.
    pub connection: Duration,
    /// How far the world's clock is set forward by each line, where it is stepped.
    pub step: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(4),
            quiet: Duration::from_millis(120),
            connection: Duration::from_secs(20),
            step: Duration::ZERO,
        }
    }
}

/// Lines to try for someone who has never asked the bot anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// A question.
    pub question: String,
    /// A follow-up to its answer.
    pub reply: String,
}

/// The result of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The lines to show.
    pub lines: Vec<Line>,
    /// The task of the caller then.
    pub next: Next,
}

/// A task for the caller of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Read the next line.
    Go,
    /// Stop the bot, start it again, and call [`Session::reconnected`].
    Restart,
    /// End.
    Quit,
}

/// A conversation.
#[derive(Debug)]
pub struct Session<'a> {
    pub(super) mock: &'a MockDiscord,
    pub(super) look: Look,
    pub(super) patience: Patience,
    pub(super) here: InvocationContext,
    pub(super) home: InvocationContext,
    controls: Controls,
    pub(super) news: News,
    /// The form that is open.
    pub(super) form: Option<Form>,
    /// `true` until the tester was told how to go on.
    hints: bool,
    /// Names that the bot suggested, and their values.
    suggested: Vec<(String, Value)>,
}

impl<'a> Session<'a> {
    /// A member of the mock's first server, in its first channel.
    #[must_use]
    pub fn new(mock: &'a MockDiscord, look: Look, patience: Patience) -> Self {
        let person = mock.member(NAME);
        let here = InvocationContext {
            user: person.id(),
            channel: person.channel(),
            install: Install::Guild,
        };
        let news = mock.look(News::from_now);
        let (controls, suggested) = (Controls::default(), Vec::new());
        let (form, hints) = (None, false);
        Self { mock, look, patience, here, home: here, controls, news, form, hints, suggested }
    }

    /// Returns what someone who has never seen this needs to know. Hints are given then, too.
    #[must_use]
    pub fn greeting(&mut self, examples: &Examples) -> Vec<Line> {
        self.hints = true;
        let (user, place) = self.whereabouts();
        let here = format!(
            "You are {user} in {place}, a channel of a Discord on this computer, and the bot is there. Nothing leaves this computer."
        );
        let ways = [
            ("ask", format!("type a question and press Enter: {}", examples.question)),
            ("press", "type the number of a button and press Enter: 1".to_owned()),
            (
                "reply",
                format!("type > and what you say to the bot’s last answer: > {}", examples.reply),
            ),
            (
                "more",
                "/ and Tab list the bot’s commands; :help says what else; :quit leaves".to_owned(),
            ),
        ];
        let mut lines = Line::new(PLAIN, here).wrapped(&Line::default(), self.look.width);
        for (way, how) in ways {
            lines.extend(
                Line::new(PLAIN, how)
                    .beside(&Line::new(CONTROL, format!("  {way:<7}")), self.look.width),
            );
        }
        lines
    }

    /// Returns what is before what is typed.
    #[must_use]
    pub fn prompt(&self) -> String {
        if let Some(label) = self.form.as_ref().and_then(Form::label) {
            return format!("{label} › ");
        }
        let (user, place) = self.whereabouts();
        format!("{user} in {place} › ")
    }

    pub(super) fn whereabouts(&self) -> (String, String) {
        let InvocationContext { user, channel, .. } = self.here;
        let home = self.home.channel;
        self.mock.look(|world| {
            let place = draw::place(world, channel);
            let guild = draw::guild(world, channel);
            let foreign = guild.filter(|_| guild != draw::guild(world, home));
            let named = foreign.and_then(|id| world.guilds.get(&id));
            let place = named.map_or(place.clone(), |guild| format!("{place} of {}", guild.name));
            (draw::user_name(world, user), place)
        })
    }

    /// Does what was typed, and shows what the bot says to it.
    pub async fn enter(&mut self, line: &str) -> Entered {
        if !self.patience.step.is_zero() {
            self.mock.advance(self.patience.step);
        }
        let typed = match (&self.form, typed::read(line)) {
            (None, typed) | (_, typed @ (Typed::MetaCommand(_) | Typed::Wrong(_))) => typed,
            (Some(_), _) => Typed::Fill(line.trim().to_owned()),
        };
        match &typed {
            Typed::MetaCommand(MetaCommand::Quit) => {
                return Entered { lines: Vec::new(), next: Next::Quit };
            }
            Typed::MetaCommand(MetaCommand::Restart) => {
                let lines = vec![Line::new(FAINT, "(the bot restarts)")];
                return Entered { lines, next: Next::Restart };
            }
            Typed::Complete(before) => return self.completed(before).await,
            _ => {}
        }
        let keeps_record = matches!(
            typed,
            Typed::MetaCommand(MetaCommand::Raw | MetaCommand::Help) | Typed::Nothing
        );
        if !keeps_record {
            self.mock.look(|world| self.news.begin(world));
        }
        let mut lines = Vec::new();
        let waited = match self.act(typed, &mut lines).await {
            Ok(wait) => self.settle(wait).await,
            Err(error) => Some(error.to_string()),
        };
        lines.extend(self.drawn());
        if let Some(why) = waited {
            lines.extend(self.fault(&why));
        }
        Entered { lines, next: Next::Go }
    }

    /// Waits until the bot is connected again, and says so.
    pub async fn reconnected(&mut self) -> Vec<Line> {
        match self.mock.connected(self.patience.connection).await {
            Ok(()) => vec![Line::new(FAINT, "(the bot is back)")],
            Err(_) => self.fault(&InputError::NotReconnected.to_string()),
        }
    }

    /// Returns what Tab offers behind `line`, each as a whole line.
    pub async fn complete(&mut self, line: &str) -> Vec<Candidate> {
        match slash::complete(line, &self.offered()) {
            Completion::Offer(offer) => offer,
            Completion::Name { kind, typed } => {
                let before = line.strip_suffix(&typed).unwrap_or(line);
                let here = self.here;
                let names = self.mock.look(|world| named::offered(world, here, kind, &typed));
                names.iter().map(|name| slash::replacing(before, name, name)).collect()
            }
            Completion::Ask { command, option, typed } => {
                let before = line.strip_suffix(&typed).unwrap_or(line);
                let choices = self.suggestions(&command, &option, &typed).await;
                choices.iter().map(|name| slash::replacing(before, name, name)).collect()
            }
        }
    }

    async fn suggestions(&mut self, command: &str, option: &str, typed: &str) -> Vec<String> {
        let here = self.here;
        let asked = self.mock.change(|world| world.autocomplete(&here, command, option, typed));
        let Ok(asked) = asked else { return Vec::new() };
        let answer = |world: &mut World| world.interactions.get(&asked)?.response.clone();
        let answer = self.mock.wait_for(self.patience.answer, answer).await;
        let Ok(FirstResponse::Choices(choices)) = answer else { return Vec::new() };
        let mut names = Vec::new();
        for choice in choices {
            let name = super::control::string(&choice, "name");
            let value = choice.get("value").cloned().unwrap_or_default();
            self.suggested.retain(|(known, _)| *known != name);
            self.suggested.push((name.clone(), value));
            names.push(name);
        }
        names
    }

    async fn completed(&mut self, before: &str) -> Entered {
        let offer = self.complete(before).await;
        let line = |it: &Candidate| Line::new(PLAIN, &it.shown);
        let margin = Line::new(CONTROL, "  · ");
        let mut lines: Vec<Line> =
            offer.iter().flat_map(|it| line(it).wrapped(&margin, self.look.width)).collect();
        if lines.is_empty() {
            lines.push(Line::new(FAINT, "(nothing to complete)"));
        }
        Entered { lines, next: Next::Go }
    }

    async fn act(&mut self, typed: Typed, lines: &mut Vec<Line>) -> Done {
        let here = self.here;
        match typed {
            Typed::Nothing | Typed::Complete(_) => Ok(Wait::Nothing),
            Typed::Wrong(why) => Err(InputError::Wrong(why)),
            Typed::Say(text) => {
                let is_direct = self.mock.look(|world| draw::guild(world, here.channel).is_none());
                let text = if is_direct { text } else { self.addressed(&text) };
                self.done(|world| world.say(&here, &text)).map(|_| Wait::Message)
            }
            Typed::Reply(text) => {
                let last = self.last_answer().ok_or(InputError::NothingToReplyTo)?;
                self.done(|world| world.reply_to(&here, last, &text)).map(|_| Wait::Message)
            }
            Typed::Fill(text) => self.fill(&text, lines),
            Typed::MetaCommand(meta_command) => self.execute(meta_command, lines).await,
            typed => self.used(typed, lines),
        }
    }

    /// Uses a command, a button or a menu.
    pub(super) fn used(&self, typed: Typed, lines: &mut Vec<Line>) -> Done {
        match typed {
            Typed::Slash(text) => self.slash(&text),
            Typed::Press(number) => {
                let control = self.controls.get(number).cloned();
                self.press(control.ok_or(InputError::UnknownButton(number))?, lines)
            }
            Typed::PressLabel(label) => {
                let control = self.controls.labelled(&label).cloned();
                self.press(control.ok_or(InputError::UnknownLabel(label))?, lines)
            }
            Typed::Pick(menu, entries) => self.pick(menu, &entries),
            _ => Ok(Wait::Nothing),
        }
    }

    pub(super) fn done(
        &self,
        action: impl FnOnce(&mut World) -> Result<Id, ClientError>,
    ) -> Result<Id, InputError> {
        Ok(self.mock.change(action)?)
    }

    fn addressed(&self, text: &str) -> String {
        format!("<@{}> {text}", self.mock.look(|world| world.bot.id))
    }

    /// Returns the commands that Discord's client would list here.
    fn offered(&self) -> Vec<Command> {
        let here = self.here;
        self.mock.look(|world| world.offers(&here))
    }

    pub(super) fn commands(&self) -> Vec<Command> {
        self.mock.look(|world| world.commands.clone())
    }

    fn slash(&self, text: &str) -> Done {
        let slash = slash::read(text, &self.commands())?;
        let mut options = Vec::new();
        for given in &slash.options {
            options.push((given.name.as_str(), self.meant(given)?));
        }
        let here = self.here;
        self.done(|world| world.slash(&here, &slash.command, &options)).map(Wait::Interaction)
    }

    /// Returns what Discord's client would send for what was typed.
    fn meant(&self, given: &Given) -> Result<Value, InputError> {
        if given.kind == option_type::ATTACHMENT {
            return self.file(given.value.as_str().unwrap_or_default());
        }
        let name = given.value.as_str().unwrap_or_default();
        if let Some((_, value)) = self.suggested.iter().find(|(known, _)| known == name) {
            return Ok(value.clone());
        }
        let here = self.here;
        self.mock.look(|world| named::value(world, here, given.kind, &given.value))
    }

    /// Returns a file that was seen in the conversation, or one on this computer.
    fn file(&self, name: &str) -> Result<Value, InputError> {
        if let Some(id) = self.mock.look(|world| named::file(world, name)) {
            return Ok(json!(id.to_string()));
        }
        let bytes = fs::read(name).map_err(|_| InputError::UnknownFile(name.to_owned()))?;
        let channel = self.here.channel;
        let id = self.mock.change(|world| world.upload(channel, name, &bytes));
        Ok(json!(id.to_string()))
    }

    fn fill(&mut self, text: &str, lines: &mut Vec<Line>) -> Done {
        let Some(form) = self.form.as_mut() else { return Ok(Wait::Nothing) };
        if !form.fill(text)? {
            lines.extend(form.asked(self.look.width));
            return Ok(Wait::Nothing);
        }
        let Some(form) = self.form.take() else { return Ok(Wait::Nothing) };
        let here = self.here;
        let sent = self.done(|world| world.submit_modal(&here, form.interaction, &form.values()));
        sent.map(Wait::Interaction)
    }

    fn press(&self, control: Control, lines: &mut Vec<Line>) -> Done {
        let here = self.here;
        match control.kind {
            Kind::Button(id) => {
                self.done(|world| world.press(&here, control.message, &id)).map(Wait::Interaction)
            }
            Kind::Link(url) => {
                lines.push(Line::new(FAINT, format!("(a browser would open {url})")));
                Ok(Wait::Nothing)
            }
            Kind::Menu { .. } => Err(InputError::MenuPressed),
            Kind::Other => Err(InputError::NotSupported),
        }
    }

    fn pick(&self, menu: usize, numbers: &[usize]) -> Done {
        let control = self.controls.get(menu);
        let Some(Control { message, kind: Kind::Menu { custom_id, entries }, .. }) = control else {
            return Err(InputError::UnknownMenu(menu));
        };
        let mut values = Vec::new();
        for entry in numbers.iter().copied() {
            let chosen = entry.checked_sub(1).and_then(|index| entries.get(index));
            let chosen = chosen.ok_or(InputError::UnknownEntry { menu, entry })?;
            values.push(chosen.value.as_str());
        }
        let here = self.here;
        self.done(|world| world.select(&here, *message, custom_id, &values)).map(Wait::Interaction)
    }

    /// Returns the bot's latest message here that can be replied to.
    pub(super) fn last_answer(&self) -> Option<Id> {
        let InvocationContext { user, channel, .. } = self.here;
        self.mock.look(|world| {
            let fits = |id: &&Id| {
                world.messages.get(id).is_some_and(|message| {
                    message.author == world.bot.id
                        && message.channel == channel
                        && !message.is_ephemeral()
                        && world.sees(user, **id)
                })
            };
            world.messages.keys().rev().find(fits).copied()
        })
    }

    /// Returns all that the bot said and did wrong since the last look.
    fn drawn(&mut self) -> Vec<Line> {
        let InvocationContext { user, channel, .. } = self.here;
        let form = self.mock.look(|world| self.news.form(world, user));
        let (news, controls, look) = (&mut self.news, &mut self.controls, self.look);
        let viewer = Viewer { user, channel };
        let mut lines = self.mock.look(|world| news.draw(world, viewer, controls, look));
        if let Some(form) = form {
            lines.extend(form.opened(look.width));
            self.form = Some(form);
        }
        lines.extend(self.hint());
        lines
    }

    /// Once, under the first answer that can be pressed: what can be done with it.
    fn hint(&mut self) -> Vec<Line> {
        let Some(first) = self.controls.get(1).filter(|_| self.hints) else { return Vec::new() };
        let hint = format!(
            "(type 1 to press “{}”, or > and a follow-up to reply to this answer)",
            first.label
        );
        self.hints = false;
        Line::new(FAINT, hint).wrapped(&Line::default(), self.look.width)
    }

    fn fault(&self, why: &str) -> Vec<Line> {
        Line::new(FAULT, why).wrapped(&Line::new(FAULT, "! "), self.look.width)
    }
}
