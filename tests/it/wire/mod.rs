//! The bot at the wire: the same function as `summit-bot run`, connected to an offline Discord.
//!
//! Wording is tested by value elsewhere; here it is what arrives, and who sees it. [`harness`]
//! says what is checked behind every test.

mod buttons;
mod commands;
mod follow_ups;
pub(crate) mod harness;
mod hostile;
mod limits;
mod log;
mod messages;
mod moderation;
mod openapi;
mod program;
mod requests;
mod secrets;
mod servers;
mod sessions;
mod shutdown;
mod start;
mod tls;
