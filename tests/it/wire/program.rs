//! The program `summit-bot run` from its start to its exit code.

use std::process::Command;

use mock_discord::world::InjectedErrorKind;
use mock_discord::{Clock, Config};
use serde_json::json;
use summit_bot::discord::{FinalClose, RunError};
use tokio::time::timeout;

use crate::offline::{Offline, Program};

use super::harness::{Bot, SOON, question, settings};

#[tokio::test]
async fn a_refusal_at_the_gateway_ends_the_bot() {
    let mock = Offline::start(Config::default()).await.unwrap();
    mock.change(|world| world.gateway.close_on_identify = Some(4014));
    let bot = Bot::with_article(&settings(&mock));
    let ended = timeout(SOON, bot.running).await.unwrap().unwrap();
    assert_eq!(ended, Err(RunError::Refused(FinalClose::DeniedIntents)));
    assert_eq!(mock.look(|world| world.identifies.len()), 1);
}

#[tokio::test]
async fn the_bot_can_be_stopped_while_there_is_no_session() {
    let mock = Offline::start(Config::default()).await.unwrap();
    mock.change(|world| world.gateway.refuse = true);
    let bot = Bot::with_article(&settings(&mock));
    mock.wait_for(SOON, |world| {
        world.calls.iter().any(|call| call.path == "/gateway/bot").then_some(())
    })
    .await
    .unwrap();
    bot.stop().await;
}

/// The program, told to run at this address with the project's own documents, and to keep nothing.
pub(super) fn program(token: Option<&str>, url: &str) -> Program {
    let mut program = Program::at(url);
    program.current_dir(crate::support::ROOT).env("SUMMIT__STORE__URL", "sqlite::memory:");
    if let Some(token) = token {
        program.env("DISCORD_TOKEN", token);
    }
    program
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_wrong_or_missing_ends_the_program_with_78() {
    let mock = Offline::start(Config::default()).await.unwrap();
    let wrong = program(Some("canary.wrong.token"), &mock.url()).spawn();
    let (code, _, said) = wrong.ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("Discord refuses the token") && !said.contains("canary"), "{said}");
    assert_eq!(mock.look(|world| world.identifies.len()), 0);

    let calls = mock.calls().len();
    let (code, _, said) = program(None, &mock.url()).spawn().ended().await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("DISCORD_TOKEN"), "{said}");
    assert_eq!(mock.calls().len(), calls);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_ends_the_program_with_75() {
    let mock = Offline::start(Config::default()).await.unwrap();
    let url = mock.url();
    mock.stop().await;
    let (code, _, said) = program(Some("token"), &url).spawn().ended().await;
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains("no connection"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invitation_names_the_application() {
    let mock = Offline::start(Config::default()).await.unwrap();
    let mut program = program(Some(&mock.token()), &mock.url());
    let (code, said, _) = program.arg("--print-invite").spawn().ended().await;
    assert_eq!(code, Some(0));
    let application = mock.look(|world| world.application);
    assert!(said.contains(&format!("client_id={application}&scope=bot+applications.commands&")));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_the_program_well_and_its_log_keeps_secrets() {
    let config = Config { clock: Clock::Real, ..Config::default() };
    let mock = Offline::start(config).await.unwrap();
    let program = program(Some(&mock.token()), &mock.url()).spawn();
    let id = program.id().to_string();
    mock.commands(SOON).await.unwrap();
    mock.connected(SOON).await.unwrap();
    let ann = mock.member("ann");
    let failing = InjectedErrorKind::Answer(500, json!({ "message": "canary", "code": 0 }));
    mock.inject("POST /interactions/{interaction}/{token}/callback", failing, 3);
    let asked = ann.slash("ask", &question("canary?")).unwrap();
    let token = mock.look(|world| world.interactions[&asked].token.clone());
    for _ in 0..3 {
        mock.next_refusal(SOON).await.unwrap();
    }
    mock.send_text("{\"op\": 0, \"d\": \"canary\", \"t\": \"CANARY\"}");
    ann.mention("canary").unwrap();
    mock.next_message(SOON).await.unwrap();

    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let (code, _, log) = program.ended().await;
    assert_eq!(code, Some(0), "{log}");
    assert_eq!(mock.look(mock_discord::World::connected), 0);
    assert!(log.contains("/ask was not answered in channel ") && log.contains("HTTP 500"), "{log}");
    for secret in ["canary", &token, &mock.token(), &asked.to_string()] {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{log}");
    }
}
