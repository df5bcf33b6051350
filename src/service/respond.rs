//! One request, answered: the engine of the moment, the settings of the place, the decision.
//!
//! It knows nothing of Discord's wire. Whatever goes wrong, something is said.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

use super::limit::Limit;
use crate::answer::Engine;
use crate::bot::{self, Action, Outcome, Reply, Request, Say, Text};
use crate::guild::{Excerpts, View};
use crate::settings::Settings;

/// Decides what comes of a request: [`bot::respond`], or what stands in for it where the fate of a
/// decision that fails is tested.
pub type Decide = fn(&Engine, &View, &Request) -> Outcome;

/// What answers requests.
#[derive(Debug)]
pub struct Service {
    decide: Decide,
    engine: RwLock<Arc<Engine>>,
    view: View,
    limit: Limit,
}

impl Service {
    /// A service that answers from `engine`.
    #[must_use]
    pub fn new(engine: Engine, settings: &Settings) -> Self {
        let default_excerpts = Excerpts::nearest(settings.answer.excerpts);
        let view = View { default_excerpts, ..View::default() };
        let engine = RwLock::new(Arc::new(engine));
        Self { decide: bot::respond, engine, view, limit: Limit::new() }
    }

    /// The same, with another decision.
    #[must_use]
    pub fn deciding_by(self, decide: Decide) -> Self {
        Self { decide, ..self }
    }

    /// The engine of the moment; who holds it keeps it, whatever replaces it.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is said to a request.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Say {
        self.held_back(request).unwrap_or_else(|| self.answer_again(request))
    }

    /// Whether what stands before a request matters to what is said to it.
    #[must_use]
    pub fn points_back(&self, request: &Request) -> bool {
        let engine = self.engine();
        let read = catch_unwind(AssertUnwindSafe(|| bot::points_back(&engine, request)));
        read.unwrap_or_default()
    }

    /// What is said to a request that has been counted already.
    #[must_use]
    pub fn answer_again(&self, request: &Request) -> Say {
        let engine = self.engine();
        // An answer only reads, so that nothing is left half done.
        let answered =
            catch_unwind(AssertUnwindSafe(|| (self.decide)(&engine, &self.view, request)));
        match answered {
            // Nothing can be changed yet: there is nothing to keep before the answer goes.
            Ok(outcome) => outcome.say,
            Err(_) => failed(request),
        }
    }

    /// Forgets what is kept of people who have been quiet; to be called once a minute.
    pub fn forget_quiet_people(&self) {
        self.limit.forget();
    }

    /// Counts a request; what is said to whoever asks too much.
    #[must_use]
    pub fn held_back(&self, request: &Request) -> Option<Say> {
        let who = request.who.id;
        let counted = match &request.action {
            // Every key pressed is a request of its own.
            Action::Autocomplete { .. } => Ok(()),
            _ if bot::turns_a_page(request) => self.limit.turn(who),
            _ => self.limit.take(who),
        };
        let seconds = counted.err()?;
        let is_public = matches!(request.action, Action::Mention { .. });
        if is_public && !self.limit.may_tell(who) {
            return Some(Say::Nothing);
        }
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let text = format!("That was a lot at once: please ask again in {seconds} {unit}.");
        Some(Say::Message(Reply::note(text)))
    }
}

/// One neutral sentence.
fn failed(request: &Request) -> Say {
    match request.action {
        Action::Autocomplete { .. } => Say::Choices(Vec::new()),
        _ => Say::Message(Reply::note(Text::Failed.to(request.locale))),
    }
}
