//! The table of fixed texts: labels, headings and descriptions by key and language.
//!
//! Sentences with facts in them are functions, in `wording.rs` and `notices.rs`. This file knows
//! nothing of where a text is shown.

/// A language in which the bot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// `en-US`, and whatever the bot does not speak.
    #[default]
    EnUs,
    /// `en-GB`.
    EnGb,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::EnUs, Self::EnGb];

    /// The language for a tag of Discord's; [`Locale::EnUs`] for every other text.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag).unwrap_or_default()
    }

    /// Discord's tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::EnUs => "en-US",
            Self::EnGb => "en-GB",
        }
    }
}

/// The key of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a key is said by its text below")]
pub enum Text {
    MoreContext,
    Earlier,
    Later,
    OtherPassages,
    ChooseAPassage,
    Share,
    Shared,
    ShowNearest,
    Nearest,
    HelpLabel,
    ReadInArticle,
    ContextHeading,
    AsClaimed,
    LegendDiffering,
    LegendLeftOut,
    AskDescription,
    AskQuestion,
    AskSpeaker,
    AskPrivate,
    PassageDescription,
    PassagePlace,
    VerifyDescription,
    VerifyQuote,
    VerifySpeaker,
    HelpDescription,
    PrivacyDescription,
    FindInDocument,
    CheckQuotations,
    RemoveAnswer,
    Removed,
    MayNotRemove,
    NotOurMessage,
    InvalidButton,
    DocumentChanged,
    UnknownCommand,
    NothingTyped,
    OnlyAttachments,
    MessageWithoutText,
    NotVerbatim,
    Failed,
    NoDocuments,
    MentionHelp,
}

impl Text {
    /// The text.
    #[must_use]
    pub fn to(self, locale: Locale) -> &'static str {
        match locale {
            Locale::EnUs | Locale::EnGb => self.english(),
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::MoreContext => "More context",
            Self::Earlier => "← Earlier",
            Self::Later => "Later →",
            Self::OtherPassages => "Other passages",
            Self::ChooseAPassage => "Choose a passage",
            Self::Share => "Share",
            Self::Shared => "Shared.",
            Self::ShowNearest => "Show the nearest passages",
            Self::Nearest => "Nearest in wording. **Not an answer.**",
            Self::HelpLabel => "Help",
            Self::ReadInArticle => "Read in the article",
            Self::ContextHeading => "What stands around it; the passage itself is in bold.",
            Self::AsClaimed => "As claimed",
            Self::LegendDiffering => "Words that differ are in **bold**.",
            Self::LegendLeftOut => "What the claim leaves out is __underlined__.",
            Self::AskDescription => "Ask a question; the answer is a passage, quoted word for word",
            Self::AskQuestion => "Your question, in your own words",
            Self::AskSpeaker => "Only words of this person",
            Self::AskPrivate => "Show the answer to you alone",
            Self::PassageDescription => "Show a paragraph or a sentence, with whose words it is",
            Self::PassagePlace => "The paragraph, such as ¶12, or words that stand in it",
            Self::VerifyDescription => "Check whether a quotation stands in the document",
            Self::VerifyQuote => "The quotation; … stands for words left out",
            Self::VerifySpeaker => "Who is said to have said it",
            Self::HelpDescription => "How to ask, and what this bot quotes",
            Self::PrivacyDescription => "What is kept about you, and for how long",
            Self::FindInDocument => "Find in the document",
            Self::CheckQuotations => "Check quotations",
            Self::RemoveAnswer => "Remove answer",
            Self::Removed => "Removed.",
            Self::MayNotRemove => {
                "Only the person who asked, or a moderator with *Manage Messages*, can remove \
                 this answer."
            }
            Self::NotOurMessage => "I can remove only my own answers; this message is not mine.",
            Self::InvalidButton => "That button is not valid any more.",
            Self::DocumentChanged => "The document has changed since; ask again.",
            Self::UnknownCommand => "I do not know this command; try again in a minute.",
            Self::NothingTyped => "There is no question in that: type one in your own words.",
            Self::OnlyAttachments => "I cannot read attachments: write your question as text.",
            Self::MessageWithoutText => "That message has no text that I could read.",
            Self::NotVerbatim => {
                "What I found differs from the source, so I do not show it. Please tell whoever \
                 runs this bot."
            }
            Self::Failed => "Something went wrong on my side; please try again.",
            Self::NoDocuments => "I have no documents to quote.",
            Self::MentionHelp => {
                "Mention me with a question, and I answer with the passage that answers it, word \
                 for word. More: `/help`"
            }
        }
    }
}
