//! What the sentences of a corpus mean, as vectors, and how near a question comes to each.
//!
//! A sentence is encoded as it stands and with who says it; its neighbours count by their own
//! vectors. The vectors come from outside, so that whoever has encoded a text before can hand
//! them in.

use std::collections::HashMap;

use super::binary_quantization::SignIndex;
use super::embedding::Embedding;
use super::encoder::EncoderError;
use crate::knowledge::{Corpus, SentenceId, SentenceRef};

/// What turns a text into a vector.
pub trait Encode: std::fmt::Debug + Send + Sync {
    /// Returns the vector of `text`; the same one every time.
    ///
    /// # Errors
    /// Where the encoder fails.
    fn encode(&self, text: &str) -> Result<Embedding, EncoderError>;
}

impl Encode for super::encoder::Encoder {
    fn encode(&self, text: &str) -> Result<Embedding, EncoderError> {
        Self::encode(self, text)
    }
}

/// The texts of a corpus that are encoded, each once.
#[derive(Debug)]
pub struct EmbeddingInputs {
    texts: Vec<String>,
    /// By sentence; `None` for those that are never quoted.
    places: Vec<Option<Places>>,
}

/// Positions of the texts of one sentence.
#[derive(Debug)]
struct Places {
    own: usize,
    spoken: usize,
    asks: Vec<usize>,
}

impl Places {
    /// Returns those by which a sentence is near or far.
    fn compared(&self) -> impl Iterator<Item = usize> + Clone {
        std::iter::once(self.spoken).chain(self.asks.iter().copied())
    }
}

impl EmbeddingInputs {
    /// The texts of every sentence of `corpus` that may be quoted.
    #[must_use]
    pub fn of(corpus: &Corpus) -> Self {
        let mut texts = Texts::default();
        let places = corpus.sentences().map(|(_, sentence)| texts.places(&sentence));
        let places = places.collect();
        Self { places, texts: texts.texts }
    }

    /// Returns the texts, in the order in which [`Embeddings::new`] wants their vectors.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Texts on their way to being encoded.
#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    known: HashMap<String, usize>,
}

impl Texts {
    fn place(&mut self, text: String) -> usize {
        *self.known.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            self.texts.len() - 1
        })
    }

    fn places(&mut self, sentence: &SentenceRef<'_>) -> Option<Places> {
        if !sentence.sentence.is_quotable() {
            return None;
        }
        let text = sentence.text();
        Some(Places {
            own: self.place(text.to_owned()),
            spoken: self.place(spoken(sentence)),
            asks: sentence.asks().iter().map(|ask| self.place(ask.clone())).collect(),
        })
    }
}

/// Returns the words of the sentence, and before them who says them, with office.
fn spoken(sentence: &SentenceRef<'_>) -> String {
    let speaker = sentence.sentence.attribution.speaker;
    let text = sentence.text();
    match speaker.and_then(|speaker| sentence.document.speaker(speaker)) {
        None => text.to_owned(),
        Some(speaker) => match &speaker.role {
            None => format!("{}: {text}", speaker.name),
            Some(role) => format!("{}, {role}: {text}", speaker.name),
        },
    }
}

/// The vectors of all texts of a corpus: 388 bytes a text, in one block, and 52 more where there
/// are tens of thousands. Immutable.
#[derive(Debug)]
pub struct Embeddings {
    vectors: Vec<Embedding>,
    places: Vec<Option<Places>>,
    /// Where there are more than [`COMPARED_IN_FULL`].
    signs: Option<SignIndex>,
}

/// Vectors up to which a question is compared with each in full: where that begins to take longer
/// than going by signs. Measured: 30 ns for each, 1.5 ms for these; by signs 4 ns for each and
/// 1.6 ms for those that are then compared.
const COMPARED_IN_FULL: usize = 50_000;

/// Beyond that, of the vectors that differ in the fewest signs so many are compared in full for
/// each that is wanted. Measured with 1,517 questions of people on 19,532 sentences of articles: 64
/// find .9996 of the 60 nearest, and .996 or more of the nearest 1 to 30, which are to these
/// sentences what 60 are to a million. 32 find .993 or more, 16 only .981.
const COMPARED_FOR_EACH: usize = 64;

/// There are not as many vectors as texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are {vectors} vectors for {texts} texts")]
pub struct CountError {
    texts: usize,
    vectors: usize,
}

impl Embeddings {
    /// Returns the meanings of `passages`, of whose texts `vectors` are, in their order.
    ///
    /// # Errors
    /// Where there are more or fewer vectors than texts.
    pub fn new(passages: EmbeddingInputs, vectors: Vec<Embedding>) -> Result<Self, CountError> {
        let (texts, count) = (passages.texts.len(), vectors.len());
        if texts != count {
            return Err(CountError { texts, vectors: count });
        }
        let places = passages.places;
        let signs = signs(&vectors, &places);
        Ok(Self { vectors, places, signs })
    }

    /// Returns every sentence next to a question.
    #[must_use]
    pub fn beside(&self, question: Embedding) -> Similarities<'_> {
        Similarities { embeddings: self, question }
    }
}

/// Returns an index of the vectors that [`Similarities::nearest`] compares, where they are many.
fn signs(vectors: &[Embedding], places: &[Option<Places>]) -> Option<SignIndex> {
    let compared = (0..).map(SentenceId::new).zip(places).flat_map(|(id, places)| {
        let compared = places.iter().flat_map(Places::compared);
        compared.filter_map(move |place| Some((id, vectors.get(place)?)))
    });
    let are_many = compared.clone().nth(COMPARED_IN_FULL).is_some();
    are_many.then(|| SignIndex::new(compared))
}

/// How near a question comes to the sentences of a corpus.
#[derive(Debug)]
pub struct Similarities<'a> {
    embeddings: &'a Embeddings,
    question: Embedding,
}

/// How near a question comes to one sentence: cosines, from -1 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Similarity {
    /// With the sentence.
    pub(crate) own: f32,
    /// With the sentence, and who says it.
    pub(crate) spoken: f32,
    /// With each neighbour, on average; where there is none the sentence itself takes its place.
    pub(crate) near: f32,
    /// How much nearer the best of the questions comes that the sentence is known to answer.
    pub(crate) asks: f32,
    /// By how much the cosine with the best of those questions exceeds [`SIMILAR_QUESTION`]; 0
    /// where it does not.
    pub(crate) same_question: f32,
}

/// The cosine from which the likeness of two questions counts in the ranking. Chosen on the
/// development questions.
const SIMILAR_QUESTION: f32 = 0.5;

impl Similarities<'_> {
    fn cosine(&self, place: usize) -> f32 {
        self.embeddings.vectors.get(place).map_or(0.0, |vector| vector.cosine(&self.question))
    }

    fn places(&self, index: Option<usize>) -> Option<&Places> {
        self.embeddings.places.get(index?)?.as_ref()
    }

    fn best_ask(&self, places: &Places) -> Option<f32> {
        places.asks.iter().map(|ask| self.cosine(*ask)).max_by(f32::total_cmp)
    }

    /// Returns how near the question comes to a sentence; nothing where it is never quoted.
    pub(crate) fn with(&self, id: SentenceId) -> Similarity {
        let Some(places) = self.places(Some(id.index())) else {
            return Similarity::default();
        };
        let own = self.cosine(places.own);
        let spoken = self.cosine(places.spoken);
        // Across the border of two documents, too, which is seldom and does no harm.
        let side = |index| self.places(index).map_or(own, |other| self.cosine(other.own));
        let before = side(id.index().checked_sub(1));
        let after = side(id.index().checked_add(1));
        let ask = self.best_ask(places);
        let beyond = |border: f32| ask.map_or(0.0, |ask| (ask - border).max(0.0));
        Similarity {
            own,
            spoken,
            near: f32::midpoint(before, after),
            asks: beyond(spoken),
            same_question: beyond(SIMILAR_QUESTION),
        }
    }

    /// Returns the `limit` sentences that come nearest, by themselves or by a question that they
    /// answer, the nearest first; equal ones in the order of the text. Of tens of thousands of
    /// sentences or more a few in a thousand of them are missed, the same ones every time.
    #[must_use]
    pub fn nearest(&self, limit: usize) -> Vec<SentenceId> {
        let compared = match &self.embeddings.signs {
            Some(signs) => signs.nearest(&self.question, limit.saturating_mul(COMPARED_FOR_EACH)),
            None => (0..).zip(&self.embeddings.places).map(|(id, _)| SentenceId::new(id)).collect(),
        };
        let found = compared.into_iter().filter_map(|id| {
            let places = self.places(Some(id.index()))?;
            let cosines = places.compared().map(|place| self.cosine(place));
            Some((cosines.max_by(f32::total_cmp)?, id))
        });
        let mut found: Vec<(f32, SentenceId)> = found.collect();
        let order =
            |a: &(f32, SentenceId), b: &(f32, SentenceId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_by(order);
        found.into_iter().map(|(_, id)| id).collect()
    }
}
