//! A question becomes a query. A question is data: no character of it is query syntax.

use crate::knowledge::SpeakerKey;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::breadth::Breadth;
use super::facts;
use super::identity;
use super::intent::Intent;
use super::query::{Concept, ConceptKind, MAX_CONCEPTS, Query, TITLE_WEIGHT, Variant};
use super::speaking::{SpeakerSeeker, SpokenBy};
use crate::index::gazetteer::{Gazetteer, begins};
use crate::index::lexicon::{Lexicon, TermId};
use crate::index::sentence_index::SentenceIndex;
use crate::index::{CorpusIndex, IndexError};
use crate::text::Language;
use crate::text::analysis::{self, Token};
use crate::text::english::{self, AnswerType, WordClass};
use crate::text::ngrams::Ngrams;
use crate::text::question_key;

/// The most words of a question that are read; what follows them is ignored.
const MAX_TOKENS: usize = 2_048;
/// How much a word counts that only wraps what is asked for.
const SAYING_WEIGHT: f32 = 0.25;
/// How much a word counts that is common in general English.
const COMMON_WEIGHT: f32 = 0.6;
/// How much a word counts that only says what kind of answer is wanted: "which country …".
const FOCUS_WEIGHT: f32 = 0.5;
/// The same where the word is common in general English: "how many people …".
const COMMON_FOCUS_WEIGHT: f32 = 0.25;
/// How much a synonym counts beside the word itself.
const SYNONYM_WEIGHT: f32 = 0.8;
/// How much a known word counts for a misspelt one, by the number of edits.
const EDIT_WEIGHTS: [f32; 3] = [1.0, 0.8, 0.6];
/// How much a known word counts that shares only its beginning with an unknown one.
const PREFIX_WEIGHT: f32 = 0.5;

/// A word of the question that carries a topic, or wraps one.
struct Topic {
    token: Token,
    term: Option<TermId>,
    is_saying: bool,
    is_common: bool,
    is_focus: bool,
    variants: Vec<Variant>,
    is_corrected: bool,
}

/// Corrections found so far for the unknown words of one question: by the word, and by whether it
/// is capitalised.
type Corrections = HashMap<(String, bool), Vec<(TermId, f32)>>;

/// Turns questions into queries.
pub(crate) struct QuestionAnalyzer<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) index: &'a SentenceIndex,
    pub(crate) gazetteer: &'a Gazetteer,
}

impl CorpusIndex {
    /// Analyses a question.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn analyze(&self, question: &str) -> Result<Query, IndexError> {
        self.analyzer().analyze(question)
    }

    pub(crate) fn analyzer(&self) -> QuestionAnalyzer<'_> {
        QuestionAnalyzer {
            lexicon: &self.lexicon,
            index: &self.sentences,
            gazetteer: &self.gazetteer,
        }
    }
}

impl QuestionAnalyzer<'_> {
    /// Analyses a question.
    pub(crate) fn analyze(&self, question: &str) -> Result<Query, IndexError> {
        let tokens = analysis::tokens(question).flat_map(|token| self.apart(token));
        let tokens: Vec<Token> = tokens.take(MAX_TOKENS).collect();
        let surfaces: Vec<&str> = tokens.iter().map(|token| token.surface.as_str()).collect();
        let kind = AnswerType::of_question(&surfaces);
        let wording_grams = Ngrams::new(std::iter::once(surfaces.join(" ").as_str()));
        let words = tokens.len();
        let wording = question_key::wording(surfaces.iter().copied());
        let is_shouted = tokens.iter().all(|token| token.is_capitalised);
        let is_acronym = |token: &Token| token.is_acronym && !is_shouted;
        let mut topics = Vec::new();
        let mut asks_for_words = false;
        let mut corrections = Corrections::new();
        for (position, mut token) in tokens.iter().cloned().enumerate() {
            let class = english::class_of(&token.surface);
            asks_for_words |= class.is_saying;
            let next = surfaces.get(position + 1).copied().unwrap_or_default();
            let is_stop = class.is_stop || english::is_stressing(&token.surface, next);
            if is_stop && !is_acronym(&token) {
                continue;
            }
            token.is_capitalised &= position > 0 && !is_shouted;
            let mut topic = self.topic(token, class, &mut corrections)?;
            let before = position.checked_sub(1).and_then(|before| surfaces.get(before));
            topic.is_focus = before.is_some_and(|word| english::asks_for_kind(word))
                && !topic.token.is_capitalised
                && position + 1 < tokens.len();
            topics.push(topic);
        }
        let topical = topics.iter().filter(|topic| !topic.is_saying);
        let topic_grams = Ngrams::new(topical.map(|topic| topic.token.surface.as_str()));
        let mut speakers = Vec::new();
        let mut concepts = self.concepts(topics, &mut speakers);
        if identity::asked(&concepts, kind).is_some() {
            identity::wrap(&mut concepts);
            asks_for_words = false;
        }
        let spoken_by = self.spoken_by(&tokens, &concepts);
        if spoken_by == SpokenBy::Author {
            // Who is asked to have spoken is not what is asked about.
            concepts.retain(|concept| !self.names_author(concept));
            speakers.clear();
        }
        Ok(Query {
            intent: Intent::of_question(&surfaces, kind),
            breadth: Breadth::of_question(&surfaces, speakers.len(), asks_for_words),
            language: Language::of_question(question),
            spoken_by,
            facts: facts::asked(&surfaces, &concepts),
            concepts,
            kind,
            speakers,
            asks_for_words,
            asks_whether: english::asks_whether(&surfaces),
            asks_among: english::asks_among(&surfaces),
            words,
            wording,
            nearby: Vec::new(),
            topic_grams,
            wording_grams,
        })
    }

    /// Returns the words of a speaker's name that was written as one word.
    fn apart(&self, token: Token) -> Vec<Token> {
        let is_known = || self.lexicon.term(&token.surface).is_some();
        match self.gazetteer.names_in_one.get(&token.surface).filter(|_| !is_known()) {
            Some(name) => {
                let word = |surface: &str| Token { surface: surface.to_owned(), ..token.clone() };
                name.split(' ').map(word).collect()
            }
            None => vec![token],
        }
    }

    fn spoken_by(&self, tokens: &[Token], concepts: &[Concept]) -> SpokenBy {
        let named = concepts.iter().filter(|concept| concept.speaker.is_some());
        let known = concepts.iter().filter(|concept| {
            concept.is_corrected || concept.variants.iter().any(|variant| variant.weight < 1.0)
        });
        let speakers = named.map(|concept| concept.label.as_str()).collect();
        let known = known.map(|concept| concept.label.as_str()).collect();
        let seeker =
            SpeakerSeeker { lexicon: self.lexicon, gazetteer: self.gazetteer, speakers, known };
        seeker.find(tokens)
    }

    fn names_author(&self, concept: &Concept) -> bool {
        let term = self.lexicon.term(&concept.label);
        concept.speaker.is_none() && term.is_some_and(|term| self.gazetteer.is_author(term))
    }

    fn topic(
        &self,
        token: Token,
        class: WordClass,
        known: &mut Corrections,
    ) -> Result<Topic, IndexError> {
        let mut term = self.lexicon.term(&token.surface);
        let mut variants = Vec::new();
        let mut is_corrected = false;
        if term.is_none() && !token.is_number {
            // A wall of text repeats its words, and looking for words like one takes long.
            let corrections = match known.entry((token.surface.clone(), token.is_capitalised)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.corrections(&token)?),
            };
            is_corrected = !corrections.is_empty();
            // Names and synonyms are recognised through the best correction.
            term = corrections.first().map(|variant| variant.0);
            variants = corrections
                .iter()
                .map(|(term, weight)| Variant { terms: vec![*term], weight: *weight })
                .collect();
        } else if let Some(term) = term.filter(|term| self.lexicon.sentences_with(*term) > 0) {
            variants.push(Variant { terms: vec![term], weight: 1.0 });
        }
        let WordClass { is_saying, is_common, .. } = class;
        Ok(Topic { token, term, is_saying, is_common, is_focus: false, variants, is_corrected })
    }

    /// Known terms that an unknown word may be meant for, the likeliest first.
    fn corrections(&self, token: &Token) -> Result<Vec<(TermId, f32)>, IndexError> {
        const MOST: usize = 3;
        let surface = token.surface.as_str();
        let letters = surface.chars().count();
        let distance = match letters {
            4..=7 => 1,
            8..=40 => 2,
            _ => return Ok(Vec::new()),
        };
        let mut found: Vec<(usize, u32, TermId)> = Vec::new();
        for word in self.index.similar(surface, distance)? {
            if let Some(term) = self.lexicon.term(&word) {
                let edits = strsim::damerau_levenshtein(surface, &word);
                found.push((edits, u32::MAX - self.lexicon.sentences_with(term), term));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(_, _, term)| *term);
        let fewest = found.first().map_or(0, |(edits, ..)| *edits);
        let weight = EDIT_WEIGHTS.get(fewest).copied().unwrap_or(PREFIX_WEIGHT);
        let mut terms: Vec<(TermId, f32)> = found
            .into_iter()
            .take_while(|(edits, ..)| *edits == fewest)
            .map(|(_, _, term)| (term, weight))
            .take(MOST)
            .collect();
        if terms.is_empty() && !token.is_capitalised {
            terms = self.with_common_beginning(surface, letters)?;
        }
        Ok(terms)
    }

    fn with_common_beginning(
        &self,
        surface: &str,
        letters: usize,
    ) -> Result<Vec<(TermId, f32)>, IndexError> {
        const LEAST_LETTERS: usize = 5;
        const MOST_LOOKED_AT: usize = 64;
        const MOST: usize = 3;
        let common = LEAST_LETTERS.max(letters * 2 / 3);
        let prefix: String = surface.chars().take(common).collect();
        if letters < LEAST_LETTERS {
            return Ok(Vec::new());
        }
        let mut terms: Vec<(TermId, f32)> = Vec::new();
        for word in self.index.with_prefix(&prefix, MOST_LOOKED_AT)? {
            let is_close = word.chars().count() <= common + common / 2;
            match self.lexicon.term(&word) {
                Some(term) if is_close && terms.iter().all(|(known, _)| *known != term) => {
                    terms.push((term, PREFIX_WEIGHT));
                }
                _ => {}
            }
        }
        terms.truncate(MOST);
        Ok(terms)
    }

    fn concepts(&self, mut topics: Vec<Topic>, speakers: &mut Vec<SpeakerKey>) -> Vec<Concept> {
        let terms: Vec<Option<TermId>> = topics.iter().map(|topic| topic.term).collect();
        self.add_synonyms(&mut topics, &terms);
        let mut concepts: Vec<Concept> = Vec::new();
        let mut topics = topics.into_iter().enumerate().peekable();
        while let Some((position, topic)) = topics.next() {
            let rest = terms.get(position..).unwrap_or_default();
            let concept = match self.gazetteer.speaker_at(rest) {
                Some((speaker, length)) => {
                    let mut label = topic.token.surface;
                    for _ in 1..length {
                        if let Some((_, next)) = topics.next() {
                            label.push(' ');
                            label.push_str(&next.token.surface);
                        }
                    }
                    if !speakers.contains(&speaker) {
                        speakers.push(speaker);
                    }
                    self.speaker_concept(label, speaker, rest.get(..length).unwrap_or_default())
                }
                None => self.word_concept(topic),
            };
            let is_new = |known: &Concept| {
                known.label != concept.label
                    && (concept.speaker.is_none() || known.speaker != concept.speaker)
                    && (concept.variants.is_empty() || known.variants != concept.variants)
            };
            if concepts.iter().all(is_new) {
                concepts.push(concept);
            }
        }
        rarest(concepts)
    }

    /// Adds to each word of a synonym the other members of its group.
    fn add_synonyms(&self, topics: &mut [Topic], terms: &[Option<TermId>]) {
        for start in 0..terms.len() {
            let rest = terms.get(start..).unwrap_or_default();
            let known = rest.first().copied().flatten();
            let Some(phrases) = known.and_then(|first| self.gazetteer.synonyms.get(&first)) else {
                continue;
            };
            for (phrase, group) in phrases.iter().filter(|(phrase, _)| begins(rest, phrase)) {
                let others = self.gazetteer.groups.get(*group).into_iter().flatten();
                let others: Vec<&Vec<TermId>> = others
                    .filter(|other| *other != phrase)
                    .filter(|other| other.iter().all(|t| self.lexicon.sentences_with(*t) > 0))
                    .collect();
                for topic in topics.iter_mut().skip(start).take(phrase.len()) {
                    for other in &others {
                        add_variant(&mut topic.variants, other, SYNONYM_WEIGHT);
                    }
                }
            }
        }
    }

    fn word_concept(&self, topic: Topic) -> Concept {
        let kind = match (topic.token.is_number, topic.token.is_capitalised) {
            (true, _) => ConceptKind::Number,
            (false, true) => ConceptKind::Name,
            (false, false) => ConceptKind::Word,
        };
        let own = topic.term.filter(|_| !topic.is_corrected);
        let sentences = own.map_or(0, |term| self.lexicon.sentences_with(term));
        let sentences = if sentences == 0 {
            // A word that the corpus lacks is as rare as the rarest that stands for it.
            let rarest = topic.variants.iter().filter_map(|variant| self.phrase_count(variant));
            rarest.min().unwrap_or(0)
        } else {
            sentences
        };
        let titled = self.titled(&topic.variants);
        let idf = self.lexicon.rarity_of(sentences as f32 + self.about(&titled));
        let scale = match (topic.is_focus, topic.is_saying, topic.is_common) {
            (true, _, true) => COMMON_FOCUS_WEIGHT,
            (true, _, false) => FOCUS_WEIGHT,
            (false, true, _) => SAYING_WEIGHT,
            (false, false, true) => COMMON_WEIGHT,
            (false, false, false) => 1.0,
        };
        Concept {
            label: topic.token.surface,
            kind,
            weight: idf * scale,
            speaker: None,
            is_by_name: false,
            titled,
            variants: topic.variants,
            is_common: topic.is_common || topic.is_saying,
            is_reporting_verb: topic.is_saying,
            is_corrected: topic.is_corrected,
        }
    }

    /// Returns how many sentences count as about the words that are in the titles of those
    /// documents, where all are equally long.
    fn about(&self, titled: &[usize]) -> f32 {
        let share = titled.len() as f32 / self.gazetteer.documents().max(1) as f32;
        share * TITLE_WEIGHT * self.lexicon.sentence_count() as f32
    }

    /// Returns the documents that have one of the variants in their titles.
    fn titled(&self, variants: &[Variant]) -> Vec<usize> {
        let mut titled: Vec<usize> =
            variants.iter().flat_map(|variant| self.gazetteer.titled(&variant.terms)).collect();
        titled.sort_unstable();
        titled.dedup();
        titled
    }

    fn phrase_count(&self, variant: &Variant) -> Option<u32> {
        variant.terms.iter().map(|term| self.lexicon.sentences_with(*term)).min()
    }

    /// Returns a concept for a speaker, of whom the question has the terms `named`.
    pub(crate) fn speaker_concept(
        &self,
        label: String,
        speaker: SpeakerKey,
        named: &[Option<TermId>],
    ) -> Concept {
        let mut variants = Vec::new();
        let named: Vec<TermId> = named.iter().copied().flatten().collect();
        let stands = |terms: &[TermId]| terms.iter().all(|t| self.lexicon.sentences_with(*t) > 0);
        if stands(&named) {
            add_variant(&mut variants, &named, 1.0);
        }
        for alias in self.gazetteer.by_speaker.get(&speaker).into_iter().flatten() {
            if stands(alias) {
                add_variant(&mut variants, alias, SYNONYM_WEIGHT);
            }
        }
        let counts = variants.iter().filter_map(|variant| self.phrase_count(variant));
        let weight = self.lexicon.idf(counts.min().unwrap_or(0));
        let introduction = self.gazetteer.introduction(speaker).filter(|terms| stands(terms));
        if let Some(introduction) = introduction {
            add_variant(&mut variants, introduction, 1.0);
        }
        Concept {
            label,
            kind: ConceptKind::Speaker,
            weight,
            speaker: Some(speaker),
            is_by_name: named.is_empty() || self.gazetteer.is_name(speaker, &named),
            titled: Vec::new(),
            variants,
            is_common: false,
            is_reporting_verb: false,
            is_corrected: false,
        }
    }
}

fn add_variant(variants: &mut Vec<Variant>, terms: &[TermId], weight: f32) {
    if variants.iter().all(|variant| variant.terms != terms) {
        variants.push(Variant { terms: terms.to_vec(), weight });
    }
}

/// Keeps the concepts that count most, in the order of the question.
fn rarest(mut concepts: Vec<Concept>) -> Vec<Concept> {
    if concepts.len() > MAX_CONCEPTS {
        let weight = |concept: &Concept| if concept.is_known() { concept.weight } else { 0.0 };
        let mut weights: Vec<f32> = concepts.iter().map(weight).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let least = weights.get(MAX_CONCEPTS - 1).copied().unwrap_or(0.0);
        concepts.retain(|concept| weight(concept) >= least);
        concepts.truncate(MAX_CONCEPTS);
    }
    concepts
}
