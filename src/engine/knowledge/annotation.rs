//! The annotation file as it is written: TOML, unknown keys refused.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::diagnostic::Diagnostic;

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year of the common era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl fmt::Display for Date {
    /// Day, English month, year: `30 July 2021`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("?");
        write!(f, "{} {month} {}", self.day, self.year)
    }
}

/// One annotation file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Annotation {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<Spanned<toml::value::Datetime>>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<Body>,
    #[serde(default)]
    pub(super) speaker: Vec<SpeakerEntry>,
    #[serde(default)]
    pub(super) span: Vec<SpanEntry>,
    #[serde(default)]
    pub(super) skip: Vec<SkipEntry>,
    #[serde(default)]
    pub(super) section: Vec<SectionEntry>,
    #[serde(default)]
    pub(super) synonym: Vec<SynonymEntry>,
    #[serde(default)]
    pub(super) ask: Vec<AskEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) start: Option<Spanned<String>>,
    pub(super) end: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpeakerEntry {
    pub(super) id: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) role: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<Spanned<String>>,
}

/// How the words of a span are printed; `nested` marks a speaker who cites another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum VoiceName {
    Author,
    Reported,
    Speech,
    Quoted,
    Nested,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanEntry {
    pub(super) quote: Option<Spanned<String>>,
    pub(super) after: Option<String>,
    pub(super) before: Option<String>,
    pub(super) from: Option<Spanned<String>>,
    pub(super) to: Option<Spanned<String>>,
    pub(super) speaker: Option<Spanned<String>>,
    pub(super) quoting: Option<Spanned<String>>,
    pub(super) voice: Spanned<VoiceName>,
    pub(super) printed: Option<Spanned<VoiceName>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SkipEntry {
    pub(super) quote: Spanned<String>,
    pub(super) after: Option<String>,
    pub(super) before: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionEntry {
    pub(super) title: String,
    pub(super) speaker: Option<Spanned<String>>,
    pub(super) from: Spanned<String>,
    pub(super) to: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SynonymEntry {
    pub(super) terms: Spanned<Vec<String>>,
}

/// Questions that one sentence answers, named by some of its words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskEntry {
    pub(super) quote: Spanned<String>,
    pub(super) after: Option<String>,
    pub(super) before: Option<String>,
    pub(super) questions: Spanned<Vec<Spanned<String>>>,
}

impl Annotation {
    /// Reads an annotation; `file` is its name for the fault.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Diagnostic> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| Lines::of(text).number(span.start));
            Diagnostic::new(file, line, plainly(error.message()))
        })
    }
}

/// Returns what the TOML reader says, in the words of these files.
fn plainly(message: &str) -> String {
    let message = message.trim().replace('\n', ", ");
    if message.starts_with("unknown field ") {
        return unknown("key", &message);
    }
    if message.starts_with("unknown variant ") {
        return unknown("value", &message);
    }
    for (theirs, ours) in [
        ("missing field ", "this entry lacks the key "),
        ("invalid type: ", "this value is of the wrong type: "),
        ("duplicate key", "this key is given twice"),
    ] {
        if let Some(rest) = message.strip_prefix(theirs) {
            let day = "expected a day without quotation marks, as in 2021-07-30";
            return format!("{ours}{}", rest.replace("expected a TOML datetime", day));
        }
    }
    format!("this is not TOML: {message}")
}

/// Returns a name that is not known, with the one it was probably meant to be, or all that are.
fn unknown(what: &str, message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let name = names.next().unwrap_or_default();
    let like = |known: &str| strsim::jaro_winkler(known, name);
    let known: Vec<&str> = names.collect();
    match known.iter().copied().max_by(|a, b| like(a).total_cmp(&like(b))) {
        Some(nearest) if like(nearest) >= LEAST_LIKENESS => {
            format!("there is no {what} `{name}` here; did you mean `{nearest}`?")
        }
        _ => format!("there is no {what} `{name}` here, but {}", known.join(", ")),
    }
}

/// How like an unknown name a known one must be to be offered, by Jaro and Winkler, from 0 to 1.
pub(super) const LEAST_LIKENESS: f64 = 0.75;

/// Where the lines of a text start.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(breaks.map(|(offset, _)| offset + 1)).collect() }
    }

    /// Returns the line, counted from 1, in which byte `offset` is.
    pub(super) fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}
