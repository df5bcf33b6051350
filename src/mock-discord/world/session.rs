//! Gateway sessions: who may begin or resume one, what it was told, what it missed.

use serde_json::{Value, json};

use super::{Dispatch, Id, Intents, World};

/// Opcodes of Discord's gateway:
/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes>.
pub mod opcode {
    /// An event; sent by the gateway.
    pub const DISPATCH: u64 = 0;
    /// A heartbeat.
    pub const HEARTBEAT: u64 = 1;
    /// A client begins a session.
    pub const IDENTIFY: u64 = 2;
    /// A client tells the bot's presence.
    pub const PRESENCE_UPDATE: u64 = 3;
    /// A client joins or leaves a voice channel.
    pub const VOICE_STATE_UPDATE: u64 = 4;
    /// A client goes on with a session.
    pub const RESUME: u64 = 6;
    /// The gateway asks a client to reconnect and resume.
    pub const RECONNECT: u64 = 7;
    /// A client asks for the members of a server.
    pub const REQUEST_GUILD_MEMBERS: u64 = 8;
    /// The gateway ends a session.
    pub const INVALID_SESSION: u64 = 9;
    /// The gateway's greeting.
    pub const HELLO: u64 = 10;
    /// The gateway acknowledges a heartbeat.
    pub const HEARTBEAT_ACK: u64 = 11;
    /// A client asks for the sounds of a server.
    pub const REQUEST_SOUNDBOARD_SOUNDS: u64 = 31;
}

/// Close codes of Discord's gateway:
/// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>.
pub mod close {
    /// An opcode that does not exist.
    pub const UNKNOWN_OPCODE: u16 = 4001;
    /// A payload that does not parse.
    pub const DECODE_ERROR: u16 = 4002;
    /// A payload before IDENTIFY.
    pub const NOT_AUTHENTICATED: u16 = 4003;
    /// A wrong token.
    pub const AUTHENTICATION_FAILED: u16 = 4004;
    /// IDENTIFY twice.
    pub const ALREADY_AUTHENTICATED: u16 = 4005;
    /// RESUME with a number that was never sent.
    pub const INVALID_SEQ: u16 = 4007;
    /// A shard that does not exist.
    pub const INVALID_SHARD: u16 = 4010;
    /// Bits that are no intents.
    pub const INVALID_INTENTS: u16 = 4013;
    /// Privileged intents that are not granted.
    pub const DISALLOWED_INTENTS: u16 = 4014;
}

/// How the gateway behaves; all but the numbers are faults.
#[derive(Debug, Clone)]
pub struct GatewayRules {
    /// Milliseconds between heartbeats.
    pub heartbeat_ms: u64,
    /// How many shards are recommended.
    pub shards: u64,
    /// Session starts a day.
    pub starts_total: u64,
    /// Session starts that are left.
    pub starts_left: u64,
    /// Milliseconds until all session starts are there again, as it is told.
    pub starts_reset_ms: u64,
    /// `true` if the privileged Message Content intent is granted.
    pub message_content: bool,
    /// Connections are refused.
    pub refuse: bool,
    /// Connections are accepted and nothing is said.
    pub silent: bool,
    /// Milliseconds from a connection until it is greeted.
    pub greeting_ms: u64,
    /// Heartbeats are not acknowledged.
    pub deaf: bool,
    /// Every IDENTIFY is answered by this close code.
    pub close_on_identify: Option<u16>,
    /// Every IDENTIFY is answered by op 9.
    pub invalidate_on_identify: bool,
}

impl Default for GatewayRules {
    fn default() -> Self {
        Self {
            // https://discord.com/developers/docs/topics/gateway#sending-heartbeats
            heartbeat_ms: 41_250,
            shards: 1,
            // https://discord.com/developers/docs/topics/gateway#session-start-limit-object
            starts_total: 1000,
            starts_left: 1000,
            starts_reset_ms: 24 * 60 * 60 * 1000,
            message_content: false,
            refuse: false,
            silent: false,
            greeting_ms: 0,
            deaf: false,
            close_on_identify: None,
            invalidate_on_identify: false,
        }
    }
}

/// A session, connected or waiting to be resumed.
#[derive(Debug, Clone)]
pub struct Session {
    /// The events that it is told.
    pub intents: Intents,
    /// Its shard's number and the number of shards.
    pub shard: (u64, u64),
    /// The events that it was told and may be told again.
    pub told: Vec<Dispatch>,
    /// How many events were told before those, and are forgotten.
    pub forgotten: usize,
    /// The connection it is on; 0 for none.
    pub connection: u64,
}

impl Session {
    /// Returns what was told after this sequence number; nothing where that is forgotten.
    #[must_use]
    pub fn since(&self, seq: usize) -> Option<&[Dispatch]> {
        self.told.get(seq.checked_sub(self.forgotten)?..)
    }

    /// Keeps only the newest events for telling again.
    pub fn forget_all_but(&mut self, kept: usize) {
        let gone = self.told.len().saturating_sub(kept);
        self.told.drain(..gone);
        self.forgotten += gone;
    }
}

/// An IDENTIFY.
#[derive(Debug, Clone, PartialEq)]
pub struct Identify {
    /// The token, with or without `Bot `.
    pub token: String,
    /// Intent bits.
    pub intents: u64,
    /// Shard number and count.
    pub shard: (u64, u64),
}

/// The answer of the gateway to IDENTIFY or RESUME.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handshake {
    /// The session of this name begins or goes on after this sequence number.
    Accepted(String, usize),
    /// Op 9; whether resuming may be tried again.
    Invalid(bool),
    /// The connection is closed with this code.
    Close(u16),
}

impl World {
    /// Tells every session that wants to know.
    pub fn emit(&mut self, dispatch: &Dispatch) {
        let bot = self.bot.id;
        for session in self.sessions.values_mut() {
            let shard = dispatch.guild().map_or(0, |guild| (guild >> 22) % session.shard.1.max(1));
            if shard == session.shard.0 {
                session.told.extend(dispatch.seen_with(session.intents, bot));
            }
        }
    }

    /// Answers IDENTIFY.
    pub fn identify(&mut self, identify: &Identify, connection: u64, url: &str) -> Handshake {
        self.identifies.push(self.now_ms());
        if self.gateway.starts_left == 0 {
            self.violation("IDENTIFY beyond the day's session starts: Discord resets the token");
            return Handshake::Close(close::AUTHENTICATION_FAILED);
        }
        self.gateway.starts_left -= 1;
        if let Some(code) = self.gateway.close_on_identify {
            return Handshake::Close(code);
        }
        if self.gateway.invalidate_on_identify {
            return Handshake::Invalid(false);
        }
        if let Some(code) = self.fault_of(identify) {
            self.violation(format!("IDENTIFY closed with {code}"));
            return Handshake::Close(code);
        }
        let intents = Intents(identify.intents);
        let name = format!("session-{}", self.mint());
        let told = self.first_told(&name, identify, url);
        let told = told.iter().filter_map(|it| it.seen_with(intents, self.bot.id)).collect();
        let session = Session { intents, shard: identify.shard, told, forgotten: 0, connection };
        self.sessions.insert(name.clone(), session);
        Handshake::Accepted(name, 0)
    }

    fn fault_of(&self, identify: &Identify) -> Option<u16> {
        let intents = Intents(identify.intents);
        let (shard, count) = identify.shard;
        let mut denied = Intents::PRIVILEGED;
        if self.gateway.message_content {
            denied &= !Intents::MESSAGE_CONTENT;
        }
        if !self.owns(&identify.token) {
            Some(close::AUTHENTICATION_FAILED)
        } else if count == 0 || shard >= count {
            Some(close::INVALID_SHARD)
        } else if intents.0 & !Intents::KNOWN != 0 {
            Some(close::INVALID_INTENTS)
        } else if intents.0 & denied != 0 {
            Some(close::DISALLOWED_INTENTS)
        } else {
            None
        }
    }

    fn owns(&self, token: &str) -> bool {
        token.strip_prefix("Bot ").unwrap_or(token) == self.token
    }

    /// Returns whether an `Authorization` header carries the bot's token.
    #[must_use]
    pub fn authorizes(&self, header: Option<&str>) -> bool {
        header.and_then(|header| header.strip_prefix("Bot ")) == Some(self.token.as_str())
    }

    fn first_told(&self, name: &str, identify: &Identify, url: &str) -> Vec<Dispatch> {
        let (shard, count) = identify.shard;
        let mine = |id: Id| (id >> 22) % count == shard;
        let guilds = || self.guilds.values().filter(|guild| guild.has_bot && mine(guild.id));
        let available = || guilds().filter(|guild| !guild.is_unavailable);
        let unavailable: Vec<Value> = guilds()
            .map(|guild| json!({"id": guild.id.to_string(), "unavailable": true}))
            .collect();
        let ready = json!({
            "v": 10, "user": self.current_user(), "guilds": unavailable, "session_id": name,
            "resume_gateway_url": url, "shard": [shard, count], "private_channels": [],
            "application": {"id": self.application.to_string(), "flags": 0},
            "user_settings": {}, "relationships": [], "presences": [], "session_type": "normal",
            "geo_ordered_rtc_regions": [], "_trace": [],
        });
        let mut told = vec![Dispatch::Ready(ready)];
        told.extend(available().map(|guild| Dispatch::GuildCreate(self.guild_create_view(guild))));
        told
    }

    /// Answers RESUME: what came after `seq` will be told again, then `RESUMED`.
    pub fn resume(&mut self, token: &str, name: &str, seq: usize, connection: u64) -> Handshake {
        if !self.owns(token) {
            self.violation("RESUME with a wrong token");
            return Handshake::Close(close::AUTHENTICATION_FAILED);
        }
        let Some(session) = self.sessions.get_mut(name) else { return Handshake::Invalid(false) };
        if seq < session.forgotten {
            return Handshake::Invalid(false);
        }
        if seq > session.forgotten + session.told.len() {
            self.sessions.remove(name);
            return Handshake::Close(close::INVALID_SEQ);
        }
        session.connection = connection;
        session.told.push(Dispatch::Resumed);
        self.resumes += 1;
        Handshake::Accepted(name.to_owned(), seq)
    }

    /// Notes that a connection is gone; its session waits to be resumed, unless it was ended.
    pub fn disconnect(&mut self, name: &str, connection: u64, ended: bool) {
        let Some(session) = self.sessions.get_mut(name) else { return };
        if session.connection != connection {
            return;
        }
        session.connection = 0;
        if ended {
            self.sessions.remove(name);
        }
    }

    /// Returns how many sessions are on a connection.
    #[must_use]
    pub fn connected(&self) -> usize {
        self.sessions.values().filter(|session| session.connection != 0).count()
    }
}
