//! What a question leaves to the exchange before it: the words by which it points back.

use super::query::Query;
use crate::index::CorpusIndex;
use crate::text::analysis;
use crate::text::english::{self, LinkClass, WordClass};

/// How a question points back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUp {
    /// "More context please": the text around the passage.
    Surroundings,
    /// "Who said that?": the same passage, for what is next to it.
    SamePassage,
    /// "What else?": what was not shown yet.
    More,
    /// "Why?", "when was that?": the same, with another kind of answer.
    Elliptical,
    /// "What did he say about it?": a pronoun for someone or something named before.
    Pronoun,
    /// "And in winter?", "which projects?": one part of the question before is another now.
    Substitution,
}

/// A question that points back, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anaphora {
    /// How it points back.
    pub form: FollowUp,
    /// Who is asked to have said something, known or not: the word as it is in the query.
    pub someone: Option<String>,
    /// It has a pronoun for someone whom it does not name.
    pub points_to_person: bool,
    /// It has a pronoun for something that it does not name.
    pub points_to_thing: bool,
    /// "… there?": it asks about the passage itself.
    pub points_to_passage: bool,
    /// "And in winter?": it opens with a word that places and times follow.
    pub opens_with_place: bool,
}

/// A question with more words than that says itself what it is about.
const MOST_WORDS: usize = 16;
/// A question that asks about more than this is on its own, whatever its pronouns.
const MOST_TOPICS: usize = 2;
/// "Else" is at the beginning: "what else …", "did anyone else …".
const ELSE_WITHIN: usize = 4;
/// "Why?", "how many were there?"
const MOST_BARE_WORDS: usize = 5;

impl CorpusIndex {
    /// Returns how `question`, analysed as `query`, points back; `None` where it is on its own.
    #[must_use]
    pub fn reference(&self, question: &str, query: &Query) -> Option<Anaphora> {
        let tokens: Vec<_> = analysis::tokens(question).take(MOST_WORDS + 1).collect();
        if tokens.len() > MOST_WORDS {
            return None;
        }
        let words: Vec<Word<'_>> = tokens.iter().map(|token| Word::of(&token.surface)).collect();
        Wording::new(&words, query).reference()
    }
}

#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    surface: &'a str,
    class: WordClass,
    link: LinkClass,
}

impl<'a> Word<'a> {
    fn of(surface: &'a str) -> Self {
        Self { surface, class: english::class_of(surface), link: english::link_of(surface) }
    }

    /// It may be what a pronoun stands for.
    fn is_content(self) -> bool {
        !self.class.is_stop && !self.class.is_saying
    }

    fn is_pointing(self) -> bool {
        self.link.is_person || self.link.is_thing || self.link.is_demonstrative
    }
}

/// The words of a question without what opens a message.
struct Wording<'a> {
    words: &'a [Word<'a>],
    query: &'a Query,
    /// "And …", "what about …"
    is_joined: bool,
    topics: usize,
}

impl<'a> Wording<'a> {
    fn new(mut words: &'a [Word<'a>], query: &'a Query) -> Self {
        let mut is_joined = false;
        loop {
            words = match words {
                [first, rest @ ..] if first.link.is_lead && !rest.is_empty() => rest,
                [first, rest @ ..] if first.link.is_joining && !rest.is_empty() => {
                    is_joined = true;
                    rest
                }
                [first, second, rest @ ..]
                    if matches!(first.surface, "what" | "how")
                        && second.surface == "about"
                        && !rest.is_empty() =>
                {
                    is_joined = true;
                    rest
                }
                _ => break,
            };
        }
        let topics = query.concepts.iter().filter(|concept| concept.is_topic()).count();
        Self { words, query, is_joined, topics }
    }

    fn reference(&self) -> Option<Anaphora> {
        let points_to_person = self.points_to_person();
        let points_to_thing = self.points_to_thing();
        let form = if self.asks_for_surroundings() {
            FollowUp::Surroundings
        } else if self.asks_further() {
            FollowUp::More
        } else if points_to_thing && self.asks_whose_words() {
            FollowUp::SamePassage
        } else if self.is_bare() {
            FollowUp::Elliptical
        } else if points_to_person || points_to_thing {
            FollowUp::Pronoun
        } else if self.is_fragment() || self.is_joined && !self.is_complete() {
            FollowUp::Substitution
        } else {
            return None;
        };
        Some(Anaphora {
            form,
            points_to_person,
            points_to_thing,
            someone: self.someone(),
            points_to_passage: self.words.last().is_some_and(|word| word.surface == "there"),
            opens_with_place: self.words.first().is_some_and(|word| word.link.is_before_place),
        })
    }

    fn any(&self, is_so: impl Fn(&Word<'_>) -> bool) -> bool {
        self.words.iter().any(is_so)
    }

    /// "More context please"
    fn asks_for_surroundings(&self) -> bool {
        self.any(|word| word.link.is_context)
            && !self.any(|word| word.is_content() && !word.link.is_context)
    }

    /// "What else …", "more on this", "another one"
    fn asks_further(&self) -> bool {
        let has_else = self.words.windows(2).take(ELSE_WITHIN).any(|pair| {
            matches!(pair, [before, own] if own.surface == "else" && before.link.is_before_else)
        });
        let more = self.words.iter().position(|word| word.link.is_further);
        let opens_with_more = more.is_some_and(|at| {
            let before = self.words.iter().take(at);
            let is_led = before.clone().all(|word| !word.is_content() && !word.is_pointing());
            let next = self.words.get(at + 1).map_or("", |word| word.surface);
            let ends = matches!(next, "" | "about" | "on" | "of" | "please" | "one" | "ones");
            is_led && ends && !before.clone().any(|word| word.link.is_auxiliary)
        });
        // A question with much of its own says what else is asked for.
        (has_else || opens_with_more) && self.topics <= MOST_TOPICS
    }

    /// "Who said that?", "is that from the chairman?"
    fn asks_whose_words(&self) -> bool {
        let asks_who = self.query.asks_who();
        let asks_whether = !self.any(|word| word.link.is_question_word);
        let asks = asks_who || asks_whether && self.query.asks_for_words;
        self.topics == 0 && self.points_to_demonstrated() && asks
    }

    /// "Why?", "how many was that?"
    fn is_bare(&self) -> bool {
        let asks = self.words.first().is_some_and(|word| word.link.is_question_word);
        asks && self.query.concepts.iter().all(|concept| concept.is_reporting_verb)
            && self.words.len() <= MOST_BARE_WORDS
            && !self.any(|word| word.link.is_partner || word.link.is_person)
    }

    /// Returns a pronoun for someone, before whom no one is named who could be meant.
    fn points_to_person(&self) -> bool {
        let named = self.first_named();
        let pointing = self.words.iter().position(|word| word.link.is_person);
        match (pointing, named) {
            (Some(pointing), Some(named)) => pointing < named,
            (pointing, None) => pointing.is_some(),
            (None, Some(_)) => false,
        }
    }

    fn points_to_thing(&self) -> bool {
        let named = self.first_named();
        let pointing = self.words.iter().position(|word| word.link.is_thing);
        let is_unnamed = pointing.is_some_and(|at| named.is_none_or(|named| at < named));
        // "Is it true that …": a question about several things says itself what it is about.
        let is_about_it = is_unnamed && self.topics < MOST_TOPICS;
        is_about_it || self.points_to_demonstrated()
    }

    /// "… about that?", "was that in winter?", "who was there?"
    fn points_to_demonstrated(&self) -> bool {
        if self.topics > MOST_TOPICS {
            return false;
        }
        let last = self.words.len().saturating_sub(1);
        let mut is_led = true;
        for (at, word) in self.words.iter().enumerate() {
            let next = self.words.get(at + 1);
            let stands_alone =
                next.is_none_or(|next| next.class.is_stop || at == 0 && next.class.is_saying);
            if word.link.is_demonstrative && (at == last || is_led && stands_alone) {
                return true;
            }
            if word.surface == "there" && at == last && self.topics == 0 {
                return true;
            }
            is_led &= word.class.is_stop;
        }
        false
    }

    /// "Which projects?", "any others in winter?"
    fn is_fragment(&self) -> bool {
        match self.words {
            [first, .., last] => {
                let rest = self.words.iter().skip(1);
                let contents = rest.clone().filter(|word| word.is_content()).count();
                first.link.is_fragment_opener
                    && contents == 1
                    && last.is_content()
                    && rest.clone().all(|word| !word.link.is_auxiliary && !word.class.is_saying)
                    && self.words.len() <= 3
                    && self.query.speakers.is_empty()
            }
            _ => false,
        }
    }

    /// It has a verb: it opens with a question word or a helping verb.
    fn is_clause(&self) -> bool {
        let opens = |word: &Word<'_>| word.link.is_question_word || word.link.is_auxiliary;
        self.words.iter().take(2).any(opens)
    }

    /// Joined to the one before, but a whole question.
    fn is_complete(&self) -> bool {
        let specific = self.query.concepts.iter().filter(|concept| concept.is_topic()).count();
        self.is_clause() && specific >= MOST_TOPICS
    }

    /// "What did Ann answer?": someone between a helping verb and a verb of saying.
    fn someone(&self) -> Option<String> {
        self.words.windows(3).find_map(|three| match three {
            [first, second, third] => {
                let is_asked =
                    first.link.is_auxiliary && second.is_content() && third.class.is_saying;
                is_asked.then(|| second.surface.to_owned())
            }
            _ => None,
        })
    }

    /// Returns where the first word stands that a pronoun may stand for. What is directly behind a
    /// pronoun is its verb.
    fn first_named(&self) -> Option<usize> {
        let behind_pronoun = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.words.get(before));
            before.is_some_and(|w| w.link.is_person || w.link.is_thing || w.link.is_partner)
        };
        // "Who said he was late?": whoever said so may be meant.
        let asks_who = self.query.asks_who();
        let may_be_meant = |at: usize, word: &Word<'_>| {
            (word.is_content() || asks_who && word.class.is_saying) && !behind_pronoun(at)
        };
        let mut words = self.words.iter().enumerate();
        words.find(|(at, word)| may_be_meant(*at, word)).map(|(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use crate::index::CorpusIndex;
    use crate::knowledge::{Corpus, SourceFile};

    /// Pairs of a question and its form; `-` where it is on its own.
    fn check(expected: &[(&str, &str)]) {
        let text = "The ferry to the island leaves at nine. The lighthouse stands on a rock.";
        let file = SourceFile { name: "island.txt".into(), bytes: text.into() };
        let corpus = Corpus::load(&[file]).unwrap();
        let search = CorpusIndex::build(&corpus, |_| {}).unwrap();
        for (question, form) in expected {
            let query = search.analyze(question).unwrap();
            let found = search.reference(question, &query).map(|reference| reference.form);
            let found = found.map_or_else(|| "-".to_owned(), |form| format!("{form:?}"));
            assert_eq!(found, *form, "{question}");
        }
    }

    #[test]
    fn what_points_back_is_seen_by_its_words() {
        check(&[
            ("more context please", "Surroundings"),
            ("Who said that?", "SamePassage"),
            ("what else?", "More"),
            ("tell me more", "More"),
            ("more about the ferry", "More"),
            ("Why?", "Elliptical"),
            ("ok, and when?", "Elliptical"),
            ("What did she say about the ferry?", "Pronoun"),
            ("When does it leave?", "Pronoun"),
            ("how do they reach it", "Pronoun"),
            ("and the lighthouse?", "Substitution"),
            ("what about 2018", "Substitution"),
            ("which ferry?", "Substitution"),
        ]);
    }

    #[test]
    fn what_says_itself_what_it_is_about_stands_on_its_own() {
        check(&[
            ("", "-"),
            ("ferry", "-"),
            ("the ferry and its crew", "-"),
            ("anything about the ferry?", "-"),
            ("Is it true that the ferry leaves the island at nine?", "-"),
            ("Who said that the ferry leaves at nine?", "-"),
            ("Who said he was late?", "-"),
            ("Which ferry leaves at nine?", "-"),
            ("And when does the ferry leave the island?", "-"),
            ("What else must a captain of a ferry know about the island?", "-"),
            ("Are there more ferries to the island than to the lighthouse?", "-"),
            ("how are you?", "-"),
        ]);
    }
}
