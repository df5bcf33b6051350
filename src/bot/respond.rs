//! One request, one outcome: what is said, and what is to be kept.
//!
//! Nothing here is sent or stored, and the outcome depends on the arguments alone.

use super::autocomplete;
use super::citation;
use super::commands::ask::{self, MAX_QUESTION};
use super::commands::{
    check_quotations, find_in_document, help, passage, privacy, remove_answer, verify,
};
use super::component_id::{
    ComponentAction, ComponentIdError, CorpusVersion, ParsedComponentId, SentenceRange,
};
use super::conversation::{self, Past};
use super::mention;
use super::moderation;
use super::notices;
use super::outcome::{Decision, Outcome};
use super::passages;
use super::reply::{Block, Reply, Response, Source, units};
use super::request::{Action, Request};
use super::request_context::{self, RequestContext};
use super::surroundings;
use super::texts;
use crate::community::{Change, Edit, View};
use engine::answer::{Engine, Question};
use engine::knowledge::SentenceId;

/// Decides what is said to a request.
#[must_use]
pub fn respond(engine: &Engine, view: &View, request: &Request) -> Outcome {
    let hidden = request_context::hidden(engine, view);
    let context = RequestContext::new(engine, view, request, &hidden);
    let outcome = decide(&context, request);
    match fault(&context, &outcome.say) {
        Some(text) => Decision::note(text).message(),
        None if !outcome.changes.is_empty() && view.is_read_only => {
            Decision::note(texts::NOT_SAVED).message()
        }
        None => outcome,
    }
}

/// Returns what is said where the changes of `outcome` were to be kept, and no one knows whether
/// they are.
#[must_use]
pub fn in_doubt(outcome: Outcome) -> Response {
    let told_by = outcome.changes.iter().find_map(|change| match change {
        // Who asked gets the answer; it says that the question is kept, as it may be.
        Change::KeepUnanswered { .. } => None,
        Change::Edit { edits, .. } | Change::Undo { edits, .. } => {
            let is_curation = edits.iter().all(Edit::is_curation);
            Some(if is_curation { "/curate list" } else { "/settings show" })
        }
        Change::Dismiss { .. } | Change::Settle { .. } => Some("/review unanswered"),
        Change::Vote { .. } | Change::ForgetPerson => Some("/privacy"),
    });
    match told_by {
        Some(command) => Response::Message(Reply::note(notices::in_doubt(command))),
        None => outcome.say,
    }
}

/// Returns whether what is before a request matters to what is said to it: nothing of it is to be
/// read for any other.
#[must_use]
pub fn points_back(engine: &Engine, request: &Request) -> bool {
    match &request.action {
        Action::Mention { text, .. } => {
            units(text) <= MAX_QUESTION && engine.points_back(text).unwrap_or_default()
        }
        _ => false,
    }
}

/// Returns whether a request is a press that only shows more of the document to whoever presses.
#[must_use]
pub fn turns_a_page(request: &Request) -> bool {
    match &request.action {
        Action::Press { component: Ok((_, press)), .. } => press.turns_a_page(),
        _ => false,
    }
}

fn decide(context: &RequestContext<'_>, request: &Request) -> Outcome {
    let reply = match &request.action {
        Action::Ask { question, speaker, document, private } => {
            let (speaker, audience) = (speaker.as_deref(), context.audience(*private));
            let asked = Question { text: question, speaker, context: &[] };
            return ask::ask_within(context, &asked, document.as_deref(), audience).message();
        }
        Action::FindInDocument { message } => find_in_document::find(context, message),
        Action::Passage { place } => passage::show(context, place),
        Action::Verify { quote, speaker, private } => {
            let audience = context.audience(*private);
            verify::verify(context, quote, speaker.as_deref(), audience)
        }
        Action::CheckQuotations { message } => check_quotations::check(context, message),
        Action::Moderate(order) => return moderation::order(context, order),
        Action::Help => help::help(context),
        Action::Privacy => privacy::privacy(context),
        Action::RemoveAnswer { is_ours, asker } => {
            return remove_answer::remove(context, *is_ours, *asker).into();
        }
        Action::Mention { text, has_attachments, before } => {
            return mention::mention(context, text, *has_attachments, before);
        }
        Action::Form { component, text, is_private } => {
            return form(context, component, text, *is_private).message();
        }
        Action::Press { component: Err(error), .. } => unusable(*error),
        Action::Press { component: Ok((version, press)), values, is_private } => {
            return pressed(context, (*version, press), values, *is_private);
        }
        Action::Autocomplete { option, typed, .. } => {
            return Response::Choices(autocomplete::choices(context, option, typed)).into();
        }
        Action::Unknown => Reply::note(texts::UNKNOWN_COMMAND),
    };
    Response::Message(reply).into()
}

/// Returns what is said to an id that cannot be used.
fn unusable(error: ComponentIdError) -> Reply {
    Reply::note(match error {
        ComponentIdError::Older => texts::OLDER_BUTTON,
        ComponentIdError::Unknown => texts::INVALID_BUTTON,
    })
}

/// Answers the form that *Ask about this* opened.
fn form(
    context: &RequestContext<'_>,
    component: &ParsedComponentId,
    text: &str,
    is_private: bool,
) -> Decision {
    let topic = match component {
        Ok((version, ComponentAction::Asked(topic))) if *version == context.version => topic,
        Ok((_, ComponentAction::Asked(_))) => return Decision::note(texts::DOCUMENT_CHANGED),
        Ok(_) => return Decision::note(texts::INVALID_BUTTON),
        Err(error) => return unusable(*error).into(),
    };
    let past = Past::of_topic(context.corpus(), topic);
    let exchanges = [past.exchange()];
    let asked = Question { text, context: &exchanges, ..Question::default() };
    let audience = context.audience(is_private.then_some(true));
    ask::ask(context, &asked, audience)
}

fn pressed(
    context: &RequestContext<'_>,
    (version, press): (CorpusVersion, &ComponentAction),
    values: &[String],
    is_private: bool,
) -> Outcome {
    if *press == ComponentAction::Help {
        return Response::Message(help::help(context)).into();
    }
    if let ComponentAction::Keep(stateful_action) = press
        && (version == context.version || !stateful_action.names_sentences())
    {
        return moderation::press(context, stateful_action, values);
    }
    if version != context.version {
        return Decision::note(texts::DOCUMENT_CHANGED).message();
    }
    let turned =
        |reply| if is_private { Response::Update(reply) } else { Response::Message(reply) };
    let said = match press {
        ComponentAction::Context(run) => {
            surroundings::around(context, *run, 0).map(Response::Message)
        }
        ComponentAction::Page(run, shift) => {
            surroundings::around(context, *run, *shift).map(turned)
        }
        ComponentAction::Passages(runs) => {
            passages::menu(context, runs, None).map(Response::Message)
        }
        ComponentAction::Pick(runs) => {
            picked(values).and_then(|run| passages::menu(context, runs, Some(run))).map(turned)
        }
        ComponentAction::Share(run) => passages::shared(context, *run, context.who.id)
            .map(|post| Response::Share { update: Reply::note(texts::SHARED), post }),
        ComponentAction::Cite(run) => citation::cite(context, *run).map(Response::Message),
        ComponentAction::Nearest(runs) => passages::nearest(context, runs).map(Response::Message),
        ComponentAction::Ask(topic) => {
            conversation::form(context, topic.clone()).map(Response::Form)
        }
        // The id of a form is no button's.
        ComponentAction::Asked(_) | ComponentAction::Help | ComponentAction::Keep(_) => None,
    };
    said.unwrap_or_else(|| Response::Message(Reply::note(texts::INVALID_BUTTON))).into()
}

/// Returns the one value chosen in a menu.
fn picked(values: &[String]) -> Option<SentenceRange> {
    let [value] = values else {
        return None;
    };
    SentenceRange::parse(value)
}

/// Compares what leaves with the source once more. Returns what is said instead of it where it may
/// not leave.
fn fault(context: &RequestContext<'_>, say: &Response) -> Option<&'static str> {
    let replies = match say {
        Response::Message(reply) | Response::Update(reply) | Response::Delete(reply) => vec![reply],
        Response::Share { update, post } => vec![update, post],
        Response::Form(_) | Response::Choices(_) | Response::Nothing => Vec::new(),
    };
    if replies.iter().any(|reply| shows_hidden(context, reply)) {
        return Some(texts::PASSAGE_HIDDEN);
    }
    if !replies.iter().all(|reply| reply.is_verbatim(context.corpus())) {
        return Some(texts::NOT_VERBATIM);
    }
    replies.iter().any(|reply| reply.blocks().is_empty()).then_some(texts::FAILED)
}

/// Returns whether a message quotes what is never quoted here.
fn shows_hidden(context: &RequestContext<'_>, reply: &Reply) -> bool {
    let stands_in = |source: &Source, hidden: &(SentenceId, SentenceId)| {
        let (Some(first), Some(last)) =
            (context.corpus().sentence(hidden.0), context.corpus().sentence(hidden.1))
        else {
            return false;
        };
        first.document.slug() == source.slug
            && first.sentence.span.start() < source.end
            && source.start < last.sentence.span.end()
    };
    reply
        .blocks()
        .iter()
        .filter_map(Block::source)
        .any(|source| context.hidden.iter().any(|hidden| stands_in(source, hidden)))
}
