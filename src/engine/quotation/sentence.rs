//! The whole sentences in which a claim was found, word by word.

use std::ops::Range;

use super::align::{Alignment, Mark};
use crate::index::word_index::Stream;
use crate::knowledge::{Corpus, Sentence, Span};

/// What separates a word from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Boundary {
    None,
    /// A comma or a bracket.
    Comma,
    /// A semicolon, a colon, a dash, or the end of a sentence.
    Strong,
}

/// A word of a sentence.
#[derive(Debug)]
pub(super) struct Word<'a> {
    /// In normal form.
    pub(super) form: String,
    pub(super) span: Span,
    pub(super) sentence: &'a Sentence,
    pub(super) mark: Mark,
    pub(super) boundary: Boundary,
    pub(super) is_capitalised: bool,
    /// Whether a quotation begins right before it.
    pub(super) opens: bool,
    /// Whether a quotation ends right behind it.
    pub(super) closes: bool,
    /// Whether it is the last word of a question.
    pub(super) ends_question: bool,
}

/// Returns the words of all sentences that an alignment touches, with the marks of those that it
/// holds, and [`Mark::Around`] for the rest.
pub(super) fn words<'a>(
    corpus: &'a Corpus,
    stream: &Stream,
    alignment: &Alignment,
) -> Option<Vec<Word<'a>>> {
    let aligned = &alignment.positions;
    let (_, first) = stream.sentence(aligned.start)?;
    let (last_id, last) = stream.sentence(aligned.end.checked_sub(1)?)?;
    let text = corpus.sentence(last_id)?.document.text();
    let whole: Range<usize> = first.start..last.end;
    let located = stream.locate(corpus, whole.clone());
    let mut words: Vec<Word<'a>> = Vec::with_capacity(located.len());
    for (position, word) in whole.zip(located) {
        let mark = position.checked_sub(aligned.start).and_then(|at| alignment.passage.get(at));
        let before = words.last().map(|before| (before.span.end(), before.sentence.span));
        let (end, sentence) = before.unwrap_or((word.sentence.span.start(), word.sentence.span));
        let between = text.get(end..word.span.start()).unwrap_or_default();
        let is_new_sentence = words.is_empty() || sentence != word.sentence.span;
        let opens = between.contains(['“', '‘', '«', '„']) || between.ends_with('"');
        if let Some(before) = words.last_mut() {
            before.closes = between.contains(['”', '»']) || between.starts_with('"');
        }
        words.push(Word {
            form: word.form,
            span: word.span,
            sentence: word.sentence,
            mark: mark.copied().unwrap_or(Mark::Around),
            boundary: if is_new_sentence { Boundary::Strong } else { boundary(between) },
            is_capitalised: word.span.slice(text).starts_with(char::is_uppercase),
            opens,
            closes: false,
            ends_question: false,
        });
    }
    if let Some(last) = words.last_mut() {
        let rest = text.get(last.span.end()..last.sentence.span.end()).unwrap_or_default();
        last.ends_question = rest.contains('?');
        last.closes = rest.contains(['”', '»', '"']);
    }
    Some(words)
}

fn boundary(between: &str) -> Boundary {
    let is_dash = |text: &str| text.contains(['–', '—']) || text.contains(" - ");
    if between.contains([';', ':', '?', '!', '\n']) || is_dash(between) {
        Boundary::Strong
    } else if between.contains([',', '(', ')']) {
        Boundary::Comma
    } else {
        Boundary::None
    }
}
