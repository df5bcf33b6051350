//! What is left out behind the claim, in the clause in which it ends.

use super::{Cue, Cut, MOST_SHOWN, NEAR_CLAIM, Sentence, Turn, cue};
use crate::quotation::sentence::Boundary;
use crate::text::clause::clause_role;
use crate::text::cues::{Cue as FoundCue, CueClass, cue_at, cues as all_cues};
use crate::text::english;

impl Sentence<'_> {
    pub(super) fn behind(&self) -> Option<Turn> {
        let first = self.end;
        let boundary = self.text.boundary(first);
        if first >= self.text.words.len() || boundary == Boundary::Strong {
            return None;
        }
        let turn = self.said_behind(first).or_else(|| self.exception_behind(first));
        turn.or_else(|| self.cue_behind(first)).or_else(|| {
            let is_cut_short = boundary == Boundary::None && self.is_cut_short();
            let end = self.text.phrase_end(first).min(first + MOST_SHOWN);
            is_cut_short.then_some(Turn { words: first..end, cue: Cue::Other, cut: Cut::Behind })
        })
    }

    /// The first word that turns the claim in the rest of its clause.
    fn cue_behind(&self, first: usize) -> Option<Turn> {
        let mut index = first;
        while index < self.text.words.len() {
            index = self.text.parenthesis_from(index).unwrap_or(index);
            let Some(found) = cue_at(self.text.forms, index) else {
                if self.text.ends_clause(index) || self.adds_only(first, index) {
                    return None;
                }
                index += 1;
                continue;
            };
            if !narrows(found.class) && self.text.ends_clause(index) {
                return None;
            }
            if let Some(cue) = cue(found.class).filter(|_| self.turns_behind(first, index, found)) {
                let end = self.text.phrase_end(index).min(index + MOST_SHOWN);
                return Some(Turn { words: index..end, cue, cut: Cut::Behind });
            }
            index += found.length;
        }
        None
    }

    /// Returns whether "and" at `index` adds something that says nothing of the claim: right behind
    /// it or behind a comma, unless it begins with what narrows.
    fn adds_only(&self, first: usize, index: usize) -> bool {
        let next = cue_at(self.text.forms, index + 1);
        self.text.role(index).is_coordinator
            && (index == first || self.text.boundary(index) == Boundary::Comma)
            && !next.is_some_and(|next| narrows(next.class))
    }

    /// Returns whether the cue at `index` turns the claim that ends at `first`.
    fn turns_behind(&self, first: usize, index: usize, found: FoundCue) -> bool {
        let distance = index - first;
        let boundary = self.text.boundary(index);
        let is_joined = index > first && self.text.role(index - 1).is_coordinator;
        let opens = distance == 0 || boundary == Boundary::Comma || is_joined;
        match found.class {
            CueClass::Condition => self.text.forms.get(index) != Some(&"whether"),
            // Behind a comma, "not" sets something else against the claim: "…, not B".
            CueClass::Negation | CueClass::Rarity => {
                opens && (found.length > 1 || boundary == Boundary::None)
            }
            CueClass::Restriction => opens || distance <= NEAR_CLAIM,
            CueClass::Time => distance == 0 && boundary == Boundary::None,
            CueClass::Attribution | CueClass::Falsehood => {
                distance <= NEAR_CLAIM && self.is_said_of_it(first)
            }
            CueClass::Hindrance
            | CueClass::Belief
            | CueClass::Partitive
            | CueClass::Harmless
            | CueClass::Extension => false,
        }
    }

    /// Who is said to have said it, by a verb that keeps its distance: "…, he claimed."
    fn said_behind(&self, first: usize) -> Option<Turn> {
        const LONGEST: usize = 6;
        let end = self.text.phrase_end(first);
        let is_short = self.text.boundary(first) == Boundary::Comma && end - first <= LONGEST;
        let is_short = is_short && !self.text.role(first).is_coordinator;
        let phrase = self.text.forms.get(first..end).filter(|_| is_short)?;
        let keeps_distance = all_cues(phrase).any(|(_, cue)| {
            matches!(cue.class, CueClass::Attribution | CueClass::Belief | CueClass::Falsehood)
        });
        let turn = Turn { words: first..end, cue: Cue::Attribution, cut: Cut::Behind };
        keeps_distance.then_some(turn)
    }

    /// What is excepted from all or none ("nobody but …", "any …, but …"), or set against a wish
    /// ("would …, but …").
    fn exception_behind(&self, first: usize) -> Option<Turn> {
        let first = self.text.parenthesis_from(first).unwrap_or(first);
        if !self.text.role(first).is_contrast {
            return None;
        }
        let denial = cue_at(self.text.forms, first + 1);
        let cue = if denial.is_some_and(|denial| denial.class == CueClass::Negation) {
            Cue::Negation
        } else if self.text.boundary(first) == Boundary::None {
            let denies = |at: usize| self.text.role(at).is_total;
            let is_of_all = (self.start..self.end).any(denies) && !self.text.ends_clause(first);
            let is_exception = is_of_all || denies(self.start);
            is_exception.then_some(Cue::Restriction)?
        } else {
            let claimed = (self.start..self.end).rev();
            let clause = claimed.take_while(|at| self.text.boundary(*at + 1) != Boundary::Strong);
            let roles: Vec<_> = clause.map(|at| self.text.role(at)).collect();
            if roles.iter().any(|role| role.is_irrealis) {
                Cue::Condition
            } else {
                roles.iter().any(|role| role.is_total).then_some(Cue::Restriction)?
            }
        };
        let end = self.text.phrase_end(first).min(first + MOST_SHOWN);
        Some(Turn { words: first..end, cue, cut: Cut::Behind })
    }

    /// Returns whether the words behind the claim say something of all of it: "… is a myth".
    fn is_said_of_it(&self, first: usize) -> bool {
        self.text.role(first).is_copula
    }

    /// Returns whether the claim, which ends without a mark before the next word, ends within a
    /// phrase that can say something else without its end.
    fn is_cut_short(&self) -> bool {
        let next = self.text.role(self.end);
        if next.is_connective {
            return false;
        }
        let last = self.end.checked_sub(1).and_then(|last| self.text.forms.get(last));
        let is_open = last.is_some_and(|last| english::class_of(last).is_stop);
        is_open
            || next.is_complement
            || self.text.is_restrictive(self.end)
            || self.is_in_marks()
            || self.claims_of_all()
    }

    /// Returns whether the claim ends between quotation marks that close later in the sentence.
    fn is_in_marks(&self) -> bool {
        let behind = self.text.words.get(self.end..).unwrap_or_default();
        behind
            .iter()
            .find_map(|word| if word.opens { Some(false) } else { word.closes.then_some(true) })
            .unwrap_or_default()
    }

    /// Returns whether the last sentence of the claim, as far as claimed, speaks of all or of none.
    fn claims_of_all(&self) -> bool {
        let start =
            (self.start..self.end).rev().find(|at| self.text.boundary(*at) == Boundary::Strong);
        let forms = self.text.forms.get(start.unwrap_or(self.start)..self.end).unwrap_or_default();
        let has_negation = all_cues(forms).any(|(_, found)| found.class == CueClass::Negation);
        has_negation || forms.iter().any(|form| clause_role(form).is_universal)
    }
}

fn narrows(class: CueClass) -> bool {
    matches!(class, CueClass::Condition | CueClass::Restriction)
}
