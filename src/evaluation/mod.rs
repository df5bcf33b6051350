//! Question files with known answers, and how well the engine does on them.

mod questions;
pub use questions::{Expected, GoldQuestion, QuestionFault, Target, read};
