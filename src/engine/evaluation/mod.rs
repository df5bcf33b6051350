//! Question files with known answers, and how well the engine does on them.
//!
//! Used by `summit-bot eval`, by the quality gate and by the fitting of the models. It reads no
//! files: it is handed texts and engines.
#![allow(
    clippy::disallowed_methods,
    reason = "how long an answer takes is measured, and decides nothing"
)]

mod conversations;
mod figures;
mod floor;
mod questions;
mod run;
mod unanswered;

pub use conversations::{Conversation, Turn, converse, read_conversations};
pub use figures::{Figure, Figures, KindFigures, separation};
pub use floor::{Floor, FloorError};
pub use questions::{GoldAttribution, GoldQuestion, QuestionError, Target, read};
pub use run::{Outcome, judge};
pub use unanswered::{Failure, Unanswered, unanswered};
