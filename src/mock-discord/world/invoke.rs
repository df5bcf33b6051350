//! Interactions from the person's side: commands, presses, choices, forms, typed characters.

use serde_json::{Map, Value, json};

use super::guild::extend;
use super::options::{Typed, filled};
use super::payload::list;
use super::people::{ClientError, blocked};
use super::resolved::{merge, option_of_menu};
use super::{
    Command, Context, Dispatch, FirstResponse, Id, Interaction, InteractionKind, MAX_UPLOAD,
    Permissions, Scope, User, World, component,
};

/// Through whose installation an app is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// The server's.
    Guild = 0,
    /// The person's own.
    User = 1,
}

/// A person in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvocationContext {
    /// Who.
    pub user: Id,
    /// The channel.
    pub channel: Id,
    /// Through whose installation the app is used here.
    pub install: Install,
}

impl World {
    /// Uses a slash command; subcommands follow its name: `"settings show"`.
    ///
    /// # Errors
    ///
    /// Discord's client would not offer or not send it.
    pub fn slash(
        &mut self,
        context: &InvocationContext,
        command: &str,
        options: &[(&str, Value)],
    ) -> Result<Id, ClientError> {
        self.typed_slash(context, command, options, None)
    }

    /// Types into an option that has autocompletion.
    ///
    /// # Errors
    ///
    /// As [`World::slash`], and where the option has no autocompletion.
    pub fn autocomplete(
        &mut self,
        context: &InvocationContext,
        command: &str,
        option: &str,
        text: &str,
    ) -> Result<Id, ClientError> {
        self.typed_slash(context, command, &[], Some(Typed { option, text }))
    }

    fn typed_slash(
        &mut self,
        context: &InvocationContext,
        command: &str,
        options: &[(&str, Value)],
        typed: Option<Typed<'_>>,
    ) -> Result<Id, ClientError> {
        let mut words = command.split_whitespace();
        let name = words.next().unwrap_or_default();
        let path: Vec<&str> = words.collect();
        let mut command = self.offered(context, name, 1)?;
        let options = filled(&command.body, &path, options, typed)?;
        let mut data = command_data(&command);
        let resolved = match typed {
            Some(_) => Map::new(),
            None => self.resolved_options(context, &options)?,
        };
        if !resolved.is_empty() {
            extend(&mut data, json!({"resolved": resolved}));
        }
        extend(&mut data, json!({"options": options}));
        command.name = [&[name], path.as_slice()].concat().join(" ");
        let kind = match typed {
            Some(_) => InteractionKind::Autocomplete,
            None => InteractionKind::Command,
        };
        Ok(self.begin(context, kind, Some(&command), None, &data))
    }

    /// Uses a message command on a message.
    ///
    /// # Errors
    ///
    /// Discord's client would not offer it.
    pub fn message_command(
        &mut self,
        context: &InvocationContext,
        name: &str,
        message: Id,
    ) -> Result<Id, ClientError> {
        let command = self.offered(context, name, 3)?;
        if !self.sees(context.user, message) {
            return blocked("this person does not see that message");
        }
        let Some(target) = self.messages.get(&message) else { return blocked("no such message") };
        let view = self.message_view(target);
        let mut data = command_data(&command);
        let id = message.to_string();
        extend(&mut data, json!({"target_id": id, "resolved": {"messages": {id.clone(): view}}}));
        Ok(self.begin(context, InteractionKind::Command, Some(&command), None, &data))
    }

    /// Presses a button.
    ///
    /// # Errors
    ///
    /// The message is not seen, or has no such button.
    pub fn press(
        &mut self,
        context: &InvocationContext,
        message: Id,
        custom_id: &str,
    ) -> Result<Id, ClientError> {
        let item = self.pressable(context, message, custom_id)?;
        let kind = item.get("type").and_then(Value::as_u64).unwrap_or(0);
        if kind != 2 {
            return blocked(format!("{custom_id} is no button"));
        }
        let data = json!({"custom_id": custom_id, "component_type": kind, "id": item.get("id")});
        Ok(self.begin(context, InteractionKind::Component, None, Some(message), &data))
    }

    /// Chooses from a menu: values of a menu of texts, ids of one of users, roles or channels.
    ///
    /// # Errors
    ///
    /// The message is not seen, or has no such menu or options, or takes more or fewer.
    pub fn select(
        &mut self,
        context: &InvocationContext,
        message: Id,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Id, ClientError> {
        let item = self.pressable(context, message, custom_id)?;
        let bound = |key: &str| item.get(key).and_then(Value::as_u64).unwrap_or(1);
        if !(bound("min_values")..=bound("max_values")).contains(&(values.len() as u64)) {
            return blocked(format!("{custom_id} takes more options or fewer"));
        }
        let options = list(&item, "options");
        let offered = |value: &&str| {
            options.iter().any(|option| option.get("value").is_some_and(|it| it == value))
        };
        let kind = item.get("type").and_then(Value::as_u64).unwrap_or(0);
        let mut resolved = Map::new();
        if let Some(wanted) = option_of_menu(kind) {
            for value in values {
                merge(&mut resolved, self.resolved(context, wanted, &json!(value))?);
            }
        } else if !values.iter().all(offered) {
            return blocked(format!("{custom_id} has no such options"));
        }
        let data = json!({
            "custom_id": custom_id, "component_type": kind, "values": values,
            "id": item.get("id"), "resolved": resolved,
        });
        Ok(self.begin(context, InteractionKind::Component, None, Some(message), &data))
    }

    /// Fills and sends the form that an interaction was answered with.
    ///
    /// # Errors
    ///
    /// There is no such form or field, or a value is missing, too short or too long.
    pub fn submit_modal(
        &mut self,
        context: &InvocationContext,
        interaction: Id,
        values: &[(&str, &str)],
    ) -> Result<Id, ClientError> {
        let known = self.interactions.get(&interaction);
        let Some((FirstResponse::Modal(form), source)) =
            known.and_then(|it| it.response.clone().zip(Some(it.source)))
        else {
            return blocked("that interaction was not answered with a form");
        };
        let filled = component::filled_modal(&form, values)?;
        let data = json!({
            "custom_id": form.get("custom_id"), "components": filled, "resolved": {},
        });
        Ok(self.begin(context, InteractionKind::Modal, None, source, &data))
    }

    /// Returns the slash commands that Discord's client would list for a person in a place.
    #[must_use]
    pub fn offers(&self, context: &InvocationContext) -> Vec<Command> {
        let slash = self.commands.iter().filter(|command| command.kind == 1);
        let offered = slash.filter(|command| self.offered(context, &command.name, 1).is_ok());
        offered.cloned().collect()
    }

    /// Returns the command of this name, if the person would find it in the menu.
    fn offered(
        &self,
        context: &InvocationContext,
        name: &str,
        kind: u64,
    ) -> Result<Command, ClientError> {
        let guild = self.guild_of(context.channel);
        let here = |command: &&Command| {
            let scope = match command.scope {
                Scope::Global => true,
                Scope::Guild(id) => guild == Some(id),
            };
            scope && command.name == name && command.kind == kind
        };
        let Some(command) = self.commands.iter().find(here) else {
            return blocked(format!("no command {name} is registered here"));
        };
        let allows = |key: &str, value: u8| match command.body.get(key) {
            Some(Value::Array(allowed)) => allowed.iter().any(|it| it == value),
            _ => true,
        };
        let interaction_context = self.context_of(context.channel);
        let fits = allows("contexts", interaction_context as u8)
            && allows("integration_types", context.install as u8);
        if !fits && !self.is_forced {
            return blocked(format!("{name} is not offered in this place"));
        }
        let inside = guild.is_none_or(|id| self.guilds.get(&id).is_some_and(|it| it.has_bot));
        if context.install == Install::Guild && !(inside && interaction_context != Context::Private)
        {
            return blocked("the app is not installed in this place");
        }
        let permissions = self.permissions(context.user, context.channel);
        let needed = command.body.get("default_member_permissions").and_then(super::id_of);
        let lacks = guild.is_some() && !permissions.has(Permissions(needed.unwrap_or(0)));
        if !self.is_forced && (lacks || !permissions.has(Permissions::USE_APPLICATION_COMMANDS)) {
            return blocked(format!("this person may not use {name}"));
        }
        Ok(command.clone())
    }

    fn pressable(
        &self,
        context: &InvocationContext,
        message: Id,
        custom_id: &str,
    ) -> Result<Value, ClientError> {
        if !self.is_forced && !self.sees(context.user, message) {
            return blocked("this person does not see that message");
        }
        let rows = self.messages.get(&message).map(|message| message.components.clone());
        let Some(item) = rows.as_deref().and_then(|rows| component::find(rows, custom_id)) else {
            return blocked(format!("that message has no component {custom_id}"));
        };
        if item.get("disabled") == Some(&Value::Bool(true)) {
            return blocked(format!("{custom_id} is disabled"));
        }
        Ok(item.clone())
    }

    /// Begins an interaction with any data: what a hostile or an old client might send.
    pub fn begin(
        &mut self,
        context: &InvocationContext,
        kind: InteractionKind,
        command: Option<&Command>,
        source: Option<Id>,
        data: &Value,
    ) -> Id {
        let id = self.mint();
        let interaction = Interaction {
            id,
            token: token(id),
            kind,
            user: context.user,
            channel: context.channel,
            guild: self.guild_of(context.channel),
            context: self.context_of(context.channel),
            install: context.install,
            command: command.map(|command| command.name.clone()),
            command_type: command.map(|command| command.kind),
            source,
            data: data.clone(),
            began_ms: self.now_ms(),
            response: None,
            original: None,
            followups: 0,
        };
        let view = self.interaction_view(&interaction, data);
        self.interactions.insert(id, interaction);
        self.emit(&Dispatch::InteractionCreate(view));
        id
    }

    /// Sends an interaction's event again.
    pub fn repeat(&mut self, interaction: Id, data: &Value) {
        if let Some(known) = self.interactions.get(&interaction) {
            let view = self.interaction_view(known, data);
            self.emit(&Dispatch::InteractionCreate(view));
        }
    }

    fn interaction_view(&self, interaction: &Interaction, data: &Value) -> Value {
        let user = self.users.get(&interaction.user).unwrap_or(&self.bot);
        let app_permissions = self.app_permissions(interaction);
        let mut view = json!({
            "id": interaction.id.to_string(), "application_id": self.application.to_string(),
            "type": interaction.kind as u8, "token": interaction.token, "version": 1,
            "channel_id": interaction.channel.to_string(), "data": data,
            "locale": user.locale, "entitlements": [], "app_permissions": app_permissions.0.to_string(),
            "authorizing_integration_owners": interaction.owners(),
            "context": interaction.context as u8, "attachment_size_limit": MAX_UPLOAD,
        });
        if let Some(channel) = self.channels.get(&interaction.channel) {
            let mut channel_view = self.channel_view(channel);
            let permissions = self.permissions(interaction.user, channel.id);
            extend(&mut channel_view, json!({"permissions": permissions.0.to_string()}));
            extend(&mut view, json!({"channel": channel_view}));
        }
        extend(&mut view, self.asker_view(interaction, user));
        if let Some(source) = interaction.source.and_then(|id| self.messages.get(&id)) {
            extend(&mut view, json!({"message": self.message_view(source)}));
        }
        view
    }

    /// Returns what the app may do in the place: the server's grant, or what a person's own app
    /// has.
    fn app_permissions(&self, interaction: &Interaction) -> Permissions {
        let granted = self.permissions(self.bot.id, interaction.channel);
        if interaction.install == Install::User || interaction.guild.is_none() {
            let asker = self.permissions(interaction.user, interaction.channel);
            return asker.with(Permissions::EMBED_LINKS).with(Permissions::ATTACH_FILES);
        }
        granted
    }

    /// Returns who asked: a member of a server, or a user.
    fn asker_view(&self, interaction: &Interaction, user: &User) -> Value {
        let guild = interaction.guild.and_then(|id| self.guilds.get(&id));
        let Some(guild) = guild else { return json!({"user": user.view()}) };
        let member = guild.members.get(&interaction.user).cloned().unwrap_or_default();
        let permissions = self.permissions(interaction.user, interaction.channel);
        let mut view = member.view();
        extend(&mut view, json!({"user": user.view(), "permissions": permissions.0.to_string()}));
        json!({
            "guild_id": guild.id.to_string(), "guild_locale": guild.locale, "member": view,
            "guild": {"id": guild.id.to_string(), "locale": guild.locale, "features": []},
        })
    }
}

fn command_data(command: &Command) -> Value {
    let mut data = json!({
        "id": command.id.to_string(), "name": command.name, "type": command.kind,
    });
    if let Scope::Guild(guild) = command.scope {
        extend(&mut data, json!({"guild_id": guild.to_string()}));
    }
    data
}

/// Returns an interaction's token; its id is the last part, by which it is found again.
fn token(interaction: Id) -> String {
    format!("mock-interaction-{interaction}")
}
