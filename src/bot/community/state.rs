//! All that a community has set, what an edit does to it, and what takes an edit back.

use std::collections::BTreeMap;
use std::mem::discriminant;

use super::change::Edit;
use super::quote::TextQuote;
use super::settings::{ChannelMentions, Mentions, Settings};

/// All that a community has set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Community {
    /// Its settings.
    pub settings: Settings,
    /// Channels, by id, in which mentions are switched on or off.
    pub channels: BTreeMap<u64, bool>,
    /// Passages that answer a question, by the question as the moderator typed it.
    pub pins: BTreeMap<String, TextQuote>,
    /// Passages that are never quoted, each with the reason given; empty where none was.
    pub hidden: BTreeMap<TextQuote, String>,
}

impl Community {
    /// The most channel rules.
    pub const MAX_CHANNELS: usize = 500;
    /// The most pins.
    pub const MAX_PINS: usize = 200;
    /// The most hidden passages.
    pub const MAX_HIDDEN: usize = 200;

    /// Returns whether mentions are answered in a channel. In a thread, what is set for the thread
    /// counts first, then what is set for the channel that it hangs on.
    #[must_use]
    pub fn answers_mentions(&self, channel: u64, parent: Option<u64>) -> bool {
        let rule = self.channels.get(&channel).or_else(|| self.channels.get(&parent?)).copied();
        match self.settings.mentions.unwrap_or_default() {
            Mentions::Off => false,
            Mentions::Listed => rule == Some(true),
            Mentions::Everywhere => rule != Some(false),
        }
    }

    /// Returns whether it matters to [`Self::answers_mentions`] on which channel a channel hangs,
    /// if any.
    #[must_use]
    pub fn asks_for_parent(&self, channel: u64) -> bool {
        let is_ruled = |mentions: bool| self.channels.values().any(|rule| *rule == mentions);
        !self.channels.contains_key(&channel)
            && match self.settings.mentions.unwrap_or_default() {
                Mentions::Off => false,
                Mentions::Listed => is_ruled(true),
                Mentions::Everywhere => is_ruled(false),
            }
    }

    /// Does an edit.
    pub fn apply(&mut self, edit: &Edit) {
        let settings = &mut self.settings;
        match edit.clone() {
            Edit::Reply(value) => settings.reply = value,
            Edit::Style(value) => settings.style = value,
            Edit::Mentions(value) => settings.mentions = value,
            Edit::Excerpts(value) => settings.excerpts = value,
            Edit::KeepUnanswered(value) => settings.keep_unanswered = value,
            Edit::Moderators(value) => settings.moderators = value,
            Edit::Channel { channel, mentions } => {
                match mentions {
                    ChannelMentions::On => self.channels.insert(channel, true),
                    ChannelMentions::Off => self.channels.insert(channel, false),
                    ChannelMentions::Inherit => self.channels.remove(&channel),
                };
            }
            Edit::Pin { question, passage } => {
                self.pins.insert(question, passage);
            }
            Edit::Unpin { question } => {
                self.pins.remove(&question);
            }
            Edit::Hide { passage, reason } => {
                self.hidden.insert(passage, reason);
            }
            Edit::Show { passage } => {
                self.hidden.remove(&passage);
            }
        }
    }

    /// Returns the community after these edits, one after the other.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut edited = self.clone();
        for edit in edits {
            edited.apply(edit);
        }
        edited
    }

    /// Returns the edits that take these edits back, in the order in which they are to be done:
    /// after both, everything is as it is now.
    #[must_use]
    pub fn inverse(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut state = self.clone();
        let mut inverse: Vec<Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            inverse.push(state.inverse_of(edit));
            state.apply(edit);
        }
        inverse.reverse();
        inverse
    }

    fn inverse_of(&self, edit: &Edit) -> Edit {
        match edit {
            Edit::Channel { channel, .. } => {
                let mentions = self.channels.get(channel).copied().into();
                Edit::Channel { channel: *channel, mentions }
            }
            Edit::Pin { question, .. } | Edit::Unpin { question } => {
                let question = question.clone();
                match self.pins.get(&question).cloned() {
                    Some(passage) => Edit::Pin { question, passage },
                    None => Edit::Unpin { question },
                }
            }
            Edit::Hide { passage, .. } | Edit::Show { passage } => {
                let passage = passage.clone();
                match self.hidden.get(&passage).cloned() {
                    Some(reason) => Edit::Hide { passage, reason },
                    None => Edit::Show { passage },
                }
            }
            setting => {
                let is_same = |own: &Edit| discriminant(own) == discriminant(setting);
                self.settings.edits().into_iter().find(is_same).unwrap_or_else(|| setting.clone())
            }
        }
    }

    /// Returns the edits that make `target` of this; none where they are equal.
    #[must_use]
    pub fn edits_to(&self, target: &Self) -> Vec<Edit> {
        let mut edits = target.settings.edits().to_vec();
        let channels = self.channels.keys().chain(target.channels.keys());
        edits.extend(channels.map(|channel| Edit::Channel {
            channel: *channel,
            mentions: target.channels.get(channel).copied().into(),
        }));
        let questions = self.pins.keys().filter(|question| !target.pins.contains_key(*question));
        edits.extend(questions.cloned().map(|question| Edit::Unpin { question }));
        let shown = self.hidden.keys().filter(|passage| !target.hidden.contains_key(*passage));
        edits.extend(shown.cloned().map(|passage| Edit::Show { passage }));
        edits.extend(target.pins.iter().map(|(question, passage)| Edit::Pin {
            question: question.clone(),
            passage: passage.clone(),
        }));
        edits.extend(target.hidden.iter().map(|(passage, reason)| Edit::Hide {
            passage: passage.clone(),
            reason: reason.clone(),
        }));
        self.effective(edits)
    }

    /// Returns those of `edits` that change something, done one after the other.
    #[must_use]
    pub fn effective(&self, edits: Vec<Edit>) -> Vec<Edit> {
        let mut state = self.clone();
        let mut effective = Vec::new();
        for edit in edits {
            if state.inverse_of(&edit) != edit {
                state.apply(&edit);
                effective.push(edit);
            }
        }
        effective
    }
}
