//! Candidates in order: a linear combination of their features.

use std::collections::HashSet;

use super::features::{FeatureExtractor, Features};
use super::matching::Matcher;
use crate::index::CorpusIndex;
use crate::index::IndexError;
use crate::index::lexicon::TermId;
use crate::knowledge::{Corpus, SentenceId};
use crate::question::{Query, facts};
use crate::semantic::Similarities;

/// Candidates asked of the index for the words of a question.
const CANDIDATES: usize = 200;
/// Candidates asked of the index for each speaker named.
const CANDIDATES_OF_SPEAKER: usize = 60;
/// Speakers for whom candidates are asked.
const SPEAKERS: usize = 4;
/// Neighbours of the best candidates join them: an answer often is next to its topic.
const WITH_NEIGHBOURS: usize = 40;
/// Candidates that come nearest in meaning.
const NEAREST: usize = 60;
/// Terms that the index is asked for.
const QUERY_TERMS: usize = 40;
/// Sentences that feedback terms are taken from, and how many terms.
const FEEDBACK_SENTENCES: usize = 3;
const FEEDBACK_TERMS: usize = 12;

/// A sentence that may answer, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The sentence.
    pub sentence: SentenceId,
    /// The evidence.
    pub features: Features,
    /// The weighted sum of the evidence. Its unit is that of the fitted weights, so that only this
    /// file compares scores.
    pub score: f32,
}

/// By how much less than the best a neighbour may score to join its excerpt. Chosen on the
/// development questions, for weights of which the best and the tenth candidate are about 6 apart.
const CLOSE_SCORE: f32 = 2.0;
/// By how much less than the best a further passage of a list may score. Chosen likewise.
const LIST_MARGIN: f32 = 3.0;
/// What being next to the passage shown before is worth to a follow-up. Chosen on the development
/// conversations.
const NEARNESS: f32 = 3.0;

impl Candidate {
    /// Returns whether `best` scores so little more that this one may join its excerpt.
    pub(crate) fn is_close_to(&self, best: &Self) -> bool {
        best.score - self.score < CLOSE_SCORE
    }

    /// Returns whether `best` scores so little more that both may be passages of one list.
    pub(crate) fn is_listed_with(&self, best: &Self) -> bool {
        best.score - self.score <= LIST_MARGIN
    }

    /// Raises the score of a sentence near the passage shown before, by `nearness` from 0 to 1.
    pub(crate) fn prefer(&mut self, nearness: f32) {
        self.score += NEARNESS * nearness;
    }
}

impl CorpusIndex {
    /// Returns how well a sentence answers to each concept of `query`, from 0 to 1.
    #[must_use]
    pub fn held(&self, corpus: &Corpus, query: &Query, id: SentenceId) -> Vec<f32> {
        let mut matcher = Matcher::new(&self.lexicon, query);
        let found = corpus.sentence(id).map(|sentence| matcher.sentence(id.index(), &sentence));
        found.iter().flat_map(|found| found.cover).take(query.concepts.len()).collect()
    }

    /// Returns whether a sentence, or one beside it, has a word for each fact that `query` asks
    /// for.
    #[must_use]
    pub fn tells_facts(&self, corpus: &Corpus, query: &Query, id: SentenceId) -> bool {
        let Some(own) = corpus.sentence(id) else {
            return query.facts.is_empty();
        };
        let from = own.index.saturating_sub(1);
        let near = own.document.sentences().iter().skip(from).take(own.index + 2 - from);
        let texts: Vec<&str> = near.map(|near| near.span.slice(own.document.text())).collect();
        facts::tell(&texts, &query.facts)
    }

    /// Returns the terms in common between a question and nothing else; for measuring raw Tantivy.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn raw_top(&self, query: &Query, limit: usize) -> Result<Vec<SentenceId>, IndexError> {
        let literal = query.concepts.iter().filter_map(|concept| concept.variants.first());
        let stems: Vec<&str> = literal
            .flat_map(|variant| &variant.terms)
            .map(|term| self.lexicon.text(*term))
            .collect();
        self.sentences.best(&stems, limit)
    }

    /// Returns the sentences that may answer `query`, best first; equal ones in the order of the
    /// text.
    ///
    /// Each piece of evidence counts what `weights` say. Where `similarities` says how near the
    /// question comes to each sentence in meaning, that is evidence too, and the nearest sentences
    /// are candidates whatever their words.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn rank(
        &self,
        corpus: &Corpus,
        query: &Query,
        weights: &Features,
        similarities: Option<&Similarities<'_>>,
    ) -> Result<Vec<Candidate>, IndexError> {
        let mut matcher = Matcher::new(&self.lexicon, query);
        let meter = FeatureExtractor::new(query, &self.lexicon);
        let mut candidates = Vec::new();
        for id in self.candidates(corpus, query, similarities)? {
            let Some(sentence) = corpus.sentence(id) else {
                continue;
            };
            let mut features = meter.measure(&mut matcher, id, &sentence);
            if let Some(similarities) = similarities {
                features.set_meaning(similarities.with(id));
            }
            let score = features.dot(weights);
            candidates.push(Candidate { sentence: id, features, score });
        }
        sort(&mut candidates);
        let terms = self.feedback_terms(query, &candidates);
        for candidate in &mut candidates {
            candidate.features.feedback = self.feedback(&terms, candidate.sentence);
            candidate.score = candidate.features.dot(weights);
        }
        sort(&mut candidates);
        Ok(candidates)
    }

    fn candidates(
        &self,
        corpus: &Corpus,
        query: &Query,
        similarities: Option<&Similarities<'_>>,
    ) -> Result<Vec<SentenceId>, IndexError> {
        let mut terms: Vec<(f32, TermId)> = Vec::new();
        for concept in &query.concepts {
            for variant in &concept.variants {
                terms.extend(variant.terms.iter().map(|t| (concept.weight * variant.weight, *t)));
            }
        }
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = HashSet::new();
        terms.retain(|(_, term)| seen.insert(*term));
        terms.truncate(QUERY_TERMS);
        let stems: Vec<&str> = terms.iter().map(|(_, term)| self.lexicon.text(*term)).collect();

        let mut found = self.sentences.best(&stems, CANDIDATES)?;
        for speaker in query.speakers.iter().take(SPEAKERS) {
            found.extend(self.sentences.best_of_speaker(
                *speaker,
                &stems,
                CANDIDATES_OF_SPEAKER,
            )?);
        }
        let neighbours: Vec<SentenceId> =
            found.iter().take(WITH_NEIGHBOURS).flat_map(|id| neighbours(corpus, *id)).collect();
        found.extend(neighbours);
        found.extend(&query.nearby);
        found.extend(similarities.iter().flat_map(|similarities| similarities.nearest(NEAREST)));
        let mut seen = HashSet::new();
        found.retain(|id| seen.insert(*id));
        Ok(found)
    }

    /// Returns the weightiest terms of the best sentences that the question does not hold.
    fn feedback_terms(&self, query: &Query, candidates: &[Candidate]) -> Vec<(TermId, f32)> {
        let asked: HashSet<TermId> = query
            .concepts
            .iter()
            .flat_map(|concept| &concept.variants)
            .flat_map(|variant| variant.terms.iter().copied())
            .collect();
        let mut terms: Vec<(TermId, f32)> = Vec::new();
        for candidate in candidates.iter().take(FEEDBACK_SENTENCES) {
            for term in self.lexicon.sentence(candidate.sentence.index()) {
                if self.lexicon.is_stop(*term) || asked.contains(term) {
                    continue;
                }
                let weight = self.lexicon.idf(self.lexicon.sentences_with(*term));
                match terms.iter_mut().find(|(known, _)| known == term) {
                    Some((_, sum)) => *sum += weight,
                    None => terms.push((*term, weight)),
                }
            }
        }
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        terms.truncate(FEEDBACK_TERMS);
        terms
    }

    fn feedback(&self, terms: &[(TermId, f32)], id: SentenceId) -> f32 {
        let all: f32 = terms.iter().map(|(_, weight)| weight).sum();
        let sentence = self.lexicon.sentence(id.index());
        let held = terms.iter().filter(|(term, _)| sentence.contains(term));
        let held: f32 = held.map(|(_, weight)| weight).sum();
        if all > 0.0 { held / all } else { 0.0 }
    }
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.cmp(&b.sentence)));
}

/// Returns the quotable sentences before and behind, in the same paragraph.
fn neighbours(corpus: &Corpus, id: SentenceId) -> impl Iterator<Item = SentenceId> {
    let own = corpus.sentence(id);
    let sides = own.into_iter().flat_map(move |own| {
        [own.index.checked_sub(1), own.index.checked_add(1)].into_iter().flatten().filter_map(
            move |index| {
                let other = own.document.sentences().get(index)?;
                let is_near = other.place.paragraph == own.sentence.place.paragraph;
                (is_near && other.is_quotable()).then_some((own.document_index, index))
            },
        )
    });
    sides.filter_map(|(document, index)| corpus.sentence_id(document, index))
}
