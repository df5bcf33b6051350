//! A text is cut into paragraphs and sentences, and each is attributed.

use super::attribution::{self, Part};
use super::document::{Paragraph, Place, Region, Section, Sentence};
use super::load::BYTE_ORDER_MARK;
use super::sentences;
use super::span::Span;

/// Cuts a text into paragraphs and sentences and attributes each.
pub(super) struct Layout<'a> {
    pub(super) text: &'a str,
    /// What may be quoted.
    pub(super) body: Span,
    /// The voices; they touch, and together are the body.
    pub(super) parts: &'a [Part],
    /// What is never quoted, in order; they do not overlap.
    pub(super) skips: &'a [Span],
}

impl Layout<'_> {
    /// Paragraphs, sentences without their sections, and the sections that headings open.
    pub(super) fn lines(&self, is_markdown: bool) -> (Vec<Paragraph>, Vec<Sentence>, Vec<Section>) {
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
            let heading = heading(body).filter(|_| is_markdown);
            for (index, span) in sentences::split(self.text, span).into_iter().enumerate() {
                let place = Place { paragraph: number, sentence: index + 1 };
                sentences.push(self.sentence(span, place, heading.is_some()));
            }
            if let Some(title) = heading {
                open_section(self.text.len(), &mut headings, span, title);
            }
            let end = sentences.len();
            paragraphs.push(Paragraph { span, number, characters_before, first, end });
        }
        (paragraphs, sentences, headings)
    }

    /// Returns how much of the words at `span` is in the body; a full stop behind its end is no loss.
    fn share_of_body(&self, span: Span) -> Share {
        let Some(inside) = span.intersection(self.body) else { return Share::None };
        let has_words = |start, end| {
            Span::from_borders(start, end).slice(self.text).contains(char::is_alphanumeric)
        };
        let is_cut = has_words(span.start(), inside.start()) || has_words(inside.end(), span.end());
        if is_cut { Share::Some } else { Share::All }
    }

    fn sentence(&self, span: Span, place: Place, is_heading: bool) -> Sentence {
        let following = self.skips.partition_point(|skip| skip.end() <= span.start());
        let is_skipped = is_heading
            || self.skips.get(following).is_some_and(|skip| skip.intersection(span).is_some());
        let region = match self.share_of_body(span) {
            Share::None => Region::Furniture,
            Share::All if !is_skipped => Region::Body,
            Share::All | Share::Some => Region::Skipped,
        };
        let words = span.slice(self.text).split_whitespace().count();
        let attribution = attribution::leading(attribution::within(self.parts, span));
        Sentence { span, place, attribution, words, region, section: None }
    }
}

/// How much of a sentence is in the body.
enum Share {
    All,
    Some,
    None,
}

/// Returns the words of a Markdown heading: `## Words ##`, as `CommonMark` has it. `None` for
/// another line.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let is_marked = (1..=6).contains(&(line.len() - rest.len()));
    if !is_marked || rest.starts_with(|c: char| !c.is_whitespace()) {
        return None;
    }
    let open = rest.trim_end_matches('#');
    let is_closed = open.is_empty() || open.ends_with(char::is_whitespace);
    Some(if is_closed { open } else { rest }.trim())
}

/// A Markdown heading opens a section that runs to the next heading.
fn open_section(text_length: usize, headings: &mut Vec<Section>, heading: Span, title: &str) {
    if let Some(open) = headings.last_mut() {
        open.span = Span::from_borders(open.span.start(), heading.start());
    }
    let span = Span::from_borders(heading.start(), text_length);
    headings.push(Section { title: title.to_owned(), speaker: None, span });
}
