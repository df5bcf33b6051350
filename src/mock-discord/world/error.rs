//! Discord's error answers. It knows codes and shapes, not when they are given. The codes are those
//! of <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.

use std::fmt;

use serde_json::{Map, Value, json};

/// A request refused, with what Discord's JSON error body says.
#[derive(Debug, Clone, PartialEq)]
pub struct RestError {
    /// The HTTP status.
    pub status: u16,
    /// Discord's JSON error code; 0 for errors of HTTP itself.
    pub code: u32,
    /// The message of that code.
    pub message: String,
    /// Which fields were wrong, for 50035.
    pub errors: Option<Value>,
    /// Seconds to wait, for 429.
    pub retry_after: Option<f64>,
    /// `true` for a 429 that is about all routes.
    pub global: bool,
}

impl RestError {
    /// A refusal with status, code and message.
    #[must_use]
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        let message = message.to_owned();
        Self { status, code, message, errors: None, retry_after: None, global: false }
    }

    /// No or a wrong token.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    /// No such route.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    /// No such channel.
    #[must_use]
    pub fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    /// No such guild.
    #[must_use]
    pub fn unknown_guild() -> Self {
        Self::new(404, 10004, "Unknown Guild")
    }

    /// No such message.
    #[must_use]
    pub fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    /// An interaction that never was, or is too old.
    #[must_use]
    pub fn unknown_interaction() -> Self {
        Self::new(404, 10062, "Unknown interaction")
    }

    /// The channel is hidden from the bot.
    #[must_use]
    pub fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    /// The bot lacks a permission.
    #[must_use]
    pub fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    /// A body that is no JSON object.
    #[must_use]
    pub fn invalid_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    /// The bot asks too fast.
    #[must_use]
    pub fn rate_limited(retry_after: f64, global: bool) -> Self {
        let mut refusal = Self::new(429, 0, "You are being rate limited.");
        refusal.retry_after = Some(retry_after);
        refusal.global = global;
        refusal
    }

    /// Returns the JSON body of the answer.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(fields) = body.as_object_mut() {
            if let Some(errors) = &self.errors {
                fields.insert("errors".to_owned(), errors.clone());
            }
            if let Some(seconds) = self.retry_after {
                fields.insert("retry_after".to_owned(), json!(seconds));
                fields.insert("global".to_owned(), json!(self.global));
                fields.remove("code");
            }
        }
        body
    }
}

impl fmt::Display for RestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)?;
        match &self.errors {
            Some(errors) => write!(f, " {errors}"),
            None => Ok(()),
        }
    }
}

/// Wrong fields, collected, so that all are reported at once.
#[derive(Debug, Default)]
pub struct FormErrors {
    tree: Map<String, Value>,
}

impl FormErrors {
    /// Notes an error at a dotted path such as `embeds.0.title`.
    pub fn add(&mut self, path: &str, code: &str, message: &str) {
        let mut node = &mut self.tree;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let child = node.entry(key.to_owned()).or_insert_with(|| json!({}));
            let Value::Object(next) = child else { return };
            node = next;
        }
        let list = node.entry("_errors".to_owned()).or_insert_with(|| json!([]));
        if let Value::Array(items) = list {
            items.push(json!({"code": code, "message": message}));
        }
    }

    /// Notes a text that is absent, or longer or shorter than allowed.
    pub fn length(&mut self, path: &str, value: Option<&Value>, min: usize, max: usize) {
        let text = match value {
            None | Some(Value::Null) if min == 0 => return,
            None | Some(Value::Null) => {
                return self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
            }
            Some(Value::String(text)) => text,
            Some(_) => {
                return self.add(
                    path,
                    "STRING_TYPE_CONVERT",
                    "Could not interpret value as string.",
                );
            }
        };
        let count = super::length(text);
        if count > max && min == 0 {
            let message = format!("Must be {max} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", &message);
        } else if count > max || count < min {
            let message = format!("Must be between {min} and {max} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", &message);
        }
    }

    /// Notes a list of more than `max` or fewer than `min` items.
    pub fn count(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if count < min || count > max {
            let message = format!("Must be between {min} and {max} in length.");
            self.add(path, "BASE_TYPE_BAD_LENGTH", &message);
        }
    }

    /// Returns everything noted, as a refusal; nothing noted is no refusal.
    ///
    /// # Errors
    ///
    /// 50035 with all that was noted.
    pub fn finish(self) -> Result<(), RestError> {
        if self.tree.is_empty() {
            return Ok(());
        }
        let mut refusal = RestError::new(400, 50035, "Invalid Form Body");
        refusal.errors = Some(Value::Object(self.tree));
        Err(refusal)
    }
}
