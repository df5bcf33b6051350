//! One of several documents, by the option that chooses it.

use bot::community::View;
use bot::{Action, MemberPermissions, Request, Venue, Who, commands, respond};
use engine::answer::Engine;
use insta::assert_snapshot;
use std::sync::OnceLock;

use crate::support::{self, file};

fn library() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        support::engine(&[
            file("ferry.txt", "The ferry to the island leaves at nine from the old harbour.\n"),
            file("ferry.toml", "title = \"Rules of the ferry\"\nauthor = \"Ann Poe\"\n"),
            file("museum.txt", "The museum of ropes opens at ten, beside the old harbour.\n"),
            file("museum.toml", "title = \"Rules of the museum\"\nauthor = \"Bo Li\"\n"),
        ])
    })
}

fn say(action: Action) -> String {
    let who = Who { id: 42, powers: MemberPermissions::default(), roles: Vec::new() };
    let place = Venue::Direct;
    let request = Request { who, place, now: 0, action };
    let said = respond(library(), &View::default(), &request).say;
    super::bot_limits::assert_fits(&said, library().corpus());
    said.to_string()
}

fn ask(question: &str, document: &str) -> String {
    let (question, document) = (question.to_owned(), Some(document.to_owned()));
    say(Action::Ask { question, speaker: None, document, private: None })
}

fn typing(typed: &str) -> String {
    let (command, option) = ("ask".to_owned(), "document".to_owned());
    say(Action::Autocomplete { command, option, typed: typed.to_owned() })
}

#[test]
fn only_the_document_that_was_chosen_or_typed_answers() {
    let question = "What is said of the old harbour?";
    for name in ["museum", "Rules of the museum", " RULES of the Museum "] {
        let said = ask(question, name);
        assert!(said.contains("museum of ropes") && !said.contains("ferry"), "{name}: {said}");
    }
    assert!(ask(question, "ferry").contains("leaves at nine"));
    assert!(!ask(question, "  ").contains("No document"));
}

#[test]
fn an_abstention_speaks_of_the_document_alone() {
    let said = ask("When does the ferry leave?", "museum");
    assert!(said.contains("This document doesn’t answer"), "{said}");
    assert!(said.contains("“Rules of the museum”") && !said.contains("“Rules of the ferry”"));
}

#[test]
fn an_unknown_document_is_named_with_the_nearest() {
    assert_snapshot!(ask("When does it open?", "rules of the muzeum"), @r"
    (private)
    No document is called “rules of the muzeum”. Did you mean “Rules of the museum”?
    ");
    assert_snapshot!(ask("When does it open?", "@everyone [x](https://a.b)"), @r"
    (private)
    No document is called “\@everyone \[x\]\(https\:\/\/a.b\)”.
    ");
}

#[test]
fn documents_are_offered_while_typing() {
    assert_snapshot!(typing(""), @r"
    Rules of the ferry = ferry
    Rules of the museum = museum
    ");
    assert_snapshot!(typing("MUS"), @"Rules of the museum = museum");
    assert_eq!(typing("zyx"), "");
}

#[test]
fn the_option_is_registered_only_where_it_is_asked_for() {
    let names = |commands: &serde_json::Value| -> Vec<String> {
        let options = commands[0]["options"].as_array().unwrap();
        options.iter().map(|option| option["name"].as_str().unwrap().to_owned()).collect()
    };
    let plain = commands::registration(false);
    assert_eq!(names(&plain), ["question", "speaker", "private"]);
    let several = commands::with_document(plain);
    assert_eq!(names(&several), ["question", "speaker", "private", "document"]);
    assert_eq!(several[0]["options"][3]["autocomplete"], true);
}
