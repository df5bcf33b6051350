//! `summit-bot store`: what communities set, checked, backed up, restored.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Exit;
use super::terminal::{FAULT, PLAIN, Printer, STRONG, piece};
use crate::settings::Settings;
use crate::store::{self, Report};

/// Check, back up or restore what communities have set
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The store is the one that the settings name as store.url. A PostgreSQL server is backed up with
pg_dump, and restored with pg_restore.

Examples:
  summit-bot store check
  summit-bot store backup saved/monday.sqlite3
  summit-bot store restore saved/monday.sqlite3 --force

Exit codes: 0 done and sound, 2 damaged, or wrong use, 75 in use or busy.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Look whether it is sound, and which version its schema has; the bot may be running
    Check,
    /// Copy it, as it is at this moment, into a file; the bot may be running
    Backup {
        /// The file to write
        file: PathBuf,
        /// Replace the file where it exists
        #[arg(long)]
        force: bool,
    },
    /// Put a backup in its place, once it has been checked; the bot must not be running
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace the store where there is one; it is kept beside, with .replaced behind its name
        #[arg(long)]
        force: bool,
    },
}

pub(super) fn run(
    arguments: &Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    let settings = Settings::load(config)?.store;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &arguments.command {
            Command::Check => checked(&store::check(&settings).await?, out),
            Command::Backup { file, force } => {
                let done = store::backup(&settings, file, *force).await;
                done.context("nothing was backed up")?;
                out.text(PLAIN, &format!("backed up to {}", file.display()))?;
                Ok(Exit::Done)
            }
            Command::Restore { file, force } => {
                let done = store::restore(&settings, file, *force).await;
                done.context("nothing was restored")?;
                out.text(PLAIN, &format!("restored from {}", file.display()))?;
                Ok(Exit::Done)
            }
        }
    })
}

fn checked(report: &Report, out: &mut Printer) -> anyhow::Result<Exit> {
    let Report { location, version, newest, bytes, fault } = report;
    let (style, verdict) = match fault {
        None => (STRONG, "is sound"),
        Some(_) => (FAULT, "is damaged"),
    };
    out.line(&[piece(PLAIN, format!("{location} ")), piece(style, verdict)])?;
    let schema = match version.cmp(newest) {
        std::cmp::Ordering::Equal => format!("schema {version}, the newest"),
        std::cmp::Ordering::Less => {
            format!("schema {version}; the bot brings it to {newest} when it starts")
        }
        std::cmp::Ordering::Greater => {
            format!("schema {version}, of a newer summit-bot; this one knows {newest}")
        }
    };
    out.text(PLAIN, &format!("  {schema}"))?;
    if let Some(bytes) = bytes {
        out.text(PLAIN, &format!("  {bytes} bytes"))?;
    }
    let Some(fault) = fault else { return Ok(Exit::Done) };
    out.text(PLAIN, &format!("  {fault}"))?;
    out.text(PLAIN, "  put back a backup: summit-bot store restore FILE --force")?;
    Ok(Exit::Wrong)
}
