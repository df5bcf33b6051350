//! Names of people, channels, roles and files that a tester types, as the ids that Discord's client
//! would send.

use serde_json::{Value, json};

use super::super::Id;
use super::super::world::option_type::{ATTACHMENT, CHANNEL, MENTIONABLE, ROLE, USER};
use super::super::world::{InvocationContext, World};
use super::error::InputError;

/// Returns the value of an option of this type; names become ids.
///
/// # Errors
///
/// There is nothing of that name.
pub(super) fn value(
    world: &World,
    here: InvocationContext,
    kind: u64,
    typed: &Value,
) -> Result<Value, InputError> {
    let Some(text) = typed.as_str().filter(|_| is_named(kind)) else { return Ok(typed.clone()) };
    let name = text.trim_start_matches(['@', '#']);
    let offered = candidates(world, here, kind);
    let found = offered.iter().find(|(known, _)| known.trim_start_matches(['@', '#']) == name);
    match found {
        Some((_, id)) => Ok(json!(id.to_string())),
        None => Err(InputError::UnknownName { kind: type_name(kind), name: name.to_owned() }),
    }
}

/// Names that fit what was typed so far.
pub(super) fn offered(
    world: &World,
    here: InvocationContext,
    kind: u64,
    typed: &str,
) -> Vec<String> {
    let typed = typed.trim_start_matches(['@', '#']);
    let names = candidates(world, here, kind).into_iter().map(|(name, _)| name);
    names.filter(|name| name.trim_start_matches(['@', '#']).starts_with(typed)).take(25).collect()
}

/// Returns the newest file of this name that was seen in the conversation.
pub(super) fn file(world: &World, name: &str) -> Option<Id> {
    world.attachments.values().rev().find(|file| file.name == name).map(|file| file.id)
}

fn is_named(kind: u64) -> bool {
    (USER..=MENTIONABLE).contains(&kind)
}

fn type_name(kind: u64) -> &'static str {
    match kind {
        USER => "user",
        CHANNEL => "channel",
        ROLE => "role",
        _ => "user or role",
    }
}

fn candidates(world: &World, here: InvocationContext, kind: u64) -> Vec<(String, Id)> {
    let guild_id = world.channels.get(&here.channel).and_then(|channel| channel.guild);
    let guild = guild_id.and_then(|id| world.guilds.get(&id));
    let users = || {
        let ids: Vec<Id> = match guild {
            Some(guild) => guild.members.keys().copied().collect(),
            None => vec![here.user, world.bot.id],
        };
        let named = ids.into_iter().filter_map(|id| world.users.get(&id));
        named.map(|user| (format!("@{}", user.name), user.id)).collect::<Vec<_>>()
    };
    let roles = || {
        let roles = guild.into_iter().flat_map(|guild| guild.roles.values());
        roles.map(|role| (format!("@{}", role.name.trim_start_matches('@')), role.id)).collect()
    };
    match kind {
        USER => users(),
        CHANNEL => {
            let here = |id: &Option<Id>| id.is_some() && *id == guild_id;
            let channels = world.channels.values().filter(|channel| here(&channel.guild));
            channels.map(|channel| (format!("#{}", channel.name), channel.id)).collect()
        }
        ROLE => roles(),
        MENTIONABLE => {
            let roles: Vec<_> = roles();
            users().into_iter().chain(roles).collect()
        }
        ATTACHMENT => {
            let files = world.attachments.values().rev();
            files.map(|file| (file.name.clone(), file.id)).collect()
        }
        _ => Vec::new(),
    }
}
