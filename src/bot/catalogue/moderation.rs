//! The commands of moderators as data: `/settings`, `/curate`, `/review`.

use super::{Command, CommandOption, MAX_QUESTION, MAX_REASON, Name, OptionKind, Subcommand};
use crate::texts::Text;

const MANAGE_SERVER: u64 = 1 << 5;
const MANAGE_MESSAGES: u64 = 1 << 13;

const fn given(name: &'static str, description: Text, kind: OptionKind) -> CommandOption {
    CommandOption { name, description, kind, is_required: false }
}

const fn required(name: &'static str, description: Text, kind: OptionKind) -> CommandOption {
    CommandOption { name, description, kind, is_required: true }
}

const fn subcommand(
    name: &'static str,
    description: Text,
    options: &'static [CommandOption],
) -> Subcommand {
    Subcommand { name, description, options }
}

const PLACE: OptionKind = OptionKind::Text { min: 1, max: 100, is_completed: true };
const DAYS: CommandOption = given("days", Text::ReviewDays, OptionKind::Number { min: 1, max: 90 });

const EDIT: &[CommandOption] = &[
    given(
        "reply",
        Text::SettingsEditReply,
        OptionKind::OneOf(&[("public", Text::ValuePublic), ("private", Text::ValuePrivate)]),
    ),
    given(
        "style",
        Text::SettingsEditStyle,
        OptionKind::OneOf(&[("card", Text::ValueCard), ("plain", Text::ValuePlain)]),
    ),
    given(
        "mentions",
        Text::SettingsEditMentions,
        OptionKind::OneOf(&[
            ("everywhere", Text::ValueEverywhere),
            ("listed", Text::ValueListed),
            ("off", Text::ValueOff),
        ]),
    ),
    given("excerpts", Text::SettingsEditExcerpts, OptionKind::Number { min: 1, max: 3 }),
    given(
        "keep-unanswered",
        Text::SettingsEditKeep,
        OptionKind::OneOf(&[
            ("off", Text::ValueOff),
            ("7-days", Text::ValueSevenDays),
            ("30-days", Text::ValueThirtyDays),
        ]),
    ),
    given("moderators", Text::SettingsEditModerators, OptionKind::Role),
];

const SETTINGS: &[Subcommand] = &[
    subcommand("show", Text::SettingsShowDescription, &[]),
    subcommand("edit", Text::SettingsEditDescription, EDIT),
    subcommand(
        "channel",
        Text::SettingsChannelDescription,
        &[
            required("channel", Text::SettingsChannelChannel, OptionKind::Channel),
            required(
                "mentions",
                Text::SettingsChannelMentions,
                OptionKind::OneOf(&[
                    ("on", Text::ValueOn),
                    ("off", Text::ValueOff),
                    ("inherit", Text::ValueInherit),
                ]),
            ),
        ],
    ),
    subcommand("undo", Text::SettingsUndoDescription, &[]),
    subcommand("reset", Text::SettingsResetDescription, &[]),
    subcommand("export", Text::SettingsExportDescription, &[]),
    subcommand(
        "import",
        Text::SettingsImportDescription,
        &[required("file", Text::SettingsImportFile, OptionKind::File)],
    ),
];

const CURATE: &[Subcommand] = &[
    subcommand(
        "pin",
        Text::CuratePinDescription,
        &[
            required(
                "question",
                Text::CuratePinQuestion,
                OptionKind::Text { min: 3, max: MAX_QUESTION, is_completed: false },
            ),
            required("place", Text::CuratePinPlace, PLACE),
        ],
    ),
    subcommand(
        "hide",
        Text::CurateHideDescription,
        &[
            required("place", Text::CuratePinPlace, PLACE),
            given(
                "reason",
                Text::CurateHideReason,
                OptionKind::Text { min: 1, max: MAX_REASON, is_completed: false },
            ),
        ],
    ),
    subcommand(
        "remove",
        Text::CurateRemoveDescription,
        &[required("entry", Text::CurateRemoveEntry, PLACE)],
    ),
    subcommand("list", Text::CurateListDescription, &[]),
];

const REVIEW: &[Subcommand] = &[
    subcommand("unanswered", Text::ReviewUnansweredDescription, &[DAYS]),
    subcommand("flags", Text::ReviewFlagsDescription, &[DAYS]),
];

/// The commands of moderators, for servers alone.
pub const MODERATION: &[Command] = &[
    moderators("settings", Text::SettingsDescription, SETTINGS, MANAGE_SERVER),
    moderators("curate", Text::CurateDescription, CURATE, MANAGE_MESSAGES),
    moderators("review", Text::ReviewDescription, REVIEW, MANAGE_MESSAGES),
];

const fn moderators(
    name: &'static str,
    description: Text,
    subcommands: &'static [Subcommand],
    permission: u64,
) -> Command {
    Command {
        name: Name::Slash(name),
        description: Some(description),
        options: &[],
        subcommands,
        default_member_permissions: Some(permission),
    }
}
