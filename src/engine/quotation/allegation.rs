//! Whether a passage is the words of the person whom a claim names.

use super::Claim;
use super::passage::Passage;
use crate::answer::excerpt::Person;
use crate::answer::speaker::{self, SpeakerFilter, UnknownSpeaker};
use crate::knowledge::SpeakerKey;
use crate::knowledge::{Attribution, Corpus, SpeakerId, Voice};

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

/// Whose the words of a passage are, seen from the alleged speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The alleged speaker's own words, quoted or printed as speech; of the author, all that the
    /// author writes and gives to no one.
    Own,
    /// The author's report of what the alleged speaker said.
    Reported,
    /// The author's own comment, on the alleged speaker or anything else.
    Author,
    /// The words of another person, quoted by the alleged speaker.
    Cited,
    /// Another person's words.
    Others,
}

impl Whose {
    /// Returns the name used in machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Reported => "reported",
            Self::Author => "author",
            Self::Cited => "cited",
            Self::Others => "others",
        }
    }
}

/// A speaker to whom a claim gives the words, beside those whose words they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allegation {
    pub(super) name: String,
    pub(super) share: Share,
    pub(super) whose: Whose,
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

    /// Returns whose the words are, taken as a whole: where the speaker's own words and a report of
    /// them are side by side, a report.
    #[must_use]
    pub fn whose(&self) -> Whose {
        self.whose
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
        let (name, share, whose) = (self.name(passage), self.share(passage), self.whose(passage));
        Allegation { name, share, whose, words_of }
    }

    fn whose(&self, passage: &Passage) -> Whose {
        let leading = passage.attribution();
        let is_own = |part: &Attribution| self.speaks(passage, part);
        let has = |voice: Voice| passage.attributions().iter().any(|part| part.voice == voice);
        if is_own(&leading) {
            let is_report = leading.voice == Voice::Reported || has(Voice::Reported);
            if is_report && leading.speaker.is_some() { Whose::Reported } else { Whose::Own }
        } else if leading.via.is_some_and(|via| self.is(passage, via)) {
            Whose::Cited
        } else if leading.speaker.is_none() {
            Whose::Author
        } else {
            Whose::Others
        }
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
