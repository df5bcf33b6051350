//! The sentence encoder: a text becomes a vector, and texts of like meaning become vectors of
//! like direction.
//!
//! all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Wang et al. 2020) with weights of eight bits, run
//! by rten, its weights in the program. It knows nothing of corpora and questions.

mod word_piece;

use std::sync::Arc;

use rten::{
    LoadError, Model, ModelOptions, NodeId, OpRegistry, RunError, RunOptions, ThreadPool,
    TryFromValueError, Value,
};

use super::embedding::Embedding;
pub use word_piece::MissingToken;
use word_piece::WordPiece;

/// The graph of the network; its weights are next to it, under the name by which it knows them.
/// Static, since a constant would be copied into the library more than once.
static GRAPH: &[u8] = include_bytes!("encoder/all-minilm-l6-v2/model-int8.onnx");
const WEIGHTS_NAME: &str = "model-int8.onnx.data";
const VOCABULARY: &str = include_str!("encoder/all-minilm-l6-v2/vocab.txt");
/// The checksums of graph, weights and vocabulary.
const CHECKSUMS: &str = include_str!("encoder/all-minilm-l6-v2/SHA256SUMS");

/// What goes into the graph, and what comes out.
const TOKENS: &str = "tokens";
const MEAN: &str = "mean";

/// Threads that encode one text. Measured: 1.1 ms for 12 tokens where one thread takes 1.6 ms, and
/// 3.3 ms for 64 where one takes 5.5 ms.
const THREADS: usize = 2;

/// The encoder could not be loaded, or fails: a fault of the program, not of the text.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The graph or the weights that the program was built with are broken.
    #[error("the sentence encoder cannot be loaded")]
    Load(#[from] LoadError),
    /// The vocabulary that the program was built with is broken.
    #[error("the sentence encoder’s vocabulary is broken")]
    Vocabulary(#[from] MissingToken),
    /// The tokens of a text cannot be handed to the graph.
    #[error("the sentence encoder takes no such tokens")]
    Input(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The graph cannot be run, or has no such input or output.
    #[error("the sentence encoder failed")]
    Run(#[from] RunError),
    /// What came out of the graph is no vector.
    #[error("the sentence encoder gave no vector")]
    Output(#[from] TryFromValueError),
}

/// Turns texts into vectors. Immutable; the same text gives the same vector, bit by bit, in any
/// company and on any number of threads.
pub struct Encoder {
    word_piece: WordPiece,
    model: Model,
    tokens: NodeId,
    mean: NodeId,
    threads: Arc<ThreadPool>,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoder(all-MiniLM-L6-v2)")
    }
}

impl Encoder {
    /// Loads the encoder; takes a hundredth of a second and about 30 MB.
    ///
    /// # Errors
    /// Where the weights or the vocabulary that the program was built with are broken.
    pub fn load() -> Result<Self, EncoderError> {
        let mut options = ModelOptions::with_ops(operators());
        // Laid out for the multiplication once, 10 MB, and not for every text: that takes 3 ms.
        options.prepack_weights(true);
        // These are read where they lie.
        let weights = rten::include_external_data!("encoder/all-minilm-l6-v2/model-int8.onnx.data");
        options.external_data_static(WEIGHTS_NAME, weights);
        let model = options.load_static_slice(GRAPH)?;
        Ok(Self {
            word_piece: WordPiece::new(VOCABULARY)?,
            tokens: model.node_id(TOKENS)?,
            mean: model.node_id(MEAN)?,
            model,
            threads: Arc::new(ThreadPool::with_num_threads(THREADS)),
        })
    }

    /// Returns what tells this encoder's vectors from those of any other.
    #[must_use]
    pub fn checksum() -> &'static str {
        CHECKSUMS
    }

    /// Returns the vector of `text`, of which the first 256 tokens count.
    ///
    /// # Errors
    /// Where the network fails.
    pub fn encode(&self, text: &str) -> Result<Embedding, EncoderError> {
        self.encode_on(&self.threads, text)
    }

    /// Returns the vectors of `texts`, in their order, made one after the other on one thread: with
    /// many texts, whoever calls this from a thread for each core gains most. Of each text the
    /// first 256 tokens count.
    ///
    /// # Errors
    /// Where the network fails.
    pub fn encode_all(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncoderError> {
        let thread = Arc::new(ThreadPool::with_num_threads(1));
        texts.iter().map(|text| self.encode_on(&thread, text)).collect()
    }

    /// Each text goes through the network alone: nothing is padded, and none changes
    /// another.
    fn encode_on(&self, threads: &Arc<ThreadPool>, text: &str) -> Result<Embedding, EncoderError> {
        let tokens = self.word_piece.tokens(text);
        let tokens = Value::from_shape([tokens.len()], tokens)
            .map_err(|error| EncoderError::Input(Box::new(error)))?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(threads)));
        let inputs = vec![(self.tokens, tokens.into())];
        let [mean] = self.model.run_n(inputs, [self.mean], Some(options))?;
        let ([_], mean) = mean.into_shape_vec::<f32, 1>()?;
        Ok(Embedding::new(&mean))
    }
}

/// Returns the operators of the graph; the program is smaller without the others.
fn operators() -> OpRegistry {
    rten::op_registry!(
        Abs,
        Add,
        Cast,
        Div,
        Gather,
        Gelu,
        LayerNormalization,
        MatMul,
        MatMulInteger,
        Mul,
        QuantizeLinear,
        ReduceMax,
        ReduceMean,
        Reshape,
        Shape,
        Slice,
        Softmax,
        Split,
        Squeeze,
        Transpose
    )
}
