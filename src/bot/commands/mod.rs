//! The commands, each in a file of its own: how it is declared, how its options are read, what it
//! does, and what only it says.

pub(crate) mod ask;
pub(crate) mod check_quotations;
pub(crate) mod curate;
pub(crate) mod find_in_document;
pub(crate) mod help;
pub(crate) mod options;
pub(crate) mod passage;
pub(crate) mod privacy;
pub(crate) mod remove_answer;
pub(crate) mod review;
pub(crate) mod settings;
pub(crate) mod verify;

use serde_json::Value;

pub use options::{OptionValue, Options};

use crate::catalogue::Command;
use crate::moderator_command::ModeratorCommand;
use crate::request::Action;

/// The commands of everyone.
pub const COMMANDS: &[Command] = &[
    ask::COMMAND,
    passage::COMMAND,
    verify::COMMAND,
    help::COMMAND,
    privacy::COMMAND,
    find_in_document::COMMAND,
    check_quotations::COMMAND,
    remove_answer::COMMAND,
];

/// The commands of moderators, for servers alone.
pub const MODERATION: &[Command] = &[settings::COMMAND, curate::COMMAND, review::COMMAND];

/// Returns the body of `PUT /applications/{id}/commands`, which registers all commands: those of
/// moderators only where what they set can be kept, so that no one sees commands without use.
#[must_use]
pub fn registration(has_store: bool) -> Value {
    let of_moderators = if has_store { MODERATION } else { &[] };
    COMMANDS.iter().chain(of_moderators).map(Command::json).collect()
}

/// Returns registered commands with the option of `/ask` that chooses a document, for where there
/// is more than one.
#[must_use]
pub fn with_document(mut commands: Value) -> Value {
    let ask = commands.as_array_mut().into_iter().flatten().find(|it| it["name"] == ask::NAME);
    let options = ask.and_then(|ask| ask.get_mut("options")).and_then(Value::as_array_mut);
    if let Some(options) = options {
        options.push(ask::OPTIONAL_DOCUMENT.json());
    }
    commands
}

/// Returns the action of a command that was typed after a slash.
#[must_use]
pub fn typed(name: &str, subcommand: Option<&str>, options: &Options) -> Action {
    match (name, subcommand) {
        (ask::NAME, None) => ask::action(options),
        (passage::NAME, None) => passage::action(options),
        (verify::NAME, None) => verify::action(options),
        (help::NAME, None) => Action::Help,
        (privacy::NAME, None) => Action::Privacy,
        (settings::NAME, Some(name)) => moderators(settings::command(name, options)),
        (curate::NAME, Some(name)) => moderators(curate::command(name, options)),
        (review::NAME, Some(name)) => moderators(review::command(name, options)),
        _ => Action::Unknown,
    }
}

fn moderators(command: Option<ModeratorCommand>) -> Action {
    command.map_or(Action::Unknown, Action::Moderate)
}

/// A message that a command of its menu is used on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetMessage {
    /// Its text; of one that has embeds alone, theirs.
    pub text: String,
    /// Whether the bot wrote it.
    pub is_ours: bool,
    /// The person who asked for it, where that is known.
    pub asker: Option<u64>,
}

/// Returns the action of a command from the menu of a message.
#[must_use]
pub fn on_message(name: &str, target: TargetMessage) -> Action {
    let TargetMessage { text: message, is_ours, asker } = target;
    match name {
        find_in_document::NAME => Action::FindInDocument { message },
        check_quotations::NAME => Action::CheckQuotations { message },
        remove_answer::NAME => Action::RemoveAnswer { is_ours, asker },
        _ => Action::Unknown,
    }
}
