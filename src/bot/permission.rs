//! The permissions that commands and presses need, and those that a member has: Discord offers a
//! command only to whoever has its permission, and the bot asks again when a command or a press
//! comes.

const ADMINISTRATOR: u64 = 1 << 3;
const MANAGE_GUILD: u64 = 1 << 5;
const MANAGE_MESSAGES: u64 = 1 << 13;

/// The permission that a command or a press needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// None: everyone may.
    None,
    /// Choose passages and review: *Manage Messages*, or the role that the server has named.
    Curate,
    /// Change the settings: *Manage Server*.
    ManageServer,
}

impl Permission {
    /// Returns the bits without which Discord does not offer a command; `None` where everyone may.
    #[must_use]
    pub fn bits(self) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Curate => Some(MANAGE_MESSAGES),
            Self::ManageServer => Some(MANAGE_GUILD),
        }
    }
}

/// The permissions of a member, as far as the bot asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MemberPermissions {
    /// Change the settings.
    pub may_manage_server: bool,
    /// Choose passages, review, remove answers.
    pub may_manage_messages: bool,
}

impl MemberPermissions {
    /// Returns the powers in Discord's permission bits, a decimal number. What is no such number
    /// gives none.
    #[must_use]
    pub fn parse(bits: &str) -> Self {
        let is_number = !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
        let bits = bits.parse::<u64>().ok().filter(|_| is_number).unwrap_or_default();
        let has = |bit: u64| bits & (bit | ADMINISTRATOR) != 0;
        Self { may_manage_server: has(MANAGE_GUILD), may_manage_messages: has(MANAGE_MESSAGES) }
    }
}
