//! The meanings of the codes with which the gateway closes a connection. Pure.
//!
//! The codes are those of
//! <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway>.

/// Why no connection will ever be granted, by close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FinalClose {
    /// 4004.
    #[error("the token is not accepted")]
    Token,
    /// 4010.
    #[error("the bot named a shard that cannot be (close code 4010): report it as a fault")]
    Shard,
    /// 4011.
    #[error(
        "the bot is in more servers than one connection may serve (close code 4011): remove it \
         from some, or run it as several applications"
    )]
    TooManyServers,
    /// 4012.
    #[error(
        "Discord no longer speaks this version of the gateway (close code 4012): install a newer \
         version of summit-bot"
    )]
    Version,
    /// 4013.
    #[error(
        "the bot asked for events that there are not (close code 4013): install a newer version \
         of summit-bot"
    )]
    UnknownIntents,
    /// 4014.
    #[error(
        "the application may not hear what the bot must (close code 4014): look at the intents \
         on its page Bot, under https://discord.com/developers/applications"
    )]
    DeniedIntents,
}

/// The ways to go on when a connection has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The session goes on over another connection.
    Resume,
    /// The session is over; another may begin.
    Identify,
    /// Nothing.
    Never(FinalClose),
}

/// Returns what may follow a close code of the gateway; `None` where it gave none.
pub(super) fn next(code: Option<u16>) -> Next {
    match code {
        // An invalidated session, a sequence number or a session that is not known.
        Some(4003 | 4007 | 4009) => Next::Identify,
        Some(4004) => Next::Never(FinalClose::Token),
        Some(4010) => Next::Never(FinalClose::Shard),
        Some(4011) => Next::Never(FinalClose::TooManyServers),
        Some(4012) => Next::Never(FinalClose::Version),
        Some(4013) => Next::Never(FinalClose::UnknownIntents),
        Some(4014) => Next::Never(FinalClose::DeniedIntents),
        _ => Next::Resume,
    }
}

#[cfg(test)]
mod tests {
    use super::{FinalClose, Next, next};

    #[test]
    fn every_documented_code_is_followed_by_what_is_documented() {
        for code in [None, Some(1000), Some(1001), Some(1006)] {
            assert_eq!(next(code), Next::Resume, "{code:?}");
        }
        for code in [4000, 4001, 4002, 4005, 4008] {
            assert_eq!(next(Some(code)), Next::Resume, "{code}");
        }
        for code in [4003, 4007, 4009] {
            assert_eq!(next(Some(code)), Next::Identify, "{code}");
        }
        let never = [
            (4004, FinalClose::Token),
            (4010, FinalClose::Shard),
            (4011, FinalClose::TooManyServers),
            (4012, FinalClose::Version),
            (4013, FinalClose::UnknownIntents),
            (4014, FinalClose::DeniedIntents),
        ];
        for (code, why) in never {
            assert_eq!(next(Some(code)), Next::Never(why));
        }
    }
}
