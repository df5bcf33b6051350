//! `summit-bot ask --explain`: what the question was understood to ask for, and every feature of
//! every candidate.

use std::time::Instant;

use serde::Serialize;

use super::Exit;
use super::ask;
use super::json::{AnswerLine, Measures};
use super::terminal::{FAINT, PLAIN, Printer, STRONG, piece};
use engine::answer::{Engine, Evidence, Explanation, Question};
use engine::knowledge::Corpus;
use engine::knowledge::SpeakerKey;
use engine::question::{ConceptKind, Query};
use engine::ranking::{Candidate, Features};
use engine::text::AnswerType;

/// Candidates that are shown to people; the JSON has them all.
const SHOWN: usize = 20;
/// Columns of a number.
const NUMBER: usize = 8;
/// Columns of the name of a feature.
const NAME: usize = 18;

/// Explains `question`, which ends the program as asking it does.
pub(super) fn run(
    engine: &Engine,
    question: &Question<'_>,
    json: bool,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let explanation = engine.explain(question)?;
    let took = started.elapsed();
    let corpus = engine.corpus();
    if json {
        out.json(&ExplainedLine {
            answer: AnswerLine::new(&explanation.answer, took),
            explanation: ExplanationLine::new(corpus, &explanation),
        })?;
    } else {
        let models = engine.models();
        print_query(corpus, &explanation.query, out)?;
        print_candidates(corpus, &explanation.candidates, out)?;
        print_features(&explanation.candidates, &models.ranking, out)?;
        print_evidence(&explanation, &models.abstention, out)?;
    }
    Ok(ask::exit(&explanation.answer))
}

#[derive(Debug, Serialize)]
struct ExplainedLine<'a> {
    #[serde(flatten)]
    answer: AnswerLine<'a>,
    explanation: ExplanationLine<'a>,
}

#[derive(Debug, Serialize)]
struct ExplanationLine<'a> {
    concepts: Vec<ConceptLine<'a>>,
    wanted: Option<&'static str>,
    asks_for_words: bool,
    speakers: Vec<&'a str>,
    evidence: Option<Measures>,
    candidates: Vec<CandidateLine<'a>>,
}

#[derive(Debug, Serialize)]
struct ConceptLine<'a> {
    label: &'a str,
    kind: &'static str,
    weight: f32,
    known: bool,
    common: bool,
}

#[derive(Debug, Serialize)]
struct CandidateLine<'a> {
    text: &'a str,
    document: &'a str,
    place: String,
    score: f32,
    features: Measures,
}

impl<'a> ExplanationLine<'a> {
    fn new(corpus: &'a Corpus, explanation: &'a Explanation) -> Self {
        let query = &explanation.query;
        let concepts = query.concepts.iter().map(|concept| ConceptLine {
            label: &concept.label,
            kind: kind_name(concept.kind),
            weight: concept.weight,
            known: concept.is_known(),
            common: concept.is_common,
        });
        let candidates = explanation.candidates.iter().filter_map(|candidate| {
            let sentence = corpus.sentence(candidate.sentence)?;
            Some(CandidateLine {
                text: sentence.text(),
                document: sentence.document.slug(),
                place: sentence.sentence.place.to_string(),
                score: candidate.score,
                features: Measures { names: Features::NAMES, values: candidate.features.values() },
            })
        });
        Self {
            concepts: concepts.collect(),
            wanted: query.kind.map(wanted_name),
            asks_for_words: query.asks_for_words,
            speakers: query.speakers.iter().filter_map(|key| name(corpus, *key)).collect(),
            evidence: explanation
                .evidence
                .map(|found| Measures { names: Evidence::NAMES, values: found.values() }),
            candidates: candidates.collect(),
        }
    }
}

fn print_query(corpus: &Corpus, query: &Query, out: &mut Printer) -> anyhow::Result<()> {
    out.text(STRONG, "What is asked for")?;
    out.line(&[piece(FAINT, format!("{:<NAME$}{:>NUMBER$}  is", "concept", "weight"))])?;
    for concept in &query.concepts {
        let known = if concept.is_known() { "" } else { ", not in the documents" };
        let common = if concept.is_common { ", common" } else { "" };
        let kind = kind_name(concept.kind);
        let label = &concept.label;
        let weight = concept.weight;
        out.line(&[piece(
            PLAIN,
            format!("{label:<NAME$}{weight:>NUMBER$.2}  {kind}{common}{known}"),
        )])?;
    }
    if let Some(kind) = query.kind {
        out.text(PLAIN, &format!("It asks for a {}.", wanted_name(kind)))?;
    }
    if query.asks_for_words {
        out.text(PLAIN, "It asks what was said, or who said it.")?;
    }
    let speakers: Vec<&str> = query.speakers.iter().filter_map(|key| name(corpus, *key)).collect();
    if !speakers.is_empty() {
        out.text(PLAIN, &format!("It names: {}.", speakers.join(", ")))?;
    }
    Ok(out.blank()?)
}

fn print_candidates(
    corpus: &Corpus,
    candidates: &[Candidate],
    out: &mut Printer,
) -> anyhow::Result<()> {
    let shown = candidates.len().min(SHOWN);
    let heading = format!("Candidates ({shown} of {})", candidates.len());
    out.text(STRONG, &heading)?;
    let has_several = corpus.documents().len() > 1;
    for (number, candidate) in (1..).zip(candidates.iter().take(SHOWN)) {
        let Some(sentence) = corpus.sentence(candidate.sentence) else {
            continue;
        };
        let (document, space) =
            if has_several { (sentence.document.slug(), " ") } else { ("", "") };
        let place = sentence.sentence.place;
        let head = format!("{number:>3}  {:>6.3}  {document}{space}{place}  ", candidate.score);
        let room = out.width().saturating_sub(head.chars().count());
        let lines = textwrap::wrap(sentence.text(), room.max(20));
        let beginning = lines.first().map(ToString::to_string).unwrap_or_default();
        out.line(&[piece(FAINT, head), piece(PLAIN, beginning)])?;
    }
    Ok(out.blank()?)
}

/// Features down, candidates across, as many side by side as there is room for.
fn print_features(
    candidates: &[Candidate],
    weights: &Features,
    out: &mut Printer,
) -> anyhow::Result<()> {
    let across = (out.width().saturating_sub(NAME + NUMBER) / NUMBER).max(1);
    let shown = candidates.get(..candidates.len().min(SHOWN)).unwrap_or_default();
    for (chunk, group) in shown.chunks(across).enumerate() {
        let head = format!("{:<NAME$}{:>NUMBER$}", "feature", "weight");
        let numbers = (chunk * across + 1..).take(group.len());
        let numbers: Vec<String> = numbers.map(|number| format!("{number:>NUMBER$}")).collect();
        out.line(&[piece(FAINT, head), piece(FAINT, numbers.concat())])?;
        let columns: Vec<Vec<f32>> = group.iter().map(|c| c.features.values()).collect();
        for (row, (name, weight)) in Features::NAMES.iter().zip(weights.values()).enumerate() {
            let values = columns.iter().filter_map(|column| column.get(row));
            let values: Vec<String> = values.map(|value| number(*value)).collect();
            let name = format!("{name:<NAME$}{}", number(weight));
            out.line(&[piece(PLAIN, name), piece(PLAIN, values.concat())])?;
        }
        out.blank()?;
    }
    Ok(())
}

fn print_evidence(
    explanation: &Explanation,
    weights: &Evidence,
    out: &mut Printer,
) -> anyhow::Result<()> {
    let Some(evidence) = explanation.evidence else {
        return Ok(());
    };
    out.text(STRONG, "Whether the first one answers")?;
    let head = format!("{:<NAME$}{:>NUMBER$}{:>NUMBER$}", "evidence", "weight", "value");
    out.line(&[piece(FAINT, head)])?;
    let rows = Evidence::NAMES.iter().zip(weights.values()).zip(evidence.values());
    for ((name, weight), value) in rows {
        let line = format!("{name:<NAME$}{}{}", number(weight), number(value));
        out.line(&[piece(PLAIN, line)])?;
    }
    out.blank()?;
    let outcome = if explanation.answer.is_abstention() { "abstains" } else { "answers" };
    let confidence = explanation.answer.confidence();
    out.text(PLAIN, &format!("Confidence {confidence:.3}: the bot {outcome}."))?;
    Ok(())
}

/// Returns a cell of a table. An empty sum is a negative zero, which would puzzle the reader.
fn number(value: f32) -> String {
    format!("{:>NUMBER$.2}", if value.abs() < 0.005 { 0.0 } else { value })
}

fn name(corpus: &Corpus, key: SpeakerKey) -> Option<&str> {
    let document = corpus.documents().get(key.document)?;
    document.speaker(key.speaker).map(|speaker| speaker.name.as_str())
}

fn kind_name(kind: ConceptKind) -> &'static str {
    match kind {
        ConceptKind::Word => "word",
        ConceptKind::Name => "name",
        ConceptKind::Number => "number",
        ConceptKind::Speaker => "speaker",
    }
}

fn wanted_name(kind: AnswerType) -> &'static str {
    match kind {
        AnswerType::Number => "number",
        AnswerType::Date => "date",
        AnswerType::Person => "person",
        AnswerType::Place => "place",
        AnswerType::Reason => "reason",
    }
}
