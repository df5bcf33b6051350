//! Ranked candidates become an excerpt, or an abstention.
//!
//! This room knows nothing of Discord, guilds, storage, the network or the clock.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod abstention;
mod byline;
mod engine;
mod excerpt;
mod follow_up;
mod left_out;
mod likeness;
mod parts;
mod passages;
mod quotation;
mod rules;
mod said;
mod speaker;
mod window;

pub use abstention::Evidence;
pub use engine::{AskError, Engine, EngineError, Explanation, MAX_EXCERPTS, MAX_TOGETHER, Models};
pub use excerpt::{Excerpt, ExcerptPart, MAX_EXCERPT_SENTENCES, Origin, Person};
pub use follow_up::{Exchange, Inherited, MAX_EXCHANGES};
pub use likeness::{same_form, topic};
pub use passages::Passages;
pub use quotation::{
    Allegation, Claim, MAX_CLAIM_WORDS, MAX_LEFT_OUT, MAX_OMISSIONS, MAX_PASSAGES, Mark, NEAR,
    Passage, Segment, Share, Verdict, Verification, VerifyError,
};
pub use said::{Answer, Question, Reason};
pub use speaker::UnknownSpeaker;

pub use crate::search::keywords;
