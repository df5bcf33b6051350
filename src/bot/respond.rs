//! One request, one outcome: what is said, and what is to be kept.
//!
//! Nothing here is sent or stored, and the outcome depends on the arguments alone.

use super::answer_card;
use super::autocomplete;
use super::catalogue::{MAX_QUESTION, MAX_QUOTE};
use super::component_id::{
    ComponentAction, ComponentIdError, CorpusVersion, ParsedComponentId, SentenceRange,
};
use super::conversation::{self, Past};
use super::documents;
use super::escape::escape;
use super::help;
use super::mention;
use super::moderation;
use super::notices;
use super::outcome::{Decision, Outcome};
use super::passages;
use super::permission::Permission;
use super::pins;
use super::privacy;
use super::reply::{Audience, Block, Reply, Response, Row, Source, units};
use super::request::{Action, Request, Venue, Who};
use super::request_context::{self, RequestContext};
use super::surroundings;
use super::texts;
use super::verification;
use super::votes;
use super::wording::{self, Abstention};
use crate::community::{Change, Edit, View};
use engine::answer::{Answer, AskError, Engine, Question as Asked, Reason};
use engine::knowledge::SentenceId;
use engine::quotation::Claim;

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
            let audience = context.audience(*private);
            let speaker = speaker.as_deref();
            let asked = Asked { text: question, speaker, context: &[] };
            let named = document.as_deref().filter(|typed| !typed.trim().is_empty());
            let named = named.map(|typed| documents::called(context.corpus(), typed)).transpose();
            let decision = match named {
                Ok(None) => ask(context, &asked, audience),
                Ok(Some(document)) => ask(&context.within(document), &asked, audience),
                Err(notice) => Decision::note(notice),
            };
            return decision.message();
        }
        Action::FindInDocument { message } => find(context, message),
        Action::Passage { place } => {
            let found = passages::at(context, place, context.audience(None));
            found.unwrap_or_else(Reply::note)
        }
        Action::Verify { quote, speaker } => verify(context, quote, speaker.as_deref()),
        Action::CheckQuotations { message } => match message.trim() {
            "" => Reply::note(texts::MESSAGE_WITHOUT_TEXT),
            message => verification::of_message(context, message),
        },
        Action::Moderate(order) => return moderation::order(context, order),
        Action::Help => help::help(context),
        Action::Privacy => privacy::privacy(context),
        Action::RemoveAnswer { is_ours, asker } => {
            return remove(context, request, *is_ours, *asker).into();
        }
        Action::Mention { text, has_attachments, before } => {
            return mention::mention(context, text, *has_attachments, before);
        }
        Action::Form { component, text, is_private } => {
            return form(context, component, text, *is_private).message();
        }
        Action::Press { component: Err(error), .. } => unusable(*error),
        Action::Press { component: Ok((version, press)), values, is_private } => {
            return pressed(context, &request.who, (*version, press), values, *is_private);
        }
        Action::Autocomplete { option, typed, .. } => {
            return Response::Choices(autocomplete::choices(context, option, typed)).into();
        }
        Action::Unknown => Reply::note(texts::UNKNOWN_COMMAND),
    };
    Response::Message(reply).into()
}

/// `/ask`: abstentions and mistakes are seen by the asker alone.
fn ask(context: &RequestContext<'_>, asked: &Asked<'_>, audience: Audience) -> Decision {
    let may_be_pinned =
        asked.speaker.is_none() && asked.context.is_empty() && context.document.is_none();
    if let Some(reply) = may_be_pinned.then(|| pinned(context, asked.text, audience)).flatten() {
        return reply.into();
    }
    let answer = search(context, asked);
    let kept = answer.as_ref().ok().and_then(|answer| kept(context, asked.text, answer));
    let reply = said(context, asked, answer, audience);
    match kept {
        Some((notice, change)) => Decision::from(reply.text(notice)).keeping(change),
        None => reply.into(),
    }
}

/// Returns what is said to a question that was asked by a command or a form.
fn said(
    context: &RequestContext<'_>,
    asked: &Asked<'_>,
    answer: Result<Answer, String>,
    audience: Audience,
) -> Reply {
    match answer {
        Ok(answer @ Answer::Quoted { .. }) => {
            answer_card::answer(context, &answer, audience, Some(asked.text))
        }
        Ok(answer) => abstention(context, &answer, Audience::Private, Some(asked.text)),
        Err(notice) => Reply::note(notice),
    }
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
    let asked = Asked { text, context: &exchanges, ..Asked::default() };
    let audience = context.audience(is_private.then_some(true));
    ask(context, &asked, audience)
}

/// Returns the passage that moderators chose for this very question.
pub(super) fn pinned(
    context: &RequestContext<'_>,
    question: &str,
    audience: Audience,
) -> Option<Reply> {
    let run = pins::pinned(context, question)?;
    let reply = Reply::new(audience).text(texts::PINNED_BY_MODERATORS);
    let reply = answer_card::passages(context, reply, &[run], &[]);
    Some(votes::with_row(context, reply, Some(run)))
}

/// Returns the change that keeps a question that nothing answers, where that is wanted, with what is
/// said of it. A question in which nothing is asked is none.
pub(super) fn kept(
    context: &RequestContext<'_>,
    question: &str,
    answer: &Answer,
) -> Option<(String, Change)> {
    match answer {
        Answer::Abstained { reason: Reason::NothingAsked, .. } | Answer::Quoted { .. } => None,
        Answer::Abstained { .. } => {
            let (days, change) = pins::keep_unanswered(context, question)?;
            Some((notices::kept_unanswered(days), change))
        }
    }
}

/// *Find in the document*: the message is the question.
fn find(context: &RequestContext<'_>, message: &str) -> Reply {
    if message.trim().is_empty() {
        return Reply::note(texts::MESSAGE_WITHOUT_TEXT);
    }
    let asked = Asked { text: message, ..Asked::default() };
    said(context, &asked, engine_answer(context, &asked), Audience::Private)
}

/// Looks for an answer; `Err` is one sentence on what is wrong with the question.
pub(super) fn search(context: &RequestContext<'_>, asked: &Asked<'_>) -> Result<Answer, String> {
    let length = units(asked.text);
    if asked.text.trim().is_empty() {
        return Err(texts::NOTHING_TYPED.to_owned());
    }
    if length > MAX_QUESTION {
        return Err(notices::question_too_long(length, MAX_QUESTION));
    }
    engine_answer(context, asked)
}

fn engine_answer(context: &RequestContext<'_>, asked: &Asked<'_>) -> Result<Answer, String> {
    let speaker = asked.speaker.filter(|name| !name.trim().is_empty());
    let asked = Asked { speaker, ..*asked };
    let mut left_out = context.hidden.to_vec();
    left_out.extend(
        context.document.into_iter().flat_map(|own| documents::others(context.corpus(), own)),
    );
    context.engine.ask_without(&asked, &left_out).map_err(|error| match error {
        AskError::UnknownSpeaker(unknown) => notices::unknown_speaker(&unknown),
        AskError::Index(_) | AskError::Encoder(_) => texts::FAILED.to_owned(),
    })
}

/// Nothing is quoted. To what is `to_command` no reply can come, so that it has a button for it.
pub(super) fn abstention(
    context: &RequestContext<'_>,
    answer: &Answer,
    audience: Audience,
    to_command: Option<&str>,
) -> Reply {
    let Answer::Abstained { reason, nearest, .. } = answer else {
        return Reply::note(texts::FAILED);
    };
    let said = not_answered(context, reason);
    let about = conversation::about_line(answer).map_or_else(String::new, |line| line + "\n");
    let text = format!("{about}**{}**\n{}", escape(&said.headline), escape(&said.detail));
    let runs: Vec<SentenceRange> = nearest.iter().map(SentenceRange::of).collect();
    let mut buttons = Vec::new();
    if reason.asks_documents() && !runs.is_empty() {
        buttons.push(context.button(texts::SHOW_NEAREST, &ComponentAction::Nearest(runs)));
    }
    let is_about_something = *reason != Reason::NothingAsked;
    if let Some(question) = to_command.filter(|_| context.needs_ask_button() && is_about_something)
    {
        buttons.push(conversation::ask_button(context, question, answer, &[]));
    }
    buttons.push(context.button(texts::HELP_LABEL, &ComponentAction::Help));
    Reply::new(audience).text(text).row(Row::Buttons(buttons))
}

pub(super) fn not_answered(context: &RequestContext<'_>, reason: &Reason) -> Abstention {
    let titles = context.titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    wording::abstention(reason, &titles)
}

fn verify(context: &RequestContext<'_>, quote: &str, speaker: Option<&str>) -> Reply {
    let length = units(quote);
    if length > MAX_QUOTE {
        return Reply::note(notices::quote_too_long(length, MAX_QUOTE));
    }
    let speaker = speaker.filter(|name| !name.trim().is_empty());
    let found = verification::of_claim(context, &Claim { quote, speaker }, context.audience(None));
    found.unwrap_or_else(Reply::note)
}

/// Removes an answer at the wish of who asked for it, or of a moderator.
fn remove(
    context: &RequestContext<'_>,
    request: &Request,
    is_ours: bool,
    asker: Option<u64>,
) -> Response {
    let is_asker = asker == Some(request.who.id) || request.place == Venue::Direct;
    match (is_ours, is_asker || context.may(Permission::Curate)) {
        (false, _) => Response::Message(Reply::note(texts::NOT_OUR_MESSAGE)),
        (true, false) => Response::Message(Reply::note(texts::MAY_NOT_REMOVE)),
        (true, true) => Response::Delete(Reply::note(texts::REMOVED)),
    }
}

fn pressed(
    context: &RequestContext<'_>,
    who: &Who,
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
        ComponentAction::Share(run) => passages::shared(context, *run, who.id)
            .map(|post| Response::Share { update: Reply::note(texts::SHARED), post }),
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
