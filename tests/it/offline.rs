//! Every offline Discord and every `summit-bot run` of the tests starts here, so that nothing that
//! is logged escapes.
//!
//! All lines are kept, of this process and of programs, at every level that the program can be made
//! to print; when an offline Discord goes, they are compared with what no line may hold. That there
//! is no other way to start one is kept by `architecture`.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Deref;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mock_discord::{Config, MockDiscord, World};
use serde_json::Value;
use summit_bot::telemetry;
use tokio::time::{sleep, timeout};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::wire::harness::assert_sound;

/// Longer than a program takes to end that ends.
const SOON: Duration = Duration::from_secs(20);
/// How often a log is looked at.
const A_MOMENT: Duration = Duration::from_millis(10);
/// Shorter texts may stand in the log by chance.
const TELLING: usize = 8;

/// All that was logged so far.
static LINES: Mutex<String> = Mutex::new(String::new());

/// Keeps what is written to it, for all tests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Everything;

impl io::Write for Everything {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        lines().push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Everything {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

/// A test that fails must not make others fail.
fn lines() -> std::sync::MutexGuard<'static, String> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A part of the log, from one moment on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listening(usize);

/// Begins to listen, to all threads and at every level.
pub(crate) fn listen() -> Listening {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let everything = telemetry::lines(LevelFilter::TRACE, Everything);
        tracing::subscriber::set_global_default(everything).unwrap();
    });
    Listening(lines().len())
}

impl Listening {
    /// Fails where one of these stands in a line that was logged since.
    pub(crate) fn holds_none_of(self, secrets: &[String]) {
        if thread::panicking() {
            return;
        }
        let heard = without_places(&lines()[self.0..]);
        for secret in secrets {
            assert!(!heard.contains(secret), "{secret:?} stands in the log:\n{heard}");
        }
    }
}

/// The lines without the numbers of channels and servers: tests run beside one another, and what
/// is a channel in one world is a person in another.
fn without_places(lines: &str) -> String {
    let mut text = String::with_capacity(lines.len());
    let mut before = "";
    for word in lines.split(' ') {
        let is_place = matches!(before, "channel" | "server");
        let shown =
            if is_place { word.trim_start_matches(|c: char| c.is_ascii_digit()) } else { word };
        write!(text, "{shown} ").unwrap();
        before = word;
    }
    text
}

/// What no line of the log may hold: tokens, ids of people, and what was written.
pub(crate) fn secrets(world: &World) -> Vec<String> {
    let tokens = world.interactions.values().map(|it| it.token.clone());
    let people = world.users.values().filter(|user| !user.bot).map(|user| user.id.to_string());
    let mut texts: Vec<String> =
        world.messages.values().map(|message| message.content.clone()).collect();
    for interaction in world.interactions.values() {
        collect(&interaction.data, &mut texts);
    }
    texts.retain(|text| text.len() >= TELLING);
    std::iter::once(world.token.clone()).chain(tokens).chain(people).chain(texts).collect()
}

/// What somebody typed, chose or pressed.
fn collect(data: &Value, texts: &mut Vec<String>) {
    match data {
        Value::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value) {
                    ("value" | "custom_id", Value::String(text)) => texts.push(text.clone()),
                    ("values", Value::Array(values)) => {
                        texts.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    (_, value) => collect(value, texts),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        _ => {}
    }
}

/// An offline Discord. When it goes, its secrets are in no line of the log, and nothing that the bot
/// has sent could have pinged anybody or is unlike Discord's description.
#[derive(Debug)]
pub(crate) struct Offline {
    /// There until it is stopped.
    mock: Option<MockDiscord>,
    listening: Listening,
    is_for_others: bool,
}

impl Offline {
    /// Starts it.
    ///
    /// # Errors
    /// A port cannot be had.
    pub(crate) async fn start(config: Config) -> io::Result<Self> {
        let listening = listen();
        let mock = Some(MockDiscord::start(config).await?);
        Ok(Self { mock, listening, is_for_others: false })
    }

    /// Starts one for bots that are not ours, which may send what they like.
    ///
    /// # Errors
    /// A port cannot be had.
    pub(crate) async fn for_others(config: Config) -> io::Result<Self> {
        let mut offline = Self::start(config).await?;
        offline.is_for_others = true;
        Ok(offline)
    }

    /// Closes all connections and both ports.
    pub(crate) async fn stop(mut self) {
        self.check();
        self.mock.take().unwrap().stop().await;
    }

    fn check(&self) {
        if let Some(mock) = &self.mock {
            self.listening.holds_none_of(&mock.look(secrets));
            if !self.is_for_others && !thread::panicking() {
                assert_sound(mock);
            }
        }
    }
}

impl Drop for Offline {
    fn drop(&mut self) {
        self.check();
    }
}

impl Deref for Offline {
    type Target = MockDiscord;

    fn deref(&self) -> &MockDiscord {
        self.mock.as_ref().unwrap()
    }
}

#[test]
fn what_no_line_may_hold_is_found_on_any_thread() {
    let listening = listen();
    let secret = ["haystackneedle of the log".to_owned()];
    listening.holds_none_of(&secret);
    let log = || tracing::trace!(target: "summit_bot", "a haystackneedle of the log");
    thread::spawn(log).join().unwrap();
    let found = std::panic::catch_unwind(|| listening.holds_none_of(&secret));
    assert!(found.is_err());
    // Of others, only what the program would print.
    tracing::warn!(target: "hyper", "haystackneedle of another");
    listening.holds_none_of(&["haystackneedle of another".to_owned()]);
    assert_eq!(without_places("in channel 12 of server 3: 4"), "in channel  of server : 4 ");
}

/// The program as a service manager starts it: `summit-bot run`, with nothing in its environment.
#[derive(Debug)]
pub(crate) struct Program(Command);

impl Program {
    /// Told to run at this address. `SUMMIT_TEST_PROGRAM` names another build of it.
    pub(crate) fn at(url: &str) -> Self {
        let other = std::env::var_os("SUMMIT_TEST_PROGRAM");
        let mut command =
            Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_summit-bot").into()));
        command.env_clear().arg("run").env("SUMMIT__DISCORD__API_URL", url);
        // What is answered must not depend on whether the vectors are there yet.
        command.env("SUMMIT__ANSWER__ENCODER", "false");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command)
    }

    /// With one more argument.
    pub(crate) fn arg(&mut self, argument: &str) -> &mut Self {
        self.0.arg(argument);
        self
    }

    /// With this in its environment.
    pub(crate) fn env(&mut self, name: &str, value: impl AsRef<OsStr>) -> &mut Self {
        self.0.env(name, value);
        self
    }

    /// In this folder.
    pub(crate) fn current_dir(&mut self, folder: impl AsRef<Path>) -> &mut Self {
        self.0.current_dir(folder);
        self
    }

    /// Starts it. What it prints on its error stream is its log, and is kept.
    pub(crate) fn spawn(&mut self) -> Running {
        listen();
        let mut child = self.0.spawn().unwrap();
        let stream = BufReader::new(child.stderr.take().unwrap());
        let log = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&log);
        let reader = thread::spawn(move || {
            for line in stream.lines().map_while(Result::ok) {
                writeln!(lines(), "{line}").unwrap();
                writeln!(kept.lock().unwrap(), "{line}").unwrap();
            }
        });
        Running { child, log, reader: Some(reader) }
    }
}

/// The program while it runs; killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Running {
    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until it has logged this.
    pub(crate) async fn logged(&self, text: &str) {
        let logged = async {
            while !self.log().contains(text) {
                sleep(A_MOMENT).await;
            }
        };
        timeout(SOON, logged).await.unwrap();
    }

    /// Whether it has ended, and how.
    pub(crate) fn has_ended(&mut self) -> Option<std::process::ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Kills it, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        self.child.wait().unwrap();
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
    }

    /// Exit code, output and log, once it has ended by itself.
    pub(crate) async fn ended(mut self) -> (Option<i32>, String, String) {
        let ended = tokio::task::spawn_blocking(move || {
            let mut output = String::new();
            self.child.stdout.take().unwrap().read_to_string(&mut output).unwrap();
            let status = self.child.wait().unwrap();
            self.reader.take().unwrap().join().unwrap();
            (status.code(), output, self.log())
        });
        timeout(SOON, ended).await.unwrap().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
