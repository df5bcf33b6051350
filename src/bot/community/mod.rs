//! What a community may set, pin, hide and vote, by value: what is known of it, what a change does
//! to it, and how a change is taken back.
//!
//! A [`Change`] is an operation and no state, so that changes of two moderators to different
//! things both hold. What can be undone is recorded with its inverse. Passages are named by their
//! words, as a [`TextQuote`], and never by a number.
//!
//! This room knows nothing of wording, Discord, storage, the network or the clock.

mod change;
mod quote;
pub mod retention;
mod settings;
mod state;
mod view;
mod vote;

pub use change::{Change, Edit, Record};
pub use quote::{QuoteError, TextQuote};
pub use settings::{
    ChannelMentions, Excerpts, Keep, Mentions, NotExcerpts, Settings, Style, Visibility,
};
pub use state::Community;
pub use view::{Held, Page, Statistics, StoreData, StoreQuery, Unanswered, View};
pub use vote::{Flag, Reason, Tally, Vote};
