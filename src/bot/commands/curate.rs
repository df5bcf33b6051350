//! `/curate pin`, `hide`, `remove` and `list`: which passages answer, and which are never quoted.
//!
//! A moderator chooses among the words of the documents, and never writes any.

use sha2::{Digest, Sha256};

use super::ask::MAX_QUESTION;
use super::options::{COMPLETED, Options, PLACE, QUESTION, QUESTION_TEXT};
use crate::answer_card;
use crate::autocomplete::{different, fold};
use crate::catalogue::{Command, CommandOption, OptionKind, Subcommand};
use crate::community::{Community, Edit, TextQuote};
use crate::component_id::SentenceRange;
use crate::escape::{echo, escape, plain};
use crate::limits;
use crate::moderation::{saved, turns, wording};
use crate::moderator_command::ModeratorCommand;
use crate::notices::{self, ECHO};
use crate::outcome::Decision;
use crate::passages;
use crate::permission::Permission;
use crate::pins;
use crate::reply::{Choice, Reply, units};
use crate::request_context::RequestContext;
use crate::stateful_action::StatefulAction;
use crate::texts;
use engine::text::question_key;

pub(super) const NAME: &str = "curate";
const PIN: &str = "pin";
const HIDE: &str = "hide";
const REMOVE: &str = "remove";
const LIST: &str = "list";
const REASON: &str = "reason";
pub(crate) const ENTRY: &str = "entry";

/// The most characters of the reason for which a passage is hidden.
pub(crate) const MAX_REASON: usize = 100;

const PINNED: &str = "**Pinned.**";
const CURATED_HEADING: &str = "**Pinned and hidden**";
const NOTHING_CURATED: &str = "Nothing is pinned or hidden in this server.";
const LOST_LEGEND: &str = "(lost): the documents no longer have this passage, so it has no effect.";

const PLACE_OPTION: CommandOption =
    CommandOption::required(PLACE, "The paragraph or sentence, such as ¶12 or ¶12.1", COMPLETED);

pub(super) const COMMAND: Command = Command {
    subcommands: &[
        Subcommand::new(
            PIN,
            "Answer a question with a passage that you choose",
            &[
                CommandOption::required(QUESTION, "The question, as people ask it", QUESTION_TEXT),
                PLACE_OPTION,
            ],
        ),
        Subcommand::new(
            HIDE,
            "Never quote a passage in this server",
            &[
                PLACE_OPTION,
                CommandOption::optional(
                    REASON,
                    "Why, for the other moderators",
                    OptionKind::Text { min: 1, max: MAX_REASON, is_completed: false },
                ),
            ],
        ),
        Subcommand::new(
            REMOVE,
            "Remove a pin, or show a hidden passage again",
            &[CommandOption::required(
                ENTRY,
                "The pinned question or the hidden passage",
                COMPLETED,
            )],
        ),
        Subcommand::new(LIST, "What is pinned and hidden", &[]),
    ],
    permission: Permission::Curate,
    ..Command::slash(NAME, "Which passages answer, and which are never quoted")
};

pub(super) fn command(subcommand: &str, options: &Options) -> Option<ModeratorCommand> {
    let text = |name| options.text(name).unwrap_or_default();
    match subcommand {
        PIN => Some(ModeratorCommand::Pin { question: text(QUESTION), place: text(PLACE) }),
        HIDE => Some(ModeratorCommand::Hide { place: text(PLACE), reason: text(REASON) }),
        REMOVE => Some(ModeratorCommand::Remove { entry: text(ENTRY) }),
        LIST => Some(ModeratorCommand::List),
        _ => None,
    }
}

/// Entries of a page.
const ENTRIES: usize = 10;
/// The most characters of a question or a reason in a list.
const SHOWN: usize = 80;

/// Pins a passage to a question.
pub(crate) fn pin(context: &RequestContext<'_>, question: &str, place: &str) -> Decision {
    let length = units(question);
    if length > MAX_QUESTION {
        return Decision::note(notices::question_too_long(length, MAX_QUESTION));
    }
    match passage(context, place) {
        Ok((run, passage)) => pin_passage(context, question, run, passage),
        Err(notice) => Decision::note(notice),
    }
}

/// Returns the same, of a passage that was found already. A pin of the same question gives way.
pub(crate) fn pin_passage(
    context: &RequestContext<'_>,
    question: &str,
    run: SentenceRange,
    passage: TextQuote,
) -> Decision {
    let pins = &context.view.community.pins;
    let form = question_key(question);
    if form.is_empty() {
        return Decision::note(texts::NOTHING_TYPED);
    }
    let question = plain(question, MAX_QUESTION);
    let replaced: Vec<&String> =
        pins.keys().filter(|pinned| **pinned != question && question_key(pinned) == form).collect();
    let is_new = replaced.is_empty() && !pins.contains_key(&question);
    if is_new && pins.len() >= Community::MAX_PINS {
        return Decision::note(notices::too_many("pinned questions", Community::MAX_PINS));
    }
    let unpin = |question: &String| Edit::Unpin { question: question.clone() };
    let mut edits: Vec<Edit> = replaced.into_iter().map(unpin).collect();
    edits.push(Edit::Pin { question, passage });
    with_words(context, saved(context, edits, PINNED), run)
}

/// Hides a passage.
pub(crate) fn hide(context: &RequestContext<'_>, place: &str, reason: &str) -> Decision {
    let length = units(reason);
    if length > MAX_REASON {
        return Decision::note(notices::reason_too_long(length, MAX_REASON));
    }
    match passage(context, place) {
        Ok((_, passage)) => hide_passage(context, passage, plain(reason, MAX_REASON)),
        Err(notice) => Decision::note(notice),
    }
}

/// Hides a passage that was chosen from a menu.
pub(crate) fn hide_run(context: &RequestContext<'_>, run: Option<SentenceRange>) -> Decision {
    match run.and_then(|run| pins::quote(context, run)) {
        Some(passage) => hide_passage(context, passage, String::new()),
        None => Decision::note(texts::INVALID_BUTTON),
    }
}

fn hide_passage(context: &RequestContext<'_>, passage: TextQuote, reason: String) -> Decision {
    let hidden = &context.view.community.hidden;
    if !hidden.contains_key(&passage) && hidden.len() >= Community::MAX_HIDDEN {
        return Decision::note(notices::too_many("hidden passages", Community::MAX_HIDDEN));
    }
    saved(context, vec![Edit::Hide { passage, reason }], texts::SAVED)
}

/// Takes a pin or a hidden passage back.
pub(crate) fn remove(context: &RequestContext<'_>, typed: &str) -> Decision {
    let edit = named(context, typed.trim());
    match edit {
        Some(edit) => saved(context, vec![edit], texts::SAVED),
        None => Decision::note(not_curated(typed)),
    }
}

/// Returns what takes back the entry of this key, the pin of this question, or the hidden passage
/// there.
fn named(context: &RequestContext<'_>, typed: &str) -> Option<Edit> {
    let mut all = all(context);
    if let Some(at) = all.iter().position(|entry| entry.key == typed) {
        return Some(all.swap_remove(at).remove);
    }
    let form = question_key(typed);
    let pins = &context.view.community.pins;
    let pinned = pins.keys().find(|question| !form.is_empty() && question_key(question) == form);
    if let Some(question) = pinned {
        return Some(Edit::Unpin { question: question.clone() });
    }
    let hidden = context.view.community.hidden.keys();
    let mut there = hidden.filter(|passage| {
        let label = wording::place(context, passage);
        let place = label.split(' ').next().unwrap_or_default().trim_start_matches('¶');
        !place.is_empty() && place == typed.trim_start_matches('¶')
    });
    match (there.next(), there.next()) {
        (Some(passage), None) => Some(Edit::Show { passage: passage.clone() }),
        _ => None,
    }
}

/// Returns all pins and hidden passages, from `skip` on.
pub(crate) fn list(context: &RequestContext<'_>, skip: u32) -> Reply {
    let all = all(context);
    if all.is_empty() {
        return Reply::note(NOTHING_CURATED);
    }
    let shown: Vec<&Entry> = all.iter().skip(skip as usize).take(ENTRIES).collect();
    if shown.is_empty() {
        return Reply::note(texts::INVALID_BUTTON);
    }
    let mut lines = vec![CURATED_HEADING.to_owned()];
    let numbers = u64::from(skip) + 1..;
    lines.extend(numbers.zip(&shown).map(|(number, entry)| format!("**{number}** {}", entry.line)));
    if shown.iter().any(|entry| entry.is_lost) {
        lines.push(LOST_LEGEND.to_owned());
    }
    let counted = (u32::try_from(ENTRIES).unwrap_or(u32::MAX), all.len() as u64);
    Reply::note(lines.join("\n")).row(turns(context, skip, counted, StatefulAction::List))
}

/// Returns choices for what someone types as an entry.
pub(crate) fn entries(context: &RequestContext<'_>, typed: &str) -> Vec<Choice> {
    if !context.may(Permission::Curate) {
        return Vec::new();
    }
    let typed = fold(&plain(typed, limits::CHOICE));
    let found = all(context).into_iter().filter(|entry| fold(&entry.name).contains(&typed));
    different(found.map(|entry| Choice { name: entry.name, value: entry.key }).collect())
}

/// A pin or a hidden passage.
struct Entry {
    /// Its name for machines, in this state of the server.
    key: String,
    /// Plain text.
    name: String,
    /// Markdown.
    line: String,
    is_lost: bool,
    remove: Edit,
}

fn all(context: &RequestContext<'_>) -> Vec<Entry> {
    let community = &context.view.community;
    let pins = community.pins.iter().map(|(question, passage)| {
        let place = wording::place(context, passage);
        Entry {
            key: key("pin", question),
            name: plain(&format!("pinned: {question}"), limits::CHOICE),
            line: format!("“{}” is answered by {place}", echo(question, SHOWN)),
            is_lost: pins::run(context, passage).is_none(),
            remove: Edit::Unpin { question: question.clone() },
        }
    });
    let hidden = community.hidden.iter().map(|(passage, reason)| {
        let place = wording::place(context, passage);
        let why = Some(reason).filter(|reason| !reason.is_empty());
        let why = why.map_or_else(String::new, |why| format!(": “{}”", echo(why, SHOWN)));
        Entry {
            key: key("hidden", &format!("{passage:?}")),
            name: plain(
                &format!("hidden: {} {}", place.replace('\\', ""), passage.exact),
                limits::CHOICE,
            ),
            line: format!("{place} is hidden{why}"),
            is_lost: pins::run(context, passage).is_none(),
            remove: Edit::Show { passage: passage.clone() },
        }
    });
    pins.chain(hidden).collect()
}

fn key(kind: &str, text: &str) -> String {
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(text.as_bytes()));
    format!("{kind}-{:08x}", u32::from_be_bytes([a, b, c, d]))
}

/// Returns the one passage at a place.
fn passage(
    context: &RequestContext<'_>,
    place: &str,
) -> Result<(SentenceRange, TextQuote), String> {
    let runs = passages::runs_at(context, place)?;
    let [run] = *runs else {
        return Err(several_passages(place));
    };
    let passage = pins::quote(context, run).ok_or_else(|| notices::not_a_place(place))?;
    Ok((run, passage))
}

/// Returns the message with the passage that it is about.
fn with_words(
    context: &RequestContext<'_>,
    mut decision: Decision,
    run: SentenceRange,
) -> Decision {
    if let Some(stretch) = context.stretch(run) {
        decision.reply.push(answer_card::block(context, &stretch));
    }
    decision
}

/// Something typed, shown back.
pub(crate) fn shown(question: &str) -> String {
    escape(&plain(question, SHOWN))
}

/// Says that something is neither pinned nor hidden.
fn not_curated(typed: &str) -> String {
    format!(
        "“{}” is neither pinned nor hidden here; `/curate list` shows what is.",
        echo(typed, ECHO)
    )
}

/// Says that there are several passages at a place.
fn several_passages(typed: &str) -> String {
    format!("“{}” is not one passage. Choose a sentence, such as ¶12.1.", echo(typed, ECHO))
}
