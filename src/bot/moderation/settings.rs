//! `/settings show`, `edit`, `channel`, `undo` and `reset`.

use super::super::component_id::ComponentAction;
use super::super::moderator_command::SettingsPatch;
use super::super::notices;
use super::super::outcome::Decision;
use super::super::reply::{Button, Reply, Row, Target};
use super::super::request::Venue;
use super::super::request_context::RequestContext;
use super::super::stateful_action::StatefulAction;
use super::{saved, wording};
use crate::community::{
    Change, Community, Edit, Excerpts, Keep, Mentions, Settings, Style, Visibility,
};
use crate::texts;

/// The channel rules that are listed.
const LISTED_CHANNELS: usize = 20;

/// Returns all that is set, who changed it last, and what the bot can do here.
pub(super) fn show(context: &RequestContext<'_>) -> Reply {
    let view = context.view;
    let community = &view.community;
    let settings = &community.settings;
    let mut lines = vec![texts::SETTINGS_HEADING.to_owned()];
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
        None => texts::NEVER_CHANGED.to_owned(),
    });
    if let Venue::Server { permits, .. } = context.place {
        lines.push(wording::self_check(*permits));
    }
    if view.is_read_only {
        lines.push(texts::READ_ONLY.to_owned());
    }
    let undo = view.undoable.as_ref().map(|record| StatefulAction::Undo(record.number));
    let undo = undo.map(|undo| context.button(texts::UNDO_LAST, &ComponentAction::Keep(undo)));
    Reply::note(lines.join("\n")).row(Row::Buttons(undo.into_iter().collect()))
}

/// Sets what is wished for.
pub(super) fn edit(context: &RequestContext<'_>, patch: &SettingsPatch) -> Decision {
    match edits(context, patch) {
        Ok(edits) if edits.is_empty() => Decision::note(texts::NOTHING_WISHED),
        Ok(edits) => saved(context, edits, texts::SAVED),
        Err(notice) => Decision::note(notice),
    }
}

fn edits(context: &RequestContext<'_>, patch: &SettingsPatch) -> Result<Vec<Edit>, String> {
    let mut edits = Vec::new();
    if let Some(name) = &patch.reply {
        let values = [("public", Visibility::Public), ("private", Visibility::Private)];
        edits.push(Edit::Reply(Some(named("reply", name, &values)?)));
    }
    if let Some(name) = &patch.style {
        let values = [("card", Style::Card), ("plain", Style::Plain)];
        edits.push(Edit::Style(Some(named("style", name, &values)?)));
    }
    if let Some(name) = &patch.mentions {
        let values = [
            ("everywhere", Mentions::Everywhere),
            ("listed", Mentions::Listed),
            ("off", Mentions::Off),
        ];
        edits.push(Edit::Mentions(Some(named("mentions", name, &values)?)));
    }
    if let Some(number) = patch.excerpts {
        let excerpts = u8::try_from(number).ok().and_then(|number| Excerpts::try_from(number).ok());
        let excerpts = excerpts.ok_or_else(|| notices::not_excerpts(number))?;
        edits.push(Edit::Excerpts(Some(excerpts)));
    }
    if let Some(name) = &patch.keep_unanswered {
        let values =
            [("off", Keep::Off), ("7-days", Keep::SevenDays), ("30-days", Keep::ThirtyDays)];
        edits.push(Edit::KeepUnanswered(Some(named("keep-unanswered", name, &values)?)));
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
    found.map(|(_, value)| *value).ok_or_else(|| notices::not_a_value(option, name, &names()))
}

/// Sets a channel's own rule.
pub(super) fn channel(
    context: &RequestContext<'_>,
    channel: Option<u64>,
    mentions: &str,
) -> Decision {
    let Some(channel) = channel else {
        return Decision::note(texts::NOT_A_CHANNEL);
    };
    let values = [("on", Some(true)), ("off", Some(false)), ("inherit", None)];
    let mentions = match named("mentions", mentions, &values) {
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
pub(super) fn undo(context: &RequestContext<'_>, number: Option<u64>) -> Decision {
    let view = context.view;
    let undoable = view.undoable.as_deref();
    let record = match (number, undoable) {
        (None, None) => return Decision::note(texts::NOTHING_TO_UNDO),
        (None, Some(record)) => record,
        (Some(number), Some(record)) if record.number == number => record,
        (Some(number), _) => {
            let was_undone = view.last.as_ref().is_some_and(|last| last.undoes == Some(number));
            let text = if was_undone { texts::UNDONE_ALREADY } else { texts::CHANGED_SINCE };
            return Decision::note(text);
        }
    };
    let community = &view.community;
    let edits = record.inverse.clone();
    let text = format!(
        "{}{}\n{}",
        texts::UNDONE,
        wording::edits(context, &edits),
        wording::was_by(context, record)
    );
    let inverse = community.inverse(&edits);
    Decision::note(text).keeping(Change::Undo { number: record.number, edits, inverse })
}

/// Returns what a reset would do, with a button that does it.
pub(super) fn ask_reset(context: &RequestContext<'_>) -> Reply {
    let edits = reset_edits(&context.view.community);
    if edits.is_empty() {
        return Reply::note(texts::NOTHING_TO_RESET);
    }
    let what = wording::edits(context, &edits);
    let reset = ComponentAction::Keep(StatefulAction::Reset(context.view.revision));
    let target = Target::Danger(reset.id(context.version));
    let label = texts::RESET_NOW.to_owned();
    Reply::note(format!("{}{what}", texts::ASK_RESET))
        .row(Row::Buttons(vec![Button { label, target }]))
}

/// Sets everything back, if nothing has changed since it was asked.
pub(super) fn reset(context: &RequestContext<'_>, revision: u64) -> Decision {
    if revision != context.view.revision {
        return Decision::note(texts::CHANGED_SINCE);
    }
    saved(context, reset_edits(&context.view.community), texts::RESET_DONE)
}

/// Settings and channel rules go; what moderators chose among the passages stays.
fn reset_edits(community: &Community) -> Vec<Edit> {
    let mut target = community.clone();
    target.settings = Settings::default();
    target.channels.clear();
    community.edits_to(&target)
}
