//! Discord's Markdown, as its client shows it: emphasis, code, quotes, headings, lists, links,
//! mentions, and escaped characters as themselves. It knows no terminal.

use super::super::Id;

/// How a stretch of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emphasis {
    /// `**bold**`.
    pub bold: bool,
    /// `*italic*` or `_italic_`.
    pub italic: bool,
    /// `__underlined__`.
    pub underlined: bool,
    /// `~~struck~~`.
    pub struck: bool,
    /// `||spoiler||`, hidden until it is clicked.
    pub spoiler: bool,
    /// `` `code` ``.
    pub code: bool,
    /// A mention: highlighted.
    pub mention: bool,
    /// `-# small`.
    pub small: bool,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyledSpan {
    /// How it is shown.
    pub emphasis: Emphasis,
    /// The text as it is shown.
    pub text: String,
}

/// A line as shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// `true` in a block quote.
    pub quoted: bool,
    /// Its text.
    pub spans: Vec<StyledSpan>,
}

/// Something mentioned in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention {
    /// `<@1>`
    User(Id),
    /// `<@&1>`
    Role(Id),
    /// `<#1>`
    Channel(Id),
}

/// Returns the lines of `markdown` as Discord shows them; `name` says what mentions are called.
pub fn shown(markdown: &str, name: &dyn Fn(Mention) -> String) -> Vec<Shown> {
    let mut lines = Vec::new();
    let (mut fenced, mut quoted_to_end) = (false, false);
    for line in markdown.split('\n') {
        let (mut quoted, mut rest) = (quoted_to_end, line);
        if !fenced && !quoted_to_end {
            if let Some(inner) = line.strip_prefix(">>> ") {
                (quoted, quoted_to_end, rest) = (true, true, inner);
            } else if let Some(inner) = line.strip_prefix("> ") {
                (quoted, rest) = (true, inner);
            }
        }
        if rest.starts_with("```") && (fenced || rest.matches("```").count() == 1) {
            fenced = !fenced;
            continue;
        }
        let spans = if fenced {
            let emphasis = Emphasis { code: true, ..Emphasis::default() };
            vec![StyledSpan { emphasis, text: rest.to_owned() }]
        } else {
            block(rest, name)
        };
        lines.push(Shown { quoted, spans });
    }
    lines
}

/// Returns a line outside of code: heading, small print, list or text.
fn block(line: &str, name: &dyn Fn(Mention) -> String) -> Vec<StyledSpan> {
    let (mut text, mut emphasis) = (line, Emphasis::default());
    for mark in ["# ", "## ", "### "] {
        if let Some(heading) = line.strip_prefix(mark) {
            (text, emphasis.bold) = (heading, true);
        }
    }
    if let Some(small) = line.strip_prefix("-# ") {
        (text, emphasis.small) = (small, true);
    }
    let mut found = Stretches { found: Vec::new(), name };
    let indented = text.trim_start_matches(' ');
    if let Some(item) = indented.strip_prefix("- ").or_else(|| indented.strip_prefix("* ")) {
        let indent = text.len() - indented.len();
        found.push(emphasis, &format!("{}• ", " ".repeat(indent)));
        text = item;
    }
    found.inline(text, emphasis);
    found.found
}

struct Stretches<'a> {
    found: Vec<StyledSpan>,
    name: &'a dyn Fn(Mention) -> String,
}

impl Stretches<'_> {
    fn push(&mut self, emphasis: Emphasis, text: &str) {
        match self.found.last_mut() {
            Some(last) if last.emphasis == emphasis => last.text.push_str(text),
            _ => self.found.push(StyledSpan { emphasis, text: text.to_owned() }),
        }
    }

    fn inline(&mut self, text: &str, emphasis: Emphasis) {
        let mut rest = text;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let behind = rest.get(c.len_utf8()..).unwrap_or_default();
            if let Some(after) = self.special(rest, before, emphasis) {
                rest = after;
            } else {
                self.push(emphasis, c.encode_utf8(&mut [0; 4]));
                rest = behind;
            }
            before = c;
        }
    }

    /// Returns what follows a mark at the start of `rest`, and all that it encloses.
    fn special<'t>(&mut self, rest: &'t str, before: char, outer: Emphasis) -> Option<&'t str> {
        if let Some(escaped) = rest.strip_prefix('\\') {
            let literal = escaped.chars().next().filter(char::is_ascii_punctuation)?;
            self.push(outer, literal.encode_utf8(&mut [0; 4]));
            return escaped.get(1..);
        }
        if let Some(after) = rest.strip_prefix('`') {
            let (code, after) = after.split_once('`').filter(|(code, _)| !code.is_empty())?;
            self.push(Emphasis { code: true, ..outer }, code);
            return Some(after);
        }
        if let Some(after) = rest.strip_prefix('<') {
            return self.bracketed(after, outer);
        }
        if rest.starts_with('[') {
            return self.link(rest, outer);
        }
        let (mark, emphasis) = opening(rest, before, outer)?;
        let inner = rest.get(mark.len()..)?;
        let end = closing(inner, mark)?;
        self.inline(inner.get(..end)?, emphasis);
        inner.get(end + mark.len()..)
    }

    /// Mentions, custom emoji and bare addresses, behind `<`.
    fn bracketed<'t>(&mut self, rest: &'t str, outer: Emphasis) -> Option<&'t str> {
        let (inner, after) = rest.split_once('>')?;
        let id = |prefix: &str| inner.strip_prefix(prefix)?.parse::<Id>().ok();
        let mention = id("@&")
            .map(Mention::Role)
            .or_else(|| id("@!").or_else(|| id("@")).map(Mention::User))
            .or_else(|| id("#").map(Mention::Channel));
        if let Some(mention) = mention {
            let named = (self.name)(mention);
            self.push(Emphasis { mention: true, ..outer }, &named);
            return Some(after);
        }
        let emoji = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':'));
        if let Some((name, _)) = emoji.and_then(|emoji| emoji.split_once(':')) {
            self.push(outer, &format!(":{name}:"));
            return Some(after);
        }
        let address = inner.starts_with("https://") || inner.starts_with("http://");
        address.then(|| self.push(outer, inner))?;
        Some(after)
    }

    /// `[text](address)`: the text with its address.
    fn link<'t>(&mut self, rest: &'t str, outer: Emphasis) -> Option<&'t str> {
        let end = closing(rest.strip_prefix('[')?, "](")?;
        let text = rest.get(1..=end)?;
        let (address, after) = rest.get(end + 3..)?.split_once(')')?;
        if !(address.starts_with("https://") || address.starts_with("http://")) {
            return None;
        }
        self.inline(text, Emphasis { underlined: true, ..outer });
        self.push(outer, &format!(" ({address})"));
        Some(after)
    }
}

/// Returns the mark that `rest` opens with, and what it does.
fn opening(rest: &str, before: char, outer: Emphasis) -> Option<(&'static str, Emphasis)> {
    let marks = [
        ("**", Emphasis { bold: true, ..outer }),
        ("__", Emphasis { underlined: true, ..outer }),
        ("~~", Emphasis { struck: true, ..outer }),
        ("||", Emphasis { spoiler: true, ..outer }),
        ("*", Emphasis { italic: true, ..outer }),
        ("_", Emphasis { italic: true, ..outer }),
    ];
    let (mark, emphasis) = marks.into_iter().find(|(mark, _)| rest.starts_with(mark))?;
    let next = rest.get(mark.len()..)?.chars().next()?;
    // A star before a space, and a low line inside a word, are just that.
    let is_literal = (mark == "*" && next == ' ') || (mark == "_" && before.is_alphanumeric());
    (!is_literal).then_some((mark, emphasis))
}

/// Returns where the closing mark is in `text`: not escaped, and not at its start.
fn closing(text: &str, mark: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        let here = text.get(at..)?;
        if !escaped && at > 0 && here.starts_with(mark) {
            // A single star does not close with half of a double one.
            let doubled = mark.len() == 1
                && (here.starts_with(&mark.repeat(2)) || text.get(..at)?.ends_with(mark));
            if !doubled {
                return Some(at);
            }
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks made visible in other characters than they were written in.
    fn read(markdown: &str) -> String {
        let name = |mention| format!("{mention:?}");
        let lines = shown(markdown, &name).into_iter().map(|line| {
            let text = line.spans.into_iter().map(|span| {
                let it = span.emphasis;
                let marks = [
                    (it.bold, "b"),
                    (it.italic, "i"),
                    (it.underlined, "u"),
                    (it.struck, "s"),
                    (it.spoiler, "h"),
                    (it.code, "c"),
                    (it.mention, "m"),
                    (it.small, "t"),
                ];
                let marks: String =
                    marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
                if marks.is_empty() { span.text } else { format!("{marks}‹{}›", span.text) }
            });
            format!("{}{}", if line.quoted { "┃" } else { "" }, text.collect::<String>())
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn emphasis_is_read() {
        assert_eq!(
            read("a **b *c* d** _e_ __f__ ~~g~~ ||h|| `i*j*`"),
            "a b‹b ›bi‹c›b‹ d› i‹e› u‹f› s‹g› h‹h› c‹i*j*›"
        );
        assert_eq!(
            read("2 * 3 * 4, snake_case_name, ** open"),
            "2 * 3 * 4, snake_case_name, ** open"
        );
    }

    #[test]
    fn escaped_characters_are_themselves() {
        assert_eq!(read(r"\*\*not bold\*\* \<\@1\> \`x\` a\b \\"), r"**not bold** <@1> `x` a\b \");
        assert_eq!(read(r"**bold \** still**"), "b‹bold ** still›");
        assert_eq!(read(r"\> no quote"), "> no quote");
    }

    #[test]
    fn blocks_are_read() {
        assert_eq!(
            read("> q **b**\n# head\n-# small\n- item"),
            "┃q b‹b›\nb‹head›\nt‹small›\n• item"
        );
        assert_eq!(read(">>> a\nb"), "┃a\n┃b");
        assert_eq!(read("```\n**x**\n```\ny"), "c‹**x**›\ny");
    }

    #[test]
    fn mentions_links_and_emoji_are_read() {
        assert_eq!(
            read("<@12> <@&3> <#4> <:wave:5> <x>"),
            "m‹User(12)› m‹Role(3)› m‹Channel(4)› :wave: <x>"
        );
        assert_eq!(read("[a b](https://x.org/) [c](d)"), "u‹a b› (https://x.org/) [c](d)");
    }
}
