//! An offline Discord on 127.0.0.1: REST v10 and gateway v10, to which any client library can be
//! pointed: serenity by `HttpBuilder::proxy`, discord.js by its option `rest.api`, discord.py by
//! `Route.BASE`.
//!
//! ```
//! use std::time::Duration;
//!
//! use mock_discord::{Config, MockDiscord};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mock = MockDiscord::start(Config::default()).await?;
//! // A bot is started with this address in place of https://discord.com, and with this token.
//! println!("{} {}", mock.url(), mock.token());
//!
//! mock.member("ann").mention("Who wrote this?")?;
//! // The reply of the bot; here none runs.
//! let reply = mock.next_message(Duration::from_millis(10)).await;
//! assert!(reply.is_err());
//! mock.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # The map
//!
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`world`] | state and rules, without input or output | – |
//! | `wire` | the REST and the gateway servers, between clients and the world | `world` |
//! | [`terminal`] | draws what people see, and takes what they type | `world`, `control`, `person` |
//! | `control` | faults and the record of a run, for tests and testers | `world` |
//! | `person` | someone who types, presses and reads | `world`, `control` |
//!
//! It knows nothing of this project's bot: it would serve any other as well.
//!
//! Not built: voice, compression, ETF, components v2, reactions, members' and servers'
//! management, message search, webhooks other than an interaction's, threads' own routes.

mod control;
mod person;
pub mod terminal;
mod wire;
pub mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use control::TimeoutError;
pub use person::Person;
pub use world::{Id, Setup, World};

/// Whose time a world keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// Time passes only when a test lets it.
    #[default]
    Stepped,
    /// The machine's time.
    Real,
}

/// How an offline Discord is started.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The world at its start.
    pub setup: Setup,
    /// Whose time it keeps.
    pub clock: Clock,
    /// The port of the REST server; 0 for any that is free.
    pub port: u16,
}

/// A running offline Discord; it stops when dropped.
#[derive(Debug)]
pub struct MockDiscord {
    shared: Arc<Shared>,
    rest: SocketAddr,
    tasks: JoinSet<()>,
}

impl MockDiscord {
    /// Starts both servers on 127.0.0.1; a tokio runtime must be running.
    ///
    /// # Errors
    ///
    /// A port cannot be had.
    pub async fn start(config: Config) -> io::Result<Self> {
        let rest = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        let gateway = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = rest.local_addr()?;
        let shared = Arc::new(Shared {
            world: Mutex::new(World::new(&config.setup)),
            changed: watch::Sender::new(0),
            connection_faults: Mutex::new(Vec::new()),
            clock: config.clock,
            gateway_url: format!("ws://{}", gateway.local_addr()?),
        });
        let mut tasks = JoinSet::new();
        shared.change(|world| world.cdn = format!("http://{address}"));
        tasks.spawn(wire::rest::serve(rest, Arc::clone(&shared)));
        tasks.spawn(wire::gateway::serve(gateway, Arc::clone(&shared)));
        Ok(Self { shared, rest: address, tasks })
    }

    /// Returns what clients take for `https://discord.com`: `/api/v10` follows it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.rest)
    }

    /// Returns the gateway's address, as `GET /gateway` tells it.
    #[must_use]
    pub fn gateway_url(&self) -> &str {
        &self.shared.gateway_url
    }

    /// Closes all connections and both ports.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

/// The state that the servers and the handle share.
#[derive(Debug)]
struct Shared {
    world: Mutex<World>,
    /// Counts changes, so that whoever waits for one can look again.
    changed: watch::Sender<u64>,
    connection_faults: Mutex<Vec<ConnectionFault>>,
    clock: Clock,
    gateway_url: String,
}

/// A mishap that the gateway causes on every open connection.
#[derive(Debug, Clone, PartialEq)]
enum ConnectionFault {
    /// Closes with a code, or without one.
    Close(Option<u16>),
    /// Sends a frame as it is.
    Say(String),
    /// Sends bytes as they are.
    SayBytes(Vec<u8>),
    /// Op 9; whether the session may be resumed.
    Invalidate(bool),
    /// Cuts the TCP connection.
    Cut,
}

impl Shared {
    /// Reads the world.
    fn look<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.world.lock())
    }

    /// Changes the world at the present instant and wakes who waits for a change.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let result = {
            let mut world = self.world.lock();
            if self.clock == Clock::Real {
                world.set_now(unix_ms());
            }
            change(&mut world)
        };
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
        result
    }

    fn connection_fault(&self, connection_fault: ConnectionFault) {
        self.connection_faults.lock().push(connection_fault);
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }
}

fn unix_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
