//! Fits the ranking and the abstention model, and writes them with the figures that they gave.
//!
//! It reads the development questions, the crowd sets, and the questions that the annotations
//! list. Nothing is learnt of single words or documents: only what each piece of evidence counts.

mod asks;
mod memo;
mod model;
mod sets;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use engine::answer::{Evidence, Models};
use engine::evaluation::Figures;
use engine::ranking::Features;

use crate::ablation;
use memo::Memo;
pub(crate) use model::ranking as fit_ranking;
pub(crate) use sets::{Observation, QuestionSet};

/// Parts into which articles, or the questions of one article, are dealt for cross-validation: as
/// many as leave two thirds to fit on. Chosen by hand.
const FOLDS: usize = 3;

/// Where the question sets are.
#[derive(Debug, clap::Args)]
pub(crate) struct Gold {
    /// Folder of the question sets.
    #[arg(long, value_name = "DIR", default_value = "tests/gold")]
    gold: PathBuf,
}

/// Fits the models and writes them into the engine's source.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    gold: Gold,
    /// Fit the models of engines without embeddings.
    #[arg(long)]
    lexical: bool,
    /// Keep the ranking as it is, and fit only the abstention model.
    #[arg(long)]
    keep_ranking: bool,
}

/// Runs `xtask fit`.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let encoder = if arguments.lexical { None } else { Some(Arc::new(Memo::open()?)) };
    let mut sets = sets::read(&arguments.gold.gold, encoder.as_ref())?;
    let present = if arguments.lexical { Models::fitted_lexical()? } else { Models::fitted()? };
    let ranking = arguments.keep_ranking.then_some(present.ranking);
    let whole = fit(&mut sets, None, ranking)?;
    let in_sample = figures(&mut sets, whole, None)?;
    let mut held_out: Vec<Vec<_>> = vec![Vec::new(); sets.len()];
    for fold in 0..FOLDS {
        let models = fit(&mut sets, Some(fold), ranking)?;
        for (outcomes, set) in held_out.iter_mut().zip(&mut sets) {
            outcomes.extend(set.outcomes(models, Some(fold))?);
        }
    }
    let held_out: Vec<Figures> = held_out.iter().map(|outcomes| Figures::of(outcomes)).collect();
    let table = table(&sets, &in_sample, &held_out)?;
    std::io::Write::write_all(&mut std::io::stdout(), table.as_bytes())?;
    let kind = if arguments.lexical { "-lexical" } else { "" };
    let (ranking, abstention) = ("src/engine/ranking/ranking", "src/engine/answer/abstention");
    write(&format!("{ranking}{kind}.toml"), &table, Features::NAMES, &whole.ranking.values())?;
    write(&format!("{abstention}{kind}.toml"), &table, Evidence::NAMES, &whole.abstention.values())
}

/// Runs `xtask ablation`: writes the table of what each part of the ranking is worth.
pub(crate) fn run_ablation(arguments: &Gold) -> Result<()> {
    let encoder = Arc::new(Memo::open()?);
    let mut sets = sets::read(&arguments.gold, Some(&encoder))?;
    let table = ablation::table(&mut sets, Models::fitted()?)?;
    std::fs::write("src/engine/ranking/ABLATION.md", table).context("writing the table")
}

/// Fits both models on all that is not in `left_out`, from a plain start: the ranking twice,
/// since feedback depends on it, then the abstention model on what the ranking finds.
///
/// Where a `ranking` is given it is kept.
fn fit(
    sets: &mut [QuestionSet],
    left_out: Option<usize>,
    ranking: Option<Features>,
) -> Result<Models> {
    if let Some(ranking) = ranking {
        let models = Models { ranking, abstention: Evidence::default() };
        let abstention = model::abstention(&observe(sets, models, left_out)?)?;
        return Ok(Models { ranking, abstention });
    }
    let plain = Features { bm25: 1.0, near_cover: 3.0, feedback: 0.5, ..Features::default() };
    let ranking = Features { meaning_spoken: 10.0, ..plain };
    let mut models = Models { ranking, abstention: Evidence::default() };
    for _ in 0..2 {
        let observed = observe(sets, models, left_out)?;
        models.ranking = model::ranking(&observed, &[])?;
    }
    models.abstention = model::abstention(&observe(sets, models, left_out)?)?;
    Ok(models)
}

pub(crate) fn observe(
    sets: &mut [QuestionSet],
    models: Models,
    left_out: Option<usize>,
) -> Result<Vec<Observation>> {
    let mut observed = Vec::new();
    for set in sets {
        observed.extend(set.observations(models, left_out)?);
    }
    Ok(observed)
}

fn figures(sets: &mut [QuestionSet], models: Models, fold: Option<usize>) -> Result<Vec<Figures>> {
    sets.iter_mut().map(|set| Ok(Figures::of(&set.outcomes(models, fold)?))).collect()
}

fn table(sets: &[QuestionSet], in_sample: &[Figures], held_out: &[Figures]) -> Result<String> {
    let mut table = String::from(
        "# Figures: fitted on all (of models fitted on the other two thirds). hit@1 and hit@3 of the\n\
         # answerable; words of the first excerpt; at the default threshold: answerable that are\n\
         # answered, unanswerable that are answered wrongly; questions about something else:\n\
         # AUROC, and answered wrongly where 96 % of the answerable are answered.\n#\n\
         # set              questions  hit@1        hit@3        words  answered     wrongly      \
         AUROC        at 96 %\n",
    );
    for ((set, all), held) in sets.iter().zip(in_sample).zip(held_out) {
        let pair = |value: fn(&Figures) -> f64| format!("{:.3} ({:.3})", value(all), value(held));
        writeln!(
            table,
            "# {:<16} {:>9}  {}  {}  {:>5.1}  {}  {}  {}  {}",
            set.name,
            all.questions,
            pair(|f| f.hit_at_1),
            pair(|f| f.hit_at_3),
            all.mean_words,
            pair(|f| f.answered),
            pair(|f| f.answered_wrongly),
            pair(|f| f.off_topic_separation),
            pair(|f| f.off_topic_at_96),
        )?;
    }
    Ok(table)
}

fn write(path: &str, table: &str, names: &[&str], weights: &[f32]) -> Result<()> {
    let mut text = format!(
        "# Written by `cargo xtask fit`; do not edit.\n#\n\
         {table}\n[weights]\n"
    );
    for (name, weight) in names.iter().zip(weights) {
        writeln!(text, "{name} = {weight:.4}")?;
    }
    std::fs::write(path, text).with_context(|| format!("writing {path}"))
}
