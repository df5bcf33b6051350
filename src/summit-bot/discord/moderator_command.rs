//! The moderators' commands become orders. Pure; the file of an import is fetched elsewhere.

use serenity::model::application::{CommandInteraction, ResolvedOption, ResolvedValue};
use serenity::model::channel::Attachment;

use bot::{
    Action, ComponentAction, Import, ImportError, ModeratorCommand, ParsedComponentId,
    SettingsPatch, StatefulAction,
};

/// Returns the order of a command; `None` where it is no command of moderators.
pub(super) fn of(command: &CommandInteraction) -> Option<Action> {
    let options = command.data.options();
    let [ResolvedOption { name, value: ResolvedValue::SubCommand(given), .. }] = &*options else {
        return None;
    };
    let given = Given(given);
    let order = match (command.data.name.as_str(), *name) {
        ("settings", "show") => ModeratorCommand::Show,
        ("settings", "edit") => ModeratorCommand::Edit(SettingsPatch {
            reply: given.text("reply"),
            style: given.text("style"),
            mentions: given.text("mentions"),
            excerpts: given.number("excerpts"),
            keep_unanswered: given.text("keep-unanswered"),
            moderators: given.role("moderators"),
        }),
        ("settings", "channel") => ModeratorCommand::Channel {
            channel: given.channel("channel"),
            mentions: given.text("mentions").unwrap_or_default(),
        },
        ("settings", "undo") => ModeratorCommand::Undo,
        ("settings", "reset") => ModeratorCommand::Reset,
        ("settings", "export") => ModeratorCommand::Export,
        ("settings", "import") => ModeratorCommand::Import(not_fetched()),
        ("curate", "pin") => ModeratorCommand::Pin {
            question: given.text("question").unwrap_or_default(),
            place: given.text("place").unwrap_or_default(),
        },
        ("curate", "hide") => ModeratorCommand::Hide {
            place: given.text("place").unwrap_or_default(),
            reason: given.text("reason").unwrap_or_default(),
        },
        ("curate", "remove") => {
            ModeratorCommand::Remove { entry: given.text("entry").unwrap_or_default() }
        }
        ("curate", "list") => ModeratorCommand::List,
        ("review", "unanswered") => ModeratorCommand::Unanswered { days: given.number("days") },
        ("review", "flags") => ModeratorCommand::Flags { days: given.number("days") },
        _ => return None,
    };
    Some(Action::Moderate(order))
}

/// Returns the order that a press is, where it needs the file that hangs on its message.
pub(super) fn of_press(component: &ParsedComponentId) -> Option<Action> {
    match component {
        Ok((_, ComponentAction::Keep(StatefulAction::Import { revision, digest }))) => {
            Some(Action::Moderate(ModeratorCommand::ConfirmImport {
                revision: *revision,
                digest: *digest,
                import: not_fetched(),
            }))
        }
        _ => None,
    }
}

/// Returns the file that came with a command.
pub(super) fn file(command: &CommandInteraction) -> Option<&Attachment> {
    let resolved = &command.data.resolved.attachments;
    // A command takes one file at most.
    resolved.values().next()
}

/// Returns what an order is to import, to be filled in.
pub(super) fn import_of(action: &mut Action) -> Option<&mut Import> {
    match action {
        Action::Moderate(
            ModeratorCommand::Import(import) | ModeratorCommand::ConfirmImport { import, .. },
        ) => Some(import),
        _ => None,
    }
}

fn not_fetched() -> Import {
    Import { file: Err(ImportError::NotThere), channels: None, roles: None }
}

/// What was filled in; of what Discord does not resolve, nothing.
struct Given<'a>(&'a [ResolvedOption<'a>]);

impl Given<'_> {
    fn find(&self, name: &str) -> Option<&ResolvedValue<'_>> {
        self.0.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.find(name)? {
            ResolvedValue::String(text) => Some((*text).to_owned()),
            _ => None,
        }
    }

    fn number(&self, name: &str) -> Option<i64> {
        match self.find(name)? {
            ResolvedValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    fn channel(&self, name: &str) -> Option<u64> {
        match self.find(name)? {
            ResolvedValue::Channel(channel) => Some(channel.id.get()),
            _ => None,
        }
    }

    fn role(&self, name: &str) -> Option<u64> {
        match self.find(name)? {
            ResolvedValue::Role(role) => Some(role.id.get()),
            _ => None,
        }
    }
}
