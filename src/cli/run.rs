//! `summit-bot run`: the bot in Discord, until it is stopped.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use super::terminal::{PLAIN, Printer};
use super::{Exit, Library, engine_by_words};
use crate::discord;
use crate::service::Service;
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
    /// Print the address under which the bot is invited to a server, and stop
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
    // Whatever is wrong before the bot runs is for its operator to mend.
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
    let store = Arc::new(runtime.block_on(Store::open(&settings.store))?);
    let service = Service::new(engine_by_words(&settings)?, &settings);
    let service = Arc::new(service.with_store(Arc::clone(&store)));
    telemetry::init();
    service.understand_meanwhile(&settings);
    let ended = runtime.block_on(async {
        let shutdown = asked_to_stop()?;
        let ended = discord::run(service, &settings.discord, shutdown).await;
        store.close().await;
        ended.map_err(anyhow::Error::from)
    });
    // What still runs is of no more use, and may be a shard that never yields.
    runtime.shutdown_background();
    ended.map(|()| Exit::Done)
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
        // Without a signal to wait for, nobody can ask.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
