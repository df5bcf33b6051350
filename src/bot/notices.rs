//! Sentences with facts that only Discord needs, such as where something is wrong: functions
//! from facts to Markdown, in which all text of others is escaped.
//!
//! They know nothing of who sees them.

use super::escape::{echo, escape};
use super::wording::plural;
use crate::answer::{UnknownSpeaker, VerifyError};

/// The most characters of something typed that are shown back.
const ECHO: usize = 60;

/// The question is too long.
pub(super) fn question_too_long(length: usize, limit: usize) -> String {
    format!("Your question has {} characters; the limit is {limit}.", grouped(length))
}

/// The quotation is too long.
pub(super) fn quote_too_long(length: usize, limit: usize) -> String {
    format!(
        "Your quotation has {} characters; the limit is {}. Check it in parts.",
        grouped(length),
        grouped(limit)
    )
}

/// Nobody is called so.
pub(super) fn unknown_speaker(unknown: &UnknownSpeaker) -> String {
    let mut notice = format!("No speaker is called “{}”.", echo(&unknown.name, ECHO));
    if !unknown.nearest.is_empty() {
        let names: Vec<String> = unknown.nearest.iter().map(|name| escape(name)).collect();
        notice.extend([" Did you mean ", &names.join(", or "), "?"]);
    }
    notice
}

/// The quotation cannot be checked.
pub(super) fn not_checkable(error: &VerifyError) -> String {
    match error {
        VerifyError::UnknownSpeaker(unknown) => unknown_speaker(unknown),
        other => {
            let sentence = other.to_string();
            let mut letters = sentence.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", letters.as_str())
        }
    }
}

/// What was typed as a place is none.
pub(super) fn not_a_place(typed: &str) -> String {
    format!("“{}” is no place that I know: type a paragraph, such as ¶12.", echo(typed, ECHO))
}

/// The document has no such paragraph.
pub(super) fn no_such_paragraph(number: usize, last: usize) -> String {
    let wanted = match number {
        usize::MAX => "paragraph with that number".to_owned(),
        _ => format!("¶{number}"),
    };
    format!("There is no {wanted}; this document has {last} {}.", plural(last, "paragraph"))
}

/// The paragraph has no such sentence.
pub(super) fn no_such_sentence(number: usize, paragraph: usize, last: usize) -> String {
    format!(
        "There is no sentence {number} in ¶{paragraph}, which has {last} {}.",
        plural(last, "sentence")
    )
}

/// Nothing of the paragraph may be quoted.
pub(super) fn never_quoted(paragraph: usize) -> String {
    format!(
        "¶{paragraph} is no running text (a heading, a repetition or the site’s own text), so I do \
         not quote it."
    )
}

/// Several documents have that paragraph.
pub(super) fn which_document(paragraph: usize) -> String {
    format!("Several documents have a ¶{paragraph}: pick the place from the list while you type.")
}

/// Words that do not fit a message.
pub(super) fn too_long_to_show(paragraph: usize) -> String {
    format!("What stands in ¶{paragraph} is too long to be shown here whole, and I never cut.")
}

/// Who shared a passage; shown without a ping.
pub(super) fn shared_by(user: u64) -> String {
    format!("Shared by <@{user}>")
}

/// How many quotations of a message are not checked.
pub(super) fn more_quotations(number: usize) -> String {
    format!("{number} more {} not checked.", plural(number, "quotation"))
}

/// How to ask, with a name for the example.
pub(super) fn how_to_ask(who: &str) -> String {
    format!("`/ask` – your question, for example: What did {} say about …?", escape(who))
}

/// A document with its version and address.
pub(super) fn listed(document: &str, version: &str, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("{document} · version {version} · <{url}>"),
        None => format!("{document} · version {version}"),
    }
}

/// How many documents are not listed.
pub(super) fn more_documents(number: usize) -> String {
    format!("… and {number} more.")
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
