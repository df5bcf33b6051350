//! People of an offline Discord: values with verbs.

use std::sync::Arc;

use serde_json::Value;

use super::world::{ClientError, Install, InvocationContext, Upload};
use super::{Id, MockDiscord};

/// A person in a place of an offline Discord.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    mock: &'a MockDiscord,
    context: InvocationContext,
}

impl<'a> Person<'a> {
    pub(super) fn new(mock: &'a MockDiscord, user: Id, channel: Id) -> Self {
        Self { mock, context: InvocationContext { user, channel, install: Install::Guild } }
    }

    /// Returns the person's id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.context.user
    }

    /// Returns the channel the person is in.
    #[must_use]
    pub fn channel(&self) -> Id {
        self.context.channel
    }

    /// The same person in another channel.
    #[must_use]
    pub fn at(mut self, channel: Id) -> Self {
        self.context.channel = channel;
        self
    }

    /// The same person in the bot's direct messages.
    #[must_use]
    pub fn in_direct(self) -> Self {
        let user = self.context.user;
        let channel = self.mock.change(|world| world.direct_channel(user));
        self.at(channel)
    }

    /// The same person in a group without the bot, with the app as the person's own.
    #[must_use]
    pub fn in_group(mut self) -> Self {
        let user = self.context.user;
        self.context.install = Install::User;
        let channel = self.mock.change(|world| {
            let friend = world.user("friend");
            world.add_group(vec![user, friend])
        });
        self.at(channel)
    }

    /// The same person, using the app as the person's own.
    #[must_use]
    pub fn user_installed(mut self) -> Self {
        self.context.install = Install::User;
        self
    }

    /// Sets the language of the person's client.
    #[must_use]
    pub fn speaking(self, locale: &str) -> Self {
        let user = self.context.user;
        self.mock.change(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                locale.clone_into(&mut user.locale);
            }
        });
        self
    }

    /// Writes a message; the mention of the bot is `<@id>`.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn say(&self, text: &str) -> Result<Id, ClientError> {
        self.mock.change(|world| world.say(&self.context, text))
    }

    /// Writes a message that begins with a mention of the bot.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn mention(&self, text: &str) -> Result<Id, ClientError> {
        let bot = self.mock.look(|world| world.bot.id);
        self.say(&format!("<@{bot}> {text}"))
    }

    /// Writes to the bot in direct messages.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn direct(&self, text: &str) -> Result<Id, ClientError> {
        self.in_direct().say(text)
    }

    /// Writes a message with a file, with or without a text.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn say_with(&self, text: &str, name: &str, bytes: &[u8]) -> Result<Id, ClientError> {
        let bytes = Arc::from(bytes);
        let file = Upload { number: 0, name: name.to_owned(), kind: None, bytes };
        self.mock.change(|world| world.say_with(&self.context, text, vec![file]))
    }

    /// Takes a file for the option of a command; its id is the option's value.
    #[must_use]
    pub fn upload(&self, name: &str, bytes: &[u8]) -> Value {
        let channel = self.context.channel;
        let id = self.mock.change(|world| world.upload(channel, name, bytes));
        Value::String(id.to_string())
    }

    /// Replies to a message.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn reply_to(&self, message: Id, text: &str) -> Result<Id, ClientError> {
        self.mock.change(|world| world.reply_to(&self.context, message, text))
    }

    /// Changes one's own message.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn edit(&self, message: Id, text: &str) -> Result<(), ClientError> {
        self.mock.change(|world| world.edit_own(&self.context, message, text))
    }

    /// Uses a slash command; the interaction's id comes back.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn slash(&self, command: &str, options: &[(&str, Value)]) -> Result<Id, ClientError> {
        self.mock.change(|world| world.slash(&self.context, command, options))
    }

    /// Types into an option with autocompletion.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn autocomplete(
        &self,
        command: &str,
        option: &str,
        typed: &str,
    ) -> Result<Id, ClientError> {
        self.mock.change(|world| world.autocomplete(&self.context, command, option, typed))
    }

    /// Uses a message command.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn message_command(&self, name: &str, message: Id) -> Result<Id, ClientError> {
        self.mock.change(|world| world.message_command(&self.context, name, message))
    }

    /// Presses a button.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn press(&self, message: Id, custom_id: &str) -> Result<Id, ClientError> {
        self.mock.change(|world| world.press(&self.context, message, custom_id))
    }

    /// Chooses from a menu.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn select(&self, message: Id, custom_id: &str, values: &[&str]) -> Result<Id, ClientError> {
        self.mock.change(|world| world.select(&self.context, message, custom_id, values))
    }

    /// Fills and sends the form that an interaction was answered with.
    ///
    /// # Errors
    ///
    /// Discord's client would not let the person.
    pub fn submit_modal(
        &self,
        interaction: Id,
        values: &[(&str, &str)],
    ) -> Result<Id, ClientError> {
        self.mock.change(|world| world.submit_modal(&self.context, interaction, values))
    }
}
