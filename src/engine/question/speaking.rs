//! Whose words a question asks for: the one whom it names as having spoken.

use crate::index::gazetteer::Gazetteer;
use crate::index::lexicon::{Lexicon, TermId};
use crate::text::analysis::Token;
use crate::text::english::{self, holds};

/// Whom a question names as having spoken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SpokenBy {
    /// No one, or people in general.
    #[default]
    Anyone,
    /// A speaker of the documents.
    Speaker,
    /// The author of the document.
    Author,
    /// Someone by a name that no speaker and no author of the documents bears.
    Stranger(String),
}

/// Verbs of speaking.
const SPEAKING: &str = concat!(
    include_str!("../text/en/verbs_of_speech.txt"),
    include_str!("../text/en/speaking.txt")
);

/// Nouns for what someone spoke.
const SPEECHES: &str = include_str!("../text/en/speeches.txt");

/// Words for the author of a document.
const AUTHORS: &str = "author writer journalist reporter narrator columnist";

/// Titles and forms of address: they name no one.
const TITLES: &str = include_str!("../text/en/titles.txt");

/// Function words that may be between a helping verb and a verb of speaking.
const INSIDE_NAMES: &str = include_str!("../text/en/inside_names.txt");

/// The most words between a helping verb and a verb of speaking.
const MOST_WORDS: usize = 6;
/// A name that is in more sentences is what the documents are about, not a stranger.
const MOST_SENTENCES: u32 = 3;

/// Finds whom a question names as having spoken.
pub(crate) struct SpeakerSeeker<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) gazetteer: &'a Gazetteer,
    /// Labels of the concepts that name speakers.
    pub(crate) speakers: Vec<&'a str>,
    /// Words that the corpus lacks as they are, and knows by another: a slip, or a synonym.
    pub(crate) known: Vec<&'a str>,
}

impl SpeakerSeeker<'_> {
    /// Whom the question names as having spoken.
    pub(crate) fn find(&self, tokens: &[Token]) -> SpokenBy {
        let phrases = (0..tokens.len()).filter_map(|at| phrase(tokens, at));
        let mut found = phrases.map(|(form, phrase)| self.who(form, phrase));
        found.find(|who| *who != SpokenBy::Anyone).unwrap_or_default()
    }

    fn who(&self, form: Form, phrase: &[Token]) -> SpokenBy {
        let names_speaker = |token: &Token| {
            let surface = token.surface.as_str();
            self.speakers.iter().any(|label| label.split(' ').any(|word| word == surface))
        };
        if phrase.iter().any(names_speaker) {
            return SpokenBy::Speaker;
        }
        let is_author = |token: &Token| holds(AUTHORS, &token.surface);
        if phrase.iter().any(is_author) || self.names_author(phrase) {
            return SpokenBy::Author;
        }
        let words = phrase.iter().filter(|token| !english::class_of(&token.surface).is_stop);
        let stranger: Vec<String> = words.map(written).collect();
        if self.has_speakers() && phrase.iter().any(|token| self.is_strange(form, token)) {
            return SpokenBy::Stranger(stranger.join(" "));
        }
        SpokenBy::Anyone
    }

    /// Returns where no speakers are marked, everyone may have spoken.
    fn has_speakers(&self) -> bool {
        !self.gazetteer.by_speaker.is_empty()
    }

    fn names_author(&self, phrase: &[Token]) -> bool {
        let term = |token: &Token| self.lexicon.term(&token.surface);
        phrase.iter().filter_map(term).any(|term| self.gazetteer.is_author(term))
    }

    /// Returns a name that the documents have not, or have in passing.
    fn is_strange(&self, form: Form, token: &Token) -> bool {
        let word = token.surface.as_str();
        let class = english::class_of(word);
        let is_plain = class.is_stop || class.is_saying || class.is_common;
        let is_plain = is_plain || holds(TITLES, word) || holds(SPEECHES, word);
        if is_plain || token.is_number {
            return false;
        }
        let sentences = |term: TermId| self.lexicon.sentences_with(term);
        match self.lexicon.term(word).filter(|term| sentences(*term) > 0) {
            Some(term) => sentences(term) <= MOST_SENTENCES && self.lexicon.is_name(term),
            None if self.known.contains(&word) => false,
            None => form == Form::Clause || token.is_capitalised,
        }
    }
}

/// How a question names the one who has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "did … say", "according to …", "the speech of …": whatever is there is meant.
    Clause,
    /// "… speech": a name, or what kind of speech it was.
    Compound,
}

/// Returns the words that name who has spoken, where the word at `at` shows it.
fn phrase(tokens: &[Token], at: usize) -> Option<(Form, &[Token])> {
    let word = tokens.get(at)?.surface.as_str();
    let before = tokens.get(..at)?;
    let behind = tokens.get(at + 1..)?;
    let previous = before.last().map_or("", |token| token.surface.as_str());
    let next = behind.first().map_or("", |token| token.surface.as_str());
    if word == "according" && next == "to" {
        return name_at_start(behind.get(1..)?).map(|name| (Form::Clause, name));
    }
    if holds(SPEECHES, word) && matches!(next, "of" | "by" | "from") {
        return name_at_start(behind.get(1..)?).map(|name| (Form::Clause, name));
    }
    if holds(SPEECHES, word) && !holds(SPEAKING, word) {
        return name_at_end(before).map(|name| (Form::Compound, name));
    }
    if !holds(SPEAKING, word) {
        return None;
    }
    let opener = |token: &Token| {
        let link = english::link_of(&token.surface);
        link.is_auxiliary || link.is_question_word
    };
    let from = before.iter().rposition(opener)?;
    let named = before.get(from + 1..)?;
    let is_near = !named.is_empty() && named.len() <= MOST_WORDS && previous != "to";
    // "Who said it?", "which speaker called it …?" ask for the one; the others name one.
    let asks_who = before
        .get(from)
        .is_some_and(|token| matches!(token.surface.as_str(), "who" | "which" | "whose" | "whom"));
    let may_stand = |token: &Token| {
        !english::class_of(&token.surface).is_stop || holds(INSIDE_NAMES, &token.surface)
    };
    let is_name = is_near && named.iter().all(may_stand);
    (is_name && !asks_who).then_some((Form::Clause, named))
}

/// Returns the words of a name at the start: up to the first that no name has.
fn name_at_start(tokens: &[Token]) -> Option<&[Token]> {
    let skipped = tokens.iter().take_while(|token| is_article(token)).count();
    let rest = tokens.get(skipped..)?;
    let length = rest.iter().take_while(|token| may_name(token)).take(MOST_WORDS).count();
    rest.get(..length).filter(|name| !name.is_empty())
}

/// Returns the words of a name at the end, such as before "speech".
fn name_at_end(tokens: &[Token]) -> Option<&[Token]> {
    const MOST: usize = 3;
    let length = tokens.iter().rev().take_while(|token| may_name(token)).take(MOST).count();
    tokens.get(tokens.len() - length..).filter(|name| !name.is_empty())
}

/// Returns the word about as it was typed.
fn written(token: &Token) -> String {
    let mut letters = token.surface.chars();
    let first = letters.next().into_iter();
    match (token.is_acronym, token.is_capitalised) {
        (true, _) => token.surface.to_uppercase(),
        (false, true) => first.flat_map(char::to_uppercase).chain(letters).collect(),
        (false, false) => token.surface.clone(),
    }
}

fn is_article(token: &Token) -> bool {
    matches!(token.surface.as_str(), "the" | "a" | "an")
}

fn may_name(token: &Token) -> bool {
    let class = english::class_of(&token.surface);
    !class.is_stop && !class.is_saying || holds(AUTHORS, &token.surface)
}
