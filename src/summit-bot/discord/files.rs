//! A file that someone hands in, fetched with what must be known of its server to read it.
//!
//! Whoever is answered waits, so that all of it is over within a second and a half; what is not
//! there by then counts as missing.

use std::time::Duration;

use serde_json::Value;
use serenity::http::Route;
use serenity::model::application::CommandInteraction;
use serenity::model::channel::Attachment;
use serenity::model::id::GuildId;
use tokio::time::timeout;

use super::api::Api;
use super::error::CallError;
use bot::{Import, ImportError, MAX_IMPORT, Request, Venue};

/// How long it may take.
const LIMIT: Duration = Duration::from_millis(1_500);

/// Returns the file that came with a command.
pub(super) fn of(command: &CommandInteraction) -> Option<&Attachment> {
    let resolved = &command.data.resolved.attachments;
    // A command takes one file at most.
    resolved.values().next()
}

/// Returns the file, with the channels and roles of the server where it was handed in.
pub(super) async fn fetch(api: &Api, request: &Request, file: Option<&Attachment>) -> Import {
    let Venue::Server { guild, .. } = request.place else {
        return Import::not_fetched();
    };
    let guild_id = GuildId::new(guild.max(1));
    let (file, channels, guild) = tokio::join!(
        timeout(LIMIT, content(api, file)),
        timeout(LIMIT, api.get(Route::GuildChannels { guild_id }, None)),
        timeout(LIMIT, api.get(Route::Guild { guild_id }, None)),
    );
    let or_missing = |told: Result<Result<Value, CallError>, _>| match told {
        Ok(Ok(told)) => Some(told),
        Ok(Err(error)) => {
            tracing::warn!("what is in a server cannot be asked: {error}");
            None
        }
        Err(_) => None,
    };
    Import {
        file: file.unwrap_or(Err(ImportError::NotThere)),
        channels: or_missing(channels).as_ref().and_then(ids),
        roles: or_missing(guild).as_ref().and_then(|guild| ids(guild.get("roles")?)),
    }
}

async fn content(api: &Api, file: Option<&Attachment>) -> Result<Vec<u8>, ImportError> {
    let file = file.ok_or(ImportError::NotThere)?;
    let bytes = u64::from(file.size);
    if bytes > MAX_IMPORT {
        return Err(ImportError::TooLarge { bytes });
    }
    api.download(&file.url, MAX_IMPORT).await.map_err(|error| {
        tracing::warn!("a file was not fetched: {error}");
        ImportError::NotThere
    })
}

/// Returns the ids of a list of things.
fn ids(list: &Value) -> Option<Vec<u64>> {
    let id = |thing: &Value| thing.get("id")?.as_str()?.parse().ok();
    Some(list.as_array()?.iter().filter_map(id).collect())
}
