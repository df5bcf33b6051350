//! `/help`: how to ask, what is quoted, and what the bot will not do.

use super::escape::{escape, plain};
use super::notices;
use super::reply::Reply;
use super::scene::Scene;
use super::texts::Text;
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
    let text = |key: Text| scene.text(key).to_owned();
    let mut lines = vec![
        text(Text::HelpLead),
        notices::how_to_ask(&plain(&who, NAME)),
        text(Text::HelpCommands),
        text(Text::HelpWithoutCommands),
        text(Text::HelpQuoted),
    ];
    lines.extend(documents.iter().take(LISTED).map(document));
    let more = documents.len().saturating_sub(LISTED);
    lines.extend((more > 0).then(|| notices::more_documents(more)));
    lines.push(text(Text::HelpNever));
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
    notices::listed(&title, version, document.url().filter(is_web))
}
