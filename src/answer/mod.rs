//! answer
mod engine;
mod excerpt;
mod window;
pub use engine::{Engine, Answer};
pub use excerpt::{Excerpt, ExcerptPart, MAX_EXCERPT_SENTENCES, Origin, Person};
