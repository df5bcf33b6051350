//! Messages as Discord accepts them: content, embeds, allowed mentions. Components are checked
//! in their own file; permissions elsewhere. The limits are those of
//! <https://discord.com/developers/docs/resources/message>.

use serde_json::Value;

use super::component;
use super::{FormErrors, RestError, length};

// Flags of messages:
// https://discord.com/developers/docs/resources/message#message-object-message-flags

/// The flag that shows a message only to the person who asked.
pub(super) const EPHEMERAL: u64 = 64;
/// The flag that hides previews of links.
pub const SUPPRESS_EMBEDS: u64 = 4;
/// The flag of a deferred answer that has not come yet.
pub(super) const LOADING: u64 = 128;
/// Silent messages.
pub(super) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// The flags that a bot may set here. Components v2 (`1 << 15`) are not built.
const SETTABLE: u64 = EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS;

/// Checks a message's payload, whatever the route.
///
/// # Errors
///
/// 50035 with every wrong field.
pub(super) fn check(body: &Value) -> Result<(), RestError> {
    let mut errors = FormErrors::default();
    errors.length("content", body.get("content"), 0, 2000);
    check_embeds(body.get("embeds"), &mut errors);
    component::check(body.get("components"), &mut errors);
    check_mentions(body.get("allowed_mentions"), &mut errors);
    if flags(body) & !SETTABLE & !LOADING != 0 {
        errors.add("flags", "MESSAGE_FLAGS_INVALID", "These flags cannot be set.");
    }
    errors.finish()
}

/// Returns the payload's flags.
#[must_use]
pub(super) fn flags(body: &Value) -> u64 {
    body.get("flags").and_then(Value::as_u64).unwrap_or(0)
}

/// Returns what the sender knows the message by.
///
/// # Errors
///
/// 50035 where it is neither a number nor a short text.
pub(super) fn nonce(body: &Value) -> Result<Option<String>, RestError> {
    /// See <https://discord.com/developers/docs/resources/message#create-message>.
    const LONGEST: usize = 25;
    let mut errors = FormErrors::default();
    let nonce = match body.get("nonce") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.len() <= LONGEST => Some(text.clone()),
        Some(Value::Number(number)) if number.is_i64() || number.is_u64() => {
            Some(number.to_string())
        }
        Some(_) => {
            errors.add("nonce", "NONCE_TYPE_INVALID", "Nonce must be an int or a short string.");
            None
        }
    };
    errors.finish().map(|()| nonce)
}

/// Returns the items of a list in a payload; null and absent are empty.
#[must_use]
pub(super) fn list<'a>(body: &'a Value, key: &str) -> &'a [Value] {
    body.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn check_embeds(embeds: Option<&Value>, errors: &mut FormErrors) {
    let embeds = match embeds {
        None | Some(Value::Null) => return,
        Some(Value::Array(embeds)) => embeds,
        Some(_) => return errors.add("embeds", "BASE_TYPE_LIST", "Only lists are allowed."),
    };
    errors.count("embeds", embeds.len(), 0, 10);
    for (index, embed) in embeds.iter().enumerate() {
        check_embed(&format!("embeds.{index}"), embed, errors);
    }
    if embeds.iter().map(embed_size).sum::<usize>() > 6000 {
        let message = "Embed size exceeds maximum size of 6000";
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn check_embed(path: &str, embed: &Value, errors: &mut FormErrors) {
    for (key, max) in [("title", 256), ("description", 4096), ("url", 2048)] {
        errors.length(&format!("{path}.{key}"), embed.get(key), 0, max);
    }
    for (key, part, max) in [("footer", "text", 2048), ("author", "name", 256)] {
        errors.length(&format!("{path}.{key}.{part}"), inner(embed, key, part), 0, max);
    }
    for (key, part) in [("url", None), ("author", Some("url")), ("image", Some("url"))] {
        let url = part.map_or_else(|| embed.get(key), |part| inner(embed, key, part));
        let field = part.map_or_else(|| key.to_owned(), |part| format!("{key}.{part}"));
        check_url(&format!("{path}.{field}"), url, errors);
    }
    if embed.get("color").is_some_and(|color| color.as_u64().is_none_or(|bits| bits > 0x00FF_FFFF))
    {
        let message = "int value should be between 0 and 16777215.";
        errors.add(&format!("{path}.color"), "NUMBER_TYPE_MAX", message);
    }
    let fields = list(embed, "fields");
    errors.count(&format!("{path}.fields"), fields.len(), 0, 25);
    for (index, field) in fields.iter().enumerate() {
        errors.length(&format!("{path}.fields.{index}.name"), field.get("name"), 1, 256);
        errors.length(&format!("{path}.fields.{index}.value"), field.get("value"), 1, 1024);
    }
    if embed_is_empty(embed) {
        errors.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }
}

/// Notes an address that is none.
pub(super) fn check_url(path: &str, url: Option<&Value>, errors: &mut FormErrors) {
    let Some(url) = url.and_then(Value::as_str) else { return };
    let known = ["http://", "https://", "attachment://", "discord://"];
    let plain = url.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if !plain || !known.iter().any(|scheme| url.starts_with(scheme)) {
        let message = format!(
            "Scheme \"{}\" is not supported. Scheme must be one of ('http', 'https').",
            url.split(':').next().unwrap_or_default()
        );
        errors.add(path, "URL_TYPE_INVALID_SCHEME", &message);
    }
}

fn inner<'a>(value: &'a Value, key: &str, part: &str) -> Option<&'a Value> {
    value.get(key).and_then(|value| value.get(part))
}

fn embed_is_empty(embed: &Value) -> bool {
    let keys = ["title", "description", "fields", "footer", "author", "image", "thumbnail", "url"];
    keys.iter().all(|key| match embed.get(key) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(_) => false,
    })
}

fn embed_size(embed: &Value) -> usize {
    let size = |text: Option<&Value>| text.and_then(Value::as_str).map_or(0, length);
    let fields: usize = list(embed, "fields")
        .iter()
        .map(|field| size(field.get("name")) + size(field.get("value")))
        .sum();
    size(embed.get("title"))
        + size(embed.get("description"))
        + size(inner(embed, "footer", "text"))
        + size(inner(embed, "author", "name"))
        + fields
}

fn check_mentions(allowed: Option<&Value>, errors: &mut FormErrors) {
    let Some(allowed) = allowed.filter(|rules| !rules.is_null()) else { return };
    let parse = list(allowed, "parse");
    for (index, kind) in parse.iter().enumerate() {
        if !["users", "roles", "everyone"].iter().any(|known| kind == known) {
            let message = "Value must be one of ('users', 'everyone', 'roles').";
            let path = format!("allowed_mentions.parse.{index}");
            errors.add(&path, "BASE_TYPE_CHOICES", message);
        }
    }
    for kind in ["users", "roles"] {
        let listed = list(allowed, kind).len();
        errors.count(&format!("allowed_mentions.{kind}"), listed, 0, 100);
        if listed > 0 && parse.iter().any(|parsed| parsed == kind) {
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            errors.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
}
