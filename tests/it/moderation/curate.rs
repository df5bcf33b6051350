//! `/curate`: pinned and hidden passages, and what members then see.

use bot::community::{Community, TextQuote};
use bot::{Action, ModeratorCommand, Response};
use insta::assert_snapshot;

use super::server::{
    ICELAND, MEMBER, MODERATOR, VACCINES, drawn, hide, hostile, pin, remove, reply, server,
};

#[test]
fn a_pinned_passage_answers_the_same_question_alone() {
    let mut server = server();
    assert_snapshot!(server.order(MODERATOR, pin(ICELAND, "¶28.2")), @r"
    (private)
    **Pinned.** “What is the population of Iceland?” is answered by ¶28.2 · Cyril Ramaphosa.
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ Undo ](m1:EDITION:u1)
    ");
    assert_snapshot!(drawn(&server.ask("what is the POPULATION of Iceland")), @"
    (public)
    Chosen by the moderators of this server.
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ More context ](c1:EDITION:53) [ Cite ](t1:EDITION:53)
    [ 👍 ](m1:EDITION:+53) [ 👎 ](m1:EDITION:-53)
    ");
    for other in ["What is the population of Iceland today?", "Iceland population", VACCINES] {
        let said = server.ask(other).to_string();
        assert!(!said.contains("Chosen by the moderators"), "{other}: {said}");
    }
    server.order(MODERATOR, pin("what is the population of iceland", "¶12.1"));
    assert_eq!(server.community.pins.len(), 1, "the same question has one pin");
    assert_snapshot!(server.order(MODERATOR, remove("What is the Population of Iceland")), @r"
    (private)
    **Saved.** “what is the population of iceland” is no longer pinned.
    [ Undo ](m1:EDITION:u3)
    ");
    assert!(server.ask(ICELAND).to_string().contains("doesn’t answer"));
}

#[test]
fn a_hidden_passage_is_never_quoted() {
    let mut server = server();
    let before = server.ask(VACCINES);
    assert!(before.to_string().contains("vaccine imperialism"));
    let reason = "not *what* he <@1> said".to_owned();
    let order = ModeratorCommand::Hide { place: "¶28.1".to_owned(), reason };
    assert_snapshot!(server.order(MODERATOR, order), @r"
    (private)
    **Saved.** ¶28.1 · Cyril Ramaphosa is hidden.
    [ Undo ](m1:EDITION:u1)
    ");
    let shows = |said: &Response| {
        let quoted = reply(said).blocks().iter().any(|block| {
            let source = block.source().cloned();
            source.is_some_and(|at| at.start < 7_655 && 7_404 < at.end)
        });
        quoted || said.to_string().contains("stating that we must take a firm stand")
    };
    assert!(!shows(&server.ask(VACCINES)));
    for label in ["More context", "Other passages"] {
        let said = server.press(MEMBER, &before, label);
        assert!(!shows(&said), "{said}");
    }
    let passage = |place: &str| Action::Passage { place: place.to_owned() };
    assert_snapshot!(drawn(&server.act(MEMBER, passage("¶28.1"))), @r"
    (private)
    The moderators of this server have hidden this passage, so I do not show it.
    ");
    let rest = server.act(MEMBER, passage("¶28"));
    assert!(!shows(&rest) && rest.to_string().contains("South Africa is inspired"), "{rest}");
    let quote = "we must take a firm stand".to_owned();
    let verify = Action::Verify { quote, speaker: None, private: None };
    assert_snapshot!(drawn(&server.act(MEMBER, verify)), @r"
    (private)
    The moderators of this server have hidden this passage, so I do not show it.
    ");
    let typed = Action::Autocomplete {
        command: "passage".to_owned(),
        option: "place".to_owned(),
        typed: "firm stand".to_owned(),
    };
    let Response::Choices(choices) = server.act(MEMBER, typed) else { panic!("no choices") };
    assert!(choices.is_empty(), "{choices:?}");
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::List), @r"
    (private)
    **Pinned and hidden**
    **1** ¶28.1 · Cyril Ramaphosa is hidden: “not \*what\* he \<\@1\> said”
    ");
    server.order(MODERATOR, remove("¶28.1"));
    assert_eq!(server.ask(VACCINES), before);
}

#[test]
fn what_is_pinned_and_hidden_is_listed_with_what_is_lost() {
    let mut server = server();
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::List), @r"
    (private)
    Nothing is pinned or hidden in this server.
    ");
    server.order(MODERATOR, pin(ICELAND, "¶28.2"));
    let lost = TextQuote {
        document: "cpc-world-political-parties-summit".to_owned(),
        exact: "This @everyone stood here once, and does not stand here any more at all, does it?"
            .to_owned(),
        prefix: String::new(),
        suffix: String::new(),
    };
    server.community.pins.insert("Where is it?".to_owned(), lost.clone());
    server.community.hidden.insert(lost, "old".to_owned());
    assert_snapshot!(server.order(MODERATOR, ModeratorCommand::List), @r"
    (private)
    **Pinned and hidden**
    **1** “What is the population of Iceland?” is answered by ¶28.2 · Cyril Ramaphosa
    **2** “Where is it?” is answered by “This \@everyone stood here once, and does not stand here any…” (lost)
    **3** “This \@everyone stood here once, and does not stand here any…” (lost) is hidden: “old”
    (lost): the documents no longer have this passage, so it has no effect.
    ");
    for number in 0..30 {
        server.order(MODERATOR, pin(&format!("Question number {number}"), "¶28.2"));
    }
    let first = server.act(MODERATOR, Action::Moderate(ModeratorCommand::List));
    let second = server.press(MODERATOR, &first, "Later");
    assert!(second.to_string().contains("**11** "), "{second}");
    let typed = |typed: &str| Action::Autocomplete {
        command: "curate".to_owned(),
        option: "entry".to_owned(),
        typed: typed.to_owned(),
    };
    let Response::Choices(choices) = server.act(MODERATOR, typed("number 29")) else { panic!() };
    assert_eq!(choices.len(), 1);
    assert!(server.order(MODERATOR, remove(&choices[0].value)).contains("Saved"));
    assert_eq!(server.act(MEMBER, typed("")), Response::Choices(Vec::new()));
}

#[test]
fn passages_that_are_none_change_nothing() {
    let mut server = server();
    assert_snapshot!(server.order(MODERATOR, pin(VACCINES, "¶99")), @r"
    (private)
    There is no ¶99; this document has 56 paragraphs.
    ");
    assert_snapshot!(server.order(MODERATOR, pin("?!", "¶28")), @r"
    (private)
    I don’t see a question in that. Type one in your own words.
    ");
    assert_snapshot!(server.order(MODERATOR, pin(&"why ".repeat(1_500), "¶28")), @r"
    (private)
    Your question has 6,000 characters; the limit is 300.
    ");
    assert_snapshot!(server.order(MODERATOR, hide("¶8")), @r"
    (private)
    ¶8 isn’t part of the text itself (it is a heading, a repetition or the site’s own text), so I don’t quote it.
    ");
    assert_snapshot!(server.order(MODERATOR, remove("pin-00000000")), @r"
    (private)
    “pin-00000000” is neither pinned nor hidden here; `/curate list` shows what is.
    ");
    let reason = "x".repeat(6_000);
    let order = ModeratorCommand::Hide { place: "¶28".to_owned(), reason };
    assert_snapshot!(server.order(MODERATOR, order), @r"
    (private)
    A reason has at most 100 characters; this one has 6,000.
    ");
    for typed in hostile() {
        for order in [pin(VACCINES, &typed), hide(&typed), remove(&typed)] {
            let said = server.order(MODERATOR, order);
            assert!(said.lines().count() <= 3, "{said}");
        }
    }
    assert!(server.records.is_empty());
}

#[test]
fn there_is_room_for_so_many_and_no_more() {
    let mut server = server();
    for number in 0..Community::MAX_PINS {
        server.order(MODERATOR, pin(&format!("Question {number}"), "¶28.2"));
    }
    assert_eq!(server.community.pins.len(), Community::MAX_PINS);
    assert_snapshot!(server.order(MODERATOR, pin("One more question", "¶28.2")), @r"
    (private)
    This server has 200 pinned questions, and that is the most: remove some first.
    ");
}
