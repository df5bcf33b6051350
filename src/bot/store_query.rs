//! The question to the store that must be answered before a request can be decided.

use super::component_id::{ComponentAction, CorpusVersion};
use super::moderator_command::ModeratorCommand;
use super::request::{Action, Request};
use super::stateful_action::{Page, StatefulAction, is_topic};
use crate::community::retention::DAY;
use crate::community::{StoreQuery, TextQuote};
use engine::answer::Engine;
use engine::knowledge::SentenceId;

/// Entries of a page of a list.
pub(super) const ENTRIES: u32 = 5;
/// Days of a list where no one says.
pub(super) const DAYS: u32 = 30;
/// The most days of a list: as long as anything of it is kept.
pub(super) const MOST_DAYS: u32 = 90;

/// Returns what [`respond`](super::respond()) wants to be told of what is kept, beyond what every
/// view has.
#[must_use]
pub fn store_query(engine: &Engine, request: &Request) -> StoreQuery {
    match &request.action {
        Action::Privacy => StoreQuery::Held,
        Action::Moderate(ModeratorCommand::Export) => StoreQuery::Statistics,
        Action::Moderate(ModeratorCommand::Unanswered { days }) => {
            unanswered(request.now, first(*days))
        }
        Action::Moderate(ModeratorCommand::Flags { days }) => flags(request.now, first(*days)),
        Action::Press {
            component: Ok((version, ComponentAction::Keep(stateful_action))),
            values,
            ..
        } if !stateful_action.names_sentences()
            || *version == CorpusVersion::of(engine.corpus()) =>
        {
            pressed(engine, request.now, stateful_action, values)
        }
        _ => StoreQuery::Nothing,
    }
}

fn pressed(
    engine: &Engine,
    now: u64,
    stateful_action: &StatefulAction,
    values: &[String],
) -> StoreQuery {
    match stateful_action {
        StatefulAction::Up(run) | StatefulAction::Down(run) | StatefulAction::Why(run) => {
            let last = run.first.index().checked_add(run.more());
            let last = last.and_then(|last| u32::try_from(last).ok()).map(SentenceId::new);
            let quote = last.and_then(|last| TextQuote::of(engine.corpus(), run.first, last));
            quote.map_or(StoreQuery::Nothing, StoreQuery::Vote)
        }
        StatefulAction::Forget | StatefulAction::ForgetNow => StoreQuery::Held,
        StatefulAction::Unanswered(page) => unanswered(now, *page),
        StatefulAction::Flags(page) => flags(now, *page),
        StatefulAction::Answer(_) => match values {
            [topic] if is_topic(topic) => StoreQuery::Topic(topic.clone()),
            _ => StoreQuery::Nothing,
        },
        StatefulAction::Choose(topic) => StoreQuery::Topic(topic.clone()),
        StatefulAction::Undo(_)
        | StatefulAction::Reset(_)
        | StatefulAction::Import { .. }
        | StatefulAction::List(_)
        | StatefulAction::Dismiss(_)
        | StatefulAction::HideFlagged(_) => StoreQuery::Nothing,
    }
}

/// Returns the first page.
pub(super) fn first(days: Option<i64>) -> Page {
    let days = days.and_then(|days| u32::try_from(days).ok()).unwrap_or(DAYS);
    Page { days: days.clamp(1, MOST_DAYS), skip: 0 }
}

fn since(now: u64, page: Page) -> u64 {
    now.saturating_sub(u64::from(page.days) * DAY)
}

fn unanswered(now: u64, page: Page) -> StoreQuery {
    StoreQuery::Unanswered { since: since(now, page), skip: page.skip, take: ENTRIES }
}

fn flags(now: u64, page: Page) -> StoreQuery {
    StoreQuery::Flags { since: since(now, page), skip: page.skip, take: ENTRIES }
}
