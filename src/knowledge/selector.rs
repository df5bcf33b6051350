//! Text quote selectors: a stretch of text named by its words, after the `TextQuoteSelector` of
//! the W3C Web Annotation Data Model (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).

use super::Span;

/// Words that name one place of a text, and what must stand directly around them.
#[derive(Debug, Clone, Copy)]
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

    /// The one place of `text` that the selector names, or why there is no such place.
    pub(super) fn find(&self, text: &str) -> Result<Span, String> {
        if self.exact.trim().is_empty() {
            return Err("this selector is empty: give the words that it shall match".to_owned());
        }
        let mut places = text
            .match_indices(self.exact)
            .filter(|(start, words)| self.fits(text, *start, start + words.len()));
        match (places.next(), places.next()) {
            (Some((start, words)), None) => Ok(Span::from_borders(start, start + words.len())),
            (Some((first, _)), Some((second, _))) => Err(format!(
                "“{}” stands in the text more than once (lines {} and {}): lengthen it, or add \
                 `after` or `before`",
                self.exact,
                super::annotation::line_of(text, first),
                super::annotation::line_of(text, second),
            )),
            (None, _) => Err(self.absence(text)),
        }
    }

    fn fits(&self, text: &str, start: usize, end: usize) -> bool {
        let head = text.get(..start).unwrap_or_default().trim_end();
        let tail = text.get(end..).unwrap_or_default().trim_start();
        self.after.is_none_or(|after| head.ends_with(after.trim_end()))
            && self.before.is_none_or(|before| tail.starts_with(before.trim_start()))
    }

    fn absence(&self, text: &str) -> String {
        let mut message = format!("“{}” does not stand in the text", self.exact);
        if text.contains(self.exact) {
            message.push_str(" beside what `after` and `before` say");
        } else if let Some((line, nearest)) = nearest(self.exact, text) {
            message = format!("{message}; the nearest is “{nearest}” (line {line})");
        }
        message.push_str("; copy the words from the text exactly");
        message
    }
}

/// The stretch of `text` most like `wanted`, of about its length, and its line: what an editor
/// probably meant. Only lines that share a word with `wanted` are looked at closely.
fn nearest(wanted: &str, text: &str) -> Option<(usize, String)> {
    const LINES_READ_CLOSELY: usize = 3;
    const LEAST_LIKENESS: f64 = 0.5;
    let words: Vec<&str> = wanted.split_whitespace().take(60).collect();
    let shared = |line: &str| words.iter().filter(|word| line.contains(**word)).count();
    let mut lines: Vec<(usize, usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(number, line)| (shared(line), number + 1, line))
        .filter(|(count, ..)| *count > 0)
        .collect();
    lines.sort_by_key(|(count, number, _)| (std::cmp::Reverse(*count), *number));
    let wanted = words.join(" ");
    let mut best: Option<(f64, usize, String)> = None;
    for (_, number, line) in lines.into_iter().take(LINES_READ_CLOSELY) {
        let line: Vec<&str> = line.split_whitespace().take(2_000).collect();
        for window in line.windows(words.len().min(line.len()).max(1)) {
            let window = window.join(" ");
            let likeness = strsim::normalized_damerau_levenshtein(&wanted, &window);
            if likeness >= LEAST_LIKENESS && best.as_ref().is_none_or(|(most, ..)| likeness > *most)
            {
                best = Some((likeness, number, window));
            }
        }
    }
    best.map(|(_, line, nearest)| (line, nearest))
}
