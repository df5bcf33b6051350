//! Machine output: the promised shapes, as twins of the core's types, which promise nothing.

use serde::{Serialize, Serializer};

use crate::answer::{Answer, Excerpt};
use crate::knowledge::Voice;

/// An answer or an abstention.
#[derive(Debug, Serialize)]
pub(super) struct AnswerLine<'a> {
    pub(super) abstained: bool,
    /// How sure it is that the first excerpt answers, from 0 to 1.
    pub(super) score: f32,
    /// Time that the answer took.
    pub(super) micros: u64,
    pub(super) excerpts: Vec<ExcerptLine<'a>>,
}

impl<'a> AnswerLine<'a> {
    pub(super) fn new(answer: &'a Answer, took: std::time::Duration) -> Self {
        Self {
            abstained: answer.is_abstention(),
            score: answer.confidence(),
            micros: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            excerpts: answer.passages().iter().map(ExcerptLine::new).collect(),
        }
    }
}

/// A passage. Offsets are bytes of the source, half open.
#[derive(Debug, Serialize)]
pub(super) struct ExcerptLine<'a> {
    text: &'a str,
    document: &'a str,
    paragraph: usize,
    start: usize,
    end: usize,
    /// `None` for the author.
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    voice: &'static str,
    voices: Vec<&'static str>,
    quoting: Option<&'a str>,
    via: Option<&'a str>,
}

impl<'a> ExcerptLine<'a> {
    pub(super) fn new(excerpt: &'a Excerpt) -> Self {
        let speaker = excerpt.speaker();
        Self {
            text: excerpt.text(),
            document: &excerpt.origin().slug,
            paragraph: excerpt.place().paragraph,
            start: excerpt.span().start(),
            end: excerpt.span().end(),
            speaker: speaker.map(|person| person.name.as_str()),
            role: speaker.and_then(|person| person.role.as_deref()),
            voice: excerpt.voice().name(),
            voices: excerpt.voices().into_iter().map(Voice::name).collect(),
            quoting: excerpt.quoting().map(|person| person.name.as_str()),
            via: excerpt.via().map(|person| person.name.as_str()),
        }
    }
}

/// Named numbers, as an object in the order of the names.
#[derive(Debug)]
pub(super) struct Measures {
    pub(super) names: &'static [&'static str],
    pub(super) values: Vec<f32>,
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // An empty sum is a negative zero, which adding zero turns into the positive one.
        serializer.collect_map(self.names.iter().zip(self.values.iter().map(|value| value + 0.0)))
    }
}
