//! summit-bot
pub mod answer;
pub mod evaluation;
pub mod knowledge;
pub mod search;
