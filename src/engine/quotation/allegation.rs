//! Whether a passage is the words of the person whom a claim names.

use super::Claim;
use super::passage::Passage;
use crate::answer::excerpt::Person;
use crate::answer::speaker::{self, SpeakerFilter, UnknownSpeaker};
use crate::knowledge::SpeakerKey;
use crate::knowledge::{Attribution, Corpus, SpeakerId};

/// How much of a passage is the alleged speaker's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Share {
    /// All of it.
    All,
    /// Some of it; the rest is someone else's.
    Some,
    /// None of it is their own: they cite another person's words.
    Cited,
    /// None of it.
    None,
}

/// A speaker to whom a claim gives the words, beside those whose words they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allegation {
    pub(super) name: String,
    pub(super) share: Share,
    pub(super) words_of: Vec<Option<Person>>,
}

impl Allegation {
    /// Returns the alleged speaker, by the name as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether all of the passage is the alleged speaker's own words, be they quoted,
    /// printed as speech or reported; which of these it is, the passage's parts say.
    #[must_use]
    pub fn matches(&self) -> bool {
        self.share == Share::All
    }

    /// Returns how much of the passage is the alleged speaker's. Words that they cite from another
    /// person are that person's: a poet quoted in a speech is [`Share::Cited`] for the one who
    /// gave the speech.
    #[must_use]
    pub fn share(&self) -> Share {
        self.share
    }

    /// Returns whose words the passage is, each once, in the order of the text; `None` for the
    /// author.
    #[must_use]
    pub fn words_of(&self) -> &[Option<Person>] {
        &self.words_of
    }
}

/// The person named in a claim.
pub(super) struct Alleged<'a> {
    corpus: &'a Corpus,
    name: &'a str,
    asked: SpeakerFilter,
}

impl<'a> Alleged<'a> {
    /// Returns the alleged speaker of `claim`, if it names any.
    pub(super) fn of(
        corpus: &'a Corpus,
        claim: &Claim<'a>,
    ) -> Result<Option<Self>, UnknownSpeaker> {
        let Some(name) = claim.speaker else { return Ok(None) };
        let asked = speaker::resolve(corpus, name)?;
        Ok(Some(Self { corpus, name, asked }))
    }

    /// Returns how much of `passage` is theirs.
    pub(super) fn share(&self, passage: &Passage) -> Share {
        let all = passage.attributions();
        let own = all.iter().filter(|part| self.speaks(passage, part)).count();
        let cites = |part: &&Attribution| part.via.is_some_and(|via| self.is(passage, via));
        if own == all.len() && own > 0 {
            Share::All
        } else if own > 0 {
            Share::Some
        } else if all.iter().any(|part| cites(&part)) {
            Share::Cited
        } else {
            Share::None
        }
    }

    pub(super) fn allegation(&self, passage: &Passage) -> Allegation {
        let mut words_of: Vec<Option<Person>> = Vec::new();
        for part in passage.parts() {
            if !words_of.contains(&part.speaker) {
                words_of.push(part.speaker.clone());
            }
        }
        Allegation { name: self.name(passage), share: self.share(passage), words_of }
    }

    fn speaks(&self, passage: &Passage, part: &Attribution) -> bool {
        self.asked.says(passage.document(), part)
    }

    fn is(&self, passage: &Passage, speaker: SpeakerId) -> bool {
        let key = SpeakerKey { document: passage.document(), speaker };
        self.asked.speakers.contains(&key)
    }

    fn name(&self, passage: &Passage) -> String {
        if self.asked.author_of.contains(&passage.document()) {
            return passage.origin().author.clone().unwrap_or_else(|| self.name.to_owned());
        }
        let printed = self.asked.speakers.first().and_then(|key| {
            let document = self.corpus.documents().get(key.document)?;
            document.speaker(key.speaker).map(|speaker| speaker.name.clone())
        });
        printed.unwrap_or_else(|| self.name.to_owned())
    }
}
