//! `/passage`: a paragraph or a sentence, by its number or by words that are in it.

use super::options::{COMPLETED, Options, PLACE};
use crate::answer_card;
use crate::catalogue::{Command, CommandOption};
use crate::passages;
use crate::reply::Reply;
use crate::request::Action;
use crate::request_context::RequestContext;

pub(super) const NAME: &str = "passage";

pub(super) const COMMAND: Command = Command {
    options: &[CommandOption::required(
        PLACE,
        "The paragraph, such as ¶12, or words that are in it",
        COMPLETED,
    )],
    ..Command::slash(NAME, "Show a paragraph or a sentence, with whose words it is")
};

pub(super) fn action(options: &Options) -> Action {
    Action::Passage { place: options.text(PLACE).unwrap_or_default() }
}

/// Returns the passages there; a note where there are none.
pub(crate) fn show(context: &RequestContext<'_>, typed: &str) -> Reply {
    match passages::runs_at(context, typed) {
        Ok(runs) => answer_card::passages(context, Reply::new(context.audience(None)), &runs, &[]),
        Err(notice) => Reply::note(notice),
    }
}
