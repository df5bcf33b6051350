//! *More context*: the paragraph before, this one, the paragraph after, each with its own
//! attribution. What is never quoted is never shown here either.

use super::answer_card::words;
use super::component_id::{ComponentAction, SentenceRange};
use super::escape::escape;
use super::notices;
use super::passage::Passage;
use super::reply::{Audience, Reply, Row};
use super::request_context::RequestContext;
use super::texts;

/// Stretches seen at once.
const PAGE: isize = 3;

/// Returns what is around `run`, `shift` stretches further on; `None` where there is no such place.
pub(super) fn around(
    context: &RequestContext<'_>,
    run: SentenceRange,
    shift: i16,
) -> Option<Reply> {
    let own = context.stretch(run)?;
    let runs = context.runs(own.document_index);
    let here = runs.iter().position(|run| run.contains(&own.sentences.start))?;
    let count = isize::try_from(runs.len()).ok()?;
    let centre = isize::try_from(here).ok()? + isize::from(shift);
    let (start, end) = ((centre - 1).max(0), (centre + 2).min(count));
    if start >= end {
        return None;
    }
    let mut reply = Reply::new(Audience::Private).text(texts::CONTEXT_HEADING);
    for position in usize::try_from(start).ok()?..usize::try_from(end).ok()? {
        let range = runs.get(position)?.clone();
        let seen = Passage::cut(context.corpus(), own.document_index, range)?;
        let text = emphasized(&seen, &own);
        if !reply.push(words(context, &seen.attributed(), &text, seen.source())) {
            reply = reply.text(notices::too_long_to_show(seen.paragraph));
        }
    }
    let page = |by: isize| {
        let shift = i16::try_from(isize::from(shift) + by).ok()?;
        Some(ComponentAction::Page(run, shift))
    };
    let earlier = page(-PAGE).filter(|_| start > 0);
    let later = page(PAGE).filter(|_| end < count);
    let buttons = [(texts::EARLIER, earlier), (texts::LATER, later)].into_iter();
    let buttons = buttons.filter_map(|(label, press)| Some(context.button(label, &press?)));
    Some(reply.row(Row::Buttons(buttons.collect())))
}

/// Returns the text of `seen`, in which the words of `own` are bold.
fn emphasized(seen: &Passage<'_>, own: &Passage<'_>) -> String {
    let bold = seen.span.intersection(own.span).filter(|bold| *bold != seen.span);
    let text = seen.text();
    let cut = bold.and_then(|bold| {
        let (start, end) = (bold.start() - seen.span.start(), bold.end() - seen.span.start());
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    });
    match (cut, seen.span == own.span) {
        (Some((before, bold, after)), _) => {
            format!("{}**{}**{}", escape(before), escape(bold), escape(after))
        }
        (None, true) => format!("**{}**", escape(text)),
        (None, false) => escape(text),
    }
}
