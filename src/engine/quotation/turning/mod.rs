//! Whether the words that a claim leaves out turn what the sentence says.
//!
//! A quotation can be right to the letter and say the contrary of its sentence: "China would … seek
//! hegemony" of "China would never seek hegemony". Looked at are the words within an omission, and
//! those of the clause that the claim cuts, before and behind it: a "not" in another clause turns
//! nothing. Which words turn a sentence is data ([`crate::text::cues`]).
//!
//! For example, of "They may land there in an emergency, unless the wind is high." the claim "They
//! may land there" is cut in its clause. Behind it come "in an emergency" and, still of the same
//! clause, "unless", a condition: the claim is [`Cut::Behind`] by a [`Cue::Condition`].

mod before;
mod behind;
mod omission;

use std::ops::Range;

use super::align::Mark;
use super::clauses::Clauses;
use super::sentence::Word;
use crate::text::cues::CueClass;

/// How the words left out turn the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// They deny it: "never", "nobody", "rather than".
    Negation,
    /// They narrow it: "only", "except", "without".
    Restriction,
    /// They make it hold in some cases alone: "if", "unless".
    Condition,
    /// They keep their distance from it: "denied", "the rumour that".
    Attribution,
    /// They complete a phrase that says something else without them: "left" of "left behind".
    Other,
}

/// Where the words are that a claim leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// Where the claim has an ellipsis.
    Ellipsis,
    /// In the same sentence, before the claim begins.
    Before,
    /// In the same sentence, behind the end of the claim.
    Behind,
}

/// Words left out that turn a sentence, as a range of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) words: Range<usize>,
    pub(super) cue: Cue,
    pub(super) cut: Cut,
}

/// The most words that are shown of what was left out.
const MOST_SHOWN: usize = 8;
/// How far before a claim a word can be that denies or narrows only what is right behind it.
const NEAR_CLAIM: usize = 4;

/// Returns what was left out of the sentences of `words` and turns them: within an omission, or
/// else before or behind what is claimed.
pub(super) fn turn(words: &[Word<'_>]) -> Option<Turn> {
    let claimed = |word: &Word<'_>| word.mark != Mark::Around;
    let start = words.iter().position(claimed)?;
    let end = words.iter().rposition(claimed)? + 1;
    let forms: Vec<&str> = words.iter().map(|word| &*word.form).collect();
    let sentence = Sentence { text: Clauses { words, forms: &forms }, start, end };
    sentence.in_omission().or_else(|| sentence.before()).or_else(|| sentence.behind())
}

/// A run of sentences of which the words from `start` to `end` are claimed.
struct Sentence<'a> {
    text: Clauses<'a>,
    start: usize,
    end: usize,
}

fn cue(class: CueClass) -> Option<Cue> {
    match class {
        CueClass::Negation | CueClass::Rarity | CueClass::Hindrance => Some(Cue::Negation),
        CueClass::Restriction | CueClass::Partitive => Some(Cue::Restriction),
        CueClass::Condition | CueClass::Time => Some(Cue::Condition),
        CueClass::Attribution | CueClass::Belief | CueClass::Falsehood => Some(Cue::Attribution),
        CueClass::Harmless | CueClass::Extension => None,
    }
}
