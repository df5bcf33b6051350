//! The lines that a tester types, as values. It knows no world: whether a button or a command
//! exists is found out elsewhere.

use super::suggestion::did_you_mean;

/// A line that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// An empty line.
    Nothing,
    /// A message to the bot.
    Say(String),
    /// A reply to the bot's last answer.
    Reply(String),
    /// A command with its options, without the slash.
    Slash(String),
    /// A line that ends in `<Tab>`, for where there is no Tab key.
    Complete(String),
    /// The number of a button.
    Press(usize),
    /// The numbers of a menu and of its entries.
    Pick(usize, Vec<usize>),
    /// The label of a button, in square brackets.
    PressLabel(String),
    /// A text for the next field of the form that is open.
    Fill(String),
    /// Something for the terminal itself.
    MetaCommand(MetaCommand),
    /// An order that there is not, or with the wrong arguments.
    Wrong(String),
}

/// An order to the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetaCommand {
    /// Says something without addressing the bot.
    Aside(String),
    /// Uses a message command, on the bot's last message or on a text of someone else's.
    App(String, Option<String>),
    /// Lists the message commands.
    Apps,
    /// Becomes another person.
    As(String),
    /// Sends a command, a press or a choice that Discord's client would hide.
    Force(Box<Typed>),
    /// Goes to the bot's direct messages.
    Direct,
    /// Goes to a channel.
    Channel(String),
    /// Goes back to the first server, or to another.
    Guild(Option<String>),
    /// Goes to a group that the bot is not in, with the app as one's own.
    Group,
    /// Sets the language of the person's client.
    Locale(String),
    /// Restarts the bot.
    Restart,
    /// Cuts the bot's connection.
    Offline,
    /// Closes the form that is open.
    Cancel,
    /// Has a file of this name and text at hand.
    File(String, String),
    /// Takes a permission from the bot in this channel.
    Forbid(String),
    /// Gives it back.
    Allow(String),
    /// Shows what went over the wire.
    Raw,
    /// Shows what can be typed.
    Help,
    /// Ends.
    Quit,
}

/// Every order with its argument and what it does, in the order of the help.
pub const META_COMMANDS: &[(&str, &str, &str)] = &[
    ("as", "NAME", "be someone else; \"moderator\" and \"moderator NAME\" have that role"),
    ("dm", "", "go to the bot's direct messages"),
    ("channel", "NAME", "go to a channel, made if it is new"),
    ("guild", "[NAME]", "go back to the first server, or to another"),
    ("group", "", "go to a group without the bot, with the app as your own"),
    ("locale", "CODE", "change your client's language, such as en-GB"),
    ("say", "TEXT", "write without addressing the bot"),
    ("apps", "[NAME [= TEXT]]", "use a message command on the last answer, or on a text"),
    ("force", "/COMMAND", "send a command, or a press, that Discord's client would hide"),
    ("cancel", "", "close the form that is open"),
    ("file", "NAME = TEXT", "have a file at hand, for a command that takes one"),
    ("forbid", "PERMISSION", "take one from the bot in this channel, such as embed links"),
    ("allow", "PERMISSION", "give it back"),
    ("restart", "", "restart the bot; old buttons must still work"),
    ("offline", "", "cut the bot's connection"),
    ("raw", "", "show the JSON that the last line caused"),
    ("help", "", "show this"),
    ("quit", "", "leave"),
];

/// Reads a typed line.
#[must_use]
pub fn read(line: &str) -> Typed {
    let text = line.trim();
    if let Some(before) = text.strip_suffix("<Tab>") {
        return Typed::Complete(before.to_owned());
    }
    if let Some(reply) = text.strip_prefix('>') {
        let reply = reply.trim();
        let wrong = || Typed::Wrong("Type what to reply behind the >.".to_owned());
        return if reply.is_empty() { wrong() } else { Typed::Reply(reply.to_owned()) };
    }
    if let Some(command) = text.strip_prefix('/') {
        return Typed::Slash(command.trim().to_owned());
    }
    if let Some(meta_command) = text.strip_prefix(':') {
        return read_order(meta_command);
    }
    let label = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(label) = label.filter(|label| !label.trim().is_empty()) {
        return Typed::PressLabel(label.trim().to_owned());
    }
    if text.is_empty() {
        Typed::Nothing
    } else {
        numbers(text).unwrap_or_else(|| Typed::Say(text.to_owned()))
    }
}

/// `3`, or `2.1`, or `2.1,3`. A long number is a question like any other.
fn numbers(text: &str) -> Option<Typed> {
    let number = |digits: &str| {
        let short = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<usize>().ok().filter(|_| short)
    };
    match text.split_once('.') {
        None => number(text).map(Typed::Press),
        Some((menu, entries)) => {
            let entries: Option<Vec<usize>> = entries.split(',').map(number).collect();
            Some(Typed::Pick(number(menu)?, entries?))
        }
    }
}

fn read_order(text: &str) -> Typed {
    let (name, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let argument = argument.trim();
    let given = (!argument.is_empty()).then(|| argument.to_owned());
    let meta_command = match (name, given) {
        ("as", Some(name)) => MetaCommand::As(name.trim_start_matches('@').to_owned()),
        ("say", Some(text)) => MetaCommand::Aside(text),
        ("channel", Some(name)) => MetaCommand::Channel(name.trim_start_matches('#').to_owned()),
        ("locale", Some(code)) => MetaCommand::Locale(code),
        ("guild", name) => MetaCommand::Guild(name),
        ("apps", None) => MetaCommand::Apps,
        ("apps", Some(given)) => match given.split_once('=') {
            Some((name, text)) => {
                MetaCommand::App(name.trim().to_owned(), Some(text.trim().to_owned()))
            }
            None => MetaCommand::App(given, None),
        },
        ("file", Some(given)) => match given.split_once('=') {
            Some((name, text)) => MetaCommand::File(name.trim().to_owned(), text.trim().to_owned()),
            None => return Typed::Wrong(wrong(name)),
        },
        ("force", Some(text)) => match read(&text) {
            forced @ (Typed::Slash(_)
            | Typed::Press(_)
            | Typed::PressLabel(_)
            | Typed::Pick(..)) => MetaCommand::Force(Box::new(forced)),
            _ => return Typed::Wrong(wrong(name)),
        },
        ("forbid", Some(name)) => MetaCommand::Forbid(name),
        ("allow", Some(name)) => MetaCommand::Allow(name),
        ("cancel", None) => MetaCommand::Cancel,
        ("dm", None) => MetaCommand::Direct,
        ("group", None) => MetaCommand::Group,
        ("restart", None) => MetaCommand::Restart,
        ("offline", None) => MetaCommand::Offline,
        ("raw", None) => MetaCommand::Raw,
        ("help", None) => MetaCommand::Help,
        ("quit" | "q" | "exit", None) => MetaCommand::Quit,
        _ => return Typed::Wrong(wrong(name)),
    };
    Typed::MetaCommand(meta_command)
}

fn wrong(name: &str) -> String {
    match META_COMMANDS.iter().find(|(known, ..)| *known == name) {
        Some((_, "", _)) => format!("Usage: :{name} takes no argument."),
        Some((_, argument, _)) => format!("Usage: :{name} {argument}"),
        None => {
            let nearest = did_you_mean(":", name, META_COMMANDS.iter().map(|(known, ..)| *known));
            format!("There is no :{name}.{nearest} :help shows what there is.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let say = |text: &str| Typed::Say(text.to_owned());
        assert_eq!(read("  "), Typed::Nothing);
        assert_eq!(read(" Who spoke? "), say("Who spoke?"));
        assert_eq!(read("3"), Typed::Press(3));
        assert_eq!(read("2.1"), Typed::Pick(2, vec![1]));
        assert_eq!(read("2.1,3"), Typed::Pick(2, vec![1, 3]));
        assert_eq!(read("2.x"), say("2.x"));
        assert_eq!(read("20210706"), say("20210706"));
        assert_eq!(read("> and Cuba?"), Typed::Reply("and Cuba?".to_owned()));
        assert_eq!(read("/ask question: x"), Typed::Slash("ask question: x".to_owned()));
        assert_eq!(read("[More context]"), Typed::PressLabel("More context".to_owned()));
        assert_eq!(read("/ask speaker: xi<Tab>"), Typed::Complete("/ask speaker: xi".to_owned()));
    }

    #[test]
    fn orders_are_read_and_wrong_ones_explained() {
        assert_eq!(
            read(":as moderator"),
            Typed::MetaCommand(MetaCommand::As("moderator".to_owned()))
        );
        assert_eq!(
            read(":channel #news"),
            Typed::MetaCommand(MetaCommand::Channel("news".to_owned()))
        );
        let app = MetaCommand::App("Check quotations".to_owned(), Some("“a”".to_owned()));
        assert_eq!(read(":apps Check quotations = “a”"), Typed::MetaCommand(app));
        let forced = MetaCommand::Force(Box::new(Typed::PressLabel("Undo".to_owned())));
        assert_eq!(read(":force [Undo]"), Typed::MetaCommand(forced));
        assert_eq!(read(":force hello"), Typed::Wrong("Usage: :force /COMMAND".to_owned()));
        assert_eq!(read(":as"), Typed::Wrong("Usage: :as NAME".to_owned()));
        assert_eq!(read(":dm now"), Typed::Wrong("Usage: :dm takes no argument.".to_owned()));
        let there = "There is no :x. :help shows what there is.".to_owned();
        assert_eq!(read(":x"), Typed::Wrong(there));
    }

    #[test]
    fn every_order_of_the_help_can_be_typed() {
        for (name, argument, _) in META_COMMANDS {
            let typed = read(format!(":{name} {}", argument.trim_matches(['[', ']'])).trim_end());
            assert!(matches!(typed, Typed::MetaCommand(_)), "{name}: {typed:?}");
        }
    }
}
