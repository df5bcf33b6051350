//! The options of a command that a person fills in: names and values become the options of an
//! interaction.

use serde_json::{Value, json};

use super::guild::extend;
use super::length;
use super::payload::list;
use super::people::{ClientError, blocked};

/// Types of options that hold ids, by
/// <https://discord.com/developers/docs/interactions/application-commands#application-command-object>.
pub mod option_type {
    /// A person.
    pub const USER: u64 = 6;
    /// A channel.
    pub const CHANNEL: u64 = 7;
    /// A role.
    pub const ROLE: u64 = 8;
    /// A person or a role.
    pub const MENTIONABLE: u64 = 9;
    /// A file.
    pub const ATTACHMENT: u64 = 11;
}

/// An option that is being typed into, for autocompletion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    pub(super) option: &'a str,
    pub(super) text: &'a str,
}

/// Returns the `options` of an interaction: subcommands named in `path`, then values.
pub(super) fn filled(
    body: &Value,
    path: &[&str],
    values: &[(&str, Value)],
    typed: Option<Typed<'_>>,
) -> Result<Value, ClientError> {
    let declared = list(body, "options");
    if let Some((name, rest)) = path.split_first() {
        let inner = declared.iter().find(|option| option.get("name").is_some_and(|it| it == name));
        let Some(inner) = inner else { return blocked(format!("there is no subcommand {name}")) };
        let options = filled(inner, rest, values, typed)?;
        return Ok(json!([{"name": name, "type": inner.get("type"), "options": options}]));
    }
    if declared.iter().any(|option| kind(option) <= 2) {
        return blocked("a subcommand is needed");
    }
    let mut given = Vec::new();
    for (name, value) in values {
        let option = declared.iter().find(|option| option.get("name").is_some_and(|it| it == name));
        let Some(option) = option else { return blocked(format!("there is no option {name}")) };
        if typed.is_none() {
            check(name, option, value)?;
        }
        given.push(json!({"name": name, "type": kind(option), "value": value}));
    }
    if let Some(typed) = typed {
        given.push(focused(declared, typed)?);
        return Ok(Value::Array(given));
    }
    let missing = declared.iter().find(|option| {
        option.get("required") == Some(&Value::Bool(true))
            && !values.iter().any(|(name, _)| option.get("name").is_some_and(|it| it == name))
    });
    match missing.and_then(|option| option.get("name")) {
        Some(name) => blocked(format!("the option {name} is required")),
        None => Ok(Value::Array(given)),
    }
}

fn focused(declared: &[Value], typed: Typed<'_>) -> Result<Value, ClientError> {
    let named = |option: &&Value| option.get("name").is_some_and(|it| it == typed.option);
    let Some(option) = declared.iter().find(named) else {
        return blocked(format!("there is no option {}", typed.option));
    };
    if option.get("autocomplete") != Some(&Value::Bool(true)) {
        return blocked(format!("the option {} has no autocompletion", typed.option));
    }
    let mut view = json!({"name": typed.option, "type": kind(option), "value": typed.text});
    extend(&mut view, json!({"focused": true}));
    Ok(view)
}

fn kind(option: &Value) -> u64 {
    option.get("type").and_then(Value::as_u64).unwrap_or(0)
}

fn check(name: &str, option: &Value, value: &Value) -> Result<(), ClientError> {
    let fits = match kind(option) {
        3 | 6..=9 | 11 => value.is_string(),
        4 => value.is_i64() || value.is_u64(),
        5 => value.is_boolean(),
        10 => value.is_number(),
        _ => false,
    };
    if !fits {
        return blocked(format!("{value} does not fit the option {name}"));
    }
    let choices = list(option, "choices");
    if !choices.is_empty() && !choices.iter().any(|choice| choice.get("value") == Some(value)) {
        return blocked(format!("{value} is none of the choices of {name}"));
    }
    let bound = |key: &str, other| option.get(key).and_then(Value::as_u64).unwrap_or(other);
    let count = value.as_str().map_or(0, length) as u64;
    let (least, most) = (bound("min_length", 0), bound("max_length", 6000));
    if value.is_string() && !(least..=most).contains(&count) {
        return blocked(format!("{name} needs {least} to {most} characters"));
    }
    let limit = |key: &str| option.get(key).and_then(Value::as_f64);
    let number = value.as_f64();
    let outside = number.is_some_and(|number| {
        limit("min_value").is_some_and(|min| number < min)
            || limit("max_value").is_some_and(|max| number > max)
    });
    if outside { blocked(format!("{value} is out of range for {name}")) } else { Ok(()) }
}
