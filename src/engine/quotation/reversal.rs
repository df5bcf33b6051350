//! Whether the words that a claim changes reverse or seriously alter what the sentence says.
//!
//! "The meeting took place" for "The conference took place" is a slip. "Every country" for "No
//! country", 80 for 800, "closed" for "open" are not. Compared are the changed words between two
//! that are the same: negations, numbers, names, quantifiers, what must be and what may be,
//! opposites, and words that narrow a sentence or keep their distance.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::align::{Alignment, Mark};
use super::claim::ClaimWords;
use super::sentence::Word;
use crate::knowledge::{Document, Span};
use crate::text::analysis::Stems;
use crate::text::clause::clause_role;
use crate::text::cues::{CueClass, cues};
use crate::text::english;

/// Words of a sentence that a claim has changed, added or left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The words as printed; empty where the claim adds some.
    pub printed: String,
    /// The words as claimed; empty where the claim leaves some out.
    pub claimed: String,
    /// Whether this alone alters what the sentence says.
    pub reverses: bool,
}

/// The words of one side of a change.
#[derive(Debug, Default)]
struct Side<'a> {
    forms: Vec<&'a str>,
    /// Those that are written with a capital letter, but not at the beginning of a sentence.
    names: Vec<&'a str>,
    text: &'a str,
}

impl Side<'_> {
    fn has_content(&self) -> bool {
        self.forms.iter().any(|form| !english::class_of(form).is_stop)
    }
}

/// Returns the changes between the printed words and a claim, in order.
pub(super) fn changes(
    document: &Document,
    words: &[Word<'_>],
    alignment: &Alignment,
    claim: &ClaimWords,
    quote: &str,
) -> Vec<Change> {
    let groups = groups(document, words, alignment, claim, quote);
    let moved = moved(&groups);
    let left_out = groups.iter().filter(|(_, claimed)| claimed.forms.is_empty());
    let left_out: Vec<&str> =
        left_out.flat_map(|(printed, _)| printed.forms.iter().copied()).collect();
    let left_out = Words::of(&left_out);
    groups
        .iter()
        .filter(|(printed, claimed)| !(printed.forms.is_empty() && claimed.forms.is_empty()))
        .map(|(printed, claimed)| Change {
            printed: printed.text.to_owned(),
            claimed: claimed.text.to_owned(),
            // The opposite of a word can be left out elsewhere: "keep … open" and "close".
            reverses: reverses(printed, claimed, &moved)
                || are_opposite(&left_out, &Words::of(&claimed.forms)),
        })
        .collect()
}

/// The changed words between each two that are the same, on both sides.
fn groups<'a>(
    document: &'a Document,
    words: &'a [Word<'_>],
    alignment: &Alignment,
    claim: &'a ClaimWords,
    quote: &'a str,
) -> Vec<(Side<'a>, Side<'a>)> {
    let aligned: Vec<&Word<'_>> = words.iter().filter(|word| word.mark != Mark::Around).collect();
    let runs = |marks: &[Mark]| {
        let same = |index: &usize| marks.get(*index) == Some(&Mark::Same);
        let ends = (0..marks.len()).filter(same).chain([marks.len()]);
        let mut start = 0;
        let run = |end: usize| {
            let run = start..end;
            start = end + 1;
            run
        };
        ends.map(run).collect::<Vec<_>>()
    };
    let printed = runs(&alignment.passage).into_iter().map(|run| {
        let words: Vec<&&Word<'_>> = aligned
            .get(run)
            .unwrap_or_default()
            .iter()
            .filter(|word| word.mark == Mark::Different)
            .collect();
        let span = words.first().zip(words.last()).map(|(a, b)| a.span.through(b.span));
        let is_name = |word: &&&&Word<'_>| {
            word.is_capitalised && word.span.start() != word.sentence.span.start()
        };
        Side {
            forms: words.iter().map(|word| &*word.form).collect(),
            names: words.iter().filter(is_name).map(|word| &*word.form).collect(),
            text: span.map_or("", |span: Span| span.slice(document.text())),
        }
    });
    let claimed = runs(&alignment.claim).into_iter().map(|run| {
        let places = claim.places.get(run.clone()).unwrap_or_default();
        let forms = claim.forms.get(run.clone()).unwrap_or_default();
        let forms: Vec<&str> = forms.iter().map(|form| form.trim_start_matches('[')).collect();
        let bytes = places.first().zip(places.last()).map(|(a, b)| a.start..b.end);
        let is_name = |(index, place): &(usize, &std::ops::Range<usize>)| {
            let text = quote.get((*place).clone()).unwrap_or_default();
            run.start + index > 0 && text.starts_with(char::is_uppercase)
        };
        let names = places.iter().enumerate().filter(is_name);
        Side {
            names: names.filter_map(|(index, _)| forms.get(index).copied()).collect(),
            forms,
            text: bytes.and_then(|bytes| quote.get(bytes)).unwrap_or_default(),
        }
    });
    let mut groups: Vec<(Side<'_>, Side<'_>)> = printed.zip(claimed).collect();
    // "do not" is two words and "don't" one, so that the last "not" can be left behind.
    let mut behind = words.iter().skip_while(|word| word.mark == Mark::Around);
    let behind = behind.nth(aligned.len()).filter(|word| word.form == "not");
    if let (Some((printed, claimed)), Some(not)) = (groups.last_mut(), behind)
        && claimed.forms.last().is_some_and(|form| form.ends_with("n't"))
    {
        printed.forms.push(&not.form);
    }
    groups
}

/// The words that are only in another place: left out here and added there.
fn moved<'a>(groups: &[(Side<'a>, Side<'a>)]) -> HashSet<&'a str> {
    let left_out = groups.iter().filter(|(_, claimed)| claimed.forms.is_empty());
    let added = groups.iter().filter(|(printed, _)| printed.forms.is_empty());
    let left_out: HashSet<&str> =
        left_out.flat_map(|(printed, _)| printed.forms.iter().copied()).collect();
    let added: HashSet<&str> =
        added.flat_map(|(_, claimed)| claimed.forms.iter().copied()).collect();
    left_out.intersection(&added).copied().collect()
}

fn reverses(printed: &Side<'_>, claimed: &Side<'_>, moved: &HashSet<&str>) -> bool {
    let replaces = printed.has_content() && claimed.has_content();
    let own = Meaning::of(printed, moved, replaces);
    let other = Meaning::of(claimed, moved, replaces);
    own.negations != other.negations
        || own.cues != other.cues
        || quantifiers_differ(&own.quantifiers, &other.quantifiers)
        || (own.modality != other.modality && !own.is_duty_of(&other) && !other.is_duty_of(&own))
        || own.numbers != other.numbers
        || (own.unit.is_some() && other.unit.is_some() && own.unit != other.unit)
        || names_differ(printed, claimed)
        || are_opposite(&Words::of(&printed.forms), &Words::of(&claimed.forms))
        || tense_and_verb_differ(printed, claimed)
}

/// The meaning of some words apart from their topic.
#[derive(Debug, Default, PartialEq)]
struct Meaning {
    negations: usize,
    cues: Vec<CueClass>,
    quantifiers: Vec<usize>,
    modality: Option<Modality>,
    /// Whether it may be a part of "has to" or "needs to".
    has_duty: bool,
    numbers: Vec<String>,
    /// The last unit of time, measure or number, by its line in the list.
    unit: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modality {
    Must,
    May,
}

impl Meaning {
    /// Returns whether one says "has to" where the other says "must".
    fn is_duty_of(&self, other: &Self) -> bool {
        self.has_duty && other.modality == Some(Modality::Must)
    }

    /// Where words `replace` others, a verb that hinders can be as good as the other: "stop", "end".
    fn of(side: &Side<'_>, moved: &HashSet<&str>, replaces: bool) -> Self {
        let words: Vec<&str> = side.forms.iter().flat_map(|form| long_form(form)).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !moved.contains(word)).collect();
        let mut meaning = Self::default();
        for (_, cue) in cues(&words) {
            match cue.class {
                CueClass::Negation | CueClass::Rarity => meaning.negations += 1,
                CueClass::Hindrance if replaces => {}
                CueClass::Falsehood
                | CueClass::Belief
                | CueClass::Partitive
                | CueClass::Time
                | CueClass::Extension
                | CueClass::Harmless => {}
                class if !meaning.cues.contains(&class) => meaning.cues.push(class),
                _ => {}
            }
        }
        for word in &words {
            meaning.quantifiers.extend(QUANTIFIERS.get(word));
            meaning.modality = meaning.modality.or(modality(word));
            meaning.has_duty |= clause_role(word).is_duty;
            meaning.unit = UNITS.get(word).copied().or(meaning.unit);
        }
        meaning.numbers = numbers(&words);
        meaning
    }
}

/// "can't" and "cannot" are "can not".
fn long_form(form: &str) -> Vec<&str> {
    match form {
        "cannot" | "can't" => vec!["can", "not"],
        "won't" => vec!["will", "not"],
        _ => match form.strip_suffix("n't") {
            Some(verb) => vec![verb, "not"],
            None => vec![form],
        },
    }
}

fn modality(word: &str) -> Option<Modality> {
    let role = clause_role(word);
    let may = role.is_permission.then_some(Modality::May);
    role.is_obligation.then_some(Modality::Must).or(may)
}

/// Returns the numbers among these words, as digits: "seventy nine" is 79.
fn numbers(words: &[&str]) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut tens: Option<u32> = None;
    for word in words {
        let number = match english::number_word(word).or_else(|| ORDINALS.get(word).copied()) {
            Some(digits) => digits.to_owned(),
            None if word.contains(char::is_numeric) => (*word).to_owned(),
            None => {
                tens = None;
                continue;
            }
        };
        let value = number.parse::<u32>().ok();
        match (tens.take(), value) {
            (Some(tens), Some(unit @ 1..=9)) => {
                numbers.pop();
                numbers.push((tens + unit).to_string());
            }
            _ => numbers.push(number),
        }
        tens = value.filter(|value| (20..100).contains(value) && value % 10 == 0);
    }
    numbers
}

/// Classes of quantifiers, by the line on which they are.
static QUANTIFIERS: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| by_line(include_str!("../text/en/quantifiers.txt")));

/// Units of time, measure and number, by the line on which they are.
static UNITS: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| by_line(include_str!("../text/en/units.txt")));

fn by_line(list: &str) -> HashMap<&str, usize> {
    let lines = list.lines().enumerate();
    lines.flat_map(|(line, words)| words.split_ascii_whitespace().map(move |w| (w, line))).collect()
}

/// Ordinal numbers, and their digits.
static ORDINALS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../text/en/ordinals.txt").lines();
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// The opposites of each word.
static OPPOSITES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut opposites: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in include_str!("../text/en/opposites.txt").lines() {
        let mut words = line.split_ascii_whitespace();
        let first = words.next().unwrap_or_default();
        for other in words {
            opposites.entry(first).or_default().push(other);
            opposites.entry(other).or_default().push(first);
        }
    }
    opposites
});

/// Returns whether both sides say of how many they speak, and not of as many.
fn quantifiers_differ(printed: &[usize], claimed: &[usize]) -> bool {
    !printed.is_empty() && !claimed.is_empty() && printed != claimed
}

/// Returns whether both sides name someone, and not the same.
fn names_differ(printed: &Side<'_>, claimed: &Side<'_>) -> bool {
    const SAME_NAME: f64 = 0.9;
    let is_like = |a: &&str, b: &&str| strsim::jaro_winkler(a, b) >= SAME_NAME;
    let is_other = |own: &[&str], other: &[&str]| {
        own.iter().any(|name| !other.iter().any(|known| is_like(name, known)))
    };
    is_other(&printed.names, &claimed.forms) && is_other(&claimed.names, &printed.forms)
}

/// Returns whether a word of one side is the opposite of one of the other: by the list, or by a
/// syllable before it that denies ("undemocratic").
fn are_opposite(printed: &Words, claimed: &Words) -> bool {
    const DENIALS: [&str; 9] = ["un", "in", "im", "il", "ir", "dis", "non", "mis", "de"];
    const LEAST_LETTERS: usize = 3;
    let denies = |own: &Words, other: &Words| {
        own.0.iter().any(|word| {
            let positive = DENIALS.iter().filter_map(|denial| word.strip_prefix(denial));
            positive.into_iter().any(|word| word.len() >= LEAST_LETTERS && other.0.contains(word))
        })
    };
    let is_listed = |word: &String| {
        let opposites = OPPOSITES.get(word.as_str());
        opposites.into_iter().flatten().any(|opposite| printed.0.contains(*opposite))
    };
    claimed.0.iter().any(is_listed) || denies(printed, claimed) || denies(claimed, printed)
}

/// Words and their stems.
struct Words(HashSet<String>);

impl Words {
    fn of(forms: &[&str]) -> Self {
        let stems = Stems::english();
        Self(forms.iter().flat_map(|form| [(*form).to_owned(), stems.stem(form)]).collect())
    }
}

/// Returns whether both what happens and when it does are changed: "is undergoing" and "has
/// received".
fn tense_and_verb_differ(printed: &Side<'_>, claimed: &Side<'_>) -> bool {
    let parts = |side: &Side<'_>| {
        let words: Vec<&str> = side.forms.iter().flat_map(|form| long_form(form)).collect();
        let auxiliary = words.iter().find(|form| clause_role(form).is_tense).copied();
        let stems = Stems::english();
        let others = side.forms.iter().filter(|form| !english::class_of(form).is_stop);
        (auxiliary.map(str::to_owned), others.map(|form| stems.stem(form)).collect::<Vec<_>>())
    };
    let (own, own_verbs) = parts(printed);
    let (other, other_verbs) = parts(claimed);
    let are_verbs_other = !own_verbs.is_empty()
        && !other_verbs.is_empty()
        && !own_verbs.iter().any(|verb| other_verbs.contains(verb));
    own.zip(other).is_some_and(|(own, other)| own != other) && are_verbs_other
}
