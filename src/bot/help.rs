//! `/help`: how to ask, what is quoted, and what the bot will not do.

use std::ops::RangeInclusive;

use super::escape::{escape, plain};
use super::notices;
use super::reply::Reply;
use super::request_context::RequestContext;
use super::texts;
use super::wording;
use engine::answer::{Excerpt, Origin};
use engine::knowledge::{Document, SentenceId, Voice};

/// The most documents that are listed.
const LISTED: usize = 3;
/// How many words the quotation has that is shown as an example.
const QUOTATION_WORDS: RangeInclusive<usize> = 5..=12;
/// The longest name, title or example that is shown.
const NAME: usize = 100;

/// Returns the help, for one person.
pub(super) fn help(context: &RequestContext<'_>) -> Reply {
    let documents = context.corpus().documents();
    let heard = |document: &Document| {
        let mut speakers = document.speaker_ids();
        let first = speakers.find(|(id, _)| document.has_words_of(*id));
        first.map(|(_, speaker)| speaker.name.clone())
    };
    let who = documents.iter().find_map(heard).unwrap_or_else(|| "the author".to_owned());
    let text = |key: &'static str| key.to_owned();
    let mut lines = vec![
        text(texts::HELP_LEAD),
        notices::how_to_ask(&plain(&who, NAME)),
        text(texts::HELP_PASSAGE),
        notices::how_to_verify(short_quotation(context).as_deref()),
        text(texts::HELP_WITHOUT_COMMANDS),
        text(texts::HELP_QUOTED),
    ];
    lines.extend(documents.iter().take(LISTED).map(document));
    let more = documents.len().saturating_sub(LISTED);
    lines.extend((more > 0).then(|| notices::more_documents(more)));
    lines.push(text(texts::HELP_NEVER));
    Reply::note(lines.join("\n"))
}

/// Returns a short sentence of a document, whole, with whose words it is: someone's own, where
/// there is such a one.
fn short_quotation(context: &RequestContext<'_>) -> Option<String> {
    let corpus = context.corpus();
    let is_hidden =
        |id: SentenceId| context.hidden.iter().any(|(first, last)| (*first..=*last).contains(&id));
    let find = |is_fit: fn(&Excerpt) -> bool| {
        let mut short = corpus.sentences().filter(|(id, found)| {
            found.sentence.is_quotable()
                && QUOTATION_WORDS.contains(&found.sentence.words)
                && found.text().len() <= NAME
                && !is_hidden(*id)
        });
        short.find_map(|(id, _)| Excerpt::slice(corpus, id, id).filter(is_fit))
    };
    let found = find(|excerpt| matches!(excerpt.voice(), Voice::Speech | Voice::Quoted));
    let excerpt = found.or_else(|| find(|_| true)).filter(|it| it.is_verbatim(corpus))?;
    let who = wording::who(excerpt.speaker(), excerpt.via(), excerpt.origin());
    Some(format!("“{}” ({})", escape(excerpt.text()), escape(&plain(&who, NAME))))
}

fn document(document: &Document) -> String {
    let title = escape(&plain(&wording::document(&Origin::of(document)), NAME));
    let version = document.hash().get(..8).unwrap_or_default();
    let is_web = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= NAME
            && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
    };
    notices::listed(&title, version, document.url().filter(is_web))
}
