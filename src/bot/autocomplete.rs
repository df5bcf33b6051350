//! Choices while someone types: speakers and places, from memory.
//!
//! Whatever is typed without choosing is accepted too; that is decided where it is used.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::commands::ask::DOCUMENT;
use super::commands::curate::{self, ENTRY};
use super::commands::options::{PLACE, SPEAKER};
use super::documents;
use super::escape::plain;
use super::limits;
use super::passage::Passage;
use super::passages;
use super::reply::{Choice, units};
use super::request_context::RequestContext;
use engine::knowledge::{Corpus, Document, Speaker};

/// The name that stands for the author of every document.
const AUTHOR: &str = "the author";

/// Returns what is offered for an option of a command.
pub(super) fn choices(context: &RequestContext<'_>, option: &str, typed: &str) -> Vec<Choice> {
    let folded = fold(&plain(typed, limits::CHOICE));
    let found = match option {
        SPEAKER => speakers(context.corpus(), &folded),
        DOCUMENT => documents::choices(context.corpus(), typed).collect(),
        PLACE => return places_like(context, typed),
        ENTRY => return curate::entries(context, typed),
        _ => Vec::new(),
    };
    different(found)
}

/// Returns the places that are offered for what is typed.
pub(super) fn places_like(context: &RequestContext<'_>, typed: &str) -> Vec<Choice> {
    different(places(context, &fold(&plain(typed, limits::CHOICE))))
}

/// Returns as many as fit, each name once.
pub(super) fn different(found: Vec<Choice>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for choice in found {
        let is_new = choices.iter().all(|known| known.name != choice.name);
        if is_new && choices.len() < limits::CHOICES {
            choices.push(choice);
        }
    }
    choices
}

/// Returns names that begin so first, then names or aliases in which a word does, in the order of
/// the documents.
fn speakers(corpus: &Corpus, typed: &str) -> Vec<Choice> {
    let all = corpus.documents().iter().flat_map(|document| {
        let speakers = document.speaker_ids();
        speakers.filter(|(id, _)| document.has_words_of(*id)).map(|(_, speaker)| speaker)
    });
    let mut ranked: Vec<(u8, &str)> =
        all.filter_map(|speaker| Some((rank(speaker, typed)?, &*speaker.name))).collect();
    if let Some(rank) = rank_name(AUTHOR, typed) {
        ranked.push((rank, AUTHOR));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    // A name that is shortened would be no name any more.
    let names = ranked.into_iter().map(|(_, name)| (name, plain(name, limits::CHOICE)));
    let whole = names.filter(|(name, shown)| name == shown);
    whole.map(|(_, name)| Choice { value: name.clone(), name }).collect()
}

fn rank(speaker: &Speaker, typed: &str) -> Option<u8> {
    let by_name = rank_name(&speaker.name, typed);
    let by_alias = || speaker.aliases.iter().filter_map(|alias| rank_name(alias, typed)).min();
    by_name.or_else(|| by_alias().map(|rank| rank + 2))
}

fn rank_name(name: &str, typed: &str) -> Option<u8> {
    let name = fold(name);
    if name.starts_with(typed) {
        return Some(0);
    }
    name.split(' ').any(|word| word.starts_with(typed)).then_some(1)
}

/// Paragraphs whose number begins so, or which hold what is typed.
fn places(context: &RequestContext<'_>, typed: &str) -> Vec<Choice> {
    let corpus = context.corpus();
    let wanted = typed.trim_start_matches('¶').trim_start();
    let is_single = corpus.documents().len() == 1;
    let documents = corpus.documents().iter().enumerate();
    let found = documents.flat_map(|(index, document)| {
        let runs = context.runs(index).into_iter();
        runs.filter(move |range| is_wanted(document, range, wanted))
            .filter_map(move |range| Passage::cut(corpus, index, range))
    });
    let choice = |stretch: Passage<'_>| {
        let label = format!("{} · {}", passages::label(&stretch), stretch.text());
        let value = if is_single {
            format!("¶{}", stretch.paragraph)
        } else {
            format!("¶{} in {}", stretch.paragraph, stretch.document.slug())
        };
        Choice { name: plain(&label, limits::CHOICE), value }
    };
    let fits = |choice: &Choice| units(&choice.value) <= limits::CHOICE;
    found.map(choice).filter(fits).take(limits::CHOICES).collect()
}

/// Returns whether the number of the paragraph begins with `wanted`, or its words or its
/// speaker's name hold it.
fn is_wanted(document: &Document, range: &Range<usize>, wanted: &str) -> bool {
    let sentences = document.sentences().get(range.clone()).unwrap_or_default();
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else {
        return false;
    };
    if first.place.paragraph.to_string().starts_with(wanted) {
        return true;
    }
    let span = first.span.through(last.span);
    let is_number = wanted.bytes().all(|byte| byte.is_ascii_digit());
    let speaker = || document.speaker(document.leading_attribution(span).speaker?);
    !is_number
        && (fold(span.slice(document.text())).contains(wanted)
            || speaker().is_some_and(|speaker| fold(&speaker.name).contains(wanted)))
}

/// Returns the text in lower case, without diacritics.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
