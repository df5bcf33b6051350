//! The quotation check over `tests/gold/claims`: figures that must hold, and what must never be.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use engine::answer::Engine;
use engine::knowledge::Span;
use engine::quotation::message::quotations;
use engine::quotation::{Claim, Cut, Verdict, Verification, Whose};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support;

const FOLDER: &str = "tests/gold/claims";

/// A claim with what an honest fact-checker says of it; the fields are explained beside the file.
#[derive(Deserialize)]
struct Case {
    id: String,
    document: String,
    claim: String,
    verdict: String,
    #[serde(default)]
    sentence: Vec<String>,
    dropped_at: Option<String>,
    reverses: Option<bool>,
    alleged: Option<String>,
    attribution: Option<String>,
    voice: Option<String>,
    message: Option<String>,
    misleading: bool,
}

/// How many of how many cases are right, and which are not.
#[derive(Default)]
struct Figure {
    right: u32,
    all: u32,
    wrong: Vec<String>,
}

#[derive(Default)]
struct Figures(BTreeMap<&'static str, Figure>);

impl Figures {
    fn count(&mut self, name: &'static str, is_right: bool, case: &Case) {
        let figure = self.0.entry(name).or_default();
        figure.all += 1;
        if is_right {
            figure.right += 1;
        } else {
            figure.wrong.push(case.id.clone());
        }
    }

    #[track_caller]
    fn hold(&self, name: &str, least: f64) {
        let figure = &self.0[name];
        let share = f64::from(figure.right) / f64::from(figure.all);
        assert!(share >= least, "{name}: {share:.3}, asked {least}: {:?}", figure.wrong);
    }
}

fn cases() -> Vec<Case> {
    let path = format!("{}/{FOLDER}/claims.jsonl", support::ROOT);
    let lines = std::fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The engine over each document that has cases, by the name of the document.
fn engines() -> &'static BTreeMap<&'static str, Engine> {
    static ENGINES: OnceLock<BTreeMap<&str, Engine>> = OnceLock::new();
    ENGINES.get_or_init(|| {
        let folder = |name: &str| match name {
            support::ARTICLE => "knowledge".to_owned(),
            name => format!("{FOLDER}/docs/{name}"),
        };
        let names = [
            support::ARTICLE,
            "town-meeting",
            "lantern-rules",
            "film-society",
            "garden-charter",
            "harbour-museum",
            "server-handbook",
            "railway-debate",
            "library-rules",
            "orchard-meeting",
            "forum-rules",
            "school-board",
            "sailing-club",
        ];
        names.map(|name| (name, support::engine(&support::files(&folder(name))))).into()
    })
}

fn warns(verification: &Verification) -> bool {
    let turns = matches!(verification.verdict(), Verdict::Turned | Verdict::Stitched);
    turns || verification.reverses()
}

fn verdict(engine: &Engine, quote: &str, speaker: Option<&str>) -> Verification {
    engine.verify(&Claim { quote, speaker }).unwrap()
}

#[test]
fn claims_are_judged_as_a_fact_checker_would() {
    let engines = engines();
    let mut figures = Figures::default();
    for case in cases() {
        let engine = &engines[&*case.document];
        if let Some(message) = &case.message {
            in_a_message(engine, &case, message, &mut figures);
        }
        if case.verdict != "no-quotation" {
            alone(engine, &case, &mut figures);
        }
    }
    figures.hold("a misleading claim is not confirmed", 1.0);
    figures.hold("an honest claim is confirmed", 0.98);
    figures.hold("an honest claim is not warned of", 0.94);
    figures.hold("a turned claim is warned of", 0.88);
    figures.hold("where words are dropped", 0.9);
    figures.hold("whether a change reverses", 0.88);
    figures.hold("the verdict", 0.9);
    figures.hold("the attribution", 0.97);
    figures.hold("the voice", 0.97);
    figures.hold("the whole sentence is shown", 0.99);
    figures.hold("nobody is accused who quotes nothing", 1.0);
    figures.hold("a claim in a message is judged as alone", 0.97);
}

fn alone(engine: &Engine, case: &Case, figures: &mut Figures) {
    let found = verdict(engine, &case.claim, case.alleged.as_deref());
    let confirms = found.verdict().confirms();
    figures.count("the verdict", found.verdict().name() == case.verdict, case);
    if case.misleading {
        figures.count("a misleading claim is not confirmed", !confirms, case);
    }
    if matches!(&*case.verdict, "exact" | "part" | "shortened") {
        figures.count("an honest claim is confirmed", confirms, case);
        figures.count("an honest claim is not warned of", !warns(&found), case);
    }
    if case.verdict == "turned" {
        figures.count("a turned claim is warned of", warns(&found), case);
        let place = found.dropped().map(|dropped| match dropped.cut {
            Cut::Ellipsis => "ellipsis",
            Cut::Before => "before",
            Cut::Behind => "behind",
        });
        figures.count("where words are dropped", place == case.dropped_at.as_deref(), case);
    }
    if case.verdict == "near" {
        figures.count("whether a change reverses", Some(warns(&found)) == case.reverses, case);
    }
    let text = engine.corpus().documents()[0].text();
    let spans = || found.passages().iter().map(|passage| passage.sentences().span);
    let first = spans().map(Span::start).min();
    let last = spans().map(Span::end).max();
    let is_shown = |sentence: &String| {
        let mut places = text.match_indices(sentence.as_str());
        places.any(|(start, sentence)| {
            first.is_some_and(|first| first <= start)
                && last.is_some_and(|last| start + sentence.len() <= last)
        })
    };
    if !case.sentence.is_empty() {
        let is_shown = case.sentence.iter().all(is_shown);
        figures.count("the whole sentence is shown", is_shown, case);
    }
    if let Some(attribution) = &case.attribution {
        let whose = found.alleged().map(|alleged| match alleged.whose() {
            Whose::Own => "right",
            Whose::Reported | Whose::Author => "author",
            Whose::Cited => "cited",
            Whose::Others => "wrong",
        });
        figures.count("the attribution", whose == Some(attribution), case);
        let voice = found.passages().first().map(|passage| match passage.via() {
            Some(_) => "nested",
            None => passage.voice().name(),
        });
        figures.count("the voice", voice == case.voice.as_deref(), case);
    }
}

fn in_a_message(engine: &Engine, case: &Case, message: &str, figures: &mut Figures) {
    let marked = quotations(message);
    let unmarked = || engine.unmarked_quotation(message).into_iter().collect();
    let found: Vec<String> = if marked.is_empty() { unmarked() } else { marked };
    if case.verdict == "no-quotation" {
        figures.count("nobody is accused who quotes nothing", found.is_empty(), case);
        return;
    }
    let verdicts: Vec<Verdict> =
        found.iter().map(|quote| verdict(engine, quote, None).verdict()).collect();
    let alone = verdict(engine, &case.claim, None).verdict();
    figures.count("a claim in a message is judged as alone", verdicts == [alone], case);
}

/// Sentences that deny something, each as the words before, of and behind what denies.
fn denials() -> &'static [(String, String, String)] {
    static DENIALS: OnceLock<Vec<(String, String, String)>> = OnceLock::new();
    DENIALS.get_or_init(|| {
        let corpora = engines().values().map(Engine::corpus);
        let sentences = corpora.flat_map(|corpus| {
            corpus.sentences().map(|(_, sentence)| sentence.text().to_owned()).collect::<Vec<_>>()
        });
        let negators = ["not", "never", "no", "nobody", "none", "nothing", "cannot", "nor"];
        let split = |sentence: String| {
            let words: Vec<&str> = sentence.split_whitespace().collect();
            let at = words.iter().position(|word| negators.contains(&&*word.to_lowercase()))?;
            let join = |words: &[&str]| words.join(" ");
            Some((join(&words[..at]), words[at].to_owned(), join(&words[at + 1..])))
        };
        sentences.filter_map(split).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    /// With an ellipsis for it, without any mark, or with a claim that begins right behind it.
    #[test]
    fn a_deleted_negator_is_never_confirmed(
        at in any::<prop::sample::Index>(),
        mark in prop::sample::select(vec!["…", "...", "[…]", ""]),
        cuts_before in any::<bool>(),
        kept in 0_usize..40,
    ) {
        let (before, negator, behind) = at.get(denials());
        prop_assume!(!behind.is_empty());
        let behind: Vec<&str> = behind.split_whitespace().collect();
        let behind = behind[..behind.len().min(kept + 3)].join(" ");
        let before = if cuts_before { "" } else { before };
        let quote = format!("{before} {mark} {behind}");
        for engine in engines().values() {
            let Ok(found) = engine.verify(&Claim { quote: &quote, speaker: None }) else { continue };
            prop_assert!(
                !found.verdict().confirms(),
                "without “{negator}”: {quote}: {}", found.verdict().name()
            );
        }
    }
}
