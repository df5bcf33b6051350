//! The command line: what may be typed, and which file does it. A file a command.
//!
//! Commands print through `terminal` and end with an [`Exit`]; what they say about passages
//! is worded in [`bot::wording`].

mod ask;
mod batch;
mod chat;
mod completions;
mod conversation;
mod eval;
mod exit;
mod explain;
mod json;
mod knowledge;
mod line;
mod progress;
mod run;
mod store;
mod suggest;
mod terminal;
mod verify;

pub use exit::Exit;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::service;
use crate::settings::Settings;
use engine::answer::Engine;
use terminal::{FAULT, PLAIN, Printer, STRONG, piece};

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 nothing found, 2 wrong use or data, 70 a fault of the program.

Settings come from config/default.toml (compiled in), then the file named with --config, then the
environment: SUMMIT__SECTION__KEY, for example SUMMIT__ANSWER__EXCERPTS=2.";

/// Answers questions about documents by quoting them, verbatim and attributed.
#[derive(Debug, Parser)]
#[command(name = "summit-bot", bin_name = "summit-bot", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Cli {
    /// File of settings that override the defaults.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Chat(chat::Arguments),
    Run(run::Arguments),
    Ask(ask::Arguments),
    Verify(verify::Arguments),
    Knowledge(knowledge::Arguments),
    Eval(eval::Arguments),
    Store(store::Arguments),
    Completions(completions::Arguments),
}

/// The place of the texts: part of every command that reads them.
#[derive(Debug, clap::Args)]
struct Library {
    /// Folder of the texts to quote, instead of the one in the settings; bare .txt files will do.
    #[arg(long, value_name = "DIR")]
    knowledge: Option<PathBuf>,
}

impl Library {
    /// Returns the settings, with the folder that was named.
    fn settings(&self, config: Option<&Path>) -> anyhow::Result<Settings> {
        let mut settings = Settings::load(config)?;
        if let Some(folder) = &self.knowledge {
            settings.knowledge.directory.clone_from(folder);
        }
        Ok(settings)
    }
}

/// Runs the command that `arguments` ask for, the program's name first, and says how it ended.
///
/// Output goes to the standard streams; so do all errors.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&with_tip(error)),
    };
    match dispatch(cli) {
        Ok(exit) => exit,
        Err(error) => {
            let exit = Exit::of(&error);
            if !exit::is_broken_pipe(&error) {
                // Where not even the error stream takes it, the exit code has to do.
                let _ = report(&error);
            }
            exit
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<Exit> {
    let config = cli.config.as_deref();
    let mut out = Printer::stdout();
    match cli.command {
        None => Ok(hint(&mut out)?),
        Some(Command::Chat(arguments)) => chat::run(&arguments, config, &mut out),
        Some(Command::Run(arguments)) => run::run(&arguments, config, &mut out),
        Some(Command::Ask(arguments)) => ask::run(&arguments, config, &mut out),
        Some(Command::Verify(arguments)) => verify::run(&arguments, config, &mut out),
        Some(Command::Knowledge(arguments)) => knowledge::run(arguments, config, &mut out),
        Some(Command::Eval(arguments)) => eval::run(&arguments, config, &mut out),
        Some(Command::Store(arguments)) => store::run(&arguments, config, &mut out),
        Some(Command::Completions(arguments)) => {
            Ok(completions::run(&arguments, Cli::command(), &mut out)?)
        }
    }
}

/// Returns what to do next, for whoever types the bare name. It succeeds: nothing was asked for
/// that could fail.
fn hint(out: &mut Printer) -> io::Result<Exit> {
    const NEXT: [(&str, &str); 5] = [
        ("summit-bot chat", "the bot as in Discord, offline"),
        ("summit-bot ask \"Who spoke of vaccine imperialism?\"", "quotes what answers"),
        ("summit-bot verify \"nothing is stronger than unity\"", "checks a quotation"),
        ("summit-bot knowledge show", "the texts, and who says what"),
        ("summit-bot --help", "everything else"),
    ];
    out.text(PLAIN, "summit-bot answers questions about documents by quoting them. Try:")?;
    out.blank()?;
    for (command, purpose) in NEXT {
        out.line(&[piece(STRONG, format!("  {command:<52}")), piece(PLAIN, purpose)])?;
    }
    Ok(Exit::Done)
}

/// Returns the engine that understands as much as it ever will.
fn engine(settings: &Settings) -> anyhow::Result<Engine> {
    let mut progress = progress::Progress::start();
    let engine = service::build_engine(settings, |stage| progress.building(stage))?;
    Ok(engine)
}

/// Returns the engine that is ready at once, and goes by words alone.
fn lexical_engine(settings: &Settings) -> anyhow::Result<Engine> {
    let mut progress = progress::Progress::start();
    let engine = service::build_lexical_engine(settings, |stage| progress.building(stage))?;
    Ok(engine)
}

/// Words behind the first are mostly a question or a quotation without its quotation marks.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let is_word = |value: &ContextValue| matches!(value, ContextValue::String(word) if !word.starts_with('-'));
    let is_surplus = error.kind() == ErrorKind::UnknownArgument
        && error.get(ContextKind::InvalidArg).is_some_and(is_word);
    if is_surplus && error.get(ContextKind::Suggested).is_none() {
        let tip = "put all words of a question or a quotation between quotation marks: \"…\"";
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}

/// Help, version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> Exit {
    let plain = error.render().to_string();
    let is_harmless = plain.lines().all(|line| terminal::sanitize(line) == line);
    // What was typed is repeated in the message, and may be pasted from anywhere.
    let printed = if is_harmless {
        error.print()
    } else {
        let mut out = Printer::stderr();
        plain.lines().try_for_each(|line| out.line(&[piece(PLAIN, line)]))
    };
    match printed {
        Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => Exit::Wrong,
        _ if error.use_stderr() => Exit::Wrong,
        _ => Exit::Done,
    }
}

/// Returns the error with its causes, on the error stream. Further lines of a message are a list.
fn report(error: &anyhow::Error) -> io::Result<()> {
    let mut out = Printer::stderr();
    let message = error.to_string();
    let mut lines = message.lines();
    let first = lines.next().unwrap_or_default();
    out.line(&[piece(FAULT, "error: "), piece(PLAIN, first)])?;
    for line in lines {
        out.line(&[piece(PLAIN, "  "), piece(PLAIN, line)])?;
    }
    for cause in error.chain().skip(1) {
        out.line(&[piece(PLAIN, "  because: "), piece(PLAIN, cause.to_string())])?;
    }
    Ok(())
}
