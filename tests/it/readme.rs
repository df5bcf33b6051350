//! The README is kept true: the conversation that it shows is replayed with the program.

use std::path::Path;

use assert_cmd::Command;

use crate::command::summit_bot;

/// The block of text behind the main command.
fn conversation(readme: &str) -> &str {
    let (_, behind) = readme.split_once("cargo run --release -- chat\n```").unwrap();
    let (_, block) = behind.split_once("```text\n").unwrap();
    block.split_once("```").unwrap().0
}

#[test]
fn the_conversation_in_the_readme_comes_out_as_written() {
    let project = Path::new(crate::support::ROOT);
    let readme = std::fs::read_to_string(project.join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("readme.txt");
    std::fs::write(&script, conversation(&readme)).unwrap();
    let mut command = Command::from_std(summit_bot());
    let ran = command.current_dir(project).args(["chat", "--script"]).arg(&script);
    let ran = ran.output().unwrap();
    let why = String::from_utf8_lossy(&ran.stderr);
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{why}\nIf that is right, the README is to show:\n{said}");
}
