//! Questions that follow others: what they leave out is taken from the exchange before.
//!
//! Nothing is remembered here: the exchanges come with the question. They are used only where its
//! own words point back, and the answer says what was taken from them.

use super::engine::{AskError, Engine};
use super::excerpt::Excerpt;
use super::passages::{self, Passages, Resolved};
use super::said::Question;
use super::speaker::{self, SpeakerFilter};
use crate::knowledge::SpeakerKey;
use crate::knowledge::{SentenceId, SpeakerId};
use crate::question::{Anaphora, Concept, ConceptKind, FollowUp, Query};
use crate::text::AnswerType;

/// The most exchanges before a question that are read, the newest ones.
pub const MAX_EXCHANGES: usize = 8;

/// How much what is taken over counts beside what is asked.
const INHERITED_WEIGHT: f32 = 1.0;
/// How much it counts where the question asks about something of its own, too.
const BACKGROUND_WEIGHT: f32 = 0.4;

/// What was asked before, and what was quoted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exchange<'a> {
    /// The words of the question.
    pub question: &'a str,
    /// The speaker whose words were wanted, where one was given beside the question.
    pub speaker: Option<&'a str>,
    /// First and last sentence of each passage that was shown, the best first, as
    /// [`Excerpt::sentences`](super::Excerpt::sentences) gives them; empty where nothing was quoted.
    /// They must be of the same corpus.
    pub quoted: &'a [(SentenceId, SentenceId)],
}

/// What a question took from the exchanges before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inherited {
    /// The speaker, by the name that the document prints.
    pub speaker: Option<String>,
    /// What was asked about, word by word, as the earlier questions have it.
    pub topic: Vec<String>,
    /// What became of the passages quoted before.
    pub passages: Passages,
}

/// What a conversation is about after an exchange.
struct Thread {
    query: Query,
    /// The passage quoted last.
    passage: Option<(SentenceId, SentenceId)>,
    /// All passages quoted since a question was on its own.
    shown: Vec<(SentenceId, SentenceId)>,
}

impl Engine {
    /// Returns whether a question points back to one before it, so that it is worth while to look
    /// for that. Every other question is on its own, whatever went before.
    ///
    /// # Errors
    /// Where the index fails.
    pub fn points_back(&self, question: &str) -> Result<bool, AskError> {
        let query = self.index().analyze(question)?;
        Ok(self.index().reference(question, &query).is_some())
    }

    /// Analyses a question together with the exchanges before it.
    pub(crate) fn resolve(&self, question: &Question<'_>) -> Result<Resolved, AskError> {
        let skipped = question.context.len().saturating_sub(MAX_EXCHANGES);
        let mut thread = None;
        for exchange in question.context.iter().skip(skipped) {
            let resolved =
                self.follow(exchange.question, exchange.speaker.is_some(), thread.as_ref())?;
            let mut query = resolved.query;
            if let Some(name) = exchange.speaker {
                // A name that no one knows was an error then, and is none now.
                if let Ok(SpeakerFilter { speakers, .. }) = speaker::resolve(self.corpus(), name) {
                    query.speakers = speakers;
                }
            }
            let mut shown = if resolved.inherited.is_some() { resolved.shown } else { Vec::new() };
            // A place of another corpus, or none at all, is not one that was shown.
            let is_known = |(first, last): &&(SentenceId, SentenceId)| {
                Excerpt::slice(self.corpus(), *first, *last).is_some()
            };
            shown.extend(exchange.quoted.iter().filter(is_known));
            let passage = exchange.quoted.iter().find(is_known).copied();
            thread = Some(Thread { query, passage, shown });
        }
        self.follow(question.text, question.speaker.is_some(), thread.as_ref())
    }

    fn follow(
        &self,
        text: &str,
        has_speaker: bool,
        thread: Option<&Thread>,
    ) -> Result<Resolved, AskError> {
        let query = self.index().analyze(text)?;
        let Some(thread) = thread else {
            return Ok(Resolved::alone(query));
        };
        let Some(reference) = self.index().reference(text, &query) else {
            return Ok(Resolved::alone(query));
        };
        let names_speaker =
            has_speaker || !query.speakers.is_empty() || reference.someone.is_some();
        let own = query.clone();
        let mut merge = Merge {
            engine: self,
            thread,
            reference: &reference,
            names_speaker,
            query,
            inherited: Inherited::default(),
        };
        merge.take_over()?;
        merge.inherited.passages = merge.use_of_passages(&own);
        let is_of_stranger = merge.stranger();
        let not_by = merge.others_than();
        let Merge { mut query, inherited, .. } = merge;
        if inherited == Inherited::default() {
            return Ok(Resolved::alone(own));
        }
        if let Some(passage) = thread.passage.filter(|_| !names_speaker) {
            query.nearby = passages::around(self.corpus(), passage);
        }
        let (passage, shown) = (thread.passage, thread.shown.clone());
        Ok(Resolved {
            query,
            inherited: Some(inherited),
            passage,
            shown,
            not_by,
            is_of_stranger,
            points_to_passage: reference.points_to_passage,
        })
    }
}

/// A question on its way to take over what it leaves out.
struct Merge<'a> {
    engine: &'a Engine,
    thread: &'a Thread,
    reference: &'a Anaphora,
    /// It names someone itself.
    names_speaker: bool,
    query: Query,
    inherited: Inherited,
}

impl Merge<'_> {
    /// Returns the rules: what each form of question takes over.
    fn take_over(&mut self) -> Result<(), AskError> {
        let has_topic = self.query.has_topic();
        let is_vague = self.query.is_vague();
        let Anaphora { form, points_to_person, points_to_thing, .. } = *self.reference;
        match form {
            FollowUp::Surroundings => self.query = self.thread.query.clone(),
            FollowUp::SamePassage => self.take_topic(INHERITED_WEIGHT, |_| true),
            FollowUp::Elliptical => {
                self.take_topic(INHERITED_WEIGHT, |_| true);
                self.take_speaker()?;
            }
            FollowUp::More => {
                if !has_topic {
                    self.take_topic(INHERITED_WEIGHT, |_| true);
                }
                self.take_speaker()?;
            }
            FollowUp::Pronoun => {
                if points_to_person || !has_topic {
                    self.take_speaker()?;
                }
                if is_vague {
                    self.query.downweight(BACKGROUND_WEIGHT);
                }
                if points_to_thing || is_vague {
                    self.take_topic(INHERITED_WEIGHT, |_| true);
                }
            }
            FollowUp::Substitution => self.exchange()?,
        }
        Ok(())
    }

    /// One part of the question before is another now; the others stay.
    fn exchange(&mut self) -> Result<(), AskError> {
        if let Some(someone) = &self.reference.someone {
            self.query.wrap(someone);
        }
        let is_only = |kind| self.query.is_only_about(kind);
        if !self.query.has_topic() {
            self.take_topic(INHERITED_WEIGHT, |_| true);
            self.take_kind();
        } else if is_only(ConceptKind::Number) {
            self.take_topic(INHERITED_WEIGHT, |concept| concept.kind != ConceptKind::Number);
            self.take_speaker()?;
            self.take_kind();
        } else if is_only(ConceptKind::Name) || self.reference.opens_with_place {
            let before = self.thread.query.concepts.iter();
            let had_name = before.clone().any(|c| c.kind == ConceptKind::Name);
            self.take_topic(INHERITED_WEIGHT, |concept| concept.kind != ConceptKind::Name);
            if had_name || self.inherited.topic.is_empty() {
                self.take_speaker()?;
            }
            self.take_kind();
        } else {
            if !self.asked_who() || !self.thread.query.speakers.is_empty() {
                self.take_speaker()?;
            }
            if self.inherited.speaker.is_none() && !self.names_speaker {
                self.take_topic(BACKGROUND_WEIGHT, |_| true);
            }
        }
        Ok(())
    }

    fn take_topic(&mut self, weight: f32, is_wanted: impl Fn(&Concept) -> bool) {
        let thread = self.thread;
        let topics = || thread.query.concepts.iter().filter(|c| c.is_topic() && is_wanted(c));
        self.query.asks_for_words |= thread.query.asks_for_words;
        // Where nothing was quoted, what is nowhere would only be missed again.
        if thread.passage.is_none() && topics().any(|concept| !concept.is_known()) {
            return;
        }
        // What tells nothing of the matter is taken over only where there is nothing else.
        let is_telling = topics().any(|concept| !concept.is_common);
        for concept in topics().filter(|concept| !(is_telling && concept.is_common)) {
            if self.query.merge(concept, weight) {
                self.inherited.topic.push(concept.label.clone());
            }
        }
    }

    fn take_kind(&mut self) {
        self.query.kind = self.query.kind.or(self.thread.query.kind);
    }

    fn take_speaker(&mut self) -> Result<(), AskError> {
        if self.names_speaker || self.query.asks_who() {
            return Ok(());
        }
        let Some(key) = self.referent()? else {
            return Ok(());
        };
        let document = self.engine.corpus().documents().get(key.document);
        let Some(speaker) = document.and_then(|document| document.speaker(key.speaker)) else {
            return Ok(());
        };
        if self.engine.index().merge_speaker(&mut self.query, key, &speaker.name) {
            self.inherited.speaker = Some(speaker.name.clone());
        }
        self.query.asks_for_words |= self.thread.query.asks_for_words;
        Ok(())
    }

    /// Returns the question before asked who did something to or about those whom it names, if
    /// anyone: the one meant is someone else.
    fn asked_who(&self) -> bool {
        let before = &self.thread.query;
        before.kind == Some(AnswerType::Person) && (before.has_topic() || before.asks_for_words)
    }

    /// Returns who is meant by "he", or goes on speaking.
    fn referent(&self) -> Result<Option<SpeakerKey>, AskError> {
        let named = &self.thread.query.speakers;
        let quoted = self.quoted_speakers();
        if self.asked_who() {
            let other = quoted.iter().find(|key| !named.contains(key)).copied();
            return if other.is_some() { Ok(other) } else { self.mentioned() };
        }
        let speaking = named.iter().find(|key| quoted.contains(key));
        Ok(speaking.or(named.first()).or(quoted.first()).copied())
    }

    /// Whom the author's words before name first, beside those whom the question named.
    fn mentioned(&self) -> Result<Option<SpeakerKey>, AskError> {
        let corpus = self.engine.corpus();
        let passage = self.thread.passage.filter(|_| self.reference.points_to_person);
        let excerpt = passage.and_then(|(first, last)| Excerpt::slice(corpus, first, last));
        let Some(excerpt) = excerpt.filter(|excerpt| excerpt.speaker().is_none()) else {
            return Ok(None);
        };
        let named = &self.thread.query.speakers;
        let mentioned = self.engine.index().analyze(excerpt.text())?.speakers;
        Ok(mentioned.into_iter().find(|key| !named.contains(key)))
    }

    /// Returns whose words the passage before is; who cites them comes behind.
    fn quoted_speakers(&self) -> Vec<SpeakerKey> {
        let located = self.thread.passage.and_then(|(first, last)| {
            let corpus = self.engine.corpus();
            Some((corpus.sentence(first)?, corpus.sentence(last)?))
        });
        let Some((first, last)) = located else {
            return Vec::new();
        };
        let span = first.sentence.span.through(last.sentence.span);
        let attribution = first.document.leading_attribution(span);
        let key = |speaker: SpeakerId| SpeakerKey { document: first.document_index, speaker };
        [attribution.speaker, attribution.via].into_iter().flatten().map(key).collect()
    }

    /// Returns what becomes of the passages quoted before, for a question that itself asks for
    /// `own`.
    fn use_of_passages(&self, own: &Query) -> Passages {
        match self.reference.form {
            _ if self.thread.passage.is_none() => Passages::Unused,
            FollowUp::Surroundings => Passages::Around,
            FollowUp::SamePassage => Passages::Again,
            FollowUp::More => Passages::LeftOut,
            _ if self.names_speaker => Passages::Unused,
            _ if self.reference.points_to_passage => Passages::Near,
            // It asks for nothing definite of its own, and the passage was given already.
            FollowUp::Pronoun | FollowUp::Elliptical if own.is_vague() => Passages::LeftOut,
            FollowUp::Pronoun | FollowUp::Elliptical | FollowUp::Substitution => Passages::Near,
        }
    }

    /// Someone is asked to have spoken who is no speaker of the documents.
    fn stranger(&self) -> bool {
        self.reference.someone.is_some() && self.query.speakers.is_empty()
    }

    /// Returns whose words are no answer: "who else?" asks for others than the one quoted, and "he"
    /// is not the one who was named where it was asked who.
    fn others_than(&self) -> Option<SpeakerKey> {
        let asks_who = self.query.asks_who();
        if self.reference.form == FollowUp::More && asks_who {
            return self.quoted_speakers().first().copied();
        }
        let is_unclear = self.reference.points_to_person
            && !self.names_speaker
            && self.inherited.speaker.is_none()
            && self.asked_who();
        self.thread.query.speakers.first().copied().filter(|_| is_unclear)
    }
}
