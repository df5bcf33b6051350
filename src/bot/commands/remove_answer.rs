//! *Remove answer*: at the wish of who asked for it, or of a moderator.

use crate::catalogue::Command;
use crate::permission::Permission;
use crate::reply::{Reply, Response};
use crate::request::Venue;
use crate::request_context::RequestContext;

pub(super) const NAME: &str = "Remove answer";

const REMOVED: &str = "Removed.";
const MAY_NOT_REMOVE: &str = "Only the person who asked, or a moderator with *Manage Messages*, can remove \
                 this answer.";
const NOT_OUR_MESSAGE: &str = "I can only remove my own answers, and this message isn’t one.";

pub(super) const COMMAND: Command = Command::message(NAME);

/// Decides whether a message is removed; `asker` asked for it.
pub(crate) fn remove(context: &RequestContext<'_>, is_ours: bool, asker: Option<u64>) -> Response {
    let is_asker = asker == Some(context.who.id) || *context.place == Venue::Direct;
    match (is_ours, is_asker || context.may(Permission::Curate)) {
        (false, _) => Response::Message(Reply::note(NOT_OUR_MESSAGE)),
        (true, false) => Response::Message(Reply::note(MAY_NOT_REMOVE)),
        (true, true) => Response::Delete(Reply::note(REMOVED)),
    }
}
