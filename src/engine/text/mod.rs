//! Splits text into words, folds and stems them, and knows the words of the English language.
//!
//! It knows nothing of documents, indexes and questions.

pub(crate) mod analysis;
pub(crate) mod clause;
pub(crate) mod cues;
pub(crate) mod english;
mod keywords;
mod language;
pub(crate) mod ngrams;
pub(crate) mod normal;
mod politeness;
pub(crate) mod question_key;

pub use analysis::fold_name;
pub use english::AnswerType;
pub use keywords::keywords;
pub use language::Language;
pub(crate) use politeness::without_politeness;
pub use question_key::{question_key, topic_key};
