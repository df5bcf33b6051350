//! What is left out before the claim, in the clause in which it begins.

use super::{Cue, Cut, MOST_SHOWN, NEAR_CLAIM, Sentence, Turn, cue};
use crate::quotation::sentence::Boundary;
use crate::text::clause::clause_role;
use crate::text::cues::{Cue as FoundCue, CueClass, cue_at, cues as all_cues};
use crate::text::english;

impl Sentence<'_> {
    pub(super) fn before(&self) -> Option<Turn> {
        let scope = self.clause_before();
        let forms: Vec<&str> =
            scope.iter().filter_map(|index| self.text.forms.get(*index).copied()).collect();
        let in_scope = all_cues(&forms).filter(|(at, found)| {
            let is_name = scope.get(*at).is_some_and(|at| self.text.is_name(*at));
            !is_name && self.turns_before(&forms, *at, *found)
        });
        // The first that is near enough says most: "at no point claimed that", not "claimed that".
        let is_near = |at: usize| scope.get(at).is_some_and(|at| self.start - at <= MOST_SHOWN);
        let found: Vec<(usize, Cue, usize)> = in_scope
            .filter_map(|(at, found)| {
                let said = found.class == CueClass::Partitive && says(&forms, at + found.length);
                let cue = if said { Cue::Attribution } else { cue(found.class)? };
                Some((at, cue, found.length))
            })
            .collect();
        let shown = found.iter().find(|(at, ..)| is_near(*at)).or(found.last());
        if let Some((at, cue, length)) = shown.copied() {
            let first = *scope.get(at)?;
            let end = if is_near(at) { self.start } else { first + length };
            return Some(Turn { words: first..end, cue, cut: Cut::Before });
        }
        self.condition_before(scope.first().copied().unwrap_or(self.start))
            .or_else(|| self.question_before(&scope))
    }

    /// Returns whether the cue at `at` of the words before the claim in its clause turns it.
    fn turns_before(&self, forms: &[&str], at: usize, found: FoundCue) -> bool {
        let distance = forms.len() - at;
        match found.class {
            CueClass::Harmless | CueClass::Extension | CueClass::Time => false,
            CueClass::Hindrance => distance <= NEAR_CLAIM,
            // "Some of the members voted", and "some members say that".
            CueClass::Partitive => {
                (distance == found.length && self.text.has_verb(self.start))
                    || says(forms, at + found.length)
            }
            CueClass::Restriction => distance <= NEAR_CLAIM && !self.begins_with_preposition(),
            CueClass::Belief => {
                let subject = at.checked_sub(1).and_then(|at| forms.get(at));
                !subject.is_some_and(|form| clause_role(form).is_first_person)
            }
            CueClass::Negation if self.begins_with(CueClass::Negation) => false,
            CueClass::Negation => distance <= found.length || !self.is_noun_phrase(),
            CueClass::Rarity
            | CueClass::Condition
            | CueClass::Attribution
            | CueClass::Falsehood => true,
        }
    }

    /// The beginning of a question of which the claim is the end: "Who says that …?"
    fn question_before(&self, scope: &[usize]) -> Option<Turn> {
        let is_question = self.text.words.last().is_some_and(|word| word.ends_question);
        let first = *scope.first().filter(|_| is_question)?;
        let words = first..self.start.min(first + MOST_SHOWN);
        Some(Turn { words, cue: Cue::Attribution, cut: Cut::Before })
    }

    /// Returns whether the first words of the claim are such a cue.
    fn begins_with(&self, class: CueClass) -> bool {
        cue_at(self.text.forms, self.start).is_some_and(|cue| cue.class == class)
    }

    /// Returns whether the claim is a thing that is named, and states nothing of it.
    fn is_noun_phrase(&self) -> bool {
        let relative = (self.start..self.end).find(|at| {
            let role = self.text.role(*at);
            role.is_relative || role.is_leading_relative || role.is_complement
        });
        self.text.role(self.start).is_determiner
            && !self.text.has_verb_until(self.start, relative.unwrap_or(self.end))
    }

    /// Returns whether the claim is a phrase that states nothing, so that "only" before it is no loss.
    fn begins_with_preposition(&self) -> bool {
        self.text.role(self.start).is_preposition
    }

    /// The subordinate clause before the clause that begins at `clause`: "If it rains, …".
    fn condition_before(&self, clause: usize) -> Option<Turn> {
        let mut clause = clause;
        while let Some(opening) = self.text.parenthesis_before(clause) {
            clause = opening;
        }
        if self.text.boundary(clause) != Boundary::Comma {
            return None;
        }
        let start = (0..clause).rev().find(|index| self.text.boundary(*index) != Boundary::None);
        let start = start.unwrap_or_default();
        let forms = self.text.forms.get(start..clause)?;
        if self.text.role(start).is_inversion {
            let shown = start..clause.min(start + MOST_SHOWN);
            return Some(Turn { words: shown, cue: Cue::Condition, cut: Cut::Before });
        }
        let found = all_cues(forms).find(|(at, found)| {
            found.class == CueClass::Condition && forms.get(*at) != Some(&"whether")
        });
        let (at, found) = found?;
        let first = start + at;
        let shown = if clause - first <= MOST_SHOWN { clause } else { first + found.length };
        Some(Turn { words: first..shown, cue: Cue::Condition, cut: Cut::Before })
    }

    /// The words before the claim in the clause that it cuts, without what is put between commas.
    fn clause_before(&self) -> Vec<usize> {
        let mut scope = Vec::new();
        let is_condition = self.text.boundary(self.start) == Boundary::Comma
            && self.begins_with(CueClass::Condition);
        if is_condition {
            return scope;
        }
        let mut right = self.start;
        while let Some(index) = right.checked_sub(1) {
            let boundary = self.text.boundary(right);
            let is_clause = boundary == Boundary::Strong
                || (boundary == Boundary::Comma && self.text.ends_clause(right))
                || (boundary == Boundary::None && self.text.joins_clause(right));
            if is_clause {
                break;
            }
            let opening =
                self.text.parenthesis_before(right).filter(|_| boundary == Boundary::Comma);
            right = opening.map_or(index, |opening| opening - 1);
            scope.push(right);
        }
        scope.reverse();
        scope
    }
}

/// Returns whether a verb of saying comes soon in these words, from `start` on.
fn says(forms: &[&str], start: usize) -> bool {
    let subject = forms.iter().skip(start).take(NEAR_CLAIM);
    subject.into_iter().any(|form| english::class_of(form).is_saying)
}
