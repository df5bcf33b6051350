//! The program's end: on a signal, on a refusal that is final, and what it says then.
#![cfg(unix)]

use std::process::Command;

use mock_discord::world::{InjectedErrorKind, World};
use mock_discord::{Clock, Config, MockDiscord};
use serde_json::json;

use crate::offline::{Offline, Program, Running};

use super::harness::{ANSWERED, SOON, question};
use super::program::program;

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const MESSAGES: &str = "POST /channels/{channel}/messages";

async fn start_mock() -> Offline {
    Offline::start(Config { clock: Clock::Real, ..Config::default() }).await.unwrap()
}

/// The program, connected.
async fn connected(mock: &MockDiscord, prepare: impl FnOnce(&mut Program)) -> Running {
    let mut command = program(Some(&mock.token()), &mock.url());
    prepare(&mut command);
    let program = command.spawn();
    mock.commands(2 * SOON).await.unwrap();
    mock.connected(2 * SOON).await.unwrap();
    program
}

pub(super) fn signal(name: &str, program: &Running) {
    let sent = Command::new("kill").args([name, &program.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Waits until the bot has called both routes.
async fn both_called(mock: &MockDiscord) {
    let called = |world: &mut World| {
        let hit = |route| world.calls.iter().any(|call| call.route == route);
        (hit(CALLBACK) && hit(MESSAGES)).then_some(())
    };
    mock.wait_for(SOON, called).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies_under_way_are_finished_when_the_program_is_told_to_stop() {
    for name in ["-TERM", "-INT"] {
        let mock = start_mock().await;
        let program = connected(&mock, |_| ()).await;
        mock.change(|world| world.holds_calls = true);
        let (ann, bob) = (mock.member("ann"), mock.member("bob"));
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let asked = bob.mention(ANSWERED).unwrap();
        let under_way = |world: &mut World| {
            let is_held = |end| world.held_back.iter().any(|path| path.ends_with(end));
            (is_held("/callback") && is_held("/messages")).then_some(())
        };
        mock.wait_for(SOON, under_way).await.unwrap();
        signal(name, &program);
        program.logged("stopping").await;
        mock.change(|world| world.holds_calls = false);
        let (code, _, log) = program.ended().await;
        assert_eq!(code, Some(0), "{name}: {log}");
        assert_eq!(mock.look(World::connected), 0);
        let mut answers: Vec<_> = mock.unread().iter().map(|call| call.route).collect();
        answers.sort_unstable();
        assert_eq!(answers, [MESSAGES, CALLBACK], "{name}: {log}");
        assert!(mock.look(|world| world.messages.values().any(|it| it.reply_to == Some(asked))));
        assert!(!log.contains("before all replies were sent"), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies_that_never_end_do_not_keep_the_program() {
    let mock = start_mock().await;
    let program = connected(&mock, |_| ()).await;
    for route in [CALLBACK, MESSAGES] {
        mock.inject(route, InjectedErrorKind::Hang, 99);
    }
    mock.member("ann").slash("ask", &question(ANSWERED)).unwrap();
    mock.member("bob").mention(ANSWERED).unwrap();
    both_called(&mock).await;
    signal("-TERM", &program);
    let (code, _, log) = program.ended().await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("the bot stops before all replies were sent"), "{log}");
    assert_eq!(mock.look(World::connected), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_of_the_environment_is_not_asked_for_this_machine() {
    let mock = start_mock().await;
    let nowhere = "http://127.0.0.1:9";
    let program = connected(&mock, |command| {
        for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env(name, nowhere);
        }
    })
    .await;
    mock.member("ann").mention(ANSWERED).unwrap();
    mock.next_message(SOON).await.unwrap();
    signal("-TERM", &program);
    assert_eq!(program.ended().await.0, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_token_of_another_application_ends_the_program_with_78() {
    let mock = start_mock().await;
    let mut command = program(Some(&mock.token()), &mock.url());
    command.env("SUMMIT__DISCORD__APPLICATION_ID", "123456789012345678");
    let (code, _, said) = command.spawn().ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("discord.application_id names 123456789012345678"), "{said}");
    assert_eq!(mock.look(|world| world.identifies.len()), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_final_close_code_ends_the_program_with_78_and_a_sentence() {
    let sentences = [
        (4004, "Discord refuses the token"),
        (4010, "named a shard that cannot be"),
        (4011, "more servers than one connection may serve"),
        (4012, "install a newer version of summit-bot"),
        (4013, "install a newer version of summit-bot"),
        (4014, "look at the intents"),
    ];
    for (close, sentence) in sentences {
        let mock = start_mock().await;
        mock.change(|world| world.gateway.close_on_identify = Some(close));
        let program = program(Some(&mock.token()), &mock.url()).spawn();
        let (code, _, said) = program.ended().await;
        assert_eq!(code, Some(78), "{close}: {said}");
        assert!(said.contains(sentence), "{close}: {said}");
        assert_eq!(mock.look(|world| world.identifies.len()), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_taken_back_ends_the_program_with_78() {
    let mock = start_mock().await;
    let program = connected(&mock, |_| ()).await;
    let refused =
        InjectedErrorKind::Answer(401, json!({ "message": "401: Unauthorized", "code": 0 }));
    mock.inject("*", refused, 99);
    mock.close_gateway(Some(4009));
    let (code, _, said) = program.ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("Discord refuses the token"), "{said}");
}
