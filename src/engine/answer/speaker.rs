//! Speakers by the names that people type.

use crate::knowledge::{Attribution, Corpus, Document, SentenceId, Speaker, SpeakerKey, Voice};
use crate::text::clause::clause_role;
use crate::text::fold_name;

/// The name under which the author of every document is known.
pub(crate) const THE_AUTHOR: &str = "the author";

/// Whose words are asked for. A name can be that of the author of one document and of a speaker
/// in another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SpeakerFilter {
    /// Positions of the documents whose author is asked for.
    pub(crate) author_of: Vec<usize>,
    /// Speakers asked for: the same name in several documents.
    pub(crate) speakers: Vec<SpeakerKey>,
}

impl SpeakerFilter {
    /// One speaker of one document.
    pub(crate) fn speaker(key: SpeakerKey) -> Self {
        Self { author_of: Vec::new(), speakers: vec![key] }
    }

    /// Returns whether the sentence, taken as a whole, is the words of whom is asked for.
    pub(crate) fn says_sentence(&self, corpus: &Corpus, id: SentenceId) -> bool {
        corpus.sentence(id).is_some_and(|sentence| {
            self.says(sentence.document_index, &sentence.sentence.attribution)
        })
    }

    /// Returns whether words of `document` with this attribution are those of whom is asked for.
    pub(crate) fn says(&self, document: usize, attribution: &Attribution) -> bool {
        match attribution.speaker {
            None => attribution.voice == Voice::Author && self.author_of.contains(&document),
            Some(speaker) => self.speakers.contains(&SpeakerKey { document, speaker }),
        }
    }
}

/// A name that no document knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct UnknownSpeaker {
    /// The name as typed.
    pub name: String,
    /// Speakers whose names are like it, the likest first.
    pub nearest: Vec<String>,
}

impl UnknownSpeaker {
    fn message(&self) -> String {
        if self.name.trim().is_empty() {
            return "the speaker’s name is empty: name a person, or “the author”".to_owned();
        }
        let mut message = format!("no speaker is called “{}”", self.name);
        if !self.nearest.is_empty() {
            message.push_str("; did you mean ");
            message.push_str(&self.nearest.join(", or "));
            message.push('?');
        }
        message
    }
}

/// How like a name must be to be offered, by Jaro and Winkler, from 0 to 1.
const LEAST_LIKENESS: f64 = 0.8;
/// How much less like it than the likest a name may be to be offered beside it.
const MOST_BEHIND: f64 = 0.05;

/// Returns the speakers called `name`, by their name, an alias, or their office ("the Chinese
/// president"); case and diacritics do not count.
///
/// # Errors
/// Where no one is called so.
pub(crate) fn resolve(corpus: &Corpus, name: &str) -> Result<SpeakerFilter, UnknownSpeaker> {
    const AUTHOR_NAMES: [&str; 2] = ["author", THE_AUTHOR];
    let wanted = fold_name(name);
    let documents = corpus.documents();
    let is_everybody = AUTHOR_NAMES.contains(&wanted.as_str());
    let mut asked = SpeakerFilter::default();
    let mut similarities: Vec<(f64, &str)> = Vec::new();
    for (document, content) in documents.iter().enumerate() {
        if is_everybody || content.author().is_some_and(|author| fold_name(author) == wanted) {
            asked.author_of.push(document);
        }
        for (speaker, person) in content.speaker_ids() {
            let names = || std::iter::once(&person.name).chain(&person.aliases);
            if names().any(|known| fold_name(known) == wanted) {
                asked.speakers.push(SpeakerKey { document, speaker });
            }
            let like = |known| strsim::jaro_winkler(&fold_name(known), &wanted);
            let most = names().map(|known| like(known)).fold(0.0, f64::max);
            similarities.push((most, &person.name));
        }
    }
    if asked == SpeakerFilter::default() {
        asked.speakers = by_office(corpus, &wanted);
    }
    if asked != SpeakerFilter::default() {
        return Ok(asked);
    }
    similarities.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let likest = similarities.first().map_or(0.0, |(like, _)| *like);
    let least = LEAST_LIKENESS.max(likest - MOST_BEHIND);
    let near = similarities.into_iter().filter(|(like, _)| *like >= least);
    let nearest = near.take(3).map(|(_, name)| name.to_owned()).collect();
    Err(UnknownSpeaker { name: name.to_owned(), nearest })
}

/// Returns the one speaker of each document in whose office, name and aliases all words of `wanted`
/// are, articles aside.
fn by_office(corpus: &Corpus, wanted: &str) -> Vec<SpeakerKey> {
    let words: Vec<&str> =
        wanted.split(' ').filter(|word| !clause_role(word).is_determiner).collect();
    if words.is_empty() || words.iter().all(|word| word.is_empty()) {
        return Vec::new();
    }
    let holds = |speaker: &Speaker| {
        let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
        let names: Vec<String> = names.map(|name| fold_name(name)).collect();
        let office = speaker.role.as_deref().map(fold_name).unwrap_or_default();
        words.iter().all(|word| {
            names.iter().any(|name| name.split(' ').any(|known| known == *word))
                || office.split(' ').any(|known| is_akin(known, word))
        })
    };
    let only = |(document, content): (usize, &Document)| {
        let mut found = content.speaker_ids().filter(|(_, speaker)| holds(speaker));
        let (speaker, _) = found.next()?;
        found.next().is_none().then_some(SpeakerKey { document, speaker })
    };
    corpus.documents().iter().enumerate().filter_map(only).collect()
}

/// Returns whether two words are one, or a country and who comes from it: "China", "Chinese".
fn is_akin(known: &str, word: &str) -> bool {
    const LEAST_SHARED: usize = 4;
    const LONGEST_ENDING: usize = 3;
    let shared = known.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let longest = known.chars().count().max(word.chars().count());
    known == word || (shared >= LEAST_SHARED && longest - shared <= LONGEST_ENDING)
}
