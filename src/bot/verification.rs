//! What a check of quotations found: the verdict, the passage with the words marked that differ,
//! and whose words they are.

use super::answer_card::{block_quote, context_button, ways_out, with_buttons, words};
use super::escape::{echo, escape, plain};
use super::limits;
use super::notices;
use super::passage::Passage;
use super::reply::{Audience, Block, Button, Card, Reply, Source, Target};
use super::request_context::RequestContext;
use super::texts;
use super::wording::{self, Attributed};
use crate::community::Style;
use engine::quotation::{self, Claim, Mark, Segment, Verdict, Verification};

/// The most quotations of one message that are checked.
const MAX_QUOTATIONS: usize = 5;
/// The most characters of a line that holds words of a claim.
const LINE: usize = 400;
/// The most characters of a quotation that are shown back beside its verdict.
const ECHO: usize = 80;

/// One quotation.
pub(super) fn of_claim(
    context: &RequestContext<'_>,
    claim: &Claim<'_>,
    audience: Audience,
) -> Result<Reply, String> {
    let found = context.engine.verify(claim).map_err(|error| notices::not_checkable(&error))?;
    let audience = if found.passages().is_empty() { Audience::Private } else { audience };
    Ok(with_check(context, Reply::new(audience), &found))
}

fn with_claim(
    context: &RequestContext<'_>,
    reply: Reply,
    claim: &Claim<'_>,
) -> Result<Reply, String> {
    let found = context.engine.verify(claim).map_err(|error| notices::not_checkable(&error))?;
    Ok(with_check(context, reply, &found))
}

fn with_check(context: &RequestContext<'_>, reply: Reply, found: &Verification) -> Reply {
    let reply = evidence(context, reply.text(verdict(context, found)), found, None);
    let buttons = own_buttons(context, found, reply.audience());
    with_buttons(reply, &buttons)
}

/// The ways on from the sentences in which a quotation was found.
fn own_buttons(
    context: &RequestContext<'_>,
    found: &Verification,
    audience: Audience,
) -> Vec<Button> {
    let first = found.passages().first();
    let sentences = first.and_then(|first| Passage::around(context.corpus(), first));
    let Some(sentences) = sentences else { return Vec::new() };
    let mut buttons = vec![context_button(context, &sentences)];
    buttons.extend(ways_out(context, &sentences, audience));
    buttons
}

/// Returns a check of every quotation of a message; where nothing is marked as one, of the longest
/// run of its words that is in a document.
pub(super) fn of_message(context: &RequestContext<'_>, message: &str) -> Reply {
    let quotations = quotation::message::quotations(message);
    if quotations.is_empty() {
        let Some(run) = context.engine.unmarked_quotation(message) else {
            return Reply::note(texts::NO_QUOTATION);
        };
        let claim = Claim { quote: &run, speaker: None };
        let reply = Reply::note(notices::unmarked_quotation(&run));
        return with_claim(context, reply, &claim).unwrap_or_else(Reply::note);
    }
    let mut reply = Reply::new(Audience::Private);
    let mut known: Vec<Target> = Vec::new();
    let is_one = quotations.len() == 1;
    for (number, quote) in (1..).zip(quotations.iter().take(MAX_QUOTATIONS)) {
        let found = context.engine.verify(&Claim { quote, speaker: None });
        let said = match &found {
            Ok(found) => verdict(context, found),
            Err(error) => notices::not_checkable(error),
        };
        reply = reply.text(format!("**{number}** “{}”\n{said}", echo(quote, ECHO)));
        let Ok(found) = &found else { continue };
        reply = evidence(context, reply, found, Some(number));
        let mut buttons = own_buttons(context, found, Audience::Private);
        // Discord refuses a message in which two buttons are one.
        buttons.retain(|button| !known.contains(&button.target));
        known.extend(buttons.iter().map(|button| button.target.clone()));
        if !is_one {
            for button in &mut buttons {
                button.label = format!("{number} · {}", button.label);
            }
        }
        reply = with_buttons(reply, &buttons);
    }
    match quotations.len().saturating_sub(MAX_QUOTATIONS) {
        0 => reply,
        more => reply.text(notices::more_quotations(more)),
    }
}

fn verdict(context: &RequestContext<'_>, found: &Verification) -> String {
    let documents = context.corpus().documents().len();
    let mut lines =
        vec![format!("**{}**", escape(&plain(&wording::headline(found, documents), LINE)))];
    lines.extend(wording::allegation(found).map(|line| escape(&line)));
    lines.extend(wording::unknown_speaker(found).map(|line| escape(&plain(&line, LINE))));
    let first = found.passages().first();
    lines.extend(first.and_then(wording::region).map(escape));
    lines.extend(first.and_then(|first| legend(found.verdict(), first)));
    if found.verdict() != Verdict::Stitched {
        let others = found.passages().len().saturating_sub(1);
        lines.extend(wording::other_passages(others).map(|others| format!("{others}.")));
    }
    lines.join("\n")
}

/// Says what bold and underlined words are; nothing where all words are alike.
fn legend(verdict: Verdict, passage: &quotation::Passage) -> Option<String> {
    let has = |mark: Mark| passage.sentences().segments.iter().any(|part| part.mark == mark);
    let mut legend = vec![texts::LEGEND_CLAIMED];
    if has(Mark::LeftOut) {
        legend.push(texts::LEGEND_LEFT_OUT);
    }
    if verdict == Verdict::Near {
        legend.push(texts::LEGEND_DIFFERING);
    }
    (legend.len() > 1 || has(Mark::Around)).then(|| legend.join(" "))
}

/// Adds the sentences in which the claim was found, and the claim where it differs; of several
/// claims, with its number.
fn evidence(
    context: &RequestContext<'_>,
    mut reply: Reply,
    found: &Verification,
    number: Option<usize>,
) -> Reply {
    let numbered = |block: Block| match (block, number) {
        (Block::Card(mut card), Some(number)) => {
            card.author = plain(&format!("{number} · {}", card.author), limits::AUTHOR);
            Block::Card(card)
        }
        (block, _) => block,
    };
    if found.verdict() == Verdict::Near {
        reply.push(numbered(claim(context, found)));
    }
    let shown = if found.verdict() == Verdict::Stitched { found.passages().len() } else { 1 };
    for passage in found.passages().iter().take(shown) {
        if !reply.push(numbered(block(context, passage))) {
            reply = reply.text(notices::too_long_to_show(passage.start().paragraph));
        }
    }
    reply
}

/// Returns the claim as written, with what differs.
fn claim(context: &RequestContext<'_>, found: &Verification) -> Block {
    let claimed = block_quote(&marked(found.claim(), inline));
    let heading = texts::AS_CLAIMED.to_owned();
    match context.style() {
        Style::Card => {
            let footer = String::new();
            Block::Card(Card { author: heading, description: claimed, footer, source: None })
        }
        Style::Plain => Block::Text(format!("{heading}:\n{claimed}")),
    }
}

fn block(context: &RequestContext<'_>, passage: &quotation::Passage) -> Block {
    let sentences = passage.sentences();
    let is_marked = sentences.segments.iter().any(|segment| segment.mark != Mark::Same);
    let text = if is_marked {
        marked(&sentences.segments, str::to_owned)
    } else {
        escape(&sentences.text())
    };
    let slug = passage.origin().slug.clone();
    let source = Source { slug, start: sentences.span.start(), end: sentences.span.end() };
    words(context, &Attributed::sentences_of(passage), &text, source)
}

/// Words that both sides have bold, words that differ or are left out underlined; the white space
/// around them is neither.
fn marked(segments: &[Segment], form: impl Fn(&str) -> String) -> String {
    let mut markdown = String::new();
    for Segment { text, mark } in segments {
        let sign = match mark {
            Mark::Around => "",
            Mark::Same => "**",
            Mark::Different | Mark::LeftOut => "__",
        };
        let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
        let (before, after) = text.split_once(inner).unwrap_or_default();
        let sign = if inner.is_empty() { "" } else { sign };
        let (before, inner, after) = (form(before), form(inner), form(after));
        markdown.push_str(&escape(&before));
        markdown.extend([sign, &escape(&inner), sign]);
        markdown.push_str(&escape(&after));
    }
    markdown
}

/// Returns what someone else wrote, on one line and without what cannot be seen.
fn inline(text: &str) -> String {
    let words = plain(text, usize::MAX);
    let border = |at_border: bool| if at_border { " " } else { "" };
    if words.is_empty() {
        return border(!text.is_empty()).to_owned();
    }
    let start = border(text.starts_with(char::is_whitespace));
    let end = border(text.ends_with(char::is_whitespace));
    format!("{start}{words}{end}")
}
