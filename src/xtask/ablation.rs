//! What each part of the ranking is worth: it is fitted again without the part, and asked again.

use std::fmt::Write as _;

use anyhow::Result;
use engine::answer::Models;
use engine::evaluation::Figures;
use engine::ranking::Features;

use crate::fit::{Observation, QuestionSet, fit_ranking, observe};

const MEANING: &[&str] =
    &["meaning", "meaning_spoken", "meaning_near", "meaning_asks", "same_question"];

/// Parts by what their features are called.
fn parts() -> Vec<(&'static str, Vec<&'static str>)> {
    let of_words = Features::NAMES.iter().copied().filter(|name| !MEANING.contains(name));
    vec![
        ("everything", Vec::new()),
        ("without the encoder", MEANING.to_vec()),
        (
            "without neighbours",
            vec!["near_cover", "specific_cover", "paragraph_cover", "meaning_near"],
        ),
        ("… of the encoder only", vec!["meaning_near"]),
        (
            "without speakers",
            vec![
                "meaning_spoken",
                "first_speaker",
                "any_speaker",
                "other_speaker",
                "author_comment",
            ],
        ),
        ("… of the encoder only", vec!["meaning_spoken"]),
        ("without asks", vec!["meaning_asks", "same_question"]),
        ("without lexical features", of_words.collect()),
    ]
}

/// Returns a table in Markdown of hit@1 / hit@3 of each set, with `models` and without each part of
/// them.
pub(crate) fn table(sets: &mut [QuestionSet], models: Models) -> Result<String> {
    let mut table = String::from(
        "# What each part of the ranking is worth\n\n\
         Written by `cargo xtask ablation`; do not edit.\n\n\
         hit@1 / hit@3 on the answerable questions. Each row is fitted anew on all sets without the\n\
         features of the part; candidates are the same in all rows. Of large sets a sample is asked.\n\n| ranking |",
    );
    sets.iter().try_for_each(|set| write!(table, " {} |", set.name))?;
    write!(table, "\n| --- |{}\n", " --- |".repeat(sets.len()))?;
    let observed: Vec<Observation> = observe(sets, models, None)?;
    for (part, without) in parts() {
        let ranking = fit_ranking(&observed, &without)?;
        write!(table, "| {part} |")?;
        for set in sets.iter_mut() {
            let figures = Figures::of(&set.outcomes_of_observed(Models { ranking, ..models })?);
            write!(table, " {:.3} / {:.3} |", figures.hit_at_1, figures.hit_at_3)?;
        }
        table.push('\n');
    }
    Ok(table)
}
