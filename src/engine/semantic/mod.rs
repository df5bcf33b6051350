//! Embeds sentences and questions, and tells how near a question is to each sentence in meaning.
//!
//! It knows nothing of ranking and answers.

mod binary_quantization;
mod embedding;
mod embeddings;
mod encoder;

pub use embedding::{DIMENSIONS, Embedding};
pub(crate) use embeddings::Similarity;
pub use embeddings::{CountError, EmbeddingInputs, Embeddings, Encode, Similarities};
pub use encoder::{Encoder, EncoderError, MissingToken};
