//! The commands of moderators and the presses that belong to them: whether a person may, and which
//! command does it.
//!
//! Discord hides the commands from who lacks a permission; that is the first gate. Here is the
//! second, for every command and every press: nothing that a client sends grants anything.

pub(crate) mod wording;

use super::commands::settings::{self, transfer};
use super::commands::{curate, privacy, review};
use super::component_id::{ComponentAction, SentenceRange};
use super::moderator_command::ModeratorCommand;
use super::outcome::{Decision, Outcome};
use super::permission::Permission;
use super::reply::{Reply, Row};
use super::request_context::RequestContext;
use super::stateful_action::{Page, StatefulAction};
use super::texts;
use super::votes;
use crate::community::{Change, Edit};

/// Returns what comes of a command of the moderators.
pub(super) fn order(context: &RequestContext<'_>, order: &ModeratorCommand) -> Outcome {
    if let Err(refusal) = check(context, order.permission()) {
        return Decision::note(refusal).message();
    }
    let decision = match order {
        ModeratorCommand::Show => settings::show(context).into(),
        ModeratorCommand::Edit(patch) => settings::edit(context, patch),
        ModeratorCommand::Channel { channel, mentions } => {
            settings::channel(context, *channel, mentions)
        }
        ModeratorCommand::Undo => settings::undo(context, None),
        ModeratorCommand::Reset => settings::ask_reset(context).into(),
        ModeratorCommand::Export => transfer::export(context).into(),
        ModeratorCommand::Import(import) => transfer::preview(context, import).into(),
        ModeratorCommand::ConfirmImport { revision, digest, import } => {
            return transfer::confirm(context, (*revision, *digest), import).update();
        }
        ModeratorCommand::Pin { question, place } => curate::pin(context, question, place),
        ModeratorCommand::Hide { place, reason } => curate::hide(context, place, reason),
        ModeratorCommand::Remove { entry } => curate::remove(context, entry),
        ModeratorCommand::List => curate::list(context, 0).into(),
        ModeratorCommand::Unanswered { days } => review::unanswered(context, *days).into(),
        ModeratorCommand::Flags { days } => review::flags(context, *days).into(),
    };
    decision.message()
}

/// Returns what comes of a press.
pub(super) fn press(
    context: &RequestContext<'_>,
    stateful_action: &StatefulAction,
    values: &[String],
) -> Outcome {
    let value = match values {
        [value] => Some(value.as_str()),
        _ => None,
    };
    if let Err(refusal) = check(context, needed(context, stateful_action)) {
        return Decision::note(refusal).message();
    }
    let decision = match stateful_action {
        StatefulAction::Up(run) => return votes::pressed(context, *run, true),
        StatefulAction::Down(run) => return votes::pressed(context, *run, false),
        StatefulAction::Why(run) => return votes::reasoned(context, *run, value),
        StatefulAction::Forget => privacy::ask(context).into(),
        StatefulAction::ForgetNow => privacy::forget(),
        StatefulAction::Undo(number) => settings::undo(context, Some(*number)),
        StatefulAction::Reset(revision) => settings::reset(context, *revision),
        // The file that hangs on the message comes with an order of its own.
        StatefulAction::Import { .. } => Decision::note(texts::IMPORT_AGAIN),
        StatefulAction::List(skip) => curate::list(context, *skip).into(),
        StatefulAction::Unanswered(page) => review::unanswered_page(context, *page).into(),
        StatefulAction::Flags(page) => review::flags_page(context, *page).into(),
        StatefulAction::Dismiss(page) => review::dismiss(context, *page, value),
        StatefulAction::Answer(page) => review::ask_passage(context, *page).into(),
        StatefulAction::Choose(topic) => {
            review::choose(context, topic, value.and_then(SentenceRange::parse))
        }
        StatefulAction::HideFlagged(_) => {
            curate::hide_run(context, value.and_then(SentenceRange::parse))
        }
    };
    decision.update()
}

/// Returns the permission that a press needs.
fn needed(context: &RequestContext<'_>, stateful_action: &StatefulAction) -> Permission {
    match stateful_action {
        StatefulAction::Up(_)
        | StatefulAction::Down(_)
        | StatefulAction::Why(_)
        | StatefulAction::Forget
        | StatefulAction::ForgetNow => Permission::None,
        StatefulAction::Reset(_) | StatefulAction::Import { .. } => Permission::ManageServer,
        StatefulAction::Undo(number) => {
            let undoable = context.view.undoable.as_ref().filter(|record| record.number == *number);
            match undoable {
                Some(record) if !record.edits.iter().all(Edit::is_curation) => {
                    Permission::ManageServer
                }
                _ => Permission::Curate,
            }
        }
        StatefulAction::List(_)
        | StatefulAction::Unanswered(_)
        | StatefulAction::Dismiss(_)
        | StatefulAction::Answer(_)
        | StatefulAction::Choose(_)
        | StatefulAction::Flags(_)
        | StatefulAction::HideFlagged(_) => Permission::Curate,
    }
}

fn check(context: &RequestContext<'_>, needed: Permission) -> Result<(), &'static str> {
    match needed {
        _ if context.may(needed) => Ok(()),
        _ if context.server().is_none() => Err(texts::ONLY_IN_SERVER),
        Permission::ManageServer => Err(texts::MAY_NOT_SET),
        Permission::Curate | Permission::None => Err(texts::MAY_NOT_CURATE),
    }
}

/// Decides to keep those of `edits` that change something, and says so, with a way back. `heading`
/// stands above what holds now.
pub(crate) fn saved(
    context: &RequestContext<'_>,
    edits: Vec<Edit>,
    heading: &'static str,
) -> Decision {
    let community = &context.view.community;
    let edits = community.effective(edits);
    if edits.is_empty() {
        return Decision::note(texts::NOTHING_TO_CHANGE);
    }
    let text = format!("{}{}", heading, wording::edits(context, &edits));
    let undo = StatefulAction::Undo(context.view.revision.saturating_add(1));
    let undo = context.button(texts::UNDO, &ComponentAction::Keep(undo));
    let reply = Reply::note(text).row(Row::Buttons(vec![undo]));
    let change = Change::Edit { inverse: community.inverse(&edits), edits };
    Decision::from(reply).keeping(change)
}

/// *Earlier* and *Later*, for a list of `all` entries of which so many are shown from `skip` on.
pub(crate) fn turns(
    context: &RequestContext<'_>,
    skip: u32,
    (shown, all): (u32, u64),
    page: impl Fn(u32) -> StatefulAction,
) -> Row {
    let end = u64::from(skip) + u64::from(shown);
    let earlier = (skip > 0).then(|| page(skip.saturating_sub(shown)));
    let later = (end < all).then(|| page(skip.saturating_add(shown)));
    let buttons = [(texts::EARLIER, earlier), (texts::LATER, later)].into_iter();
    let buttons = buttons
        .filter_map(|(label, press)| Some(context.button(label, &ComponentAction::Keep(press?))));
    Row::Buttons(buttons.collect())
}

/// Returns the same page further on.
pub(crate) fn at(page: Page) -> impl Fn(u32) -> Page {
    move |skip| Page { skip, ..page }
}
