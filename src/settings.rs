//! Settings: layers of text become checked values.
//!
//! The only file that reads the environment. It knows nothing of what the settings are for.
//!
//! A new setting is a line in `config/default.toml`, a field in `Raw` and a field in
//! [`Settings`]; the default gives its type, by which the other layers are checked and the
//! environment is read.

mod store;

pub use store::{ServerUrl, Store};

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use config::{Config, File, FileFormat, Source, Value, ValueKind};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// The defaults, compiled in so that the program runs anywhere.
const DEFAULTS: &str = include_str!("../config/default.toml");

/// What the names of environment variables start with that are settings.
const PREFIX: &str = "SUMMIT__";

/// The setting of the token, and the name under which everybody expects it in the environment.
const TOKEN: (&str, &str) = ("discord.token", "DISCORD_TOKEN");

/// How like a key must be to be offered for an unknown one, by Jaro and Winkler, from 0 to 1.
const LEAST_LIKENESS: f64 = 0.75;

/// Every setting, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Where the texts are.
    pub knowledge: Knowledge,
    /// How questions are answered.
    pub answer: Answer,
    /// How the bot reaches Discord.
    pub discord: Discord,
    /// Where what communities set is kept.
    pub store: Store,
}

/// How the bot reaches Discord.
#[derive(Debug, Clone, PartialEq)]
pub struct Discord {
    /// The bot's token, where one is given.
    pub token: Option<Token>,
    /// The server to speak to instead of Discord's own, where one is named.
    pub api_url: Option<String>,
    /// The application that the token must belong to, where one is named.
    pub application_id: Option<u64>,
}

impl Discord {
    /// Whether the server is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.api_url.as_deref().is_some_and(is_loopback)
    }
}

/// A bot's token. It cannot be printed, and is wiped from memory when dropped.
#[derive(Debug, Clone)]
pub struct Token(SecretString);

impl Token {
    /// Takes a token as it was written.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(SecretString::new(text.trim().to_owned()))
    }

    /// The token itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

/// Where the texts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knowledge {
    /// Folder of the texts and their annotations.
    pub directory: PathBuf,
    /// Folder in which the vectors of the texts are kept; `None` where none is named, and nothing
    /// is known of a folder of the user's.
    pub cache: Option<PathBuf>,
}

/// How questions are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How many passages are shown to a person as the answer: 1 to 3.
    pub excerpts: usize,
    /// The confidence below which the bot abstains: 0 to 1.
    pub threshold: f32,
    /// Whether questions are answered by their meaning, too, and not by their words alone.
    pub encoder: bool,
}

/// Settings that cannot be used: everything that is wrong, layer by layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings cannot be used\n{}", lines(.0))]
pub struct SettingsError(Vec<Fault>);

impl SettingsError {
    /// The faults, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

/// One thing that is wrong with one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    layer: Layer,
    key: Option<String>,
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.layer, &self.key) {
            (Layer::Environment, Some(key)) => write!(f, "{}", variable(key))?,
            (layer, Some(key)) => write!(f, "{layer}: {key}")?,
            (layer, None) => write!(f, "{layer}")?,
        }
        write!(f, ": {}", self.message)
    }
}

/// Where a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Layer {
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

/// The settings as they are written, not yet checked for sense.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    knowledge: RawKnowledge,
    answer: RawAnswer,
    discord: RawDiscord,
    store: store::RawStore,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKnowledge {
    directory: String,
    cache: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnswer {
    excerpts: i64,
    threshold: f64,
    encoder: bool,
}

/// Not printable, since the token stands in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDiscord {
    token: String,
    api_url: String,
    application_id: String,
}

impl fmt::Debug for RawDiscord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawDiscord").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

impl Settings {
    /// The defaults, overridden by `file` where one is named, overridden by the environment.
    ///
    /// # Errors
    /// Everything that is wrong with any of them.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        Self::from_layers(file, std::env::vars_os())
    }

    fn from_layers(
        file: Option<&Path>,
        environment: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, SettingsError> {
        let mut faults = Vec::new();
        let environment: Vec<(OsString, OsString)> = environment.collect();
        let users = users_cache(&environment);
        let defaults = Values::parse(Layer::Defaults, DEFAULTS).map_err(only)?;
        let mut layers = vec![defaults.clone()];
        if let Some(path) = file {
            match Values::read(path) {
                Ok(values) => layers.push(values.known(&defaults, &mut faults)),
                Err(fault) => faults.push(fault),
            }
        }
        layers.push(Values::from_environment(environment.into_iter(), &defaults, &mut faults));
        if !faults.is_empty() {
            return Err(SettingsError(faults));
        }
        let raw = merge(&layers).map_err(|error| {
            only(Fault { layer: Layer::Defaults, key: None, message: error.to_string() })
        })?;
        let mut check = Check { layers: &layers, faults };
        let mut settings = raw.check(&mut check);
        settings.knowledge.cache = settings.knowledge.cache.or(users);
        if check.faults.is_empty() { Ok(settings) } else { Err(SettingsError(check.faults)) }
    }
}

impl Raw {
    /// The settings with ready values; what makes no sense is told to `check`.
    fn check(self, check: &mut Check<'_>) -> Settings {
        let Self { knowledge, answer, discord, store } = self;
        check.that(!knowledge.directory.trim().is_empty(), "knowledge.directory", || {
            "must name a folder, for example \"knowledge\"".to_owned()
        });
        check.that((1..=3).contains(&answer.excerpts), "answer.excerpts", || {
            format!("must be 1, 2 or 3, and is {}", answer.excerpts)
        });
        check.that((0.0..=1.0).contains(&answer.threshold), "answer.threshold", || {
            format!("must be from 0 to 1, and is {}", answer.threshold)
        });
        let discord = discord.check(check);
        Settings {
            discord,
            store: store.check(check),
            knowledge: Knowledge {
                directory: PathBuf::from(knowledge.directory),
                cache: Some(knowledge.cache).filter(|path| !path.is_empty()).map(PathBuf::from),
            },
            answer: Answer {
                excerpts: usize::try_from(answer.excerpts).unwrap_or_default(),
                threshold: narrow(answer.threshold),
                encoder: answer.encoder,
            },
        }
    }
}

impl RawDiscord {
    fn check(self, check: &mut Check<'_>) -> Discord {
        let Self { token, api_url, application_id } = self;
        let token = (!token.trim().is_empty()).then(|| Token::new(&token));
        let is_word = |token: &Token| {
            token.expose().split(' ').count() <= 2
                && token.expose().chars().all(|c| c == ' ' || c.is_ascii_graphic())
        };
        check.that(token.as_ref().is_none_or(is_word), TOKEN.0, || {
            "must be the token as Discord shows it, and holds other characters".to_owned()
        });
        let api_url = api_url.trim().trim_end_matches('/').to_owned();
        let is_safe =
            api_url.is_empty() || api_url.starts_with("https://") || is_loopback(&api_url);
        check.that(is_safe, "discord.api_url", || {
            "must be empty, or begin with https://, or with http:// and an address of this machine, \
             for example http://127.0.0.1:8080: the token is sent there"
                .to_owned()
        });
        let id = application_id.trim();
        let parsed = id.parse().ok().filter(|id| *id > 0);
        check.that(id.is_empty() || parsed.is_some(), "discord.application_id", || {
            "must be empty, or the application's id, a long number".to_owned()
        });
        let api_url = Some(api_url).filter(|url| !url.is_empty());
        Discord { token, api_url, application_id: parsed }
    }
}

/// Whether an address leads to this machine, so that a token may go there without encryption.
fn is_loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "0"));
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_here = host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    (is_here || host == "localhost") && port.parse::<u16>().is_ok()
}

/// What is checked once all layers are laid over one another.
struct Check<'a> {
    layers: &'a [Values],
    faults: Vec<Fault>,
}

impl Check<'_> {
    /// Unless `holds`, blames the layer that set `key`.
    fn that(&mut self, holds: bool, key: &str, message: impl FnOnce() -> String) {
        if holds {
            return;
        }
        let setter = self.layers.iter().rev().find(|values| values.entries.contains_key(key));
        let layer = setter.map_or(Layer::Defaults, |values| values.layer.clone());
        self.faults.push(Fault { layer, key: Some(key.to_owned()), message: message() });
    }
}

/// The entries of one layer, by `section.key`.
#[derive(Debug, Clone)]
struct Values {
    layer: Layer,
    entries: BTreeMap<String, ValueKind>,
}

impl Values {
    fn parse(layer: Layer, text: &str) -> Result<Self, Fault> {
        // Some editors write a byte order mark, which is no TOML.
        let text = text.trim_start_matches('\u{feff}');
        let fault = |message| Fault { layer: layer.clone(), key: None, message };
        // Read once more for the fault's sake: the message of `config` shows the line, in which a
        // secret may stand.
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

    fn read(path: &Path) -> Result<Self, Fault> {
        let layer = Layer::File(path.to_owned());
        let text = std::fs::read_to_string(path).map_err(|error| Fault {
            layer: layer.clone(),
            key: None,
            message: format!("this settings file cannot be read: {error}"),
        })?;
        Self::parse(layer, &text)
    }

    /// The entries that exist and have the type of their default; the others become faults.
    fn known(mut self, defaults: &Self, faults: &mut Vec<Fault>) -> Self {
        let layer = &self.layer;
        self.entries.retain(|key, value| {
            let message = match defaults.entries.get(key) {
                None => unknown(key, defaults),
                Some(default) if has_type_of(value, default) => return true,
                Some(default) => {
                    format!("must be {}, and is {}", type_name(default), type_name(value))
                }
            };
            faults.push(Fault { layer: layer.clone(), key: Some(key.clone()), message });
            false
        });
        self
    }

    fn from_environment(
        environment: impl Iterator<Item = (OsString, OsString)>,
        defaults: &Self,
        faults: &mut Vec<Fault>,
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
                (None, _) => Err(unknown_variable(&key, defaults)),
                (_, None) => Err("its value is not UTF-8".to_owned()),
                (Some(default), Some(text)) => parse_as(text, default),
            };
            match parsed {
                Ok(value) => {
                    entries.insert(key, value);
                }
                Err(message) => {
                    faults.push(Fault { layer: Layer::Environment, key: Some(key), message });
                }
            }
        }
        Self { layer: Layer::Environment, entries }
    }
}

/// The program's part of the folder in which the user's programs keep what they can make again.
fn users_cache(environment: &[(OsString, OsString)]) -> Option<PathBuf> {
    let folder = |wanted: &str| {
        let found = environment.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| PathBuf::from(value)).filter(|path| path.is_absolute())
    };
    let folder = folder("XDG_CACHE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".cache")));
    Some(folder?.join(env!("CARGO_PKG_NAME")))
}

fn merge(layers: &[Values]) -> Result<Raw, config::ConfigError> {
    let mut builder = Config::builder();
    for (key, value) in layers.iter().flat_map(|layer| &layer.entries) {
        builder = builder.set_override(key, value.clone())?;
    }
    builder.build()?.try_deserialize()
}

/// The value of an environment variable, read by the type of the setting's default: `0123` is
/// a number only where a number is wanted.
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

/// The environment variable of `section.key`.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replacen('.', "__", 1).to_ascii_uppercase())
}

fn unknown(key: &str, defaults: &Values) -> String {
    match nearest(key, defaults) {
        Some(nearest) => format!("there is no such setting; did you mean {nearest}?"),
        None => "there is no such setting; config/default.toml lists them all".to_owned(),
    }
}

fn unknown_variable(key: &str, defaults: &Values) -> String {
    match nearest(key, defaults) {
        Some(nearest) => format!("there is no such setting; did you mean {}?", variable(nearest)),
        None => "there is no such setting; config/default.toml lists them all".to_owned(),
    }
}

fn nearest<'a>(key: &str, defaults: &'a Values) -> Option<&'a str> {
    let likeness = |known: &&String| strsim::jaro_winkler(known, key);
    let ranked = defaults.entries.keys().map(|known| (likeness(&known), known));
    let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
    (best.0 >= LEAST_LIKENESS).then_some(best.1)
}

#[allow(clippy::cast_possible_truncation, reason = "a share needs no double precision")]
fn narrow(number: f64) -> f32 {
    number as f32
}

fn only(fault: Fault) -> SettingsError {
    SettingsError(vec![fault])
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
