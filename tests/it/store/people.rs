//! *Delete my data*: what ties a row to a person, read from the schema itself, and gone.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::database::{
    AWAY, Database, HOME, MEMBER, MODERATOR, NOW, by, found, on_each_database, passage, view,
};
use bot::community::{
    Change, Edit, Excerpts, Held, Reason, Statistics, StoreData, StoreQuery, Style, Tally, Vote,
};
use summit_bot::settings;
use summit_bot::store::{Author, Store};

/// What each column holds. A new column fails the test until somebody says here whether it ties
/// its row to a person.
const TIED: &[(&str, &str)] = &[("ballot", "voter"), ("history", "moderator")];
const UNTIED: &[(&str, &[&str])] = &[
    ("about", &["name", "value"]),
    ("ballot", &["at", "guild", "passage", "vote"]),
    ("channel", &["channel", "guild", "mentions"]),
    ("guild", &["id", "removed_at", "revision"]),
    ("hidden", &["guild", "passage", "reason"]),
    ("history", &["at", "edits", "guild", "inverse", "is_undone", "number", "undoes"]),
    ("passage", &["document", "exact", "guild", "key", "prefix", "suffix"]),
    ("pin", &["guild", "passage", "question"]),
    ("setting", &["guild", "name", "value"]),
    ("tally", &["day", "guild", "no_answer", "other", "passage", "too_short", "up", "wrong_voice"]),
    ("unanswered", &["at", "guild", "number", "question", "settled_by", "topic", "until"]),
];

/// Every column of every table, read from the database.
async fn columns(database: &Database) -> BTreeSet<(String, String)> {
    let sql = match database.settings {
        settings::Store::Server(_) => {
            "SELECT table_name || '.' || column_name FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'"
        }
        _ => {
            "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name <> '_sqlx_migrations'"
        }
    };
    let names = database.column(sql).await;
    names.iter().map(|name| name.split_once('.').unwrap()).map(own).collect()
}

fn own((table, column): (&str, &str)) -> (String, String) {
    (table.to_owned(), column.to_owned())
}

/// Everything that can be done, by one person.
async fn does_everything(store: &Store, who: u64) {
    for guild in [Some(HOME), Some(AWAY), None] {
        for number in 1..4 {
            let vote =
                Change::Vote { passage: passage(number), vote: Some(Vote::Down(Reason::Other)) };
            store.commit(by(store, guild, who, NOW).await, &[vote]).await.unwrap();
        }
        let question =
            Change::KeepUnanswered { question: "Cats?".into(), topic: "cats".into(), days: 30 };
        store.commit(by(store, guild, who, NOW).await, &[question]).await.unwrap();
    }
    for guild in [HOME, AWAY] {
        for edits in [
            vec![Edit::Excerpts(Some(Excerpts::nearest(2)))],
            vec![Edit::Style(Some(Style::Plain))],
        ] {
            let author = by(store, Some(guild), who, NOW).await;
            let view = view(store, Some(guild)).await;
            let inverse = view.community.inverse(&edits);
            store.commit(author, &[Change::Edit { edits, inverse }]).await.unwrap();
        }
    }
}

async fn held(store: &Store, who: u64) -> Held {
    match found(store, who, StoreQuery::Held).await {
        StoreData::Held(held) => held,
        other => panic!("{other:?}"),
    }
}

/// The whole database, as text.
async fn dump(database: &Database) -> String {
    let mut all = String::new();
    for (table, column) in columns(database).await {
        let sql = format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} IS NOT NULL");
        for value in database.column(&sql).await {
            writeln!(all, "{table}.{column} {value}").unwrap();
        }
    }
    all
}

on_each_database! {
    async fn every_column_is_known_to_tie_to_a_person_or_not(database: &Database) {
        let store = database.open().await;
        store.close().await;
        let untied = UNTIED.iter().flat_map(|(table, columns)| {
            columns.iter().map(|column| own((table, column)))
        });
        let said: BTreeSet<_> = TIED.iter().copied().map(own).chain(untied).collect();
        assert_eq!(columns(database).await, said);
    }

    async fn delete_my_data_empties_every_table_that_ties_a_row_to_a_person(database: &Database) {
        let store = database.open().await;
        does_everything(&store, MEMBER).await;
        does_everything(&store, MODERATOR).await;
        assert_eq!(held(&store, MEMBER).await, Held { votes: 9, changes: 4 });

        let before = dump(database).await;
        for (table, column) in TIED {
            let ties = before.matches(&format!("{table}.{column} ")).count();
            assert!(ties > 0, "the test puts nothing into {table}.{column}");
        }
        let author = Author { guild: None, who: MEMBER, now: NOW, revision: 0 };
        store.commit(author, &[Change::ForgetPerson]).await.unwrap();

        assert_eq!(held(&store, MEMBER).await, Held::default());
        assert_eq!(held(&store, MODERATOR).await, Held { votes: 9, changes: 4 }, "nobody else’s");
        let after = dump(database).await;
        assert!(!after.contains(&MEMBER.to_string()), "no id is left anywhere");
        for (table, column) in TIED {
            let ties = |dump: &str| dump.matches(&format!("{table}.{column} ")).count();
            assert_eq!(ties(&after) * 2, ties(&before), "{table}.{column}");
        }
        // What was set stays, and was set by a former moderator; what was voted counts no more.
        let seen = view(&store, Some(AWAY)).await;
        assert_eq!((seen.excerpts(), seen.revision), (2, 4));
        let StoreData::Statistics(Statistics { passages, .. }) =
            found(&store, MODERATOR, StoreQuery::Statistics).await else { panic!() };
        assert_eq!(passages[0].votes, Tally { other: 1, ..Tally::default() });
        // Again: nothing is left to delete.
        store.commit(author, &[Change::ForgetPerson]).await.unwrap();
    }

    async fn a_former_moderator_is_nobody_at_once(database: &Database) {
        let store = database.open().await;
        does_everything(&store, MODERATOR).await;
        assert_eq!(view(&store, Some(HOME)).await.last.as_ref().unwrap().by, Some(MODERATOR));
        let author = Author { guild: None, who: MODERATOR, now: NOW, revision: 0 };
        store.commit(author, &[Change::ForgetPerson]).await.unwrap();
        let seen = view(&store, Some(HOME)).await;
        assert_eq!(seen.last.as_ref().unwrap().by, None);
        assert_eq!(seen.undoable.as_ref().unwrap().by, None, "it can still be undone");
    }

    async fn a_voter_is_a_different_hash_for_each_passage_and_server(database: &Database) {
        let store = database.open().await;
        does_everything(&store, MEMBER).await;
        let voters = database.column("SELECT voter FROM ballot").await;
        let different: BTreeSet<_> = voters.iter().collect();
        assert_eq!((voters.len(), different.len()), (9, 9));
        assert!(voters.iter().all(|voter| voter.len() == 32), "{voters:?}");
    }
}
