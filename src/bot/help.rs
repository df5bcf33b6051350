//! `/help`: how to ask, what is quoted, and what the bot will not do.

use super::escape::{escape, plain};
use super::reply::Reply;
use super::scene::Scene;
use super::wording;
use crate::answer::Origin;
use crate::knowledge::Document;

/// The most documents that are listed.
const LISTED: usize = 3;
/// The longest name or title that is shown.
const NAME: usize = 100;

/// The help, for one person.
pub(super) fn help(scene: &Scene<'_>) -> Reply {
    let documents = scene.corpus().documents();
    let heard = |document: &Document| {
        let mut speakers = document.speaker_ids();
        let first = speakers.find(|(id, _)| document.has_words_of(*id));
        first.map(|(_, speaker)| speaker.name.clone())
    };
    let who = documents.iter().find_map(heard).unwrap_or_else(|| "the author".to_owned());
    let who = escape(&plain(&who, NAME));
    let mut lines = vec![
        "**Ask, and I answer with a passage of the document, word for word, and say whose words \
         they are.**"
            .to_owned(),
        format!("`/ask` – your question, for example: What did {who} say about …?"),
        "`/passage` – a paragraph by its number, for example: ¶12".to_owned(),
        "`/verify` – a quotation that you want to have checked".to_owned(),
        "You can also mention me with a question, write to me directly, or use *Find in the \
         document* and *Check quotations* in the menu of a message."
            .to_owned(),
        "**What I quote**".to_owned(),
    ];
    lines.extend(documents.iter().take(LISTED).map(document));
    if let Some(more) = documents.len().checked_sub(LISTED).filter(|more| *more > 0) {
        lines.push(format!("… and {more} more."));
    }
    lines.push(
        "I never put anything in my own words, never give an opinion, and say so where the \
         document does not answer."
            .to_owned(),
    );
    Reply::note(lines.join("\n"))
}

fn document(document: &Document) -> String {
    let title = escape(&plain(&wording::document(&Origin::of(document)), NAME));
    let version = document.hash().get(..8).unwrap_or_default();
    let is_web = |url: &&str| {
        (url.starts_with("https://") || url.starts_with("http://"))
            && url.len() <= NAME
            && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
    };
    match document.url().filter(is_web) {
        Some(url) => format!("{title} · version {version} · <{url}>"),
        None => format!("{title} · version {version}"),
    }
}
