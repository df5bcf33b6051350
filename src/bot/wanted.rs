//! What must be known of what is kept before a request can be decided.

use super::custom_id::{Edition, Press};
use super::keeping::{Keeping, Page, is_topic};
use super::order::Order;
use super::request::{Action, Request};
use crate::community::retention::DAY;
use crate::community::{TextQuote, Wanted};
use engine::answer::Engine;
use engine::knowledge::SentenceId;

/// Entries of a page of a list.
pub(super) const ENTRIES: u32 = 5;
/// Days of a list where nobody says.
pub(super) const DAYS: u32 = 30;
/// The most days of a list: as long as anything of it is kept.
pub(super) const MOST_DAYS: u32 = 90;

/// What [`respond`](super::respond()) wants to be told of what is kept, beyond what every view
/// has.
#[must_use]
pub fn wanted(engine: &Engine, request: &Request) -> Wanted {
    match &request.action {
        Action::Privacy => Wanted::Held,
        Action::Moderate(Order::Export) => Wanted::Statistics,
        Action::Moderate(Order::Unanswered { days }) => unanswered(request.now, first(*days)),
        Action::Moderate(Order::Flags { days }) => flags(request.now, first(*days)),
        Action::Press { custom_id, values, .. } => match Press::parse(custom_id) {
            Ok((edition, Press::Keep(keeping))) => {
                let is_current = edition == Edition::of(engine.corpus());
                let is_usable = is_current || !keeping.names_sentences();
                if is_usable {
                    pressed(engine, request.now, keeping, values)
                } else {
                    Wanted::Nothing
                }
            }
            _ => Wanted::Nothing,
        },
        _ => Wanted::Nothing,
    }
}

/// Whether a press with this id needs the file that hangs on its message.
#[must_use]
pub fn takes_file(custom_id: &str) -> bool {
    matches!(Press::parse(custom_id), Ok((_, Press::Keep(Keeping::Import { .. }))))
}

fn pressed(engine: &Engine, now: u64, keeping: Keeping, values: &[String]) -> Wanted {
    match keeping {
        Keeping::Up(run) | Keeping::Down(run) | Keeping::Why(run) => {
            let last = run.first.index().checked_add(run.more());
            let last = last.and_then(|last| u32::try_from(last).ok()).map(SentenceId::new);
            let quote = last.and_then(|last| TextQuote::of(engine.corpus(), run.first, last));
            quote.map_or(Wanted::Nothing, Wanted::Vote)
        }
        Keeping::Forget | Keeping::ForgetNow => Wanted::Held,
        Keeping::Unanswered(page) => unanswered(now, page),
        Keeping::Flags(page) => flags(now, page),
        Keeping::Answer(_) => match values {
            [topic] if is_topic(topic) => Wanted::Topic(topic.clone()),
            _ => Wanted::Nothing,
        },
        Keeping::Choose(topic) => Wanted::Topic(topic),
        Keeping::Undo(_)
        | Keeping::Reset(_)
        | Keeping::Import { .. }
        | Keeping::List(_)
        | Keeping::Dismiss(_)
        | Keeping::HideFlagged(_) => Wanted::Nothing,
    }
}

/// The first page.
pub(super) fn first(days: Option<i64>) -> Page {
    let days = days.and_then(|days| u32::try_from(days).ok()).unwrap_or(DAYS);
    Page { days: days.clamp(1, MOST_DAYS), skip: 0 }
}

fn since(now: u64, page: Page) -> u64 {
    now.saturating_sub(u64::from(page.days) * DAY)
}

fn unanswered(now: u64, page: Page) -> Wanted {
    Wanted::Unanswered { since: since(now, page), skip: page.skip, take: ENTRIES }
}

fn flags(now: u64, page: Page) -> Wanted {
    Wanted::Flags { since: since(now, page), skip: page.skip, take: ENTRIES }
}
