//! Passages that are not to be quoted, whatever is asked: taken out of what is ranked, and of what
//! an excerpt has around the sentence that was found.

use super::excerpt::Excerpt;
use super::{Answer, Reason};
use crate::knowledge::{Corpus, SentenceId};
use crate::ranking::Candidate;

/// Runs of sentences, each by its first and last, that are not to be quoted.
pub(crate) struct Exclusions<'a>(pub(crate) &'a [(SentenceId, SentenceId)]);

impl Exclusions<'_> {
    fn holds(&self, id: SentenceId) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&id))
    }

    /// Nothing of it is ranked.
    pub(crate) fn sift(&self, candidates: &mut Vec<Candidate>) {
        if !self.0.is_empty() {
            candidates.retain(|candidate| !self.holds(candidate.sentence));
        }
    }

    /// Returns the answer without it; an abstention where nothing else is left.
    pub(crate) fn clear(&self, corpus: &Corpus, mut answer: Answer) -> Answer {
        if self.0.is_empty() {
            return answer;
        }
        if let Answer::Quoted { excerpts, together, .. } = &mut answer {
            let first = excerpts.iter().take(*together);
            *together = first.filter(|e| self.rest(corpus, e).is_some()).count().max(1);
        }
        let (Answer::Quoted { excerpts, .. } | Answer::Abstained { nearest: excerpts, .. }) =
            &mut answer;
        let cleared = excerpts.iter().filter_map(|excerpt| self.rest(corpus, excerpt));
        *excerpts = cleared.collect();
        let confidence = answer.confidence();
        match answer {
            Answer::Quoted { excerpts, inherited, .. } if excerpts.is_empty() => {
                let (reason, nearest) = (Reason::NothingFound, Vec::new());
                Answer::Abstained { reason, nearest, confidence: confidence / 2.0, inherited }
            }
            answer => answer,
        }
    }

    /// Returns the longest stretch of an excerpt that may be quoted.
    fn rest(&self, corpus: &Corpus, excerpt: &Excerpt) -> Option<Excerpt> {
        let (first, last) = excerpt.sentences();
        let mut longest: Option<(SentenceId, SentenceId)> = None;
        let mut run: Option<(SentenceId, SentenceId)> = None;
        let length = |(first, last): (SentenceId, SentenceId)| last.index() - first.index();
        for index in first.index()..=last.index() {
            let id = SentenceId::new(u32::try_from(index).ok()?);
            run = match run {
                _ if self.holds(id) => None,
                Some((start, _)) => Some((start, id)),
                None => Some((id, id)),
            };
            if let Some(run) = run
                && longest.is_none_or(|known| length(run) > length(known))
            {
                longest = Some(run);
            }
        }
        let (start, end) = longest?;
        if (start, end) == (first, last) {
            return Some(excerpt.clone());
        }
        Excerpt::slice(corpus, start, end)
    }
}
