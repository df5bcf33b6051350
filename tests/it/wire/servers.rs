//! Which servers the bot is in: what is kept of a server goes thirty days after the bot was removed
//! from it. An outage is no removal, and coming back takes the removal back.

use std::time::{SystemTime, UNIX_EPOCH};

use bot::community::retention::{AFTER_REMOVAL_DAYS, DAY};
use mock_discord::{Id, World};
use serde_json::json;
use tokio::time::timeout;

use super::harness::{Options, SOON, Wire, run_with};

/// Two servers, in each of which something is set.
async fn two_servers(wire: &Wire) -> (Id, Id) {
    let (home, away) = wire.change(|world| {
        let away = world.add_guild("Away", true);
        world.add_channel(away, "general");
        (*world.guilds.keys().next().unwrap(), away)
    });
    for guild in [home, away] {
        let mona = wire.moderator("mona");
        let channel = wire.change(|world| {
            world.join(guild, mona.id(), Some("Moderator"));
            world.channels.values().find(|channel| channel.guild == Some(guild)).unwrap().id
        });
        mona.at(channel).slash("settings edit", &[("style", json!("plain"))]).unwrap();
        wire.said().await;
    }
    (home, away)
}

/// Waits until this is kept of whether the bot was removed from the two.
async fn removed(wire: &Wire, (home, away): (Id, Id), wanted: (bool, bool)) {
    let is_so = async {
        while wire.store().guilds() != [(home, wanted.0), (away, wanted.1)] {
            tokio::task::yield_now().await;
        }
    };
    let ended = timeout(SOON, is_so).await;
    assert!(ended.is_ok(), "{:?}", wire.store().guilds());
}

/// How many servers a sweep deletes that comes `seconds` after thirty days from now.
async fn swept(wire: &Wire, seconds: i64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let then = (now + u64::from(AFTER_REMOVAL_DAYS) * DAY).checked_add_signed(seconds).unwrap();
    wire.store().sweep(then).await.unwrap().guilds
}

fn with_store() -> Options {
    Options { has_store: true, ..Options::default() }
}

#[tokio::test]
async fn a_removal_starts_the_thirty_days_an_outage_does_not_and_a_return_stops_them() {
    run_with(with_store(), async |wire| {
        let both = two_servers(wire).await;
        let (home, away) = both;
        // What is told later is done later: once the removal is known, the outage is.
        wire.change(|world| world.begin_outage(home));
        wire.change(|world| world.remove_bot(away));
        removed(wire, both, (false, true)).await;
        assert_eq!(swept(wire, -60).await, 0);

        wire.change(|world| world.end_outage(home));
        wire.change(|world| world.invite_bot(away));
        removed(wire, both, (false, false)).await;
        assert_eq!(swept(wire, 60).await, 0);

        wire.change(|world| world.begin_outage(home));
        wire.change(|world| world.remove_bot(away));
        removed(wire, both, (false, true)).await;
        assert_eq!(swept(wire, 60).await, 1);
        assert_eq!(wire.store().guilds(), [(home, false)]);
    })
    .await;
}

#[tokio::test]
async fn what_happened_while_the_bot_was_away_is_known_when_it_is_back() {
    run_with(with_store(), async |wire| {
        let both = two_servers(wire).await;
        let (home, away) = both;
        wire.stop().await;
        wire.change(|world| world.begin_outage(home));
        wire.change(|world| world.remove_bot(away));
        wire.start().await;
        removed(wire, both, (false, true)).await;

        wire.stop().await;
        wire.change(|world: &mut World| world.invite_bot(away));
        wire.start().await;
        removed(wire, both, (false, false)).await;
        assert_eq!(swept(wire, 60).await, 0);
    })
    .await;
}
