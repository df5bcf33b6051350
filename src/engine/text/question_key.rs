//! When two questions are the same, and when they are on the same matter.
//!
//! Both are decided by the words alone, whatever the documents say.

use super::{analysis, english};

/// Returns the form in which two questions are the same: words in lower case without diacritics,
/// numbers in one form, without punctuation. Another word, or another order, is another question.
/// Empty where there is no word.
#[must_use]
pub fn question_key(question: &str) -> String {
    analysis::fold_name(question)
}

/// Returns the words that questions on one matter have in common: stems of those that carry a
/// topic, each once, in alphabetical order.
#[must_use]
pub fn topic_key(question: &str) -> Vec<String> {
    analysis::topic_stems(question)
}

/// Returns the words of a question, folded, without those of politeness and chat that lead up to
/// it or follow it: "ok, when is it please" asks what "When is it?" asks.
pub(crate) fn wording<'a>(surfaces: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = surfaces.filter(|word| !english::link_of(word).is_lead).collect();
    words.join(" ")
}

/// As [`wording`], of a question as it was typed.
pub(crate) fn wording_of(question: &str) -> String {
    let surfaces: Vec<String> = analysis::tokens(question).map(|token| token.surface).collect();
    wording(surfaces.iter().map(String::as_str))
}
