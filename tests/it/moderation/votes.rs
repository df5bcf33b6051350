//! Votes on answers.

use bot::community::Vote;
use bot::{Action, CorpusVersion, ModeratorCommand, Venue};
use insta::assert_snapshot;

use super::server::{MEMBER, MODERATOR, OWNER, VACCINES, ask, drawn, person, server};
use crate::support::article;

#[test]
fn a_vote_counts_once_changes_and_is_taken_back() {
    let mut server = server();
    let answer = server.ask(VACCINES);
    assert_snapshot!(drawn(&server.press(MEMBER, &answer, "👍")), @r"
    (private)
    👍 counted, without your name. Press it again to undo.
    ");
    assert_eq!(server.votes.len(), 1);
    let asked = server.press(MEMBER, &answer, "👎");
    assert_snapshot!(drawn(&asked), @r"
    (private)
    What is wrong with this answer?
    [ Choose a reason ▾ ](m1:EDITION:w52)
        wrong-voice = Wrong person or voice | 
        no-answer = Does not answer | 
        too-short = Needs more context | 
        other = Other |
    ");
    assert_snapshot!(drawn(&server.choose(MEMBER, &asked, "Choose a reason", 1)), @r"
    (updates the message)
    (private)
    👎 counted, without your name. Press it again to undo.
    ");
    assert!(matches!(server.votes[..], [(_, MEMBER, Vote::Down(_))]));
    server.press(OWNER, &answer, "👍");
    let asked = server.press(MODERATOR, &answer, "👎");
    server.choose(MODERATOR, &asked, "Choose a reason", 0);
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::Flags { days: None }), @r"
    (private)
    **1 passage with 👎 in 30 days**
    **1** ¶28.1 · Cyril Ramaphosa · 👎 2 (wrong person or voice 1 · does not answer 1) · 👍 1
    [ Hide a passage ▾ ](m1:EDITION:h30.0)
        52 = ¶28.1 · Cyril Ramaphosa | Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is…
    ");
    assert_snapshot!(drawn(&server.press(MEMBER, &answer, "👎")), @r"
    (private)
    Your 👎 is removed.
    ");
    assert_eq!(server.votes.len(), 2);
    let listed = server.act(MODERATOR, Action::Moderate(ModeratorCommand::Flags { days: Some(7) }));
    let hidden = server.choose(MODERATOR, &listed, "Hide a passage", 0);
    assert!(hidden.to_string().contains("is hidden"), "{hidden}");
    let said = server.press(MEMBER, &answer, "👍");
    assert!(said.to_string().contains("have hidden this passage"), "{said}");
}

#[test]
fn votes_are_asked_for_only_where_they_count() {
    let mut server = server();
    let direct = server.act_as(person(MEMBER), Venue::Direct, ask(VACCINES));
    assert!(!direct.to_string().contains("👍"), "{direct}");
    let answer = server.ask(VACCINES);
    let edition = CorpusVersion::of(article().corpus());
    for id in ["+99999", "+52+99", "-52", "w52"] {
        let said = server.press_id(MEMBER, &format!("m1:{edition}:{id}"), &["drop"]);
        assert!(!said.to_string().contains("counted"), "{id}: {said}");
    }
    let older = server.press_id(MEMBER, "m1:00000000:+52", &[]);
    assert!(older.to_string().contains("document has changed"), "{older}");
    server.fails = true;
    assert!(!server.ask(VACCINES).to_string().contains("👍"));
    assert_snapshot!(drawn(&server.press(MEMBER, &answer, "👍")), @r"
    (private)
    I couldn’t save that, so nothing has changed.
    ");
    assert!(server.votes.is_empty());
}
