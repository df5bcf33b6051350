//! Votes on the passages of an answer: for, or against with a reason.

use super::component_id::{ComponentAction, SentenceRange};
use super::pins;
use super::reply::{Entry, Reply, Response, Row, Select};
use super::request_context::RequestContext;
use super::stateful_action::StatefulAction;
use super::texts::Text;
use crate::community::{Change, Reason, StoreData, TextQuote, Vote};

/// The buttons under an answer that shows this passage first; none where no vote can be kept.
pub(super) fn row(context: &RequestContext<'_>, shown: Option<SentenceRange>) -> Row {
    let buttons = shown.filter(|_| context.may_vote()).map(|run| {
        let button =
            |label, stateful_action| context.button(label, &ComponentAction::Keep(stateful_action));
        vec![
            button(Text::ThumbsUp, StatefulAction::Up(run)),
            button(Text::ThumbsDown, StatefulAction::Down(run)),
        ]
    });
    Row::Buttons(buttons.unwrap_or_default())
}

/// A thumb was pressed. What was pressed already is taken back.
pub(super) fn pressed(context: &RequestContext<'_>, run: SentenceRange, is_up: bool) -> Response {
    let (passage, vote) = match ballot(context, run) {
        Ok(ballot) => ballot,
        Err(text) => return Response::Message(context.note(text)),
    };
    match (vote, is_up) {
        (Some(Vote::Up), true) => taken_back(context, passage, Text::ThumbsUpTakenBack),
        (Some(Vote::Down(_)), false) => taken_back(context, passage, Text::ThumbsDownTakenBack),
        (_, true) => {
            context.keep(Change::Vote { passage, vote: Some(Vote::Up) });
            Response::Message(context.note(Text::ThumbsUpCounted))
        }
        (_, false) => {
            let reply = context.note(Text::WhyThumbsDown).row(Row::Select(Select {
                component_id: ComponentAction::Keep(StatefulAction::Why(run)).id(context.version),
                placeholder: context.text(Text::ChooseAReason).to_owned(),
                entries: Reason::ALL.iter().map(|reason| entry(context, *reason)).collect(),
            }));
            Response::Message(reply)
        }
    }
}

/// A reason was chosen.
pub(super) fn reasoned(
    context: &RequestContext<'_>,
    run: SentenceRange,
    value: Option<&str>,
) -> Response {
    let Some(reason) = value.and_then(Reason::of) else {
        return Response::Message(context.note(Text::InvalidButton));
    };
    match ballot(context, run) {
        Ok((passage, _)) => {
            context.keep(Change::Vote { passage, vote: Some(Vote::Down(reason)) });
            Response::Update(context.note(Text::ThumbsDownCounted))
        }
        Err(text) => Response::Message(context.note(text)),
    }
}

/// The passage, and the person's vote on it so far.
fn ballot(
    context: &RequestContext<'_>,
    run: SentenceRange,
) -> Result<(TextQuote, Option<Vote>), Text> {
    context.server().ok_or(Text::OnlyInServer)?;
    if context.hides_run(run) {
        return Err(Text::PassageHidden);
    }
    let passage = pins::quote(context, run).ok_or(Text::InvalidButton)?;
    match context.view.found {
        StoreData::Vote(vote) => Ok((passage, vote)),
        _ => Err(Text::NotSaved),
    }
}

fn taken_back(context: &RequestContext<'_>, passage: TextQuote, text: Text) -> Response {
    context.keep(Change::Vote { passage, vote: None });
    Response::Message(context.note(text))
}

fn entry(context: &RequestContext<'_>, reason: Reason) -> Entry {
    Entry {
        label: context.text(label(reason)).to_owned(),
        description: String::new(),
        value: reason.name().to_owned(),
    }
}

/// What a reason is called.
pub(super) fn label(reason: Reason) -> Text {
    match reason {
        Reason::WrongVoice => Text::ReasonWrongVoice,
        Reason::NoAnswer => Text::ReasonNoAnswer,
        Reason::TooShort => Text::ReasonTooShort,
        Reason::Other => Text::ReasonOther,
    }
}

/// A message whose buttons vote, where it quotes anything.
pub(super) fn with_row(
    context: &RequestContext<'_>,
    reply: Reply,
    shown: Option<SentenceRange>,
) -> Reply {
    let quotes = reply.blocks().iter().any(super::reply::Block::is_quotation);
    reply.row(row(context, shown.filter(|_| quotes)))
}
