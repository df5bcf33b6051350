//! What is measured of a candidate: the evidence that a sentence answers a question.

use super::matching::{Matcher, SentenceMatch};
use super::weights::measures;
use crate::index::lexicon::{Hints, Lexicon};
use crate::knowledge::SpeakerKey;
use crate::knowledge::{SentenceId, SentenceRef, Voice};
use crate::question::query::{Concept, ConceptKind, MAX_CONCEPTS, Query};
use crate::semantic::Similarity;
use crate::text::AnswerType;
use crate::text::ngrams::cosines;

measures! {
    /// The evidence for one candidate. All shares are weighted by the rarity of the words.
    Features {
        /// BM25 of the sentence (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75), per unit of the
        /// question's weight.
        bm25,
        /// Share of the question that is in the sentence.
        cover,
        /// The same without synonyms and corrections.
        literal_cover,
        /// Share of the question that is in the sentence or a neighbour.
        near_cover,
        /// Share of the question that is nearby in other than common words.
        specific_cover,
        /// Share of the question that is in the paragraph, up to eight sentences away.
        paragraph_cover,
        /// Share of what is asked about, speakers' names and wrapping words left out and unknown
        /// words counted in, that is nearby; 1 where nothing is asked about.
        topic_cover,
        /// Share of the neighbouring words of the question that are neighbours here.
        adjacent,
        /// The same, falling off slowly with the distance.
        close,
        /// Cosine of the four-letter pieces of the words that carry a topic.
        topic_grams,
        /// Cosine of the four-letter pieces of the whole wording.
        wording_grams,
        /// Weight of the heaviest concept that is missing nearby, as a share of the heaviest.
        heaviest_missing,
        /// Share of the question's names nearby.
        names,
        /// Share of the question's numbers in the sentence.
        numbers,
        /// A number is asked for, and here is one.
        answers_number,
        /// A date is asked for, and here is one.
        answers_date,
        /// A person is asked for, and here is a name.
        answers_person,
        /// A place is asked for, and here is one.
        answers_place,
        /// A reason is asked for, and here is one.
        answers_reason,
        /// Words of the speaker named first.
        first_speaker,
        /// Words of a speaker named.
        any_speaker,
        /// A speaker is named, and these are the words of another.
        other_speaker,
        /// It is asked what someone said, and this is the author's own comment.
        author_comment,
        /// It is asked who said something, and here someone speaks who is not named.
        somebody_speaks,
        /// It is asked who spoke of someone, and here that one speaks.
        asked_about_speaks,
        /// Share of the words that the best sentences have in common, by weight (pseudo-relevance
        /// feedback, Rocchio 1971).
        feedback,
        /// Logarithm of the length beside that of the mean sentence.
        length,
        /// Under six words.
        is_short,
        /// Cosine of the meanings of question and sentence.
        meaning,
        /// The same with the sentence and who says it.
        meaning_spoken,
        /// The same with the sentence before and the one behind, on average.
        meaning_near,
        /// How much nearer in meaning the best of the questions is that the sentence is known to
        /// answer.
        meaning_asks,
        /// How clearly one of those questions is the same question in other words.
        same_question,
    }
}

impl Features {
    /// Takes over how near the question comes in meaning.
    pub(crate) fn set_meaning(&mut self, similarity: Similarity) {
        self.meaning = similarity.own;
        self.meaning_spoken = similarity.spoken;
        self.meaning_near = similarity.near;
        self.meaning_asks = similarity.asks;
        self.same_question = similarity.same_question;
    }
}

/// Borders of the paragraph that are looked at.
const PARAGRAPH_REACH: usize = 8;

/// Measures candidates of one query.
pub(crate) struct FeatureExtractor<'a> {
    query: &'a Query,
    lexicon: &'a Lexicon,
    /// Weight of all known concepts.
    known_weight: f32,
    /// Weight of the heaviest known concept.
    heaviest: f32,
    is_about_speakers: bool,
}

impl<'a> FeatureExtractor<'a> {
    pub(crate) fn new(query: &'a Query, lexicon: &'a Lexicon) -> Self {
        let known = || query.concepts.iter().filter(|concept| concept.is_known());
        Self {
            query,
            lexicon,
            known_weight: known().map(|c| c.weight).sum::<f32>().max(f32::MIN_POSITIVE),
            heaviest: known().map(|c| c.weight).fold(f32::MIN_POSITIVE, f32::max),
            is_about_speakers: query.is_about_speakers(),
        }
    }

    /// Returns all features of a sentence but feedback and meaning.
    pub(crate) fn measure(
        &self,
        matcher: &mut Matcher<'_>,
        id: SentenceId,
        sentence: &SentenceRef<'_>,
    ) -> Features {
        let own = matcher.sentence(id.index(), sentence);
        let (near, paragraph) = surroundings(matcher, id, sentence, &own);
        let hints = self.lexicon.hints(id.index());
        let [topic_grams, wording_grams] =
            cosines(sentence.text(), [&self.query.topic_grams, &self.query.wording_grams]);
        let mut features = Features {
            bm25: self.bm25(&own),
            cover: self.share(&own.cover),
            literal_cover: self.literal_share(&own),
            near_cover: self.share(&near),
            specific_cover: self.specific_share(&near),
            paragraph_cover: self.share(&paragraph),
            topic_cover: self.topic_share(&near),
            adjacent: self.pairs(&own, |distance| f32::from(distance <= 3)),
            close: self.pairs(&own, |distance| 4.0 / (4.0 + f32::from(distance))),
            topic_grams,
            wording_grams,
            heaviest_missing: self.heaviest_missing(&near),
            names: self
                .share_of(&near, |kind| matches!(kind, ConceptKind::Name | ConceptKind::Speaker)),
            numbers: self.share_of(&own.cover, |kind| kind == ConceptKind::Number),
            length: (1.0 + own.length as f32).ln() - (1.0 + self.lexicon.mean_length()).ln(),
            is_short: f32::from(own.length < 6),
            ..Features::default()
        };
        self.answer_kind(&mut features, hints);
        self.speakers(&mut features, sentence);
        features
    }

    fn known(&self) -> impl Iterator<Item = (usize, &Concept)> {
        self.query.concepts.iter().enumerate().filter(|(_, concept)| concept.is_known())
    }

    fn bm25(&self, own: &SentenceMatch) -> f32 {
        const K1: f32 = 1.2;
        const B: f32 = 0.75;
        let norm = K1 * (1.0 - B + B * own.length as f32 / self.lexicon.mean_length());
        let score: f32 = self
            .query
            .concepts
            .iter()
            .zip(own.cover.iter().zip(&own.count))
            .map(|(concept, (cover, count))| {
                let count = f32::from(*count);
                concept.weight * cover * count * (K1 + 1.0) / (count + norm)
            })
            .sum();
        score / self.known_weight
    }

    fn share(&self, cover: &[f32; MAX_CONCEPTS]) -> f32 {
        let covered = self.query.concepts.iter().zip(cover).map(|(c, cover)| c.weight * cover);
        covered.sum::<f32>() / self.known_weight
    }

    fn specific_share(&self, cover: &[f32; MAX_CONCEPTS]) -> f32 {
        let concepts = self.query.concepts.iter().zip(cover);
        let specific = concepts.filter(|(concept, _)| !concept.is_common);
        specific.map(|(concept, cover)| concept.weight * cover).sum::<f32>() / self.known_weight
    }

    fn literal_share(&self, own: &SentenceMatch) -> f32 {
        let concepts = self.query.concepts.iter().zip(&own.is_literal);
        let literal = concepts.filter(|(_, is_literal)| **is_literal);
        literal.map(|(concept, _)| concept.weight).sum::<f32>() / self.known_weight
    }

    fn topic_share(&self, cover: &[f32; MAX_CONCEPTS]) -> f32 {
        let topics = || {
            let concepts = self.query.concepts.iter().zip(cover);
            concepts.filter(|(concept, _)| concept.is_topic())
        };
        let all: f32 = topics().map(|(concept, _)| concept.weight).sum();
        let covered: f32 = topics().map(|(concept, cover)| concept.weight * cover).sum();
        if all > 0.0 { covered / all } else { 1.0 }
    }

    fn share_of(
        &self,
        cover: &[f32; MAX_CONCEPTS],
        is_wanted: impl Fn(ConceptKind) -> bool,
    ) -> f32 {
        let wanted =
            || self.query.concepts.iter().zip(cover).filter(|(concept, _)| is_wanted(concept.kind));
        let all: f32 = wanted().map(|(concept, _)| concept.weight).sum();
        let covered: f32 = wanted().map(|(concept, cover)| concept.weight * cover).sum();
        if all > 0.0 { covered / all } else { 0.0 }
    }

    /// Pairs of neighbouring concepts of the question, by how near they are here.
    fn pairs(&self, own: &SentenceMatch, nearness: impl Fn(u16) -> f32) -> f32 {
        let place = |index: usize| own.position.get(index).copied().flatten();
        let known: Vec<(usize, &Concept)> = self.known().collect();
        let mut all = 0.0;
        let mut near = 0.0;
        for pair in known.windows(2) {
            let [(first, a), (second, b)] = pair else {
                continue;
            };
            let weight = a.weight.min(b.weight);
            all += weight;
            if let (Some(first), Some(second)) = (place(*first), place(*second)) {
                near += weight * nearness(first.abs_diff(second));
            }
        }
        if all > 0.0 { near / all } else { 0.0 }
    }

    fn heaviest_missing(&self, near: &[f32; MAX_CONCEPTS]) -> f32 {
        let missing = self.query.concepts.iter().zip(near);
        let missing = missing.filter(|(concept, _)| concept.is_known());
        let heaviest = missing.map(|(concept, cover)| concept.weight * (1.0 - cover));
        heaviest.fold(0.0, f32::max) / self.heaviest
    }

    fn answer_kind(&self, features: &mut Features, hints: Hints) {
        match self.query.kind {
            Some(AnswerType::Number) => features.answers_number = f32::from(hints.has_number),
            Some(AnswerType::Date) => features.answers_date = f32::from(hints.has_date),
            Some(AnswerType::Person) => features.answers_person = f32::from(hints.has_name),
            Some(AnswerType::Place) => features.answers_place = f32::from(hints.has_place),
            Some(AnswerType::Reason) => features.answers_reason = f32::from(hints.has_reason),
            None => {}
        }
    }

    fn speakers(&self, features: &mut Features, sentence: &SentenceRef<'_>) {
        let attribution = sentence.sentence.attribution;
        let key = |speaker| SpeakerKey { document: sentence.document_index, speaker };
        let speaker = attribution.speaker.map(key);
        let via = attribution.via.map(key);
        let is = |named: &SpeakerKey| Some(*named) == speaker || Some(*named) == via;
        let named = if self.is_about_speakers { &[] } else { self.query.speakers.as_slice() };
        features.first_speaker = f32::from(named.first().is_some_and(is));
        features.any_speaker = f32::from(named.iter().any(is));
        features.other_speaker =
            f32::from(!named.is_empty() && speaker.is_some() && !named.iter().any(is));
        features.author_comment = f32::from(
            attribution.voice == Voice::Author && !named.is_empty() && self.query.asks_for_words,
        );
        let is_asked_about = self.query.speakers.iter().any(is);
        let asks_who_said = self.query.asks_who() && self.query.asks_for_words;
        features.somebody_speaks = f32::from(asks_who_said && speaker.is_some() && !is_asked_about);
        features.asked_about_speaks =
            f32::from(asks_who_said && is_asked_about && self.is_about_speakers);
    }
}

/// Returns what the concepts find in the sentence with its neighbours, and in its paragraph.
fn surroundings(
    matcher: &mut Matcher<'_>,
    id: SentenceId,
    sentence: &SentenceRef<'_>,
    own: &SentenceMatch,
) -> ([f32; MAX_CONCEPTS], [f32; MAX_CONCEPTS]) {
    let mut near = own.cover;
    let mut paragraph = own.cover;
    let number = sentence.sentence.place.paragraph;
    let first = id.index() - sentence.index;
    let from = sentence.index.saturating_sub(PARAGRAPH_REACH);
    let sentences = sentence.document.sentences();
    for index in from..(sentence.index + PARAGRAPH_REACH + 1).min(sentences.len()) {
        let distance = index.abs_diff(sentence.index);
        let Some(other) = sentences.get(index) else {
            continue;
        };
        let in_paragraph = other.place.paragraph == number;
        if distance == 0 || !(in_paragraph || distance == 1) {
            continue;
        }
        let other = SentenceRef { sentence: other, index, ..*sentence };
        let found = matcher.sentence(first + index, &other);
        let merge = |all: &mut [f32; MAX_CONCEPTS]| {
            for (all, cover) in all.iter_mut().zip(found.cover) {
                *all = all.max(cover);
            }
        };
        if distance == 1 {
            merge(&mut near);
        }
        if in_paragraph {
            merge(&mut paragraph);
        }
    }
    (near, paragraph)
}
