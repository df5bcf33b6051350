//! Vectors of all texts and questions, made once and kept below `target/`, so that fitting again is
//! quick.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use engine::semantic::{Embedding, Encode, Encoder, EncoderError};

const FILE: &str = "target/fit-vectors";
const BATCH: usize = 64;
const LENGTH: usize = size_of::<u32>();

/// An encoder that remembers.
#[derive(Debug)]
pub(crate) struct Memo {
    encoder: Encoder,
    known: Mutex<HashMap<String, Embedding>>,
}

impl Memo {
    /// Returns what the file remembers, if it is of this encoder.
    pub(crate) fn open() -> Result<Self> {
        let encoder = Encoder::load()?;
        let mut known = HashMap::new();
        let bytes = std::fs::read(FILE).unwrap_or_default();
        let mut rest = bytes.as_slice();
        while let Some((text, vector, behind)) = entry(rest) {
            known.insert(text, vector);
            rest = behind;
        }
        // A text of which the vector is known tells whether this encoder made the others.
        let is_ours = match known.iter().min_by_key(|(text, _)| text.as_str()) {
            Some((text, vector)) => encoder.encode(text)? == *vector,
            None => true,
        };
        if !is_ours {
            known.clear();
        }
        Ok(Self { encoder, known: Mutex::new(known) })
    }

    /// Encodes those of `texts` that are not known, and keeps all.
    pub(crate) fn learn(&self, texts: &[&str]) -> Result<()> {
        let missing: Vec<&str> = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            texts.iter().copied().filter(|text| !known.contains_key(*text)).collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        for batch in missing.chunks(BATCH) {
            let vectors = self.encoder.encode_all(batch)?;
            let texts = batch.iter().map(|text| (*text).to_owned());
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.extend(texts.zip(vectors));
        }
        self.write()
    }

    fn write(&self) -> Result<()> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts: Vec<_> = known.iter().collect();
        texts.sort_by_key(|(text, _)| text.as_str());
        let mut bytes = Vec::new();
        for (text, vector) in texts {
            bytes.extend_from_slice(&u32::try_from(text.len())?.to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
            bytes.extend_from_slice(&vector.to_bytes());
        }
        std::fs::write(Path::new(FILE), bytes).context("keeping the vectors")
    }
}

fn entry(bytes: &[u8]) -> Option<(String, Embedding, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (vector, rest) = rest.split_first_chunk::<{ Embedding::BYTES }>()?;
    Some((String::from_utf8(text.to_vec()).ok()?, Embedding::from_bytes(*vector), rest))
}

impl Encode for Memo {
    fn encode(&self, text: &str) -> Result<Embedding, EncoderError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vector) = known().get(text) {
            return Ok(vector.clone());
        }
        let vector = self.encoder.encode(text)?;
        known().insert(text.to_owned(), vector.clone());
        Ok(vector)
    }
}
