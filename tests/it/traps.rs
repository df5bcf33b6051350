//! The traps of Discord's protocol and of the libraries, each sprung at the wire: the bot goes on
//! answering, or ends with a clear reason.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::json;
use summit_bot::discord::{self, FinalClose, RunError};
use summit_bot::loopback::world::{Breach, World};
use summit_bot::loopback::{Clock, Config, Loopback, Setup};
use summit_bot::service::{self, Service};
use summit_bot::settings::{Settings, Token};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(20);
const QUESTION: &str = "Who spoke of vaccine imperialism?";

/// A bot that runs at a loopback of its own.
struct Bot {
    loopback: Loopback,
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
    settings.knowledge.directory = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge").into();
    settings
}

impl Bot {
    /// Starts a bot in a world that was changed first.
    async fn start(setup: Setup, change: impl FnOnce(&mut World)) -> Self {
        let config = Config { setup, clock: Clock::Real, ..Config::default() };
        let loopback = Loopback::start(config).await.unwrap();
        loopback.change(change);
        let mut discord = settings().discord;
        discord.api_url = Some(loopback.url());
        discord.token = Some(Token::new(&loopback.token()));
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            discord::run(service(), &discord, stopped).await
        });
        Self { loopback, running, stop }
    }

    /// Starts a bot, and waits until it has answered.
    async fn answering(change: impl FnOnce(&mut World)) -> Self {
        let bot = Self::start(Setup::default(), change).await;
        bot.loopback.connected(SOON).await.unwrap();
        bot.loopback.commands(SOON).await.unwrap();
        bot.answers("ann").await;
        bot
    }

    /// Asks, and waits for the answer.
    async fn answers(&self, name: &str) {
        let person = self.loopback.member(name);
        let asked = person.mention(QUESTION).unwrap();
        let answer = self.loopback.next_message(SOON).await.unwrap();
        assert_eq!(answer.reply_to, Some(asked));
    }

    /// Waits until as many sessions were begun and resumed.
    async fn connects(&self, identifies: usize, resumes: usize) {
        let reached = |world: &mut World| {
            let so_far = (world.identifies.len(), world.resumes);
            (so_far == (identifies, resumes) && world.connected() == 1).then_some(())
        };
        if let Err(error) = self.loopback.wait_for(SOON, reached).await {
            let so_far = self.loopback.look(|world| (world.identifies.len(), world.resumes));
            panic!("{so_far:?} and not {:?}: {error}", (identifies, resumes));
        }
    }

    /// Why the bot ended.
    async fn ends(self) -> RunError {
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap_err()
    }

    async fn stop(self) -> Vec<Breach> {
        self.stop.send(()).unwrap();
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap();
        assert_eq!(self.loopback.pings(), []);
        self.loopback.breaches()
    }
}

// The gateway

/// What befalls a connection, and how many sessions are begun and resumed then.
type Mishap = (&'static str, fn(&Loopback), (usize, usize));

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
    ("the connection is cut", Loopback::cut_gateway, RESUMES),
    ("op 7 reconnect", Loopback::ask_to_reconnect, RESUMES),
    ("op 9 resumable", |it| it.invalidate_sessions(true), RESUMES),
    ("op 9 final", |it| it.invalidate_sessions(false), IDENTIFIES),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_every_mishap_the_bot_comes_back_and_answers() {
    let mut mishaps = tokio::task::JoinSet::new();
    for (name, happen, (identifies, resumes)) in MISHAPS {
        mishaps.spawn(async move {
            let bot = Bot::answering(|_| ()).await;
            happen(&bot.loopback);
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
    bot.loopback.change(|world| world.gateway.refuse = true);
    bot.loopback.cut_gateway();
    bot.loopback.wait_for(SOON, |world| (world.connected() == 0).then_some(())).await.unwrap();
    let asked = bot.loopback.member("bob").mention(QUESTION).unwrap();
    bot.loopback.change(|world| world.gateway.refuse = false);
    let answer = bot.loopback.next_message(SOON).await.unwrap();
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
        bot.loopback.close_gateway(Some(code));
        assert_eq!(bot.ends().await, why);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_hears_no_heartbeat_is_left_and_the_session_goes_on() {
    let bot = Bot::answering(|world| world.gateway.heartbeat_ms = 200).await;
    bot.loopback.change(|world| world.gateway.deaf = true);
    let resumed = |world: &mut World| (world.resumes > 0).then_some(());
    bot.loopback.wait_for(SOON, resumed).await.unwrap();
    bot.loopback.change(|world| world.gateway.deaf = false);
    bot.answers("bob").await;
    assert_eq!(bot.loopback.look(|world| world.identifies.len()), 1);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_says_nothing_is_left() {
    let bot = Bot::start(Setup::default(), |world| world.gateway.silent = true).await;
    let asked_twice = |world: &mut World| {
        let asked = world.calls.iter().filter(|call| call.path == "/gateway/bot").count();
        (asked == 2).then_some(())
    };
    bot.loopback.wait_for(SOON, asked_twice).await.unwrap();
    bot.loopback.change(|world| world.gateway.silent = false);
    bot.loopback.connected(SOON).await.unwrap();
    bot.answers("ann").await;
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_address_of_the_gateway_none_is_guessed() {
    let address = |world: &mut World| {
        let route = "GET /gateway/bot".to_owned();
        let kind = summit_bot::loopback::world::FaultKind::Answer(503, json!({}));
        world.faults.push(summit_bot::loopback::world::Fault { route, kind, times: 2 });
    };
    let bot = Bot::start(Setup::default(), address).await;
    bot.connects(1, 0).await;
    bot.answers("ann").await;
    let asked = bot.loopback.calls().into_iter().filter(|call| call.path == "/gateway/bot");
    assert_eq!(asked.map(|call| call.status).collect::<Vec<_>>(), [503, 503, 200]);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_this_machine_does_not_lead_the_token_to_another() {
    let elsewhere = |world: &mut World| {
        let body = json!({ "url": "wss://gateway.discord.gg", "shards": 1, "session_start_limit":
            { "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1 } });
        let route = "GET /gateway/bot".to_owned();
        let kind = summit_bot::loopback::world::FaultKind::Answer(200, body);
        world.faults.push(summit_bot::loopback::world::Fault { route, kind, times: 1 });
    };
    let bot = Bot::start(Setup::default(), elsewhere).await;
    assert_eq!(bot.ends().await, RunError::ForeignGateway);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_session_starts_are_left_none_is_begun() {
    let bot = Bot::start(Setup::default(), |world| world.gateway.starts_left = 0).await;
    let asked = |world: &mut World| {
        world.calls.iter().any(|call| call.path == "/gateway/bot").then_some(())
    };
    bot.loopback.wait_for(SOON, asked).await.unwrap();
    let loopback = bot.loopback.look(|world| world.identifies.len());
    assert_eq!(loopback, 0);
    assert_eq!(bot.stop().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_that_make_no_sense_are_passed_over() {
    let bot = Bot::answering(|_| ()).await;
    let deep = "[".repeat(100_000);
    for text in ["", "null", "[]", "{}", "{\"op\":-1}", "{\"op\":99}", "{\"op\":0}", &deep] {
        bot.loopback.send_text(text);
    }
    bot.loopback.send_bytes(&[0x78, 0x9c, 0xff]);
    bot.loopback.send_text("{\"op\":0,\"s\":3,\"t\":\"MESSAGE_CREATE\",\"d\":{\"id\":\"0\"}}");
    bot.loopback.send_text("{\"op\":0,\"s\":3,\"t\":\"A_KIND_TO_COME\",\"d\":null}");
    bot.answers("bob").await;
    assert_eq!(bot.loopback.look(|world| (world.identifies.len(), world.resumes)), (1, 0));
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
        bot.loopback.wait_for(SOON, asked).await.unwrap();
        bot.stop().await;
    }
}
