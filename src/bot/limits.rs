//! Discord's limits, in UTF-16 code units or in number.

/// Text of a message.
pub const CONTENT: usize = 2_000;
/// Embeds of a message.
pub const EMBEDS: usize = 10;
/// Text of all embeds of a message together.
pub const EMBED_TOTAL: usize = 6_000;
/// First line of an embed.
pub const AUTHOR: usize = 256;
/// Text of an embed.
pub const DESCRIPTION: usize = 4_096;
/// Last lines of an embed.
pub const FOOTER: usize = 2_048;
/// Rows of a message.
pub const ROWS: usize = 5;
/// Buttons of a row.
pub const BUTTONS: usize = 5;
/// Label of a button, that it is read in full on a telephone.
pub const LABEL: usize = 38;
/// Id of a component.
pub const CUSTOM_ID: usize = 100;
/// Address of a button.
pub const URL: usize = 512;
/// Entries of a menu, and choices of an autocompletion.
pub const CHOICES: usize = 25;
/// Texts of an entry or a choice.
pub const CHOICE: usize = 100;
/// The placeholder of a menu.
pub const PLACEHOLDER: usize = 150;
/// Title of a form, and label of its line.
pub const FORM_LABEL: usize = 45;
/// The placeholder of the line of a form.
pub const FORM_PLACEHOLDER: usize = 100;
