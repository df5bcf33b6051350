//! `/settings show`, `edit`, `channel`, `undo` and `reset`.

pub(crate) mod transfer;

use super::options::Options;
use crate::catalogue::{Command, CommandOption, OptionKind, Subcommand};
use crate::community::{
    Change, Community, Edit, Excerpts, Keep, Mentions, Settings, Style, Visibility,
};
use crate::component_id::ComponentAction;
use crate::escape::echo;
use crate::moderation::{saved, wording};
use crate::moderator_command::SettingsPatch;
use crate::moderator_command::{Import, ModeratorCommand};
use crate::notices::{self, ECHO};
use crate::outcome::Decision;
use crate::permission::Permission;
use crate::reply::{Button, Reply, Row, Target};
use crate::request::Venue;
use crate::request_context::RequestContext;
use crate::stateful_action::StatefulAction;
use crate::texts;
use crate::wording::joined;

pub(super) const NAME: &str = "settings";
const SHOW: &str = "show";
const EDIT: &str = "edit";
const CHANNEL: &str = "channel";
const UNDO: &str = "undo";
const RESET: &str = "reset";
const EXPORT: &str = "export";
const IMPORT: &str = "import";

const REPLY: &str = "reply";
const STYLE: &str = "style";
const MENTIONS: &str = "mentions";
const EXCERPTS: &str = "excerpts";
const KEEP_UNANSWERED: &str = "keep-unanswered";
const MODERATORS: &str = "moderators";

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

const SETTINGS: &[CommandOption] = &[
    CommandOption::optional(
        REPLY,
        "Who sees answers to commands: everyone, or only the person asking",
        OptionKind::OneOf(&[("public", "public"), ("private", "private")]),
    ),
    CommandOption::optional(
        STYLE,
        "How answers look",
        OptionKind::OneOf(&[("card", "card"), ("plain", "plain")]),
    ),
    CommandOption::optional(
        MENTIONS,
        "Where I answer mentions: everywhere, only in channels you switch on, or nowhere",
        OptionKind::OneOf(&[("everywhere", "everywhere"), ("listed", "listed"), ("off", "off")]),
    ),
    CommandOption::optional(
        EXCERPTS,
        "How many passages an answer shows at once",
        OptionKind::Number { min: 1, max: 3 },
    ),
    CommandOption::optional(
        KEEP_UNANSWERED,
        "How long unanswered questions are kept for moderators, without names",
        OptionKind::OneOf(&[("off", "off"), ("7-days", "7 days"), ("30-days", "30 days")]),
    ),
    CommandOption::optional(
        MODERATORS,
        "A role that may pin, hide and review; choose @everyone to remove it",
        OptionKind::Role,
    ),
];

pub(super) const COMMAND: Command = Command {
    subcommands: &[
        Subcommand::new(
            SHOW,
            "What is set, who changed it last, and what I can do in this channel",
            &[],
        ),
        Subcommand::new(EDIT, "Change settings", SETTINGS),
        Subcommand::new(
            CHANNEL,
            "Whether I answer mentions in one channel",
            &[
                CommandOption::required(CHANNEL, "The channel", OptionKind::Channel),
                CommandOption::required(
                    MENTIONS,
                    "On, off, or same as the server",
                    OptionKind::OneOf(&[("on", "on"), ("off", "off"), ("inherit", "inherit")]),
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
        EDIT => Some(ModeratorCommand::Edit(SettingsPatch {
            reply: options.text(REPLY),
            style: options.text(STYLE),
            mentions: options.text(MENTIONS),
            excerpts: options.number(EXCERPTS),
            keep_unanswered: options.text(KEEP_UNANSWERED),
            moderators: options.role(MODERATORS),
        })),
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
    let settings = &community.settings;
    let mut lines = vec![HEADING.to_owned()];
    let default_excerpts = view.default_excerpts;
    lines.extend([
        wording::setting(context, &Edit::Reply(settings.reply), default_excerpts),
        wording::setting(context, &Edit::Style(settings.style), default_excerpts),
        wording::setting(context, &Edit::Excerpts(settings.excerpts), default_excerpts),
        wording::setting(
            context,
            &Edit::KeepUnanswered(settings.keep_unanswered),
            default_excerpts,
        ),
        wording::setting(context, &Edit::Moderators(settings.moderators), default_excerpts),
        wording::setting(context, &Edit::Mentions(settings.mentions), default_excerpts),
    ]);
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

/// Sets what is wished for.
pub(crate) fn edit(context: &RequestContext<'_>, patch: &SettingsPatch) -> Decision {
    match edits(context, patch) {
        Ok(edits) if edits.is_empty() => Decision::note(NOTHING_WISHED),
        Ok(edits) => saved(context, edits, texts::SAVED),
        Err(notice) => Decision::note(notice),
    }
}

fn edits(context: &RequestContext<'_>, patch: &SettingsPatch) -> Result<Vec<Edit>, String> {
    let mut edits = Vec::new();
    if let Some(name) = &patch.reply {
        let values = [("public", Visibility::Public), ("private", Visibility::Private)];
        edits.push(Edit::Reply(Some(named(REPLY, name, &values)?)));
    }
    if let Some(name) = &patch.style {
        let values = [("card", Style::Card), ("plain", Style::Plain)];
        edits.push(Edit::Style(Some(named(STYLE, name, &values)?)));
    }
    if let Some(name) = &patch.mentions {
        let values = [
            ("everywhere", Mentions::Everywhere),
            ("listed", Mentions::Listed),
            ("off", Mentions::Off),
        ];
        edits.push(Edit::Mentions(Some(named(MENTIONS, name, &values)?)));
    }
    if let Some(number) = patch.excerpts {
        let excerpts = u8::try_from(number).ok().and_then(|number| Excerpts::try_from(number).ok());
        let excerpts = excerpts.ok_or_else(|| not_excerpts(number))?;
        edits.push(Edit::Excerpts(Some(excerpts)));
    }
    if let Some(name) = &patch.keep_unanswered {
        let values =
            [("off", Keep::Off), ("7-days", Keep::SevenDays), ("30-days", Keep::ThirtyDays)];
        edits.push(Edit::KeepUnanswered(Some(named(KEEP_UNANSWERED, name, &values)?)));
    }
    if let Some(role) = patch.moderators {
        let is_everyone = context.server().is_some_and(|(guild, _)| guild == role);
        edits.push(Edit::Moderators((!is_everyone).then_some(role)));
    }
    Ok(edits)
}

/// Returns the value with this name.
fn named<T: Copy>(option: &str, name: &str, values: &[(&str, T)]) -> Result<T, String> {
    let found = values.iter().find(|(known, _)| *known == name);
    let names = || values.iter().map(|(known, _)| *known).collect::<Vec<_>>();
    found.map(|(_, value)| *value).ok_or_else(|| not_a_value(option, name, &names()))
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
    let values = [("on", Some(true)), ("off", Some(false)), ("inherit", None)];
    let mentions = match named(MENTIONS, mentions, &values) {
        Ok(mentions) => mentions,
        Err(notice) => return Decision::note(notice),
    };
    let channels = &context.view.community.channels;
    let is_new = mentions.is_some() && !channels.contains_key(&channel);
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

/// Returns a value that a setting does not have.
fn not_a_value(option: &str, typed: &str, names: &[&str]) -> String {
    format!("{option} can be {}, not “{}”.", joined(names, "or"), echo(typed, ECHO))
}

/// Returns a number of excerpts that cannot be shown.
fn not_excerpts(number: i64) -> String {
    format!("An answer shows 1 to 3 passages, not {number}.")
}
