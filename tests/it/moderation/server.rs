//! A server whose store is as simple as can be, and what is done in it.

use std::sync::Arc;

use bot::commands::{OptionValue, Options};
use bot::community::{
    Change, Community, Flag, Held, Page, Record, Statistics, StoreData, StoreQuery, Tally,
    TextQuote, Unanswered, View, Vote,
};
use bot::{
    Action, Audience, ChannelPermissions, ComponentAction, CorpusVersion, Import,
    MemberPermissions, ModeratorCommand, Outcome, Reply, Request, Response, Row, Target, Venue,
    Who, in_doubt, respond, store_query,
};

use crate::support::article;

pub(super) const SERVER: u64 = 100;
pub(super) const CHANNEL: u64 = 5;
pub(super) const PLACE: Venue = Venue::Server {
    guild: SERVER,
    channel: CHANNEL,
    parent: None,
    permits: ChannelPermissions::ALL,
};
pub(super) const MEMBER: u64 = 42;
pub(super) const MODERATOR: u64 = 7;
pub(super) const OWNER: u64 = 9;
pub(super) const ROLE: u64 = 77;
/// 26 November 2026.
pub(super) const NOW: u64 = 1_795_000_000;

pub(super) const VACCINES: &str = "What did Ramaphosa say about vaccine imperialism?";
pub(super) const ICELAND: &str = "What is the population of Iceland?";

/// A question without an answer, its topic, and when it was asked.
type Asked = (String, String, u64);

/// What the store does, as simply as it can be done.
pub(super) struct Server {
    pub(super) community: Community,
    pub(super) records: Vec<Record>,
    pub(super) votes: Vec<(TextQuote, u64, Vote)>,
    pub(super) unanswered: Vec<Asked>,
    /// Questions that a record answered, by its number.
    pub(super) settled: Vec<(u64, Vec<Asked>)>,
    pub(super) now: u64,
    pub(super) fails: bool,
}

pub(super) fn server() -> Server {
    Server {
        community: Community::default(),
        records: Vec::new(),
        votes: Vec::new(),
        unanswered: Vec::new(),
        settled: Vec::new(),
        now: NOW,
        fails: false,
    }
}

pub(super) fn person(id: u64) -> Who {
    let powers = MemberPermissions {
        may_manage_server: id == OWNER,
        may_manage_messages: id == MODERATOR || id == OWNER,
    };
    Who { id, powers, roles: Vec::new() }
}

impl Server {
    pub(super) fn view(&self, who: u64, wanted: &StoreQuery) -> View {
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
            found: if self.fails { StoreData::Nothing } else { self.found(who, wanted) },
            ..View::default()
        }
    }

    pub(super) fn found(&self, who: u64, wanted: &StoreQuery) -> StoreData {
        match wanted {
            StoreQuery::Nothing => StoreData::Nothing,
            StoreQuery::Vote(passage) => {
                let own = self.votes.iter().find(|(known, by, _)| known == passage && *by == who);
                StoreData::Vote(own.map(|(.., vote)| *vote))
            }
            StoreQuery::Unanswered { since, skip, take } => {
                let all = self.topics(*since);
                let items = all.iter().skip(*skip as usize).take(*take as usize).cloned();
                StoreData::Unanswered(Page { items: items.collect(), all: all.len() as u64 })
            }
            StoreQuery::Topic(topic) => {
                StoreData::Topic(self.topics(0).into_iter().find(|group| group.topic == *topic))
            }
            StoreQuery::Flags { skip, take, .. } => {
                let all: Vec<Flag> =
                    self.flags().into_iter().filter(|flag| flag.votes.against() > 0).collect();
                let items = all.iter().skip(*skip as usize).take(*take as usize).cloned();
                StoreData::Flags(Page { items: items.collect(), all: all.len() as u64 })
            }
            StoreQuery::Held => {
                let votes = self.votes.iter().filter(|(_, by, _)| *by == who).count() as u64;
                let changes = self.records.iter().filter(|record| record.by == Some(who)).count();
                StoreData::Held(Held { votes, changes: changes as u64 })
            }
            StoreQuery::Statistics => StoreData::Statistics(Statistics {
                unanswered: self.unanswered.len() as u64,
                passages: self.flags(),
            }),
        }
    }

    pub(super) fn topics(&self, since: u64) -> Vec<Unanswered> {
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

    pub(super) fn flags(&self) -> Vec<Flag> {
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

    pub(super) fn keep(&mut self, who: u64, change: Change) {
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
                let of_it = |(record, _): &mut (u64, _)| *record == undone;
                self.unanswered.extend(self.settled.extract_if(.., of_it).flat_map(|it| it.1));
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
            Change::Settle { topic } => {
                let (settled, open) =
                    self.unanswered.drain(..).partition(|(_, known, _)| *known == topic);
                self.unanswered = open;
                self.settled.push((self.records.len() as u64, settled));
            }
            Change::ForgetPerson => {
                self.votes.retain(|(_, by, _)| *by != who);
                for record in &mut self.records {
                    record.by = record.by.filter(|by| *by != who);
                }
            }
        }
    }

    pub(super) fn act_as(&mut self, who: Who, place: Venue, action: Action) -> Response {
        let request = Request { who, place, now: self.now, action };
        let view = self.view(request.who.id, &store_query(article(), &request));
        let Outcome { say, changes } = respond(article(), &view, &request);
        crate::bot_limits::assert_fits(&say, article().corpus());
        assert!(!self.fails || changes.is_empty(), "{changes:?}");
        for change in changes {
            self.keep(request.who.id, change);
        }
        say
    }

    /// What is said where nobody knows whether the changes were kept; they are not.
    pub(super) fn in_doubt(&self, who: u64, action: Action) -> Response {
        let request = Request { who: person(who), place: PLACE, now: self.now, action };
        let view = self.view(who, &store_query(article(), &request));
        let outcome = respond(article(), &view, &request);
        assert!(!outcome.changes.is_empty(), "{request:?}");
        in_doubt(outcome)
    }

    pub(super) fn act(&mut self, who: u64, action: Action) -> Response {
        self.act_as(person(who), PLACE, action)
    }

    pub(super) fn order(&mut self, who: u64, order: ModeratorCommand) -> String {
        let said = self.act(who, Action::Moderate(order));
        assert_eq!(reply(&said).audience(), Audience::Private);
        drawn(&said)
    }

    pub(super) fn ask(&mut self, question: &str) -> Response {
        self.act(MEMBER, ask(question))
    }

    /// Presses the button of `said` whose label begins so.
    pub(super) fn press(&mut self, who: u64, said: &Response, label: &str) -> Response {
        let component_id = button(reply(said), label);
        self.press_id(who, &component_id, &[])
    }

    pub(super) fn press_id(&mut self, who: u64, component_id: &str, values: &[&str]) -> Response {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let component = ComponentAction::parse(component_id);
        self.act(who, Action::Press { component, values, is_private: true })
    }

    /// Chooses the entry of the menu of `said` whose placeholder begins so.
    pub(super) fn choose(
        &mut self,
        who: u64,
        said: &Response,
        menu: &str,
        entry: usize,
    ) -> Response {
        let menus = reply(said).rows().iter().filter_map(|row| match row {
            Row::Select(select) => Some(select),
            Row::Buttons(_) => None,
        });
        let menu = menus.into_iter().find(|it| it.placeholder.starts_with(menu));
        let menu = menu.unwrap_or_else(|| panic!("no such menu: {said}")).clone();
        self.press_id(who, &menu.component_id, &[&menu.entries[entry].value])
    }
}

/// A press of the button of `said` whose label begins so.
pub(super) fn press(said: &Response, label: &str) -> Action {
    let component = ComponentAction::parse(&button(reply(said), label));
    Action::Press { component, values: Vec::new(), is_private: true }
}

pub(super) fn ask(question: &str) -> Action {
    Action::Ask { question: question.to_owned(), speaker: None, document: None, private: None }
}

pub(super) fn reply(said: &Response) -> &Reply {
    match said {
        Response::Message(reply) | Response::Update(reply) => reply,
        other => panic!("no message: {other}"),
    }
}

pub(super) fn button(reply: &Reply, label: &str) -> String {
    let buttons = reply.rows().iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Select(_) => Vec::new(),
    });
    let found = buttons.into_iter().find(|button| button.label.starts_with(label));
    match found.unwrap_or_else(|| panic!("no button {label}: {reply}")).target {
        Target::Press(id) | Target::Danger(id) | Target::Link(id) => id,
    }
}

pub(super) fn drawn(said: &Response) -> String {
    said.to_string().replace(&CorpusVersion::of(article().corpus()).to_string(), "EDITION")
}

/// The same without what depends on how passages are ranked.
pub(super) fn without_ranking(said: &Response) -> String {
    let said = drawn(said);
    let lines = said.lines().filter(|line| !line.contains("n1:") && !line.contains(" = ¶"));
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn pin(question: &str, place: &str) -> ModeratorCommand {
    ModeratorCommand::Pin { question: question.to_owned(), place: place.to_owned() }
}

pub(super) fn hide(place: &str) -> ModeratorCommand {
    ModeratorCommand::Hide { place: place.to_owned(), reason: String::new() }
}

pub(super) fn remove(entry: &str) -> ModeratorCommand {
    ModeratorCommand::Remove { entry: entry.to_owned() }
}

pub(super) fn mentions(value: &str) -> ModeratorCommand {
    ModeratorCommand::Edit(Options::from_iter([("mentions", OptionValue::Text(value.to_owned()))]))
}

pub(super) fn channel(id: u64, mentions: &str) -> ModeratorCommand {
    ModeratorCommand::Channel { channel: Some(id), mentions: mentions.to_owned() }
}

pub(super) fn all_orders() -> Vec<ModeratorCommand> {
    vec![
        ModeratorCommand::Show,
        mentions("off"),
        channel(CHANNEL, "off"),
        ModeratorCommand::Undo,
        ModeratorCommand::Reset,
        ModeratorCommand::Export,
        ModeratorCommand::Import(import("")),
        ModeratorCommand::ConfirmImport { revision: 0, digest: 0, import: import("") },
        pin(VACCINES, "¶28"),
        hide("¶28"),
        remove("¶28"),
        ModeratorCommand::List,
        ModeratorCommand::Unanswered { days: None },
        ModeratorCommand::Flags { days: None },
    ]
}

pub(super) fn import(text: &str) -> Import {
    Import {
        file: Ok(text.as_bytes().to_vec()),
        channels: Some(vec![CHANNEL, 6]),
        roles: Some(vec![SERVER, ROLE]),
    }
}

/// What people and attackers type where a place or a name is wanted.
pub(super) fn hostile() -> Vec<String> {
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
