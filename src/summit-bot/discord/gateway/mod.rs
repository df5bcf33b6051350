//! The gateway: one connection after another, over which events come.
//!
//! Serenity's shard is not used: on some close codes it spins and hears nothing more, it tries
//! for ever what is final, and after a missed heartbeat it never resumes. What is decided is
//! pure: [`frame`] reads what is heard, [`close`] says what a close code means, [`connection`]
//! what is done, [`reconnect_policy`] when. [`socket`] and [`supervisor`] do it.
//!
//! Rules: <https://docs.discord.com/developers/events/gateway>.

mod close;
mod connection;
mod frame;
mod reconnect_policy;
mod socket;
mod supervisor;

pub use close::FinalClose;
pub(super) use frame::{Incoming, Membership, UnreadError};
pub(super) use supervisor::{Supervisor, cancelled};
