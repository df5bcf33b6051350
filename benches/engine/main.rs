//! How fast answers come, beside raw Tantivy on the same index, and what they cost in memory:
//! `cargo bench`, or `cargo bench -- --sizes article,10000`. Ends with a table in Markdown.
//!
//! No criterion: what counts are percentiles over many different questions and the memory of a
//! process, neither of which it measures, and all in one table.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files, the clock and arguments")]

mod meaning;
mod measure;
mod size;
mod synthetic;
mod verification;

use std::io::{self, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Parser;

use measure::{Latency, Report};
use size::Size;

/// Measures the engine on the article and on synthetic corpora.
#[derive(Debug, Parser)]
struct Arguments {
    /// What is measured: `article`, `understood` (the article with the sentence encoder), numbers of
    /// sentences, or `understood-` and a number of sentences
    #[arg(long, value_delimiter = ',', default_value = "article,understood,10000,100000,1000000")]
    sizes: Vec<Size>,
    /// Print JSON Lines, not a table
    #[arg(long)]
    json: bool,
    /// Measure this one corpus in this process, and print JSON
    #[arg(long, hide = true)]
    child: Option<Size>,
    /// Given by `cargo bench`; without it, as in `cargo test --benches`, only the article is
    /// measured
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    if let Some(size) = arguments.child {
        serde_json::to_writer(out, &measure::measure(size)?)?;
        return Ok(());
    }
    let sizes = if arguments.bench { arguments.sizes } else { vec![Size::Article] };
    let mut reports = Vec::new();
    for size in sizes {
        writeln!(io::stderr(), "measuring: {size}")?;
        reports.push(measure_apart(size)?);
    }
    for report in reports.iter().filter(|_| arguments.json) {
        writeln!(out, "{}", serde_json::to_string(report)?)?;
    }
    if !arguments.json {
        write!(out, "{}", table(&reports))?;
    }
    Ok(())
}

/// Measures in a process of its own.
fn measure_apart(size: Size) -> anyhow::Result<Report> {
    let program = std::env::current_exe()?;
    let child = Command::new(program)
        .args(["--child", &size.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(child.status.success(), "measuring {size} failed: {}", child.status);
    serde_json::from_slice(&child.stdout).with_context(|| format!("measuring {size}"))
}

/// The reports in Markdown, a column for each corpus.
fn table(reports: &[Report]) -> String {
    type Cell = fn(&Report) -> String;
    let rows: [(&str, Cell); 22] = [
        ("", |r| match r.corpus {
            Size::Article => "article".to_owned(),
            Size::Understood => "article, with encoder".to_owned(),
            Size::Sentences(count) => format!("synthetic {count}"),
            Size::UnderstoodSentences(count) => format!("synthetic {count}, with encoder"),
        }),
        ("sentences", |r| r.sentences.to_string()),
        ("source", |r| bytes(Some(r.bytes as u64))),
        ("raw Tantivy top 10, median", |r| micros(r.raw.median)),
        ("raw Tantivy top 10, 99th percentile", |r| micros(r.raw.p99)),
        ("whole answer, median", |r| micros(r.ask.median)),
        ("whole answer, 99th percentile", |r| micros(r.ask.p99)),
        ("whole answer / raw Tantivy, medians", |r| {
            format!("{:.1} ×", r.ask.median / r.raw.median)
        }),
        ("nearest in meaning, median", |r| nearest(r, |times| times.median)),
        ("nearest in meaning, 99th percentile", |r| nearest(r, |times| times.p99)),
        ("slowest hostile question", |r| micros(r.hostile_micros)),
        ("slowest question of 100,000 characters", |r| micros(r.oversized_micros)),
        ("check of a quotation, median", |r| micros(r.verify.median)),
        ("check of a quotation, 99th percentile", |r| micros(r.verify.p99)),
        ("slowest check of the longest", |r| micros(r.oversized_verify_micros)),
        ("load and annotate", |r| micros(r.load_ms * 1e3)),
        ("index", |r| micros(r.index_ms * 1e3)),
        ("vectors, without cache", |r| millis(r.encode_ms)),
        ("encoder and vectors, from cache", |r| millis(r.understand_ms)),
        ("start to first answer", |r| micros(r.first_answer_ms * 1e3)),
        ("memory resident", |r| bytes(r.resident)),
        ("memory at the peak", |r| bytes(r.peak)),
    ];
    let mut lines: Vec<String> = rows
        .iter()
        .map(|(name, cell)| {
            let cells: Vec<String> = reports.iter().map(cell).collect();
            format!("| {name} | {} |\n", cells.join(" | "))
        })
        .collect();
    lines.insert(1, format!("|---|{}\n", "---:|".repeat(reports.len())));
    lines.concat()
}

/// A time of the search by meaning, where that was measured.
fn nearest(report: &Report, time: fn(&Latency) -> f64) -> String {
    report.nearest.as_ref().map_or_else(|| "–".to_owned(), |times| micros(time(times)))
}

/// A time in milliseconds, where there is one.
fn millis(time: Option<f64>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| micros(time * 1e3))
}

/// A time with its unit, to three digits.
fn micros(micros: f64) -> String {
    let (number, unit) = match micros {
        ..1e3 => (micros, "µs"),
        1e3..1e6 => (micros / 1e3, "ms"),
        _ => (micros / 1e6, "s"),
    };
    let decimals = match number {
        ..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    format!("{number:.decimals$} {unit}")
}

fn bytes(bytes: Option<u64>) -> String {
    let mebibytes = |bytes| bytes as f64 / f64::from(1 << 20);
    bytes.map_or_else(|| "n/a".to_owned(), |bytes| format!("{:.1} MiB", mebibytes(bytes)))
}
