//! The sentences nearest in meaning, in a text so large that not all are compared in full, beside
//! a comparison with all.

use std::sync::{Arc, OnceLock};

use engine::answer::{Engine, Models, Question};
use engine::knowledge::SentenceId;
use engine::semantic::{Embedding, EmbeddingInputs, Embeddings, Encode, EncoderError};
use fastrand::Rng;

use super::support::{engine, file};

const SENTENCES: usize = 51_000;
const TOPICS: usize = 30;
const QUESTIONS: usize = 4;
const LIMIT: usize = 60;
/// Topics differ from nothing by up to so many steps in each dimension, and texts from their topic.
const APART: i8 = 70;
const WITHIN_TOPIC: i8 = 50;
/// What the annotation says people ask, and the last sentence, which answers it.
const ASK: &str = "What is round?";
const ANSWER: &str = "A wheel.";

/// A large text, the vectors of its sentences in their order and of what people ask, and other
/// questions.
struct Large {
    /// By words.
    engine: Engine,
    sentences: Vec<Embedding>,
    ask: Embedding,
    questions: Vec<Embedding>,
}

impl Large {
    fn text() -> &'static Self {
        static LARGE: OnceLock<Large> = OnceLock::new();
        LARGE.get_or_init(|| {
            let facts = (1..SENTENCES).map(|number| format!("Fact {number}.\n\n"));
            let text = facts.collect::<String>() + ANSWER;
            let asks = format!("[[ask]]\nquote = \"{ANSWER}\"\nquestions = [\"{ASK}\"]\n");
            let files = [file("facts.txt", &text), file("facts.toml", &asks)];
            let mut rng = Rng::with_seed(4);
            let topic = |_| around(&mut rng, &[0; Embedding::BYTES], APART).to_bytes();
            let topics: Vec<_> = (0..TOPICS).map(topic).collect();
            let mut any = |_| {
                let topic = rng.choice(&topics).unwrap();
                around(&mut rng, topic, WITHIN_TOPIC)
            };
            Self {
                engine: engine(&files),
                sentences: (0..SENTENCES).map(&mut any).collect(),
                ask: any(SENTENCES),
                questions: (0..QUESTIONS).map(&mut any).collect(),
            }
        })
    }

    fn meanings(&self) -> Embeddings {
        let passages = EmbeddingInputs::of(self.engine.corpus());
        let (ask, sentences) = passages.texts().split_last().unwrap();
        assert_eq!((ask.as_str(), sentences.len()), (ASK, SENTENCES));
        let vectors = self.sentences.iter().chain([&self.ask]).cloned().collect();
        Embeddings::new(passages, vectors).unwrap()
    }

    /// What a comparison with every sentence finds.
    fn nearest_of_all(&self, question: &Embedding) -> Vec<usize> {
        let cosine = |(index, vector): (usize, &Embedding)| (vector.cosine(question), index);
        let mut all: Vec<_> = self.sentences.iter().enumerate().map(cosine).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.into_iter().take(LIMIT).map(|(_, index)| index).collect()
    }
}

/// A vector that differs from `bytes` by up to `most` in each dimension.
fn around(rng: &mut Rng, bytes: &[u8; Embedding::BYTES], most: i8) -> Embedding {
    Embedding::from_bytes(bytes.map(|byte| {
        let step = byte.cast_signed().saturating_add(rng.i8(-most..=most));
        step.max(-i8::MAX).cast_unsigned()
    }))
}

fn nearest(meanings: &Embeddings, question: &Embedding) -> Vec<usize> {
    let found = meanings.beside(question.clone()).nearest(LIMIT);
    found.into_iter().map(SentenceId::index).collect()
}

#[test]
fn of_very_many_sentences_the_nearest_are_found_in_their_order() {
    let text = Large::text();
    let (meanings, again) = (text.meanings(), text.meanings());
    let mut missed = 0;
    for question in &text.questions {
        let (found, all) = (nearest(&meanings, question), text.nearest_of_all(question));
        assert_eq!(found.len(), LIMIT);
        assert_eq!(found[..10], all[..10]);
        let cosines = found.iter().map(|index| text.sentences[*index].cosine(question));
        assert!(cosines.is_sorted_by(|a, b| a >= b));
        missed += all.iter().filter(|index| !found.contains(index)).count();
        assert_eq!(nearest(&again, question), found);
    }
    assert!(missed * 100 <= QUESTIONS * LIMIT, "{missed} are missed");
}

#[test]
fn of_very_many_sentences_the_one_is_nearest_that_answers_the_question_itself() {
    let text = Large::text();
    assert_eq!(nearest(&text.meanings(), &text.ask).first(), Some(&(SENTENCES - 1)));
}

/// To which every text means the same.
#[derive(Debug)]
struct OneMeaning(Embedding);

impl Encode for OneMeaning {
    fn encode(&self, _: &str) -> Result<Embedding, EncoderError> {
        Ok(self.0.clone())
    }
}

#[test]
fn of_very_many_sentences_one_in_other_words_than_the_question_is_found() {
    let text = Large::text();
    let models = Models::fitted().unwrap();
    let encoder = Arc::new(OneMeaning(text.sentences[SENTENCES / 2].clone()));
    let engine = text.engine.with_embeddings(encoder, text.meanings(), models);
    let question = Question { text: "Which thing rolls?", ..Question::default() };
    let answer = engine.ask(&question).unwrap();
    let fact = format!("Fact {}.", SENTENCES / 2 + 1);
    assert_eq!(answer.passages()[0].text(), fact);
    assert_eq!(engine.ask(&question).unwrap(), answer);
}
