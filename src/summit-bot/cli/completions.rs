//! `summit-bot completions`: a shell's completions, from the same definitions as the help.

use std::io;

use super::Exit;
use super::terminal::Printer;

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  summit-bot completions bash > ~/.local/share/bash-completion/completions/summit-bot")]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn run(
    arguments: &Arguments,
    mut command: clap::Command,
    out: &mut Printer,
) -> io::Result<Exit> {
    // The generator panics where it cannot write, and memory always takes it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "summit-bot", &mut script);
    out.raw(&script)?;
    Ok(Exit::Done)
}
