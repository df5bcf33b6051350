//! Buttons, menus and forms as Discord accepts them: action rows only, no components v2. Types,
//! styles and limits are those of <https://discord.com/developers/docs/components/reference>.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::payload::{check_url, list};
use super::people::{ClientError, blocked};
use super::{FormErrors, RestError, length};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const LINK_STYLE: u64 = 5;

/// Checks the components of a message.
pub(super) fn check(components: Option<&Value>, errors: &mut FormErrors) {
    let rows = match components {
        None | Some(Value::Null) => return,
        Some(Value::Array(rows)) => rows,
        Some(_) => return errors.add("components", "BASE_TYPE_LIST", "Only lists are allowed."),
    };
    errors.count("components", rows.len(), 0, 5);
    let mut ids = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("components.{index}");
        if kind(row) != ROW {
            errors.add(&path, "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
            continue;
        }
        let items = list(row, "components");
        errors.count(&format!("{path}.components"), items.len(), 1, 5);
        if items.len() > 1 && items.iter().any(|item| kind(item) != BUTTON) {
            let message = "The specified component exceeds the maximum width";
            errors.add(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}.components.{place}");
            check_item(&path, item, errors);
            check_unique(&path, item, &mut ids, errors);
        }
    }
}

/// Checks the form of a callback of type 9.
///
/// # Errors
///
/// 50035 with every wrong field.
pub(super) fn check_modal(data: &Value) -> Result<(), RestError> {
    let mut errors = FormErrors::default();
    errors.length("data.custom_id", data.get("custom_id"), 1, 100);
    errors.length("data.title", data.get("title"), 1, 45);
    let rows = list(data, "components");
    errors.count("data.components", rows.len(), 1, 5);
    let mut ids = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        for (place, item) in list(row, "components").iter().enumerate() {
            let path = format!("data.components.{index}.components.{place}");
            if kind(item) != TEXT_INPUT {
                errors.add(
                    &path,
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (4,).",
                );
            }
            errors.length(&format!("{path}.custom_id"), item.get("custom_id"), 1, 100);
            errors.length(&format!("{path}.label"), item.get("label"), 1, 45);
            errors.length(&format!("{path}.placeholder"), item.get("placeholder"), 0, 100);
            errors.length(&format!("{path}.value"), item.get("value"), 0, 4000);
            check_unique(&path, item, &mut ids, &mut errors);
        }
    }
    errors.finish()
}

/// Returns the rows of a form as a person fills them in.
///
/// # Errors
///
/// Discord's client would not send it: a field that there is not, that must be filled in, or
/// whose text is too short or too long.
pub(super) fn filled_modal(
    form: &Value,
    values: &[(&str, &str)],
) -> Result<Vec<Value>, ClientError> {
    let rows = list(form, "components");
    let fields: Vec<&Value> =
        rows.iter().filter_map(|row| row.get("components")?.as_array()).flatten().collect();
    let is_field =
        |id: &str| fields.iter().any(|it| it.get("custom_id").is_some_and(|it| it == id));
    if let Some((unknown, _)) = values.iter().find(|(id, _)| !is_field(id)) {
        return blocked(format!("the form has no field {unknown}"));
    }
    let mut filled = Vec::new();
    for row in rows {
        let mut items = Vec::new();
        for field in list(row, "components") {
            let id = field.get("custom_id").and_then(Value::as_str).unwrap_or_default();
            let text = values.iter().find(|(key, _)| *key == id).map_or("", |(_, text)| *text);
            check_filled(field, text)?;
            items.push(json!({"type": TEXT_INPUT, "custom_id": id, "value": text, "id": 2}));
        }
        filled.push(json!({"type": ROW, "components": items, "id": 1}));
    }
    Ok(filled)
}

fn check_filled(field: &Value, text: &str) -> Result<(), ClientError> {
    let bound = |key: &str, other| field.get(key).and_then(Value::as_u64).unwrap_or(other);
    let is_required = field.get("required") != Some(&Value::Bool(false));
    let (least, most) = (bound("min_length", 0), bound("max_length", 4000));
    let count = length(text) as u64;
    let label = field.get("label").and_then(Value::as_str).unwrap_or_default();
    if text.is_empty() {
        return if is_required {
            blocked(format!("“{label}” must be filled in"))
        } else {
            Ok(())
        };
    }
    if (least..=most).contains(&count) {
        return Ok(());
    }
    blocked(format!("“{label}” takes {least} to {most} characters, not {count}"))
}

/// Returns the component with this custom id among the rows of a message.
#[must_use]
pub(super) fn find<'a>(rows: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    let items = rows.iter().filter_map(|row| row.get("components")?.as_array()).flatten();
    items.into_iter().find(|item| item.get("custom_id").is_some_and(|id| id == custom_id))
}

/// Components as Discord gives them back: numbered, defaults filled in.
#[must_use]
pub(super) fn stored(mut rows: Vec<Value>) -> Vec<Value> {
    let mut number = 0_u64;
    for row in &mut rows {
        number += 1;
        set(row, "id", number);
        let Some(items) = row.get_mut("components").and_then(Value::as_array_mut) else { continue };
        for item in items {
            number += 1;
            set(item, "id", number);
            if kind(item) >= STRING_SELECT {
                set(item, "min_values", 1_u64);
                set(item, "max_values", 1_u64);
                set(item, "disabled", false);
            }
        }
    }
    rows
}

fn set(object: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(fields) = object.as_object_mut() {
        fields.entry(key.to_owned()).or_insert_with(|| value.into());
    }
}

fn kind(component: &Value) -> u64 {
    component.get("type").and_then(Value::as_u64).unwrap_or(0)
}

fn check_unique(path: &str, item: &Value, ids: &mut BTreeSet<String>, errors: &mut FormErrors) {
    let Some(id) = item.get("custom_id").and_then(Value::as_str) else { return };
    if !ids.insert(id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        errors.add(&format!("{path}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

fn check_item(path: &str, item: &Value, errors: &mut FormErrors) {
    match kind(item) {
        BUTTON => check_button(path, item, errors),
        STRING_SELECT => check_select(path, item, errors),
        5..=8 => errors.length(&format!("{path}.custom_id"), item.get("custom_id"), 1, 100),
        _ => {
            let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
            errors.add(path, "UNION_TYPE_CHOICES", message);
        }
    }
}

fn check_button(path: &str, button: &Value, errors: &mut FormErrors) {
    let style = button.get("style").and_then(Value::as_u64).unwrap_or(0);
    if !(1..=5).contains(&style) {
        let message = "Value must be one of {1, 2, 3, 4, 5, 6}.";
        errors.add(&format!("{path}.style"), "BASE_TYPE_CHOICES", message);
    }
    errors.length(&format!("{path}.label"), button.get("label"), 0, 80);
    let blank = |key: &str| button.get(key).is_none_or(|value| value.is_null() || value == "");
    if blank("label") && blank("emoji") {
        let message = "A button must have a label or an emoji";
        errors.add(path, "BUTTON_COMPONENT_INVALID", message);
    }
    let (url, id) = (format!("{path}.url"), format!("{path}.custom_id"));
    if style == LINK_STYLE {
        errors.length(&url, button.get("url"), 1, 512);
        check_url(&url, button.get("url"), errors);
        if !blank("custom_id") {
            let message = "A custom id and url cannot both be specified";
            errors.add(&id, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
        }
    } else {
        errors.length(&id, button.get("custom_id"), 1, 100);
        if !blank("url") {
            errors.add(&url, "BUTTON_COMPONENT_INVALID_URL", "Only link buttons have a url");
        }
    }
}

fn check_select(path: &str, select: &Value, errors: &mut FormErrors) {
    errors.length(&format!("{path}.custom_id"), select.get("custom_id"), 1, 100);
    errors.length(&format!("{path}.placeholder"), select.get("placeholder"), 0, 150);
    let options = list(select, "options");
    errors.count(&format!("{path}.options"), options.len(), 1, 25);
    let mut values = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{index}");
        errors.length(&format!("{path}.label"), option.get("label"), 1, 100);
        errors.length(&format!("{path}.value"), option.get("value"), 1, 100);
        errors.length(&format!("{path}.description"), option.get("description"), 0, 100);
        let value = option.get("value").and_then(Value::as_str).unwrap_or_default();
        if !values.insert(value.to_owned()) {
            let message = "The specified option value is already used";
            errors.add(
                &format!("{path}.value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                message,
            );
        }
    }
    let number = |key: &str, other| select.get(key).and_then(Value::as_u64).unwrap_or(other);
    let (min, max) = (number("min_values", 1), number("max_values", 1));
    if min > max || max > 25 || max > u64::try_from(options.len()).unwrap_or(u64::MAX).max(1) {
        let message = "max_values must be between min_values and the number of options";
        errors.add(&format!("{path}.max_values"), "SELECT_COMPONENT_MAX_VALUES", message);
    }
}
