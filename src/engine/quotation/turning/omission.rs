//! What is left out where the claim has an ellipsis.

use std::ops::Range;

use super::{Cue, Cut, MOST_SHOWN, Sentence, Turn, cue};
use crate::quotation::align::Mark;
use crate::quotation::sentence::Boundary;
use crate::text::cues::{self, CueClass, cue_at, cues as all_cues};

impl Sentence<'_> {
    pub(super) fn in_omission(&self) -> Option<Turn> {
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
}
