//! Facts that people ask for of anyone and anything, and the words without which hardly a text
//! tells them. Where none of those is, a sentence on the right person tells something else.

use super::query::Concept;
use crate::text::analysis;
use crate::text::english::holds;

/// A fact that is asked for in some words, and told in some.
struct Fact {
    /// The word before those that ask for it, where one must be there.
    before: &'static str,
    /// Words that ask for it.
    asked: &'static str,
    /// Words of which one is where it is told.
    told: &'static str,
}

const FACTS: [Fact; 9] = [
    Fact {
        before: "",
        asked: "born birthday birthplace birthdate",
        told: "born birth birthday birthplace birthdate native bear",
    },
    Fact {
        before: "",
        asked: "die died dies death deaths",
        told: "die died dies dying dead death deaths deadly kill killed kills \
            killing killings murdered assassinated perished victim victims fatal \
            fatality fatalities casualty casualties toll lost mortality drowned \
            executed execution suicide shot late",
    },
    Fact {
        before: "",
        asked: "married marry wife husband spouse",
        told: "married marry marries marriage wife husband spouse wed wedding widow \
            widower bride fiancee couple partner",
    },
    Fact {
        before: "how",
        asked: "old",
        told: "old age aged ages year years born anniversary birthday century \
            centuries since founded",
    },
    Fact {
        before: "next",
        asked: "summit meeting conference session edition round election",
        told: "next following upcoming forthcoming future later again will \
            scheduled planned",
    },
    Fact {
        before: "",
        asked: "election elections elected votes",
        told: "election elections elected elect electoral vote votes voted voter \
            voters voting ballot ballots poll polls referendum won win wins \
            winner seats majority campaign candidate candidates",
    },
    Fact {
        before: "",
        asked: "lend lends lent loan loans borrow borrowed",
        told: "lend lends lent lending loan loans borrow borrowed borrowing credit \
            credits debt debts owe owed finance financed financing fund funded \
            mortgage",
    },
    Fact {
        before: "",
        asked: "founded founder",
        told: "found founded founding founder founders foundation establish \
            established establishment create created creation form formed set \
            start started began begun launched built opened introduced \
            anniversary organized organised chartered incorporated",
    },
    Fact {
        before: "",
        asked: "population inhabitants",
        told: "population populations populous inhabitants inhabitant residents \
            resident people million thousand live lives living census",
    },
];

/// Words of which one is where the age of a person is told.
const TOLD_OF_PERSONS: &str = "old age aged born birthday";

/// Words of which one is where it is told how many people live somewhere.
const TOLD_OF_PLACES: &str = include_str!("../text/en/told_of_places.txt");

/// Words around a place of which it is asked how many people live there.
const LIVING: &str = "people live lives living";

/// What the time is now, no text tells.
const UNTOLD: &str = "";

/// Returns the words of which one is where a fact is told that the question of these lower-case
/// words, with its concepts, asks for; one list for each fact.
pub(crate) fn asked(words: &[&str], concepts: &[Concept]) -> Vec<&'static str> {
    let asks = |fact: &&Fact| {
        words.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|at| words.get(at));
            holds(fact.asked, word)
                && (fact.before.is_empty() || before.is_some_and(|word| *word == fact.before))
        })
    };
    let asked = FACTS.iter().filter(asks).map(|fact| fact.told);
    let asks_time = words.windows(3).any(|three| three == ["time", "is", "it"]);
    let is_of_person = concepts.iter().any(|concept| concept.is_by_name);
    let asks_age = is_of_person && words.windows(2).any(|two| two == ["how", "old"]);
    let others = [
        asks_time.then_some(UNTOLD),
        asks_age.then_some(TOLD_OF_PERSONS),
        asks_who_lives_there(words, concepts).then_some(TOLD_OF_PLACES),
    ];
    asked.chain(others.into_iter().flatten()).collect()
}

/// "How many people live in the islands?": beside the place, nothing is asked about.
fn asks_who_lives_there(words: &[&str], concepts: &[Concept]) -> bool {
    let mut others = concepts.iter().filter(|concept| !holds(LIVING, &concept.label)).peekable();
    words.windows(2).any(|two| matches!(two, ["live" | "lives" | "living", "in" | "there"]))
        && others.peek().is_some()
        && others.all(Concept::is_name)
}

/// Returns whether the texts together hold a word for each of the facts.
pub(crate) fn tell(texts: &[&str], facts: &[&str]) -> bool {
    facts.iter().all(|told| {
        let mut words = texts.iter().flat_map(|text| analysis::tokens(text));
        words.any(|word| holds(told, &word.surface))
    })
}
