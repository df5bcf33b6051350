//! The network of the sentence encoder: BERT (Devlin et al. 2019) on candle.
//!
//! Texts are packed, the tokens of one after those of the other: nothing is padded, and no token
//! sees another text.

use candle_core::safetensors::SliceSafetensors;
use candle_core::{DType, Device, Module, Result, Tensor};
use candle_nn::attention::flash_attn_varlen_cpu;
use candle_nn::{LayerNorm, VarBuilder, layer_norm};
use serde::Deserialize;

use super::bias::AddBias;

/// What a network looks like, as published with its weights.
#[derive(Debug, Deserialize)]
pub(super) struct Config {
    hidden_size: usize,
    intermediate_size: usize,
    layer_norm_eps: f64,
    num_attention_heads: usize,
    num_hidden_layers: usize,
    type_vocab_size: usize,
}

/// A network. Immutable.
pub(super) struct Network {
    embeddings: Embeddings,
    layers: Vec<Layer>,
}

impl Network {
    /// The network with these weights, in the safetensors format.
    ///
    /// # Errors
    /// Where the weights are broken, or are not those of `config`.
    pub(super) fn load(weights: &'static [u8], config: &Config) -> Result<Self> {
        let builder = VarBuilder::from_slice_safetensors(weights, DType::F32, &Device::Cpu)?;
        let embeddings = Embeddings::load(weights, &builder.pp("embeddings"), config)?;
        let layers = (0..config.num_hidden_layers)
            .map(|number| Layer::load(&builder.pp("encoder.layer").pp(number), config));
        Ok(Self { embeddings, layers: layers.collect::<Result<_>>()? })
    }

    /// The mean of the last layer over the tokens of each text, in their order. A text without
    /// tokens has none.
    ///
    /// # Errors
    /// Where a token is unknown.
    pub(super) fn means(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f32>>> {
        let lengths = Lengths::of(texts)?;
        let mut hidden = self.embeddings.of(texts)?;
        for layer in &self.layers {
            hidden = layer.forward(&hidden, &lengths)?;
        }
        let mut start = 0;
        let means = texts.iter().map(|text| {
            let own = hidden.narrow(0, start, text.len())?;
            start += text.len();
            own.mean(0)?.to_vec1()
        });
        means.collect()
    }
}

/// How many tokens each of the packed texts has.
struct Lengths {
    tensor: Tensor,
    longest: usize,
}

impl Lengths {
    fn of(texts: &[&[u32]]) -> Result<Self> {
        let lengths =
            texts.iter().map(|text| u32::try_from(text.len()).map_err(candle_core::Error::wrap));
        let lengths = lengths.collect::<Result<Vec<_>>>()?;
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        Ok(Self { tensor: Tensor::new(lengths, &Device::Cpu)?, longest })
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

    fn load(weights: &'static [u8], builder: &VarBuilder<'_>, config: &Config) -> Result<Self> {
        let width = config.hidden_size;
        let types = builder.get((config.type_vocab_size, width), "token_type_embeddings.weight")?;
        let norm = layer_norm(width, config.layer_norm_eps, builder.pp("LayerNorm"))?;
        let table = SliceSafetensors::new(weights)?;
        Ok(Self { table, token_type: types.narrow(0, 0, 1)?.contiguous()?, norm, width })
    }

    /// The embedded tokens of all texts, a row each.
    fn of(&self, texts: &[&[u32]]) -> Result<Tensor> {
        let words = texts.iter().flat_map(|text| text.iter().map(|token| *token as usize));
        let words = self.rows(Self::WORDS, words)?;
        let positions = self.rows(Self::POSITIONS, texts.iter().flat_map(|text| 0..text.len()))?;
        self.norm.forward(&(words + positions)?.broadcast_add(&self.token_type)?)
    }

    fn rows(&self, name: &str, numbers: impl Iterator<Item = usize>) -> Result<Tensor> {
        let row_bytes = self.width * DType::F16.size_in_bytes();
        let table = self.table.get(name)?.data();
        let (mut bytes, mut count) = (Vec::new(), 0);
        for number in numbers {
            let row = table.get(number * row_bytes..(number + 1) * row_bytes);
            let missing = || candle_core::Error::Msg(format!("{name} has no row {number}"));
            bytes.extend_from_slice(row.ok_or_else(missing)?);
            count += 1;
        }
        Tensor::from_raw_buffer(&bytes, DType::F16, &[count, self.width], &Device::Cpu)?
            .to_dtype(DType::F32)
    }
}

/// One layer of the transformer (Vaswani et al. 2017).
struct Layer {
    /// Queries, keys and values, side by side.
    projections: Dense,
    attended: Dense,
    attention_norm: LayerNorm,
    intermediate: Dense,
    output: Dense,
    output_norm: LayerNorm,
    heads: usize,
}

impl Layer {
    fn load(builder: &VarBuilder<'_>, config: &Config) -> Result<Self> {
        let (width, inner) = (config.hidden_size, config.intermediate_size);
        let own = builder.pp("attention.self");
        let names = ["query", "key", "value"].map(|name| own.pp(name));
        let norm = |builder: VarBuilder<'_>| layer_norm(width, config.layer_norm_eps, builder);
        Ok(Self {
            projections: Dense::load(&names, width, width)?,
            attended: Dense::load(&[builder.pp("attention.output.dense")], width, width)?,
            attention_norm: norm(builder.pp("attention.output.LayerNorm"))?,
            intermediate: Dense::load(&[builder.pp("intermediate.dense")], width, inner)?,
            output: Dense::load(&[builder.pp("output.dense")], inner, width)?,
            output_norm: norm(builder.pp("output.LayerNorm"))?,
            heads: config.num_attention_heads,
        })
    }

    fn forward(&self, hidden: &Tensor, lengths: &Lengths) -> Result<Tensor> {
        let attended = self.attended.forward(&self.attend(hidden, lengths)?)?;
        let hidden = self.attention_norm.forward(&(attended + hidden)?)?;
        let inner = self.intermediate.forward_with(&hidden, &AddBias::ThenGelu)?;
        self.output_norm.forward(&(self.output.forward(&inner)? + hidden)?)
    }

    fn attend(&self, hidden: &Tensor, lengths: &Lengths) -> Result<Tensor> {
        let (tokens, width) = hidden.dims2()?;
        let head = width / self.heads;
        let projected = self.projections.forward(hidden)?;
        let part = |number: usize| {
            projected.narrow(1, number * width, width)?.reshape((tokens, self.heads, head))
        };
        let scale = 1.0 / (head as f32).sqrt();
        flash_attn_varlen_cpu(
            &part(0)?,
            &part(1)?,
            &part(2)?,
            None,
            &lengths.tensor,
            &lengths.tensor,
            lengths.longest,
            lengths.longest,
            scale,
            false,
            None,
            None,
        )?
        .reshape((tokens, width))
    }
}

/// A linear map.
struct Dense {
    weights: Tensor,
    bias: Tensor,
}

impl Dense {
    /// The maps with these names, from `from` to `to` dimensions each, side by side.
    fn load(builders: &[VarBuilder<'_>], from: usize, to: usize) -> Result<Self> {
        let weights = builders.iter().map(|builder| builder.get((to, from), "weight"));
        let biases = builders.iter().map(|builder| builder.get(to, "bias"));
        let weights = Tensor::cat(&weights.collect::<Result<Vec<_>>>()?, 0)?;
        let bias = Tensor::cat(&biases.collect::<Result<Vec<_>>>()?, 0)?;
        // By rows of what comes in, as the multiplication reads them.
        let weights = weights.t()?.contiguous()?;
        Ok(Self { weights, bias })
    }

    fn forward(&self, hidden: &Tensor) -> Result<Tensor> {
        self.forward_with(hidden, &AddBias::Alone)
    }

    fn forward_with(&self, hidden: &Tensor, bias: &AddBias) -> Result<Tensor> {
        let rows = hidden.matmul(&self.weights)?;
        rows.inplace_op2(&self.bias, bias)?;
        Ok(rows)
    }
}
