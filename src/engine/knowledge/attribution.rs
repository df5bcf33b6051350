//! Who speaks, and in whose words: the voices of a text, laid over it in nested spans.

use super::Span;

/// In whose words something is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// The author's own narration or comment.
    Author,
    /// The author's paraphrase of a speaker.
    Reported,
    /// Printed as a speaker's own first-person words, without quotation marks.
    Speech,
    /// A speaker's words in quotation marks.
    Quoted,
}

impl Voice {
    /// Returns the name used in annotation files and machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reported => "reported",
            Self::Speech => "speech",
            Self::Quoted => "quoted",
        }
    }
}

/// The number of a speaker within one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpeakerId(pub(super) u16);

impl SpeakerId {
    /// Position in the document's list of speakers.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A speaker of one of the documents of a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpeakerKey {
    /// Position of the document in the corpus.
    pub document: usize,
    /// The speaker within it.
    pub speaker: SpeakerId,
}

/// Whose words a stretch of text is, and how they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attribution {
    /// How the words are printed.
    pub voice: Voice,
    /// Whose words they are; `None` for the author.
    pub speaker: Option<SpeakerId>,
    /// The speaker who cites them, where one person quotes another.
    pub via: Option<SpeakerId>,
}

impl Attribution {
    /// The author's own narration or comment: the default of every document.
    pub const AUTHOR: Self = Self { voice: Voice::Author, speaker: None, via: None };
}

/// A stretch of text in one voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Where it is.
    pub span: Span,
    /// Whose words it is.
    pub attribution: Attribution,
}

/// Returns the parts within `span`, in order, each trimmed to it; `parts` touch one another.
pub(super) fn within(parts: &[Part], span: Span) -> impl Iterator<Item = Part> + '_ {
    let first = parts.partition_point(|part| part.span.end() <= span.start());
    parts.iter().skip(first).map_while(move |part| {
        let span = part.span.intersection(span)?;
        Some(Part { span, attribution: part.attribution })
    })
}

/// Returns the attribution of a stretch as a whole: of those who speak in it other than the author,
/// the one with most bytes; the author only where no one else speaks.
pub(super) fn leading(parts: impl Iterator<Item = Part>) -> Attribution {
    let mut shares: Vec<(Attribution, usize)> = Vec::new();
    for part in parts.filter(|part| part.attribution.voice != Voice::Author) {
        match shares.iter_mut().find(|(attribution, _)| *attribution == part.attribution) {
            Some((_, bytes)) => *bytes += part.span.len(),
            None => shares.push((part.attribution, part.span.len())),
        }
    }
    let most = shares.iter().map(|(_, bytes)| *bytes).max();
    let leading = shares.into_iter().find(|(_, bytes)| Some(*bytes) == most);
    leading.map_or(Attribution::AUTHOR, |(attribution, _)| attribution)
}

/// A span of the annotation, tied to its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer {
    pub(super) span: Span,
    pub(super) attribution: Attribution,
    /// Byte offset of the entry in the annotation file, for faults.
    pub(super) entry: usize,
}

/// Two layers of which neither lies inside the other.
#[derive(Debug)]
pub(super) struct Crossing {
    pub(super) outer: Layer,
    pub(super) inner: Layer,
}

/// Lays `layers` over `body`: every byte of the body is in exactly one part, inner layers
/// override outer ones, and of two equal spans the later wins.
pub(super) fn lay(body: Span, mut layers: Vec<Layer>) -> Result<Vec<Part>, Vec<Crossing>> {
    layers.sort_by(|a, b| {
        let key = |layer: &Layer| (layer.span.start(), std::cmp::Reverse(layer.span.end()));
        key(a).cmp(&key(b))
    });
    let mut sweep = Sweep { position: body.start(), parts: Vec::new(), open: Vec::new() };
    let mut crossings = Vec::new();
    for layer in layers {
        sweep.close_until(layer.span.start());
        match sweep.open.last() {
            Some(outer) if !outer.span.contains(layer.span) => {
                crossings.push(Crossing { outer: *outer, inner: layer });
            }
            _ => sweep.enter(layer),
        }
    }
    sweep.close_until(body.end());
    sweep.emit(body.end());
    if crossings.is_empty() { Ok(sweep.parts) } else { Err(crossings) }
}

struct Sweep {
    position: usize,
    parts: Vec<Part>,
    open: Vec<Layer>,
}

impl Sweep {
    fn emit(&mut self, end: usize) {
        if end <= self.position {
            return;
        }
        let attribution = self.open.last().map_or(Attribution::AUTHOR, |layer| layer.attribution);
        let span = Span::from_borders(self.position, end);
        match self.parts.last_mut() {
            Some(last) if last.attribution == attribution => last.span = last.span.through(span),
            _ => self.parts.push(Part { span, attribution }),
        }
        self.position = end;
    }

    fn close_until(&mut self, start: usize) {
        while let Some(layer) = self.open.last().filter(|l| l.span.end() <= start) {
            self.emit(layer.span.end());
            self.open.pop();
        }
    }

    fn enter(&mut self, layer: Layer) {
        self.emit(layer.span.start());
        self.open.push(layer);
    }
}
