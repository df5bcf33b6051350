//! Corpora of any size and questions about them, made up: the same seed gives the same bytes.
//!
//! Words follow Zipf's law, as in any language: the function words of English come first, then
//! pronounceable inventions. Every eighth document is annotated with speakers and their words.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use engine::knowledge::SourceFile;
use fastrand::Rng;

/// Inventions in the vocabulary.
const INVENTIONS: usize = 40_000;
/// Sentences of a document.
const DOCUMENT_SENTENCES: usize = 5_000;
/// Of so many documents one is annotated.
const ANNOTATED_EVERY: usize = 8;
/// Speakers of an annotated document, and stretches of their words in it.
const SPEAKERS: usize = 12;
const SPANS: usize = 60;
/// Words of a sentence and sentences of a paragraph.
const SENTENCE_WORDS: std::ops::RangeInclusive<usize> = 8..=40;
const PARAGRAPH_SENTENCES: std::ops::RangeInclusive<usize> = 1..=12;

/// The commonest words of English, roughly in order.
const FUNCTION_WORDS: &str = "the of and to in a is that for it as was with be by on not he his \
    but at are this have from which or had they an their we been has were who will there all \
    would more one no its can than when her about she such other into these may our some could \
    them so only him must any over also after what new made between most then those many under \
    against during people world government country year state development";

const QUESTION_OPENINGS: &[&str] = &[
    "what is said about",
    "who spoke of",
    "how many",
    "when did",
    "where is",
    "why does the",
    "hey, what about",
    "which country has",
];

/// A corpus and questions about it.
#[derive(Debug, Default)]
pub(crate) struct Synthetic {
    /// Sources and annotations.
    pub(crate) files: Vec<SourceFile>,
    /// Questions about its sentences.
    pub(crate) questions: Vec<String>,
}

impl Synthetic {
    /// A corpus of `sentences` sentences, and `questions` questions about it.
    pub(crate) fn generate(sentences: usize, questions: usize) -> Self {
        let mut rng = Rng::with_seed(20_210_706);
        let vocabulary = Gazetteer::invent(&mut rng);
        let asked: HashSet<usize> = (0..questions).map(|_| rng.usize(..sentences)).collect();
        let mut corpus = Self::default();
        for (number, first) in (0..sentences).step_by(DOCUMENT_SENTENCES).enumerate() {
            let count = DOCUMENT_SENTENCES.min(sentences - first);
            let document = TextDocument::write(&mut rng, &vocabulary, count);
            let slug = format!("document-{number:04}");
            let mut speakers = Vec::new();
            if number % ANNOTATED_EVERY == 0 {
                speakers.extend((0..SPEAKERS).map(|_| vocabulary.name(&mut rng)));
                let bytes = document.annotation(&mut rng, &speakers).into_bytes();
                corpus.files.push(SourceFile { name: format!("{slug}.toml"), bytes });
            }
            for index in (0..count).filter(|index| asked.contains(&(first + index))) {
                let question = question(&mut rng, document.sentence(index), &speakers);
                corpus.questions.push(question);
            }
            let bytes = document.text.into_bytes();
            corpus.files.push(SourceFile { name: format!("{slug}.txt"), bytes });
        }
        rng.shuffle(&mut corpus.questions);
        corpus
    }
}

/// Words in the order of how often they are used.
struct Gazetteer {
    words: Vec<String>,
    /// Sum of the shares of all words up to each.
    shares: Vec<f64>,
}

impl Gazetteer {
    fn invent(rng: &mut Rng) -> Self {
        let mut words: Vec<String> =
            FUNCTION_WORDS.split_ascii_whitespace().map(str::to_owned).collect();
        let mut known: HashSet<String> = words.iter().cloned().collect();
        let count = words.len() + INVENTIONS;
        while words.len() < count {
            let word = invention(rng);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let shares = (0_u32..)
            .zip(&words)
            .map(|(rank, _)| {
                // Zipf and Mandelbrot, with the usual shift.
                sum += 1.0 / (f64::from(rank) + 2.7);
                sum
            })
            .collect();
        Self { words, shares }
    }

    fn word(&self, rng: &mut Rng) -> &str {
        let share = rng.f64() * self.shares.last().copied().unwrap_or_default();
        let rank = self.shares.partition_point(|sum| *sum < share);
        self.words.get(rank).map_or("the", String::as_str)
    }

    /// Two words with capitals.
    fn name(&self, rng: &mut Rng) -> String {
        let mut rare = || rng.choice(self.words.iter().rev().take(INVENTIONS / 2));
        let words: Vec<String> =
            [rare(), rare()].into_iter().flatten().map(|word| capitalised(word)).collect();
        words.join(" ")
    }
}

/// A question about `sentence`: some of its words, one in ten of them misspelt, at times one
/// that nobody knows, and at times the name of a speaker.
fn question(rng: &mut Rng, sentence: &str, speakers: &[String]) -> String {
    let mut words: Vec<String> = sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !is_function_word(word))
        .map(str::to_owned)
        .collect();
    rng.shuffle(&mut words);
    words.truncate(rng.usize(3..=12));
    for word in &mut words {
        if rng.u8(..10) == 0 {
            *word = misspelt(rng, word);
        }
    }
    if rng.u8(..5) == 0 {
        words.push(invention(rng) + "x");
    }
    let opening = rng.choice(QUESTION_OPENINGS).copied().unwrap_or_default();
    let mut question = format!("{opening} {}", words.join(" "));
    if let Some(speaker) = rng.choice(speakers).filter(|_| rng.bool()) {
        question = format!("what did {speaker} say about {}", words.join(" "));
    }
    question.push('?');
    question
}

fn is_function_word(word: &str) -> bool {
    let word = word.to_lowercase();
    FUNCTION_WORDS.split_ascii_whitespace().any(|known| known == word)
}

fn invention(rng: &mut Rng) -> String {
    const ONSETS: &[&str] = &[
        "b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "r", "s",
        "st", "t", "tr", "v", "z",
    ];
    const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    const ENDINGS: &[&str] = &["", "", "", "n", "r", "s", "ed", "ing", "ment", "tion", "ly"];
    let mut word = String::new();
    for _ in 0..rng.usize(2..=4) {
        word.push_str(rng.choice(ONSETS).unwrap_or(&"b"));
        word.push_str(rng.choice(VOWELS).unwrap_or(&"a"));
    }
    word.push_str(rng.choice(ENDINGS).unwrap_or(&""));
    word
}

/// Two neighbouring letters exchanged.
fn misspelt(rng: &mut Rng, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 3 {
        let at = rng.usize(1..letters.len() - 1);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A text, and where its sentences stand.
struct TextDocument {
    text: String,
    /// Bytes of each sentence, and the number of its paragraph.
    sentences: Vec<(std::ops::Range<usize>, usize)>,
}

impl TextDocument {
    fn write(rng: &mut Rng, vocabulary: &Gazetteer, count: usize) -> Self {
        let mut document = Self { text: String::new(), sentences: Vec::new() };
        let mut left_in_paragraph = rng.usize(PARAGRAPH_SENTENCES);
        let mut paragraph = 0;
        for _ in 0..count {
            if left_in_paragraph == 0 {
                document.text.push_str("\n\n");
                left_in_paragraph = rng.usize(PARAGRAPH_SENTENCES);
                paragraph += 1;
            } else if !document.text.is_empty() {
                document.text.push(' ');
            }
            left_in_paragraph -= 1;
            let start = document.text.len();
            document.write_sentence(rng, vocabulary);
            document.sentences.push((start..document.text.len(), paragraph));
        }
        document.text.push('\n');
        document
    }

    fn write_sentence(&mut self, rng: &mut Rng, vocabulary: &Gazetteer) {
        for position in 0..rng.usize(SENTENCE_WORDS) {
            if position > 0 {
                self.text.push_str(if rng.u8(..12) == 0 { ", " } else { " " });
            }
            let word = vocabulary.word(rng);
            match rng.u8(..) {
                _ if position == 0 => self.text.push_str(&capitalised(word)),
                0..3 => self.text.push_str(&rng.u32(2..3_000).to_string()),
                3..8 => self.text.push_str(&capitalised(word)),
                _ => self.text.push_str(word),
            }
        }
        self.text.push('.');
    }

    fn sentence(&self, index: usize) -> &str {
        let range = self.sentences.get(index).map(|(range, _)| range.clone());
        range.and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    /// An annotation that gives stretches of up to a paragraph to the speakers.
    fn annotation(&self, rng: &mut Rng, speakers: &[String]) -> String {
        let mut toml = String::from("title = \"A made-up document\"\nauthor = \"Nobody\"\n");
        for (number, name) in speakers.iter().enumerate() {
            let surname = name.split_whitespace().next_back().unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = write!(
                toml,
                "\n[[speaker]]\nid = \"s{number}\"\nname = \"{name}\"\nrole = \"President of \
                 {surname}land\"\naliases = [\"{surname}\", \"{surname}land\"]\n"
            );
        }
        let paragraphs: BTreeSet<usize> =
            (0..SPANS).map(|_| rng.usize(..self.sentences.len())).collect();
        let mut last_paragraph = None;
        for index in paragraphs {
            let Some((_, paragraph)) = self.sentences.get(index) else {
                continue;
            };
            if last_paragraph.replace(*paragraph) == Some(*paragraph) {
                continue;
            }
            let rest = self.sentences.iter().skip(index);
            let length = rest.take_while(|(_, other)| other == paragraph).count();
            let speaker = rng.usize(..speakers.len());
            let (from, to) = (self.sentence(index), self.sentence(index + length - 1));
            let voice = rng.choice(["reported", "speech", "quoted"]).unwrap_or("reported");
            let _ = write!(
                toml,
                "\n[[span]]\nfrom = \"{from}\"\nto = \"{to}\"\nspeaker = \"s{speaker}\"\nvoice = \
                 \"{voice}\"\n"
            );
        }
        toml
    }
}
