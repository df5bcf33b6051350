//! Questions that need several passages: which ones are the answer together.

use super::MAX_TOGETHER;
use super::engine::Engine;
use super::speaker::SpeakerFilter;
use super::window;
use crate::knowledge::{Attribution, Corpus};
use crate::question::{Breadth, Query};
use crate::ranking::Candidate;

/// How much of what the best holds of the topic a further passage must hold, as a share.
const LIST_COVER: f32 = 0.6;
/// Candidates among which another part of a question is looked for.
const CLAUSE_CANDIDATES: usize = 12;
/// So much of the question, by weight, must be missing from the best for it to have another part.
const MISSING: f32 = 0.25;

/// Positions in `candidates`, which are in order of rank, of those that are the answer together:
/// none or one where one passage is enough, at most [`MAX_TOGETHER`].
pub(crate) fn positions(engine: &Engine, query: &Query, candidates: &[Candidate]) -> Vec<usize> {
    let corpus = engine.corpus();
    let mut found = match query.breadth {
        Breadth::One => Vec::new(),
        Breadth::EachSpeaker => of_each_speaker(corpus, query, candidates),
        Breadth::Several => of_several(corpus, candidates),
        Breadth::Clauses => of_clauses(engine, query, candidates),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the best of each speaker named who says something of what is asked.
fn of_each_speaker(corpus: &Corpus, query: &Query, candidates: &[Candidate]) -> Vec<usize> {
    let best = |key| {
        let asked = SpeakerFilter::speaker(key);
        candidates.iter().position(|candidate| {
            asked.says_sentence(corpus, candidate.sentence) && candidate.features.topic_cover > 0.0
        })
    };
    query.speakers.iter().filter_map(|key| best(*key)).take(MAX_TOGETHER).collect()
}

/// Returns the best of several speakers, who speak of the same and score nearly as well. Of what no
/// speaker says there is one passage.
fn of_several(corpus: &Corpus, candidates: &[Candidate]) -> Vec<usize> {
    let Some(best) = candidates.first() else {
        return Vec::new();
    };
    let whose = |candidate: &Candidate| {
        let sentence = corpus.sentence(candidate.sentence)?;
        let Attribution { speaker, via, .. } = sentence.sentence.attribution;
        Some((sentence.document_index, via.or(speaker)?))
    };
    let mut chosen = Vec::new();
    let mut known = Vec::new();
    for (position, candidate) in candidates.iter().enumerate() {
        let is_close = candidate.is_listed_with(best)
            && candidate.features.topic_cover >= LIST_COVER * best.features.topic_cover;
        let Some(whose) = whose(candidate).filter(|whose| is_close && !known.contains(whose))
        else {
            continue;
        };
        known.push(whose);
        chosen.push(position);
        if chosen.len() == MAX_TOGETHER {
            break;
        }
    }
    chosen
}

/// Returns the best, and the one that holds most of what it leaves open.
fn of_clauses(engine: &Engine, query: &Query, candidates: &[Candidate]) -> Vec<usize> {
    let looked_at = candidates.get(..CLAUSE_CANDIDATES.min(candidates.len())).unwrap_or_default();
    let Some(first) = window::excerpt(engine.corpus(), candidates, 0, &[]) else {
        return Vec::new();
    };
    let held = |id| engine.index().held(engine.corpus(), query, id);
    let mut best = vec![0.0_f32; query.concepts.len()];
    for candidate in candidates.iter().filter(|candidate| first.holds(candidate.sentence)) {
        let of_sentence = held(candidate.sentence);
        best.iter_mut().zip(of_sentence).for_each(|(most, own)| *most = most.max(own));
    }
    let known = || query.concepts.iter().zip(&best).filter(|(concept, _)| concept.is_known());
    let all: f32 = known().map(|(concept, _)| concept.weight).sum();
    let open: Vec<f32> =
        query.concepts.iter().zip(&best).map(|(c, held)| c.weight * (1.0 - held)).collect();
    let missing: f32 = known().map(|(concept, held)| concept.weight * (1.0 - held)).sum();
    if missing < MISSING * all {
        return vec![0];
    }
    let gain = |candidate: &Candidate| {
        let held = held(candidate.sentence);
        held.iter().zip(&open).map(|(held, open)| held * open).sum::<f32>()
    };
    let others = looked_at.iter().enumerate().skip(1);
    let gains = others.map(|(position, candidate)| (position, gain(candidate)));
    let most = gains.rev().max_by(|a, b| a.1.total_cmp(&b.1));
    let other = most.filter(|(_, gain)| *gain >= missing / 2.0).map(|(position, _)| position);
    std::iter::once(0).chain(other).collect()
}
