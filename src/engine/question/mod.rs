//! Turns a question into a query: concepts, speakers, intent, and what it takes up from earlier
//! questions.
//!
//! A question is data: no character of it is query syntax.

pub(crate) mod analyzer;
mod anaphora;
mod breadth;
pub(crate) mod facts;
mod identity;
mod intent;
mod merge;
pub(crate) mod query;
mod speaking;

pub use anaphora::{Anaphora, FollowUp};
pub use breadth::Breadth;
pub use intent::Intent;
pub use query::{Concept, ConceptKind, Query};
pub use speaking::SpokenBy;
