//! What a bot logs during one test.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

/// The lines that are logged on this thread, as `summit-bot run` prints them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to listen, as long as the guard is held. Whatever is logged on other threads goes
    /// elsewhere: tests that listen have a runtime of one thread.
    pub(crate) fn begin() -> (Self, DefaultGuard) {
        let log = Self::default();
        // As in `telemetry`: ours from INFO on, serenity's not at all, errors of everybody else.
        let filter = Targets::new()
            .with_default(LevelFilter::ERROR)
            .with_target("summit_bot", LevelFilter::INFO)
            .with_target("serenity", LevelFilter::OFF);
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(log.clone())
            .with_ansi(false)
            .with_target(false)
            .without_time();
        let subscriber = tracing_subscriber::registry().with(filter).with(lines);
        let guard = tracing::subscriber::set_default(subscriber);
        (log, guard)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Warnings and errors.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let text = self.text();
        let is_one = |line: &&str| matches!(line.split_whitespace().next(), Some("WARN" | "ERROR"));
        text.lines().filter(is_one).map(|line| line.trim().to_owned()).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
