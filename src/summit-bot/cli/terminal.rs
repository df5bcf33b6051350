//! Printing to people: width, colour, and nothing that could steer a terminal.
//!
//! It knows nothing of what is printed. All text passes [`Printer::wrapped`], so that none of
//! it reaches a terminal with control characters; a pipe gets every character as it is.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use textwrap::WordSplitter;

/// The width where the output is no terminal.
const PIPE_WIDTH: usize = 80;
/// Longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// Plain text.
pub(super) const PLAIN: Style = Style::new();
/// Style of text that is read first.
pub(super) const STRONG: Style = Style::new().bold();
/// Style of text that is read last.
pub(super) const FAINT: Style = Style::new().dimmed();
/// A fault.
pub(super) const FAULT: Style = AnsiColor::Red.on_default().bold();
/// A warning.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// A run of text in one style.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    style: Style,
    text: Cow<'a, str>,
}

/// Text in a style.
pub(super) fn piece<'a>(style: Style, text: impl Into<Cow<'a, str>>) -> Piece<'a> {
    Piece { style, text: text.into() }
}

/// One output stream, for people or for programs.
pub(super) struct Printer {
    out: Box<dyn Write>,
    width: usize,
    is_terminal: bool,
    has_color: bool,
}

impl Printer {
    /// The standard output.
    pub(super) fn stdout() -> Self {
        Self::new(io::stdout())
    }

    /// The standard error stream.
    pub(super) fn stderr() -> Self {
        Self::new(io::stderr())
    }

    fn new(stream: impl RawStream + AsLockedWrite + 'static) -> Self {
        let is_terminal = stream.is_terminal();
        // Without colour the stream is left alone: the adapter would also take escape sequences
        // out of the documents, and a pipe gets text as it is.
        let has_color = AutoStream::choice(&stream) != ColorChoice::Never;
        let out: Box<dyn Write> =
            if has_color { Box::new(AutoStream::auto(stream)) } else { Box::new(stream) };
        let width =
            if is_terminal { textwrap::termwidth().clamp(20, MAX_WIDTH) } else { PIPE_WIDTH };
        Self { out, width, is_terminal, has_color }
    }

    /// Columns of a line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Returns whether styles are shown; where they are not, words must say what they would.
    pub(super) fn has_color(&self) -> bool {
        self.has_color
    }

    /// Returns an empty line.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Returns a paragraph in one style.
    pub(super) fn text(&mut self, style: Style, text: &str) -> io::Result<()> {
        self.wrapped("", &[piece(style, text)])
    }

    /// Returns a paragraph, wrapped to the width, with `margin` before each of its lines.
    pub(super) fn wrapped(&mut self, margin: &str, pieces: &[Piece<'_>]) -> io::Result<()> {
        let pieces = self.shown(pieces);
        let text: String = pieces.iter().map(|piece| &*piece.text).collect();
        let width = self.width.saturating_sub(textwrap::core::display_width(margin));
        let options = textwrap::Options::new(width).word_splitter(WordSplitter::NoHyphenation);
        let mut rest = 0;
        for line in textwrap::wrap(&text, options) {
            // Wrapping only leaves white space out, so that each line is found again in turn.
            let from = rest + text.get(rest..).and_then(|t| t.find(&*line)).unwrap_or_default();
            rest = from + line.len();
            self.styled(FAINT, margin)?;
            self.pieces_within(&pieces, from..rest)?;
            self.blank()?;
        }
        Ok(())
    }

    /// Returns a line as it is, however long.
    pub(super) fn line(&mut self, pieces: &[Piece<'_>]) -> io::Result<()> {
        for piece in self.shown(pieces) {
            self.styled(piece.style, &piece.text)?;
        }
        self.blank()
    }

    /// Returns a value as one line of JSON, and out with it.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut json = serde_json::to_string(value)?;
        if self.is_terminal {
            json = escaped(&json);
        }
        json.push('\n');
        self.out.write_all(json.as_bytes())?;
        self.out.flush()
    }

    /// Text that other programs wrote for other programs, as it is.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    /// Returns the pieces as they may be shown here.
    fn shown<'a>(&self, pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
        let mut pieces = pieces.to_vec();
        if self.is_terminal {
            for piece in &mut pieces {
                piece.text = Cow::Owned(sanitize(&piece.text));
            }
        }
        pieces
    }

    fn pieces_within(
        &mut self,
        pieces: &[Piece<'_>],
        range: std::ops::Range<usize>,
    ) -> io::Result<()> {
        let mut start = 0;
        for piece in pieces {
            let end = start + piece.text.len();
            let from = range.start.clamp(start, end) - start;
            let to = range.end.clamp(start, end) - start;
            let text = piece.text.get(from..to).unwrap_or_default();
            self.styled(piece.style, text)?;
            start = end;
        }
        Ok(())
    }

    fn styled(&mut self, style: Style, text: &str) -> io::Result<()> {
        if !self.has_color || style == PLAIN || text.is_empty() {
            return self.out.write_all(text.as_bytes());
        }
        write!(self.out, "{style}{text}{style:#}")
    }
}

/// `text` without what could steer a terminal or reorder what it shows: control characters,
/// directions of writing, characters without width.
pub(super) fn sanitize(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_harmful(c) => None,
        c => Some(c),
    });
    kept.collect()
}

/// JSON in which the same characters, which are only inside strings, are escaped: for a
/// program it remains the same value.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if !is_harmful(c) && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') {
            escaped.push(c);
            continue;
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            // A string takes everything.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// Returns what a terminal of this width is sent by `print`.
    fn sent(width: usize, print: impl FnOnce(&mut Printer) -> io::Result<()>) -> String {
        #[derive(Clone, Default)]
        struct Shared(Rc<RefCell<Vec<u8>>>);
        impl io::Write for Shared {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.borrow_mut().write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let shared = Shared::default();
        let out = Box::new(shared.clone());
        print(&mut Printer { out, width, is_terminal: true, has_color: true }).unwrap();
        String::from_utf8(shared.0.take()).unwrap()
    }

    #[test]
    fn styles_survive_wrapping_and_hostile_text() {
        let hostile = piece(PLAIN, "plain\u{1b}[2J\u{202e} words");
        let pieces = [piece(STRONG, "strong words, "), hostile];
        let sent = sent(16, |out| out.wrapped("> ", &pieces));
        let shown = sent
            .replace(&format!("{FAINT}> {FAINT:#}"), "> ")
            .replace(&STRONG.to_string(), "<")
            .replace(&format!("{STRONG:#}"), ">");
        assert_eq!(shown, "> <strong words,>\n> plain[2J words\n");
    }

    #[test]
    fn json_on_a_terminal_is_escaped() {
        let sent = sent(80, |out| out.json(&"a\u{202e}b"));
        assert_eq!(sent, "\"a\\u202eb\"\n");
    }

    #[test]
    fn nothing_harmful_is_shown() {
        let text = "a\u{1b}[31mb\u{9b}c\u{202e}d\u{200b}e\u{7}f\tg\r\nh\u{feff}i\u{e0041}";
        assert_eq!(sanitize(text), "a[31mbcdef g  hi");
        assert_eq!(sanitize("“Díaz-Canel” — ¶28, 日本, 🕊"), "“Díaz-Canel” — ¶28, 日本, 🕊");
    }

    #[test]
    fn escaped_json_is_the_same_value() {
        let value = "a\u{9b}b\u{202e}c\u{e0041}\u{1b}";
        let json = serde_json::to_string(value).unwrap();
        let escaped = escaped(&json);
        assert!(!escaped.chars().any(is_harmful), "{escaped}");
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), value);
    }
}
