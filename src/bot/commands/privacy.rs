//! `/privacy` and `PRIVACY.md`: what is kept, for how long, what of it is the person's, and how it
//! is deleted. Both are made of the one table in [`crate::community::retention`].

use crate::catalogue::Command;
use crate::community::retention::{AFTER_REMOVAL_DAYS, Kept, Period, TABLE, Tie, Until};
use crate::community::{Change, Held, StoreData};
use crate::component_id::ComponentAction;
use crate::notices::counted;
use crate::outcome::Decision;
use crate::reply::{Button, Reply, Row, Target};
use crate::request_context::RequestContext;
use crate::stateful_action::StatefulAction;
use crate::texts;

pub(super) const NAME: &str = "privacy";

pub(super) const COMMAND: Command =
    Command::slash(NAME, "What is kept about you, and for how long");

const WITHOUT_STORE: &str = "\
**Nothing about you is kept.**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. Where a question points back (“and the others?”), I look once at the answer that you \
reply to, or at what was asked of me before it in the same thread or direct message. I cannot read \
anything else.
Your question is used to search and then forgotten. It is not stored and not logged; the button *Ask about this* stores its key words in the message itself, at Discord.
I keep no settings, no votes and no lists of questions, of you or of this server, so there is \
nothing to delete.
Nothing leaves the machine that I run on but what I say to Discord: no model, no analytics, no \
other service.
I ping nobody, and I never write to you first.
Every quotation is compared with the document before it is sent; if it differs, you get an error \
and no quotation.";
const DELETE_MY_DATA: &str = "Delete my data";
const DELETE_NOW: &str = "Delete now";
const DELETED: &str = "Deleted. Nothing is stored about you now.";
const HELD_UNKNOWN: &str =
    "I can’t look up what is stored about you right now. Please try again later.";
const LEAD: &str = "\
**What I keep, and for how long**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. Where a question points back (“and the others?”), I look once at the answer that you \
reply to, or at what was asked of me before it in the same thread or direct message.
Your question is used to search and then forgotten, unless this server keeps unanswered questions (see below). The button *Ask about this* stores its key words in the message itself, at Discord.";
const PROMISES: &str = "\
Votes are tied to you by a keyed hash, another for each passage, only to count nobody twice. \
Questions are kept without names. Nothing leaves the machine that I run on but what I say to \
Discord. I ping nobody, and I never write to you first.";
const POLICY_HEAD: &str = "\
# Privacy

What summit-bot keeps, for how long, and how to delete it. `/privacy` says the same in Discord, and \
what is stored about you now.

1. **It reads only what you send it**: commands, mentions, direct messages, and a message that you \
point it at. Where a question points back, it looks once at the answer that you reply to, or at \
what was asked of it before in the same thread or direct message. It does not have, and does not \
ask for, the intents Message Content, Members or \
Presence.
2. **Your question is used to search and then forgotten.** It is not logged, at any level. It is \
stored only where your server has switched on that questions without an answer are kept for its \
moderators; the reply then says so. The button *Ask about this* stores its key words in the message itself, at Discord.
3. **What is stored:**
";
const POLICY_TAIL: &str = "
4. ***Delete my data*** in `/privacy` does it at once, for everything that holds you, in every \
server; your ID in the history of changes becomes “a former moderator”. Where the bot is removed \
from a server, all that the server set goes with the days above, so that an accident loses nothing; \
an outage never counts as removal.
5. **Nothing leaves the machine** but what the bot says to Discord: no analytics, no error service, \
no hosted model, no check for updates.
6. **It cannot ping, cannot post where it may not, changes nothing for anyone without the \
permission**, and never writes first in a direct message.
7. **Every quotation is compared byte for byte with the document before it is sent**; if it \
differs, you get an error and no quotation.

If you run the bot: please see to the encryption of the disk, and to the deletion of the log after the days above.
";

/// Returns what is kept, for one person.
pub(crate) fn privacy(context: &RequestContext<'_>) -> Reply {
    if !context.view.has_store {
        return Reply::note(WITHOUT_STORE);
    }
    let mut lines = vec![LEAD.to_owned()];
    lines.extend(TABLE.iter().map(line));
    lines.push(PROMISES.to_owned());
    let StoreData::Held(held) = context.view.found else {
        lines.push(HELD_UNKNOWN.to_owned());
        return Reply::note(lines.join("\n"));
    };
    lines.push(holds(held.votes, held.changes));
    let reply = Reply::note(lines.join("\n"));
    let delete = context.button(DELETE_MY_DATA, &ComponentAction::Keep(StatefulAction::Forget));
    reply.row(Row::Buttons(if held == Held::default() { Vec::new() } else { vec![danger(delete)] }))
}

/// *Delete my data*: asks once more.
pub(crate) fn ask(context: &RequestContext<'_>) -> Reply {
    let StoreData::Held(held) = context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if held == Held::default() {
        return Reply::note(holds(0, 0));
    }
    let delete = context.button(DELETE_NOW, &ComponentAction::Keep(StatefulAction::ForgetNow));
    Reply::note(would_delete(held.votes, held.changes)).row(Row::Buttons(vec![danger(delete)]))
}

/// Deletes it.
pub(crate) fn forget() -> Decision {
    Decision::note(DELETED).keeping(Change::ForgetPerson)
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
        Kept::Settings => "Settings, pins and hidden passages of a server",
        Kept::History => "Who changed them, and when",
        Kept::Votes => "👍 and 👎, with passage and reason",
        Kept::Unanswered => "Questions without an answer",
        Kept::Log => "The operator’s log",
    }
}

fn why(kept: Kept) -> &'static str {
    match kept {
        Kept::Settings => "to work as the moderators set it",
        Kept::History => "so that moderators can see and undo a change",
        Kept::Votes => "to improve answers",
        Kept::Unanswered => "so that moderators can pin an answer",
        Kept::Log => "to find errors",
    }
}

fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::None => "no",
        Tie::ModeratorId => "by the ID of the moderator who made the change",
        Tie::KeyedHash => "by a keyed hash, another for each passage, only to count nobody twice",
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
    let mut page = POLICY_HEAD.to_owned();
    page.push_str("\n| what | why | tied to you? | how long |\n| --- | --- | --- | --- |\n");
    for period in TABLE {
        let texts = [what(period.kept), why(period.kept), tie(period.tie)];
        let [what, why, tie] = texts;
        page.extend(["| ", what, " | ", why, " | ", tie, " | ", &until(period), " |\n"]);
    }
    page.push_str(POLICY_TAIL);
    page
}

/// Returns what is held on a person.
fn holds(votes: u64, changes: u64) -> String {
    match holdings(votes, changes) {
        Some(holdings) => format!("**Stored about you now:** {holdings}."),
        None => "**Stored about you now:** nothing.".to_owned(),
    }
}

/// Returns what would be deleted.
fn would_delete(votes: u64, changes: u64) -> String {
    let stays = match changes {
        0 => "",
        _ => " What you changed stays, as the work of “a former moderator”.",
    };
    let what = holdings(votes, changes).unwrap_or_default();
    format!("This deletes, in every server: {what}. It cannot be undone.{stays}")
}

fn holdings(votes: u64, changes: u64) -> Option<String> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let votes = (votes > 0).then(|| counted(number(votes), "vote"));
    let changes = (changes > 0)
        .then(|| format!("your ID next to {}", counted(number(changes), "change to the settings")));
    let parts: Vec<String> = votes.into_iter().chain(changes).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
