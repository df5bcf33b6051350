//! Machine output: the promised shapes, as twins of the core's types, which promise nothing.

use serde::{Serialize, Serializer};

use bot::wording::{self, Attributed};
use engine::answer::{Answer, Excerpt, Inherited};
use engine::evaluation::{Failure, Unanswered};
use engine::knowledge::{Span, Voice};
use engine::quotation::{
    Allegation, Cue, Cut, Dropped, Mark, Passage, Segment, Sentences, Share, Verification,
};

/// An answer or an abstention.
#[derive(Debug, Serialize)]
pub(super) struct AnswerLine<'a> {
    pub(super) abstained: bool,
    /// How sure it is that the first excerpt answers, from 0 to 1.
    pub(super) score: f32,
    /// Time that the answer took.
    pub(super) micros: u64,
    pub(super) excerpts: Vec<ExcerptLine<'a>>,
    /// How many of the first excerpts are the answer together; left out where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<usize>,
    /// What the question took from those before it; left out where it is on its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    inherited: Option<InheritedLine<'a>>,
}

#[derive(Debug, Serialize)]
struct InheritedLine<'a> {
    speaker: Option<&'a str>,
    topic: &'a [String],
    passages: &'static str,
}

impl<'a> InheritedLine<'a> {
    fn new(inherited: &'a Inherited) -> Self {
        Self {
            speaker: inherited.speaker.as_deref(),
            topic: &inherited.topic,
            passages: inherited.passages.name(),
        }
    }
}

impl<'a> AnswerLine<'a> {
    pub(super) fn new(answer: &'a Answer, took: std::time::Duration) -> Self {
        Self {
            abstained: answer.is_abstention(),
            score: answer.confidence(),
            micros: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            excerpts: answer.passages().iter().map(ExcerptLine::new).collect(),
            together: Some(answer.together()).filter(|number| *number > 1),
            inherited: answer.inherited().map(InheritedLine::new),
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
    fn new(excerpt: &'a Excerpt) -> Self {
        Self::of(excerpt.text(), excerpt.span(), &excerpt.into())
    }

    fn of(text: &'a str, span: Span, words: &Attributed<'a>) -> Self {
        let mut voices: Vec<Voice> = words.parts.iter().map(|part| part.voice).collect();
        let mut seen = Vec::new();
        voices.retain(|voice| {
            !seen.contains(voice) && {
                seen.push(*voice);
                true
            }
        });
        let cited = words.parts.iter().find(|part| part.via.is_some());
        Self {
            text,
            document: &words.origin.slug,
            paragraph: words.paragraphs.0,
            start: span.start(),
            end: span.end(),
            speaker: words.speaker.map(|person| person.name.as_str()),
            role: words.speaker.and_then(|person| person.role.as_deref()),
            voice: words.voice.name(),
            voices: voices.into_iter().map(Voice::name).collect(),
            quoting: cited.and_then(|part| part.speaker.as_ref()).map(|p| p.name.as_str()),
            via: words.via.map(|person| person.name.as_str()),
        }
    }
}

/// A question that goes unanswered.
#[derive(Debug, Serialize)]
pub(super) struct UnansweredLine<'a> {
    id: &'a str,
    question: &'a str,
    failure: &'static str,
    nearest: Vec<NearLine<'a>>,
}

#[derive(Debug, Serialize)]
struct NearLine<'a> {
    #[serde(flatten)]
    excerpt: ExcerptLine<'a>,
    /// Number of the first sentence within its paragraph, counted from 1.
    sentence: usize,
    /// Whether it answers, by the file of questions.
    answers: bool,
}

impl<'a> UnansweredLine<'a> {
    pub(super) fn new(one: &'a Unanswered<'_>) -> Self {
        let near = |passage: &'a Excerpt| NearLine {
            excerpt: ExcerptLine::new(passage),
            sentence: passage.place().sentence,
            answers: one.is_answered_by(passage),
        };
        Self {
            id: &one.question.id,
            question: &one.question.text,
            failure: match one.failure {
                Failure::Abstained => "abstained",
                Failure::Missed => "missed",
            },
            nearest: one.nearest.iter().map(near).collect(),
        }
    }
}

/// What came of checking a quotation.
#[derive(Debug, Serialize)]
pub(super) struct VerificationLine<'a> {
    verdict: &'static str,
    /// What a person reads first.
    headline: String,
    similarity: f32,
    words_left_out: usize,
    /// The words that turn the sentence; left out where there are none.
    #[serde(flatten)]
    dropped: Option<DroppedLine<'a>>,
    /// What a near claim changes; empty for all others.
    changed: Vec<ChangeLine<'a>>,
    /// Whether a near claim says something else than the document.
    reverses: bool,
    alleged: Option<AllegationLine<'a>>,
    /// The alleged speaker where no document knows the name; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_speaker: Option<&'a str>,
    /// The claim as written; its segments together are the whole.
    claim: Vec<SegmentLine<'a>>,
    passages: Vec<PassageLine<'a>>,
}

#[derive(Debug, Serialize)]
struct PassageLine<'a> {
    #[serde(flatten)]
    excerpt: ExcerptLine<'a>,
    /// First character and the one behind the last, counted in Unicode scalar values.
    characters: [usize; 2],
    segments: Vec<SegmentLine<'a>>,
    /// The whole sentences in which it is.
    sentence: SentenceLine<'a>,
}

#[derive(Debug, Serialize)]
struct SentenceLine<'a> {
    text: String,
    start: usize,
    end: usize,
    segments: Vec<SegmentLine<'a>>,
}

impl<'a> SentenceLine<'a> {
    fn new(sentences: &'a Sentences) -> Self {
        let (start, end) = (sentences.span.start(), sentences.span.end());
        let segments = segments(&sentences.segments);
        Self { text: sentences.text(), start, end, segments }
    }
}

#[derive(Debug, Serialize)]
struct DroppedLine<'a> {
    dropped: &'a str,
    dropped_at: &'static str,
    cue: &'static str,
}

impl<'a> DroppedLine<'a> {
    fn new(dropped: &'a Dropped) -> Self {
        Self {
            dropped: &dropped.text,
            dropped_at: match dropped.cut {
                Cut::Ellipsis => "ellipsis",
                Cut::Before => "before",
                Cut::Behind => "behind",
            },
            cue: match dropped.cue {
                Cue::Negation => "negation",
                Cue::Restriction => "restriction",
                Cue::Condition => "condition",
                Cue::Attribution => "attribution",
                Cue::Other => "other",
            },
        }
    }
}

#[derive(Debug, Serialize)]
struct ChangeLine<'a> {
    printed: &'a str,
    claimed: &'a str,
    reverses: bool,
}

#[derive(Debug, Serialize)]
struct SegmentLine<'a> {
    text: &'a str,
    mark: &'static str,
}

#[derive(Debug, Serialize)]
struct AllegationLine<'a> {
    name: &'a str,
    matches: bool,
    share: &'static str,
    whose: &'static str,
    /// `None` for the author.
    words_of: Vec<Option<&'a str>>,
}

impl<'a> VerificationLine<'a> {
    pub(super) fn new(verification: &'a Verification, documents: usize) -> Self {
        let passages = verification.passages().iter().map(|passage: &Passage| PassageLine {
            excerpt: ExcerptLine::of(passage.text(), passage.span(), &passage.into()),
            characters: [passage.characters().start, passage.characters().end],
            segments: segments(passage.segments()),
            sentence: SentenceLine::new(passage.sentences()),
        });
        let changes = verification.changes().iter().map(|change| ChangeLine {
            printed: &change.printed,
            claimed: &change.claimed,
            reverses: change.reverses,
        });
        Self {
            verdict: verification.verdict().name(),
            headline: wording::headline(verification, documents),
            similarity: verification.similarity(),
            words_left_out: verification.words_left_out(),
            dropped: verification.dropped().map(DroppedLine::new),
            changed: changes.collect(),
            reverses: verification.reverses(),
            alleged: verification.alleged().map(AllegationLine::new),
            unknown_speaker: verification.unknown_speaker().map(|unknown| &*unknown.name),
            claim: segments(verification.claim()),
            passages: passages.collect(),
        }
    }
}

impl<'a> AllegationLine<'a> {
    fn new(allegation: &'a Allegation) -> Self {
        let people = allegation.words_of().iter();
        Self {
            name: allegation.name(),
            matches: allegation.matches(),
            share: match allegation.share() {
                Share::All => "all",
                Share::Some => "some",
                Share::Cited => "cited",
                Share::None => "none",
            },
            whose: allegation.whose().name(),
            words_of: people.map(|person| person.as_ref().map(|p| p.name.as_str())).collect(),
        }
    }
}

fn segments(segments: &[Segment]) -> Vec<SegmentLine<'_>> {
    let name = |mark| match mark {
        Mark::Same => "same",
        Mark::Different => "different",
        Mark::LeftOut => "left-out",
        Mark::Around => "around",
    };
    segments.iter().map(|s| SegmentLine { text: &s.text, mark: name(s.mark) }).collect()
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
