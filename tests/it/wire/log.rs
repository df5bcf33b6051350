//! What a bot logs during one test.

use std::io;
use std::sync::{Arc, Mutex};

use summit_bot::telemetry;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The lines that are logged on this thread, as `summit-bot run` prints them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to listen, as long as the guard is held. Whatever is logged on other threads goes
    /// elsewhere: tests that listen have a runtime of one thread.
    pub(crate) fn begin() -> (Self, DefaultGuard) {
        Self::begin_at(LevelFilter::INFO)
    }

    /// As [`Log::begin`], with the lines of this level and those above it.
    pub(crate) fn begin_at(level: LevelFilter) -> (Self, DefaultGuard) {
        let log = Self::default();
        let guard = tracing::subscriber::set_default(telemetry::lines(level, log.clone()));
        (log, guard)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Warnings and errors.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let text = self.text();
        let is_one = |line: &&str| matches!(line.split_whitespace().nth(1), Some("WARN" | "ERROR"));
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
