//! The uses of an interaction's token after the first answer: `@original` and follow-ups.

use serde_json::Value;

use super::interaction::TOKEN_MS;
use super::payload::{self, EPHEMERAL, LOADING};
use super::{Answer, FirstResponse, Id, Install, RestError, World};

/// How many follow-ups a user-installed app may send; see
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>.
const USER_FOLLOWUPS: u32 = 5;

impl World {
    /// Returns the interaction of a token that is still good.
    fn by_token(&mut self, application: Id, token: &str) -> Result<Id, RestError> {
        let id = token.rsplit('-').next().and_then(|id| id.parse().ok()).unwrap_or(0);
        let known = self.interactions.get(&id);
        let found = known.filter(|it| it.token == token && application == self.application);
        let interaction = found.ok_or_else(|| RestError::new(404, 10015, "Unknown Webhook"))?;
        let (id, began) = (interaction.id, interaction.began_ms);
        let answered = interaction.response.is_some();
        self.note(Some(id), None);
        if self.now_ms() > began + TOKEN_MS {
            return Err(RestError::new(401, 50027, "Invalid Webhook Token"));
        }
        if !answered {
            return Err(RestError::new(404, 10015, "Unknown Webhook"));
        }
        Ok(id)
    }

    /// Returns the message that a path names: `@original` or an id, of this interaction.
    fn named(&self, interaction: Id, name: &str) -> Result<Id, RestError> {
        let known = self.interactions.get(&interaction);
        let original = known.and_then(|it| it.original);
        let id = if name == "@original" { original } else { name.parse().ok() };
        let id = id.ok_or_else(RestError::unknown_message)?;
        let message = self.living(id)?;
        let own = message.interaction == Some(interaction) || original == Some(id);
        if own { Ok(id) } else { Err(RestError::unknown_message()) }
    }

    /// `POST /webhooks/{application}/{token}`.
    ///
    /// # Errors
    ///
    /// Unknown and expired tokens, wrong payloads, too many follow-ups of a user-installed app.
    pub fn follow_up(&mut self, application: Id, token: &str, body: &Value) -> Answer {
        let id = self.by_token(application, token)?;
        let Some(interaction) = self.interactions.get(&id).cloned() else {
            return Err(RestError::unknown_interaction());
        };
        let waiting = interaction.original.filter(|original| {
            interaction.response == Some(FirstResponse::Deferred)
                && self.living(*original).is_ok_and(super::Message::is_loading)
        });
        if let Some(original) = waiting {
            return self.change_message(original, body);
        }
        if interaction.install == Install::User && interaction.followups >= USER_FOLLOWUPS {
            let text = "This interaction has reached the maximum number of follow up messages";
            return Err(RestError::new(400, 40094, text));
        }
        let mut message = self.draft(interaction.channel, self.bot.id);
        message.interaction = Some(id);
        message.reply_to = interaction.original.filter(|original| self.living(*original).is_ok());
        message.flags = payload::flags(body) & EPHEMERAL | self.forced_flags(&interaction);
        let reply_to = message.reply_to.take();
        self.fill(&mut message, body)?;
        message.reply_to = reply_to;
        let message = self.publish(message);
        if let Some(stored) = self.interactions.get_mut(&id) {
            stored.followups += 1;
        }
        self.note(Some(id), Some(message));
        self.message_answer(message)
    }

    /// `GET /webhooks/{application}/{token}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown and expired tokens, unknown messages.
    pub fn get_answer(&mut self, application: Id, token: &str, name: &str) -> Answer {
        let id = self.by_token(application, token)?;
        let message = self.named(id, name)?;
        self.message_answer(message)
    }

    /// `PATCH /webhooks/{application}/{token}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown and expired tokens, unknown messages, wrong payloads.
    pub fn edit_answer(
        &mut self,
        application: Id,
        token: &str,
        name: &str,
        body: &Value,
    ) -> Answer {
        let id = self.by_token(application, token)?;
        let message = self.named(id, name)?;
        self.note(Some(id), Some(message));
        self.change_message(message, body)
    }

    /// `DELETE /webhooks/{application}/{token}/messages/{message}`.
    ///
    /// # Errors
    ///
    /// Unknown and expired tokens, unknown messages.
    pub fn delete_answer(&mut self, application: Id, token: &str, name: &str) -> Answer {
        let id = self.by_token(application, token)?;
        let message = self.named(id, name)?;
        self.note(Some(id), Some(message));
        if let Some(stored) = self.messages.get_mut(&message) {
            stored.flags &= !LOADING;
        }
        self.remove_message(message);
        Ok((204, None))
    }
}
