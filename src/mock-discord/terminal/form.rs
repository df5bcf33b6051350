//! A form that the bot has opened, and what has been typed into it so far. Its fields are filled
//! in one after another; it sends nothing itself.

use serde_json::Value;

use super::super::Id;
use super::control::string;
use super::error::InputError;
use super::text::{CONTROL, FAINT, Line, PLAIN, STRONG};

/// A form with the fields that are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// The interaction that was answered with it.
    pub(super) interaction: Id,
    title: String,
    fields: Vec<Field>,
    filled: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    id: String,
    label: String,
    placeholder: String,
    /// The text that is in it from the start.
    before: String,
    required: bool,
    least: u64,
    most: u64,
}

impl Form {
    /// The form of a callback of type 9.
    pub(super) fn new(interaction: Id, data: &Value) -> Self {
        let rows = data.get("components").and_then(Value::as_array).into_iter().flatten();
        let items = rows.filter_map(|row| row.get("components")?.as_array()).flatten();
        let fields = items.map(Field::new).collect();
        Self { interaction, title: string(data, "title"), fields, filled: Vec::new() }
    }

    /// Returns what is asked for next.
    pub(super) fn label(&self) -> Option<&str> {
        self.next().map(|field| field.label.as_str())
    }

    fn next(&self) -> Option<&Field> {
        self.fields.get(self.filled.len())
    }

    /// Puts a text into the next field; nothing typed leaves what is in it. Whether the form
    /// is complete then.
    ///
    /// # Errors
    ///
    /// The field does not take the text.
    pub(super) fn fill(&mut self, text: &str) -> Result<bool, InputError> {
        let Some(field) = self.next() else { return Ok(true) };
        let text = if text.is_empty() { field.before.as_str() } else { text };
        field.check(text)?;
        self.filled.push(text.to_owned());
        Ok(self.filled.len() == self.fields.len())
    }

    /// Returns the fields with what was typed into them.
    pub(super) fn values(&self) -> Vec<(&str, &str)> {
        let filled = self.filled.iter().map(String::as_str);
        self.fields.iter().map(|field| field.id.as_str()).zip(filled).collect()
    }

    /// Returns the form as it opens.
    pub(super) fn opened(&self, width: usize) -> Vec<Line> {
        let mut lines = vec![Line::new(STRONG, format!("A form opens: {}", self.title))];
        lines.extend(self.asked(width));
        lines
    }

    /// Returns what is asked for next.
    pub(super) fn asked(&self, width: usize) -> Vec<Line> {
        let Some(field) = self.next() else { return Vec::new() };
        let bounds = match (field.least, field.most) {
            (0, most) => format!(" (up to {most} characters)"),
            (least, most) => format!(" ({least} to {most} characters)"),
        };
        let head = Line::new(CONTROL, &field.label).then(FAINT, bounds);
        let mut lines = head.wrapped(&Line::new(PLAIN, "  "), width);
        let given = [("such as: ", &field.placeholder), ("now: ", &field.before)];
        for (word, text) in given.into_iter().filter(|(_, text)| !text.is_empty()) {
            let line = Line::new(FAINT, word).then(PLAIN, text);
            lines.extend(line.wrapped(&Line::new(PLAIN, "    "), width));
        }
        let empty = if field.required && field.before.is_empty() {
            ""
        } else {
            " Enter alone leaves it so."
        };
        let how = format!("(type it and press Enter; :cancel closes the form.{empty})");
        lines.extend(Line::new(FAINT, how).wrapped(&Line::new(PLAIN, "  "), width));
        lines
    }
}

impl Field {
    fn new(item: &Value) -> Self {
        let number = |key: &str, other| item.get(key).and_then(Value::as_u64).unwrap_or(other);
        Self {
            id: string(item, "custom_id"),
            label: string(item, "label"),
            placeholder: string(item, "placeholder"),
            before: string(item, "value"),
            required: item.get("required") != Some(&Value::Bool(false)),
            least: number("min_length", 0),
            most: number("max_length", 4000),
        }
    }

    fn check(&self, text: &str) -> Result<(), InputError> {
        let Self { label, required, least, most, .. } = self;
        let count = text.encode_utf16().count() as u64;
        if text.is_empty() {
            let error = InputError::EmptyField(label.clone());
            return if *required { Err(error) } else { Ok(()) };
        }
        if (*least..=*most).contains(&count) {
            return Ok(());
        }
        Err(InputError::FieldLength { label: label.clone(), least: *least, most: *most, count })
    }
}
