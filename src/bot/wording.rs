//! All wording that people read about passages and abstentions: pure functions from facts to
//! text.
//!
//! They return plain text; whoever shows it escapes it for where it is shown.

use crate::answer::{Excerpt, ExcerptPart, Origin, Person, Reason};
use crate::knowledge::Voice;

/// What stands above passages that do not answer.
pub const NEAREST: &str = "Nearest in wording. Not an answer.";

/// The most words of a part that are cited in full beside an excerpt.
const CITED_WORDS: usize = 12;
/// Words cited from the beginning and from the end of a longer part.
const BORDER_WORDS: usize = 3;

/// Why nothing is quoted, in a headline and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abstention {
    /// One short sentence.
    pub headline: String,
    /// What was looked at, and what may help.
    pub detail: String,
}

/// Who speaks in an excerpt and in whose words, in one line: `Cyril Ramaphosa, President of … ·
/// reported by the article’s author`.
#[must_use]
pub fn attribution(excerpt: &Excerpt) -> String {
    let origin = excerpt.origin();
    let who = match (excerpt.speaker(), excerpt.via()) {
        (Some(speaker), None) => with_role(speaker),
        (speaker, via) => who(speaker, via, origin),
    };
    let mut whose = whose_words(excerpt.voice(), origin);
    if is_mostly_comment(excerpt) {
        whose.push_str("; mostly the author’s own comment");
    }
    format!("{who} · {whose}")
}

/// Where an excerpt holds several voices: which words are not as [`attribution`] says, one line
/// for each voice, in the order of the text.
#[must_use]
pub fn other_voices(excerpt: &Excerpt) -> Vec<String> {
    let mut groups: Vec<(&ExcerptPart, Vec<String>)> = Vec::new();
    let differs = |part: &&ExcerptPart| {
        (part.voice, part.speaker.as_ref(), part.via.as_ref())
            != (excerpt.voice(), excerpt.speaker(), excerpt.via())
    };
    for part in excerpt.parts().iter().filter(differs) {
        let same = |known: &ExcerptPart| {
            (known.voice, &known.speaker, &known.via) == (part.voice, &part.speaker, &part.via)
        };
        match groups.iter_mut().find(|(known, _)| same(known)) {
            Some((_, words)) => words.push(cited(&part.text)),
            None => groups.push((part, vec![cited(&part.text)])),
        }
    }
    groups.into_iter().map(|(part, words)| other_voice(part, &words, excerpt)).collect()
}

fn other_voice(part: &ExcerptPart, words: &[String], excerpt: &Excerpt) -> String {
    let cited = capitalized(&listed(words));
    let origin = excerpt.origin();
    if part.voice == Voice::Author {
        let verb = if words.len() == 1 { "is" } else { "are" };
        return format!("{cited} {verb} {}", whose_words(Voice::Author, origin));
    }
    let is_same_speaker =
        part.speaker.as_ref() == excerpt.speaker() && part.via.as_ref() == excerpt.via();
    match (is_same_speaker, part.voice) {
        (true, Voice::Quoted) => format!("{cited} in quotation marks"),
        (true, voice) => format!("{cited}: {}", whose_words(voice, origin)),
        (false, voice) => {
            let who = who(part.speaker.as_ref(), part.via.as_ref(), origin);
            format!("{cited}: {who}, {}", whose_words(voice, origin))
        }
    }
}

/// Whose words: a name without its office, and through whom.
#[must_use]
pub fn who(speaker: Option<&Person>, via: Option<&Person>, origin: &Origin) -> String {
    match (speaker, via) {
        (Some(speaker), Some(via)) => format!("{}, quoted by {}", speaker.name, via.name),
        (Some(speaker), None) => speaker.name.clone(),
        (None, _) => origin.author.clone().unwrap_or_else(|| format!("“{}”", origin.title)),
    }
}

/// In whose words, as a fixed phrase.
#[must_use]
pub fn whose_words(voice: Voice, origin: &Origin) -> String {
    let has_author = origin.author.is_some();
    let phrase = match voice {
        Voice::Quoted => "own words, in quotation marks",
        Voice::Speech => "own words as printed, without quotation marks",
        Voice::Reported if has_author => "reported by the article’s author",
        Voice::Reported => "reported by the document",
        Voice::Author if has_author => "the author’s own comment",
        Voice::Author => "the document’s own text",
    };
    phrase.to_owned()
}

/// Where an excerpt stands: `Title · Author, 30 July 2021 · ¶28 · characters 7370–7615`.
#[must_use]
pub fn provenance(excerpt: &Excerpt) -> String {
    let characters = excerpt.characters();
    format!(
        "{} · ¶{} · characters {}–{}",
        document(excerpt.origin()),
        excerpt.place().paragraph,
        characters.start,
        characters.end
    )
}

/// A document by title, author and date.
#[must_use]
pub fn document(origin: &Origin) -> String {
    let published = origin.published.map(|date| date.to_string());
    let by: Vec<String> = origin.author.iter().cloned().chain(published).collect();
    if by.is_empty() {
        return origin.title.clone();
    }
    format!("{} · {}", origin.title, by.join(", "))
}

/// Why nothing is quoted from the documents with these titles.
#[must_use]
pub fn abstention(reason: &Reason, titles: &[&str]) -> Abstention {
    let (these, this, does) = match titles {
        [_] | [] => ("This document", "the document", "does"),
        _ => ("These documents", "the documents", "do"),
    };
    match reason {
        Reason::NothingAsked => Abstention {
            headline: "There is nothing to look for in that.".to_owned(),
            detail: format!(
                "Ask about {}: with a name, a country or a topic, for example “What did … say \
                 about vaccines?”",
                sources(titles)
            ),
        },
        Reason::NoWordsOf { name } => Abstention {
            headline: format!(
                "{name} is listed as a speaker; {this} {does} not report what was said."
            ),
            detail: format!("I only quote {}.", sources(titles)),
        },
        Reason::NothingFound | Reason::NotSureEnough => Abstention {
            headline: format!("{these} {does} not answer that."),
            detail: format!(
                "I only quote {}; I found no passage that answers your question. A name, a \
                 country or other words may help.",
                sources(titles)
            ),
        },
    }
}

/// How many passages there are beside those that are shown; `None` where there are none.
#[must_use]
pub fn other_passages(number: usize) -> Option<String> {
    (number > 0).then(|| format!("{} other {}", number, plural(number, "passage")))
}

/// `word` as it goes with `number`.
#[must_use]
pub fn plural(number: usize, word: &str) -> String {
    if number == 1 { word.to_owned() } else { format!("{word}s") }
}

/// The most documents that are named; of more only the number is said.
const NAMED_DOCUMENTS: usize = 3;

fn sources(titles: &[&str]) -> String {
    if titles.len() > NAMED_DOCUMENTS {
        return format!("{} documents", titles.len());
    }
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    listed(&quoted)
}

fn with_role(person: &Person) -> String {
    match &person.role {
        Some(role) => format!("{}, {role}", person.name),
        None => person.name.clone(),
    }
}

/// Whether more of the excerpt is the author's comment than anything else.
fn is_mostly_comment(excerpt: &Excerpt) -> bool {
    let length = |is_comment: bool| {
        let parts = excerpt.parts().iter();
        let parts = parts.filter(|part| (part.voice == Voice::Author) == is_comment);
        parts.map(|part| part.text.len()).sum::<usize>()
    };
    excerpt.voice() != Voice::Author && length(true) > length(false)
}

/// Words of the excerpt, to point at them. Nothing is left out of what stands between quotation
/// marks: a long part is named by its first and its last words.
fn cited(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= CITED_WORDS {
        return in_marks(text);
    }
    let first = words.iter().take(BORDER_WORDS).copied().collect::<Vec<_>>().join(" ");
    let rest = words.len() - BORDER_WORDS;
    let last = words.iter().skip(rest).copied().collect::<Vec<_>>().join(" ");
    format!("from {} to {}", in_marks(&first), in_marks(&last))
}

fn capitalized(line: &str) -> String {
    let mut rest = line.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// In quotation marks, of which the text may have its own.
fn in_marks(text: &str) -> String {
    let open = if text.starts_with('“') { "" } else { "“" };
    let close = if text.ends_with('”') { "" } else { "”" };
    format!("{open}{text}{close}")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
