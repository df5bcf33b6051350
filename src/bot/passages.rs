//! Passages by menu, by place, and the nearest ones where nothing answers.

use std::ops::Range;

use super::answer_card;
use super::autocomplete;
use super::component_id::{ComponentAction, SentenceRange};
use super::escape::plain;
use super::limits;
use super::notices;
use super::passage::{self, Passage};
use super::reply::{Audience, Entry, Reply, Row, Select};
use super::request_context::RequestContext;
use super::texts;
use engine::knowledge::{Document, Sentence};

/// *Other passages*: a menu; where one is chosen, it is above.
pub(super) fn menu(
    context: &RequestContext<'_>,
    runs: &[SentenceRange],
    chosen: Option<SentenceRange>,
) -> Option<Reply> {
    let stretches: Option<Vec<Passage<'_>>> =
        runs.iter().map(|run| context.stretch(*run)).collect();
    let entries = stretches?.iter().map(entry).collect();
    let reply = Reply::new(Audience::Private);
    let reply = match chosen {
        None => reply.text(texts::OTHER_PASSAGES),
        Some(run) if runs.contains(&run) => answer_card::passages(context, reply, &[run], &[]),
        Some(_) => return None,
    };
    Some(reply.row(Row::Select(Select {
        component_id: ComponentAction::Pick(runs.to_vec()).id(context.version),
        placeholder: texts::CHOOSE_A_PASSAGE.to_owned(),
        entries,
    })))
}

/// Returns the nearest passages, said to be no answer.
pub(super) fn nearest(context: &RequestContext<'_>, runs: &[SentenceRange]) -> Option<Reply> {
    let mut reply = Reply::new(Audience::Private).text(texts::NEAREST);
    for run in runs {
        let stretch = context.stretch(*run)?;
        if !reply.push(answer_card::block(context, &stretch)) {
            break;
        }
    }
    Some(reply)
}

/// Returns one passage for everyone, with who shares it.
pub(super) fn shared(context: &RequestContext<'_>, run: SentenceRange, user: u64) -> Option<Reply> {
    context.stretch(run)?;
    let reply = Reply::new(Audience::Public).text(notices::shared_by(user));
    let reply = answer_card::passages(context, reply, &[run], &[]);
    (reply.audience() == Audience::Public).then_some(reply)
}

/// Returns the runs of quotable text in the paragraph or sentence that someone names, or in the
/// only paragraph that holds what is typed; else one sentence on what is wrong.
pub(super) fn runs_at(
    context: &RequestContext<'_>,
    typed: &str,
) -> Result<Vec<SentenceRange>, String> {
    let Some(place) = TypedPlace::parse(typed) else {
        return match &*autocomplete::places_like(context, typed) {
            [only] => runs_at(context, &only.value),
            _ => Err(notices::not_a_place(typed)),
        };
    };
    let documents = context.corpus().documents();
    let (index, document) = match (place.slug, documents) {
        (None, [only]) => (0, only),
        (None, []) => return Err(texts::NO_DOCUMENTS.to_owned()),
        (None, _) => return Err(notices::which_document(place.paragraph)),
        (Some(slug), _) => {
            let known = documents.iter().enumerate().find(|(_, known)| known.slug() == slug);
            known.ok_or_else(|| notices::not_a_place(typed))?
        }
    };
    let sentences = sentences(document, &place)?;
    let as_runs = |ranges: Vec<Range<usize>>| -> Vec<SentenceRange> {
        let cut = |range| Some(Passage::cut(context.corpus(), index, range)?.run);
        ranges.into_iter().filter_map(cut).collect()
    };
    let runs = as_runs(context.runs_within(index, sentences.clone()));
    if !runs.is_empty() {
        return Ok(runs);
    }
    let is_quotable = !passage::within(document, sentences, &|_| false).is_empty();
    Err(if is_quotable {
        texts::PASSAGE_HIDDEN.to_owned()
    } else {
        notices::never_quoted(place.paragraph)
    })
}

fn sentences(document: &Document, place: &TypedPlace<'_>) -> Result<Range<usize>, String> {
    let number = place.paragraph;
    let paragraphs = document.paragraphs();
    let last = paragraphs.last().map_or(0, |paragraph| paragraph.number);
    let paragraph = paragraphs.iter().find(|paragraph| paragraph.number == number);
    let paragraph = paragraph.ok_or_else(|| notices::no_such_paragraph(number, last))?;
    let all = paragraph.sentences();
    let Some(wanted) = place.sentence else {
        return Ok(all);
    };
    let is_wanted = |index: &usize| {
        let sentence: Option<&Sentence> = document.sentences().get(*index);
        sentence.is_some_and(|sentence| sentence.place.sentence == wanted)
    };
    let index = all.clone().find(is_wanted);
    let index = index.ok_or_else(|| notices::no_such_sentence(wanted, number, all.len()))?;
    Ok(index..index + 1)
}

/// `¶28`, `28`, `¶28.1`, and with several documents `¶28 in slug`.
#[derive(Debug, PartialEq, Eq)]
struct TypedPlace<'a> {
    paragraph: usize,
    sentence: Option<usize>,
    slug: Option<&'a str>,
}

impl<'a> TypedPlace<'a> {
    fn parse(typed: &'a str) -> Option<Self> {
        let typed = typed.trim();
        let (place, slug) = match typed.split_once(" in ") {
            Some((place, slug)) => (place, Some(slug.trim())),
            None => (typed, None),
        };
        let place = place.trim().trim_start_matches('¶').trim_start();
        let (paragraph, sentence) = match place.split_once('.') {
            Some((paragraph, sentence)) => (paragraph, Some(number(sentence)?)),
            None => (place, None),
        };
        Some(Self { paragraph: number(paragraph)?, sentence, slug })
    }
}

/// Reads digits alone; what is larger than any document counts as the largest number.
fn number(digits: &str) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}

/// Returns a passage in a menu.
pub(super) fn entry(stretch: &Passage<'_>) -> Entry {
    Entry {
        label: plain(&label(stretch), limits::CHOICE),
        description: plain(stretch.text(), limits::CHOICE),
        value: stretch.run.to_string(),
    }
}

/// Returns a passage in a menu of moderators, to whom it matters which sentence it is:
/// `¶28.1 · Cyril Ramaphosa`.
pub(super) fn exact_entry(stretch: &Passage<'_>) -> Entry {
    let label = format!("{} · {}", stretch.place(), stretch.who());
    Entry { label: plain(&label, limits::CHOICE), ..entry(stretch) }
}

/// `¶28 · Cyril Ramaphosa`.
pub(super) fn label(stretch: &Passage<'_>) -> String {
    format!("¶{} · {}", stretch.paragraph, stretch.who())
}
