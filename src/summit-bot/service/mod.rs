//! The shell around the core: reads the knowledge folder, builds the engine from settings, and
//! answers requests.
//!
//! It knows nothing of Discord's wire and of printing.
#![allow(clippy::disallowed_methods, reason = "the shell reads the files that the core is handed")]

mod cache;
mod embeddings;
mod isolation;
mod rate_limit;
mod respond;
mod retention;

pub use embeddings::with_embeddings;
pub use isolation::{decide_or_apologize, isolate, isolate_future};
pub use respond::Service;

use std::io;
use std::path::{Path, PathBuf};

use crate::settings::Settings;
use engine::answer::{Engine, EngineError, Models};
use engine::knowledge::{Corpus, Diagnostics, SourceFile};
use engine::semantic::EncoderError;

/// A knowledge folder that cannot be used, or an engine that cannot be built from it.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is nothing at that path.
    #[error(
        "there is no folder {}: make it and put a text in, or choose another with --knowledge",
        .0.display()
    )]
    NoFolder(PathBuf),
    /// There is something else at that path.
    #[error("{} is not a folder: choose the folder that it is in", .0.display())]
    NotAFolder(PathBuf),
    /// No file in the folder is a source text.
    #[error(
        "{} holds no text: put a .txt or .md file in, or choose another folder with --knowledge",
        .0.display()
    )]
    NoText(PathBuf),
    /// A file or folder exists and cannot be read.
    #[error("{} cannot be read: fix its permissions, or move it away", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Sources or annotations are faulty.
    #[error("the knowledge folder has faults; none of it is used until they are fixed\n{0}")]
    Faults(Diagnostics),
    /// The engine fails: a fault of the program, not of the folder.
    #[error("the search engine cannot be built")]
    Engine(#[from] EngineError),
    /// The sentence encoder fails: a fault of the program, not of the folder.
    #[error("the meanings of the texts cannot be found out; answer.encoder = false does without")]
    Encoder(#[from] EncoderError),
}

/// How far the building of an engine has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Texts and annotations are read and checked.
    Reading {
        /// Size of all files together.
        bytes: usize,
    },
    /// Sentences are indexed.
    Indexing {
        /// Sentences that are.
        done: usize,
        /// Sentences that will be.
        all: usize,
    },
    /// Texts are encoded.
    Encoding {
        /// Texts that are.
        done: usize,
        /// Texts that will be.
        all: usize,
    },
}

/// Returns the engine over the knowledge folder of `settings`, which understands as much as it ever
/// will.
/// `progress` is told now and then how far it has come.
///
/// # Errors
/// If the folder cannot be used, or the engine fails.
pub fn build_engine(
    settings: &Settings,
    mut progress: impl FnMut(Stage),
) -> Result<Engine, ServiceError> {
    let engine = build_lexical_engine(settings, &mut progress)?;
    with_embeddings(&engine, settings, progress)
}

/// Returns the engine over the knowledge folder of `settings`, which goes by words alone: it is
/// ready in milliseconds.
///
/// # Errors
/// As [`build_engine`].
pub fn build_lexical_engine(
    settings: &Settings,
    mut progress: impl FnMut(Stage),
) -> Result<Engine, ServiceError> {
    let files = read_folder(&settings.knowledge.directory)?;
    progress(Stage::Reading { bytes: files.iter().map(|file| file.bytes.len()).sum() });
    let corpus = Corpus::load(&files).map_err(ServiceError::Faults)?;
    let all = corpus.sentence_count();
    let models = Models::fitted_lexical().map_err(EngineError::from)?;
    let threshold = settings.answer.threshold;
    Ok(Engine::with_models(corpus, threshold, models, |done| {
        progress(Stage::Indexing { done, all });
    })?)
}

/// Returns the engine over `files`, with the settings for answers.
///
/// # Errors
/// If a file is faulty, or the engine fails.
pub fn engine_of(files: &[SourceFile], settings: &Settings) -> Result<Engine, ServiceError> {
    let corpus = Corpus::load(files).map_err(ServiceError::Faults)?;
    let engine = Engine::build(corpus, settings.answer.threshold)?;
    with_embeddings(&engine, settings, |_| {})
}

/// Returns the documents of a folder.
///
/// # Errors
/// If the folder cannot be read, or anything in it is faulty: all faults of all files.
pub fn load_corpus(folder: &Path) -> Result<Corpus, ServiceError> {
    Corpus::load(&read_folder(folder)?).map_err(ServiceError::Faults)
}

/// Returns the files of a folder, by name. Hidden files are left out, and so are folders.
///
/// # Errors
/// If the folder or a file cannot be read, or no file is a text.
pub fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, ServiceError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| ServiceError::Unreadable { path, source }
    };
    let entries = std::fs::read_dir(folder).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => ServiceError::NoFolder(folder.to_owned()),
        io::ErrorKind::NotADirectory => ServiceError::NotAFolder(folder.to_owned()),
        _ => ServiceError::Unreadable { path: folder.to_owned(), source },
    })?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(unreadable(folder))?.file_name();
        if !name.to_string_lossy().starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    let mut files = Vec::new();
    for name in names {
        let path = folder.join(&name);
        if std::fs::metadata(&path).map_err(unreadable(&path))?.is_dir() {
            continue;
        }
        // The loader takes what follows the last slash for the name, on every system.
        let name = format!("{}/{}", folder.display(), name.to_string_lossy());
        let bytes = std::fs::read(&path).map_err(unreadable(&path))?;
        files.push(SourceFile { name, bytes });
    }
    let ending =
        |file: &SourceFile| file.name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let is_text = |file: &SourceFile| matches!(ending(file).as_deref(), Some("txt" | "md"));
    if !files.iter().any(is_text) {
        return Err(ServiceError::NoText(folder.to_owned()));
    }
    Ok(files)
}
