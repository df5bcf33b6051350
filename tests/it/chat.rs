//! The conversations in `tests/chat`: each replayed by the binary, with the bot that people talk
//! to and the offline Discord in one process.

use std::path::Path;

use assert_cmd::Command;

use crate::command::summit_bot;

#[test]
fn every_conversation_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chat");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut scripts: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    scripts.sort();
    assert!(!scripts.is_empty());
    for script in scripts {
        let mut command = Command::from_std(summit_bot());
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        // Never used, and never sent: the bot would be refused with it.
        command.env("DISCORD_TOKEN", "somebody's");
        let ran = command.args(["chat", "--script"]).arg(&script).output().unwrap();
        let why = String::from_utf8_lossy(&ran.stderr);
        assert!(
            ran.status.success(),
            "{why}\nIf that is right: summit-bot chat --script {} --update",
            script.display()
        );
    }
}

#[test]
fn a_pipe_can_talk_to_the_bot() {
    let mut command = Command::from_std(summit_bot());
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = command.arg("chat").write_stdin("/help\n:quit\nunheard of\n").output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success());
    assert!(said.starts_with("You are tester in #general"), "{said}");
    assert!(said.contains("only you can see this") && !said.contains("unheard of"), "{said}");
}
