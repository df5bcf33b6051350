//! summit-bot
pub mod knowledge;
pub mod search;
pub mod answer;
pub mod evaluation;
