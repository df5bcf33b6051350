//! Takes words of politeness off a question: they ask for nothing.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::{analysis, english};

/// Returns `question` without a "please" or a "thanks" at its end. What is nothing but politeness
/// stays as it is.
///
/// "When is the fair, please" becomes "When is the fair?".
pub(crate) fn without_politeness(question: &str) -> Cow<'_, str> {
    let mut rest = question.trim_end_matches(is_no_letter);
    while let Some((start, word)) = rest.unicode_word_indices().next_back() {
        let is_last = start + word.len() == rest.len();
        if !is_last || !english::is_polite(&analysis::fold(word)) {
            break;
        }
        rest = rest.get(..start).unwrap_or_default().trim_end_matches(is_no_letter);
    }
    let is_as_it_was = rest.len() == question.trim_end_matches(is_no_letter).len();
    if is_as_it_was || rest.is_empty() {
        return Cow::Borrowed(question);
    }
    Cow::Owned(format!("{rest}?"))
}

fn is_no_letter(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '”' | '"' | '’' | ')')
}

#[cfg(test)]
mod tests {
    use super::without_politeness;

    #[test]
    fn only_politeness_at_the_end_goes() {
        for (question, expected) in [
            ("When is the fair, please", "When is the fair?"),
            ("when is the fair? Thanks please!!", "when is the fair?"),
            ("Who said “please”?", "Who said “please”?"),
            ("Thanks!", "Thanks!"),
            ("When is the fair?", "When is the fair?"),
            ("", ""),
        ] {
            assert_eq!(without_politeness(question), expected);
        }
    }
}
