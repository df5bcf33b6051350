//! How many passages a question needs.

use crate::text::english::{self, holds};

/// How many passages a question needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Breadth {
    /// One that answers it.
    #[default]
    One,
    /// One of each speaker named: a comparison.
    EachSpeaker,
    /// Those of several speakers: "who all mentioned …", "how many leaders …".
    Several,
    /// Several questions in one: what one passage leaves open, another may answer.
    Clauses,
}

/// Words that set speakers side by side.
const COMPARING: &str = include_str!("../text/en/comparing.txt");

/// Who may be many.
const GROUPS: &str = include_str!("../text/en/groups.txt");

/// Words that ask for all of a group.
const ALL_OF: &str = include_str!("../text/en/all_of.txt");

impl Breadth {
    /// How many passages a question needs, from its folded words in order and the number of
    /// speakers that it names.
    pub(crate) fn of_question(words: &[&str], speakers: usize, asks_for_words: bool) -> Self {
        if speakers > 1 && is_comparison(words) {
            Self::EachSpeaker
        } else if speakers == 0 && asks_for_all(words, asks_for_words) {
            Self::Several
        } else if is_joined(words) {
            Self::Clauses
        } else {
            Self::One
        }
    }
}

/// Returns a word that sets speakers side by side.
fn is_comparison(words: &[&str]) -> bool {
    words.iter().any(|word| holds(COMPARING, word))
}

fn asks_for_all(words: &[&str], asks_for_words: bool) -> bool {
    let is_everybody = |two: &[&str]| {
        matches!(
            two,
            ["who" | "what", "all"]
                | ["everyone" | "everybody" | "anyone" | "anybody", "who" | "that"]
        )
    };
    let everybody = words.windows(2).any(is_everybody);
    let group = words.iter().position(|word| holds(GROUPS, word));
    let asks_group = group.is_some_and(|at| {
        let before = words.get(..at).unwrap_or_default();
        let opens = before.iter().all(|word| holds(ALL_OF, word) || english::link_of(word).is_lead);
        let counts = before.windows(2).any(|two| matches!(two, ["how", "many"]));
        !before.is_empty() && (opens || counts)
    });
    everybody || asks_group && (asks_for_words || brings_up(words))
}

/// Ways to say that something was mentioned.
fn brings_up(words: &[&str]) -> bool {
    words.windows(2).any(|two| match two {
        ["brought" | "bring" | "brings", "up"]
        | ["referred" | "refer", "to"]
        | ["touched" | "touch", "on"]
        | ["which", "ones"] => true,
        [verb, _] => {
            matches!(*verb, "praised" | "thanked" | "criticised" | "criticized" | "raised")
        }
        _ => false,
    })
}

/// "When was it, and who came?": two question words, joined.
fn is_joined(words: &[&str]) -> bool {
    words.windows(2).skip(1).any(|two| match two {
        ["and", next] => english::link_of(next).is_question_word,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analysis;

    fn check(breadth: Breadth, speakers: usize, questions: &[&str]) {
        for question in questions {
            let tokens: Vec<_> = analysis::tokens(question).collect();
            let words: Vec<&str> = tokens.iter().map(|token| token.surface.as_str()).collect();
            let asks = words.iter().any(|word| english::class_of(word).is_saying);
            assert_eq!(Breadth::of_question(&words, speakers, asks), breadth, "{question}");
        }
    }

    #[test]
    fn comparisons_need_each_speaker() {
        let both = ["Compare Ann and Bob on the ferry.", "how do Ann and Bob differ", "Ann vs Bob"];
        check(Breadth::EachSpeaker, 2, &both);
        check(Breadth::One, 1, &both);
        check(Breadth::One, 2, &["When did Ann meet Bob?"]);
    }

    #[test]
    fn lists_and_counts_need_several() {
        check(
            Breadth::Several,
            0,
            &[
                "who all mentioned the ferry",
                "How many speakers talked about the ferry?",
                "which leaders brought up the ferry",
                "List the countries that mentioned the ferry",
                "everyone who spoke of the ferry",
            ],
        );
        check(
            Breadth::One,
            0,
            &[
                "How many people came?",
                "How many countries are there?",
                "who mentioned the ferry",
                "What did the leaders say about the ferry?",
            ],
        );
    }

    #[test]
    fn joined_questions_may_need_two() {
        check(Breadth::Clauses, 0, &["When was it, and who came?"]);
        check(Breadth::One, 0, &["and when was it?", "Who came and went?"]);
    }
}
