//! The program as it is called from a shell that has set nothing.

use std::process::Command;

/// The folder in which vectors are kept for all tests.
pub(crate) const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/vectors");

/// `summit-bot` with an empty environment, but for that folder.
pub(crate) fn summit_bot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_summit-bot"));
    command.env_clear().env("SUMMIT__KNOWLEDGE__CACHE", VECTORS);
    command
}
