//! The buttons and menus of a conversation, numbered from 1 and never renumbered, so that buttons
//! of old messages can still be pressed. It draws nothing.

use serde_json::Value;

use super::super::Id;
use super::super::world::Message;

/// Something that can be pressed or chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The message it is under.
    pub message: Id,
    /// Its label.
    pub label: String,
    /// `true` if it can be used.
    pub disabled: bool,
    /// Its kind.
    pub kind: Kind,
}

/// The kind of a [`Control`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A button with its custom id.
    Button(String),
    /// A button that opens an address.
    Link(String),
    /// A menu.
    Menu {
        /// Its custom id.
        custom_id: String,
        /// Its entries.
        entries: Vec<Entry>,
    },
    /// Something that a terminal cannot offer, such as a menu of users.
    Other,
}

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// First line.
    pub label: String,
    /// Second line; may be empty.
    pub description: String,
    /// The value that the bot is sent.
    pub value: String,
}

/// All that was offered so far.
#[derive(Debug, Clone, Default)]
pub struct Controls(Vec<Control>);

impl Controls {
    /// Returns the control of this number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&Control> {
        self.0.get(number.checked_sub(1)?)
    }

    /// Returns the latest button or menu whose label begins so, in any case.
    #[must_use]
    pub fn labelled(&self, label: &str) -> Option<&Control> {
        let label = label.to_lowercase();
        let fits = |control: &&Control| control.label.to_lowercase().starts_with(&label);
        self.0.iter().rev().filter(|control| control.kind != Kind::Other).find(fits)
    }

    /// Returns the rows of a message, each control with its number; what was numbered before keeps
    /// it.
    pub fn number(&mut self, message: &Message) -> Vec<Vec<(usize, Control)>> {
        let mut rows = Vec::new();
        for row in &message.components {
            let mut numbered = Vec::new();
            for item in row.get("components").and_then(Value::as_array).into_iter().flatten() {
                let control = control(message.id, item);
                numbered.push((self.number_of(&control), control));
            }
            rows.push(numbered);
        }
        rows
    }

    fn number_of(&mut self, control: &Control) -> usize {
        let same = |old: &Control| old.message == control.message && old.is_same(control);
        if let Some(at) = self.0.iter().position(same) {
            if let Some(old) = self.0.get_mut(at) {
                old.clone_from(control);
            }
            return at + 1;
        }
        self.0.push(control.clone());
        self.0.len()
    }
}

impl Control {
    fn is_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Menu { custom_id: a, .. }, Kind::Menu { custom_id: b, .. })
            | (Kind::Button(a), Kind::Button(b))
            | (Kind::Link(a), Kind::Link(b)) => a == b,
            _ => false,
        }
    }
}

fn control(message: Id, item: &Value) -> Control {
    let text = |key: &str| string(item, key);
    let custom_id = text("custom_id");
    let number = |key: &str| item.get(key).and_then(Value::as_u64);
    let kind = match (number("type"), number("style")) {
        (Some(2), Some(5)) => Kind::Link(text("url")),
        (Some(2), _) => Kind::Button(custom_id),
        (Some(3), _) => Kind::Menu { custom_id, entries: entries(item) },
        _ => Kind::Other,
    };
    let emoji = item.get("emoji").map(|emoji| string(emoji, "name")).unwrap_or_default();
    let words = if number("type") == Some(2) { text("label") } else { text("placeholder") };
    let label = [emoji, words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let disabled = item.get("disabled") == Some(&Value::Bool(true));
    Control { message, label: label.join(" "), disabled, kind }
}

fn entries(item: &Value) -> Vec<Entry> {
    let options = item.get("options").and_then(Value::as_array).into_iter().flatten();
    let entry = |option: &Value| Entry {
        label: string(option, "label"),
        description: string(option, "description"),
        value: string(option, "value"),
    };
    options.map(entry).collect()
}

/// Returns a text of a JSON object; empty where there is none.
pub(super) fn string(object: &Value, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
