//! A passage to be copied elsewhere: the words, whose they are, and where to find them again.

use super::component_id::{CorpusVersion, SentenceRange};
use super::escape::is_unseen;
use super::limits;
use super::link;
use super::passage::Passage;
use super::reply::{Audience, File, Reply, units};
use super::request_context::RequestContext;
use super::wording;

const HEADING: &str = "To copy, as plain text and as Markdown:";
const IN_A_FILE: &str = "To copy, as plain text and as Markdown, in the file:";
const FILE: &str = "citation.txt";
const FENCE: &str = "```";
/// Two around each of the two blocks.
const FENCES: usize = 4;

/// Returns the citation of a run, for the person alone. What a code block cannot hold comes as a
/// file.
pub(super) fn cite(context: &RequestContext<'_>, run: SentenceRange) -> Option<Reply> {
    let passage = context.stretch(run)?;
    let (plain, markdown) = (plain(&passage, context.version), markdown(&passage, context.version));
    let blocks = format!("{HEADING}\n{FENCE}\n{plain}\n{FENCE}\n{FENCE}md\n{markdown}\n{FENCE}");
    let has_unseen = blocks.chars().any(|c| c != '\n' && is_unseen(c));
    let fits = units(&blocks) <= limits::CONTENT && blocks.matches(FENCE).count() == FENCES;
    let reply = Reply::new(Audience::Private);
    Some(if fits && !has_unseen {
        reply.text(blocks)
    } else {
        let file = File { name: FILE.to_owned(), text: format!("{plain}\n\n\n{markdown}\n") };
        reply.text(IN_A_FILE).file(file)
    })
}

fn plain(passage: &Passage<'_>, version: CorpusVersion) -> String {
    let mut lines = vec![passage.text().to_owned()];
    lines.extend(attribution(passage));
    lines.push(format!("{}, edition {version}", wording::provenance(passage.attributed())));
    lines.extend(link::to(passage));
    lines.join("\n")
}

fn markdown(passage: &Passage<'_>, version: CorpusVersion) -> String {
    let quoted: Vec<String> = passage.text().lines().map(|line| format!("> {line}")).collect();
    let place = format!("{}, edition {version}", wording::provenance(passage.attributed()));
    let place = match link::to(passage) {
        Some(url) => format!("[{place}]({url})"),
        None => place,
    };
    let mut lines = vec![quoted.join("\n"), String::new()];
    lines.extend(attribution(passage).into_iter().map(|line| format!("{line}  ")));
    lines.push(place);
    lines.join("\n")
}

fn attribution(passage: &Passage<'_>) -> Vec<String> {
    let words = passage.attributed();
    let first = format!("— {}", wording::attribution(words.clone()));
    std::iter::once(first).chain(wording::other_voices(words)).collect()
}
