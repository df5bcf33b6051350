//! Commands as data, and as the JSON in which Discord takes them.
//!
//! This file knows nothing of which commands there are, or of how they are registered.

use serde_json::{Map, Value, json};

use super::permission::Permission;

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name; of a message command, what is in the menu.
    pub name: Name,
    /// Its description, for a command that is typed.
    pub description: Option<&'static str>,
    /// Its options.
    pub options: &'static [CommandOption],
    /// Its subcommands; a command that has any takes no options of its own.
    pub subcommands: &'static [Subcommand],
    /// The permission that a member needs.
    pub permission: Permission,
}

/// A part of a command, typed behind its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subcommand {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub description: &'static str,
    /// Its options.
    pub options: &'static [CommandOption],
}

/// The name of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Typed after a slash; the same in all languages.
    Slash(&'static str),
    /// In the menu of a message.
    Message(&'static str),
}

/// Something that a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandOption {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// Whether it must be given.
    pub is_required: bool,
}

/// The type of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Text of so many characters.
    Text {
        /// The least.
        min: usize,
        /// The most.
        max: usize,
        /// Whether choices are offered while it is typed.
        is_completed: bool,
    },
    /// Yes or no.
    Flag,
    /// A whole number.
    Number {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// One of these values, each with how it is put in a sentence.
    OneOf(&'static [(&'static str, &'static str)]),
    /// A channel of the server in which messages are written.
    Channel,
    /// A role of the server.
    Role,
    /// A file.
    File,
}

/// Types of channels in which messages are written: text, voice, announcements, threads of the
/// three kinds, stages, forums.
const WRITTEN_IN: [u32; 8] = [0, 2, 5, 10, 11, 12, 13, 15];

impl Command {
    /// Returns a command for everyone, typed after a slash, that takes nothing.
    pub(crate) const fn slash(name: &'static str, description: &'static str) -> Self {
        Self {
            name: Name::Slash(name),
            description: Some(description),
            options: &[],
            subcommands: &[],
            permission: Permission::None,
        }
    }

    /// Returns a command for everyone, in the menu of a message.
    pub(crate) const fn message(name: &'static str) -> Self {
        Self { name: Name::Message(name), description: None, ..Self::slash(name, "") }
    }

    /// Returns the command as Discord takes it. A command of moderators is for servers that the bot
    /// is in; every other also for direct messages and private channels, and as an app of a
    /// person's own.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut command = match self.permission.bits() {
            Some(_) => json!({ "contexts": [0], "integration_types": [0] }),
            None => json!({ "contexts": [0, 1, 2], "integration_types": [0, 1] }),
        };
        match self.name {
            Name::Slash(name) => {
                command["type"] = json!(1);
                command["name"] = json!(name);
            }
            Name::Message(name) => {
                command["type"] = json!(3);
                command["name"] = json!(name);
            }
        }
        if let Some(description) = self.description {
            command["description"] = json!(description);
        }
        if !self.options.is_empty() {
            command["options"] = self.options.iter().map(CommandOption::json).collect();
        }
        if !self.subcommands.is_empty() {
            command["options"] = self.subcommands.iter().map(Subcommand::json).collect();
        }
        if let Some(bits) = self.permission.bits() {
            command["default_member_permissions"] = json!(bits);
        }
        command
    }
}

impl Subcommand {
    pub(crate) const fn new(
        name: &'static str,
        description: &'static str,
        options: &'static [CommandOption],
    ) -> Self {
        Self { name, description, options }
    }

    fn json(&self) -> Value {
        json!({
            "type": 1,
            "name": self.name,
            "description": self.description,
            "options": self.options.iter().map(CommandOption::json).collect::<Vec<_>>(),
        })
    }
}

impl CommandOption {
    pub(crate) const fn required(
        name: &'static str,
        description: &'static str,
        kind: OptionKind,
    ) -> Self {
        Self { name, description, kind, is_required: true }
    }

    pub(crate) const fn optional(
        name: &'static str,
        description: &'static str,
        kind: OptionKind,
    ) -> Self {
        Self { name, description, kind, is_required: false }
    }

    pub(crate) fn json(&self) -> Value {
        let mut option = json!({
            "name": self.name,
            "description": self.description,
            "required": self.is_required,
        });
        match self.kind {
            OptionKind::Flag => option["type"] = json!(5),
            OptionKind::Number { min, max } => {
                option["type"] = json!(4);
                option["min_value"] = json!(min);
                option["max_value"] = json!(max);
            }
            OptionKind::OneOf(values) => {
                let choice = |(value, _): &(&str, &str)| json!({ "name": value.replace('-', " "), "value": value });
                option["type"] = json!(3);
                option["choices"] = values.iter().map(choice).collect();
            }
            OptionKind::Channel => {
                option["type"] = json!(7);
                option["channel_types"] = json!(WRITTEN_IN);
            }
            OptionKind::Role => option["type"] = json!(8),
            OptionKind::File => option["type"] = json!(11),
            OptionKind::Text { min, max, is_completed } => {
                option["type"] = json!(3);
                option["min_length"] = json!(min);
                option["max_length"] = json!(max);
                option["autocomplete"] = json!(is_completed);
            }
        }
        option
    }
}

/// Fields in which two registrations can differ; the rest is Discord's own.
const COMPARED: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "contexts",
    "integration_types",
    "required",
    "min_length",
    "max_length",
    "autocomplete",
    "choices",
    "channel_types",
    "min_value",
    "max_value",
];

/// Returns a list of commands in the one form in which what we send and what Discord holds can be
/// compared: in order of type and name, without what Discord adds and without defaults.
#[must_use]
pub fn canonical(commands: &Value) -> Value {
    let mut commands: Vec<Value> =
        commands.as_array().into_iter().flatten().map(canonical_item).collect();
    commands.sort_by_key(|command| (command["type"].as_u64(), command["name"].to_string()));
    Value::Array(commands)
}

fn canonical_item(item: &Value) -> Value {
    let mut canonical = Map::new();
    for (key, value) in item.as_object().into_iter().flatten() {
        let value = match (key.as_str(), value) {
            ("options", Value::Array(options)) => options.iter().map(canonical_item).collect(),
            ("contexts" | "integration_types" | "channel_types", Value::Array(numbers)) => {
                sorted(numbers)
            }
            ("default_member_permissions", Value::Number(bits)) => json!(bits.to_string()),
            _ => value.clone(),
        };
        if COMPARED.contains(&key.as_str()) && !is_default(&value) {
            canonical.insert(key.clone(), value);
        }
    }
    if !canonical.contains_key("type") {
        canonical.insert("type".to_owned(), json!(1));
    }
    Value::Object(canonical)
}

fn sorted(numbers: &[Value]) -> Value {
    let mut numbers = numbers.to_vec();
    numbers.sort_by_key(Value::as_u64);
    Value::Array(numbers)
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}
