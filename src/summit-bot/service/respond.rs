//! Answers one request: from one engine and the settings of its server.
//!
//! It knows nothing of Discord's wire. Every failure gets a reply.

use std::sync::Arc;
use std::thread;

use arc_swap::ArcSwap;

use super::isolation::{apology, decide_or_apologize, isolate};
use super::rate_limit::RateLimit;
use super::with_embeddings;
use crate::settings::Settings;
use crate::store::{Author, CommitError, Store};
use bot::community::{Excerpts, StoreQuery, View};
use bot::{self, Action, Outcome, Reply, Request, Response, Venue};
use engine::answer::Engine;

/// How often a change is decided anew after a conflict. Chosen: five conflicts in a row mean that
/// something other than moderators changes the settings.
const ATTEMPTS: usize = 5;

/// Answers requests.
#[derive(Debug)]
pub struct Service {
    engine: ArcSwap<Engine>,
    pub(super) store: Option<Arc<Store>>,
    default_excerpts: Excerpts,
    rate_limit: RateLimit,
}

impl Service {
    /// Creates a service that answers from `engine`, without a store.
    #[must_use]
    pub fn new(engine: Engine, settings: &Settings) -> Self {
        Self {
            engine: ArcSwap::from_pointee(engine),
            store: None,
            default_excerpts: Excerpts::nearest(settings.answer.excerpts),
            rate_limit: RateLimit::new(),
        }
    }

    /// Adds a store for the settings of communities.
    #[must_use]
    pub fn with_store(self, store: Arc<Store>) -> Self {
        Self { store: Some(store), ..self }
    }

    /// Returns whether there is a store for the settings of communities.
    #[must_use]
    pub fn has_store(&self) -> bool {
        self.store.is_some()
    }

    /// Returns the current engine, which stays valid after it is replaced.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        self.engine.load_full()
    }

    /// Returns whether the current engine has embeddings, or is lexical only.
    #[must_use]
    pub fn has_embeddings(&self) -> bool {
        self.engine.load().has_embeddings()
    }

    /// Loads the embeddings on a thread of its own and then replaces the engine. If that fails, the
    /// lexical engine stays.
    pub fn load_embeddings_in_background(self: &Arc<Self>, settings: &Settings) {
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

    /// Answers a request, or tells its author that they ask too often.
    pub async fn answer(&self, request: &Request) -> Response {
        if let Some(rate_limited) = self.rate_limited(request) {
            return rate_limited;
        }
        self.answer_unmetered(request).await
    }

    /// Returns whether the answer depends on earlier messages.
    #[must_use]
    pub fn points_back(&self, request: &Request) -> bool {
        let engine = self.engine();
        isolate(|| bot::points_back(&engine, request)).unwrap_or_default()
    }

    /// Returns whether answering needs the thread's parent channel.
    pub async fn needs_parent_channel(&self, request: &Request) -> bool {
        let (Action::Mention { .. }, Venue::Server { channel, .. }, Some(store)) =
            (&request.action, request.place, &self.store)
        else {
            return false;
        };
        let view = store.view(guild(request), self.default_excerpts).await;
        view.community.asks_for_parent(channel)
    }

    /// Answers a request without counting it against the rate limit. Its changes are committed
    /// before the reply is returned.
    pub async fn answer_unmetered(&self, request: &Request) -> Response {
        // One engine for the whole request, whatever replaces it meanwhile.
        let engine = self.engine();
        for _ in 0..ATTEMPTS {
            let view = self.view(&engine, request).await;
            let author = author(request, view.revision);
            let outcome = decide(&engine, &view, request);
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
        let view = View { is_read_only: true, ..self.view(&engine, request).await };
        let Outcome { say, changes } = decide(&engine, &view, request);
        if changes.is_empty() { say } else { apology(request) }
    }

    /// Reads what a decision needs. Questions are served from memory, without the database.
    async fn view(&self, engine: &Engine, request: &Request) -> View {
        let default_excerpts = self.default_excerpts;
        let Some(store) = &self.store else {
            return View { default_excerpts, ..View::default() };
        };
        let view = store.view(guild(request), default_excerpts).await;
        // If this panics, so does the decision, which reports it.
        let wanted = isolate(|| bot::store_query(engine, request)).unwrap_or(StoreQuery::Nothing);
        let found = store.find(author(request, view.revision), &wanted).await;
        View { found, ..view }
    }

    /// Evicts idle people from the rate limiter; to be called once a minute.
    pub fn evict_idle(&self) {
        self.rate_limit.forget();
    }

    /// Counts a request. Returns the reply to an author who asks too often.
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

fn decide(engine: &Engine, view: &View, request: &Request) -> Outcome {
    decide_or_apologize(request, || bot::respond(engine, view, request))
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
