//! `/privacy` and `PRIVACY.md`: what is kept, for how long, what of it is the person's, and how it
//! is deleted. Both are made of the one table in [`crate::community::retention`].

use super::component_id::ComponentAction;
use super::notices;
use super::outcome::Decision;
use super::reply::{Button, Reply, Row, Target};
use super::request_context::RequestContext;
use super::stateful_action::StatefulAction;
use super::texts;
use crate::community::retention::{AFTER_REMOVAL_DAYS, Kept, Period, TABLE, Tie, Until};
use crate::community::{Change, Held, StoreData};

/// Returns what is kept, for one person.
pub(super) fn privacy(context: &RequestContext<'_>) -> Reply {
    if !context.view.has_store {
        return Reply::note(texts::PRIVACY);
    }
    let mut lines = vec![texts::PRIVACY_LEAD.to_owned()];
    lines.extend(TABLE.iter().map(line));
    lines.push(texts::PRIVACY_PROMISES.to_owned());
    let StoreData::Held(held) = context.view.found else {
        lines.push(texts::HELD_UNKNOWN.to_owned());
        return Reply::note(lines.join("\n"));
    };
    lines.push(notices::held(held.votes, held.changes));
    let reply = Reply::note(lines.join("\n"));
    let delete =
        context.button(texts::DELETE_MY_DATA, &ComponentAction::Keep(StatefulAction::Forget));
    reply.row(Row::Buttons(if held == Held::default() { Vec::new() } else { vec![danger(delete)] }))
}

/// *Delete my data*: asks once more.
pub(super) fn ask(context: &RequestContext<'_>) -> Reply {
    let StoreData::Held(held) = context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if held == Held::default() {
        return Reply::note(notices::held(0, 0));
    }
    let delete =
        context.button(texts::DELETE_NOW, &ComponentAction::Keep(StatefulAction::ForgetNow));
    Reply::note(notices::would_delete(held.votes, held.changes))
        .row(Row::Buttons(vec![danger(delete)]))
}

/// Deletes it.
pub(super) fn forget() -> Decision {
    Decision::note(texts::DELETED).keeping(Change::ForgetPerson)
}

fn danger(button: Button) -> Button {
    let target = match button.target {
        Target::Press(id) => Target::Danger(id),
        other => other,
    };
    Button { target, ..button }
}

fn line(period: &Period) -> String {
    format!("· **{}** – {}", what(period.kept), until(period))
}

fn what(kept: Kept) -> &'static str {
    match kept {
        Kept::Settings => texts::KEPT_SETTINGS,
        Kept::History => texts::KEPT_HISTORY,
        Kept::Votes => texts::KEPT_VOTES,
        Kept::Unanswered => texts::KEPT_UNANSWERED,
        Kept::Log => texts::KEPT_LOG,
    }
}

fn why(kept: Kept) -> &'static str {
    match kept {
        Kept::Settings => texts::WHY_SETTINGS,
        Kept::History => texts::WHY_HISTORY,
        Kept::Votes => texts::WHY_VOTES,
        Kept::Unanswered => texts::WHY_UNANSWERED,
        Kept::Log => texts::WHY_LOG,
    }
}

fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::None => texts::TIE_NONE,
        Tie::ModeratorId => texts::TIE_MODERATOR,
        Tie::KeyedHash => texts::TIE_HASH,
    }
}

fn until(period: &Period) -> String {
    match period.until {
        Until::AfterRemoval { days } => {
            format!("until {days} days after the bot is removed from the server")
        }
        Until::Days(days) => format!("for {days} days"),
        Until::Untied { days } => format!(
            "linked to you for {days} days; the counts until {AFTER_REMOVAL_DAYS} days after the bot is \
             removed from the server"
        ),
        Until::AsChosen => {
            "for 7 or 30 days, as the server chose; only if it switched this on".to_owned()
        }
    }
}

/// Returns the policy as a page of Markdown.
#[must_use]
pub fn policy() -> String {
    let mut page = texts::POLICY_HEAD.to_owned();
    page.push_str("\n| what | why | tied to you? | how long |\n| --- | --- | --- | --- |\n");
    for period in TABLE {
        let texts = [what(period.kept), why(period.kept), tie(period.tie)];
        let [what, why, tie] = texts;
        page.extend(["| ", what, " | ", why, " | ", tie, " | ", &until(period), " |\n"]);
    }
    page.push_str(texts::POLICY_TAIL);
    page
}
