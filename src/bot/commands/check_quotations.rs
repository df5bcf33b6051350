//! *Check quotations*: every quotation of a message.

use crate::catalogue::Command;
use crate::reply::Reply;
use crate::request_context::RequestContext;
use crate::texts;
use crate::verification;

pub(super) const NAME: &str = "Check quotations";

pub(super) const COMMAND: Command = Command::message(NAME);

/// Returns what the check found, for the person alone.
pub(crate) fn check(context: &RequestContext<'_>, message: &str) -> Reply {
    match message.trim() {
        "" => Reply::note(texts::MESSAGE_WITHOUT_TEXT),
        message => verification::of_message(context, message),
    }
}
