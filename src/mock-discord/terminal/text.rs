//! Styled text in lines of a width: what everything here is drawn with. It knows nothing of
//! Discord, and nothing that could steer a terminal passes it.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

/// Plain text.
pub const PLAIN: Style = Style::new();
/// Style of text that is read first.
pub const STRONG: Style = Style::new().bold();
/// Style of text that is read last.
pub const FAINT: Style = Style::new().dimmed();
/// Style of errors.
pub const FAULT: Style = AnsiColor::Red.on_default().bold();
/// Style of buttons and menus.
pub const CONTROL: Style = AnsiColor::Cyan.on_default();

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRun {
    /// How it looks.
    pub style: Style,
    /// The text, without line breaks and control characters.
    pub text: String,
}

/// A line of runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<TextRun>);

impl Line {
    /// A line in one style.
    #[must_use]
    pub fn new(style: Style, text: impl AsRef<str>) -> Self {
        Self::default().then(style, text)
    }

    /// The line with a run more.
    #[must_use]
    pub fn then(mut self, style: Style, text: impl AsRef<str>) -> Self {
        let text: String = sanitize(text.as_ref()).into_owned();
        match self.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(&text),
            _ => self.0.push(TextRun { style, text }),
        }
        self
    }

    /// Returns the text without its styles.
    #[must_use]
    pub fn plain(&self) -> String {
        let text: String = self.0.iter().map(|run| run.text.as_str()).collect();
        text.trim_end().to_owned()
    }

    /// Returns how many columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.0.iter().map(|run| display_width(&run.text)).sum()
    }

    /// Returns the line broken between words, each part behind `margin`; at least one part.
    #[must_use]
    pub fn wrapped(&self, margin: &Self, width: usize) -> Vec<Self> {
        let room = width.saturating_sub(margin.width()).max(8);
        let mut lines = vec![Vec::new()];
        let mut used = 0;
        for word in self.words(room) {
            let wide = word_width(&word);
            let shown = word.iter().rev().skip_while(|(c, _)| *c == ' ').count();
            let visible = wide - (word.len() - shown);
            if used > 0 && used + visible > room {
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.extend(word);
            }
        }
        let shown = |line: &[(char, Style)]| {
            // Spaces behind the last word would push a full line over the edge.
            line.iter().rposition(|(c, _)| *c != ' ').map_or(0, |last| last + 1)
        };
        let lines = lines.iter().map(|line| line.get(..shown(line)).unwrap_or_default());
        lines.map(|line| margin.clone().with(line)).collect()
    }

    /// Returns the line broken beside a head, which is before its first part alone.
    #[must_use]
    pub fn beside(&self, head: &Self, width: usize) -> Vec<Self> {
        let room = width.saturating_sub(head.width());
        let lines = self.wrapped(&Self::default(), room);
        let indent = Self::new(PLAIN, " ".repeat(head.width()));
        let before = std::iter::once(head).chain(std::iter::repeat(&indent));
        let pair = |(before, line): (&Self, Self)| {
            line.0.into_iter().fold(before.clone(), |whole, run| whole.then(run.style, run.text))
        };
        before.zip(lines).map(pair).collect()
    }

    /// Returns the characters in words, each with the spaces behind it; none is wider than `room`.
    fn words(&self, room: usize) -> Vec<Vec<(char, Style)>> {
        let mut words: Vec<Vec<(char, Style)>> = Vec::new();
        let all = self.0.iter().flat_map(|run| run.text.chars().map(|c| (c, run.style)));
        let mut before = None;
        for (c, style) in all {
            let begins = before == Some(' ') && c != ' ';
            let is_full = words.last().is_some_and(|word| word_width(word) >= room);
            match words.last_mut().filter(|_| !(begins || is_full && c != ' ')) {
                Some(word) => word.push((c, style)),
                None => words.push(vec![(c, style)]),
            }
            before = Some(c);
        }
        words
    }

    fn with(mut self, characters: &[(char, Style)]) -> Self {
        for (c, style) in characters {
            match self.0.last_mut() {
                Some(last) if last.style == *style => last.text.push(*c),
                _ => self.0.push(TextRun { style: *style, text: c.to_string() }),
            }
        }
        self
    }
}

fn word_width(word: &[(char, Style)]) -> usize {
    word.iter().map(|(c, _)| display_width(c.encode_utf8(&mut [0; 4]))).sum()
}

/// Lines as text without styles.
#[must_use]
pub fn plain(lines: &[Line]) -> String {
    let lines = lines.iter().map(|line| line.plain() + "\n");
    lines.collect()
}

/// `text` without what could steer a terminal or reorder what it shows: control characters,
/// directions of writing, characters without width.
fn sanitize(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_harmful(c) => None,
        c => Some(c),
    });
    Cow::Owned(kept.collect())
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_styles() {
        let line = Line::new(PLAIN, "one two ").then(STRONG, "three four");
        let broken = line.wrapped(&Line::new(FAINT, "| "), 11);
        assert_eq!(plain(&broken), "| one two\n| three\n| four\n");
        assert_eq!(broken[1].0[1].style, STRONG);
    }

    #[test]
    fn words_without_end_are_broken_and_wide_ones_counted() {
        let broken = Line::new(PLAIN, "日本日本日本 abcdefghijklmn").wrapped(&Line::default(), 10);
        assert_eq!(plain(&broken), "日本日本日\n本\nabcdefghij\nklmn\n");
    }

    #[test]
    fn nothing_harmful_is_drawn() {
        let line = Line::new(PLAIN, "a\u{1b}[2J\u{202e}b\u{200b}c\nd\u{9b}e");
        assert_eq!(line.plain(), "a[2Jbc de");
    }
}
