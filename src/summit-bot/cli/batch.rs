//! `summit-bot ask --batch`: JSON Lines in, JSON Lines out, in order, a line at a time.
//!
//! Nothing that is in a line stops the run, and no line is read into memory beyond
//! [`MAX_LINE`].

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Exit;
use super::conversation::Conversations;
use super::json::AnswerLine;
use super::terminal::Printer;
use engine::answer::{AskError, Engine, Question};

/// The most bytes of a line.
const MAX_LINE: usize = 1 << 20;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The fields of a line. Other keys are left alone.
#[derive(Debug, Deserialize)]
struct QuestionLine<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    question: Option<&'a RawValue>,
    /// Questions with the same text here follow one another; one without is on its own.
    #[serde(borrow)]
    conversation: Option<&'a RawValue>,
}

#[derive(Debug, Serialize)]
struct Answered<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    answer: AnswerLine<'a>,
}

#[derive(Debug, Serialize)]
struct Failed<'a> {
    id: Option<&'a RawValue>,
    error: String,
}

/// Why a line has no answer.
#[derive(Debug, thiserror::Error)]
enum LineError {
    #[error("a line has at most {MAX_LINE} bytes")]
    TooLong,
    #[error("byte {0} of the line is not UTF-8")]
    NotUtf8(usize),
    #[error("a line must be a JSON object")]
    NotAnObject,
    #[error("the line is not valid at column {column}: {message}")]
    Invalid { column: usize, message: String },
    #[error("\"question\" is missing")]
    NoQuestion,
    #[error("\"{0}\" must be a string")]
    NotAString(&'static str),
    #[error(transparent)]
    Engine(#[from] AskError),
}

pub(super) fn run(engine: &Engine, file: &Path, out: &mut Printer) -> anyhow::Result<Exit> {
    if file == Path::new("-") {
        return answer_all(engine, io::stdin().lock(), out).context("the questions end early");
    }
    let opened = File::open(file)
        .with_context(|| format!("the questions {} cannot be read", file.display()))?;
    answer_all(engine, BufReader::new(opened), out)
        .with_context(|| format!("the questions {} end early", file.display()))
}

fn answer_all(engine: &Engine, mut input: impl BufRead, out: &mut Printer) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    let mut conversations = Conversations::default();
    let mut is_first = true;
    let mut buffer = Vec::new();
    while let Some(is_whole) = read_line(&mut input, &mut buffer)? {
        let mut line = buffer.as_slice();
        if std::mem::take(&mut is_first) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let (id, answered) = if is_whole {
            answer_line(engine, line, &mut conversations, out)?
        } else {
            (None, Err(LineError::TooLong))
        };
        if let Err(error) = answered {
            out.json(&Failed { id, error: error.to_string() })?;
            exit = Exit::Wrong;
        }
    }
    Ok(exit)
}

/// Prints the answer to a line, or gives its id, where it has one, and what is wrong.
fn answer_line<'a>(
    engine: &Engine,
    line: &'a [u8],
    conversations: &mut Conversations,
    out: &mut Printer,
) -> io::Result<(Option<&'a RawValue>, Result<(), LineError>)> {
    let line = match parse(line) {
        Ok(line) => line,
        Err(error) => return Ok((None, Err(error))),
    };
    let id = line.id;
    let text = match question(&line) {
        Ok(text) => text,
        Err(error) => return Ok((id, Err(error))),
    };
    let conversation = match conversation(&line) {
        Ok(conversation) => conversation,
        Err(error) => return Ok((id, Err(error))),
    };
    let context = conversation.as_deref().map(|own| conversations.before(own)).unwrap_or_default();
    let started = Instant::now();
    let answer = engine.ask(&Question { text: &text, speaker: None, context: &context });
    let took = started.elapsed();
    match answer {
        Ok(answer) => {
            out.json(&Answered { id, answer: AnswerLine::new(&answer, took) })?;
            if let Some(conversation) = &conversation {
                conversations.note(conversation, &text, &answer);
            }
        }
        Err(error) => return Ok((id, Err(error.into()))),
    }
    Ok((id, Ok(())))
}

fn parse(line: &[u8]) -> Result<QuestionLine<'_>, LineError> {
    let line =
        std::str::from_utf8(line).map_err(|error| LineError::NotUtf8(error.valid_up_to()))?;
    // A list would be read as the fields in their order.
    if !line.trim_start().starts_with('{') {
        return Err(LineError::NotAnObject);
    }
    serde_json::from_str(line).map_err(|error| {
        // The line of input is always 1 here, which would mislead.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        LineError::Invalid { column: error.column(), message }
    })
}

fn question(line: &QuestionLine<'_>) -> Result<String, LineError> {
    let raw = line.question.ok_or(LineError::NoQuestion)?;
    serde_json::from_str(raw.get()).map_err(|_| LineError::NotAString("question"))
}

fn conversation(line: &QuestionLine<'_>) -> Result<Option<String>, LineError> {
    let read = |raw: &RawValue| serde_json::from_str(raw.get());
    line.conversation.map_or(Ok(None), read).map_err(|_| LineError::NotAString("conversation"))
}

/// Reads a line without its end into `buffer`; of a line over [`MAX_LINE`] only the beginning.
/// Says whether it is whole, and `None` at the end of the input.
fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<Option<bool>> {
    buffer.clear();
    let mut is_whole = true;
    let mut has_read = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok(has_read.then_some(is_whole));
        }
        has_read = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        let room = MAX_LINE - buffer.len();
        is_whole &= part.len() <= room;
        buffer.extend(part.iter().take(room));
        let consumed = part.len() + usize::from(end.is_some());
        input.consume(consumed);
        if end.is_some() {
            return Ok(Some(is_whole));
        }
    }
}
