//! All wording that people read about passages, abstentions and quotations: pure functions from
//! facts to text.
//!
//! They return plain text; whoever shows it escapes it for where it is shown.

use std::ops::Range;

mod abstention;
mod verification;

pub use abstention::{Abstention, abstention};
pub use verification::{allegation, headline, region, unknown_speaker};

use engine::answer::{Excerpt, ExcerptPart, Inherited, Origin, Passages, Person};
use engine::knowledge::Voice;
use engine::quotation::Passage;

/// The heading of passages that do not answer.
pub const NEAREST: &str = "Nearest in wording. Not an answer.";

/// The most words of a part that are cited in full beside an excerpt.
const CITED_WORDS: usize = 12;
/// Words cited from the beginning and from the end of a longer part.
const BORDER_WORDS: usize = 3;

/// Words of a document with everything that is said of them: an excerpt, or a passage that a
/// quotation was found to be.
#[derive(Debug, Clone)]
pub struct Attributed<'a> {
    /// The document.
    pub origin: &'a Origin,
    /// How the words are printed, taken as a whole.
    pub voice: Voice,
    /// Whose words they are, taken as a whole; `None` for the author.
    pub speaker: Option<&'a Person>,
    /// Who cites the speaker, where one person quotes another.
    pub via: Option<&'a Person>,
    /// Every stretch by its voice, in order.
    pub parts: &'a [ExcerptPart],
    /// Numbers of the first and the last paragraph.
    pub paragraphs: (usize, usize),
    /// Characters of the source, half open.
    pub characters: Range<usize>,
}

impl<'a> From<&'a Excerpt> for Attributed<'a> {
    fn from(excerpt: &'a Excerpt) -> Self {
        let paragraph = excerpt.place().paragraph;
        Self {
            origin: excerpt.origin(),
            voice: excerpt.voice(),
            speaker: excerpt.speaker(),
            via: excerpt.via(),
            parts: excerpt.parts(),
            paragraphs: (paragraph, paragraph),
            characters: excerpt.characters(),
        }
    }
}

impl<'a> Attributed<'a> {
    /// The whole sentences in which a passage is.
    #[must_use]
    pub fn sentences_of(passage: &'a Passage) -> Self {
        let sentences = passage.sentences();
        Self {
            voice: sentences.voice,
            speaker: sentences.speaker.as_ref(),
            via: sentences.via.as_ref(),
            parts: &sentences.parts,
            characters: sentences.characters.clone(),
            ..Self::from(passage)
        }
    }
}

impl<'a> From<&'a Passage> for Attributed<'a> {
    fn from(passage: &'a Passage) -> Self {
        Self {
            origin: passage.origin(),
            voice: passage.voice(),
            speaker: passage.speaker(),
            via: passage.via(),
            parts: passage.parts(),
            paragraphs: (passage.start().paragraph, passage.end().paragraph),
            characters: passage.characters(),
        }
    }
}

/// Returns who speaks and in whose words, in one line: `Cyril Ramaphosa, President of … · reported
/// by the article’s author`.
#[must_use]
pub fn attribution<'a>(words: impl Into<Attributed<'a>>) -> String {
    let words = words.into();
    let who = match (words.speaker, words.via) {
        (Some(speaker), None) => with_role(speaker),
        (speaker, via) => who(speaker, via, words.origin),
    };
    let whose = whose_words(words.voice, words.origin);
    let is_own = matches!(words.voice, Voice::Quoted | Voice::Speech);
    let partly =
        if is_own && words.parts.iter().any(|part| differs(part, &words)) { "partly " } else { "" };
    let mostly = if is_mostly_comment(&words) { "; mostly the author’s own comment" } else { "" };
    format!("{who} · {partly}{whose}{mostly}")
}

/// Returns where several voices speak: which words are not as [`attribution`] says, one line for
/// each voice, in the order of the text.
#[must_use]
pub fn other_voices<'a>(words: impl Into<Attributed<'a>>) -> Vec<String> {
    let whole = words.into();
    let mut groups: Vec<(&ExcerptPart, Vec<String>)> = Vec::new();
    for part in whole.parts.iter().filter(|part| differs(part, &whole)) {
        let same = |known: &ExcerptPart| {
            (known.voice, &known.speaker, &known.via) == (part.voice, &part.speaker, &part.via)
        };
        match groups.iter_mut().find(|(known, _)| same(known)) {
            Some((_, words)) => words.push(cited(&part.text)),
            None => groups.push((part, vec![cited(&part.text)])),
        }
    }
    groups.into_iter().map(|(part, words)| other_voice(part, &words, &whole)).collect()
}

/// Returns whether a part has another voice than the whole.
fn differs(part: &ExcerptPart, whole: &Attributed<'_>) -> bool {
    (part.voice, part.speaker.as_ref(), part.via.as_ref())
        != (whole.voice, whole.speaker, whole.via)
}

fn other_voice(part: &ExcerptPart, words: &[String], whole: &Attributed<'_>) -> String {
    let cited = capitalized(&listed(words));
    let origin = whole.origin;
    if part.voice == Voice::Author {
        let verb = if words.len() == 1 { "is" } else { "are" };
        return format!("{cited} {verb} {}", whose_words(Voice::Author, origin));
    }
    let is_same_speaker = part.speaker.as_ref() == whole.speaker && part.via.as_ref() == whole.via;
    match (is_same_speaker, part.voice) {
        (true, Voice::Quoted) => format!("{cited} in quotation marks"),
        (true, voice) => format!("{cited}: {}", whose_words(voice, origin)),
        (false, voice) => {
            let who = who(part.speaker.as_ref(), part.via.as_ref(), origin);
            format!("{cited}: {who}, {}", whose_words(voice, origin))
        }
    }
}

/// Returns whose words: a name without its office, and through whom.
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

/// Returns where words are: `Title · Author, 30 July 2021 · ¶28 · characters 7370–7615`.
#[must_use]
pub fn provenance<'a>(words: impl Into<Attributed<'a>>) -> String {
    let Attributed { origin, paragraphs: (first, last), characters, .. } = words.into();
    let paragraphs =
        if first == last { format!("¶{first}") } else { format!("¶{first}–{last}") };
    let document = document(origin);
    format!("{document} · {paragraphs} · characters {}–{}", characters.start, characters.end)
}

/// Returns a document by title, author and date.
#[must_use]
pub fn document(origin: &Origin) -> String {
    let published = origin.published.map(|date| date.to_string());
    let by: Vec<String> = origin.author.iter().cloned().chain(published).collect();
    if by.is_empty() {
        return origin.title.clone();
    }
    format!("{} · {}", origin.title, by.join(", "))
}

/// Returns what is said above passages that answer a question in another language than theirs.
#[must_use]
pub fn languages_of_passages(languages: &[&str]) -> String {
    let names: Vec<String> = languages.iter().map(|&name| name.to_owned()).collect();
    format!("I quote in the language of the document: {}.", listed(&names))
}

/// Returns what a question took from those before it, in one line: `About: Cyril Ramaphosa,
/// vaccines`.
#[must_use]
pub fn about(inherited: &Inherited) -> String {
    let topic = Some(inherited.topic.join(" ")).filter(|topic| !topic.is_empty());
    let taken: Vec<String> = inherited.speaker.iter().cloned().chain(topic).collect();
    match (inherited.passages, taken.is_empty()) {
        (Passages::LeftOut, true) => "Besides the previous passage".to_owned(),
        (Passages::Again | Passages::Around, _) | (_, true) => {
            "About the previous passage".to_owned()
        }
        (_, false) => format!("About: {}", taken.join(", ")),
    }
}

/// Returns how many passages there are next to those that are shown; `None` where there are none.
#[must_use]
pub fn other_passages(number: usize) -> Option<String> {
    (number > 0).then(|| format!("{} other {}", number, plural(number, "passage")))
}

/// `word` as it goes with `number`.
#[must_use]
pub fn plural(number: usize, word: &str) -> String {
    if number == 1 { word.to_owned() } else { format!("{word}s") }
}

fn with_role(person: &Person) -> String {
    match &person.role {
        Some(role) => format!("{}, {role}", person.name),
        None => person.name.clone(),
    }
}

/// Returns whether more of the words are the author's comment than anything else.
fn is_mostly_comment(words: &Attributed<'_>) -> bool {
    let length = |is_comment: bool| {
        let parts = words.parts.iter();
        let parts = parts.filter(|part| (part.voice == Voice::Author) == is_comment);
        parts.map(|part| part.text.len()).sum::<usize>()
    };
    words.voice != Voice::Author && length(true) > length(false)
}

/// Words of the excerpt, to point at them. Nothing is left out of what is between quotation
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
    joined(items, "and")
}

/// Returns all of `items`, with `word` before the last.
pub(super) fn joined<T: AsRef<str>>(items: &[T], word: &str) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} {word} {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cited_in_full_or_by_their_borders() {
        assert_eq!(cited("vaccine imperialism"), "“vaccine imperialism”");
        assert_eq!(cited("“vaccine imperialism,”"), "“vaccine imperialism,”");
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        assert_eq!(cited(long), "from “one two three” to “eleven twelve thirteen”");
    }

    #[test]
    fn passages_are_counted() {
        assert_eq!(other_passages(0), None);
        assert_eq!(other_passages(1).as_deref(), Some("1 other passage"));
        assert_eq!(other_passages(4).as_deref(), Some("4 other passages"));
    }
}
