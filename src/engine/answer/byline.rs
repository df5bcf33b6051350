//! Who wrote a document, and when: answered by the line that says so.

use super::MAX_EXCERPTS;
use super::excerpt::Excerpt;
use crate::knowledge::{Corpus, Document, Voice};
use crate::question::{Intent, Query};
use crate::text::AnswerType;

/// Returns the lines that name the authors of the documents, where the question asks for them;
/// empty where it does not, or no document prints such a line.
pub(crate) fn passages(corpus: &Corpus, query: &Query) -> Vec<Excerpt> {
    if query.intent != Intent::Byline {
        return Vec::new();
    }
    let asks_when = query.kind == Some(AnswerType::Date);
    let documents = corpus.documents().iter().enumerate();
    let lines = documents.filter_map(|(index, document)| {
        let sentence = byline(document, asks_when)?;
        let id = corpus.sentence_id(index, sentence)?;
        Excerpt::slice(corpus, id, id).filter(|excerpt| excerpt.is_verbatim(corpus))
    });
    lines.take(MAX_EXCERPTS).collect()
}

/// Returns the first sentence of the author's own that names the author, and the year where it is
/// asked.
fn byline(document: &Document, asks_when: bool) -> Option<usize> {
    let author = document.author()?;
    let year = document.published().map(|date| date.year.to_string());
    document.sentences().iter().position(|sentence| {
        let text = sentence.span.slice(document.text());
        let has_date = !asks_when || year.as_ref().is_some_and(|year| text.contains(year));
        let is_own = sentence.attribution.voice == Voice::Author;
        sentence.is_quotable() && is_own && text.contains(author) && has_date
    })
}
