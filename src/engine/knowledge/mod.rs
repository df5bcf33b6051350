//! Source text and standoff annotation become a [`Corpus`].
//!
//! This room owns spans, sentence ids, attribution and every fault of loading. It is handed
//! bytes and knows nothing of the file system, the index, Discord or the clock.

mod annotate;
mod annotation;
mod asks;
mod attribution;
mod corpus;
mod diagnostic;
mod document;
mod layout;
mod load;
mod selector;
mod selectors;
mod sentences;
mod span;

pub use annotation::Date;
pub use asks::MAX_ASK_CHARACTERS;
pub use attribution::{Attribution, Part, SpeakerId, SpeakerKey, Voice};
pub use corpus::{Corpus, SentenceId, SentenceRef};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use document::{
    Document, MAX_EXCERPT_WORDS, Paragraph, Place, Region, Section, Sentence, Speaker,
};
pub use load::SourceFile;
pub use span::Span;
