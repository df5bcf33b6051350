//! When two questions are the same, and when they are on the same matter.
//!
//! Both are decided by the words alone, whatever the documents say.

use super::analysis;

/// The form in which two questions are the same: words in lower case without diacritics, numbers
/// in one form, without punctuation. Another word, or another order, is another question. Empty
/// where there is no word.
#[must_use]
pub fn question_key(question: &str) -> String {
    analysis::fold_name(question)
}

/// The words that questions on one matter have in common: stems of those that carry a topic, each
/// once, in alphabetical order.
#[must_use]
pub fn topic_key(question: &str) -> Vec<String> {
    analysis::topic_stems(question)
}
