//! `summit-bot run`: the bot in Discord, until it is stopped.

use std::future::Future;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tokio::task::{JoinError, spawn_blocking};

use super::progress::Watched;
use super::terminal::{PLAIN, Printer};
use super::{Exit, Library};
use crate::discord;
use crate::service::{self, Service};
use crate::settings::Settings;
use crate::store::Store;
use crate::telemetry;

/// Run the bot in Discord
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The token is taken from the environment, as DISCORD_TOKEN, or from the file named with --config.

Examples:
  DISCORD_TOKEN=… summit-bot run
  DISCORD_TOKEN=… summit-bot run --print-invite

Exit codes: 0 stopped on demand, 78 settings, texts or token to be mended (do not restart), 75 Discord
cannot be reached (restart later), 70 a fault of the program.")]
pub(super) struct Arguments {
    /// Print the link that adds the bot to a server, and stop
    #[arg(long)]
    print_invite: bool,

    #[command(flatten)]
    library: Library,
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    // Whatever is wrong before the bot runs is for its operator to fix.
    started(arguments, config, out).or_else(|error| {
        let exit = match Exit::of(&error) {
            Exit::Wrong => Exit::Configuration,
            exit => exit,
        };
        super::report(&error)?;
        Ok(exit)
    })
}

fn started(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let settings = arguments.library.settings(config)?;
    if settings.discord.token.is_none() {
        return Err(discord::RunError::NoToken.into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if arguments.print_invite {
        out.text(PLAIN, &runtime.block_on(discord::invite(&settings.discord))?)?;
        return Ok(Exit::Done);
    }
    let opened = OnceLock::new();
    let ended = runtime.block_on(async {
        let shutdown = asked_to_stop()?;
        let service = Box::pin(service(&settings, &opened));
        let ended = discord::run_once_ready(service, &settings.discord, shutdown).await;
        if let Some(store) = opened.get() {
            Store::close(store).await;
        }
        ended
    });
    // What still runs is of no more use, and texts that are being read are not to be waited for.
    runtime.shutdown_background();
    ended.map(|()| Exit::Done)
}

/// Returns what answers, by words at first. The store is put where whoever started it finds it, to
/// close it.
async fn service(
    settings: &Settings,
    opened: &OnceLock<Arc<Store>>,
) -> anyhow::Result<Arc<Service>> {
    let store = Arc::new(Store::open(&settings.store).await?);
    let store = opened.get_or_init(|| store);
    let progress = Watched::start();
    let (texts, mut tell) = (settings.clone(), progress.teller());
    // Beside everything else, which must not wait for large texts.
    let built = spawn_blocking(move || service::build_lexical_engine(&texts, &mut tell)).await;
    let engine = match built.map_err(JoinError::try_into_panic) {
        Ok(engine) => engine?,
        Err(Ok(panic)) => resume_unwind(panic),
        Err(Err(cancelled)) => return Err(cancelled.into()),
    };
    drop(progress);
    let service = Arc::new(Service::new(engine, settings).with_store(Arc::clone(store)));
    telemetry::init();
    service.load_embeddings_in_background(settings);
    Ok(service)
}

/// Done when Ctrl-C is pressed, or a service manager says so.
#[cfg(unix)]
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
}

/// Done when Ctrl-C is pressed.
#[cfg(not(unix))]
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal to wait for, no one can ask.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
