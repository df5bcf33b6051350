//! Sentences of a paragraph: the Unicode sentence boundaries (UAX #29), and where they cut a
//! sentence in two, the halves joined again. All mending of the splitter is here.

use unicode_segmentation::UnicodeSegmentation;

use super::Span;

/// Abbreviations that are before a name or a number and so never end a sentence.
const OPENING_ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "pres", "st", "col", "lt", "sgt",
    "capt", "rev", "hon", "no", "nos", "vs", "fig", "art", "sec", "vol", "pp", "cf", "e.g", "i.e",
    "approx", "ca", "mt", "ft",
];

/// Abbreviations that can be in mid-sentence and at its end.
const INNER_ABBREVIATIONS: &[&str] = &[
    "etc", "inc", "ltd", "co", "corp", "jr", "sr", "bros", "al", "jan", "feb", "aug", "sept",
    "oct", "nov", "dec", "a.m", "p.m",
];

/// Words that, with a capital, open a sentence far more often than they continue one.
const SENTENCE_OPENERS: &[&str] = &[
    "a", "after", "all", "although", "an", "and", "as", "at", "but", "by", "for", "from", "he",
    "her", "his", "how", "however", "i", "if", "in", "it", "its", "many", "most", "no", "on",
    "our", "she", "since", "so", "some", "that", "the", "their", "then", "there", "these", "they",
    "this", "those", "to", "under", "we", "what", "when", "where", "while", "who", "with", "you",
];

/// Returns the sentences of the `paragraph`, a range of `text`, without the white space between
/// them.
///
/// Every character of the paragraph that is not white space is in exactly one sentence.
pub(super) fn split(text: &str, paragraph: Span) -> Vec<Span> {
    let mut sentences: Vec<Span> = Vec::new();
    let pieces = stretches(paragraph.slice(text)).flat_map(|(start, stretch)| {
        let pieces = stretch.split_sentence_bound_indices();
        pieces.map(move |(offset, piece)| (start + offset, piece))
    });
    for (offset, piece) in pieces {
        let body = piece.trim();
        if body.is_empty() {
            continue;
        }
        let start = paragraph.start() + offset + (piece.len() - piece.trim_start().len());
        let span = Span::from_borders(start, start + body.len());
        match sentences.last_mut() {
            Some(previous) if goes_on(previous.slice(text), body) => {
                *previous = previous.through(span);
            }
            _ => sentences.push(span),
        }
    }
    sentences
}

/// `text` cut at gaps that no sentence has within it. Behind a full stop the Unicode rules look
/// ahead from every blank, which takes quadratic time in the length of a gap.
fn stretches(text: &str) -> impl Iterator<Item = (usize, &str)> {
    const WIDEST_GAP: usize = 256;
    let mut blanks = 0;
    let mut start = 0;
    let mut cuts: Vec<(usize, &str)> = Vec::new();
    for (offset, c) in text.char_indices() {
        if c.is_whitespace() {
            blanks += 1;
        } else {
            if blanks > WIDEST_GAP {
                cuts.push((start, text.get(start..offset).unwrap_or_default().trim_end()));
                start = offset;
            }
            blanks = 0;
        }
    }
    cuts.push((start, text.get(start..).unwrap_or_default()));
    cuts.into_iter()
}

/// Returns whether `next`, which the splitter cut off from `previous`, still belongs to it.
fn goes_on(previous: &str, next: &str) -> bool {
    let Some(first) = next.chars().find(|c| c.is_alphanumeric()) else {
        return true;
    };
    if first.is_lowercase() && next.starts_with(|c: char| c.is_alphanumeric()) {
        return true;
    }
    let Some(stem) = previous.strip_suffix('.') else {
        return false;
    };
    let Some(last) = last_word(stem) else {
        return false;
    };
    let word = last.to_lowercase();
    if OPENING_ABBREVIATIONS.contains(&word.as_str()) || is_initial(last) {
        return true;
    }
    let inner = INNER_ABBREVIATIONS.contains(&word.as_str()) || is_initialism(last);
    inner && !opens_sentence(next)
}

/// Returns the word at the end of `text`; `None` where it is longer than any abbreviation. To look
/// no further keeps the splitter linear on a text without white space.
fn last_word(text: &str) -> Option<&str> {
    const LONGEST_ABBREVIATION: usize = 16;
    let is_border = |c: char| c.is_whitespace() || "(“\"‘'[".contains(c);
    let mut letters = text.char_indices().rev().take(LONGEST_ABBREVIATION + 1);
    match letters.by_ref().find(|(_, c)| is_border(*c)) {
        Some((border, c)) => text.get(border + c.len_utf8()..),
        None => (text.chars().take(LONGEST_ABBREVIATION + 1).count() <= LONGEST_ABBREVIATION)
            .then_some(text),
    }
}

/// Returns a single capital, as in "J. Smith".
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && word != "I"
}

/// Capitals with dots between, the last dot taken off: "U.S", "P.R.C".
fn is_initialism(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

fn opens_sentence(next: &str) -> bool {
    let first = next
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    SENTENCE_OPENERS.contains(&first.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: &[&str]) {
        let whole = Span::from_borders(0, paragraph.len());
        let sentences: Vec<&str> =
            split(paragraph, whole).into_iter().map(|span| span.slice(paragraph)).collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn initialism_in_mid_sentence() {
        check(
            "It was built by the U.S. Navy in 1950. Later the U.S. government sold it.",
            &["It was built by the U.S. Navy in 1950.", "Later the U.S. government sold it."],
        );
    }

    #[test]
    fn initialism_at_the_end_of_a_sentence() {
        check("They left the U.S. The rest stayed.", &["They left the U.S.", "The rest stayed."]);
    }

    #[test]
    fn titles_and_initials() {
        check(
            "Dr. Jones met J. R. Smith, No. 5 on the list. Prof. Lee agreed.",
            &["Dr. Jones met J. R. Smith, No. 5 on the list.", "Prof. Lee agreed."],
        );
    }

    #[test]
    fn quotation_marks_behind_the_full_stop() {
        check(
            "He called it “a common good.” Nobody objected. “Why not?” she asked.",
            &["He called it “a common good.”", "Nobody objected.", "“Why not?” she asked."],
        );
    }

    #[test]
    fn a_closing_bracket_alone_is_no_sentence() {
        check("It works (well?!) . Yes.", &["It works (well?!) .", "Yes."]);
    }

    #[test]
    fn a_wide_gap_parts_sentences_but_not_the_halves_of_one() {
        let gap = " ".repeat(100_000);
        check(&format!("They left.{gap}The rest"), &["They left.", "The rest"]);
        let whole = format!("They left{gap}the rest");
        check(&whole, &[&whole]);
    }

    #[test]
    fn abbreviation_that_may_end_a_sentence() {
        check(
            "Acme Inc. Chief Ann Poe spoke, etc. The hall was full.",
            &["Acme Inc. Chief Ann Poe spoke, etc.", "The hall was full."],
        );
    }
}
