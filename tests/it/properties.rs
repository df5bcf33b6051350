//! What holds for every text, every annotation and every question.

use std::fmt::Write as _;

use engine::answer::{Engine, MAX_EXCERPT_SENTENCES, MAX_EXCERPTS, Question};
use engine::knowledge::{
    Attribution, Corpus, Diagnostics, Document, MAX_EXCERPT_WORDS, SourceFile, Span, Voice,
};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::support::{self, article, file};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Everything that every excerpt of every answer has; their number.
fn check_excerpts(engine: &Engine, question: &str) -> Result<usize, TestCaseError> {
    let answer = engine.ask(&Question { text: question, speaker: None, context: &[] }).unwrap();
    prop_assert!(answer.passages().len() <= MAX_EXCERPTS);
    for excerpt in answer.passages() {
        let span = excerpt.span();
        let slug = &excerpt.origin().slug;
        let slice = engine.corpus().slice(slug, span.start(), span.end());
        prop_assert_eq!(slice, Some(excerpt.text()));
        prop_assert!(excerpt.text().split_whitespace().count() <= MAX_EXCERPT_WORDS);
        let (first, last) = excerpt.sentences();
        let count = last.index() - first.index() + 1;
        prop_assert!(count <= MAX_EXCERPT_SENTENCES);
        let (first, last) =
            (engine.corpus().sentence(first).unwrap(), engine.corpus().sentence(last).unwrap());
        prop_assert_eq!(first.sentence.span.start(), span.start());
        prop_assert_eq!(last.sentence.span.end(), span.end());
        prop_assert_eq!(first.sentence.place.paragraph, last.sentence.place.paragraph);
        prop_assert!(first.sentence.is_quotable() && last.sentence.is_quotable());
    }
    Ok(answer.passages().len())
}

/// Nothing of a loaded text is lost or counted twice.
fn check_document(document: &Document) -> Result<(), TestCaseError> {
    let text = document.text();
    let mut covered = vec![0_u8; text.len()];
    let mut end = 0;
    for sentence in document.sentences() {
        let span = sentence.span;
        prop_assert!(span.start() >= end && span.start() < span.end(), "sentences in order");
        end = span.end();
        prop_assert_eq!(sentence.words, span.slice(text).split_whitespace().count());
        for byte in &mut covered[span.start()..span.end()] {
            *byte += 1;
        }
        let paragraph = &document.paragraphs()[sentence.place.paragraph - 1];
        prop_assert_eq!(paragraph.number, sentence.place.paragraph);
        prop_assert!(paragraph.span.contains(span), "within its paragraph");
        prop_assert!(!span.slice(text).contains('\n'));
        let index = paragraph.sentences().start + sentence.place.sentence - 1;
        prop_assert_eq!(document.sentences()[index].span, span);
    }
    for (offset, c) in text.char_indices() {
        let is_text = !c.is_whitespace() && c != '\u{feff}';
        prop_assert!(!is_text || covered[offset] == 1, "{:?} at {} is lost", c, offset);
    }
    let mut position = document.parts().first().map_or(0, |part| part.span.start());
    for part in document.parts() {
        prop_assert_eq!(part.span.start(), position, "parts touch");
        prop_assert!(!part.span.is_empty());
        position = part.span.end();
    }
    Ok(())
}

/// Text with what makes sentences hard: marks, initials, abbreviations, odd blanks, headings.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z]{1,9} ",
        1 => "(\\.|!|\\?|…|。|\\.”|\\.\\)) ?",
        1 => "(U\\.S\\.|Dr\\.|J\\.|e\\.g\\.|No\\. 5|etc\\.) ?",
        1 => "(\n|\r\n|\r|\u{2028}|\u{85}|\n\n|\t|\u{a0}|\u{feff}|\u{200b})",
        1 => "(“|”|‘|’|\\(|\\)|\\[|#+ |—|[0-9]{1,4})",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn any_question() -> impl Strategy<Value = String> {
    prop_oneof![
        any_text(),
        "(who|what|when|did|say|[a-z]{3,8}|AND|OR|NOT|\\(|\\)|\\*|~2|\\^5|title:|\"|\\[|\\]|\\\\| ){0,30}",
        ".{0,200}",
    ]
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn excerpts_are_whole_sentences_of_the_source(
        texts in prop::collection::vec(any_text(), 1..4),
        questions in prop::collection::vec(any_question(), 1..4),
    ) {
        let names = ["a.txt", "b.md", "c.txt"];
        let files: Vec<SourceFile> =
            texts.iter().zip(names).map(|(text, name)| file(name, text)).collect();
        if let Ok(corpus) = Corpus::load(&files) {
            let engine = Engine::build(corpus, 0.0).unwrap();
            for question in questions.iter().chain(&texts) {
                check_excerpts(&engine, question)?;
            }
        }
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn no_question_panics(question in any_question()) {
        check_excerpts(article(), &question)?;
    }

    #[test]
    fn loading_loses_nothing(text in any_text(), name in "a\\.(txt|md)") {
        match Corpus::load(&[file(&name, &text)]) {
            Ok(corpus) => check_document(&corpus.documents()[0])?,
            Err(_) => prop_assert!(
                text.chars().all(|c| c.is_whitespace() || c == '\u{feff}'),
                "only a blank text is refused"
            ),
        }
    }

    #[test]
    fn no_bytes_make_the_loader_panic(
        source in prop::collection::vec(any::<u8>(), 0..200),
        annotation in prop::collection::vec(any::<u8>(), 0..200),
        toml in "((\\[\\[(span|skip|speaker|section)\\]\\]|\\[body\\]|(quote|from|to|id|name|voice|speaker|start|end) = \"[a-c ]{0,2}\"|voice = \"(author|quoted|nested)\")\n){0,12}",
    ) {
        let bytes = |name: &str, bytes: Vec<u8>| SourceFile { name: name.to_owned(), bytes };
        for annotation in [annotation, toml.into_bytes()] {
            let sources = [bytes("a.txt", source.clone()), bytes("a.txt", b"ab ca b".to_vec())];
            for source in sources {
                match Corpus::load(&[source, bytes("a.toml", annotation.clone())]) {
                    Ok(corpus) => check_document(&corpus.documents()[0])?,
                    Err(faults) => prop_assert!(faults.iter().count() > 0),
                }
            }
        }
    }

    #[test]
    fn spans_agree_with_slicing(text in "\\PC{0,20}", start in 0..70_usize, end in 0..70_usize) {
        let span = Span::new(&text, start, end);
        prop_assert_eq!(span.map(|span| span.slice(&text)), text.get(start..end));
        if let Some(span) = span {
            prop_assert_eq!((span.start(), span.end(), span.len()), (start, end, end - start));
            prop_assert_eq!(span.is_empty(), start == end);
        }
    }

    #[test]
    fn inner_spans_override_outer_ones(ranges in nested_ranges()) {
        check_painting(&ranges)?;
    }

    #[test]
    fn any_spans_load_or_are_reported(
        ranges in prop::collection::vec((0..WORDS, 0..WORDS, 0..SPEAKERS), 0..6),
    ) {
        check_painting(&ranges)?;
    }
}

const WORDS: usize = 40;
const SPEAKERS: usize = 4;

/// First word, last word, speaker.
type Range = (usize, usize, usize);

/// Ranges that nest and so load: each lies inside an earlier one or beside it.
fn nested_ranges() -> impl Strategy<Value = Vec<Range>> {
    let cuts = prop::collection::vec((0..WORDS, 0..WORDS, 0..SPEAKERS), 1..24);
    let kept = |ranges: Vec<Range>| {
        let mut kept: Vec<Range> = Vec::new();
        for (one, other, speaker) in ranges {
            let (first, last) = (one.min(other), one.max(other));
            if kept.iter().all(|range| !crosses(range, &(first, last, speaker))) {
                kept.push((first, last, speaker));
            }
        }
        kept
    };
    (cuts.prop_map(kept), any::<prop::sample::Index>()).prop_map(|(mut ranges, index)| {
        // Inner ones may come before outer ones in the file.
        let middle = index.index(ranges.len());
        ranges.rotate_left(middle);
        ranges
    })
}

fn crosses(a: &Range, b: &Range) -> bool {
    let is_apart = a.1 < b.0 || b.1 < a.0;
    let is_nested = (a.0 <= b.0 && b.1 <= a.1) || (b.0 <= a.0 && a.1 <= b.1);
    !is_apart && !is_nested
}

/// Loads an annotation with these spans, and compares every byte with a painting in which the
/// widest span comes first and of two equal ones the later covers the earlier.
fn check_painting(ranges: &[Range]) -> Result<(), TestCaseError> {
    let words: Vec<String> = (0..WORDS).map(|number| format!("wört{number}.")).collect();
    let text = words.join(" ");
    let starts: Vec<usize> =
        words.iter().map(|word| text.match_indices(word.as_str()).next().unwrap().0).collect();
    let mut annotation = String::new();
    for number in 0..SPEAKERS {
        writeln!(annotation, "[[speaker]]\nid = \"s{number}\"\nname = \"S{number}\"").unwrap();
    }
    for (first, last, speaker) in ranges {
        let (first, last) = (&words[*first], &words[*last]);
        writeln!(
            annotation,
            "[[span]]\nfrom = \"{first}\"\nto = \"{last}\"\nspeaker = \"s{speaker}\"\nvoice = \"quoted\""
        )
        .unwrap();
    }
    let loaded = Corpus::load(&[file("a.txt", &text), file("a.toml", &annotation)]);
    let is_backwards = ranges.iter().any(|(first, last, _)| last < first);
    let is_crossed = ranges.iter().enumerate().any(|(index, range)| {
        range.0 <= range.1
            && ranges[..index].iter().any(|other| other.0 <= other.1 && crosses(range, other))
    });
    let corpus = match loaded {
        Err(faults) => return check_faults(&faults, is_backwards || is_crossed),
        Ok(corpus) => corpus,
    };
    prop_assert!(!is_backwards && !is_crossed, "contradictory spans are reported");
    let mut painted: Vec<Option<usize>> = vec![None; text.len()];
    let mut order: Vec<&Range> = ranges.iter().collect();
    order.sort_by_key(|(first, last, _)| std::cmp::Reverse(last - first));
    for (first, last, speaker) in order {
        painted[starts[*first]..starts[*last] + words[*last].len()].fill(Some(*speaker));
    }
    let document = &corpus.documents()[0];
    check_document(document)?;
    let mut bytes = 0;
    for part in document.parts() {
        let Attribution { voice, speaker, via } = part.attribution;
        prop_assert_eq!(via, None);
        prop_assert_eq!(voice == Voice::Author, speaker.is_none());
        for byte in &painted[part.span.start()..part.span.end()] {
            prop_assert_eq!(*byte, speaker.map(engine::knowledge::SpeakerId::index));
            bytes += 1;
        }
    }
    prop_assert_eq!(bytes, text.len(), "every byte is attributed");
    Ok(())
}

fn check_faults(faults: &Diagnostics, is_expected: bool) -> Result<(), TestCaseError> {
    prop_assert!(is_expected, "{}", faults);
    prop_assert!(faults.iter().all(|fault| fault.line().is_some() && fault.file() == "a.toml"));
    Ok(())
}

#[test]
fn a_question_of_a_hundred_thousand_characters() {
    let words = "What did they say about “peace” (and war)? 🤔 e\u{301} ";
    let question: String = words.chars().cycle().take(100_000).collect();
    check_excerpts(article(), &question).unwrap();
}

#[test]
fn ten_thousand_questions_give_only_slices() {
    const QUESTIONS: usize = 10_000;
    let text = article().corpus().documents()[0].text();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut below = |end: usize| usize::try_from(rng.next_u64() % end as u64).unwrap();
    let mut excerpts = 0;
    for number in 0..QUESTIONS {
        let mut question = String::new();
        for _ in 0..=below(8) {
            // In turn: words of the article, random characters, both.
            let is_word = match number % 3 {
                0 => true,
                1 => false,
                _ => below(2) == 0,
            };
            if is_word {
                question.push_str(words[below(words.len())]);
            } else {
                let letters = (0..=below(6)).map(|_| u32::try_from(below(0x11_0000)).unwrap());
                question.extend(letters.collect::<Vec<_>>().into_iter().filter_map(char::from_u32));
            }
            question.push(' ');
        }
        excerpts += check_excerpts(article(), &question).unwrap();
    }
    assert!(excerpts > QUESTIONS, "the questions find something: {excerpts} excerpts");
}

#[test]
fn the_article_loads_without_loss() {
    let corpus = Corpus::load(&support::files("knowledge")).unwrap();
    corpus.documents().iter().for_each(|document| check_document(document).unwrap());
}
