//! Databases of every earlier version, with rows as in production, brought upwards.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{ConnectOptions, Connection, PgConnection, SqlSafeStr};

use super::database::{Database, HOME, MODERATOR, on_each_database, passage, view};
use bot::community::{ChannelMentions, Community, Edit, Excerpts, Mentions, Style};
use summit_bot::settings;
use summit_bot::store;

const VERSIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "communities",
        include_str!("../../../src/summit-bot/store/migrations/0001_communities.sql"),
    ),
    (2, "review", include_str!("../../../src/summit-bot/store/migrations/0002_review.sql")),
    (
        3,
        "settled questions",
        include_str!("../../../src/summit-bot/store/migrations/0003_settled.sql"),
    ),
];

/// What a community of version 1 has: each version only adds.
const ROWS: &str = "
    INSERT INTO about VALUES ('voter key', 'abc');
    INSERT INTO guild VALUES (81384788765712384, 2, NULL), (1, 0, 1790000000), (0, 0, NULL);
    INSERT INTO setting VALUES (81384788765712384, 'excerpts', '3'),
        (81384788765712384, 'mentions', '\"listed\"'), (81384788765712384, 'moderators', '18446744073709551615');
    INSERT INTO channel VALUES (81384788765712384, 7, 1), (81384788765712384, -1, 0);
    INSERT INTO passage VALUES (81384788765712384, 'k', 'library', 'Sentence 1 is about dogs.',
        'It rains. ', ' It’s “dry”.');
    INSERT INTO pin VALUES (81384788765712384, 'Dogs?', 'k');
    INSERT INTO hidden VALUES (81384788765712384, 'k', 'It''s old');
    INSERT INTO history VALUES
        (81384788765712384, 1, 1790000000, 80351110224678912, '[{\"excerpts\":3}]', '[{\"excerpts\":null}]', NULL, 1),
        (81384788765712384, 2, 1790000009, NULL, '[{\"excerpts\":null}]', '[{\"excerpts\":3}]', 1, 0);
";

/// Makes a database as the program made it that knew no later version.
async fn make(database: &Database, version: i64) {
    let migrations = VERSIONS.iter().filter(|(number, ..)| *number <= version);
    let migrations = migrations.map(|(number, brings, sql)| {
        let sql = sql.into_sql_str();
        Migration::new(*number, (*brings).into(), MigrationType::Simple, sql, false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    match &database.settings {
        settings::Store::Server(url) => {
            let mut connection = PgConnection::connect(url.expose()).await.unwrap();
            migrator.run_direct(None, &mut connection, false).await.unwrap();
            connection.close().await.unwrap();
        }
        _ => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database.path());
            let options = options
                .create_if_missing(true)
                .pragma("application_id", "0x7375_6d6d".replace('_', ""));
            let mut connection = options.connect().await.unwrap();
            migrator.run_direct(None, &mut connection, false).await.unwrap();
            connection.close().await.unwrap();
        }
    }
    database.sql(ROWS).await;
}

/// What the rows say.
async fn check(database: &Database) {
    let store = database.open().await;
    let wanted = Community::default().edited(&[
        Edit::Excerpts(Some(Excerpts::nearest(3))),
        Edit::Mentions(Some(Mentions::Listed)),
        Edit::Moderators(Some(u64::MAX)),
        Edit::Channel { channel: 7, mentions: ChannelMentions::On },
        Edit::Channel { channel: u64::MAX, mentions: ChannelMentions::Off },
        Edit::Pin { question: "Dogs?".into(), passage: passage(1) },
        Edit::Hide { passage: passage(1), reason: "It's old".into() },
    ]);
    let seen = view(&store, Some(HOME)).await;
    assert_eq!(*seen.community, wanted);
    assert_eq!((seen.revision, seen.undoable), (2, None));
    assert_eq!(seen.last.as_ref().unwrap().undoes, Some(1));
    assert_eq!(store.guilds(), [(1, true), (HOME, false)]);
    super::database::edit(&store, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
    assert_eq!(view(&store, Some(HOME)).await.last.as_ref().unwrap().by, Some(MODERATOR));
    store.close().await;
}

on_each_database! {
    async fn every_earlier_version_is_brought_upwards_with_its_rows(database: &Database) {
        for (version, ..) in VERSIONS {
            let Some(database) = database.another().await else { return };
            make(&database, *version).await;
            check(&database).await;
            let report = store::check(&database.settings).await.unwrap();
            assert_eq!((report.version, report.newest, report.fault), (3, 3, None));
            database.remove().await;
        }
    }

    async fn what_a_newer_version_wrote_is_left_alone(database: &Database) {
        let Some(database) = database.another().await else { return };
        make(&database, 2).await;
        database.sql(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             SELECT 9, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        ).await;
        let error = store::Store::open(&database.settings).await.unwrap_err();
        assert_eq!(error.trouble(), store::StoreErrorKind::Newer { found: 9, known: 3 });
        database.remove().await;
    }
}

#[tokio::test]
async fn a_file_is_copied_before_its_schema_changes() {
    let database = Database::new(super::database::Kind::File).await.unwrap();
    make(&database, 1).await;
    let store = database.open().await;
    store.close().await;
    let copy = settings::Store::File(database.path().with_extension("sqlite3.before-3"));
    assert_eq!(store::check(&copy).await.unwrap().version, 1);
}
