//! `summit-bot eval`: how well questions with known answers are answered.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use serde::Serialize;

use super::terminal::{FAINT, FAULT, PLAIN, Printer, STRONG, piece};
use super::{Exit, Library, engine, progress};
use crate::settings::Settings;
use engine::evaluation::{Figures, Floor, GoldQuestion, Outcome, judge, read};

/// Measure the answers to questions with known answers
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file of questions is JSON Lines: {\"id\", \"question\", \"kind\", \"answerable\", \"gold\": [{\"start\",
\"end\", \"speaker\", \"voice\"}]} with places in bytes; or, for texts of their own in a folder
`articles` beside the file, {\"article\", \"answers\", \"spans\"} with places in characters.

Examples:
  summit-bot eval tests/gold/dev.jsonl
  summit-bot eval tests/gold/dev.jsonl --floor tests/gold/floor.toml

Exit codes: 0 measured, 1 where a figure is worse than recorded in the floor, 2 on an error.")]
pub(super) struct Arguments {
    /// File of questions
    questions: PathBuf,

    /// File of recorded figures that may not be fallen below: TOML with a table `floor`
    #[arg(long, value_name = "FILE")]
    floor: Option<PathBuf>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    library: Library,
}

#[derive(Serialize)]
struct Report<'a> {
    questions: usize,
    answerable: usize,
    #[serde(flatten)]
    quality: BTreeMap<&'a str, f64>,
    mean_words: f64,
    median_micros: u128,
    p99_micros: u128,
    kinds: BTreeMap<&'a str, KindReport>,
}

#[derive(Serialize)]
struct KindReport {
    questions: usize,
    hits_at_1: usize,
    hits_at_3: usize,
    abstained: usize,
    fair: usize,
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let settings = arguments.library.settings(config)?;
    let floor = arguments.floor.as_deref().map(read_floor).transpose()?;
    let questions = questions(&arguments.questions)?;
    let figures = Figures::of(&outcomes(&settings, &arguments.questions, &questions)?);
    if arguments.json {
        out.json(&report(&figures))?;
    } else {
        print(&figures, out)?;
    }
    let broken = floor.map(|floor| floor.broken_by(&figures)).transpose()?.unwrap_or_default();
    let mut errors = Printer::stderr();
    for (figure, recorded) in &broken {
        let message = format!(
            "{} is {:.3}, and was recorded as {recorded:.3}: find out what made it worse",
            figure.name, figure.value
        );
        errors.line(&[piece(FAULT, "worse: "), piece(PLAIN, message)])?;
    }
    Ok(if broken.is_empty() { Exit::Done } else { Exit::NothingFound })
}

fn read_floor(path: &Path) -> anyhow::Result<Floor> {
    let text = text(path)?;
    Floor::parse(&text).with_context(|| format!("{} cannot be used", path.display()))
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Returns where the text of an article lies, for a file of questions on several.
fn article_path(questions: &Path, article: &str) -> PathBuf {
    questions.with_file_name("articles").join(format!("{article}.txt"))
}

/// Returns the questions of a file.
pub(super) fn questions(path: &Path) -> anyhow::Result<Vec<GoldQuestion>> {
    let article = |name: &str| std::fs::read_to_string(article_path(path, name)).ok();
    let questions = read(&text(path)?, article)
        .with_context(|| format!("{} cannot be used", path.display()))?;
    anyhow::ensure!(!questions.is_empty(), "{} holds no question", path.display());
    Ok(questions)
}

/// Returns what becomes of every question, each put to the engine over the text that it asks about.
fn outcomes(
    settings: &Settings,
    path: &Path,
    questions: &[GoldQuestion],
) -> anyhow::Result<Vec<Outcome>> {
    let mut by_article: BTreeMap<Option<&str>, Vec<&GoldQuestion>> = BTreeMap::new();
    for question in questions {
        by_article.entry(question.article.as_deref()).or_default().push(question);
    }
    let mut progress = progress::Progress::start();
    let mut outcomes = Vec::new();
    for (article, asked) in by_article {
        let engine = match article {
            None => engine(settings)?,
            Some(article) => article_engine(settings, &article_path(path, article))?,
        };
        for question in asked {
            outcomes.push(judge(&engine, question)?);
            progress.show("asking", outcomes.len(), questions.len(), "questions");
        }
    }
    Ok(outcomes)
}

fn article_engine(settings: &Settings, path: &Path) -> anyhow::Result<engine::answer::Engine> {
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.display().to_string();
    Ok(crate::service::engine_of(&[engine::knowledge::SourceFile { name, bytes }], settings)?)
}

fn report(figures: &Figures) -> Report<'_> {
    Report {
        questions: figures.questions,
        answerable: figures.answerable,
        quality: figures.quality().iter().map(|figure| (figure.name, figure.value)).collect(),
        mean_words: figures.mean_words,
        median_micros: figures.median_latency.as_micros(),
        p99_micros: figures.latency_99.as_micros(),
        kinds: figures
            .kinds
            .iter()
            .map(|(name, kind)| (name.as_str(), kind_report(kind)))
            .collect(),
    }
}

fn kind_report(kind: &engine::evaluation::KindFigures) -> KindReport {
    KindReport {
        questions: kind.questions,
        hits_at_1: kind.hits_at_1,
        hits_at_3: kind.hits_at_3,
        abstained: kind.abstained,
        fair: kind.fair,
    }
}

fn print(figures: &Figures, out: &mut Printer) -> anyhow::Result<()> {
    let head = format!("{} questions, {} answerable", figures.questions, figures.answerable);
    out.text(STRONG, &head)?;
    for figure in figures.quality() {
        let line = format!("  {:<34}{:.3}", figure.meaning, figure.value);
        out.line(&[piece(PLAIN, line), piece(FAINT, format!("  {}", figure.name))])?;
    }
    let micros = |time: Duration| time.as_micros();
    let rest = format!(
        "  {:<34}{:.1}\n  {:<34}{} µs, 99th percentile {} µs",
        "words of the first passage",
        figures.mean_words,
        "time of an answer, median",
        micros(figures.median_latency),
        micros(figures.latency_99),
    );
    for line in rest.lines() {
        out.line(&[piece(PLAIN, line)])?;
    }
    out.blank()?;
    let head = format!(
        "  {:<16}{:>9}{:>9}{:>9}{:>11}{:>7}",
        "kind", "questions", "first", "three", "abstained", "fair"
    );
    out.line(&[piece(STRONG, head)])?;
    for (name, kind) in &figures.kinds {
        let line = format!(
            "  {name:<16}{:>9}{:>9}{:>9}{:>11}{:>7}",
            kind.questions, kind.hits_at_1, kind.hits_at_3, kind.abstained, kind.fair
        );
        out.line(&[piece(PLAIN, line)])?;
    }
    Ok(())
}
