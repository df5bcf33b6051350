//! The vocabulary of a corpus: terms, in how many sentences each is, and each sentence as a
//! row of terms.

use std::collections::HashMap;

use crate::text::analysis::{self, Stems};
use crate::text::english::{self, WordClass};

/// A term of the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TermId(u32);

impl TermId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a sentence shows of the kinds of answers it may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    pub(crate) has_number: bool,
    pub(crate) has_date: bool,
    pub(crate) has_name: bool,
    pub(crate) has_place: bool,
    pub(crate) has_reason: bool,
}

#[derive(Debug)]
struct Term {
    text: String,
    sentences: u32,
    is_stop: bool,
    /// How often it is with a capital inside a sentence, and how often without one.
    capitals: u32,
    smalls: u32,
}

/// A folded word as the vocabulary knows it.
#[derive(Debug, Clone, Copy)]
struct Word {
    term: TermId,
    class: WordClass,
}

/// The vocabulary, and every sentence as terms.
#[derive(Debug)]
pub(crate) struct Lexicon {
    stems: Stems,
    terms: Vec<Term>,
    by_stem: HashMap<String, TermId>,
    by_surface: HashMap<String, Word>,
    tokens: Vec<TermId>,
    /// Sentence `n` is `tokens[ends[n-1]..ends[n]]`.
    ends: Vec<u32>,
    hints: Vec<Hints>,
    /// Sentences that hold at least one term.
    filled: u32,
}

impl Lexicon {
    pub(crate) fn new() -> Self {
        Self {
            stems: Stems::english(),
            terms: Vec::new(),
            by_stem: HashMap::new(),
            by_surface: HashMap::new(),
            tokens: Vec::new(),
            ends: Vec::new(),
            hints: Vec::new(),
            filled: 0,
        }
    }

    /// Adds the next sentence of the corpus; `each` is given every word as surface and stem.
    /// A sentence that shall not be found is added as an empty text, so that the rows keep step.
    pub(crate) fn add_sentence(&mut self, text: &str, mut each: impl FnMut(&str, &str)) {
        let mut hints = Hints::default();
        let start = self.tokens.len();
        let (mut number_before, mut is_behind_calendar) = (false, false);
        for (position, token) in analysis::tokens(text).enumerate() {
            let word = self.intern(&token.surface);
            // A number right behind a month or right before it is a day.
            let is_calendar = word.class.is_calendar;
            let is_quantity =
                token.is_number && !token.is_year && !token.is_ordinal && !is_behind_calendar;
            hints.has_number |= number_before && !is_calendar;
            number_before = is_quantity;
            is_behind_calendar = is_calendar;
            hints.has_date |= word.class.is_time || token.is_year;
            hints.has_name |= token.is_capitalised && position > 0;
            hints.has_place |= word.class.is_place && position > 0;
            hints.has_reason |= word.class.is_reason;
            self.tokens.push(word.term);
            if let Some(term) = self.terms.get_mut(word.term.index()) {
                term.capitals += u32::from(token.is_capitalised && position > 0);
                term.smalls += u32::from(!token.is_capitalised);
                each(&token.surface, &term.text);
            }
        }
        hints.has_number |= number_before;
        let mut distinct = self.tokens.get(start..).unwrap_or_default().to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        self.filled += u32::from(!distinct.is_empty());
        for id in distinct {
            if let Some(term) = self.terms.get_mut(id.index()) {
                term.sentences += 1;
            }
        }
        self.hints.push(hints);
        self.ends.push(u32::try_from(self.tokens.len()).unwrap_or(u32::MAX));
    }

    /// Returns the term for a folded word, added to the vocabulary where it is new.
    fn intern(&mut self, surface: &str) -> Word {
        if let Some(word) = self.by_surface.get(surface) {
            return *word;
        }
        let class = english::class_of(surface);
        let stem = self.stems.stem(surface);
        let next = TermId(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        let term = *self.by_stem.entry(stem).or_insert_with_key(|stem| {
            let text = stem.clone();
            let is_stop = class.is_stop;
            self.terms.push(Term { text, sentences: 0, is_stop, capitals: 0, smalls: 0 });
            next
        });
        if let Some(term) = self.terms.get_mut(term.index()) {
            term.is_stop &= class.is_stop;
        }
        let word = Word { term, class };
        self.by_surface.insert(surface.to_owned(), word);
        word
    }

    /// Returns the term of a folded word of a name or a synonym, which may be in no sentence.
    pub(crate) fn learn_word(&mut self, surface: &str) -> TermId {
        self.intern(surface).term
    }

    /// Returns the term of a folded word, where the vocabulary has its stem.
    pub(crate) fn term(&self, surface: &str) -> Option<TermId> {
        if let Some(word) = self.by_surface.get(surface) {
            return Some(word.term);
        }
        self.by_stem.get(&self.stems.stem(surface)).copied()
    }

    /// Returns the stem that a term stands for.
    pub(crate) fn text(&self, id: TermId) -> &str {
        self.terms.get(id.index()).map_or("", |term| &term.text)
    }

    /// Returns whether the term carries no topic.
    pub(crate) fn is_stop(&self, id: TermId) -> bool {
        self.terms.get(id.index()).is_some_and(|term| term.is_stop)
    }

    /// Returns whether the corpus writes the term as a name: with a capital inside of sentences.
    pub(crate) fn is_name(&self, id: TermId) -> bool {
        self.terms.get(id.index()).is_some_and(|term| term.capitals > term.smalls)
    }

    /// In how many sentences the term is.
    pub(crate) fn sentences_with(&self, id: TermId) -> u32 {
        self.terms.get(id.index()).map_or(0, |term| term.sentences)
    }

    /// Rarity of a term that is in `sentences` sentences: the inverse document frequency of
    /// BM25 (Robertson and Zaragoza 2009), never negative.
    pub(crate) fn idf(&self, sentences: u32) -> f32 {
        self.rarity_of(sentences as f32)
    }

    /// Returns the same of a term that counts as standing in so many sentences, whole or in part.
    pub(crate) fn rarity_of(&self, with: f32) -> f32 {
        let all = self.filled as f32;
        ((all - with + 0.5) / (with + 0.5)).max(0.0).ln_1p()
    }

    /// Returns the terms of a sentence, in order; empty for one that is never found.
    pub(crate) fn sentence(&self, index: usize) -> &[TermId] {
        let end = self.ends.get(index).copied().unwrap_or(0) as usize;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.tokens.get(start.unwrap_or(0) as usize..end).unwrap_or_default()
    }

    /// Returns what the sentence may answer.
    pub(crate) fn hints(&self, index: usize) -> Hints {
        self.hints.get(index).copied().unwrap_or_default()
    }

    /// Terms per sentence on average, at least 1.
    pub(crate) fn mean_length(&self) -> f32 {
        (self.tokens.len() as f32 / self.filled.max(1) as f32).max(1.0)
    }

    /// Returns how many sentences can be found.
    pub(crate) fn sentence_count(&self) -> u32 {
        self.filled
    }

    /// Returns how many terms there are.
    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// Returns every folded word of the vocabulary.
    pub(crate) fn surfaces(&self) -> impl Iterator<Item = &str> {
        self.by_surface.keys().map(String::as_str)
    }
}
