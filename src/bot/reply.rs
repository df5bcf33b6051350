//! Responses in Discord's terms and within Discord's limits.
//!
//! A reply fits by construction: what would not fit is refused whole, never cut. This file knows
//! nothing of wording, documents or how a reply is sent. Lengths are UTF-16 code units, as the
//! strictest of Discord's clients counts.

use super::escape::shown;
use super::limits;
use engine::knowledge::Corpus;

/// Returns the length of `text` as Discord counts it: in UTF-16 code units.
#[must_use]
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The response to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Response {
    /// A new message.
    Message(Reply),
    /// The pressed message becomes this, and keeps nothing of what it was.
    Update(Reply),
    /// The pressed message becomes `update`, and `post` is a new message.
    Share {
        /// The new content of the pressed message.
        update: Reply,
        /// The new message, for everyone.
        post: Reply,
    },
    /// The message that the command points at is deleted; then this is said.
    Delete(Reply),
    /// A form opens, for the person alone.
    Form(Form),
    /// Choices for what someone is typing.
    Choices(Vec<Choice>),
    /// Nothing.
    Nothing,
}

/// The audience of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everyone in the place.
    Public,
    /// The person who is answered (an ephemeral message).
    Private,
}

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    audience: Audience,
    blocks: Vec<Block>,
    rows: Vec<Row>,
    file: Option<File>,
}

/// A file that hangs on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Text in Markdown, in which text of others is escaped.
    Text(String),
    /// Words of a document within the text of the message.
    Quote(Quote),
    /// An embed.
    Card(Card),
}

/// Words of a document with the line that says whose they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, as a block quote in Markdown.
    pub words: String,
    /// The attribution, in Markdown.
    pub attribution: String,
    /// Their place in the source.
    pub source: Source,
}

/// An embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// First line; plain text.
    pub author: String,
    /// Markdown.
    pub description: String,
    /// Last lines; plain text.
    pub footer: String,
    /// The place of the description, if it is a document's words.
    pub source: Option<Source>,
}

/// A place in a source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the document for machines.
    pub slug: String,
    /// First byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// A row of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One menu, from which one entry is chosen.
    Select(Select),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// Its label.
    pub label: String,
    /// What it does.
    pub target: Target,
}

/// The action of a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It is a press with this id.
    Press(String),
    /// The same, for what cannot be taken back.
    Danger(String),
    /// It opens this address.
    Link(String),
}

/// A menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// Its id.
    pub component_id: String,
    /// The placeholder, before a choice is made.
    pub placeholder: String,
    /// One to 25 entries with different values.
    pub entries: Vec<Entry>,
}

/// An entry of a menu; plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// First line.
    pub label: String,
    /// Second line.
    pub description: String,
    /// The value that comes back.
    pub value: String,
}

/// A form with one line to fill in; plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its id, which comes back with what is typed.
    pub component_id: String,
    /// The title.
    pub title: String,
    /// The label of the line.
    pub label: String,
    /// The placeholder of the line.
    pub placeholder: String,
    /// The most characters of the line.
    pub max_length: usize,
}

/// A choice of an autocompletion; plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The text that is shown.
    pub name: String,
    /// The value that comes back.
    pub value: String,
}

impl Block {
    /// Returns whether it shows words of a document as they are there.
    #[must_use]
    pub fn is_quotation(&self) -> bool {
        self.source().is_some()
    }

    /// Returns where what it quotes is.
    #[must_use]
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Text(_) => None,
            Self::Quote(quote) => Some(&quote.source),
            Self::Card(card) => card.source.as_ref(),
        }
    }
}

impl Reply {
    /// An empty message.
    #[must_use]
    pub fn new(audience: Audience) -> Self {
        Self { audience, blocks: Vec::new(), rows: Vec::new(), file: None }
    }

    /// Returns a message of one text, for the person alone.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        Self::new(Audience::Private).text(text)
    }

    /// Adds a block; `false` and no change where the message would no longer fit.
    pub fn push(&mut self, block: Block) -> bool {
        let is_card = matches!(block, Block::Card(_));
        let fits_alone = match &block {
            Block::Card(card) => card.fits(),
            Block::Text(text) => !text.trim().is_empty(),
            Block::Quote(_) => true,
        };
        if !fits_alone {
            return false;
        }
        self.blocks.push(block);
        let fits = if is_card {
            let total: usize = self.cards().map(Card::units).sum();
            self.cards().count() <= limits::EMBEDS && total <= limits::EMBED_TOTAL
        } else {
            units(&self.content()) <= limits::CONTENT
        };
        if !fits {
            self.blocks.pop();
        }
        fits
    }

    /// Returns the message with a text more, where it fits.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.push(Block::Text(text.into()));
        self
    }

    /// Returns the message with a row more; a row without components is none.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        let row = match row {
            Row::Buttons(mut buttons) => {
                buttons.truncate(limits::BUTTONS);
                Row::Buttons(buttons)
            }
            Row::Select(mut select) => {
                select.entries.truncate(limits::CHOICES);
                Row::Select(select)
            }
        };
        let is_empty = match &row {
            Row::Buttons(buttons) => buttons.is_empty(),
            Row::Select(select) => select.entries.is_empty(),
        };
        if !is_empty && self.rows.len() < limits::ROWS {
            self.rows.push(row);
        }
        self
    }

    /// Returns the message with a file.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.file = Some(file);
        self
    }

    /// Returns the file that hangs on it.
    #[must_use]
    pub fn attached(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// Returns who sees it.
    #[must_use]
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Returns its parts.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Returns its components.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the text of the message: everything but the embeds, in Markdown.
    #[must_use]
    pub fn content(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.clone()),
            Block::Quote(quote) => Some(format!("{}\n{}", quote.words, quote.attribution)),
            Block::Card(_) => None,
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// Returns its embeds.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Card(card) => Some(card),
            Block::Text(_) | Block::Quote(_) => None,
        })
    }

    /// Returns whether Discord is told to add no embeds: wherever the message has none of its own.
    #[must_use]
    pub fn suppresses_embeds(&self) -> bool {
        self.cards().next().is_none()
    }

    /// Returns whether every quoted word is shown exactly as it is in the source.
    #[must_use]
    pub fn is_verbatim(&self, corpus: &Corpus) -> bool {
        let stands = |words: &str, source: &Source| {
            corpus.slice(&source.slug, source.start, source.end) == Some(&*shown(words))
        };
        self.blocks.iter().all(|block| match block {
            Block::Text(_) => true,
            Block::Quote(quote) => stands(&quote.words, &quote.source),
            Block::Card(card) => {
                card.source.as_ref().is_none_or(|source| stands(&card.description, source))
            }
        })
    }
}

impl Card {
    fn units(&self) -> usize {
        units(&self.author) + units(&self.description) + units(&self.footer)
    }

    fn fits(&self) -> bool {
        units(&self.author) <= limits::AUTHOR
            && units(&self.description) <= limits::DESCRIPTION
            && units(&self.footer) <= limits::FOOTER
            && !self.description.is_empty()
    }
}
