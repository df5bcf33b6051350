//! Discord: events become requests, what is said becomes calls. The only room that names
//! serenity, and it decides nothing about wording.
//!
//! Of serenity it takes the types, the REST routes and the shard. Its client, its manager of
//! shards and its rate limiter stay out: they identify without back-off, fall back silently to
//! another gateway, cannot be stopped without a running shard, and wait with a lock in hand.

mod api;
mod client;
mod error;
mod gateway;
mod handler;
mod inbound;
mod outbound;
mod queue;
mod registration;
mod supervisor;

pub use client::{invite, run};
pub use error::RunError;
