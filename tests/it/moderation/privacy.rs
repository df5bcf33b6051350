//! `/privacy`, *Delete my data*, and the page on privacy.

use bot::{Action, ModeratorCommand, Venue, policy};
use insta::assert_snapshot;

use super::server::{MEMBER, OWNER, VACCINES, drawn, mentions, person, server};

#[test]
fn what_is_held_is_shown_and_deleted() {
    let mut server = server();
    assert_snapshot!(drawn(&server.act(MEMBER, Action::Privacy)), @r"
    (private)
    **What I keep, and for how long**
    I read only what you send me: commands, mentions, direct messages, and a message that you point me at. Where a question points back (“and the others?”), I look once at the answer that you reply to, or at what was asked of me before it in the same thread or direct message.
    Your question is used to search and then forgotten, unless this server keeps unanswered questions (see below). The button *Ask about this* stores its key words in the message itself, at Discord.
    · **Settings, pins and hidden passages of a server** – until 30 days after the bot is removed from the server
    · **Who changed them, and when** – for 90 days
    · **👍 and 👎, with passage and reason** – linked to you for 30 days; the counts until 30 days after the bot is removed from the server
    · **Questions without an answer** – for 7 or 30 days, as the server chose; only if it switched this on
    · **The operator’s log** – for 14 days
    Votes are tied to you by a keyed hash, another for each passage, only to count nobody twice. Questions are kept without names. Nothing leaves the machine that I run on but what I say to Discord. I ping nobody, and I never write to you first.
    **Stored about you now:** nothing.
    ");
    let answer = server.ask(VACCINES);
    server.press(OWNER, &answer, "👍");
    server.order(OWNER, mentions("off"));
    server.order(OWNER, mentions("listed"));
    let shown = server.act_as(person(OWNER), Venue::Direct, Action::Privacy);
    let last = drawn(&shown);
    assert_snapshot!(last.lines().rev().take(2).collect::<Vec<_>>().join("\n"), @"
    [ Delete my data ](danger: m1:EDITION:f)
    **Stored about you now:** 1 vote, your ID next to 2 changes to the settings.
    ");
    let asked = server.press(OWNER, &shown, "Delete my data");
    assert_snapshot!(drawn(&asked), @r"
    (updates the message)
    (private)
    This deletes, in every server: 1 vote, your ID next to 2 changes to the settings. It cannot be undone. What you changed stays, as the work of “a former moderator”.
    [ Delete now ](danger: m1:EDITION:F)
    ");
    assert_snapshot!(drawn(&server.press(OWNER, &asked, "Delete now")), @r"
    (updates the message)
    (private)
    Deleted. Nothing is stored about you now.
    ");
    assert!(server.votes.is_empty() && server.records.iter().all(|record| record.by.is_none()));
    let shown = server.order(OWNER, ModeratorCommand::Show);
    assert!(shown.contains("by a former moderator"), "{shown}");
    server.fails = true;
    let failing = drawn(&server.act(MEMBER, Action::Privacy));
    assert!(failing.contains("I can’t look up what is stored"), "{failing}");
}

#[test]
fn the_page_on_privacy_says_what_is_so() {
    let path = std::path::Path::new(crate::support::ROOT).join("PRIVACY.md");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, policy()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), policy(), "INSTA_UPDATE=always writes it");
}
