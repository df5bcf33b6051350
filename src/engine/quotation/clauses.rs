//! Where the clauses of a sentence begin and end, as far as its marks and function words tell.

use super::sentence::{Boundary, Word};
use crate::text::clause::{ClauseRole, clause_role};
use crate::text::cues::{CueClass, cues};
use crate::text::english;

/// Sentences, word by word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clauses<'a> {
    pub(super) words: &'a [Word<'a>],
    /// The words in normal form.
    pub(super) forms: &'a [&'a str],
}

impl Clauses<'_> {
    pub(super) fn boundary(&self, index: usize) -> Boundary {
        self.words.get(index).map_or(Boundary::Strong, |word| word.boundary)
    }

    /// Returns whether the word is a name: capitalised, and not at the beginning of anything.
    pub(super) fn is_name(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| {
            word.is_capitalised && word.boundary == Boundary::None && !word.opens
        })
    }

    pub(super) fn role(&self, index: usize) -> ClauseRole {
        self.forms.get(index).map_or_else(ClauseRole::default, |form| clause_role(form))
    }

    /// Returns where the words that begin at `index` reach the next mark or clause.
    pub(super) fn phrase_end(&self, index: usize) -> usize {
        (index + 1..self.words.len())
            .find(|at| self.boundary(*at) != Boundary::None)
            .unwrap_or(self.words.len())
    }

    /// Returns whether another clause begins at `index`, behind the claim.
    pub(super) fn ends_clause(&self, index: usize) -> bool {
        match self.boundary(index) {
            Boundary::Strong => true,
            Boundary::Comma => {
                let begins_aside = self.is_relative(index) || self.role(index).opens_aside;
                begins_aside || self.opens_clause(index)
            }
            Boundary::None => self.joins_clause(index),
        }
    }

    /// Returns whether a clause with its own subject begins at `index`, behind a comma.
    fn opens_clause(&self, index: usize) -> bool {
        let is_joined = self.role(index).is_coordinator;
        let first = index + usize::from(is_joined);
        let Some(word) = self.words.get(first) else { return false };
        let role = clause_role(&word.form);
        let is_inverted = english::link_of(&word.form).is_auxiliary;
        if role.is_subject || (is_joined && (is_inverted || role.is_conjunction)) {
            return true;
        }
        (word.is_capitalised || role.is_determiner) && self.has_verb(first)
    }

    /// Returns whether a clause with a pronoun as its subject is joined at `index` without a mark.
    pub(super) fn joins_clause(&self, index: usize) -> bool {
        let is_exception = self.role(index).is_contrast
            && index.checked_sub(1).is_some_and(|before| self.role(before).is_total);
        self.role(index).is_coordinator && !is_exception && self.opens_clause(index)
    }

    /// Returns whether a relative clause begins at `index`: "who …", "of which …".
    pub(super) fn is_relative(&self, index: usize) -> bool {
        const AHEAD: usize = 3;
        self.role(index).is_leading_relative
            || (index..index + AHEAD).any(|at| self.role(at).is_relative)
    }

    /// Returns whether a relative clause begins at `index` that says which of several are meant:
    /// without a comma.
    pub(super) fn is_restrictive(&self, index: usize) -> bool {
        let role = self.role(index);
        // Behind a preposition it is a thing of its own: "because of where they live".
        let is_free = index.checked_sub(1).is_some_and(|before| self.role(before).is_preposition);
        let is_relative = role.is_relative || role.is_leading_relative;
        self.boundary(index) == Boundary::None && is_relative && !is_free
    }

    /// Returns whether these words are between commas and only add to what is before them.
    pub(super) fn is_aside(&self, start: usize, end: usize) -> bool {
        self.boundary(start) == Boundary::Comma
            && self.boundary(end) != Boundary::None
            && (self.is_relative(start) || self.role(start).opens_aside)
    }

    /// Returns whether a verb that is surely one follows before the next mark.
    pub(super) fn has_verb(&self, index: usize) -> bool {
        self.has_verb_until(index, self.phrase_end(index))
    }

    /// Returns whether one of these words is surely a verb.
    pub(super) fn has_verb_until(&self, start: usize, end: usize) -> bool {
        let forms = self.forms.get(start..end).unwrap_or_default();
        forms
            .iter()
            .any(|form| english::link_of(form).is_auxiliary || english::class_of(form).is_saying)
    }

    /// Returns where the words between commas begin that end before `right`.
    pub(super) fn parenthesis_before(&self, right: usize) -> Option<usize> {
        let opening = (1..right).rev().find(|index| self.boundary(*index) != Boundary::None)?;
        let is_comma = self.boundary(opening) == Boundary::Comma;
        (is_comma && self.is_parenthesis(opening, right)).then_some(opening)
    }

    /// Returns where the words between commas end that begin at `index`.
    pub(super) fn parenthesis_from(&self, index: usize) -> Option<usize> {
        let closing = self.phrase_end(index);
        let is_comma = self.boundary(index) == Boundary::Comma
            && self.boundary(closing) == Boundary::Comma
            && closing < self.words.len();
        (is_comma && self.is_parenthesis(index, closing)).then_some(closing)
    }

    /// Returns whether these words are "he said" or a relative clause.
    fn is_parenthesis(&self, start: usize, end: usize) -> bool {
        const LONGEST_SAYING: usize = 5;
        let forms = self.forms.get(start..end).unwrap_or_default();
        let says = forms.iter().any(|form| english::class_of(form).is_saying);
        let keeps_distance = cues(forms).any(|(_, cue)| cue.class == CueClass::Attribution);
        let first = self.words.get(start);
        let names = first.is_some_and(|word| word.is_capitalised || self.role(start).is_subject);
        self.is_relative(start)
            || (says && !keeps_distance && forms.len() <= LONGEST_SAYING)
            || (names && !keeps_distance && forms.len() < LONGEST_SAYING)
    }
}
