//! How fast the bot answers at the wire, beside a bare echo bot, and what it costs in memory:
//! `cargo bench --bench wire`, in about a minute. With `--many 100000` it also looks at how much
//! memory interactions cost that is not given back, which takes much longer. Each line of a table
//! in Markdown is printed as soon as it is known.
//!
//! Both bots are processes of their own at an offline Discord in this one; they are asked in turn,
//! one question at a time, so that whatever else the machine does hits both. The settings are
//! those of the environment: by words alone, with `SUMMIT__ANSWER__ENCODER=false`, the answer takes
//! so little time that the rest shows best.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files, the clock and arguments")]

mod bots;
mod drive;
mod process;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::ensure;
use clap::Parser;
use engine::answer::Question;
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
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Interactions of each bot in a round
    #[arg(long, default_value_t = 1_000)]
    interactions: usize,
    /// Interactions after which it is looked at how much memory is not given back; 0 for none
    #[arg(long, default_value_t = 0)]
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
    runtime.block_on(measure(&arguments))?;
    runtime.shutdown_background();
    Ok(())
}

async fn measure(arguments: &Arguments) -> anyhow::Result<()> {
    let questions = drive::questions()?;
    let engine = service::build_engine(&bots::settings("", "")?, |_| ())?;
    let core = Process::start(Kind::Core, "", "")?;
    let echo = Server::start(Kind::Echo).await?;
    let bot = Server::start(Kind::Bot).await?;
    // Past the start: registration, first answers, whatever is built lazily.
    for server in [&echo, &bot] {
        server.ask(&questions, arguments.interactions.min(200), nothing).await?;
    }
    sleep(Duration::from_secs(2)).await;
    print("|  | bare echo bot | summit-bot |\n|---|---:|---:|")?;
    print_rest(core.memory()?, echo.process.memory()?, bot.process.memory()?)?;
    let mut all = Measured::default();
    for number in 1..=arguments.rounds {
        let mut round = Measured::default();
        // Between two of the echo bot's, so that memory and caches are as they are for a bot.
        let answer = |text: &str| {
            let began = Instant::now();
            engine.ask(&Question { text, ..Question::default() })?;
            round.answer.push(began.elapsed().as_secs_f64() * 1e6);
            Ok(())
        };
        round.echo = echo.ask(&questions, arguments.interactions, answer).await?;
        round.bot = bot.ask(&questions, arguments.interactions, nothing).await?;
        let (net, rounds) = (round.net(), arguments.rounds);
        writeln!(io::stderr(), "round {number} of {rounds}: {net:.2} × without the answer")?;
        all.add(round);
    }
    all.print()?;
    if arguments.many > 0 {
        let kept = mebibytes(kept(&bot, &questions, arguments.many).await? as f64);
        let many = arguments.many;
        print(&format!("| not given back after {many} interactions (at most 1 MiB) | | {kept} |"))?;
    }
    Ok(())
}

/// Microseconds of each question, in the same order: to the echo bot, to the bot, and of the answer
/// alone.
#[derive(Debug, Default)]
struct Measured {
    echo: Vec<f64>,
    bot: Vec<f64>,
    answer: Vec<f64>,
}

impl Measured {
    fn add(&mut self, round: Self) {
        self.echo.extend(round.echo);
        self.bot.extend(round.bot);
        self.answer.extend(round.answer);
    }

    /// How much slower than the echo bot the bot is, besides the time of the answer itself.
    fn net(&self) -> f64 {
        (median(&self.bot) - median(&self.answer)) / median(&self.echo)
    }

    /// The same where the time of each answer is taken from that of the same question, which says
    /// more where answers take long and differ.
    fn paired(&self) -> f64 {
        let beside = self.bot.iter().zip(&self.answer).map(|(bot, answer)| bot - answer);
        median(&beside.collect::<Vec<_>>()) / median(&self.echo)
    }

    fn print(&self) -> io::Result<()> {
        for (what, percent) in [("median", 50), ("99th percentile", 99)] {
            let (echo, bot) = (quantile(&self.echo, percent), quantile(&self.bot, percent));
            print(&format!("| dispatch to callback, {what} | {echo:.0} µs | {bot:.0} µs |"))?;
        }
        print(&format!("| the answer alone, median | | {:.0} µs |", median(&self.answer)))?;
        let (ratio, net) = (median(&self.bot) / median(&self.echo), self.net());
        print(&format!("| ratio of the medians | | {ratio:.2} × |"))?;
        print(&format!("| the same without the answer (at most {RATIO} ×) | | {net:.2} × |"))?;
        print(&format!("| the same, question by question | | {:.2} × |", self.paired()))
    }
}

fn median(times: &[f64]) -> f64 {
    quantile(times, 50)
}

/// What so many of a hundred times do not exceed.
fn quantile(times: &[f64], percent: usize) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(f64::NAN)
}

/// Bytes that the bot keeps of so many interactions, beyond those of the first tenth.
async fn kept(bot: &Server, questions: &[String], many: usize) -> anyhow::Result<i64> {
    writeln!(io::stderr(), "{} interactions, and a wait", many / 10)?;
    bot.ask(questions, many / 10, nothing).await?;
    sleep(FORGOTTEN).await;
    let before = bot.process.memory()?;
    let at = mebibytes(before as f64);
    writeln!(io::stderr(), "{at}; {many} interactions, and a wait")?;
    bot.ask(questions, many, nothing).await?;
    sleep(FORGOTTEN).await;
    let after = bot.process.memory()?;
    ensure!(before > 0, "the bot has no memory");
    Ok(i64::try_from(after)? - i64::try_from(before)?)
}

#[allow(clippy::unnecessary_wraps, reason = "what is done between may fail")]
fn nothing(_: &str) -> anyhow::Result<()> {
    Ok(())
}

fn print_rest(core: u64, echo: u64, bot: u64) -> io::Result<()> {
    let above = mebibytes(bot as f64 - core as f64);
    let (echo, bot) = (mebibytes(echo as f64), mebibytes(bot as f64));
    print(&format!("| memory at rest | {echo} | {bot} |"))?;
    print(&format!("| the same above the engine (at most 35 MiB) | | {above} |"))
}

fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

fn mebibytes(bytes: f64) -> String {
    format!("{:.1} MiB", bytes / f64::from(1 << 20))
}
