//! A fault of the program while it answers: the person gets one neutral sentence, the log one
//! line without what was asked, and everybody else their answers.

use bot::community::View;
use bot::{self, Action, Outcome, Request};
use engine::answer::Engine;
use mock_discord::{Clock, Config};
use serde_json::json;
use summit_bot::service::{self, Service};

use super::harness::{ANSWER, ANSWERED, Bot, SOON, question, quoted, settings};
use crate::offline::Offline;

/// Whatever holds this makes the decision fail.
const FAULTY: &str = "zirpkanari";

fn decide(engine: &Engine, view: &View, request: &Request) -> Outcome {
    assert!(!is_faulty(&request.action), "this must not be seen: {FAULTY}");
    bot::respond(engine, view, request)
}

fn is_faulty(action: &Action) -> bool {
    match action {
        Action::Ask { question: text, .. }
        | Action::Autocomplete { typed: text, .. }
        | Action::Mention { text, .. } => text.contains(FAULTY),
        _ => false,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fault_while_answering_is_said_neutrally_and_is_nobody_elses() {
    let config = Config { clock: Clock::Real, ..Config::default() };
    let loopback = Offline::start(config).await.unwrap();
    let settings = settings(&loopback);
    let engine = service::build_engine(&settings, |_| ()).unwrap();
    let service = Service::new(engine, &settings).deciding_by(decide);
    let bot = Bot::start(service, &settings);
    loopback.commands(SOON).await.unwrap();
    loopback.connected(SOON).await.unwrap();
    let (ann, bob) = (loopback.member("ann"), loopback.member("bob"));

    ann.slash("ask", &question(FAULTY)).unwrap();
    let told = loopback.next_message(SOON).await.unwrap();
    assert_eq!(told.content, "Something went wrong on my side. Please try again.");
    assert!(told.is_ephemeral());
    let asked = ann.mention(FAULTY).unwrap();
    let told = loopback.next_message(SOON).await.unwrap();
    assert_eq!(told.content, "Something went wrong on my side. Please try again.");
    assert_eq!(told.reply_to, Some(asked));
    ann.autocomplete("ask", "speaker", FAULTY).unwrap();
    let offered = loopback.next_response(SOON).await.unwrap();
    assert_eq!(offered.body["data"]["choices"], json!([]));

    bob.slash("ask", &question(ANSWERED)).unwrap();
    assert!(quoted(&loopback.next_message(SOON).await.unwrap()).contains(ANSWER));
    bot.stop().await;
    assert_eq!((loopback.violations(), loopback.pings()), (vec![], vec![]));
}
