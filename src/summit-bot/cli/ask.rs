//! `summit-bot ask`: one question, answered for people or as JSON.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::json::AnswerLine;
use super::terminal::{FAINT, PLAIN, Printer, STRONG, piece};
use super::{Exit, Library, batch, engine, explain};
use bot::wording;
use engine::answer::{Answer, Engine, Excerpt, Question, Reason};
use engine::knowledge::Document;

const EXAMPLES: &str = "\
Examples:
  summit-bot ask \"What did Ramaphosa say about vaccines?\"
  summit-bot ask \"poverty\" --speaker \"Xi Jinping\" --all
  summit-bot ask \"Who spoke of a new Cold War?\" --json | jq -r '.excerpts[0].text'
  echo '{\"id\": 1, \"question\": \"Who attended?\"}' | summit-bot ask --batch

Exit codes: 0 with an answer, 1 where the documents do not answer, 2 on an error. A batch ends with
0 where every line was valid, and else with 2.";

/// Ask a question: the answer is a quotation, or that there is none
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The question, in quotation marks
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    question: Option<String>,

    /// Only words of this speaker, by a name, an office or a country; "the author" is one too
    #[arg(long, value_name = "NAME", conflicts_with = "batch")]
    speaker: Option<String>,

    /// Show every passage that was found, up to five
    #[arg(long, conflicts_with = "batch")]
    all: bool,

    /// Where the documents do not answer, show the passages that are nearest in wording
    #[arg(long, conflicts_with = "batch")]
    nearest: bool,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    /// Show what the question was understood to ask for, and what counted for each candidate
    #[arg(long, conflicts_with = "batch")]
    explain: bool,

    /// Answer a file of questions, or the standard input: JSON Lines in, JSON Lines out
    ///
    /// Each line in is an object with "id" and "question". Each line out repeats the id and has
    /// "abstained", "score", "micros" and "excerpts", or "error" where the line was not valid.
    /// Questions with the same text as their "conversation" follow one another: "and in winter?" takes
    /// up the one before, and "inherited" says what it took.
    #[arg(long, value_name = "FILE|-", num_args = 0..=1, default_missing_value = "-")]
    batch: Option<PathBuf>,

    #[command(flatten)]
    library: Library,
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let settings = arguments.library.settings(config)?;
    let engine = engine(&settings)?;
    if let Some(file) = &arguments.batch {
        return batch::run(&engine, file, out);
    }
    let text = arguments.question.as_deref().unwrap_or_default();
    let question = Question { text, speaker: arguments.speaker.as_deref(), context: &[] };
    if arguments.explain {
        return explain::run(&engine, &question, arguments.json, out);
    }
    let started = Instant::now();
    let answer = engine.ask(&question)?;
    if arguments.json {
        out.json(&AnswerLine::new(&answer, started.elapsed()))?;
    } else {
        let view = View {
            excerpts: settings.answer.excerpts,
            all: arguments.all,
            nearest: arguments.nearest,
        };
        view.print(&engine, &answer, out)?;
    }
    Ok(exit(&answer))
}

/// Returns how a question with this answer ends the program.
pub(super) fn exit(answer: &Answer) -> Exit {
    if answer.is_abstention() { Exit::NothingFound } else { Exit::Done }
}

/// How much of an answer is shown.
struct View {
    excerpts: usize,
    all: bool,
    nearest: bool,
}

impl View {
    fn print(&self, engine: &Engine, answer: &Answer, out: &mut Printer) -> anyhow::Result<()> {
        match answer {
            Answer::Quoted { excerpts, together, quoted_in, .. } => {
                let shown = self.excerpts.max(*together);
                let shown = if self.all { excerpts.len() } else { shown };
                if !quoted_in.is_empty() {
                    out.text(PLAIN, &wording::languages_of_passages(quoted_in))?;
                    out.blank()?;
                }
                print_excerpts(excerpts, shown, out)?;
                if let Some(others) = wording::other_passages(excerpts.len().saturating_sub(shown))
                {
                    out.blank()?;
                    out.text(FAINT, &format!("{others}: --all"))?;
                }
            }
            Answer::Abstained { reason, nearest, .. } => {
                print_abstention(engine, reason, out)?;
                if nearest.is_empty() || !reason.asks_documents() {
                    return Ok(());
                }
                out.blank()?;
                if self.nearest || self.all {
                    out.text(STRONG, wording::NEAREST)?;
                    out.blank()?;
                    let shown = if self.all { nearest.len() } else { self.excerpts };
                    print_excerpts(nearest, shown, out)?;
                } else {
                    out.text(FAINT, "The nearest passages in wording: --nearest")?;
                }
            }
        }
        Ok(())
    }
}

fn print_excerpts(excerpts: &[Excerpt], shown: usize, out: &mut Printer) -> anyhow::Result<()> {
    for (index, excerpt) in excerpts.iter().take(shown).enumerate() {
        if index > 0 {
            out.blank()?;
        }
        print_excerpt(excerpt, out)?;
    }
    Ok(())
}

/// Returns whose words, the words, and where they are.
fn print_excerpt(excerpt: &Excerpt, out: &mut Printer) -> anyhow::Result<()> {
    out.text(STRONG, &wording::attribution(excerpt))?;
    out.wrapped("> ", &[piece(PLAIN, excerpt.text())])?;
    for other in wording::other_voices(excerpt) {
        out.text(PLAIN, &other)?;
    }
    out.text(FAINT, &wording::provenance(excerpt))?;
    Ok(())
}

fn print_abstention(engine: &Engine, reason: &Reason, out: &mut Printer) -> anyhow::Result<()> {
    let documents = engine.corpus().documents();
    let titles: Vec<&str> = documents.iter().map(Document::title).collect();
    let abstention = wording::abstention(reason, &titles);
    out.text(STRONG, &abstention.headline)?;
    out.text(PLAIN, &abstention.detail)?;
    Ok(())
}
