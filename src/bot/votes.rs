//! Votes on the passages of an answer: for, or against with a reason.

use super::component_id::{ComponentAction, SentenceRange};
use super::outcome::{Decision, Outcome};
use super::pins;
use super::reply::{Entry, Reply, Row, Select};
use super::request_context::RequestContext;
use super::stateful_action::StatefulAction;
use super::texts;
use crate::community::{Change, Reason, StoreData, TextQuote, Vote};

const THUMBS_UP_COUNTED: &str = "👍 counted, without your name. Press it again to undo.";
const THUMBS_DOWN_COUNTED: &str = "👎 counted, without your name. Press it again to undo.";
const THUMBS_UP_TAKEN_BACK: &str = "Your 👍 is removed.";
const THUMBS_DOWN_TAKEN_BACK: &str = "Your 👎 is removed.";
const THUMBS_UP: &str = "👍";
const THUMBS_DOWN: &str = "👎";
const WHY_THUMBS_DOWN: &str = "What is wrong with this answer?";
const CHOOSE_A_REASON: &str = "Choose a reason";
const REASON_WRONG_VOICE: &str = "Wrong person or voice";
const REASON_NO_ANSWER: &str = "Does not answer";
const REASON_TOO_SHORT: &str = "Needs more context";
const REASON_OTHER: &str = "Other";

/// Returns the buttons under an answer that shows this passage first; none where no vote can be
/// kept.
pub(super) fn row(context: &RequestContext<'_>, shown: Option<SentenceRange>) -> Row {
    let buttons = shown.filter(|_| context.may_vote()).map(|run| {
        let button =
            |label, stateful_action| context.button(label, &ComponentAction::Keep(stateful_action));
        vec![
            button(THUMBS_UP, StatefulAction::Up(run)),
            button(THUMBS_DOWN, StatefulAction::Down(run)),
        ]
    });
    Row::Buttons(buttons.unwrap_or_default())
}

/// Answers the press of a thumb. What was pressed already is taken back.
pub(super) fn pressed(context: &RequestContext<'_>, run: SentenceRange, is_up: bool) -> Outcome {
    let (passage, vote) = match ballot(context, run) {
        Ok(ballot) => ballot,
        Err(text) => return Decision::note(text).message(),
    };
    let cast = |vote, text| Decision::note(text).keeping(Change::Vote { passage, vote });
    let decision = match (vote, is_up) {
        (Some(Vote::Up), true) => cast(None, THUMBS_UP_TAKEN_BACK),
        (Some(Vote::Down(_)), false) => cast(None, THUMBS_DOWN_TAKEN_BACK),
        (_, true) => cast(Some(Vote::Up), THUMBS_UP_COUNTED),
        (_, false) => Reply::note(WHY_THUMBS_DOWN)
            .row(Row::Select(Select {
                component_id: ComponentAction::Keep(StatefulAction::Why(run)).id(context.version),
                placeholder: CHOOSE_A_REASON.to_owned(),
                entries: Reason::ALL.iter().map(|reason| entry(*reason)).collect(),
            }))
            .into(),
    };
    decision.message()
}

/// Answers the choice of a reason.
pub(super) fn reasoned(
    context: &RequestContext<'_>,
    run: SentenceRange,
    value: Option<&str>,
) -> Outcome {
    let Some(reason) = value.and_then(Reason::of) else {
        return Decision::note(texts::INVALID_BUTTON).message();
    };
    match ballot(context, run) {
        Ok((passage, _)) => Decision::note(THUMBS_DOWN_COUNTED)
            .keeping(Change::Vote { passage, vote: Some(Vote::Down(reason)) })
            .update(),
        Err(text) => Decision::note(text).message(),
    }
}

/// Returns the passage, and the person's vote on it so far.
fn ballot(
    context: &RequestContext<'_>,
    run: SentenceRange,
) -> Result<(TextQuote, Option<Vote>), &'static str> {
    context.server().ok_or(texts::ONLY_IN_SERVER)?;
    if context.hides_run(run) {
        return Err(texts::PASSAGE_HIDDEN);
    }
    let passage = pins::quote(context, run).ok_or(texts::INVALID_BUTTON)?;
    match context.view.found {
        StoreData::Vote(vote) => Ok((passage, vote)),
        _ => Err(texts::NOT_SAVED),
    }
}

fn entry(reason: Reason) -> Entry {
    Entry {
        label: label(reason).to_owned(),
        description: String::new(),
        value: reason.name().to_owned(),
    }
}

/// Returns what a reason is called.
pub(super) fn label(reason: Reason) -> &'static str {
    match reason {
        Reason::WrongVoice => REASON_WRONG_VOICE,
        Reason::NoAnswer => REASON_NO_ANSWER,
        Reason::TooShort => REASON_TOO_SHORT,
        Reason::Other => REASON_OTHER,
    }
}

/// Returns a message whose buttons vote, where it quotes anything.
pub(super) fn with_row(
    context: &RequestContext<'_>,
    reply: Reply,
    shown: Option<SentenceRange>,
) -> Reply {
    let quotes = reply.blocks().iter().any(super::reply::Block::is_quotation);
    reply.row(row(context, shown.filter(|_| quotes)))
}
