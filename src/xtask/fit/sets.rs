//! The question sets, the engines over their texts, and what is observed of each question.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use engine::answer::{Engine, Evidence, Excerpt, Explanation, Models, Question};
use engine::evaluation::{GoldQuestion, Outcome, judge, read as read_questions};
use engine::knowledge::{Corpus, SourceFile};
use engine::ranking::{Candidate, Features};
use engine::semantic::{EmbeddingInputs, Embeddings, Encode};

use super::FOLDS;
use super::asks;
use super::memo::Memo;

/// How many sentences around what answers are taken away with it.
const TAKEN_AWAY: usize = 1;
/// Candidates of a question that are observed.
const CANDIDATES: usize = 50;
/// Of a set with more questions, only every second, third … is observed; each then counts so often.
const OBSERVED: usize = 1_300;

/// Of the questions about the texts of the crowd sets, every so manieth is asked of the project’s.
const STRANGER: usize = 12;
/// Name of the set of questions that annotations list.
const ASKS: &str = "asks, held out";

/// A question as the models see it.
pub(crate) struct Observation {
    /// Features of the best candidates, and whether each answers.
    pub(crate) candidates: Vec<(Features, bool)>,
    /// Evidence for an answer; `None` without candidates.
    pub(crate) evidence: Option<Evidence>,
    /// Evidence where what answers is taken away: a question near the topic without an answer.
    pub(crate) without_answer: Option<Evidence>,
    pub(crate) is_answerable: bool,
    /// How much the question counts when the ranking is fitted.
    pub(crate) ranking_weight: f64,
    /// How much the question counts when the abstention model is fitted.
    pub(crate) abstention_weight: f64,
}

/// How much the questions of a set count, so that a large set does not drown a small one.
#[derive(Clone, Copy)]
struct Counts {
    ranking: f64,
    answerable: f64,
    off_topic: f64,
    other: f64,
}

/// Of each set in turn.
const COUNTS: [Counts; 6] = [
    Counts { ranking: 6.0, answerable: 28.0, off_topic: 35.0, other: 8.5 },
    Counts { ranking: 0.8, answerable: 0.9, off_topic: 4.0, other: 0.0 },
    Counts { ranking: 1.0, answerable: 0.4, off_topic: 0.1, other: 0.03 },
    Counts { ranking: 1.8, answerable: 0.5, off_topic: 1.0, other: 0.0 },
    Counts { ranking: 2.0, answerable: 8.0, off_topic: 36.0, other: 0.0 },
    Counts { ranking: 2.0, answerable: 5.5, off_topic: 14.0, other: 0.0 },
];
/// The same where questions are understood by their words alone.
const COUNTS_BY_WORDS: [Counts; 6] = [
    Counts { ranking: 8.0, answerable: 22.0, off_topic: 60.0, other: 28.0 },
    Counts { ranking: 0.8, answerable: 1.6, off_topic: 1.5, other: 0.0 },
    Counts { ranking: 1.0, answerable: 1.0, off_topic: 2.0, other: 0.1 },
    Counts { ranking: 1.8, answerable: 0.4, off_topic: 3.0, other: 0.0 },
    Counts { ranking: 2.0, answerable: 1.0, off_topic: 3.0, other: 0.0 },
    Counts { ranking: 2.0, answerable: 3.0, off_topic: 6.0, other: 0.0 },
];

/// A file of questions and the texts that they ask about.
pub(crate) struct QuestionSet {
    pub(crate) name: &'static str,
    counts: Counts,
    /// Questions by the name of their text; the project's corpus has no name.
    questions: BTreeMap<String, Vec<GoldQuestion>>,
    /// Engines by the name of their text.
    engines: BTreeMap<String, Engine>,
}

/// Reads the development questions and the crowd sets below `folder`. The engines over their texts
/// understand meaning where there is an encoder.
pub(crate) fn read(folder: &Path, encoder: Option<&Arc<Memo>>) -> Result<Vec<QuestionSet>> {
    let crowd = |name: &str| folder.join("crowd").join(name);
    let [dev, asks, squad2, newwiki, qamr_wikinews, qmsum_committee] =
        if encoder.is_some() { COUNTS } else { COUNTS_BY_WORDS };
    let mut sets = vec![
        set("dev", &folder.join("dev.jsonl"), None, dev)?,
        asks_set(asks)?,
        crowd_set("squad2", &crowd("squad2"), squad2)?,
        crowd_set("newwiki", &crowd("newwiki"), newwiki)?,
        crowd_set("qamr_wikinews", &crowd("qamr_wikinews"), qamr_wikinews)?,
        crowd_set("qmsum_committee", &crowd("qmsum_committee"), qmsum_committee)?,
    ];
    let strangers = strangers(&sets);
    sets.iter_mut().filter(|set| set.name == ASKS).for_each(|set| set.ask_too(&strangers));
    if let Some(encoder) = encoder {
        sets.iter_mut().try_for_each(|set| set.understand(encoder))?;
    }
    Ok(sets)
}

fn asks_set(counts: Counts) -> Result<QuestionSet> {
    let (engines, questions) = asks::parts(&folder(Path::new("knowledge"))?)?;
    Ok(QuestionSet { name: ASKS, counts, questions, engines })
}

/// Questions about the texts of the crowd sets, as nothing that other texts answer.
fn strangers(sets: &[QuestionSet]) -> Vec<GoldQuestion> {
    let crowd = sets.iter().filter(|set| !set.engines.contains_key("") && set.name != ASKS);
    let questions = crowd.flat_map(|set| set.questions.values().flatten());
    let answered = questions.filter(|question| question.is_answerable);
    let stranger = |question: &GoldQuestion| GoldQuestion {
        kind: "offtopic".to_owned(),
        is_answerable: false,
        article: None,
        targets: Vec::new(),
        answers: Vec::new(),
        ..question.clone()
    };
    answered.step_by(STRANGER).map(stranger).collect()
}

fn crowd_set(name: &'static str, folder: &Path, counts: Counts) -> Result<QuestionSet> {
    set(name, &folder.join("questions.jsonl"), Some(&folder.join("articles")), counts)
}

fn set(
    name: &'static str,
    questions: &Path,
    articles: Option<&Path>,
    counts: Counts,
) -> Result<QuestionSet> {
    let lines = std::fs::read_to_string(questions)
        .with_context(|| format!("reading {}", questions.display()))?;
    let path_of =
        |article: &str| articles.unwrap_or(Path::new("knowledge")).join(format!("{article}.txt"));
    let read = read_questions(&lines, |article| std::fs::read_to_string(path_of(article)).ok())?;
    let mut set =
        QuestionSet { name, counts, questions: BTreeMap::new(), engines: BTreeMap::new() };
    for question in read {
        let article = question.article.clone().unwrap_or_default();
        if !set.engines.contains_key(&article) {
            let files = match question.article.as_deref() {
                Some(article) => vec![file(&path_of(article))?],
                None => folder(Path::new("knowledge"))?,
            };
            let engine = Engine::build(Corpus::load(&files)?, Models::DEFAULT_THRESHOLD)?;
            set.engines.insert(article.clone(), engine);
        }
        set.questions.entry(article).or_default().push(question);
    }
    Ok(set)
}

fn folder(path: &Path) -> Result<Vec<SourceFile>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path)? {
        paths.push(entry?.path());
    }
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<SourceFile> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(SourceFile { name, bytes })
}

impl QuestionSet {
    /// Has `questions` asked of its texts, dealt among them.
    fn ask_too(&mut self, questions: &[GoldQuestion]) {
        let texts = self.questions.len();
        for (number, asked) in self.questions.values_mut().enumerate() {
            asked.extend(questions.iter().skip(number).step_by(texts).cloned());
        }
    }

    /// Lets the engines understand what their sentences mean.
    fn understand(&mut self, encoder: &Arc<Memo>) -> Result<()> {
        let questions = self.questions.values().flatten().map(|question| question.text.as_str());
        encoder.learn(&questions.collect::<Vec<_>>())?;
        for engine in self.engines.values_mut() {
            let passages = EmbeddingInputs::of(engine.corpus());
            let texts: Vec<&str> = passages.texts().iter().map(String::as_str).collect();
            encoder.learn(&texts)?;
            let vectors =
                texts.iter().map(|text| encoder.encode(text)).collect::<Result<_, _>>()?;
            let meanings = Embeddings::new(passages, vectors)?;
            *engine = engine.with_embeddings(Arc::clone(encoder) as _, meanings, *engine.models());
        }
        Ok(())
    }

    /// Returns what the models see of every question outside of the fold `left_out`.
    pub(crate) fn observations(
        &mut self,
        models: Models,
        left_out: Option<usize>,
    ) -> Result<Vec<Observation>> {
        let mut observations = Vec::new();
        self.each(models, self.stride(), |set, engine, question, fold| {
            if Some(fold) != left_out {
                observations.push(set.observe(engine, question)?);
            }
            Ok(())
        })?;
        Ok(observations)
    }

    /// One of so many questions is observed.
    fn stride(&self) -> usize {
        self.questions.values().map(Vec::len).sum::<usize>().div_ceil(OBSERVED)
    }

    /// Returns what becomes of the questions that are observed.
    pub(crate) fn outcomes_of_observed(&mut self, models: Models) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::new();
        self.each(models, self.stride(), |_, engine, question, _| {
            outcomes.push(judge(engine, question)?);
            Ok(())
        })?;
        Ok(outcomes)
    }

    /// Returns what becomes of every question, or of those of one fold.
    pub(crate) fn outcomes(&mut self, models: Models, only: Option<usize>) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::new();
        self.each(models, 1, |_, engine, question, fold| {
            if only.is_none_or(|only| only == fold) {
                outcomes.push(judge(engine, question)?);
            }
            Ok(())
        })?;
        Ok(outcomes)
    }

    /// Calls `look` with every question, or one of `stride` questions, the engine over its text, and its fold. Whole texts go
    /// into one fold where there are several.
    fn each(
        &self,
        models: Models,
        stride: usize,
        mut look: impl FnMut(&Self, &Engine, &GoldQuestion, usize) -> Result<()>,
    ) -> Result<()> {
        let is_one_text = self.engines.len() == 1;
        for (number, (article, questions)) in self.questions.iter().enumerate() {
            let engine = self.engines.get(article).context("every article was read")?;
            let engine = engine.weighing(models);
            for (position, question) in questions.iter().enumerate() {
                let fold = if is_one_text { position } else { number } % FOLDS;
                if position % stride == 0 {
                    look(self, &engine, question, fold)?;
                }
            }
        }
        Ok(())
    }

    fn observe(&self, engine: &Engine, question: &GoldQuestion) -> Result<Observation> {
        let asked = Question { text: &question.text, speaker: None, context: &[] };
        let explanation = engine.explain(&asked)?;
        let answers = |candidate: &Candidate| {
            let id = candidate.sentence;
            Excerpt::slice(engine.corpus(), id, id)
                .is_some_and(|excerpt| question.is_placed_in(&excerpt))
        };
        let candidates = explanation.candidates.iter().take(CANDIDATES);
        let times = self.stride() as f64;
        let abstention_weight = match question.kind.as_str() {
            _ if question.is_answerable => self.counts.answerable,
            "offtopic" | "off_topic" => self.counts.off_topic,
            _ => self.counts.other,
        };
        Ok(Observation {
            candidates: candidates.map(|c| (c.features, answers(c))).collect(),
            evidence: explanation.evidence,
            without_answer: without_answer(engine, &explanation, answers),
            is_answerable: question.is_answerable,
            ranking_weight: self.counts.ranking * times,
            abstention_weight: abstention_weight * times,
        })
    }
}

/// Returns the evidence that is left where what answers is taken away, with what is next to it.
/// `None` where nothing answers.
fn without_answer(
    engine: &Engine,
    explanation: &Explanation,
    answers: impl Fn(&Candidate) -> bool,
) -> Option<Evidence> {
    let answering = explanation.candidates.iter().filter(|candidate| answers(candidate));
    let answering: Vec<usize> = answering.map(|candidate| candidate.sentence.index()).collect();
    let is_far = |candidate: &&Candidate| {
        let index = candidate.sentence.index();
        answering.iter().all(|other| other.abs_diff(index) > TAKEN_AWAY)
    };
    let rest: Vec<Candidate> = explanation.candidates.iter().filter(is_far).copied().collect();
    let sentences = engine.index().sentence_count();
    let evidence = Evidence::gather(&explanation.query, &rest, sentences);
    evidence.filter(|_| !answering.is_empty())
}
