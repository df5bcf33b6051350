//! `/settings`, `/curate`, `/review`, and the presses that belong to them: whether a person may,
//! and what then happens.
//!
//! Discord hides the commands from who lacks a permission; that is the first gate. Here is the
//! second, for every command and every press: nothing that a client sends grants anything.

mod curate;
mod review;
mod settings;
mod transfer;
mod wording;

use super::custom_id::{ComponentAction, SentenceRange};
use super::keeping::{Page, StatefulAction};
use super::order::ModeratorCommand;
use super::privacy;
use super::reply::{Reply, Response, Row};
use super::scene::RequestContext;
use super::texts::Text;
use super::votes;
use crate::community::{Change, Edit};

pub(super) use curate::entries;

/// What comes of a command of the moderators.
pub(super) fn order(scene: &RequestContext<'_>, order: &ModeratorCommand) -> Response {
    if let Err(refusal) = gate(scene, order.is_settings()) {
        return Response::Message(refusal);
    }
    let reply = match order {
        ModeratorCommand::Show => settings::show(scene),
        ModeratorCommand::Edit(wishes) => settings::edit(scene, wishes),
        ModeratorCommand::Channel { channel, mentions } => {
            settings::channel(scene, *channel, mentions)
        }
        ModeratorCommand::Undo => settings::undo(scene, None),
        ModeratorCommand::Reset => settings::ask_reset(scene),
        ModeratorCommand::Export => transfer::export(scene),
        ModeratorCommand::Import(import) => transfer::preview(scene, import),
        ModeratorCommand::ConfirmImport { custom_id, import } => {
            return Response::Update(transfer::confirm(scene, custom_id, import));
        }
        ModeratorCommand::Pin { question, place } => curate::pin(scene, question, place),
        ModeratorCommand::Hide { place, reason } => curate::hide(scene, place, reason),
        ModeratorCommand::Remove { entry } => curate::remove(scene, entry),
        ModeratorCommand::List => curate::list(scene, 0),
        ModeratorCommand::Unanswered { days } => review::unanswered(scene, *days),
        ModeratorCommand::Flags { days } => review::flags(scene, *days),
    };
    Response::Message(reply)
}

/// What comes of a press.
pub(super) fn press(
    scene: &RequestContext<'_>,
    keeping: &StatefulAction,
    values: &[String],
) -> Response {
    let value = match values {
        [value] => Some(value.as_str()),
        _ => None,
    };
    if let Some(is_settings) = moderates(scene, keeping)
        && let Err(refusal) = gate(scene, is_settings)
    {
        return Response::Message(refusal);
    }
    let reply = match keeping {
        StatefulAction::Up(run) => return votes::pressed(scene, *run, true),
        StatefulAction::Down(run) => return votes::pressed(scene, *run, false),
        StatefulAction::Why(run) => return votes::reasoned(scene, *run, value),
        StatefulAction::Forget => privacy::ask(scene),
        StatefulAction::ForgetNow => privacy::forget(scene),
        StatefulAction::Undo(number) => settings::undo(scene, Some(*number)),
        StatefulAction::Reset(revision) => settings::reset(scene, *revision),
        // The file that hangs on the message comes with an order of its own.
        StatefulAction::Import { .. } => scene.note(Text::ImportAgain),
        StatefulAction::List(skip) => curate::list(scene, *skip),
        StatefulAction::Unanswered(page) => review::unanswered_page(scene, *page),
        StatefulAction::Flags(page) => review::flags_page(scene, *page),
        StatefulAction::Dismiss(page) => review::dismiss(scene, *page, value),
        StatefulAction::Answer(page) => review::ask_passage(scene, *page),
        StatefulAction::Choose(topic) => {
            review::choose(scene, topic, value.and_then(SentenceRange::parse))
        }
        StatefulAction::HideFlagged(_) => {
            curate::hide_run(scene, value.and_then(SentenceRange::parse))
        }
    };
    Response::Update(reply)
}

/// Which permission a press needs: that for settings, or that for passages; none for the presses
/// of everybody.
fn moderates(scene: &RequestContext<'_>, keeping: &StatefulAction) -> Option<bool> {
    match keeping {
        StatefulAction::Up(_)
        | StatefulAction::Down(_)
        | StatefulAction::Why(_)
        | StatefulAction::Forget
        | StatefulAction::ForgetNow => None,
        StatefulAction::Reset(_) | StatefulAction::Import { .. } => Some(true),
        StatefulAction::Undo(number) => {
            let undoable = scene.view.undoable.as_ref().filter(|record| record.number == *number);
            Some(undoable.is_some_and(|record| !record.edits.iter().all(Edit::is_curation)))
        }
        StatefulAction::List(_)
        | StatefulAction::Unanswered(_)
        | StatefulAction::Dismiss(_)
        | StatefulAction::Answer(_)
        | StatefulAction::Choose(_)
        | StatefulAction::Flags(_)
        | StatefulAction::HideFlagged(_) => Some(false),
    }
}

fn gate(scene: &RequestContext<'_>, is_settings: bool) -> Result<(), Reply> {
    let (may, refusal) = match is_settings {
        _ if scene.server().is_none() => (false, Text::OnlyInServer),
        true => (scene.may_set(), Text::MayNotSet),
        false => (scene.may_curate(), Text::MayNotCurate),
    };
    if may { Ok(()) } else { Err(scene.note(refusal)) }
}

/// Keeps those of `edits` that change something, and says so, with a way back. `heading` stands
/// above what holds now.
fn saved(scene: &RequestContext<'_>, edits: Vec<Edit>, heading: Text) -> Reply {
    let community = &scene.view.community;
    let edits = community.effective(edits);
    if edits.is_empty() {
        return scene.note(Text::NothingToChange);
    }
    let text = format!("{}{}", scene.text(heading), wording::edits(scene, &edits));
    scene.keep(Change::Edit { inverse: community.inverse(&edits), edits });
    let undo = StatefulAction::Undo(scene.view.revision.saturating_add(1));
    Reply::note(text)
        .row(Row::Buttons(vec![scene.button(Text::Undo, &ComponentAction::Keep(undo))]))
}

/// *Earlier* and *Later*, for a list of `all` entries of which so many are shown from `skip` on.
fn turns(
    scene: &RequestContext<'_>,
    skip: u32,
    (shown, all): (u32, u64),
    page: impl Fn(u32) -> StatefulAction,
) -> Row {
    let end = u64::from(skip) + u64::from(shown);
    let earlier = (skip > 0).then(|| page(skip.saturating_sub(shown)));
    let later = (end < all).then(|| page(skip.saturating_add(shown)));
    let buttons = [(Text::Earlier, earlier), (Text::Later, later)].into_iter();
    let buttons = buttons
        .filter_map(|(label, press)| Some(scene.button(label, &ComponentAction::Keep(press?))));
    Row::Buttons(buttons.collect())
}

/// The same page further on.
fn at(page: Page) -> impl Fn(u32) -> Page {
    move |skip| Page { skip, ..page }
}
