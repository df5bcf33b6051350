//! `summit-bot verify`: whether a quotation is in the documents, and whose words it is.

use std::path::Path;

use super::json::VerificationLine;
use super::terminal::{FAINT, FAULT, PLAIN, Piece, Printer, STRONG, piece};
use super::{Exit, Library, engine};
use bot::wording::{self, Attributed};
use engine::quotation::{Claim, Mark, Passage, Segment, Verdict, Verification};

/// Check a quotation: whether it is in a document, whether it says the same there, and whose words
/// it is
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  summit-bot verify \"nothing is stronger than unity\"
  summit-bot verify \"nothing is stronger than unity\" --speaker \"Nguyen Phu Trong\"
  summit-bot verify \"take a firm stand … no person should be denied vaccine\" --json

Verdicts: exact (whole sentences), part (less than a sentence), shortened (words left out),
turned (what is left out turns the sentence), stitched (pieces of different sentences),
near (words changed), absent, too-short.

Exit codes: 0 where the words are in a document, exactly or nearly, and with --strict only where the
verdict is exact, part or shortened; 1 where they are not; 2 on an error.")]
pub(super) struct Arguments {
    /// The quotation, in quotation marks; … stands for words left out, [] for words put in
    quote: String,

    /// Who is said to have said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// Show every place where it is, up to five
    #[arg(long)]
    all: bool,

    /// Exit with 1 unless the document says what the quotation says
    #[arg(long)]
    strict: bool,

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
    let documents = engine.corpus().documents().len();
    if arguments.json {
        out.json(&VerificationLine::new(&verification, documents))?;
    } else {
        out.text(STRONG, &wording::headline(&verification, documents))?;
        print(&verification, arguments.all, out)?;
    }
    let verdict = verification.verdict();
    let is_fine = if arguments.strict {
        verdict.confirms()
    } else {
        !matches!(verdict, Verdict::Absent | Verdict::TooShort)
    };
    Ok(if is_fine { Exit::Done } else { Exit::NothingFound })
}

fn print(verification: &Verification, all: bool, out: &mut Printer) -> anyhow::Result<()> {
    let lines = wording::allegation(verification).into_iter();
    for line in lines.chain(wording::unknown_speaker(verification)) {
        out.text(PLAIN, &line)?;
    }
    if verification.verdict() == Verdict::Near {
        out.blank()?;
        out.text(FAINT, "As claimed, with [the words that differ]:")?;
        out.wrapped("  ", &marked(verification.claim()))?;
        out.blank()?;
        out.text(FAINT, "As printed:")?;
    }
    let passages = verification.passages();
    let is_all = all || verification.verdict() == Verdict::Stitched;
    let shown = if is_all { passages.len() } else { 1 };
    for (index, passage) in passages.iter().take(shown).enumerate() {
        if index > 0 || verification.verdict() != Verdict::Near {
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
    let sentences = Attributed::sentences_of(passage);
    let segments = &passage.sentences().segments;
    out.text(STRONG, &wording::attribution(sentences.clone()))?;
    out.wrapped("> ", &marked(segments))?;
    if let Some(legend) = legend(segments) {
        out.text(FAINT, &legend)?;
    }
    for other in wording::other_voices(sentences.clone()) {
        out.text(PLAIN, &other)?;
    }
    if let Some(region) = wording::region(passage) {
        out.text(PLAIN, region)?;
    }
    out.text(FAINT, &wording::provenance(sentences))?;
    Ok(())
}

/// Says what the brackets are that [`marked`] puts around words.
fn legend(segments: &[Segment]) -> Option<String> {
    let has = |mark: Mark| segments.iter().any(|segment| segment.mark == mark);
    let lines = [
        (Mark::Around, "*between stars*: what was quoted"),
        (Mark::LeftOut, "{in braces}: what was left out"),
        (Mark::Different, "[in brackets]: what differs"),
    ];
    let lines: Vec<&str> = lines.iter().filter(|(mark, _)| has(*mark)).map(|line| line.1).collect();
    (!lines.is_empty()).then(|| lines.join(" · "))
}

/// Marks words by signs, so that they are seen without colour too. Of a whole sentence nothing is
/// marked as quoted.
fn marked(segments: &[Segment]) -> Vec<Piece<'_>> {
    let is_part = segments.iter().any(|segment| segment.mark == Mark::Around);
    let mut pieces = Vec::new();
    for segment in segments {
        let (style, open, close) = match segment.mark {
            Mark::Same if is_part => (STRONG, "*", "*"),
            Mark::Same | Mark::Around => (PLAIN, "", ""),
            Mark::Different => (FAULT, "[", "]"),
            Mark::LeftOut => (FAULT, "{", "}"),
        };
        let inner = segment.text.trim();
        let (before, after) = segment.text.split_once(inner).unwrap_or_default();
        pieces.push(piece(PLAIN, before));
        if !inner.is_empty() {
            pieces.push(piece(style, format!("{open}{inner}{close}")));
        }
        pieces.push(piece(PLAIN, after));
    }
    pieces
}
