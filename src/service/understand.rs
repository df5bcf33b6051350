//! An engine that goes by words learns what its sentences mean: their vectors are taken from
//! the cache or made, on all cores.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use super::{ServiceError, Stage, cache};
use crate::answer::{Engine, EngineError, Models};
use crate::knowledge::Document;
use crate::search::{Encoder, EncoderError, Meanings, Passages, Vector};
use crate::settings::Settings;

/// An engine over the same documents as `engine` that goes by words and meaning; the same engine
/// where the settings or the program want no encoder. `progress` is told how far it has come.
///
/// # Errors
/// Where the encoder or the fitted models fail. That vectors cannot be kept is only logged.
pub fn understand(
    engine: &Engine,
    settings: &Settings,
    progress: impl FnMut(Stage),
) -> Result<Engine, ServiceError> {
    if !settings.answer.encoder {
        return Ok(engine.clone());
    }
    let Some((encoder, checksum)) = Encoder::load()?.zip(Encoder::checksum()) else {
        return Ok(engine.clone());
    };
    let corpus = engine.corpus();
    let passages = Passages::of(corpus);
    let slugs = corpus.documents().iter().map(Document::slug);
    let file = settings.knowledge.cache.as_deref().map(|folder| cache::path(folder, slugs));
    let vectors = vectors(&encoder, checksum, passages.texts(), file.as_deref(), progress)?;
    let meanings = Meanings::new(passages, vectors).map_err(EngineError::from)?;
    let models = Models::fitted().map_err(EngineError::from)?;
    Ok(engine.understanding(Arc::new(encoder), meanings, models))
}

/// The vectors of `texts`, those that are not in `file` made and kept there.
fn vectors(
    encoder: &Encoder,
    checksum: &str,
    texts: &[String],
    file: Option<&Path>,
    progress: impl FnMut(Stage),
) -> Result<Vec<Vector>, EncoderError> {
    let mut known = match file {
        Some(file) => cache::Cache::read(checksum, file),
        None => cache::Cache::new(checksum),
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

/// The vectors of `texts`, in their order, made on all cores.
fn encode_all(
    encoder: &Encoder,
    texts: &[&str],
    mut progress: impl FnMut(Stage),
) -> Result<Vec<Vector>, EncoderError> {
    let all = texts.len();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(all);
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut made: Vec<(usize, Vector)> = Vec::with_capacity(all);
    progress(Stage::Encoding { done: 0, all });
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (sender, next, is_over) = (sender.clone(), &next, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(text) = texts.get(number) else { break };
                    let vector = encoder.encode(text).map(|vector| (number, vector));
                    // Nobody listens once another text has failed.
                    if sender.send(vector).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for vector in receiver {
            match vector {
                Ok(vector) => made.push(vector),
                Err(error) => {
                    is_over.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
            progress(Stage::Encoding { done: made.len(), all });
        }
        Ok(())
    })?;
    made.sort_by_key(|(number, _)| *number);
    Ok(made.into_iter().map(|(_, vector)| vector).collect())
}
