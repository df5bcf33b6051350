//! Messages that address the bot: which are answered, and with what.

use super::answer_card;
use super::commands::ask::{abstention, kept, not_answered, pinned, search};
use super::component_id::ComponentAction;
use super::conversation::{self, Past};
use super::escape::escape;
use super::outcome::{Decision, Outcome};
use super::reply::{Audience, Reply, Response, Row};
use super::request::{PriorMessage, Venue};
use super::request_context::RequestContext;
use super::texts;
use crate::community::Change;
use engine::answer::{Answer, Exchange, Question as Asked};

/// Returns a message that addresses the bot. Everyone sees the reply, so that anything but an
/// answer is one line.
pub(super) fn mention(
    context: &RequestContext<'_>,
    text: &str,
    has_attachments: bool,
    before: &[PriorMessage],
) -> Outcome {
    let heard = heard(context);
    if heard == Heard::Nowhere {
        return Response::Nothing.into();
    }
    let line = |text: &str| Reply::new(Audience::Public).text(text);
    if text.trim().is_empty() {
        let key = if has_attachments { texts::ONLY_ATTACHMENTS } else { texts::MENTION_HELP };
        return Decision::from(line(key)).message();
    }
    if asks_for_help(text) {
        return Decision::from(line(texts::MENTION_HELP)).message();
    }
    let past = conversation::exchanges(context, before);
    let exchanges: Vec<Exchange<'_>> = past.iter().map(Past::exchange).collect();
    let pinned = || exchanges.is_empty().then(|| pinned(context, text, Audience::Public)).flatten();
    if let Some(reply) = pinned() {
        return Decision::from(reply).message();
    }
    let asked = Asked { text, context: &exchanges, ..Asked::default() };
    let decision = match search(context, &asked) {
        Ok(answer @ Answer::Quoted { .. }) => {
            answer_card::answer(context, &answer, Audience::Public, None).into()
        }
        Ok(answer) if heard == Heard::Directly => {
            abstention(context, &answer, Audience::Public, None).into()
        }
        Ok(answer) => one_line(context, &answer, kept(context, text, &answer)),
        Err(notice) => line(&notice).into(),
    };
    decision.message()
}

/// The kind of place in which a message is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// Not here.
    Nowhere,
    /// In a channel of a server.
    InServer,
    /// In a direct message.
    Directly,
}

fn heard(context: &RequestContext<'_>) -> Heard {
    match context.place {
        Venue::Direct => Heard::Directly,
        Venue::Server { channel, parent, permits, .. } => {
            let is_wanted = context.view.community.answers_mentions(*channel, *parent);
            let may_answer = is_wanted && permits.view && permits.send;
            if may_answer { Heard::InServer } else { Heard::Nowhere }
        }
        Venue::Elsewhere => Heard::Nowhere,
    }
}

fn one_line(
    context: &RequestContext<'_>,
    answer: &Answer,
    kept: Option<(String, Change)>,
) -> Decision {
    let Answer::Abstained { reason, .. } = answer else {
        return Decision::note(texts::FAILED);
    };
    let said = not_answered(context, reason);
    let about = conversation::about_line(answer).map_or_else(String::new, |line| line + "\n");
    let help = context.button(texts::HELP_LABEL, &ComponentAction::Help);
    let (kept, change) = kept.unzip();
    let kept = kept.map_or_else(String::new, |kept| format!(" {kept}"));
    let reply = Reply::new(Audience::Public)
        .text(format!("{about}**{}** {}{kept}", escape(&said.headline), escape(&said.detail)))
        .row(Row::Buttons(vec![help]));
    Decision { reply, changes: change.into_iter().collect() }
}

/// Returns whether a message is nothing but the word by which people ask programs how to use them.
fn asks_for_help(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    word.eq_ignore_ascii_case(texts::HELP_WORD)
}
