//! Registered commands and what Discord accepts as one. The limits are those of
//! <https://discord.com/developers/docs/interactions/application-commands>.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::guild::extend;
use super::payload::list;
use super::{Answer, FormErrors, Id, RestError, World, length};

/// The place where a command is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// In one server.
    Guild(Id),
}

/// A registered command.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Snowflake.
    pub id: Id,
    /// The place where it is registered.
    pub scope: Scope,
    /// The name.
    pub name: String,
    /// 1 slash, 2 user, 3 message command.
    pub kind: u64,
    /// The command object, defaults filled in.
    pub body: Value,
}

impl World {
    /// `GET /applications/{application}/commands`, or of one server.
    ///
    /// # Errors
    ///
    /// Another application, an unknown server.
    pub fn get_commands(&self, application: Id, scope: Scope) -> Answer {
        self.check_scope(application, scope)?;
        let mine = self.commands.iter().filter(|command| command.scope == scope);
        Ok((200, Some(mine.map(|command| command.body.clone()).collect())))
    }

    /// `PUT /applications/{application}/commands`, or of one server: replaces them all.
    ///
    /// # Errors
    ///
    /// Another application, an unknown server, wrong commands.
    pub fn put_commands(&mut self, application: Id, scope: Scope, body: &Value) -> Answer {
        self.check_scope(application, scope)?;
        let Value::Array(bodies) = body else {
            let mut errors = FormErrors::default();
            errors.add("_root", "BASE_TYPE_LIST", "Only lists are allowed.");
            return errors.finish().map(|()| (200, None));
        };
        check_all(bodies)?;
        let mut made = Vec::new();
        for body in bodies {
            made.push(self.made(scope, body));
        }
        self.commands.retain(|command| command.scope != scope);
        self.commands.extend(made);
        self.get_commands(application, scope)
    }

    /// `POST /applications/{application}/commands`, or of one server: adds or replaces one.
    ///
    /// # Errors
    ///
    /// Another application, an unknown server, a wrong command.
    pub fn post_command(&mut self, application: Id, scope: Scope, body: &Value) -> Answer {
        self.check_scope(application, scope)?;
        let mut errors = FormErrors::default();
        check_command("", body, &mut errors);
        errors.finish()?;
        let made = self.made(scope, body);
        let same =
            |old: &Command| old.scope == scope && old.name == made.name && old.kind == made.kind;
        let status = if self.commands.iter().any(same) { 200 } else { 201 };
        self.commands.retain(|old| !same(old));
        let view = made.body.clone();
        self.commands.push(made);
        Ok((status, Some(view)))
    }

    fn check_scope(&self, application: Id, scope: Scope) -> Result<(), RestError> {
        if application != self.application {
            return Err(RestError::new(
                403,
                20012,
                "You are not authorized to perform this action on this application",
            ));
        }
        match scope {
            Scope::Global => Ok(()),
            Scope::Guild(id) => {
                let inside = self.guilds.get(&id).is_some_and(|guild| guild.has_bot);
                if inside { Ok(()) } else { Err(RestError::missing_access()) }
            }
        }
    }

    /// Returns a command of this body; it keeps its id where one of that name and kind is
    /// registered.
    fn made(&mut self, scope: Scope, body: &Value) -> Command {
        let name = body.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = kind_of(body);
        let same = |old: &&Command| old.scope == scope && old.name == name && old.kind == kind;
        let id = self.commands.iter().find(same).map(|old| old.id);
        let id = id.unwrap_or_else(|| self.mint());
        let version = self.mint();
        let mut view = json!({
            "default_member_permissions": null, "nsfw": false, "description": "",
            "name_localizations": null, "description_localizations": null,
            "integration_types": [0], "contexts": null, "options": [],
        });
        extend(&mut view, body.clone());
        // Taken as a number, told as a text.
        if let Some(bits) = body.get("default_member_permissions").and_then(Value::as_u64) {
            extend(&mut view, json!({"default_member_permissions": bits.to_string()}));
        }
        extend(
            &mut view,
            json!({
                "id": id.to_string(), "application_id": self.application.to_string(),
                "version": version.to_string(), "type": kind,
            }),
        );
        if let Scope::Guild(guild) = scope {
            extend(&mut view, json!({"guild_id": guild.to_string()}));
        } else {
            extend(&mut view, json!({"dm_permission": true}));
        }
        Command { id, scope, name, kind, body: view }
    }
}

fn kind_of(body: &Value) -> u64 {
    body.get("type").and_then(Value::as_u64).unwrap_or(1)
}

fn check_all(bodies: &[Value]) -> Result<(), RestError> {
    let mut errors = FormErrors::default();
    for kind in 1..=3 {
        let count = bodies.iter().filter(|body| kind_of(body) == kind).count();
        let max = if kind == 1 { 100 } else { 15 };
        if count > max {
            return Err(RestError::new(
                400,
                30032,
                "Maximum number of application commands reached",
            ));
        }
    }
    let mut names = BTreeSet::new();
    for (index, body) in bodies.iter().enumerate() {
        check_command(&index.to_string(), body, &mut errors);
        let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
        if !names.insert((kind_of(body), name.to_owned())) {
            let text = "Application command names must be unique";
            errors.add(&index.to_string(), "APPLICATION_COMMANDS_DUPLICATE_NAME", text);
        }
    }
    errors.finish()
}

fn check_command(path: &str, body: &Value, errors: &mut FormErrors) {
    if kind_of(body) == 1 {
        check_name(path, body, errors);
        check_description(path, body, errors);
        check_options(path, body, 0, errors);
    } else {
        errors.length(&join(path, "name"), body.get("name"), 1, 32);
        if body.get("description").is_some_and(|text| !text.is_null() && text != "") {
            let text = "Context menu commands cannot have description";
            errors.add(&join(path, "description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", text);
        }
        if !list(body, "options").is_empty() {
            let text = "Context menu commands cannot have options";
            errors.add(&join(path, "options"), "APPLICATION_COMMAND_INVALID_OPTIONS", text);
        }
    }
    if size(body) > 8000 {
        let text = "Command exceeds maximum size (8000)";
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", text);
    }
}

fn check_options(path: &str, body: &Value, depth: u32, errors: &mut FormErrors) {
    let options = list(body, "options");
    errors.count(&join(path, "options"), options.len(), 0, 25);
    let (mut names, mut optional) = (BTreeSet::new(), false);
    for (index, option) in options.iter().enumerate() {
        let path = join(path, &format!("options.{index}"));
        check_name(&path, option, errors);
        check_description(&path, option, errors);
        let kind = kind_of_option(option);
        if !(1..=11).contains(&kind) || (kind <= 2 && depth >= 2) {
            let text = "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.";
            errors.add(&join(&path, "type"), "BASE_TYPE_CHOICES", text);
        }
        if kind <= 2 {
            check_options(&path, option, depth + 1, errors);
        }
        check_choices(&path, option, errors);
        let required = option.get("required") == Some(&Value::Bool(true));
        if required && optional {
            let text = "Required options must be placed before non-required options";
            errors.add(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text);
        }
        optional |= !required && kind > 2;
        if !names.insert(option.get("name").map(ToString::to_string)) {
            let text = "Option name must be unique";
            errors.add(&path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", text);
        }
    }
}

fn kind_of_option(option: &Value) -> u64 {
    option.get("type").and_then(Value::as_u64).unwrap_or(0)
}

fn check_choices(path: &str, option: &Value, errors: &mut FormErrors) {
    let choices = list(option, "choices");
    errors.count(&join(path, "choices"), choices.len(), 0, 25);
    for (index, choice) in choices.iter().enumerate() {
        let path = join(path, &format!("choices.{index}"));
        errors.length(&join(&path, "name"), choice.get("name"), 1, 100);
        if kind_of_option(option) == 3 {
            errors.length(&join(&path, "value"), choice.get("value"), 1, 100);
        }
    }
    let autocompletes = option.get("autocomplete") == Some(&Value::Bool(true));
    if autocompletes && (!choices.is_empty() || !matches!(kind_of_option(option), 3 | 4 | 10)) {
        let text = "Autocomplete cannot be set here";
        errors.add(&join(path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", text);
    }
}

fn check_name(path: &str, body: &Value, errors: &mut FormErrors) {
    let mut names = vec![(join(path, "name"), body.get("name").cloned())];
    if let Some(Value::Object(localized)) = body.get("name_localizations") {
        let place = |locale| join(path, &format!("name_localizations.{locale}"));
        names.extend(localized.iter().map(|(locale, name)| (place(locale), Some(name.clone()))));
    }
    for (path, name) in names {
        errors.length(&path, name.as_ref(), 1, 32);
        let text = name.as_ref().and_then(Value::as_str).unwrap_or_default();
        if !text.chars().all(is_name_char) || text.to_lowercase() != text {
            let code = "APPLICATION_COMMAND_INVALID_NAME";
            errors.add(&path, code, "Command name is invalid");
        }
    }
}

/// Letters, numbers, `-`, `_`, `'`, and the marks of Devanagari and Thai.
fn is_name_char(c: char) -> bool {
    let marks = matches!(c, '\u{0900}'..='\u{097F}' | '\u{0E00}'..='\u{0E7F}');
    c.is_alphanumeric() || matches!(c, '-' | '_' | '\'') || marks
}

fn check_description(path: &str, body: &Value, errors: &mut FormErrors) {
    errors.length(&join(path, "description"), body.get("description"), 1, 100);
    if let Some(Value::Object(localized)) = body.get("description_localizations") {
        for (locale, text) in localized {
            let path = join(path, &format!("description_localizations.{locale}"));
            errors.length(&path, Some(text), 1, 100);
        }
    }
}

/// Returns the size that counts towards the 8,000: names, descriptions and values, the longest of
/// each with its translations.
fn size(body: &Value) -> usize {
    let longest = |key: &str, localized: &str| {
        let own = body.get(key).and_then(Value::as_str).map_or(0, length);
        let others = body.get(localized).and_then(Value::as_object);
        let others = others.into_iter().flatten().filter_map(|(_, text)| text.as_str());
        others.map(length).max().unwrap_or(0).max(own)
    };
    let value = body.get("value").and_then(Value::as_str).map_or(0, length);
    let inner = |key: &str| list(body, key).iter().map(size).sum::<usize>();
    longest("name", "name_localizations")
        + longest("description", "description_localizations")
        + value
        + inner("options")
        + inner("choices")
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
