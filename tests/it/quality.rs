//! The figures on the development questions do not fall below those recorded, and `eval` says so
//! when they do.

use std::path::Path;

use assert_cmd::Command;
use summit_bot::answer::Engine;
use summit_bot::evaluation::{Figures, Floor, GoldQuestion, Outcome, judge, read, separation};

use super::support::{article, article_by_meaning};

fn questions() -> Vec<GoldQuestion> {
    read(include_str!("../gold/dev.jsonl"), |_| None).unwrap()
}

fn outcomes(engine: &Engine) -> Vec<Outcome> {
    questions().iter().map(|question| judge(engine, question).unwrap()).collect()
}

fn assert_not_below(floor: &str, engine: &Engine) {
    let broken = Floor::parse(floor).unwrap().broken_by(&Figures::of(&outcomes(engine))).unwrap();
    assert!(broken.is_empty(), "worse than recorded in tests/gold: {broken:#?}");
}

#[test]
fn figures_by_words_do_not_fall_below_the_recorded_ones() {
    assert_not_below(include_str!("../gold/floor-by-words.toml"), article());
}

#[test]
fn figures_by_meaning_do_not_fall_below_the_recorded_ones() {
    assert_not_below(include_str!("../gold/floor.toml"), article_by_meaning());
}

#[test]
fn every_attack_is_abstained_from() {
    let outcomes = [article(), article_by_meaning()].map(outcomes).into_iter().flatten();
    let answered: Vec<String> = outcomes
        .filter(|outcome| outcome.kind == "adversarial" && !outcome.abstained)
        .map(|outcome| outcome.id)
        .collect();
    assert!(answered.is_empty(), "answered: {answered:?}");
}

#[test]
fn a_floor_that_is_not_reached_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let floor = folder.path().join("floor.toml");
    std::fs::write(&floor, "[floor]\nhit_at_1 = 0.999\nanswered_wrongly = 1.0\n").unwrap();
    let run = eval(&["--floor", floor.to_str().unwrap()]);
    let errors = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{errors}");
    assert!(errors.contains("worse: hit_at_1 is 0."), "{errors}");
    assert!(!errors.contains("answered_wrongly"), "{errors}");
}

#[test]
fn a_figure_that_does_not_exist_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let floor = folder.path().join("floor.toml");
    std::fs::write(&floor, "[floor]\nbeauty = 1.0\n").unwrap();
    let run = eval(&["--floor", floor.to_str().unwrap()]);
    let errors = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{errors}");
    assert!(errors.contains("there is no figure `beauty`"), "{errors}");
}

#[test]
fn figures_for_programs_are_the_figures_for_people() {
    let run = eval(&["--json"]);
    assert_eq!(run.status.code(), Some(0));
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let figures = Figures::of(&outcomes(article_by_meaning()));
    assert_eq!(report["questions"], 120);
    for figure in figures.quality() {
        let told = report[figure.name].as_f64().unwrap();
        assert!((told - figure.value).abs() < 1e-9, "{}: {told}", figure.name);
    }
}

#[test]
fn questions_that_cannot_be_read_name_their_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("questions.jsonl");
    let line = r#"{"id": "a", "question": "b?", "answerable": false}"#;
    std::fs::write(&file, format!("{line}\n\n{{\"id\": 3}}\n")).unwrap();
    let run = Command::cargo_bin("summit-bot")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["eval", file.to_str().unwrap()])
        .output()
        .unwrap();
    let errors = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{errors}");
    assert!(errors.contains("line 3"), "{errors}");
}

#[test]
fn separation_counts_pairs() {
    let check = |high: &[f32], low: &[f32], expected: f64| {
        assert!((separation(high, low) - expected).abs() < 1e-9, "{high:?} {low:?}");
    };
    check(&[0.9, 0.8], &[0.1, 0.2], 1.0);
    check(&[0.1, 0.2], &[0.9, 0.8], 0.0);
    check(&[0.5], &[0.5], 0.5);
    check(&[0.9, 0.1], &[0.5], 0.5);
    check(&[], &[0.5], 0.0);
}

fn eval(arguments: &[&str]) -> std::process::Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::cargo_bin("summit-bot")
        .unwrap()
        .current_dir(root)
        .args(["eval", "tests/gold/dev.jsonl"])
        .args(arguments)
        .output()
        .unwrap()
}
