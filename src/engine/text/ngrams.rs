//! Four-letter pieces of texts, and how alike two texts are by them.

const FILTER_BITS: usize = 1 << 13;

/// The distinct four-letter pieces of a question, ready to be looked for in sentences.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ngrams {
    /// Four bytes each, sorted.
    sorted: Vec<u32>,
    /// A bit for each piece by its hash: most pieces of a sentence are refused here.
    filter: Vec<u64>,
}

impl Ngrams {
    /// The pieces of folded `texts`, each with a space before and behind it.
    pub(crate) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut sorted = Vec::new();
        for text in texts {
            let mut window = Window::default();
            let letters = text.bytes().chain(std::iter::once(b' '));
            sorted.extend(letters.filter_map(|letter| window.push(letter)));
        }
        Self::of(sorted)
    }

    /// These pieces, and those of folded `texts`.
    pub(crate) fn with<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Self {
        Self::of([self.sorted.as_slice(), &Self::new(texts).sorted].concat())
    }

    fn of(mut sorted: Vec<u32>) -> Self {
        sorted.sort_unstable();
        sorted.dedup();
        let mut filter = vec![0_u64; FILTER_BITS / 64];
        for gram in &sorted {
            let (word, bit) = filter_place(*gram);
            if let Some(word) = filter.get_mut(word) {
                *word |= bit;
            }
        }
        Self { sorted, filter }
    }

    fn position(&self, gram: u32) -> Option<usize> {
        let (word, bit) = filter_place(gram);
        let is_likely = self.filter.get(word).is_some_and(|word| word & bit != 0);
        if is_likely { self.sorted.binary_search(&gram).ok() } else { None }
    }
}

/// The cosine of the pieces of `text` with each of `questions`, from 0 to 1.
pub(crate) fn cosines<const N: usize>(text: &str, questions: [&Ngrams; N]) -> [f32; N] {
    let mut window = Window::default();
    let mut count = 0_u16;
    let mut shared = questions.map(|question| vec![false; question.sorted.len()]);
    for byte in text.bytes().chain(std::iter::once(b' ')) {
        let is_letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let letter = if is_letter { byte.to_ascii_lowercase() } else { b' ' };
        let Some(gram) = window.push(letter) else {
            continue;
        };
        count = count.saturating_add(1);
        for (question, shared) in questions.iter().zip(&mut shared) {
            if let Some(flag) = question.position(gram).and_then(|place| shared.get_mut(place)) {
                *flag = true;
            }
        }
    }
    let mut cosines = [0.0; N];
    for (cosine, (question, shared)) in cosines.iter_mut().zip(questions.iter().zip(shared)) {
        let norm = (f32::from(count) * question.sorted.len() as f32).sqrt();
        if norm > 0.0 {
            *cosine = shared.into_iter().filter(|flag| *flag).count() as f32 / norm;
        }
    }
    cosines
}

/// The last four letters read, of a text that starts with a space.
#[derive(Default)]
struct Window {
    letters: u32,
    read: u8,
}

impl Window {
    /// Takes a letter; gives the piece that it completes. Of several spaces only one counts.
    fn push(&mut self, letter: u8) -> Option<u32> {
        if self.read == 0 {
            self.letters = u32::from(b' ');
            self.read = 1;
        }
        if letter == b' ' && self.letters & 0xff == u32::from(b' ') {
            return None;
        }
        self.letters = (self.letters << 8) | u32::from(letter);
        self.read = self.read.saturating_add(1);
        (self.read >= 4).then_some(self.letters)
    }
}

fn filter_place(gram: u32) -> (usize, u64) {
    // Fibonacci hashing (Knuth, TAOCP 6.4) to 13 bits.
    let hash = (gram.wrapping_mul(2_654_435_769) >> 19) as usize;
    (hash / 64, 1 << (hash % 64))
}
