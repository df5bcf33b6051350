//! A bar for work that takes long enough to wonder. It knows nothing of the work.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far some work is, shown on the error stream where that is a terminal.
pub(super) struct Progress {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// The work begins now.
    pub(super) fn start() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    /// `done` of `all` sentences are indexed.
    pub(super) fn show(&mut self, done: usize, all: usize) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        // The bar draws on the error stream, and only where that is a terminal.
        self.bar.get_or_insert_with(|| bar(all)).set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("indexing {wide_bar} {pos}/{len} sentences");
    ProgressBar::new(all as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
