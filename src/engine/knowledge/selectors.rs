//! By which words the entries of an annotation name their places in the text.

use super::annotation::{Annotation, AskEntry, SkipEntry, SpanEntry};
use super::selector::Selector;

/// By which words a span is named.
pub(super) enum Words<'a> {
    Quote(Selector<'a>),
    Stretch(Selector<'a>, Selector<'a>),
}

/// Returns the words of a span; `None` where the entry names it in two ways or in none.
pub(super) fn words_of(entry: &SpanEntry) -> Option<Words<'_>> {
    let (after, before) = (entry.after.as_deref(), entry.before.as_deref());
    match (&entry.quote, &entry.from, &entry.to) {
        (Some(quote), None, None) => {
            Some(Words::Quote(Selector { exact: quote.get_ref(), after, before }))
        }
        (None, Some(from), Some(to)) => Some(Words::Stretch(
            Selector { exact: from.get_ref(), after, before: None },
            Selector { exact: to.get_ref(), after: None, before },
        )),
        _ => None,
    }
}

pub(super) fn words_of_skip(entry: &SkipEntry) -> Selector<'_> {
    let (after, before) = (entry.after.as_deref(), entry.before.as_deref());
    Selector { exact: entry.quote.get_ref(), after, before }
}

pub(super) fn words_of_ask(entry: &AskEntry) -> Selector<'_> {
    let (after, before) = (entry.after.as_deref(), entry.before.as_deref());
    Selector { exact: entry.quote.get_ref(), after, before }
}

/// Returns everything that is looked for in the text.
pub(super) fn selectors(annotation: &Annotation) -> impl Iterator<Item = Selector<'_>> {
    let body = annotation.body.iter().flat_map(|body| [&body.start, &body.end]).flatten();
    let sections = annotation.section.iter().flat_map(|entry| [&entry.from, &entry.to]);
    let spans = annotation.span.iter().filter_map(words_of).flat_map(|words| match words {
        Words::Quote(quote) => [Some(quote), None],
        Words::Stretch(first, last) => [Some(first), Some(last)],
    });
    body.chain(sections)
        .map(|words| Selector::exact(words.get_ref()))
        .chain(spans.flatten())
        .chain(annotation.skip.iter().map(words_of_skip))
        .chain(annotation.ask.iter().map(words_of_ask))
}

/// Returns where in the annotation a span's entry is.
pub(super) fn entry_start(entry: &SpanEntry) -> usize {
    let words = [&entry.quote, &entry.from, &entry.to];
    let first = words.into_iter().flatten().map(|words| words.span().start).min();
    first.unwrap_or(entry.voice.span().start)
}
