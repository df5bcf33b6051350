//! Embeds sentences and questions, and tells how near a question is to each sentence in meaning.
//!
//! It knows nothing of ranking and answers.

mod binary_quantization;
mod embedding;
mod embeddings;
mod encoder;

pub use embedding::{DIMENSIONS, Vector};
pub(crate) use embeddings::Alike;
pub use embeddings::{CountError, Encode, Likeness, Meanings, Passages};
pub use encoder::{Encoder, EncoderError};
