//! Votes on the passages of an answer: for, or against with a reason.

use super::custom_id::{Press, Run};
use super::keeping::Keeping;
use super::pins;
use super::reply::{Entry, Reply, Row, Say, Select};
use super::scene::Scene;
use super::texts::Text;
use crate::community::{Change, Found, Reason, TextQuote, Vote};

/// The buttons under an answer that shows this passage first; none where no vote can be kept.
pub(super) fn row(scene: &Scene<'_>, shown: Option<Run>) -> Row {
    let buttons = shown.filter(|_| scene.may_vote()).map(|run| {
        let button = |label, keeping| scene.button(label, &Press::Keep(keeping));
        vec![button(Text::ThumbsUp, Keeping::Up(run)), button(Text::ThumbsDown, Keeping::Down(run))]
    });
    Row::Buttons(buttons.unwrap_or_default())
}

/// A thumb was pressed. What was pressed already is taken back.
pub(super) fn pressed(scene: &Scene<'_>, run: Run, is_up: bool) -> Say {
    let (passage, vote) = match ballot(scene, run) {
        Ok(ballot) => ballot,
        Err(text) => return Say::Message(scene.note(text)),
    };
    match (vote, is_up) {
        (Some(Vote::Up), true) => taken_back(scene, passage, Text::ThumbsUpTakenBack),
        (Some(Vote::Down(_)), false) => taken_back(scene, passage, Text::ThumbsDownTakenBack),
        (_, true) => {
            scene.keep(Change::Vote { passage, vote: Some(Vote::Up) });
            Say::Message(scene.note(Text::ThumbsUpCounted))
        }
        (_, false) => {
            let reply = scene.note(Text::WhyThumbsDown).row(Row::Select(Select {
                custom_id: Press::Keep(Keeping::Why(run)).id(scene.edition),
                placeholder: scene.text(Text::ChooseAReason).to_owned(),
                entries: Reason::ALL.iter().map(|reason| entry(scene, *reason)).collect(),
            }));
            Say::Message(reply)
        }
    }
}

/// A reason was chosen.
pub(super) fn reasoned(scene: &Scene<'_>, run: Run, value: Option<&str>) -> Say {
    let Some(reason) = value.and_then(Reason::of) else {
        return Say::Message(scene.note(Text::InvalidButton));
    };
    match ballot(scene, run) {
        Ok((passage, _)) => {
            scene.keep(Change::Vote { passage, vote: Some(Vote::Down(reason)) });
            Say::Update(scene.note(Text::ThumbsDownCounted))
        }
        Err(text) => Say::Message(scene.note(text)),
    }
}

/// The passage, and the person's vote on it so far.
fn ballot(scene: &Scene<'_>, run: Run) -> Result<(TextQuote, Option<Vote>), Text> {
    scene.server().ok_or(Text::OnlyInServer)?;
    if scene.hides_run(run) {
        return Err(Text::PassageHidden);
    }
    let passage = pins::quote(scene, run).ok_or(Text::InvalidButton)?;
    match scene.view.found {
        Found::Vote(vote) => Ok((passage, vote)),
        _ => Err(Text::NotSaved),
    }
}

fn taken_back(scene: &Scene<'_>, passage: TextQuote, text: Text) -> Say {
    scene.keep(Change::Vote { passage, vote: None });
    Say::Message(scene.note(text))
}

fn entry(scene: &Scene<'_>, reason: Reason) -> Entry {
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
pub(super) fn with_row(scene: &Scene<'_>, reply: Reply, shown: Option<Run>) -> Reply {
    let quotes = reply.blocks().iter().any(super::reply::Block::is_quotation);
    reply.row(row(scene, shown.filter(|_| quotes)))
}
