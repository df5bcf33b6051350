//! The log: set up once, one line an event, on the error stream.
//!
//! No line holds what people wrote, their ids, or a token. Serenity's own lines may hold all of
//! these, so that only its errors are let through, and not those in which it prints frames.

use std::io;
use std::panic;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log; a second call changes nothing.
pub fn init() {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false);
    let started = tracing_subscriber::registry().with(filter()).with(lines).try_init();
    if started.is_ok() {
        panic::set_hook(Box::new(|info| {
            // The message is left out: it may hold what somebody asked.
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!("the program panicked at {place}");
        }));
    }
}

/// Ours from INFO on, of others what is an error. Serenity prints whole errors and frames
/// even there, and what ends a session is logged by us.
fn filter() -> Targets {
    Targets::new()
        .with_default(LevelFilter::ERROR)
        .with_target("summit_bot", LevelFilter::INFO)
        .with_target("serenity", LevelFilter::OFF)
}
