//! English texts on privacy. What they promise is to be kept to the letter.

pub const DELETE_MY_DATA: &str = "Delete my data";
pub const DELETE_NOW: &str = "Delete now";
pub const DELETED: &str = "Deleted. Nothing is stored about you now.";
pub const HELD_UNKNOWN: &str =
    "I can’t look up what is stored about you right now. Please try again later.";
pub const KEPT_SETTINGS: &str = "Settings, pins and hidden passages of a server";
pub const KEPT_HISTORY: &str = "Who changed them, and when";
pub const KEPT_VOTES: &str = "👍 and 👎, with passage and reason";
pub const KEPT_UNANSWERED: &str = "Questions without an answer";
pub const KEPT_LOG: &str = "The operator’s log";
pub const WHY_SETTINGS: &str = "to work as the moderators set it";
pub const WHY_HISTORY: &str = "so that moderators can see and undo a change";
pub const WHY_VOTES: &str = "to improve answers";
pub const WHY_UNANSWERED: &str = "so that moderators can pin an answer";
pub const WHY_LOG: &str = "to find errors";
pub const TIE_NONE: &str = "no";
pub const TIE_MODERATOR: &str = "by the ID of the moderator who made the change";
pub const TIE_HASH: &str = "by a keyed hash, another for each passage, only to count nobody twice";

pub const PRIVACY_LEAD: &str = "\
**What I keep, and for how long**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. Where a question points back (“and the others?”), I look once at the answer that you \
reply to, or at what was asked of me before it in the same thread or direct message.
Your question is used to search and then forgotten, unless this server keeps unanswered questions (see below). The button *Ask about this* stores its key words in the message itself, at Discord.";

pub const PRIVACY_PROMISES: &str = "\
Votes are tied to you by a keyed hash, another for each passage, only to count nobody twice. \
Questions are kept without names. Nothing leaves the machine that I run on but what I say to \
Discord. I ping nobody, and I never write to you first.";

pub const POLICY_HEAD: &str = "\
# Privacy

What summit-bot keeps, for how long, and how to delete it. `/privacy` says the same in Discord, and \
what is stored about you now.

1. **It reads only what you send it**: commands, mentions, direct messages, and a message that you \
point it at. Where a question points back, it looks once at the answer that you reply to, or at \
what was asked of it before in the same thread or direct message. It does not have, and does not \
ask for, the intents Message Content, Members or \
Presence.
2. **Your question is used to search and then forgotten.** It is not logged, at any level. It is \
stored only where your server has switched on that questions without an answer are kept for its \
moderators; the reply then says so. The button *Ask about this* stores its key words in the message itself, at Discord.
3. **What is stored:**
";

pub const POLICY_TAIL: &str = "
4. ***Delete my data*** in `/privacy` does it at once, for everything that holds you, in every \
server; your ID in the history of changes becomes “a former moderator”. Where the bot is removed \
from a server, all that the server set goes with the days above, so that an accident loses nothing; \
an outage never counts as removal.
5. **Nothing leaves the machine** but what the bot says to Discord: no analytics, no error service, \
no hosted model, no check for updates.
6. **It cannot ping, cannot post where it may not, changes nothing for anyone without the \
permission**, and never writes first in a direct message.
7. **Every quotation is compared byte for byte with the document before it is sent**; if it \
differs, you get an error and no quotation.

If you run the bot: please see to the encryption of the disk, and to the deletion of the log after the days above.
";
