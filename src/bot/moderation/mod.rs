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

use super::custom_id::{Press, Run};
use super::keeping::{Keeping, Page};
use super::order::Order;
use super::privacy;
use super::reply::{Reply, Row, Say};
use super::scene::Scene;
use super::texts::Text;
use super::votes;
use crate::community::{Change, Edit};

pub(super) use curate::entries;

/// What comes of a command of the moderators.
pub(super) fn order(scene: &Scene<'_>, order: &Order) -> Say {
    if let Err(refusal) = gate(scene, order.is_settings()) {
        return Say::Message(refusal);
    }
    let reply = match order {
        Order::Show => settings::show(scene),
        Order::Edit(wishes) => settings::edit(scene, wishes),
        Order::Channel { channel, mentions } => settings::channel(scene, *channel, mentions),
        Order::Undo => settings::undo(scene, None),
        Order::Reset => settings::ask_reset(scene),
        Order::Export => transfer::export(scene),
        Order::Import(import) => transfer::preview(scene, import),
        Order::ConfirmImport { custom_id, import } => {
            return Say::Update(transfer::confirm(scene, custom_id, import));
        }
        Order::Pin { question, place } => curate::pin(scene, question, place),
        Order::Hide { place, reason } => curate::hide(scene, place, reason),
        Order::Remove { entry } => curate::remove(scene, entry),
        Order::List => curate::list(scene, 0),
        Order::Unanswered { days } => review::unanswered(scene, *days),
        Order::Flags { days } => review::flags(scene, *days),
    };
    Say::Message(reply)
}

/// What comes of a press.
pub(super) fn press(scene: &Scene<'_>, keeping: &Keeping, values: &[String]) -> Say {
    let value = match values {
        [value] => Some(value.as_str()),
        _ => None,
    };
    if let Some(is_settings) = moderates(scene, keeping)
        && let Err(refusal) = gate(scene, is_settings)
    {
        return Say::Message(refusal);
    }
    let reply = match keeping {
        Keeping::Up(run) => return votes::pressed(scene, *run, true),
        Keeping::Down(run) => return votes::pressed(scene, *run, false),
        Keeping::Why(run) => return votes::reasoned(scene, *run, value),
        Keeping::Forget => privacy::ask(scene),
        Keeping::ForgetNow => privacy::forget(scene),
        Keeping::Undo(number) => settings::undo(scene, Some(*number)),
        Keeping::Reset(revision) => settings::reset(scene, *revision),
        // The file that hangs on the message comes with an order of its own.
        Keeping::Import { .. } => scene.note(Text::ImportAgain),
        Keeping::List(skip) => curate::list(scene, *skip),
        Keeping::Unanswered(page) => review::unanswered_page(scene, *page),
        Keeping::Flags(page) => review::flags_page(scene, *page),
        Keeping::Dismiss(page) => review::dismiss(scene, *page, value),
        Keeping::Answer(page) => review::ask_passage(scene, *page),
        Keeping::Choose(topic) => review::choose(scene, topic, value.and_then(Run::parse)),
        Keeping::HideFlagged(_) => curate::hide_run(scene, value.and_then(Run::parse)),
    };
    Say::Update(reply)
}

/// Which permission a press needs: that for settings, or that for passages; none for the presses
/// of everybody.
fn moderates(scene: &Scene<'_>, keeping: &Keeping) -> Option<bool> {
    match keeping {
        Keeping::Up(_)
        | Keeping::Down(_)
        | Keeping::Why(_)
        | Keeping::Forget
        | Keeping::ForgetNow => None,
        Keeping::Reset(_) | Keeping::Import { .. } => Some(true),
        Keeping::Undo(number) => {
            let undoable = scene.view.undoable.as_ref().filter(|record| record.number == *number);
            Some(undoable.is_some_and(|record| !record.edits.iter().all(Edit::is_curation)))
        }
        Keeping::List(_)
        | Keeping::Unanswered(_)
        | Keeping::Dismiss(_)
        | Keeping::Answer(_)
        | Keeping::Choose(_)
        | Keeping::Flags(_)
        | Keeping::HideFlagged(_) => Some(false),
    }
}

fn gate(scene: &Scene<'_>, is_settings: bool) -> Result<(), Reply> {
    let (may, refusal) = match is_settings {
        _ if scene.server().is_none() => (false, Text::OnlyInServer),
        true => (scene.may_set(), Text::MayNotSet),
        false => (scene.may_curate(), Text::MayNotCurate),
    };
    if may { Ok(()) } else { Err(scene.note(refusal)) }
}

/// Keeps those of `edits` that change something, and says so, with a way back. `heading` stands
/// above what holds now.
fn saved(scene: &Scene<'_>, edits: Vec<Edit>, heading: Text) -> Reply {
    let community = &scene.view.community;
    let edits = community.effective(edits);
    if edits.is_empty() {
        return scene.note(Text::NothingToChange);
    }
    let text = format!("{}{}", scene.text(heading), wording::edits(scene, &edits));
    scene.keep(Change::Edit { inverse: community.inverse(&edits), edits });
    let undo = Keeping::Undo(scene.view.revision.saturating_add(1));
    Reply::note(text).row(Row::Buttons(vec![scene.button(Text::Undo, &Press::Keep(undo))]))
}

/// *Earlier* and *Later*, for a list of `all` entries of which so many are shown from `skip` on.
fn turns(
    scene: &Scene<'_>,
    skip: u32,
    (shown, all): (u32, u64),
    page: impl Fn(u32) -> Keeping,
) -> Row {
    let end = u64::from(skip) + u64::from(shown);
    let earlier = (skip > 0).then(|| page(skip.saturating_sub(shown)));
    let later = (end < all).then(|| page(skip.saturating_add(shown)));
    let buttons = [(Text::Earlier, earlier), (Text::Later, later)].into_iter();
    let buttons =
        buttons.filter_map(|(label, press)| Some(scene.button(label, &Press::Keep(press?))));
    Row::Buttons(buttons.collect())
}

/// The same page further on.
fn at(page: Page) -> impl Fn(u32) -> Page {
    move |skip| Page { skip, ..page }
}
