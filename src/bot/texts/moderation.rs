//! English texts for moderators and voters.

use super::{Text, commands};

/// The text of a key; that of a key of others is elsewhere.
pub(super) fn english(key: Text) -> &'static str {
    match key {
        Text::ThumbsUp => "👍",
        Text::ThumbsDown => "👎",
        Text::ThumbsUpCounted => "👍 counted, without your name. Press it again to take it back.",
        Text::ThumbsDownCounted => "👎 counted, without your name. Press it again to take it back.",
        Text::ThumbsUpTakenBack => "Your 👍 is taken back.",
        Text::ThumbsDownTakenBack => "Your 👎 is taken back.",
        Text::WhyThumbsDown => "What is wrong with this answer?",
        Text::ChooseAReason => "Choose a reason",
        Text::ReasonWrongVoice => "Wrong person or voice",
        Text::ReasonNoAnswer => "Does not answer",
        Text::ReasonTooShort => "More needed around it",
        Text::ReasonOther => "Other",
        Text::PinnedByModerators => "Chosen by the moderators of this server.",
        Text::PassageHidden => {
            "The moderators of this server have hidden this passage, so I do not show it."
        }
        Text::NotSaved => "I could not save that; nothing has changed.",
        Text::CannotLookUp => "I cannot look that up at the moment; please try again later.",
        Text::OnlyInServer => "This works only in a server that I am in.",
        Text::MayNotSet => "Only members with *Manage Server* can do that; nothing has changed.",
        Text::MayNotCurate => {
            "Only members with *Manage Messages*, or with the moderators’ role of this server, can do that; nothing has changed."
        }
        Text::Undo => "Undo",
        Text::UndoLast => "Undo the last change",
        Text::Saved => "**Saved.**",
        Text::Pinned => "**Pinned.**",
        Text::Undone => "**Undone.**",
        Text::NothingToChange => "That is so already; nothing has changed.",
        Text::NothingWished => "Name at least one setting to change; `/settings show` lists them.",
        Text::NothingToUndo => "There is nothing to undo.",
        Text::UndoneAlready => "This has been undone already.",
        Text::ChangedSince => "Something else has been changed since; `/settings show` tells what.",
        Text::SettingsHeading => "**Settings of this server**",
        Text::ChannelRules => "Channels of their own:",
        Text::NeverChanged => "Nothing was changed in the last 90 days.",
        Text::ReadOnly => "At the moment nothing can be saved.",
        Text::NotAChannel => "That is no channel of this server; nothing has changed.",
        Text::NothingToReset => "Everything is at its default already.",
        Text::AskReset => {
            "**Set everything back to its default?** Pins and hidden passages stay. Then:"
        }
        Text::ResetNow => "Set back",
        Text::ResetDone => "**Set back.**",
        Text::CuratedHeading => "**Pinned and hidden**",
        Text::NothingCurated => "Nothing is pinned or hidden in this server.",
        Text::LostLegend => {
            "(lost): the documents do not have this passage any more; it has no effect."
        }
        Text::NothingUnanswered => "There is no question without an answer in these days.",
        Text::UnansweredNotKept => {
            "Questions without an answer are not kept here; `/settings edit keep-unanswered:` switches it on."
        }
        Text::PinAPassage => "Pin a passage to a question",
        Text::Dismiss => "Dismiss a question",
        Text::Dismissed => "Dismissed: these questions are deleted.",
        Text::BackToList => "Back to the list",
        Text::NoLongerUnanswered => "This question is not kept any more.",
        Text::NothingFlagged => "No passage got a 👎 in these days.",
        Text::HideAPassage => "Hide a passage",
        Text::Exported => {
            "All that this server has set, with its numbers. `/settings import` loads it again."
        }
        Text::AskImport => {
            "**Load this file?** It replaces all settings, pins and hidden passages. Then:"
        }
        Text::ImportNow => "Load",
        Text::Imported => "**Loaded.**",
        Text::ImportAgain => {
            "Give me the file once more, with `/settings import`; nothing has changed."
        }
        Text::ImportChangesNothing => "This file changes nothing.",
        Text::FileNotThere => {
            "I cannot get this file from Discord; please try again. Nothing has changed."
        }
        Text::NotAnExport => "This is no file of `/settings export`; nothing has changed.",
        Text::ServerUnknown => {
            "I cannot see the channels and roles of this server at the moment; please try again. Nothing has changed."
        }
        other => commands::english(other),
    }
}
