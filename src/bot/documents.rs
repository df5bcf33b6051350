//! One document of several, by what people type for it.

use super::escape::plain;
use super::limits;
use super::notices;
use super::reply::{Choice, units};
use engine::knowledge::{Corpus, SentenceId};

/// How like what is typed a title or a slug must be to be offered, by Jaro and Winkler, from 0
/// to 1.
const LEAST_LIKENESS: f64 = 0.75;

/// Returns the position of the document that is called `typed` by its slug or its title.
///
/// # Errors
/// One sentence, with the nearest, where none is.
pub(super) fn called(corpus: &Corpus, typed: &str) -> Result<usize, String> {
    let wanted = folded(typed);
    let documents = corpus.documents();
    let found = documents
        .iter()
        .position(|document| names(document.slug(), document.title()).contains(&wanted));
    found.ok_or_else(|| {
        let likeness = |names: [String; 2]| {
            names.iter().map(|name| strsim::jaro_winkler(name, &wanted)).fold(0.0, f64::max)
        };
        let ranked = documents
            .iter()
            .map(|document| (likeness(names(document.slug(), document.title())), document.title()));
        let nearest = ranked.max_by(|a, b| a.0.total_cmp(&b.0));
        let nearest = nearest.filter(|(like, _)| *like >= LEAST_LIKENESS).map(|(_, title)| title);
        notices::unknown_document(
            typed,
            nearest.map(|title| plain(title, limits::CHOICE)).as_deref(),
        )
    })
}

/// Returns the first and last sentence of every other document.
pub(super) fn others(corpus: &Corpus, own: usize) -> Vec<(SentenceId, SentenceId)> {
    let documents = corpus.documents().iter().enumerate().filter(|(index, _)| *index != own);
    let ends = documents.filter_map(|(index, document)| {
        let last = document.sentences().len().checked_sub(1)?;
        Some((corpus.sentence_id(index, 0)?, corpus.sentence_id(index, last)?))
    });
    ends.collect()
}

/// Returns what is offered for a document, by a piece of its title or slug.
pub(super) fn choices(corpus: &Corpus, typed: &str) -> impl Iterator<Item = Choice> {
    let wanted = folded(typed);
    let documents = corpus.documents().iter().filter(move |document| {
        names(document.slug(), document.title()).iter().any(|name| name.contains(&wanted))
    });
    let choices = documents.map(|document| Choice {
        name: plain(document.title(), limits::CHOICE),
        value: document.slug().to_owned(),
    });
    choices.filter(|choice| units(&choice.value) <= limits::CHOICE)
}

fn names(slug: &str, title: &str) -> [String; 2] {
    [folded(slug), folded(title)]
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
