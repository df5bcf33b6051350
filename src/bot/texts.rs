//! Texts of the bot that more than one place needs: labels, headings and sentences without facts.
//!
//! Sentences with facts in them are functions, in `wording.rs` and `notices.rs`. This file knows
//! nothing of where a text is shown.
#![allow(missing_docs, reason = "a text says what it is")]

pub const MORE_CONTEXT: &str = "More context";
pub const EARLIER: &str = "← Earlier";
pub const LATER: &str = "Later →";
pub const OTHER_PASSAGES: &str = "Other passages";
pub const CHOOSE_A_PASSAGE: &str = "Choose a passage";
pub const SHARE: &str = "Share";
pub const CITE: &str = "Cite";
pub const SHARED: &str = "Shared.";
pub const NOT_SHARED: &str = "I couldn’t share that. Please ask again.";
pub const NEAREST: &str = "Nearest in wording. **Not an answer.**";
pub const HELP_LABEL: &str = "Help";
pub const HELP_WORD: &str = "help";
pub const READ_IN_ARTICLE: &str = "Read in the article";
pub const ASK_ABOUT_THIS: &str = "Ask about this";
pub const ASK_ABOUT_THIS_EXAMPLE: &str = "What else? · Why? · What about …?";
pub const CONTEXT_HEADING: &str = "The surrounding text. The quoted passage is in bold.";
pub const AS_CLAIMED: &str = "As claimed";
pub const LEGEND_CLAIMED: &str = "**Bold**: what was quoted.";
pub const LEGEND_DIFFERING: &str = "__Underlined__: what differs.";
pub const LEGEND_LEFT_OUT: &str = "__Underlined__: what was left out.";
pub const NO_QUOTATION: &str =
    "I found no quotation in this message. Put the words in quotation marks, or use /verify.";
pub const ASK_QUESTION: &str = "Your question, in your own words";
pub const CANNOT_REMOVE: &str = "Discord doesn’t let me remove that here.";
pub const INVALID_BUTTON: &str = "That button no longer works.";
pub const OLDER_BUTTON: &str = "That button is from an older version of me. Please ask again.";
pub const DOCUMENT_CHANGED: &str = "The document has changed since. Please ask again.";
pub const UNKNOWN_COMMAND: &str = "I don’t know this command. Please try again in a minute.";
pub const NOTHING_TYPED: &str = "I don’t see a question in that. Type one in your own words.";
pub const ONLY_ATTACHMENTS: &str = "I can’t read attachments. Please write your question as text.";
pub const MESSAGE_WITHOUT_TEXT: &str = "That message has no text that I can read.";
pub const NOT_VERBATIM: &str = "What I found differs from the source, so I don’t show it. Please tell the person who runs this bot.";
pub const FAILED: &str = "Something went wrong on my side. Please try again.";
pub const NO_DOCUMENTS: &str = "I have no documents to quote.";
pub const MENTION_HELP: &str = "Mention me with a question, and I answer with the passage that answers it, word \
                 for word. More: `/help`";
pub const PASSAGE_HIDDEN: &str =
    "The moderators of this server have hidden this passage, so I do not show it.";
pub const NOT_SAVED: &str = "I couldn’t save that, so nothing has changed.";
pub const CANNOT_LOOK_UP: &str = "I can’t look that up right now. Please try again later.";
pub const ONLY_IN_SERVER: &str = "This only works in a server that I’m in.";
pub const MAY_NOT_SET: &str = "Only members with *Manage Server* can do that; nothing has changed.";
pub const MAY_NOT_CURATE: &str = "Only members with *Manage Messages*, or with this server’s moderator role, can do that; nothing has changed.";
pub const UNDO: &str = "Undo";
pub const SAVED: &str = "**Saved.**";
pub const NOTHING_TO_CHANGE: &str = "It is already set that way.";
pub const CHANGED_SINCE: &str = "Someone has changed something since; see `/settings show`.";
pub const IMPORT_AGAIN: &str =
    "Please send the file again with `/settings import`; nothing has changed.";
