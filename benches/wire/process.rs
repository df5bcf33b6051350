//! A bot in a process of its own: this program again, told which bot to be.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};

use super::bots::Kind;

/// A running bot; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Process(Child);

impl Process {
    /// Starts it, and waits until it says that it has begun.
    pub(crate) fn start(kind: Kind, url: &str, token: &str) -> anyhow::Result<Self> {
        let kind = clap::ValueEnum::to_possible_value(&kind).context("a bot without a name")?;
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--child", kind.get_name(), "--url", url, "--token", token])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let out = child.stdout.take().context("no output")?;
        BufReader::new(out).read_line(&mut line)?;
        ensure!(!line.is_empty(), "the bot has not begun");
        Ok(Self(child))
    }

    /// Bytes of memory that are resident.
    pub(crate) fn memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes =
            line.and_then(|line| line.trim().strip_suffix(" kB")).context("no VmRSS")?;
        Ok(kibibytes.parse::<u64>()? * 1_024)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends by itself where this fails: its standard input is gone.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
