//! What is kept is deleted in time, by a clock that the test sets.

use super::database::{
    AWAY, Database, HOME, MEMBER, MODERATOR, NOW, by, edit, found, on_each_database, passage, view,
};
use bot::community::retention::{
    AFTER_REMOVAL_DAYS, DAY, HISTORY_DAYS, Kept, TABLE, Until, VOTER_DAYS,
};
use bot::community::{Change, Edit, Held, Keep, Reason, StoreData, StoreQuery, Style, Tally, Vote};
use summit_bot::store::{Store, Swept};

/// The last second before so many days are over, and the one after it.
fn around(days: u32) -> (u64, u64) {
    let end = NOW + u64::from(days) * DAY;
    (end - 1, end)
}

async fn keep(store: &Store, question: &str, days: u32, at: u64) {
    let change = Change::KeepUnanswered { question: question.into(), topic: question.into(), days };
    store.commit(by(store, Some(HOME), MEMBER, at).await, &[change]).await.unwrap();
}

async fn unanswered(store: &Store) -> u64 {
    match found(store, MEMBER, StoreQuery::Statistics).await {
        StoreData::Statistics(found) => found.unanswered,
        other => panic!("{other:?}"),
    }
}

on_each_database! {
    async fn the_table_of_periods_is_what_the_sweep_does(database: &Database) {
        let store = database.open().await;
        // Every row of the table is one of the tests below; a new row fails here first.
        for period in TABLE {
            match (period.kept, period.until) {
                (Kept::Settings, Until::AfterRemoval { days }) => assert_eq!(days, AFTER_REMOVAL_DAYS),
                (Kept::History, Until::Days(days)) => assert_eq!(days, HISTORY_DAYS),
                (Kept::Votes, Until::Untied { days }) => assert_eq!(days, VOTER_DAYS),
                (Kept::Unanswered, Until::AsChosen) | (Kept::Log, Until::Days(_)) => {}
                other => panic!("nobody sweeps {other:?}"),
            }
        }
        assert_eq!(store.sweep(NOW).await.unwrap(), Swept::default(), "nothing is there");
    }

    async fn history_is_forgotten_after_its_days_and_settings_are_not(database: &Database) {
        let store = database.open().await;
        edit(&store, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
        let (before, after) = around(HISTORY_DAYS);
        assert_eq!(store.sweep(before).await.unwrap().records, 0);
        assert!(view(&store, Some(HOME)).await.undoable.is_some());
        assert_eq!(store.sweep(after).await.unwrap(), Swept { records: 1, ..Swept::default() });
        let seen = view(&store, Some(HOME)).await;
        assert_eq!((seen.last, seen.undoable), (None, None));
        assert_eq!((view(&store, Some(HOME)).await.style(), seen.revision), (Style::Plain, 1));
        // Numbers go on where they were.
        edit(&store, vec![Edit::Style(None)]).await.unwrap();
        assert_eq!(view(&store, Some(HOME)).await.last.as_ref().unwrap().number, 2);
    }

    async fn a_vote_is_untied_after_its_days_and_still_counts(database: &Database) {
        let store = database.open().await;
        let down = Change::Vote { passage: passage(1), vote: Some(Vote::Down(Reason::Other)) };
        store.commit(by(&store, Some(HOME), MEMBER, NOW).await, &[down]).await.unwrap();
        let (before, after) = around(VOTER_DAYS);
        assert_eq!(store.sweep(before).await.unwrap().voters, 0);
        assert_eq!(store.sweep(after).await.unwrap(), Swept { voters: 1, ..Swept::default() });
        assert_eq!(found(&store, MEMBER, StoreQuery::Vote(passage(1))).await, StoreData::Vote(None));
        assert_eq!(found(&store, MEMBER, StoreQuery::Held).await, StoreData::Held(Held::default()));
        let StoreData::Statistics(statistics) = found(&store, MEMBER, StoreQuery::Statistics).await else { panic!() };
        assert_eq!(statistics.passages[0].votes, Tally { other: 1, ..Tally::default() });
    }

    async fn questions_go_after_the_days_that_the_server_chose(database: &Database) {
        let store = database.open().await;
        edit(&store, vec![Edit::KeepUnanswered(Some(Keep::ThirtyDays))]).await.unwrap();
        keep(&store, "a", 7, NOW).await;
        keep(&store, "b", 30, NOW).await;
        let (before, after) = around(7);
        assert_eq!(store.sweep(before).await.unwrap().unanswered, 0);
        assert_eq!(store.sweep(after).await.unwrap().unanswered, 1);
        assert_eq!(unanswered(&store).await, 1);
        // A shorter time counts for what is there already.
        edit(&store, vec![Edit::KeepUnanswered(Some(Keep::SevenDays))]).await.unwrap();
        keep(&store, "c", 7, after).await;
        assert_eq!(store.sweep(after).await.unwrap().unanswered, 1);
        // So does switching it off.
        edit(&store, vec![Edit::KeepUnanswered(Some(Keep::Off))]).await.unwrap();
        assert_eq!(store.sweep(after).await.unwrap().unanswered, 1);
        assert_eq!(unanswered(&store).await, 0);
    }

    async fn a_server_is_forgotten_after_the_removal_and_not_after_an_outage(database: &Database) {
        let store = database.open().await;
        edit(&store, vec![Edit::Hide { passage: passage(1), reason: "old".into() }]).await.unwrap();
        for change in [
            Change::Vote { passage: passage(2), vote: Some(Vote::Up) },
            Change::KeepUnanswered { question: "Cats?".into(), topic: "cats".into(), days: 30 },
        ] {
            store.commit(by(&store, Some(HOME), MODERATOR, NOW).await, &[change]).await.unwrap();
        }
        let (before, after) = around(AFTER_REMOVAL_DAYS);
        // Never removed: nothing goes, however long it takes.
        assert_eq!(store.sweep(after).await.unwrap().guilds, 0);

        // Removed, and added again on the last day.
        store.removed(HOME, NOW).await.unwrap();
        assert_eq!(store.sweep(before).await.unwrap().guilds, 0);
        store.arrived(HOME).await.unwrap();
        assert_eq!(store.sweep(after).await.unwrap().guilds, 0);

        // Removed, told twice, and restarted: the first time counts.
        store.removed(HOME, NOW).await.unwrap();
        store.removed(HOME, after).await.unwrap();
        store.removed(AWAY, NOW).await.unwrap();
        store.close().await;
        let store = database.open().await;
        assert_eq!(store.guilds(), [(HOME, true)]);
        assert_eq!(store.sweep(before).await.unwrap().guilds, 0);
        assert_eq!(store.sweep(after).await.unwrap().guilds, 1);
        assert!(store.guilds().is_empty());
        assert!(view(&store, Some(HOME)).await.community.hidden.is_empty());
        for table in ["guild", "passage", "hidden", "history", "ballot", "tally", "unanswered"] {
            let rows = database.column(&format!("SELECT CAST(guild AS TEXT) FROM {table}").replace("(guild AS TEXT) FROM guild", "(id AS TEXT) FROM guild")).await;
            assert!(rows.is_empty(), "{table} keeps {rows:?}");
        }
    }

    async fn words_of_passages_go_when_nothing_is_said_of_them(database: &Database) {
        let store = database.open().await;
        let hide = |number| Edit::Hide { passage: passage(number), reason: String::new() };
        edit(&store, vec![hide(1), hide(2)]).await.unwrap();
        edit(&store, vec![Edit::Show { passage: passage(1) }]).await.unwrap();
        for vote in [Some(Vote::Up), None] {
            let change = Change::Vote { passage: passage(3), vote };
            store.commit(by(&store, Some(HOME), MEMBER, NOW).await, &[change]).await.unwrap();
        }
        store.sweep(NOW).await.unwrap();
        let left = database.column("SELECT exact FROM passage").await;
        assert_eq!(left, [passage(2).exact]);
    }
}
