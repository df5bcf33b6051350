//! Discord: events become requests, what is said becomes calls. The only room that names
//! serenity, and it decides nothing about wording.
//!
//! Of serenity it takes the types and the REST routes. Its client and its shards stay out: they
//! identify without back-off, fall back silently to another gateway, and cannot be stopped
//! without a running shard.

mod api;
mod channels;
mod client;
mod dedup;
mod error;
mod files;
mod gateway;
mod handler;
mod history;
mod inbound;
mod initial_response;
mod log;
mod outbound;
mod queue;
mod registration;

pub use client::{invite, run, run_once_ready, run_over};
pub use error::RunError;
pub use gateway::FinalClose;
