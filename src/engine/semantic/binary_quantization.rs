//! Of very many vectors those that may be near, without comparing each in full.
//!
//! Of a vector only the signs of its dimensions are kept: vectors of like direction differ in few
//! of them (Charikar 2002). That is an eighth of the memory to read and a seventh of the time, and
//! no index to build; whoever asks compares what is found in full. Counts of bits are exact and
//! the same everywhere, so that what is found is, too.

use super::embedding::{DIMENSIONS, Embedding};
use crate::knowledge::SentenceId;

/// Signs of a vector: a bit is set where its dimension is positive.
type Signs = [u64; DIMENSIONS / 64];

/// The signs of the vectors of sentences, 52 bytes a vector. Immutable.
#[derive(Debug, Default)]
pub(super) struct SignIndex {
    signs: Vec<Signs>,
    /// Whose vector each is.
    sentences: Vec<SentenceId>,
}

impl SignIndex {
    /// The signs of `vectors`, each with its sentence, of which there may be several in a row.
    pub(super) fn new<'a>(vectors: impl Iterator<Item = (SentenceId, &'a Embedding)>) -> Self {
        let (sentences, signs) = vectors.map(|(id, vector)| (id, signs(vector))).unzip();
        Self { signs, sentences }
    }

    /// Returns the sentences of the `count` vectors that differ from `question` in the fewest
    /// signs, and of all others that differ in as few; in their order, each once.
    pub(super) fn nearest(&self, question: &Embedding, count: usize) -> Vec<SentenceId> {
        let question = signs(question);
        let distances: Vec<u32> =
            self.signs.iter().map(|signs| distance(signs, &question)).collect();
        let farthest = farthest(&distances, count);
        let pairs = distances.iter().zip(&self.sentences);
        let near = pairs.filter(|(distance, _)| **distance <= farthest);
        let mut sentences: Vec<SentenceId> = near.map(|(_, sentence)| *sentence).collect();
        sentences.dedup();
        sentences
    }
}

fn signs(vector: &Embedding) -> Signs {
    let mut signs = Signs::default();
    for (signs, steps) in signs.iter_mut().zip(vector.steps().chunks(64)) {
        for (place, step) in steps.iter().enumerate() {
            *signs |= u64::from(*step > 0) << place;
        }
    }
    signs
}

/// In how many signs two vectors differ.
fn distance(one: &Signs, other: &Signs) -> u32 {
    one.iter().zip(other).map(|(one, other)| (one ^ other).count_ones()).sum()
}

/// Returns the least distance that `count` of `distances` do not exceed; where they are fewer, any.
fn farthest(distances: &[u32], count: usize) -> u32 {
    let mut counts = [0_usize; DIMENSIONS + 1];
    for distance in distances {
        if let Some(count) = counts.get_mut(*distance as usize) {
            *count += 1;
        }
    }
    let mut within = 0;
    let reached = (0..).zip(counts).find(|(_, at_distance)| {
        within += at_distance;
        within >= count
    });
    reached.map_or(u32::MAX, |(distance, _)| distance)
}
