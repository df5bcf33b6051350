//! Why the bot stops, and why a call failed. Neither can hold a token, an id or a text.

use std::fmt;
use std::time::Duration;

use super::gateway::FinalClose;

/// Why the bot stopped other than on demand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// No token is given.
    #[error(
        "there is no token: put it into the environment as DISCORD_TOKEN, or as token under \
         [discord] in the file named with --config"
    )]
    NoToken,
    /// The token is not one of Discord's.
    #[error(
        "Discord refuses the token: copy it anew from the page Bot of the application, under \
         https://discord.com/developers/applications"
    )]
    WrongToken,
    /// The token is that of another application than the settings name.
    #[error(
        "the token belongs to the application {found}, and discord.application_id names {wanted}: \
         take the token of that application, or mend the setting"
    )]
    OtherApplication {
        /// The token's.
        found: u64,
        /// The setting's.
        wanted: u64,
    },
    /// The gateway closed the connection for good.
    #[error("Discord will not let the bot connect: {0}")]
    Refused(#[from] FinalClose),
    /// The gateway's address leads where the token may not be sent.
    #[error(
        "the server names a gateway that is on another machine although discord.api_url is on \
         this one, or one without encryption: the token is not sent there"
    )]
    ForeignGateway,
    /// The gateway has refused everything for a long time.
    #[error(
        "for half an hour every connection to Discord's gateway has failed: see whether Discord \
         works, at https://discordstatus.com, and whether this machine reaches it; then start the \
         bot again"
    )]
    Hopeless,
    /// The server cannot be reached, or does not answer as it should.
    #[error("Discord cannot be reached: {0}")]
    Unreachable(String),
    /// Ours.
    #[error("the connection cannot be set up: {0}")]
    Internal(&'static str),
}

/// A call that failed, reduced to what may be logged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum CallError {
    /// The server refused it: HTTP status and Discord's code.
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's code, or 0.
        code: i64,
    },
    /// It was too much; what is to be waited.
    RateLimited(Duration),
    /// No answer came in time.
    TimedOut,
    /// No connection, or it broke.
    NoConnection,
    /// An answer that makes no sense.
    Unreadable,
}

/// Discord's codes that the bot meets, and what they mean:
/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>.
pub(super) mod code {
    pub(in crate::discord) const UNKNOWN_CHANNEL: i64 = 10_003;
    pub(in crate::discord) const UNKNOWN_MESSAGE: i64 = 10_008;
    pub(in crate::discord) const UNKNOWN_WEBHOOK: i64 = 10_015;
    pub(in crate::discord) const UNKNOWN_INTERACTION: i64 = 10_062;
    pub(in crate::discord) const ALREADY_ANSWERED: i64 = 40_060;
    pub(in crate::discord) const MISSING_ACCESS: i64 = 50_001;
    pub(in crate::discord) const NO_DIRECT_MESSAGES: i64 = 50_007;
    pub(in crate::discord) const MISSING_PERMISSIONS: i64 = 50_013;
    pub(in crate::discord) const INVALID_TOKEN: i64 = 50_027;
    pub(in crate::discord) const INVALID_BODY: i64 = 50_035;
    pub(in crate::discord) const MAY_NOT_READ_HISTORY: i64 = 160_002;
}

impl CallError {
    /// Returns `true` if the token is not accepted.
    pub(super) fn is_unauthorized(self) -> bool {
        matches!(self, Self::Refused { status: 401, .. })
    }

    /// Trying again later may help.
    pub(super) fn is_transient(self) -> bool {
        match self {
            Self::Refused { status, .. } => status >= 500,
            Self::RateLimited(_) | Self::TimedOut | Self::NoConnection => true,
            Self::Unreadable => false,
        }
    }

    /// Discord's code, where it refused.
    pub(super) fn code(self) -> Option<i64> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }
}

/// Returns what a code means, in words for whoever reads the log.
fn meaning(code: i64) -> Option<&'static str> {
    let meaning = match code {
        code::UNKNOWN_CHANNEL => "the channel is gone",
        code::UNKNOWN_MESSAGE => "the message is gone",
        code::UNKNOWN_INTERACTION => "it came later than Discord waits, which is three seconds",
        code::UNKNOWN_WEBHOOK | code::INVALID_TOKEN => {
            "it came later than Discord waits, which is fifteen minutes"
        }
        code::ALREADY_ANSWERED => "it was answered before",
        code::MISSING_ACCESS => "the bot may not see the channel",
        code::NO_DIRECT_MESSAGES => "the person takes no direct messages from the bot",
        code::MISSING_PERMISSIONS => {
            "the bot lacks a permission in the channel: it needs View Channel, Send Messages (in \
             threads too) and Embed Links"
        }
        code::INVALID_BODY => "the form is not to Discord's liking, a fault of the bot",
        code::MAY_NOT_READ_HISTORY => "the bot may not read the history of the channel",
        _ => return None,
    };
    Some(meaning)
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, code } => {
                write!(f, "HTTP {status}, code {code}")?;
                meaning(*code).map_or(Ok(()), |meaning| write!(f, ": {meaning}"))
            }
            Self::RateLimited(wait) => write!(f, "too many calls for now, wait {wait:?}"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::NoConnection => f.write_str("no connection"),
            Self::Unreadable => f.write_str("an unreadable answer"),
        }
    }
}

impl std::error::Error for CallError {}

impl From<serenity::Error> for CallError {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(error) => Self::from(error),
            _ => Self::Unreadable,
        }
    }
}

impl From<serenity::http::HttpError> for CallError {
    fn from(error: serenity::http::HttpError) -> Self {
        use serenity::http::HttpError;
        match error {
            HttpError::UnsuccessfulRequest(refused) => {
                let code = i64::try_from(refused.error.code).unwrap_or_default();
                Self::Refused { status: refused.status_code.as_u16(), code }
            }
            HttpError::Request(error) => Self::from(error),
            _ => Self::Unreadable,
        }
    }
}

impl From<reqwest::Error> for CallError {
    fn from(error: reqwest::Error) -> Self {
        match error {
            error if error.is_timeout() => Self::TimedOut,
            error if error.is_decode() => Self::Unreadable,
            _ => Self::NoConnection,
        }
    }
}
