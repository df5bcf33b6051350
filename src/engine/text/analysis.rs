//! Text becomes terms: words by Unicode word boundaries (UAX #29), lower case, without
//! diacritics, numbers in one form, Snowball stems.

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::english;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The folded word: lower case, no diacritics, no possessive, numbers as digits.
    pub(crate) surface: String,
    /// Starts with a capital letter in the text.
    pub(crate) is_capitalised: bool,
    /// Two capital letters or more: "WHO" is not "who".
    pub(crate) is_acronym: bool,
    /// Holds a digit, or is a number word.
    pub(crate) is_number: bool,
    /// Four digits, of a year from 1000 to 2199.
    pub(crate) is_year: bool,
    /// Digits with the ending of an ordinal number: "100th".
    pub(crate) is_ordinal: bool,
}

/// Returns the words of `text`, in order.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    text.unicode_words().flat_map(pieces).map(token)
}

/// "Covid19" and "the100th" are two words each; "G7" and "20th" are one.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    const LETTERS_OF_A_WORD: usize = 3;
    let letters: usize = word.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let is_glued = word.get(..letters).unwrap_or_default().chars().count() >= LETTERS_OF_A_WORD
        && word.get(letters..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let (head, tail) = if is_glued { word.split_at(letters) } else { (word, "") };
    [head, tail].into_iter().filter(|piece| !piece.is_empty())
}

fn token(word: &str) -> Token {
    let is_capitalised = word.starts_with(char::is_uppercase);
    let is_acronym = word.chars().nth(1).is_some() && word.chars().all(char::is_uppercase);
    let is_year =
        word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1000..2200).contains(&year));
    let is_ordinal = word.starts_with(|c: char| c.is_ascii_digit())
        && plain_number(word).len() < word.len()
        && !word.contains(',');
    let mut surface = fold(word);
    if is_country_initialism(word) {
        "u.s".clone_into(&mut surface);
    }
    if let Some(digits) = english::number_word(&surface) {
        digits.clone_into(&mut surface);
        return Token { surface, is_capitalised, is_acronym, is_number: true, is_year, is_ordinal };
    }
    let is_number = surface.starts_with(|c: char| c.is_ascii_digit());
    if is_number {
        surface = plain_number(&surface);
    }
    Token { surface, is_capitalised, is_acronym, is_number, is_year, is_ordinal }
}

/// "US", "U.S.A" and "USA": written with capitals they are never the pronoun.
fn is_country_initialism(word: &str) -> bool {
    matches!(word, "US" | "U.S" | "USA" | "U.S.A")
}

/// Lower case, compatibility-decomposed, without diacritics and possessive endings.
pub(crate) fn fold(word: &str) -> String {
    let mut folded: String = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| if c == '’' { '\'' } else { c })
            .collect()
    };
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
    folded
}

/// Returns a name as it is compared: folded words with single spaces.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let words: Vec<String> = tokens(name).map(|token| token.surface).collect();
    words.join(" ")
}

/// Returns what the words of a question stand for, whatever their order, endings and wrapping:
/// stems of those that are no function words, each once, in alphabetical order. Without any such
/// word, all of them count.
#[must_use]
pub(crate) fn topic_stems(question: &str) -> Vec<String> {
    let stems = Stems::english();
    let words: Vec<Token> = tokens(question).collect();
    let carries = |token: &&Token| {
        let class = english::class_of(&token.surface);
        !class.is_stop && !class.is_saying
    };
    let mut topic: Vec<String> =
        words.iter().filter(carries).map(|token| stems.stem(&token.surface)).collect();
    if topic.is_empty() {
        topic = words.into_iter().map(|token| token.surface).collect();
    }
    topic.sort();
    topic.dedup();
    topic
}

/// Digits without the separators of thousands and ordinal endings: "10,000" and "100th".
fn plain_number(number: &str) -> String {
    let bare = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| number.strip_suffix(ending))
        .unwrap_or(number);
    bare.replace(',', "")
}

/// Cuts words to their stems.
pub(crate) struct Stems(Stemmer);

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stems(English)")
    }
}

impl Stems {
    /// The Snowball stemmer for English.
    pub(crate) fn english() -> Self {
        Self(Stemmer::new(Algorithm::English))
    }

    /// Returns the stem of a folded word.
    pub(crate) fn stem(&self, surface: &str) -> String {
        self.0.stem(surface).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let surfaces: Vec<String> = tokens(text).map(|token| token.surface).collect();
        assert_eq!(surfaces.join(" "), expected);
    }

    #[test]
    fn words_are_folded() {
        check("Böhm’s ＰＥＡＣＥ ﬁght; naïve e\u{301}tude", "bohm peace fight naive etude");
    }

    #[test]
    fn numbers_have_one_form() {
        check("ten, 10 and 10,000; the 100th and the100th", "10 10 and 10000 the 100 and the 100");
    }

    #[test]
    fn initialisms_are_no_pronouns() {
        check("the US told us that the U.S. and USA", "the u.s told us that the u.s and u.s");
    }
}
