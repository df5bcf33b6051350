//! Votes on the passages of an answer: for, or against with a reason.

use super::custom_id::{ComponentAction, SentenceRange};
use super::keeping::StatefulAction;
use super::pins;
use super::reply::{Entry, Reply, Response, Row, Select};
use super::scene::RequestContext;
use super::texts::Text;
use crate::community::{Change, Reason, StoreData, TextQuote, Vote};

/// The buttons under an answer that shows this passage first; none where no vote can be kept.
pub(super) fn row(scene: &RequestContext<'_>, shown: Option<SentenceRange>) -> Row {
    let buttons = shown.filter(|_| scene.may_vote()).map(|run| {
        let button = |label, keeping| scene.button(label, &ComponentAction::Keep(keeping));
        vec![
            button(Text::ThumbsUp, StatefulAction::Up(run)),
            button(Text::ThumbsDown, StatefulAction::Down(run)),
        ]
    });
    Row::Buttons(buttons.unwrap_or_default())
}

/// A thumb was pressed. What was pressed already is taken back.
pub(super) fn pressed(scene: &RequestContext<'_>, run: SentenceRange, is_up: bool) -> Response {
    let (passage, vote) = match ballot(scene, run) {
        Ok(ballot) => ballot,
        Err(text) => return Response::Message(scene.note(text)),
    };
    match (vote, is_up) {
        (Some(Vote::Up), true) => taken_back(scene, passage, Text::ThumbsUpTakenBack),
        (Some(Vote::Down(_)), false) => taken_back(scene, passage, Text::ThumbsDownTakenBack),
        (_, true) => {
            scene.keep(Change::Vote { passage, vote: Some(Vote::Up) });
            Response::Message(scene.note(Text::ThumbsUpCounted))
        }
        (_, false) => {
            let reply = scene.note(Text::WhyThumbsDown).row(Row::Select(Select {
                custom_id: ComponentAction::Keep(StatefulAction::Why(run)).id(scene.edition),
                placeholder: scene.text(Text::ChooseAReason).to_owned(),
                entries: Reason::ALL.iter().map(|reason| entry(scene, *reason)).collect(),
            }));
            Response::Message(reply)
        }
    }
}

/// A reason was chosen.
pub(super) fn reasoned(
    scene: &RequestContext<'_>,
    run: SentenceRange,
    value: Option<&str>,
) -> Response {
    let Some(reason) = value.and_then(Reason::of) else {
        return Response::Message(scene.note(Text::InvalidButton));
    };
    match ballot(scene, run) {
        Ok((passage, _)) => {
            scene.keep(Change::Vote { passage, vote: Some(Vote::Down(reason)) });
            Response::Update(scene.note(Text::ThumbsDownCounted))
        }
        Err(text) => Response::Message(scene.note(text)),
    }
}

/// The passage, and the person's vote on it so far.
fn ballot(
    scene: &RequestContext<'_>,
    run: SentenceRange,
) -> Result<(TextQuote, Option<Vote>), Text> {
    scene.server().ok_or(Text::OnlyInServer)?;
    if scene.hides_run(run) {
        return Err(Text::PassageHidden);
    }
    let passage = pins::quote(scene, run).ok_or(Text::InvalidButton)?;
    match scene.view.found {
        StoreData::Vote(vote) => Ok((passage, vote)),
        _ => Err(Text::NotSaved),
    }
}

fn taken_back(scene: &RequestContext<'_>, passage: TextQuote, text: Text) -> Response {
    scene.keep(Change::Vote { passage, vote: None });
    Response::Message(scene.note(text))
}

fn entry(scene: &RequestContext<'_>, reason: Reason) -> Entry {
    Entry {
        label: scene.text(label(reason)).to_owned(),
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
    scene: &RequestContext<'_>,
    reply: Reply,
    shown: Option<SentenceRange>,
) -> Reply {
    let quotes = reply.blocks().iter().any(super::reply::Block::is_quotation);
    reply.row(row(scene, shown.filter(|_| quotes)))
}
