//! Questions that a sentence answers, listed by an editor so that it is found in other words than
//! its own: document expansion as in doc2query (<https://arxiv.org/abs/1904.08375>), by hand.

use std::collections::{BTreeMap, HashMap};

use super::annotation::{AskEntry, Lines};
use super::document::{MAX_EXCERPT_WORDS, Region, Sentence};
use super::span::Span;

/// The most characters (Unicode scalar values) that a question of an annotation may have; longer
/// ones say more than a sentence answers.
pub const MAX_ASK_CHARACTERS: usize = 200;

/// The questions of a document, by index of the sentence that answers them.
pub(super) type Asks = BTreeMap<usize, Vec<String>>;

/// Gives questions to the sentences that they name, and keeps what is wrong with them.
pub(super) struct Placing<'a> {
    sentences: &'a [Sentence],
    lines: &'a Lines,
    asks: Asks,
    /// Where in the annotation each question of a sentence is, by its bare words.
    known: HashMap<(usize, String), usize>,
    faults: Vec<(usize, String)>,
}

impl<'a> Placing<'a> {
    /// `lines` are those of the annotation.
    pub(super) fn new(sentences: &'a [Sentence], lines: &'a Lines) -> Self {
        Self { sentences, lines, asks: Asks::new(), known: HashMap::new(), faults: Vec::new() }
    }

    /// Takes an entry and the place that its words name, or why they name none.
    pub(super) fn add(&mut self, entry: &AskEntry, place: Result<Span, String>) {
        let sentence = match place.and_then(|span| self.sentence(span)) {
            Ok(sentence) => Some(sentence),
            Err(message) => {
                self.faults.push((entry.quote.span().start, message));
                None
            }
        };
        let questions = entry.questions.get_ref();
        if questions.is_empty() {
            let message = "this list is empty: write a question, or remove the entry";
            self.faults.push((entry.questions.span().start, message.to_owned()));
        }
        for question in questions {
            let (start, question) = (question.span().start, question.get_ref().trim());
            match self.check(sentence, start, question) {
                Ok(Some(sentence)) => {
                    self.asks.entry(sentence).or_default().push(question.to_owned());
                }
                Ok(None) => {}
                Err(message) => self.faults.push((start, message)),
            }
        }
    }

    /// Returns the questions, and the faults by their place in the annotation.
    pub(super) fn finish(self) -> (Asks, Vec<(usize, String)>) {
        (self.asks, self.faults)
    }

    /// Returns the one sentence in which `span` lies, if it is ever quoted.
    fn sentence(&self, span: Span) -> Result<usize, String> {
        let first = self.sentences.partition_point(|s| s.span.end() <= span.start());
        let end = self.sentences.partition_point(|s| s.span.start() < span.end());
        let touched = self.sentences.get(first..end).unwrap_or_default();
        let [sentence] = touched else {
            let places: Vec<_> = touched.iter().map(|s| s.place.to_string()).collect();
            return Err(format!(
                "these words stand in more than one sentence ({}): name words of the one that \
                 answers",
                places.join(", ")
            ));
        };
        let place = sentence.place;
        match sentence.region {
            Region::Body if sentence.is_quotable() => Ok(first),
            Region::Body => Err(format!(
                "{place} has {} words and will never be quoted (an excerpt has at most \
                 {MAX_EXCERPT_WORDS}): remove this entry",
                sentence.words
            )),
            Region::Skipped => Err(format!(
                "{place} is a heading or lies in a [[skip]] and will never be quoted: name words \
                 of the running text, or remove this entry"
            )),
            Region::Furniture => Err(format!(
                "{place} lies outside of [body] and will never be quoted: remove this entry, or \
                 move [body]"
            )),
        }
    }

    /// Returns what `question` belongs to; `None` where that is not known.
    fn check(
        &mut self,
        sentence: Option<usize>,
        start: usize,
        question: &str,
    ) -> Result<Option<usize>, String> {
        let words = bare_words(question);
        if words.is_empty() {
            return Err("this question is empty: write it, or remove it".to_owned());
        }
        let characters = question.chars().count();
        if characters > MAX_ASK_CHARACTERS {
            return Err(format!(
                "this question has {characters} characters, and may have {MAX_ASK_CHARACTERS}: \
                 shorten it, or make two of it"
            ));
        }
        let Some(sentence) = sentence else {
            return Ok(None);
        };
        match self.known.insert((sentence, words), start) {
            None => Ok(Some(sentence)),
            Some(other) => Err(format!(
                "“{question}” is asked of this sentence already (line {}): remove one of the two",
                self.lines.number(other)
            )),
        }
    }
}

/// Returns the words of a question in lower case, by which it is the same question as another.
fn bare_words(question: &str) -> String {
    let words = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
