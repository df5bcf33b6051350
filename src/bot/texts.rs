//! The table of fixed texts: labels, headings and descriptions by key and language.
//!
//! Sentences with facts in them are functions, in `wording.rs` and `notices.rs`. This file knows
//! nothing of where a text is shown.

mod commands;
mod moderation;
mod privacy;

const PRIVACY: &str = "\
**Nothing about you is kept.**
I read only what you send me: commands, mentions, direct messages, and a message that you point \
me at. Where a question points back (“and the others?”), I look once at the answer that you \
reply to, or at what was asked of me before it in the same thread or direct message. I cannot read \
anything else.
Your question is used to search and then forgotten. It is not stored and not logged; the button \
*Ask about this* has its chief words in it, in the message at Discord.
I keep no settings, no votes and no lists of questions, of you or of this server, so there is \
nothing to delete.
Nothing leaves the machine that I run on but what I say to Discord: no model, no analytics, no \
other service.
I ping nobody, and I never write to you first.
Every quotation is compared with the document before it is sent; if it differs, you get an error \
and no quotation.";

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
        Self::first_of([tag])
    }

    /// The first of these that the bot speaks: of a person's language and then of the server's.
    #[must_use]
    pub fn first_of<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |tag| Self::ALL.into_iter().find(|locale| locale.tag() == tag);
        tags.into_iter().find_map(known).unwrap_or_default()
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
    NotShared,
    ShowNearest,
    Nearest,
    HelpLabel,
    HelpWord,
    ReadInArticle,
    AskAboutThis,
    AskAboutThisExample,
    ContextHeading,
    AsClaimed,
    LegendDiffering,
    LegendLeftOut,
    AskDescription,
    AskQuestion,
    AskSpeaker,
    AskDocument,
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
    CannotRemove,
    NotOurMessage,
    InvalidButton,
    OlderButton,
    DocumentChanged,
    UnknownCommand,
    NothingTyped,
    OnlyAttachments,
    MessageWithoutText,
    NotVerbatim,
    Failed,
    NoDocuments,
    MentionHelp,
    HelpLead,
    HelpPassage,
    HelpWithoutCommands,
    HelpQuoted,
    HelpNever,
    Privacy,
    PrivacyLead,
    PrivacyPromises,
    PolicyHead,
    PolicyTail,
    ThumbsUp,
    ThumbsDown,
    ThumbsUpCounted,
    ThumbsDownCounted,
    ThumbsUpTakenBack,
    ThumbsDownTakenBack,
    WhyThumbsDown,
    ChooseAReason,
    ReasonWrongVoice,
    ReasonNoAnswer,
    ReasonTooShort,
    ReasonOther,
    PinnedByModerators,
    PassageHidden,
    NotSaved,
    CannotLookUp,
    OnlyInServer,
    MayNotSet,
    MayNotCurate,
    Undo,
    UndoLast,
    Saved,
    Pinned,
    Undone,
    NothingToChange,
    NothingWished,
    NothingToUndo,
    UndoneAlready,
    ChangedSince,
    SettingsHeading,
    ChannelRules,
    NeverChanged,
    ReadOnly,
    NotAChannel,
    NothingToReset,
    AskReset,
    ResetNow,
    ResetDone,
    CuratedHeading,
    NothingCurated,
    LostLegend,
    NothingUnanswered,
    UnansweredNotKept,
    PinAPassage,
    Dismiss,
    Dismissed,
    BackToList,
    NoLongerUnanswered,
    NothingFlagged,
    HideAPassage,
    Exported,
    AskImport,
    ImportNow,
    Imported,
    ImportAgain,
    ImportChangesNothing,
    FileNotThere,
    NotAnExport,
    ServerUnknown,
    DeleteMyData,
    DeleteNow,
    Deleted,
    HeldUnknown,
    KeptSettings,
    KeptHistory,
    KeptVotes,
    KeptUnanswered,
    KeptLog,
    WhySettings,
    WhyHistory,
    WhyVotes,
    WhyUnanswered,
    WhyLog,
    TieNone,
    TieModerator,
    TieHash,
    SettingsDescription,
    SettingsShowDescription,
    SettingsEditDescription,
    SettingsEditReply,
    SettingsEditStyle,
    SettingsEditMentions,
    SettingsEditExcerpts,
    SettingsEditKeep,
    SettingsEditModerators,
    SettingsChannelDescription,
    SettingsChannelChannel,
    SettingsChannelMentions,
    SettingsUndoDescription,
    SettingsResetDescription,
    SettingsExportDescription,
    SettingsImportDescription,
    SettingsImportFile,
    CurateDescription,
    CuratePinDescription,
    CuratePinQuestion,
    CuratePinPlace,
    CurateHideDescription,
    CurateHideReason,
    CurateRemoveDescription,
    CurateRemoveEntry,
    CurateListDescription,
    ReviewDescription,
    ReviewUnansweredDescription,
    ReviewFlagsDescription,
    ReviewDays,
    ValuePublic,
    ValuePrivate,
    ValueCard,
    ValuePlain,
    ValueEverywhere,
    ValueListed,
    ValueOff,
    ValueOn,
    ValueInherit,
    ValueSevenDays,
    ValueThirtyDays,
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
            Self::NotShared => "That could not be shared; please ask again.",
            Self::ShowNearest => "Show the nearest passages",
            Self::Nearest => "Nearest in wording. **Not an answer.**",
            Self::HelpLabel => "Help",
            Self::HelpWord => "help",
            Self::ReadInArticle => "Read in the article",
            Self::AskAboutThis => "Ask about this",
            Self::AskAboutThisExample => "What else? · Why? · What about …?",
            Self::ContextHeading => "What stands around it; the passage itself is in bold.",
            Self::AsClaimed => "As claimed",
            Self::LegendDiffering => "Words that differ are in **bold**.",
            Self::LegendLeftOut => "What the claim leaves out is __underlined__.",
            Self::AskDescription => "Ask a question; the answer is a passage, quoted word for word",
            Self::AskQuestion => "Your question, in your own words",
            Self::AskSpeaker => "Only words of this person",
            Self::AskDocument => "Only from this document",
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
            Self::CannotRemove => "Discord does not let me remove that here.",
            Self::NotOurMessage => "I can remove only my own answers; this message is not mine.",
            Self::InvalidButton => "That button is not valid any more.",
            Self::OlderButton => "That button is from an older version of me; ask again.",
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
            Self::HelpLead => {
                "**Ask, and I answer with a passage of the document, word for word, and say whose \
                 words they are.**"
            }
            Self::HelpPassage => "`/passage` – a paragraph by its number, for example: ¶12",
            Self::HelpWithoutCommands => {
                "You can also mention me with a question, write to me directly, or use *Find in \
                 the document* and *Check quotations* in the menu of a message."
            }
            Self::HelpQuoted => "**What I quote**",
            Self::HelpNever => {
                "I never put anything in my own words, never give an opinion, and say so where \
                 the document does not answer."
            }
            Self::Privacy => PRIVACY,
            Self::PrivacyLead => privacy::LEAD,
            Self::PrivacyPromises => privacy::PROMISES,
            Self::PolicyHead => privacy::POLICY_HEAD,
            Self::PolicyTail => privacy::POLICY_TAIL,
            other => moderation::english(other),
        }
    }
}
