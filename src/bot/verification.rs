//! What a check of quotations found: the verdict, the passage with the words marked that differ,
//! and whose words they are.

use super::answer_card::{block_quote, context_button, link_button, words};
use super::escape::{echo, escape, plain};
use super::limits;
use super::notices;
use super::passage::Passage;
use super::reply::{Audience, Block, Card, Reply, Row, Source};
use super::request_context::RequestContext;
use super::texts;
use super::wording::{self, Attributed};
use crate::community::Style;
use engine::quotation::{self, Claim, Mark, Segment, Verdict, Verification};

/// The most quotations of one message that are checked.
const MAX_QUOTATIONS: usize = 5;
/// The most characters of a quotation that are shown back beside its verdict.
const ECHO: usize = 80;

/// One quotation.
pub(super) fn of_claim(
    context: &RequestContext<'_>,
    claim: &Claim<'_>,
    audience: Audience,
) -> Result<Reply, String> {
    let found = context.engine.verify(claim).map_err(|error| notices::not_checkable(&error))?;
    let is_absent = found.verdict() == Verdict::Absent;
    let audience = if is_absent { Audience::Private } else { audience };
    let reply = Reply::new(audience).text(verdict(context, &found));
    let reply = evidence(context, reply, &found, None);
    let stretch =
        found.passages().first().and_then(|first| Passage::around(context.corpus(), first));
    let Some(stretch) = stretch else {
        return Ok(reply);
    };
    let mut buttons = vec![context_button(context, &stretch)];
    buttons.extend(link_button(&stretch));
    Ok(reply.row(Row::Buttons(buttons)))
}

/// Returns every quotation of a message; all of it where nothing is in quotation marks.
pub(super) fn of_message(context: &RequestContext<'_>, message: &str) -> Reply {
    let quotations = quotations(message);
    if quotations.is_empty() {
        let claim = Claim { quote: message, speaker: None };
        let reply = of_claim(context, &claim, Audience::Private);
        return reply.unwrap_or_else(Reply::note);
    }
    let mut reply = Reply::new(Audience::Private);
    for (number, quote) in (1..).zip(quotations.iter().take(MAX_QUOTATIONS)) {
        let found = context.engine.verify(&Claim { quote, speaker: None });
        let said = match &found {
            Ok(found) => verdict(context, found),
            Err(error) => notices::not_checkable(error),
        };
        reply = reply.text(format!("**{number}** “{}”\n{said}", echo(quote, ECHO)));
        if let Ok(found) = &found {
            reply = evidence(context, reply, found, Some(number));
        }
    }
    match quotations.len().saturating_sub(MAX_QUOTATIONS) {
        0 => reply,
        more => reply.text(notices::more_quotations(more)),
    }
}

fn verdict(context: &RequestContext<'_>, found: &Verification) -> String {
    let documents = context.corpus().documents().len();
    let mut lines = vec![format!("**{}**", escape(&wording::verdict(found, documents)))];
    lines.extend(found.alleged().map(|alleged| escape(&wording::allegation(alleged))));
    let first = found.passages().first();
    lines.extend(first.and_then(wording::region).map(escape));
    if found.verdict() == Verdict::Near {
        lines.push(texts::LEGEND_DIFFERING.to_owned());
    }
    if found.words_left_out() > 0 {
        lines.push(texts::LEGEND_LEFT_OUT.to_owned());
    }
    let others = found.passages().len().saturating_sub(1);
    lines.extend(wording::other_passages(others).map(|others| format!("{others}.")));
    lines.join("\n")
}

/// Adds the first passage, and the claim where it differs; of several claims, with its number.
fn evidence(
    context: &RequestContext<'_>,
    mut reply: Reply,
    found: &Verification,
    number: Option<usize>,
) -> Reply {
    let Some(passage) = found.passages().first() else {
        return reply;
    };
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
    if !reply.push(numbered(block(context, passage))) {
        reply = reply.text(notices::too_long_to_show(passage.start().paragraph));
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
    let text = marked(passage.segments(), str::to_owned);
    let span = passage.span();
    let slug = passage.origin().slug.clone();
    let source = Source { slug, start: span.start(), end: span.end() };
    words(context, &Attributed::from(passage), &text, source)
}

/// Differing words bold, words left out underlined; the white space around them is neither.
fn marked(segments: &[Segment], form: impl Fn(&str) -> String) -> String {
    let mut markdown = String::new();
    for Segment { text, mark } in segments {
        let sign = match mark {
            Mark::Same => "",
            Mark::Different => "**",
            Mark::LeftOut => "__",
        };
        let inner = text.trim();
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

/// Returns what is in quotation marks or block quotes of a message, in order.
fn quotations(message: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    let mut prose = String::new();
    for line in message.lines() {
        if let Some(quoted) = line.trim_start().strip_prefix('>') {
            found.extend(in_marks(&std::mem::take(&mut prose)));
            block.push(quoted.trim_start_matches('>').trim());
            continue;
        }
        found.extend(joined(&mut block));
        prose.push_str(line);
        prose.push('\n');
    }
    found.extend(in_marks(&prose));
    found.extend(joined(&mut block));
    found.retain(|quote| quote.chars().any(char::is_alphanumeric));
    found
}

fn joined(block: &mut Vec<&str>) -> Option<String> {
    let lines = std::mem::take(block);
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// Returns what is between quotation marks. A mark within another pair is part of the quotation.
fn in_marks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, open)) = rest.char_indices().find(|(_, c)| closing(*c).is_some()) {
        let (_, behind) = rest.split_at(at + open.len_utf8());
        let is_end = |c: char| closing(open).is_some_and(|marks| marks.contains(&c));
        match behind.split_once(is_end) {
            Some((quote, after)) => {
                found.push(quote.trim().to_owned());
                rest = after;
            }
            None => rest = behind,
        }
    }
    found
}

/// Returns the marks that end what `open` begins.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '"' => Some(&['"']),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_in_a_message() {
        let message = "He said “one two” and \"three\", then\n> four\n> five\nand „six“ “unclosed";
        assert_eq!(quotations(message), ["one two", "three", "four five", "six"]);
        assert!(quotations("no marks at all, don't you see?").is_empty());
        assert!(quotations("“” \"...\" > x").is_empty());
    }
}
