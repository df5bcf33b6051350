//! Sentences with facts that only Discord needs, such as where something is wrong: functions
//! from facts to Markdown, in which all text of others is escaped.
//!
//! They know nothing of who sees them.

use super::escape::{echo, escape};
use super::wording::{self, plural};
use engine::answer::UnknownSpeaker;
use engine::quotation::VerifyError;

/// The most characters of something typed that are shown back.
const ECHO: usize = 60;

/// Says that the question is too long.
pub(super) fn question_too_long(length: usize, limit: usize) -> String {
    format!("Your question has {} characters; the limit is {limit}.", grouped(length))
}

/// Says that the quotation is too long.
pub(super) fn quote_too_long(length: usize, limit: usize) -> String {
    format!(
        "Your quotation has {} characters; the limit is {}. Check it in parts.",
        grouped(length),
        grouped(limit)
    )
}

/// No one is called so.
pub(super) fn unknown_speaker(unknown: &UnknownSpeaker) -> String {
    let mut notice = format!("No speaker is called “{}”.", echo(&unknown.name, ECHO));
    if !unknown.nearest.is_empty() {
        let names: Vec<String> = unknown.nearest.iter().map(|name| escape(name)).collect();
        notice.extend([" Did you mean ", &names.join(", or "), "?"]);
    }
    notice
}

/// No document is called so.
pub(super) fn unknown_document(name: &str, nearest: Option<&str>) -> String {
    let notice = format!("No document is called “{}”.", echo(name, ECHO));
    match nearest {
        Some(nearest) => format!("{notice} Did you mean “{}”?", escape(nearest)),
        None => notice,
    }
}

/// Says that the quotation cannot be checked.
pub(super) fn not_checkable(error: &VerifyError) -> String {
    let sentence = error.to_string();
    let mut letters = sentence.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Says which words of a message were checked that marks none as a quotation.
pub(super) fn unmarked_quotation(run: &str) -> String {
    format!("I found no quotation marks, so I checked “{}”.", echo(run, ECHO))
}

/// Returns what was typed as a place is none.
pub(super) fn not_a_place(typed: &str) -> String {
    format!(
        "I don’t know the place “{}”. Type a paragraph number such as 12, or pick one from the list.",
        echo(typed, ECHO)
    )
}

/// Says that the document has no such paragraph.
pub(super) fn no_such_paragraph(number: usize, last: usize) -> String {
    let store_query = match number {
        usize::MAX => "paragraph with that number".to_owned(),
        _ => format!("¶{number}"),
    };
    format!("There is no {store_query}; this document has {last} {}.", plural(last, "paragraph"))
}

/// Says that the paragraph has no such sentence.
pub(super) fn no_such_sentence(number: usize, paragraph: usize, last: usize) -> String {
    format!(
        "There is no sentence {number} in ¶{paragraph}, which has {last} {}.",
        plural(last, "sentence")
    )
}

/// Nothing of the paragraph may be quoted.
pub(super) fn never_quoted(paragraph: usize) -> String {
    format!(
        "¶{paragraph} isn’t part of the text itself (it is a heading, a repetition or the site’s own text), so I don’t quote it."
    )
}

/// Several documents have that paragraph.
pub(super) fn which_document(paragraph: usize) -> String {
    format!("Several documents have a ¶{paragraph}. Pick the place from the list while you type.")
}

/// Words that do not fit a message.
pub(super) fn too_long_to_show(paragraph: usize) -> String {
    format!("¶{paragraph} is too long for one message, and I never cut a quotation.")
}

/// Returns who shared a passage; shown without a ping.
pub(super) fn shared_by(user: u64) -> String {
    format!("Shared by <@{user}>")
}

/// Returns how many quotations of a message are not checked.
pub(super) fn more_quotations(number: usize) -> String {
    format!("{number} more {} not checked.", plural(number, "quotation"))
}

/// Returns how to ask, with a name for the example.
pub(super) fn how_to_ask(who: &str) -> String {
    format!("`/ask` – your question, for example: What did {} say about …?", escape(who))
}

/// Returns how to check a quotation, with one for the example.
pub(super) fn how_to_verify(example: Option<&str>) -> String {
    let example = example.map_or_else(String::new, |words| format!(", for example: {words}"));
    format!("`/verify` – a quotation you want to check{example}")
}

/// Returns a document with its version and address.
pub(super) fn listed(document: &str, version: &str, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("{document} · version {version} · <{url}>"),
        None => format!("{document} · version {version}"),
    }
}

/// Returns how many documents are not listed.
pub(super) fn more_documents(number: usize) -> String {
    format!("… and {number} more.")
}

/// For how long a question is kept that nothing answered.
pub(super) fn kept_unanswered(days: u32) -> String {
    format!("Kept for the moderators for {days} days, without your name.")
}

/// Returns a value that a setting does not have.
pub(super) fn not_a_value(option: &str, typed: &str, names: &[&str]) -> String {
    format!("{option} can be {}, not “{}”.", wording::joined(names, "or"), echo(typed, ECHO))
}

/// Returns a number of excerpts that cannot be shown.
pub(super) fn not_excerpts(number: i64) -> String {
    format!("An answer shows 1 to 3 passages, not {number}.")
}

/// No one knows whether a change was kept; a command tells.
pub(super) fn in_doubt(command: &str) -> String {
    format!("I couldn’t tell whether that was saved. Please check with `{command}`.")
}

/// There is room for no more.
pub(super) fn too_many(what: &str, most: usize) -> String {
    format!("This server has {most} {what}, and that is the most: remove some first.")
}

/// Returns the same, of a file.
pub(super) fn too_many_in_file(what: &str, count: usize, most: usize) -> String {
    format!("The file has {} {what}; the most is {most}. Nothing has changed.", grouped(count))
}

/// Says that the reason is too long.
pub(super) fn reason_too_long(length: usize, limit: usize) -> String {
    format!("A reason has at most {limit} characters; this one has {}.", grouped(length))
}

/// Returns what was typed is neither pinned nor hidden.
pub(super) fn not_curated(typed: &str) -> String {
    format!(
        "“{}” is neither pinned nor hidden here; `/curate list` shows what is.",
        echo(typed, ECHO)
    )
}

/// Returns a place where there are several passages.
pub(super) fn several_passages(typed: &str) -> String {
    format!("“{}” is not one passage. Choose a sentence, such as ¶12.1.", echo(typed, ECHO))
}

/// Above the questions without an answer.
pub(super) fn unanswered(all: u64, days: u32) -> String {
    let number = usize::try_from(all).unwrap_or(usize::MAX);
    format!("**{} without an answer in {days} days**", counted(number, "question"))
}

/// Above the passages with votes against them.
pub(super) fn flagged(all: u64, days: u32) -> String {
    let number = usize::try_from(all).unwrap_or(usize::MAX);
    format!("**{} with 👎 in {days} days**", counted(number, "passage"))
}

/// Returns which passage shall answer a question, already escaped.
pub(super) fn which_passage(question: &str) -> String {
    format!(
        "Which passage answers “{question}”? These are the nearest in wording; for any other there \
         is `/curate pin`."
    )
}

/// Says that a file is too large.
pub(super) fn file_too_large(bytes: u64, limit: u64) -> String {
    format!(
        "The file has {} bytes; an export has at most {}. Nothing has changed.",
        grouped(usize::try_from(bytes).unwrap_or(usize::MAX)),
        grouped(usize::try_from(limit).unwrap_or(usize::MAX))
    )
}

/// Returns a file of another version.
pub(super) fn other_version(version: u32, known: u32) -> String {
    format!(
        "This is an export of version {version}, and I can only read version {known}. Nothing has \
         changed."
    )
}

/// Returns a file that cannot be read.
pub(super) fn faulty_file(line: Option<usize>, fault: &str) -> String {
    let fault = fault.trim_end_matches('.');
    let fault = echo(fault.lines().next().unwrap_or_default(), ECHO * 2);
    let line = line.map_or_else(String::new, |line| format!(", line {line}"));
    format!("I can’t read this file{line}: {fault}. Nothing has changed.")
}

/// Returns a pinned question of a file that is none.
pub(super) fn not_a_question(question: &str, limit: usize) -> String {
    format!(
        "The file pins “{}”, which is not a question of 1 to {limit} characters. Nothing has changed.",
        echo(question, ECHO)
    )
}

/// Returns what of a file is left out.
pub(super) fn left_out(channels: usize, is_role_lost: bool, passages: usize) -> String {
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

/// Returns what is held on a person.
pub(super) fn held(votes: u64, changes: u64) -> String {
    match holdings(votes, changes) {
        Some(holdings) => format!("**Stored about you now:** {holdings}."),
        None => "**Stored about you now:** nothing.".to_owned(),
    }
}

/// Returns what would be deleted.
pub(super) fn would_delete(votes: u64, changes: u64) -> String {
    let stays = match changes {
        0 => "",
        _ => " What you changed stays, as the work of “a former moderator”.",
    };
    let what = holdings(votes, changes).unwrap_or_default();
    format!("This deletes, in every server: {what}. It cannot be undone.{stays}")
}

fn holdings(votes: u64, changes: u64) -> Option<String> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let votes = (votes > 0).then(|| counted(number(votes), "vote"));
    let changes = (changes > 0)
        .then(|| format!("your ID next to {}", counted(number(changes), "change to the settings")));
    let parts: Vec<String> = votes.into_iter().chain(changes).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `1 vote`, `2 votes`.
fn counted(number: usize, what: &str) -> String {
    let (first, rest) = what.split_once(' ').map_or((what, ""), |(first, rest)| (first, rest));
    let gap = if rest.is_empty() { "" } else { " " };
    format!("{} {}{gap}{rest}", grouped(number), plural(number, first))
}

/// `100,000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
