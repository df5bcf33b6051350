//! kill -9 at any moment: what was acknowledged is there, and nothing is half there.
//!
//! The real program runs at the offline Discord, while moderators set, pin, hide and undo, members
//! vote, and questions are kept. `SUMMIT_TEST_CRASHES=1000 cargo test --test it -- store::crash`
//! does it a thousand times.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;
use std::time::Duration;

use bot::community::{Community, Edit, Excerpts, StoreData, StoreQuery};
use mock_discord::{Clock, Config, Id, MockDiscord, Person, World};
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Row};
use summit_bot::settings;
use summit_bot::store::{self, Author, Store};
use tokio::time::sleep;

use crate::offline::{Offline, Program, Running};

const SOON: Duration = Duration::from_mins(1);
/// How often it is killed in the usual run of the tests.
const FEW: u32 = 36;
/// The longest that it is left alive once it hears.
const LONGEST: u64 = 250;

/// The exit code that asks to be started again.
const TEMPORARY: i32 = 75;
/// Runs at one Discord.
const BATCH: u32 = 20;
/// Questions that are pinned, and no longer.
const SLOTS: u32 = 20;

const LIBRARY: &str = "The library opens at nine from Monday to Saturday.\n\n\
                       Dogs wait outside the library. Cats may come in.\n\n\
                       The reading room closes at noon on Sundays.\n";

/// What must be there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Kept {
    records: u64,
    votes: u64,
    questions: u64,
}

/// What changes what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pending {
    Record,
    Vote,
    Question,
    Dismissal,
}

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    /// All that was acknowledged.
    kept: Kept,
    /// What was not, at the moment of the kill: it is there or not.
    pending: Option<Pending>,
    /// What is set, if that is kept.
    excerpts: usize,
    pinned: BTreeSet<u32>,
    is_hidden: bool,
    serial: u64,
    /// What was said since the last kill.
    said: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlasts_kill_9_and_nothing_is_half_there() {
    let runs = env::var("SUMMIT_TEST_CRASHES").ok().map_or(FEW, |runs| runs.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("library")).unwrap();
    std::fs::write(folder.path().join("library/library.txt"), LIBRARY).unwrap();
    let mut random = fastrand::Rng::with_seed(0x5eed);
    let mut asked = Asked { excerpts: 1, ..Asked::default() };
    let mut run = 0;
    while run < runs {
        // A Discord of many runs becomes slow: it remembers all calls.
        let config = Config { clock: Clock::Real, ..Config::default() };
        let mock = Offline::start(config).await.unwrap();
        let (message, thumb) = in_peace(&mock, folder.path(), &mut asked).await;
        for _ in 0..BATCH.min(runs - run) {
            run += 1;
            let mut bot = start(&mock, folder.path()).await;
            let alive = Duration::from_millis(random.u64(1..LONGEST));
            tokio::select! {
                () = act(&mock, &mut asked, &mut random, message, &thumb) => {}
                () = sleep(alive) => {}
            }
            kill(&mut bot, &mock).await;
            check(folder.path(), &mock, &mut asked, run).await;
        }
        mock.stop().await;
    }
    let Kept { records, votes, questions } = asked.kept;
    println!("killed {runs} times: {records} changes, {votes} votes, {questions} questions kept");
    assert!(records > u64::from(runs) && votes > 0, "too little was done");
}

/// Questions are to be kept, and an answer with its buttons is there: the message, and the id of
/// a button of it.
async fn in_peace(mock: &MockDiscord, folder: &Path, asked: &mut Asked) -> (Id, String) {
    let mut bot = start(mock, folder).await;
    mock.commands(SOON).await.unwrap();
    if asked.kept.records == 0 {
        let keep = [("keep-unanswered", json!("30-days"))];
        let first = mock.moderator("first").slash("settings edit", &keep).unwrap();
        answered(mock, first).await;
        asked.kept.records = 1;
    }
    let question = [("question", json!("When does the library open?"))];
    let answer = mock.member("reader").slash("ask", &question).unwrap();
    answered(mock, answer).await;
    let found = thumbs_up(mock, answer);
    kill(&mut bot, mock).await;
    check(folder, mock, asked, 0).await;
    found
}

/// Starts the program, and waits until it hears. Where it ends with the exit code that asks for
/// it, it is started again, as a service manager does: on a machine with much to do, a first call
/// may take too long.
async fn start(mock: &MockDiscord, folder: &Path) -> Running {
    const AGAIN: u32 = 5;
    for _ in 0..AGAIN {
        // A bot that begins so often waits, so that its sessions last for the day.
        mock.change(|world| world.gateway.starts_left = world.gateway.starts_total);
        let mut bot = Program::at(&mock.url())
            .arg("--knowledge=library")
            .current_dir(folder)
            .env("DISCORD_TOKEN", mock.token())
            .env("SUMMIT__STORE__URL", "sqlite:store.sqlite3")
            .spawn();
        match comes_or_ends(&mut bot, mock).await {
            None => return bot,
            Some(TEMPORARY) => println!("started again: {}", bot.log()),
            Some(other) => panic!("the bot ended with {other}:\n{}", bot.log()),
        }
    }
    panic!("the bot does not come");
}

/// `None` once the bot hears; its exit code, where it ends before.
async fn comes_or_ends(bot: &mut Running, mock: &MockDiscord) -> Option<i32> {
    let has_come = {
        let ends = async {
            while bot.has_ended().is_none() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::select! {
            come = mock.connected(SOON) => Some(come),
            () = ends => None,
        }
    };
    match has_come {
        Some(Ok(())) => None,
        Some(Err(late)) => panic!("the bot does not come: {late}\n{}", bot.log()),
        None => {
            let status = bot.has_ended().unwrap();
            bot.kill();
            Some(status.code().unwrap())
        }
    }
}

async fn kill(bot: &mut Running, mock: &MockDiscord) {
    bot.kill();
    let gone = |world: &mut World| (world.connected() == 0).then_some(());
    mock.wait_for(SOON, gone).await.unwrap();
}

/// Waits for the answer; what it says.
async fn answered(mock: &MockDiscord, interaction: Id) -> String {
    let answer = |world: &mut World| {
        let asked = &world.interactions[&interaction];
        asked.response.as_ref()?;
        Some(asked.original.map_or_else(String::new, |id| world.messages[&id].content.clone()))
    };
    mock.wait_for(SOON, answer).await.unwrap()
}

/// The message that answers, and the id of its button.
fn thumbs_up(mock: &MockDiscord, interaction: Id) -> (Id, String) {
    fn find(component: &Value) -> Option<String> {
        let shown = [&component["label"], &component["emoji"]["name"]];
        if shown.iter().any(|shown| shown.as_str().is_some_and(|shown| shown.contains('👍'))) {
            return component["custom_id"].as_str().map(str::to_owned);
        }
        component["components"].as_array()?.iter().find_map(find)
    }
    mock.look(|world| {
        let message = world.interactions[&interaction].original.unwrap();
        let button = world.messages[&message].components.iter().find_map(find).unwrap();
        (message, button)
    })
}

/// Does one thing after another, by a new person each time: one person is held back.
async fn act(
    mock: &MockDiscord,
    asked: &mut Asked,
    random: &mut fastrand::Rng,
    message: Id,
    thumb: &str,
) {
    loop {
        asked.serial += 1;
        let name = format!("person-{}", asked.serial);
        let member = mock.member(&name);
        asked.pending = Some(match random.u32(0..6) {
            0..=2 => Pending::Record,
            3 => Pending::Vote,
            4 => Pending::Question,
            _ if asked.kept.questions > 0 => Pending::Dismissal,
            _ => Pending::Question,
        });
        let said = match asked.pending {
            Some(Pending::Record) => {
                answered(mock, set(&mock.moderator(&name), asked, random)).await
            }
            Some(Pending::Vote) => answered(mock, member.press(message, thumb).unwrap()).await,
            Some(Pending::Question) => {
                let question = format!("How does one bake bread{}?", asked.serial);
                let used = member.slash("ask", &[("question", json!(question))]).unwrap();
                answered(mock, used).await
            }
            _ => dismiss(mock, &name).await,
        };
        match asked.pending.take() {
            Some(Pending::Record) => asked.kept.records += 1,
            Some(Pending::Vote) => asked.kept.votes += 1,
            Some(Pending::Question) => asked.kept.questions += 1,
            _ => asked.kept.questions -= 1,
        }
        asked.said.push(said);
    }
}

/// Sets, pins or hides something, or takes that back: something that is recorded in any case.
fn set(moderator: &Person<'_>, asked: &mut Asked, random: &mut fastrand::Rng) -> Id {
    let slot = random.u32(0..SLOTS);
    let used = match random.u32(0..3) {
        0 => {
            asked.excerpts = asked.excerpts % 3 + 1;
            moderator.slash("settings edit", &[("excerpts", json!(asked.excerpts))])
        }
        1 if asked.is_hidden => {
            asked.is_hidden = false;
            moderator.slash("curate remove", &[("entry", json!("3"))])
        }
        1 => {
            asked.is_hidden = true;
            let reason = format!("for the time being, {}", asked.serial);
            moderator.slash("curate hide", &[("place", json!("3.1")), ("reason", json!(reason))])
        }
        _ if asked.pinned.remove(&slot) => {
            moderator.slash("curate remove", &[("entry", json!(question(slot)))])
        }
        _ => {
            asked.pinned.insert(slot);
            let pin = [("question", json!(question(slot))), ("place", json!("2.1"))];
            moderator.slash("curate pin", &pin)
        }
    };
    used.unwrap()
}

fn question(slot: u32) -> String {
    format!("What of the matter{slot}?")
}

/// Deletes one of the questions without an answer.
async fn dismiss(mock: &MockDiscord, name: &str) -> String {
    let moderator = mock.moderator(name);
    let listed = moderator.slash("review unanswered", &[]).unwrap();
    answered(mock, listed).await;
    let (message, menu, topic) = mock.look(|world| {
        let message = world.interactions[&listed].original.unwrap();
        let rows = &world.messages[&message].components;
        let menus = rows.iter().flat_map(|row| row["components"].as_array().unwrap());
        let is_wanted = |menu: &&Value| menu["placeholder"] == "Dismiss a question";
        let menu = menus.clone().find(is_wanted).unwrap_or_else(|| panic!("{rows:?}"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (message, text(&menu["custom_id"]), text(&menu["options"][0]["value"]))
    });
    answered(mock, moderator.select(message, &menu, &[&topic]).unwrap()).await
}

/// Looks at what is left: the database itself, what it holds, and whether that fits together.
async fn check(folder: &Path, mock: &MockDiscord, asked: &mut Asked, run: u32) {
    let path = folder.join("store.sqlite3");
    let place = settings::Store::File(path.clone());
    let report = store::check(&place).await.unwrap();
    assert_eq!(report.fault, None, "run {run}");
    let guild = mock.look(|world| *world.guilds.keys().next().unwrap());
    let store = Store::open(&place).await.unwrap();
    let view = store.view(Some(guild), Excerpts::default()).await;
    let reader = Author { guild: Some(guild), who: 1, now: 0, revision: view.revision };
    let StoreData::Statistics(statistics) = store.find(reader, &StoreQuery::Statistics).await
    else {
        panic!("run {run}: nothing is found");
    };
    store.close().await;

    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut connection = options.connect().await.unwrap();
    let history = "SELECT number, edits FROM history ORDER BY number";
    let history = sqlx::query(history).fetch_all(&mut connection).await.unwrap();
    let ballots: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM ballot").fetch_one(&mut connection).await.unwrap();

    let counted = statistics.passages.iter().map(|passage| passage.votes.up).sum::<u64>();
    assert_eq!(counted, ballots.cast_unsigned(), "run {run}: a vote is half there");
    let mut replayed = Community::default();
    for (number, row) in (1..).zip(&history) {
        assert_eq!(row.get::<i64, _>(0), number, "run {run}: a record is missing");
        let edits: Vec<Edit> = serde_json::from_str(row.get(1)).unwrap();
        replayed = replayed.edited(&edits);
    }
    assert_eq!(replayed, *view.community, "run {run}: a change is half there");
    assert_eq!(view.revision, history.len() as u64, "run {run}");

    let found = Kept { records: view.revision, votes: counted, questions: statistics.unanswered };
    let fits = |found: u64, acknowledged: u64, more: Pending, less: Option<Pending>| {
        found == acknowledged
            || asked.pending == Some(more) && found == acknowledged + 1
            || less.is_some() && asked.pending == less && found + 1 == acknowledged
    };
    let Kept { records, votes, questions } = asked.kept;
    let all_fit = fits(found.records, records, Pending::Record, None)
        && fits(found.votes, votes, Pending::Vote, None)
        && fits(found.questions, questions, Pending::Question, Some(Pending::Dismissal));
    assert!(all_fit, "run {run}: found {found:?}, and asked for {asked:#?}");
    // What was under way is there or not: from now on it stays as it is.
    asked.kept = found;
    asked.pending = None;
    asked.said.clear();
    asked.excerpts = view.excerpts();
    asked.is_hidden = !view.community.hidden.is_empty();
    let is_pinned = |slot: &u32| view.community.pins.contains_key(&question(*slot));
    asked.pinned = (0..SLOTS).filter(is_pinned).collect();
}
