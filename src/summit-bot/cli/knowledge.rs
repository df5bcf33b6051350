//! `summit-bot knowledge`: what the bot knows, checked, and shown with whose words it is.

use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::bail;

use super::terminal::{FAINT, PLAIN, Piece, Printer, STRONG, WARNING, piece};
use super::{Exit, Library, suggest};
use crate::service;
use bot::wording::{self, plural};
use engine::answer::{Origin, Person};
use engine::knowledge::{
    Attribution, Corpus, Document, MAX_EXCERPT_WORDS, Region, Sentence, SpeakerId, Voice,
};

/// How like a name must be to be offered for an unknown one, by Jaro and Winkler, from 0 to 1.
const LEAST_LIKENESS: f64 = 0.75;

/// Check the texts and their annotations, or show whose words they are
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  summit-bot knowledge check
  summit-bot knowledge check --knowledge drafts
  summit-bot knowledge show cpc-world-political-parties-summit | less -R
  summit-bot knowledge suggest questions.jsonl")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Check every file, and say what is wrong or will never be quoted
    ///
    /// Exit codes: 0 where the folder can be used, 2 with every fault of every file where not.
    Check {
        #[command(flatten)]
        library: Library,
    },
    /// Show the texts sentence by sentence, with the voice of every word
    Show {
        /// The document, by its file name without the ending; all of them where none is named
        slug: Option<String>,

        #[command(flatten)]
        library: Library,
    },
    Suggest(suggest::Arguments),
}

pub(super) fn run(
    arguments: Arguments,
    config: Option<&Path>,
    out: &mut Printer,
) -> anyhow::Result<Exit> {
    match arguments.command {
        Command::Check { library } => {
            let settings = library.settings(config)?;
            check(&service::load_corpus(&settings.knowledge.directory)?, out)?;
        }
        Command::Show { slug, library } => {
            let settings = library.settings(config)?;
            let corpus = service::load_corpus(&settings.knowledge.directory)?;
            show(&corpus, slug.as_deref(), out)?;
        }
        Command::Suggest(arguments) => suggest::run(&arguments, config, out)?,
    }
    Ok(Exit::Done)
}

fn check(corpus: &Corpus, out: &mut Printer) -> anyhow::Result<()> {
    for document in corpus.documents() {
        check_document(document, out)?;
        out.blank()?;
    }
    let number = corpus.documents().len();
    let summary = format!("{number} {}, no faults.", plural(number, "document"));
    Ok(out.text(PLAIN, &summary)?)
}

fn check_document(document: &Document, out: &mut Printer) -> anyhow::Result<()> {
    out.text(STRONG, &format!("{}: {}", document.slug(), title(document)))?;
    let sentences = document.sentences();
    let quotable = || sentences.iter().filter(|sentence| sentence.is_quotable());
    let paragraphs = document.paragraphs().len();
    let counts = format!(
        "{paragraphs} {}, {} {}, of which {} can be quoted",
        plural(paragraphs, "paragraph"),
        sentences.len(),
        plural(sentences.len(), "sentence"),
        quotable().count(),
    );
    out.wrapped("  ", &[piece(PLAIN, counts)])?;
    let words_of = |speaker: Option<SpeakerId>| {
        quotable().filter(|sentence| sentence.attribution.speaker == speaker).count()
    };
    let author = document.author().unwrap_or("the document itself");
    out.line(&[piece(PLAIN, format!("  {:>5}  {author}", words_of(None)))])?;
    for (id, speaker) in document.speaker_ids() {
        let count = words_of(Some(id));
        // A speaker may speak only inside sentences that are mainly another's.
        let note = match count {
            0 if document.has_words_of(id) => " (only within sentences of others)",
            0 => " (listed; no words of theirs)",
            _ => "",
        };
        out.line(&[piece(PLAIN, format!("  {count:>5}  {}", speaker.name)), piece(FAINT, note)])?;
    }
    for sentence in sentences.iter().filter(|sentence| is_too_long(sentence)) {
        let warning = format!(
            "{} has {} words and will never be quoted: an excerpt has at most {MAX_EXCERPT_WORDS}",
            sentence.place, sentence.words
        );
        out.wrapped("  ", &[piece(WARNING, "warning: "), piece(PLAIN, warning)])?;
    }
    Ok(out.wrapped("  ", &[piece(FAINT, "note: "), piece(PLAIN, asks(document))])?)
}

/// Returns how many sentences have questions of their own, and which have none.
fn asks(document: &Document) -> String {
    /// So that a long text without questions does not fill the screen.
    const MOST_PLACES: usize = 8;
    let quotable = || document.sentences().iter().enumerate().filter(|(_, s)| s.is_quotable());
    let questions: usize = quotable().map(|(index, _)| document.asks(index).len()).sum();
    let without = || quotable().filter(|(index, _)| document.asks(*index).is_empty());
    let (total, lacking) = (quotable().count(), without().count());
    if questions == 0 {
        return "no [[ask]] lists questions that a sentence answers: each is found by its own \
                words only"
            .to_owned();
    }
    let asked = total - lacking;
    let have = if asked == 1 { "has" } else { "have" };
    let counts = format!(
        "{asked} {} {have} {questions} {} in [[ask]]",
        plural(asked, "sentence"),
        plural(questions, "question")
    );
    if lacking == 0 {
        return counts;
    }
    let shown: Vec<_> = without().map(|(_, s)| s.place.to_string()).take(MOST_PLACES).collect();
    let more = match lacking - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{counts}; without any: {}{more}", shown.join(", "))
}

fn show(corpus: &Corpus, slug: Option<&str>, out: &mut Printer) -> anyhow::Result<()> {
    let documents = corpus.documents();
    let is_wanted = |document: &&Document| slug.is_none_or(|slug| document.slug() == slug);
    let wanted: Vec<&Document> = documents.iter().filter(is_wanted).collect();
    if let (Some(slug), []) = (slug, &wanted[..]) {
        bail!("{}", unknown(slug, documents));
    }
    for (index, document) in wanted.into_iter().enumerate() {
        if index > 0 {
            out.blank()?;
        }
        show_document(document, out)?;
    }
    Ok(())
}

fn unknown(slug: &str, documents: &[Document]) -> String {
    let likeness = |document: &&Document| strsim::jaro_winkler(document.slug(), slug);
    let ranked = documents.iter().map(|document| (likeness(&document), document.slug()));
    let nearest = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    match nearest {
        Some((like, nearest)) if like >= LEAST_LIKENESS => {
            format!("there is no document “{slug}”; did you mean {nearest}?")
        }
        _ => {
            let slugs: Vec<&str> = documents.iter().map(Document::slug).collect();
            format!("there is no document “{slug}”; there are: {}", slugs.join(", "))
        }
    }
}

fn show_document(document: &Document, out: &mut Printer) -> anyhow::Result<()> {
    out.text(STRONG, &title(document))?;
    if out.has_color() {
        let legend = [Voice::Author, Voice::Reported, Voice::Speech, Voice::Quoted];
        let mut pieces = vec![piece(FAINT, "voices: ")];
        for voice in legend {
            pieces.push(piece(color(voice), voice.name()));
            pieces.push(piece(PLAIN, " "));
        }
        out.line(&pieces)?;
    }
    for sentence in document.sentences() {
        out.blank()?;
        show_sentence(document, sentence, out)?;
    }
    Ok(())
}

fn show_sentence(
    document: &Document,
    sentence: &Sentence,
    out: &mut Printer,
) -> anyhow::Result<()> {
    let why_not = match sentence.region {
        Region::Furniture => Some("not quoted: the site’s own text".to_owned()),
        Region::Skipped => Some("not quoted: a repetition or a heading".to_owned()),
        Region::Body if is_too_long(sentence) => {
            Some(format!("not quoted: {} words, over {MAX_EXCERPT_WORDS}", sentence.words))
        }
        Region::Body => None,
    };
    let place = format!("{} ", sentence.place);
    let text = sentence.span.slice(document.text());
    if let (Some(why_not), true) = (&why_not, sentence.region != Region::Body) {
        out.text(FAINT, &format!("{place}{why_not}"))?;
        return Ok(out.wrapped("    ", &[piece(FAINT, text)])?);
    }
    let mut head = vec![piece(FAINT, place), piece(STRONG, speech(document, sentence.attribution))];
    if let Some(why_not) = why_not {
        head.push(piece(WARNING, format!(" · {why_not}")));
    }
    out.wrapped("", &head)?;
    let pieces = voices(document, sentence, out.has_color());
    Ok(out.wrapped("    ", &pieces)?)
}

/// Returns the sentence by voices: coloured, and labelled where there is no colour or another
/// speaker.
fn voices<'a>(document: &'a Document, sentence: &Sentence, has_color: bool) -> Vec<Piece<'a>> {
    let parts: Vec<_> = document.parts_within(sentence.span).collect();
    let mut pieces = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let text = part.span.slice(document.text());
        let attribution = part.attribution;
        let whole = sentence.attribution;
        let is_same_person = (attribution.speaker, attribution.via) == (whole.speaker, whole.via);
        let is_other = !is_same_person && attribution.voice != Voice::Author;
        let is_labelled =
            parts.len() > 1 && (is_other || !has_color) && text.chars().any(char::is_alphanumeric);
        if !is_labelled {
            pieces.push(piece(color(attribution.voice), text));
            continue;
        }
        let label = if is_same_person {
            attribution.voice.name().to_owned()
        } else {
            speech(document, attribution)
        };
        let space = if index > 0 { " " } else { "" };
        pieces.push(piece(FAINT, format!("{space}[{label}] ")));
        pieces.push(piece(color(attribution.voice), text.trim()));
    }
    pieces
}

/// `Cyril Ramaphosa · reported`.
fn speech(document: &Document, attribution: Attribution) -> String {
    let person = |id: Option<SpeakerId>| {
        let speaker = document.speaker(id?)?;
        Some(Person { name: speaker.name.clone(), role: None })
    };
    let (speaker, via) = (person(attribution.speaker), person(attribution.via));
    if speaker.is_none() {
        return attribution.voice.name().to_owned();
    }
    let who = wording::who(speaker.as_ref(), via.as_ref(), &Origin::of(document));
    format!("{who} · {}", attribution.voice.name())
}

fn color(voice: Voice) -> Style {
    match voice {
        Voice::Author => PLAIN,
        Voice::Reported => AnsiColor::Cyan.on_default(),
        Voice::Speech => AnsiColor::Magenta.on_default(),
        Voice::Quoted => AnsiColor::Green.on_default(),
    }
}

fn is_too_long(sentence: &Sentence) -> bool {
    sentence.region == Region::Body && !sentence.is_quotable()
}

fn title(document: &Document) -> String {
    wording::document(&Origin::of(document))
}
