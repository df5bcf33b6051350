//! Everything that is tested from outside: one binary, since linking is what tests cost most.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and may read files"
)]

mod architecture;
mod attribution;
mod bot;
mod bot_documents;
mod bot_follow_up;
mod bot_limits;
mod chat;
mod claims;
mod cli;
mod command;
mod engine;
mod follow_up;
mod guild;
mod listed_questions;
mod loading;

mod mock_discord;
mod mock_discord_options;
mod moderation;
mod nearest;
mod offline;
mod panics;
mod persons;
mod properties;
mod quality;
mod quotation;
mod readme;
mod store;
mod support;
mod terminal;
mod traps;
mod understanding;
mod wire;
