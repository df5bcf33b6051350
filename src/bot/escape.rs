//! Text of others inside Discord's Markdown: literal characters, whatever they are.
//!
//! What is quoted stays whole: [`shown`] of [`escape`] is the text again. In quoted text,
//! characters that cannot be seen but change how others look (control characters, zero-width
//! characters, direction marks) stand as their code points, `‹U+202E›`; in echoed text they are
//! left out. This file knows nothing of embeds or lengths of messages.

/// Signs that mean something anywhere in a line. `:` and `/` end links, emoji and invites; `‹`
/// opens the code point of a character that cannot be seen.
const SIGNS: &[char] =
    &['\\', '*', '_', '~', '|', '`', '<', '>', '#', '@', ':', '[', ']', '(', ')', '/', '‹'];

/// `text` as Markdown that shows exactly its characters; line breaks stay.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len() + text.len() / 8);
    let mut line = LineStart::Blank;
    for c in text.chars() {
        let opens_list = match line {
            LineStart::Blank => matches!(c, '-' | '+'),
            LineStart::Number => c == '.',
            LineStart::Past => false,
        };
        line = line.after(c);
        if c != '\n' && c != '\t' && is_unseen(c) {
            markdown.extend(["‹", &format!("U+{:04X}", u32::from(c)), "›"]);
            continue;
        }
        if opens_list || SIGNS.contains(&c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

/// Returns what people see of `markdown` that was made of [`escape`]d text, emphasis and block
/// quotes.
#[must_use]
pub fn shown(markdown: &str) -> String {
    let lines =
        markdown.split('\n').map(|line| shown_line(line.strip_prefix("> ").unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n")
}

fn shown_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (_, behind) = rest.split_at(c.len_utf8());
        rest = behind;
        match c {
            '\\' => {
                let mut literal = behind.chars();
                text.extend(literal.next());
                rest = literal.as_str();
            }
            '‹' => {
                let named = named(behind);
                text.push(named.map_or(c, |(unseen, _)| unseen));
                rest = named.map_or(behind, |(_, behind)| behind);
            }
            '*' | '_' => {}
            _ => text.push(c),
        }
    }
    text
}

/// Returns the character named at the start of `text`, `U+202E›`, and what follows it.
fn named(text: &str) -> Option<(char, &str)> {
    let (digits, behind) = text.strip_prefix("U+")?.split_once('›')?;
    Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, behind))
}

/// Something typed, to be shown back inside a sentence: one line without anything unseen, at most
/// `limit` characters, escaped.
#[must_use]
pub fn echo(text: &str, limit: usize) -> String {
    escape(&plain(text, limit))
}

/// Returns the same as [`echo`], for places that show no Markdown.
#[must_use]
pub(super) fn plain(text: &str, limit: usize) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !is_unseen(*c)).collect();
    shorten(&visible.split_whitespace().collect::<Vec<_>>().join(" "), limit)
}

/// `text` where it has at most `limit` UTF-16 code units; else its beginning and an ellipsis.
fn shorten(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let mut length = 1;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= limit
    };
    let head: String = text.chars().take_while(fits).collect();
    format!("{}…", head.trim_end())
}

/// How far the start of a line is read, for marks that count only there.
#[derive(Clone, Copy)]
enum LineStart {
    Blank,
    Number,
    Past,
}

impl LineStart {
    fn after(self, c: char) -> Self {
        match (self, c) {
            (_, '\n') => Self::Blank,
            (Self::Blank, c) if c.is_whitespace() => Self::Blank,
            (Self::Blank | Self::Number, c) if c.is_ascii_digit() => Self::Number,
            _ => Self::Past,
        }
    }
}

/// Returns whether a character has no look of its own: control, format and default-ignorable
/// characters of Unicode, variation selectors and tags, separators of lines, noncharacters.
pub(super) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x0600..=0x0605 | 0x061C | 0x06DD | 0x070F | 0x0890..=0x0891
            | 0x08E2 | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD | 0x1_3430..=0x1_343F | 0x1_BCA0..=0x1_BCA3
            | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_0FFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}
