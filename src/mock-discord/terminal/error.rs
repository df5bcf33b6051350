//! Errors that a tester is told of, each a sentence.

use super::super::world::ClientError;

/// Why what was typed cannot be done, as a sentence for the tester.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum InputError {
    /// As [`Typed::Wrong`](super::typed::Typed::Wrong).
    #[error("{0}")]
    Wrong(String),
    #[error("No command “/{name}”.{suggestion} Press Tab after / for the list.")]
    UnknownCommand { name: String, suggestion: String },
    #[error("/{command} is followed by one of: {subcommands}.")]
    UnknownSubcommand { command: String, subcommands: String },
    #[error("The option {option} takes one of: {choices}.")]
    UnknownChoice { option: String, choices: String },
    #[error("The option {option} takes {kind}, not “{text}”.")]
    WrongType { option: String, kind: &'static str, text: String },
    #[error("There is no {kind} “{name}” here.")]
    UnknownName { kind: &'static str, name: String },
    #[error("There is no file “{0}”, neither in this conversation nor on this computer.")]
    UnknownFile(String),
    #[error("There is no button {0}.")]
    UnknownButton(usize),
    #[error("There is no button “{0}”.")]
    UnknownLabel(String),
    #[error("There is no menu {0}.")]
    UnknownMenu(usize),
    #[error("Menu {menu} has no entry {entry}.")]
    UnknownEntry { menu: usize, entry: usize },
    #[error("That is a menu: type its number, a dot, and the number of the entry, such as 2.1.")]
    MenuPressed,
    #[error("A terminal cannot offer that.")]
    NotSupported,
    #[error("There is no answer to reply to here.")]
    NothingToReplyTo,
    #[error("There is no answer here to use it on.")]
    NothingToUseItOn,
    #[error("No form is open.")]
    NoForm,
    #[error("“{0}” must be filled in; :cancel closes the form.")]
    EmptyField(String),
    #[error("“{label}” takes {least} to {most} characters, not {count}.")]
    FieldLength { label: String, least: u64, most: u64, count: u64 },
    #[error("Permissions are those of channels in servers: type :guild first.")]
    PermissionsOutsideGuild,
    #[error("There is no permission {name}; there are: {known}.")]
    UnknownPermission { name: String, known: String },
    #[error("Channels are in servers: type :guild first.")]
    ChannelsOutsideGuild,
    #[error("The bot has not come back.")]
    NotReconnected,
    #[error("Discord would refuse: {0}.")]
    Refused(#[from] ClientError),
}
