//! A stretch of a source text, on character borders by construction.

/// A half-open range of byte offsets into a source text.
///
/// A span is made from the text that it belongs to, so both ends are on character borders of
/// that text; slicing any other text with it may give nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Returns the span `start..end` (bytes, half open) of `text`; `None` where an end is no
    /// character border of `text`, lies outside it, or the range runs backwards.
    #[must_use]
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        text.get(start..end)?;
        Some(Self { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// A span whose ends the caller took from other spans or matches of the same text.
    pub(super) fn from_borders(start: usize, end: usize) -> Self {
        // The loader refuses texts of 4 GiB and more, so that no border is ever clamped here.
        let clamp = |border| u32::try_from(border).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the byte behind the last.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Returns whether the span holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the characters of `text` in this span; empty where `text` is not the text that the
    /// span was made from and has no such range.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// Returns whether `other` lies wholly inside this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The stretch from the start of this span to the end of `last`, both of one text.
    ///
    /// Where `last` ends before this span starts, the result is empty and is at this start.
    #[must_use]
    pub fn through(self, last: Self) -> Self {
        Self { start: self.start, end: last.end.max(self.start) }
    }

    /// Returns what both spans cover; `None` where they share no byte.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let start = self.start.max(other.start);
        let end = self.end.min(other.end);
        (start < end).then_some(Self { start, end })
    }
}
