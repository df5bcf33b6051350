//! The sentence encoder: a text becomes a vector, and texts of like meaning become vectors of
//! like direction.
//!
//! all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Wang et al. 2020) on candle's BERT, its weights in
//! the program. It knows nothing of corpora and questions.

use candle_core::safetensors::SliceSafetensors;
use candle_core::{DType, Device, Tensor};
use candle_nn::{LayerNorm, Module, VarBuilder};
use candle_transformers::models::bert::{BertEncoder, Config};
use tokenizers::{Tokenizer, TruncationParams};

use super::vector::Vector;

const WEIGHTS: &[u8] = include_bytes!("encoder/all-minilm-l6-v2/model-f16.safetensors");
const TOKENIZER: &[u8] = include_bytes!("encoder/all-minilm-l6-v2/tokenizer.json");
const CONFIG: &str = include_str!("encoder/all-minilm-l6-v2/config.json");
/// The checksums of weights, tokenizer and configuration, as published beside them.
const CHECKSUMS: &str = include_str!("encoder/all-minilm-l6-v2/SHA256SUMS");

/// The most tokens of a text that are read, as the model was trained.
const MAX_TOKENS: usize = 256;

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
    embeddings: Embeddings,
    layers: BertEncoder,
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
        let weights = VarBuilder::from_slice_safetensors(WEIGHTS, DType::F32, &Device::Cpu)?;
        let embeddings = Embeddings::load(&weights.pp("embeddings"), &config)?;
        let layers = BertEncoder::load(weights.pp("encoder"), &config)?;
        Ok(Some(Self { tokenizer, embeddings, layers }))
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
    pub fn encode(&self, text: &str) -> Result<Vector, EncoderError> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(EncoderError::Tokenizer)?;
        let tokens = encoding.get_ids();
        let hidden = self.embeddings.of(tokens)?;
        let nothing_masked = Tensor::zeros((1, 1, 1, tokens.len()), DType::F32, &Device::Cpu)?;
        let hidden = self.layers.forward(&hidden, &nothing_masked)?;
        let mean = hidden.mean(1)?.flatten_all()?.to_vec1::<f32>()?;
        Ok(Vector::new(&mean))
    }
}

/// The lowest layer. The rows of words and positions stay as they lie in the program, in f16,
/// and only those that a text needs are read: in f32 they would take 48 MB.
struct Embeddings {
    table: SliceSafetensors<'static>,
    token_type: Tensor,
    norm: LayerNorm,
    width: usize,
}

impl Embeddings {
    const WORDS: &str = "embeddings.word_embeddings.weight";
    const POSITIONS: &str = "embeddings.position_embeddings.weight";

    fn load(weights: &VarBuilder<'_>, config: &Config) -> Result<Self, EncoderError> {
        let width = config.hidden_size;
        let types = weights.get((config.type_vocab_size, width), "token_type_embeddings.weight")?;
        let norm = candle_nn::layer_norm(width, config.layer_norm_eps, weights.pp("LayerNorm"))?;
        let table = SliceSafetensors::new(WEIGHTS)?;
        Ok(Self { table, token_type: types.narrow(0, 0, 1)?.contiguous()?, norm, width })
    }

    /// The embedded tokens, as one batch.
    fn of(&self, tokens: &[u32]) -> Result<Tensor, EncoderError> {
        let words = self.rows(Self::WORDS, tokens.iter().map(|token| *token as usize))?;
        let positions = self.rows(Self::POSITIONS, 0..tokens.len())?;
        let sum = ((words + positions)?.broadcast_add(&self.token_type))?;
        Ok(self.norm.forward(&sum)?.unsqueeze(0)?)
    }

    fn rows(
        &self,
        name: &str,
        numbers: impl ExactSizeIterator<Item = usize>,
    ) -> Result<Tensor, EncoderError> {
        let row_bytes = self.width * DType::F16.size_in_bytes();
        let table = self.table.get(name)?.data();
        let shape = [numbers.len(), self.width];
        let mut bytes = Vec::with_capacity(numbers.len() * row_bytes);
        for number in numbers {
            let row = table.get(number * row_bytes..(number + 1) * row_bytes);
            bytes.extend_from_slice(
                row.ok_or_else(|| candle_core::Error::Msg(format!("{name} has no row {number}")))?,
            );
        }
        let rows = Tensor::from_raw_buffer(&bytes, DType::F16, &shape, &Device::Cpu)?;
        Ok(rows.to_dtype(DType::F32)?)
    }
}
