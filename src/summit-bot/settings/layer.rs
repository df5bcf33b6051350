//! Layers of settings: files and environment variables as entries by key, each of the type of its
//! default. What a setting is for does not matter here.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use config::{File, FileFormat, Source, Value, ValueKind};

/// The prefix of the names of environment variables that are settings.
const PREFIX: &str = "SUMMIT__";

/// The setting of the token, and the name under which everyone expects it in the environment.
pub(super) const TOKEN: (&str, &str) = ("discord.token", "DISCORD_TOKEN");

/// How like a key must be to be offered for an unknown one, by Jaro and Winkler, from 0 to 1.
const LEAST_LIKENESS: f64 = 0.75;

/// One thing that is wrong with one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerError {
    pub(super) layer: Layer,
    pub(super) key: Option<String>,
    pub(super) message: String,
}

impl fmt::Display for LayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.layer, &self.key) {
            (Layer::Environment, Some(key)) => write!(f, "{}", variable(key))?,
            (layer, Some(key)) => write!(f, "{layer}: {key}")?,
            (layer, None) => write!(f, "{layer}")?,
        }
        write!(f, ": {}", self.message)
    }
}

/// The origin of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layer {
    Defaults,
    File(PathBuf),
    Environment,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Defaults => write!(f, "config/default.toml"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment => write!(f, "environment"),
        }
    }
}

/// The entries of one layer, by `section.key`.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub(super) layer: Layer,
    pub(super) entries: BTreeMap<String, ValueKind>,
}

impl Values {
    pub(super) fn parse(layer: Layer, text: &str) -> Result<Self, LayerError> {
        // Some editors write a byte order mark, which is no TOML.
        let text = text.trim_start_matches('\u{feff}');
        let fault = |message| LayerError { layer: layer.clone(), key: None, message };
        // Read once more for the fault's sake: the message of `config` shows the line, in which a
        // secret may be.
        toml::from_str::<toml::Table>(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = 1 + before.matches('\n').count();
            let message = error.message().trim().replace('\n', ", ");
            fault(format!("line {line} is not TOML: {message}"))
        })?;
        let table = File::from_str(text, FileFormat::Toml);
        let table = table.collect().map_err(|_| fault("this is not TOML".to_owned()))?;
        let table: BTreeMap<String, Value> = table.into_iter().collect();
        let mut entries = BTreeMap::new();
        for (section, Value { kind, .. }) in table {
            match kind {
                ValueKind::Table(keys) => {
                    let name = |key| format!("{section}.{key}");
                    entries.extend(keys.into_iter().map(|(key, value)| (name(key), value.kind)));
                }
                value => {
                    entries.insert(section, value);
                }
            }
        }
        Ok(Self { layer, entries })
    }

    pub(super) fn read(path: &Path) -> Result<Self, LayerError> {
        let layer = Layer::File(path.to_owned());
        let text = std::fs::read_to_string(path).map_err(|error| LayerError {
            layer: layer.clone(),
            key: None,
            message: format!("this settings file cannot be read: {error}"),
        })?;
        Self::parse(layer, &text)
    }

    /// The entries that exist and have the type of their default; the others become faults.
    pub(super) fn known(mut self, defaults: &Self, faults: &mut Vec<LayerError>) -> Self {
        let layer = &self.layer;
        self.entries.retain(|key, value| {
            let message = match defaults.entries.get(key) {
                None => unknown(key, defaults, str::to_owned),
                Some(default) if has_type_of(value, default) => return true,
                Some(default) => {
                    format!("must be {}, and is {}", type_name(default), type_name(value))
                }
            };
            faults.push(LayerError { layer: layer.clone(), key: Some(key.clone()), message });
            false
        });
        self
    }

    pub(super) fn from_environment(
        environment: impl Iterator<Item = (OsString, OsString)>,
        defaults: &Self,
        faults: &mut Vec<LayerError>,
    ) -> Self {
        let mut variables: Vec<(String, bool, OsString)> = environment
            .filter_map(|(name, value)| {
                let name = name.to_string_lossy();
                if name == TOKEN.1 {
                    return Some((TOKEN.0.to_owned(), false, value));
                }
                let name = name.strip_prefix(PREFIX)?;
                Some((name.to_ascii_lowercase().replacen("__", ".", 1), true, value))
            })
            .collect();
        // Of two names of one setting the one with our prefix counts: it is read later.
        variables.sort();
        let mut entries = BTreeMap::new();
        for (key, _, value) in variables {
            let parsed = match (defaults.entries.get(&key), value.to_str()) {
                (None, _) => Err(unknown(&key, defaults, variable)),
                (_, None) => Err("its value is not UTF-8".to_owned()),
                (Some(default), Some(text)) => parse_as(text, default),
            };
            match parsed {
                Ok(value) => {
                    entries.insert(key, value);
                }
                Err(message) => {
                    faults.push(LayerError { layer: Layer::Environment, key: Some(key), message });
                }
            }
        }
        Self { layer: Layer::Environment, entries }
    }
}

/// Returns the value of an environment variable, read by the type of the setting's default: `0123`
/// is a number only where a number is wanted.
fn parse_as(text: &str, default: &ValueKind) -> Result<ValueKind, String> {
    let parsed = match default {
        ValueKind::String(_) => Some(ValueKind::String(text.to_owned())),
        ValueKind::Boolean(_) => text.trim().parse().ok().map(ValueKind::Boolean),
        ValueKind::Float(_) => text.trim().parse().ok().map(ValueKind::Float),
        _ => text.trim().parse().ok().map(ValueKind::I64),
    };
    parsed.ok_or_else(|| format!("must be {}, and is “{text}”", type_name(default)))
}

fn has_type_of(value: &ValueKind, default: &ValueKind) -> bool {
    let is_whole = matches!(value, ValueKind::I64(_));
    let same = std::mem::discriminant(value) == std::mem::discriminant(default);
    same || (is_whole && matches!(default, ValueKind::Float(_)))
}

fn type_name(value: &ValueKind) -> &'static str {
    match value {
        ValueKind::Nil => "nothing",
        ValueKind::Boolean(_) => "true or false",
        ValueKind::I64(_) | ValueKind::I128(_) | ValueKind::U64(_) | ValueKind::U128(_) => {
            "a whole number"
        }
        ValueKind::Float(_) => "a number",
        ValueKind::String(_) => "a text",
        ValueKind::Table(_) => "a table",
        ValueKind::Array(_) => "a list",
    }
}

/// Returns the environment variable of `section.key`.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replacen('.', "__", 1).to_ascii_uppercase())
}

/// Returns what is said of a key that is none; `name` is how its layer writes keys.
fn unknown(key: &str, defaults: &Values, name: impl Fn(&str) -> String) -> String {
    match nearest(key, defaults) {
        Some(nearest) => format!("there is no such setting; did you mean {}?", name(nearest)),
        None => "there is no such setting; config/default.toml lists them all".to_owned(),
    }
}

fn nearest<'a>(key: &str, defaults: &'a Values) -> Option<&'a str> {
    let likeness = |known: &&String| strsim::jaro_winkler(known, key);
    let ranked = defaults.entries.keys().map(|known| (likeness(&known), known));
    let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
    (best.0 >= LEAST_LIKENESS).then_some(best.1)
}
