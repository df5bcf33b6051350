//! Texts for moderators and voters.

pub const THUMBS_UP: &str = "👍";
pub const THUMBS_DOWN: &str = "👎";
pub const THUMBS_UP_COUNTED: &str =
    "👍 counted, without your name. Press it again to take it back.";
pub const THUMBS_DOWN_COUNTED: &str =
    "👎 counted, without your name. Press it again to take it back.";
pub const THUMBS_UP_TAKEN_BACK: &str = "Your 👍 is taken back.";
pub const THUMBS_DOWN_TAKEN_BACK: &str = "Your 👎 is taken back.";
pub const WHY_THUMBS_DOWN: &str = "What is wrong with this answer?";
pub const CHOOSE_A_REASON: &str = "Choose a reason";
pub const REASON_WRONG_VOICE: &str = "Wrong person or voice";
pub const REASON_NO_ANSWER: &str = "Does not answer";
pub const REASON_TOO_SHORT: &str = "More needed around it";
pub const REASON_OTHER: &str = "Other";
pub const PINNED_BY_MODERATORS: &str = "Chosen by the moderators of this server.";
pub const PASSAGE_HIDDEN: &str =
    "The moderators of this server have hidden this passage, so I do not show it.";
pub const NOT_SAVED: &str = "I could not save that; nothing has changed.";
pub const CANNOT_LOOK_UP: &str = "I cannot look that up at the moment; please try again later.";
pub const ONLY_IN_SERVER: &str = "This works only in a server that I am in.";
pub const MAY_NOT_SET: &str = "Only members with *Manage Server* can do that; nothing has changed.";
pub const MAY_NOT_CURATE: &str = "Only members with *Manage Messages*, or with the moderators’ role of this server, can do that; nothing has changed.";
pub const UNDO: &str = "Undo";
pub const UNDO_LAST: &str = "Undo the last change";
pub const SAVED: &str = "**Saved.**";
pub const PINNED: &str = "**Pinned.**";
pub const UNDONE: &str = "**Undone.**";
pub const NOTHING_TO_CHANGE: &str = "That is so already; nothing has changed.";
pub const NOTHING_WISHED: &str =
    "Name at least one setting to change; `/settings show` lists them.";
pub const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
pub const UNDONE_ALREADY: &str = "This has been undone already.";
pub const CHANGED_SINCE: &str =
    "Something else has been changed since; `/settings show` tells what.";
pub const SETTINGS_HEADING: &str = "**Settings of this server**";
pub const CHANNEL_RULES: &str = "Channels of their own:";
pub const NEVER_CHANGED: &str = "Nothing was changed in the last 90 days.";
pub const READ_ONLY: &str = "At the moment nothing can be saved.";
pub const NOT_A_CHANNEL: &str = "That is no channel of this server; nothing has changed.";
pub const NOTHING_TO_RESET: &str = "Everything is at its default already.";
pub const ASK_RESET: &str =
    "**Set everything back to its default?** Pins and hidden passages stay. Then:";
pub const RESET_NOW: &str = "Set back";
pub const RESET_DONE: &str = "**Set back.**";
pub const CURATED_HEADING: &str = "**Pinned and hidden**";
pub const NOTHING_CURATED: &str = "Nothing is pinned or hidden in this server.";
pub const LOST_LEGEND: &str =
    "(lost): the documents do not have this passage any more; it has no effect.";
pub const NOTHING_UNANSWERED: &str = "There is no question without an answer in these days.";
pub const UNANSWERED_NOT_KEPT: &str = "Questions without an answer are not kept here; `/settings edit keep-unanswered:` switches it on.";
pub const PIN_A_PASSAGE: &str = "Pin a passage to a question";
pub const DISMISS: &str = "Dismiss a question";
pub const DISMISSED: &str = "Dismissed: these questions are deleted.";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const NO_LONGER_UNANSWERED: &str = "This question is not kept any more.";
pub const NOTHING_FLAGGED: &str = "No passage got a 👎 in these days.";
pub const HIDE_A_PASSAGE: &str = "Hide a passage";
pub const EXPORTED: &str =
    "All that this server has set, with its numbers. `/settings import` loads it again.";
pub const ASK_IMPORT: &str =
    "**Load this file?** It replaces all settings, pins and hidden passages. Then:";
pub const IMPORT_NOW: &str = "Load";
pub const IMPORTED: &str = "**Loaded.**";
pub const IMPORT_AGAIN: &str =
    "Give me the file once more, with `/settings import`; nothing has changed.";
pub const IMPORT_CHANGES_NOTHING: &str = "This file changes nothing.";
pub const FILE_NOT_THERE: &str =
    "I cannot get this file from Discord; please try again. Nothing has changed.";
pub const NOT_AN_EXPORT: &str = "This is no file of `/settings export`; nothing has changed.";
pub const SERVER_UNKNOWN: &str = "I cannot see the channels and roles of this server at the moment; please try again. Nothing has changed.";
