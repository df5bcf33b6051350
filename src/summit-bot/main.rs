//! The program: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

use summit_bot::cli::{self, Exit};

fn main() -> ExitCode {
    // The panic's message is on the error stream by then; the code says whose fault it is.
    let ended = std::panic::catch_unwind(|| cli::run(std::env::args_os()));
    ended.unwrap_or(Exit::Internal).into()
}
