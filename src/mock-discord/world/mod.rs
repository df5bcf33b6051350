//! The state and the rules of the offline Discord, as values.
//!
//! A [`World`] is told what the bot asks and what people do, checks both against Discord's rules,
//! and queues [`Dispatch`]es for the gateway. It knows no socket, no task and no clock: the time
//! is handed in with [`World::set_now`].

#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod attachment;
mod command;
mod component;
mod dispatch;
mod error;
mod guild;
mod history;
mod interaction;
mod invoke;
mod limit;
mod mention;
mod message;
mod message_view;
mod options;
mod payload;
mod people;
mod permission;
mod record;
mod resolved;
mod session;
mod setup;
mod webhook;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

pub use attachment::{Attachment, MAX_UPLOAD, Upload};
pub use command::{Command, Scope};
pub use dispatch::{Dispatch, Intents};
pub use error::{FormErrors, RestError};
pub use guild::{Channel, ChannelKind, Guild, Member, Overwrite, Role, User};
pub use interaction::{
    Context, FIRST_ANSWER_MS, FirstResponse, Interaction, InteractionKind, TOKEN_MS,
};
pub use invoke::{Install, InvocationContext};
pub use limit::{Limits, Quota};
pub use mention::{Ping, Target};
pub use message::Message;
pub use options::option_type;
pub use payload::SUPPRESS_EMBEDS;
pub use people::ClientError;
pub use permission::Permissions;
pub use record::{Call, InjectedError, InjectedErrorKind, Violation};
pub use session::{GatewayRules, Handshake, Identify, Session, close, opcode};
pub use setup::Setup;

/// A snowflake: 42 bits of milliseconds since 2015, then a number that makes it unique.
pub type Id = u64;

/// The answer to a request: a status and, unless it is 204, a body.
pub type Answer = Result<(u16, Option<Value>), RestError>;

/// The first millisecond of Discord's epoch, in Unix time; see
/// <https://discord.com/developers/docs/reference#snowflakes>.
const EPOCH_MS: u64 = 1_420_070_400_000;

/// The time of a new world, if no other is set: 2026-01-01T00:00:00Z.
pub const START_MS: u64 = 1_767_225_600_000;

/// A small Discord: what exists in it, what happened, and which rules were broken.
#[derive(Debug)]
pub struct World {
    /// The bot's token, without `Bot `.
    pub token: String,
    /// The bot's user.
    pub bot: User,
    /// The application's id; Discord gives new applications the id of their bot user.
    pub application: Id,
    /// Servers, by id, those without the bot too.
    pub guilds: BTreeMap<Id, Guild>,
    /// Every channel, direct messages too.
    pub channels: BTreeMap<Id, Channel>,
    /// Every person, and the bot.
    pub users: BTreeMap<Id, User>,
    /// Every message ever sent, deleted ones too.
    pub messages: BTreeMap<Id, Message>,
    /// Every file ever taken.
    pub attachments: BTreeMap<Id, Attachment>,
    /// The address of files: the part before their paths.
    pub cdn: String,
    /// Every interaction ever begun.
    pub interactions: BTreeMap<Id, Interaction>,
    /// Registered commands.
    pub commands: Vec<Command>,
    /// Gateway sessions that may still be resumed, by id.
    pub sessions: BTreeMap<String, Session>,
    /// How the gateway behaves, faults included.
    pub gateway: GatewayRules,
    /// Rate limits and what is used of them.
    pub limits: Limits,
    /// All that the bot asked over REST, in order of arrival.
    pub calls: Vec<Call>,
    /// All rules that the bot broke.
    pub violations: Vec<Violation>,
    /// All notifications that the bot's messages would have caused.
    pub pings: Vec<Ping>,
    /// Errors that wait for a request to hit.
    pub injected_errors: Vec<InjectedError>,
    /// `true` while calls over REST are held back, as if they were still on their way.
    pub holds_calls: bool,
    /// The paths of all calls that were held back.
    pub held_back: Vec<String>,
    /// `true` if people send what Discord's client would hide from them: commands that they lack
    /// the permission for or that are not for the place, presses under messages that they do not
    /// see.
    /// An administrator can show a command to everyone, and changed clients try more.
    pub is_forced: bool,
    /// When sessions were begun, in milliseconds of Unix time.
    pub identifies: Vec<u64>,
    /// How many sessions were resumed.
    pub resumes: usize,
    now_ms: u64,
    minted: u64,
    where_now: String,
}

impl World {
    /// Returns an instant of the world, in milliseconds of Unix time.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// Sets the clock; it never runs backwards.
    pub fn set_now(&mut self, now_ms: u64) {
        self.now_ms = self.now_ms.max(now_ms);
    }

    /// Lets time pass.
    pub fn advance(&mut self, by: Duration) {
        self.now_ms = self.now_ms.saturating_add(u64::try_from(by.as_millis()).unwrap_or(u64::MAX));
    }

    /// Returns a new snowflake: later ones are larger.
    pub fn mint(&mut self) -> Id {
        self.minted += 1;
        (self.now_ms.saturating_sub(EPOCH_MS) << 22) + self.minted
    }

    /// Returns the present instant as Discord prints it.
    #[must_use]
    pub fn timestamp(&self) -> String {
        timestamp(self.now_ms)
    }

    /// Notes that a rule was broken by what is being handled.
    pub fn violation(&mut self, what: impl Into<String>) {
        self.violations.push(Violation {
            at: self.where_now.clone(),
            what: what.into(),
            code: None,
        });
    }

    /// Begins the record of a REST request and names it as the place of coming breaches.
    pub fn begin_call(&mut self, call: Call) {
        self.where_now = format!("{} {}", call.method, call.path);
        self.calls.push(call);
    }

    /// Names the gateway as the place of coming breaches.
    pub fn begin_frame(&mut self, op: &str) {
        self.where_now = format!("gateway {op}");
    }

    /// Ends the record that [`World::begin_call`] began; a refusal is a breach.
    pub fn end_call(&mut self, index: usize, answer: &Answer) {
        let (status, body) = match answer {
            Ok((status, body)) => (*status, body.clone()),
            Err(refusal) => {
                if refusal.status != 429 {
                    let what = refusal.to_string();
                    let code = Some(refusal.code);
                    self.violations.push(Violation { at: self.where_now.clone(), what, code });
                }
                (refusal.status, Some(refusal.body()))
            }
        };
        if let Some(call) = self.calls.get_mut(index) {
            call.status = status;
            call.answer = body;
        }
    }

    /// Returns the injected error that the next request to a route meets, used up by this.
    pub fn struck(&mut self, route: &str) -> Option<InjectedErrorKind> {
        let mut errors = self.injected_errors.iter_mut();
        let error = errors.find(|it| it.times > 0 && (it.route == "*" || it.route == route))?;
        error.times -= 1;
        Some(error.kind.clone())
    }

    /// `GET /guilds/{guild}`.
    ///
    /// # Errors
    ///
    /// A server that the bot is not in.
    pub fn get_guild(&self, guild: Id) -> Answer {
        let known = self.guilds.get(&guild).filter(|guild| guild.has_bot);
        let guild = known.ok_or_else(RestError::unknown_guild)?;
        Ok((200, Some(self.guild_view(guild))))
    }

    /// `GET /guilds/{guild}/channels`: without threads.
    ///
    /// # Errors
    /// A server that the bot is not in.
    pub fn get_guild_channels(&self, guild: Id) -> Answer {
        let known = self.guilds.get(&guild).filter(|guild| guild.has_bot);
        let guild = known.ok_or_else(RestError::unknown_guild)?.id;
        let of_guild =
            |channel: &&Channel| channel.guild == Some(guild) && channel.parent.is_none();
        let views = self.channels.values().filter(of_guild).map(|it| self.channel_view(it));
        Ok((200, Some(Value::Array(views.collect()))))
    }

    /// Names the interaction and the message that the request being handled is about.
    fn note(&mut self, interaction: Option<Id>, message: Option<Id>) {
        if let Some(call) = self.calls.last_mut() {
            call.interaction = interaction.or(call.interaction);
            call.message = message.or(call.message);
        }
    }

    /// Returns how many requests Discord counts towards its ban of an address: 401, 403 and 429.
    #[must_use]
    pub fn invalid_requests(&self) -> usize {
        self.calls.iter().filter(|call| matches!(call.status, 401 | 403 | 429)).count()
    }

    /// Forgets what a long run leaves behind: calls that were read or said nothing, answered
    /// interactions with their messages, and all but the newest hundred events of each session.
    /// Breaches and pings stay.
    pub fn forget(&mut self) {
        self.calls.retain(|call| call.is_response() && !call.read);
        let interactions = &mut self.interactions;
        interactions.retain(|_, interaction| interaction.response.is_none());
        self.messages.retain(|_, message| {
            message.interaction.is_none_or(|id| interactions.contains_key(&id))
        });
        let kept = |file: &Id| self.messages.values().any(|it| it.attachments.contains(file));
        self.attachments.retain(|id, _| kept(id));
        self.sessions.values_mut().for_each(|session| session.forget_all_but(100));
        self.limits.forget(self.now_ms);
    }

    /// `GET /gateway/bot`.
    #[must_use]
    pub fn gateway_bot(&self, url: &str) -> Value {
        let limit = &self.gateway;
        json!({"url": url, "shards": limit.shards, "session_start_limit": {
            "total": limit.starts_total, "remaining": limit.starts_left,
            "reset_after": limit.starts_reset_ms, "max_concurrency": 1,
        }})
    }

    /// `GET /applications/@me` and `GET /oauth2/applications/@me`.
    #[must_use]
    pub fn application_view(&self) -> Value {
        let owner = self.users.values().find(|user| !user.bot).unwrap_or(&self.bot);
        json!({
            "id": self.application.to_string(), "name": self.bot.name, "icon": null,
            "description": "", "type": null, "summary": "", "verify_key": "0".repeat(64),
            "bot": self.bot.view(), "bot_public": true, "bot_require_code_grant": false,
            "owner": owner.view(), "team": null, "flags": 0, "flags_new": "0", "redirect_uris": [],
            "interactions_endpoint_url": null, "role_connections_verification_url": null,
            "approximate_guild_count": self.guilds.values().filter(|guild| guild.has_bot).count(),
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
            "integration_types_config": {"0": {}, "1": {}},
        })
    }

    /// `GET /users/@me`.
    #[must_use]
    pub fn current_user(&self) -> Value {
        let mut view = self.bot.view();
        if let Some(fields) = view.as_object_mut() {
            let own =
                json!({"verified": true, "mfa_enabled": true, "locale": "en-US", "email": null});
            fields.extend(own.as_object().cloned().unwrap_or_default());
        }
        view
    }
}

/// Milliseconds of Unix time as ISO 8601 in UTC, in the form that Discord prints.
#[must_use]
pub fn timestamp(unix_ms: u64) -> String {
    let (days, rest) = (unix_ms / 86_400_000, unix_ms % 86_400_000);
    // Days to a civil date by Howard Hinnant's algorithm, for years after 1970.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
    let (second, milli) = (rest / 1000 % 60, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}000+00:00")
}

/// Returns a length as Discord's clients count it: UTF-16 code units.
#[must_use]
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Returns a snowflake in a JSON body: a string of digits, or a number.
#[must_use]
pub fn id_of(value: &Value) -> Option<Id> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}
