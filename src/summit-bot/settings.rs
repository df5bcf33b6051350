//! Settings: layers of text become checked values.
//!
//! The only file that reads the environment. It knows nothing of what the settings are for.
//!
//! A new setting is a line in `config/default.toml`, a field in `Raw` and a field in
//! [`Settings`]; the default gives its type, by which the other layers are checked and the
//! environment is read.

mod layer;
mod store;

pub use layer::LayerError;
pub use store::{ServerUrl, Store};

use std::ffi::OsString;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use config::Config;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use layer::{Layer, TOKEN, Values};

/// The defaults, compiled in so that the program runs anywhere.
const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Every setting, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The place of the texts.
    pub knowledge: Knowledge,
    /// How questions are answered.
    pub answer: Answer,
    /// How the bot reaches Discord.
    pub discord: Discord,
    /// The place of the store for the settings of communities.
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
    /// Returns whether the server is on this machine.
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

    /// Returns the token itself, for the one place that sends it.
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

/// The place of the texts.
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
    /// `true` if questions are answered by their meaning, too, and not by their words alone.
    pub encoder: bool,
}

/// Settings that cannot be used: everything that is wrong, layer by layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the settings cannot be used\n{}", lines(.0))]
pub struct SettingsError(Vec<LayerError>);

impl SettingsError {
    /// Returns the faults, one by one.
    pub fn iter(&self) -> impl Iterator<Item = &LayerError> {
        self.0.iter()
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

/// Not printable, since the token is in it.
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
    /// Returns the defaults, overridden by `file` where one is named, overridden by the
    /// environment.
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
            only(LayerError { layer: Layer::Defaults, key: None, message: error.to_string() })
        })?;
        let mut check = Check { layers: &layers, faults };
        let mut settings = raw.check(&mut check);
        settings.knowledge.cache = settings.knowledge.cache.or(users);
        if check.faults.is_empty() { Ok(settings) } else { Err(SettingsError(check.faults)) }
    }
}

impl Raw {
    /// Returns the settings with ready values; what makes no sense is told to `check`.
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

/// Returns whether an address leads to this machine, so that a token may go there without
/// encryption.
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

/// Checks settings once all layers are laid over one another.
struct Check<'a> {
    layers: &'a [Values],
    faults: Vec<LayerError>,
}

impl Check<'_> {
    /// Unless `holds`, blames the layer that set `key`.
    fn that(&mut self, holds: bool, key: &str, message: impl FnOnce() -> String) {
        if holds {
            return;
        }
        let setter = self.layers.iter().rev().find(|values| values.entries.contains_key(key));
        let layer = setter.map_or(Layer::Defaults, |values| values.layer.clone());
        self.faults.push(LayerError { layer, key: Some(key.to_owned()), message: message() });
    }
}

/// Returns the program's part of the folder in which the user's programs keep what they can make
/// again.
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

#[allow(clippy::cast_possible_truncation, reason = "a share needs no double precision")]
fn narrow(number: f64) -> f32 {
    number as f32
}

fn only(fault: LayerError) -> SettingsError {
    SettingsError(vec![fault])
}

fn lines(faults: &[LayerError]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
