//! The objects that an interaction's data names by id: users, members, roles, channels, messages
//! and attachments.

use serde_json::{Map, Value, json};

use super::guild::extend;
use super::options::option_type::{ATTACHMENT, CHANNEL, MENTIONABLE, ROLE, USER};
use super::people::{ClientError, blocked};
use super::{Id, InvocationContext, World, id_of};

impl World {
    /// Returns the `resolved` of the options of a command, those of subcommands too.
    pub(super) fn resolved_options(
        &self,
        context: &InvocationContext,
        options: &Value,
    ) -> Result<Map<String, Value>, ClientError> {
        let mut found = Map::new();
        for option in options.as_array().into_iter().flatten() {
            let number = |key: &str| option.get(key).and_then(Value::as_u64);
            let wanted = number("type").unwrap_or(0);
            if wanted <= 2 {
                let inner = option.get("options").unwrap_or(&Value::Null);
                merge(&mut found, self.resolved_options(context, inner)?);
            } else if let Some(value) = option.get("value").filter(|_| is_id(wanted)) {
                merge(&mut found, self.resolved(context, wanted, value)?);
            }
        }
        Ok(found)
    }

    /// Returns the `resolved` of one id.
    pub(super) fn resolved(
        &self,
        context: &InvocationContext,
        wanted: u64,
        value: &Value,
    ) -> Result<Map<String, Value>, ClientError> {
        let id = id_of(value).unwrap_or(0);
        let found = match wanted {
            USER => self.resolved_user(context, id),
            CHANNEL => self.resolved_channel(context, id),
            ROLE => self.resolved_role(context, id),
            MENTIONABLE => {
                self.resolved_user(context, id).or_else(|| self.resolved_role(context, id))
            }
            _ => self
                .attachments
                .get(&id)
                .map(|file| json!({"attachments": {id.to_string(): self.attachment_view(file)}})),
        };
        match found {
            Some(Value::Object(found)) => Ok(found),
            _ => blocked(format!("{value} names nothing that can be chosen here")),
        }
    }

    fn resolved_user(&self, context: &InvocationContext, id: Id) -> Option<Value> {
        let user = self.users.get(&id)?;
        let mut found = json!({"users": {id.to_string(): user.view()}});
        let guild = self.guild_of(context.channel).and_then(|id| self.guilds.get(&id));
        if let Some(member) = guild.and_then(|guild| guild.members.get(&id)) {
            let mut view = member.view();
            let permissions = self.permissions(id, context.channel).0.to_string();
            extend(&mut view, json!({"permissions": permissions}));
            extend(&mut found, json!({"members": {id.to_string(): view}}));
        }
        Some(found)
    }

    fn resolved_channel(&self, context: &InvocationContext, id: Id) -> Option<Value> {
        let channel = self.channels.get(&id)?;
        if channel.guild.is_none() || channel.guild != self.guild_of(context.channel) {
            return None;
        }
        let mut view = self.channel_view(channel);
        let permissions = self.permissions(context.user, id).0.to_string();
        extend(&mut view, json!({"permissions": permissions}));
        Some(json!({"channels": {id.to_string(): view}}))
    }

    fn resolved_role(&self, context: &InvocationContext, id: Id) -> Option<Value> {
        let guild = self.guild_of(context.channel).and_then(|id| self.guilds.get(&id))?;
        Some(json!({"roles": {id.to_string(): guild.roles.get(&id)?.view()}}))
    }
}

/// Returns the type of option that holds the same ids as a menu of this type.
pub(super) fn option_of_menu(menu: u64) -> Option<u64> {
    match menu {
        5 => Some(USER),
        6 => Some(ROLE),
        7 => Some(MENTIONABLE),
        8 => Some(CHANNEL),
        _ => None,
    }
}

fn is_id(wanted: u64) -> bool {
    (USER..=MENTIONABLE).contains(&wanted) || wanted == ATTACHMENT
}

pub(super) fn merge(found: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        extend(found.entry(key).or_insert_with(|| json!({})), value);
    }
}
