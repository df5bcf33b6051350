//! Why the bot stops, and why a call failed. Neither can hold a token, an id or a text.

use std::fmt;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallError {
    /// The server refused it: HTTP status and Discord's code.
    Refused {
        /// HTTP status.
        status: u16,
        /// Discord's code, or -1.
        code: isize,
    },
    /// No answer came in time.
    TimedOut,
    /// No connection, or it broke.
    NoConnection,
    /// An answer that makes no sense.
    Unreadable,
}

impl CallError {
    /// The token is not accepted.
    pub(super) fn is_unauthorized(self) -> bool {
        matches!(self, Self::Refused { status: 401, .. })
    }

    /// Trying again later may help.
    pub(super) fn is_passing(self) -> bool {
        match self {
            Self::Refused { status, .. } => status == 429 || status >= 500,
            Self::TimedOut | Self::NoConnection => true,
            Self::Unreadable => false,
        }
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, code } => write!(f, "HTTP {status}, code {code}"),
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
                Self::Refused { status: refused.status_code.as_u16(), code: refused.error.code }
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
