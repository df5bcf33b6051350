//! `/privacy` and `PRIVACY.md`: what is kept, for how long, what of it is the person's, and how it
//! is deleted. Both are made of the one table in [`crate::community::retention`].

use super::component_id::ComponentAction;
use super::notices;
use super::reply::{Button, Reply, Row, Target};
use super::request_context::RequestContext;
use super::stateful_action::StatefulAction;
use super::texts::{Locale, Text};
use crate::community::retention::{AFTER_REMOVAL_DAYS, Kept, Period, TABLE, Tie, Until};
use crate::community::{Change, Held, StoreData};

/// What is kept, for one person.
pub(super) fn privacy(context: &RequestContext<'_>) -> Reply {
    if !context.view.has_store {
        return context.note(Text::Privacy);
    }
    let mut lines = vec![context.text(Text::PrivacyLead).to_owned()];
    lines.extend(TABLE.iter().map(|period| line(context.locale, period)));
    lines.push(context.text(Text::PrivacyPromises).to_owned());
    let StoreData::Held(held) = context.view.found else {
        lines.push(context.text(Text::HeldUnknown).to_owned());
        return Reply::note(lines.join("\n"));
    };
    lines.push(notices::held(held.votes, held.changes));
    let reply = Reply::note(lines.join("\n"));
    let delete = context.button(Text::DeleteMyData, &ComponentAction::Keep(StatefulAction::Forget));
    reply.row(Row::Buttons(if held == Held::default() { Vec::new() } else { vec![danger(delete)] }))
}

/// *Delete my data*: asks once more.
pub(super) fn ask(context: &RequestContext<'_>) -> Reply {
    let StoreData::Held(held) = context.view.found else {
        return context.note(Text::CannotLookUp);
    };
    if held == Held::default() {
        return Reply::note(notices::held(0, 0));
    }
    let delete = context.button(Text::DeleteNow, &ComponentAction::Keep(StatefulAction::ForgetNow));
    Reply::note(notices::would_delete(held.votes, held.changes))
        .row(Row::Buttons(vec![danger(delete)]))
}

/// Deletes it.
pub(super) fn forget(context: &RequestContext<'_>) -> Reply {
    context.keep(Change::ForgetPerson);
    context.note(Text::Deleted)
}

fn danger(button: Button) -> Button {
    let target = match button.target {
        Target::Press(id) => Target::Danger(id),
        other => other,
    };
    Button { target, ..button }
}

fn line(locale: Locale, period: &Period) -> String {
    format!("· **{}** – {}", what(period.kept).to(locale), until(period))
}

fn what(kept: Kept) -> Text {
    match kept {
        Kept::Settings => Text::KeptSettings,
        Kept::History => Text::KeptHistory,
        Kept::Votes => Text::KeptVotes,
        Kept::Unanswered => Text::KeptUnanswered,
        Kept::Log => Text::KeptLog,
    }
}

fn why(kept: Kept) -> Text {
    match kept {
        Kept::Settings => Text::WhySettings,
        Kept::History => Text::WhyHistory,
        Kept::Votes => Text::WhyVotes,
        Kept::Unanswered => Text::WhyUnanswered,
        Kept::Log => Text::WhyLog,
    }
}

fn tie(tie: Tie) -> Text {
    match tie {
        Tie::None => Text::TieNone,
        Tie::ModeratorId => Text::TieModerator,
        Tie::KeyedHash => Text::TieHash,
    }
}

fn until(period: &Period) -> String {
    match period.until {
        Until::AfterRemoval { days } => {
            format!("until {days} days after the bot is removed from the server")
        }
        Until::Days(days) => format!("for {days} days"),
        Until::Untied { days } => format!(
            "tied for {days} days; the counts until {AFTER_REMOVAL_DAYS} days after the bot is \
             removed from the server"
        ),
        Until::AsChosen => {
            "for 7 or 30 days, as the server chose; only if it switched this on".to_owned()
        }
    }
}

/// The policy as a page of Markdown.
#[must_use]
pub fn policy() -> String {
    let locale = Locale::default();
    let mut page = Text::PolicyHead.to(locale).to_owned();
    page.push_str("\n| what | why | tied to you? | how long |\n| --- | --- | --- | --- |\n");
    for period in TABLE {
        let texts = [what(period.kept), why(period.kept), tie(period.tie)];
        let [what, why, tie] = texts.map(|text| text.to(locale));
        page.extend(["| ", what, " | ", why, " | ", tie, " | ", &until(period), " |\n"]);
    }
    page.push_str(Text::PolicyTail.to(locale));
    page
}
