//! Sentences with facts that only Discord needs, such as where something is wrong: functions
//! from facts to Markdown, in which all text of others is escaped.
//!
//! They know nothing of who sees them.

use super::escape::{echo, escape};
use super::wording::plural;
use engine::answer::UnknownSpeaker;
use engine::quotation::VerifyError;

/// The most characters of something typed that are shown back.
pub(super) const ECHO: usize = 60;

/// Says that the question is too long.
pub(super) fn question_too_long(length: usize, limit: usize) -> String {
    format!("Your question has {} characters; the limit is {limit}.", grouped(length))
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

/// Says that a place is none.
pub(super) fn not_a_place(typed: &str) -> String {
    format!(
        "I don’t know the place “{}”. Type a paragraph number such as 12, or pick one from the list.",
        echo(typed, ECHO)
    )
}

/// Says that the document has no such paragraph.
pub(super) fn no_such_paragraph(number: usize, last: usize) -> String {
    let what = match number {
        usize::MAX => "paragraph with that number".to_owned(),
        _ => format!("¶{number}"),
    };
    format!("There is no {what}; this document has {last} {}.", plural(last, "paragraph"))
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

/// No one knows whether a change was kept; a command tells.
pub(super) fn in_doubt(command: &str) -> String {
    format!("I couldn’t tell whether that was saved. Please check with `{command}`.")
}

/// There is room for no more.
pub(super) fn too_many(what: &str, most: usize) -> String {
    format!("This server has {most} {what}, and that is the most: remove some first.")
}

/// Says that the reason is too long.
pub(super) fn reason_too_long(length: usize, limit: usize) -> String {
    format!("A reason has at most {limit} characters; this one has {}.", grouped(length))
}

/// `1 vote`, `2 votes`.
pub(super) fn counted(number: usize, what: &str) -> String {
    let (first, rest) = what.split_once(' ').map_or((what, ""), |(first, rest)| (first, rest));
    let gap = if rest.is_empty() { "" } else { " " };
    format!("{} {}{gap}{rest}", grouped(number), plural(number, first))
}

/// `100,000`.
pub(super) fn grouped(number: usize) -> String {
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
