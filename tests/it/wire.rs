//! The bot at the wire: the same function as `summit-bot run`, connected to an offline Discord.
//!
//! Wording is tested by value elsewhere; here it is what arrives, and who sees it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use summit_bot::discord::{self, RunError};
use summit_bot::loopback::world::{FirstResponse, Message, Permissions};
use summit_bot::loopback::{Clock, Config, Id, Loopback};
use summit_bot::service::{self, Service};
use summit_bot::settings::{Settings, Token};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

const SOON: Duration = Duration::from_secs(10);
const ANSWERED: &str = "Who spoke of vaccine imperialism?";
const NOT_ANSWERED: &str = "What is the best recipe for banana bread?";

/// A bot that runs at a loopback.
struct Bot {
    running: JoinHandle<Result<(), RunError>>,
    stop: oneshot::Sender<()>,
}

fn settings(loopback: &Loopback) -> Settings {
    let mut settings = Settings::load(None).unwrap();
    settings.discord.api_url = Some(loopback.url());
    settings.discord.token = Some(Token::new(&loopback.token()));
    settings.knowledge.directory = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge").into();
    settings
}

impl Bot {
    fn start(settings: &Settings) -> Self {
        let engine = service::build_engine(settings, |_| ()).unwrap();
        let service = Arc::new(Service::new(engine, settings));
        let discord = settings.discord.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            discord::run(service, &discord, stopped).await
        });
        Self { running, stop }
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap();
    }
}

/// Runs a bot at a loopback; whatever is asked, nobody is pinged and no rule is broken.
async fn with_bot<Done: Future<Output = ()>>(ask: impl FnOnce(Arc<Loopback>) -> Done) {
    let config = Config { clock: Clock::Real, ..Config::default() };
    let loopback = Arc::new(Loopback::start(config).await.unwrap());
    let bot = Bot::start(&settings(&loopback));
    loopback.commands(SOON).await.unwrap();
    loopback.connected(SOON).await.unwrap();
    ask(Arc::clone(&loopback)).await;
    assert!(!bot.running.is_finished(), "the bot has ended");
    bot.stop().await;
    assert_eq!(loopback.breaches(), []);
    assert_eq!(loopback.pings(), []);
    assert!(loopback.unread().is_empty(), "{:?}", loopback.unread());
    assert_eq!(loopback.look(summit_bot::loopback::World::connected), 0);
    for call in loopback.calls() {
        let message = call.body.get("data").unwrap_or(&call.body);
        if message.get("content").is_some() {
            let silent = json!({ "parse": [], "replied_user": false });
            assert_eq!(message["allowed_mentions"], silent, "{call}");
        }
    }
}

fn description(message: &Message) -> String {
    message.embeds.iter().filter_map(|embed| embed["description"].as_str()).collect()
}

/// The id of the button with this label.
fn button(message: &Message, label: &str) -> String {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let found = rows.flatten().find(|component| component["label"] == label);
    found.and_then(|button| button["custom_id"].as_str()).unwrap().to_owned()
}

fn question(text: &str) -> [(&'static str, Value); 1] {
    [("question", json!(text))]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ask_is_answered_wherever_it_is_asked() {
    with_bot(|loopback| async move {
        let ann = loopback.member("ann");
        let private = [ann.user_installed(), ann.in_group()].map(|place| (place, true));
        let public = [ann, ann.in_direct()].map(|place| (place, false));
        for (place, is_private) in public.into_iter().chain(private) {
            place.slash("ask", &question(ANSWERED)).unwrap();
            let answer = loopback.next_message(SOON).await.unwrap();
            assert!(description(&answer).contains("vaccine imperialism"), "{answer:?}");
            assert_eq!(answer.is_ephemeral(), is_private);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_abstention_is_seen_by_the_asker_alone() {
    with_bot(|loopback| async move {
        loopback.member("ann").slash("ask", &question(NOT_ANSWERED)).unwrap();
        let answer = loopback.next_message(SOON).await.unwrap();
        assert!(answer.is_ephemeral() && answer.embeds.is_empty(), "{answer:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_and_menus_work_after_a_restart() {
    let config = Config { clock: Clock::Real, ..Config::default() };
    let loopback = Loopback::start(config).await.unwrap();
    let settings = settings(&loopback);
    let bot = Bot::start(&settings);
    loopback.commands(SOON).await.unwrap();
    let ann = loopback.member("ann");
    loopback.connected(SOON).await.unwrap();
    ann.slash("ask", &question(ANSWERED)).unwrap();
    let answer = loopback.next_message(SOON).await.unwrap();
    bot.stop().await;

    let bot = Bot::start(&settings);
    loopback.connected(SOON).await.unwrap();
    ann.press(answer.id, &button(&answer, "More context")).unwrap();
    let context = loopback.next_message(SOON).await.unwrap();
    assert!(context.is_ephemeral() && context.id != answer.id, "{context:?}");
    let registrations = |call: &summit_bot::loopback::world::Call| call.method == "PUT";
    let held = |call: &summit_bot::loopback::world::Call| {
        call.method == "GET" && call.path.contains("/commands")
    };
    loopback
        .wait_for(SOON, |world| {
            let asked = world.calls.iter().filter(|call| held(call) && call.status == 200).count();
            (asked == 2).then_some(())
        })
        .await
        .unwrap();
    bot.stop().await;
    assert_eq!(loopback.calls().iter().filter(|call| registrations(call)).count(), 1);
    assert_eq!((loopback.breaches(), loopback.pings()), (vec![], vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_address_the_bot_are_answered_and_others_are_not() {
    with_bot(|loopback| async move {
        let ann = loopback.member("ann");
        ann.say(ANSWERED).unwrap();
        let asked = ann.mention(ANSWERED).unwrap();
        let answer = loopback.next_message(SOON).await.unwrap();
        assert_eq!(answer.reply_to, Some(asked));
        assert!(description(&answer).contains("vaccine imperialism"));
        ann.direct(ANSWERED).unwrap();
        let direct = loopback.next_message(SOON).await.unwrap();
        assert!(description(&direct).contains("vaccine imperialism"));
        ann.reply_to(answer.id, "@everyone <@&1> banana bread?").unwrap();
        let reply = loopback.next_message(SOON).await.unwrap();
        assert!(reply.embeds.is_empty(), "{reply:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mentions_in_one_channel_are_answered_in_order() {
    with_bot(|loopback| async move {
        let people: Vec<Id> = (0..5)
            .map(|number| loopback.member(&format!("ann{number}")).mention(ANSWERED).unwrap())
            .collect();
        for asked in people {
            let answer = loopback.next_message(SOON).await.unwrap();
            assert_eq!(answer.reply_to, Some(asked));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_embeds_are_forbidden_an_answer_is_text() {
    with_bot(|loopback| async move {
        let ann = loopback.member("ann");
        loopback.change(|world| {
            let bot = world.bot.id;
            world.deny(ann.channel(), bot, Permissions::EMBED_LINKS);
        });
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let answer = loopback.next_message(SOON).await.unwrap();
        assert!(answer.embeds.is_empty() && answer.content.contains("vaccine imperialism"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn speakers_are_offered_while_a_name_is_typed() {
    with_bot(|loopback| async move {
        let typed = loopback.member("ann").autocomplete("ask", "speaker", "rama").unwrap();
        loopback.next_response(SOON).await.unwrap();
        let response = loopback.look(|world| world.interactions[&typed].response.clone());
        let Some(FirstResponse::Choices(choices)) = response else { panic!("{response:?}") };
        assert!(choices.iter().any(|choice| choice["name"].to_string().contains("Ramaphosa")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_removed_by_whoever_asked_and_by_nobody_else() {
    with_bot(|loopback| async move {
        let (ann, bob) = (loopback.member("ann"), loopback.member("bob"));
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let answer = loopback.next_message(SOON).await.unwrap();
        let is_there = || loopback.look(|world| world.living(answer.id).is_ok());
        bob.message_command("Remove answer", answer.id).unwrap();
        assert!(loopback.next_message(SOON).await.unwrap().is_ephemeral() && is_there());
        ann.message_command("Remove answer", answer.id).unwrap();
        loopback.next_response(SOON).await.unwrap();
        assert!(loopback.next_message(SOON).await.unwrap().is_ephemeral() && !is_there());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_too_much_is_told_when_to_go_on_and_others_are_not_slowed() {
    with_bot(|loopback| async move {
        let (ann, bob) = (loopback.member("ann"), loopback.member("bob"));
        for _ in 0..10 {
            ann.slash("help", &[]).unwrap();
            loopback.next_message(SOON).await.unwrap();
        }
        ann.slash("help", &[]).unwrap();
        let told = loopback.next_message(SOON).await.unwrap();
        assert!(told.is_ephemeral() && told.content.contains(" second"), "{}", told.content);
        bob.slash("ask", &question(ANSWERED)).unwrap();
        assert!(!loopback.next_message(SOON).await.unwrap().embeds.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_resumed_and_a_lost_one_begins_anew() {
    with_bot(|loopback| async move {
        loopback.ask_to_reconnect();
        loopback.wait_for(SOON, |world| (world.resumes == 1).then_some(())).await.unwrap();
        let ann = loopback.member("ann");
        ann.slash("ask", &question(ANSWERED)).unwrap();
        loopback.next_message(SOON).await.unwrap();
        loopback.invalidate_sessions(false);
        loopback
            .wait_for(3 * SOON, |world| (world.identifies.len() == 2).then_some(()))
            .await
            .unwrap();
        loopback.connected(SOON).await.unwrap();
        ann.slash("ask", &question(ANSWERED)).unwrap();
        loopback.next_message(SOON).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_at_the_gateway_ends_the_bot() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    loopback.change(|world| world.gateway.close_on_identify = Some(4014));
    let bot = Bot::start(&settings(&loopback));
    let ended = timeout(SOON, bot.running).await.unwrap().unwrap();
    assert_eq!(ended, Err(RunError::Intents(4014)));
    assert_eq!(loopback.look(|world| world.identifies.len()), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_can_be_stopped_while_there_is_no_session() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    loopback.change(|world| world.gateway.refuse = true);
    let bot = Bot::start(&settings(&loopback));
    loopback
        .wait_for(SOON, |world| {
            world.calls.iter().any(|call| call.path == "/gateway/bot").then_some(())
        })
        .await
        .unwrap();
    bot.stop().await;
}

/// `summit-bot run` with this token, at this address.
fn run(token: Option<&str>, url: &str) -> (Option<i32>, String) {
    let mut command = assert_cmd::Command::cargo_bin("summit-bot").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("SUMMIT__DISCORD__API_URL", url);
    if let Some(token) = token {
        command.env("DISCORD_TOKEN", token);
    }
    let ran = command.arg("run").timeout(SOON).output().unwrap();
    (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_wrong_or_missing_ends_the_program_with_78() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let url = loopback.url();
    let (code, said) =
        tokio::task::spawn_blocking(move || run(Some("canary.wrong.token"), &url)).await.unwrap();
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("Discord refuses the token") && !said.contains("canary"), "{said}");
    assert_eq!(loopback.look(|world| world.identifies.len()), 0);
    let calls = loopback.calls().len();
    let url = loopback.url();
    let (code, said) = tokio::task::spawn_blocking(move || run(None, &url)).await.unwrap();
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("DISCORD_TOKEN"), "{said}");
    assert_eq!(loopback.calls().len(), calls);
}
