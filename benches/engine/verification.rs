//! How long the check of a quotation takes, of whatever verdict.

use std::time::{Duration, Instant};

use anyhow::Context;
use engine::answer::Engine;
use engine::quotation::Claim;
use hdrhistogram::Histogram;

use crate::measure::{Latency, nanos};

/// Sentences of which claims are made, spread over the corpus.
const SENTENCES: usize = 100;
const ROUNDS: usize = 20;

/// Measures claims made of the sentences of the corpus, after one round that only warms up.
pub(crate) fn verify(engine: &Engine) -> anyhow::Result<Latency> {
    let claims = claims(engine);
    let mut times = Histogram::<u64>::new(3)?;
    for round in 0..=ROUNDS {
        for claim in &claims {
            let time = check(engine, claim)?;
            if round > 0 {
                times.record(nanos(time))?;
            }
        }
    }
    Ok(Latency::of(&times))
}

/// Microseconds of the slowest of what is longest: claims of 100,000 characters or of the most words
/// that are checked, and a message of 4,000 characters without a quotation mark.
pub(crate) fn slowest(engine: &Engine) -> anyhow::Result<f64> {
    let text = engine.corpus().documents().first().context("there is no document")?.text();
    let words: Vec<&str> = text.split_whitespace().cycle().take(1_900).collect();
    let backwards: Vec<&str> = words.iter().rev().copied().collect();
    let spoiled: Vec<&str> = words
        .iter()
        .enumerate()
        .map(|(index, word)| if index % 4 == 0 { "elsewhere" } else { word })
        .collect();
    let claims = [
        "a".repeat(100_000),
        "the … ".repeat(15),
        words.join(" "),
        spoiled.join(" "),
        backwards.join(" "),
    ];
    let mut most = Duration::ZERO;
    for claim in &claims {
        most = most.max(check(engine, claim)?);
    }
    let message: String = text.chars().take(4_000).filter(|c| !"“”‘’\"'".contains(*c)).collect();
    let start = Instant::now();
    std::hint::black_box(engine.unmarked_quotation(&message));
    Ok(most.max(start.elapsed()).as_secs_f64() * 1e6)
}

/// Of each sentence: all of it, its first half, the same with its middle left out, with a word
/// changed, and backwards; and halves of two sentences as one.
fn claims(engine: &Engine) -> Vec<String> {
    let every = engine.corpus().sentence_count().div_ceil(SENTENCES);
    let sentences: Vec<Vec<&str>> = engine
        .corpus()
        .sentences()
        .step_by(every)
        .map(|(_, sentence)| sentence.text().split_whitespace().collect())
        .collect();
    let mut claims = Vec::new();
    for (index, words) in sentences.iter().enumerate() {
        let (first, second) = words.split_at(words.len() / 2);
        let other = sentences.get(index + 1).map_or(&words[..], |other| other.as_slice());
        let mut changed = words.clone();
        if let Some(word) = changed.get_mut(words.len() / 2) {
            *word = "elsewhere";
        }
        let backwards: Vec<&str> = words.iter().rev().copied().collect();
        let omission = second.get(1..).unwrap_or_default();
        claims.extend([
            words.join(" "),
            first.join(" "),
            format!("{} … {}", first.join(" "), omission.join(" ")),
            changed.join(" "),
            backwards.join(" "),
            format!("{} … {}", first.join(" "), other.join(" ")),
        ]);
    }
    claims.retain(|claim| claim.contains(char::is_alphanumeric));
    claims
}

fn check(engine: &Engine, quote: &str) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let found = engine.verify(&Claim { quote, speaker: None });
    let elapsed = start.elapsed();
    std::hint::black_box(found)?;
    Ok(elapsed)
}
