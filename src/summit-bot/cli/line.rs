//! Reading a line from someone at a terminal: editing, history, completion. It knows nothing of
//! what is typed.

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Helper};

use mock_discord::terminal::Candidate;

/// The completions of the beginning of a line, each as a whole line.
type Complete<'a> = &'a dyn Fn(&str) -> Vec<Candidate>;

/// An event of the terminal.
pub(super) enum Typed {
    /// A line.
    Line(String),
    /// Ctrl-C or Ctrl-D.
    End,
}

/// A line editor. Its history ends with the program.
pub(super) struct Editor<'a>(rustyline::Editor<Tab<'a>, MemHistory>);

impl<'a> Editor<'a> {
    pub(super) fn new(complete: Complete<'a>) -> rustyline::Result<Self> {
        let config =
            Config::builder().completion_type(CompletionType::List).auto_add_history(true).build();
        let history = MemHistory::with_config(&config);
        let mut editor = rustyline::Editor::with_history(config, history)?;
        editor.set_helper(Some(Tab(complete)));
        Ok(Self(editor))
    }

    pub(super) fn read(&mut self, prompt: &str) -> rustyline::Result<Typed> {
        match self.0.readline(prompt) {
            Ok(line) => Ok(Typed::Line(line)),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(Typed::End),
            Err(error) => Err(error),
        }
    }
}

struct Tab<'a>(Complete<'a>);

impl Completer for Tab<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let offer = (self.0)(line.get(..pos).unwrap_or(line));
        let pair = |it: Candidate| Pair { display: it.shown, replacement: it.text };
        Ok((0, offer.into_iter().map(pair).collect()))
    }
}

impl Hinter for Tab<'_> {
    type Hint = String;
}

impl Highlighter for Tab<'_> {}

impl Validator for Tab<'_> {}

impl Helper for Tab<'_> {}
