//! What a bot logs during one test.

use std::io;
use std::sync::{Arc, Mutex};

use summit_bot::telemetry;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::offline::{self, Everything};

/// The lines that are logged on this thread, as `summit-bot run` prints them, and those below them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to listen, as long as the guard is held. Whatever is logged on other threads goes
    /// elsewhere: tests that listen have a runtime of one thread.
    pub(crate) fn begin() -> (Self, DefaultGuard) {
        offline::listen();
        let log = Self::default();
        let lines = telemetry::lines(LevelFilter::TRACE, log.clone());
        let guard = tracing::subscriber::set_default(lines);
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
        // All tests hear of it.
        Everything.write(bytes)
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
