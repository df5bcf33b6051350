//! One runner for everything that is tested at the wire.
//!
//! [`run`] starts an offline Discord and the bot, by the same function as `summit-bot run`, lets
//! a test act, and then fails where the bot has died, where something it said was not read, where
//! it broke a rule of Discord's, where anything it sent could have pinged somebody or is not as
//! Discord describes it, and where it complained in its log without having been expected to.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use engine::knowledge::SourceFile;
use mock_discord::terminal::{Controls, Look, Viewer, draw, text::plain};
use mock_discord::world::{Call, FirstResponse, Message};
use mock_discord::{Clock, Config, Id, MockDiscord, Setup, World};
use serde_json::{Value, json};
use summit_bot::discord::{self, RunError};
use summit_bot::service::{self, Service};
use summit_bot::settings::{self, Settings, Token};
use summit_bot::store::Store;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::offline::Offline;

use super::log::Log;
use super::openapi;

/// Longer than anything takes that is not broken.
pub(crate) const SOON: Duration = Duration::from_secs(10);
/// A question that the article answers.
pub(crate) const ANSWERED: &str = "Who spoke of vaccine imperialism?";
/// Words of the answer.
pub(crate) const ANSWER: &str = "vaccine imperialism";
/// A question that it does not answer.
pub(crate) const NOT_ANSWERED: &str = "What is the best recipe for banana bread?";

/// What differs between tests.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// The world at its start.
    pub(crate) setup: Setup,
    /// Documents, in place of the project's own.
    pub(crate) knowledge: Option<Vec<SourceFile>>,
    /// Whether changes are kept, also while the bot restarts.
    pub(crate) has_store: bool,
}

/// A bot that runs at an offline Discord.
pub(crate) struct Wire {
    mock: Arc<Offline>,
    settings: Settings,
    options: Options,
    store: Option<Arc<Store>>,
    bot: Option<Bot>,
    log: Log,
    complaints: RefCell<Vec<String>>,
    refusals: RefCell<Vec<u32>>,
}

impl Deref for Wire {
    type Target = MockDiscord;

    fn deref(&self) -> &MockDiscord {
        &self.mock
    }
}

/// Runs a test with the article; see the head of this file for what is checked behind it. The
/// runtime must have one thread, as that of `#[tokio::test]` has: the log is listened to there.
pub(crate) async fn run(test: impl AsyncFnOnce(&mut Wire)) {
    run_with(Options::default(), test).await;
}

/// As [`run`], in another world or with other documents.
pub(crate) async fn run_with(options: Options, test: impl AsyncFnOnce(&mut Wire)) {
    let (log, _listening) = Log::begin();
    let config = Config { setup: options.setup.clone(), clock: Clock::Real, ..Config::default() };
    let mock = Arc::new(Offline::start(config).await.unwrap());
    let bot_settings = settings(&mock);
    let (complaints, refusals) = (RefCell::default(), RefCell::default());
    let store = if options.has_store {
        Some(Arc::new(Store::open(&settings::Store::Memory).await.unwrap()))
    } else {
        None
    };
    let mut wire =
        Wire { mock, settings: bot_settings, options, store, bot: None, log, complaints, refusals };
    wire.start().await;
    wire.commands(SOON).await.unwrap();
    test(&mut wire).await;
    wire.stop().await;
    wire.check();
}

/// Settings of a bot at this offline Discord.
pub(crate) fn settings(mock: &MockDiscord) -> Settings {
    let mut settings = Settings::load(None).unwrap();
    // What is answered must not depend on whether the vectors are there yet.
    settings.answer.encoder = false;
    settings.discord.api_url = Some(mock.url());
    settings.discord.token = Some(Token::new(&mock.token()));
    settings.knowledge.directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge").into();
    settings
}

impl Wire {
    /// Starts the bot, and waits until it is connected.
    pub(crate) async fn start(&mut self) {
        let engine = match &self.options.knowledge {
            Some(files) => service::engine_of(files, &self.settings).unwrap(),
            None => service::build_engine(&self.settings, |_| ()).unwrap(),
        };
        let mut service = Service::new(engine, &self.settings);
        if let Some(store) = &self.store {
            service = service.with_store(Arc::clone(store));
        }
        self.bot = Some(Bot::start(service, &self.settings));
        self.connected(SOON).await.unwrap();
    }

    /// Stops the bot, as a signal does, and waits until the gateway knows.
    pub(crate) async fn stop(&mut self) {
        let bot = self.bot.take().expect("the bot runs");
        assert!(!bot.running.is_finished(), "the bot has ended by itself");
        bot.stop().await;
        assert_eq!(self.look(World::connected), 0);
    }

    /// Stops the bot and starts it with other documents.
    pub(crate) async fn restart_with(&mut self, knowledge: Vec<SourceFile>) {
        self.stop().await;
        self.options.knowledge = Some(knowledge);
        self.start().await;
    }

    /// Stops the bot and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.start().await;
    }

    /// What is kept.
    pub(crate) fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// The bot's next message, new or changed.
    pub(crate) async fn said(&self) -> Message {
        self.next_message(SOON).await.unwrap_or_else(|late| panic!("{late}"))
    }

    /// The choices that were offered for what somebody typed.
    pub(crate) async fn choices(&self, typed: Id) -> Vec<Value> {
        self.next_response(SOON).await.unwrap_or_else(|late| panic!("{late}"));
        match self.look(|world| world.interactions[&typed].response.clone()) {
            Some(FirstResponse::Choices(choices)) => choices,
            other => panic!("{other:?}"),
        }
    }

    /// The next warning or error holds this text, and is no fault.
    pub(crate) fn expect_complaint(&self, text: &str) {
        self.complaints.borrow_mut().push(text.to_owned());
    }

    /// Discord refuses something once with this code, and that is no fault.
    pub(crate) fn expect_refusal(&self, code: u32) {
        self.refusals.borrow_mut().push(code);
    }

    /// The message as people see it, in 80 columns.
    pub(crate) fn drawn(&self, message: &Message) -> String {
        self.drawn_in(message, Look::default().width)
    }

    /// The message as people see it, in so many columns.
    pub(crate) fn drawn_in(&self, message: &Message, width: usize) -> String {
        let viewer = Viewer { user: 0, channel: message.channel };
        let mut controls = Controls::default();
        let look = Look { width, ..Look::default() };
        self.look(|world| plain(&draw::message(world, message, viewer, &mut controls, look)))
    }

    /// What must hold after every test.
    fn check(&self) {
        let unread = self.unread();
        assert!(unread.is_empty(), "nobody has read {unread:#?}");
        let mut refusals = self.refusals.borrow().clone();
        let unasked = |violation: &mock_discord::world::Violation| {
            let expected = refusals.iter().position(|code| violation.code == Some(*code));
            expected.map(|at| refusals.remove(at)).is_none()
        };
        let violations: Vec<_> = self.violations().into_iter().filter(unasked).collect();
        assert_eq!(violations, [], "rules of Discord's were broken");
        assert_eq!(refusals, Vec::<u32>::new(), "Discord did not refuse what was expected");
        assert_sound(self);
        for call in self.calls() {
            assert_eq!(openapi::faults_of_answer(&call), Vec::<String>::new(), "{call}");
        }
        self.check_log();
    }

    fn check_log(&self) {
        let mut expected = self.complaints.borrow().clone();
        let unasked = |complaint: &String| {
            let place = expected.iter().position(|text| complaint.contains(text));
            place.map(|at| expected.remove(at)).is_none()
        };
        let complaints: Vec<_> = self.log.complaints().into_iter().filter(unasked).collect();
        assert_eq!(complaints, Vec::<String>::new(), "the bot complains");
        assert_eq!(expected, Vec::<String>::new(), "the bot does not complain of this");
    }
}

/// What must hold of everything that the bot has sent, whatever happened: none of it could have
/// pinged somebody, and all of it is as Discord describes it.
pub(crate) fn assert_sound(mock: &MockDiscord) {
    assert_eq!(mock.pings(), []);
    for call in mock.calls() {
        assert_eq!(openapi::faults_of_request(&call), Vec::<String>::new(), "{call}");
        assert!(is_silent(&call), "this could ping somebody: {call}");
    }
}

/// Whether what a call sends cannot ping anybody, whatever stands in it: every message says so
/// itself, new or changed.
fn is_silent(call: &Call) -> bool {
    let sends = call.method != "GET" && call.method != "DELETE";
    let message = match call.route {
        "POST /interactions/{interaction}/{token}/callback" => match call.body["type"].as_u64() {
            Some(4 | 7) => &call.body["data"],
            _ => return true,
        },
        route if route.contains("/messages") || route.contains("/webhooks") => &call.body,
        _ => return true,
    };
    !sends || message["allowed_mentions"] == json!({ "parse": [], "replied_user": false })
}

/// A bot that runs.
pub(crate) struct Bot {
    pub(crate) running: JoinHandle<Result<(), RunError>>,
    stop: oneshot::Sender<()>,
}

impl Bot {
    /// Starts it, as `summit-bot run` does.
    pub(crate) fn start(service: Service, settings: &Settings) -> Self {
        let (service, discord) = (Arc::new(service), settings.discord.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            discord::run(service, &discord, stopped).await
        });
        Self { running, stop }
    }

    /// A bot with the article.
    pub(crate) fn with_article(settings: &Settings) -> Self {
        let engine = service::build_engine(settings, |_| ()).unwrap();
        Self::start(Service::new(engine, settings), settings)
    }

    /// Stops it, as a signal does.
    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        timeout(SOON, self.running).await.unwrap().unwrap().unwrap();
    }
}

/// All that the embeds of a message quote.
pub(crate) fn quoted(message: &Message) -> String {
    let texts = message.embeds.iter().filter_map(|embed| embed["description"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// The id of the button or menu whose label begins so.
pub(crate) fn control(message: &Message, label: &str) -> String {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let begins = |item: &&Value| {
        let text = |key: &str| item[key].as_str().is_some_and(|it| it.starts_with(label));
        text("label") || text("placeholder")
    };
    let found = rows.flatten().find(begins);
    let id = found.and_then(|item| item["custom_id"].as_str());
    id.unwrap_or_else(|| panic!("no {label} in {message:?}")).to_owned()
}

/// The values of the entries of a menu.
pub(crate) fn entries(message: &Message, custom_id: &str) -> Vec<String> {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let menu = rows.flatten().find(|item| item["custom_id"] == custom_id).unwrap();
    let options = menu["options"].as_array().unwrap().iter();
    options.map(|option| option["value"].as_str().unwrap().to_owned()).collect()
}

/// The option of `/ask`.
pub(crate) fn question(text: &str) -> [(&'static str, Value); 1] {
    [("question", json!(text))]
}
