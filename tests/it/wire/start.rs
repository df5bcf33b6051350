//! The program's start: logging in does not wait for the texts, and neither keeps it from ending.
#![cfg(unix)]

use std::path::PathBuf;
use std::process::Command;

use mock_discord::world::{InjectedErrorKind, World};
use mock_discord::{Clock, Config, MockDiscord};
use serde_json::json;
use tempfile::TempDir;

use crate::offline::{Offline, Program};

use super::harness::SOON;
use super::program::program;
use super::shutdown::signal;

const USER: &str = "/users/@me";
const APPLICATION: &str = "/oauth2/applications/@me";

async fn start_mock() -> Offline {
    Offline::start(Config { clock: Clock::Real, ..Config::default() }).await.unwrap()
}

/// A folder whose only text is read for as long as nobody writes it: as one that is too large, on
/// any machine.
struct Endless(TempDir);

impl Endless {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        assert!(Command::new("mkfifo").arg(folder.text()).status().unwrap().success());
        folder
    }

    fn text(&self) -> PathBuf {
        self.0.path().join("text.txt")
    }

    /// The program that reads it.
    fn program(&self, token: &str, mock: &MockDiscord) -> Program {
        let mut program = program(Some(token), &mock.url());
        program.env("SUMMIT__KNOWLEDGE__DIRECTORY", self.0.path());
        program
    }
}

/// Waits until the bot has called this.
async fn called(mock: &MockDiscord, path: &str) {
    let called = |world: &mut World| {
        let is_there = world.calls.iter().any(|call| call.path == path);
        is_there.then_some(())
    };
    mock.wait_for(2 * SOON, called).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_no_good_ends_the_program_with_78_before_the_texts_are_read() {
    let (mock, texts) = (start_mock().await, Endless::new());
    let (code, _, said) = texts.program("canary.wrong.token", &mock).spawn().ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("Discord refuses the token"), "{said}");

    let mut program = texts.program(&mock.token(), &mock);
    program.env("SUMMIT__DISCORD__APPLICATION_ID", "123456789012345678");
    let (code, _, said) = program.spawn().ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("discord.application_id names 123456789012345678"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_program_with_0_while_the_texts_are_read() {
    for name in ["-TERM", "-INT"] {
        let (mock, texts) = (start_mock().await, Endless::new());
        let program = texts.program(&mock.token(), &mock).spawn();
        called(&mock, APPLICATION).await;
        signal(name, &program);
        let (code, _, log) = program.ended().await;
        assert_eq!((code, log.as_str()), (Some(0), ""), "{name}");
        assert_eq!(mock.look(|world| world.identifies.len()), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_program_with_0_while_discord_does_not_answer() {
    for name in ["-TERM", "-INT"] {
        let mock = start_mock().await;
        mock.inject("*", InjectedErrorKind::Hang, 99);
        let program = program(Some(&mock.token()), &mock.url()).spawn();
        called(&mock, USER).await;
        signal(name, &program);
        let (code, _, log) = program.ended().await;
        assert_eq!((code, log.as_str()), (Some(0), ""), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_logs_in_once_and_comes_when_its_texts_are_read() {
    let (mock, texts) = (start_mock().await, Endless::new());
    let program = texts.program(&mock.token(), &mock).spawn();
    called(&mock, APPLICATION).await;
    let text = texts.text();
    let written = tokio::task::spawn_blocking(move || std::fs::write(text, "The moon is round."));
    mock.connected(2 * SOON).await.unwrap();
    mock.commands(2 * SOON).await.unwrap();
    written.await.unwrap().unwrap();
    for path in [USER, APPLICATION] {
        let calls = mock.calls().into_iter().filter(|call| call.path == path);
        assert_eq!(calls.count(), 1, "{path}");
    }
    let question = [("question", json!("Is the moon round?"))];
    mock.member("ann").slash("ask", &question).unwrap();
    mock.next_message(2 * SOON).await.unwrap();
    signal("-TERM", &program);
    let (code, _, log) = program.ended().await;
    assert_eq!(code, Some(0), "{log}");
}
