//! What developers run: `cargo xtask fit` fits the models, `cargo xtask ablation` measures what each
//! part of the ranking is worth.

mod ablation;
mod fit;

use clap::Parser;

/// Tasks of developers. Run them in the root of the repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
enum Task {
    /// Fits the models and writes them into the engine's source.
    Fit(fit::Arguments),
    /// Writes the table of what each part of the ranking is worth.
    Ablation(fit::Gold),
}

fn main() -> anyhow::Result<()> {
    match Task::parse() {
        Task::Fit(arguments) => fit::run(&arguments),
        Task::Ablation(arguments) => fit::run_ablation(&arguments),
    }
}
