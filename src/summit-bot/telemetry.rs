//! The log: set up once, one line an event, on the error stream.
//!
//! No line holds what people wrote, their ids, or a token. Serenity's own lines may hold all of
//! these, so that none is let through. What would break a line or colour a terminal is spelled
//! out, wherever it stems from.

use std::borrow::Cow;
use std::io::{self, Write};
use std::panic;

use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log; a second call changes nothing.
pub fn init() {
    if lines(LevelFilter::INFO, io::stderr).try_init().is_ok() {
        panic::set_hook(Box::new(|info| {
            // The message is left out: it may hold what someone asked.
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!("the program panicked at {place}");
        }));
    }
}

/// Returns the lines of the log: ours from `level` on, of others what is an error, of serenity
/// nothing. It prints whole errors and frames at every level, and what ends a session is logged by
/// us.
pub fn lines<W>(level: LevelFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = Targets::new()
        .with_default(LevelFilter::ERROR.min(level))
        .with_target("summit_bot", level)
        .with_target("serenity", LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(Plain(writer))
        .with_ansi(false)
        .with_target(false);
    tracing_subscriber::registry().with(filter).with(lines)
}

/// Writes lines in which every character is what it looks like.
struct Plain<W>(W);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Plain<M> {
    type Writer = Plain<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Plain(self.0.make_writer())
    }
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(plain(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Returns the line with everything spelled out that is no visible character, but for its end.
fn plain(line: &str) -> Cow<'_, str> {
    let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
    if !text.contains(is_deceptive) {
        return Cow::Borrowed(line);
    }
    let spelled = text
        .chars()
        .map(|c| if is_deceptive(c) { c.escape_default().to_string() } else { c.to_string() });
    Cow::Owned(spelled.chain([end.to_owned()]).collect())
}

/// Control characters, ends of lines, and what changes the direction of writing.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_line_is_one_line_whatever_stands_in_it() {
        assert_eq!(plain("as it is\n"), "as it is\n");
        assert_eq!(plain("a\nERROR b\r\u{1b}[2J\n"), "a\\nERROR b\\r\\u{1b}[2J\n");
        assert_eq!(plain("\u{202e}drow"), "\\u{202e}drow");
        assert_eq!(plain("ça – “va” 中文\n"), "ça – “va” 中文\n");
    }
}
