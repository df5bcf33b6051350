//! Words in the form in which quotations are compared. What is shown never comes from here.
//!
//! Case, white space, punctuation, diacritics, compatibility forms and invisible characters are
//! taken off; what is left are words, numbers and the signs that belong to a figure.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How far a closing square bracket is looked for, in characters.
const LONGEST_INSERTION: usize = 200;

/// Reads words; keeps its buffers from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct WordReader {
    atoms: Vec<Atom>,
    form: String,
}

/// A normalised character and the bytes of the source that it stands for.
#[derive(Debug, Clone, Copy)]
struct Atom {
    character: char,
    start: usize,
    end: usize,
}

/// What an atom does in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A word of its own: a sign of a figure, or a character of a script without spaces.
    Alone,
    Gap,
}

impl WordReader {
    /// Hands every word of `text` to `each`: its normal form, and its bytes in `text`.
    ///
    /// Letters and digits are different words: "the100th" is read as "the 100 th", as is "the
    /// 100th". Words in square brackets are another's insertion and so have other forms than the
    /// same words without brackets. Addresses, the targets of links, and notes and times in square
    /// brackets (`[1]`, `[00:01:09]`) hold no words.
    pub(crate) fn read(&mut self, text: &str, mut each: impl FnMut(&str, Range<usize>)) {
        self.atoms.clear();
        for (start, character) in text.char_indices() {
            push(&mut self.atoms, character, start..start + character.len_utf8());
        }
        let atoms = &self.atoms;
        let mut index = 0;
        let mut insertion_end = 0;
        while let Some(first) = atoms.get(index) {
            if let Some(end) = markup(atoms, index) {
                index = end;
                continue;
            }
            if first.character == '[' && index >= insertion_end {
                insertion_end = insertion(atoms, index).unwrap_or(insertion_end);
            }
            self.form.clear();
            if index < insertion_end {
                self.form.push('[');
            }
            let Some(next) = word(atoms, index, &mut self.form) else {
                index += 1;
                continue;
            };
            let end = atoms.get(next - 1).map_or(first.end, |last| last.end);
            each(&self.form, first.start..end.max(first.end));
            index = next;
        }
    }
}

/// Appends what `character` is compared as.
fn push(atoms: &mut Vec<Atom>, character: char, range: Range<usize>) {
    let mut add = |character| atoms.push(Atom { character, start: range.start, end: range.end });
    if character.is_ascii() {
        add(if character == '`' { '\'' } else { character.to_ascii_lowercase() });
        return;
    }
    if is_apostrophe(character) {
        add('\'');
        return;
    }
    if is_raised_or_fraction(character) {
        // "3½" is not 31/2, and "10²" is not 102.
        add(' ');
    }
    for part in std::iter::once(character).nfkd() {
        if is_invisible(part) {
            continue;
        }
        if is_diacritic(part) {
            // The word that the mark belongs to covers it.
            if let Some(base) = atoms.last_mut() {
                base.end = range.end;
            }
            continue;
        }
        for lower in part.to_lowercase() {
            for &letter in letters(lower).unwrap_or(&[lower]) {
                atoms.push(Atom { character: letter, start: range.start, end: range.end });
            }
        }
    }
}

/// Appends the word that starts at `index` to `form` and gives the index behind it; `None` where
/// none starts there.
fn word(atoms: &[Atom], index: usize, form: &mut String) -> Option<usize> {
    let first = atoms.get(index)?.character;
    match class(first) {
        Class::Letter => Some(letters_from(atoms, index, form)),
        Class::Digit => Some(digits_from(atoms, index, form)),
        Class::Alone => {
            form.push(first);
            Some(index + 1)
        }
        Class::Gap if is_minus(atoms, index) => {
            form.push('-');
            Some(digits_from(atoms, index + 1, form))
        }
        Class::Gap => None,
    }
}

/// Letters, apostrophes between letters, and the dots of initialisms, which are left out: "U.S."
/// is "US".
fn letters_from(atoms: &[Atom], first: usize, form: &mut String) -> usize {
    let is_letter = |index: usize| class_at(atoms, index) == Class::Letter;
    let mut index = first;
    let mut is_initialism = !is_letter(first + 1);
    while let Some(atom) = atoms.get(index) {
        let joins = is_letter(index + 1);
        match atom.character {
            '\'' if joins => form.push('\''),
            '.' if is_initialism && joins && !is_letter(index + 2) => {}
            letter if is_letter(index) => form.push(letter),
            _ => return index,
        }
        if is_letter(index) && joins {
            is_initialism = false;
        }
        index += 1;
    }
    index
}

/// Digits, a decimal point between them, and the commas of thousands, which are left out.
fn digits_from(atoms: &[Atom], first: usize, form: &mut String) -> usize {
    let is_digit = |index: usize| class_at(atoms, index) == Class::Digit;
    let mut index = first;
    while let Some(atom) = atoms.get(index) {
        match atom.character {
            digit if is_digit(index) => form.push(digit),
            '.' if is_digit(index + 1) => form.push('.'),
            ',' if (1..=3).all(|ahead| is_digit(index + ahead)) && !is_digit(index + 4) => {}
            _ => return index,
        }
        index += 1;
    }
    index
}

/// Returns whether a minus sign of a number is at `index`: a hyphen with white space before it and
/// a digit behind it.
fn is_minus(atoms: &[Atom], index: usize) -> bool {
    let character = |index: usize| atoms.get(index).map(|atom| atom.character);
    let before = index.checked_sub(1).and_then(character);
    matches!(character(index), Some('-' | '\u{2212}'))
        && class_at(atoms, index + 1) == Class::Digit
        && before.is_none_or(|before| before.is_whitespace() || before == '(')
}

/// Returns the index behind the markup that begins at `index`: an address, the target of a link, a
/// note.
fn markup(atoms: &[Atom], index: usize) -> Option<usize> {
    let character = |index: usize| atoms.get(index).map(|atom| atom.character);
    let closed_by = |closing: char| {
        let ahead = atoms.get(index..)?.iter().take(LONGEST_INSERTION);
        ahead.map(|atom| atom.character).position(|c| c == closing).map(|length| index + length)
    };
    match character(index)? {
        '[' => {
            let end = closed_by(']')?;
            let inner = atoms.get(index + 1..end)?;
            let is_note = !inner.is_empty()
                && inner.iter().all(|atom| {
                    class(atom.character) == Class::Digit || "^:.,;- ".contains(atom.character)
                });
            is_note.then_some(end + 1)
        }
        '(' if index.checked_sub(1).and_then(character) == Some(']') => Some(closed_by(')')? + 1),
        'h' if index == 0 || class_at(atoms, index - 1) != Class::Letter => {
            let is_at =
                |text: &str| (index..).zip(text.chars()).all(|(at, c)| character(at) == Some(c));
            let is_address = is_at("http://") || is_at("https://");
            let rest = atoms.get(index..).filter(|_| is_address)?;
            let length = rest.iter().position(|atom| atom.character.is_whitespace());
            Some(index + length.unwrap_or(rest.len()))
        }
        _ => None,
    }
}

/// Returns the index of the bracket that closes the insertion opened at `index`. The text of a
/// Markdown link is no insertion.
fn insertion(atoms: &[Atom], index: usize) -> Option<usize> {
    let ahead = atoms.get(index..)?;
    let length = ahead.iter().take(LONGEST_INSERTION).position(|atom| atom.character == ']')?;
    let is_link = ahead.get(length + 1).is_some_and(|atom| atom.character == '(');
    (!is_link).then_some(index + length)
}

fn class_at(atoms: &[Atom], index: usize) -> Class {
    atoms.get(index).map_or(Class::Gap, |atom| class(atom.character))
}

fn class(character: char) -> Class {
    match character {
        'a'..='z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '%' | '‰' | '+' | '=' | '°' | '$' | '£' | '¥' | '₿' | '\u{20a0}'..='\u{20be}' => {
            Class::Alone
        }
        _ if character.is_ascii() => Class::Gap,
        _ if is_unspaced(character) => Class::Alone,
        _ if character.is_numeric() => Class::Digit,
        _ if character.is_alphabetic() || is_combining_mark(character) => Class::Letter,
        _ => Class::Gap,
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\u{b4}'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2bd}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

fn is_raised_or_fraction(character: char) -> bool {
    matches!(
        character,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}' | '\u{2070}'..='\u{2089}'
            | '\u{2150}'..='\u{215f}'
    )
}

/// Marks that spelling can do without: accents, Hebrew points, Arabic vowel signs. The vowel
/// signs of Indic scripts are letters.
fn is_diacritic(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Soft hyphens, joiners, direction marks, variation selectors, byte order marks.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Scripts that are written without spaces between words.
fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    )
}

/// Letters that people without the keyboard for them write as others, and that do not decompose.
fn letters(character: char) -> Option<&'static [char]> {
    match character {
        'ß' => Some(&['s', 's']),
        'æ' => Some(&['a', 'e']),
        'œ' => Some(&['o', 'e']),
        'ø' => Some(&['o']),
        'ł' => Some(&['l']),
        'đ' | 'ð' => Some(&['d']),
        'ı' => Some(&['i']),
        'ς' => Some(&['σ']),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut forms = Vec::new();
        WordReader::default().read(text, |form, range| {
            assert!(text.get(range).is_some());
            forms.push(form.to_owned());
        });
        assert_eq!(forms, expected);
    }

    #[test]
    fn marks_case_and_dashes_are_taken_off() {
        check(
            "“Marxism- Leninism,” MARXISM–Leninism",
            &["marxism", "leninism", "marxism", "leninism"],
        );
        check(
            "Čapková José Nguyễn Đa ﬁnal cafe\u{301}",
            &["capkova", "jose", "nguyen", "da", "final", "cafe"],
        );
        check("zero\u{200b}width soft\u{ad}hyphen", &["zerowidth", "softhyphen"]);
    }

    #[test]
    fn apostrophes_stand_between_letters_only() {
        check(
            "China’s China's China`s China´s BRICS’ ‘free’",
            &["china's", "china's", "china's", "china's", "brics", "free"],
        );
    }

    #[test]
    fn initialisms_lose_their_dots() {
        check(
            "the U.S. and U.S.A., e.g. J. Smith. End.Next",
            &["the", "us", "and", "usa", "eg", "j", "smith", "end", "next"],
        );
    }

    #[test]
    fn numbers_keep_what_changes_them() {
        check(
            "10,000 and 10000; 3.5, 3,5 −5 -5 80% $3 the100th",
            &[
                "10000", "and", "10000", "3.5", "3", "5", "-5", "-5", "80", "%", "$", "3", "the",
                "100", "th",
            ],
        );
        check("3½ 10² 1,2,3 1.", &["3", "1", "2", "10", "2", "1", "2", "3", "1"]);
    }

    #[test]
    fn insertions_are_other_words() {
        check("[China] said [open, [a link](there)", &["[china", "said", "open", "a", "link"]);
    }

    #[test]
    fn markup_is_no_word() {
        check(
            "see [the list](https://example.org/a_b) and http://b.org/c",
            &["see", "the", "list", "and"],
        );
        check("said so.[12] [00:01:09] Then [^3] (yes)", &["said", "so", "then", "yes"]);
    }

    #[test]
    fn scripts_without_spaces_go_by_the_character() {
        check("人民 हिन्दी की", &["人", "民", "हिन्दी", "की"]);
    }

    #[test]
    fn nothing_but_signs() {
        check("… — 🎉 !?", &[]);
    }
}
