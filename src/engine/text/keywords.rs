//! The words of a question that say most of what it asks, for where there is little room.

use unicode_segmentation::UnicodeSegmentation;

use super::analysis;
use super::english;

/// Returns the words of `question` in its order and its spelling, with single spaces, in at most
/// `limit` bytes: all of them where there is room, else those that carry a topic and question
/// words. A word is never cut.
#[must_use]
pub fn keywords(question: &str, limit: usize) -> String {
    let words: Vec<&str> = question.unicode_words().collect();
    let whole = words.join(" ");
    if whole.len() <= limit {
        return whole;
    }
    let telling = words.into_iter().filter(|word| {
        let surface = analysis::fold(word);
        !english::class_of(&surface).is_stop || english::link_of(&surface).is_question_word
    });
    let mut chosen = String::new();
    for word in telling {
        let gap = usize::from(!chosen.is_empty());
        if chosen.len() + gap + word.len() <= limit {
            chosen.extend([if gap == 1 { " " } else { "" }, word]);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::keywords;

    #[test]
    fn what_fits_is_kept_whole_and_else_what_tells_most() {
        let question = "And when does the old ferry of Riverton leave the island, please?";
        assert_eq!(keywords(question, 100), question.replace([',', '?'], ""));
        assert_eq!(keywords(question, 40), "when old ferry Riverton leave island");
        assert_eq!(keywords(question, 12), "when old");
        assert_eq!(keywords("Überfahrtsgebühr wann?", 12), "wann");
        assert_eq!(keywords("?", 12), "");
    }
}
