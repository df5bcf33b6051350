//! `/review unanswered` and `flags`: questions that nothing answered, and passages that people
//! found no good answer.

use super::curate;
use super::options::Options;
use crate::catalogue::{Command, CommandOption, OptionKind, Subcommand};
use crate::community::{Change, Flag, Reason, StoreData, Tally, Unanswered};
use crate::component_id::{ComponentAction, SentenceRange};
use crate::escape::{echo, escape, plain};
use crate::limits;
use crate::moderation::{at, turns, wording};
use crate::moderator_command::ModeratorCommand;
use crate::notices::counted;
use crate::outcome::Decision;
use crate::passages;
use crate::permission::Permission;
use crate::pins;
use crate::reply::{Entry, Reply, Row, Select};
use crate::request_context::RequestContext;
use crate::stateful_action::{Page, StatefulAction, is_topic};
use crate::store_query::{ENTRIES, MOST_DAYS, first};
use crate::texts;
use crate::votes;
use engine::answer::Question;

pub(super) const NAME: &str = "review";
const UNANSWERED: &str = "unanswered";
const FLAGS: &str = "flags";
const DAYS: &str = "days";

const NOTHING_UNANSWERED: &str = "No unanswered questions in this period.";
const UNANSWERED_NOT_KEPT: &str =
    "Unanswered questions aren’t kept here; `/settings edit keep-unanswered:` switches it on.";
const PIN_A_PASSAGE: &str = "Pin a passage to a question";
const DISMISS: &str = "Dismiss a question";
const DISMISSED: &str = "Dismissed: these questions are deleted.";
const BACK_TO_LIST: &str = "Back to the list";
const NO_LONGER_UNANSWERED: &str = "This question is no longer kept.";
const NOTHING_FLAGGED: &str = "No 👎 in this period.";
const HIDE_A_PASSAGE: &str = "Hide a passage";

const DAYS_OPTION: CommandOption = CommandOption::optional(
    DAYS,
    "How many days back; 30 unless you choose",
    OptionKind::Number { min: 1, max: MOST_DAYS },
);

pub(super) const COMMAND: Command = Command {
    subcommands: &[
        Subcommand::new(UNANSWERED, "Unanswered questions", &[DAYS_OPTION]),
        Subcommand::new(FLAGS, "Passages with 👎, and why", &[DAYS_OPTION]),
    ],
    permission: Permission::Curate,
    ..Command::slash(NAME, "What I couldn’t answer, and what people didn’t like")
};

pub(super) fn command(subcommand: &str, options: &Options) -> Option<ModeratorCommand> {
    let days = options.number(DAYS);
    match subcommand {
        UNANSWERED => Some(ModeratorCommand::Unanswered { days }),
        FLAGS => Some(ModeratorCommand::Flags { days }),
        _ => None,
    }
}

/// The most characters of a question in a list.
const QUESTION: usize = 200;

/// Returns the first page of the questions without an answer.
pub(crate) fn unanswered(context: &RequestContext<'_>, days: Option<i64>) -> Reply {
    match wrong_days(days) {
        Some(notice) => Reply::note(notice),
        None => unanswered_page(context, first(days)),
    }
}

/// Returns a page of them.
pub(crate) fn unanswered_page(context: &RequestContext<'_>, page: Page) -> Reply {
    let StoreData::Unanswered(found) = &context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if found.items.is_empty() {
        let is_kept = context.view.community.settings.keep_unanswered.unwrap_or_default();
        let text = match is_kept.days() {
            Some(_) => NOTHING_UNANSWERED,
            None => UNANSWERED_NOT_KEPT,
        };
        return Reply::note(text);
    }
    let mut lines = vec![unanswered_heading(found.all, page.days)];
    let line = |(number, group): (u64, &Unanswered)| {
        let times = match group.times {
            1 => "asked".to_owned(),
            times => format!("asked {times} times, last"),
        };
        let ago = wording::ago(context.now, group.last_at);
        format!("**{number}** “{}” · {times} {ago}", echo(&group.question, QUESTION))
    };
    lines.extend((u64::from(page.skip) + 1..).zip(&found.items).map(line));
    let menu = |placeholder: &str, stateful_action: StatefulAction| {
        Row::Select(Select {
            component_id: ComponentAction::Keep(stateful_action).id(context.version),
            placeholder: placeholder.to_owned(),
            entries: found.items.iter().filter_map(choice).collect(),
        })
    };
    let counted = (ENTRIES, found.all);
    Reply::note(lines.join("\n"))
        .row(menu(PIN_A_PASSAGE, StatefulAction::Answer(page)))
        .row(menu(DISMISS, StatefulAction::Dismiss(page)))
        .row(turns(context, page.skip, counted, |skip| StatefulAction::Unanswered(at(page)(skip))))
}

fn choice(group: &Unanswered) -> Option<Entry> {
    let label = Some(plain(&group.question, limits::CHOICE)).filter(|label| !label.is_empty());
    is_topic(&group.topic).then(|| Entry {
        label: label.unwrap_or_else(|| group.topic.clone()),
        description: String::new(),
        value: group.topic.clone(),
    })
}

/// Deletes the questions on one topic.
pub(crate) fn dismiss(context: &RequestContext<'_>, page: Page, topic: Option<&str>) -> Decision {
    let Some(topic) = topic.filter(|topic| is_topic(topic)) else {
        return Decision::note(texts::INVALID_BUTTON);
    };
    let back = StatefulAction::Unanswered(Page { skip: 0, ..page });
    let back = context.button(BACK_TO_LIST, &ComponentAction::Keep(back));
    let reply = Reply::note(DISMISSED).row(Row::Buttons(vec![back]));
    Decision::from(reply).keeping(Change::Dismiss { topic: topic.to_owned() })
}

/// Returns a menu of the passages nearest to a question that nothing answered.
pub(crate) fn ask_passage(context: &RequestContext<'_>, page: Page) -> Reply {
    let group = match &context.view.found {
        StoreData::Topic(Some(group)) => group,
        StoreData::Topic(None) => return Reply::note(NO_LONGER_UNANSWERED),
        _ => return Reply::note(texts::CANNOT_LOOK_UP),
    };
    let question = Question { text: &group.question, ..Question::default() };
    let nearest = context.engine.ask_without(&question, context.hidden);
    let nearest =
        nearest.map(|answer| answer.passages().iter().map(SentenceRange::of).collect::<Vec<_>>());
    let stretches = nearest.unwrap_or_default().into_iter().filter_map(|run| context.stretch(run));
    let entries: Vec<Entry> = stretches.map(|stretch| passages::exact_entry(&stretch)).collect();
    let back =
        context.button(BACK_TO_LIST, &ComponentAction::Keep(StatefulAction::Unanswered(page)));
    Reply::note(which_passage(&curate::shown(&group.question)))
        .row(Row::Select(Select {
            component_id: ComponentAction::Keep(StatefulAction::Choose(group.topic.clone()))
                .id(context.version),
            placeholder: texts::CHOOSE_A_PASSAGE.to_owned(),
            entries,
        }))
        .row(Row::Buttons(vec![back]))
}

/// Pins the chosen passage to the question, which then has an answer.
pub(crate) fn choose(
    context: &RequestContext<'_>,
    topic: &str,
    run: Option<SentenceRange>,
) -> Decision {
    let group = match &context.view.found {
        StoreData::Topic(Some(group)) => group,
        StoreData::Topic(None) => return Decision::note(NO_LONGER_UNANSWERED),
        _ => return Decision::note(texts::CANNOT_LOOK_UP),
    };
    let Some((run, passage)) = run.and_then(|run| Some((run, pins::quote(context, run)?))) else {
        return Decision::note(texts::INVALID_BUTTON);
    };
    if context.hides_run(run) {
        return Decision::note(texts::PASSAGE_HIDDEN);
    }
    let is_pinned = context.view.community.pins.get(&group.question) == Some(&passage);
    let decision = curate::pin_passage(context, &group.question, run, passage);
    let topic = topic.to_owned();
    if is_pinned {
        // There is no record that could be undone.
        decision.keeping(Change::Dismiss { topic })
    } else if decision.changes.iter().any(Change::is_recorded) {
        decision.keeping(Change::Settle { topic })
    } else {
        decision
    }
}

/// Returns the first page of the passages with votes against them.
pub(crate) fn flags(context: &RequestContext<'_>, days: Option<i64>) -> Reply {
    match wrong_days(days) {
        Some(notice) => Reply::note(notice),
        None => flags_page(context, first(days)),
    }
}

/// Returns a page of them.
pub(crate) fn flags_page(context: &RequestContext<'_>, page: Page) -> Reply {
    let StoreData::Flags(found) = &context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if found.items.is_empty() {
        return Reply::note(NOTHING_FLAGGED);
    }
    let mut lines = vec![flagged(found.all, page.days)];
    let line = |(number, flag): (u64, &Flag)| {
        let place = wording::place(context, &flag.passage);
        format!("**{number}** {place} · {}", tally(&flag.votes))
    };
    lines.extend((u64::from(page.skip) + 1..).zip(&found.items).map(line));
    let shown =
        found.items.iter().filter_map(|flag| context.stretch(pins::run(context, &flag.passage)?));
    let mut entries: Vec<Entry> = Vec::new();
    for stretch in shown {
        let entry = passages::exact_entry(&stretch);
        if entries.iter().all(|known| known.value != entry.value) {
            entries.push(entry);
        }
    }
    let counted = (ENTRIES, found.all);
    Reply::note(lines.join("\n"))
        .row(Row::Select(Select {
            component_id: ComponentAction::Keep(StatefulAction::HideFlagged(page))
                .id(context.version),
            placeholder: HIDE_A_PASSAGE.to_owned(),
            entries,
        }))
        .row(turns(context, page.skip, counted, |skip| StatefulAction::Flags(at(page)(skip))))
}

/// `👎 3 (does not answer 2 · other 1) · 👍 1`
fn tally(votes: &Tally) -> String {
    let reasons = Reason::ALL.iter().filter(|reason| votes.down(**reason) > 0).map(|reason| {
        let label = votes::label(*reason).to_lowercase();
        format!("{label} {}", votes.down(*reason))
    });
    let reasons = reasons.collect::<Vec<_>>().join(" · ");
    format!("👎 {} ({}) · 👍 {}", votes.against(), escape(&reasons), votes.up)
}

/// Returns what is wrong with a number of days.
fn wrong_days(days: Option<i64>) -> Option<String> {
    let days = days?;
    let is_right = u32::try_from(days).is_ok_and(|days| (1..=MOST_DAYS).contains(&days));
    let most = MOST_DAYS;
    (!is_right).then(|| format!("Choose a number of days from 1 to {most}."))
}

/// Above the questions without an answer.
fn unanswered_heading(all: u64, days: u32) -> String {
    let number = usize::try_from(all).unwrap_or(usize::MAX);
    format!("**{} without an answer in {days} days**", counted(number, "question"))
}

/// Above the passages with votes against them.
fn flagged(all: u64, days: u32) -> String {
    let number = usize::try_from(all).unwrap_or(usize::MAX);
    format!("**{} with 👎 in {days} days**", counted(number, "passage"))
}

/// Asks which passage shall answer a question, already escaped.
fn which_passage(question: &str) -> String {
    format!(
        "Which passage answers “{question}”? These are the nearest in wording; for any other there \
         is `/curate pin`."
    )
}
