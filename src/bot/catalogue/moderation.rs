//! The commands of moderators as data: `/settings`, `/curate`, `/review`.

use super::{Command, CommandOption, MAX_QUESTION, MAX_REASON, Name, OptionKind, Subcommand};
use crate::permission::Permission;
use crate::texts;

const fn given(name: &'static str, description: &'static str, kind: OptionKind) -> CommandOption {
    CommandOption { name, description, kind, is_required: false }
}

const fn required(
    name: &'static str,
    description: &'static str,
    kind: OptionKind,
) -> CommandOption {
    CommandOption { name, description, kind, is_required: true }
}

const fn subcommand(
    name: &'static str,
    description: &'static str,
    options: &'static [CommandOption],
) -> Subcommand {
    Subcommand { name, description, options }
}

const PLACE: OptionKind = OptionKind::Text { min: 1, max: 100, is_completed: true };
const DAYS: CommandOption =
    given("days", texts::REVIEW_DAYS, OptionKind::Number { min: 1, max: 90 });

const EDIT: &[CommandOption] = &[
    given(
        "reply",
        texts::SETTINGS_EDIT_REPLY,
        OptionKind::OneOf(&[("public", texts::VALUE_PUBLIC), ("private", texts::VALUE_PRIVATE)]),
    ),
    given(
        "style",
        texts::SETTINGS_EDIT_STYLE,
        OptionKind::OneOf(&[("card", texts::VALUE_CARD), ("plain", texts::VALUE_PLAIN)]),
    ),
    given(
        "mentions",
        texts::SETTINGS_EDIT_MENTIONS,
        OptionKind::OneOf(&[
            ("everywhere", texts::VALUE_EVERYWHERE),
            ("listed", texts::VALUE_LISTED),
            ("off", texts::VALUE_OFF),
        ]),
    ),
    given("excerpts", texts::SETTINGS_EDIT_EXCERPTS, OptionKind::Number { min: 1, max: 3 }),
    given(
        "keep-unanswered",
        texts::SETTINGS_EDIT_KEEP,
        OptionKind::OneOf(&[
            ("off", texts::VALUE_OFF),
            ("7-days", texts::VALUE_SEVEN_DAYS),
            ("30-days", texts::VALUE_THIRTY_DAYS),
        ]),
    ),
    given("moderators", texts::SETTINGS_EDIT_MODERATORS, OptionKind::Role),
];

const SETTINGS: &[Subcommand] = &[
    subcommand("show", texts::SETTINGS_SHOW_DESCRIPTION, &[]),
    subcommand("edit", texts::SETTINGS_EDIT_DESCRIPTION, EDIT),
    subcommand(
        "channel",
        texts::SETTINGS_CHANNEL_DESCRIPTION,
        &[
            required("channel", texts::SETTINGS_CHANNEL_CHANNEL, OptionKind::Channel),
            required(
                "mentions",
                texts::SETTINGS_CHANNEL_MENTIONS,
                OptionKind::OneOf(&[
                    ("on", texts::VALUE_ON),
                    ("off", texts::VALUE_OFF),
                    ("inherit", texts::VALUE_INHERIT),
                ]),
            ),
        ],
    ),
    subcommand("undo", texts::SETTINGS_UNDO_DESCRIPTION, &[]),
    subcommand("reset", texts::SETTINGS_RESET_DESCRIPTION, &[]),
    subcommand("export", texts::SETTINGS_EXPORT_DESCRIPTION, &[]),
    subcommand(
        "import",
        texts::SETTINGS_IMPORT_DESCRIPTION,
        &[required("file", texts::SETTINGS_IMPORT_FILE, OptionKind::File)],
    ),
];

const CURATE: &[Subcommand] = &[
    subcommand(
        "pin",
        texts::CURATE_PIN_DESCRIPTION,
        &[
            required(
                "question",
                texts::CURATE_PIN_QUESTION,
                OptionKind::Text { min: 3, max: MAX_QUESTION, is_completed: false },
            ),
            required("place", texts::CURATE_PIN_PLACE, PLACE),
        ],
    ),
    subcommand(
        "hide",
        texts::CURATE_HIDE_DESCRIPTION,
        &[
            required("place", texts::CURATE_PIN_PLACE, PLACE),
            given(
                "reason",
                texts::CURATE_HIDE_REASON,
                OptionKind::Text { min: 1, max: MAX_REASON, is_completed: false },
            ),
        ],
    ),
    subcommand(
        "remove",
        texts::CURATE_REMOVE_DESCRIPTION,
        &[required("entry", texts::CURATE_REMOVE_ENTRY, PLACE)],
    ),
    subcommand("list", texts::CURATE_LIST_DESCRIPTION, &[]),
];

const REVIEW: &[Subcommand] = &[
    subcommand("unanswered", texts::REVIEW_UNANSWERED_DESCRIPTION, &[DAYS]),
    subcommand("flags", texts::REVIEW_FLAGS_DESCRIPTION, &[DAYS]),
];

/// The commands of moderators, for servers alone.
pub const MODERATION: &[Command] = &[
    moderators("settings", texts::SETTINGS_DESCRIPTION, SETTINGS, Permission::ManageServer),
    moderators("curate", texts::CURATE_DESCRIPTION, CURATE, Permission::Curate),
    moderators("review", texts::REVIEW_DESCRIPTION, REVIEW, Permission::Curate),
];

const fn moderators(
    name: &'static str,
    description: &'static str,
    subcommands: &'static [Subcommand],
    permission: Permission,
) -> Command {
    Command {
        name: Name::Slash(name),
        description: Some(description),
        options: &[],
        subcommands,
        permission,
    }
}
