//! Whom a message would notify.
//!
//! Judged by the payload alone, as if the bot had every permission: a payload that could ping
//! in some server counts as one that pings.

use serde_json::Value;

use super::Id;

/// A notification that a payload would cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    /// The message.
    pub message: Id,
    /// Who would be notified.
    pub target: Target,
}

/// Who is notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// `@everyone`.
    Everyone,
    /// `@here`.
    Here,
    /// A role.
    Role(Id),
    /// A user.
    User(Id),
}

impl Target {
    /// Returns the user, when it is one.
    #[must_use]
    pub fn user(&self) -> Option<Id> {
        match self {
            Self::User(id) => Some(*id),
            Self::Everyone | Self::Here | Self::Role(_) => None,
        }
    }
}

/// Whom `content` notifies, under `allowed_mentions` as Discord documents it: absent means that
/// everything in the content is a mention, and that the author replied to is notified.
#[must_use]
pub(super) fn pings(content: &str, allowed: Option<&Value>, replied_to: Option<Id>) -> Vec<Target> {
    let allowed = allowed.filter(|value| !value.is_null());
    let lists = |key: &str, id: Id| {
        let listed = allowed.and_then(|rules| rules.get(key)).and_then(Value::as_array);
        listed.is_some_and(|ids| ids.iter().filter_map(super::id_of).any(|listed| listed == id))
    };
    let parses = |kind: &str| match allowed {
        None => true,
        Some(rules) => rules
            .get("parse")
            .and_then(Value::as_array)
            .is_some_and(|kinds| kinds.iter().any(|known| known == kind)),
    };
    let mut found: Vec<Target> = mentions(content)
        .into_iter()
        .filter(|target| match target {
            Target::Everyone | Target::Here => parses("everyone"),
            Target::Role(id) => parses("roles") || lists("roles", *id),
            Target::User(id) => parses("users") || lists("users", *id),
        })
        .collect();
    let replies = match allowed {
        None => true,
        Some(rules) => rules.get("replied_user").and_then(Value::as_bool).unwrap_or(false),
    };
    found.extend(replied_to.filter(|_| replies).map(Target::User));
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns every mention that is in a text, code spans included (strict: Discord skips those).
#[must_use]
pub(super) fn mentions(content: &str) -> Vec<Target> {
    let mut found = Vec::new();
    for (word, target) in [("@everyone", Target::Everyone), ("@here", Target::Here)] {
        if content.contains(word) {
            found.push(target);
        }
    }
    for piece in content.split("<@").skip(1) {
        let Some((inner, _)) = piece.split_once('>') else { continue };
        let target = match inner.strip_prefix('&') {
            Some(role) => role.parse().map(Target::Role),
            None => inner.strip_prefix('!').unwrap_or(inner).parse().map(Target::User),
        };
        found.extend(target);
    }
    found
}
