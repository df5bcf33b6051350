//! `summit-bot verify`: whether a quotation is in the documents, and whose words it is.

use std::path::Path;

use super::json::VerificationLine;
use super::terminal::{FAINT, FAULT, PLAIN, Piece, Printer, STRONG, piece};
use super::{Exit, Library, engine};
use bot::wording;
use engine::quotation::{Claim, Mark, Passage, Segment, Verdict, Verification};

/// Check a quotation: word for word, nearly, or not at all; where, and whose words
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  summit-bot verify \"nothing is stronger than unity\"
  summit-bot verify \"nothing is stronger than unity\" --speaker \"Nguyen Phu Trong\"
  summit-bot verify \"take a firm stand … no person should be denied vaccine\" --json

Exit codes: 0 where it stands in a document, exactly or nearly, 1 where it does not, 2 on an error.")]
pub(super) struct Arguments {
    /// The quotation, in quotation marks; … stands for words left out, [] for words put in
    quote: String,

    /// Who is said to have said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Show every place where it is, up to five
    #[arg(long)]
    all: bool,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

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
    let claim = Claim { quote: &arguments.quote, speaker: arguments.speaker.as_deref() };
    let verification = engine.verify(&claim)?;
    if arguments.json {
        out.json(&VerificationLine::new(&verification))?;
    } else {
        let documents = engine.corpus().documents().len();
        out.text(STRONG, &wording::verdict(&verification, documents))?;
        print(&verification, arguments.all, out)?;
    }
    Ok(match verification.verdict() {
        Verdict::Exact | Verdict::Near => Exit::Done,
        Verdict::Absent => Exit::NothingFound,
    })
}

fn print(verification: &Verification, all: bool, out: &mut Printer) -> anyhow::Result<()> {
    if let Some(alleged) = verification.alleged() {
        out.text(PLAIN, &wording::allegation(alleged))?;
    }
    if verification.verdict() == Verdict::Near {
        out.blank()?;
        out.text(FAINT, "As claimed, with [the words that differ]:")?;
        out.wrapped("  ", &marked(verification.claim()))?;
        out.blank()?;
        out.text(FAINT, "As printed:")?;
    }
    let passages = verification.passages();
    let shown = if all { passages.len() } else { 1 };
    for (index, passage) in passages.iter().take(shown).enumerate() {
        if index > 0 || verification.verdict() == Verdict::Exact {
            out.blank()?;
        }
        print_passage(passage, out)?;
    }
    if let Some(others) = wording::other_passages(passages.len().saturating_sub(shown)) {
        out.blank()?;
        out.text(FAINT, &format!("{others}: --all"))?;
    }
    Ok(())
}

fn print_passage(passage: &Passage, out: &mut Printer) -> anyhow::Result<()> {
    out.text(STRONG, &wording::attribution(passage))?;
    out.wrapped("> ", &marked(passage.segments()))?;
    if passage.words_left_out() > 0 {
        out.text(FAINT, "In {braces}: what the claim leaves out.")?;
    }
    for other in wording::other_voices(passage) {
        out.text(PLAIN, &other)?;
    }
    if let Some(region) = wording::region(passage) {
        out.text(PLAIN, region)?;
    }
    out.text(FAINT, &wording::provenance(passage))?;
    Ok(())
}

/// Returns what differs is in brackets, so that it is seen without colour too.
fn marked(segments: &[Segment]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for segment in segments {
        let (style, open, close) = match segment.mark {
            Mark::Same => (PLAIN, "", ""),
            Mark::Different => (FAULT, "[", "]"),
            Mark::LeftOut => (FAINT, "{", "}"),
        };
        let inner = segment.text.trim();
        let (before, after) = segment.text.split_once(inner).unwrap_or_default();
        pieces.push(piece(PLAIN, before));
        pieces.push(piece(style, format!("{open}{inner}{close}")));
        pieces.push(piece(PLAIN, after));
    }
    pieces
}
