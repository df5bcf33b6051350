//! The traps of Discord's protocol and of the libraries, each sprung at the wire: the bot goes on
//! answering, or ends with a clear reason.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use mock_discord::world::{InjectedError, InjectedErrorKind, Message, Violation, World};
use mock_discord::{Clock, Config, MockDiscord, Setup};
use serde_json::{Value, json};
use summit_bot::discord::{self, FinalClose, RunError};

use crate::offline::Offline;
use summit_bot::service::{self, Service};
use summit_bot::settings::{Settings, Token};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(20);
const QUESTION: &str = "Who spoke of vaccine imperialism?";

/// A bot that runs at an offline Discord of its own.
struct Bot {
    mock: Offline,
    running: JoinHandle<Result<(), RunError>>,
    stop: oneshot::Sender<()>,
}

/// One for all: it is what is asked that differs, and a person's requests are counted by id.
fn service() -> Arc<Service> {
    static SERVICE: OnceLock<Arc<Service>> = OnceLock::new();
    let service = SERVICE.get_or_init(|| {
        let settings = settings();
        Arc::new(Service::new(service::build_engine(&settings, |_| ()).unwrap(), &settings))
    });
    Arc::clone(service)
}

fn settings() -> Settings {
    let mut settings = Settings::load(None).unwrap();
    // What is answered must not depend on whether the vectors are there yet.
    settings.answer.encoder = false;
    settings.knowledge.directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge").into();
    settings
}

impl Bot {
    /// Starts a bot in a world that was changed first.
    async fn start(setup: Setup, change: impl FnOnce(&mut World)) -> Self {
        let config = Config { setup, clock: Clock::Real, ..Config::default() };
        let mock = Offline::start(config).await.unwrap();
        mock.change(change);
        let mut discord = settings().discord;
        discord.api_url = Some(mock.url());
        discord.token = Some(Token::new(&mock.token()));
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            discord::run(service(), &discord, stopped).await
        });
        Self { mock, running, stop }
    }

    /// Starts a bot, and waits until it has answered.
    async fn answering(change: impl FnOnce(&mut World)) -> Self {
        let bot = Self::start(Setup::default(), change).await;
        bot.mock.connected(SOON).await.unwrap();
        bot.mock.commands(SOON).await.unwrap();
        bot.answers("ann").await;
        bot
    }

    /// Asks, and waits for the answer.
    async fn answers(&self, name: &str) {
        let person = self.mock.member(name);
        let asked = person.mention(QUESTION).unwrap();
        let answer = self.mock.next_message(SOON).await.unwrap();
        assert_eq!(answer.reply_to, Some(asked));
    }

    /// The same, where others may be answered meanwhile.
    async fn answers_after_others(&self, name: &str) {
        let asked = self.mock.member(name).mention(QUESTION).unwrap();
        let answered =
            |world: &mut World| world.messages.values().any(|it| it.reply_to == Some(asked));
        self.mock.wait_for(SOON, |world| answered(world).then_some(())).await.unwrap();
    }

    /// Waits until as many sessions were begun and resumed.
    async fn connects(&self, identifies: usize, resumes: usize) {
        let reached = |world: &mut World| {
            let so_far = (world.identifies.len(), world.resumes);
            (so_far == (identifies, resumes) && world.connected() == 1).then_some(())
        };
        if let Err(error) = self.mock.wait_for(SOON, reached).await {
            let so_far = self.mock.look(|world| (world.identifies.len(), world.resumes));
            panic!("{so_far:?} and not {:?}: {error}", (identifies, resumes));
        }
    }

    /// Why the bot ended.
    async fn ends(self) -> RunError {
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap_err()
    }

    async fn stop(self) -> Vec<Violation> {
        self.stop.send(()).unwrap();
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap();
        assert_eq!(self.mock.pings(), []);
        self.mock.violations()
    }
}

// The gateway

/// What befalls a connection, and how many sessions are begun and resumed then.
type Mishap = (&'static str, fn(&MockDiscord), (usize, usize));

const RESUMES: (usize, usize) = (1, 1);
const IDENTIFIES: (usize, usize) = (2, 0);

const MISHAPS: &[Mishap] = &[
    ("no close code", |it| it.close_gateway(None), RESUMES),
    ("1000", |it| it.close_gateway(Some(1000)), RESUMES),
    ("1001", |it| it.close_gateway(Some(1001)), RESUMES),
    ("4000 unknown error", |it| it.close_gateway(Some(4000)), RESUMES),
    ("4001 unknown opcode", |it| it.close_gateway(Some(4001)), RESUMES),
    ("4002 decode error", |it| it.close_gateway(Some(4002)), RESUMES),
    ("4003 not authenticated", |it| it.close_gateway(Some(4003)), IDENTIFIES),
    ("4005 already authenticated", |it| it.close_gateway(Some(4005)), RESUMES),
    ("4007 invalid seq", |it| it.close_gateway(Some(4007)), IDENTIFIES),
    ("4008 rate limited", |it| it.close_gateway(Some(4008)), RESUMES),
    ("4009 session timed out", |it| it.close_gateway(Some(4009)), IDENTIFIES),
    ("the connection is cut", MockDiscord::cut_gateway, RESUMES),
    ("op 7 reconnect", MockDiscord::ask_to_reconnect, RESUMES),
    ("op 9 resumable", |it| it.invalidate_sessions(true), RESUMES),
    ("op 9 final", |it| it.invalidate_sessions(false), IDENTIFIES),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_every_mishap_the_bot_comes_back_and_answers() {
    let mut mishaps = tokio::task::JoinSet::new();
    for (name, happen, (identifies, resumes)) in MISHAPS {
        mishaps.spawn(async move {
            let bot = Bot::answering(|_| ()).await;
            happen(&bot.mock);
            bot.connects(*identifies, *resumes).await;
            bot.answers("bob").await;
            assert_eq!(bot.stop().await, [], "{name}");
        });
    }
    while let Some(done) = mishaps.join_next().await {
        done.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_while_the_connection_is_away_is_answered_once_it_is_back() {
    let bot = Bot::answering(|_| ()).await;
    bot.mock.change(|world| world.gateway.refuse = true);
    bot.mock.cut_gateway();
    bot.mock.wait_for(SOON, |world| (world.connected() == 0).then_some(())).await.unwrap();
    let asked = bot.mock.member("bob").mention(QUESTION).unwrap();
    bot.mock.change(|world| world.gateway.refuse = false);
    let answer = bot.mock.next_message(SOON).await.unwrap();
    assert_eq!(answer.reply_to, Some(asked));
    bot.connects(1, 1).await;
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_close_code_that_is_final_ends_the_bot_at_the_start_and_later() {
    let codes = [
        (4004, RunError::WrongToken),
        (4010, FinalClose::Shard.into()),
        (4011, FinalClose::TooManyServers.into()),
        (4012, FinalClose::Version.into()),
        (4013, FinalClose::UnknownIntents.into()),
        (4014, FinalClose::DeniedIntents.into()),
    ];
    for (code, why) in codes {
        let refuse = |world: &mut World| world.gateway.close_on_identify = Some(code);
        let bot = Bot::start(Setup::default(), refuse).await;
        assert_eq!(bot.ends().await, why);

        let bot = Bot::answering(|_| ()).await;
        bot.mock.close_gateway(Some(code));
        assert_eq!(bot.ends().await, why);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_hears_no_heartbeat_is_left_and_the_session_goes_on() {
    let bot = Bot::answering(|world| world.gateway.heartbeat_ms = 200).await;
    bot.mock.change(|world| world.gateway.deaf = true);
    let resumed = |world: &mut World| (world.resumes > 0).then_some(());
    bot.mock.wait_for(SOON, resumed).await.unwrap();
    bot.mock.change(|world| world.gateway.deaf = false);
    bot.answers("bob").await;
    assert_eq!(bot.mock.look(|world| world.identifies.len()), 1);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_says_nothing_is_left() {
    let bot = Bot::start(Setup::default(), |world| world.gateway.silent = true).await;
    let asked_twice = |world: &mut World| {
        let asked = world.calls.iter().filter(|call| call.path == "/gateway/bot").count();
        (asked == 2).then_some(())
    };
    bot.mock.wait_for(SOON, asked_twice).await.unwrap();
    bot.mock.change(|world| world.gateway.silent = false);
    bot.mock.connected(SOON).await.unwrap();
    bot.answers("ann").await;
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_address_of_the_gateway_none_is_guessed() {
    let address = |world: &mut World| {
        let route = "GET /gateway/bot".to_owned();
        let kind = InjectedErrorKind::Answer(503, json!({}));
        world.injected_errors.push(InjectedError { route, kind, times: 2 });
    };
    let bot = Bot::start(Setup::default(), address).await;
    bot.connects(1, 0).await;
    bot.answers("ann").await;
    let asked = bot.mock.calls().into_iter().filter(|call| call.path == "/gateway/bot");
    assert_eq!(asked.map(|call| call.status).collect::<Vec<_>>(), [503, 503, 200]);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_this_machine_does_not_lead_the_token_to_another() {
    let elsewhere = |world: &mut World| {
        let body = json!({ "url": "wss://gateway.discord.gg", "shards": 1, "session_start_limit":
            { "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1 } });
        let route = "GET /gateway/bot".to_owned();
        let kind = InjectedErrorKind::Answer(200, body);
        world.injected_errors.push(InjectedError { route, kind, times: 1 });
    };
    let bot = Bot::start(Setup::default(), elsewhere).await;
    assert_eq!(bot.ends().await, RunError::ForeignGateway);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_session_starts_are_left_none_is_begun() {
    let none_left = |world: &mut World| {
        world.gateway.starts_left = 0;
        world.gateway.starts_reset_ms = 500;
    };
    let bot = Bot::start(Setup::default(), none_left).await;
    let asked_twice = |world: &mut World| {
        let asked = world.calls.iter().filter(|call| call.path == "/gateway/bot").count();
        (asked >= 2).then_some(())
    };
    bot.mock.wait_for(SOON, asked_twice).await.unwrap();
    assert_eq!(bot.mock.look(|world| world.identifies.len()), 0);
    bot.mock.change(|world| world.gateway.starts_left = 1000);
    bot.connects(1, 0).await;
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_session_is_not_asked_for_again_at_once() {
    const LEAST_MS: u64 = 5_000;
    let refusals: [fn(&mut World); 2] = [
        |world| world.gateway.close_on_identify = Some(4000),
        |world| world.gateway.invalidate_on_identify = true,
    ];
    for refuse in refusals {
        let bot = Bot::start(Setup::default(), refuse).await;
        let twice = |world: &mut World| (world.identifies.len() == 2).then_some(());
        bot.mock.wait_for(SOON, twice).await.unwrap();
        let at = bot.mock.look(|world| world.identifies.clone());
        assert!(at[1] - at[0] >= LEAST_MS, "{at:?}");
        bot.stop().await;
    }
}

/// What counts is when Discord hears an IDENTIFY, and not when the bot sets out to send it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_greeting_does_not_bring_two_sessions_closer_together() {
    const LEAST_MS: u64 = 5_000;
    let slow_and_refusing = |world: &mut World| {
        world.gateway.greeting_ms = 2_000;
        world.gateway.invalidate_on_identify = true;
    };
    let bot = Bot::start(Setup::default(), slow_and_refusing).await;
    let begun = |number| {
        let reached = move |world: &mut World| (world.identifies.len() == number).then_some(());
        bot.mock.wait_for(SOON, reached)
    };
    begun(1).await.unwrap();
    bot.mock.change(|world| world.gateway.greeting_ms = 0);
    begun(2).await.unwrap();
    let at = bot.mock.look(|world| world.identifies.clone());
    assert!(at[1] - at[0] >= LEAST_MS, "{at:?}");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_make_no_sense_are_passed_over() {
    let bot = Bot::answering(|_| ()).await;
    let deep = "[".repeat(100_000);
    for text in ["", "null", "[]", "{}", "{\"op\":-1}", "{\"op\":99}", "{\"op\":0}", &deep] {
        bot.mock.send_text(text);
    }
    bot.mock.send_bytes(&[0x78, 0x9c, 0xff]);
    bot.mock.send_text("{\"op\":0,\"s\":3,\"t\":\"MESSAGE_CREATE\",\"d\":{\"id\":\"0\"}}");
    bot.mock.send_text("{\"op\":0,\"s\":3,\"t\":\"A_KIND_TO_COME\",\"d\":null}");
    bot.answers("bob").await;
    assert_eq!(bot.mock.look(|world| (world.identifies.len(), world.resumes)), (1, 0));
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_can_be_stopped_wherever_it_waits() {
    let waits: [fn(&mut World); 4] = [
        |world| world.gateway.refuse = true,
        |world| world.gateway.silent = true,
        |world| world.gateway.starts_left = 0,
        |world| world.gateway.invalidate_on_identify = true,
    ];
    for wait in waits {
        let bot = Bot::start(Setup::default(), wait).await;
        let asked = |world: &mut World| {
            world.calls.iter().any(|call| call.path == "/gateway/bot").then_some(())
        };
        bot.mock.wait_for(SOON, asked).await.unwrap();
        bot.stop().await;
    }
}

// REST

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const MESSAGES: &str = "POST /channels/{channel}/messages";
const FOLLOW_UP: &str = "POST /webhooks/{application}/{token}";

fn refused(status: u16, code: u64) -> InjectedErrorKind {
    InjectedErrorKind::Answer(status, json!({ "message": "no", "code": code }))
}

fn limited(retry_after: f64) -> InjectedErrorKind {
    InjectedErrorKind::RateLimited { retry_after, global: false }
}

/// A fault, how often it strikes, how many calls are made in all, and whether the person is
/// answered in the end.
type Refusal = (fn() -> InjectedErrorKind, u32, usize, bool);

/// Of the answer to an interaction.
const OF_INTERACTIONS: &[Refusal] = &[
    (|| refused(500, 0), 1, 2, true),
    (|| refused(503, 0), 2, 3, true),
    (|| InjectedErrorKind::Answer(502, Value::Null), 1, 2, true),
    (|| InjectedErrorKind::Drop, 1, 2, true),
    (|| InjectedErrorKind::Hang, 1, 2, true),
    (|| limited(0.3), 1, 2, true),
    // Longer than Discord waits for the answer.
    (|| limited(60.0), 1, 1, false),
    (|| refused(404, 10_062), 1, 1, false),
    (|| refused(400, 40_060), 1, 1, false),
    (|| refused(500, 0), 9, 3, false),
    // What is not to Discord's liking is our fault; the person is told that something went wrong.
    (|| refused(400, 50_035), 1, 2, true),
];

/// Of a reply to a message.
const OF_MESSAGES: &[Refusal] = &[
    (|| refused(500, 0), 2, 3, true),
    (|| InjectedErrorKind::Drop, 1, 2, true),
    (|| InjectedErrorKind::Hang, 1, 2, true),
    (|| limited(0.3), 1, 2, true),
    // Embeds are not allowed, then nothing is.
    (|| refused(403, 50_013), 1, 2, true),
    (|| refused(403, 50_013), 2, 2, false),
    (|| refused(403, 160_002), 1, 2, true),
    (|| refused(403, 50_001), 1, 1, false),
    (|| refused(403, 50_007), 1, 1, false),
    (|| refused(404, 10_003), 1, 1, false),
    (|| refused(404, 10_008), 1, 1, false),
    (|| refused(400, 50_035), 1, 1, false),
    (|| refused(500, 0), 3, 3, false),
];

/// Waits for as many calls to a route after those that there are.
async fn calls_after(mock: &MockDiscord, route: &str, before: usize, number: usize) {
    let made = |world: &mut World| {
        let calls = world.calls.iter().skip(before).filter(|call| call.route == route);
        (calls.count() >= number).then_some(())
    };
    mock.wait_for(SOON, made).await.unwrap();
}

async fn survives(route: &'static str, refusals: &'static [Refusal]) {
    let mut all = tokio::task::JoinSet::new();
    for (kind, times, calls, is_answered) in refusals {
        all.spawn(async move {
            let name = format!("{:?} x {times}", kind());
            let bot = Bot::answering(|_| ()).await;
            let before = bot.mock.calls().len();
            bot.mock.inject(route, kind(), *times);
            let ann = bot.mock.member("ann");
            if route == CALLBACK {
                ann.slash("ask", &[("question", json!(QUESTION))]).unwrap();
            } else {
                ann.mention(QUESTION).unwrap();
            }
            if *is_answered {
                let answer = bot.mock.next_message(SOON).await;
                assert!(answer.is_ok(), "{name}: {answer:?}");
            }
            calls_after(&bot.mock, route, before, *calls).await;
            bot.mock.change(|world| world.injected_errors.clear());
            // Others are not held up, and nothing comes late.
            bot.answers("bob").await;
            let made = bot.mock.calls();
            let made = made.iter().skip(before).filter(|call| call.route == route);
            let of_bob = usize::from(route == MESSAGES);
            assert_eq!(made.count(), calls + of_bob, "{name}");
            assert_eq!(bot.mock.unread().len(), 0, "{name}");
            assert_eq!(bot.stop().await, [], "{name}");
        });
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_of_an_answer_to_an_interaction_is_survived() {
    survives(CALLBACK, OF_INTERACTIONS).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_of_a_reply_to_a_message_is_survived() {
    survives(MESSAGES, OF_MESSAGES).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_that_arrived_without_the_bot_knowing_is_there_once() {
    let bot = Bot::answering(|_| ()).await;
    let ann = bot.mock.member("ann");
    // The reply arrives, and its answer is lost.
    bot.mock.inject(MESSAGES, InjectedErrorKind::Lost, 1);
    let asked = ann.mention(QUESTION).unwrap();
    calls_after(&bot.mock, MESSAGES, 0, 3).await;
    let replies = |world: &World| {
        let replies = world.messages.values().filter(|it| it.reply_to == Some(asked));
        replies.count()
    };
    bot.answers_after_others("bob").await;
    assert_eq!(bot.mock.look(replies), 1);
    bot.stop().await;
}

// One press

fn button(message: &Message, label: &str) -> String {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let found = rows.flatten().find(|component| component["label"] == label);
    found.and_then(|button| button["custom_id"].as_str()).unwrap().to_owned()
}

/// A private answer that has a button to share it.
async fn private_answer(bot: &Bot) -> Message {
    let asked = [("question", json!(QUESTION)), ("private", json!(true))];
    bot.mock.member("ann").slash("ask", &asked).unwrap();
    bot.mock.next_message(SOON).await.unwrap()
}

/// On one thread, so that nothing happens between two presses.
#[tokio::test]
async fn an_answer_is_shared_once_however_quickly_the_button_is_pressed() {
    let bot = Bot::answering(|_| ()).await;
    let answer = private_answer(&bot).await;
    let share = button(&answer, "Share");
    let ann = bot.mock.member("ann");
    for _ in 0..5 {
        ann.press(answer.id, &share).unwrap();
    }
    calls_after(&bot.mock, CALLBACK, 0, 6).await;
    calls_after(&bot.mock, FOLLOW_UP, 0, 1).await;
    bot.answers_after_others("bob").await;
    let shared = bot.mock.calls().into_iter().filter(|call| call.route == FOLLOW_UP);
    assert_eq!(shared.count(), 1);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_an_answer_cannot_be_shared_the_person_is_told() {
    let bot = Bot::answering(|_| ()).await;
    let answer = private_answer(&bot).await;
    bot.mock.inject(FOLLOW_UP, refused(403, 50_013), 1);
    bot.mock.member("ann").press(answer.id, &button(&answer, "Share")).unwrap();
    let told = |world: &mut World| {
        let content = &world.messages.get(&answer.id)?.content;
        content.contains("couldn’t share that").then_some(())
    };
    bot.mock.wait_for(SOON, told).await.unwrap();
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_gone_already_counts_as_removed() {
    let bot = Bot::answering(|_| ()).await;
    let ann = bot.mock.member("ann");
    for (code, said) in [(10_008, "Removed."), (50_001, "Discord doesn’t let me")] {
        ann.slash("ask", &[("question", json!(QUESTION))]).unwrap();
        let answer = bot.mock.next_message(SOON).await.unwrap();
        let status = if code == 10_008 { 404 } else { 403 };
        bot.mock.inject("DELETE /channels/{channel}/messages/{message}", refused(status, code), 1);
        ann.message_command("Remove answer", answer.id).unwrap();
        let told = bot.mock.next_message(SOON).await.unwrap();
        assert!(told.is_ephemeral() && told.content.contains(said), "{}", told.content);
    }
    assert_eq!(bot.stop().await, []);
}

/// On one thread, so that the interaction can be taken back before the bot is told of it.
#[tokio::test]
async fn an_interaction_of_a_kind_to_come_is_answered_with_one_sentence() {
    let bot = Bot::answering(|_| ()).await;
    let ann = bot.mock.member("ann");
    let asked = ann.slash("help", &[]).unwrap();
    bot.mock.change(|world| world.sessions.values_mut().for_each(|it| drop(it.told.pop())));
    let token = bot.mock.look(|world| world.interactions[&asked].token.clone());
    bot.mock.send_frame(&json!({ "op": 0, "s": 9, "t": "INTERACTION_CREATE",
        "d": { "id": asked.to_string(), "token": token, "type": 99 } }));
    let told = bot.mock.next_message(SOON).await.unwrap();
    assert!(told.is_ephemeral() && told.content.contains("went wrong"), "{}", told.content);
    bot.stop().await;
}
