//! `/privacy`: what is true of this version. Change it together with what is kept.

use super::reply::Reply;

const PRIVACY: &str = "\
**Nothing about you is kept.**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. I cannot read anything else.
Your question is used to search and then forgotten. It is not stored and not logged.
I keep no settings, no votes and no lists of questions, of you or of this server, so there is \
nothing to delete.
Nothing leaves the machine that I run on but what I say to Discord: no model, no analytics, no \
other service.
I ping nobody, and I never write to you first.
Every quotation is compared with the document before it is sent; if it differs, you get an error \
and no quotation.";

/// What is kept, for one person.
pub(super) fn privacy() -> Reply {
    Reply::note(PRIVACY)
}
