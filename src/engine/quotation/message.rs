//! The quotations in a message of a chat.

use std::collections::HashSet;
use std::ops::Range;

use super::claim::ClaimWords;
use super::exact;
use crate::answer::Engine;

/// The fewest words of a message without quotation marks that are taken for a quotation, where all
/// of them are in a document in this order.
const LEAST_UNMARKED_WORDS: usize = 4;

/// Returns what a message quotes, in order and each once: block quotes, and what is between quotation marks of
/// any kind. The two marks need not be of one kind. A single mark counts only where no letter and
/// no digit is on its outer side, so that apostrophes, feet and inches quote nothing. Code, links
/// and Discord's mentions and emoji are no part of a message here.
///
/// # Examples
/// ```
/// use engine::quotation::message::quotations;
///
/// assert_eq!(quotations("It’s ‘one two’, and “three four\" of 6'2\""), ["one two", "three four"]);
/// ```
#[must_use]
pub fn quotations(message: &str) -> Vec<String> {
    let message = without_code(message);
    let mut found = Vec::new();
    let mut block: Vec<String> = Vec::new();
    let mut prose = String::new();
    let mut is_all_quoted = false;
    for line in message.lines() {
        let quoted = line.trim_start().strip_prefix('>');
        is_all_quoted |= quoted.is_some_and(|rest| rest.starts_with(">> "));
        if let Some(quoted) = quoted.or(is_all_quoted.then_some(line)) {
            found.extend(in_marks(&std::mem::take(&mut prose)));
            block.push(words_of(quoted.trim_start_matches('>')));
        } else {
            found.extend(joined(&mut block));
            prose.push_str(&words_of(line));
            prose.push('\n');
        }
    }
    found.extend(in_marks(&prose));
    found.extend(joined(&mut block));
    let mut seen = HashSet::new();
    // One letter is an abbreviation: "rock 'n' roll".
    let has_word = |quote: &str| quote.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    found.retain(|quote| has_word(quote) && seen.insert(quote.clone()));
    found
}

impl Engine {
    /// Returns the longest run of words of a message that is in a document word for word, if it is
    /// long enough to be a quotation; for messages in which nothing is marked as one.
    #[must_use]
    pub fn unmarked_quotation(&self, message: &str) -> Option<String> {
        let message = words_of(&without_code(message));
        let index = self.words();
        let words = ClaimWords::read(index, &message).ok()?;
        let mut longest: Range<usize> = 0..0;
        for start in 0..words.ids.len() {
            let rest = words.ids.get(start..).unwrap_or_default();
            let longer = exact::longest_prefix(&index.body, rest, longest.len());
            longest = longer.map_or(longest, |(length, _)| start..start + length);
        }
        let is_long = longest.len() >= LEAST_UNMARKED_WORDS;
        let places = words.places.get(longest).filter(|_| is_long)?;
        let run = message.get(places.first()?.start..places.last()?.end)?.to_owned();
        let is_telling = ClaimWords::read(index, &run).is_ok_and(|run| !run.is_too_short());
        is_telling.then_some(run)
    }
}

/// Leaves out what is between backticks, one or three.
fn without_code(message: &str) -> String {
    let mut prose = String::new();
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('`') {
        prose.push_str(before);
        let (behind, fence) = match behind.strip_prefix("``") {
            Some(behind) => (behind, "```"),
            None => (behind, "`"),
        };
        if let Some((_, after)) = behind.split_once(fence) {
            rest = after;
        } else {
            // A lone one can be an apostrophe.
            prose.push('\u{b4}');
            rest = behind;
        }
    }
    prose + rest
}

/// Leaves out links, mentions and Discord's own emoji.
fn words_of(line: &str) -> String {
    let is_markup = |word: &&str| {
        let is_link = word.contains("://");
        let is_mention = word.starts_with('<') && word.ends_with('>');
        is_link || is_mention
    };
    line.split_whitespace().filter(|word| !is_markup(word)).collect::<Vec<_>>().join(" ")
}

fn joined(block: &mut Vec<String>) -> Option<String> {
    let lines = std::mem::take(block);
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// Returns what is between quotation marks. A mark within another pair is part of the quotation.
fn in_marks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some((start, open)) = opening(text, rest) {
        rest = start;
        if let Some(end) = end(text, start, open) {
            found.push(text.get(start..end).unwrap_or_default().trim().to_owned());
            rest = text
                .get(end..)
                .and_then(|behind| behind.chars().next())
                .map_or(end, |mark| end + mark.len_utf8());
        }
    }
    found
}

/// Returns the next opening mark from byte `from` on, and the byte behind it.
fn opening(text: &str, from: usize) -> Option<(usize, char)> {
    text.get(from..)?.char_indices().find_map(|(at, mark)| {
        closing(mark)?;
        let before = text.get(..from + at)?.chars().next_back();
        let start = from + at + mark.len_utf8();
        let after = text.get(start..)?.chars().next()?;
        let is_outside = !before.is_some_and(char::is_alphanumeric) && !after.is_whitespace();
        let is_year = is_single(mark) && after.is_numeric();
        (!is_ambiguous(mark) || (is_outside && !is_year)).then_some((start, mark))
    })
}

/// Returns the byte at which the quotation ends that `open` begins at `start`.
fn end(text: &str, start: usize, open: char) -> Option<usize> {
    let marks = closing(open)?;
    text.get(start..)?.char_indices().find_map(|(at, mark)| {
        let after = text.get(start + at + mark.len_utf8()..)?.chars().next();
        let is_outside = !is_single(mark) || !after.is_some_and(char::is_alphanumeric);
        (marks.contains(mark) && is_outside).then_some(start + at)
    })
}

/// Returns the marks that can end what `open` begins; `None` where it begins nothing.
fn closing(open: char) -> Option<&'static str> {
    match open {
        '“' | '‟' | '"' | '＂' => Some("”“\"＂"),
        '„' => Some("“”\"＂"),
        '«' => Some("»\""),
        '»' => Some("«»\""),
        '‹' => Some("›"),
        '›' => Some("‹›"),
        '‘' | '‛' | '\'' | '\u{b4}' => Some("’'´"),
        '‚' => Some("‘’'"),
        '「' => Some("」"),
        '『' => Some("』"),
        '《' => Some("》"),
        '〝' => Some("〞〟"),
        _ => None,
    }
}

/// Returns whether the mark can be an apostrophe, a sign of feet or inches, or an end as well.
fn is_ambiguous(mark: char) -> bool {
    is_single(mark) || matches!(mark, '"' | '＂' | '»' | '›')
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‛' | '‚' | '\u{b4}')
}
