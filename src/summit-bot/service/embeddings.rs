//! An engine that goes by words learns what its sentences mean: their vectors are taken from
//! the cache or made, on all cores.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use super::{ServiceError, Stage, cache};
use crate::settings::Settings;
use engine::answer::{Engine, EngineError, Models};
use engine::knowledge::Document;
use engine::semantic::{Embedding, EmbeddingInputs, Embeddings, Encoder, EncoderError};

/// Texts that are encoded together.
const BATCH: usize = 16;

/// Returns an engine over the same documents as `engine` that goes by words and meaning; the same
/// engine where the settings want no encoder. `progress` is told how far it has come.
///
/// # Errors
/// If the encoder or the fitted models fail. That vectors cannot be kept is only logged.
pub fn with_embeddings(
    engine: &Engine,
    settings: &Settings,
    progress: impl FnMut(Stage),
) -> Result<Engine, ServiceError> {
    if !settings.answer.encoder {
        return Ok(engine.clone());
    }
    let encoder = Encoder::load()?;
    let corpus = engine.corpus();
    let passages = EmbeddingInputs::of(corpus);
    let slugs = corpus.documents().iter().map(Document::slug);
    let file = settings.knowledge.cache.as_deref().map(|folder| cache::path(folder, slugs));
    let vectors = vectors(&encoder, passages.texts(), file.as_deref(), progress)?;
    let meanings = Embeddings::new(passages, vectors).map_err(EngineError::from)?;
    let models = Models::fitted().map_err(EngineError::from)?;
    Ok(engine.with_embeddings(Arc::new(encoder), meanings, models))
}

/// Returns the vectors of `texts`, those that are not in `file` made and kept there.
fn vectors(
    encoder: &Encoder,
    texts: &[String],
    file: Option<&Path>,
    progress: impl FnMut(Stage),
) -> Result<Vec<Embedding>, EncoderError> {
    let mut known = match file {
        Some(file) => cache::Cache::read(Encoder::checksum(), file),
        None => cache::Cache::new(Encoder::checksum()),
    };
    let missing: Vec<&str> =
        texts.iter().map(String::as_str).filter(|text| known.get(text).is_none()).collect();
    let made = encode_all(encoder, &missing, progress)?;
    for (text, vector) in missing.iter().zip(made) {
        known.insert(text, vector);
    }
    if let Some(file) = file.filter(|_| !missing.is_empty())
        && let Err(error) = known.write(file, texts)
    {
        let path = file.display();
        tracing::warn!(%path, %error, "vectors cannot be kept, and will be made again");
    }
    Ok(texts.iter().filter_map(|text| known.get(text).cloned()).collect())
}

/// Returns the vectors of `texts`, in their order, made on all cores.
fn encode_all(
    encoder: &Encoder,
    texts: &[&str],
    mut progress: impl FnMut(Stage),
) -> Result<Vec<Embedding>, EncoderError> {
    let all = texts.len();
    let batches: Vec<&[&str]> = texts.chunks(BATCH).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(batches.len());
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut made: Vec<(usize, Vec<Embedding>)> = Vec::with_capacity(batches.len());
    let mut done = 0;
    progress(Stage::Encoding { done, all });
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (sender, next, is_over, batches) = (sender.clone(), &next, &is_over, &batches);
            let work = move || {
                while !is_over.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(batch) = batches.get(number) else { break };
                    let vectors = encoder.encode_all(batch).map(|vectors| (number, vectors));
                    // No one listens once another batch has failed.
                    if sender.send(vectors).is_err() {
                        break;
                    }
                }
            };
            scope.spawn(work);
        }
        drop(sender);
        for vectors in receiver {
            match vectors {
                Ok(vectors) => {
                    done += vectors.1.len();
                    made.push(vectors);
                }
                Err(error) => {
                    is_over.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
            progress(Stage::Encoding { done, all });
        }
        Ok(())
    })?;
    made.sort_by_key(|(number, _)| *number);
    Ok(made.into_iter().flat_map(|(_, vectors)| vectors).collect())
}
