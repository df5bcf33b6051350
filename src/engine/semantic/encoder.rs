//! The sentence encoder: a text becomes a vector, and texts of like meaning become vectors of
//! like direction.
//!
//! all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Wang et al. 2020) on candle's BERT, its weights in
//! the program. It knows nothing of corpora and questions.

mod bias;
mod network;

use network::{Config, Network};
use tokenizers::{Encoding, Tokenizer, TruncationParams};

use super::embedding::Embedding;

const WEIGHTS: &[u8] = include_bytes!("encoder/all-minilm-l6-v2/model-f16.safetensors");
const TOKENIZER: &[u8] = include_bytes!("encoder/all-minilm-l6-v2/tokenizer.json");
const CONFIG: &str = include_str!("encoder/all-minilm-l6-v2/config.json");
/// The checksums of weights, tokenizer and configuration, as published beside them.
const CHECKSUMS: &str = include_str!("encoder/all-minilm-l6-v2/SHA256SUMS");

/// The most tokens of a text that are read, as the model was trained.
const MAX_TOKENS: usize = 256;

/// Tokens that go through the network together: more are hardly faster, and take more memory.
const PACK: usize = 128;

/// The encoder could not be loaded, or fails: a fault of the program, not of the text.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The network.
    #[error("the sentence encoder failed")]
    Network(#[from] candle_core::Error),
    /// The tokenizer.
    #[error("the tokenizer of the sentence encoder failed")]
    Tokenizer(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The configuration of the network.
    #[error("the sentence encoder’s configuration cannot be read")]
    Config(#[from] serde_json::Error),
}

/// Turns texts into vectors. Immutable; the same text gives the same vector, bit by bit.
pub struct Encoder {
    tokenizer: Tokenizer,
    network: Network,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoder(all-MiniLM-L6-v2)")
    }
}

impl Encoder {
    /// Loads the encoder; takes a tenth of a second and about 50 MB. `None` where the program was
    /// built without one.
    ///
    /// # Errors
    /// Where the weights that the program was built with are broken.
    pub fn load() -> Result<Option<Self>, EncoderError> {
        let config: Config = serde_json::from_str(CONFIG)?;
        let mut tokenizer = Tokenizer::from_bytes(TOKENIZER).map_err(EncoderError::Tokenizer)?;
        let truncation = TruncationParams { max_length: MAX_TOKENS, ..Default::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(EncoderError::Tokenizer)?;
        tokenizer.with_padding(None);
        Ok(Some(Self { tokenizer, network: Network::load(WEIGHTS, &config)? }))
    }

    /// What tells this encoder's vectors from those of any other; `None` where the program was
    /// built without one.
    #[must_use]
    pub fn checksum() -> Option<&'static str> {
        Some(CHECKSUMS)
    }

    /// The vector of `text`, of which the first 256 tokens count.
    ///
    /// # Errors
    /// Where the network or the tokenizer fails.
    pub fn encode(&self, text: &str) -> Result<Embedding, EncoderError> {
        Ok(self.encode_all(&[text])?.pop().unwrap_or_default())
    }

    /// The vectors of `texts`, in their order. Of each text the first 256 tokens count.
    ///
    /// # Errors
    /// Where the network or the tokenizer fails.
    pub fn encode_all(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncoderError> {
        let tokenize = |text: &&str| self.tokenizer.encode_fast(*text, true);
        let encodings = texts.iter().map(tokenize).collect::<Result<Vec<_>, _>>();
        let encodings = encodings.map_err(EncoderError::Tokenizer)?;
        let mut vectors = Vec::with_capacity(texts.len());
        for pack in packs(encodings.iter().map(Encoding::get_ids)) {
            vectors.extend(self.network.means(&pack)?.iter().map(|mean| Embedding::new(mean)));
        }
        Ok(vectors)
    }
}

/// Texts that go through the network together, of about [`PACK`] tokens.
fn packs<'a>(texts: impl Iterator<Item = &'a [u32]>) -> Vec<Vec<&'a [u32]>> {
    let (mut packs, mut tokens) = (vec![Vec::new()], 0);
    for text in texts {
        tokens += text.len();
        if tokens > PACK {
            packs.push(Vec::new());
            tokens = text.len();
        }
        if let Some(pack) = packs.last_mut() {
            pack.push(text);
        }
    }
    packs.retain(|pack| !pack.is_empty());
    packs
}
