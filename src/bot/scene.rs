//! What every reply needs to know of the request that it answers.

use super::custom_id::{Edition, Press};
use super::escape::plain;
use super::reply::{Audience, Button, Reply, Target};
use super::request::{Request, Venue};
use super::texts::{Locale, Text};
use crate::answer::Engine;
use crate::guild::{Style, View, Visibility};
use crate::knowledge::{Corpus, Document};

/// The longest title that is named in full.
const TITLE: usize = 200;

/// The engine, the settings of the place, and the request.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) engine: &'a Engine,
    pub(super) view: &'a View,
    pub(super) place: &'a Venue,
    pub(super) locale: Locale,
    pub(super) edition: Edition,
}

impl<'a> Scene<'a> {
    pub(super) fn new(engine: &'a Engine, view: &'a View, request: &'a Request) -> Self {
        let edition = Edition::of(engine.corpus());
        Self { engine, view, place: &request.place, locale: request.locale, edition }
    }

    pub(super) fn corpus(&self) -> &'a Corpus {
        self.engine.corpus()
    }

    pub(super) fn text(&self, text: Text) -> &'static str {
        text.to(self.locale)
    }

    /// A private message of one fixed text.
    pub(super) fn note(&self, text: Text) -> Reply {
        Reply::note(self.text(text))
    }

    pub(super) fn button(&self, label: Text, press: &Press) -> Button {
        Button { label: self.text(label).to_owned(), target: Target::Press(press.id(self.edition)) }
    }

    /// Whom the answer to a command reaches.
    pub(super) fn audience(&self, wish: Option<bool>) -> Audience {
        let is_private = wish.unwrap_or(match self.place {
            Venue::Elsewhere => true,
            Venue::Server { .. } | Venue::Direct => self.view.reply() == Visibility::Private,
        });
        if is_private { Audience::Private } else { Audience::Public }
    }

    /// How answers look here.
    pub(super) fn style(&self) -> Style {
        if self.place.may_embed() { self.view.style() } else { Style::Plain }
    }

    /// How many excerpts an answer shows.
    pub(super) fn excerpts(&self) -> usize {
        self.view.excerpts()
    }

    /// Titles of all documents, shortened for a sentence.
    pub(super) fn titles(&self) -> Vec<String> {
        let titles = self.corpus().documents().iter().map(Document::title);
        titles.map(|title| plain(title, TITLE)).collect()
    }
}
