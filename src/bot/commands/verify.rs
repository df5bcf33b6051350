//! `/verify`: whether a quotation is in the documents.

use super::options::{COMPLETED, Options, PRIVATE, SPEAKER};
use crate::catalogue::{Command, CommandOption, OptionKind};
use crate::notices::grouped;
use crate::reply::{Audience, Reply, units};
use crate::request::Action;
use crate::request_context::RequestContext;
use crate::verification;
use engine::quotation::Claim;

pub(super) const NAME: &str = "verify";
const QUOTE: &str = "quote";

/// The most characters of a quotation.
const MAX_QUOTE: usize = 2_000;

pub(super) const COMMAND: Command = Command {
    options: &[
        CommandOption::required(
            QUOTE,
            "The quotation; … stands for words left out",
            OptionKind::Text { min: 1, max: MAX_QUOTE, is_completed: false },
        ),
        CommandOption::optional(SPEAKER, "Who is said to have said it", COMPLETED),
        CommandOption::optional(PRIVATE, "Only show the result to me", OptionKind::Flag),
    ],
    ..Command::slash(NAME, "Check whether a quotation is in the document")
};

pub(super) fn action(options: &Options) -> Action {
    Action::Verify {
        quote: options.text(QUOTE).unwrap_or_default(),
        speaker: options.text(SPEAKER),
        private: options.flag(PRIVATE),
    }
}

/// Returns what the check found.
pub(crate) fn verify(
    context: &RequestContext<'_>,
    quote: &str,
    speaker: Option<&str>,
    audience: Audience,
) -> Reply {
    let length = units(quote);
    if length > MAX_QUOTE {
        return Reply::note(quote_too_long(length, MAX_QUOTE));
    }
    let speaker = speaker.filter(|name| !name.trim().is_empty());
    let found = verification::of_claim(context, &Claim { quote, speaker }, audience);
    found.unwrap_or_else(Reply::note)
}

/// Says that the quotation is too long.
fn quote_too_long(length: usize, limit: usize) -> String {
    format!(
        "Your quotation has {} characters; the limit is {}. Check it in parts.",
        grouped(length),
        grouped(limit)
    )
}
