//! The layout of the house, read from the source: which room may name which, where the outside
//! libraries stand, and that the core knows nothing of the article.

use std::path::{Path, PathBuf};

/// What each room of `src/` may import; see the code map in `src/lib.rs`. `None`: everything.
const MAY_IMPORT: &[(&str, Option<&[&str]>)] = &[
    ("knowledge", Some(&[])),
    ("search", Some(&["knowledge"])),
    ("answer", Some(&["knowledge", "search"])),
    ("evaluation", Some(&["knowledge", "search", "answer"])),
    ("guild", Some(&["knowledge"])),
    ("bot", Some(&["knowledge", "answer", "guild"])),
    ("store", Some(&["settings", "guild"])),
    ("settings", Some(&[])),
    ("telemetry", Some(&["settings"])),
    ("service", Some(&["settings", "knowledge", "search", "answer", "bot", "guild", "store"])),
    ("discord", Some(&["settings", "bot", "service"])),
    ("loopback", Some(&[])),
    ("cli", None),
    ("main", None),
    ("lib", None),
];

/// What may be named only below certain places; nowhere at all where there are none.
const ONLY_IN: &[(&str, &[&str], &str)] = &[
    ("tantivy::", &["src/search/"], "ask `search` for what you need of the index"),
    (
        "QueryParser",
        &[],
        "build the query tree by hand: a question is data, and brackets overflow the parser's stack",
    ),
    (
        "serenity::",
        &["src/discord/"],
        "translate at the edge: `discord` turns Discord into values and back",
    ),
    ("rusqlite::", &["src/store/"], "let `store` offer an operation for it"),
    ("sqlx::", &["src/store/"], "let `store` offer an operation for it"),
    ("diesel::", &["src/store/"], "let `store` offer an operation for it"),
    ("libsql::", &["src/store/"], "let `store` offer an operation for it"),
    (
        ".asks(",
        &["src/knowledge/", "src/search/", "src/cli/knowledge.rs"],
        "an editor's question finds a sentence and is never shown: nobody said it",
    ),
    (
        "tracing::",
        &["src/discord/", "src/service/", "src/store/", "src/telemetry.rs"],
        "return it as a value: whoever knows what was written or who wrote it does not log",
    ),
    ("telemetry::init", &["src/cli/run.rs"], "only the program that tests listen to has a log"),
    ("env::var", &["src/settings.rs"], "take the value from `Settings`"),
    ("env::args", &["src/main.rs"], "let clap read them"),
    ("env::current_dir", &[], "let the caller name a folder"),
];

/// Rooms that must work for any document.
const ROOMS_FOR_ANY_DOCUMENT: &[&str] = &["knowledge", "search", "answer", "evaluation"];

struct SourceText {
    /// Path below the project, with `/`.
    path: String,
    text: String,
}

impl SourceText {
    /// `knowledge` for `src/knowledge/span.rs`, `settings` for `src/settings.rs`.
    fn room(&self) -> &str {
        let below = self.path.strip_prefix("src/").unwrap();
        below.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Lines of code with their numbers, without comments on lines of their own.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Every `.rs` file below the folders, in order.
fn sources(folders: &[&str]) -> Vec<SourceText> {
    let root = Path::new(crate::support::ROOT);
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

/// The rooms that a line names after `crate::` or, in the binary, `summit_bot::`.
fn rooms_named(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for path in ["crate::", "summit_bot::"] {
        for (at, _) in text.match_indices(path) {
            let is_whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = text[at + path.len()..].trim_start();
            if is_whole {
                rooms.extend(first_names(rest));
            }
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

/// Imports that the table does not allow, each with what to do.
fn offences(source: &SourceText) -> Vec<String> {
    let room = source.room();
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
        return vec![format!(
            "{}: the room `{room}` is not in the table MAY_IMPORT of tests/it/architecture.rs: \
             say there what it may import",
            source.path
        )];
    };
    let Some(allowed) = allowed else {
        return Vec::new();
    };
    let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let is_room = |name: &String| MAY_IMPORT.iter().any(|(room, _)| room == name);
    let mut named = rooms_named(&code.join("\n"));
    named.retain(|name| is_room(name) && name != room && !allowed.contains(&name.as_str()));
    named.sort();
    named.dedup();
    let offence = |name: &String| {
        let may = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
        format!(
            "{}: `{room}` imports `{name}`, and may import {may}: move the code to a room that \
             may, or hand the value in from outside",
            source.path
        )
    };
    named.iter().map(offence).collect()
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
                "{}:{number}: `{name}` may stand only in: {place}; {remedy}\n    {line}",
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
    let found: Vec<String> = sources(&["src"]).iter().flat_map(offences).collect();
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
    let starts = [concat!("Loopback::", "start("), concat!("\"", "run\"")];
    let mut found = Vec::new();
    for source in sources(&["tests"]) {
        if source.path == "tests/it/offline.rs" {
            continue;
        }
        for (number, line) in source.code() {
            for start in starts.iter().filter(|start| line.contains(**start)) {
                found.push(format!(
                    "{}:{number}: `{start}` may stand only in tests/it/offline.rs: use `Offline` \
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
    let sources = sources(&["src", "tests", "benches", "examples"]);
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
        if !ROOMS_FOR_ANY_DOCUMENT.contains(&source.room()) {
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

fn check(path: &str, text: &str) -> String {
    let source = SourceText { path: path.to_owned(), text: text.to_owned() };
    offences(&source).into_iter().chain(misplaced(&source)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_wrong_import_is_named() {
    insta::assert_snapshot!(check("src/knowledge/span.rs", "use engine::question::Query;"), @"src/knowledge/span.rs: `knowledge` imports `search`, and may import nothing: move the code to a room that may, or hand the value in from outside");
    insta::assert_snapshot!(
        check("src/bot/mod.rs", "use crate::{\n    answer::{Engine, Excerpt},\n    store::View,\n};"),
        @"src/bot/mod.rs: `bot` imports `store`, and may import knowledge, answer, guild: move the code to a room that may, or hand the value in from outside"
    );
    insta::assert_snapshot!(check("src/kitchen.rs", "//! Cooks."), @"src/kitchen.rs: the room `kitchen` is not in the table MAY_IMPORT of tests/it/architecture.rs: say there what it may import");
}

#[test]
fn a_library_out_of_its_room_is_named() {
    insta::assert_snapshot!(check("src/answer/engine.rs", "let i = tantivy::Index::new();"), @r###"
    src/answer/engine.rs:1: `tantivy::` may stand only in: src/search/; ask `search` for what you need of the index
        let i = tantivy::Index::new();
    "###);
    insta::assert_snapshot!(check("src/search/query.rs", "fn f() {\n    QueryParser::new()"), @r###"
    src/search/query.rs:2: `QueryParser` may stand only in: nowhere; build the query tree by hand: a question is data, and brackets overflow the parser's stack
        QueryParser::new()
    "###);
    insta::assert_snapshot!(check("src/main.rs", "std::env::var(\"HOME\")"), @r###"
    src/main.rs:1: `env::var` may stand only in: src/settings.rs; take the value from `Settings`
        std::env::var("HOME")
    "###);
}

#[test]
fn what_is_allowed_is_not_named() {
    assert_eq!(
        check("src/search/index.rs", "use engine::knowledge::Corpus;\nuse tantivy::Index;"),
        ""
    );
    assert_eq!(check("src/cli/ask.rs", "use crate::{search, store};"), "");
    assert_eq!(
        check("src/answer/mod.rs", "//! No `serenity::` here.\nuse engine::answer::Engine;"),
        ""
    );
    assert_eq!(check("src/settings.rs", "std::env::vars()"), "");
}

#[test]
fn names_are_whole_words() {
    assert!(holds("asked Poe about", "Poe"));
    assert!(!holds("a Poem", "Poe") && !holds("xPoe", "Poe"));
}
