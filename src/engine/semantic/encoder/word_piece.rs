//! WordPiece (Schuster and Nakajima 2012), as BERT was trained with (Devlin et al. 2019): a text
//! becomes the numbers of its words, or of the pieces of them that the vocabulary has.

use std::collections::HashMap;

use unicode_categories::UnicodeCategories;
use unicode_normalization::UnicodeNormalization;

/// The most tokens of a text that are read, as the model was trained.
const MAX_TOKENS: usize = 256;

/// A word of more characters is unknown as a whole, as in BERT.
const MAX_CHARACTERS: usize = 100;

/// What a piece in the vocabulary begins with where it goes on with a word.
const CONTINUES: &str = "##";

/// What is before each text, behind it, and for words that are not in the vocabulary.
const START: &str = "[CLS]";
const END: &str = "[SEP]";
const UNKNOWN: &str = "[UNK]";

/// The vocabulary lacks a token that every text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the vocabulary has no token {0}")]
pub struct MissingToken(&'static str);

/// Numbers of pieces.
type Pieces = HashMap<&'static str, i32>;

/// Turns texts into tokens. Immutable.
pub(super) struct WordPiece {
    beginnings: Pieces,
    continuations: Pieces,
    /// Bytes of the longest piece.
    longest: usize,
    start: i32,
    end: i32,
    unknown: i32,
}

impl WordPiece {
    /// Reads a vocabulary, a token a line, numbered from 0.
    ///
    /// # Errors
    /// Where a token is missing that every text needs.
    pub(super) fn new(gazetteer: &'static str) -> Result<Self, MissingToken> {
        let (mut beginnings, mut continuations) = (Pieces::new(), Pieces::new());
        for (number, token) in (0..).zip(gazetteer.lines()) {
            match token.strip_prefix(CONTINUES) {
                Some(piece) if !piece.is_empty() => continuations.insert(piece, number),
                _ => beginnings.insert(token, number),
            };
        }
        let number = |token| beginnings.get(token).copied().ok_or(MissingToken(token));
        let (start, end, unknown) = (number(START)?, number(END)?, number(UNKNOWN)?);
        let longest = beginnings.keys().chain(continuations.keys()).map(|piece| piece.len()).max();
        let longest = longest.unwrap_or(0);
        Ok(Self { beginnings, continuations, longest, start, end, unknown })
    }

    /// Returns the tokens of `text`, [`MAX_TOKENS`] at most. What is typed as one of the tokens that
    /// stand for something else, such as `[SEP]`, is text as any other.
    pub(super) fn tokens(&self, text: &str) -> Vec<i32> {
        let mut tokens = vec![self.start];
        let mut word = String::new();
        for letter in letters(text).chain([' ']) {
            let stands_alone = letter.is_ascii_punctuation() || letter.is_punctuation();
            if !stands_alone && !letter.is_whitespace() {
                word.push(letter);
                continue;
            }
            self.add_word(&word, &mut tokens);
            word.clear();
            if stands_alone {
                self.add_word(letter.encode_utf8(&mut [0; char::MAX_LEN_UTF8]), &mut tokens);
            }
            // The rest of a long text need not be looked at.
            if tokens.len() >= MAX_TOKENS {
                break;
            }
        }
        tokens.truncate(MAX_TOKENS - 1);
        tokens.push(self.end);
        tokens
    }

    /// Adds the pieces of `word`, each time the longest that the vocabulary has; the token for
    /// unknown words where it has none.
    fn add_word(&self, word: &str, tokens: &mut Vec<i32>) {
        let known = tokens.len();
        let (mut pieces, mut rest) = (&self.beginnings, word);
        if word.chars().nth(MAX_CHARACTERS).is_some() {
            tokens.push(self.unknown);
            return;
        }
        while !rest.is_empty() {
            let ends = (1..=rest.len().min(self.longest)).rev();
            let longest = ends
                .filter_map(|end| rest.split_at_checked(end))
                .find_map(|(piece, rest)| Some((*pieces.get(piece)?, rest)));
            let Some((token, behind)) = longest else {
                tokens.truncate(known);
                tokens.push(self.unknown);
                return;
            };
            tokens.push(token);
            (pieces, rest) = (&self.continuations, behind);
        }
    }
}

/// Returns the letters of `text` as BERT reads them: in small letters and without accents, without
/// what is not printed, and with spaces around each Chinese character.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let printed = text.chars().filter(|letter| !is_left_out(*letter));
    let spaced = printed.flat_map(|letter| match letter {
        _ if letter.is_whitespace() => [Some(' '), None, None],
        _ if is_chinese(letter) => [Some(' '), Some(letter), Some(' ')],
        _ => [Some(letter), None, None],
    });
    let plain = spaced.flatten().nfd().filter(|letter| !letter.is_mark_nonspacing());
    plain.flat_map(char::to_lowercase)
}

fn is_left_out(letter: char) -> bool {
    let is_control = letter.is_other() && !matches!(letter, '\t' | '\n' | '\r');
    is_control || letter == char::REPLACEMENT_CHARACTER
}

/// Returns whether BERT takes `letter` for a Chinese character.
fn is_chinese(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF
            | 0x2_0000..=0x2_A6DF
            | 0x2_A700..=0x2_B81F
            | 0x2_B920..=0x2_CEAF
            | 0x2_F800..=0x2_FA1F
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str = include_str!("all-minilm-l6-v2/vocab.txt");

    /// As the crate tokenizers reads them, by the published tokenizer.json.
    #[test]
    fn texts_become_the_tokens_that_the_encoder_was_trained_with() {
        let word_piece = WordPiece::new(VOCABULARY).unwrap();
        let check =
            |text: &str, tokens: &[i32]| assert_eq!(word_piece.tokens(text), tokens, "{text}");
        check("", &[101, 102]);
        check("When does the ferry leave?", &[101, 2043, 2515, 1996, 7115, 2681, 1029, 102]);
        check(
            "Léa-Zoë’s “harbour fairs”",
            &[101, 12203, 1011, 11199, 1521, 1055, 1523, 7440, 21947, 1524, 102],
        );
        check("Über naïve São Tomé", &[101, 19169, 15743, 7509, 21269, 102]);
        check(
            "北京 and 한국어",
            &[101, 1781, 1755, 1998, 1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 102],
        );
        check("a\u{200b}b\u{ad}c\u{0}d\u{fffd}e", &[101, 5925, 3207, 102]);
        check("İstanbul ΣΑΣ ſ", &[101, 9960, 1173, 14608, 29733, 100, 102]);
        check("🚢 ﷺ", &[101, 100, 100, 102]);
        check(
            "antidisestablishmentarianism",
            &[101, 3424, 10521, 4355, 7875, 13602, 3672, 12199, 2964, 102],
        );
        check(
            &"a".repeat(100),
            &[
                101, 13360, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057, 11057,
                11057, 11057, 2050, 102,
            ],
        );
        check(&"a".repeat(101), &[101, 100, 102]);
    }

    #[test]
    fn a_vocabulary_without_the_end_is_broken() {
        assert_eq!(WordPiece::new("[CLS]\n[UNK]\n").err(), Some(MissingToken("[SEP]")));
    }
}
