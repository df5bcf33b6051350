//! A bar for work that takes long enough to wonder. It knows nothing of the work.

use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use parking_lot::Mutex;

use crate::service::Stage;

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Texts of this size take about a second to read.
const LARGE_BYTES: usize = 20 << 20;

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

    /// An engine is being built and has come to `stage`.
    pub(super) fn building(&mut self, stage: Stage) {
        match stage {
            Stage::Reading { bytes } if bytes >= LARGE_BYTES => {
                let bar = spinner("{spinner} reading {msg}");
                bar.set_message(format!("{} MiB of text", bytes >> 20));
                bar.enable_steady_tick(Duration::from_millis(100));
                self.bar = Some(bar);
            }
            Stage::Reading { .. } => {}
            Stage::Indexing { done: 0, .. } | Stage::Encoding { done: 0, .. } => self.clear(),
            Stage::Indexing { done, all } => self.show("indexing", done, all, "sentences"),
            Stage::Encoding { done, all } => self.show("understanding", done, all, "texts"),
        }
    }

    /// `done` of `all` `things` are through `work`.
    pub(super) fn show(&mut self, work: &str, done: usize, all: usize, things: &str) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        // The bar draws on the error stream, and only where that is a terminal.
        self.bar.get_or_insert_with(|| bar(work, all, things)).set_position(done as u64);
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The same for an engine that another thread builds, which may be waited for no longer: nothing
/// is shown once this is dropped.
pub(super) struct Watched(Arc<Mutex<Option<Progress>>>);

impl Watched {
    /// The work begins now.
    pub(super) fn start() -> Self {
        Self(Arc::new(Mutex::new(Some(Progress::start()))))
    }

    /// Returns what whoever builds tells how far it has come.
    pub(super) fn teller(&self) -> impl FnMut(Stage) + Send + use<> {
        let progress = Arc::clone(&self.0);
        move |stage| {
            if let Some(progress) = progress.lock().as_mut() {
                progress.building(stage);
            }
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.lock().take();
    }
}

fn bar(work: &str, all: usize, things: &str) -> ProgressBar {
    let template = format!("{work} {{wide_bar}} {{pos}}/{{len}} {things}");
    let bar = spinner(&template);
    bar.set_length(all as u64);
    bar
}

fn spinner(template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template);
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
