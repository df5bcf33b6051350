//! `/review`: questions without an answer, and changes that cannot be kept.

use bot::community::Keep;
use bot::community::retention::DAY;
use bot::{Action, ModeratorCommand, Venue};
use insta::assert_snapshot;

use super::server::{
    CHANNEL, ICELAND, MEMBER, MODERATOR, OWNER, Server, VACCINES, ask, channel, drawn, hide,
    mentions, person, pin, press, server, without_ranking,
};

fn keeping() -> Server {
    let mut server = server();
    server.community.settings.keep_unanswered = Some(Keep::ThirtyDays);
    server
}

#[test]
fn a_question_without_an_answer_is_kept_only_where_it_is_said_so() {
    let mut server = server();
    server.ask(ICELAND);
    assert!(server.unanswered.is_empty());
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::Unanswered { days: None }), @r"
    (private)
    Unanswered questions aren’t kept here; `/settings edit keep-unanswered:` switches it on.
    ");
    let mut server = keeping();
    assert_snapshot!(without_ranking(&server.ask(ICELAND)), @r"
    (private)
    **This document doesn’t answer that.**
    I can only quote “CPC and world political parties summit”, and found nothing there that surely answers this. Try other words, or the name of a speaker.

    Kept for the moderators for 30 days, without your name.
    ");
    let mention =
        Action::Mention { text: ICELAND.to_owned(), has_attachments: false, before: Vec::new() };
    assert_snapshot!(drawn(&server.act(MEMBER, mention)), @r"
    (public)
    **This document doesn’t answer that.** I can only quote “CPC and world political parties summit”, and found nothing there that surely answers this. Try other words, or the name of a speaker. Kept for the moderators for 30 days, without your name.
    [ Help ](h1:EDITION)
    ");
    server.ask(VACCINES);
    server.ask("what is it?");
    server.ask(&"long ".repeat(100));
    server.act_as(person(MEMBER), Venue::Direct, ask(ICELAND));
    assert_eq!(server.unanswered.len(), 2);
    server.fails = true;
    assert!(!server.ask(ICELAND).to_string().contains("Kept"));
}

#[test]
fn questions_on_one_matter_are_one_entry() {
    let mut server = keeping();
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::Unanswered { days: None }), @r"
    (private)
    No unanswered questions in this period.
    ");
    for question in [ICELAND, "Population of Iceland?", "iceland's population, please"] {
        server.ask(question);
        server.now += 60;
    }
    server.ask("Who won the football cup of <@1> **1998**?");
    let listed =
        server.act(MODERATOR, Action::Moderate(ModeratorCommand::Unanswered { days: None }));
    assert_snapshot!(drawn(&listed), @r"
    (private)
    **2 questions without an answer in 30 days**
    **1** “iceland's population, please” · asked 3 times, last 1 minute ago
    **2** “Who won the football cup of \<\@1\> \*\*1998\*\*?” · asked just now
    [ Pin a passage to a question ▾ ](m1:EDITION:a30.0)
        3cd008604174f37d = iceland's population, please | 
        901c21c4998f93df = Who won the football cup of <@1> **1998**? | 
    [ Dismiss a question ▾ ](m1:EDITION:d30.0)
        3cd008604174f37d = iceland's population, please | 
        901c21c4998f93df = Who won the football cup of <@1> **1998**? |
    ");
    let asked = server.choose(MODERATOR, &listed, "Pin a passage", 0);
    assert_snapshot!(without_ranking(&asked), @r"
    (updates the message)
    (private)
    Which passage answers “iceland's population, please”? These are the nearest in wording; for any other there is `/curate pin`.
    [ Choose a passage ▾ ](m1:EDITION:c3cd008604174f37d)
    [ Back to the list ](m1:EDITION:q30.0)
    ");
    let pinned = server.choose(MODERATOR, &asked, "Choose a passage", 0);
    assert!(pinned.to_string().contains("**Pinned.**"), "{pinned}");
    assert_eq!((server.community.pins.len(), server.unanswered.len()), (1, 1));
    let undone = server.press(MODERATOR, &pinned, "Undo");
    assert!(undone.to_string().contains("**Undone.**"), "{undone}");
    assert_eq!((server.community.pins.len(), server.unanswered.len()), (0, 4));
    let pinned = server.choose(MODERATOR, &asked, "Choose a passage", 0);
    assert!(pinned.to_string().contains("**Pinned.**"), "{pinned}");
    assert_eq!((server.community.pins.len(), server.unanswered.len()), (1, 1));
    let gone = server.choose(MODERATOR, &listed, "Pin a passage", 0);
    assert_snapshot!(drawn(&gone), @r"
    (updates the message)
    (private)
    This question is no longer kept.
    ");
    assert_snapshot!(drawn(&server.choose(MODERATOR, &listed, "Dismiss", 1)), @r"
    (updates the message)
    (private)
    Dismissed: these questions are deleted.
    [ Back to the list ](m1:EDITION:q30.0)
    ");
    assert!(server.unanswered.is_empty());
}

#[test]
fn many_questions_are_turned_page_by_page() {
    let mut server = keeping();
    for number in 0..12 {
        server.ask(&format!("How tall is the giraffe called Number{number}?"));
    }
    let first =
        server.act(MODERATOR, Action::Moderate(ModeratorCommand::Unanswered { days: Some(90) }));
    let second = server.press(MODERATOR, &first, "Later");
    let third = server.press(MODERATOR, &second, "Later");
    assert!(third.to_string().contains("**11** ") && !third.to_string().contains("Later"));
    assert!(server.press(MODERATOR, &third, "← Earlier").to_string().contains("**6** "));
    for days in [0, -1, 91, i64::MAX] {
        let said = server.order(MODERATOR, ModeratorCommand::Unanswered { days: Some(days) });
        assert!(said.contains("Choose a number of days from 1 to 90"), "{said}");
    }
    server.now += 31 * DAY;
    let none = server.order(MODERATOR, ModeratorCommand::Unanswered { days: None });
    assert!(none.contains("No unanswered questions"), "{none}");
}

#[test]
fn a_change_that_cannot_be_kept_is_said_to_be_none() {
    let mut server = server();
    server.order(OWNER, mentions("off"));
    server.fails = true;
    for order in
        [mentions("listed"), channel(CHANNEL, "off"), ModeratorCommand::Undo, pin(VACCINES, "¶28")]
    {
        let said = server.order(OWNER, order);
        assert_eq!(said, "(private)\nI couldn’t save that, so nothing has changed.");
    }
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Unanswered { days: None }), @r"
    (private)
    I can’t look that up right now. Please try again later.
    ");
    assert!(
        server.order(OWNER, ModeratorCommand::Show).contains("Nothing can be saved right now.")
    );
    assert!(server.ask(VACCINES).to_string().contains("vaccine imperialism"));
}

#[test]
fn where_nobody_knows_whether_it_was_saved_it_is_said_where_to_look() {
    let mut server = keeping();
    let answer = server.ask(VACCINES);
    server.order(OWNER, mentions("off"));
    let pinned = server.act(MODERATOR, Action::Moderate(pin(ICELAND, "¶28.2")));
    let saids = [
        server.in_doubt(OWNER, Action::Moderate(mentions("listed"))),
        server.in_doubt(MODERATOR, Action::Moderate(hide("¶12.1"))),
        server.in_doubt(MODERATOR, press(&pinned, "Undo")),
        server.in_doubt(MEMBER, press(&answer, "👍")),
    ];
    assert_snapshot!(saids.map(|said| drawn(&said)).join("\n"), @r"
    (private)
    I couldn’t tell whether that was saved. Please check with `/settings show`.
    (private)
    I couldn’t tell whether that was saved. Please check with `/curate list`.
    (private)
    I couldn’t tell whether that was saved. Please check with `/curate list`.
    (private)
    I couldn’t tell whether that was saved. Please check with `/privacy`.
    ");
    // Whoever asks gets an answer, and is told that the question is kept, as it may be.
    let asked = server.in_doubt(MEMBER, ask("How tall is the giraffe called Tallulah?"));
    assert!(asked.to_string().contains("Kept for the moderators for 30 days"), "{asked}");
}
