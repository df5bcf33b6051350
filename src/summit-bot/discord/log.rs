//! The facts of a request that may be in the log: what and where, without what was written, by
//! whom, or in which conversation between two.

use bot::{Action, Request, Venue};

/// Returns what was asked for.
#[allow(clippy::match_wildcard_for_single_variants, reason = "what has no name needs none")]
pub(super) fn what(request: &Request) -> &'static str {
    match request.action {
        Action::Ask { .. } => "/ask",
        Action::Passage { .. } => "/passage",
        Action::Verify { .. } => "/verify",
        Action::Help => "/help",
        Action::Privacy => "/privacy",
        Action::FindInDocument { .. } => "Find in the document",
        Action::CheckQuotations { .. } => "Check quotations",
        Action::RemoveAnswer { .. } => "Remove answer",
        Action::Moderate(_) => "a command of moderators",
        Action::Press { .. } => "a button",
        Action::Autocomplete { .. } => "a suggestion",
        Action::Mention { .. } => "a message",
        _ => "an interaction",
    }
}

/// Returns where.
pub(super) fn place(request: &Request) -> String {
    match request.place {
        Venue::Server { guild, channel, .. } => format!("in channel {channel} of server {guild}"),
        Venue::Direct => "in a direct message".to_owned(),
        Venue::Elsewhere => "where the bot is a person's own".to_owned(),
    }
}
