//! The commands of moderators, `/settings`, `/curate` and `/review`, as they were typed. Everything
//! in it is data: names of values are read where they are used.

use super::commands::Options;
use super::permission::Permission;

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModeratorCommand {
    /// `/settings show`.
    Show,
    /// `/settings edit`.
    Edit(Options),
    /// `/settings channel`.
    Channel {
        /// The channel's id; `None` where what was picked is no channel of this server.
        channel: Option<u64>,
        /// `on`, `off` or `inherit`.
        mentions: String,
    },
    /// `/settings undo`.
    Undo,
    /// `/settings reset`.
    Reset,
    /// `/settings export`.
    Export,
    /// `/settings import`: what it would change is shown.
    Import(Import),
    /// The button under that was pressed: it is done.
    ConfirmImport {
        /// The revision on which it was shown what would change.
        revision: u64,
        /// The first four bytes of the SHA-256 of the file of which it was shown.
        digest: u32,
        /// The file, which hangs on the message with the button.
        import: Import,
    },
    /// `/curate pin`.
    Pin {
        /// The question.
        question: String,
        /// The passage that answers it, by its place.
        place: String,
    },
    /// `/curate hide`.
    Hide {
        /// The passage, by its place.
        place: String,
        /// The reason.
        reason: String,
    },
    /// `/curate remove`.
    Remove {
        /// The pin or hidden passage: its key, or words by which it is known.
        entry: String,
    },
    /// `/curate list`.
    List,
    /// `/review unanswered`.
    Unanswered {
        /// Of how many days.
        days: Option<i64>,
    },
    /// `/review flags`.
    Flags {
        /// Of how many days.
        days: Option<i64>,
    },
}

impl ModeratorCommand {
    /// Returns the permission that it needs.
    #[must_use]
    pub fn permission(&self) -> Permission {
        match self {
            Self::Show
            | Self::Edit(_)
            | Self::Channel { .. }
            | Self::Undo
            | Self::Reset
            | Self::Export
            | Self::Import(_)
            | Self::ConfirmImport { .. } => Permission::ManageServer,
            Self::Pin { .. }
            | Self::Hide { .. }
            | Self::Remove { .. }
            | Self::List
            | Self::Unanswered { .. }
            | Self::Flags { .. } => Permission::Curate,
        }
    }
}

/// A file to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its content.
    pub file: Result<Vec<u8>, ImportError>,
    /// Ids of the server's channels, where Discord tells them.
    pub channels: Option<Vec<u64>>,
    /// Ids of the server's roles, where Discord tells them.
    pub roles: Option<Vec<u64>>,
}

impl Import {
    /// Returns what is known of a file that is yet to be fetched.
    #[must_use]
    pub fn not_fetched() -> Self {
        Self { file: Err(ImportError::NotThere), channels: None, roles: None }
    }
}

/// The reason for which a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportError {
    /// It is larger than [`MAX_IMPORT`].
    TooLarge {
        /// Bytes.
        bytes: u64,
    },
    /// Discord does not give it.
    NotThere,
}

/// The most bytes of a file that is loaded.
pub const MAX_IMPORT: u64 = 1_000_000;
