//! What forbids an answer whatever the score, and why.

use super::engine::Engine;
use super::passages::Resolved;
use super::said::Reason;
use crate::knowledge::SpeakerKey;
use crate::knowledge::{Corpus, Document, SentenceId, SentenceRef};
use crate::question::{ConceptKind, Intent, Query, SpokenBy};
use crate::ranking::Candidate;
use crate::text::{Language, question_key};

/// Where a speaker without words in the documents is asked about something, and so much of it or
/// less is next to their name, it is their words that are missing.
const MENTIONED: f32 = 0.34;

/// So near in meaning does a question come to a sentence for the name that both hold. Midway between
/// the development questions on both sides: for the name alone .22 at most, for more .29 at least.
const ALIKE_BY_NAME: f32 = 0.26;
/// Candidates among which a mention of theirs is looked for.
const LOOKED_AT: usize = 20;

/// Returns why nothing may be quoted; `None` where the score decides. `is_filtered`: only words of
/// a speaker named beside the question are wanted.
pub(crate) fn forbids(
    engine: &Engine,
    resolved: &Resolved,
    candidates: &[Candidate],
    is_filtered: bool,
) -> Option<Reason> {
    let query = &resolved.query;
    match query.intent {
        Intent::Opinion => return Some(Reason::OpinionAsked),
        Intent::Order => return Some(Reason::OrderGiven),
        Intent::Passage | Intent::Byline => {}
    }
    if query.is_blank() {
        return Some(Reason::NothingAsked);
    }
    if let Some(name) = silent_speaker(engine, query, candidates, is_filtered) {
        let is_about_them = asks_for_theirs(query)
            || is_filtered
            || query.kind.is_none()
            || query.concepts.iter().any(|concept| concept.is_by_name);
        // A number or a date is asked of a country, and not of who speaks for it.
        let reason = if is_about_them { Reason::NoWordsOf { name } } else { Reason::NotSureEnough };
        return Some(reason);
    }
    match &query.spoken_by {
        SpokenBy::Stranger(name) if !is_filtered => {
            return Some(Reason::NotASpeaker { name: name.clone() });
        }
        _ => {}
    }
    if candidates.is_empty() {
        return Some(Reason::NothingFound);
    }
    let is_off = is_of_another_year(query)
        || matches_only_a_name(resolved, candidates)
        || lacks_fact(engine, query, candidates);
    is_off.then_some(Reason::NotSureEnough)
}

/// Returns whether a year is asked about that the documents never mention: what they say is not of
/// it.
fn is_of_another_year(query: &Query) -> bool {
    let is_year =
        |label: &str| matches!(label.parse::<u16>(), Ok(1_000..3_000)) && label.len() == 4;
    query.concepts.iter().any(|concept| {
        concept.kind == ConceptKind::Number && !concept.is_known() && is_year(&concept.label)
    })
}

/// Returns whether a fact is asked for that nothing near the best candidate can tell, and that is
/// no question which it is known to answer.
fn lacks_fact(engine: &Engine, query: &Query, candidates: &[Candidate]) -> bool {
    let is_far = |best: &Candidate| {
        !engine.index().tells_facts(engine.corpus(), query, best.sentence)
            && !is_listed_question(engine.corpus(), query, best.sentence)
    };
    candidates.first().is_some_and(is_far)
}

/// Returns whether the annotation lists the question as one that the sentence answers; case,
/// punctuation and words of politeness aside.
fn is_listed_question(corpus: &Corpus, query: &Query, id: SentenceId) -> bool {
    let listed = corpus.sentence(id);
    let mut listed = listed.iter().flat_map(SentenceRef::asks);
    listed.any(|ask| question_key::wording_of(ask) == query.wording)
}

fn asks_for_theirs(query: &Query) -> bool {
    query.asks_for_words || query.spoken_by == SpokenBy::Speaker
}

/// Returns the speaker asked for, where words of theirs are wanted and there are none.
fn silent_speaker(
    engine: &Engine,
    query: &Query,
    candidates: &[Candidate],
    is_filtered: bool,
) -> Option<String> {
    let first = query.speakers.first()?;
    let corpus = engine.corpus();
    let has_words = |key: &SpeakerKey| {
        let document = corpus.documents().get(key.document);
        document.is_some_and(|document| document.has_words_of(key.speaker))
    };
    if query.speakers.iter().any(has_words) {
        return None;
    }
    let names = |candidate: &&Candidate| {
        let held = engine.index().held(corpus, query, candidate.sentence);
        let mut concepts = query.concepts.iter().zip(held);
        concepts.any(|(concept, held)| concept.speaker.is_some() && held > 0.0)
    };
    let is_mentioned = || {
        let on_topic = candidates.iter().filter(|c| c.features.topic_cover > MENTIONED);
        on_topic.take(LOOKED_AT).any(|candidate| names(&candidate))
    };
    // "Who spoke for the islands?" asks for someone, and not for their words.
    let asks_for_somebody = query.asks_who() && query.spoken_by == SpokenBy::Anyone;
    let may_be_mentioned = asks_for_somebody || !asks_for_theirs(query);
    if !is_filtered && (query.is_about_speakers() || may_be_mentioned && is_mentioned()) {
        return None;
    }
    let document = corpus.documents().get(first.document)?;
    document.speaker(first.speaker).map(|speaker| speaker.name.clone())
}

/// Returns whether a speaker is named, and nothing of what is asked about them is near the best
/// candidate, in these words or in others: the words of the right person on another matter are no
/// answer.
fn matches_only_a_name(resolved: &Resolved, candidates: &[Candidate]) -> bool {
    let is_far = |best: &Candidate| {
        best.features.topic_cover <= 0.0 && best.features.meaning < ALIKE_BY_NAME
    };
    let names_someone = !resolved.query.speakers.is_empty() || resolved.is_of_stranger;
    names_someone && candidates.first().is_none_or(is_far)
}

/// Returns the language of the question, where none of the documents is in it.
pub(crate) fn other_language(corpus: &Corpus, query: &Query) -> Option<Language> {
    let asked = query.language?;
    let read = languages(corpus);
    let is_read = asked.name.is_some_and(|name| read.contains(&name));
    (!is_read && !read.is_empty()).then_some(asked)
}

/// Returns the languages of the documents, in English, each once.
pub(crate) fn languages(corpus: &Corpus) -> Vec<&'static str> {
    let tags = corpus.documents().iter().map(Document::language);
    let mut names: Vec<&str> = tags.filter_map(Language::name_of_tag).collect();
    names.sort_unstable();
    names.dedup();
    names
}
