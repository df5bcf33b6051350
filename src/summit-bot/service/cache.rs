//! Vectors of texts, kept in a file between runs.
//!
//! A vector is known by the words of its text and by the encoder that made it. A file that is
//! damaged, or of another encoder, is as good as none.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use engine::semantic::Embedding;

const MAGIC: &[u8] = b"summit-bot vectors 1\n";
const HASH: usize = 32;
const KEY: usize = 16;
const ENTRY: usize = KEY + Embedding::BYTES;
const ENDING: &str = "vectors";
/// Files that are kept in the folder: those of the texts that were read last.
const MOST_FILES: usize = 32;

/// The key of a text: the beginning of its SHA-256.
type Key = [u8; KEY];

/// Vectors by the texts that they are of.
#[derive(Debug, Default)]
pub(super) struct Cache {
    /// The mark that tells the encoder from others.
    encoder: String,
    vectors: HashMap<Key, Embedding>,
}

impl Cache {
    /// No vector of this encoder.
    pub(super) fn new(encoder: &str) -> Self {
        Self { encoder: encoder.to_owned(), vectors: HashMap::new() }
    }

    /// Returns the vectors that are in `bytes`, as [`Self::to_bytes`] gives them. `None` where they
    /// are damaged, or another encoder made them.
    fn parse(encoder: &str, bytes: &[u8]) -> Option<Self> {
        let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
        if Sha256::digest(content).as_slice() != checksum {
            return None;
        }
        let content = content.strip_prefix(MAGIC)?;
        let entries = content.strip_prefix(Sha256::digest(encoder).as_slice())?;
        let (entries, rest) = entries.as_chunks::<ENTRY>();
        if !rest.is_empty() {
            return None;
        }
        let mut cache = Self::new(encoder);
        for entry in entries {
            let (key, vector) = entry.split_first_chunk::<KEY>()?;
            cache.vectors.insert(*key, Embedding::from_bytes(vector.try_into().ok()?));
        }
        Some(cache)
    }

    /// Returns the vectors of `texts`, ready to be kept.
    fn to_bytes(&self, texts: &[String]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MAGIC.len() + 2 * HASH + texts.len() * ENTRY);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&Sha256::digest(&self.encoder));
        for key in texts.iter().map(|text| key(text)) {
            if let Some(vector) = self.vectors.get(&key) {
                bytes.extend_from_slice(&key);
                bytes.extend_from_slice(&vector.to_bytes());
            }
        }
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// The vectors of the file `path` that are of this encoder.
    pub(super) fn read(encoder: &str, path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_default();
        Self::parse(encoder, &bytes).unwrap_or_else(|| Self::new(encoder))
    }

    /// Keeps the vectors of `texts`, and no others, in the file `path`: the whole file, or nothing.
    ///
    /// # Errors
    /// If the folder or the file cannot be written.
    pub(super) fn write(&self, path: &Path, texts: &[String]) -> io::Result<()> {
        static WRITTEN: AtomicUsize = AtomicUsize::new(0);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let unfinished = path.with_extension(format!("{}-{number}.part", std::process::id()));
        let written = fs::write(&unfinished, self.to_bytes(texts))
            .and_then(|()| fs::rename(&unfinished, path));
        if written.is_err() {
            // What is left of it is of no use; where it cannot be removed, it does no harm.
            let _ = fs::remove_file(&unfinished);
        }
        written.and_then(|()| forget_old(folder))
    }

    /// Returns the vector of `text`.
    pub(super) fn get(&self, text: &str) -> Option<&Embedding> {
        self.vectors.get(&key(text))
    }

    /// Takes the vector of `text`.
    pub(super) fn insert(&mut self, text: &str, vector: Embedding) {
        self.vectors.insert(key(text), vector);
    }
}

/// Returns the file in `folder` for the documents with these names.
pub(super) fn path<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> PathBuf {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name);
        hash.update("\n");
    }
    let hash = hash.finalize();
    let number = hash.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    folder.join(format!("{number:016x}.{ENDING}"))
}

fn key(text: &str) -> Key {
    let mut key = Key::default();
    for (byte, hashed) in key.iter_mut().zip(Sha256::digest(text)) {
        *byte = hashed;
    }
    key
}

/// Removes the files of texts that have not been read for longest.
fn forget_old(folder: &Path) -> io::Result<()> {
    let mut files: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let modified = path.metadata().and_then(|metadata| metadata.modified());
        // A file that is gone meanwhile needs no removing.
        if let (Some(ENDING), Ok(modified)) = (path.extension().and_then(|e| e.to_str()), modified)
        {
            files.push((modified, path));
        }
    }
    files.sort();
    let surplus = files.len().saturating_sub(MOST_FILES);
    // Another process may have removed it.
    files.iter().take(surplus).for_each(|(_, path)| drop(fs::remove_file(path)));
    Ok(())
}
