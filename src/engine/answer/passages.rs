//! What becomes of the passages quoted before a question: they are quoted again, widened, left
//! out, or looked around.

use super::excerpt::Excerpt;
use super::follow_up::Inherited;
use super::speaker::SpeakerFilter;
use crate::knowledge::SpeakerKey;
use crate::knowledge::{Corpus, SentenceId};
use crate::question::Query;
use crate::ranking::Candidate;

/// How many sentences around the passage before are looked at.
const REACH: usize = 4;

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
    /// The first is quoted with what is around it.
    Around,
}

impl Passages {
    /// Returns the name used in machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Near => "near",
            Self::LeftOut => "left_out",
            Self::Again => "again",
            Self::Around => "around",
        }
    }
}

/// A question with what it takes from those before it.
pub(crate) struct Resolved {
    pub(crate) query: Query,
    /// `None` where the question is on its own.
    pub(crate) inherited: Option<Inherited>,
    pub(crate) passage: Option<(SentenceId, SentenceId)>,
    pub(crate) shown: Vec<(SentenceId, SentenceId)>,
    /// Whose words are left out, where others are asked for.
    pub(crate) not_by: Option<SpeakerKey>,
    /// Someone is asked to have spoken who is no speaker of the documents.
    pub(crate) is_of_stranger: bool,
    /// The passage itself is asked about.
    pub(crate) points_to_passage: bool,
}

/// Returns the sentences around a passage of this corpus, itself included, that can be quoted.
pub(crate) fn around(corpus: &Corpus, (first, last): (SentenceId, SentenceId)) -> Vec<SentenceId> {
    let from = first.index().saturating_sub(REACH);
    let to = last.index().saturating_add(REACH);
    let home = corpus.sentence(first).map(|sentence| sentence.document_index);
    let is_fit = |id: &SentenceId| {
        corpus
            .sentence(*id)
            .is_some_and(|other| Some(other.document_index) == home && other.sentence.is_quotable())
    };
    let ids = (from..=to).filter_map(|index| u32::try_from(index).ok()).map(SentenceId::new);
    ids.filter(is_fit).collect()
}

impl Resolved {
    pub(crate) fn alone(query: Query) -> Self {
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

    /// Returns what is quoted whatever the ranking says: the passage that the question is about.
    pub(crate) fn pinned(&self, corpus: &Corpus) -> Vec<Excerpt> {
        let (Some(inherited), Some((first, last))) = (&self.inherited, self.passage) else {
            return Vec::new();
        };
        match inherited.passages {
            Passages::Again => Excerpt::slice(corpus, first, last).into_iter().collect(),
            Passages::Around => surroundings(corpus, first, last),
            Passages::Unused | Passages::Near | Passages::LeftOut => Vec::new(),
        }
    }

    /// Returns what was shown before, where something else is asked for.
    pub(crate) fn exclusions(&self) -> &[(SentenceId, SentenceId)] {
        let passages = self.inherited.as_ref().map(|inherited| inherited.passages);
        if passages == Some(Passages::LeftOut) { &self.shown } else { &[] }
    }

    /// Leaves out whose words are no answer; prefers what is near the passage before, where
    /// the question goes on from there.
    pub(crate) fn sift(&self, corpus: &Corpus, candidates: &mut Vec<Candidate>) {
        if self.inherited.is_none() {
            return;
        }
        if let Some(key) = self.not_by {
            let exclusions = SpeakerFilter::speaker(key);
            candidates.retain(|candidate| !exclusions.says_sentence(corpus, candidate.sentence));
        }
        for candidate in candidates.iter_mut() {
            candidate.prefer(self.nearness(corpus, candidate.sentence));
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

/// Returns a passage with what is around it in its paragraph, as much as an excerpt may hold; then
/// what goes before and behind that.
fn surroundings(corpus: &Corpus, first: SentenceId, last: SentenceId) -> Vec<Excerpt> {
    let step = |id: SentenceId, by: i64| {
        let index = i64::try_from(id.index()).ok()?.checked_add(by)?;
        u32::try_from(index).ok().map(SentenceId::new)
    };
    let same = |excerpt: &Excerpt, other: &Excerpt| {
        excerpt.speaker() == other.speaker()
            && excerpt.via() == other.via()
            && excerpt.voice() == other.voice()
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
    // Where there is no room to widen it, what is next to it is new and the passage is not.
    let place = if widest.sentences() == own.sentences() { excerpts.len() } else { 0 };
    excerpts.insert(place, widest);
    excerpts
}
