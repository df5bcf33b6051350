//! Where the concepts of a query are in a sentence.

use std::collections::HashMap;

use crate::index::lexicon::{Lexicon, TermId};
use crate::knowledge::SentenceRef;
use crate::question::query::{MAX_CONCEPTS, Query, TITLE_WEIGHT};

/// What a sentence holds of each concept of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SentenceMatch {
    /// How well the sentence answers to each concept, from 0 to 1.
    pub(crate) cover: [f32; MAX_CONCEPTS],
    /// The same, synonyms and corrections left out.
    pub(crate) is_literal: [bool; MAX_CONCEPTS],
    /// How often each concept is in it.
    pub(crate) count: [u8; MAX_CONCEPTS],
    /// Position of the first occurrence.
    pub(crate) position: [Option<u16>; MAX_CONCEPTS],
    /// Terms of the sentence.
    pub(crate) length: usize,
}

impl Default for SentenceMatch {
    fn default() -> Self {
        Self {
            cover: [0.0; MAX_CONCEPTS],
            is_literal: [false; MAX_CONCEPTS],
            count: [0; MAX_CONCEPTS],
            position: [None; MAX_CONCEPTS],
            length: 0,
        }
    }
}

/// How well a sentence of someone's section, but not of their words, answers to their name.
const SECTION_WEIGHT: f32 = 0.6;
/// How well a sentence that only mentions someone answers who they are, beside the one that
/// introduces them with their office.
const IN_PASSING_WEIGHT: f32 = 0.4;

struct FlatVariant {
    concept: usize,
    weight: f32,
    /// A bit for each of its terms.
    complete: u32,
}

/// Finds the concepts of one query in sentences, each sentence once.
pub(crate) struct Matcher<'a> {
    lexicon: &'a Lexicon,
    query: &'a Query,
    is_about_speakers: bool,
    variants: Vec<FlatVariant>,
    /// Term, variant and bit of the term in it; sorted by term.
    slots: Vec<(TermId, usize, u32)>,
    is_wanted: Vec<u64>,
    /// Terms of each variant that the sentence at hand holds.
    held: Vec<u32>,
    known: HashMap<usize, SentenceMatch>,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon, query: &'a Query) -> Self {
        let mut variants = Vec::new();
        let mut slots = Vec::new();
        let asks_identity = query.asks_identity();
        for (concept, content) in query.concepts.iter().enumerate().take(MAX_CONCEPTS) {
            let longest = content.variants.iter().map(|variant| variant.terms.len()).max();
            for variant in &content.variants {
                let mut complete = 0;
                let is_in_passing = asks_identity
                    && content.speaker.is_some()
                    && Some(variant.terms.len()) < longest;
                let share = if is_in_passing { IN_PASSING_WEIGHT } else { 1.0 };
                // 31 words are more than any name or synonym has.
                for (bit, term) in variant.terms.iter().enumerate().take(31) {
                    complete |= 1 << bit;
                    slots.push((*term, variants.len(), 1 << bit));
                }
                variants.push(FlatVariant { concept, weight: variant.weight * share, complete });
            }
        }
        slots.sort_unstable();
        let mut is_wanted = vec![0_u64; lexicon.term_count() / 64 + 1];
        for (term, ..) in &slots {
            if let Some(word) = is_wanted.get_mut(term.index() / 64) {
                *word |= 1 << (term.index() % 64);
            }
        }
        let held = vec![0; variants.len()];
        let is_about_speakers = query.is_about_speakers();
        let known = HashMap::new();
        Self { lexicon, query, is_about_speakers, variants, slots, is_wanted, held, known }
    }

    /// Returns what the sentence with this number holds.
    pub(crate) fn sentence(&mut self, index: usize, sentence: &SentenceRef<'_>) -> SentenceMatch {
        if let Some(known) = self.known.get(&index) {
            return *known;
        }
        let found = self.find(index, sentence);
        self.known.insert(index, found);
        found
    }

    fn find(&mut self, index: usize, sentence: &SentenceRef<'_>) -> SentenceMatch {
        let terms = self.lexicon.sentence(index);
        let mut found = SentenceMatch { length: terms.len(), ..SentenceMatch::default() };
        self.held.fill(0);
        for (position, term) in terms.iter().enumerate() {
            let word = self.is_wanted.get(term.index() / 64).copied().unwrap_or(0);
            if word & (1 << (term.index() % 64)) == 0 {
                continue;
            }
            let first = self.slots.partition_point(|(slot, ..)| slot < term);
            let slots = self.slots.iter().skip(first).take_while(|(slot, ..)| slot == term);
            for (_, variant, bit) in slots {
                let (Some(held), Some(variant)) =
                    (self.held.get_mut(*variant), self.variants.get(*variant))
                else {
                    continue;
                };
                *held |= bit;
                if *held == variant.complete {
                    found.note(variant, position);
                }
            }
        }
        self.note_speakers(&mut found, sentence);
        self.note_titles(&mut found, sentence);
        found
    }

    /// What is in the title of a document, each of its sentences is about.
    fn note_titles(&self, found: &mut SentenceMatch, sentence: &SentenceRef<'_>) {
        for (concept, cover) in self.query.concepts.iter().zip(&mut found.cover) {
            if concept.titled.binary_search(&sentence.document_index).is_ok() {
                *cover = cover.max(TITLE_WEIGHT);
            }
        }
    }

    /// A speaker's name stands for the sentences of that speaker, also where it is not printed.
    fn note_speakers(&self, found: &mut SentenceMatch, sentence: &SentenceRef<'_>) {
        let attribution = sentence.sentence.attribution;
        let speaks = [attribution.speaker, attribution.via];
        let section = sentence.document.section_of(sentence.sentence);
        for (concept, cover) in self.query.concepts.iter().zip(&mut found.cover) {
            let named = concept.speaker.filter(|key| key.document == sentence.document_index);
            let Some(key) = named else {
                continue;
            };
            let is_theirs = speaks.contains(&Some(key.speaker));
            if self.is_about_speakers {
                // Where someone else is asked for, their own words are no mention of them.
                if is_theirs && attribution.via.is_none() && self.query.asks_for_words {
                    *cover = 0.0;
                }
            } else if is_theirs {
                *cover = 1.0;
            } else if section.is_some_and(|section| section.speaker == Some(key.speaker)) {
                *cover = cover.max(SECTION_WEIGHT);
            }
        }
    }
}

impl SentenceMatch {
    fn note(&mut self, variant: &FlatVariant, position: usize) {
        let concept = variant.concept;
        if let Some(cover) = self.cover.get_mut(concept) {
            *cover = cover.max(variant.weight);
        }
        if let Some(is_literal) = self.is_literal.get_mut(concept) {
            *is_literal |= variant.weight >= 1.0;
        }
        if let Some(count) = self.count.get_mut(concept) {
            *count = count.saturating_add(1);
        }
        if let Some(first @ None) = self.position.get_mut(concept) {
            *first = u16::try_from(position).ok();
        }
    }
}
