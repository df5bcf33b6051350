//! Several processes on one server: what one changes, the others go by.

use std::time::{Duration, Instant};

use bot::community::{Change, Edit, Style, Visibility};
use mock_discord::{Clock, Config, World};
use serde_json::json;
use summit_bot::settings;
use summit_bot::store::{CommitError, Store};
use tokio::time::timeout;

use super::database::{Database, HOME, Kind, edit, moderator, view};
use crate::offline::{Offline, Program};

/// Longer than any news takes that is not lost.
const SOON: Duration = Duration::from_secs(10);
/// Longer than a program takes to start.
const LONG: Duration = Duration::from_mins(1);
/// Changes that are waited for.
const ROUNDS: u32 = 20;

/// Waits until a process goes by a style.
async fn goes_by(store: &Store, style: Style) {
    let told = async {
        while view(store, Some(HOME)).await.style() != style {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, told).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_in_one_process_is_obeyed_by_another() {
    let Some(database) = Database::new(Kind::Server).await else { return };
    let (one, other) = (database.open().await, database.open().await);
    let mut longest = Duration::ZERO;
    for round in 0..ROUNDS {
        let style = if round % 2 == 0 { Style::Plain } else { Style::Card };
        edit(&one, vec![Edit::Style(Some(style))]).await.unwrap();
        let began = Instant::now();
        goes_by(&other, style).await;
        longest = longest.max(began.elapsed());
    }
    println!("obeyed after {longest:?} at the latest, of {ROUNDS} changes");

    // Who decides on what is out of date decides again.
    let late = moderator(&other).await;
    edit(&one, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
    let edits = vec![Edit::Reply(Some(Visibility::Private))];
    let change = [Change::Edit { edits, inverse: Vec::new() }];
    let refused = other.commit(late, &change).await;
    assert!(matches!(refused, Err(CommitError::Conflict)));
    other.commit(moderator(&other).await, &change).await.unwrap();
    assert_eq!(view(&other, Some(HOME)).await.style(), Style::Plain);

    // A connection that is lost is made again, and what was missed is read.
    database
        .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        .await;
    let changed = async {
        while edit(&one, vec![Edit::Style(Some(Style::Card))]).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, changed).await.unwrap();
    goes_by(&other, Style::Card).await;
    drop((one, other));
    database.remove().await;
}

/// Two programs as their operator starts them, each at a Discord of its own in which the same
/// server is; they share nothing but the database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_setting_changed_through_one_program_is_obeyed_by_another() {
    let Some(database) = Database::new(Kind::Server).await else { return };
    let settings::Store::Server(url) = &database.settings else { panic!("a server was asked for") };
    let config = || Config { clock: Clock::Real, ..Config::default() };
    let here = Offline::start(config()).await.unwrap();
    let there = Offline::start(config()).await.unwrap();
    let server = |world: &World| world.guilds.keys().copied().collect::<Vec<_>>();
    assert_eq!(here.look(server), there.look(server), "both are in the same server");
    let mut programs = Vec::new();
    for discord in [&here, &there] {
        let program = Program::at(&discord.url())
            .current_dir(crate::support::ROOT)
            .env("DISCORD_TOKEN", discord.token())
            .env("SUMMIT__STORE__URL", url.expose())
            .spawn();
        discord.connected(LONG).await.unwrap_or_else(|late| panic!("{late}\n{}", program.log()));
        discord.commands(LONG).await.unwrap();
        programs.push(program);
    }
    let mut longest = Duration::ZERO;
    for round in 0..ROUNDS {
        let is_private = round % 2 == 0;
        let reply = if is_private { "private" } else { "public" };
        // A person who does much is held back: each does one thing.
        let moderator = here.moderator(&format!("moderator-{round}"));
        moderator.slash("settings edit", &[("reply", json!(reply))]).unwrap();
        let saved = here.next_message(SOON).await.unwrap();
        let began = Instant::now();
        assert!(saved.content.contains("**Saved.**"), "{saved:?}");
        let obeyed = async {
            for asker in 0.. {
                let asker = there.member(&format!("asker-{round}-{asker}"));
                asker.slash("passage", &[("place", json!("28"))]).unwrap();
                if there.next_message(SOON).await.unwrap().is_ephemeral() == is_private {
                    return;
                }
            }
        };
        timeout(SOON, obeyed).await.unwrap();
        longest = longest.max(began.elapsed());
    }
    println!("two programs: obeyed after {longest:?} at the latest, of {ROUNDS} changes");
    drop((programs, here, there));
    database.remove().await;
}
