//! Frames of the gateway, read and written. Pure.
//!
//! Of what Discord tells only what the bot uses is read; all else is one number in a sequence. A
//! fault in an event is that event's alone, and none of its text gets into an error.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use serenity::model::application::Interaction;
use serenity::model::channel::Message;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{GuildId, InteractionId};

/// The intents of the bot. None is privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);
/// The name that it gives itself.
const NAME: &str = "summit-bot";

/// A frame that was heard.
#[derive(Debug, Clone)]
pub(super) enum Frame {
    /// Op 0: an event, and its place in the sequence.
    Dispatch(u64, Event),
    /// Op 1: a heartbeat is wanted at once.
    Heartbeat,
    /// Op 7: the session is to go on over another connection.
    Reconnect,
    /// Op 9: the session is not accepted; whether it may be resumed all the same.
    InvalidSession(bool),
    /// Op 10: how often a heartbeat is wanted.
    Hello(Duration),
    /// Op 11: a heartbeat was heard.
    HeartbeatAck,
}

/// The data that a session is resumed with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Session {
    #[serde(rename = "session_id")]
    pub(super) id: String,
    #[serde(rename = "resume_gateway_url")]
    pub(super) url: String,
}

/// An event.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// A session began, in these servers, where it is told.
    Ready(Session, Option<Vec<GuildId>>),
    /// A session went on; what was missed has been told.
    Resumed,
    /// Someone did something that may want an answer.
    Incoming(Incoming),
    /// Anything else.
    Other,
}

/// An event that may want an answer.
#[derive(Debug, Clone)]
pub(in crate::discord) enum Incoming {
    /// Someone wrote.
    Message(Box<Message>),
    /// Someone used a command, pressed a button, or is typing an option.
    Interaction(Box<Interaction>),
    /// An interaction that cannot be read but for what it takes to answer it.
    Strange(InteractionId, String),
    /// The servers that the bot is in have changed, or are told anew.
    Membership(Membership),
}

/// In which servers the bot is.
#[derive(Debug, Clone)]
pub(in crate::discord) enum Membership {
    /// It is in this one.
    Arrived(GuildId),
    /// It was removed from this one. An outage is no removal.
    Removed(GuildId),
    /// It is in these, and in no others.
    Exactly(Vec<GuildId>),
}

/// Why something that was heard could not be read, without what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::discord) enum UnreadError {
    #[error("a frame that is no JSON, or not of the gateway's form")]
    Form,
    #[error("a frame of the unknown kind {0}")]
    Kind(u8),
    #[error("a READY without a session")]
    Ready,
    #[error("a message of an unknown form")]
    Message,
    #[error("an interaction of an unknown form")]
    Interaction,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    op: u8,
    #[serde(default)]
    s: Option<u64>,
    #[serde(default, borrow)]
    t: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    d: Option<&'a RawValue>,
}

/// Reads a frame. Where an event cannot be read, its place in the sequence is told all the same.
pub(super) fn read(text: &str) -> (Option<Frame>, Option<UnreadError>) {
    let Ok(heard) = serde_json::from_str::<Envelope<'_>>(text) else {
        return (None, Some(UnreadError::Form));
    };
    let data = heard.d.map_or("null", RawValue::get);
    match heard.op {
        0 => match (heard.s, event(heard.t.as_deref().unwrap_or_default(), data)) {
            (Some(seq), Ok(event)) => (Some(Frame::Dispatch(seq, event)), None),
            (Some(seq), Err(fault)) => (Some(Frame::Dispatch(seq, Event::Other)), Some(fault)),
            (None, _) => (None, Some(UnreadError::Form)),
        },
        1 => (Some(Frame::Heartbeat), None),
        7 => (Some(Frame::Reconnect), None),
        9 => (Some(Frame::InvalidSession(serde_json::from_str(data).unwrap_or(false))), None),
        10 => match serde_json::from_str::<Hello>(data) {
            Ok(hello) => {
                (Some(Frame::Hello(Duration::from_millis(hello.heartbeat_interval))), None)
            }
            Err(_) => (None, Some(UnreadError::Form)),
        },
        11 => (Some(Frame::HeartbeatAck), None),
        unknown => (None, Some(UnreadError::Kind(unknown))),
    }
}

#[derive(Deserialize)]
struct Hello {
    /// Milliseconds.
    heartbeat_interval: u64,
}

fn event(kind: &str, data: &str) -> Result<Event, UnreadError> {
    match kind {
        "READY" => parse(data).map(Ready::event).ok_or(UnreadError::Ready),
        "RESUMED" => Ok(Event::Resumed),
        // Most of these are the bot's own, and long.
        "MESSAGE_CREATE" if parse::<Written>(data).is_some_and(|it| it.author.bot) => {
            Ok(Event::Other)
        }
        "MESSAGE_CREATE" => {
            parse(data).map(Incoming::Message).map(Event::Incoming).ok_or(UnreadError::Message)
        }
        "INTERACTION_CREATE" => parse(data)
            .map(Incoming::Interaction)
            .or_else(|| parse(data).map(|Strange { id, token }| Incoming::Strange(id, token)))
            .map(Event::Incoming)
            .ok_or(UnreadError::Interaction),
        // Not everything that is told of servers is looked at: only whether the bot is there.
        "GUILD_CREATE" | "GUILD_DELETE" => {
            Ok(parse::<Guild>(data).and_then(|guild| guild.event(kind)).unwrap_or(Event::Other))
        }
        _ => Ok(Event::Other),
    }
}

#[derive(Deserialize)]
struct Ready {
    #[serde(flatten)]
    session: Session,
    guilds: Option<Vec<Guild>>,
}

impl Ready {
    fn event(self) -> Event {
        let ids = |guilds: Vec<Guild>| guilds.iter().map(|guild| guild.id).collect();
        Event::Ready(self.session, self.guilds.map(ids))
    }
}

#[derive(Deserialize)]
struct Guild {
    id: GuildId,
    /// `true` if Discord cannot reach the server; missing, where the bot was removed.
    #[serde(default)]
    unavailable: bool,
}

impl Guild {
    fn event(self, kind: &str) -> Option<Event> {
        let membership = match kind {
            "GUILD_CREATE" => Membership::Arrived(self.id),
            _ if self.unavailable => return None,
            _ => Membership::Removed(self.id),
        };
        Some(Event::Incoming(Incoming::Membership(membership)))
    }
}

/// By whom a message is. What a bot writes is never answered.
#[derive(Deserialize)]
struct Written {
    author: Author,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    bot: bool,
}

#[derive(Deserialize)]
struct Strange {
    id: InteractionId,
    token: String,
}

fn parse<T: DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_str(data).ok()
}

/// Op 1; `seq` is the last number that was heard.
pub(super) fn heartbeat(seq: Option<u64>) -> Value {
    json!({ "op": 1, "d": seq })
}

/// Op 2. A bot in up to 2,500 servers needs one shard.
pub(super) fn identify(token: &str) -> Value {
    let properties = json!({ "os": std::env::consts::OS, "browser": NAME, "device": NAME });
    json!({ "op": 2, "d": {
        "token": token, "intents": INTENTS.bits(), "shard": [0, 1], "properties": properties,
    }})
}

/// Op 6.
pub(super) fn resume(token: &str, session: &Session, seq: u64) -> Value {
    json!({ "op": 6, "d": { "token": token, "session_id": session.id, "seq": seq } })
}

#[cfg(test)]
mod tests {
    use super::{Event, Frame, Incoming, Membership, UnreadError, read};

    #[test]
    fn what_cannot_be_read_is_an_error_without_its_text() {
        let deep = "[".repeat(100_000);
        let unread = [
            ("", UnreadError::Form),
            ("null", UnreadError::Form),
            ("canary", UnreadError::Form),
            ("{\"op\":0,\"t\":\"CANARY\"}", UnreadError::Form),
            ("{\"op\":99}", UnreadError::Kind(99)),
            ("{\"op\":10,\"d\":\"canary\"}", UnreadError::Form),
            (deep.as_str(), UnreadError::Form),
        ];
        for (text, fault) in unread {
            let (frame, told) = read(text);
            assert!(frame.is_none());
            assert_eq!(told, Some(fault));
            assert!(!fault.to_string().contains("canary"));
        }
    }

    #[test]
    fn a_faulty_event_keeps_its_place_in_the_sequence() {
        for (kind, fault) in [
            ("READY", UnreadError::Ready),
            ("MESSAGE_CREATE", UnreadError::Message),
            ("INTERACTION_CREATE", UnreadError::Interaction),
        ] {
            let (frame, told) = read(&format!("{{\"op\":0,\"s\":7,\"t\":\"{kind}\",\"d\":[1]}}"));
            assert!(matches!(frame, Some(Frame::Dispatch(7, Event::Other))), "{frame:?}");
            assert_eq!(told, Some(fault));
        }
    }

    #[test]
    fn an_interaction_of_a_kind_to_come_can_be_answered() {
        let text = "{\"op\":0,\"s\":7,\"t\":\"INTERACTION_CREATE\",\
                    \"d\":{\"id\":\"5\",\"token\":\"t\",\"type\":99}}";
        let (frame, told) = read(text);
        assert!(matches!(
            frame,
            Some(Frame::Dispatch(7, Event::Incoming(Incoming::Strange(id, _)))) if id == 5
        ));
        assert_eq!(told, None);
    }

    #[test]
    fn events_that_the_bot_does_not_use_are_not_looked_at() {
        let (frame, told) = read("{\"op\":0,\"s\":3,\"t\":\"GUILD_CREATE\",\"d\":{\"id\":0}}");
        assert!(matches!(frame, Some(Frame::Dispatch(3, Event::Other))) && told.is_none());
        let by_a_bot = "{\"op\":0,\"s\":4,\"t\":\"MESSAGE_CREATE\",\
                        \"d\":{\"id\":\"5\",\"author\":{\"id\":\"6\",\"bot\":true},\"content\":0}}";
        let (frame, told) = read(by_a_bot);
        assert!(matches!(frame, Some(Frame::Dispatch(4, Event::Other))) && told.is_none());
        let (_, told) = read(&by_a_bot.replace("true", "false"));
        assert_eq!(told, Some(UnreadError::Message));
    }

    #[test]
    fn a_removal_is_told_and_an_outage_is_not() {
        let told = |kind: &str, data: &str| match read(&format!(
            "{{\"op\":0,\"s\":3,\"t\":\"{kind}\",\"d\":{data}}}"
        )) {
            (Some(Frame::Dispatch(3, Event::Incoming(Incoming::Membership(told)))), None) => {
                Some(told)
            }
            (Some(Frame::Dispatch(3, Event::Other)), None) => None,
            other => panic!("{other:?}"),
        };
        let removed = told("GUILD_DELETE", "{\"id\":\"5\"}");
        assert!(matches!(removed, Some(Membership::Removed(id)) if id == 5), "{removed:?}");
        let outage = told("GUILD_DELETE", "{\"id\":\"5\",\"unavailable\":true}");
        assert!(outage.is_none(), "{outage:?}");
        let arrived = told("GUILD_CREATE", "{\"id\":\"5\",\"name\":\"canary\"}");
        assert!(matches!(arrived, Some(Membership::Arrived(id)) if id == 5), "{arrived:?}");
    }
}
