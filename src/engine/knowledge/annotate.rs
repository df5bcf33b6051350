//! An annotation is laid over its text: selectors are resolved, voices nested, sentences
//! attributed, and all contradictions reported at once.

use std::collections::HashMap;

use toml::Spanned;

use super::annotation::{
    Annotation, Date, LEAST_LIKENESS, Lines, SectionEntry, SpanEntry, SpeakerEntry, VoiceName,
};
use super::asks::{self, Asks};
use super::attribution::{self, Attribution, Layer, Part, SpeakerId, Voice};
use super::diagnostic::Diagnostic;
use super::document::{Document, Section, Sentence, Speaker};
use super::layout::Layout;
use super::selector::{Places, Selector};
use super::selectors::{self, Words, entry_start, words_of, words_of_skip};
use super::span::Span;

/// A source and its annotation, both readable, not yet checked against each other.
pub(super) struct Input<'a> {
    pub(super) slug: &'a str,
    pub(super) text: String,
    pub(super) hash: String,
    pub(super) annotation: &'a Annotation,
    pub(super) annotation_file: &'a str,
    pub(super) annotation_text: &'a str,
    pub(super) is_markdown: bool,
}

/// Returns the document, or every fault of its annotation.
pub(super) fn document(input: Input<'_>) -> Result<Document, Vec<Diagnostic>> {
    let annotation = input.annotation;
    let places = Places::find_all(&input.text, selectors::selectors(annotation))
        .map_err(|message| vec![Diagnostic::new(input.annotation_file, None, message)])?;
    let mut resolver = Resolver::new(&input, places);
    let published = resolver.published(annotation);
    let body = resolver.body(annotation);
    let speakers = resolver.speakers(&annotation.speaker);
    let parts = resolver.parts(body, &annotation.span);
    let skips = resolver.skips(body, annotation);
    let mut sections = resolver.sections(&annotation.section);
    resolver.synonyms(annotation);
    let layout = Layout { text: &input.text, body, parts: &parts, skips: &skips };
    let (paragraphs, mut sentences, headings) = layout.lines(input.is_markdown);
    let asks = resolver.asks(annotation, &sentences);
    let faults = resolver.faults;
    if !faults.is_empty() {
        return Err(faults);
    }
    sections.extend(headings);
    sections.sort_by_key(|section| section.span.start());
    for sentence in &mut sentences {
        // Of the sections around a sentence the innermost is the last that starts before it.
        let started = sections.partition_point(|s| s.span.start() <= sentence.span.start());
        let started = sections.get(..started).unwrap_or_default();
        sentence.section = started.iter().rposition(|s| s.span.contains(sentence.span));
    }
    Ok(Document {
        slug: input.slug.to_owned(),
        title: annotation.title.clone().unwrap_or_else(|| input.slug.to_owned()),
        author: annotation.author.clone(),
        published,
        url: annotation.url.clone(),
        language: annotation.language.clone().unwrap_or_else(|| "en".to_owned()),
        hash: input.hash,
        speakers,
        sections,
        parts,
        paragraphs,
        sentences,
        asks,
        synonyms: annotation.synonym.iter().map(|entry| entry.terms.get_ref().clone()).collect(),
        text: input.text,
    })
}

/// Turns what the annotation names into places and ids, and keeps the faults.
struct Resolver<'a> {
    text: &'a str,
    file: &'a str,
    places: Places<'a>,
    lines: Lines,
    ids: HashMap<String, SpeakerId>,
    faults: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn new(input: &'a Input<'a>, places: Places<'a>) -> Self {
        Self {
            text: &input.text,
            file: input.annotation_file,
            places,
            lines: Lines::of(input.annotation_text),
            ids: HashMap::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, entry: usize, message: impl Into<String>) {
        let line = self.lines.number(entry);
        self.faults.push(Diagnostic::new(self.file, Some(line), message));
    }

    fn find(&mut self, entry: usize, selector: Selector<'_>) -> Option<Span> {
        self.places.get(selector).map_err(|message| self.fault(entry, message)).ok()
    }

    fn find_words(&mut self, words: &Spanned<String>) -> Option<Span> {
        self.find(words.span().start, Selector::exact(words.get_ref()))
    }

    fn published(&mut self, annotation: &Annotation) -> Option<Date> {
        let published = annotation.published.as_ref()?;
        let date = published.get_ref().date;
        if date.is_none() {
            self.fault(published.span().start, "`published` needs a day, as in 2021-07-30");
        }
        date.map(|date| Date { year: date.year, month: date.month, day: date.day })
    }

    /// Returns the quotable stretch; the whole text where the annotation does not bound it.
    fn body(&mut self, annotation: &Annotation) -> Span {
        let whole = Span::from_borders(0, self.text.len());
        let Some(body) = &annotation.body else {
            return whole;
        };
        let start = body.start.as_ref().and_then(|words| self.find_words(words));
        let end = body.end.as_ref().and_then(|words| self.find_words(words));
        match (start, end) {
            (Some(start), Some(end)) if end.end() <= start.start() => {
                let entry = body.end.as_ref().map_or(0, |words| words.span().start);
                self.fault(entry, "the end of [body] is before its start: exchange them");
                whole
            }
            (start, end) => Span::from_borders(
                start.map_or(0, Span::start),
                end.map_or(self.text.len(), Span::end),
            ),
        }
    }

    fn speakers(&mut self, entries: &[SpeakerEntry]) -> Vec<Speaker> {
        let mut names: HashMap<String, String> = HashMap::new();
        let mut speakers = Vec::new();
        for entry in entries {
            let id = entry.id.get_ref();
            let Ok(number) = u16::try_from(speakers.len()) else {
                self.fault(entry.id.span().start, "a document can have 65,535 speakers at most");
                break;
            };
            if self.ids.insert(id.clone(), SpeakerId(number)).is_some() {
                self.fault(
                    entry.id.span().start,
                    format!("there are two speakers with the id “{id}”: rename one"),
                );
            }
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let called = name.get_ref();
                if called.trim().is_empty() {
                    self.fault(name.span().start, "this name is empty: give it, or remove it");
                    continue;
                }
                let taken = names.insert(called.to_lowercase(), id.clone());
                if let Some(other) = taken.filter(|other| other != id) {
                    self.fault(
                        name.span().start,
                        format!(
                            "the name “{called}” belongs to the speaker “{other}” already: one \
                             name, one speaker"
                        ),
                    );
                }
            }
            speakers.push(Speaker {
                name: entry.name.get_ref().clone(),
                role: entry.role.clone(),
                aliases: entry.aliases.iter().map(|alias| alias.get_ref().clone()).collect(),
            });
        }
        speakers
    }

    fn speaker(&mut self, id: &Spanned<String>) -> Option<SpeakerId> {
        let found = self.ids.get(id.get_ref()).copied();
        if found.is_none() {
            let hint = self.like(id.get_ref());
            self.fault(
                id.span().start,
                format!("there is no speaker with the id “{}”{hint}", id.get_ref()),
            );
        }
        found
    }

    /// Returns what an unknown id was probably meant to be.
    fn like(&self, id: &str) -> String {
        if self.ids.is_empty() {
            return ": list the speaker in a [[speaker]] entry".to_owned();
        }
        let like = |known: &str| strsim::jaro_winkler(known, id);
        let mut known: Vec<&str> = self.ids.keys().map(String::as_str).collect();
        known.sort_by(|a, b| like(b).total_cmp(&like(a)).then(a.cmp(b)));
        match known.first() {
            Some(nearest) if like(nearest) >= LEAST_LIKENESS => {
                format!("; did you mean “{nearest}”?")
            }
            _ => ": list the speaker in a [[speaker]] entry".to_owned(),
        }
    }

    fn parts(&mut self, body: Span, entries: &[SpanEntry]) -> Vec<Part> {
        let mut layers = Vec::new();
        for entry in entries {
            let start = entry_start(entry);
            let span = self.place(entry);
            let attribution = self.attribution(entry);
            let (Some(span), Some(attribution)) = (span, attribution) else {
                continue;
            };
            if body.contains(span) {
                layers.push(Layer { span, attribution, entry: start });
            } else {
                self.fault(
                    start,
                    "this span reaches outside of [body]: shorten it, or move [body]",
                );
            }
        }
        attribution::lay(body, layers).unwrap_or_else(|crossings| {
            for crossing in crossings {
                let other = self.lines.number(crossing.outer.entry);
                self.fault(
                    crossing.inner.entry,
                    format!(
                        "this span overlaps the one of line {other} without lying inside it: \
                         end one before the other starts, or nest them"
                    ),
                );
            }
            Vec::new()
        })
    }

    fn place(&mut self, entry: &SpanEntry) -> Option<Span> {
        match (words_of(entry), &entry.quote, &entry.from, &entry.to) {
            (Some(Words::Quote(quote)), Some(written), ..) => {
                self.find(written.span().start, quote)
            }
            (Some(Words::Stretch(first, last)), _, Some(from), Some(to)) => {
                let first = self.find(from.span().start, first);
                let last = self.find(to.span().start, last);
                let (first, last) = (first?, last?);
                self.stretch(to.span().start, first, last)
            }
            _ => {
                self.fault(
                    entry_start(entry),
                    "a span is named by `quote` alone, or by both `from` and `to`",
                );
                None
            }
        }
    }

    fn stretch(&mut self, entry: usize, first: Span, last: Span) -> Option<Span> {
        if last.start() < first.start() || last.end() < first.end() {
            self.fault(entry, "`to` is before `from` in the text: exchange them");
            return None;
        }
        Some(first.through(last))
    }

    fn attribution(&mut self, entry: &SpanEntry) -> Option<Attribution> {
        let start = entry.voice.span().start;
        let speaker = entry.speaker.as_ref().map(|id| self.speaker(id));
        let quoting = entry.quoting.as_ref().map(|id| self.speaker(id));
        // An unknown id is a fault of its own; what else may be wrong depends on whom it means.
        let (speaker, quoting) = match (speaker, quoting) {
            (Some(None), _) | (_, Some(None)) => return None,
            (speaker, quoting) => (speaker.flatten(), quoting.flatten()),
        };
        let voice = |name: VoiceName| match name {
            VoiceName::Author => Some(Voice::Author),
            VoiceName::Reported => Some(Voice::Reported),
            VoiceName::Speech => Some(Voice::Speech),
            VoiceName::Quoted => Some(Voice::Quoted),
            VoiceName::Nested => None,
        };
        let printed = entry.printed.as_ref().map(Spanned::get_ref).copied();
        match (*entry.voice.get_ref(), speaker, quoting, printed) {
            (VoiceName::Author, None, None, None) => Some(Attribution::AUTHOR),
            (VoiceName::Author, ..) => {
                self.fault(
                    start,
                    "words in the voice `author` are the author's own: name another voice, or \
                     remove `speaker`, `quoting` and `printed`",
                );
                None
            }
            (VoiceName::Nested, Some(via), Some(quoted), printed) => {
                match voice(printed.unwrap_or(VoiceName::Quoted)) {
                    Some(voice) if voice != Voice::Author => {
                        Some(Attribution { voice, speaker: Some(quoted), via: Some(via) })
                    }
                    _ => {
                        self.fault(start, "`printed` can be `reported`, `speech` or `quoted`");
                        None
                    }
                }
            }
            (VoiceName::Nested, ..) => {
                self.fault(
                    start,
                    "the voice `nested` needs both `speaker`, who cites, and `quoting`, who is \
                     cited",
                );
                None
            }
            (name, Some(speaker), None, None) => {
                voice(name).map(|voice| Attribution { voice, speaker: Some(speaker), via: None })
            }
            (_, None, ..) => {
                self.fault(start, "this voice needs a `speaker`: say whose words they are");
                None
            }
            _ => {
                self.fault(start, "`quoting` and `printed` go with the voice `nested` only");
                None
            }
        }
    }

    fn skips(&mut self, body: Span, annotation: &Annotation) -> Vec<Span> {
        let mut skips = Vec::new();
        for entry in &annotation.skip {
            let start = entry.quote.span().start;
            match self.find(start, words_of_skip(entry)) {
                Some(span) if body.contains(span) => skips.push(span),
                Some(_) => self
                    .fault(start, "this skip reaches outside of [body]: shorten it, or remove it"),
                None => {}
            }
        }
        skips.sort();
        // Apart from one another, their ends are in order too, as the search for one needs.
        skips.dedup_by(|next, previous| {
            let is_joined = next.start() <= previous.end();
            if is_joined && previous.end() < next.end() {
                *previous = previous.through(*next);
            }
            is_joined
        });
        skips
    }

    fn sections(&mut self, entries: &[SectionEntry]) -> Vec<Section> {
        let mut sections = Vec::new();
        for entry in entries {
            let speaker = entry.speaker.as_ref().and_then(|id| self.speaker(id));
            let first = self.find_words(&entry.from);
            let last = self.find_words(&entry.to);
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            if let Some(span) = self.stretch(entry.to.span().start, first, last) {
                sections.push(Section { title: entry.title.clone(), speaker, span });
            }
        }
        sections
    }

    fn synonyms(&mut self, annotation: &Annotation) {
        for entry in &annotation.synonym {
            let terms = entry.terms.get_ref();
            if terms.len() < 2 || terms.iter().any(|term| term.trim().is_empty()) {
                let start = entry.terms.span().start;
                self.fault(start, "a group of synonyms has two terms at least, none of them empty");
            }
        }
    }

    fn asks(&mut self, annotation: &Annotation, sentences: &[Sentence]) -> Asks {
        let mut placing = asks::Placing::new(sentences, &self.lines);
        for entry in &annotation.ask {
            placing.add(entry, self.places.get(selectors::words_of_ask(entry)));
        }
        let (asks, faults) = placing.finish();
        for (entry, message) in faults {
            self.fault(entry, message);
        }
        asks
    }
}
