//! Outcomes become figures.

use std::collections::BTreeMap;
use std::time::Duration;

use super::run::Outcome;

/// How an engine did on a file of questions. Shares are from 0 to 1; those of nothing are 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Questions put.
    pub questions: usize,
    /// Of them, those that the text answers.
    pub answerable: usize,
    /// Share of the answerable whose first passage answers.
    pub hit_at_1: f64,
    /// Share of the answerable of whose first three passages one answers.
    pub hit_at_3: f64,
    /// Mean of one by the position of the first passage that answers (mean reciprocal rank).
    pub mean_reciprocal_rank: f64,
    /// Share of the answerable that were answered, rightly or wrongly.
    pub answered: f64,
    /// Share of the answerable that were answered with a first passage that answers.
    pub answered_rightly: f64,
    /// Share of the unanswerable that were answered with a passage that should not be shown.
    pub answered_wrongly: f64,
    /// Probability that an answerable question gets more confidence than one about something
    /// else (area under the ROC curve).
    pub off_topic_separation: f64,
    /// Share of questions about something else that would be answered at the threshold that
    /// answers 90 % of the answerable.
    pub off_topic_at_90: f64,
    /// The same where 96 % of the answerable are answered.
    pub off_topic_at_96: f64,
    /// Share of the passages that answer that are rightly attributed.
    pub rightly_attributed: f64,
    /// Words of the first passage, on average.
    pub mean_words: f64,
    /// Time of an answer: the middle one.
    pub median_latency: Duration,
    /// Time of an answer: exceeded by one in a hundred.
    pub latency_99: Duration,
    /// The same by kind of question, as the file names the kinds.
    pub kinds: BTreeMap<String, KindFigures>,
}

/// How an engine did on the questions of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KindFigures {
    /// Questions put.
    pub questions: usize,
    /// Those whose first passage answers.
    pub hits_at_1: usize,
    /// Those of whose first three passages one answers.
    pub hits_at_3: usize,
    /// Those that were not answered.
    pub abstained: usize,
    /// Unanswerable ones that were treated as they should be.
    pub fair: usize,
}

/// Kinds of questions about something else than the text.
const OFF_TOPIC: [&str; 2] = ["offtopic", "off_topic"];

impl Figures {
    /// The figures of these outcomes.
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let answerable: Vec<&Outcome> = outcomes.iter().filter(|o| o.is_answerable).collect();
        let unanswerable: Vec<&Outcome> = outcomes.iter().filter(|o| !o.is_answerable).collect();
        let off_topic: Vec<f32> = unanswerable
            .iter()
            .filter(|outcome| OFF_TOPIC.contains(&outcome.kind.as_str()))
            .map(|outcome| outcome.confidence)
            .collect();
        let confidences: Vec<f32> = answerable.iter().map(|outcome| outcome.confidence).collect();
        let attributed: Vec<bool> =
            answerable.iter().filter_map(|outcome| outcome.is_rightly_attributed).collect();
        let reciprocal = |o: &&Outcome| o.rank.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0));
        let mut latencies: Vec<Duration> = outcomes.iter().map(|o| o.latency).collect();
        latencies.sort_unstable();
        let words: usize = answerable.iter().map(|outcome| outcome.words).sum();
        Self {
            questions: outcomes.len(),
            answerable: answerable.len(),
            hit_at_1: share(&answerable, |o| o.rank == Some(0)),
            hit_at_3: share(&answerable, |o| o.rank.is_some_and(|rank| rank < 3)),
            mean_reciprocal_rank: mean(answerable.iter().map(reciprocal)),
            answered: share(&answerable, |o| !o.abstained),
            answered_rightly: share(&answerable, |o| !o.abstained && o.rank == Some(0)),
            answered_wrongly: share(&unanswerable, |o| !o.is_fair),
            off_topic_separation: separation(&confidences, &off_topic),
            off_topic_at_90: share_above(&off_topic, quantile(&confidences, 0.1)),
            off_topic_at_96: share_above(&off_topic, quantile(&confidences, 0.04)),
            rightly_attributed: mean(attributed.iter().map(|right| f64::from(u8::from(*right)))),
            mean_words: if answerable.is_empty() {
                0.0
            } else {
                words as f64 / answerable.len() as f64
            },
            median_latency: percentile(&latencies, 50),
            latency_99: percentile(&latencies, 99),
            kinds: kinds(outcomes),
        }
    }
}

/// A figure by its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Name for machines, as in files of floors.
    pub name: &'static str,
    /// What it is, for people.
    pub meaning: &'static str,
    /// A share from 0 to 1.
    pub value: f64,
    /// Whether more is better.
    pub more_is_better: bool,
}

impl Figures {
    /// Returns the figures of quality, in a fixed order. Those that depend on the machine are left
    /// out.
    #[must_use]
    pub fn quality(&self) -> [Figure; 10] {
        let up = |name, meaning, value| Figure { name, meaning, value, more_is_better: true };
        let down = |name, meaning, value| Figure { name, meaning, value, more_is_better: false };
        [
            up("hit_at_1", "the first passage answers", self.hit_at_1),
            up("hit_at_3", "one of the first three answers", self.hit_at_3),
            up("mean_reciprocal_rank", "mean reciprocal rank", self.mean_reciprocal_rank),
            up("answered", "answerable ones answered", self.answered),
            up("answered_rightly", "answerable ones answered rightly", self.answered_rightly),
            down("answered_wrongly", "unanswerable ones answered", self.answered_wrongly),
            up("off_topic_separation", "off-topic AUROC", self.off_topic_separation),
            down("off_topic_at_90", "off-topic answered at 90 %", self.off_topic_at_90),
            down("off_topic_at_96", "off-topic answered at 96 %", self.off_topic_at_96),
            up("rightly_attributed", "rightly attributed", self.rightly_attributed),
        ]
    }
}

fn kinds(outcomes: &[Outcome]) -> BTreeMap<String, KindFigures> {
    let mut kinds: BTreeMap<String, KindFigures> = BTreeMap::new();
    for outcome in outcomes {
        let kind = kinds.entry(outcome.kind.clone()).or_default();
        kind.questions += 1;
        kind.hits_at_1 += usize::from(outcome.rank == Some(0));
        kind.hits_at_3 += usize::from(outcome.rank.is_some_and(|rank| rank < 3));
        kind.abstained += usize::from(outcome.abstained);
        kind.fair += usize::from(!outcome.is_answerable && outcome.is_fair);
    }
    kinds
}

fn share(outcomes: &[&Outcome], is_so: impl Fn(&Outcome) -> bool) -> f64 {
    mean(outcomes.iter().map(|outcome| f64::from(u8::from(is_so(outcome)))))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), v| (sum + v, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// Returns the value that a share of `values`, from 0 to 1, lies below.
fn quantile(values: &[f32], share: f64) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let below = sorted.len() as f64 * share;
    let index = sorted.iter().enumerate().find(|(index, _)| *index as f64 >= below);
    index.map_or(f32::INFINITY, |(_, value)| *value)
}

fn share_above(values: &[f32], threshold: f32) -> f64 {
    mean(values.iter().map(|value| f64::from(u8::from(*value >= threshold))))
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get(sorted.len() * percent / 100).or(sorted.last()).copied().unwrap_or_default()
}

/// Area under the ROC curve: the probability that one of `high` is above one of `low`, ties
/// counting half (Hanley 1982). 0 where one of them is empty.
#[must_use]
pub fn separation(high: &[f32], low: &[f32]) -> f64 {
    let mut low = low.to_vec();
    low.sort_by(f32::total_cmp);
    let above: usize = high
        .iter()
        .map(|value| {
            let below = low.partition_point(|other| other < value);
            below + low.partition_point(|other| other <= value)
        })
        .sum();
    let pairs = high.len() * low.len();
    if pairs == 0 { 0.0 } else { above as f64 / 2.0 / pairs as f64 }
}
