//! Ranked candidates become an excerpt, or an abstention.
//!
//! This room knows nothing of Discord, guilds, storage, the network or the clock.

mod abstention;
mod byline;
mod engine;
pub(crate) mod excerpt;
mod exclusions;
mod follow_up;
mod guards;
mod multi_passage;
mod passages;
mod said;
pub(crate) mod speaker;
mod window;

pub use abstention::Evidence;
pub use engine::{AskError, Engine, EngineError, Explanation, MAX_EXCERPTS, MAX_TOGETHER, Models};
pub use excerpt::{Excerpt, ExcerptPart, MAX_EXCERPT_SENTENCES, Origin, Person};
pub use follow_up::{Exchange, Inherited, MAX_EXCHANGES};
pub use passages::Passages;
pub use said::{Answer, Question, Reason};
pub use speaker::UnknownSpeaker;
