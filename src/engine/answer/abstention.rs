//! Whether the best passage answers at all: a logistic model over the evidence.

use crate::question::{ConceptKind, Query, SpokenBy};
use crate::ranking::{Candidate, measures};

measures! {
    /// The evidence that a question is answered by the best candidate. Shares are of the whole
    /// question, what the corpus does not know included, weighted by rarity.
    Evidence {
        /// 1, always.
        bias,
        /// Share of the question in the sentence.
        cover,
        /// Share of the question in the sentence and its neighbours.
        near_cover,
        /// Share of the question in the paragraph.
        paragraph_cover,
        /// Square of that share: half of a question is worth less than half of an answer.
        near_cover_squared,
        /// Weight of the question in the sentence and its neighbours, not as a share.
        near_weight,
        /// Share of the question that is nearby in other than common words.
        specific_cover,
        /// The weight of that, not as a share.
        specific_weight,
        /// Share of the question that the corpus does not know.
        unknown,
        /// Weight of the heaviest concept that is missing nearby, as a share of the question.
        heaviest_missing,
        /// Share of the question's names that are missing nearby.
        names_missing,
        /// Share of the question's numbers that are missing in the sentence.
        numbers_missing,
        /// A number or a date is asked for, and there is none.
        answer_missing,
        /// Cosine of the four-letter pieces of the words that carry a topic.
        topic_grams,
        /// Cosine of the four-letter pieces of the whole wording.
        wording_grams,
        /// Neighbouring words of the question that are neighbours in the sentence.
        adjacent,
        /// Score of the ranking.
        score,
        /// How far the best stands out from the next ones.
        margin,
        /// A speaker is asked for, and these are not that speaker's words.
        speaker_missing,
        /// Logarithm of the number of concepts.
        concepts,
        /// Logarithm of the number of sentences in the corpus, in thousands.
        corpus,
        /// Share of the question in the sentence, times that logarithm.
        cover_in_corpus,
        /// Cosine of the meanings of the question and the best, with who says it.
        meaning,
        /// How much nearer in meaning the best of the questions is that the best is known to answer.
        meaning_asks,
        /// How much nearer in meaning another candidate is.
        meaning_missed,
        /// Cosine of the meanings of the question and the best sentence alone.
        meaning_alone,
        /// The same with the sentences beside it, on average.
        meaning_near,
        /// How much nearer in meaning the best is than the next ones.
        meaning_margin,
        /// Share of what is asked about, beside speakers, that is missing nearby.
        topic_missing,
        /// The same where someone is asked to have said it.
        topic_of_speaker_missing,
        /// How much more of it stands by the words of others than by those of the speaker named.
        said_by_others,
    }
}

impl Evidence {
    /// Returns what speaks for and against an answer by the best of `candidates`, which are in
    /// order of rank, from a corpus of `sentences` sentences. `None` where there is no candidate.
    #[must_use]
    pub fn gather(query: &Query, candidates: &[Candidate], sentences: usize) -> Option<Self> {
        let best = candidates.first()?;
        let features = &best.features;
        let (all, known) = query.weights();
        let known_share = if all > 0.0 { known / all } else { 0.0 };
        let unknown = query.concepts.iter().filter(|concept| !concept.is_known());
        let heaviest_unknown = unknown.map(|concept| concept.weight).fold(0.0, f32::max);
        let known_weights = query.concepts.iter().filter(|concept| concept.is_known());
        let heaviest_known = known_weights.map(|concept| concept.weight).fold(0.0, f32::max);
        let missing = heaviest_unknown.max(features.heaviest_missing * heaviest_known);
        let has = |wanted: fn(ConceptKind) -> bool| {
            f32::from(query.concepts.iter().any(|concept| wanted(concept.kind)))
        };
        let has_names = has(|kind| matches!(kind, ConceptKind::Name | ConceptKind::Speaker));
        let corpus = (sentences as f32 / 1_000.0 + 0.1).ln();
        let cover = features.cover * known_share;
        Some(Self {
            bias: 1.0,
            cover,
            near_cover: features.near_cover * known_share,
            paragraph_cover: features.paragraph_cover * known_share,
            near_cover_squared: (features.near_cover * known_share).powi(2),
            near_weight: features.near_cover * known / 10.0,
            specific_cover: features.specific_cover * known_share,
            specific_weight: features.specific_cover * known / 10.0,
            unknown: 1.0 - known_share,
            heaviest_missing: if all > 0.0 { missing / all } else { 0.0 },
            names_missing: has_names - features.names,
            numbers_missing: has(|kind| kind == ConceptKind::Number) - features.numbers,
            answer_missing: f32::from(lacks_answer(query, best)),
            topic_grams: features.topic_grams,
            wording_grams: features.wording_grams,
            adjacent: features.adjacent * known_share,
            score: best.score / 10.0,
            margin: margin(candidates),
            speaker_missing: f32::from(!query.speakers.is_empty() && !query.is_about_speakers())
                - features.any_speaker,
            concepts: (query.concepts.len() as f32).ln_1p(),
            corpus,
            cover_in_corpus: cover * corpus,
            meaning: features.meaning_spoken,
            meaning_asks: features.meaning_asks,
            meaning_missed: meaning_missed(candidates),
            meaning_alone: features.meaning,
            meaning_near: features.meaning_near,
            meaning_margin: meaning_margin(candidates),
            topic_missing: 1.0 - features.topic_cover,
            topic_of_speaker_missing: f32::from(query.spoken_by == SpokenBy::Speaker)
                * (1.0 - features.topic_cover),
            said_by_others: said_by_others(query, candidates),
        })
    }

    /// Returns the probability that the best candidate answers, by the fitted model: from 0 to 1,
    /// monotonous in how sure it is.
    #[must_use]
    pub fn confidence(&self, weights: &Self) -> f32 {
        1.0 / (1.0 + (-self.dot(weights)).exp())
    }
}

fn lacks_answer(query: &Query, best: &Candidate) -> bool {
    use crate::text::AnswerType::{Date, Number};
    match query.kind {
        Some(Number) => best.features.answers_number == 0.0,
        Some(Date) => best.features.answers_date == 0.0,
        _ => false,
    }
}

/// Returns how much nearer in meaning the best is than the mean of the five next to it in rank.
fn meaning_margin(candidates: &[Candidate]) -> f32 {
    let meaning = |c: &Candidate| c.features.meaning_spoken + c.features.meaning_asks;
    let next: Vec<f32> = candidates.iter().skip(1).take(5).map(meaning).collect();
    match candidates.first() {
        Some(best) if !next.is_empty() => {
            meaning(best) - next.iter().sum::<f32>() / next.len() as f32
        }
        _ => 0.0,
    }
}

/// Returns where words of a speaker are asked for: how much more of the topic is with others.
fn said_by_others(query: &Query, candidates: &[Candidate]) -> f32 {
    if query.spoken_by != SpokenBy::Speaker {
        return 0.0;
    }
    let most = |is_theirs: bool| {
        let whose = candidates.iter().filter(|c| (c.features.any_speaker > 0.0) == is_theirs);
        whose.map(|candidate| candidate.features.topic_cover).fold(0.0, f32::max)
    };
    (most(false) - most(true)).max(0.0)
}

/// Returns how much nearer than the best the candidate nearest in meaning is.
fn meaning_missed(candidates: &[Candidate]) -> f32 {
    let meaning = |c: &Candidate| c.features.meaning_spoken + c.features.meaning_asks;
    let nearest = candidates.iter().map(meaning).max_by(f32::total_cmp);
    nearest.zip(candidates.first()).map_or(0.0, |(nearest, best)| nearest - meaning(best))
}

/// Score of the best above the mean of the five behind it, as a share of the best.
fn margin(candidates: &[Candidate]) -> f32 {
    let best = candidates.first().map_or(0.0, |candidate| candidate.score);
    let next: Vec<f32> = candidates.iter().skip(1).take(5).map(|c| c.score).collect();
    if best <= 0.0 || next.is_empty() {
        return 0.0;
    }
    1.0 - next.iter().sum::<f32>() / next.len() as f32 / best
}
