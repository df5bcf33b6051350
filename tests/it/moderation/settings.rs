//! `/settings`: shown, changed, taken back and set back.

use bot::commands::{OptionValue, Options};
use bot::community::{Community, Settings};
use bot::{Action, Audience, ChannelPermissions, ModeratorCommand, Response, Venue};
use insta::assert_snapshot;

use super::server::{
    CHANNEL, MEMBER, MODERATOR, OWNER, SERVER, VACCINES, channel, drawn, hostile, mentions, person,
    pin, reply, server,
};

#[test]
fn settings_are_shown_with_who_changed_what_and_what_the_bot_can_do() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Show), @r"
    (private)
    **Settings of this server**
    Answers to commands: **public** (default)
    Style: **card** (default)
    Passages per answer: **1** (default)
    Questions without an answer: **not kept** (default)
    Can pin, hide and review: members with *Manage Messages*
    Mentions are answered: **in every channel** (default)
    0 questions pinned, 0 passages hidden (`/curate list`)
    No changes in the last 90 days.
    In this channel I can: view ✓ · send ✓ · embed ✓
    ");
    server.order(OWNER, channel(CHANNEL, "off"));
    server.order(MODERATOR, pin(VACCINES, "¶28"));
    server.order(OWNER, mentions("listed"));
    server.now += 3 * 3_600;
    let deaf = ChannelPermissions { view: true, send: true, embed: false };
    let place = Venue::Server { guild: SERVER, channel: CHANNEL, parent: None, permits: deaf };
    let said = server.act_as(person(OWNER), place, Action::Moderate(ModeratorCommand::Show));
    assert_snapshot!(drawn(&said), @r"
    (private)
    **Settings of this server**
    Answers to commands: **public** (default)
    Style: **card** (default)
    Passages per answer: **1** (default)
    Questions without an answer: **not kept** (default)
    Can pin, hide and review: members with *Manage Messages*
    Mentions are answered: **only in channels that are switched on**
    Channel overrides: <#5> off
    1 question pinned, 0 passages hidden (`/curate list`)
    Last change: Mentions are answered: only in channels that are switched on, by <@9>, 3 hours ago
    In this channel I can: view ✓ · send ✓ · embed ✗
    [ Undo the last change ](m1:EDITION:u3)
    ");
}

#[test]
fn settings_are_changed_and_obeyed_at_once() {
    let mut server = server();
    let wishes = Options::from_iter([
        ("reply", OptionValue::Text("private".to_owned())),
        ("style", OptionValue::Text("plain".to_owned())),
        ("excerpts", OptionValue::Number(2)),
    ]);
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Edit(wishes.clone())), @r"
    (private)
    **Saved.**
    Answers to commands: **private**
    Style: **plain**
    Passages per answer: **2**
    [ Undo ](m1:EDITION:u1)
    ");
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Edit(wishes)), @r"
    (private)
    It is already set that way.
    ");
    let answer = server.ask("What did Xi say about democracy?");
    assert_eq!(reply(&answer).audience(), Audience::Private);
    assert_eq!(reply(&answer).cards().count(), 0);
    assert_eq!(reply(&answer).blocks().len(), 2);
    assert_snapshot!(server.order(OWNER, channel(CHANNEL, "off")), @r"
    (private)
    **Saved.** Mentions in <#5>: **off**.
    [ Undo ](m1:EDITION:u2)
    ");
    let mention = || Action::Mention {
        text: VACCINES.to_owned(),
        has_attachments: false,
        before: Vec::new(),
    };
    assert_eq!(server.act(MEMBER, mention()), Response::Nothing);
    server.order(OWNER, channel(CHANNEL, "inherit"));
    assert_ne!(server.act(MEMBER, mention()), Response::Nothing);
}

#[test]
fn a_wrong_value_is_named_and_changes_nothing() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, mentions("@everyone *nowhere*")), @r"
    (private)
    mentions can be everywhere, listed or off, not “\@everyone \*nowhere\*”.
    ");
    let excerpts = |number| {
        ModeratorCommand::Edit(Options::from_iter([("excerpts", OptionValue::Number(number))]))
    };
    assert_snapshot!(server.order(OWNER, excerpts(-1)), @"
    (private)
    An answer shows 1 to 3 passages, not -1.
    ");
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Edit(Options::default())), @r"
    (private)
    Choose at least one setting; `/settings show` lists them.
    ");
    let gone = ModeratorCommand::Channel { channel: None, mentions: "on".to_owned() };
    assert_snapshot!(server.order(OWNER, gone), @r"
    (private)
    That isn’t a channel of this server; nothing has changed.
    ");
    assert_snapshot!(server.order(OWNER, channel(CHANNEL, "'; DROP TABLE")), @r"
    (private)
    mentions can be on, off or inherit, not “'; DROP TABLE”.
    ");
    for typed in hostile() {
        server.order(OWNER, mentions(&typed));
        server.order(OWNER, channel(CHANNEL, &typed));
    }
    assert!(server.records.is_empty());
}

#[test]
fn the_last_change_is_taken_back_and_then_the_one_before() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Undo), @r"
    (private)
    There is nothing to undo.
    ");
    server.order(OWNER, mentions("listed"));
    server.order(OWNER, mentions("off"));
    server.now += 120;
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Undo), @r"
    (private)
    **Undone.** Mentions are answered: **only in channels that are switched on**.
    This undid a change that <@9> made 2 minutes ago.
    ");
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Undo), @r"
    (private)
    **Undone.** Mentions are answered: **in every channel** (default).
    This undid a change that <@9> made 2 minutes ago.
    ");
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Undo), @r"
    (private)
    There is nothing to undo.
    ");
    assert_eq!(server.community, Community::default());
    let shown = server.order(OWNER, ModeratorCommand::Show);
    assert!(shown.contains("a change was undone, by <@9>, just now"), "{shown}");
}

#[test]
fn a_button_takes_back_its_own_change_once() {
    let mut server = server();
    let first = server.act(OWNER, Action::Moderate(mentions("off")));
    let second = server.act(MODERATOR, Action::Moderate(pin(VACCINES, "¶28")));
    assert_snapshot!(drawn(&server.press(OWNER, &first, "Undo")), @r"
    (updates the message)
    (private)
    Someone has changed something since; see `/settings show`.
    ");
    assert!(server.press(MODERATOR, &second, "Undo").to_string().contains("**Undone.**"));
    assert_snapshot!(drawn(&server.press(MODERATOR, &second, "Undo")), @r"
    (updates the message)
    (private)
    This has already been undone.
    ");
    assert!(server.press(OWNER, &first, "Undo").to_string().contains("**Undone.**"));
    assert_eq!(server.community, Community::default());
}

#[test]
fn a_reset_asks_first() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Reset), @r"
    (private)
    Everything is already at its default.
    ");
    server.order(OWNER, mentions("off"));
    server.order(OWNER, channel(CHANNEL, "on"));
    server.order(OWNER, pin(VACCINES, "¶28"));
    let asked = server.act(OWNER, Action::Moderate(ModeratorCommand::Reset));
    assert_snapshot!(drawn(&asked), @"
    (private)
    **Reset all settings?** Pins and hidden passages stay. After that:
    Mentions are answered: **in every channel** (default)
    Mentions in <#5>: **same as the server**
    [ Reset ](danger: m1:EDITION:r3)
    ");
    let done = server.press(OWNER, &asked, "Reset");
    assert_snapshot!(drawn(&done), @r"
    (updates the message)
    (private)
    **Reset.**
    Mentions are answered: **in every channel** (default)
    Mentions in <#5>: **same as the server**
    [ Undo ](m1:EDITION:u4)
    ");
    assert_eq!(server.community.settings, Settings::default());
    assert_eq!((server.community.channels.len(), server.community.pins.len()), (0, 1));
    let again = server.press(OWNER, &asked, "Reset");
    assert!(again.to_string().contains("Someone has changed something since"), "{again}");
    server.press(OWNER, &done, "Undo");
    assert!(!server.community.channels.is_empty());
}
