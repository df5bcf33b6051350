//! Answers a community's questions about a document by quoting it, verbatim and attributed.
//!
//! A question comes in, the passage that answers it is found in a small index, and a verbatim
//! excerpt goes out with its attribution: who says it, in whose words, where in the document. No
//! text about the subject is ever generated. Where the document does not answer, that is said.
//!
//! # The house
//!
//! Four crates; the `Cargo.toml` of each says which others it may import.
//!
//! - [`engine`]: a document and a question in, excerpts or silence out. It knows neither Discord nor
//!   the clock, the network or the file system.
//! - [`bot`]: a request and the settings of the place become what is said, in Discord's terms. Pure,
//!   too. It imports the engine.
//! - [`mock_discord`]: an offline Discord on 127.0.0.1, of use to any bot. It imports none of ours.
//! - `summit_bot`, this one: the program, with files, clock, network, database and terminal.
//!
//! # The map
//!
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`settings`] | defaults, file and environment become checked values; no one else reads the environment | – |
//! | [`telemetry`] | the log, set up once | `settings` |
//! | [`store`] | what communities set, kept in SQLite or PostgreSQL; the only room that writes SQL | `settings` |
//! | [`service`] | the shell: reads the knowledge folder, builds the engine, answers requests, limits who asks too much | `settings`, `store` |
//! | [`discord`] | the only room that names serenity: events become requests, replies become calls | `settings`, `service` |
//! | [`cli`] | the command line, a file a command; printing to terminals and pipes | `settings`, `telemetry`, `store`, `service`, `discord` |
//!
//! # One question's path
//!
//! Gateway event → [`discord`] (a [`Request`](bot::Request)) → [`service`] (takes the engine and
//! the view of the place) → [`bot::respond`] → [`Engine::ask`](engine::answer::Engine::ask) → back
//! as an [`Outcome`](bot::Outcome): [`service`] commits its changes, and only then [`discord`]
//! sends the reply. Offline the same, with [`mock_discord`] at the far end of the socket; `ask` on
//! the command line enters at `Engine::ask`.

pub mod cli;
pub mod discord;
pub mod service;
pub mod settings;
pub mod store;
pub mod telemetry;
