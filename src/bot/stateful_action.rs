//! Presses that change or show what is kept: undo, confirmations, votes, pages of lists.
//!
//! Like all ids they grant nothing; what a press may do is asked again when it comes. This file
//! knows only how they are written.

use super::component_id::SentenceRange;

/// The action of a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatefulAction {
    /// Take back the record of this number.
    Undo(u64),
    /// Set everything back, on this revision.
    Reset(u64),
    /// Load the file that hangs on the message, on this revision; the file has this digest.
    Import {
        /// The revision on which it was shown what would change.
        revision: u64,
        /// The first four bytes of the file's SHA-256.
        digest: u32,
    },
    /// The passage helped.
    Up(SentenceRange),
    /// It did not: ask why.
    Down(SentenceRange),
    /// A reason was chosen.
    Why(SentenceRange),
    /// Ask whether to delete all that is held on the person.
    Forget,
    /// Delete it.
    ForgetNow,
    /// A page of pins and hidden passages.
    List(u32),
    /// A page of questions without an answer.
    Unanswered(Page),
    /// A question was chosen, to be dismissed.
    Dismiss(Page),
    /// A question was chosen, to be answered by a passage.
    Answer(Page),
    /// A passage was chosen for the question of this topic.
    Choose(String),
    /// A page of passages with votes against them.
    Flags(Page),
    /// One of them was chosen, to be hidden.
    HideFlagged(Page),
}

/// Which part of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Of how many days.
    pub days: u32,
    /// Entries before it.
    pub skip: u32,
}

impl StatefulAction {
    /// Returns it as it is in an id.
    #[must_use]
    pub fn field(&self) -> String {
        let page = |sign: char, page: &Page| format!("{sign}{}.{}", page.days, page.skip);
        match self {
            Self::Undo(number) => format!("u{number}"),
            Self::Reset(revision) => format!("r{revision}"),
            Self::Import { revision, digest } => format!("i{revision}.{digest}"),
            Self::Up(run) => format!("+{run}"),
            Self::Down(run) => format!("-{run}"),
            Self::Why(run) => format!("w{run}"),
            Self::Forget => "f".to_owned(),
            Self::ForgetNow => "F".to_owned(),
            Self::List(skip) => format!("l{skip}"),
            Self::Unanswered(it) => page('q', it),
            Self::Dismiss(it) => page('d', it),
            Self::Answer(it) => page('a', it),
            Self::Choose(topic) => format!("c{topic}"),
            Self::Flags(it) => page('v', it),
            Self::HideFlagged(it) => page('h', it),
        }
    }

    /// Returns what a field of an id asks for; `None` where it is not as [`Self::field`] writes it.
    #[must_use]
    pub fn parse(field: &str) -> Option<Self> {
        let mut letters = field.chars();
        let sign = letters.next()?;
        let rest = letters.as_str();
        let number = || rest.parse::<u64>().ok();
        let page = || {
            let (days, skip) = rest.split_once('.')?;
            Some(Page { days: days.parse().ok()?, skip: skip.parse().ok()? })
        };
        let stateful_action = match sign {
            'u' => Self::Undo(number()?),
            'r' => Self::Reset(number()?),
            'i' => {
                let (revision, digest) = rest.split_once('.')?;
                Self::Import { revision: revision.parse().ok()?, digest: digest.parse().ok()? }
            }
            '+' => Self::Up(SentenceRange::parse(rest)?),
            '-' => Self::Down(SentenceRange::parse(rest)?),
            'w' => Self::Why(SentenceRange::parse(rest)?),
            'f' => Self::Forget,
            'F' => Self::ForgetNow,
            'l' => Self::List(rest.parse().ok()?),
            'q' => Self::Unanswered(page()?),
            'd' => Self::Dismiss(page()?),
            'a' => Self::Answer(page()?),
            'c' => Self::Choose(is_topic(rest).then(|| rest.to_owned())?),
            'v' => Self::Flags(page()?),
            'h' => Self::HideFlagged(page()?),
            _ => return None,
        };
        (stateful_action.field() == field).then_some(stateful_action)
    }

    /// Returns whether it names sentences by number, and so counts for one edition of the
    /// documents.
    #[must_use]
    pub fn names_sentences(&self) -> bool {
        matches!(
            self,
            Self::Up(_) | Self::Down(_) | Self::Why(_) | Self::Choose(_) | Self::HideFlagged(_)
        )
    }
}

/// Returns whether this could be the key of a topic.
pub(super) fn is_topic(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
