//! Questions that follow others: what was asked and shown before is read from the messages
//! themselves, and from the button that was pressed. Nothing is remembered.
//!
//! What those messages hold is taken as a stranger's: a passage counts as shown only if the id of
//! a component names it, that id is of these documents, and the message really shows it.

use super::answer_card::block_quote;
use super::commands::ask::MAX_QUESTION;
use super::component_id::{ComponentAction, SentenceRange, Topic};
use super::escape::{escape, shown};
use super::passage::Passage;
use super::reply::{Button, Form, Reply};
use super::request::PriorMessage;
use super::request_context::RequestContext;
use super::texts;
use super::wording;
use engine::answer::{Answer, Exchange};
use engine::knowledge::{Corpus, SentenceId};
use engine::text::keywords;

/// An earlier question, with the passages that were shown for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Past {
    question: String,
    quoted: Vec<(SentenceId, SentenceId)>,
}

impl Past {
    /// Returns it as the engine takes it.
    pub(super) fn exchange(&self) -> Exchange<'_> {
        Exchange { question: &self.question, speaker: None, quoted: &self.quoted }
    }

    /// Returns the exchange that the button on an answer tells of. The answer itself was not seen
    /// again.
    pub(super) fn of_topic(corpus: &Corpus, topic: &Topic) -> Self {
        let quoted = topic.runs.iter().filter_map(|run| sentences(corpus, *run));
        Self { question: topic.words.clone(), quoted: quoted.collect() }
    }
}

/// Returns the exchanges that messages hold, the oldest first.
pub(super) fn exchanges(context: &RequestContext<'_>, before: &[PriorMessage]) -> Vec<Past> {
    let answers = before.iter().filter(|message| message.is_ours);
    let past = answers.map(|answer| {
        let asked = before.iter().find(|asked| Some(asked.id) == answer.replies_to);
        let current = answer.components.iter().filter(|(version, _)| *version == context.version);
        let presses: Vec<&ComponentAction> = current.map(|(_, press)| press).collect();
        let question = match asked.filter(|asked| !asked.is_ours && !asked.text.trim().is_empty()) {
            Some(asked) => asked.text.clone(),
            None => presses.iter().copied().find_map(words).unwrap_or_default(),
        };
        let runs = presses
            .iter()
            .copied()
            .flat_map(runs)
            .filter(|run| shows(context.corpus(), answer, *run));
        let mut quoted = Vec::new();
        for place in runs.filter_map(|run| sentences(context.corpus(), run)) {
            if !quoted.contains(&place) {
                quoted.push(place);
            }
        }
        Past { question, quoted }
    });
    past.filter(|past| *past != Past::default()).collect()
}

/// *Ask about this*, for an answer to which no reply with text can come.
pub(super) fn ask_button(
    context: &RequestContext<'_>,
    question: &str,
    answer: &Answer,
    shown: &[SentenceRange],
) -> Button {
    let runs: Vec<SentenceRange> = shown.iter().take(Topic::MAX_RUNS).copied().collect();
    // Whoever asks next must not have to know what this question took from another.
    let inherited = answer.inherited();
    let whole = std::iter::once(question)
        .chain(inherited.into_iter().flat_map(|taken| &taken.topic).map(String::as_str))
        .chain(inherited.and_then(|taken| taken.speaker.as_deref()));
    let whole = whole.collect::<Vec<_>>().join(" ");
    let words = keywords(&whole, Topic::room(&runs));
    context.button(texts::ASK_ABOUT_THIS, &ComponentAction::Ask(Topic { runs, words }))
}

/// Returns the form behind that button; `None` where the passages that it names are none.
pub(super) fn form(context: &RequestContext<'_>, topic: Topic) -> Option<Form> {
    let stand = topic.runs.iter().all(|run| Passage::of(context.corpus(), *run).is_some());
    stand.then(|| Form {
        component_id: ComponentAction::Asked(topic).id(context.version),
        title: texts::ASK_ABOUT_THIS.to_owned(),
        label: texts::ASK_QUESTION.to_owned(),
        placeholder: texts::ASK_ABOUT_THIS_EXAMPLE.to_owned(),
        max_length: MAX_QUESTION,
    })
}

/// Returns the reply with what the question took from those before it, if anything.
pub(super) fn about(reply: Reply, answer: &Answer) -> Reply {
    match about_line(answer) {
        Some(line) => reply.text(line),
        None => reply,
    }
}

/// Returns the same as one line of Markdown.
pub(super) fn about_line(answer: &Answer) -> Option<String> {
    answer.inherited().map(|inherited| escape(&wording::about(inherited)))
}

fn words(press: &ComponentAction) -> Option<String> {
    match press {
        ComponentAction::Ask(topic) => Some(topic.words.clone()),
        _ => None,
    }
}

/// Returns the passages that a message with this button shows.
fn runs(press: &ComponentAction) -> Vec<SentenceRange> {
    match press {
        ComponentAction::Context(run) => vec![*run],
        ComponentAction::Ask(topic) => topic.runs.clone(),
        _ => Vec::new(),
    }
}

/// Returns whether a message shows these sentences, whole and nothing beside them.
fn shows(corpus: &Corpus, message: &PriorMessage, run: SentenceRange) -> bool {
    let Some(stretch) = Passage::of(corpus, run) else {
        return false;
    };
    let on_card = message.cards.iter().any(|card| shown(card) == stretch.text());
    on_card || message.text.contains(&block_quote(&escape(stretch.text())))
}

fn sentences(corpus: &Corpus, run: SentenceRange) -> Option<(SentenceId, SentenceId)> {
    let stretch = Passage::of(corpus, run)?;
    let last = corpus.sentence_id(stretch.document_index, stretch.sentences.end.checked_sub(1)?)?;
    Some((run.first, last))
}
