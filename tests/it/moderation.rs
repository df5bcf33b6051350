//! Moderators, voters and privacy by value: each command and press, as those who may and those who
//! may not, on what a small store in memory keeps.

use std::sync::Arc;

use insta::assert_snapshot;
use summit_bot::bot::{
    Action, Audience, Edition, Import, Locale, Order, Outcome, Permits, Powers, Reply, Request,
    Row, Say, Target, Unreadable, Venue, Who, Wishes, policy, respond, wanted,
};
use summit_bot::guild::retention::DAY;
use summit_bot::guild::{
    Change, Community, Flag, Found, Held, Keep, Page, Record, Settings, Statistics, Tally,
    TextQuote, Unanswered, View, Vote, Wanted,
};

use crate::support::article;

const SERVER: u64 = 100;
const CHANNEL: u64 = 5;
const PLACE: Venue = Venue::Server { guild: SERVER, channel: CHANNEL, permits: Permits::ALL };
const MEMBER: u64 = 42;
const MODERATOR: u64 = 7;
const OWNER: u64 = 9;
const ROLE: u64 = 77;
/// 26 November 2026.
const NOW: u64 = 1_795_000_000;

const VACCINES: &str = "What did Ramaphosa say about vaccine imperialism?";
const ICELAND: &str = "What is the population of Iceland?";

/// What the store does, as simply as it can be done.
struct Server {
    community: Community,
    records: Vec<Record>,
    votes: Vec<(TextQuote, u64, Vote)>,
    unanswered: Vec<(String, String, u64)>,
    now: u64,
    fails: bool,
}

fn server() -> Server {
    Server {
        community: Community::default(),
        records: Vec::new(),
        votes: Vec::new(),
        unanswered: Vec::new(),
        now: NOW,
        fails: false,
    }
}

fn person(id: u64) -> Who {
    let powers = Powers {
        may_manage_server: id == OWNER,
        may_manage_messages: id == MODERATOR || id == OWNER,
    };
    Who { id, powers, roles: Vec::new() }
}

impl Server {
    fn view(&self, who: u64, wanted: &Wanted) -> View {
        let undone: Vec<u64> = self.records.iter().filter_map(|record| record.undoes).collect();
        let is_open =
            |record: &&Record| record.undoes.is_none() && !undone.contains(&record.number);
        let share = |record: &Record| Arc::new(record.clone());
        View {
            community: Arc::new(self.community.clone()),
            revision: self.records.len() as u64,
            last: self.records.last().map(share),
            undoable: self.records.iter().rev().find(is_open).map(share),
            has_store: true,
            is_read_only: self.fails,
            found: if self.fails { Found::Nothing } else { self.found(who, wanted) },
            ..View::default()
        }
    }

    fn found(&self, who: u64, wanted: &Wanted) -> Found {
        match wanted {
            Wanted::Nothing => Found::Nothing,
            Wanted::Vote(passage) => {
                let own = self.votes.iter().find(|(known, by, _)| known == passage && *by == who);
                Found::Vote(own.map(|(.., vote)| *vote))
            }
            Wanted::Unanswered { since, skip, take } => {
                let all = self.topics(*since);
                let items = all.iter().skip(*skip as usize).take(*take as usize).cloned();
                Found::Unanswered(Page { items: items.collect(), all: all.len() as u64 })
            }
            Wanted::Topic(topic) => {
                Found::Topic(self.topics(0).into_iter().find(|group| group.topic == *topic))
            }
            Wanted::Flags { skip, take, .. } => {
                let all: Vec<Flag> =
                    self.flags().into_iter().filter(|flag| flag.votes.against() > 0).collect();
                let items = all.iter().skip(*skip as usize).take(*take as usize).cloned();
                Found::Flags(Page { items: items.collect(), all: all.len() as u64 })
            }
            Wanted::Held => {
                let votes = self.votes.iter().filter(|(_, by, _)| *by == who).count() as u64;
                let changes = self.records.iter().filter(|record| record.by == Some(who)).count();
                Found::Held(Held { votes, changes: changes as u64 })
            }
            Wanted::Statistics => Found::Statistics(Statistics {
                unanswered: self.unanswered.len() as u64,
                passages: self.flags(),
            }),
        }
    }

    fn topics(&self, since: u64) -> Vec<Unanswered> {
        let mut groups: Vec<Unanswered> = Vec::new();
        for (question, topic, at) in self.unanswered.iter().filter(|(.., at)| *at >= since) {
            match groups.iter_mut().find(|group| group.topic == *topic) {
                Some(group) => {
                    group.times += 1;
                    (group.question, group.last_at) = (question.clone(), *at);
                }
                None => groups.push(Unanswered {
                    topic: topic.clone(),
                    question: question.clone(),
                    times: 1,
                    last_at: *at,
                }),
            }
        }
        groups.sort_by_key(|group| std::cmp::Reverse((group.times, group.last_at)));
        groups
    }

    fn flags(&self) -> Vec<Flag> {
        let mut flags: Vec<Flag> = Vec::new();
        for (passage, _, vote) in &self.votes {
            if !flags.iter().any(|flag| flag.passage == *passage) {
                flags.push(Flag { passage: passage.clone(), votes: Tally::default() });
            }
            let flag = flags.iter_mut().find(|flag| flag.passage == *passage).unwrap();
            flag.votes.add(*vote, 1);
        }
        flags
    }

    fn keep(&mut self, who: u64, change: Change) {
        let number = self.records.len() as u64 + 1;
        let (by, at) = (Some(who), self.now);
        match change {
            Change::Edit { edits, inverse } => {
                self.community = self.community.edited(&edits);
                self.records.push(Record { number, by, at, edits, inverse, undoes: None });
            }
            Change::Undo { number: undone, edits, inverse } => {
                self.community = self.community.edited(&edits);
                let undoes = Some(undone);
                self.records.push(Record { number, by, at, edits, inverse, undoes });
            }
            Change::Vote { passage, vote } => {
                self.votes.retain(|(known, by, _)| *known != passage || *by != who);
                self.votes.extend(vote.map(|vote| (passage, who, vote)));
            }
            Change::KeepUnanswered { question, topic, days } => {
                assert!(days == 7 || days == 30);
                self.unanswered.push((question, topic, self.now));
            }
            Change::Dismiss { topic } => self.unanswered.retain(|(_, known, _)| *known != topic),
            Change::ForgetPerson => {
                self.votes.retain(|(_, by, _)| *by != who);
                for record in &mut self.records {
                    record.by = record.by.filter(|by| *by != who);
                }
            }
        }
    }

    fn act_as(&mut self, who: Who, place: Venue, action: Action) -> Say {
        let request = Request { who, place, now: self.now, locale: Locale::EnGb, action };
        let view = self.view(request.who.id, &wanted(article(), &request));
        let Outcome { say, changes } = respond(article(), &view, &request);
        super::bot_limits::assert_fits(&say, article().corpus());
        assert!(!self.fails || changes.is_empty(), "{changes:?}");
        for change in changes {
            self.keep(request.who.id, change);
        }
        say
    }

    fn act(&mut self, who: u64, action: Action) -> Say {
        self.act_as(person(who), PLACE, action)
    }

    fn order(&mut self, who: u64, order: Order) -> String {
        let said = self.act(who, Action::Moderate(order));
        assert_eq!(reply(&said).audience(), Audience::Private);
        drawn(&said)
    }

    fn ask(&mut self, question: &str) -> Say {
        self.act(MEMBER, ask(question))
    }

    /// Presses the button of `said` whose label begins so.
    fn press(&mut self, who: u64, said: &Say, label: &str) -> Say {
        let custom_id = button(reply(said), label);
        self.press_id(who, &custom_id, &[])
    }

    fn press_id(&mut self, who: u64, custom_id: &str, values: &[&str]) -> Say {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let custom_id = custom_id.to_owned();
        self.act(who, Action::Press { custom_id, values, is_private: true })
    }

    /// Chooses the entry of the menu of `said` whose placeholder begins so.
    fn choose(&mut self, who: u64, said: &Say, menu: &str, entry: usize) -> Say {
        let menus = reply(said).rows().iter().filter_map(|row| match row {
            Row::Select(select) => Some(select),
            Row::Buttons(_) => None,
        });
        let menu = menus.into_iter().find(|it| it.placeholder.starts_with(menu));
        let menu = menu.unwrap_or_else(|| panic!("no such menu: {said}")).clone();
        self.press_id(who, &menu.custom_id, &[&menu.entries[entry].value])
    }
}

fn ask(question: &str) -> Action {
    Action::Ask { question: question.to_owned(), speaker: None, document: None, private: None }
}

fn reply(said: &Say) -> &Reply {
    match said {
        Say::Message(reply) | Say::Update(reply) => reply,
        other => panic!("no message: {other}"),
    }
}

fn button(reply: &Reply, label: &str) -> String {
    let buttons = reply.rows().iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Select(_) => Vec::new(),
    });
    let found = buttons.into_iter().find(|button| button.label.starts_with(label));
    match found.unwrap_or_else(|| panic!("no button {label}: {reply}")).target {
        Target::Press(id) | Target::Danger(id) | Target::Link(id) => id,
    }
}

fn drawn(said: &Say) -> String {
    said.to_string().replace(&Edition::of(article().corpus()).to_string(), "EDITION")
}

/// The same without what depends on how passages are ranked.
fn without_ranking(said: &Say) -> String {
    let said = drawn(said);
    let lines = said.lines().filter(|line| !line.contains("n1:") && !line.contains(" = ¶"));
    lines.collect::<Vec<_>>().join("\n")
}

fn pin(question: &str, place: &str) -> Order {
    Order::Pin { question: question.to_owned(), place: place.to_owned() }
}

fn hide(place: &str) -> Order {
    Order::Hide { place: place.to_owned(), reason: String::new() }
}

fn remove(entry: &str) -> Order {
    Order::Remove { entry: entry.to_owned() }
}

fn mentions(value: &str) -> Order {
    Order::Edit(Wishes { mentions: Some(value.to_owned()), ..Wishes::default() })
}

fn channel(id: u64, mentions: &str) -> Order {
    Order::Channel { channel: Some(id), mentions: mentions.to_owned() }
}

fn all_orders() -> Vec<Order> {
    vec![
        Order::Show,
        mentions("off"),
        channel(CHANNEL, "off"),
        Order::Undo,
        Order::Reset,
        Order::Export,
        Order::Import(import("")),
        Order::ConfirmImport { custom_id: String::new(), import: import("") },
        pin(VACCINES, "¶28"),
        hide("¶28"),
        remove("¶28"),
        Order::List,
        Order::Unanswered { days: None },
        Order::Flags { days: None },
    ]
}

fn import(text: &str) -> Import {
    Import {
        file: Ok(text.as_bytes().to_vec()),
        channels: Some(vec![CHANNEL, 6]),
        roles: Some(vec![SERVER, ROLE]),
    }
}

// Who may

#[test]
fn what_may_be_done_is_asked_of_whoever_does_it() {
    for order in all_orders() {
        let is_settings = order.is_settings();
        let mut server = server();
        let refused = server.order(MEMBER, order.clone());
        assert!(refused.contains("Only members with"), "{order:?}: {refused}");
        let moderators = server.order(MODERATOR, order.clone());
        assert_eq!(moderators.contains("Only members with"), is_settings, "{order:?}");
        assert!(!server.order(OWNER, order.clone()).contains("Only members"), "{order:?}");
        for place in [Venue::Direct, Venue::Elsewhere] {
            let said = server.act_as(person(OWNER), place, Action::Moderate(order.clone()));
            assert!(said.to_string().contains("only in a server"), "{order:?}");
        }
    }
    let mut server = server();
    assert_snapshot!(server.order(MEMBER, Order::Show), @r"
    (private)
    Only members with *Manage Server* can do that; nothing has changed.
    ");
    assert_snapshot!(server.order(MEMBER, Order::List), @r"
    (private)
    Only members with *Manage Messages*, or with the moderators’ role of this server, can do that; nothing has changed.
    ");
}

#[test]
fn a_press_grants_nothing() {
    let mut server = server();
    let saved = server.act(OWNER, Action::Moderate(mentions("off")));
    let refused = server.press(MEMBER, &saved, "Undo");
    assert!(refused.to_string().contains("Only members"), "{refused}");
    let refused = server.press(MODERATOR, &saved, "Undo");
    assert!(refused.to_string().contains("Only members with *Manage Server*"), "{refused}");
    let asked = server.act(OWNER, Action::Moderate(Order::Reset));
    assert!(server.press(MODERATOR, &asked, "Set back").to_string().contains("Only members"));
    let edition = Edition::of(article().corpus());
    for field in ["l0", "q30.0", "d30.0", "a30.0", "c0123456789abcdef", "v30.0", "h30.0", "u9"] {
        let said = server.press_id(MEMBER, &format!("m1:{edition}:{field}"), &["52"]);
        assert!(said.to_string().contains("Only members"), "{field}: {said}");
    }
    assert_eq!(server.records.len(), 1);
}

#[test]
fn a_role_of_the_server_may_curate_and_not_set() {
    let mut server = server();
    let named = Order::Edit(Wishes { moderators: Some(ROLE), ..Wishes::default() });
    assert_snapshot!(server.order(OWNER, named), @r"
    (private)
    **Saved.** Pinning, hiding and reviewing: <@&77>, and who may manage messages.
    [ Undo ](m1:EDITION:u1)
    ");
    let helper = || Who { roles: vec![1, ROLE], ..person(MEMBER) };
    let said = server.act_as(helper(), PLACE, Action::Moderate(pin(VACCINES, "¶28")));
    assert!(said.to_string().contains("Pinned"), "{said}");
    let said = server.act_as(helper(), PLACE, Action::Moderate(Order::Undo));
    assert!(said.to_string().contains("Manage Server"), "{said}");
    let removal = Action::RemoveAnswer { is_ours: true, asker: Some(1) };
    assert!(matches!(server.act_as(helper(), PLACE, removal), Say::Delete(_)));
    let nobody = Order::Edit(Wishes { moderators: Some(SERVER), ..Wishes::default() });
    server.order(OWNER, nobody);
    assert_eq!(server.community.settings.moderators, None);
    let said = server.act_as(helper(), PLACE, Action::Moderate(Order::List));
    assert!(said.to_string().contains("Only members"), "{said}");
}

// Settings

#[test]
fn settings_are_shown_with_who_changed_what_and_what_the_bot_can_do() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, Order::Show), @r"
    (private)
    **Settings of this server**
    Answers to commands: **public** (the default)
    Style: **card** (the default)
    Excerpts of an answer: **1** (the default)
    Questions without an answer: **not kept** (the default)
    Pinning, hiding and reviewing: who may manage messages
    Mentions are answered: **in every channel** (the default)
    0 questions pinned, 0 passages hidden (`/curate list`)
    Nothing was changed in the last 90 days.
    In this channel I can: view ✓ · send ✓ · embed ✓
    ");
    server.order(OWNER, channel(CHANNEL, "off"));
    server.order(MODERATOR, pin(VACCINES, "¶28"));
    server.order(OWNER, mentions("listed"));
    server.now += 3 * 3_600;
    let deaf = Permits { view: true, send: true, embed: false };
    let place = Venue::Server { guild: SERVER, channel: CHANNEL, permits: deaf };
    let said = server.act_as(person(OWNER), place, Action::Moderate(Order::Show));
    assert_snapshot!(drawn(&said), @r"
    (private)
    **Settings of this server**
    Answers to commands: **public** (the default)
    Style: **card** (the default)
    Excerpts of an answer: **1** (the default)
    Questions without an answer: **not kept** (the default)
    Pinning, hiding and reviewing: who may manage messages
    Mentions are answered: **only in channels that are switched on**
    Channels of their own: <#5> off
    1 question pinned, 0 passages hidden (`/curate list`)
    Last change: Mentions are answered: only in channels that are switched on, by <@9>, 3 hours ago
    In this channel I can: view ✓ · send ✓ · embed ✗
    [ Undo the last change ](m1:EDITION:u3)
    ");
}

#[test]
fn settings_are_changed_and_obeyed_at_once() {
    let mut server = server();
    let wishes = Wishes {
        reply: Some("private".to_owned()),
        style: Some("plain".to_owned()),
        excerpts: Some(2),
        ..Wishes::default()
    };
    assert_snapshot!(server.order(OWNER, Order::Edit(wishes.clone())), @r"
    (private)
    **Saved.**
    Answers to commands: **private**
    Style: **plain**
    Excerpts of an answer: **2**
    [ Undo ](m1:EDITION:u1)
    ");
    assert_snapshot!(server.order(OWNER, Order::Edit(wishes)), @r"
    (private)
    That is so already; nothing has changed.
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
    assert_eq!(server.act(MEMBER, mention()), Say::Nothing);
    server.order(OWNER, channel(CHANNEL, "inherit"));
    assert_ne!(server.act(MEMBER, mention()), Say::Nothing);
}

#[test]
fn a_wrong_value_is_named_and_changes_nothing() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, mentions("@everyone *nowhere*")), @r"
    (private)
    “\@everyone \*nowhere\*” is no value of mentions: choose everywhere, listed, off.
    ");
    let excerpts = |number| Order::Edit(Wishes { excerpts: Some(number), ..Wishes::default() });
    assert_snapshot!(server.order(OWNER, excerpts(-1)), @r"
    (private)
    An answer shows 1 to 3 excerpts; -1 is none of these.
    ");
    assert_snapshot!(server.order(OWNER, Order::Edit(Wishes::default())), @r"
    (private)
    Name at least one setting to change; `/settings show` lists them.
    ");
    let gone = Order::Channel { channel: None, mentions: "on".to_owned() };
    assert_snapshot!(server.order(OWNER, gone), @r"
    (private)
    That is no channel of this server; nothing has changed.
    ");
    assert_snapshot!(server.order(OWNER, channel(CHANNEL, "'; DROP TABLE")), @r"
    (private)
    “'; DROP TABLE” is no value of mentions: choose on, off, inherit.
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
    assert_snapshot!(server.order(OWNER, Order::Undo), @r"
    (private)
    There is nothing to undo.
    ");
    server.order(OWNER, mentions("listed"));
    server.order(OWNER, mentions("off"));
    server.now += 120;
    assert_snapshot!(server.order(OWNER, Order::Undo), @r"
    (private)
    **Undone.** Mentions are answered: **only in channels that are switched on**.
    This takes back a change by <@9>, 2 minutes ago.
    ");
    assert_snapshot!(server.order(OWNER, Order::Undo), @r"
    (private)
    **Undone.** Mentions are answered: **in every channel** (the default).
    This takes back a change by <@9>, 2 minutes ago.
    ");
    assert_snapshot!(server.order(OWNER, Order::Undo), @r"
    (private)
    There is nothing to undo.
    ");
    assert_eq!(server.community, Community::default());
    let shown = server.order(OWNER, Order::Show);
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
    Something else has been changed since; `/settings show` tells what.
    ");
    assert!(server.press(MODERATOR, &second, "Undo").to_string().contains("**Undone.**"));
    assert_snapshot!(drawn(&server.press(MODERATOR, &second, "Undo")), @r"
    (updates the message)
    (private)
    This has been undone already.
    ");
    assert!(server.press(OWNER, &first, "Undo").to_string().contains("**Undone.**"));
    assert_eq!(server.community, Community::default());
}

#[test]
fn a_reset_asks_first() {
    let mut server = server();
    assert_snapshot!(server.order(OWNER, Order::Reset), @r"
    (private)
    Everything is at its default already.
    ");
    server.order(OWNER, mentions("off"));
    server.order(OWNER, channel(CHANNEL, "on"));
    server.order(OWNER, pin(VACCINES, "¶28"));
    let asked = server.act(OWNER, Action::Moderate(Order::Reset));
    assert_snapshot!(drawn(&asked), @r"
    (private)
    **Set everything back to its default?** Pins and hidden passages stay. Then:
    Mentions are answered: **in every channel** (the default)
    Mentions in <#5>: **as everywhere**
    [ Set back ](danger: m1:EDITION:r3)
    ");
    let done = server.press(OWNER, &asked, "Set back");
    assert_snapshot!(drawn(&done), @r"
    (updates the message)
    (private)
    **Set back.**
    Mentions are answered: **in every channel** (the default)
    Mentions in <#5>: **as everywhere**
    [ Undo ](m1:EDITION:u4)
    ");
    assert_eq!(server.community.settings, Settings::default());
    assert_eq!((server.community.channels.len(), server.community.pins.len()), (0, 1));
    let again = server.press(OWNER, &asked, "Set back");
    assert!(again.to_string().contains("Something else has been changed since"), "{again}");
    server.press(OWNER, &done, "Undo");
    assert!(!server.community.channels.is_empty());
}

// Passages

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
    assert_snapshot!(drawn(&server.ask("what is the POPULATION of Iceland")), @r"
    (public)
    Chosen by the moderators of this server.
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ More context ](c1:EDITION:53)
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
    assert!(server.ask(ICELAND).to_string().contains("does not answer"));
}

#[test]
fn a_hidden_passage_is_never_quoted() {
    let mut server = server();
    let before = server.ask(VACCINES);
    assert!(before.to_string().contains("vaccine imperialism"));
    let reason = "not *what* he <@1> said".to_owned();
    let order = Order::Hide { place: "¶28.1".to_owned(), reason };
    assert_snapshot!(server.order(MODERATOR, order), @r"
    (private)
    **Saved.** ¶28.1 · Cyril Ramaphosa is hidden.
    [ Undo ](m1:EDITION:u1)
    ");
    let shows = |said: &Say| {
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
    let verify = Action::Verify { quote, speaker: None };
    assert_snapshot!(drawn(&server.act(MEMBER, verify)), @r"
    (private)
    The moderators of this server have hidden this passage, so I do not show it.
    ");
    let typed = Action::Autocomplete {
        command: "passage".to_owned(),
        option: "place".to_owned(),
        typed: "firm stand".to_owned(),
    };
    let Say::Choices(choices) = server.act(MEMBER, typed) else { panic!("no choices") };
    assert!(choices.is_empty(), "{choices:?}");
    assert_snapshot!(server.order(MODERATOR, Order::List), @r"
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
    assert_snapshot!(server.order(MODERATOR, Order::List), @r"
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
    assert_snapshot!(server.order(MODERATOR, Order::List), @r"
    (private)
    **Pinned and hidden**
    **1** “What is the population of Iceland?” is answered by ¶28.2 · Cyril Ramaphosa
    **2** “Where is it?” is answered by “This \@everyone stood here once, and does not stand here any…” (lost)
    **3** “This \@everyone stood here once, and does not stand here any…” (lost) is hidden: “old”
    (lost): the documents do not have this passage any more; it has no effect.
    ");
    for number in 0..30 {
        server.order(MODERATOR, pin(&format!("Question number {number}"), "¶28.2"));
    }
    let first = server.act(MODERATOR, Action::Moderate(Order::List));
    let second = server.press(MODERATOR, &first, "Later");
    assert!(second.to_string().contains("**11** "), "{second}");
    let typed = |typed: &str| Action::Autocomplete {
        command: "curate".to_owned(),
        option: "entry".to_owned(),
        typed: typed.to_owned(),
    };
    let Say::Choices(choices) = server.act(MODERATOR, typed("number 29")) else { panic!() };
    assert_eq!(choices.len(), 1);
    assert!(server.order(MODERATOR, remove(&choices[0].value)).contains("Saved"));
    assert_eq!(server.act(MEMBER, typed("")), Say::Choices(Vec::new()));
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
    There is no question in that: type one in your own words.
    ");
    assert_snapshot!(server.order(MODERATOR, pin(&"why ".repeat(1_500), "¶28")), @r"
    (private)
    Your question has 6,000 characters; the limit is 300.
    ");
    assert_snapshot!(server.order(MODERATOR, hide("¶8")), @r"
    (private)
    ¶8 is no running text (a heading, a repetition or the site’s own text), so I do not quote it.
    ");
    assert_snapshot!(server.order(MODERATOR, remove("pin-00000000")), @r"
    (private)
    “pin-00000000” is neither pinned nor hidden here; `/curate list` shows what is.
    ");
    let reason = "x".repeat(6_000);
    let order = Order::Hide { place: "¶28".to_owned(), reason };
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

/// What people and attackers type where a place or a name is wanted.
fn hostile() -> Vec<String> {
    [
        "",
        " ",
        "\0\u{1b}[31m\u{202e}",
        "@everyone <@1> <@&2> <#3>",
        "**bold** [x](https://evil.example) ```",
        "'; DROP TABLE pin; --",
        "../../etc/passwd",
        "900719925474099312345",
        "m1:3fa9c1d2:u1",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(["é\u{301}".repeat(3_000)])
    .collect()
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

// Votes

#[test]
fn a_vote_counts_once_changes_and_is_taken_back() {
    let mut server = server();
    let answer = server.ask(VACCINES);
    assert_snapshot!(drawn(&server.press(MEMBER, &answer, "👍")), @r"
    (private)
    👍 counted, without your name. Press it again to take it back.
    ");
    assert_eq!(server.votes.len(), 1);
    let asked = server.press(MEMBER, &answer, "👎");
    assert_snapshot!(drawn(&asked), @r"
    (private)
    What is wrong with this answer?
    [ Choose a reason ▾ ](m1:EDITION:w52)
        wrong-voice = Wrong person or voice | 
        no-answer = Does not answer | 
        too-short = More needed around it | 
        other = Other |
    ");
    assert_snapshot!(drawn(&server.choose(MEMBER, &asked, "Choose a reason", 1)), @r"
    (updates the message)
    (private)
    👎 counted, without your name. Press it again to take it back.
    ");
    assert!(matches!(server.votes[..], [(_, MEMBER, Vote::Down(_))]));
    server.press(OWNER, &answer, "👍");
    let asked = server.press(MODERATOR, &answer, "👎");
    server.choose(MODERATOR, &asked, "Choose a reason", 0);
    assert_snapshot!(server.order(MODERATOR, Order::Flags { days: None }), @r"
    (private)
    **1 passage with 👎 in 30 days**
    **1** ¶28.1 · Cyril Ramaphosa · 👎 2 (wrong person or voice 1 · does not answer 1) · 👍 1
    [ Hide a passage ▾ ](m1:EDITION:h30.0)
        52 = ¶28 · Cyril Ramaphosa | Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is…
    ");
    assert_snapshot!(drawn(&server.press(MEMBER, &answer, "👎")), @r"
    (private)
    Your 👎 is taken back.
    ");
    assert_eq!(server.votes.len(), 2);
    let listed = server.act(MODERATOR, Action::Moderate(Order::Flags { days: Some(7) }));
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
    let edition = Edition::of(article().corpus());
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
    I could not save that; nothing has changed.
    ");
    assert!(server.votes.is_empty());
}

// Questions without an answer

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
    assert_snapshot!(server.order(MODERATOR, Order::Unanswered { days: None }), @r"
    (private)
    Questions without an answer are not kept here; `/settings edit keep-unanswered:` switches it on.
    ");
    let mut server = keeping();
    assert_snapshot!(without_ranking(&server.ask(ICELAND)), @r"
    (private)
    **This document does not answer that.**
    I only quote “CPC and world political parties summit”; I found no passage that answers your question. A name, a country or other words may help.

    Kept for the moderators for 30 days, without your name.
    ");
    let mention =
        Action::Mention { text: ICELAND.to_owned(), has_attachments: false, before: Vec::new() };
    assert_snapshot!(drawn(&server.act(MEMBER, mention)), @r"
    (public)
    **This document does not answer that.** I only quote “CPC and world political parties summit”; I found no passage that answers your question. A name, a country or other words may help. Kept for the moderators for 30 days, without your name.
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
    assert_snapshot!(server.order(MODERATOR, Order::Unanswered { days: None }), @r"
    (private)
    There is no question without an answer in these days.
    ");
    for question in [ICELAND, "Population of Iceland?", "iceland's POPULATION, please"] {
        server.ask(question);
        server.now += 60;
    }
    server.ask("Who won the football cup of <@1> **1998**?");
    let listed = server.act(MODERATOR, Action::Moderate(Order::Unanswered { days: None }));
    assert_snapshot!(drawn(&listed), @r"
    (private)
    **2 questions without an answer in 30 days**
    **1** “iceland's POPULATION, please” · asked 3 times, last 1 minute ago
    **2** “Who won the football cup of \<\@1\> \*\*1998\*\*?” · asked just now
    [ Pin a passage to a question ▾ ](m1:EDITION:a30.0)
        3cd008604174f37d = iceland's POPULATION, please | 
        901c21c4998f93df = Who won the football cup of <@1> **1998**? | 
    [ Dismiss a question ▾ ](m1:EDITION:d30.0)
        3cd008604174f37d = iceland's POPULATION, please | 
        901c21c4998f93df = Who won the football cup of <@1> **1998**? |
    ");
    let asked = server.choose(MODERATOR, &listed, "Pin a passage", 0);
    assert_snapshot!(without_ranking(&asked), @r"
    (updates the message)
    (private)
    Which passage answers “iceland's POPULATION, please”? These are the nearest in wording; for any other there is `/curate pin`.
    [ Choose a passage ▾ ](m1:EDITION:c3cd008604174f37d)
    [ Back to the list ](m1:EDITION:q30.0)
    ");
    let pinned = server.choose(MODERATOR, &asked, "Choose a passage", 0);
    assert!(pinned.to_string().contains("**Pinned.**"), "{pinned}");
    assert_eq!((server.community.pins.len(), server.unanswered.len()), (1, 1));
    let gone = server.choose(MODERATOR, &listed, "Pin a passage", 0);
    assert_snapshot!(drawn(&gone), @r"
    (updates the message)
    (private)
    This question is not kept any more.
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
    let first = server.act(MODERATOR, Action::Moderate(Order::Unanswered { days: Some(90) }));
    let second = server.press(MODERATOR, &first, "Later");
    let third = server.press(MODERATOR, &second, "Later");
    assert!(third.to_string().contains("**11** ") && !third.to_string().contains("Later"));
    assert!(server.press(MODERATOR, &third, "← Earlier").to_string().contains("**6** "));
    for days in [0, -1, 91, i64::MAX] {
        let said = server.order(MODERATOR, Order::Unanswered { days: Some(days) });
        assert!(said.contains("I can look back from 1 to 90 days"), "{said}");
    }
    server.now += 31 * DAY;
    let none = server.order(MODERATOR, Order::Unanswered { days: None });
    assert!(none.contains("There is no question"), "{none}");
}

// Where nothing can be kept

#[test]
fn a_change_that_cannot_be_kept_is_said_to_be_none() {
    let mut server = server();
    server.order(OWNER, mentions("off"));
    server.fails = true;
    for order in [mentions("listed"), channel(CHANNEL, "off"), Order::Undo, pin(VACCINES, "¶28")] {
        let said = server.order(OWNER, order);
        assert_eq!(said, "(private)\nI could not save that; nothing has changed.");
    }
    assert_snapshot!(server.order(OWNER, Order::Unanswered { days: None }), @r"
    (private)
    I cannot look that up at the moment; please try again later.
    ");
    assert!(server.order(OWNER, Order::Show).contains("At the moment nothing can be saved."));
    assert!(server.ask(VACCINES).to_string().contains("vaccine imperialism"));
}

// Privacy

#[test]
fn what_is_held_is_shown_and_deleted() {
    let mut server = server();
    assert_snapshot!(drawn(&server.act(MEMBER, Action::Privacy)), @r"
    (private)
    **What I keep, and for how long**
    I read only what you send me: commands, mentions, direct messages, and a message that you point me at. Where a question points back (“and the others?”), I look once at the answer that you reply to, or at what was asked of me before it in the same thread or direct message.
    Your question is used to search and then forgotten, but for the fourth of these; the button *Ask about this* has its chief words in it, in the message at Discord.
    · **Settings, pins and hidden passages of a server** – until 30 days after the bot is removed from the server
    · **Who changed them, and when** – for 90 days
    · **👍 and 👎, with passage and reason** – tied for 30 days; the counts until 30 days after the bot is removed from the server
    · **Questions without an answer** – for 7 or 30 days, as the server chose; only if it switched this on
    · **The operator’s log** – for 14 days
    Votes are tied to you by a keyed hash, another for each passage, only to count nobody twice. Questions are kept without names. Nothing leaves the machine that I run on but what I say to Discord. I ping nobody, and I never write to you first.
    **Held on you now:** nothing.
    ");
    let answer = server.ask(VACCINES);
    server.press(OWNER, &answer, "👍");
    server.order(OWNER, mentions("off"));
    server.order(OWNER, mentions("listed"));
    let shown = server.act_as(person(OWNER), Venue::Direct, Action::Privacy);
    let last = drawn(&shown);
    assert_snapshot!(last.lines().rev().take(2).collect::<Vec<_>>().join("\n"), @r"
    [ Delete my data ](danger: m1:EDITION:f)
    **Held on you now:** 1 vote on answers, your id beside 2 changes of settings.
    ");
    let asked = server.press(OWNER, &shown, "Delete my data");
    assert_snapshot!(drawn(&asked), @r"
    (updates the message)
    (private)
    This deletes, in every server: 1 vote on answers, your id beside 2 changes of settings. It cannot be undone. What you changed stays, as the work of “a former moderator”.
    [ Delete now ](danger: m1:EDITION:F)
    ");
    assert_snapshot!(drawn(&server.press(OWNER, &asked, "Delete now")), @r"
    (updates the message)
    (private)
    Deleted: nothing is held on you now.
    ");
    assert!(server.votes.is_empty() && server.records.iter().all(|record| record.by.is_none()));
    let shown = server.order(OWNER, Order::Show);
    assert!(shown.contains("by a former moderator"), "{shown}");
    server.fails = true;
    let failing = drawn(&server.act(MEMBER, Action::Privacy));
    assert!(failing.contains("I cannot look up at the moment"), "{failing}");
}

#[test]
fn the_page_on_privacy_says_what_is_so() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("PRIVACY.md");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, policy()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), policy(), "INSTA_UPDATE=always writes it");
}

// Export and import

/// A server with a little of everything.
fn well_set() -> Server {
    let mut server = server();
    server.order(OWNER, mentions("listed"));
    server.order(OWNER, channel(CHANNEL, "on"));
    server.order(OWNER, Order::Edit(Wishes { moderators: Some(ROLE), ..Wishes::default() }));
    server.order(MODERATOR, pin(ICELAND, "¶28.2"));
    server.order(MODERATOR, hide("¶12.1"));
    let answer = server.ask(VACCINES);
    server.press(MEMBER, &answer, "👍");
    server
}

fn exported(server: &mut Server) -> String {
    let said = server.act(OWNER, Action::Moderate(Order::Export));
    reply(&said).attached().unwrap().text.clone()
}

#[test]
fn a_server_is_exported_as_a_readable_file() {
    let mut server = well_set();
    assert_snapshot!(server.order(OWNER, Order::Export), @r#"
    (private)
    All that this server has set, with its numbers. `/settings import` loads it again.
    <summit-bot-settings.toml>
      format = "summit-bot settings"
      version = 1

      [settings]
      mentions = "listed"
      moderators = 77

      [[channel]]
      id = 5
      mentions = true

      [[pin]]
      question = "What is the population of Iceland?"

      [pin.passage]
      document = "cpc-world-political-parties-summit"
      exact = "South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet."
      prefix = "uage, or personal circumstances."
      suffix = "He wholeheartedly endorsed Chair"

      [[hidden]]
      reason = ""

      [hidden.passage]
      document = "cpc-world-political-parties-summit"
      exact = "In another clear reference to the U.S., Xi urged political parties to counter the politicizing of the Covid-19 pandemic, or attaching to it a geographic label."
      prefix = "itical parties across the world."
      suffix = "Only through scientific and poli"

      [statistics]
      unanswered = 0

      [[statistics.passages]]

      [statistics.passages.passage]
      document = "cpc-world-political-parties-summit"
      exact = "Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances."
      prefix = "at exists between rich and poor."
      suffix = "South Africa is inspired by Chin"

      [statistics.passages.votes]
      up = 1
      wrong-voice = 0
      no-answer = 0
      too-short = 0
      other = 0
    "#);
}

#[test]
fn a_file_is_loaded_once_it_was_shown_what_it_changes() {
    let mut server = well_set();
    let file = exported(&mut server);
    let same = server.order(OWNER, Order::Import(import(&file)));
    assert!(same.contains("This file changes nothing."), "{same}");
    let before = server.community.clone();
    server.order(OWNER, Order::Undo);
    server.order(OWNER, mentions("off"));
    server.order(OWNER, channel(6, "off"));
    let shown = server.act(OWNER, Action::Moderate(Order::Import(import(&file))));
    let shown_first = drawn(&shown).lines().take(6).collect::<Vec<_>>().join("\n");
    assert_snapshot!(shown_first, @r"
    (private)
    **Load this file?** It replaces all settings, pins and hidden passages. Then:
    Mentions are answered: **only in channels that are switched on**
    Mentions in <#6>: **as everywhere**
    ¶12.1 · Xi Jinping is hidden
    <summit-bot-import.toml>
    ");
    let custom_id = button(reply(&shown), "Load");
    let sent = reply(&shown).attached().unwrap().text.clone();
    let confirm = |text: &str| {
        let custom_id = custom_id.clone();
        Order::ConfirmImport { custom_id, import: import(text) }
    };
    let other = server.order(OWNER, confirm(&sent.replace("listed", "off")));
    assert!(other.contains("Give me the file once more"), "{other}");
    let done = server.order(OWNER, confirm(&sent));
    assert!(done.contains("**Loaded.**") && done.contains("Undo"), "{done}");
    assert_eq!(server.community, before);
    let again = server.order(OWNER, confirm(&sent));
    assert!(again.contains("Something else has been changed since"), "{again}");
    server.order(OWNER, Order::Undo);
    assert_ne!(server.community, before);
}

#[test]
fn of_a_file_of_elsewhere_what_is_not_here_is_left_out() {
    let mut server = server();
    let file = r#"
        format = "summit-bot settings"
        version = 1
        [settings]
        reply = "private"
        moderators = 12345
        [[channel]]
        id = 999
        mentions = true
        [[pin]]
        question = "Where?"
        [pin.passage]
        document = "elsewhere"
        exact = "It stands elsewhere."
    "#;
    let said = server.act(OWNER, Action::Moderate(Order::Import(import(file))));
    let said = drawn(&said).lines().take(3).collect::<Vec<_>>().join("\n");
    assert_snapshot!(said, @r"
    (private)
    **Load this file?** It replaces all settings, pins and hidden passages. Then: Answers to commands: **private**.
    Left out: 1 channel that this server does not have; a role that this server does not have; 1 passage that my documents do not have.
    ");
    let blind = Import { channels: None, roles: None, ..import(file) };
    assert_snapshot!(server.order(OWNER, Order::Import(blind)), @r"
    (private)
    I cannot see the channels and roles of this server at the moment; please try again. Nothing has changed.
    ");
}

#[test]
fn a_file_that_is_none_of_ours_changes_nothing() {
    let mut server = server();
    let mut said = |file: Result<Vec<u8>, Unreadable>| {
        server.order(OWNER, Order::Import(Import { file, ..import("") }))
    };
    let head = "format = \"summit-bot settings\"\nversion = 1\n";
    assert_snapshot!(said(Ok(b"hello".to_vec())), @r"
    (private)
    I cannot read this file, line 1: key with no value, expected \`=\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(vec![0xff; 64])), @r"
    (private)
    This is no file of `/settings export`; nothing has changed.
    ");
    assert_snapshot!(said(Ok(b"a = 1".to_vec())), @r"
    (private)
    This is no file of `/settings export`; nothing has changed.
    ");
    assert_snapshot!(said(Ok(b"format = \"summit-bot settings\"\nversion = 2".to_vec())), @r"
    (private)
    This is an export of version 2, and I read version 1 only. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}[settings]\nreply = \"<@1> nobody\"").into())), @r"
    (private)
    I cannot read this file, line 4: unknown variant \`\<\@1\> nobody\`, expected \`public\` or \`private\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}[settings]\nexcerpts = 9").into())), @r"
    (private)
    I cannot read this file, line 4: 9 is no number of excerpts\: one to three can be shown. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}surprise = true").into())), @r"
    (private)
    I cannot read this file, line 3: unknown field \`surprise\`, expected one of \`format\`, \`version\`, \`settings\`, \`channel\`, \`pin\`, \`hidden\`, \`statistics\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(vec![b' '; 8 << 20])), @r"
    (private)
    The file has 8,388,608 bytes; an export has at most 1,000,000. Nothing has changed.
    ");
    assert_snapshot!(said(Err(Unreadable::TooLarge { bytes: 8 << 20 })), @r"
    (private)
    The file has 8,388,608 bytes; an export has at most 1,000,000. Nothing has changed.
    ");
    assert_snapshot!(said(Err(Unreadable::NotThere)), @r"
    (private)
    I cannot get this file from Discord; please try again. Nothing has changed.
    ");
    let pin = "[[pin]]\nquestion = \"?\"\n[pin.passage]\ndocument = \"a\"\nexact = \"b\"\n";
    assert_snapshot!(said(Ok(format!("{head}{pin}").into())), @r"
    (private)
    The file pins “?”, which is no question of 1 to 300 characters. Nothing has changed.
    ");
    let many = pin.replace('?', "why").repeat(201);
    assert_snapshot!(said(Ok(format!("{head}{many}").into())), @r"
    (private)
    The file has 201 pinned questions; the most is 200. Nothing has changed.
    ");
    let deep = format!("{head}a = {}", "[".repeat(100_000));
    assert!(said(Ok(deep.into())).contains("Nothing has changed."));
    assert!(server.records.is_empty());
}
