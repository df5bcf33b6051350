//! `/settings export` and `import`: all that a server has set, as one readable file.
//!
//! A file that comes in is read as if a stranger had written it. What it would change is shown
//! first; the file then hangs on that message, and the button under it names it by its digest.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

use super::super::ask::MAX_QUESTION;
use super::super::curate::MAX_REASON;
use crate::community::{Community, Settings, Statistics, StoreData, TextQuote};
use crate::component_id::ComponentAction;
use crate::escape::echo;
use crate::moderation::{saved, wording};
use crate::moderator_command::{Import, ImportError, MAX_IMPORT};
use crate::notices;
use crate::notices::{ECHO, counted, grouped};
use crate::outcome::Decision;
use crate::reply::{File, Reply, Row, units};
use crate::request_context::RequestContext;
use crate::stateful_action::StatefulAction;
use crate::texts;
use engine::text::question_key;

const EXPORTED: &str =
    "Everything set in this server, with channel and role IDs. `/settings import` loads it again.";
const ASK_IMPORT: &str =
    "**Import this file?** It replaces all settings, pins and hidden passages. After that:";
const IMPORT_NOW: &str = "Import";
const IMPORTED: &str = "**Imported.**";
const IMPORT_CHANGES_NOTHING: &str = "This file changes nothing.";
const FILE_NOT_THERE: &str =
    "I can’t get this file from Discord. Please try again; nothing has changed.";
const NOT_AN_EXPORT: &str = "This file wasn’t made by `/settings export`; nothing has changed.";
const SERVER_UNKNOWN: &str = "I can’t see the channels and roles of this server right now. Please try again; nothing has changed.";

const FORMAT: &str = "summit-bot settings";
const VERSION: u32 = 1;
/// The name of a file that is exported.
const EXPORTED_NAME: &str = "summit-bot-settings.toml";
/// The name under which a file hangs on the question whether to load it.
const IMPORTED_NAME: &str = "summit-bot-import.toml";

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Exported {
    format: String,
    version: u32,
    #[serde(default)]
    settings: Settings,
    #[serde(default, rename = "channel", skip_serializing_if = "Vec::is_empty")]
    channels: Vec<ChannelRule>,
    #[serde(default, rename = "pin", skip_serializing_if = "Vec::is_empty")]
    pins: Vec<Pin>,
    #[serde(default, rename = "hidden", skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<Hidden>,
    /// For people; not read again.
    #[serde(default, deserialize_with = "nothing")]
    statistics: Statistics,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ChannelRule {
    id: u64,
    mentions: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Pin {
    question: String,
    passage: TextQuote,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Hidden {
    #[serde(default)]
    reason: String,
    passage: TextQuote,
}

/// Reads over what is for people alone.
fn nothing<'de, D: Deserializer<'de>>(read: D) -> Result<Statistics, D::Error> {
    IgnoredAny::deserialize(read).map(|_| Statistics::default())
}

/// The part of a file that tells whether it is ours.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Head {
    format: String,
    version: u32,
}

/// Returns the server's file.
pub(crate) fn export(context: &RequestContext<'_>) -> Reply {
    let StoreData::Statistics(statistics) = &context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    let community = &context.view.community;
    let rule = |(id, mentions): (&u64, &bool)| ChannelRule { id: *id, mentions: *mentions };
    let pin = |(question, passage): (&String, &TextQuote)| Pin {
        question: question.clone(),
        passage: passage.clone(),
    };
    let hidden = |(passage, reason): (&TextQuote, &String)| Hidden {
        reason: reason.clone(),
        passage: passage.clone(),
    };
    let exported = Exported {
        format: FORMAT.to_owned(),
        version: VERSION,
        settings: community.settings,
        channels: community.channels.iter().map(rule).collect(),
        pins: community.pins.iter().map(pin).collect(),
        hidden: community.hidden.iter().map(hidden).collect(),
        statistics: statistics.clone(),
    };
    match toml::to_string_pretty(&exported) {
        Ok(text) => {
            let file = File { name: EXPORTED_NAME.to_owned(), text };
            Reply::note(EXPORTED).file(file)
        }
        Err(_) => Reply::note(texts::FAILED),
    }
}

/// Returns what a file would change, with a button that does it.
pub(crate) fn preview(context: &RequestContext<'_>, import: &Import) -> Reply {
    let (text, loaded) = match read(context, import) {
        Ok(read) => read,
        Err(notice) => return Reply::note(notice),
    };
    let edits = context.view.community.edits_to(&loaded.community);
    let left_out = left_out(loaded.channels, loaded.is_role_lost, loaded.passages);
    if edits.is_empty() {
        return Reply::note(format!("{IMPORT_CHANGES_NOTHING} {left_out}"));
    }
    let revision = context.view.revision;
    let stateful_action = StatefulAction::Import { revision, digest: digest(text.as_bytes()) };
    let what = wording::edits(context, &edits);
    Reply::note(format!("{ASK_IMPORT}{what}\n{left_out}"))
        .file(File { name: IMPORTED_NAME.to_owned(), text })
        .row(Row::Buttons(vec![
            context.button(IMPORT_NOW, &ComponentAction::Keep(stateful_action)),
        ]))
}

/// Loads the file whose changes were shown, if nothing has changed since.
pub(crate) fn confirm(
    context: &RequestContext<'_>,
    (revision, shown): (u64, u32),
    import: &Import,
) -> Decision {
    let (text, loaded) = match read(context, import) {
        Ok(read) => read,
        Err(notice) => return Decision::note(notice),
    };
    if digest(text.as_bytes()) != shown {
        return Decision::note(texts::IMPORT_AGAIN);
    }
    if revision != context.view.revision {
        return Decision::note(texts::CHANGED_SINCE);
    }
    saved(context, context.view.community.edits_to(&loaded.community), IMPORTED)
}

/// The content of a file, and the number of things that cannot be here.
struct Loaded {
    community: Community,
    /// Channels that this server does not have.
    channels: usize,
    /// The role is none of this server's.
    is_role_lost: bool,
    /// Passages that the documents do not have.
    passages: usize,
}

fn read(context: &RequestContext<'_>, import: &Import) -> Result<(String, Loaded), String> {
    let bytes = match &import.file {
        Ok(bytes) if bytes.len() as u64 <= MAX_IMPORT => bytes,
        Ok(bytes) => return Err(file_too_large(bytes.len() as u64, MAX_IMPORT)),
        Err(ImportError::TooLarge { bytes }) => {
            return Err(file_too_large(*bytes, MAX_IMPORT));
        }
        Err(ImportError::NotThere) => return Err(FILE_NOT_THERE.to_owned()),
    };
    let text = std::str::from_utf8(bytes).map_err(|_| NOT_AN_EXPORT.to_owned())?;
    let head: Head = toml::from_str(text).map_err(|error| faulty(text, &error))?;
    if head.format != FORMAT {
        return Err(NOT_AN_EXPORT.to_owned());
    }
    if head.version != VERSION {
        return Err(other_version(head.version, VERSION));
    }
    let exported: Exported = toml::from_str(text).map_err(|error| faulty(text, &error))?;
    check(&exported)?;
    Ok((text.to_owned(), load(context, exported, import)?))
}

/// Returns what is wrong in a file, and in which line.
fn faulty(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().and_then(|span| text.get(..span.start));
    let line = line.map(|before| before.matches('\n').count() + 1);
    faulty_file(line, error.message())
}

fn check(exported: &Exported) -> Result<(), String> {
    let counts = [
        ("channel rules", exported.channels.len(), Community::MAX_CHANNELS),
        ("pinned questions", exported.pins.len(), Community::MAX_PINS),
        ("hidden passages", exported.hidden.len(), Community::MAX_HIDDEN),
    ];
    for (what, count, most) in counts {
        if count > most {
            return Err(too_many_in_file(what, count, most));
        }
    }
    for pin in &exported.pins {
        let length = units(&pin.question);
        if length > MAX_QUESTION || question_key(&pin.question).is_empty() {
            return Err(not_a_question(&pin.question, MAX_QUESTION));
        }
    }
    for hidden in &exported.hidden {
        let length = units(&hidden.reason);
        if length > MAX_REASON {
            return Err(notices::reason_too_long(length, MAX_REASON));
        }
    }
    Ok(())
}

/// Leaves out what this server or these documents do not have.
fn load(
    context: &RequestContext<'_>,
    exported: Exported,
    import: &Import,
) -> Result<Loaded, String> {
    let Exported { mut settings, channels, pins, hidden, .. } = exported;
    let unknown = || SERVER_UNKNOWN.to_owned();
    let mut community = Community::default();
    let all = channels.len();
    if all > 0 {
        let known = import.channels.as_ref().ok_or_else(unknown)?;
        let here = channels.into_iter().filter(|rule| known.contains(&rule.id));
        community.channels.extend(here.map(|rule| (rule.id, rule.mentions)));
    }
    let channels = all - community.channels.len();
    let mut is_role_lost = false;
    if let Some(role) = settings.moderators {
        let known = import.roles.as_ref().ok_or_else(unknown)?;
        let is_everyone = context.server().is_some_and(|(guild, _)| guild == role);
        is_role_lost = is_everyone || !known.contains(&role);
        settings.moderators = Some(role).filter(|_| !is_role_lost);
    }
    community.settings = settings;
    let stands = |passage: &TextQuote| passage.resolve(context.corpus()).is_ok();
    let all = pins.len() + hidden.len();
    let (pins, hidden) = (pins.into_iter(), hidden.into_iter());
    let pins: Vec<Pin> = pins.filter(|pin| stands(&pin.passage)).collect();
    let hidden: Vec<Hidden> = hidden.filter(|hidden| stands(&hidden.passage)).collect();
    let passages = all - pins.len() - hidden.len();
    community.pins.extend(pins.into_iter().map(|pin| (pin.question, pin.passage)));
    community.hidden.extend(hidden.into_iter().map(|hidden| (hidden.passage, hidden.reason)));
    Ok(Loaded { community, channels, is_role_lost, passages })
}

fn digest(bytes: &[u8]) -> u32 {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
    u32::from_be_bytes([a, b, c, d])
}

/// Says that a file cannot be read.
fn faulty_file(line: Option<usize>, fault: &str) -> String {
    let fault = fault.trim_end_matches('.');
    let fault = echo(fault.lines().next().unwrap_or_default(), ECHO * 2);
    let line = line.map_or_else(String::new, |line| format!(", line {line}"));
    format!("I can’t read this file{line}: {fault}. Nothing has changed.")
}

/// Says that a file is too large.
fn file_too_large(bytes: u64, limit: u64) -> String {
    format!(
        "The file has {} bytes; an export has at most {}. Nothing has changed.",
        grouped(usize::try_from(bytes).unwrap_or(usize::MAX)),
        grouped(usize::try_from(limit).unwrap_or(usize::MAX))
    )
}

/// Returns what of a file is left out.
fn left_out(channels: usize, is_role_lost: bool, passages: usize) -> String {
    let mut parts = Vec::new();
    if channels > 0 {
        parts.push(format!("{} that this server does not have", counted(channels, "channel")));
    }
    if is_role_lost {
        parts.push("a role that this server does not have".to_owned());
    }
    if passages > 0 {
        parts.push(format!("{} that my documents do not have", counted(passages, "passage")));
    }
    if parts.is_empty() { String::new() } else { format!("Left out: {}.", parts.join("; ")) }
}

/// Says that a pinned question of a file is none.
fn not_a_question(question: &str, limit: usize) -> String {
    format!(
        "The file pins “{}”, which is not a question of 1 to {limit} characters. Nothing has changed.",
        echo(question, ECHO)
    )
}

/// Says that a file is of another version.
fn other_version(version: u32, known: u32) -> String {
    format!(
        "This is an export of version {version}, and I can only read version {known}. Nothing has \
         changed."
    )
}

/// Says that there are too many things in a file.
fn too_many_in_file(what: &str, count: usize, most: usize) -> String {
    format!("The file has {} {what}; the most is {most}. Nothing has changed.", grouped(count))
}
