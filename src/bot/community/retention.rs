//! The periods of keeping, in one table: shown by `/privacy`, said in `PRIVACY.md`, and carried out
//! by the sweep of the store.

/// Days from the removal of the bot from a server until all that the server set is deleted. An
/// outage is no removal.
pub const AFTER_REMOVAL_DAYS: u32 = 30;
/// Days that it is recorded who changed what.
pub const HISTORY_DAYS: u32 = 90;
/// Days that a vote is tied to a keyed hash of its voter; it then only counts.
pub const VOTER_DAYS: u32 = 30;
/// Days that an operator is asked to keep the log. The bot writes it and does not keep it.
pub const LOG_DAYS: u32 = 14;
/// Seconds of a day.
pub const DAY: u64 = 86_400;

/// Something that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Settings, channel rules, pins and hidden passages.
    Settings,
    /// The history of changes to these.
    History,
    /// Votes on passages.
    Votes,
    /// Questions without an answer.
    Unanswered,
    /// The log of whoever runs the bot.
    Log,
}

/// The tie between a kept thing and a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tie {
    /// Nothing.
    None,
    /// The id of the moderator who made a change.
    ModeratorId,
    /// A keyed hash, different for each passage.
    KeyedHash,
}

/// The end of a period of keeping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Until {
    /// So many days after the bot was removed from the server.
    AfterRemoval {
        /// Days.
        days: u32,
    },
    /// So many days after it was made.
    Days(u32),
    /// What ties it to a person goes so many days after it was made; the rest after the bot was
    /// removed from the server.
    Untied {
        /// Days until it is tied to no one.
        days: u32,
    },
    /// After the days that the server chose.
    AsChosen,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The thing that is kept.
    pub kept: Kept,
    /// Its tie to a person.
    pub tie: Tie,
    /// The end of its period.
    pub until: Until,
}

/// All that is kept.
pub const TABLE: &[Period] = &[
    Period {
        kept: Kept::Settings,
        tie: Tie::None,
        until: Until::AfterRemoval { days: AFTER_REMOVAL_DAYS },
    },
    Period { kept: Kept::History, tie: Tie::ModeratorId, until: Until::Days(HISTORY_DAYS) },
    Period { kept: Kept::Votes, tie: Tie::KeyedHash, until: Until::Untied { days: VOTER_DAYS } },
    Period { kept: Kept::Unanswered, tie: Tie::None, until: Until::AsChosen },
    Period { kept: Kept::Log, tie: Tie::None, until: Until::Days(LOG_DAYS) },
];
