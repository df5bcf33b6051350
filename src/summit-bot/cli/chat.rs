//! `summit-bot chat`: the bot and an offline Discord in one process, and a terminal to talk to it.
//!
//! The bot is started by the same function as in `run`, and reaches the offline Discord through a
//! real socket. It knows nothing of how messages are drawn.

use std::cell::RefCell;
use std::fs;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::line::{Editor, Typed};
use super::terminal::{FAINT, PLAIN, Printer, piece};
use super::{Exit, Library, engine, lexical_engine};
use crate::discord::{self, RunError};
use crate::service::Service;
use crate::settings::{self, Discord, Settings, Token};
use crate::store::Store;
use engine::knowledge::Corpus;
use mock_discord::terminal::{Examples, Line, Look, Next, Patience, Script, Session, script, text};
use mock_discord::{Clock, Config, MockDiscord, World};

/// How long the bot may take to start or to stop.
const SOON: Duration = Duration::from_secs(20);
/// How far a script's clock is set forward by each line.
const STEP: Duration = Duration::from_secs(1);

/// Talk to the bot offline, as a member of a Discord server on this computer
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Nothing leaves this computer, and no token is used. In a script, lines that begin with \"> \" are
typed, lines that begin with \"# \" are remarks, and what else stands there is what is expected.

Examples:
  summit-bot chat
  echo \"Who spoke of vaccine imperialism?\" | summit-bot chat
  summit-bot chat --script tests/chat/first-minute.txt

Exit codes: 0 done, 1 where a script comes out differently, 2 on an error.")]
pub(super) struct Arguments {
    /// Replay a conversation, print it, and show where it differs from what the file expects
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,

    /// Write what came out into the script
    #[arg(long, requires = "script")]
    update: bool,

    #[command(flatten)]
    library: Library,
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let script = match &arguments.script {
        None => None,
        Some(path) => Some((path, read(path)?)),
    };
    let mut settings = arguments.library.settings(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let clock = if script.is_some() { Clock::Stepped } else { Clock::Real };
    let mock = runtime.block_on(MockDiscord::start(Config { clock, ..Config::default() }))?;
    // Whatever token and server the settings name, they are not for here.
    settings.discord = Discord {
        token: Some(Token::new(&mock.token())),
        api_url: Some(mock.url()),
        application_id: None,
    };
    ensure!(settings.discord.is_loopback(), "the offline Discord is not on this computer");
    // What is set here is not for anywhere else.
    let store = Arc::new(runtime.block_on(Store::open(&settings::Store::Memory))?);
    // Who types does not wait; what is compared or piped must not depend on time.
    let waits = script.is_some() || !io::stdin().is_terminal();
    let mut bot = Bot { settings, store, waits, running: None, examples: None };
    runtime.block_on(bot.start(&mock))?;
    let exit = match script {
        Some((path, expected)) => {
            let script = Played { path, expected, update: arguments.update };
            runtime.block_on(script.play(&mock, &mut bot, out))
        }
        None => Chat { runtime: &runtime, mock: &mock }.talk(&mut bot, out),
    };
    runtime.block_on(bot.stop())?;
    runtime.shutdown_background();
    exit
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The bot beside the terminal.
struct Bot {
    settings: Settings,
    /// Outlasts the bot, as it does in Discord.
    store: Arc<Store>,
    /// `true` if it starts to answer only once it understands as much as it ever will.
    waits: bool,
    running: Option<Running>,
    /// Questions that may be asked about its documents.
    examples: Option<Examples>,
}

/// A bot that runs, and what stops it.
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), RunError>>,
}

impl Bot {
    /// Starts it, and waits until it can be talked to.
    async fn start(&mut self, mock: &MockDiscord) -> anyhow::Result<()> {
        let build = if self.waits { engine } else { lexical_engine };
        let engine = build(&self.settings)?;
        self.examples = Some(examples(engine.corpus()));
        let service = Service::new(engine, &self.settings);
        let service = Arc::new(service.with_store(Arc::clone(&self.store)));
        if !self.waits {
            service.load_embeddings_in_background(&self.settings);
        }
        let settings = self.settings.discord.clone();
        let (stop, stopped) = oneshot::channel();
        let mut task = tokio::spawn(async move {
            // A terminal that is gone stops the bot as well.
            let shutdown = async { stopped.await.unwrap_or_default() };
            discord::run(service, &settings, shutdown).await
        });
        let ready = async {
            mock.connected(SOON).await?;
            mock.commands(SOON).await
        };
        tokio::select! {
            ready = ready => ready.map(|_| ()).context("the bot did not start in time")?,
            ended = &mut task => {
                ended.context("the bot failed at its start")??;
                anyhow::bail!("the bot ended at its start");
            }
        }
        self.running = Some(Running { stop, task });
        Ok(())
    }

    async fn stop(&mut self) -> anyhow::Result<()> {
        let Some(Running { stop, task }) = self.running.take() else { return Ok(()) };
        // Where no one listens, the bot has ended already.
        let _ = stop.send(());
        let ended = tokio::time::timeout(SOON, task).await;
        ended.context("the bot did not stop in time")?.context("the bot failed at its end")??;
        Ok(())
    }

    /// Stops it, and starts it again with nothing kept but the store.
    async fn restart(&mut self, mock: &MockDiscord) -> anyhow::Result<()> {
        self.stop().await?;
        let gone = |world: &mut World| (world.connected() == 0).then_some(());
        mock.wait_for(SOON, gone).await.context("the bot did not leave")?;
        self.start(mock).await
    }
}

/// Returns what may be asked about these documents, by the names of those who speak in them.
fn examples(corpus: &Corpus) -> Examples {
    let documents = corpus.documents().iter();
    let names = documents.flat_map(|document| {
        let speakers = document.speaker_ids();
        let heard = speakers.filter(|(id, _)| document.has_words_of(*id));
        heard.map(|(_, speaker)| speaker.name.as_str())
    });
    let mut names = names.take(2);
    let question = names.next().map(|name| format!("What did {name} say?"));
    let reply = names.next().map(|name| format!("and {name}?"));
    Examples {
        question: question.unwrap_or_else(|| "What is it about?".to_owned()),
        reply: reply.unwrap_or_else(|| "and why?".to_owned()),
    }
}

/// A conversation in a file.
struct Played<'a> {
    path: &'a Path,
    expected: String,
    update: bool,
}

impl Played<'_> {
    async fn play(
        &self,
        mock: &MockDiscord,
        bot: &mut Bot,
        out: &mut Printer,
    ) -> anyhow::Result<Exit> {
        let patience = Patience { step: STEP, ..Patience::default() };
        let mut session = Session::new(mock, Look::default(), patience);
        let restart = async || bot.restart(mock).await;
        let actual = Script::parse(&self.expected).replay(&mut session, restart).await?;
        out.raw(actual.as_bytes())?;
        let Some(difference) = script::difference(&self.expected, &actual) else {
            return Ok(Exit::Done);
        };
        if self.update {
            fs::write(self.path, &actual)
                .with_context(|| format!("{} cannot be written", self.path.display()))?;
            return Ok(Exit::Done);
        }
        let mut err = Printer::stderr();
        let head = format!("{} expects something else (-) than came (+):", self.path.display());
        err.line(&[piece(PLAIN, head)])?;
        difference.lines().try_for_each(|line| err.line(&[piece(PLAIN, line)]))?;
        Ok(Exit::NothingFound)
    }
}

/// A conversation with whoever types.
struct Chat<'a> {
    runtime: &'a Runtime,
    mock: &'a MockDiscord,
}

impl Chat<'_> {
    fn talk(&self, bot: &mut Bot, out: &mut Printer) -> anyhow::Result<Exit> {
        let look = Look { width: out.width(), styled: out.has_color() };
        let mut session = Session::new(self.mock, look, Patience::default());
        if let Some(examples) = &bot.examples {
            print(out, &session.greeting(examples))?;
            out.blank()?;
        }
        let session = RefCell::new(session);
        if !io::stdin().is_terminal() {
            for line in io::stdin().lock().lines() {
                let line = line?;
                out.line(&[piece(FAINT, format!("> {line}"))])?;
                if !self.answer(&session, &line, bot, out)? {
                    break;
                }
            }
            return Ok(Exit::Done);
        }
        let complete = |line: &str| match session.try_borrow_mut() {
            Ok(mut session) => self.runtime.block_on(session.complete(line)),
            Err(_) => Vec::new(),
        };
        let mut editor = Editor::new(&complete)?;
        loop {
            let prompt = session.borrow().prompt();
            let Typed::Line(line) = editor.read(&prompt)? else { return Ok(Exit::Done) };
            if !self.answer(&session, &line, bot, out)? {
                return Ok(Exit::Done);
            }
        }
    }

    /// Does what was typed and shows what comes of it; whether to go on.
    fn answer(
        &self,
        session: &RefCell<Session<'_>>,
        line: &str,
        bot: &mut Bot,
        out: &mut Printer,
    ) -> anyhow::Result<bool> {
        let entered = self.runtime.block_on(session.borrow_mut().enter(line));
        print(out, &entered.lines)?;
        if entered.next == Next::Restart {
            self.runtime.block_on(bot.restart(self.mock))?;
            print(out, &self.runtime.block_on(session.borrow_mut().reconnected()))?;
        }
        out.blank()?;
        Ok(entered.next != Next::Quit)
    }
}

fn print(out: &mut Printer, lines: &[Line]) -> io::Result<()> {
    if !out.has_color() {
        return out.raw(text::plain(lines).as_bytes());
    }
    let runs = |line: &Line| line.0.clone().into_iter().map(|run| piece(run.style, run.text));
    lines.iter().try_for_each(|line| out.line(&runs(line).collect::<Vec<_>>()))
}
