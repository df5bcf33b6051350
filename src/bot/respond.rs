//! One request, one outcome: what is said, and what is to be kept.
//!
//! Nothing here is sent or stored, and the outcome depends on the arguments alone.

use super::answer_card;
use super::autocomplete;
use super::catalogue::{MAX_QUESTION, MAX_QUOTE};
use super::context;
use super::conversation::{self, Past};
use super::custom_id::{ComponentAction, ComponentIdError, SentenceRange};
use super::documents;
use super::escape::escape;
use super::help;
use super::mention;
use super::moderation;
use super::notices;
use super::passages;
use super::pins;
use super::privacy;
use super::reply::{Audience, Block, Outcome, Reply, Response, Row, Source, units};
use super::request::{Action, Request, Venue, Who};
use super::scene::{Props, RequestContext};
use super::texts::Text;
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
    let props = Props::new(engine, view);
    let scene = RequestContext::new(engine, view, request, &props);
    let decided = decide(&scene, request);
    let say = checked(&scene, decided.clone());
    let is_sound = say == decided;
    let changes = props.into_changes();
    if changes.is_empty() || !is_sound {
        return Outcome { say, changes: Vec::new() };
    }
    if view.is_read_only {
        let say = Response::Message(Reply::note(Text::NotSaved.to(request.locale)));
        return Outcome { say, changes: Vec::new() };
    }
    Outcome { say, changes }
}

/// What is said where the changes of `outcome` were to be kept, and nobody knows whether they are.
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

/// Whether what stands before a request matters to what is said to it: nothing of it is to be
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

/// Whether a request is a press that only shows more of the document to whoever presses.
#[must_use]
pub fn turns_a_page(request: &Request) -> bool {
    match &request.action {
        Action::Press { custom_id, .. } => {
            ComponentAction::parse(custom_id).is_ok_and(|(_, press)| press.turns_a_page())
        }
        _ => false,
    }
}

fn decide(scene: &RequestContext<'_>, request: &Request) -> Response {
    match &request.action {
        Action::Ask { question, speaker, document, private } => {
            let audience = scene.audience(*private);
            let speaker = speaker.as_deref();
            let asked = Asked { text: question, speaker, context: &[] };
            let named = document.as_deref().filter(|typed| !typed.trim().is_empty());
            let named = named.map(|typed| documents::called(scene.corpus(), typed)).transpose();
            Response::Message(match named {
                Ok(None) => ask(scene, &asked, audience),
                Ok(Some(document)) => ask(&scene.within(document), &asked, audience),
                Err(notice) => Reply::note(notice),
            })
        }
        Action::FindInDocument { message } => Response::Message(find(scene, message)),
        Action::Passage { place } => {
            let found = passages::at(scene, place, scene.audience(None));
            Response::Message(found.unwrap_or_else(Reply::note))
        }
        Action::Verify { quote, speaker } => {
            Response::Message(verify(scene, quote, speaker.as_deref()))
        }
        Action::CheckQuotations { message } => Response::Message(match message.trim() {
            "" => scene.note(Text::MessageWithoutText),
            message => verification::of_message(scene, message),
        }),
        Action::Moderate(order) => moderation::order(scene, order),
        Action::Help => Response::Message(help::help(scene)),
        Action::Privacy => Response::Message(privacy::privacy(scene)),
        Action::RemoveAnswer { is_ours, asker } => remove(scene, request, *is_ours, *asker),
        Action::Mention { text, has_attachments, before } => {
            mention::mention(scene, text, *has_attachments, before)
        }
        Action::Form { custom_id, text, is_private } => {
            Response::Message(form(scene, custom_id, text, *is_private))
        }
        Action::Press { custom_id, values, is_private } => {
            press(scene, &request.who, custom_id, values, *is_private)
        }
        Action::Autocomplete { option, typed, .. } => {
            Response::Choices(autocomplete::choices(scene, option, typed))
        }
        Action::Unknown => Response::Message(scene.note(Text::UnknownCommand)),
    }
}

/// `/ask`: abstentions and mistakes are seen by the asker alone.
fn ask(scene: &RequestContext<'_>, asked: &Asked<'_>, audience: Audience) -> Reply {
    let may_be_pinned =
        asked.speaker.is_none() && asked.context.is_empty() && scene.document.is_none();
    if let Some(reply) = may_be_pinned.then(|| pinned(scene, asked.text, audience)).flatten() {
        return reply;
    }
    let answer = search(scene, asked);
    let kept = answer.as_ref().ok().and_then(|answer| kept(scene, asked.text, answer));
    kept.into_iter().fold(said(scene, asked, answer, audience), Reply::text)
}

/// What is said to a question that was asked by a command or a form.
fn said(
    scene: &RequestContext<'_>,
    asked: &Asked<'_>,
    answer: Result<Answer, String>,
    audience: Audience,
) -> Reply {
    match answer {
        Ok(answer @ Answer::Quoted { .. }) => {
            answer_card::answer(scene, &answer, audience, Some(asked.text))
        }
        Ok(answer) => abstention(scene, &answer, Audience::Private, Some(asked.text)),
        Err(notice) => Reply::note(notice),
    }
}

/// A form that *Ask about this* opened was sent.
fn form(scene: &RequestContext<'_>, custom_id: &str, text: &str, is_private: bool) -> Reply {
    let topic = match ComponentAction::parse(custom_id) {
        Ok((edition, ComponentAction::Asked(topic))) if edition == scene.edition => topic,
        Ok((_, ComponentAction::Asked(_))) => return scene.note(Text::DocumentChanged),
        Err(ComponentIdError::Older) => return scene.note(Text::OlderButton),
        Ok(_) | Err(ComponentIdError::Unknown) => return scene.note(Text::InvalidButton),
    };
    let past = Past::of_topic(scene.corpus(), &topic);
    let context = [past.exchange()];
    let asked = Asked { text, context: &context, ..Asked::default() };
    let audience = scene.audience(is_private.then_some(true));
    ask(scene, &asked, audience)
}

/// The passage that moderators chose for this very question.
pub(super) fn pinned(
    scene: &RequestContext<'_>,
    question: &str,
    audience: Audience,
) -> Option<Reply> {
    let run = pins::pinned(scene, question)?;
    let reply = Reply::new(audience).text(scene.text(Text::PinnedByModerators));
    let reply = answer_card::passages(scene, reply, &[run], &[]);
    Some(votes::with_row(scene, reply, Some(run)))
}

/// Keeps a question that nothing answers, where that is wanted; what is said of it. A question in
/// which nothing is asked is none.
pub(super) fn kept(scene: &RequestContext<'_>, question: &str, answer: &Answer) -> Option<String> {
    match answer {
        Answer::Abstained { reason: Reason::NothingAsked, .. } | Answer::Quoted { .. } => None,
        Answer::Abstained { .. } => {
            pins::keep_unanswered(scene, question).map(notices::kept_unanswered)
        }
    }
}

/// *Find in the document*: the message is the question.
fn find(scene: &RequestContext<'_>, message: &str) -> Reply {
    if message.trim().is_empty() {
        return scene.note(Text::MessageWithoutText);
    }
    let asked = Asked { text: message, ..Asked::default() };
    said(scene, &asked, engine_answer(scene, &asked), Audience::Private)
}

/// Looks for an answer; `Err` is one sentence on what is wrong with the question.
pub(super) fn search(scene: &RequestContext<'_>, asked: &Asked<'_>) -> Result<Answer, String> {
    let length = units(asked.text);
    if asked.text.trim().is_empty() {
        return Err(scene.text(Text::NothingTyped).to_owned());
    }
    if length > MAX_QUESTION {
        return Err(notices::question_too_long(length, MAX_QUESTION));
    }
    engine_answer(scene, asked)
}

fn engine_answer(scene: &RequestContext<'_>, asked: &Asked<'_>) -> Result<Answer, String> {
    let speaker = asked.speaker.filter(|name| !name.trim().is_empty());
    let asked = Asked { speaker, ..*asked };
    let mut left_out = scene.hidden.to_vec();
    left_out
        .extend(scene.document.into_iter().flat_map(|own| documents::others(scene.corpus(), own)));
    scene.engine.ask_without(&asked, &left_out).map_err(|error| match error {
        AskError::UnknownSpeaker(unknown) => notices::unknown_speaker(&unknown),
        AskError::Index(_) | AskError::Encoder(_) => scene.text(Text::Failed).to_owned(),
    })
}

/// Nothing is quoted. To what is `to_command` no reply can come, so that it has a button for it.
pub(super) fn abstention(
    scene: &RequestContext<'_>,
    answer: &Answer,
    audience: Audience,
    to_command: Option<&str>,
) -> Reply {
    let Answer::Abstained { reason, nearest, .. } = answer else {
        return scene.note(Text::Failed);
    };
    let said = not_answered(scene, reason);
    let about = conversation::about_line(answer).map_or_else(String::new, |line| line + "\n");
    let text = format!("{about}**{}**\n{}", escape(&said.headline), escape(&said.detail));
    let runs: Vec<SentenceRange> = nearest.iter().map(SentenceRange::of).collect();
    let mut buttons = Vec::new();
    if reason.asks_documents() && !runs.is_empty() {
        buttons.push(scene.button(Text::ShowNearest, &ComponentAction::Nearest(runs)));
    }
    let is_about_something = *reason != Reason::NothingAsked;
    if let Some(question) = to_command.filter(|_| scene.needs_ask_button() && is_about_something) {
        buttons.push(conversation::ask_button(scene, question, answer, &[]));
    }
    buttons.push(scene.button(Text::HelpLabel, &ComponentAction::Help));
    Reply::new(audience).text(text).row(Row::Buttons(buttons))
}

pub(super) fn not_answered(scene: &RequestContext<'_>, reason: &Reason) -> Abstention {
    let titles = scene.titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    wording::abstention(reason, &titles)
}

fn verify(scene: &RequestContext<'_>, quote: &str, speaker: Option<&str>) -> Reply {
    let length = units(quote);
    if length > MAX_QUOTE {
        return Reply::note(notices::quote_too_long(length, MAX_QUOTE));
    }
    let speaker = speaker.filter(|name| !name.trim().is_empty());
    let found = verification::of_claim(scene, &Claim { quote, speaker }, scene.audience(None));
    found.unwrap_or_else(Reply::note)
}

/// An answer goes at the wish of who asked for it, or of a moderator.
fn remove(
    scene: &RequestContext<'_>,
    request: &Request,
    is_ours: bool,
    asker: Option<u64>,
) -> Response {
    let is_asker = asker == Some(request.who.id) || request.place == Venue::Direct;
    match (is_ours, is_asker || scene.may_curate()) {
        (false, _) => Response::Message(scene.note(Text::NotOurMessage)),
        (true, false) => Response::Message(scene.note(Text::MayNotRemove)),
        (true, true) => Response::Delete(scene.note(Text::Removed)),
    }
}

fn press(
    scene: &RequestContext<'_>,
    who: &Who,
    custom_id: &str,
    values: &[String],
    is_private: bool,
) -> Response {
    let (edition, press) = match ComponentAction::parse(custom_id) {
        Ok(parsed) => parsed,
        Err(ComponentIdError::Older) => return Response::Message(scene.note(Text::OlderButton)),
        Err(ComponentIdError::Unknown) => {
            return Response::Message(scene.note(Text::InvalidButton));
        }
    };
    if press == ComponentAction::Help {
        return Response::Message(help::help(scene));
    }
    if let ComponentAction::Keep(keeping) = &press
        && (edition == scene.edition || !keeping.names_sentences())
    {
        return moderation::press(scene, keeping, values);
    }
    if edition != scene.edition {
        return Response::Message(scene.note(Text::DocumentChanged));
    }
    let turned =
        |reply| if is_private { Response::Update(reply) } else { Response::Message(reply) };
    let said = match press {
        ComponentAction::Context(run) => context::around(scene, run, 0).map(Response::Message),
        ComponentAction::Page(run, shift) => context::around(scene, run, shift).map(turned),
        ComponentAction::Passages(runs) => {
            passages::menu(scene, &runs, None).map(Response::Message)
        }
        ComponentAction::Pick(runs) => {
            picked(values).and_then(|run| passages::menu(scene, &runs, Some(run))).map(turned)
        }
        ComponentAction::Share(run) => passages::shared(scene, run, who.id)
            .map(|post| Response::Share { update: scene.note(Text::Shared), post }),
        ComponentAction::Nearest(runs) => passages::nearest(scene, &runs).map(Response::Message),
        ComponentAction::Ask(topic) => conversation::form(scene, topic).map(Response::Form),
        // The id of a form is no button's.
        ComponentAction::Asked(_) | ComponentAction::Help | ComponentAction::Keep(_) => None,
    };
    said.unwrap_or_else(|| Response::Message(scene.note(Text::InvalidButton)))
}

/// The one value chosen in a menu.
fn picked(values: &[String]) -> Option<SentenceRange> {
    let [value] = values else {
        return None;
    };
    SentenceRange::parse(value)
}

/// What leaves is compared with the source once more, and says something.
fn checked(scene: &RequestContext<'_>, say: Response) -> Response {
    let replies = match &say {
        Response::Message(reply) | Response::Update(reply) | Response::Delete(reply) => vec![reply],
        Response::Share { update, post } => vec![update, post],
        Response::Form(_) | Response::Choices(_) | Response::Nothing => Vec::new(),
    };
    if replies.iter().any(|reply| shows_hidden(scene, reply)) {
        return Response::Message(scene.note(Text::PassageHidden));
    }
    if !replies.iter().all(|reply| reply.is_verbatim(scene.corpus())) {
        return Response::Message(scene.note(Text::NotVerbatim));
    }
    if replies.iter().any(|reply| reply.blocks().is_empty()) {
        return Response::Message(scene.note(Text::Failed));
    }
    say
}

/// Whether a message quotes what is never quoted here.
fn shows_hidden(scene: &RequestContext<'_>, reply: &Reply) -> bool {
    let stands_in = |source: &Source, hidden: &(SentenceId, SentenceId)| {
        let (Some(first), Some(last)) =
            (scene.corpus().sentence(hidden.0), scene.corpus().sentence(hidden.1))
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
        .any(|source| scene.hidden.iter().any(|hidden| stands_in(source, hidden)))
}
