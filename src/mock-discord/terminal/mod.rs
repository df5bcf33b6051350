//! A tester's terminal on the offline Discord, without the terminal: what is typed becomes what a
//! person does, and what the bot says becomes lines of text.
//!
//! [`Session`] is the conversation, [`draw`] the look of messages, [`Script`] a conversation in a
//! file. Reading keys and printing are the caller's; so is the bot.

pub mod control;
pub mod draw;
mod error;
mod form;
pub mod markdown;
mod meta_command;
mod named;
mod news;
pub mod script;
pub mod session;
pub mod slash;
mod suggestion;
pub mod text;
pub mod typed;
mod waiting;

pub use control::Controls;
pub use draw::{Look, Viewer};
pub use script::Script;
pub use session::{Entered, Examples, Next, Patience, Session};
pub use slash::Candidate;
pub use text::Line;
