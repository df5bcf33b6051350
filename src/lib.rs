//! summit-bot
pub mod answer;
pub mod bot;
pub mod cli;
pub mod evaluation;
pub mod knowledge;
pub mod search;
pub mod service;
pub mod settings;
