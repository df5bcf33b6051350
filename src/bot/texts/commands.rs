//! English texts of the moderators' commands: what they do and take.

use super::{Text, privacy};

/// The text of a key; that of a key of others is elsewhere.
pub(super) fn english(key: Text) -> &'static str {
    match key {
        Text::SettingsDescription => "How I answer in this server",
        Text::SettingsShowDescription => {
            "What is set, who changed it last, and what I can do in this channel"
        }
        Text::SettingsEditDescription => "Change settings",
        Text::SettingsEditReply => {
            "Whom answers to commands reach: everybody in the channel, or the asker alone"
        }
        Text::SettingsEditStyle => "How answers look",
        Text::SettingsEditMentions => {
            "Where I answer mentions: everywhere, in channels that you switch on, nowhere"
        }
        Text::SettingsEditExcerpts => "How many passages an answer shows at once",
        Text::SettingsEditKeep => {
            "How long questions without an answer are kept for you, without names"
        }
        Text::SettingsEditModerators => {
            "A role whose members may pin, hide and review; @everyone takes it back"
        }
        Text::SettingsChannelDescription => "Whether I answer mentions in one channel",
        Text::SettingsChannelChannel => "The channel",
        Text::SettingsChannelMentions => "On, off, or as everywhere",
        Text::SettingsUndoDescription => "Take back the last change",
        Text::SettingsResetDescription => "Set everything back to its default; asks first",
        Text::SettingsExportDescription => "All that is set, as a file",
        Text::SettingsImportDescription => "Load such a file; shows first what would change",
        Text::SettingsImportFile => "A file of /settings export",
        Text::CurateDescription => "Which passages answer, and which are never quoted",
        Text::CuratePinDescription => "Answer a question by a passage that you choose",
        Text::CuratePinQuestion => "The question, as people ask it",
        Text::CuratePinPlace => "The paragraph or sentence, such as ¶12 or ¶12.1",
        Text::CurateHideDescription => "Never quote a passage in this server",
        Text::CurateHideReason => "Why, for the other moderators",
        Text::CurateRemoveDescription => "Take back a pin, or show a hidden passage again",
        Text::CurateRemoveEntry => "The pinned question or the hidden passage",
        Text::CurateListDescription => "What is pinned and hidden",
        Text::ReviewDescription => "What I could not answer, and what people did not like",
        Text::ReviewUnansweredDescription => "Questions that nothing answered",
        Text::ReviewFlagsDescription => "Passages with 👎, and why",
        Text::ReviewDays => "Of how many days; 30 where you do not say",
        Text::ValuePublic => "public",
        Text::ValuePrivate => "private",
        Text::ValueCard => "card",
        Text::ValuePlain => "plain",
        Text::ValueEverywhere => "everywhere",
        Text::ValueListed => "listed",
        Text::ValueOff => "off",
        Text::ValueOn => "on",
        Text::ValueInherit => "inherit",
        Text::ValueSevenDays => "7 days",
        Text::ValueThirtyDays => "30 days",
        other => privacy::english(other),
    }
}
