//! The layout of the house, read from the source: which room may name which, where the outside
//! libraries stand, and that the core knows nothing of the article.

use std::path::{Path, PathBuf};

use crate::support::ROOT;

/// Crates, with the file that holds their map: a table of rooms, of what each is for, and of the
/// rooms of the same crate that it may import. What a crate may import is in its `Cargo.toml`.
const CRATES: &[&str] = &["engine", "bot", "mock-discord", "summit-bot", "xtask"];

/// What may be named only below certain places; nowhere at all where there are none.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("tantivy::", &["src/engine/index/"], "ask `index` for what you need of Tantivy"),
    (
        "QueryParser",
        &[],
        "build the query tree by hand: a question is data, and brackets overflow the parser's stack",
    ),
    (
        "serenity::",
        &["src/summit-bot/discord/"],
        "translate at the edge: `discord` turns Discord into values and back",
    ),
    ("rusqlite::", &["src/summit-bot/store/"], "let `store` offer an operation for it"),
    ("sqlx::", &["src/summit-bot/store/"], "let `store` offer an operation for it"),
    ("diesel::", &["src/summit-bot/store/"], "let `store` offer an operation for it"),
    ("libsql::", &["src/summit-bot/store/"], "let `store` offer an operation for it"),
    (
        ".asks(",
        &[
            "src/engine/knowledge/",
            "src/engine/semantic/",
            "src/engine/answer/guards.rs",
            "src/summit-bot/cli/knowledge.rs",
            "src/xtask/",
        ],
        "an editor's question finds a sentence and is never shown: nobody said it",
    ),
    (
        "tracing::",
        &[
            "src/summit-bot/discord/",
            "src/summit-bot/service/",
            "src/summit-bot/store/",
            "src/summit-bot/telemetry.rs",
        ],
        "return it as a value: whoever knows what was written or who wrote it does not log",
    ),
    (
        "telemetry::init",
        &["src/summit-bot/cli/run.rs"],
        "only the program that tests listen to has a log",
    ),
    ("env::var", &["src/summit-bot/settings.rs"], "take the value from `Settings`"),
    ("env::args", &["src/summit-bot/main.rs", "src/xtask/main.rs"], "let clap read them"),
    ("env::current_dir", &[], "let the caller name a folder"),
];

/// The crate that must work for any document.
const FOR_ANY_DOCUMENT: &str = "src/engine/";

/// The row of a room in the map of its crate.
#[derive(Debug, PartialEq)]
struct Room {
    name: String,
    may_import: Vec<String>,
}

/// The rooms that a map lists: rows such as "//! | [`index`] | … | `knowledge`, `text` |".
fn map(lib: &str) -> Vec<Room> {
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | "));
    let rows = rows.filter(|row| row.starts_with('`') || row.starts_with("[`"));
    let room = |row: &str| {
        let columns: Vec<&str> = row.split('|').collect();
        let [name, _, imports, ""] = columns.as_slice() else { panic!("not three columns: {row}") };
        let may_import = imports.split(',').map(|name| name.trim().trim_matches('`').to_owned());
        Room {
            name: name.trim_matches(|c| "[`] ".contains(c)).to_owned(),
            may_import: may_import.filter(|name| name != "–").collect(),
        }
    };
    rows.map(room).collect()
}

fn map_of(name: &str) -> Vec<Room> {
    map(&std::fs::read_to_string(format!("{ROOT}/src/{name}/lib.rs")).unwrap_or_default())
}

struct SourceText {
    /// Path below the project, with `/`.
    path: String,
    text: String,
}

impl SourceText {
    /// `knowledge` for `src/engine/knowledge/span.rs`, `settings` for
    /// `src/summit-bot/settings.rs`, `lib` for `src/engine/lib.rs`.
    fn room(&self) -> &str {
        self.path.split('/').nth(2).unwrap().trim_end_matches(".rs")
    }

    /// Lines of code with their numbers, without comments on lines of their own.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Every `.rs` file below the folders, in order.
fn sources(folders: &[&str]) -> Vec<SourceText> {
    let root = Path::new(ROOT);
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let below = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(SourceText { path: below, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The rooms that a text names after `crate::`.
fn rooms_named(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, path) in text.match_indices("crate::") {
        let is_whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if is_whole {
            rooms.extend(first_names(text[at + path.len()..].trim_start()));
        }
    }
    rooms
}

/// The first segments of what follows `crate::`: one name, or those of a `{…}` list.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = rest.strip_prefix('{') else {
        return vec![name(rest)];
    };
    let mut depth = 0;
    let mut names = vec![name(list)];
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&list[at + 1..])),
            _ => {}
        }
    }
    names
}

/// Imports that the map of the crate does not allow, each with what to do.
fn offences(source: &SourceText, rooms: &[Room]) -> Vec<String> {
    let name = source.room();
    let Some(room) = rooms.iter().find(|room| room.name == name) else {
        return Vec::new();
    };
    let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let is_room = |name: &String| rooms.iter().any(|room| room.name == *name);
    let mut named = rooms_named(&code.join("\n"));
    named.retain(|named| is_room(named) && named != name && !room.may_import.contains(named));
    named.sort();
    named.dedup();
    let may =
        if room.may_import.is_empty() { "nothing".to_owned() } else { room.may_import.join(", ") };
    let offence = |imported: &String| {
        format!(
            "{}: `{name}` imports `{imported}`, and may import {may}: move the code to a room that \
             may, or hand the value in from outside",
            source.path
        )
    };
    named.iter().map(offence).collect()
}

/// Public rooms that the map leaves out, and rows of rooms that are not there.
fn unmapped(name: &str, lib: &str) -> Vec<String> {
    let rooms: Vec<String> = map(lib).into_iter().map(|room| room.name).collect();
    let public = |line: &str| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned());
    let modules: Vec<String> = lib.lines().filter_map(public).collect();
    let missing = modules.iter().filter(|module| !rooms.contains(module)).map(|module| {
        format!("src/{name}/lib.rs: the map has no row for `{module}`: say what it is for and what it may import")
    });
    let is_there = |room: &&String| {
        lib.lines().any(|line| line == format!("pub mod {room};") || line == format!("mod {room};"))
    };
    let gone = rooms.iter().filter(|room| !is_there(room)).map(|room| {
        format!(
            "src/{name}/lib.rs: the map has a row for `{room}`, which is not there: remove the row"
        )
    });
    missing.chain(gone).collect()
}

fn misplaced(source: &SourceText) -> Vec<String> {
    let mut found = Vec::new();
    for (name, places, remedy) in ONLY_IN {
        if places.iter().any(|place| source.path.starts_with(place)) {
            continue;
        }
        for (number, line) in source.code().filter(|(_, line)| line.contains(name)) {
            let place = if places.is_empty() { "nowhere".into() } else { places.join(", ") };
            let line = line.trim();
            found.push(format!(
                "{}:{number}: `{name}` may be only in: {place}; {remedy}\n    {line}",
                source.path
            ));
        }
    }
    found
}

fn report(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut found = Vec::new();
    for name in CRATES {
        let rooms = map_of(name);
        let sources = sources(&[&format!("src/{name}")]);
        found.extend(sources.iter().flat_map(|source| offences(source, &rooms)));
    }
    report(&found);
}

#[test]
fn the_map_is_true() {
    let mut found = Vec::new();
    for name in CRATES.iter().filter(|name| **name != "xtask") {
        let lib = std::fs::read_to_string(format!("{ROOT}/src/{name}/lib.rs")).unwrap();
        assert!(!map(&lib).is_empty(), "src/{name}/lib.rs has a map");
        found.extend(unmapped(name, &lib));
    }
    let folders = std::fs::read_dir(format!("{ROOT}/src")).unwrap();
    let mut folders: Vec<_> =
        folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    let mut crates = CRATES.to_vec();
    crates.sort_unstable();
    assert_eq!(folders, crates, "every crate is checked");
    report(&found);
}

#[test]
fn outside_libraries_stand_in_their_rooms() {
    let found: Vec<String> = sources(&["src"]).iter().flat_map(misplaced).collect();
    report(&found);
}

/// Whoever starts a bot is listened to: see `tests/it/offline.rs`.
#[test]
fn tests_start_bots_only_where_the_log_is_listened_to() {
    let starts = [concat!("MockDiscord::", "start("), concat!("\"", "run\"")];
    let mut found = Vec::new();
    for source in sources(&["tests"]) {
        if source.path == "tests/it/offline.rs" {
            continue;
        }
        for (number, line) in source.code() {
            for start in starts.iter().filter(|start| line.contains(**start)) {
                found.push(format!(
                    "{}:{number}: `{start}` may be only in tests/it/offline.rs: use `Offline` \
                     and `Program`, which fail where a line of the log holds a secret",
                    source.path
                ));
            }
        }
    }
    report(&found);
}

#[test]
fn every_file_says_what_it_is_for() {
    let sources = sources(&["src", "tests", "benches"]);
    let lacks_head = |source: &&SourceText| !source.text.starts_with("//! ");
    let found: Vec<String> = sources
        .iter()
        .filter(lacks_head)
        .map(|source| {
            format!(
                "{}: open the file with a `//!` line: what it is for, and what it does not know",
                source.path
            )
        })
        .collect();
    report(&found);
}

/// Surnames, and names and aliases with a capital, of all speakers of the knowledge folder.
fn names_of_the_article() -> Vec<String> {
    /// Shorter ones are syllables of other words.
    const LEAST_LETTERS: usize = 4;
    let corpus = crate::support::article().corpus();
    let mut names = Vec::new();
    for document in corpus.documents() {
        for speaker in document.speakers() {
            names.extend(speaker.name.split_whitespace().last().map(str::to_owned));
            names.push(speaker.name.clone());
            names.extend(speaker.aliases.iter().cloned());
        }
    }
    names.retain(|name| {
        name.starts_with(char::is_uppercase) && name.chars().count() >= LEAST_LETTERS
    });
    names.sort();
    names.dedup();
    names
}

/// Where `name` stands in `text` as a whole word or words.
fn holds(text: &str, name: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name).any(|(at, _)| {
        !is_letter(text[..at].chars().next_back())
            && !is_letter(text[at + name.len()..].chars().next())
    })
}

#[test]
fn the_core_knows_no_name_of_the_article() {
    let names = names_of_the_article();
    assert!(names.iter().any(|name| name == "Ramaphosa"), "the names are read: {names:?}");
    let mut found = Vec::new();
    for source in sources(&["src"]) {
        if !source.path.starts_with(FOR_ANY_DOCUMENT) {
            continue;
        }
        for (index, line) in source.text.lines().enumerate() {
            for name in names.iter().filter(|name| holds(line, name)) {
                found.push(format!(
                    "{}:{}: “{name}” is a name of the article: what is true of one document \
                     only goes into its annotation; tests and examples take invented names",
                    source.path,
                    index + 1
                ));
            }
        }
    }
    report(&found);
}

// The checks themselves

const MAP: &str = "\
//! | room | what it is for | may import |
//! | --- | --- | --- |
//! | [`knowledge`] | texts | – |
//! | [`index`] | terms | `knowledge` |
//! | [`answer`] | excerpts | `knowledge`, `index` |
pub mod knowledge;
pub mod index;
pub mod answer;
";

fn check(path: &str, text: &str) -> String {
    let source = SourceText { path: path.to_owned(), text: text.to_owned() };
    let found = offences(&source, &map(MAP)).into_iter().chain(misplaced(&source));
    found.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_wrong_import_is_named() {
    insta::assert_snapshot!(check("src/engine/knowledge/span.rs", "use crate::index::Query;"), @"src/engine/knowledge/span.rs: `knowledge` imports `index`, and may import nothing: move the code to a room that may, or hand the value in from outside");
    insta::assert_snapshot!(
        check("src/engine/index/mod.rs", "use crate::{\n    answer::{Engine, Excerpt},\n    knowledge::Span,\n};"),
        @"src/engine/index/mod.rs: `index` imports `answer`, and may import knowledge: move the code to a room that may, or hand the value in from outside"
    );
}

#[test]
fn a_map_that_is_not_true_is_named() {
    let lib = MAP.replace("pub mod index", "pub mod store");
    insta::assert_snapshot!(unmapped("engine", &lib).join("\n"), @r"
    src/engine/lib.rs: the map has no row for `store`: say what it is for and what it may import
    src/engine/lib.rs: the map has a row for `index`, which is not there: remove the row
    ");
    assert_eq!(unmapped("engine", MAP), Vec::<String>::new());
}

#[test]
fn a_library_out_of_its_room_is_named() {
    insta::assert_snapshot!(check("src/engine/answer/engine.rs", "let i = tantivy::Index::new();"), @r"
    src/engine/answer/engine.rs:1: `tantivy::` may be only in: src/engine/index/; ask `index` for what you need of Tantivy
        let i = tantivy::Index::new();
    ");
    insta::assert_snapshot!(check("src/engine/index/query.rs", "fn f() {\n    QueryParser::new()"), @r"
    src/engine/index/query.rs:2: `QueryParser` may be only in: nowhere; build the query tree by hand: a question is data, and brackets overflow the parser's stack
        QueryParser::new()
    ");
    insta::assert_snapshot!(check("src/summit-bot/main.rs", "std::env::var(\"HOME\")"), @r#"
    src/summit-bot/main.rs:1: `env::var` may be only in: src/summit-bot/settings.rs; take the value from `Settings`
        std::env::var("HOME")
    "#);
}

#[test]
fn what_is_allowed_is_not_named() {
    assert_eq!(
        check("src/engine/index/mod.rs", "use crate::knowledge::Corpus;\nuse tantivy::Index;"),
        ""
    );
    assert_eq!(check("src/engine/answer/ask.rs", "use crate::{index, knowledge};"), "");
    assert_eq!(
        check("src/engine/answer/mod.rs", "//! No `serenity::` here.\nuse crate::answer::Engine;"),
        ""
    );
    assert_eq!(check("src/summit-bot/settings.rs", "std::env::vars()"), "");
}

#[test]
fn names_are_whole_words() {
    assert!(holds("asked Poe about", "Poe"));
    assert!(!holds("a Poem", "Poe") && !holds("xPoe", "Poe"));
}
