//! The search by meaning in corpora of any size. Their vectors are made up: to encode a million
//! sentences takes half an hour.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use engine::answer::{Engine, Models};
use engine::knowledge::Corpus;
use engine::semantic::{Embedding, EmbeddingInputs, Embeddings, Encoder};
use fastrand::Rng;
use hdrhistogram::Histogram;

use crate::measure::{Latency, nanos};

/// Sentences that a question is measured with.
const NEAREST: usize = 60;
/// Steps of 127 by which a made-up vector differs from a true one at most, in each dimension: texts
/// on one topic have a cosine of about .75.
const SPREAD: i8 = 40;
/// How often the questions are measured.
const ROUNDS: usize = 5;

/// An engine over the documents of `engine` that goes by words and meaning, and how long the search
/// by meaning alone takes for `questions`. The vectors lie around those of the texts of `article`.
pub(crate) fn understand(
    engine: &Engine,
    article: &Corpus,
    questions: &[String],
) -> Result<(Engine, Latency)> {
    let encoder = Encoder::load()?;
    let topics = EmbeddingInputs::of(article);
    let topics = topics.texts().iter().map(|text| encoder.encode(text));
    let topics = topics.collect::<Result<Vec<Embedding>, _>>()?;
    let passages = EmbeddingInputs::of(engine.corpus());
    let mut rng = Rng::with_seed(20_210_706);
    let vectors = passages.texts().iter().map(|_| near(&mut rng, &topics)).collect();
    let meanings = Embeddings::new(passages, vectors)?;

    let asked = questions.iter().map(|question| encoder.encode(question));
    let asked = asked.collect::<Result<Vec<Embedding>, _>>()?;
    let mut times = Histogram::<u64>::new(3)?;
    for vector in std::iter::repeat_n(&asked, ROUNDS).flatten() {
        let start = Instant::now();
        let found = meanings.beside(vector.clone()).nearest(NEAREST);
        times.record(nanos(start.elapsed()))?;
        std::hint::black_box(found);
    }
    let engine = engine.with_embeddings(Arc::new(encoder), meanings, Models::fitted()?);
    Ok((engine, Latency::of(&times)))
}

/// A vector near one of `topics`.
fn near(rng: &mut Rng, topics: &[Embedding]) -> Embedding {
    let topic = rng.choice(topics).cloned().unwrap_or_default();
    let mut bytes = topic.to_bytes();
    for byte in &mut bytes {
        let step = byte.cast_signed().saturating_add(rng.i8(-SPREAD..=SPREAD));
        *byte = step.max(-i8::MAX).cast_unsigned();
    }
    Embedding::from_bytes(bytes)
}
