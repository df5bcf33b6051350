//! Texts for moderators and voters.

pub const THUMBS_UP: &str = "👍";
pub const THUMBS_DOWN: &str = "👎";
pub const THUMBS_UP_COUNTED: &str = "👍 counted, without your name. Press it again to undo.";
pub const THUMBS_DOWN_COUNTED: &str = "👎 counted, without your name. Press it again to undo.";
pub const THUMBS_UP_TAKEN_BACK: &str = "Your 👍 is removed.";
pub const THUMBS_DOWN_TAKEN_BACK: &str = "Your 👎 is removed.";
pub const WHY_THUMBS_DOWN: &str = "What is wrong with this answer?";
pub const CHOOSE_A_REASON: &str = "Choose a reason";
pub const REASON_WRONG_VOICE: &str = "Wrong person or voice";
pub const REASON_NO_ANSWER: &str = "Does not answer";
pub const REASON_TOO_SHORT: &str = "Needs more context";
pub const REASON_OTHER: &str = "Other";
pub const PINNED_BY_MODERATORS: &str = "Chosen by the moderators of this server.";
pub const PASSAGE_HIDDEN: &str =
    "The moderators of this server have hidden this passage, so I do not show it.";
pub const NOT_SAVED: &str = "I couldn’t save that, so nothing has changed.";
pub const CANNOT_LOOK_UP: &str = "I can’t look that up right now. Please try again later.";
pub const ONLY_IN_SERVER: &str = "This only works in a server that I’m in.";
pub const MAY_NOT_SET: &str = "Only members with *Manage Server* can do that; nothing has changed.";
pub const MAY_NOT_CURATE: &str = "Only members with *Manage Messages*, or with this server’s moderator role, can do that; nothing has changed.";
pub const UNDO: &str = "Undo";
pub const UNDO_LAST: &str = "Undo the last change";
pub const SAVED: &str = "**Saved.**";
pub const PINNED: &str = "**Pinned.**";
pub const UNDONE: &str = "**Undone.**";
pub const NOTHING_TO_CHANGE: &str = "It is already set that way.";
pub const NOTHING_WISHED: &str = "Choose at least one setting; `/settings show` lists them.";
pub const NOTHING_TO_UNDO: &str = "There is nothing to undo.";
pub const UNDONE_ALREADY: &str = "This has already been undone.";
pub const CHANGED_SINCE: &str = "Someone has changed something since; see `/settings show`.";
pub const SETTINGS_HEADING: &str = "**Settings of this server**";
pub const CHANNEL_RULES: &str = "Channel overrides:";
pub const NEVER_CHANGED: &str = "No changes in the last 90 days.";
pub const READ_ONLY: &str = "Nothing can be saved right now.";
pub const NOT_A_CHANNEL: &str = "That isn’t a channel of this server; nothing has changed.";
pub const NOTHING_TO_RESET: &str = "Everything is already at its default.";
pub const ASK_RESET: &str = "**Reset all settings?** Pins and hidden passages stay. After that:";
pub const RESET_NOW: &str = "Reset";
pub const RESET_DONE: &str = "**Reset.**";
pub const CURATED_HEADING: &str = "**Pinned and hidden**";
pub const NOTHING_CURATED: &str = "Nothing is pinned or hidden in this server.";
pub const LOST_LEGEND: &str =
    "(lost): the documents no longer have this passage, so it has no effect.";
pub const NOTHING_UNANSWERED: &str = "No unanswered questions in this period.";
pub const UNANSWERED_NOT_KEPT: &str =
    "Unanswered questions aren’t kept here; `/settings edit keep-unanswered:` switches it on.";
pub const PIN_A_PASSAGE: &str = "Pin a passage to a question";
pub const DISMISS: &str = "Dismiss a question";
pub const DISMISSED: &str = "Dismissed: these questions are deleted.";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const NO_LONGER_UNANSWERED: &str = "This question is no longer kept.";
pub const NOTHING_FLAGGED: &str = "No 👎 in this period.";
pub const HIDE_A_PASSAGE: &str = "Hide a passage";
pub const EXPORTED: &str =
    "Everything set in this server, with channel and role IDs. `/settings import` loads it again.";
pub const ASK_IMPORT: &str =
    "**Import this file?** It replaces all settings, pins and hidden passages. After that:";
pub const IMPORT_NOW: &str = "Import";
pub const IMPORTED: &str = "**Imported.**";
pub const IMPORT_AGAIN: &str =
    "Please send the file again with `/settings import`; nothing has changed.";
pub const IMPORT_CHANGES_NOTHING: &str = "This file changes nothing.";
pub const FILE_NOT_THERE: &str =
    "I can’t get this file from Discord. Please try again; nothing has changed.";
pub const NOT_AN_EXPORT: &str = "This file wasn’t made by `/settings export`; nothing has changed.";
pub const SERVER_UNKNOWN: &str = "I can’t see the channels and roles of this server right now. Please try again; nothing has changed.";
