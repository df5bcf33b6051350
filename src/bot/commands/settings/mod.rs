//! `/settings show`, `edit`, `channel`, `undo` and `reset`.

pub(crate) mod table;
pub(crate) mod transfer;

use super::options::Options;
use crate::catalogue::{Command, CommandOption, OptionKind, Subcommand};
use crate::community::{Change, ChannelMentions, Community, Edit, Settings};
use crate::component_id::ComponentAction;
use crate::moderation::{saved, wording};
use crate::moderator_command::{Import, ModeratorCommand};
use crate::notices;
use crate::outcome::Decision;
use crate::permission::Permission;
use crate::reply::{Button, Reply, Row, Target};
use crate::request::Venue;
use crate::request_context::RequestContext;
use crate::stateful_action::StatefulAction;
use crate::texts;
use table::{OPTIONS, edits, one_of};

pub(super) const NAME: &str = "settings";
const SHOW: &str = "show";
const EDIT: &str = "edit";
const CHANNEL: &str = "channel";
const UNDO: &str = "undo";
const RESET: &str = "reset";
const EXPORT: &str = "export";
const IMPORT: &str = "import";

const MENTIONS: &str = "mentions";
const ON: &str = "on";
const OFF: &str = "off";
/// The rules for mentions in a channel.
const RULES: &[(&str, &str)] = &[(ON, "on"), (OFF, "off"), ("inherit", "same as the server")];

const HEADING: &str = "**Settings of this server**";
const NEVER_CHANGED: &str = "No changes in the last 90 days.";
const READ_ONLY: &str = "Nothing can be saved right now.";
const NOTHING_WISHED: &str = "Choose at least one setting; `/settings show` lists them.";
const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
const UNDONE: &str = "**Undone.**";
const UNDONE_ALREADY: &str = "This has already been undone.";
const UNDO_LAST: &str = "Undo the last change";
const NOT_A_CHANNEL: &str = "That isn’t a channel of this server; nothing has changed.";
const NOTHING_TO_RESET: &str = "Everything is already at its default.";
const ASK_RESET: &str = "**Reset all settings?** Pins and hidden passages stay. After that:";
const RESET_NOW: &str = "Reset";
const RESET_DONE: &str = "**Reset.**";

pub(super) const COMMAND: Command = Command {
    subcommands: &[
        Subcommand::new(
            SHOW,
            "What is set, who changed it last, and what I can do in this channel",
            &[],
        ),
        Subcommand::new(EDIT, "Change settings", &OPTIONS),
        Subcommand::new(
            CHANNEL,
            "Whether I answer mentions in one channel",
            &[
                CommandOption::required(CHANNEL, "The channel", OptionKind::Channel),
                CommandOption::required(
                    MENTIONS,
                    "On, off, or same as the server",
                    OptionKind::OneOf(RULES),
                ),
            ],
        ),
        Subcommand::new(UNDO, "Undo the last change", &[]),
        Subcommand::new(RESET, "Reset all settings to their defaults; asks first", &[]),
        Subcommand::new(EXPORT, "Everything that is set, as a file", &[]),
        Subcommand::new(
            IMPORT,
            "Import such a file; shows first what would change",
            &[CommandOption::required("file", "A file made by /settings export", OptionKind::File)],
        ),
    ],
    permission: Permission::ManageServer,
    ..Command::slash(NAME, "How I answer in this server")
};

pub(super) fn command(subcommand: &str, options: &Options) -> Option<ModeratorCommand> {
    match subcommand {
        SHOW => Some(ModeratorCommand::Show),
        EDIT => Some(ModeratorCommand::Edit(options.clone())),
        CHANNEL => Some(ModeratorCommand::Channel {
            channel: options.channel(CHANNEL),
            mentions: options.text(MENTIONS).unwrap_or_default(),
        }),
        UNDO => Some(ModeratorCommand::Undo),
        RESET => Some(ModeratorCommand::Reset),
        EXPORT => Some(ModeratorCommand::Export),
        IMPORT => Some(ModeratorCommand::Import(Import::not_fetched())),
        _ => None,
    }
}

/// The channel rules that are listed.
const LISTED_CHANNELS: usize = 20;

/// Returns all that is set, who changed it last, and what the bot can do here.
pub(crate) fn show(context: &RequestContext<'_>) -> Reply {
    let view = context.view;
    let community = &view.community;
    let mut lines = vec![HEADING.to_owned()];
    let mut edits = community.settings.edits();
    // The rules of channels follow.
    edits.sort_by_key(|edit| matches!(edit, Edit::Mentions(_)));
    lines.extend(edits.iter().map(|edit| wording::setting(context, edit)));
    lines.extend(wording::channels(&community.channels, LISTED_CHANNELS));
    lines.push(wording::curated(community));
    lines.push(match &view.last {
        Some(record) => wording::last_change(context, record),
        None => NEVER_CHANGED.to_owned(),
    });
    if let Venue::Server { permits, .. } = context.place {
        lines.push(wording::self_check(*permits));
    }
    if view.is_read_only {
        lines.push(READ_ONLY.to_owned());
    }
    let undo = view.undoable.as_ref().map(|record| StatefulAction::Undo(record.number));
    let undo = undo.map(|undo| context.button(UNDO_LAST, &ComponentAction::Keep(undo)));
    Reply::note(lines.join("\n")).row(Row::Buttons(undo.into_iter().collect()))
}

/// Sets what was filled in.
pub(crate) fn edit(context: &RequestContext<'_>, given: &Options) -> Decision {
    match edits(context, given) {
        Ok(edits) if edits.is_empty() => Decision::note(NOTHING_WISHED),
        Ok(edits) => saved(context, edits, texts::SAVED),
        Err(notice) => Decision::note(notice),
    }
}

/// Sets a channel's own rule.
pub(crate) fn channel(
    context: &RequestContext<'_>,
    channel: Option<u64>,
    mentions: &str,
) -> Decision {
    let Some(channel) = channel else {
        return Decision::note(NOT_A_CHANNEL);
    };
    let mentions = match one_of(MENTIONS, RULES, mentions) {
        Ok(ON) => ChannelMentions::On,
        Ok(OFF) => ChannelMentions::Off,
        Ok(_) => ChannelMentions::Inherit,
        Err(notice) => return Decision::note(notice),
    };
    let channels = &context.view.community.channels;
    let is_new = mentions != ChannelMentions::Inherit && !channels.contains_key(&channel);
    if is_new && channels.len() >= Community::MAX_CHANNELS {
        return Decision::note(notices::too_many("channel rules", Community::MAX_CHANNELS));
    }
    saved(context, vec![Edit::Channel { channel, mentions }], texts::SAVED)
}

/// Takes back the last change, or, for a button, the change of this number if it is still the
/// last.
pub(crate) fn undo(context: &RequestContext<'_>, number: Option<u64>) -> Decision {
    let view = context.view;
    let undoable = view.undoable.as_deref();
    let record = match (number, undoable) {
        (None, None) => return Decision::note(NOTHING_TO_UNDO),
        (None, Some(record)) => record,
        (Some(number), Some(record)) if record.number == number => record,
        (Some(number), _) => {
            let was_undone = view.last.as_ref().is_some_and(|last| last.undoes == Some(number));
            let text = if was_undone { UNDONE_ALREADY } else { texts::CHANGED_SINCE };
            return Decision::note(text);
        }
    };
    let community = &view.community;
    let edits = record.inverse.clone();
    let text = format!(
        "{}{}\n{}",
        UNDONE,
        wording::edits(context, &edits),
        wording::was_by(context, record)
    );
    let inverse = community.inverse(&edits);
    Decision::note(text).keeping(Change::Undo { number: record.number, edits, inverse })
}

/// Returns what a reset would do, with a button that does it.
pub(crate) fn ask_reset(context: &RequestContext<'_>) -> Reply {
    let edits = reset_edits(&context.view.community);
    if edits.is_empty() {
        return Reply::note(NOTHING_TO_RESET);
    }
    let what = wording::edits(context, &edits);
    let reset = ComponentAction::Keep(StatefulAction::Reset(context.view.revision));
    let target = Target::Danger(reset.id(context.version));
    let label = RESET_NOW.to_owned();
    Reply::note(format!("{ASK_RESET}{what}")).row(Row::Buttons(vec![Button { label, target }]))
}

/// Sets everything back, if nothing has changed since it was asked.
pub(crate) fn reset(context: &RequestContext<'_>, revision: u64) -> Decision {
    if revision != context.view.revision {
        return Decision::note(texts::CHANGED_SINCE);
    }
    saved(context, reset_edits(&context.view.community), RESET_DONE)
}

/// Settings and channel rules go; what moderators chose among the passages stays.
fn reset_edits(community: &Community) -> Vec<Edit> {
    let mut target = community.clone();
    target.settings = Settings::default();
    target.channels.clear();
    community.edits_to(&target)
}
