//! Questions that follow others: what they leave out is taken from the exchange before.
//!
//! Nothing is remembered here: the exchanges come with the question. They are used only where its
//! own words point back, and the answer says what was taken from them.

use super::engine::{AskError, Engine, Question};
use super::excerpt::Excerpt;
use super::speaker::{self, Asked};
use crate::knowledge::{Corpus, SentenceId, SpeakerId};
use crate::search::{
    AnswerKind, Candidate, Concept, ConceptKind, Form, Query, Reference, SpeakerKey,
};

/// The most exchanges before a question that are read, the newest ones.
pub const MAX_EXCHANGES: usize = 8;

/// How much what is taken over counts beside what is asked.
const INHERITED_WEIGHT: f32 = 1.0;
/// How much it counts where the question asks about something of its own, too.
const BACKGROUND_WEIGHT: f32 = 0.4;
/// How many sentences around the passage before are looked at.
const REACH: usize = 4;
/// What the score of a sentence gains that stands beside the passage before.
const NEARNESS: f32 = 3.0;

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

/// What became of the passages quoted before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Passages {
    /// They were found or not found like others.
    #[default]
    Unused,
    /// Sentences near them were preferred.
    Near,
    /// They were left out: something else was asked for.
    LeftOut,
    /// The first is quoted again: the question is about it.
    Again,
    /// The first is quoted with what stands around it.
    Around,
}

/// What a conversation is about after an exchange.
struct Thread {
    query: Query,
    /// The passage quoted last.
    passage: Option<(SentenceId, SentenceId)>,
    /// All passages quoted since a question stood on its own.
    shown: Vec<(SentenceId, SentenceId)>,
}

/// A question with what it takes from those before it.
pub(super) struct Resolved {
    pub(super) query: Query,
    /// `None` where the question stands on its own.
    pub(super) inherited: Option<Inherited>,
    passage: Option<(SentenceId, SentenceId)>,
    shown: Vec<(SentenceId, SentenceId)>,
    /// Whose words are left out, where others are asked for.
    not_by: Option<SpeakerKey>,
    /// Somebody is asked to have spoken who is no speaker of the documents.
    pub(super) is_of_stranger: bool,
    /// The passage itself is asked about.
    points_to_passage: bool,
}

impl Engine {
    /// Analyses a question together with the exchanges before it.
    pub(super) fn resolve(&self, question: &Question<'_>) -> Result<Resolved, AskError> {
        let skipped = question.context.len().saturating_sub(MAX_EXCHANGES);
        let mut thread = None;
        for exchange in question.context.iter().skip(skipped) {
            let resolved =
                self.follow(exchange.question, exchange.speaker.is_some(), thread.as_ref())?;
            let mut query = resolved.query;
            if let Some(name) = exchange.speaker {
                // A name that nobody knows was an error then, and is none now.
                if let Ok(Asked::Speakers(speakers)) = speaker::resolve(self.corpus(), name) {
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
        let query = self.search().analyze(text)?;
        let Some(thread) = thread else {
            return Ok(Resolved::alone(query));
        };
        let Some(reference) = self.search().reference(text, &query) else {
            return Ok(Resolved::alone(query));
        };
        let names_speaker =
            has_speaker || !query.speakers.is_empty() || reference.someone.is_some();
        let is_vague = query.is_vague();
        let mut merge = Merge {
            engine: self,
            thread,
            reference: &reference,
            names_speaker,
            query,
            inherited: Inherited::default(),
        };
        merge.take_over()?;
        let is_of_stranger = merge.stranger();
        let not_by = merge.others_than();
        let Merge { mut query, mut inherited, .. } = merge;
        inherited.passages = match reference.form {
            _ if thread.passage.is_none() => Passages::Unused,
            Form::Surroundings => Passages::Around,
            Form::Again => Passages::Again,
            Form::Further => Passages::LeftOut,
            _ if names_speaker => Passages::Unused,
            _ if reference.points_to_passage => Passages::Near,
            Form::Pronoun | Form::Bare if is_vague => Passages::LeftOut,
            Form::Pronoun | Form::Bare | Form::Exchange => Passages::Near,
        };
        if inherited == Inherited::default() {
            return Ok(Resolved::alone(query));
        }
        if !names_speaker {
            query.nearby = self.around(thread.passage);
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

    /// The sentences around a passage, in its paragraph and the ones beside it.
    fn around(&self, passage: Option<(SentenceId, SentenceId)>) -> Vec<SentenceId> {
        let Some((first, last)) = passage else {
            return Vec::new();
        };
        let from = first.index().saturating_sub(REACH);
        let to = last.index().saturating_add(REACH);
        let ids = (from..=to).filter_map(|index| u32::try_from(index).ok()).map(SentenceId::new);
        let document = |id| self.corpus().sentence(id).map(|sentence| sentence.document_index);
        let home = document(first);
        ids.filter(|id| document(*id) == home)
            .filter(|id| self.corpus().sentence(*id).is_some_and(|s| s.sentence.is_quotable()))
            .collect()
    }
}

impl Resolved {
    fn alone(query: Query) -> Self {
        Self {
            query,
            inherited: None,
            passage: None,
            shown: Vec::new(),
            not_by: None,
            is_of_stranger: false,
            points_to_passage: false,
        }
    }

    /// What is quoted whatever the ranking says: the passage that the question is about.
    pub(super) fn pinned(&self, corpus: &Corpus) -> Vec<Excerpt> {
        let (Some(inherited), Some((first, last))) = (&self.inherited, self.passage) else {
            return Vec::new();
        };
        match inherited.passages {
            Passages::Again => Excerpt::slice(corpus, first, last).into_iter().collect(),
            Passages::Around => surroundings(corpus, first, last),
            Passages::Unused | Passages::Near | Passages::LeftOut => Vec::new(),
        }
    }

    /// Leaves out what was shown before, where something else is asked for; prefers what stands
    /// near it, where the question goes on from there.
    pub(super) fn sift(&self, corpus: &Corpus, candidates: &mut Vec<Candidate>) {
        let Some(inherited) = &self.inherited else {
            return;
        };
        let is_shown =
            |id: SentenceId| self.shown.iter().any(|(first, last)| (*first..=*last).contains(&id));
        if inherited.passages == Passages::LeftOut {
            candidates.retain(|candidate| !is_shown(candidate.sentence));
        }
        if let Some(key) = self.not_by {
            candidates.retain(|candidate| !is_by(corpus, candidate.sentence, key));
        }
        for candidate in candidates.iter_mut() {
            candidate.score += NEARNESS * self.nearness(corpus, candidate.sentence);
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.cmp(&b.sentence)));
    }

    /// From 0 to 1: how near a sentence stands to the passage before, which itself is not near.
    fn nearness(&self, corpus: &Corpus, id: SentenceId) -> f32 {
        let Some((first, last)) = self.passage.filter(|_| self.query.nearby.contains(&id)) else {
            return 0.0;
        };
        let before = first.index().saturating_sub(id.index());
        let distance = before + id.index().saturating_sub(last.index());
        let paragraph = |id| corpus.sentence(id).map(|sentence| sentence.sentence.place.paragraph);
        let share = if paragraph(id) == paragraph(last) { 1.0 } else { 0.5 };
        match distance {
            0 => f32::from(self.points_to_passage),
            _ => share * (REACH + 1).saturating_sub(distance) as f32 / REACH as f32,
        }
    }
}

fn is_by(corpus: &Corpus, id: SentenceId, key: SpeakerKey) -> bool {
    corpus.sentence(id).is_some_and(|sentence| {
        sentence.document_index == key.document
            && sentence.sentence.attribution.speaker == Some(key.speaker)
    })
}

/// A passage with what stands around it in its paragraph, as much as an excerpt may hold; then
/// what goes before and behind that.
fn surroundings(corpus: &Corpus, first: SentenceId, last: SentenceId) -> Vec<Excerpt> {
    let step = |id: SentenceId, by: i64| {
        let index = i64::try_from(id.index()).ok()?.checked_add(by)?;
        u32::try_from(index).ok().map(SentenceId::new)
    };
    let same = |excerpt: &Excerpt, other: &Excerpt| {
        excerpt.speaker() == other.speaker() && excerpt.voice() == other.voice()
    };
    let Some(mut widest) = Excerpt::slice(corpus, first, last) else {
        return Vec::new();
    };
    let own = widest.clone();
    for (before, behind) in [(0, 1), (-1, 0), (0, 1), (-1, 0)] {
        let (first, last) = widest.sentences();
        let wider = step(first, before).zip(step(last, behind));
        let wider = wider.and_then(|(first, last)| Excerpt::slice(corpus, first, last));
        if let Some(wider) = wider.filter(|wider| same(wider, &own)) {
            widest = wider;
        }
    }
    let (first, last) = widest.sentences();
    let single = |id: SentenceId| Excerpt::slice(corpus, id, id);
    let sides = [step(last, 1), step(first, -1)].into_iter().flatten().filter_map(single);
    let mut excerpts: Vec<Excerpt> = sides.filter(|side| same(side, &own)).collect();
    // Where there is no room to widen it, what stands beside it is new and the passage is not.
    let place = if widest.sentences() == own.sentences() { excerpts.len() } else { 0 };
    excerpts.insert(place, widest);
    excerpts
}

/// A question on its way to take over what it leaves out.
struct Merge<'a> {
    engine: &'a Engine,
    thread: &'a Thread,
    reference: &'a Reference,
    /// It names somebody itself.
    names_speaker: bool,
    query: Query,
    inherited: Inherited,
}

impl Merge<'_> {
    /// The rules: what each form of question takes over.
    fn take_over(&mut self) -> Result<(), AskError> {
        let has_topic = self.query.has_topic();
        let is_vague = self.query.is_vague();
        let Reference { form, points_to_person, points_to_thing, .. } = *self.reference;
        match form {
            Form::Surroundings => self.query = self.thread.query.clone(),
            Form::Again => self.take_topic(INHERITED_WEIGHT, |_| true),
            Form::Bare => {
                self.take_topic(INHERITED_WEIGHT, |_| true);
                self.take_speaker()?;
            }
            Form::Further => {
                if !has_topic {
                    self.take_topic(INHERITED_WEIGHT, |_| true);
                }
                self.take_speaker()?;
            }
            Form::Pronoun => {
                if points_to_person || !has_topic {
                    self.take_speaker()?;
                }
                if is_vague {
                    self.query.weaken(BACKGROUND_WEIGHT);
                }
                if points_to_thing || is_vague {
                    self.take_topic(INHERITED_WEIGHT, |_| true);
                }
            }
            Form::Exchange => self.exchange()?,
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
        // What tells nothing of the matter is taken over only where there is nothing else.
        let is_telling = topics().any(|concept| !concept.is_common);
        for concept in topics().filter(|concept| !(is_telling && concept.is_common)) {
            if self.query.inherit(concept, weight) {
                self.inherited.topic.push(concept.label.clone());
            }
        }
        self.query.asks_for_words |= thread.query.asks_for_words;
    }

    fn take_kind(&mut self) {
        self.query.kind = self.query.kind.or(self.thread.query.kind);
    }

    fn take_speaker(&mut self) -> Result<(), AskError> {
        if self.names_speaker || self.query.kind == Some(AnswerKind::Person) {
            return Ok(());
        }
        let Some(key) = self.referent()? else {
            return Ok(());
        };
        let document = self.engine.corpus().documents().get(key.document);
        let Some(speaker) = document.and_then(|document| document.speaker(key.speaker)) else {
            return Ok(());
        };
        if self.engine.search().inherit_speaker(&mut self.query, key, &speaker.name) {
            self.inherited.speaker = Some(speaker.name.clone());
        }
        self.query.asks_for_words |= self.thread.query.asks_for_words;
        Ok(())
    }

    /// The question before asked who did something to or about those whom it names, if anyone:
    /// the one meant is somebody else.
    fn asked_who(&self) -> bool {
        let before = &self.thread.query;
        before.kind == Some(AnswerKind::Person) && (before.has_topic() || before.asks_for_words)
    }

    /// Who is meant by "he", or goes on speaking.
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
        let mentioned = self.engine.search().analyze(excerpt.text())?.speakers;
        Ok(mentioned.into_iter().find(|key| !named.contains(key)))
    }

    /// Whose words the passage before is; who cites them comes behind.
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

    /// Somebody is asked to have spoken who is no speaker of the documents.
    fn stranger(&self) -> bool {
        self.reference.someone.is_some() && self.query.speakers.is_empty()
    }

    /// Whose words are no answer: "who else?" asks for others than the one quoted, and "he" is
    /// not the one who was named where it was asked who.
    fn others_than(&self) -> Option<SpeakerKey> {
        let asks_who = self.query.kind == Some(AnswerKind::Person);
        if self.reference.form == Form::Further && asks_who {
            return self.quoted_speakers().first().copied();
        }
        let is_unclear = self.reference.points_to_person
            && !self.names_speaker
            && self.inherited.speaker.is_none()
            && self.asked_who();
        self.thread.query.speakers.first().copied().filter(|_| is_unclear)
    }
}
