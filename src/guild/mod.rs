//! What a community may set for itself, by value.
//!
//! This room knows nothing of wording, Discord, storage, the network or the clock.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

/// Whom an answer reaches where the asker does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// Everybody in the channel.
    #[default]
    Public,
    /// The asker alone.
    Private,
}

/// How an answer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// An embed for each excerpt.
    #[default]
    Card,
    /// Text alone.
    Plain,
}

/// What the bot goes by in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Whom an answer to a command reaches.
    pub reply: Visibility,
    /// How an answer looks.
    pub style: Style,
    /// Excerpts of an answer, from 1 to [`View::MAX_EXCERPTS`]; others count as the nearest of
    /// these.
    pub excerpts: usize,
    /// Whether mentions are answered.
    pub mentions: bool,
}

impl View {
    /// The most excerpts that an answer shows at once.
    pub const MAX_EXCERPTS: usize = 3;
}

impl Default for View {
    fn default() -> Self {
        Self { reply: Visibility::default(), style: Style::default(), excerpts: 1, mentions: true }
    }
}

/// Something that a community changes; nothing can be changed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {}
