//! Whether the words that a claim leaves out turn what the sentence says.
//!
//! A quotation can be right to the letter and say the contrary of its sentence: "China would … seek
//! hegemony" of "China would never seek hegemony". Looked at are the words within an omission, and
//! those of the clause that the claim cuts, before and behind it: a "not" in another clause turns
//! nothing. Which words turn a sentence is data ([`crate::text::cues`]).
//!
//! For example, of "They may land there in an emergency, unless the wind is high." the claim "They
//! may land there" is cut in its clause. Behind it come "in an emergency" and, still of the same
//! clause, "unless", a condition: the claim is [`Cut::Behind`] by a [`Cue::Condition`].

use std::ops::Range;

use super::align::Mark;
use super::clauses::Clauses;
use super::sentence::{Boundary, Word};
use crate::text::clause::clause_role;
use crate::text::cues::{self, CueClass, cue_at, cues as all_cues};
use crate::text::english;

/// How the words left out turn the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// They deny it: "never", "nobody", "rather than".
    Negation,
    /// They narrow it: "only", "except", "without".
    Restriction,
    /// They make it hold in some cases alone: "if", "unless".
    Condition,
    /// They keep their distance from it: "denied", "the rumour that".
    Attribution,
    /// They complete a phrase that says something else without them: "left" of "left behind".
    Other,
}

/// Where the words are that a claim leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// Where the claim has an ellipsis.
    Ellipsis,
    /// In the same sentence, before the claim begins.
    Before,
    /// In the same sentence, behind the end of the claim.
    Behind,
}

/// Words left out that turn a sentence, as a range of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) words: Range<usize>,
    pub(super) cue: Cue,
    pub(super) cut: Cut,
}

/// The most words that are shown of what was left out.
const MOST_SHOWN: usize = 8;
/// How far before a claim a word can be that denies or narrows only what is right behind it.
const NEAR_CLAIM: usize = 4;

/// Returns what was left out of the sentences of `words` and turns them: within an omission, or
/// else before or behind what is claimed.
pub(super) fn turn(words: &[Word<'_>]) -> Option<Turn> {
    let claimed = |word: &Word<'_>| word.mark != Mark::Around;
    let start = words.iter().position(claimed)?;
    let end = words.iter().rposition(claimed)? + 1;
    let forms: Vec<&str> = words.iter().map(|word| &*word.form).collect();
    let sentence = Sentence { text: Clauses { words, forms: &forms }, start, end };
    sentence.in_omission().or_else(|| sentence.before()).or_else(|| sentence.behind())
}

/// A run of sentences of which the words from `start` to `end` are claimed.
struct Sentence<'a> {
    text: Clauses<'a>,
    start: usize,
    end: usize,
}

impl Sentence<'_> {
    fn in_omission(&self) -> Option<Turn> {
        let mut index = self.start;
        while index < self.end {
            let rest = self.text.words.get(index..self.end)?;
            let length = rest.iter().take_while(|word| word.mark == Mark::LeftOut).count();
            let gap = index..index + length;
            let found = self
                .cues_within(&gap)
                .filter(|(at, found)| self.turns_within(&gap, *at, found.class))
                .find_map(|(at, found)| match found.class {
                    CueClass::Extension => Some((at, found.length, Cue::Negation)),
                    CueClass::Partitive => None,
                    class => Some((at, found.length, cue(class)?)),
                });
            if let Some((at, length, cue)) = found {
                let first = gap.start + at;
                let words = if gap.len() <= MOST_SHOWN { gap } else { first..first + length };
                return Some(Turn { words, cue, cut: Cut::Ellipsis });
            }
            let is_joint = gap.len() == 1 && self.text.role(gap.start).is_coordinator;
            if !gap.is_empty()
                && !is_joint
                && (self.widens_denial(&gap)
                    || self.text.is_restrictive(gap.start)
                    || self.shortens_exclusion(&gap)
                    || self.joins_clauses(&gap))
            {
                return Some(Turn { words: gap, cue: Cue::Other, cut: Cut::Ellipsis });
            }
            index += length.max(1);
        }
        None
    }

    /// Returns the cues within an omission, and those that narrow and end behind it: "save … for".
    fn cues_within(&self, gap: &Range<usize>) -> impl Iterator<Item = (usize, cues::Cue)> + '_ {
        const BEHIND: usize = 2;
        let end = (gap.end + BEHIND).min(self.text.forms.len());
        let (start, length) = (gap.start, gap.len());
        let within = self.text.forms.get(gap.clone()).unwrap_or_default();
        let forms = self.text.forms.get(start..end).unwrap_or_default();
        let crosses = move |at: usize, cue: cues::Cue| {
            let narrows = matches!(cue.class, CueClass::Restriction | CueClass::Condition);
            narrows && at < length && at + cue.length > length
        };
        let crossing = all_cues(forms).filter(move |(at, cue)| crosses(*at, *cue));
        all_cues(within).chain(crossing).filter(move |(at, _)| !self.text.is_name(start + at))
    }

    /// Returns whether a cue, so many words behind the beginning of an omission, turns what is left.
    /// What is left out from mark to mark can hold conditions of its own.
    fn turns_within(&self, gap: &Range<usize>, at: usize, class: CueClass) -> bool {
        let opens = at == usize::from(self.text.role(gap.start).is_coordinator);
        let is_between_marks = self.text.boundary(gap.start) != Boundary::None
            && self.text.boundary(gap.end) != Boundary::None;
        match class {
            CueClass::Time => at == 0 && self.text.boundary(gap.start) == Boundary::None,
            CueClass::Negation => true,
            CueClass::Condition | CueClass::Restriction if is_between_marks => opens,
            _ => !self.text.is_aside(gap.start, gap.end),
        }
    }

    /// Returns whether an omission at `gap`, without a mark before it, takes from a clause that denies
    /// something what it denies it of: "Nobody is banned … unless" of "Nobody is banned for a first
    /// breach, unless".
    fn widens_denial(&self, gap: &Range<usize>) -> bool {
        // What goes up to a comma is one of several, unless what comes then narrows the clause.
        let is_item = self.text.boundary(gap.end) == Boundary::Comma
            && cue_at(self.text.forms, gap.end).is_none();
        let gap = gap.start;
        if is_item || self.text.boundary(gap) != Boundary::None {
            return false;
        }
        let start = (self.start..gap).rev().find(|at| self.text.boundary(*at) != Boundary::None);
        let forms = self.text.forms.get(start.unwrap_or(self.start)..gap).unwrap_or_default();
        all_cues(forms).any(|(_, found)| found.class == CueClass::Negation)
    }

    /// Returns whether an omission takes something from a list behind which all else is ruled out:
    /// "on vines … but on nothing else" of "on vines and potatoes, but on nothing else".
    fn shortens_exclusion(&self, gap: &Range<usize>) -> bool {
        let is_item = self.text.boundary(gap.start) == Boundary::None
            && self.text.role(gap.start).is_coordinator;
        if !is_item {
            return false;
        }
        let clause = (gap.end..self.end).find(|at| self.text.boundary(*at) == Boundary::Strong);
        (gap.end..clause.unwrap_or(self.end)).any(|at| self.text.role(at).excludes_rest)
    }

    /// Returns whether an omission joins the beginning of one clause to the end of another.
    fn joins_clauses(&self, gap: &Range<usize>) -> bool {
        let is_strong = |at: usize| self.text.boundary(at) == Boundary::Strong;
        self.text.boundary(gap.start) == Boundary::None
            && self.text.boundary(gap.end) == Boundary::None
            && (gap.start + 1..gap.end).any(is_strong)
    }

    fn before(&self) -> Option<Turn> {
        let scope = self.clause_before();
        let forms: Vec<&str> =
            scope.iter().filter_map(|index| self.text.forms.get(*index).copied()).collect();
        let in_scope = all_cues(&forms).filter(|(at, cue)| {
            let distance = forms.len() - at;
            if scope.get(*at).is_some_and(|at| self.text.is_name(*at)) {
                return false;
            }
            match cue.class {
                CueClass::Harmless | CueClass::Extension | CueClass::Time => false,
                CueClass::Hindrance => distance <= NEAR_CLAIM,
                CueClass::Partitive => distance == cue.length && self.text.has_verb(self.start),
                CueClass::Restriction => distance <= NEAR_CLAIM && !self.begins_with_preposition(),
                CueClass::Belief => {
                    let subject = at.checked_sub(1).and_then(|at| forms.get(at));
                    !subject.is_some_and(|form| clause_role(form).is_first_person)
                }
                CueClass::Negation if self.goes_on_denying() => false,
                CueClass::Negation => distance <= cue.length || !self.is_noun_phrase(),
                CueClass::Rarity
                | CueClass::Condition
                | CueClass::Attribution
                | CueClass::Falsehood => true,
            }
        });
        // The first that is near enough says most: "at no point claimed that", not "claimed that".
        let is_near = |at: usize| scope.get(at).is_some_and(|at| self.start - at <= MOST_SHOWN);
        let found: Vec<(usize, Cue, usize)> = in_scope
            .filter_map(|(at, found)| Some((at, cue(found.class)?, found.length)))
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

    /// The beginning of a question of which the claim is the end: "Who says that …?"
    fn question_before(&self, scope: &[usize]) -> Option<Turn> {
        let is_question = self.text.words.last().is_some_and(|word| word.ends_question);
        let first = *scope.first().filter(|_| is_question)?;
        let words = first..self.start.min(first + MOST_SHOWN);
        Some(Turn { words, cue: Cue::Attribution, cut: Cut::Before })
    }

    /// Returns whether the claim denies from its first word on: "nor …".
    fn goes_on_denying(&self) -> bool {
        let first = cue_at(self.text.forms, self.start);
        let is_denial = first.is_some_and(|cue| cue.class == CueClass::Negation);
        is_denial && self.text.role(self.start).is_coordinator
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

    fn behind(&self) -> Option<Turn> {
        let first = self.end;
        let boundary = self.text.boundary(first);
        if first >= self.text.words.len() || boundary == Boundary::Strong {
            return None;
        }
        if let Some(turn) = self.said_behind(first).or_else(|| self.exception_behind(first)) {
            return Some(turn);
        }
        let mut index = first;
        while index < self.text.words.len() {
            if let Some(closing) = self.text.parenthesis_from(index) {
                index = closing;
            }
            let narrows = cue_at(self.text.forms, index).is_some_and(|cue| {
                matches!(cue.class, CueClass::Condition | CueClass::Restriction)
            });
            if !narrows && self.text.ends_clause(index) {
                break;
            }
            let is_joined = self.text.role(index).is_coordinator;
            let Some(found) = cue_at(self.text.forms, index) else {
                index += 1;
                // What "and" adds behind a comma narrows itself, unless it begins with what narrows.
                let goes_on = cue_at(self.text.forms, index).is_some_and(|next| {
                    matches!(next.class, CueClass::Restriction | CueClass::Condition)
                });
                let adds = index - 1 == first || self.text.boundary(index - 1) == Boundary::Comma;
                if is_joined && adds && !goes_on {
                    break;
                }
                continue;
            };
            let distance = index - first;
            let opens = distance == 0
                || self.text.boundary(index) == Boundary::Comma
                || self.text.role(index - 1).is_coordinator;
            let turns = match found.class {
                CueClass::Condition => self.text.forms.get(index) != Some(&"whether"),
                // Behind a comma, "not" sets something else against the claim: "…, not B".
                CueClass::Negation | CueClass::Rarity => {
                    opens && (found.length > 1 || self.text.boundary(index) == Boundary::None)
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
            };
            if let Some(cue) = cue(found.class).filter(|_| turns) {
                let shown = self.text.phrase_end(index).min(index + MOST_SHOWN);
                return Some(Turn { words: index..shown, cue, cut: Cut::Behind });
            }
            index += found.length;
        }
        (boundary == Boundary::None && self.is_cut_short()).then(|| {
            let shown = self.text.phrase_end(first).min(first + MOST_SHOWN);
            Turn { words: first..shown, cue: Cue::Other, cut: Cut::Behind }
        })
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

    /// What is excepted from all or none ("nobody but …"), or set against a wish ("would …, but …").
    fn exception_behind(&self, first: usize) -> Option<Turn> {
        let first = self.text.parenthesis_from(first).unwrap_or(first);
        if !self.text.role(first).is_contrast {
            return None;
        }
        let cue = if self.text.boundary(first) == Boundary::None {
            self.text.role(first.checked_sub(1)?).is_total.then_some(Cue::Restriction)?
        } else {
            let claimed = (self.start..first).rev();
            let mut clause =
                claimed.take_while(|at| self.text.boundary(*at + 1) != Boundary::Strong);
            clause.any(|at| self.text.role(at).is_irrealis).then_some(Cue::Condition)?
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

fn cue(class: CueClass) -> Option<Cue> {
    match class {
        CueClass::Negation | CueClass::Rarity | CueClass::Hindrance => Some(Cue::Negation),
        CueClass::Restriction | CueClass::Partitive => Some(Cue::Restriction),
        CueClass::Condition | CueClass::Time => Some(Cue::Condition),
        CueClass::Attribution | CueClass::Belief | CueClass::Falsehood => Some(Cue::Attribution),
        CueClass::Harmless | CueClass::Extension => None,
    }
}
