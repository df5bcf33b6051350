//! Conversations in plain text, replayed and compared: lines that begin with `> ` are typed, what
//! follows is expected. Lines that begin with `# ` are remarks. It knows no files.

use std::fmt::Write as _;

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices};

use super::session::{Next, Session};
use super::text::plain;

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script(Vec<Part>);

/// A part of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A line for the reader alone.
    Remark(String),
    /// A line that is typed.
    Typed(String),
}

impl Script {
    /// Reads a script; what it expects is not kept.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let part = |line: &str| {
            let typed = line.strip_prefix("> ").or((line == ">").then_some(""));
            let remark =
                || (line == "#" || line.starts_with("# ")).then(|| Part::Remark(line.to_owned()));
            typed.map(|typed| Part::Typed(typed.to_owned())).or_else(remark)
        };
        Self(text.lines().filter_map(part).collect())
    }

    /// Replays the conversation: the whole text as it came out. `restart` stops the bot and
    /// starts it again.
    ///
    /// # Errors
    ///
    /// Those of `restart`.
    pub async fn replay<E>(
        &self,
        session: &mut Session<'_>,
        mut restart: impl AsyncFnMut() -> Result<(), E>,
    ) -> Result<String, E> {
        let mut transcript = String::new();
        let mut after_remark = true;
        for part in &self.0 {
            let line = match part {
                Part::Remark(remark) => {
                    let gap = if after_remark { "" } else { "\n" };
                    // A string takes everything.
                    let _ = writeln!(transcript, "{gap}{remark}");
                    after_remark = true;
                    continue;
                }
                Part::Typed(line) => line,
            };
            let gap = if transcript.is_empty() { "" } else { "\n" };
            let _ = writeln!(transcript, "{gap}> {line}");
            after_remark = false;
            let entered = session.enter(line).await;
            transcript.push_str(&plain(&entered.lines));
            match entered.next {
                Next::Go => {}
                Next::Quit => break,
                Next::Restart => {
                    restart().await?;
                    transcript.push_str(&plain(&session.reconnected().await));
                }
            }
        }
        Ok(transcript)
    }
}

/// Returns where two texts differ, for people: lines with `-` were expected, lines with `+` came.
/// Nothing where they are the same.
#[must_use]
pub fn difference(expected: &str, actual: &str) -> Option<String> {
    const AROUND: usize = 2;
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    if ops.iter().all(|op| matches!(op, DiffOp::Equal { .. })) {
        return None;
    }
    let mut text = String::new();
    for group in similar::group_diff_ops(ops, AROUND) {
        let first = group.first().map_or(0, |op| op.old_range().start);
        let _ = writeln!(text, "line {}:", first + 1);
        for change in group.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let _ = writeln!(text, "{sign} {}", change.value());
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_lines_and_remarks_are_kept() {
        let script = Script::parse("# why\n\n> hello\nbot\n  text\n\n> > and you?\n>\n");
        let typed = |text: &str| Part::Typed(text.to_owned());
        let parts =
            [Part::Remark("# why".to_owned()), typed("hello"), typed("> and you?"), typed("")];
        assert_eq!(script.0, parts);
    }

    #[test]
    fn differences_are_shown_with_what_stands_around_them() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        let shown = difference("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n");
        assert_eq!(shown.unwrap(), "line 3:\n  3\n  4\n- 5\n+ five\n  6\n");
    }
}
