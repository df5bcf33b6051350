//! Recorded figures that may not be fallen below.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::figures::{Figure, Figures};

/// The least, or for figures of which less is better the most, that figures may be.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    floor: BTreeMap<String, f64>,
}

/// A file of recorded figures that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FloorError {
    /// No TOML, or no table `[floor]` of numbers.
    #[error("recorded figures are a TOML table [floor] of numbers: {0}")]
    Malformed(String),
    /// There is no figure of that name.
    #[error("there is no figure `{0}`; see `summit-bot eval --json` for their names")]
    Unknown(String),
}

impl Floor {
    /// Reads a TOML text with a table `[floor]`.
    ///
    /// # Errors
    /// Where it is no such table.
    pub fn parse(text: &str) -> Result<Self, FloorError> {
        toml::from_str(text).map_err(|error| FloorError::Malformed(error.message().to_owned()))
    }

    /// Returns the figures that are worse than recorded, each with what is recorded.
    ///
    /// # Errors
    /// Where a recorded figure does not exist.
    pub fn broken_by(&self, figures: &Figures) -> Result<Vec<(Figure, f64)>, FloorError> {
        let quality = figures.quality();
        let mut broken = Vec::new();
        for (name, recorded) in &self.floor {
            let figure = quality.iter().find(|figure| figure.name == name);
            let figure = figure.ok_or_else(|| FloorError::Unknown(name.clone()))?;
            let is_worse = if figure.more_is_better {
                figure.value < *recorded
            } else {
                figure.value > *recorded
            };
            if is_worse {
                broken.push((*figure, *recorded));
            }
        }
        Ok(broken)
    }
}
