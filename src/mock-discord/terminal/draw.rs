//! Messages drawn as Discord's client would show them: values in, lines out. It knows no
//! terminal, and reads nothing but the world it is handed.

use anstyle::Style;
use serde_json::Value;

use super::super::Id;
use super::super::world::{Attachment, Message, SUPPRESS_EMBEDS, World};
use super::control::{Control, Controls, Kind, string};
use super::markdown::{self, Emphasis, Mention, Shown};
use super::text::{CONTROL, FAINT, Line, PLAIN, STRONG};

/// How things are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// `true` if styles will be seen. If not, bold text is between its stars.
    pub styled: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 80, styled: false }
    }
}

/// Who looks at a message, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// The person.
    pub user: Id,
    /// The channel the person is in.
    pub channel: Id,
}

/// Draws a message; what can be pressed is numbered in `controls`.
pub fn message(
    world: &World,
    message: &Message,
    viewer: Viewer,
    controls: &mut Controls,
    look: Look,
) -> Vec<Line> {
    let canvas = Canvas { world, look };
    if message.deleted {
        let author = user_name(world, message.author);
        return vec![Line::new(FAINT, format!("(a message of {author}’s was deleted)"))];
    }
    let mut lines = canvas.wrapped(&header(world, message, viewer), "");
    if message.is_loading() {
        lines.push(Line::new(FAINT, "  is thinking…"));
    }
    let rows = controls.number(message);
    if !message.content.is_empty() {
        lines.extend(canvas.text(&message.content, "  "));
    }
    if message.flags & SUPPRESS_EMBEDS == 0 {
        lines.extend(message.embeds.iter().flat_map(|embed| canvas.embed(embed)));
    }
    let files = message.attachments.iter().filter_map(|id| world.attachments.get(id));
    lines.extend(files.flat_map(|file| canvas.file(file)));
    lines.extend(rows.iter().flat_map(|row| canvas.row(row)));
    if message.is_ephemeral() {
        let interaction = message.interaction.and_then(|id| world.interactions.get(&id));
        let who = match interaction {
            Some(asked) if asked.user != viewer.user => user_name(world, asked.user),
            _ => "you".to_owned(),
        };
        lines.push(Line::new(FAINT, format!("  (only {who} can see this)")));
    }
    lines
}

/// Draws what a bot suggests for an option that is being typed.
#[must_use]
pub fn choices(choices: &[Value], look: Look) -> Vec<Line> {
    let choice = |choice: &Value| Line::new(PLAIN, string(choice, "name"));
    let margin = Line::new(CONTROL, "  · ");
    choices.iter().flat_map(|it| choice(it).wrapped(&margin, look.width)).collect()
}

/// Returns the name of a channel as people say it.
#[must_use]
pub fn place(world: &World, channel: Id) -> String {
    match world.channels.get(&channel) {
        Some(channel) if channel.guild.is_some() => format!("#{}", channel.name),
        Some(channel) if channel.recipients.len() > 1 => "a group".to_owned(),
        _ => "direct messages".to_owned(),
    }
}

/// Returns the server of a channel.
pub(super) fn guild(world: &World, channel: Id) -> Option<Id> {
    world.channels.get(&channel)?.guild
}

/// Returns the name of a user.
#[must_use]
pub fn user_name(world: &World, user: Id) -> String {
    world.users.get(&user).map_or_else(|| "unknown-user".to_owned(), |user| user.name.clone())
}

fn header(world: &World, message: &Message, viewer: Viewer) -> Line {
    let mut line = Line::new(STRONG, user_name(world, message.author));
    if world.users.get(&message.author).is_some_and(|user| user.bot) {
        line = line.then(FAINT, " [APP]");
    }
    if message.channel != viewer.channel {
        line = line.then(FAINT, format!(" in {}", place(world, message.channel)));
    }
    let replied = message.reply_to.and_then(|id| world.messages.get(&id));
    if let Some(replied) = replied {
        line = line.then(FAINT, format!(" replies to {}", user_name(world, replied.author)));
    }
    let asked = message.interaction.and_then(|id| world.interactions.get(&id));
    let first = asked.filter(|asked| asked.original == Some(message.id));
    if let Some((asked, command)) = first.and_then(|it| it.command.as_ref().map(|name| (it, name)))
    {
        let slash = if asked.command_type == Some(1) { "/" } else { "" };
        let who = user_name(world, asked.user);
        line = line.then(FAINT, format!(" · {who} used {slash}{command}"));
    }
    if message.edited_ms.is_some() { line.then(FAINT, " (edited)") } else { line }
}

/// The lines on which one message is drawn.
struct Canvas<'a> {
    world: &'a World,
    look: Look,
}

impl Canvas<'_> {
    fn wrapped(&self, line: &Line, margin: &str) -> Vec<Line> {
        line.wrapped(&Line::new(FAINT, margin), self.look.width)
    }

    /// Text in Markdown.
    fn text(&self, markdown: &str, margin: &str) -> Vec<Line> {
        let name = |mention| self.mentioned(mention);
        let shown = markdown::shown(markdown, &name);
        shown.iter().flat_map(|line| self.shown(line, margin)).collect()
    }

    fn shown(&self, shown: &Shown, margin: &str) -> Vec<Line> {
        let margin = if shown.quoted { format!("{margin}┃ ") } else { margin.to_owned() };
        let line = shown.spans.iter().fold(Line::default(), |line, span| {
            let (style, mark) = self.appearance(span.emphasis);
            line.then(style, mark).then(style, &span.text).then(style, mark)
        });
        self.wrapped(&line, &margin)
    }

    /// Returns the style, and the mark around it where styles are not seen.
    fn appearance(&self, emphasis: Emphasis) -> (Style, &'static str) {
        let mut style = PLAIN;
        let mut mark = "";
        let looks = [
            (emphasis.small, PLAIN.dimmed(), ""),
            (emphasis.mention || emphasis.code, CONTROL, if emphasis.code { "`" } else { "" }),
            (emphasis.struck, style.strikethrough(), "~~"),
            (emphasis.spoiler, style.invert(), "||"),
            (emphasis.underlined, style.underline(), "__"),
            (emphasis.italic, style.italic(), "*"),
            (emphasis.bold, STRONG, "**"),
        ];
        for (_, look, around) in looks.into_iter().filter(|(on, ..)| *on) {
            let color = look.get_fg_color().or(style.get_fg_color());
            style = style.fg_color(color).effects(style.get_effects() | look.get_effects());
            mark = around;
        }
        (style, if self.look.styled { "" } else { mark })
    }

    fn mentioned(&self, mention: Mention) -> String {
        let role = |id: Id| {
            let mut roles = self.world.guilds.values().filter_map(|guild| guild.roles.get(&id));
            roles.next().map_or("unknown-role", |role| role.name.as_str())
        };
        match mention {
            Mention::User(id) => format!("@{}", user_name(self.world, id)),
            Mention::Role(id) => format!("@{}", role(id).trim_start_matches('@')),
            Mention::Channel(id) => place(self.world, id),
        }
    }

    fn embed(&self, embed: &Value) -> Vec<Line> {
        const BAR: &str = "  │ ";
        let mut lines = vec![Line::new(FAINT, format!("  ╭{}", "─".repeat(20)))];
        let author = embed.get("author").map(|it| string(it, "name")).unwrap_or_default();
        for (style, text) in [(STRONG, author), (STRONG, string(embed, "title"))] {
            if !text.is_empty() {
                lines.extend(self.wrapped(&Line::new(style, text), BAR));
            }
        }
        let description = string(embed, "description");
        if !description.is_empty() {
            lines.extend(self.text(&description, BAR));
        }
        for field in embed.get("fields").and_then(Value::as_array).into_iter().flatten() {
            lines.extend(self.wrapped(&Line::new(STRONG, string(field, "name")), BAR));
            lines.extend(self.text(&string(field, "value"), BAR));
        }
        let footer = embed.get("footer").map(|it| string(it, "text")).unwrap_or_default();
        for line in footer.lines() {
            lines.extend(self.wrapped(&Line::new(FAINT, line), BAR));
        }
        lines.push(Line::new(FAINT, format!("  ╰{}", "─".repeat(20))));
        lines
    }

    /// Returns a file, with the first lines of a text.
    fn file(&self, file: &Attachment) -> Vec<Line> {
        const PREVIEW: usize = 6;
        let size = file.bytes.len();
        let mut lines = vec![Line::new(CONTROL, format!("  [file {}, {size} bytes]", file.name))];
        let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
        for line in text.lines().take(PREVIEW) {
            lines.extend(self.wrapped(&Line::new(FAINT, line), "  ┆ "));
        }
        if text.lines().nth(PREVIEW).is_some() {
            lines.push(Line::new(FAINT, "  ┆ …"));
        }
        lines
    }

    /// Returns a row of buttons, or a menu with its entries.
    fn row(&self, row: &[(usize, Control)]) -> Vec<Line> {
        let mut buttons = Line::default();
        let mut below = Vec::new();
        for (number, control) in row {
            let style = if control.disabled { FAINT } else { CONTROL };
            let off = if control.disabled { " (off)" } else { "" };
            // Spaces that do not break keep a button whole.
            let label = control.label.replace(' ', "\u{a0}");
            let drawn = match &control.kind {
                Kind::Link(url) => {
                    let line = Line::new(FAINT, format!("{number} ↗ {url}"));
                    below.extend(self.wrapped(&line, "  "));
                    format!("[{number}\u{a0}{label}\u{a0}↗]")
                }
                Kind::Menu { entries, .. } => {
                    for (index, entry) in entries.iter().enumerate() {
                        let line = Line::new(CONTROL, format!("{number}.{} ", index + 1));
                        let line = line.then(PLAIN, &entry.label);
                        below.extend(self.wrapped(&line, "    "));
                        if !entry.description.is_empty() {
                            below.extend(
                                self.wrapped(&Line::new(FAINT, &entry.description), "        "),
                            );
                        }
                    }
                    format!("[{number}\u{a0}{label}\u{a0}▾]")
                }
                Kind::Button(_) | Kind::Other => format!("[{number}\u{a0}{label}{off}]"),
            };
            buttons = buttons.then(style, drawn).then(PLAIN, " ");
        }
        let mut lines = buttons.wrapped(&Line::new(PLAIN, "  "), self.look.width);
        for run in lines.iter_mut().flat_map(|line| &mut line.0) {
            run.text = run.text.replace('\u{a0}', " ");
        }
        lines.extend(below);
        lines
    }
}
