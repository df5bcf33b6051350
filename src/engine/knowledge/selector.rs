//! Text quote selectors: a stretch of text named by its words, after the `TextQuoteSelector` of
//! the W3C Web Annotation Data Model (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Span;
use super::annotation::Lines;

/// Words that name one place of a text, and what must be directly around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Selector<'a> {
    pub(super) exact: &'a str,
    /// Text directly before the words (W3C `prefix`); white space between is ignored.
    pub(super) after: Option<&'a str>,
    /// Text directly behind the words (W3C `suffix`); white space between is ignored.
    pub(super) before: Option<&'a str>,
}

impl<'a> Selector<'a> {
    pub(super) fn exact(exact: &'a str) -> Self {
        Self { exact, after: None, before: None }
    }

    fn is_empty(&self) -> bool {
        self.exact.trim().is_empty()
    }

    fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        let head = text.get(..start).unwrap_or_default().trim_end();
        let tail = text.get(end..).unwrap_or_default().trim_start();
        self.after.is_none_or(|after| head.ends_with(after.trim_end()))
            && self.before.is_none_or(|before| tail.starts_with(before.trim_start()))
    }
}

/// Where a selector matches: the first two places.
#[derive(Debug, Clone, Copy, Default)]
struct Matches {
    first: Option<usize>,
    second: Option<usize>,
    /// The words are in the text, whatever is around them.
    has_words: bool,
}

/// All selectors of an annotation, found in one pass over the text: looking for one after the
/// other takes minutes where a long text has thousands of spans.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    matches: HashMap<Selector<'a>, Matches>,
    suggestions_left: usize,
    /// Read when the first line is named.
    lines: Option<Lines>,
}

impl<'a> Places<'a> {
    /// Finds `selectors` in `text`.
    pub(super) fn find_all(
        text: &'a str,
        selectors: impl Iterator<Item = Selector<'a>>,
    ) -> Result<Self, String> {
        /// Looking for what was meant takes long: beyond this many faults, or this much text
        /// read again, no nearest stretch is offered.
        const MOST_SUGGESTIONS: usize = 20;
        const MOST_BYTES_READ: usize = 64 << 20;
        let mut matches: HashMap<Selector<'_>, Matches> = HashMap::new();
        let mut by_words: HashMap<&str, usize> = HashMap::new();
        let mut words: Vec<(&str, Vec<Selector<'_>>)> = Vec::new();
        for selector in selectors.filter(|selector| !selector.is_empty()) {
            if matches.insert(selector, Matches::default()).is_some() {
                continue;
            }
            let index = *by_words.entry(selector.exact).or_insert(words.len());
            match words.get_mut(index) {
                Some((_, same_words)) => same_words.push(selector),
                None => words.push((selector.exact, vec![selector])),
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words.iter().map(|(exact, _)| exact))
            .map_err(|error| format!("these selectors are too many: {error}"))?;
        for found in automaton.find_overlapping_iter(text) {
            let Some((_, selectors)) = words.get(found.pattern().as_usize()) else {
                continue;
            };
            for selector in selectors {
                let Some(places) = matches.get_mut(selector) else {
                    continue;
                };
                places.has_words = true;
                if places.second.is_some() || !selector.fits(text, found.start(), found.end()) {
                    continue;
                }
                let place =
                    if places.first.is_none() { &mut places.first } else { &mut places.second };
                *place = Some(found.start());
            }
        }
        let suggestions_left = (MOST_BYTES_READ / text.len().max(1)).clamp(1, MOST_SUGGESTIONS);
        Ok(Self { text, matches, suggestions_left, lines: None })
    }

    /// Returns the one place that `selector`, one of those looked for, names, or why there is none.
    pub(super) fn get(&mut self, selector: Selector<'_>) -> Result<Span, String> {
        if selector.is_empty() {
            return Err("this selector is empty: give the words that it shall match".to_owned());
        }
        let found = self.matches.get(&selector).copied().unwrap_or_default();
        match (found.first, found.second) {
            (Some(start), None) => Ok(Span::from_borders(start, start + selector.exact.len())),
            (Some(first), Some(second)) => Err(self.ambiguity(selector.exact, first, second)),
            (None, _) => Err(self.absence(selector.exact, found.has_words)),
        }
    }

    fn ambiguity(&mut self, exact: &str, first: usize, second: usize) -> String {
        let lines = self.lines.get_or_insert_with(|| Lines::of(self.text));
        let lines = (lines.number(first), lines.number(second));
        let lines = if lines.0 == lines.1 {
            format!("line {}", lines.0)
        } else {
            format!("lines {} and {}", lines.0, lines.1)
        };
        format!(
            "“{exact}” stands in the text more than once ({lines}): lengthen it, or add `after` \
             or `before`"
        )
    }

    fn absence(&mut self, exact: &str, has_words: bool) -> String {
        if has_words {
            return format!(
                "“{exact}” stands in the text, but not where `after` and `before` say: copy \
                 from the text what stands directly around it"
            );
        }
        let mut message = format!("“{exact}” is not in the text");
        if let Some(left) = self.suggestions_left.checked_sub(1) {
            self.suggestions_left = left;
            if let Some((line, nearest)) = nearest(exact, self.text) {
                message = format!("{message}; the nearest is “{nearest}” (line {line})");
            }
        }
        message.push_str(": copy the words from the text exactly");
        message
    }
}

/// Returns the stretch of `text` most like `wanted`, of about its length, and its line: what an
/// editor probably meant. Of the lines that share most words with `wanted`, only the stretches that
/// share most words are compared letter by letter.
fn nearest(wanted: &str, text: &str) -> Option<(usize, String)> {
    const LINES_READ_CLOSELY: usize = 3;
    const STRETCHES_COMPARED: usize = 8;
    const LEAST_LIKENESS: f64 = 0.5;
    let wanted: Vec<&str> = wanted.split_whitespace().take(60).collect();
    let words: HashSet<String> = wanted.iter().map(|word| plain(word)).collect();
    let is_shared = |word: &&str| words.contains(&plain(word));
    let mut lines: Vec<(usize, usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(number, line)| {
            (line.split_whitespace().filter(is_shared).count().min(wanted.len()), number + 1, line)
        })
        .filter(|(count, ..)| *count > 0)
        .collect();
    lines.sort_by_key(|(count, number, _)| (std::cmp::Reverse(*count), *number));
    let wanted_text = wanted.join(" ");
    let mut best: Option<(f64, usize, String)> = None;
    for (_, number, line) in lines.into_iter().take(LINES_READ_CLOSELY) {
        let line: Vec<&str> = line.split_whitespace().collect();
        let shared: Vec<bool> = line.iter().map(is_shared).collect();
        let length = wanted.len().min(line.len()).max(1);
        let mut stretches = most_shared(&shared, length);
        stretches.truncate(STRETCHES_COMPARED);
        for start in stretches {
            let stretch = line.get(start..start + length).unwrap_or_default().join(" ");
            let similarities = strsim::normalized_damerau_levenshtein(&wanted_text, &stretch);
            if similarities >= LEAST_LIKENESS
                && best.as_ref().is_none_or(|(most, ..)| similarities > *most)
            {
                best = Some((similarities, number, stretch));
            }
        }
    }
    best.map(|(_, line, nearest)| (line, nearest))
}

/// Returns the stretches of `length` words by their start, those with most shared words first.
fn most_shared(shared: &[bool], length: usize) -> Vec<usize> {
    let mut count = shared.iter().take(length).filter(|is_shared| **is_shared).count();
    let mut stretches = vec![(count, 0)];
    for (start, (left, entered)) in shared.iter().zip(shared.iter().skip(length)).enumerate() {
        count = count + usize::from(*entered) - usize::from(*left);
        stretches.push((count, start + 1));
    }
    stretches.sort_by_key(|(count, start)| (std::cmp::Reverse(*count), *start));
    stretches.into_iter().map(|(_, start)| start).collect()
}

/// Returns a word as an editor would type it: without marks around it, in lower case.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, selector: Selector<'_>, expected: Result<usize, &str>) {
        let mut places = Places::find_all(text, std::iter::once(selector)).unwrap();
        let found = places.get(selector).map(Span::start);
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn matches_may_overlap() {
        check(
            "ha ha ha",
            Selector::exact("ha ha"),
            Err("“ha ha” stands in the text more than once (line 1): lengthen it, or add \
                 `after` or `before`"),
        );
        check("ha ha ha", Selector { exact: "ha ha", after: Some("ha"), before: None }, Ok(3));
    }

    #[test]
    fn a_wrong_mark_is_found_out() {
        check(
            "They built a bridge.\nHe called it “morally indefensible,” twice.",
            Selector::exact("called it \"morally indefensible,\""),
            Err("“called it \"morally indefensible,\"” is not in the text; the nearest \
                 is “called it “morally indefensible,”” (line 2): copy the words from the text \
                 exactly"),
        );
    }
}
