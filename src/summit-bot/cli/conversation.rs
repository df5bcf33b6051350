//! The memory of a batch for the conversations in it: for each, the last questions, and where what
//! was quoted is.

use std::collections::VecDeque;

use engine::answer::{Answer, Exchange, MAX_EXCHANGES};
use engine::knowledge::SentenceId;

/// Conversations under way at once; of more, the one that was silent longest is forgotten.
const MAX_CONVERSATIONS: usize = 256;
/// Characters of a question that are kept.
const MAX_CHARACTERS: usize = 2_000;

struct Past {
    question: String,
    quoted: Vec<(SentenceId, SentenceId)>,
}

/// The conversations under way, the one that spoke last behind.
#[derive(Default)]
pub(super) struct Conversations(VecDeque<(String, VecDeque<Past>)>);

impl Conversations {
    /// Returns what was said in conversation `id`, the oldest first.
    pub(super) fn before(&self, id: &str) -> Vec<Exchange<'_>> {
        let past = self.0.iter().rev().find(|(known, _)| known == id);
        let exchanges = past.into_iter().flat_map(|(_, past)| past);
        exchanges
            .map(|Past { question, quoted }| Exchange { question, speaker: None, quoted })
            .collect()
    }

    /// Notes that `question` was answered with `answer` in conversation `id`.
    pub(super) fn note(&mut self, id: &str, question: &str, answer: &Answer) {
        let known = self.0.iter().position(|(known, _)| known == id);
        let known = known.and_then(|place| self.0.remove(place));
        let (id, mut past) = known.unwrap_or_else(|| (id.to_owned(), VecDeque::new()));
        let question = question.chars().take(MAX_CHARACTERS).collect();
        past.push_back(Past { question, quoted: answer.quoted() });
        if past.len() > MAX_EXCHANGES {
            past.pop_front();
        }
        self.0.push_back((id, past));
        if self.0.len() > MAX_CONVERSATIONS {
            self.0.pop_front();
        }
    }
}
