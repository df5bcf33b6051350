//! The settings of a server, each declared once: what it is called, what it can be, and how people
//! read it.
//!
//! Its name is that of the option, of the line in an export, and of [`Edit::setting`].

use crate::catalogue::{CommandOption, OptionKind};
use crate::commands::options::{OptionValue, Options};
use crate::community::Edit;
use crate::escape::echo;
use crate::notices::ECHO;
use crate::request_context::RequestContext;
use crate::wording::joined;
use serde_json::{Value, json};

/// A setting of a server.
struct Setting {
    /// The option of `/settings edit` by which it is set. Of several values the first is the
    /// default.
    option: CommandOption,
    /// Its name in a sentence.
    title: &'static str,
}

const SETTINGS: &[Setting] = &[
    Setting {
        option: CommandOption::optional(
            "reply",
            "Who sees answers to commands: everyone, or only the person asking",
            OptionKind::OneOf(&[("public", "public"), ("private", "private")]),
        ),
        title: "Answers to commands",
    },
    Setting {
        option: CommandOption::optional(
            "style",
            "How answers look",
            OptionKind::OneOf(&[("card", "card"), ("plain", "plain")]),
        ),
        title: "Style",
    },
    Setting {
        option: CommandOption::optional(
            "mentions",
            "Where I answer mentions: everywhere, only in channels you switch on, or nowhere",
            OptionKind::OneOf(&[
                ("everywhere", "in every channel"),
                ("listed", "only in channels that are switched on"),
                ("off", "nowhere"),
            ]),
        ),
        title: "Mentions are answered",
    },
    Setting {
        option: CommandOption::optional(
            "excerpts",
            "How many passages an answer shows at once",
            OptionKind::Number { min: 1, max: 3 },
        ),
        title: "Passages per answer",
    },
    Setting {
        option: CommandOption::optional(
            "keep-unanswered",
            "How long unanswered questions are kept for moderators, without names",
            OptionKind::OneOf(&[
                ("off", "not kept"),
                ("7-days", "kept for 7 days, without names"),
                ("30-days", "kept for 30 days, without names"),
            ]),
        ),
        title: "Questions without an answer",
    },
    Setting {
        option: CommandOption::optional(
            "moderators",
            "A role that may pin, hide and review; choose @everyone to remove it",
            OptionKind::Role,
        ),
        title: "Can pin, hide and review",
    },
];

/// The options of `/settings edit`.
pub(super) const OPTIONS: [CommandOption; SETTINGS.len()] = {
    let mut options = [SETTINGS[0].option; SETTINGS.len()];
    let mut index = 1;
    while index < options.len() {
        options[index] = SETTINGS[index].option;
        index += 1;
    }
    options
};

/// Returns the edits that set what was filled in.
///
/// # Errors
/// One sentence on a value that a setting cannot have.
pub(super) fn edits(context: &RequestContext<'_>, given: &Options) -> Result<Vec<Edit>, String> {
    let mut edits = Vec::new();
    for CommandOption { name, kind, .. } in OPTIONS {
        let value = match (kind, given.get(name)) {
            (OptionKind::OneOf(values), Some(OptionValue::Text(typed))) => {
                json!(one_of(name, values, typed)?)
            }
            (OptionKind::Number { min, max }, Some(OptionValue::Number(number))) => {
                let is_shown = (i64::from(min)..=i64::from(max)).contains(number);
                let wrong = || format!("An answer shows {min} to {max} passages, not {number}.");
                is_shown.then(|| json!(number)).ok_or_else(wrong)?
            }
            (OptionKind::Role, Some(OptionValue::Role(role))) => {
                // The role @everyone, which has the server's own id, stands for no role.
                let is_everyone = context.server().is_some_and(|(guild, _)| guild == *role);
                json!((!is_everyone).then_some(role))
            }
            _ => continue,
        };
        edits.extend(Edit::of_setting(name, &value));
    }
    Ok(edits)
}

/// Returns the one of `values` that was typed.
///
/// # Errors
/// One sentence where none was.
pub(super) fn one_of(
    option: &str,
    values: &[(&'static str, &str)],
    typed: &str,
) -> Result<&'static str, String> {
    let names: Vec<&'static str> = values.iter().map(|(name, _)| *name).collect();
    names.iter().find(|name| **name == typed).copied().ok_or_else(|| {
        format!("{option} can be {}, not “{}”.", joined(&names, "or"), echo(typed, ECHO))
    })
}

/// Returns the setting that an edit sets, and its value; `None` where it is about something else.
pub(crate) fn line(context: &RequestContext<'_>, edit: &Edit) -> Option<String> {
    let (name, value) = edit.setting()?;
    let Setting { option, title } = SETTINGS.iter().find(|it| it.option.name == name)?;
    let shown = match option.kind {
        OptionKind::OneOf(values) => {
            let (_, shown) = values.iter().find(|(name, _)| value == *name).or(values.first())?;
            (*shown).to_owned()
        }
        OptionKind::Role => {
            let role = value.as_u64().map_or_else(String::new, |role| format!("<@&{role}>, and "));
            return Some(format!("{title}: {role}members with *Manage Messages*"));
        }
        _ if value.is_null() => context.view.default_excerpts.to_string(),
        _ => value.to_string(),
    };
    let default = if value == Value::Null { " (default)" } else { "" };
    Some(format!("{title}: **{shown}**{default}"))
}
