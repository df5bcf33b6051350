//! Every sentence of the article is attributed as careful readers attributed it by hand
//! (`tests/gold/attribution.jsonl`): the same cuts, the same paragraph, the same voice.

use std::fmt::Write as _;

use engine::knowledge::{Attribution, Document, Part, Region, Sentence, Span};
use serde::Deserialize;

use crate::support;

const GOLD: &str = include_str!("../gold/attribution.jsonl");

/// Disagreements that are accepted, by the number of the sentence: places where careful readers
/// differ, and the annotation settled on the other reading. There are none.
const ACCEPTED: &[usize] = &[];

#[derive(Deserialize)]
struct Row {
    n: usize,
    paragraph: usize,
    text: String,
    start: usize,
    end: usize,
    speaker: Option<String>,
    role: Option<String>,
    voice: String,
    unit: String,
    via: Option<String>,
    #[serde(default)]
    parts: Vec<PartRow>,
}

#[derive(Deserialize)]
struct PartRow {
    text: String,
    voice: String,
    speaker: Option<String>,
    via: Option<String>,
}

fn rows() -> Vec<Row> {
    GOLD.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn article() -> &'static Document {
    support::article().corpus().documents().iter().find(|d| d.slug() == support::ARTICLE).unwrap()
}

/// What is compared of an attribution: voice, speaker, who cites the speaker.
type Said<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

fn said(document: &Document, attribution: Attribution) -> Said<'_> {
    let name = |id| document.speaker(id).map(|speaker| speaker.name.as_str());
    (attribution.voice.name(), attribution.speaker.and_then(name), attribution.via.and_then(name))
}

/// What is compared of a sentence, each with its name.
fn disagreements(document: &Document, row: &Row, sentence: &Sentence) -> Vec<String> {
    let mut found = Vec::new();
    let mut differ = |what: &str, ours: &dyn std::fmt::Debug, gold: &dyn std::fmt::Debug| {
        let (ours, gold) = (format!("{ours:?}"), format!("{gold:?}"));
        if ours != gold {
            found.push(format!("{what}: ours {ours}, by hand {gold}"));
        }
    };
    let span = sentence.span;
    differ("span", &(span.start(), span.end()), &(row.start, row.end));
    differ("text", &span.slice(document.text()), &row.text);
    differ("paragraph", &sentence.place.paragraph, &row.paragraph);
    differ("region", &sentence.region, &region(row));
    if row.voice == "chrome" {
        return found;
    }
    let speaker = sentence.attribution.speaker.and_then(|id| document.speaker(id));
    differ("role", &speaker.and_then(|s| s.role.as_deref()), &row.role.as_deref());
    let by_hand: Said = (&row.voice, row.speaker.as_deref(), row.via.as_deref());
    differ("attribution", &said(document, sentence.attribution), &by_hand);
    for part in &row.parts {
        let (start, _) = row.text.match_indices(&part.text).next().unwrap();
        let start = row.start + start;
        let span = Span::new(document.text(), start, start + part.text.len()).unwrap();
        let ours: Vec<Part> = document.parts_within(span).collect();
        let bytes: usize = ours.iter().map(|part| part.span.len()).sum();
        differ("attributed bytes of a part", &bytes, &span.len());
        let by_hand: Said = (&part.voice, part.speaker.as_deref(), part.via.as_deref());
        for own in ours {
            let words = own.span.slice(document.text());
            differ(&format!("part “{words}”"), &said(document, own.attribution), &by_hand);
        }
    }
    found
}

/// What may be done with the sentence: headings, credits and repetitions are never quoted.
fn region(row: &Row) -> Region {
    let is_second_headline = row.unit == "title" && row.n > 1;
    match row.unit.as_str() {
        "chrome" => Region::Furniture,
        "pull_quote" | "heading" | "credit" => Region::Skipped,
        _ if is_second_headline => Region::Skipped,
        _ => Region::Body,
    }
}

#[test]
fn every_sentence_is_attributed_as_by_hand() {
    let document = article();
    let rows = rows();
    let mut report = String::new();
    for (row, sentence) in rows.iter().zip(document.sentences()) {
        let found = disagreements(document, row, sentence);
        if found.is_empty() == ACCEPTED.contains(&row.n) {
            let found = if found.is_empty() { vec!["agrees: strike it".into()] } else { found };
            writeln!(report, "sentence {}: {}", row.n, found.join("; ")).unwrap();
        }
    }
    assert!(report.is_empty(), "attributed otherwise than by hand:\n{report}");
    assert_eq!(document.sentences().len(), rows.len(), "number of sentences");
}

#[test]
fn the_parts_are_the_whole_body() {
    let document = article();
    let last = document.sentences().iter().rfind(|s| s.region != Region::Furniture).unwrap();
    let mut position = 0;
    for part in document.parts() {
        assert_eq!(part.span.start(), position, "parts touch one another");
        position = part.span.end();
    }
    assert_eq!(position, last.span.end());
}

#[test]
fn every_listed_speaker_is_silent_or_has_a_role() {
    let document = article();
    let silent: Vec<&str> = document
        .speaker_ids()
        .filter(|(id, _)| !document.has_words_of(*id))
        .map(|(_, speaker)| speaker.name.as_str())
        .collect();
    let by_hand: Vec<String> = rows().into_iter().filter_map(|row| row.speaker).collect();
    for (id, speaker) in document.speaker_ids() {
        assert!(speaker.role.is_some(), "{} has no role", speaker.name);
        let speaks = by_hand.contains(&speaker.name);
        assert_eq!(document.has_words_of(id), speaks, "{} speaks", speaker.name);
    }
    insta::assert_snapshot!(silent.join(", "), @"Rodrigo Duterte, Mohammed Abbas, Aleksandar Vučić, Filipe Jacinto Nyusi, Hage Geingob, George Papandreou, José Luis Centella, Evo Morales Ayma");
}

#[test]
fn sections_do_not_make_speakers() {
    let document = article();
    let comment = document
        .sentences()
        .iter()
        .find(|s| s.span.slice(document.text()).starts_with("It is worth emphasizing"))
        .unwrap();
    let section = document.section_of(comment).unwrap();
    assert_eq!(section.title, "Keynote speech");
    assert_eq!(document.speaker(section.speaker.unwrap()).unwrap().name, "Xi Jinping");
    assert_eq!(comment.attribution, Attribution::AUTHOR);
}
