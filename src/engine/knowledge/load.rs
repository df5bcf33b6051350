//! Files become documents: pairing, reading, and every check on the way.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::annotate;
use super::annotation::Annotation;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::document::Document;

/// A file as it was read: its name and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path or name, for messages; what follows the last `/` gives slug and kind.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Sources of 4 GiB and more do not fit the offsets.
const MAX_SOURCE_BYTES: usize = u32::MAX as usize - 1;

/// The files that share a slug.
#[derive(Default)]
struct Bundle<'a> {
    sources: Vec<&'a SourceFile>,
    annotations: Vec<&'a SourceFile>,
}

/// Reads every document, or says everything that is wrong.
pub(super) fn documents(files: &[SourceFile]) -> Result<Vec<Document>, Diagnostics> {
    let mut faults = Vec::new();
    let mut documents = Vec::new();
    for (slug, bundle) in bundles(files, &mut faults) {
        match document(slug, &bundle) {
            Ok(document) => documents.push(document),
            Err(mut found) => faults.append(&mut found),
        }
    }
    // In the order in which an editor goes through them.
    faults.sort_by(|a, b| (a.file(), a.line()).cmp(&(b.file(), b.line())));
    if faults.is_empty() { Ok(documents) } else { Err(Diagnostics(faults)) }
}

fn bundles<'a>(
    files: &'a [SourceFile],
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, Bundle<'a>> {
    let mut bundles: BTreeMap<&str, Bundle<'_>> = BTreeMap::new();
    for file in files {
        let base = file.name.rsplit('/').next().unwrap_or_default();
        let (slug, ending) = base.rsplit_once('.').unwrap_or((base, ""));
        match ending.to_ascii_lowercase().as_str() {
            _ if slug.is_empty() => faults.push(Diagnostic::new(
                &file.name,
                None,
                "hidden files are not read: give this file a name, or move it out of the folder",
            )),
            "txt" | "md" => bundles.entry(slug).or_default().sources.push(file),
            "toml" => bundles.entry(slug).or_default().annotations.push(file),
            _ => faults.push(Diagnostic::new(
                &file.name,
                None,
                "only .txt and .md sources and .toml annotations are read: convert this file to \
                 plain text, or move it out of the folder",
            )),
        }
    }
    for bundle in bundles.values_mut() {
        bundle.sources.sort_by_key(|file| &file.name);
        bundle.annotations.sort_by_key(|file| &file.name);
    }
    bundles
}

fn document(slug: &str, bundle: &Bundle<'_>) -> Result<Document, Vec<Diagnostic>> {
    let (source, annotation_file) = match (&bundle.sources[..], &bundle.annotations[..]) {
        ([], [first, ..]) => {
            let message = format!(
                "this annotation has no source: put {slug}.txt or {slug}.md beside it, or remove it"
            );
            return Err(vec![Diagnostic::new(&first.name, None, message)]);
        }
        ([source], annotations @ ([] | [_])) => (source, annotations.first()),
        ([first, second, ..], _) => {
            let message = format!(
                "there is a document “{slug}” already ({}): rename one of the two, with its \
                 annotation",
                first.name
            );
            return Err(vec![Diagnostic::new(&second.name, None, message)]);
        }
        (_, [first, second, ..]) => {
            let message = format!(
                "there is an annotation of “{slug}” already ({}): remove one of the two",
                first.name
            );
            return Err(vec![Diagnostic::new(&second.name, None, message)]);
        }
        ([], []) => return Err(Vec::new()),
    };
    let mut faults = Vec::new();
    let text = match source_text(source) {
        Ok(text) => Some(text),
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    let annotation = match annotation_file.map(|file| read_annotation(file)) {
        None => Some(Annotation::default()),
        Some(Ok(annotation)) => Some(annotation),
        Some(Err(fault)) => {
            faults.push(fault);
            None
        }
    };
    let (Some(text), Some(annotation)) = (text, annotation) else {
        return Err(faults);
    };
    annotate::document(annotate::Input {
        slug,
        text,
        hash: content_hash(source, annotation_file.copied()),
        annotation: &annotation,
        annotation_file: annotation_file.map_or(source.name.as_str(), |file| &file.name),
        annotation_text: annotation_file
            .and_then(|file| std::str::from_utf8(&file.bytes).ok())
            .unwrap_or_default(),
        is_markdown: source.name.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case("md")),
    })
}

fn content_hash(source: &SourceFile, annotation: Option<&SourceFile>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(source.bytes.len().to_le_bytes());
    hasher.update(&source.bytes);
    hasher.update(annotation.map_or(&[][..], |file| &file.bytes));
    hasher.finalize().iter().fold(String::new(), |mut digits, byte| {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(u32::from(half), 16));
        }
        digits
    })
}

fn source_text(file: &SourceFile) -> Result<String, Diagnostic> {
    if file.bytes.len() > MAX_SOURCE_BYTES {
        return Err(Diagnostic::new(&file.name, None, "this source has 4 GiB or more: split it"));
    }
    let text = utf8(file)?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK).is_empty() {
        return Err(Diagnostic::new(
            &file.name,
            None,
            "this source is empty: put the text in, or remove the file",
        ));
    }
    Ok(text.to_owned())
}

/// Some editors write it at the start of a file; it is no character of the text.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

fn read_annotation(file: &SourceFile) -> Result<Annotation, Diagnostic> {
    Annotation::parse(&file.name, utf8(file)?)
}

fn utf8(file: &SourceFile) -> Result<&str, Diagnostic> {
    std::str::from_utf8(&file.bytes).map_err(|error| {
        let valid = file.bytes.iter().take(error.valid_up_to());
        let line = 1 + valid.filter(|byte| **byte == b'\n').count();
        let message = format!(
            "byte {} is not UTF-8: save the file as UTF-8 (without changing its text)",
            error.valid_up_to()
        );
        Diagnostic::new(&file.name, Some(line), message)
    })
}
