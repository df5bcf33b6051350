//! Ids of buttons and menus: all that a press needs, versioned and tied to the documents.
//!
//! `o1:3fa9c1d2:28,36+1` is action and version, edition of the documents, and runs of sentences.
//! An id grants nothing: it is read as if a stranger had written it, and whatever is not exactly
//! as [`ComponentAction::id`] writes it is no id at all. This file knows nothing of what a press does.
//! Forms that a press opens have such ids, too.

use std::fmt;

use sha2::{Digest, Sha256};

use super::limits;
use super::stateful_action::StatefulAction;
use engine::answer::Excerpt;
use engine::knowledge::{Corpus, SentenceId};

/// The most runs in an id.
pub const MAX_RUNS: usize = 5;

/// Which state of which documents an id was made for, in eight hex digits: those of the
/// document's own hash where there is one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorpusVersion(u32);

impl CorpusVersion {
    /// Returns the edition of these documents.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        match corpus.documents() {
            [one] => Self(one.hash().get(..8).and_then(parse_hex).unwrap_or_default()),
            several => {
                let mut hashes = Sha256::new();
                for document in several {
                    hashes.update(document.hash());
                }
                let [a, b, c, d, ..] = <[u8; 32]>::from(hashes.finalize());
                Self(u32::from_be_bytes([a, b, c, d]))
            }
        }
    }

    /// Returns the edition with this number.
    #[must_use]
    pub fn from_number(number: u32) -> Self {
        Self(number)
    }
}

impl fmt::Display for CorpusVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

fn parse_hex(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits, 16).ok()
}

/// Contiguous sentences of a corpus, by number: the first, and how many follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentenceRange {
    /// The first sentence.
    pub first: SentenceId,
    /// The number of sentences behind it, at most [`SentenceRange::MAX_MORE`].
    more: u8,
}

impl SentenceRange {
    /// The most sentences behind the first.
    pub const MAX_MORE: u8 = 99;

    /// `more` is held to [`SentenceRange::MAX_MORE`].
    #[must_use]
    pub fn new(first: SentenceId, more: usize) -> Self {
        let more = u8::try_from(more).unwrap_or(Self::MAX_MORE).min(Self::MAX_MORE);
        Self { first, more }
    }

    /// Returns the sentences of an excerpt.
    #[must_use]
    pub fn of(excerpt: &Excerpt) -> Self {
        let (first, last) = excerpt.sentences();
        Self::new(first, last.index().saturating_sub(first.index()))
    }

    /// Returns how many sentences follow the first.
    #[must_use]
    pub fn more(self) -> usize {
        usize::from(self.more)
    }

    /// Returns the run written so; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, more) = text.split_once('+').unwrap_or((text, "0"));
        let run = Self::new(SentenceId::new(first.parse().ok()?), more.parse().ok()?);
        (run.to_string() == text).then_some(run)
    }
}

impl fmt::Display for SentenceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.index())?;
        if self.more > 0 { write!(f, "+{}", self.more) } else { Ok(()) }
    }
}

/// The action of a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComponentAction {
    /// Show the surroundings of a run.
    Context(SentenceRange),
    /// The same, so many paragraphs further on, or back.
    Page(SentenceRange, i16),
    /// A menu of passages.
    Passages(Vec<SentenceRange>),
    /// A choice in that menu.
    Pick(Vec<SentenceRange>),
    /// Show a private passage to everyone.
    Share(SentenceRange),
    /// Show a passage as a text to copy.
    Cite(SentenceRange),
    /// The nearest passages where nothing answers.
    Nearest(Vec<SentenceRange>),
    /// Open a form for a question about an answer.
    Ask(Topic),
    /// That form.
    Asked(Topic),
    /// Show the help.
    Help,
    /// Change or show what is kept.
    Keep(StatefulAction),
}

/// The topic of an answer, for a question that follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The passages that it showed, at most [`Topic::MAX_RUNS`].
    pub runs: Vec<SentenceRange>,
    /// The chief words of the question that it answered, with single spaces between them.
    pub words: String,
}

impl Topic {
    /// The most passages.
    pub const MAX_RUNS: usize = 3;

    /// Returns how many bytes the words may have beside these passages.
    #[must_use]
    pub fn room(runs: &[SentenceRange]) -> usize {
        let empty = Self { runs: runs.to_vec(), words: String::new() };
        limits::CUSTOM_ID.saturating_sub(ComponentAction::Ask(empty).id(CorpusVersion(0)).len())
    }

    /// Returns passages and words as they are in an id; words for which there is no room are left
    /// out.
    fn fields(&self, room: usize) -> String {
        let runs: Vec<String> =
            self.runs.iter().take(Self::MAX_RUNS).map(SentenceRange::to_string).collect();
        let mut fields = format!("{}:", runs.join(","));
        let mut gap = "";
        for word in self.words.split(' ').filter(|word| !word.is_empty()) {
            if fields.len() + gap.len() + word.len() > room {
                break;
            }
            fields.extend([gap, word]);
            gap = " ";
        }
        fields
    }

    fn parse(fields: &str) -> Option<Self> {
        let (runs, words) = fields.split_once(':')?;
        let runs = if runs.is_empty() { Vec::new() } else { parse_list(runs)? };
        Some(Self { runs, words: words.to_owned() })
    }
}

/// The reason for which an id cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentIdError {
    /// It is of an older version of the bot.
    Older,
    /// It is no id of ours.
    Unknown,
}

/// A custom id as it was read: its action and edition, or the reason for which it cannot be used.
pub type ParsedComponentId = Result<(CorpusVersion, ComponentAction), ComponentIdError>;

/// The version of all ids: to be raised where the meaning of one changes.
const VERSION: u32 = 1;

impl ComponentAction {
    /// Returns the id, for documents of this edition. It has at most 100 characters; of more than
    /// [`MAX_RUNS`] runs the first are kept.
    #[must_use]
    pub fn id(&self, version: CorpusVersion) -> String {
        match self {
            Self::Context(run) => format!("c1:{version}:{run}"),
            Self::Page(run, shift) => format!("k1:{version}:{run}:{shift}"),
            Self::Passages(runs) => format!("o1:{version}:{}", list(runs)),
            Self::Pick(runs) => format!("p1:{version}:{}", list(runs)),
            Self::Share(run) => format!("s1:{version}:{run}"),
            Self::Cite(run) => format!("t1:{version}:{run}"),
            Self::Nearest(runs) => format!("n1:{version}:{}", list(runs)),
            Self::Ask(topic) => with_topic("a1", version, topic),
            Self::Asked(topic) => with_topic("q1", version, topic),
            Self::Help => format!("h1:{version}"),
            Self::Keep(stateful_action) => format!("m1:{version}:{}", stateful_action.field()),
        }
    }

    /// Returns what an id asks for, and of which edition.
    ///
    /// # Errors
    /// Where it is not exactly an id of ours.
    pub fn parse(id: &str) -> ParsedComponentId {
        Self::read(id).ok_or(if is_older(id) {
            ComponentIdError::Older
        } else {
            ComponentIdError::Unknown
        })
    }

    fn read(id: &str) -> Option<(CorpusVersion, Self)> {
        if id.len() > limits::CUSTOM_ID {
            return None;
        }
        let mut fields = id.splitn(3, ':');
        let action = fields.next()?;
        let version = CorpusVersion(parse_hex(fields.next()?)?);
        let rest = fields.next();
        let run = || SentenceRange::parse(rest?);
        let list = || parse_list(rest?);
        let page = || {
            let (run, shift) = rest?.split_once(':')?;
            Some(Self::Page(SentenceRange::parse(run)?, shift.parse().ok()?))
        };
        let press = match action {
            "c1" => Self::Context(run()?),
            "k1" => page()?,
            "o1" => Self::Passages(list()?),
            "p1" => Self::Pick(list()?),
            "s1" => Self::Share(run()?),
            "t1" => Self::Cite(run()?),
            "n1" => Self::Nearest(list()?),
            "a1" => Self::Ask(Topic::parse(rest?)?),
            "q1" => Self::Asked(Topic::parse(rest?)?),
            "h1" => Self::Help,
            "m1" => Self::Keep(StatefulAction::parse(rest?)?),
            _ => return None,
        };
        (press.id(version) == id).then_some((version, press))
    }

    /// Returns whether it only shows more of the document to whoever presses: no one else sees
    /// anything of it, and nothing is searched.
    #[must_use]
    pub fn turns_a_page(&self) -> bool {
        match self {
            Self::Context(_)
            | Self::Page(..)
            | Self::Passages(_)
            | Self::Pick(_)
            | Self::Nearest(_)
            | Self::Cite(_)
            | Self::Ask(_)
            | Self::Help => true,
            Self::Share(_) | Self::Asked(_) | Self::Keep(_) => false,
        }
    }
}

fn with_topic(action: &str, version: CorpusVersion, topic: &Topic) -> String {
    let head = format!("{action}:{version}:");
    let room = limits::CUSTOM_ID.saturating_sub(head.len());
    head + &topic.fields(room)
}

/// Returns whether an id begins as ours do, with a lower version: a letter, the version, and an
/// edition.
fn is_older(id: &str) -> bool {
    let version = || {
        let (action, rest) = id.split_once(':')?;
        let (kind, version) = action.split_at_checked(1)?;
        let corpus = rest.split(':').next()?;
        let is_ours = kind.bytes().all(|byte| byte.is_ascii_lowercase())
            && corpus.len() == 8
            && parse_hex(corpus).is_some();
        version.parse::<u32>().ok().filter(|_| is_ours)
    };
    version().is_some_and(|version| version < VERSION)
}

fn list(runs: &[SentenceRange]) -> String {
    let runs: Vec<String> = runs.iter().take(MAX_RUNS).map(SentenceRange::to_string).collect();
    runs.join(",")
}

/// Reads different runs with commas between them.
fn parse_list(text: &str) -> Option<Vec<SentenceRange>> {
    let mut runs = Vec::new();
    for item in text.split(',') {
        let run = SentenceRange::parse(item).filter(|run| !runs.contains(run))?;
        runs.push(run);
    }
    Some(runs)
}
