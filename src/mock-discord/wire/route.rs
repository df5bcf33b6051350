//! The routes that are built, as a closed list. What they do is in [`crate::world`].

use crate::world::{Id, Scope};

/// A route with what is in its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    Gateway,
    GatewayBot,
    Application,
    ApplicationOAuth,
    CurrentUser,
    CurrentGuilds,
    CreateDirect,
    GetCommands(Id, Scope),
    PutCommands(Id, Scope),
    PostCommand(Id, Scope),
    Callback(Id, String),
    FollowUp(Id, String),
    GetAnswer(Id, String, String),
    EditAnswer(Id, String, String),
    DeleteAnswer(Id, String, String),
    GetChannel(Id),
    Typing(Id),
    ListMessages(Id),
    CreateMessage(Id),
    GetMessage(Id, Id),
    EditMessage(Id, Id),
    DeleteMessage(Id, Id),
    GetGuild(Id),
    GetGuildChannels(Id),
}

impl Route {
    /// Returns the route of a method and the path behind `/api/v10`.
    pub(crate) fn of(method: &str, path: &[&str]) -> Option<Self> {
        match (method, path) {
            ("GET", ["gateway"]) => Some(Self::Gateway),
            ("GET", ["gateway", "bot"]) => Some(Self::GatewayBot),
            ("GET", ["applications", "@me"]) => Some(Self::Application),
            ("GET", ["oauth2", "applications", "@me"]) => Some(Self::ApplicationOAuth),
            ("GET", ["users", "@me"]) => Some(Self::CurrentUser),
            ("GET", ["users", "@me", "guilds"]) => Some(Self::CurrentGuilds),
            ("POST", ["users", "@me", "channels"]) => Some(Self::CreateDirect),
            ("GET", ["guilds", id]) => Some(Self::GetGuild(number(id)?)),
            ("GET", ["guilds", id, "channels"]) => Some(Self::GetGuildChannels(number(id)?)),
            (_, ["applications", id, rest @ ..]) => Self::of_commands(method, number(id)?, rest),
            ("POST", ["interactions", id, token, "callback"]) => {
                Some(Self::Callback(number(id)?, (*token).to_owned()))
            }
            (_, ["webhooks", id, token, rest @ ..]) => {
                Self::of_webhook(method, number(id)?, token, rest)
            }
            (_, ["channels", id, rest @ ..]) => Self::of_channel(method, number(id)?, rest),
            _ => None,
        }
    }

    fn of_commands(method: &str, application: Id, rest: &[&str]) -> Option<Self> {
        let scope = match rest {
            ["commands"] => Scope::Global,
            ["guilds", guild, "commands"] => Scope::Guild(number(guild)?),
            _ => return None,
        };
        match method {
            "GET" => Some(Self::GetCommands(application, scope)),
            "PUT" => Some(Self::PutCommands(application, scope)),
            "POST" => Some(Self::PostCommand(application, scope)),
            _ => None,
        }
    }

    fn of_webhook(method: &str, application: Id, token: &str, rest: &[&str]) -> Option<Self> {
        let token = token.to_owned();
        match (method, rest) {
            ("POST", []) => Some(Self::FollowUp(application, token)),
            ("GET", ["messages", name]) => {
                Some(Self::GetAnswer(application, token, (*name).to_owned()))
            }
            ("PATCH", ["messages", name]) => {
                Some(Self::EditAnswer(application, token, (*name).to_owned()))
            }
            ("DELETE", ["messages", name]) => {
                Some(Self::DeleteAnswer(application, token, (*name).to_owned()))
            }
            _ => None,
        }
    }

    fn of_channel(method: &str, channel: Id, rest: &[&str]) -> Option<Self> {
        match (method, rest) {
            ("GET", []) => Some(Self::GetChannel(channel)),
            ("POST", ["typing"]) => Some(Self::Typing(channel)),
            ("GET", ["messages"]) => Some(Self::ListMessages(channel)),
            ("POST", ["messages"]) => Some(Self::CreateMessage(channel)),
            ("GET", ["messages", id]) => Some(Self::GetMessage(channel, number(id)?)),
            ("PATCH", ["messages", id]) => Some(Self::EditMessage(channel, number(id)?)),
            ("DELETE", ["messages", id]) => Some(Self::DeleteMessage(channel, number(id)?)),
            _ => None,
        }
    }

    /// Returns the route's template: what injected errors and tests name it by.
    pub(crate) fn template(&self) -> &'static str {
        match self {
            Self::Gateway => "GET /gateway",
            Self::GatewayBot => "GET /gateway/bot",
            Self::Application => "GET /applications/@me",
            Self::ApplicationOAuth => "GET /oauth2/applications/@me",
            Self::CurrentUser => "GET /users/@me",
            Self::CurrentGuilds => "GET /users/@me/guilds",
            Self::CreateDirect => "POST /users/@me/channels",
            Self::GetCommands(_, Scope::Global) => "GET /applications/{application}/commands",
            Self::PutCommands(_, Scope::Global) => "PUT /applications/{application}/commands",
            Self::PostCommand(_, Scope::Global) => "POST /applications/{application}/commands",
            Self::GetCommands(..) => "GET /applications/{application}/guilds/{guild}/commands",
            Self::PutCommands(..) => "PUT /applications/{application}/guilds/{guild}/commands",
            Self::PostCommand(..) => "POST /applications/{application}/guilds/{guild}/commands",
            Self::Callback(..) => "POST /interactions/{interaction}/{token}/callback",
            Self::FollowUp(..) => "POST /webhooks/{application}/{token}",
            Self::GetAnswer(..) => "GET /webhooks/{application}/{token}/messages/{message}",
            Self::EditAnswer(..) => "PATCH /webhooks/{application}/{token}/messages/{message}",
            Self::DeleteAnswer(..) => "DELETE /webhooks/{application}/{token}/messages/{message}",
            Self::GetChannel(_) => "GET /channels/{channel}",
            Self::Typing(_) => "POST /channels/{channel}/typing",
            Self::ListMessages(_) => "GET /channels/{channel}/messages",
            Self::CreateMessage(_) => "POST /channels/{channel}/messages",
            Self::GetMessage(..) => "GET /channels/{channel}/messages/{message}",
            Self::EditMessage(..) => "PATCH /channels/{channel}/messages/{message}",
            Self::DeleteMessage(..) => "DELETE /channels/{channel}/messages/{message}",
            Self::GetGuild(_) => "GET /guilds/{guild}",
            Self::GetGuildChannels(_) => "GET /guilds/{guild}/channels",
        }
    }

    /// Returns whether the bot's token must be in the header; elsewhere the path carries one, or
    /// none is needed.
    pub(crate) fn needs_token(&self) -> bool {
        !matches!(self, Self::Gateway) && !self.is_interaction()
    }

    /// Returns whether it answers an interaction, and so is free of the global limit.
    pub(crate) fn is_interaction(&self) -> bool {
        matches!(
            self,
            Self::Callback(..)
                | Self::FollowUp(..)
                | Self::GetAnswer(..)
                | Self::EditAnswer(..)
                | Self::DeleteAnswer(..)
        )
    }

    /// Returns the bucket of its rate limit.
    pub(crate) fn bucket(&self) -> Option<String> {
        match self {
            Self::CreateMessage(channel) => Some(format!("messages-{channel}")),
            Self::EditMessage(channel, _) => Some(format!("edits-{channel}")),
            Self::FollowUp(_, token)
            | Self::EditAnswer(_, token, _)
            | Self::DeleteAnswer(_, token, _) => Some(format!("webhook-{token}")),
            _ => None,
        }
    }
}

fn number(text: &str) -> Option<Id> {
    text.parse().ok()
}
