//! Interactions: three seconds for the first answer, one first answer, fifteen minutes of token.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::guild::extend;
use super::payload::{self, EPHEMERAL, LOADING};
use super::{
    Answer, ChannelKind, FormErrors, Id, Install, Permissions, RestError, World, component,
};

/// How long the first answer may take, in milliseconds; see
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction>.
pub const FIRST_ANSWER_MS: u64 = 3_000;
/// How long a token is good, in milliseconds; see
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>.
pub const TOKEN_MS: u64 = 15 * 60_000;

/// The kind of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InteractionKind {
    /// Used a command.
    Command = 2,
    /// Pressed a button or chose from a menu.
    Component = 3,
    /// Typed into an option.
    Autocomplete = 4,
    /// Sent a form.
    Modal = 5,
}

/// The kind of place: Discord's interaction context type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a server.
    Guild = 0,
    /// In the bot's direct messages.
    BotDirect = 1,
    /// In other direct messages and groups.
    Private = 2,
}

/// The first answer to an interaction.
#[derive(Debug, Clone, PartialEq)]
pub enum FirstResponse {
    /// A message, type 4.
    Message,
    /// The bot is thinking, type 5.
    Deferred,
    /// Nothing to be seen, type 6.
    DeferredUpdate,
    /// The message that was pressed has changed, type 7.
    Update,
    /// Suggestions, type 8.
    Choices(Vec<Value>),
    /// A form, type 9.
    Modal(Value),
}

/// One interaction and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Snowflake.
    pub id: Id,
    /// The first answer.
    pub token: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// Who did it.
    pub user: Id,
    /// The channel.
    pub channel: Id,
    /// The server, also where the bot is not in it.
    pub guild: Option<Id>,
    /// Server, bot's direct messages, or private.
    pub context: Context,
    /// Through whose installation.
    pub install: Install,
    /// The name of the command it began with.
    pub command: Option<String>,
    /// 1 slash, 2 user, 3 message command.
    pub command_type: Option<u64>,
    /// The message that was pressed.
    pub source: Option<Id>,
    /// The data that the client sent with it.
    pub data: Value,
    /// When, in milliseconds of Unix time.
    pub began_ms: u64,
    /// The first answer.
    pub response: Option<FirstResponse>,
    /// The message that `@original` names.
    pub original: Option<Id>,
    /// How many follow-ups were sent.
    pub followups: u32,
}

impl World {
    /// Returns the interactions whose three seconds passed without an answer; autocompletion aside,
    /// the person was told that the application did not respond.
    #[must_use]
    pub fn unanswered(&self) -> Vec<&Interaction> {
        let late = |it: &&Interaction| {
            it.response.is_none() && self.now_ms() > it.began_ms + FIRST_ANSWER_MS
        };
        self.interactions.values().filter(late).collect()
    }

    /// `POST /interactions/{interaction}/{token}/callback`.
    ///
    /// # Errors
    ///
    /// Unknown, late (10062) and answered (40060) interactions; wrong types and payloads.
    pub fn callback(&mut self, id: Id, token: &str, body: &Value, with_response: bool) -> Answer {
        self.note(Some(id), None);
        let known = self.interactions.get(&id).filter(|it| it.token == token);
        let interaction = known.ok_or_else(RestError::unknown_interaction)?.clone();
        if interaction.response.is_some() {
            let text = "Interaction has already been acknowledged.";
            return Err(RestError::new(400, 40060, text));
        }
        if self.now_ms() > interaction.began_ms + FIRST_ANSWER_MS {
            return Err(RestError::unknown_interaction());
        }
        let kind = body.get("type").and_then(Value::as_u64).unwrap_or(0);
        let nothing = json!({});
        let data = body.get("data").unwrap_or(&nothing);
        let (response, original) = self.first_response(&interaction, kind, data)?;
        if let Some(stored) = self.interactions.get_mut(&id) {
            stored.response = Some(response);
            stored.original = original;
        }
        self.note(Some(id), original);
        if let (Some(original), 4 | 5) = (original, kind) {
            self.republish_new(original);
        }
        if with_response {
            return Ok((200, Some(self.callback_view(&interaction, kind, original))));
        }
        Ok((204, None))
    }

    fn first_response(
        &mut self,
        interaction: &Interaction,
        kind: u64,
        data: &Value,
    ) -> Result<(FirstResponse, Option<Id>), RestError> {
        use InteractionKind::{Autocomplete, Command, Component, Modal};
        let on_message = interaction.kind == Component
            || (interaction.kind == Modal && interaction.source.is_some());
        match (kind, interaction.kind) {
            (4, Command | Component | Modal) => {
                Ok((FirstResponse::Message, Some(self.answer_message(interaction, data, false)?)))
            }
            (5, Command | Component | Modal) => {
                Ok((FirstResponse::Deferred, Some(self.answer_message(interaction, data, true)?)))
            }
            (6, _) if on_message => Ok((FirstResponse::DeferredUpdate, interaction.source)),
            (7, _) if on_message => {
                let source = interaction.source.unwrap_or(0);
                self.change_message(source, data).map_err(nested)?;
                Ok((FirstResponse::Update, Some(source)))
            }
            (8, Autocomplete) => Ok((FirstResponse::Choices(checked_choices(data)?), None)),
            (9, Command | Component) => {
                component::check_modal(data)?;
                Ok((FirstResponse::Modal(data.clone()), None))
            }
            _ => {
                let mut errors = FormErrors::default();
                let text = "This callback type is not valid for this interaction.";
                errors.add("type", "INTERACTION_CALLBACK_TYPE_INVALID", text);
                errors.finish().map(|()| (FirstResponse::DeferredUpdate, None))
            }
        }
    }

    /// Puts an answer or a "thinking" message into the world, without telling the gateway yet:
    /// its type depends on its being the interaction's first.
    fn answer_message(
        &mut self,
        interaction: &Interaction,
        data: &Value,
        thinking: bool,
    ) -> Result<Id, RestError> {
        let mut message = self.draft(interaction.channel, self.bot.id);
        message.interaction = Some(interaction.id);
        message.flags = payload::flags(data) & EPHEMERAL | self.forced_flags(interaction);
        if thinking {
            message.flags |= LOADING;
        } else {
            self.fill(&mut message, data).map_err(nested)?;
        }
        let id = message.id;
        self.messages.insert(id, message);
        Ok(id)
    }

    /// A user-installed app answers in private where it may not speak in public.
    pub(super) fn forced_flags(&self, interaction: &Interaction) -> u64 {
        let external = interaction.install == Install::User && interaction.guild.is_some();
        let permissions = self.permissions(interaction.user, interaction.channel);
        if external && !permissions.has(Permissions::USE_EXTERNAL_APPS) { EPHEMERAL } else { 0 }
    }

    fn republish_new(&mut self, id: Id) {
        if let Some(message) = self.messages.remove(&id) {
            self.publish(message);
        }
    }

    fn callback_view(&self, interaction: &Interaction, kind: u64, original: Option<Id>) -> Value {
        let message = original.and_then(|id| self.messages.get(&id));
        let mut view = json!({"interaction": {
            "id": interaction.id.to_string(), "type": interaction.kind as u8,
            "response_message_id": original.map(|id| id.to_string()),
            "response_message_loading": message.is_some_and(super::Message::is_loading),
            "response_message_ephemeral": message.is_some_and(super::Message::is_ephemeral),
        }});
        if let (Some(message), 4 | 5 | 7) = (message, kind) {
            let resource = json!({"type": kind, "message": self.message_view(message)});
            extend(&mut view, json!({"resource": resource}));
        }
        view
    }

    /// Returns the `interaction_metadata` of a message.
    #[must_use]
    pub fn metadata_view(&self, interaction: &Interaction) -> Value {
        let user = self.users.get(&interaction.user).unwrap_or(&self.bot);
        let mut view = json!({
            "id": interaction.id.to_string(), "type": interaction.kind as u8, "user": user.view(),
            "authorizing_integration_owners": interaction.owners(),
        });
        if let Some(name) = &interaction.command {
            extend(&mut view, json!({"name": name, "command_type": interaction.command_type}));
        }
        let source = interaction.source.map(|source| source.to_string());
        if interaction.kind == InteractionKind::Modal {
            // What opened the form: a press, or a command.
            let kind = source.as_ref().map_or(2, |_| 3);
            let mut opened = view.clone();
            extend(&mut opened, json!({"type": kind, "interacted_message_id": source}));
            extend(&mut view, json!({"triggering_interaction_metadata": opened}));
        } else if let Some(source) = source {
            extend(&mut view, json!({"interacted_message_id": source}));
        }
        view
    }

    /// Returns which context a channel is for an interaction.
    #[must_use]
    pub fn context_of(&self, channel: Id) -> Context {
        match self.channels.get(&channel) {
            Some(channel) if channel.guild.is_some() => Context::Guild,
            Some(channel)
                if channel.kind == ChannelKind::Direct && channel.recipients.len() == 1 =>
            {
                Context::BotDirect
            }
            _ => Context::Private,
        }
    }
}

impl Interaction {
    /// Returns the `authorizing_integration_owners`: through whose installation it came.
    #[must_use]
    pub fn owners(&self) -> Value {
        match (self.install, self.guild) {
            (Install::User, _) => json!({"1": self.user.to_string()}),
            (Install::Guild, Some(guild)) => json!({"0": guild.to_string()}),
            (Install::Guild, None) => json!({"0": "0"}),
        }
    }
}

/// Returns a refusal of a message's fields, for a payload in which the message is under `data`.
fn nested(mut refusal: RestError) -> RestError {
    if refusal.code == 50035 {
        refusal.errors = refusal.errors.map(|errors| json!({"data": errors}));
    }
    refusal
}

fn checked_choices(data: &Value) -> Result<Vec<Value>, RestError> {
    let choices = payload::list(data, "choices");
    let mut errors = FormErrors::default();
    errors.count("data.choices", choices.len(), 0, 25);
    let mut names = BTreeSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("data.choices.{index}");
        errors.length(&format!("{path}.name"), choice.get("name"), 1, 100);
        match choice.get("value") {
            Some(Value::Number(_)) => {}
            value => errors.length(&format!("{path}.value"), value, 1, 100),
        }
        if !names.insert(choice.get("name").map(ToString::to_string)) {
            let text = "Choice names must be unique";
            errors.add(&path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", text);
        }
    }
    errors.finish().map(|()| choices.to_vec())
}
