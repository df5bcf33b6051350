//! The bot at the wire: the same function as `summit-bot run`, connected to an offline Discord.
//!
//! Wording is tested by value elsewhere; here it is what arrives, and who sees it.

use std::future::Future;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use summit_bot::discord::{self, FinalClose, RunError};
use summit_bot::loopback::world::{FaultKind, FirstResponse, Message, Permissions};
use summit_bot::loopback::{Clock, Config, Id, Loopback, Setup};
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
    with_bot_in(Setup::default(), ask).await;
}

async fn with_bot_in<Done: Future<Output = ()>>(
    setup: Setup,
    ask: impl FnOnce(Arc<Loopback>) -> Done,
) {
    let config = Config { setup, clock: Clock::Real, ..Config::default() };
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
async fn mentions_are_answered_in_order_as_fast_as_allowed_and_channels_do_not_wait() {
    const IN_TIME: u64 = 12_000;
    let setup = Setup { limits: true, ..Setup::default() };
    with_bot_in(setup, |loopback| async move {
        let began = loopback.change(|world| world.now_ms());
        let person = |number: usize| loopback.member(&format!("ann{number}"));
        let asked: Vec<Id> = (0..10).map(|n| person(n).mention(ANSWERED).unwrap()).collect();
        let random = loopback.channel("random").unwrap();
        let elsewhere = person(10).at(random).mention(ANSWERED).unwrap();
        let mut answered = Vec::new();
        for _ in 0..11 {
            let answer = loopback.next_message(2 * SOON).await.unwrap();
            assert!(answer.sent_ms < began + IN_TIME);
            answered.push(answer.reply_to.unwrap());
        }
        // Before the sixth, for which the first channel has to rest.
        let place = answered.iter().position(|id| *id == elsewhere).unwrap();
        assert!(place <= 5, "{place}");
        answered.remove(place);
        assert_eq!(answered, asked);
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
        let ann = loopback.member("ann");
        // An answer shows that the bot knows its session, without which it cannot resume.
        ann.slash("ask", &question(ANSWERED)).unwrap();
        loopback.next_message(SOON).await.unwrap();
        loopback.ask_to_reconnect();
        loopback.wait_for(SOON, |world| (world.resumes == 1).then_some(())).await.unwrap();
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
    assert_eq!(ended, Err(RunError::Refused(FinalClose::DeniedIntents)));
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

/// The program, told to run at this address.
fn program(token: Option<&str>, url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_summit-bot"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_clear().arg("run");
    command.env("SUMMIT__DISCORD__API_URL", url).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(token) = token {
        command.env("DISCORD_TOKEN", token);
    }
    command
}

/// Exit code, output and error stream, once the program has ended.
async fn ended(program: Child) -> (Option<i32>, String, String) {
    let ended = tokio::task::spawn_blocking(move || program.wait_with_output().unwrap());
    let ended = timeout(SOON, ended).await.unwrap().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_wrong_or_missing_ends_the_program_with_78() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let wrong = program(Some("canary.wrong.token"), &loopback.url()).spawn().unwrap();
    let (code, _, said) = ended(wrong).await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("Discord refuses the token") && !said.contains("canary"), "{said}");
    assert_eq!(loopback.look(|world| world.identifies.len()), 0);

    let calls = loopback.calls().len();
    let (code, _, said) = ended(program(None, &loopback.url()).spawn().unwrap()).await;
    assert_eq!(code, Some(78), "{said}");
    assert!(said.contains("DISCORD_TOKEN"), "{said}");
    assert_eq!(loopback.calls().len(), calls);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_there_ends_the_program_with_75() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let url = loopback.url();
    loopback.stop().await;
    let (code, _, said) = ended(program(Some("token"), &url).spawn().unwrap()).await;
    assert_eq!(code, Some(75), "{said}");
    assert!(said.contains("no connection"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invitation_names_the_application() {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let mut program = program(Some(&loopback.token()), &loopback.url());
    let (code, said, _) = ended(program.arg("--print-invite").spawn().unwrap()).await;
    assert_eq!(code, Some(0));
    let application = loopback.look(|world| world.application);
    assert!(said.contains(&format!("client_id={application}&scope=bot+applications.commands&")));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_the_program_well_and_its_log_keeps_secrets() {
    let config = Config { clock: Clock::Real, ..Config::default() };
    let loopback = Loopback::start(config).await.unwrap();
    let program = program(Some(&loopback.token()), &loopback.url()).spawn().unwrap();
    let id = program.id().to_string();
    loopback.commands(SOON).await.unwrap();
    loopback.connected(SOON).await.unwrap();
    let ann = loopback.member("ann");
    let failing = FaultKind::Answer(500, json!({ "message": "canary", "code": 0 }));
    loopback.inject("POST /interactions/{interaction}/{token}/callback", failing, 2);
    let asked = ann.slash("ask", &question("canary?")).unwrap();
    let token = loopback.look(|world| world.interactions[&asked].token.clone());
    loopback.next_refusal(SOON).await.unwrap();
    loopback.next_refusal(SOON).await.unwrap();
    loopback.send_text("{\"op\": 0, \"d\": \"canary\", \"t\": \"CANARY\"}");
    ann.mention("canary").unwrap();
    loopback.next_message(SOON).await.unwrap();

    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let (code, _, log) = ended(program).await;
    assert_eq!(code, Some(0), "{log}");
    assert_eq!(loopback.look(summit_bot::loopback::World::connected), 0);
    assert!(log.contains("an interaction was not answered: HTTP 500"), "{log}");
    for secret in ["canary", &token, &loopback.token(), &asked.to_string()] {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{log}");
    }
}
