//! `summit-bot knowledge suggest`: questions that go unanswered, beside the passages near them.

use std::path::{Path, PathBuf};

use super::json::UnansweredLine;
use super::terminal::{FAINT, PLAIN, Printer, STRONG, WARNING, piece};
use super::{Library, engine, eval, progress};
use bot::wording::{self, plural};
use engine::answer::Excerpt;
use engine::evaluation::{Failure, Unanswered, unanswered};

/// Passages shown of each question.
const SHOWN: usize = 3;

const EXAMPLES: &str = "\
Examples:
  summit-bot knowledge suggest questions.jsonl
  summit-bot knowledge suggest questions.jsonl --json | jq -r '.nearest[0].text'";

/// List the questions that go unanswered, each beside the passages nearest to it
///
/// The file is one of those that `eval` takes. Of the questions that the text answers, those are
/// listed at which the bot abstains or another passage comes first. Where a sentence answers, an
/// `[[ask]]` entry in the annotation says so. Do not copy questions from a file that measures the
/// bot: its figures would then mean nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// File of questions
    questions: PathBuf,

    /// Print one JSON object for each question
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    library: Library,
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<()> {
    let settings = arguments.library.settings(config)?;
    let questions = eval::questions(&arguments.questions)?;
    let engine = engine(&settings)?;
    let is_known = |slug: &str| engine.corpus().documents().iter().any(|d| d.slug() == slug);
    let asked: Vec<_> = questions
        .iter()
        .filter(|question| question.is_answerable)
        .filter(|question| question.article.as_deref().is_none_or(is_known))
        .collect();
    let mut progress = progress::Progress::start();
    let mut found = Vec::new();
    for (index, question) in asked.iter().enumerate() {
        found.extend(unanswered(&engine, question)?);
        progress.show("asking", index + 1, asked.len(), "questions");
    }
    drop(progress);
    if arguments.json {
        return Ok(found.iter().try_for_each(|one| out.json(&UnansweredLine::new(one)))?);
    }
    for one in &found {
        print(one, out)?;
        out.blank()?;
    }
    Ok(out.text(PLAIN, &summary(&found, asked.len()))?)
}

fn print(one: &Unanswered<'_>, out: &mut Printer) -> anyhow::Result<()> {
    let how = match one.failure {
        Failure::Abstained => "the bot abstains",
        Failure::Missed => "another passage comes first",
    };
    let head = [
        piece(FAINT, format!("{} ", one.question.id)),
        piece(STRONG, one.question.text.as_str()),
        piece(WARNING, format!(" · {how}")),
    ];
    out.wrapped("", &head)?;
    for passage in one.nearest.iter().take(SHOWN) {
        print_passage(one, passage, out)?;
    }
    let is_near = one.nearest.iter().take(SHOWN).any(|passage| one.is_answered_by(passage));
    let note = match (one.nearest.is_empty(), is_near) {
        (true, _) => "no passage comes near",
        (false, false) => "none of these is the answer that the file names",
        (false, true) => return Ok(()),
    };
    Ok(out.wrapped("  ", &[piece(FAINT, note)])?)
}

fn print_passage(one: &Unanswered<'_>, passage: &Excerpt, out: &mut Printer) -> anyhow::Result<()> {
    let mark = if one.is_answered_by(passage) { " · answers, by the file" } else { "" };
    let head = [
        piece(FAINT, format!("{} ", passage.place())),
        piece(PLAIN, wording::attribution(passage)),
        piece(STRONG, mark),
    ];
    out.wrapped("  ", &head)?;
    Ok(out.wrapped("    ", &[piece(PLAIN, passage.text())])?)
}

fn summary(found: &[Unanswered<'_>], asked: usize) -> String {
    let abstained = found.iter().filter(|one| one.failure == Failure::Abstained).count();
    format!(
        "{} of {asked} answerable {} unanswered: {abstained} with an abstention, {} with another \
         passage first.",
        found.len(),
        plural(asked, "question"),
        found.len() - abstained
    )
}
