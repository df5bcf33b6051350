//! Settings, changes, their authors and times in sentences for moderators, in which all text of
//! others is escaped.

use std::collections::BTreeMap;

use crate::commands::settings::table;
use crate::community::{ChannelMentions, Community, Edit, Record, TextQuote};
use crate::escape::{echo, escape, plain};
use crate::passage::Passage;
use crate::pins;
use crate::request::ChannelPermissions;
use crate::request_context::RequestContext;
use crate::wording::plural;

const CHANNEL_RULES: &str = "Channel overrides:";

/// The most edits that are spelt out.
const SPELT_OUT: usize = 8;
/// The most characters of a question that are shown.
const QUESTION: usize = 100;
/// The most characters of a lost passage that are shown.
const LOST: usize = 60;
/// The longest name of a place that is shown.
const PLACE: usize = 80;

/// Returns what holds after an edit.
pub(crate) fn setting(context: &RequestContext<'_>, edit: &Edit) -> String {
    table::line(context, edit).unwrap_or_else(|| curation(context, edit))
}

/// Returns an edit of a channel or of passages.
fn curation(context: &RequestContext<'_>, edit: &Edit) -> String {
    match edit {
        Edit::Channel { channel, mentions } => {
            let rule = match mentions {
                ChannelMentions::On => "on",
                ChannelMentions::Off => "off",
                ChannelMentions::Inherit => "same as the server",
            };
            format!("Mentions in <#{channel}>: **{rule}**")
        }
        Edit::Pin { question, passage } => {
            format!("“{}” is answered by {}", echo(question, QUESTION), place(context, passage))
        }
        Edit::Unpin { question } => format!("“{}” is no longer pinned", echo(question, QUESTION)),
        Edit::Hide { passage, .. } => format!("{} is hidden", place(context, passage)),
        Edit::Show { passage } => format!("{} can be quoted again", place(context, passage)),
        _ => String::new(),
    }
}

/// Returns what holds after edits, to follow a heading: in its line, or beneath it.
pub(crate) fn edits(context: &RequestContext<'_>, edits: &[Edit]) -> String {
    let mut lines: Vec<String> =
        edits.iter().take(SPELT_OUT).map(|edit| setting(context, edit)).collect();
    let more = edits.len().saturating_sub(SPELT_OUT);
    if more > 0 {
        lines.push(format!("… and {more} more {}.", plural(more, "change")));
    }
    match &*lines {
        [only] => format!(" {only}."),
        _ => format!("\n{}", lines.join("\n")),
    }
}

/// Returns the rules of channels, some of them.
pub(crate) fn channels(channels: &BTreeMap<u64, bool>, limit: usize) -> Option<String> {
    if channels.is_empty() {
        return None;
    }
    let shown = channels.iter().take(limit).map(|(channel, is_on)| {
        let rule = if *is_on { "on" } else { "off" };
        format!("<#{channel}> {rule}")
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = channels.len().saturating_sub(limit);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    Some(format!("{CHANNEL_RULES} {shown}{more}"))
}

/// Returns how many passages are pinned and hidden.
pub(crate) fn curated(community: &Community) -> String {
    let (pins, hidden) = (community.pins.len(), community.hidden.len());
    format!(
        "{pins} {} pinned, {hidden} {} hidden (`/curate list`)",
        plural(pins, "question"),
        plural(hidden, "passage")
    )
}

/// Returns who changed what last, and when.
pub(crate) fn last_change(context: &RequestContext<'_>, record: &Record) -> String {
    let what = match (record.undoes, &*record.edits) {
        (Some(_), _) => "a change was undone".to_owned(),
        (None, [only]) => first_line(&setting(context, only)),
        (None, several) => format!("{} changes at once", several.len()),
    };
    format!("Last change: {what}, by {}, {}", who(record), ago(context.now, record.at))
}

/// Returns who had made the change that is undone.
pub(crate) fn was_by(context: &RequestContext<'_>, record: &Record) -> String {
    format!("This undid a change that {} made {}.", who(record), ago(context.now, record.at))
}

fn who(record: &Record) -> String {
    record.by.map_or_else(|| "a former moderator".to_owned(), |id| format!("<@{id}>"))
}

/// Returns what the bot can do in the channel.
pub(crate) fn self_check(permits: ChannelPermissions) -> String {
    let mark = |may: bool| if may { "✓" } else { "✗" };
    format!(
        "In this channel I can: view {} · send {} · embed {}",
        mark(permits.view),
        mark(permits.send),
        mark(permits.embed)
    )
}

/// Returns a passage by its place; a lost one by its first words.
pub(crate) fn place(context: &RequestContext<'_>, passage: &TextQuote) -> String {
    let run = pins::run(context, passage);
    match run.and_then(|run| Passage::of(context.corpus(), run)) {
        Some(stretch) => {
            let who = escape(&plain(&stretch.who(), PLACE));
            format!("{} · {who}", stretch.place())
        }
        None => format!("“{}” (lost)", echo(&passage.exact, LOST)),
    }
}

/// Returns how long ago something was.
pub(crate) fn ago(now: u64, at: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    let seconds = now.saturating_sub(at);
    let unit = UNITS.iter().find(|(length, _)| seconds >= *length);
    unit.map_or_else(
        || "just now".to_owned(),
        |(length, name)| {
            let number = usize::try_from(seconds / length).unwrap_or(usize::MAX);
            format!("{number} {} ago", plural(number, name))
        },
    )
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().replace("**", "")
}
