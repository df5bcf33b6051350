//! The options of a command: those that several commands have, and what was filled in for them.

use std::collections::BTreeMap;

use super::ask::MAX_QUESTION;
use crate::catalogue::OptionKind;

pub(super) const QUESTION: &str = "question";
pub(crate) const SPEAKER: &str = "speaker";
pub(super) const PRIVATE: &str = "private";
pub(crate) const PLACE: &str = "place";

/// The text of a question.
pub(super) const QUESTION_TEXT: OptionKind =
    OptionKind::Text { min: 3, max: MAX_QUESTION, is_completed: false };
/// A name of something, for which choices are offered while it is typed.
pub(super) const COMPLETED: OptionKind = OptionKind::Text { min: 1, max: 100, is_completed: true };

/// The value of an option, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// Text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// The id of a channel.
    Channel(u64),
    /// The id of a role.
    Role(u64),
}

/// The options of a command that were filled in, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options(BTreeMap<String, OptionValue>);

impl<S: Into<String>> FromIterator<(S, OptionValue)> for Options {
    fn from_iter<T: IntoIterator<Item = (S, OptionValue)>>(given: T) -> Self {
        Self(given.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl Options {
    pub(super) fn get(&self, name: &str) -> Option<&OptionValue> {
        self.0.get(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            OptionValue::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            OptionValue::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            OptionValue::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn channel(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            OptionValue::Channel(id) => Some(*id),
            _ => None,
        }
    }
}
