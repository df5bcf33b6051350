//! How fast the bot answers at the wire, beside a bare echo bot, and what it costs in memory:
//! `cargo bench --bench wire`. Ends with a table in Markdown.
//!
//! Both bots are processes of their own at an offline Discord in this one; they are asked in turn,
//! one question at a time, so that whatever else the machine does hits both.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files, the clock and arguments")]

mod bots;
mod drive;
mod process;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Parser;
use hdrhistogram::Histogram;
use summit_bot::answer::Question;
use summit_bot::service;
use tokio::runtime::Runtime;
use tokio::time::sleep;

use bots::Kind;
use drive::Server;
use process::Process;

/// How much slower than the echo bot the bot may be, besides the time of the answer itself.
const RATIO: f64 = 1.3;
/// Until what is kept for a minute is forgotten, and the memory of it given back.
const FORGOTTEN: Duration = Duration::from_secs(130);

/// Measures the bot at the wire.
#[derive(Debug, Parser)]
struct Arguments {
    /// How often both bots are asked in turn
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Interactions of each bot in a round
    #[arg(long, default_value_t = 1_000)]
    interactions: usize,
    /// Interactions after which memory is looked at
    #[arg(long, default_value_t = 100_000)]
    many: usize,
    /// Be this bot, at the server of `--url`, until standard input ends
    #[arg(long, hide = true)]
    child: Option<Kind>,
    #[arg(long, hide = true, default_value = "")]
    url: String,
    #[arg(long, hide = true, default_value = "")]
    token: String,
    /// Given by `cargo bench`; without it, as in `cargo test --benches`, hardly anything is done
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::parse();
    if let Some(kind) = arguments.child {
        return bots::run(kind, &arguments.url, &arguments.token);
    }
    if !arguments.bench {
        (arguments.rounds, arguments.interactions, arguments.many) = (1, 20, 0);
    }
    let runtime = Runtime::new()?;
    let report = runtime.block_on(measure(&arguments))?;
    write!(io::stdout().lock(), "{report}")?;
    runtime.shutdown_background();
    Ok(())
}

/// Median and 99th percentile in microseconds.
#[derive(Debug, Clone, Copy)]
struct Times {
    median: f64,
    p99: f64,
}

impl Times {
    fn of(nanos: &Histogram<u64>) -> Self {
        let micros = |quantile| nanos.value_at_quantile(quantile) as f64 / 1e3;
        Self { median: micros(0.5), p99: micros(0.99) }
    }
}

async fn measure(arguments: &Arguments) -> anyhow::Result<String> {
    let questions = drive::questions()?;
    let engine = service::build_engine(&bots::settings("", "")?, |_| ())?;
    let core = Process::start(Kind::Core, "", "")?;
    let echo = Server::start(Kind::Echo).await?;
    let bot = Server::start(Kind::Bot).await?;
    // Past the start: registration, first answers, whatever is built lazily.
    for server in [&echo, &bot] {
        server.ask(&questions, arguments.interactions.min(200), &mut histogram()?, nothing).await?;
    }
    sleep(Duration::from_secs(2)).await;
    let rest = [core.memory()?, echo.process.memory()?, bot.process.memory()?];
    let (mut slow, mut quick, mut answers) = (histogram()?, histogram()?, histogram()?);
    // Between two of the echo bot's, so that memory and caches are as they are for a bot.
    let mut answer = |text: &str| {
        let began = Instant::now();
        engine.ask(&Question { text, ..Question::default() })?;
        Ok(answers.record(u64::try_from(began.elapsed().as_nanos())?)?)
    };
    for round in 1..=arguments.rounds {
        writeln!(io::stderr(), "round {round} of {}", arguments.rounds)?;
        echo.ask(&questions, arguments.interactions, &mut quick, &mut answer).await?;
        bot.ask(&questions, arguments.interactions, &mut slow, nothing).await?;
    }
    let kept = kept(&bot, &questions, arguments.many).await?;
    let (answer, quick, slow) = (Times::of(&answers), Times::of(&quick), Times::of(&slow));
    Ok(table(answer, quick, slow, rest, kept.map(|kept| (arguments.many, kept))))
}

/// Bytes that the bot keeps of so many interactions, beyond those of the first tenth.
async fn kept(bot: &Server, questions: &[String], many: usize) -> anyhow::Result<Option<i64>> {
    if many == 0 {
        return Ok(None);
    }
    let mut times = histogram()?;
    writeln!(io::stderr(), "{} interactions, and a wait", many / 10)?;
    bot.ask(questions, many / 10, &mut times, nothing).await?;
    sleep(FORGOTTEN).await;
    let before = bot.process.memory()?;
    writeln!(io::stderr(), "{many} interactions, and a wait")?;
    bot.ask(questions, many, &mut times, nothing).await?;
    sleep(FORGOTTEN).await;
    let after = bot.process.memory()?;
    ensure!(before > 0, "the bot has no memory");
    Ok(Some(i64::try_from(after)? - i64::try_from(before)?))
}

#[allow(clippy::unnecessary_wraps, reason = "what is done between may fail")]
fn nothing(_: &str) -> anyhow::Result<()> {
    Ok(())
}

fn histogram() -> anyhow::Result<Histogram<u64>> {
    Ok(Histogram::new(3)?)
}

fn table(
    answer: Times,
    echo: Times,
    bot: Times,
    [core, echo_rest, bot_rest]: [u64; 3],
    kept: Option<(usize, i64)>,
) -> String {
    let ratio = bot.median / echo.median;
    let net = (bot.median - answer.median) / echo.median;
    let above = mebibytes(bot_rest as f64 - core as f64);
    let mut lines = vec![
        "|  | bare echo bot | summit-bot |".to_owned(),
        "|---|---:|---:|".to_owned(),
        format!("| dispatch to callback, median | {:.0} µs | {:.0} µs |", echo.median, bot.median),
        format!(
            "| dispatch to callback, 99th percentile | {:.0} µs | {:.0} µs |",
            echo.p99, bot.p99
        ),
        format!("| the answer alone, median | | {:.0} µs |", answer.median),
        format!("| ratio of the medians | | {ratio:.2} × |"),
        format!("| the same without the answer (at most {RATIO} ×) | | {net:.2} × |"),
        format!(
            "| memory at rest | {} | {} |",
            mebibytes(echo_rest as f64),
            mebibytes(bot_rest as f64)
        ),
        format!("| the same above the engine (at most 35 MiB) | | {above} |"),
    ];
    if let Some((many, kept)) = kept {
        let kept = mebibytes(kept as f64);
        lines.push(format!(
            "| not given back after {many} interactions (at most 1 MiB) | | {kept} |"
        ));
    }
    lines.join("\n") + "\n"
}

fn mebibytes(bytes: f64) -> String {
    format!("{:.1} MiB", bytes / f64::from(1 << 20))
}
