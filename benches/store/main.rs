//! How fast the store is with many rows, and what it costs a question: `cargo bench --bench
//! store`. Ends with a table in Markdown, and fails where a promise of the README does not hold.
//!
//! No criterion: what counts are 99th percentiles, and two kinds of service side by side.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files, the clock and arguments")]

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use bot::commands::{OptionValue, Options};
use bot::{Action, ChannelPermissions, MemberPermissions, ModeratorCommand, Request, Venue, Who};
use clap::Parser;
use hdrhistogram::Histogram;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use summit_bot::service::{self, Service};
use summit_bot::settings::{self, Settings};
use summit_bot::store::Store;

/// The 99th percentile of a moderator's command.
const SLOWEST: Duration = Duration::from_millis(50);
/// How many times as long a question may take where something is kept.
const RATIO: f64 = 1.05;
/// A time in 2026.
const NOW: u64 = 1_790_000_000;
const GUILD: u64 = 81_384_788_765_712_384;

/// Measures the store.
#[derive(Debug, Parser)]
struct Arguments {
    /// Votes in one server, on as many passages as the article has sentences, within 90 days
    #[arg(long, default_value_t = 100_000)]
    votes: u32,
    /// Questions without an answer in one server, on a tenth as many topics
    #[arg(long, default_value_t = 10_000)]
    unanswered: u32,
    /// Given by `cargo bench`; without it, as in `cargo test --benches`, little is measured
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let rounds = if arguments.bench { 1_000 } else { 10 };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(&arguments, rounds))
}

async fn measure(arguments: &Arguments, rounds: u32) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("store.sqlite3");
    let place = settings::Store::File(path.clone());
    Store::open(&place).await?.close().await;
    fill(&path, arguments).await?;

    let mut settings = Settings::load(None)?;
    settings.knowledge.directory = project("knowledge").into();
    let store = Arc::new(Store::open(&place).await?);
    let engine = || service::build_engine(&settings, |_| ());
    let with = Service::new(engine()?, &settings).with_store(Arc::clone(&store));
    let without = Service::new(engine()?, &settings);

    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| with {} votes, {} questions | median | 99th percentile |",
        arguments.votes, arguments.unanswered
    )?;
    writeln!(out, "|---|---:|---:|")?;
    let mut slow = Vec::new();
    for (name, action) in orders() {
        let times = time(&with, rounds, |_| action.clone()).await?;
        let (median, p99) = (times.value_at_quantile(0.5), times.value_at_quantile(0.99));
        writeln!(out, "| {name} | {} | {} |", millis(median), millis(p99))?;
        let is_read = !name.contains("edit");
        if is_read && Duration::from_nanos(p99) > SLOWEST {
            slow.push(name);
        }
    }
    // Side by side, so that both see the same machine.
    let questions = questions()?;
    let ask = |round: u32| Action::Ask {
        question: questions[round as usize % questions.len()].clone(),
        speaker: None,
        document: None,
        private: None,
    };
    let (mut on, mut off) = (histogram()?, histogram()?);
    for round in 0..rounds {
        let request = request(ask(round));
        let mut both = [(&with, &mut on), (&without, &mut off)];
        // Whoever comes second finds everything warm.
        if round % 2 == 0 {
            both.reverse();
        }
        for (service, times) in both {
            let began = Instant::now();
            let _ = service.answer_unmetered(&request).await;
            times.record(nanos(began.elapsed()))?;
        }
    }
    let ratio = on.mean() / off.mean();
    let medians = on.value_at_quantile(0.5) as f64 / off.value_at_quantile(0.5) as f64;
    for (name, times) in [("a question, with the store", &on), ("a question, without", &off)] {
        let (median, p99) = (times.value_at_quantile(0.5), times.value_at_quantile(0.99));
        writeln!(out, "| {name} | {} | {} |", millis(median), millis(p99))?;
    }
    writeln!(out, "| with / without | {medians:.3} | mean {ratio:.3} |")?;
    store.close().await;
    ensure!(!arguments.bench || slow.is_empty(), "slower than {SLOWEST:?}: {slow:?}");
    ensure!(
        !arguments.bench || medians <= RATIO,
        "the store slows questions: {medians:.3} > {RATIO}"
    );
    Ok(())
}

/// What moderators and members ask of the store.
fn orders() -> Vec<(&'static str, Action)> {
    let page = |days| Action::Moderate(ModeratorCommand::Unanswered { days: Some(days) });
    let flags = |days| Action::Moderate(ModeratorCommand::Flags { days: Some(days) });
    vec![
        ("/settings show", Action::Moderate(ModeratorCommand::Show)),
        ("/settings export", Action::Moderate(ModeratorCommand::Export)),
        ("/curate list", Action::Moderate(ModeratorCommand::List)),
        ("/review unanswered, 30 days", page(30)),
        ("/review unanswered, 90 days", page(90)),
        ("/review flags, 30 days", flags(30)),
        ("/review flags, 90 days", flags(90)),
        (
            "/settings edit, kept",
            Action::Moderate(ModeratorCommand::Edit(Options::from_iter([(
                "excerpts",
                OptionValue::Number(2),
            )]))),
        ),
    ]
}

async fn time(
    service: &Service,
    rounds: u32,
    action: impl Fn(u32) -> Action,
) -> anyhow::Result<Histogram<u64>> {
    let mut times = histogram()?;
    for round in 0..rounds {
        let mut request = request(action(round));
        if let Action::Moderate(ModeratorCommand::Edit(wishes)) = &mut request.action {
            let excerpts = OptionValue::Number(1 + i64::from(round % 3));
            *wishes = Options::from_iter([("excerpts", excerpts)]);
        }
        let began = Instant::now();
        let _ = service.answer_unmetered(&request).await;
        times.record(nanos(began.elapsed()))?;
    }
    Ok(times)
}

fn request(action: Action) -> Request {
    let powers = MemberPermissions { may_manage_server: true, may_manage_messages: true };
    Request {
        who: Who { id: 80_351_110_224_678_912, powers, roles: Vec::new() },
        place: Venue::Server {
            guild: GUILD,
            channel: 7,
            parent: None,
            permits: ChannelPermissions::ALL,
        },
        now: NOW,
        action,
    }
}

/// Rows as after months in a large server.
async fn fill(path: &Path, arguments: &Arguments) -> anyhow::Result<()> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await?;
    sqlx::raw_sql("BEGIN").execute(&mut connection).await?;
    sqlx::query("INSERT INTO guild (id) VALUES ($1)")
        .bind(GUILD.cast_signed())
        .execute(&mut connection)
        .await?;
    let votes = i64::from(arguments.votes);
    run(&mut connection, FILL_PASSAGES, &[300]).await?;
    run(&mut connection, FILL_BALLOTS, &[votes, NOW.cast_signed()]).await?;
    run(&mut connection, FILL_TALLY, &[]).await?;
    run(&mut connection, FILL_UNANSWERED, &[i64::from(arguments.unanswered), NOW.cast_signed()])
        .await?;
    sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

async fn run(
    connection: &mut SqliteConnection,
    sql: &'static str,
    values: &[i64],
) -> anyhow::Result<()> {
    let mut query = sqlx::query(sql).bind(GUILD.cast_signed());
    for value in values {
        query = query.bind(*value);
    }
    query.execute(connection).await?;
    Ok(())
}

const FILL_PASSAGES: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2)
    INSERT INTO passage SELECT $1, printf('%032x', n), 'library',
        printf('Sentence %d is about as long as a sentence of an article usually is, and says what it says.', n),
        'and so it went. ', ' What came then' FROM n";
const FILL_BALLOTS: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2)
    INSERT INTO ballot SELECT $1, printf('%032x', n % 300), printf('%032x', n),
        CASE n / 300 % 5 WHEN 0 THEN 'up' WHEN 1 THEN 'wrong-voice' WHEN 2 THEN 'no-answer'
        WHEN 3 THEN 'too-short' ELSE 'other' END, $3 - n * 7919 % 7776000 FROM n";
const FILL_TALLY: &str = "
    INSERT INTO tally (guild, passage, day, up, wrong_voice, no_answer, too_short, other)
    SELECT guild, passage, at / 86400, SUM(vote = 'up'), SUM(vote = 'wrong-voice'),
        SUM(vote = 'no-answer'), SUM(vote = 'too-short'), SUM(vote = 'other')
    FROM ballot WHERE guild = $1 GROUP BY guild, passage, at / 86400";
const FILL_UNANSWERED: &str = "
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < $2)
    INSERT INTO unanswered (guild, number, topic, question, at, until) SELECT $1, n, printf('%016x', n * n % ($2 / 10 + 1)),
        printf('What does the document say of the matter number %d, if it says anything?', n),
        $3 - n * 7919 % 2592000, $3 + 2592000 FROM n";

fn questions() -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(project("tests/gold/dev.jsonl"))?;
    let question = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(line.get("question")?.as_str()?.to_owned())
    };
    let questions: Vec<String> = text.lines().filter_map(question).collect();
    ensure!(!questions.is_empty(), "there are no questions");
    Ok(questions)
}

fn project(path: &str) -> String {
    format!("{}/{path}", concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn histogram() -> anyhow::Result<Histogram<u64>> {
    Ok(Histogram::new(3)?)
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn millis(nanos: u64) -> String {
    format!("{:.2} ms", nanos as f64 / 1e6)
}
