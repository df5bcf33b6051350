//! Nothing that is secret or somebody's own stands in the log, at any level, whatever goes wrong.

use mock_discord::world::InjectedErrorKind;
use mock_discord::{Clock, Config, Setup};
use serde_json::json;
use summit_bot::discord::RunError;
use summit_bot::telemetry;
use tokio::time::timeout;
use tracing_subscriber::filter::LevelFilter;

use super::harness::{Bot, SOON, settings};
use super::log::Log;
use crate::offline::{Offline, secrets};

/// Stands in all that is written, named and sent.
const CANARY: &str = "zirpkanari";

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const MESSAGES: &str = "POST /channels/{channel}/messages";

/// Faults, and how many times an answer to an interaction is tried at each.
fn faults() -> [(InjectedErrorKind, usize); 7] {
    let body = || json!({ "message": CANARY, "code": 0, "errors": { CANARY: CANARY } });
    let refused = |status, code| {
        InjectedErrorKind::Answer(status, json!({ "message": CANARY, "code": code }))
    };
    [
        (InjectedErrorKind::Answer(500, body()), 3),
        (refused(400, 50_035), 2),
        (refused(404, 10_062), 1),
        (refused(403, 50_013), 1),
        (InjectedErrorKind::Answer(200, json!(CANARY)), 1),
        (InjectedErrorKind::RateLimited { retry_after: 0.1, global: false }, 3),
        (InjectedErrorKind::Drop, 3),
    ]
}

#[tokio::test]
async fn no_level_of_the_log_holds_what_is_secret_or_written() {
    let (log, _listening) = Log::begin();
    let setup = Setup {
        token: format!("{CANARY}.token"),
        guild: format!("{CANARY} server"),
        ..Setup::default()
    };
    let config = Config { setup, clock: Clock::Real, ..Config::default() };
    let mock = Offline::start(config).await.unwrap();
    mock.change(|world| world.gateway.heartbeat_ms = 200);
    let bot = Bot::with_article(&settings(&mock));
    mock.connected(SOON).await.unwrap();
    mock.commands(SOON).await.unwrap();
    let asked = [("question", json!(format!("{CANARY}?"))), ("private", json!(true))];
    for (round, (fault, tries)) in faults().into_iter().enumerate() {
        // Of many people, so that nobody asks too much.
        let ann = mock.member(&format!("{CANARY}{round}"));
        let done = mock.calls().len();
        for route in [CALLBACK, MESSAGES] {
            mock.inject(route, fault.clone(), 9);
        }
        ann.slash("ask", &asked).unwrap();
        ann.mention(&format!("{CANARY}?")).unwrap();
        ann.direct(&format!("{CANARY}?")).unwrap();
        let struck = |world: &mut mock_discord::World| {
            let calls = world.calls.iter().skip(done);
            let hits = |route| calls.clone().filter(|call| call.route == route).count();
            (hits(CALLBACK) >= tries && hits(MESSAGES) > 0).then_some(())
        };
        mock.wait_for(SOON, struck).await.unwrap();
        mock.change(|world| world.injected_errors.clear());
    }
    for data in [json!(CANARY), json!({ "id": 1, "token": CANARY, "content": CANARY })] {
        for kind in ["READY", "MESSAGE_CREATE", "INTERACTION_CREATE", CANARY] {
            mock.send_frame(&json!({ "op": 0, "s": 9, "t": kind, "d": data }));
        }
    }
    mock.send_text(CANARY);
    mock.send_bytes(CANARY.as_bytes());
    // What is still on its way when the connection is cut is not heard.
    let heard = async {
        while !log.text().contains("the gateway sent") {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, heard).await.unwrap();
    mock.cut_gateway();
    let resumed = |world: &mut mock_discord::World| {
        (world.resumes + world.identifies.len() > 1).then_some(())
    };
    mock.wait_for(3 * SOON, resumed).await.unwrap();
    mock.connected(SOON).await.unwrap();
    bot.stop().await;

    let text = log.text();
    // It is there to be looked at.
    for line in ["was not answered", "was not sent", "the gateway sent", "HTTP 500"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let mut found = mock.look(secrets);
    found.push(CANARY.to_owned());
    let interactions = mock.look(|world| world.interactions.keys().copied().collect::<Vec<_>>());
    found.extend(interactions.iter().map(ToString::to_string));
    for secret in found {
        assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret}\n{text}");
    }
}

#[tokio::test]
async fn no_reason_to_end_holds_the_token() {
    let mock = Offline::start(Config::default()).await.unwrap();
    let mut settings = settings(&mock);
    settings.discord.token = Some(summit_bot::settings::Token::new(CANARY));
    let ended = Bot::with_article(&settings).running.await.unwrap().unwrap_err();
    assert_eq!(ended, RunError::WrongToken);
    assert!(!format!("{ended} {ended:?} {settings:?}").contains(CANARY));
}

#[test]
fn what_stems_from_outside_cannot_break_a_line() {
    let log = Log::default();
    let lines = telemetry::lines(LevelFilter::TRACE, log.clone());
    tracing::subscriber::with_default(lines, || {
        tracing::warn!(target: "summit_bot", said = %"\u{1b}[2J", "a\nERROR b\u{202e}");
    });
    let text = log.text();
    assert!(text.ends_with("a\\nERROR b\\u{202e} said=\\u{1b}[2J\n"), "{text:?}");
    assert_eq!(text.lines().count(), 1);
}
