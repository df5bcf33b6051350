//! The two models as functions to be minimised, by L-BFGS.

use anyhow::{Context, Result};
use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use engine::answer::Evidence;
use engine::ranking::Features;

use super::sets::Observation;

/// Keeps weights small where the data say little (ridge regression, Hoerl and Kennard 1970).
const RIDGE: f64 = 1e-4;
/// How much worse an answer that is withheld counts than one that is wrong.
const WITHHELD_WEIGHT: f64 = 1.9;
/// How much a question counts whose answer is taken away, beside the same question with it.
const TAKEN_AWAY_WEIGHT: f64 = 0.03;
const ITERATIONS: u64 = 120;
const HISTORY: usize = 8;

/// Weights under which the candidates that answer get the most probability among all candidates
/// of their question (a listwise softmax, Cao et al. 2007).
///
/// Features named in `without` weigh nothing.
pub(crate) fn ranking(observations: &[Observation], without: &[&str]) -> Result<Features> {
    let is_used: Vec<f64> =
        Features::NAMES.iter().map(|name| f64::from(u8::from(!without.contains(name)))).collect();
    let used = |values: &[f32]| -> Vec<f64> {
        row(values).into_iter().zip(&is_used).map(|(value, used)| value * used).collect()
    };
    let lists = observations
        .iter()
        .filter(|seen| seen.candidates.iter().any(|(_, answers)| *answers))
        .map(|seen| List {
            rows: seen
                .candidates
                .iter()
                .map(|(f, answers)| (used(&f.values()), *answers))
                .collect(),
            weight: seen.ranking_weight,
        })
        .collect();
    let weights = minimise(Listwise { lists }, Features::NAMES.len())?;
    Ok(Features::parse(&toml(Features::NAMES, &weights))?)
}

/// Weights of the logistic regression of "the text answers" on the evidence.
pub(crate) fn abstention(observations: &[Observation]) -> Result<Evidence> {
    let given = observations.iter().filter_map(|seen| {
        let values = row(&seen.evidence?.values());
        let label = f64::from(u8::from(seen.is_answerable));
        let weight = if seen.is_answerable { WITHHELD_WEIGHT } else { 1.0 };
        Some(Row { values, label, weight: weight * seen.abstention_weight })
    });
    let taken_away = observations.iter().filter_map(|seen| {
        let values = row(&seen.without_answer?.values());
        Some(Row { values, label: 0.0, weight: TAKEN_AWAY_WEIGHT * seen.abstention_weight })
    });
    let rows = given.chain(taken_away).collect();
    let weights = minimise(Logistic { rows }, Evidence::NAMES.len())?;
    Ok(Evidence::parse(&toml(Evidence::NAMES, &weights))?)
}

fn row(values: &[f32]) -> Vec<f64> {
    values.iter().map(|value| f64::from(*value)).collect()
}

fn toml(names: &[&str], weights: &[f64]) -> String {
    let lines = names.iter().zip(weights).map(|(name, weight)| format!("{name} = {weight:.6}\n"));
    std::iter::once("[weights]\n".to_owned()).chain(lines).collect()
}

struct List {
    rows: Vec<(Vec<f64>, bool)>,
    weight: f64,
}

struct Listwise {
    lists: Vec<List>,
}

struct Row {
    values: Vec<f64>,
    label: f64,
    weight: f64,
}

struct Logistic {
    rows: Vec<Row>,
}

/// A function of the weights, with its gradient.
trait Objective {
    fn value_and_gradient(&self, weights: &[f64]) -> (f64, Vec<f64>);
}

impl Objective for Listwise {
    fn value_and_gradient(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let total: f64 = self.lists.iter().map(|list| list.weight).sum();
        let (mut value, mut gradient) = ridge(weights, 0);
        for list in &self.lists {
            let scores: Vec<f64> = list.rows.iter().map(|(row, _)| dot(row, weights)).collect();
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
            let all: f64 = shares.iter().sum();
            let with_labels = || shares.iter().zip(&list.rows);
            let right: f64 =
                with_labels().filter(|(_, (_, answers))| *answers).map(|(share, _)| share).sum();
            let weight = list.weight / total;
            value -= weight * (right / all).ln();
            for (share, (row, answers)) in with_labels() {
                let pull = if *answers { share / all - share / right } else { share / all };
                add(&mut gradient, row, weight * pull);
            }
        }
        (value, gradient)
    }
}

impl Objective for Logistic {
    fn value_and_gradient(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let total: f64 = self.rows.iter().map(|row| row.weight).sum();
        // The first piece of evidence is the bias, which may be as large as it needs to be.
        let (mut value, mut gradient) = ridge(weights, 1);
        for row in &self.rows {
            let score = dot(&row.values, weights);
            let probability = 1.0 / (1.0 + (-score).exp());
            let weight = row.weight / total;
            value += weight * (score.max(0.0) + (-score.abs()).exp().ln_1p() - row.label * score);
            add(&mut gradient, &row.values, weight * (probability - row.label));
        }
        (value, gradient)
    }
}

fn ridge(weights: &[f64], free: usize) -> (f64, Vec<f64>) {
    let bound = |index: usize| if index < free { 0.0 } else { RIDGE };
    let value = weights.iter().enumerate().map(|(index, w)| bound(index) * w * w).sum();
    (value, weights.iter().enumerate().map(|(index, w)| 2.0 * bound(index) * w).collect())
}

fn dot(row: &[f64], weights: &[f64]) -> f64 {
    row.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

fn add(gradient: &mut [f64], row: &[f64], scale: f64) {
    for (sum, value) in gradient.iter_mut().zip(row) {
        *sum += scale * value;
    }
}

/// Lets the solver see an objective.
struct Problem<O>(O);

impl<O: Objective> CostFunction for Problem<O> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.0.value_and_gradient(weights).0)
    }
}

impl<O: Objective> Gradient for Problem<O> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.0.value_and_gradient(weights).1)
    }
}

fn minimise(objective: impl Objective, count: usize) -> Result<Vec<f64>> {
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), HISTORY);
    let result = Executor::new(Problem(objective), solver)
        .configure(|state| state.param(vec![0.0; count]).max_iters(ITERATIONS))
        .run()?;
    result.state().get_best_param().cloned().context("the solver gave no weights")
}
