//! What is said to people. Decided by value: nothing is sent or printed here.
//!
//! [`respond`] takes what somebody did, as a [`Request`], and gives what is said, as an
//! [`Outcome`]. This room knows nothing of Discord's wire, terminals, storage, the network or the
//! clock: the time comes in the request.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod answer_card;
mod autocomplete;
pub mod catalogue;
mod context;
mod custom_id;
mod drawing;
mod escape;
mod help;
mod link;
mod notices;
mod passages;
mod privacy;
mod reply;
mod request;
mod respond;
mod scene;
mod stretch;
mod texts;
mod verification;
pub mod wording;

pub use custom_id::{Edition, MAX_RUNS, Press, Run};
pub use escape::{echo, escape, shown};
pub use reply::{
    Audience, Block, Button, Card, Choice, Entry, Outcome, Quote, Reply, Row, Say, Select, Source,
    Target, limits, units,
};
pub use request::{Action, Permits, Powers, Request, Venue, Who};
pub use respond::respond;
pub use texts::{Locale, Text};
