//! A query takes over what another one asks for.

use super::query::{Concept, ConceptKind, MAX_CONCEPTS, Query};
use crate::index::CorpusIndex;
use crate::knowledge::SpeakerKey;
use crate::text::analysis::fold_name;

impl Query {
    /// Takes over a concept of another query, weighted with `weight`. Says whether it is new here.
    pub(crate) fn merge(&mut self, concept: &Concept, weight: f32) -> bool {
        let is_known = |own: &Concept| {
            own.label == concept.label
                || (own.speaker.is_some() && own.speaker == concept.speaker)
                || (!own.variants.is_empty() && own.variants == concept.variants)
        };
        if self.concepts.len() >= MAX_CONCEPTS || self.concepts.iter().any(is_known) {
            return false;
        }
        let label = || std::iter::once(concept.label.as_str());
        self.topic_grams = self.topic_grams.with(label());
        self.wording_grams = self.wording_grams.with(label());
        self.concepts.push(Concept { weight: concept.weight * weight, ..concept.clone() });
        true
    }

    /// The word `label` is not what is asked about, but who is asked to have spoken of it.
    pub(crate) fn wrap(&mut self, label: &str) {
        for concept in self.concepts.iter_mut().filter(|concept| concept.label == label) {
            concept.is_reporting_verb = true;
        }
    }

    /// What it asks about itself counts less, by `share`.
    pub(crate) fn downweight(&mut self, share: f32) {
        for concept in self.concepts.iter_mut().filter(|concept| concept.is_topic()) {
            concept.weight *= share;
        }
    }

    /// Returns whether what it asks about itself tells little: words of general English, and words
    /// that the corpus does not hold as they are. So, too, where it asks about nothing.
    pub(crate) fn is_vague(&self) -> bool {
        let mut topics = self.concepts.iter().filter(|concept| concept.is_topic());
        topics.all(|concept| concept.is_common || concept.is_corrected || !concept.is_known())
    }

    /// Returns whether the question asks about something itself, beside speakers.
    pub(crate) fn has_topic(&self) -> bool {
        self.concepts.iter().any(Concept::is_topic)
    }

    /// Returns whether all that it asks about, beside speakers, is of this kind; `false` for
    /// nothing.
    pub(crate) fn is_only_about(&self, kind: ConceptKind) -> bool {
        self.has_topic()
            && self.concepts.iter().filter(|c| c.is_topic()).all(|concept| concept.kind == kind)
    }
}

impl CorpusIndex {
    /// Adds a speaker to those that `query` names. Says whether that is new to it.
    pub(crate) fn merge_speaker(&self, query: &mut Query, speaker: SpeakerKey, name: &str) -> bool {
        if query.speakers.contains(&speaker) {
            return false;
        }
        let concept = self.analyzer().speaker_concept(fold_name(name), speaker, &[]);
        query.speakers.push(speaker);
        query.merge(&concept, 1.0)
    }
}
