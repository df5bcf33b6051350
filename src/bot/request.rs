//! A request, in the words of the bot: the person, the place, the time, and the action asked for.
//!
//! It is filled in from Discord's events elsewhere. Everything typed is data, of any length.

use super::component_id::{ComponentAction, CorpusVersion, ParsedComponentId};
use super::moderator_command::{Import, ModeratorCommand};
use super::permission::MemberPermissions;
use super::stateful_action::StatefulAction;

/// One thing that someone did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The person.
    pub who: Who,
    /// The place.
    pub place: Venue,
    /// The time, in seconds since 1970 (UTC).
    pub now: u64,
    /// The action.
    pub action: Action,
}

impl Request {
    /// Returns the same request, made in a thread that hangs on this channel.
    #[must_use]
    pub fn hanging_on(mut self, channel: Option<u64>) -> Self {
        if let Venue::Server { parent, .. } = &mut self.place {
            *parent = channel;
        }
        self
    }

    /// Returns the same request, with what is before it where that matters to it.
    #[must_use]
    pub fn following(mut self, earlier: Vec<PriorMessage>) -> Self {
        if let Action::Mention { before, .. } = &mut self.action {
            *before = earlier;
        }
        self
    }
}

/// A person on Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Their id.
    pub id: u64,
    /// Their permissions in the place; none in a direct message.
    pub powers: MemberPermissions,
    /// Ids of their roles in the place, where Discord tells them.
    pub roles: Vec<u64>,
}

/// The place of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Venue {
    /// A channel of a server that the bot is in.
    Server {
        /// The server.
        guild: u64,
        /// The channel.
        channel: u64,
        /// The channel that this one hangs on, where it is a thread; `None`, too, where that
        /// does not matter to the request.
        parent: Option<u64>,
        /// The permissions of the bot there.
        permits: ChannelPermissions,
    },
    /// A direct message to the bot.
    Direct,
    /// Any other place, to which a person brings the bot as an app of their own.
    Elsewhere,
}

impl Venue {
    /// Returns whether the bot may show embeds there.
    #[must_use]
    pub fn may_embed(&self) -> bool {
        match self {
            Self::Server { permits, .. } => permits.embed,
            Self::Direct | Self::Elsewhere => true,
        }
    }
}

/// The permissions of the bot in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelPermissions {
    /// See the channel.
    pub view: bool,
    /// Send messages; counts for mentions, not for commands.
    pub send: bool,
    /// Show embeds.
    pub embed: bool,
}

impl ChannelPermissions {
    /// All that the bot ever needs.
    pub const ALL: Self = Self { view: true, send: true, embed: true };
}

/// The action that someone asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `/ask`.
    Ask {
        /// The question.
        question: String,
        /// The person whose words are wanted.
        speaker: Option<String>,
        /// The document from which the answer is to come, where there are several.
        document: Option<String>,
        /// Whether the answer is for the asker alone; `None` leaves it to the place.
        private: Option<bool>,
    },
    /// `/passage`.
    Passage {
        /// The place as typed or picked: `¶28`, `28.1`.
        place: String,
    },
    /// `/verify`.
    Verify {
        /// The alleged quotation.
        quote: String,
        /// The alleged speaker.
        speaker: Option<String>,
        /// Whether the result is for the asker alone; `None` leaves it to the place.
        private: Option<bool>,
    },
    /// `/help`.
    Help,
    /// `/privacy`.
    Privacy,
    /// A command of the moderators.
    Moderate(ModeratorCommand),
    /// *Find in the document*, on a message.
    FindInDocument {
        /// The text of the message.
        message: String,
    },
    /// *Check quotations*, on a message.
    CheckQuotations {
        /// The text of the message.
        message: String,
    },
    /// *Remove answer*, on a message.
    RemoveAnswer {
        /// Whether the bot wrote the message.
        is_ours: bool,
        /// The person who asked for it, where that is known.
        asker: Option<u64>,
    },
    /// A message that addresses the bot: a mention, or a direct message.
    Mention {
        /// The text without the mention of the bot.
        text: String,
        /// Whether files came with it.
        has_attachments: bool,
        /// What is before it and may be what it points back to, the oldest first: the message
        /// that it replies to and those before that, or the messages of a thread or of a direct
        /// message. Looked at only where the question points back.
        before: Vec<PriorMessage>,
    },
    /// A press of a button, or a choice in a menu.
    Press {
        /// The component's id, as it was read. It grants nothing.
        component: ParsedComponentId,
        /// The values chosen in a menu.
        values: Vec<String>,
        /// Whether the message with the component is seen by the presser alone.
        is_private: bool,
    },
    /// A form that a press opened was filled in and sent.
    Form {
        /// The form's id, as it was read. It grants nothing.
        component: ParsedComponentId,
        /// The text that was typed.
        text: String,
        /// Whether the message with the button is seen by the presser alone.
        is_private: bool,
    },
    /// Someone is typing an option.
    Autocomplete {
        /// The command's name.
        command: String,
        /// The option's name.
        option: String,
        /// The text typed so far.
        typed: String,
    },
    /// A command that this version does not have.
    Unknown,
}

impl Action {
    /// Returns the action of a press. That of the button that loads a file is an order, as it needs
    /// the file.
    #[must_use]
    pub fn pressed(component: ParsedComponentId, values: Vec<String>, is_private: bool) -> Self {
        match component {
            Ok((_, ComponentAction::Keep(StatefulAction::Import { revision, digest }))) => {
                let import = Import::not_fetched();
                Self::Moderate(ModeratorCommand::ConfirmImport { revision, digest, import })
            }
            _ => Self::Press { component, values, is_private },
        }
    }

    /// Returns the file that it is to load, to be filled in.
    pub fn import_mut(&mut self) -> Option<&mut Import> {
        match self {
            Self::Moderate(
                ModeratorCommand::Import(import) | ModeratorCommand::ConfirmImport { import, .. },
            ) => Some(import),
            _ => None,
        }
    }
}

/// A message that is before another, as Discord gives it. Never trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorMessage {
    /// Its id.
    pub id: u64,
    /// Whether the bot wrote it.
    pub is_ours: bool,
    /// Its text, without the mention of the bot.
    pub text: String,
    /// The texts of its embeds.
    pub cards: Vec<String>,
    /// Ids of its buttons and menus, of those that are the bot's.
    pub components: Vec<(CorpusVersion, ComponentAction)>,
    /// The message that it replies to.
    pub replies_to: Option<u64>,
}
