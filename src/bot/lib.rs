//! What is said to people. Decided by value: nothing is sent or printed here.
//!
//! [`respond()`] takes what somebody did, as a [`Request`], and gives what is said, as an
//! [`Outcome`]. This room knows nothing of Discord's wire, terminals, storage, the network or the
//! clock: the time comes in the request.
//!
//! # The map
//!
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`community`] | what a community may set, pin, hide and vote; what a change does, and how it is undone | – |
//! | [`catalogue`] | the commands as Discord registers them | `community` |
//! | [`limits`] | how much Discord takes | – |
//! | [`wording`] | how passages are worded | – |
//!
//! Everything else is on its own: what was done ([`Request`]), what is decided ([`respond()`]),
//! what is said ([`Reply`]) and in which words.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod answer_card;
mod autocomplete;
pub mod catalogue;
pub mod community;
mod context;
mod conversation;
mod custom_id;
mod documents;
mod drawing;
mod escape;
mod help;
mod keeping;
pub mod limits;
mod link;
mod mention;
mod moderation;
mod notices;
mod order;
mod passage;
mod passages;
mod pins;
mod privacy;
mod reply;
mod request;
mod respond;
mod scene;
mod texts;
mod verification;
mod votes;
mod wanted;
pub mod wording;

pub use custom_id::{
    ComponentAction, ComponentIdError, CorpusVersion, MAX_RUNS, SentenceRange, Topic,
};
pub use escape::{echo, escape, shown};
pub use keeping::{Page, StatefulAction};
pub use order::{Import, ImportError, MAX_IMPORT, ModeratorCommand, SettingsPatch};
pub use privacy::policy;
pub use reply::{
    Audience, Block, Button, Card, Choice, Entry, File, Form, Outcome, Quote, Reply, Response, Row,
    Select, Source, Target, units,
};
pub use request::{
    Action, ChannelPermissions, MemberPermissions, PriorMessage, Request, Venue, Who,
};
pub use respond::{in_doubt, points_back, respond, turns_a_page};
pub use texts::{Locale, Text};
pub use wanted::{takes_file, wanted};
