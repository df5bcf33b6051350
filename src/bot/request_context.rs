//! The context of a request: all that its handlers need besides their own arguments.

use std::ops::Range;

use super::component_id::{ComponentAction, CorpusVersion, SentenceRange};
use super::escape::plain;
use super::passage::{self, Passage};
use super::permission::Permission;
use super::reply::{Audience, Button, Target};
use super::request::{Request, Venue, Who};
use crate::community::{Style, View, Visibility};
use engine::answer::Engine;
use engine::knowledge::{Corpus, Document, SentenceId};

/// The longest title that is named in full.
const TITLE: usize = 200;

/// The engine, the settings of the place, and the request.
#[derive(Clone, Copy)]
pub(super) struct RequestContext<'a> {
    pub(super) engine: &'a Engine,
    pub(super) view: &'a View,
    pub(super) place: &'a Venue,
    pub(super) version: CorpusVersion,
    /// The document that is asked for alone, by its position.
    pub(super) document: Option<usize>,
    /// Passages that are never quoted here, each by its first and last sentence.
    pub(super) hidden: &'a [(SentenceId, SentenceId)],
    pub(super) who: &'a Who,
    pub(super) now: u64,
}

/// Returns the passages that are never quoted in the place of a view, each by its first and last
/// sentence.
pub(super) fn hidden(engine: &Engine, view: &View) -> Vec<(SentenceId, SentenceId)> {
    let hidden = view.community.hidden.keys();
    hidden.filter_map(|passage| passage.resolve(engine.corpus()).ok()).collect()
}

impl<'a> RequestContext<'a> {
    pub(super) fn new(
        engine: &'a Engine,
        view: &'a View,
        request: &'a Request,
        hidden: &'a [(SentenceId, SentenceId)],
    ) -> Self {
        Self {
            engine,
            view,
            place: &request.place,
            version: CorpusVersion::of(engine.corpus()),
            document: None,
            hidden,
            who: &request.who,
            now: request.now,
        }
    }

    /// Returns whether the person has a permission in the server; in no other place anyone has.
    pub(super) fn may(&self, permission: Permission) -> bool {
        let powers = self.who.powers;
        let role = self.view.community.settings.moderators;
        let is_named = || role.is_some_and(|role| self.who.roles.contains(&role));
        match permission {
            Permission::None => true,
            _ if self.server().is_none() => false,
            Permission::ManageServer => powers.may_manage_server,
            Permission::Curate => {
                powers.may_manage_messages || powers.may_manage_server || is_named()
            }
        }
    }

    /// Returns the server and the channel, where there are any.
    pub(super) fn server(&self) -> Option<(u64, u64)> {
        match self.place {
            Venue::Server { guild, channel, .. } => Some((*guild, *channel)),
            Venue::Direct | Venue::Elsewhere => None,
        }
    }

    /// Returns whether votes can be cast here.
    pub(super) fn may_vote(&self) -> bool {
        self.server().is_some() && !self.view.is_read_only
    }

    /// Returns whether any of these sentences is never quoted here.
    pub(super) fn hides(&self, first: SentenceId, last: SentenceId) -> bool {
        self.hidden.iter().any(|(start, end)| *start <= last && first <= *end)
    }

    /// Returns whether any sentence of a run is never quoted here.
    pub(super) fn hides_run(&self, run: SentenceRange) -> bool {
        let last = run.first.index().saturating_add(run.more());
        u32::try_from(last).is_ok_and(|last| self.hides(run.first, SentenceId::new(last)))
    }

    /// Returns the sentences of a run, unless they are never quoted here.
    pub(super) fn stretch(&self, run: SentenceRange) -> Option<Passage<'a>> {
        Passage::of(self.corpus(), run).filter(|_| !self.hides_run(run))
    }

    /// Returns the runs that may be quoted here, of these sentences of a document.
    pub(super) fn runs_within(
        &self,
        document: usize,
        sentences: Range<usize>,
    ) -> Vec<Range<usize>> {
        let Some(found) = self.corpus().documents().get(document) else {
            return Vec::new();
        };
        let is_hidden = |index: usize| {
            let id = self.corpus().sentence_id(document, index);
            id.is_some_and(|id| self.hides(id, id))
        };
        passage::within(found, sentences, &is_hidden)
    }

    /// Returns the runs of a whole document that may be quoted here.
    pub(super) fn runs(&self, document: usize) -> Vec<Range<usize>> {
        let paragraphs = self.corpus().documents().get(document).map(Document::paragraphs);
        let paragraphs = paragraphs.unwrap_or_default().iter();
        paragraphs.flat_map(|paragraph| self.runs_within(document, paragraph.sentences())).collect()
    }

    pub(super) fn corpus(&self) -> &'a Corpus {
        self.engine.corpus()
    }

    pub(super) fn button(&self, label: &'static str, press: &ComponentAction) -> Button {
        Button { label: label.to_owned(), target: Target::Press(press.id(self.version)) }
    }

    /// Returns the audience of the answer to a command.
    pub(super) fn audience(&self, wish: Option<bool>) -> Audience {
        let is_private = wish.unwrap_or(match self.place {
            Venue::Elsewhere => true,
            Venue::Server { .. } | Venue::Direct => self.view.reply() == Visibility::Private,
        });
        if is_private { Audience::Private } else { Audience::Public }
    }

    /// Returns how answers look here.
    pub(super) fn style(&self) -> Style {
        if self.place.may_embed() { self.view.style() } else { Style::Plain }
    }

    /// Returns whether a question that follows an answer to a command needs a button: in a direct
    /// message every message is heard, and elsewhere Discord keeps the text of such a reply to
    /// itself.
    pub(super) fn needs_ask_button(&self) -> bool {
        *self.place != Venue::Direct
    }

    /// Returns how many excerpts an answer shows.
    pub(super) fn excerpts(&self) -> usize {
        self.view.excerpts()
    }

    /// Returns the same context, where only one document is asked for.
    pub(super) fn within(self, document: usize) -> Self {
        Self { document: Some(document), ..self }
    }

    /// Returns the titles of all documents that are asked for, shortened for a sentence.
    pub(super) fn titles(&self) -> Vec<String> {
        let documents = self.corpus().documents().iter().enumerate();
        let asked = documents.filter(|(index, _)| self.document.is_none_or(|own| own == *index));
        let titles = asked.map(|(_, document)| document.title());
        titles.map(|title| plain(title, TITLE)).collect()
    }
}
