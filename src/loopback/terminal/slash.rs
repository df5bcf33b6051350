//! Slash commands as typed in a line: `/ask question: … private: true`, and what Tab offers
//! there. Commands come as they were registered; nothing is sent from here.

use serde_json::{Value, json};

use super::super::world::Command;
use super::control::string;
use super::typed::ORDERS;

/// A command with its options filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Slash {
    /// Its name, with those of subcommands.
    pub command: String,
    /// Names and values.
    pub options: Vec<(String, Value)>,
}

/// Something that Tab offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is shown in the list.
    pub shown: String,
    /// What takes the place of what was typed.
    pub text: String,
}

/// What Tab does.
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
        /// What was typed of its value.
        typed: String,
    },
}

/// A command line cut into its parts.
struct Parts<'a> {
    command: String,
    options: Vec<&'a Value>,
    /// Names of options, and what stands behind them.
    given: Vec<(String, &'a str)>,
}

/// Reads what was typed behind the slash.
///
/// # Errors
///
/// A sentence that says which command or option there is not.
pub fn read(text: &str, commands: &[Command]) -> Result<Slash, String> {
    let parts = cut(text, commands)?;
    let mut options = Vec::new();
    for (name, value) in &parts.given {
        let declared = parts.options.iter().find(|option| string(option, "name") == *name);
        let kind = declared.and_then(|option| option.get("type")).and_then(Value::as_u64);
        options.push((name.clone(), typed_value(name, value, kind.unwrap_or(3))?));
    }
    Ok(Slash { command: parts.command, options })
}

fn typed_value(name: &str, text: &str, kind: u64) -> Result<Value, String> {
    let value = match kind {
        4 => text.parse::<i64>().ok().map(Value::from),
        5 => text.parse::<bool>().ok().map(Value::from),
        10 => text.parse::<f64>().ok().map(Value::from),
        _ => Some(json!(text)),
    };
    let kind = if kind == 5 { "true or false" } else { "a number" };
    value.ok_or_else(|| format!("The option {name} takes {kind}, not “{text}”."))
}

fn cut<'a>(text: &'a str, commands: &'a [Command]) -> Result<Parts<'a>, String> {
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let known = commands.iter().find(|command| command.kind == 1 && command.name == name);
    let known =
        known.ok_or_else(|| format!("There is no command /{name}; / and Tab list them."))?;
    let mut command = name.to_owned();
    let mut options = options_of(&known.body);
    while options.iter().any(|option| kind_of(option) <= 2) {
        let (word, behind) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        let inner = options.iter().find(|option| string(option, "name") == word);
        let inner = inner.ok_or_else(|| {
            let names: Vec<String> = options.iter().map(|option| string(option, "name")).collect();
            format!("/{command} is followed by one of: {}.", names.join(", "))
        })?;
        command = format!("{command} {word}");
        (options, rest) = (options_of(inner), behind);
    }
    let given = values(rest, &options);
    Ok(Parts { command, options, given })
}

/// The options given in `text`. Text before the first name belongs to the first option, as it
/// does in Discord's client.
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

/// What Tab does behind `line`.
#[must_use]
pub fn complete(line: &str, commands: &[Command]) -> Completion {
    if let Some(order) = line.strip_prefix(':') {
        let fits = ORDERS.iter().filter(|(name, ..)| name.starts_with(order));
        let offer = fits.map(|(name, argument, purpose)| Candidate {
            shown: format!(":{name} {argument} – {purpose}"),
            text: format!(":{name} "),
        });
        return Completion::Offer(offer.collect());
    }
    let Some(text) = line.strip_prefix('/') else { return Completion::Offer(Vec::new()) };
    if !text.contains(' ') {
        let slash = commands.iter().filter(|it| it.kind == 1 && it.name.starts_with(text));
        return Completion::Offer(slash.map(offered_command).collect());
    }
    cut(text, commands).map_or(Completion::Offer(Vec::new()), |parts| behind(line, &parts))
}

fn offered_command(command: &Command) -> Candidate {
    let option = |option: &&Value| match option.get("required") {
        Some(Value::Bool(true)) => format!(" {}:", string(option, "name")),
        _ => format!(" [{}:]", string(option, "name")),
    };
    let options: String = options_of(&command.body).iter().map(option).collect();
    let shown = format!("/{}{options} – {}", command.name, string(&command.body, "description"));
    Candidate { shown, text: format!("/{} ", command.name) }
}

/// Behind the command: values of the option that is being typed, and names of others.
fn behind(line: &str, parts: &Parts<'_>) -> Completion {
    let last = parts.given.last();
    let current = last.and_then(|(name, typed)| {
        let option = parts.options.iter().find(|option| string(option, "name") == *name)?;
        Some((*option, *typed))
    });
    if let Some((option, typed)) = current {
        let name = string(option, "name");
        if option.get("autocomplete") == Some(&Value::Bool(true)) {
            let typed = typed.to_owned();
            return Completion::Ask { command: parts.command.clone(), option: name, typed };
        }
        let values = fixed_values(option);
        let fits = values.iter().filter(|value| value.starts_with(typed));
        let before = line.strip_suffix(typed).unwrap_or(line);
        let offer: Vec<Candidate> = fits.map(|value| replacing(before, value, value)).collect();
        if !offer.is_empty() {
            return Completion::Offer(offer);
        }
    }
    let word = line.rsplit(' ').next().unwrap_or_default();
    let before = line.strip_suffix(word).unwrap_or(line);
    let new = parts.options.iter().filter(|option| {
        let name = string(option, "name");
        let is_given = parts.given.iter().any(|(given, _)| *given == name);
        let is_loose = !line.contains(&format!("{name}:"));
        name.starts_with(word) && (!is_given || (is_loose && parts.given.len() == 1))
    });
    let offer = new.map(|option| {
        let name = string(option, "name");
        let shown = format!("{name}: – {}", string(option, "description"));
        replacing(before, &format!("{name}: "), &shown)
    });
    Completion::Offer(offer.collect())
}

/// What a choice puts into the line in place of the typed beginning.
#[must_use]
pub(super) fn replacing(before: &str, text: &str, shown: &str) -> Candidate {
    Candidate { shown: shown.to_owned(), text: format!("{before}{text}") }
}

fn fixed_values(option: &Value) -> Vec<String> {
    if kind_of(option) == 5 {
        return vec!["true".to_owned(), "false".to_owned()];
    }
    let choices = option.get("choices").and_then(Value::as_array).into_iter().flatten();
    choices.map(|choice| string(choice, "name")).collect()
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
        vec![
            command("ask", json!([text("question"), speaker, private])),
            command("set", json!([show])),
        ]
    }

    fn offered(line: &str) -> Vec<String> {
        match complete(line, &commands()) {
            Completion::Offer(offer) => offer.into_iter().map(|it| it.text).collect(),
            asked @ Completion::Ask { .. } => vec![format!("{asked:?}")],
        }
    }

    #[test]
    fn options_are_read() {
        let read =
            |text| read(text, &commands()).map(|it| format!("{} {:?}", it.command, it.options));
        let all = r#"ask [("question", String("to: be: or")), ("private", Bool(true))]"#;
        assert_eq!(read("ask question: to: be: or private: true"), Ok(all.to_owned()));
        let loose = r#"ask [("question", String("who?")), ("speaker", String("Xi"))]"#;
        assert_eq!(read("ask who? speaker: Xi"), Ok(loose.to_owned()));
        assert_eq!(read("set show x"), Ok(r#"set show [("key", String("x"))]"#.to_owned()));
        assert_eq!(read("set"), Err("/set is followed by one of: show.".to_owned()));
        assert!(read("nope").is_err_and(|why| why.contains("/nope")));
        assert!(read("ask x private: yes").is_err_and(|why| why.contains("true or false")));
    }

    #[test]
    fn tab_offers_what_fits() {
        assert_eq!(offered("/"), ["/ask ", "/set "]);
        assert_eq!(offered("/ask "), ["/ask question: ", "/ask speaker: ", "/ask private: "]);
        assert_eq!(offered("/ask question: who sp"), ["/ask question: who speaker: "]);
        assert_eq!(offered("/ask x private: t"), ["/ask x private: true"]);
        let ask = r#"Ask { command: "ask", option: "speaker", typed: "Xi" }"#;
        assert_eq!(offered("/ask speaker: Xi"), [ask]);
        assert_eq!(offered(":re"), [":restart "]);
        assert!(offered("who").is_empty());
    }
}
