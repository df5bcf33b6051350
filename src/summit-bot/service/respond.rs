//! One request, answered: the engine of the moment, the settings of the place, the decision.
//!
//! It knows nothing of Discord's wire. Whatever goes wrong, something is said.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use arc_swap::ArcSwap;

use super::rate_limit::Limit;
use super::with_embeddings;
use crate::settings::Settings;
use crate::store::{Author, CommitError, Store};
use bot::community::{Excerpts, StoreQuery, View};
use bot::{self, Action, Outcome, Reply, Request, Response, Venue, texts};
use engine::answer::Engine;

/// How often a change is decided again, where others are quicker each time.
const ATTEMPTS: usize = 5;

/// Decides what comes of a request: [`bot::respond`], or what is in for it where the fate of a
/// decision that fails is tested.
pub type Decide = fn(&Engine, &View, &Request) -> Outcome;

/// What answers requests.
#[derive(Debug)]
pub struct Service {
    decide: Decide,
    engine: ArcSwap<Engine>,
    pub(super) store: Option<Arc<Store>>,
    default_excerpts: Excerpts,
    rate_limit: Limit,
}

impl Service {
    /// A service that answers from `engine`, and keeps nothing.
    #[must_use]
    pub fn new(engine: Engine, settings: &Settings) -> Self {
        Self {
            decide: bot::respond,
            engine: ArcSwap::from_pointee(engine),
            store: None,
            default_excerpts: Excerpts::nearest(settings.answer.excerpts),
            rate_limit: Limit::new(),
        }
    }

    /// The same, with another decision.
    #[must_use]
    pub fn deciding_by(self, decide: Decide) -> Self {
        Self { decide, ..self }
    }

    /// The same, with a store for what communities set.
    #[must_use]
    pub fn with_store(self, store: Arc<Store>) -> Self {
        Self { store: Some(store), ..self }
    }

    /// Returns whether there is somewhere to keep what communities set.
    #[must_use]
    pub fn has_store(&self) -> bool {
        self.store.is_some()
    }

    /// Returns the engine of the moment; who holds it keeps it, whatever replaces it.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        self.engine.load_full()
    }

    /// Returns whether questions are answered by words and meaning by now, or by words alone.
    #[must_use]
    pub fn has_embeddings(&self) -> bool {
        self.engine.load().has_embeddings()
    }

    /// Finds out, beside answering, what the sentences mean; from then on questions are answered
    /// by words and meaning. Where that fails, it stays with words.
    pub fn understand_meanwhile(self: &Arc<Self>, settings: &Settings) {
        let (service, settings) = (Arc::clone(self), settings.clone());
        thread::spawn(move || {
            let engine = service.engine();
            match with_embeddings(&engine, &settings, |_| {}) {
                // Whoever has replaced the engine meanwhile has seen to this, too.
                Ok(better) => drop(service.engine.compare_and_swap(&engine, Arc::new(better))),
                Err(error) => tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "questions are answered by their words alone"
                ),
            }
        });
    }

    /// Returns what is said to a request.
    pub async fn answer(&self, request: &Request) -> Response {
        if let Some(rate_limited) = self.rate_limited(request) {
            return rate_limited;
        }
        self.answer_unmetered(request).await
    }

    /// Returns whether what is before a request matters to what is said to it.
    #[must_use]
    pub fn points_back(&self, request: &Request) -> bool {
        let engine = self.engine();
        let read = catch_unwind(AssertUnwindSafe(|| bot::points_back(&engine, request)));
        read.unwrap_or_default()
    }

    /// Returns whether it matters to a request on which channel its own hangs, if any.
    pub async fn asks_for_parent(&self, request: &Request) -> bool {
        let (Action::Mention { .. }, Venue::Server { channel, .. }, Some(store)) =
            (&request.action, request.place, &self.store)
        else {
            return false;
        };
        let view = store.view(guild(request), self.default_excerpts).await;
        view.community.asks_for_parent(channel)
    }

    /// Returns what is said to a request that has been counted already. What it changes is kept
    /// before it is said.
    pub async fn answer_unmetered(&self, request: &Request) -> Response {
        for _ in 0..ATTEMPTS {
            let view = self.view(request).await;
            let author = author(request, view.revision);
            let Some(outcome) = self.decide(&view, request) else {
                return failed(request);
            };
            if outcome.changes.is_empty() {
                return outcome.say;
            }
            let Some(store) = &self.store else { break };
            match store.commit(author, &outcome.changes).await {
                Ok(()) => return outcome.say,
                Err(CommitError::Unknown(_)) => return bot::in_doubt(outcome),
                Err(CommitError::Conflict) => {}
                // Logged by the store, in a line without anything of the request.
                Err(CommitError::Store(_)) => break,
            }
        }
        let view = View { is_read_only: true, ..self.view(request).await };
        match self.decide(&view, request) {
            Some(Outcome { say, changes }) if changes.is_empty() => say,
            _ => failed(request),
        }
    }

    /// Returns what is known when a request is decided. A question reads nothing but memory.
    async fn view(&self, request: &Request) -> View {
        let default_excerpts = self.default_excerpts;
        let Some(store) = &self.store else {
            return View { default_excerpts, ..View::default() };
        };
        let view = store.view(guild(request), default_excerpts).await;
        let engine = self.engine();
        // Where it fails, what is decided shows.
        let wanted = catch_unwind(AssertUnwindSafe(|| bot::store_query(&engine, request)));
        let wanted = wanted.unwrap_or(StoreQuery::Nothing);
        let found = store.find(author(request, view.revision), &wanted).await;
        View { found, ..view }
    }

    /// Returns what comes of a request; `None` where the program fails.
    fn decide(&self, view: &View, request: &Request) -> Option<Outcome> {
        let engine = self.engine();
        // A decision only reads, so that nothing is left half done.
        catch_unwind(AssertUnwindSafe(|| (self.decide)(&engine, view, request))).ok()
    }

    /// Forgets what is kept of people who have been quiet; to be called once a minute.
    pub fn evict_idle(&self) {
        self.rate_limit.forget();
    }

    /// Counts a request; what is said to whoever asks too much.
    #[must_use]
    pub fn rate_limited(&self, request: &Request) -> Option<Response> {
        let who = request.who.id;
        let counted = match &request.action {
            // Every key pressed is a request of its own.
            Action::Autocomplete { .. } => Ok(()),
            _ if bot::turns_a_page(request) => self.rate_limit.turn(who),
            _ => self.rate_limit.take(who),
        };
        let seconds = counted.err()?;
        let is_public = matches!(request.action, Action::Mention { .. });
        if is_public && !self.rate_limit.may_tell(who) {
            return Some(Response::Nothing);
        }
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let text = format!(
            "You’re asking faster than I can follow. Please try again in {seconds} {unit}."
        );
        Some(Response::Message(Reply::note(text)))
    }
}

fn guild(request: &Request) -> Option<u64> {
    match request.place {
        Venue::Server { guild, .. } => Some(guild),
        Venue::Direct | Venue::Elsewhere => None,
    }
}

fn author(request: &Request, revision: u64) -> Author {
    Author { guild: guild(request), who: request.who.id, now: request.now, revision }
}

/// One neutral sentence.
fn failed(request: &Request) -> Response {
    match request.action {
        Action::Autocomplete { .. } => Response::Choices(Vec::new()),
        _ => Response::Message(Reply::note(texts::FAILED)),
    }
}
