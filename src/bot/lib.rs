//! What is said to people. Decided by value: nothing is sent or printed here.
//!
//! [`respond()`] takes what someone did, as a [`Request`], and gives what is said, as an
//! [`Outcome`]. This room knows nothing of Discord's wire, terminals, storage, the network or the
//! clock: the time comes in the request.
//!
//! The map of the whole house is in the documentation of the crate `summit_bot`.
//!
//! # The map
//!
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`community`] | what a community may set, pin, hide and vote; what a change does, and how it is undone | – |
//! | [`catalogue`] | commands as Discord registers them | – |
//! | [`commands`] | each command: how it is declared, read, decided and worded | `catalogue`, `community`, `limits`, `texts`, `wording` |
//! | [`limits`] | how much Discord takes | – |
//! | [`texts`] | what the bot says, where it needs no facts | – |
//! | [`wording`] | how passages are worded | – |
//!
//! Everything else is on its own: what was done ([`Request`]), what is decided ([`respond()`]),
//! what is said ([`Reply`]) and in which words.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod answer_card;
mod autocomplete;
pub mod catalogue;
mod citation;
pub mod commands;
pub mod community;
mod component_id;
mod conversation;
mod documents;
mod escape;
pub mod limits;
mod link;
mod mention;
mod moderation;
mod moderator_command;
mod notices;
mod outcome;
mod passage;
mod passages;
mod permission;
mod pins;
mod plain_text;
mod reply;
mod request;
mod request_context;
mod respond;
mod stateful_action;
mod store_query;
mod surroundings;
pub mod texts;
mod verification;
mod votes;
pub mod wording;

pub use commands::privacy::policy;
pub use component_id::{
    ComponentAction, ComponentIdError, CorpusVersion, MAX_RUNS, ParsedComponentId, SentenceRange,
    Topic,
};
pub use escape::{echo, escape, shown};
pub use moderator_command::{Import, ImportError, MAX_IMPORT, ModeratorCommand};
pub use outcome::Outcome;
pub use permission::{MemberPermissions, Permission};
pub use reply::{
    Audience, Block, Button, Card, Choice, Entry, File, Form, Quote, Reply, Response, Row, Select,
    Source, Target, units,
};
pub use request::{Action, ChannelPermissions, PriorMessage, Request, Venue, Who};
pub use respond::{in_doubt, points_back, respond, turns_a_page};
pub use stateful_action::{Page, StatefulAction};
pub use store_query::store_query;
