//! A question as the search understands it: what it asks for, each part with everything that may
//! answer to it.

use super::breadth::Breadth;
use super::identity::{self, Attribute};
use super::intent::Intent;
use super::speaking::SpokenBy;
use crate::index::lexicon::TermId;
use crate::knowledge::{SentenceId, SpeakerKey};
use crate::text::AnswerType;
use crate::text::Language;
use crate::text::ngrams::Ngrams;

/// The most concepts that are searched for: the rarest.
pub(crate) const MAX_CONCEPTS: usize = 24;

/// How well any sentence of a document answers to a word of its title.
pub(crate) const TITLE_WEIGHT: f32 = 0.5;

/// Terms that, standing together in a sentence, answer to a concept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    pub(crate) terms: Vec<TermId>,
    /// How well it answers, from 0 to 1.
    pub(crate) weight: f32,
}

/// What a concept of a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConceptKind {
    /// A common word.
    Word,
    /// A word written with a capital inside the question.
    Name,
    /// A number.
    Number,
    /// A name, office or country of a speaker.
    Speaker,
}

/// One thing that a question asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// The word as typed, folded.
    pub label: String,
    /// What it is.
    pub kind: ConceptKind,
    /// How much it counts: the rarity of the word in the corpus.
    pub weight: f32,
    /// The speaker named.
    pub speaker: Option<SpeakerKey>,
    /// The speaker is named by name, and not by an office or a country.
    pub is_by_name: bool,
    pub(crate) variants: Vec<Variant>,
    /// The documents whose titles hold it, in order: every sentence of theirs is about it.
    pub(crate) titled: Vec<usize>,
    /// A word of general English, or one that only wraps what is asked for.
    pub is_common: bool,
    /// A word that only wraps what is asked for, such as a verb of saying.
    pub is_reporting_verb: bool,
    /// The word was not known, and was read as a known one like it.
    pub(crate) is_corrected: bool,
}

impl Concept {
    /// Returns whether anything in the corpus can answer to it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.variants.is_empty() || self.speaker.is_some()
    }

    /// Returns whether it is a name: of a speaker, or written as one.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.speaker.is_some() || self.kind == ConceptKind::Name
    }

    /// Returns whether it is what the question is about: neither a speaker nor a wrapping word.
    #[must_use]
    pub fn is_topic(&self) -> bool {
        self.speaker.is_none() && !self.is_reporting_verb
    }
}

/// A question, analysed.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What it wants.
    pub intent: Intent,
    /// How many passages it needs.
    pub breadth: Breadth,
    /// Its language, where that surely is not English.
    pub language: Option<Language>,
    /// Whom it names as having spoken.
    pub spoken_by: SpokenBy,
    /// What it asks for, in the order of the question.
    pub concepts: Vec<Concept>,
    /// The kind of answer it asks for.
    pub kind: Option<AnswerType>,
    /// The speakers named in it, in order, each once.
    pub speakers: Vec<SpeakerKey>,
    /// It asks what was said, or who said it.
    pub asks_for_words: bool,
    /// Of each fact that it asks for, the words without which no text tells it.
    pub(crate) facts: Vec<&'static str>,
    /// It asks whether something is so: it opens with a helping verb.
    pub asks_whether: bool,
    /// The speakers named are not whom it is about, but whose words or whose people it asks for:
    /// "whom did she thank?", "who from there spoke?"
    pub asks_among: bool,
    /// Words read.
    pub words: usize,
    /// The question itself, folded and without words of politeness.
    pub(crate) wording: String,
    /// Sentences that are candidates whatever their words: those around a passage that the
    /// question points to. Only a question that follows another has any.
    pub nearby: Vec<SentenceId>,
    /// Pieces of the words that carry a topic.
    pub(crate) topic_grams: Ngrams,
    /// Pieces of the whole wording.
    pub(crate) wording_grams: Ngrams,
}

impl Query {
    /// Returns whether nothing in the question carries a topic.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.concepts.is_empty()
    }

    /// Returns whether it asks for a person.
    #[must_use]
    pub fn asks_who(&self) -> bool {
        self.kind == Some(AnswerType::Person)
    }

    /// Returns whether the speakers named are what it is about, and not those whose words it wants:
    /// "who spoke after her?", "did she speak?", "what is her office?"
    #[must_use]
    pub fn is_about_speakers(&self) -> bool {
        self.asks_who() && !self.asks_among
            || self.asks_whether && !self.has_topic()
            || self.asks_identity()
    }

    /// Returns whether it asks who a speaker is: for their name, their office, their country.
    #[must_use]
    pub fn asks_identity(&self) -> bool {
        if self.asks_among || self.asks_for_words {
            return false;
        }
        let mut named = self.concepts.iter().filter(|concept| concept.speaker.is_some());
        match identity::asked(&self.concepts, self.kind) {
            Some(Attribute::Name) => named.next().is_some(),
            Some(Attribute::Other) => named.any(|concept| concept.is_by_name),
            None => false,
        }
    }

    /// Weight of all concepts together, and of those that the corpus knows.
    #[must_use]
    pub fn weights(&self) -> (f32, f32) {
        let all = self.concepts.iter().map(|concept| concept.weight).sum();
        let known = self.concepts.iter().filter(|concept| concept.is_known());
        (all, known.map(|concept| concept.weight).sum())
    }
}
