//! The program: the command line, settings, the store, and the bot at Discord.

pub mod cli;
pub mod discord;
pub mod service;
pub mod settings;
pub mod store;
pub mod telemetry;
