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
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`knowledge`] | reads source text and standoff annotation into a [`Corpus`](knowledge::Corpus): spans, sentences, attribution, all faults of loading | – |
//! | [`text`] | words, stems and numbers of the English language; normal forms for comparing | – |
//! | [`index`] | terms, names, synonyms and word positions of a corpus, found again by Tantivy | `knowledge`, `text` |
//! | [`question`] | analyses a question into a [`Query`](question::Query), and tells how it points back to earlier ones | `knowledge`, `text`, `index` |
//! | [`semantic`] | embeds texts, and tells how near a question is to each sentence in meaning | `knowledge` |
//! | [`ranking`] | ranks sentences for a query, each with its evidence | `knowledge`, `text`, `index`, `question`, `semantic` |
//! | [`answer`] | the [`Engine`](answer::Engine): ranked sentences become an [`Excerpt`](answer::Excerpt) or an abstention; a question may follow others | `knowledge`, `text`, `index`, `question`, `semantic`, `ranking` |
//! | [`quotation`] | checks alleged quotations against the documents | `knowledge`, `text`, `index`, `answer` |
//! | [`evaluation`] | question files with known answers, and how well an engine does on them | `knowledge`, `answer` |
//!
//! # One question's path
//!
//! [`Engine::ask`](answer::Engine::ask): `question` analyses it, `index` gives candidates,
//! `ranking` measures and orders them with what `semantic` knows, `answer` grows the best into
//! excerpts and decides whether they answer.
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
//! - **The core is pure.** It knows no files, no environment, no clock, no network and no threads.
//!   The same question to the same corpus gives the same answer.
//! - **Nothing of a document is in the code.** Names, synonyms and voices are data in the
//!   annotation. The language of questions is English: its word lists are data files of [`text`].
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
