//! `/help`: how to ask, what is quoted, and what the bot will not do.

use std::ops::RangeInclusive;

use crate::catalogue::Command;
use crate::escape::{escape, plain};
use crate::reply::Reply;
use crate::request_context::RequestContext;
use crate::wording;
use engine::answer::{Excerpt, Origin};
use engine::knowledge::{Document, SentenceId, Voice};

pub(super) const NAME: &str = "help";

pub(super) const COMMAND: Command = Command::slash(NAME, "How to ask, and what this bot quotes");

const LEAD: &str = "**Ask, and I answer with a passage of the document, word for word, and say whose \
                 words they are.**";
const PASSAGE: &str = "`/passage` – a paragraph by its number, for example: ¶12";
const WITHOUT_COMMANDS: &str = "You can also mention me with a question, write to me directly, or use *Find in \
                 the document* and *Check quotations* in the menu of a message.";
const QUOTED: &str = "**What I quote**";
const NEVER: &str = "I never put anything in my own words, never give an opinion, and say so when the document doesn’t answer.";

/// The most documents that are listed.
const LISTED: usize = 3;
/// The number of words of the quotation that is shown as an example.
const QUOTATION_WORDS: RangeInclusive<usize> = 5..=12;
/// The longest name, title or example that is shown.
const LONGEST: usize = 100;

/// Returns the help, for one person.
pub(crate) fn help(context: &RequestContext<'_>) -> Reply {
    let documents = context.corpus().documents();
    let heard = |document: &Document| {
        let mut speakers = document.speaker_ids();
        let first = speakers.find(|(id, _)| document.has_words_of(*id));
        first.map(|(_, speaker)| speaker.name.clone())
    };
    let who = documents.iter().find_map(heard).unwrap_or_else(|| "the author".to_owned());
    let mut lines = vec![
        LEAD.to_owned(),
        how_to_ask(&plain(&who, LONGEST)),
        PASSAGE.to_owned(),
        how_to_verify(short_quotation(context).as_deref()),
        WITHOUT_COMMANDS.to_owned(),
        QUOTED.to_owned(),
    ];
    lines.extend(documents.iter().take(LISTED).map(document));
    let more = documents.len().saturating_sub(LISTED);
    lines.extend((more > 0).then(|| more_documents(more)));
    lines.push(NEVER.to_owned());
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
                && found.text().len() <= LONGEST
                && !is_hidden(*id)
        });
        short.find_map(|(id, _)| Excerpt::slice(corpus, id, id).filter(is_fit))
    };
    let found = find(|excerpt| matches!(excerpt.voice(), Voice::Speech | Voice::Quoted));
    let excerpt = found.or_else(|| find(|_| true)).filter(|it| it.is_verbatim(corpus))?;
    let who = wording::who(excerpt.speaker(), excerpt.via(), excerpt.origin());
    Some(format!("“{}” ({})", escape(excerpt.text()), escape(&plain(&who, LONGEST))))
}

fn document(document: &Document) -> String {
    let title = escape(&plain(&wording::document(&Origin::of(document)), LONGEST));
    let version = document.hash().get(..8).unwrap_or_default();
    let is_web = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= LONGEST
            && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
    };
    listed(&title, version, document.url().filter(is_web))
}

/// Returns how to ask, with a name for the example.
fn how_to_ask(who: &str) -> String {
    format!("`/ask` – your question, for example: What did {} say about …?", escape(who))
}

/// Returns how to check a quotation, with one for the example.
fn how_to_verify(example: Option<&str>) -> String {
    let example = example.map_or_else(String::new, |words| format!(", for example: {words}"));
    format!("`/verify` – a quotation you want to check{example}")
}

/// Returns a document with its version and address.
fn listed(document: &str, version: &str, url: Option<&str>) -> String {
    match url {
        Some(url) => format!("{document} · version {version} · <{url}>"),
        None => format!("{document} · version {version}"),
    }
}

/// Returns how many documents are not listed.
fn more_documents(number: usize) -> String {
    format!("… and {number} more.")
}
