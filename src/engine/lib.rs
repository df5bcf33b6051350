//! Answers a community's questions about a document by quoting it, verbatim and attributed.
//!
//! A question comes in, the passage that answers it is found in a small index, and a verbatim
//! excerpt goes out with its attribution: who says it, in whose words, where in the document. No
//! text about the subject is ever generated. Where the document does not answer, that is said.
//!
//! # The core in ten lines
//!
//! ```
//! use engine::answer::{Answer, Engine, Models, Question};
//! use engine::knowledge::{Corpus, SourceFile};
//!
//! let text = "The library opens at nine from Monday to Saturday. Dogs wait outside.".as_bytes().to_vec();
//! let corpus = Corpus::load(&[SourceFile { name: "library.txt".into(), bytes: text }])?;
//! let engine = Engine::build(corpus, Models::DEFAULT_THRESHOLD)?;
//! let question = Question { text: "When does the library open?", ..Question::default() };
//! let Answer::Quoted { excerpts, .. } = engine.ask(&question)? else { return Ok(()) };
//! assert_eq!(excerpts[0].text(), "The library opens at nine from Monday to Saturday.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The map
//!
//! | room | what it is for |
//! | --- | --- |
//! | [`knowledge`] | source text and standoff annotation become a [`Corpus`](knowledge::Corpus): spans, sentences, attribution, all faults of loading |
//! | [`search`] | the corpus becomes an index; a question becomes a query; the query gives ranked sentences, each with its evidence |
//! | [`answer`] | corpus and index are an [`Engine`](answer::Engine); ranked sentences become an [`Excerpt`](answer::Excerpt) or an abstention; a question may follow others; quotations are checked |
//! | [`evaluation`] | question files with known answers, and how well an engine does on them |
//! | [`guild`] | what a community may set, pin, hide and vote; what a change does, and how it is taken back |
//! | [`bot`] | a request and the settings of the place become what is said, in Discord's terms: replies, buttons, commands, wording |
//! | [`settings`] | defaults, file and environment become checked values; nobody else reads the environment |
//! | [`telemetry`] | the log, set up once |
//! | [`service`] | the shell: reads the knowledge folder, builds the engine from the settings, answers requests, holds back who asks too much |
//! | [`discord`] | the only room that names serenity: events become requests, what is said becomes calls; commands, gateway, queues |
//! | [`cli`] | the command line, a file a command; printing to terminals and pipes |
//! | [`loopback`] | an offline Discord on 127.0.0.1: rules and state, REST, gateway, people |
//!
//! # One question's path
//!
//! `cli ask` → [`Engine::ask`](answer::Engine::ask) → `search` analyses the question, asks
//! Tantivy for candidates, measures and ranks them → `answer` grows the best into excerpts and
//! decides whether they answer → the printer. On Discord the same, with [`bot::respond`] between:
//! a [`Request`](bot::Request) in, an [`Outcome`](bot::Outcome) out.
//!
//! # Invariants
//!
//! - **Verbatim and attributed by construction.** An excerpt has private fields and is made only
//!   by slicing a corpus; the index keeps no text. Before it leaves the engine it is compared
//!   with the source once more.
//! - **An annotation is trusted whole or not at all.** A selector that matches nothing or twice,
//!   or two spans that cross, and nothing is loaded.
//! - **A question is data.** Tantivy's query parser is never used; what is typed becomes words or
//!   nothing.
//! - **The core is pure.** [`knowledge`], [`search`] and [`answer`] know no files, no
//!   environment, no clock, no network and no threads. The same question to the same corpus gives
//!   the same answer. So are [`guild`] and [`bot`]: what is said is decided by value, by
//!   [`bot::respond`], which compares every quotation with the source once more.
//! - **Nothing of a document stands in the code.** Names, synonyms and voices are data in the
//!   annotation; the language of questions is English, in one file of [`search`].
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod answer;
pub mod evaluation;
pub mod index;
pub mod knowledge;
pub mod question;
pub mod quotation;
pub mod ranking;
pub mod semantic;
pub mod text;
