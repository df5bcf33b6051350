//! The questions that annotations list, as questions of people: what a sentence is asked about in
//! words that are not its own. Each part of them is asked where the others alone are known.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use engine::answer::{Engine, Models};
use engine::evaluation::{GoldQuestion, Target};
use engine::knowledge::{Corpus, SourceFile};
use toml::{Table, Value};

/// Parts that the questions of each place are dealt into.
const PARTS: usize = 4;

/// Engines over the knowledge folder, by the part that each does not know; and its questions.
pub(crate) type Parts = (BTreeMap<String, Engine>, BTreeMap<String, Vec<GoldQuestion>>);

/// Returns the parts of the `files` of a knowledge folder.
pub(crate) fn parts(files: &[SourceFile]) -> Result<Parts> {
    let (mut engines, mut questions) = (BTreeMap::new(), BTreeMap::new());
    for part in 0..PARTS {
        let asked = questions_of(&corpus(files, |number| number % PARTS == part)?, part);
        let known = corpus(files, |number| number % PARTS != part)?;
        engines.insert(part.to_string(), Engine::build(known, Models::DEFAULT_THRESHOLD)?);
        questions.insert(part.to_string(), asked);
    }
    Ok((engines, questions))
}

/// Returns the corpus with those questions of each place of which the number is kept.
fn corpus(files: &[SourceFile], is_kept: impl Fn(usize) -> bool) -> Result<Corpus> {
    let files = files.iter().map(|file| {
        let is_annotation =
            Path::new(&file.name).extension().is_some_and(|ending| ending == "toml");
        let bytes = if is_annotation { kept(&file.bytes, &is_kept)? } else { file.bytes.clone() };
        Ok(SourceFile { name: file.name.clone(), bytes })
    });
    Ok(Corpus::load(&files.collect::<Result<Vec<_>>>()?)?)
}

fn kept(annotation: &[u8], is_kept: impl Fn(usize) -> bool) -> Result<Vec<u8>> {
    let mut table: Table = std::str::from_utf8(annotation)?.parse()?;
    if let Some(places) = table.get_mut("ask").and_then(Value::as_array_mut) {
        for place in places.iter_mut() {
            let questions = place.get_mut("questions").and_then(Value::as_array_mut);
            let questions = questions.ok_or_else(|| anyhow!("a place without questions"))?;
            let mut numbers = 0..;
            questions.retain(|_| numbers.next().is_some_and(&is_kept));
        }
        let has_any = |place: &Value| {
            place.get("questions").and_then(Value::as_array).is_some_and(|q| !q.is_empty())
        };
        places.retain(has_any);
    }
    Ok(toml::to_string(&table).context("writing an annotation")?.into_bytes())
}

fn questions_of(corpus: &Corpus, part: usize) -> Vec<GoldQuestion> {
    let mut places: BTreeMap<&str, Vec<Target>> = BTreeMap::new();
    for (_, sentence) in corpus.sentences() {
        for ask in sentence.asks() {
            let span = sentence.sentence.span;
            let target = Target { bytes: span.start()..span.end(), attribution: None };
            places.entry(ask).or_default().push(target);
        }
    }
    let question = |(number, (text, targets)): (usize, (&str, Vec<Target>))| GoldQuestion {
        id: format!("{part}-{number}"),
        text: text.to_owned(),
        kind: "ask".to_owned(),
        is_answerable: true,
        article: None,
        targets,
        answers: Vec::new(),
        fair: Vec::new(),
        has_regions: false,
        language: None,
    };
    places.into_iter().enumerate().map(question).collect()
}
