//! *Find in the document*: the message is the question.

use super::ask;
use crate::catalogue::Command;
use crate::reply::{Audience, Reply};
use crate::request_context::RequestContext;
use crate::texts;
use engine::answer::Question;

pub(super) const NAME: &str = "Find in the document";

pub(super) const COMMAND: Command = Command::message(NAME);

/// Returns what is found, for the person alone.
pub(crate) fn find(context: &RequestContext<'_>, message: &str) -> Reply {
    if message.trim().is_empty() {
        return Reply::note(texts::MESSAGE_WITHOUT_TEXT);
    }
    let asked = Question { text: message, ..Question::default() };
    ask::said(context, &asked, ask::engine_answer(context, &asked), Audience::Private)
}
