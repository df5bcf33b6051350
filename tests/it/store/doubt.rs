//! A server whose connection dies while it commits: nobody knows whether the change was kept, and
//! nobody says that they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use bot::commands::{OptionValue, Options};
use bot::community::{Edit, Excerpts, Style};
use bot::{
    Action, ChannelPermissions, MemberPermissions, ModeratorCommand, Request, Response, Venue, Who,
};
use summit_bot::service::Service;
use summit_bot::settings::{self, Settings};
use summit_bot::store::{CommitError, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::database::{Database, HOME, Kind, MODERATOR, NOW, edit, view};
use crate::support;

/// What becomes of the next `COMMIT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is answered.
    Answered = 0,
    /// The server does it, and nobody hears of it.
    Done = 1,
    /// It does not reach the server.
    Lost = 2,
}

/// Stands between a bot and a server, and can cut a connection at a `COMMIT`.
struct Between {
    url: String,
    fate: Arc<AtomicU8>,
    _tasks: JoinSet<()>,
}

impl Between {
    /// Stands before the server of this database.
    async fn before(database: &Database) -> Self {
        let settings::Store::Server(url) = &database.settings else { panic!("no server") };
        let (head, rest) = url.expose().split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{head}@{}/{name}", door.local_addr().unwrap());
        let fate = Arc::new(AtomicU8::new(Fate::Answered as u8));
        let (server, next) = (server.to_owned(), Arc::clone(&fate));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (client, _) = door.accept().await.unwrap();
                let server = TcpStream::connect(&server).await.unwrap();
                connections.spawn(relay(client, server, Arc::clone(&next)));
            }
        });
        Self { url, fate, _tasks: tasks }
    }

    fn next_commit_is(&self, fate: Fate) {
        self.fate.store(fate as u8, Ordering::SeqCst);
    }
}

/// Carries bytes both ways, until either end closes or a `COMMIT` has its fate.
async fn relay(mut client: TcpStream, mut server: TcpStream, fate: Arc<AtomicU8>) {
    let (mut asked, mut told) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(length @ 1..) = read else { return };
                let asked = &asked[..length];
                let commits = asked.windows(6).any(|word| word == b"COMMIT");
                let fate = if commits { fate.swap(Fate::Answered as u8, Ordering::SeqCst) } else { 0 };
                if fate == Fate::Lost as u8 {
                    return;
                }
                server.write_all(asked).await.unwrap();
                if fate == Fate::Done as u8 {
                    // It answers when it has done it.
                    assert!(server.read(&mut told).await.unwrap() > 0);
                    return;
                }
            }
            read = server.read(&mut told) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&told[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// A request of the owner of a server.
fn sets_excerpts(number: i64) -> Request {
    let powers = MemberPermissions { may_manage_server: true, may_manage_messages: true };
    Request {
        who: Who { id: MODERATOR, powers, roles: Vec::new() },
        place: Venue::Server {
            guild: HOME,
            channel: 7,
            parent: None,
            permits: ChannelPermissions::ALL,
        },
        now: NOW,
        action: Action::Moderate(ModeratorCommand::Edit(Options::from_iter([(
            "excerpts",
            OptionValue::Number(number),
        )]))),
    }
}

#[tokio::test]
async fn where_the_connection_dies_at_the_commit_nobody_claims_to_know() {
    let Some(database) = Database::new(Kind::Server).await else { return };
    let between = Between::before(&database).await;
    let settings = settings::Store::parse(&between.url).unwrap();
    let store = Arc::new(Store::open(&settings).await.unwrap());
    edit(&store, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
    for (fate, kept) in [(Fate::Done, 2), (Fate::Lost, 2), (Fate::Done, 3)] {
        let wanted = if fate == Fate::Done { kept } else { 1 };
        between.next_commit_is(fate);
        let excerpts = Edit::Excerpts(Some(Excerpts::nearest(wanted)));
        let error = edit(&store, vec![excerpts]).await.unwrap_err();
        assert!(matches!(error, CommitError::Unknown(_)), "{error:?}");
        // Who looks then sees what is so, and can go on.
        let seen = view(&store, Some(HOME)).await;
        assert_eq!((seen.excerpts(), seen.is_read_only), (kept, false), "{fate:?}");
    }

    let engine = support::engine(&[support::file("library.txt", "The library opens at nine.")]);
    let service = Service::new(engine, &Settings::load(None).unwrap());
    let service = service.with_store(Arc::clone(&store));
    between.next_commit_is(Fate::Done);
    let Response::Message(reply) = service.answer(&sets_excerpts(1)).await else {
        panic!("no message")
    };
    insta::assert_snapshot!(reply, @r"
    (private)
    I couldn’t tell whether that was saved. Please check with `/settings show`.
    ");
    assert_eq!(view(&store, Some(HOME)).await.excerpts(), 1);
    store.close().await;
    database.remove().await;
}
