//! What several test modules need: the project's own corpus, and corpora from text.
#![allow(dead_code, reason = "each test module uses what it needs")]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use bot::community::{Community, Settings, View};
use engine::answer::{Answer, Engine, Excerpt, Models, Question};
use engine::knowledge::{Corpus, SourceFile};
use summit_bot::service;

use super::command::VECTORS;

/// The folder of the project.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The slug of the article.
pub(crate) const ARTICLE: &str = "cpc-world-political-parties-summit";

/// The files of a folder below the project.
pub(crate) fn files(folder: &str) -> Vec<SourceFile> {
    let folder = Path::new(ROOT).join(folder);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &Path| SourceFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: std::fs::read(path).unwrap(),
    };
    paths.iter().map(|path| read(path)).collect()
}

/// A file from its text.
pub(crate) fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The engine over the project's own corpus, built once.
pub(crate) fn article() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| engine(&files("knowledge")))
}

/// The engine over the project’s own documents that goes by meaning, too, where the program can.
pub(crate) fn article_by_meaning() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut settings = summit_bot::settings::Settings::load(None).unwrap();
        settings.answer.encoder = true;
        settings.knowledge.cache = Some(VECTORS.into());
        service::with_embeddings(article(), &settings, |_| {}).unwrap()
    })
}

/// What is said to a question that stands on its own.
pub(crate) fn ask(engine: &Engine, text: &str) -> Answer {
    engine.ask(&Question { text, speaker: None, context: &[] }).unwrap()
}

/// The passage that comes first, quoted or not, holds `words`.
#[track_caller]
pub(crate) fn check_first(engine: &Engine, question: &str, words: &str) {
    let answer = ask(engine, question);
    let first = answer.passages().first().map_or("", Excerpt::text);
    assert!(first.contains(words), "“{question}” finds “{first}”");
}

/// An engine over `files`.
pub(crate) fn engine(files: &[SourceFile]) -> Engine {
    let corpus = Corpus::load(files).unwrap_or_else(|faults| panic!("{faults}"));
    Engine::build(corpus, Models::DEFAULT_THRESHOLD).unwrap()
}

/// The view of a place where these settings hold, and where changes can be kept.
pub(crate) fn set(settings: Settings) -> View {
    of(Community { settings, ..Community::default() })
}

/// The same of all that a community has set.
pub(crate) fn of(community: Community) -> View {
    let community = Arc::new(community);
    View { community, has_store: true, is_read_only: false, ..View::default() }
}
