//! Question files: JSON Lines, one question a line, with the places that answer it.

use serde::Deserialize;

use crate::answer::Excerpt;

/// A question with its known answers.
#[derive(Debug, Clone)]
pub struct GoldQuestion {
    /// Its id in the file.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// Its kind, as the file names it.
    pub kind: String,
    /// Whether the text answers it.
    pub is_answerable: bool,
    /// The text that it asks about; `None` where the whole corpus is meant.
    pub article: Option<String>,
    /// The places that answer it. One is enough.
    pub targets: Vec<Target>,
    /// The answers as text, where the file lists them.
    pub answers: Vec<String>,
    /// Places that may be shown although the question has no answer.
    pub fair: Vec<Target>,
    /// The targets are whole regions: an excerpt inside one of them is right.
    pub has_regions: bool,
    /// Language of the question, where it is not that of the text.
    pub language: Option<String>,
}

/// A place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Where it is, in bytes, half open.
    pub bytes: std::ops::Range<usize>,
    /// Whose words it is, where the file says so.
    pub attribution: Option<GoldAttribution>,
}

/// Whose words a place is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldAttribution {
    /// The speaker's name; `None` for the author.
    pub speaker: Option<String>,
    /// The voice.
    pub voice: String,
}

impl GoldQuestion {
    /// Returns whether `excerpt` answers the question: it covers a place that does, or, where the
    /// file lists answers as text, holds one of them.
    #[must_use]
    pub fn is_answered_by(&self, excerpt: &Excerpt) -> bool {
        if self.has_regions || self.answers.is_empty() {
            return self.is_placed_in(excerpt);
        }
        self.answers.iter().any(|answer| excerpt.text().contains(answer.as_str()))
    }

    /// Returns whether `excerpt` covers a place that answers the question, or lies inside such a
    /// region. Stricter than [`Self::is_answered_by`]: the same words elsewhere do not count.
    #[must_use]
    pub fn is_placed_in(&self, excerpt: &Excerpt) -> bool {
        let span = excerpt.span();
        let has_slug = self.article.as_deref().is_none_or(|slug| excerpt.origin().slug == slug);
        has_slug
            && self.targets.iter().any(|target| {
                if self.has_regions {
                    target.bytes.start <= span.start() && span.end() <= target.bytes.end
                } else {
                    span.start() <= target.bytes.start && target.bytes.end <= span.end()
                }
            })
    }
}

/// A line of a question file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct QuestionError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

#[derive(Deserialize)]
pub(super) struct Row {
    #[serde(default)]
    pub(super) id: String,
    question: String,
    #[serde(default)]
    kind: String,
    answerable: bool,
    #[serde(default)]
    gold: Vec<GoldRow>,
    #[serde(default)]
    fair_excerpts: Vec<GoldRow>,
    article: Option<String>,
    #[serde(default)]
    spans: Vec<[usize; 2]>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    region: bool,
    lang: Option<String>,
}

#[derive(Deserialize)]
struct GoldRow {
    start: usize,
    end: usize,
    speaker: Option<String>,
    voice: String,
}

/// Reads a question file. `article` gives the text of an article by its name, for files whose
/// places are counted in characters.
///
/// # Errors
/// The first line that is no question.
pub fn read(
    lines: &str,
    mut article: impl FnMut(&str) -> Option<String>,
) -> Result<Vec<GoldQuestion>, QuestionError> {
    let mut questions = Vec::new();
    let mut text: Option<(String, String)> = None;
    for (index, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |message: String| QuestionError { line: index + 1, message };
        let row: Row = serde_json::from_str(line).map_err(|error| fault(plainly(&error)))?;
        if row.id.is_empty() {
            return Err(fault("a question needs an id".to_owned()));
        }
        let mut spans = Vec::new();
        if let Some(name) = row.article.as_deref().filter(|_| !row.spans.is_empty()) {
            if text.as_ref().is_none_or(|(known, _)| known != name) {
                let found = article(name).ok_or_else(|| fault(format!("no article “{name}”")))?;
                text = Some((name.to_owned(), found));
            }
            let content = text.as_ref().map_or("", |(_, content)| content);
            for [start, end] in &row.spans {
                let bytes = byte_offset(content, *start)..byte_offset(content, *end);
                spans.push(Target { bytes, attribution: None });
            }
        }
        let mut question = GoldQuestion::from(row);
        question.targets.extend(spans);
        questions.push(question);
    }
    Ok(questions)
}

impl From<Row> for GoldQuestion {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            text: row.question,
            kind: row.kind,
            is_answerable: row.answerable,
            article: row.article,
            targets: row.gold.into_iter().map(Target::from).collect(),
            fair: row.fair_excerpts.into_iter().map(Target::from).collect(),
            answers: row.answers,
            has_regions: row.region,
            language: row.lang,
        }
    }
}

impl From<GoldRow> for Target {
    fn from(row: GoldRow) -> Self {
        let attribution = GoldAttribution { speaker: row.speaker, voice: row.voice };
        Self { bytes: row.start..row.end, attribution: Some(attribution) }
    }
}

/// Returns what the JSON reader says of a line, without the number of the line, which to it is
/// always 1.
pub(super) fn plainly(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("{message} (column {})", error.column())
}

/// Returns the byte at which character `index` of `text` starts; its length where there are fewer.
fn byte_offset(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset)
}
