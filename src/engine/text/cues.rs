//! Words that turn a sentence when they are left out of it: "never", "only", "unless", "denied".
//!
//! The lists hold one phrase a line, in the normal form of [`super::normal`]. The longest phrase
//! counts, so that "not even" can be harmless where "not" is not.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How a phrase turns the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CueClass {
    /// Says the contrary of all that follows in its clause: "not", "nobody", "rather than".
    Negation,
    /// Nearly says the contrary: "hardly", "few".
    Rarity,
    /// Says the contrary of the words right behind it: "failed to", "forbidden".
    Hindrance,
    /// Holds for less than the words without it: "only", "except", "without".
    Restriction,
    /// Holds in some cases alone: "if", "unless", "as long as".
    Condition,
    /// Holds only at some time, where no comma is before it: "before", "once".
    Time,
    /// Keeps its distance, or puts it into another's mouth: "denied", "rumour".
    Attribution,
    /// Says that someone holds it to be so: "believe"; of "we", the same as saying it.
    Belief,
    /// Takes a part of a group: "some of".
    Partitive,
    /// Says that the words around it are not so: "false", "a lie".
    Falsehood,
    /// Adds to what it denies, unless it is left out alone: "not only".
    Extension,
    /// Looks like one of these and is none: "not even", "a few".
    Harmless,
}

/// A phrase found in a row of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) class: CueClass,
    /// How many words it has.
    pub(crate) length: usize,
}

type Phrase = (Vec<&'static str>, CueClass);

/// The phrases that begin with each word, the longest first.
static PHRASES: LazyLock<HashMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let lists = [
        (include_str!("en/cues/negations.txt"), CueClass::Negation),
        (include_str!("en/cues/rarities.txt"), CueClass::Rarity),
        (include_str!("en/cues/hindrances.txt"), CueClass::Hindrance),
        (include_str!("en/cues/restrictions.txt"), CueClass::Restriction),
        (include_str!("en/cues/conditions.txt"), CueClass::Condition),
        (include_str!("en/cues/times.txt"), CueClass::Time),
        (include_str!("en/cues/attributions.txt"), CueClass::Attribution),
        (include_str!("en/cues/beliefs.txt"), CueClass::Belief),
        (include_str!("en/cues/partitives.txt"), CueClass::Partitive),
        (include_str!("en/cues/falsehoods.txt"), CueClass::Falsehood),
        (include_str!("en/cues/extensions.txt"), CueClass::Extension),
        (include_str!("en/cues/harmless.txt"), CueClass::Harmless),
    ];
    let words = |phrase: &'static str| phrase.split_ascii_whitespace().collect();
    let mut all: Vec<Phrase> = lists
        .into_iter()
        .flat_map(|(list, class)| list.lines().map(move |phrase| (words(phrase), class)))
        .collect();
    all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let mut phrases: HashMap<&str, Vec<Phrase>> = HashMap::new();
    for (words, class) in all {
        if let Some(first) = words.first() {
            phrases.entry(first).or_default().push((words, class));
        }
    }
    phrases
});

/// Returns the cue that begins at `index` of these words in normal form.
pub(crate) fn cue_at(words: &[&str], index: usize) -> Option<Cue> {
    let rest = words.get(index..)?;
    let first = rest.first()?;
    if first.ends_with("n't") {
        return Some(Cue { class: CueClass::Negation, length: 1 });
    }
    let phrases = PHRASES.get(first)?;
    let (phrase, class) = phrases.iter().find(|(phrase, _)| rest.starts_with(phrase))?;
    Some(Cue { class: *class, length: phrase.len() })
}

/// Returns every cue of these words with the index of its first word; none overlaps another.
pub(crate) fn cues<'a>(words: &'a [&'a str]) -> impl Iterator<Item = (usize, Cue)> + 'a {
    let mut next = 0;
    (0..words.len()).filter_map(move |index| {
        let cue = (index >= next).then(|| cue_at(words, index)).flatten()?;
        next = index + cue.length;
        Some((index, cue))
    })
}
