//! An annotation is laid over its text: selectors are resolved, voices nested, sentences
//! attributed, and all contradictions reported at once.

use std::collections::HashMap;

use toml::Spanned;

use super::annotation::{
    Annotation, Date, SectionEntry, SpanEntry, SpeakerEntry, VoiceName, line_of,
};
use super::attribution::{self, Attribution, Layer, Part, SpeakerId, Voice};
use super::document::{Document, Paragraph, Place, Region, Section, Sentence, Speaker};
use super::fault::Fault;
use super::load::BYTE_ORDER_MARK;
use super::selector::Selector;
use super::sentences;
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

/// The document, or every fault of its annotation.
pub(super) fn document(input: Input<'_>) -> Result<Document, Vec<Fault>> {
    let annotation = input.annotation;
    let mut resolver = Resolver::new(&input);
    let published = resolver.published(annotation);
    let body = resolver.body(annotation);
    let speakers = resolver.speakers(&annotation.speaker);
    let parts = resolver.parts(body, &annotation.span);
    let skips = resolver.skips(body, annotation);
    let mut sections = resolver.sections(&annotation.section);
    resolver.synonyms(annotation);
    let faults = resolver.faults;
    if !faults.is_empty() {
        return Err(faults);
    }
    let layout = Layout { text: &input.text, body, parts: &parts, skips: &skips };
    let (paragraphs, mut sentences, headings) = layout.lines(input.is_markdown);
    sections.extend(headings);
    sections.sort_by_key(|section| section.span.start());
    for sentence in &mut sentences {
        // Of the sections around a sentence the innermost is the last that starts before it.
        sentence.section =
            sections.iter().rposition(|section| section.span.contains(sentence.span));
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
        synonyms: annotation.synonym.iter().map(|entry| entry.terms.get_ref().clone()).collect(),
        text: input.text,
    })
}

/// Turns what the annotation names into places and ids, and keeps the faults.
struct Resolver<'a> {
    text: &'a str,
    file: &'a str,
    annotation_text: &'a str,
    ids: HashMap<String, SpeakerId>,
    faults: Vec<Fault>,
}

impl<'a> Resolver<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        Self {
            text: &input.text,
            file: input.annotation_file,
            annotation_text: input.annotation_text,
            ids: HashMap::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, entry: usize, message: impl Into<String>) {
        let line = line_of(self.annotation_text, entry);
        self.faults.push(Fault::new(self.file, Some(line), message));
    }

    fn find(&mut self, entry: usize, selector: Selector<'_>) -> Option<Span> {
        selector.find(self.text).map_err(|message| self.fault(entry, message)).ok()
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

    /// The quotable stretch; the whole text where the annotation does not bound it.
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
                self.fault(entry, "the end of [body] stands before its start: exchange them");
                whole
            }
            (start, end) => Span::from_borders(
                start.map_or(0, Span::start),
                end.map_or(self.text.len(), Span::end),
            ),
        }
    }

    fn speakers(&mut self, entries: &[SpeakerEntry]) -> Vec<Speaker> {
        let mut aliases: HashMap<String, String> = HashMap::new();
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
            for alias in &entry.aliases {
                let taken = aliases.insert(alias.get_ref().to_lowercase(), id.clone());
                if let Some(other) = taken.filter(|other| other != id) {
                    self.fault(
                        alias.span().start,
                        format!(
                            "the alias “{}” belongs to “{other}” already: one name, one speaker",
                            alias.get_ref()
                        ),
                    );
                }
            }
            speakers.push(Speaker {
                name: entry.name.clone(),
                role: entry.role.clone(),
                aliases: entry.aliases.iter().map(|alias| alias.get_ref().clone()).collect(),
            });
        }
        speakers
    }

    fn speaker(&mut self, id: &Spanned<String>) -> Option<SpeakerId> {
        let found = self.ids.get(id.get_ref()).copied();
        if found.is_none() {
            let like = |known: &str| strsim::normalized_damerau_levenshtein(known, id.get_ref());
            let mut known: Vec<&str> = self.ids.keys().map(String::as_str).collect();
            known.sort_by(|a, b| like(b).total_cmp(&like(a)).then(a.cmp(b)));
            let hint = known
                .first()
                .map_or_else(String::new, |nearest| format!("; did you mean “{nearest}”?"));
            self.fault(
                id.span().start,
                format!("there is no speaker with the id “{}”{hint}", id.get_ref()),
            );
        }
        found
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
                let other = line_of(self.annotation_text, crossing.outer.entry);
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
        let around = (entry.after.as_deref(), entry.before.as_deref());
        match (&entry.quote, &entry.from, &entry.to) {
            (Some(quote), None, None) => {
                let exact = quote.get_ref();
                let selector = Selector { exact, after: around.0, before: around.1 };
                self.find(quote.span().start, selector)
            }
            (None, Some(from), Some(to)) => {
                let first = Selector { exact: from.get_ref(), after: around.0, before: None };
                let last = Selector { exact: to.get_ref(), after: None, before: around.1 };
                let first = self.find(from.span().start, first);
                let last = self.find(to.span().start, last);
                let (first, last) = (first?, last?);
                if last.end() <= first.start() {
                    self.fault(to.span().start, "`to` stands before `from`: exchange them");
                    return None;
                }
                Some(first.through(last))
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

    fn attribution(&mut self, entry: &SpanEntry) -> Option<Attribution> {
        let start = entry.voice.span().start;
        let speaker = match &entry.speaker {
            Some(id) => Some(self.speaker(id)?),
            None => None,
        };
        let quoting = match &entry.quoting {
            Some(id) => Some(self.speaker(id)?),
            None => None,
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
                self.fault(start, "the voice `author` takes no speaker: remove it, or the voice");
                None
            }
            (VoiceName::Nested, Some(via), Some(quoted), printed) => {
                match voice(printed.unwrap_or(VoiceName::Quoted)) {
                    Some(voice) if voice != Voice::Author => {
                        Some(Attribution { voice, speaker: Some(quoted), via: Some(via) })
                    }
                    _ => {
                        self.fault(start, "`printed` is `reported`, `speech` or `quoted`");
                        None
                    }
                }
            }
            (VoiceName::Nested, ..) => {
                self.fault(start, "the voice `nested` needs both `speaker` and `quoting`");
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
            let selector = Selector {
                exact: entry.quote.get_ref(),
                after: entry.after.as_deref(),
                before: entry.before.as_deref(),
            };
            let start = entry.quote.span().start;
            match self.find(start, selector) {
                Some(span) if body.contains(span) => skips.push(span),
                Some(_) => self.fault(start, "this skip stands outside of [body]: remove it"),
                None => {}
            }
        }
        skips.sort();
        skips
    }

    fn sections(&mut self, entries: &[SectionEntry]) -> Vec<Section> {
        let mut sections = Vec::new();
        for entry in entries {
            let speaker = entry.speaker.as_ref().and_then(|id| self.speaker(id));
            let first = self.find_words(&entry.from);
            let last = self.find_words(&entry.to);
            if let (Some(first), Some(last)) = (first, last) {
                let span = first.through(last);
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
}

fn entry_start(entry: &SpanEntry) -> usize {
    let words = [&entry.quote, &entry.from, &entry.to];
    let first = words.into_iter().flatten().map(|words| words.span().start).min();
    first.unwrap_or(entry.voice.span().start)
}

/// Cuts a text into paragraphs and sentences and attributes each.
struct Layout<'a> {
    text: &'a str,
    body: Span,
    parts: &'a [Part],
    skips: &'a [Span],
}

impl Layout<'_> {
    fn lines(&self, is_markdown: bool) -> (Vec<Paragraph>, Vec<Sentence>, Vec<Section>) {
        let mut headings = Vec::new();
        let mut paragraphs = Vec::new();
        let mut sentences = Vec::new();
        let mut offset = 0;
        let mut characters = 0;
        for line in self.text.split_inclusive('\n') {
            let blank = |c: char| c.is_whitespace() || c == BYTE_ORDER_MARK;
            let body = line.trim_matches(blank);
            let start = offset + (line.len() - line.trim_start_matches(blank).len());
            let indent = Span::from_borders(offset, start).slice(self.text);
            let characters_before = characters + indent.chars().count();
            offset += line.len();
            characters += line.chars().count();
            if body.is_empty() {
                continue;
            }
            let span = Span::from_borders(start, start + body.len());
            let number = paragraphs.len() + 1;
            let first = sentences.len();
            let is_heading = is_markdown && body.starts_with('#');
            for (index, span) in sentences::split(self.text, span).into_iter().enumerate() {
                let place = Place { paragraph: number, sentence: index + 1 };
                sentences.push(self.sentence(span, place, is_heading));
            }
            if is_heading {
                open_section(self.text.len(), &mut headings, span, body);
            }
            let end = sentences.len();
            paragraphs.push(Paragraph { span, number, characters_before, first, end });
        }
        (paragraphs, sentences, headings)
    }

    fn sentence(&self, span: Span, place: Place, is_heading: bool) -> Sentence {
        let following = self.skips.partition_point(|skip| skip.end() <= span.start());
        let is_skipped = is_heading
            || self.skips.get(following).is_some_and(|skip| skip.intersection(span).is_some());
        let region = match (self.body.contains(span), is_skipped) {
            (false, _) => Region::Furniture,
            (true, true) => Region::Skipped,
            (true, false) => Region::Body,
        };
        let words = span.slice(self.text).split_whitespace().count();
        let attribution = attribution::leading(attribution::within(self.parts, span));
        Sentence { span, place, attribution, words, region, section: None }
    }
}

/// A Markdown heading opens a section that runs to the next heading.
fn open_section(text_length: usize, headings: &mut Vec<Section>, heading: Span, line: &str) {
    let title = line.trim_matches(|c: char| c == '#' || c.is_whitespace()).to_owned();
    if let Some(open) = headings.last_mut() {
        open.span = Span::from_borders(open.span.start(), heading.start());
    }
    let span = Span::from_borders(heading.start(), text_length);
    headings.push(Section { title, speaker: None, span });
}
