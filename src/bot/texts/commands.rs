//! Texts of the moderators' commands: what they do and take.

pub const SETTINGS_DESCRIPTION: &str = "How I answer in this server";
pub const SETTINGS_SHOW_DESCRIPTION: &str =
    "What is set, who changed it last, and what I can do in this channel";
pub const SETTINGS_EDIT_DESCRIPTION: &str = "Change settings";
pub const SETTINGS_EDIT_REPLY: &str =
    "Who sees answers to commands: everyone, or only the person asking";
pub const SETTINGS_EDIT_STYLE: &str = "How answers look";
pub const SETTINGS_EDIT_MENTIONS: &str =
    "Where I answer mentions: everywhere, only in channels you switch on, or nowhere";
pub const SETTINGS_EDIT_EXCERPTS: &str = "How many passages an answer shows at once";
pub const SETTINGS_EDIT_KEEP: &str =
    "How long unanswered questions are kept for moderators, without names";
pub const SETTINGS_EDIT_MODERATORS: &str =
    "A role that may pin, hide and review; choose @everyone to remove it";
pub const SETTINGS_CHANNEL_DESCRIPTION: &str = "Whether I answer mentions in one channel";
pub const SETTINGS_CHANNEL_CHANNEL: &str = "The channel";
pub const SETTINGS_CHANNEL_MENTIONS: &str = "On, off, or same as the server";
pub const SETTINGS_UNDO_DESCRIPTION: &str = "Undo the last change";
pub const SETTINGS_RESET_DESCRIPTION: &str = "Reset all settings to their defaults; asks first";
pub const SETTINGS_EXPORT_DESCRIPTION: &str = "Everything that is set, as a file";
pub const SETTINGS_IMPORT_DESCRIPTION: &str = "Import such a file; shows first what would change";
pub const SETTINGS_IMPORT_FILE: &str = "A file made by /settings export";
pub const CURATE_DESCRIPTION: &str = "Which passages answer, and which are never quoted";
pub const CURATE_PIN_DESCRIPTION: &str = "Answer a question with a passage that you choose";
pub const CURATE_PIN_QUESTION: &str = "The question, as people ask it";
pub const CURATE_PIN_PLACE: &str = "The paragraph or sentence, such as ¶12 or ¶12.1";
pub const CURATE_HIDE_DESCRIPTION: &str = "Never quote a passage in this server";
pub const CURATE_HIDE_REASON: &str = "Why, for the other moderators";
pub const CURATE_REMOVE_DESCRIPTION: &str = "Remove a pin, or show a hidden passage again";
pub const CURATE_REMOVE_ENTRY: &str = "The pinned question or the hidden passage";
pub const CURATE_LIST_DESCRIPTION: &str = "What is pinned and hidden";
pub const REVIEW_DESCRIPTION: &str = "What I couldn’t answer, and what people didn’t like";
pub const REVIEW_UNANSWERED_DESCRIPTION: &str = "Unanswered questions";
pub const REVIEW_FLAGS_DESCRIPTION: &str = "Passages with 👎, and why";
pub const REVIEW_DAYS: &str = "How many days back; 30 unless you choose";
pub const VALUE_PUBLIC: &str = "public";
pub const VALUE_PRIVATE: &str = "private";
pub const VALUE_CARD: &str = "card";
pub const VALUE_PLAIN: &str = "plain";
pub const VALUE_EVERYWHERE: &str = "everywhere";
pub const VALUE_LISTED: &str = "listed";
pub const VALUE_OFF: &str = "off";
pub const VALUE_ON: &str = "on";
pub const VALUE_INHERIT: &str = "inherit";
pub const VALUE_SEVEN_DAYS: &str = "7 days";
pub const VALUE_THIRTY_DAYS: &str = "30 days";
