//! Several processes on one server: what one changes, the others go by.

use std::time::{Duration, Instant};

use super::database::{Database, HOME, Kind, edit, moderator, view};
use summit_bot::guild::{Change, Edit, Style, Visibility};
use summit_bot::store::{CommitError, Store};
use tokio::time::timeout;

/// Longer than any news takes that is not lost.
const SOON: Duration = Duration::from_secs(10);

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
    for round in 0..20 {
        let style = if round % 2 == 0 { Style::Plain } else { Style::Card };
        edit(&one, vec![Edit::Style(Some(style))]).await.unwrap();
        let began = Instant::now();
        goes_by(&other, style).await;
        longest = longest.max(began.elapsed());
    }
    println!("obeyed after {longest:?} at the latest, of 20 changes");

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
