//! What the bot says: labels, headings and descriptions.
//!
//! Sentences with facts in them are functions, in `wording.rs` and `notices.rs`. This file knows
//! nothing of where a text is shown.
#![allow(missing_docs, reason = "a text says what it is")]

mod commands;
mod moderation;
mod privacy;

pub use commands::*;
pub use moderation::*;
pub use privacy::*;

pub const MORE_CONTEXT: &str = "More context";
pub const EARLIER: &str = "← Earlier";
pub const LATER: &str = "Later →";
pub const OTHER_PASSAGES: &str = "Other passages";
pub const CHOOSE_A_PASSAGE: &str = "Choose a passage";
pub const SHARE: &str = "Share";
pub const SHARED: &str = "Shared.";
pub const NOT_SHARED: &str = "I couldn’t share that. Please ask again.";
pub const SHOW_NEAREST: &str = "Show the nearest passages";
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
pub const ASK_DESCRIPTION: &str = "Ask a question; the answer is a passage, quoted word for word";
pub const ASK_QUESTION: &str = "Your question, in your own words";
pub const ASK_SPEAKER: &str = "Only quote this person";
pub const ASK_DOCUMENT: &str = "Only quote this document";
pub const ASK_PRIVATE: &str = "Only show the answer to me";
pub const PASSAGE_DESCRIPTION: &str = "Show a paragraph or a sentence, with whose words it is";
pub const PASSAGE_PLACE: &str = "The paragraph, such as ¶12, or words that are in it";
pub const VERIFY_DESCRIPTION: &str = "Check whether a quotation is in the document";
pub const VERIFY_QUOTE: &str = "The quotation; … stands for words left out";
pub const VERIFY_SPEAKER: &str = "Who is said to have said it";
pub const HELP_DESCRIPTION: &str = "How to ask, and what this bot quotes";
pub const PRIVACY_DESCRIPTION: &str = "What is kept about you, and for how long";
pub const FIND_IN_DOCUMENT: &str = "Find in the document";
pub const CHECK_QUOTATIONS: &str = "Check quotations";
pub const REMOVE_ANSWER: &str = "Remove answer";
pub const REMOVED: &str = "Removed.";
pub const MAY_NOT_REMOVE: &str = "Only the person who asked, or a moderator with *Manage Messages*, can remove \
                 this answer.";
pub const CANNOT_REMOVE: &str = "Discord doesn’t let me remove that here.";
pub const NOT_OUR_MESSAGE: &str = "I can only remove my own answers, and this message isn’t one.";
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
pub const HELP_LEAD: &str = "**Ask, and I answer with a passage of the document, word for word, and say whose \
                 words they are.**";
pub const HELP_PASSAGE: &str = "`/passage` – a paragraph by its number, for example: ¶12";
pub const HELP_WITHOUT_COMMANDS: &str = "You can also mention me with a question, write to me directly, or use *Find in \
                 the document* and *Check quotations* in the menu of a message.";
pub const HELP_QUOTED: &str = "**What I quote**";
pub const HELP_NEVER: &str = "I never put anything in my own words, never give an opinion, and say so when the document doesn’t answer.";
pub const PRIVACY: &str = "\
**Nothing about you is kept.**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. Where a question points back (“and the others?”), I look once at the answer that you \
reply to, or at what was asked of me before it in the same thread or direct message. I cannot read \
anything else.
Your question is used to search and then forgotten. It is not stored and not logged; the button *Ask about this* stores its key words in the message itself, at Discord.
I keep no settings, no votes and no lists of questions, of you or of this server, so there is \
nothing to delete.
Nothing leaves the machine that I run on but what I say to Discord: no model, no analytics, no \
other service.
I ping nobody, and I never write to you first.
Every quotation is compared with the document before it is sent; if it differs, you get an error \
and no quotation.";
