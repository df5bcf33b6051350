//! The place of the sentence encoder in a program that was built without one.

use super::vector::Vector;

/// The encoder fails: it cannot, since there is none.
#[derive(Debug, thiserror::Error)]
#[error("this program was built without a sentence encoder")]
pub enum EncoderError {}

/// Turns texts into vectors. This program was built without the feature `encoder`, so that there
/// is none.
#[derive(Debug)]
pub enum Encoder {}

impl Encoder {
    /// `None`: the program was built without an encoder.
    ///
    /// # Errors
    /// None.
    #[must_use = "there may be no encoder"]
    pub fn load() -> Result<Option<Self>, EncoderError> {
        Ok(None)
    }

    /// `None`: the program was built without an encoder.
    #[must_use]
    pub fn checksum() -> Option<&'static str> {
        None
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    #[must_use = "there is no encoder"]
    pub fn encode(&self, _: &str) -> Result<Vector, EncoderError> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    #[must_use = "there is no encoder"]
    pub fn encode_all(&self, _: &[&str]) -> Result<Vec<Vector>, EncoderError> {
        match *self {}
    }
}
