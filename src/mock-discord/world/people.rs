//! People besides interactions: they write, change and delete messages.
//!
//! A person who tries what Discord's client does not offer is [`ClientError`]; that is no breach of
//! the bot's.

use super::payload;
use super::{Id, InvocationContext, Permissions, Upload, World, length};

/// Why Discord's client would not let a person do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ClientError(pub String);

/// Returns a refusal in words.
pub(super) fn blocked<T>(why: impl Into<String>) -> Result<T, ClientError> {
    Err(ClientError(why.into()))
}

impl World {
    /// Writes a message.
    ///
    /// # Errors
    ///
    /// The person may not write there, or the text is empty or too long.
    pub fn say(&mut self, context: &InvocationContext, text: &str) -> Result<Id, ClientError> {
        self.write(context, text, None, Vec::new())
    }

    /// Replies to a message, notifying its author as Discord's client does by default.
    ///
    /// # Errors
    ///
    /// As [`World::say`], and where the message is gone.
    pub fn reply_to(
        &mut self,
        context: &InvocationContext,
        message: Id,
        text: &str,
    ) -> Result<Id, ClientError> {
        self.write(context, text, Some(message), Vec::new())
    }

    /// Writes a message with files, with or without a text.
    ///
    /// # Errors
    ///
    /// The person may not write or attach files there, or the text is too long.
    pub fn say_with(
        &mut self,
        context: &InvocationContext,
        text: &str,
        files: Vec<Upload>,
    ) -> Result<Id, ClientError> {
        if !self.permissions(context.user, context.channel).has(Permissions::ATTACH_FILES) {
            return blocked("this person may not attach files in this channel");
        }
        self.write(context, text, None, files)
    }

    fn write(
        &mut self,
        context: &InvocationContext,
        text: &str,
        reply_to: Option<Id>,
        files: Vec<Upload>,
    ) -> Result<Id, ClientError> {
        let permissions = self.permissions(context.user, context.channel);
        if !permissions.has(Permissions::SEND_MESSAGES) {
            return blocked("this person may not write in this channel");
        }
        if (text.is_empty() && files.is_empty()) || length(text) > 4000 {
            return blocked("a message has between 1 and 4000 characters");
        }
        let mut message = self.draft(context.channel, context.user);
        text.clone_into(&mut message.content);
        message.pings = super::mention::pings(text, None, None);
        for file in files {
            let id = self.keep(context.channel, file, None, false);
            message.attachments.push(id);
        }
        if let Some(id) = reply_to {
            let Ok(replied) = self.living(id) else { return blocked("that message is gone") };
            message.pings.push(super::Target::User(replied.author));
            message.reply_to = Some(id);
        }
        Ok(self.publish(message))
    }

    /// Writes as another bot or as a webhook.
    pub fn say_as_bot(&mut self, channel: Id, name: &str, text: &str, webhook: bool) -> Id {
        let user = self.user(name);
        if let Some(user) = self.users.get_mut(&user) {
            user.bot = true;
        }
        let mut message = self.draft(channel, user);
        text.clone_into(&mut message.content);
        message.webhook = webhook;
        self.publish(message)
    }

    /// Changes the text of one's own message.
    ///
    /// # Errors
    ///
    /// The message is gone or someone else's.
    pub fn edit_own(
        &mut self,
        context: &InvocationContext,
        message: Id,
        text: &str,
    ) -> Result<(), ClientError> {
        let now = self.now_ms();
        match self.living(message).cloned() {
            Ok(mut known) if known.author == context.user => {
                text.clone_into(&mut known.content);
                known.edited_ms = Some(now);
                self.republish(known);
                Ok(())
            }
            _ => blocked("that message is gone or somebody else's"),
        }
    }

    /// Returns whether a person sees a message.
    #[must_use]
    pub fn sees(&self, user: Id, message: Id) -> bool {
        let Ok(message) = self.living(message) else { return false };
        let asked = message.interaction.and_then(|id| self.interactions.get(&id));
        let mine = asked.is_none_or(|it| it.user == user);
        (mine || message.flags & payload::EPHEMERAL == 0)
            && self.permissions(user, message.channel).has(Permissions::VIEW_CHANNEL)
    }
}
