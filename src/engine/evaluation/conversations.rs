//! Conversations: questions that follow one another, each put with those before it.

use std::time::Instant;

use serde::Deserialize;

use super::questions::{GoldQuestion, QuestionError, Row, plainly};
use super::run::{Outcome, outcome};
use crate::answer::{AskError, Engine, Exchange, Inherited, Question};
use crate::knowledge::SentenceId;

/// Questions that one person asks one after the other.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// Its id in the file.
    pub id: String,
    /// The questions in their order; each has the id of the conversation and its number.
    pub turns: Vec<GoldQuestion>,
}

/// What came of one question of a conversation.
#[derive(Debug, Clone)]
pub struct Turn {
    /// As for a question on its own.
    pub outcome: Outcome,
    /// What it took from the questions before it.
    pub inherited: Option<Inherited>,
    /// Words of the first passage, quoted or only nearest.
    pub first_passage: String,
}

impl Turn {
    /// Returns whether the engine did what the file asks for: quoted first what answers, or treated
    /// the unanswerable as it should be.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let Outcome { is_answerable, abstained, rank, is_fair, .. } = self.outcome;
        if is_answerable { !abstained && rank == Some(0) } else { is_fair }
    }
}

#[derive(Deserialize)]
struct ConversationRow {
    id: String,
    turns: Vec<Row>,
}

/// Reads a file of conversations: JSON Lines, one conversation a line.
///
/// # Errors
/// The first line that is no conversation.
pub fn read_conversations(lines: &str) -> Result<Vec<Conversation>, QuestionError> {
    let mut conversations = Vec::new();
    for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: ConversationRow = serde_json::from_str(line)
            .map_err(|error| QuestionError { line: index + 1, message: plainly(&error) })?;
        let turns = row.turns.into_iter().zip(1..).map(|(turn, number)| {
            let turn = GoldQuestion::from(turn);
            GoldQuestion { id: format!("{}/{number}", row.id), ..turn }
        });
        conversations.push(Conversation { turns: turns.collect(), id: row.id });
    }
    Ok(conversations)
}

/// Puts the questions of a conversation to `engine`, each with those before it and with what the
/// engine itself quoted.
///
/// # Errors
/// Where the engine fails.
pub fn converse(engine: &Engine, conversation: &Conversation) -> Result<Vec<Turn>, AskError> {
    let mut turns = Vec::new();
    let mut quoted: Vec<Vec<(SentenceId, SentenceId)>> = Vec::new();
    for (number, question) in conversation.turns.iter().enumerate() {
        let before = conversation.turns.iter().take(number).zip(&quoted);
        let context: Vec<Exchange<'_>> = before
            .map(|(turn, quoted)| Exchange { question: &turn.text, speaker: None, quoted })
            .collect();
        let start = Instant::now();
        let answer =
            engine.ask(&Question { text: &question.text, speaker: None, context: &context })?;
        let latency = start.elapsed();
        quoted.push(answer.quoted());
        turns.push(Turn {
            outcome: outcome(question, &answer, latency),
            inherited: answer.inherited().cloned(),
            first_passage: answer.passages().first().map_or("", |p| p.text()).to_owned(),
        });
    }
    Ok(turns)
}
