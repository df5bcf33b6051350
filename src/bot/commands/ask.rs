//! `/ask`: a question in the asker's own words, answered by a passage; and the same for whatever
//! else asks a question.

use super::options::{COMPLETED, Options, PRIVATE, QUESTION, QUESTION_TEXT, SPEAKER};
use crate::answer_card;
use crate::catalogue::{Command, CommandOption, OptionKind};
use crate::community::Change;
use crate::component_id::{ComponentAction, SentenceRange};
use crate::conversation;
use crate::documents;
use crate::escape::escape;
use crate::notices;
use crate::outcome::Decision;
use crate::pins;
use crate::reply::{Audience, Reply, Row, units};
use crate::request::Action;
use crate::request_context::RequestContext;
use crate::texts;
use crate::votes;
use crate::wording::{self, Abstention};
use engine::answer::{Answer, AskError, Question, Reason};

pub(super) const NAME: &str = "ask";
pub(crate) const DOCUMENT: &str = "document";

/// The most characters of a question.
pub(crate) const MAX_QUESTION: usize = 300;

const PINNED_BY_MODERATORS: &str = "Chosen by the moderators of this server.";
const SHOW_NEAREST: &str = "Show the nearest passages";

pub(super) const COMMAND: Command = Command {
    options: &[
        CommandOption::required(QUESTION, texts::ASK_QUESTION, QUESTION_TEXT),
        CommandOption::optional(SPEAKER, "Only quote this person", COMPLETED),
        CommandOption::optional(PRIVATE, "Only show the answer to me", OptionKind::Flag),
    ],
    ..Command::slash(NAME, "Ask a question; the answer is a passage, quoted word for word")
};

/// The option for one of several documents.
pub(super) const OPTIONAL_DOCUMENT: CommandOption =
    CommandOption::optional(DOCUMENT, "Only quote this document", COMPLETED);

pub(super) fn action(options: &Options) -> Action {
    Action::Ask {
        question: options.text(QUESTION).unwrap_or_default(),
        speaker: options.text(SPEAKER),
        document: options.text(DOCUMENT),
        private: options.flag(PRIVATE),
    }
}

/// Returns the same as [`ask`], from the document of this name where there is one.
pub(crate) fn ask_within(
    context: &RequestContext<'_>,
    asked: &Question<'_>,
    document: Option<&str>,
    audience: Audience,
) -> Decision {
    let named = document.filter(|typed| !typed.trim().is_empty());
    match named.map(|typed| documents::called(context.corpus(), typed)).transpose() {
        Ok(None) => ask(context, asked, audience),
        Ok(Some(document)) => ask(&context.within(document), asked, audience),
        Err(notice) => Decision::note(notice),
    }
}

/// Returns what is said to a question, and whether it is kept. Abstentions and mistakes are seen by
/// the asker alone.
pub(crate) fn ask(
    context: &RequestContext<'_>,
    asked: &Question<'_>,
    audience: Audience,
) -> Decision {
    let may_be_pinned =
        asked.speaker.is_none() && asked.context.is_empty() && context.document.is_none();
    if let Some(reply) = may_be_pinned.then(|| pinned(context, asked.text, audience)).flatten() {
        return reply.into();
    }
    let answer = search(context, asked);
    let kept = answer.as_ref().ok().and_then(|answer| kept(context, asked.text, answer));
    let reply = said(context, asked, answer, audience);
    match kept {
        Some((notice, change)) => Decision::from(reply.text(notice)).keeping(change),
        None => reply.into(),
    }
}

/// Returns what is said to a question that was asked by a command or a form.
pub(super) fn said(
    context: &RequestContext<'_>,
    asked: &Question<'_>,
    answer: Result<Answer, String>,
    audience: Audience,
) -> Reply {
    match answer {
        Ok(answer @ Answer::Quoted { .. }) => {
            answer_card::answer(context, &answer, audience, Some(asked.text))
        }
        Ok(answer) => abstention(context, &answer, Audience::Private, Some(asked.text)),
        Err(notice) => Reply::note(notice),
    }
}

/// Returns the passage that moderators chose for this very question.
pub(crate) fn pinned(
    context: &RequestContext<'_>,
    question: &str,
    audience: Audience,
) -> Option<Reply> {
    let run = pins::pinned(context, question)?;
    let reply = Reply::new(audience).text(PINNED_BY_MODERATORS);
    let reply = answer_card::passages(context, reply, &[run], &[]);
    Some(votes::with_row(context, reply, Some(run)))
}

/// Returns the change that keeps a question that nothing answers, where that is wanted, with what
/// is said of it. A question in which nothing is asked is none.
pub(crate) fn kept(
    context: &RequestContext<'_>,
    question: &str,
    answer: &Answer,
) -> Option<(String, Change)> {
    match answer {
        Answer::Abstained { reason: Reason::NothingAsked, .. } | Answer::Quoted { .. } => None,
        Answer::Abstained { .. } => {
            let (days, change) = pins::keep_unanswered(context, question)?;
            Some((kept_unanswered(days), change))
        }
    }
}

/// Looks for an answer; `Err` is one sentence on what is wrong with the question.
pub(crate) fn search(context: &RequestContext<'_>, asked: &Question<'_>) -> Result<Answer, String> {
    let length = units(asked.text);
    if asked.text.trim().is_empty() {
        return Err(texts::NOTHING_TYPED.to_owned());
    }
    if length > MAX_QUESTION {
        return Err(notices::question_too_long(length, MAX_QUESTION));
    }
    engine_answer(context, asked)
}

pub(super) fn engine_answer(
    context: &RequestContext<'_>,
    asked: &Question<'_>,
) -> Result<Answer, String> {
    let speaker = asked.speaker.filter(|name| !name.trim().is_empty());
    let asked = Question { speaker, ..*asked };
    let mut left_out = context.hidden.to_vec();
    left_out.extend(
        context.document.into_iter().flat_map(|own| documents::others(context.corpus(), own)),
    );
    context.engine.ask_without(&asked, &left_out).map_err(|error| match error {
        AskError::UnknownSpeaker(unknown) => notices::unknown_speaker(&unknown),
        AskError::Index(_) | AskError::Encoder(_) => texts::FAILED.to_owned(),
    })
}

/// Nothing is quoted. To what is `to_command` no reply can come, so that it has a button for it.
pub(crate) fn abstention(
    context: &RequestContext<'_>,
    answer: &Answer,
    audience: Audience,
    to_command: Option<&str>,
) -> Reply {
    let Answer::Abstained { reason, nearest, .. } = answer else {
        return Reply::note(texts::FAILED);
    };
    let said = not_answered(context, reason);
    let about = conversation::about_line(answer).map_or_else(String::new, |line| line + "\n");
    let text = format!("{about}**{}**\n{}", escape(&said.headline), escape(&said.detail));
    let runs: Vec<SentenceRange> = nearest.iter().map(SentenceRange::of).collect();
    let mut buttons = Vec::new();
    if reason.asks_documents() && !runs.is_empty() {
        buttons.push(context.button(SHOW_NEAREST, &ComponentAction::Nearest(runs)));
    }
    let is_about_something = *reason != Reason::NothingAsked;
    if let Some(question) = to_command.filter(|_| context.needs_ask_button() && is_about_something)
    {
        buttons.push(conversation::ask_button(context, question, answer, &[]));
    }
    buttons.push(context.button(texts::HELP_LABEL, &ComponentAction::Help));
    Reply::new(audience).text(text).row(Row::Buttons(buttons))
}

pub(crate) fn not_answered(context: &RequestContext<'_>, reason: &Reason) -> Abstention {
    let titles = context.titles();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    wording::abstention(reason, &titles)
}

/// For how long a question is kept that nothing answered.
fn kept_unanswered(days: u32) -> String {
    format!("Kept for the moderators for {days} days, without your name.")
}
