//! A passage as people see it: an embed, or plain text with the attribution beneath.
//!
//! This file knows nothing of questions: whether a passage answers is said elsewhere.

use super::component_id::{ComponentAction, SentenceRange};
use super::conversation;
use super::escape::{escape, plain};
use super::limits;
use super::link;
use super::notices;
use super::passage::Passage;
use super::reply::{Audience, Block, Button, Card, Quote, Reply, Row, Source, Target};
use super::request::Venue;
use super::request_context::RequestContext;
use super::texts;
use super::votes;
use super::wording::{self, Attributed};
use crate::community::Style;
use engine::answer::Answer;

/// Returns the answer to a question: one passage or a few, and the way to the others. What is the
/// answer together is shown together, whatever the place has set. To an answer that is `to_command`
/// no reply can come, so that it has a button for it.
pub(super) fn answer(
    context: &RequestContext<'_>,
    answer: &Answer,
    audience: Audience,
    to_command: Option<&str>,
) -> Reply {
    let runs: Vec<SentenceRange> = answer.passages().iter().map(SentenceRange::of).collect();
    let number = context.excerpts().max(answer.together());
    let (shown, others) = runs.split_at(number.min(runs.len()));
    let mut reply = conversation::about(Reply::new(audience), answer);
    if let Answer::Quoted { quoted_in, .. } = answer
        && !quoted_in.is_empty()
    {
        reply = reply.text(wording::languages_of_passages(quoted_in));
    }
    let ask = to_command
        .filter(|_| context.needs_ask_button())
        .map(|question| conversation::ask_button(context, question, answer, shown));
    let reply = with_passages(context, reply, shown, others, ask);
    votes::with_row(context, reply, shown.first().copied())
}

/// Adds the passages `shown` to a reply, with their buttons; `others` can be asked for. A passage
/// that does not fit joins the others.
pub(super) fn passages(
    context: &RequestContext<'_>,
    reply: Reply,
    shown: &[SentenceRange],
    others: &[SentenceRange],
) -> Reply {
    with_passages(context, reply, shown, others, None)
}

fn with_passages(
    context: &RequestContext<'_>,
    mut reply: Reply,
    shown: &[SentenceRange],
    others: &[SentenceRange],
    ask: Option<Button>,
) -> Reply {
    let stretches: Vec<Passage<'_>> =
        shown.iter().filter_map(|run| context.stretch(*run)).collect();
    let mut dropped = Vec::new();
    for stretch in &stretches {
        if !dropped.is_empty() || !reply.push(block(context, stretch)) {
            dropped.push(stretch.run);
        }
    }
    let Some(first) = stretches.first() else {
        return reply.text(texts::NOT_VERBATIM);
    };
    if dropped.contains(&first.run) {
        reply = Reply::note(notices::too_long_to_show(first.paragraph));
        dropped.retain(|run| *run != first.run);
    }
    dropped.extend(others);
    let buttons = buttons(context, first, &dropped, reply.audience(), ask);
    with_buttons(reply, &buttons)
}

/// Adds buttons, in as many rows as they take.
pub(super) fn with_buttons(reply: Reply, buttons: &[Button]) -> Reply {
    let rows = buttons.chunks(limits::BUTTONS);
    rows.fold(reply, |reply, row| reply.row(Row::Buttons(row.to_vec())))
}

/// Returns a passage in the style of the place.
pub(super) fn block(context: &RequestContext<'_>, stretch: &Passage<'_>) -> Block {
    words(context, &stretch.attributed(), &escape(stretch.text()), stretch.source())
}

/// Words of a document in the style of the place; `markdown` shows what is at `source`.
pub(super) fn words(
    context: &RequestContext<'_>,
    words: &Attributed<'_>,
    markdown: &str,
    source: Source,
) -> Block {
    let quoted = block_quote(markdown);
    if context.style() == Style::Plain {
        let attribution = plain_attribution(context, words);
        return Block::Quote(Quote { words: quoted, attribution, source });
    }
    let mut footer = wording::other_voices(words.clone());
    footer.push(wording::provenance(words.clone()));
    let footer: Vec<String> = footer.iter().map(|line| plain(line, limits::FOOTER)).collect();
    Block::Card(Card {
        author: author_line(words),
        description: quoted,
        footer: footer.join("\n"),
        source: Some(source),
    })
}

/// Returns who and whose words; without the office where the line would be too long.
fn author_line(words: &Attributed<'_>) -> String {
    let full = plain(&wording::attribution(words.clone()), limits::DESCRIPTION);
    if super::reply::units(&full) <= limits::AUTHOR {
        return full;
    }
    let who = wording::who(words.speaker, words.via, words.origin);
    let whose = wording::whose_words(words.voice, words.origin);
    format!("{} · {whose}", plain(&who, limits::AUTHOR / 2))
}

/// Returns the same as Markdown under a quotation in plain text.
fn plain_attribution(context: &RequestContext<'_>, words: &Attributed<'_>) -> String {
    let who = wording::who(words.speaker, words.via, words.origin);
    let full = author_line(words);
    let rest = full.strip_prefix(&*who).unwrap_or_default();
    let mut place = format!("¶{}", words.paragraphs.0);
    if context.corpus().documents().len() > 1 {
        place = format!("{} · {place}", escape(&plain(&words.origin.title, limits::AUTHOR)));
    }
    let line = if rest.is_empty() {
        format!("— {} · {place}", escape(&full))
    } else {
        format!("— **{}**{} · {place}", escape(&plain(&who, limits::AUTHOR)), escape(rest))
    };
    let others = wording::other_voices(words.clone());
    std::iter::once(line)
        .chain(others.iter().map(|other| escape(&plain(other, limits::FOOTER))))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns each line of `markdown` in a block quote.
pub(super) fn block_quote(markdown: &str) -> String {
    let lines: Vec<String> = markdown.split('\n').map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

fn buttons(
    context: &RequestContext<'_>,
    first: &Passage<'_>,
    others: &[SentenceRange],
    audience: Audience,
    ask: Option<Button>,
) -> Vec<Button> {
    let mut buttons = vec![context_button(context, first)];
    if !others.is_empty() {
        let mut button =
            context.button(texts::OTHER_PASSAGES, &ComponentAction::Passages(others.to_vec()));
        button.label = format!("{} ({})", button.label, others.len());
        buttons.push(button);
    }
    buttons.extend(ask);
    buttons.extend(ways_out(context, first, audience));
    buttons
}

/// Returns the buttons that take a passage elsewhere: *Share*, *Read in the article*, *Cite*.
pub(super) fn ways_out(
    context: &RequestContext<'_>,
    passage: &Passage<'_>,
    audience: Audience,
) -> Vec<Button> {
    let can_share = audience == Audience::Private && *context.place != Venue::Direct;
    let share = || context.button(texts::SHARE, &ComponentAction::Share(passage.run));
    let mut buttons: Vec<Button> = can_share.then(share).into_iter().collect();
    buttons.extend(link_button(passage));
    buttons.push(context.button(texts::CITE, &ComponentAction::Cite(passage.run)));
    buttons
}

/// *More context*.
pub(super) fn context_button(context: &RequestContext<'_>, stretch: &Passage<'_>) -> Button {
    context.button(texts::MORE_CONTEXT, &ComponentAction::Context(stretch.run))
}

/// *Read in the article*, where it has an address.
fn link_button(stretch: &Passage<'_>) -> Option<Button> {
    let label = texts::READ_IN_ARTICLE.to_owned();
    link::to(stretch).map(|url| Button { label, target: Target::Link(url) })
}
