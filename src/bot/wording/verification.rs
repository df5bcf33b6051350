//! What is said of a checked quotation: the worst first.

use super::{listed, plural};
use engine::answer::UnknownSpeaker;
use engine::knowledge::Region;
use engine::quotation::{
    Allegation, Change, Cue, Dropped, Passage, Share, Verdict, Verification, Whose,
};

/// Returns what came of checking a quotation against so many documents, in one or two short
/// sentences. What turns the sentence comes before everything else.
#[must_use]
pub fn headline(verification: &Verification, documents: usize) -> String {
    let documents = plural(documents, "document");
    match verification.verdict() {
        Verdict::Exact => format!("This is in the {documents}, word for word."),
        Verdict::Part => {
            format!("These words are in the {documents}, as part of a longer sentence.")
        }
        Verdict::Shortened => format!("This is in the {documents}, shortened."),
        Verdict::Turned => verification.dropped().map(dropped).unwrap_or_default(),
        Verdict::Stitched => format!(
            "This joins words from {} places. No sentence of the {documents} says this.",
            verification.passages().len()
        ),
        Verdict::Near => near(verification, &documents),
        Verdict::Absent => {
            format!("I can’t find this in the {documents}. It may be a paraphrase, or made up.")
        }
        Verdict::TooShort => "This is too short to check: words as common as these prove nothing. \
                              Quote more of the sentence."
            .to_owned(),
    }
}

fn near(verification: &Verification, documents: &str) -> String {
    if let Some(change) = verification.changes().iter().find(|change| change.reverses) {
        return reversed(change);
    }
    match verification.dropped() {
        Some(words) => dropped(words),
        None => format!("Something very close is in the {documents}, but not word for word."),
    }
}

fn reversed(change: &Change) -> String {
    let (printed, claimed) = (change.printed.trim(), change.claimed.trim());
    let what = if claimed.is_empty() {
        format!("Left out: “{printed}”.")
    } else if printed.is_empty() {
        format!("Added: “{claimed}”.")
    } else {
        format!("Changed: “{printed}” to “{claimed}”.")
    };
    format!("{what} The sentence says something else.")
}

fn dropped(words: &Dropped) -> String {
    let what = format!("Left out: “{}”.", words.text);
    let consequence = match words.cue {
        Cue::Negation => "The sentence says otherwise.",
        Cue::Restriction => "The sentence says less than this.",
        Cue::Condition => "The sentence says this only under a condition.",
        Cue::Attribution => "The sentence doesn’t say that this is so.",
        Cue::Other => "The sentence says something else as a whole.",
    };
    format!("{what} {consequence}")
}

/// Returns what is said of a passage that is no running text; `None` where it is.
#[must_use]
pub fn region(passage: &Passage) -> Option<&'static str> {
    (passage.region() == Region::Skipped).then_some(
        "This is outside of what I quote: a pull quote, a heading or a caption, or cut off.",
    )
}

/// Returns whether the words are those of the alleged speaker; `None` where the claim names
/// no one.
#[must_use]
pub fn allegation(verification: &Verification) -> Option<String> {
    let alleged = verification.alleged()?;
    let words = match verification.verdict() {
        Verdict::Turned | Verdict::Near => "The printed words",
        _ => "These words",
    };
    Some(whose_words(alleged, words))
}

fn whose_words(allegation: &Allegation, words: &str) -> String {
    let name = allegation.name();
    let people = people(allegation);
    match allegation.whose() {
        _ if allegation.share() == Share::Some => {
            format!("Only some of {} are {name}’s.", words.to_lowercase())
        }
        Whose::Own => format!("{words} are {name}’s own."),
        Whose::Reported => {
            format!("{words} are a report of what {name} said, not {name}’s own words.")
        }
        Whose::Author => format!("{words} are the author’s, not {name}’s."),
        Whose::Cited => format!("{words} are {people}’s; {name} only quotes them."),
        Whose::Others => format!("{words} are given to {people}, not to {name}."),
    }
}

fn people(allegation: &Allegation) -> String {
    let name = |person: &Option<engine::answer::Person>| {
        person.as_ref().map_or("the author", |person| &person.name).to_owned()
    };
    listed(&allegation.words_of().iter().map(name).collect::<Vec<_>>())
}

/// Returns that the alleged speaker is unknown, where that is so.
#[must_use]
pub fn unknown_speaker(verification: &Verification) -> Option<String> {
    let UnknownSpeaker { name, nearest } = verification.unknown_speaker()?;
    let meant = if nearest.is_empty() {
        String::new()
    } else {
        format!(" Did you mean {}?", nearest.join(", or "))
    };
    Some(format!("I know no speaker called “{name}”, so I checked the words alone.{meant}"))
}
