//! Measures one corpus in a process of its own, so that its memory is nobody else's.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use engine::answer::{Engine, Models, Question};
use engine::evaluation;
use engine::knowledge::{Corpus, SourceFile};
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use summit_bot::service;
use summit_bot::settings::Settings;

use crate::meaning;
use crate::size::Size;
use crate::synthetic::Synthetic;
use crate::verification;

/// Questions asked of a synthetic corpus.
const QUESTIONS: usize = 500;
/// The questions are asked again until so much time is over, but so many times at least.
const ASKING: Duration = Duration::from_secs(5);
const LEAST_ROUNDS: u32 = 3;
/// Sentences that raw Tantivy is asked for.
const RAW_LIMIT: usize = 10;

/// What was measured of one corpus.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) corpus: Size,
    pub(crate) sentences: usize,
    /// Bytes of sources and annotations.
    pub(crate) bytes: usize,
    /// Milliseconds to read and annotate, then to index, then to answer the first question.
    pub(crate) load_ms: f64,
    pub(crate) index_ms: f64,
    /// Milliseconds to encode all texts, and to load the encoder and kept vectors; of an engine that
    /// goes by words neither.
    pub(crate) encode_ms: Option<f64>,
    pub(crate) understand_ms: Option<f64>,
    pub(crate) first_answer_ms: f64,
    /// Tantivy's ten best sentences for the analysed question.
    pub(crate) raw: Latency,
    /// The whole answer.
    pub(crate) ask: Latency,
    /// Of a synthetic corpus that goes by meaning, too, the sentences nearest to a question of
    /// which the vector is known.
    pub(crate) nearest: Option<Latency>,
    /// The slowest answer to a hostile question of up to 4,000 characters, and to one of 100,000
    /// characters.
    pub(crate) hostile_micros: f64,
    pub(crate) oversized_micros: f64,
    /// The check of a quotation, and the slowest of the longest.
    pub(crate) verify: Latency,
    pub(crate) oversized_verify_micros: f64,
    /// Bytes after building and answering, and the most at any time; only Linux tells.
    pub(crate) resident: Option<u64>,
    pub(crate) peak: Option<u64>,
}

/// How long answers took, in microseconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Latency {
    pub(crate) count: u64,
    pub(crate) median: f64,
    pub(crate) p99: f64,
    pub(crate) most: f64,
}

impl Latency {
    pub(crate) fn of(times: &Histogram<u64>) -> Self {
        let micros = |nanos: u64| nanos as f64 / 1_000.0;
        Self {
            count: times.len(),
            median: micros(times.value_at_quantile(0.5)),
            p99: micros(times.value_at_quantile(0.99)),
            most: micros(times.max()),
        }
    }
}

/// Measures the corpus of this size.
pub(crate) fn measure(size: Size) -> anyhow::Result<Report> {
    let Questions { ordinary, hostile } = Questions::read()?;
    let (files, questions) = match size {
        Size::Article | Size::Understood => (files_of(&project("knowledge"))?, ordinary),
        Size::Sentences(count) => {
            let Synthetic { files, questions } = Synthetic::generate(count, QUESTIONS);
            (files, questions)
        }
        // The encoder is asked what people ask: made-up words would take it three times as long.
        Size::UnderstoodSentences(count) => (Synthetic::generate(count, 0).files, ordinary),
    };
    let first = questions.first().context("there are no questions")?;
    let cache = project("target/bench-vectors");
    let encode = if size == Size::Understood { Some(encode_anew(&files, &cache)?) } else { None };
    let bytes = files.iter().map(|file| file.bytes.len()).sum();

    let start = Instant::now();
    let corpus = Corpus::load(&files)?;
    let load = start.elapsed();
    drop(files);
    let sentences = corpus.sentence_count();
    let mut engine = Engine::build(corpus, Models::DEFAULT_THRESHOLD)?;
    let index = start.elapsed().saturating_sub(load);
    let (mut understand, mut nearest) = (None, None);
    if size == Size::Understood {
        engine = service::with_embeddings(&engine, &settings(&cache)?, |_| {})?;
        understand = Some(start.elapsed().saturating_sub(load + index));
    }
    if let Size::UnderstoodSentences(_) = size {
        let article = Corpus::load(&files_of(&project("knowledge"))?)?;
        let (understanding, times) = meaning::understand(&engine, &article, &questions)?;
        (engine, nearest) = (understanding, Some(times));
    }
    ask(&engine, first)?;
    let first_answer = start.elapsed();

    let [raw, ask_times] = repeat(&engine, &questions)?;
    let slowest = |questions: &[String]| -> anyhow::Result<f64> {
        let mut most = Duration::ZERO;
        for question in questions {
            // The fastest of three: what counts is the question, not the machine's other work.
            let times: Vec<Duration> =
                (0..3).map(|_| ask(&engine, question)).collect::<anyhow::Result<_>>()?;
            most = most.max(times.into_iter().min().unwrap_or_default());
        }
        Ok(most.as_secs_f64() * 1e6)
    };
    let hostile_micros = slowest(&hostile)?;
    let oversized_micros = slowest(&oversized())?;
    let verify = verification::verify(&engine)?;
    let oversized_verify_micros = verification::slowest(&engine)?;
    let (resident, peak) = memory();
    Ok(Report {
        corpus: size,
        sentences,
        bytes,
        load_ms: millis(load),
        index_ms: millis(index),
        encode_ms: encode.map(millis),
        understand_ms: understand.map(millis),
        first_answer_ms: millis(first_answer),
        raw,
        ask: ask_times,
        nearest,
        hostile_micros,
        oversized_micros,
        verify,
        oversized_verify_micros,
        resident,
        peak,
    })
}

/// The settings of an engine that goes by words and meaning.
fn settings(cache: &Path) -> anyhow::Result<Settings> {
    let mut settings = Settings::load(None)?;
    settings.answer.encoder = true;
    settings.knowledge.cache = Some(cache.to_owned());
    Ok(settings)
}

/// How long it takes to understand the texts of `files` where no vector is kept yet.
fn encode_anew(files: &[SourceFile], cache: &Path) -> anyhow::Result<Duration> {
    if cache.exists() {
        std::fs::remove_dir_all(cache)?;
    }
    let engine = Engine::build(Corpus::load(files)?, Models::DEFAULT_THRESHOLD)?;
    let start = Instant::now();
    service::with_embeddings(&engine, &settings(cache)?, |_| {})?;
    Ok(start.elapsed())
}

pub(crate) fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ask(engine: &Engine, question: &str) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let answer = engine.ask(&Question { text: question, speaker: None, context: &[] })?;
    let elapsed = start.elapsed();
    std::hint::black_box(answer);
    Ok(elapsed)
}

/// Times of raw Tantivy and of the whole answer, after one round that only warms up.
fn repeat(engine: &Engine, questions: &[String]) -> anyhow::Result<[Latency; 2]> {
    let mut raw_times = Histogram::<u64>::new(3)?;
    let mut ask_times = Histogram::<u64>::new(3)?;
    let queries = questions
        .iter()
        .map(|question| engine.index().analyze(question))
        .collect::<Result<Vec<_>, _>>()?;
    let mut start = Instant::now();
    for round in 0.. {
        if round == 1 {
            raw_times.reset();
            ask_times.reset();
            start = Instant::now();
        } else if round > LEAST_ROUNDS && start.elapsed() > ASKING {
            break;
        }
        for query in &queries {
            let start = Instant::now();
            let found = engine.index().raw_top(query, RAW_LIMIT)?;
            raw_times.record(nanos(start.elapsed()))?;
            std::hint::black_box(found);
        }
        for question in questions {
            ask_times.record(nanos(ask(engine, question)?))?;
        }
    }
    Ok([Latency::of(&raw_times), Latency::of(&ask_times)])
}

/// The questions about the article.
struct Questions {
    ordinary: Vec<String>,
    hostile: Vec<String>,
}

impl Questions {
    fn read() -> anyhow::Result<Self> {
        let path = project("tests/gold/dev.jsonl");
        let lines = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let (hostile, ordinary): (Vec<_>, Vec<_>) = evaluation::read(&lines, |_| None)?
            .into_iter()
            .partition(|question| question.kind == "adversarial");
        let texts = |questions: Vec<evaluation::GoldQuestion>| {
            questions.into_iter().map(|question| question.text).collect()
        };
        Ok(Self { ordinary: texts(ordinary), hostile: texts(hostile) })
    }
}

/// Questions beyond any message: brackets, one long word, many unknown words.
fn oversized() -> Vec<String> {
    const LETTERS: usize = 100_000;
    let mut rng = fastrand::Rng::with_seed(7);
    let unknown = (0..LETTERS).map(|_| if rng.u8(..9) == 0 { ' ' } else { rng.lowercase() });
    let unknown = unknown.collect();
    vec!["(".repeat(6_000), "a".repeat(LETTERS), "china ".repeat(LETTERS / 6), unknown]
}

fn project(path: &str) -> std::path::PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}

fn files_of(folder: &Path) -> anyhow::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push(SourceFile { name, bytes: std::fs::read(&path)? });
    }
    if files.is_empty() {
        bail!("{} holds nothing", folder.display());
    }
    Ok(files)
}

/// Bytes resident now, and at most so far.
fn memory() -> (Option<u64>, Option<u64>) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let entry = |name: &str| -> Option<u64> {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1_024)
    };
    (entry("VmRSS:"), entry("VmHWM:"))
}
