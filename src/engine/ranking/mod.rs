//! Ranks the sentences of a corpus for a question, each with the evidence for it.
//!
//! It knows nothing of answers and thresholds.

mod features;
mod matching;
mod rank;
mod weights;

pub use features::Features;
pub use rank::Candidate;
pub use weights::WeightsError;
pub(crate) use weights::{measures, weights_table};

/// The fitted weights of the ranking, with an encoder and without.
const FITTED: &str = include_str!("ranking.toml");
const FITTED_BY_WORDS: &str = include_str!("ranking-lexical.toml");

impl Features {
    /// Returns what each feature counts in the ranking, as fitted by `cargo xtask fit`: by words
    /// and meaning, or by words alone.
    ///
    /// # Errors
    /// Where the file of weights that this crate was built with is broken.
    pub fn fitted(has_meaning: bool) -> Result<Self, WeightsError> {
        Self::parse(if has_meaning { FITTED } else { FITTED_BY_WORDS })
    }
}
