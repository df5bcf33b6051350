//! Questions that ask who someone is, or what something is called: for a name, an office, a
//! country. A text tells such things by the way, where it first names someone.

use super::query::Concept;
use crate::text::english::{AnswerType, holds};

/// What names someone.
const NAMES: &str = include_str!("../text/en/names.txt");

/// What everyone has one of, and the words beside it.
const ATTRIBUTES: &str = include_str!("../text/en/attributes.txt");

/// What a short form has.
const LONG_FORMS: &str = include_str!("../text/en/long_forms.txt");

/// How much a word counts that asks for an attribute, beside what it counts elsewhere.
const ATTRIBUTE_WEIGHT: f32 = 0.4;

/// What a question is after that names someone, and beside that only attributes of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// A name, or who someone is at all: there is nothing else that the question could be after.
    Name,
    /// An office, a party, a country: of a country or a party itself, that asks for more.
    Other,
}

/// Returns the attribute that is asked for, where `concepts` are names and attributes alone; a
/// question for a person, as in "who is he?", needs no word for it.
pub(crate) fn asked(concepts: &[Concept], kind: Option<AnswerType>) -> Option<Attribute> {
    let (attributes, others): (Vec<&Concept>, Vec<&Concept>) =
        concepts.iter().partition(|concept| is_attribute(concept));
    let asks = !attributes.is_empty() || kind == Some(AnswerType::Person);
    if !asks || !others.iter().all(|concept| concept.is_name()) {
        return None;
    }
    let is_name = attributes.iter().all(|concept| holds(NAMES, &concept.label));
    Some(if is_name { Attribute::Name } else { Attribute::Other })
}

/// Makes the words for attributes count as what they are: wrapping around a name.
pub(crate) fn wrap(concepts: &mut [Concept]) {
    for concept in concepts.iter_mut().filter(|concept| is_attribute(concept)) {
        concept.is_reporting_verb = true;
        concept.is_common = true;
        concept.weight *= ATTRIBUTE_WEIGHT;
    }
}

fn is_attribute(concept: &Concept) -> bool {
    let lists = [NAMES, ATTRIBUTES, LONG_FORMS];
    concept.speaker.is_none() && lists.iter().any(|list| holds(list, &concept.label))
}
