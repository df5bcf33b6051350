//! `/review unanswered` and `flags`: questions that nothing answered, and passages that people
//! found no good answer.

use super::super::component_id::{ComponentAction, SentenceRange};
use super::super::escape::{echo, escape, plain};
use super::super::limits;
use super::super::notices;
use super::super::outcome::Decision;
use super::super::passages;
use super::super::pins;
use super::super::reply::{Entry, Reply, Row, Select};
use super::super::request_context::RequestContext;
use super::super::stateful_action::{Page, StatefulAction, is_topic};
use super::super::store_query::{ENTRIES, MOST_DAYS, first};
use super::super::votes;
use super::{at, curate, turns, wording};
use crate::community::{Change, Flag, Reason, StoreData, Tally, Unanswered};
use crate::texts;
use engine::answer::Question;

/// The most characters of a question in a list.
const QUESTION: usize = 200;

/// Returns the first page of the questions without an answer.
pub(super) fn unanswered(context: &RequestContext<'_>, days: Option<i64>) -> Reply {
    match wrong_days(days) {
        Some(notice) => Reply::note(notice),
        None => unanswered_page(context, first(days)),
    }
}

/// Returns a page of them.
pub(super) fn unanswered_page(context: &RequestContext<'_>, page: Page) -> Reply {
    let StoreData::Unanswered(found) = &context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if found.items.is_empty() {
        let is_kept = context.view.community.settings.keep_unanswered.unwrap_or_default();
        let text = match is_kept.days() {
            Some(_) => texts::NOTHING_UNANSWERED,
            None => texts::UNANSWERED_NOT_KEPT,
        };
        return Reply::note(text);
    }
    let mut lines = vec![notices::unanswered(found.all, page.days)];
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
        .row(menu(texts::PIN_A_PASSAGE, StatefulAction::Answer(page)))
        .row(menu(texts::DISMISS, StatefulAction::Dismiss(page)))
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
pub(super) fn dismiss(context: &RequestContext<'_>, page: Page, topic: Option<&str>) -> Decision {
    let Some(topic) = topic.filter(|topic| is_topic(topic)) else {
        return Decision::note(texts::INVALID_BUTTON);
    };
    let back = StatefulAction::Unanswered(Page { skip: 0, ..page });
    let back = context.button(texts::BACK_TO_LIST, &ComponentAction::Keep(back));
    let reply = Reply::note(texts::DISMISSED).row(Row::Buttons(vec![back]));
    Decision::from(reply).keeping(Change::Dismiss { topic: topic.to_owned() })
}

/// Returns a menu of the passages nearest to a question that nothing answered.
pub(super) fn ask_passage(context: &RequestContext<'_>, page: Page) -> Reply {
    let group = match &context.view.found {
        StoreData::Topic(Some(group)) => group,
        StoreData::Topic(None) => return Reply::note(texts::NO_LONGER_UNANSWERED),
        _ => return Reply::note(texts::CANNOT_LOOK_UP),
    };
    let question = Question { text: &group.question, ..Question::default() };
    let nearest = context.engine.ask_without(&question, context.hidden);
    let nearest =
        nearest.map(|answer| answer.passages().iter().map(SentenceRange::of).collect::<Vec<_>>());
    let stretches = nearest.unwrap_or_default().into_iter().filter_map(|run| context.stretch(run));
    let entries: Vec<Entry> = stretches.map(|stretch| passages::exact_entry(&stretch)).collect();
    let back = context
        .button(texts::BACK_TO_LIST, &ComponentAction::Keep(StatefulAction::Unanswered(page)));
    Reply::note(notices::which_passage(&curate::shown(&group.question)))
        .row(Row::Select(Select {
            component_id: ComponentAction::Keep(StatefulAction::Choose(group.topic.clone()))
                .id(context.version),
            placeholder: texts::CHOOSE_A_PASSAGE.to_owned(),
            entries,
        }))
        .row(Row::Buttons(vec![back]))
}

/// Pins the chosen passage to the question, which then has an answer.
pub(super) fn choose(
    context: &RequestContext<'_>,
    topic: &str,
    run: Option<SentenceRange>,
) -> Decision {
    let group = match &context.view.found {
        StoreData::Topic(Some(group)) => group,
        StoreData::Topic(None) => return Decision::note(texts::NO_LONGER_UNANSWERED),
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
pub(super) fn flags(context: &RequestContext<'_>, days: Option<i64>) -> Reply {
    match wrong_days(days) {
        Some(notice) => Reply::note(notice),
        None => flags_page(context, first(days)),
    }
}

/// Returns a page of them.
pub(super) fn flags_page(context: &RequestContext<'_>, page: Page) -> Reply {
    let StoreData::Flags(found) = &context.view.found else {
        return Reply::note(texts::CANNOT_LOOK_UP);
    };
    if found.items.is_empty() {
        return Reply::note(texts::NOTHING_FLAGGED);
    }
    let mut lines = vec![notices::flagged(found.all, page.days)];
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
            placeholder: texts::HIDE_A_PASSAGE.to_owned(),
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
