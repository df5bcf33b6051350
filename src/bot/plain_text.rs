//! A reply drawn in plain text, for people who test and read. Nothing is decided here.

use std::fmt;

use super::reply::{Audience, Button, Entry, Form, Reply, Response, Row, Target};

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(reply) => write!(f, "{reply}"),
            Self::Update(reply) => write!(f, "(updates the message)\n{reply}"),
            Self::Share { update, post } => {
                write!(f, "(updates the message)\n{update}\n(posts)\n{post}")
            }
            Self::Delete(reply) => write!(f, "(deletes the message)\n{reply}"),
            Self::Form(Form { component_id, title, label, placeholder, max_length }) => write!(
                f,
                "(opens a form)\n{title}\n{label}: {placeholder} (at most {max_length})\n\
                 ({component_id})"
            ),
            Self::Choices(choices) => {
                let lines =
                    choices.iter().map(|choice| format!("{} = {}", choice.name, choice.value));
                f.write_str(&lines.collect::<Vec<_>>().join("\n"))
            }
            Self::Nothing => f.write_str("(nothing)"),
        }
    }
}

/// As it would look, in text: for people who test and read.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut drawn = vec![match self.audience() {
            Audience::Public => "(public)".to_owned(),
            Audience::Private => "(private)".to_owned(),
        }];
        drawn.extend(self.content().lines().map(str::to_owned));
        for card in self.cards() {
            let lined = |text: &str, mark: &str| -> Vec<String> {
                text.lines().map(|line| format!("{mark} {line}").trim_end().to_owned()).collect()
            };
            drawn.extend(lined(&card.author, "┌"));
            drawn.extend(lined(&card.description, "│"));
            drawn.extend(lined(&card.footer, "└"));
        }
        if let Some(file) = self.attached() {
            drawn.push(format!("<{}>", file.name));
            drawn.extend(file.text.lines().map(|line| format!("  {line}").trim_end().to_owned()));
        }
        drawn.extend(self.rows().iter().map(Row::to_string));
        f.write_str(&drawn.join("\n"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let items: Vec<String> = match self {
            Self::Buttons(buttons) => {
                let target = |button: &Button| match &button.target {
                    Target::Press(id) => id.clone(),
                    Target::Danger(id) => format!("danger: {id}"),
                    Target::Link(url) => url.clone(),
                };
                buttons.iter().map(|b| format!("[ {} ]({})", b.label, target(b))).collect()
            }
            Self::Select(select) => {
                let head = format!("[ {} ▾ ]({})", select.placeholder, select.component_id);
                let entry =
                    |e: &Entry| format!("    {} = {} | {}", e.value, e.label, e.description);
                let entries = select.entries.iter().map(entry);
                return f.write_str(
                    &std::iter::once(head).chain(entries).collect::<Vec<_>>().join("\n"),
                );
            }
        };
        f.write_str(&items.join(" "))
    }
}
