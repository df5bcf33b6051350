//! Slash commands as typed in a line: `/ask question: … private: true`, and what Tab offers
//! there. Commands come as they were registered; nothing is sent from here.

use serde_json::{Value, json};

use super::super::world::Command;
use super::control::string;
use super::error::InputError;
use super::suggestion::did_you_mean;
use super::typed::META_COMMANDS;

/// A command with its options filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Slash {
    /// Its name, with those of subcommands.
    pub command: String,
    /// The options that were given.
    pub options: Vec<Given>,
}

/// An option with what was typed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// Its type in Discord's numbers.
    pub kind: u64,
    /// Its value; a name or a text where the type wants an id.
    pub value: Value,
}

/// Something that Tab offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The text in the list.
    pub shown: String,
    /// The text that takes the place of what was typed.
    pub text: String,
}

/// The effect of Tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completion {
    /// Offers these.
    Offer(Vec<Candidate>),
    /// Asks the bot what it suggests for an option.
    Ask {
        /// The command, with subcommands.
        command: String,
        /// The option.
        option: String,
        /// The part of its value that was typed.
        typed: String,
    },
    /// Offers the names of users, channels, roles or files.
    Name {
        /// The type of the option.
        kind: u64,
        /// The part of the name that was typed.
        typed: String,
    },
}

/// A command with the texts that were typed for its options.
struct CommandLine<'a> {
    command: String,
    options: Vec<&'a Value>,
    /// Names of options, and what follows them.
    given: Vec<(String, &'a str)>,
}

/// Reads what was typed behind the slash.
///
/// # Errors
///
/// There is no such command, or an option does not take its value.
pub(super) fn read(text: &str, commands: &[Command]) -> Result<Slash, InputError> {
    let line = parse(text, commands)?;
    let mut options = Vec::new();
    for (name, text) in &line.given {
        let Some(option) = line.options.iter().find(|option| string(option, "name") == *name)
        else {
            continue;
        };
        let value = typed_value(option, text)?;
        options.push(Given { name: name.clone(), kind: kind_of(option), value });
    }
    Ok(Slash { command: line.command, options })
}

fn typed_value(option: &Value, text: &str) -> Result<Value, InputError> {
    let (name, choices) = (string(option, "name"), choices_of(option));
    if !choices.is_empty() {
        let is_it = |choice: &&Value| string(choice, "name").eq_ignore_ascii_case(text);
        let chosen = choices.iter().find(is_it).and_then(|choice| choice.get("value"));
        let choices = fixed_values(option).join(", ");
        let unknown = || InputError::UnknownChoice { option: name, choices };
        return chosen.cloned().ok_or_else(unknown);
    }
    let value = match kind_of(option) {
        4 => text.parse::<i64>().ok().map(Value::from),
        5 => text.parse::<bool>().ok().map(Value::from),
        10 => text.parse::<f64>().ok().map(Value::from),
        _ => Some(json!(text)),
    };
    let kind = match kind_of(option) {
        4 => "a whole number",
        5 => "true or false",
        _ => "a number",
    };
    value.ok_or_else(|| InputError::WrongType { option: name, kind, text: text.to_owned() })
}

fn parse<'a>(text: &'a str, commands: &'a [Command]) -> Result<CommandLine<'a>, InputError> {
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let known = commands.iter().find(|command| command.kind == 1 && command.name == name);
    let known = known.ok_or_else(|| {
        let names = commands.iter().filter(|command| command.kind == 1);
        let suggestion = did_you_mean("/", name, names.map(|command| command.name.as_str()));
        InputError::UnknownCommand { name: name.to_owned(), suggestion }
    })?;
    let mut command = name.to_owned();
    let mut options = options_of(&known.body);
    while options.iter().any(|option| kind_of(option) <= 2) {
        let (word, behind) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        let inner = options.iter().find(|option| string(option, "name") == word);
        let inner = inner.ok_or_else(|| {
            let names: Vec<String> = options.iter().map(|option| string(option, "name")).collect();
            let command = command.clone();
            InputError::UnknownSubcommand { command, subcommands: names.join(", ") }
        })?;
        command = format!("{command} {word}");
        (options, rest) = (options_of(inner), behind);
    }
    let given = values(rest, &options);
    Ok(CommandLine { command, options, given })
}

/// Returns the options given in `text`. Text before the first name belongs to the first option, as
/// it does in Discord's client.
fn values<'a>(text: &'a str, options: &[&Value]) -> Vec<(String, &'a str)> {
    let mut starts: Vec<(usize, usize, String)> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let head = text.get(..at).unwrap_or_default();
        let name = head.rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_known = options.iter().any(|option| string(option, "name") == name);
        if is_known && !starts.iter().any(|(.., known)| known == name) {
            starts.push((at - name.len(), at + 1, name.to_owned()));
        }
    }
    let first = starts.first().map_or(text.len(), |(start, ..)| *start);
    let loose = text.get(..first).unwrap_or_default().trim();
    let mut given = Vec::new();
    if let Some(option) = options.first().filter(|_| !loose.is_empty()) {
        given.push((string(option, "name"), loose));
    }
    for (index, (_, from, name)) in starts.iter().enumerate() {
        let to = starts.get(index + 1).map_or(text.len(), |(next, ..)| *next);
        given.push((name.clone(), text.get(*from..to).unwrap_or_default().trim()));
    }
    given
}

/// Returns what Tab does behind `line`.
#[must_use]
pub fn complete(line: &str, commands: &[Command]) -> Completion {
    if let Some(meta_command) = line.strip_prefix(':') {
        let fits = META_COMMANDS.iter().filter(|(name, ..)| name.starts_with(meta_command));
        let offer = fits.map(|(name, argument, purpose)| Candidate {
            shown: format!(":{name} {argument} – {purpose}"),
            text: format!(":{name} "),
        });
        return Completion::Offer(offer.collect());
    }
    let Some(text) = line.strip_prefix('/') else { return Completion::Offer(Vec::new()) };
    let leaves = commands.iter().filter(|it| it.kind == 1).flat_map(|it| leaves("", &it.body));
    let fits = leaves.filter(|(path, _)| path.starts_with(text));
    let offer: Vec<Candidate> = fits.map(|(path, body)| offered_command(&path, body)).collect();
    if !offer.is_empty() {
        return Completion::Offer(offer);
    }
    parse(text, commands).map_or(Completion::Offer(Vec::new()), |typed| behind(line, &typed))
}

/// Returns a command, or its subcommands, with their whole names.
fn leaves<'a>(before: &str, body: &'a Value) -> Vec<(String, &'a Value)> {
    let path = format!("{before}{}", string(body, "name"));
    let inner: Vec<&Value> =
        options_of(body).into_iter().filter(|option| kind_of(option) <= 2).collect();
    if inner.is_empty() {
        return vec![(path, body)];
    }
    inner.into_iter().flat_map(|option| leaves(&format!("{path} "), option)).collect()
}

fn offered_command(path: &str, body: &Value) -> Candidate {
    let option = |option: &&Value| match option.get("required") {
        Some(Value::Bool(true)) => format!(" {}:", string(option, "name")),
        _ => format!(" [{}:]", string(option, "name")),
    };
    let options: String = options_of(body).iter().map(option).collect();
    let shown = format!("/{path}{options} – {}", string(body, "description"));
    Candidate { shown, text: format!("/{path} ") }
}

/// Behind the command: values of the option that is being typed, and names of others.
fn behind(line: &str, command_line: &CommandLine<'_>) -> Completion {
    let last = command_line.given.last();
    let current = last.and_then(|(name, typed)| {
        let option = command_line.options.iter().find(|option| string(option, "name") == *name)?;
        Some((*option, *typed))
    });
    if let Some((option, typed)) = current {
        let name = string(option, "name");
        if option.get("autocomplete") == Some(&Value::Bool(true)) {
            let typed = typed.to_owned();
            return Completion::Ask { command: command_line.command.clone(), option: name, typed };
        }
        if matches!(kind_of(option), 6..=9 | 11) {
            return Completion::Name { kind: kind_of(option), typed: typed.to_owned() };
        }
        let values = fixed_values(option);
        let begins = typed.to_lowercase();
        let fits = values.iter().filter(|value| value.to_lowercase().starts_with(&begins));
        let before = line.strip_suffix(typed).unwrap_or(line);
        let offer: Vec<Candidate> = fits.map(|value| replacing(before, value, value)).collect();
        if !offer.is_empty() {
            return Completion::Offer(offer);
        }
    }
    let word = line.rsplit(' ').next().unwrap_or_default();
    let before = line.strip_suffix(word).unwrap_or(line);
    let new = command_line.options.iter().filter(|option| {
        let name = string(option, "name");
        let is_given = command_line.given.iter().any(|(given, _)| *given == name);
        let is_loose = !line.contains(&format!("{name}:"));
        name.starts_with(word) && (!is_given || (is_loose && command_line.given.len() == 1))
    });
    let offer = new.map(|option| {
        let name = string(option, "name");
        let shown = format!("{name}: – {}", string(option, "description"));
        replacing(before, &format!("{name}: "), &shown)
    });
    Completion::Offer(offer.collect())
}

/// Returns what a choice puts into the line in place of the typed beginning.
#[must_use]
pub(super) fn replacing(before: &str, text: &str, shown: &str) -> Candidate {
    Candidate { shown: shown.to_owned(), text: format!("{before}{text}") }
}

fn fixed_values(option: &Value) -> Vec<String> {
    if kind_of(option) == 5 {
        return vec!["true".to_owned(), "false".to_owned()];
    }
    choices_of(option).iter().map(|choice| string(choice, "name")).collect()
}

fn choices_of(option: &Value) -> &[Value] {
    option.get("choices").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn options_of(body: &Value) -> Vec<&Value> {
    body.get("options").and_then(Value::as_array).into_iter().flatten().collect()
}

fn kind_of(option: &Value) -> u64 {
    option.get("type").and_then(Value::as_u64).unwrap_or(3)
}

#[cfg(test)]
mod tests {
    use super::super::super::world::Scope;
    use super::*;

    fn commands() -> Vec<Command> {
        let command = |name: &str, options: Value| Command {
            id: 1,
            scope: Scope::Global,
            name: name.to_owned(),
            kind: 1,
            body: json!({"name": name, "description": "does it", "options": options}),
        };
        let text = |name: &str| json!({"name": name, "type": 3, "description": "text"});
        let mut speaker = text("speaker");
        speaker["autocomplete"] = json!(true);
        let private = json!({"name": "private", "type": 5, "description": "for you"});
        let show = json!({"name": "show", "type": 1, "options": [text("key")]});
        let style = json!({"name": "style", "type": 3, "choices": [
            {"name": "As text", "value": "plain"}, {"name": "Card", "value": "card"}]});
        let channel = json!({"name": "channel", "type": 7});
        let edit = json!({"name": "edit", "type": 1, "options": [style, channel]});
        vec![
            command("ask", json!([text("question"), speaker, private])),
            command("set", json!([show, edit])),
        ]
    }

    fn offered(line: &str) -> Vec<String> {
        match complete(line, &commands()) {
            Completion::Offer(offer) => offer.into_iter().map(|it| it.text).collect(),
            asked => vec![format!("{asked:?}")],
        }
    }

    #[test]
    fn options_are_read() {
        let value = |given: &Given| format!("{}={}", given.name, given.value);
        let read = |text| {
            let slash = read(text, &commands()).map_err(|error| error.to_string())?;
            let values: Vec<String> = slash.options.iter().map(value).collect();
            Ok::<_, String>(format!("{} {}", slash.command, values.join(" ")))
        };
        let all = r#"ask question="to: be: or" private=true"#;
        assert_eq!(read("ask question: to: be: or private: true"), Ok(all.to_owned()));
        let loose = r#"ask question="who?" speaker="Xi""#;
        assert_eq!(read("ask who? speaker: Xi"), Ok(loose.to_owned()));
        assert_eq!(read("set show x"), Ok(r#"set show key="x""#.to_owned()));
        let chosen = r##"set edit style="plain" channel="#news""##;
        assert_eq!(read("set edit style: as text channel: #news"), Ok(chosen.to_owned()));
        let choices = "The option style takes one of: As text, Card.";
        assert_eq!(read("set edit style: plain"), Err(choices.to_owned()));
        assert_eq!(read("set"), Err("/set is followed by one of: show, edit.".to_owned()));
        assert!(read("nope").is_err_and(|why| why.contains("/nope")));
        assert!(read("ask x private: yes").is_err_and(|why| why.contains("true or false")));
    }

    #[test]
    fn tab_offers_what_fits() {
        assert_eq!(offered("/"), ["/ask ", "/set show ", "/set edit "]);
        assert_eq!(offered("/set e"), ["/set edit "]);
        assert_eq!(offered("/set edit style: c"), ["/set edit style: Card"]);
        assert_eq!(offered("/set edit channel: ne"), [r#"Name { kind: 7, typed: "ne" }"#]);
        assert_eq!(offered("/ask "), ["/ask question: ", "/ask speaker: ", "/ask private: "]);
        assert_eq!(offered("/ask question: who sp"), ["/ask question: who speaker: "]);
        assert_eq!(offered("/ask x private: t"), ["/ask x private: true"]);
        let ask = r#"Ask { command: "ask", option: "speaker", typed: "Xi" }"#;
        assert_eq!(offered("/ask speaker: Xi"), [ask]);
        assert_eq!(offered(":re"), [":restart "]);
        assert!(offered("who").is_empty());
    }
}
