//! The loader: what it makes of good files, and what it tells an editor of bad ones.

use engine::knowledge::{
    Attribution, Corpus, Diagnostics, Document, MAX_EXCERPT_WORDS, Region, SourceFile, Voice,
};

use crate::support::{self, file};

const TALK: &str = "The talk\nAnn Poe spoke first. “Bees dance,” she said, “and they hum.” Nobody \
                    slept.\nBo Li agreed. He said that bees dance.\nThe end.\n";

/// The messages about `files`, one a line.
fn faults(files: &[SourceFile]) -> String {
    Corpus::load(files).expect_err("these files have faults").to_string()
}

/// The messages about an annotation of [`TALK`].
fn check(annotation: &str) -> String {
    let people = "[[speaker]]\nid = \"ann\"\nname = \"Ann Poe\"\n\
                  [[speaker]]\nid = \"bo\"\nname = \"Bo Li\"\naliases = [\"Li\"]\n";
    faults(&[file("talk.txt", TALK), file("talk.toml", &format!("{people}{annotation}"))])
}

fn load(files: &[SourceFile]) -> Corpus {
    Corpus::load(files).unwrap_or_else(|faults: Diagnostics| panic!("{faults}"))
}

fn only(corpus: &Corpus) -> &Document {
    assert_eq!(corpus.documents().len(), 1);
    &corpus.documents()[0]
}

fn sentences(document: &Document) -> Vec<&str> {
    document.sentences().iter().map(|s| s.span.slice(document.text())).collect()
}

/// Every part of the body: voice, speaker, words.
fn voices(document: &Document) -> String {
    let line = |part: &engine::knowledge::Part| {
        let Attribution { voice, speaker, via } = part.attribution;
        let name = |id| document.speaker(id).map_or("?", |speaker| speaker.name.as_str());
        let who = speaker.map_or("-", name);
        let via = via.map_or_else(String::new, |id| format!(" via {}", name(id)));
        format!("{} {who}{via}: {}", voice.name(), part.span.slice(document.text()).trim())
    };
    document.parts().iter().map(line).collect::<Vec<_>>().join("\n")
}

// Files

#[test]
fn annotation_without_source() {
    insta::assert_snapshot!(faults(&[file("notes/talk.toml", "")]), @"notes/talk.toml: this annotation has no source: put talk.txt or talk.md beside it, or remove it");
}

#[test]
fn two_documents_with_one_name() {
    let files = [file("a.txt", "One."), file("b.txt", "Two."), file("a.md", "Three.")];
    insta::assert_snapshot!(faults(&files), @"a.txt: there is a document “a” already (a.md): rename one of the two, with its annotation");
    let files = [file("a.txt", "One."), file("y/a.toml", ""), file("x/a.toml", "")];
    insta::assert_snapshot!(faults(&files), @"y/a.toml: there is an annotation of “a” already (x/a.toml): remove one of the two");
}

#[test]
fn other_files() {
    let files = [
        file("talk.pdf", "%PDF"),
        file("README", "Read me."),
        file(".txt", "No name."),
        file("a.docx", "PK"),
    ];
    insta::assert_snapshot!(faults(&files), @r###"
    .txt: hidden files are not read: give this file a name, or move it out of the folder
    README: only .txt and .md sources and .toml annotations are read: convert this file to plain text, or move it out of the folder
    a.docx: only .txt and .md sources and .toml annotations are read: convert this file to plain text, or move it out of the folder
    talk.pdf: only .txt and .md sources and .toml annotations are read: convert this file to plain text, or move it out of the folder
    "###);
}

#[test]
fn endings_in_capitals_are_endings() {
    let corpus = load(&[file("TALK.TXT", "One."), file("NOTES.MD", "# Title\nTwo.")]);
    let slugs: Vec<&str> = corpus.documents().iter().map(Document::slug).collect();
    assert_eq!(slugs, ["NOTES", "TALK"]);
    assert_eq!(corpus.documents()[0].sentences()[0].region, Region::Skipped);
}

#[test]
fn empty_sources() {
    let files = [
        file("blank.txt", " \n\t\r\n"),
        file("empty.txt", ""),
        file("mark.txt", "\u{feff}"),
        file("marks.txt", "\u{feff}\n \u{feff}"),
    ];
    insta::assert_snapshot!(faults(&files), @r###"
    blank.txt: this source is empty: put the text in, or remove the file
    empty.txt: this source is empty: put the text in, or remove the file
    mark.txt: this source is empty: put the text in, or remove the file
    marks.txt: this source is empty: put the text in, or remove the file
    "###);
}

#[test]
fn invalid_utf8_names_the_line() {
    let latin1 = SourceFile { name: "talk.txt".into(), bytes: b"One.\nCaf\xe9.\n".to_vec() };
    let utf16 = SourceFile { name: "talk.toml".into(), bytes: b"\xff\xfet\0".to_vec() };
    insta::assert_snapshot!(faults(&[latin1, utf16]), @r###"
    talk.toml:1: byte 0 is not UTF-8: save the file as UTF-8 (without changing its text)
    talk.txt:2: byte 8 is not UTF-8: save the file as UTF-8 (without changing its text)
    "###);
}

#[test]
fn all_faults_of_all_files_at_once_in_order() {
    let files = [
        file("z.doc", ""),
        file(
            "talk.toml",
            "title = \"Talk\"\n[[synonym]]\nterms = [\"bee\"]\n[[span]]\nquote = \
             \"Bees sing\"\nspeaker = \"cy\"\nvoice = \"quoted\"\n[body]\nstart = \"nowhere at all\"",
        ),
        file("talk.txt", TALK),
        file("b.txt", " "),
        file("b.toml", "titel = 1"),
        file("a.toml", ""),
    ];
    let forwards = faults(&files);
    let backwards: Vec<SourceFile> = files.into_iter().rev().collect();
    assert_eq!(faults(&backwards), forwards);
    insta::assert_snapshot!(forwards, @r###"
    a.toml: this annotation has no source: put a.txt or a.md beside it, or remove it
    b.toml:1: there is no key `titel` here; did you mean `title`?
    b.txt: this source is empty: put the text in, or remove the file
    talk.toml:3: a group of synonyms has two terms at least, none of them empty
    talk.toml:5: “Bees sing” is not in the text: copy the words from the text exactly
    talk.toml:6: there is no speaker with the id “cy”: list the speaker in a [[speaker]] entry
    talk.toml:9: “nowhere at all” is not in the text: copy the words from the text exactly
    z.doc: only .txt and .md sources and .toml annotations are read: convert this file to plain text, or move it out of the folder
    "###);
}

// The annotation as TOML

#[test]
fn unknown_keys() {
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), file("a.toml", "titel = \"A\"")]), @"a.toml:1: there is no key `titel` here; did you mean `title`?");
    insta::assert_snapshot!(check("[[span]]\nqoute = \"bees\"\nvoice = \"author\""), @"talk.toml:9: there is no key `qoute` here; did you mean `quote`?");
    insta::assert_snapshot!(check("[body]\nbegin = \"Ann\""), @"talk.toml:9: there is no key `begin` here, but start, end");
}

#[test]
fn wrong_types_and_values() {
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), file("a.toml", "\ntitle = 3")]), @"a.toml:2: this value is of the wrong type: integer `3`, expected a string");
    let published = file("a.toml", "published = \"2021-07-30\"");
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), published]), @r#"a.toml:1: this value is of the wrong type: string "2021-07-30", expected a day without quotation marks, as in 2021-07-30"#);
    insta::assert_snapshot!(check("[[span]]\nquote = \"Bo Li agreed.\"\nvoice = \"spoken\""), @"talk.toml:10: there is no value `spoken` here, but author, reported, speech, quoted, nested");
    insta::assert_snapshot!(check("[[span]]\nquote = \"Bo Li agreed.\""), @"talk.toml:8: this entry lacks the key `voice`");
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), file("a.toml", "title = \"A")]), @r#"a.toml:1: this is not TOML: invalid basic string, expected `"`"#);
    let twice = file("a.toml", "title = \"A\"\ntitle = \"B\"");
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), twice]), @"a.toml:2: this key is given twice");
}

#[test]
fn published_without_a_day() {
    let annotation = file("a.toml", "\npublished = 07:32:00");
    insta::assert_snapshot!(faults(&[file("a.txt", "A."), annotation]), @"a.toml:2: `published` needs a day, as in 2021-07-30");
}

// Selectors

#[test]
fn selector_that_matches_nothing() {
    insta::assert_snapshot!(
        check("[[span]]\nquote = \"\\\"Bees dance,\\\" she said\"\nspeaker = \"ann\"\nvoice = \"quoted\""),
        @r#"talk.toml:9: “"Bees dance," she said” is not in the text; the nearest is ““Bees dance,” she said,” (line 2): copy the words from the text exactly"#
    );
    insta::assert_snapshot!(
        check("[[skip]]\nquote = \"zebra crossing\""),
        @"talk.toml:9: “zebra crossing” is not in the text: copy the words from the text exactly"
    );
    insta::assert_snapshot!(check("[[skip]]\nquote = \" \""), @"talk.toml:9: this selector is empty: give the words that it shall match");
}

#[test]
fn selector_that_matches_twice() {
    insta::assert_snapshot!(check("[[skip]]\nquote = \"said\""), @"talk.toml:9: “said” stands in the text more than once (lines 2 and 3): lengthen it, or add `after` or `before`");
    insta::assert_snapshot!(check("[[skip]]\nquote = \"spoke first. “Bees\"\n[[skip]]\nquote = \"ee\""), @"talk.toml:11: “ee” stands in the text more than once (lines 2 and 3): lengthen it, or add `after` or `before`");
}

#[test]
fn after_and_before_choose_among_matches() {
    let annotation = "[[speaker]]\nid = \"ann\"\nname = \"Ann\"\n[[span]]\nquote = \"bees\"\nafter = \
                      \"and\\n\"\nbefore = \" hum\"\nspeaker = \"ann\"\nvoice = \"quoted\"";
    let files =
        [file("a.txt", "The bees dance and bees hum and bees rest."), file("a.toml", annotation)];
    insta::assert_snapshot!(voices(only(&load(&files))), @r###"
    author -: The bees dance and
    quoted Ann: bees
    author -: hum and bees rest.
    "###);
    insta::assert_snapshot!(check("[[skip]]\nquote = \"said\"\nafter = \"nobody\""), @"talk.toml:9: “said” stands in the text, but not where `after` and `before` say: copy from the text what stands directly around it");
}

#[test]
fn spans_named_wrongly() {
    insta::assert_snapshot!(
        check("[[span]]\nfrom = \"Nobody slept.\"\nto = \"Ann Poe spoke\"\nspeaker = \"ann\"\nvoice = \"speech\""),
        @"talk.toml:10: `to` is before `from` in the text: exchange them"
    );
    insta::assert_snapshot!(check("[[span]]\nfrom = \"Nobody slept.\"\nvoice = \"author\""), @"talk.toml:9: a span is named by `quote` alone, or by both `from` and `to`");
    insta::assert_snapshot!(
        check("[[span]]\nquote = \"Bo Li\"\nto = \"agreed.\"\nvoice = \"author\"\n[[span]]\nvoice = \"author\""),
        @r###"
    talk.toml:9: a span is named by `quote` alone, or by both `from` and `to`
    talk.toml:13: a span is named by `quote` alone, or by both `from` and `to`
    "###
    );
    insta::assert_snapshot!(
        check("[[section]]\ntitle = \"S\"\nfrom = \"Nobody slept.\"\nto = \"Ann Poe spoke\""),
        @"talk.toml:11: `to` is before `from` in the text: exchange them"
    );
}

#[test]
fn crossing_spans() {
    insta::assert_snapshot!(
        check(
            "[[span]]\nfrom = \"Ann Poe\"\nto = \"Bees dance,\"\nspeaker = \"ann\"\nvoice = \"reported\"\n\
             [[span]]\nfrom = \"dance,”\"\nto = \"Nobody slept.\"\nspeaker = \"ann\"\nvoice = \"quoted\""
        ),
        @"talk.toml:14: this span overlaps the one of line 9 without lying inside it: end one before the other starts, or nest them"
    );
}

#[test]
fn body_and_what_stands_outside() {
    let outside = "[[span]]\nquote = \"The talk\"\nspeaker = \"ann\"\nvoice = \"speech\"\n\
                   [[skip]]\nquote = \"The end.\"\n\
                   [body]\nstart = \"Ann Poe\"\nend = \"that bees dance.\"";
    insta::assert_snapshot!(check(outside), @r###"
    talk.toml:9: this span reaches outside of [body]: shorten it, or move [body]
    talk.toml:13: this skip reaches outside of [body]: shorten it, or remove it
    "###);
    insta::assert_snapshot!(check("[body]\nstart = \"Bo Li\"\nend = \"Ann Poe\""), @"talk.toml:10: the end of [body] is before its start: exchange them");
}

// Speakers, voices, synonyms

#[test]
fn speakers_that_contradict() {
    insta::assert_snapshot!(check("[[speaker]]\nid = \"bo\"\nname = \"Bo Derek\""), @"talk.toml:9: there are two speakers with the id “bo”: rename one");
    insta::assert_snapshot!(
        check("[[speaker]]\nid = \"cy\"\nname = \"Cy\"\naliases = [\"Cyril\", \"LI\", \"ann poe\", \" \"]"),
        @r###"
    talk.toml:11: the name “LI” belongs to the speaker “bo” already: one name, one speaker
    talk.toml:11: the name “ann poe” belongs to the speaker “ann” already: one name, one speaker
    talk.toml:11: this name is empty: give it, or remove it
    "###
    );
}

#[test]
fn unknown_speakers() {
    let span = |speaker: &str| {
        format!(
            "[[span]]\nquote = \"Nobody slept.\"\nspeaker = \"{speaker}\"\nvoice = \"reported\""
        )
    };
    insta::assert_snapshot!(check(&span("anne")), @"talk.toml:10: there is no speaker with the id “anne”; did you mean “ann”?");
    insta::assert_snapshot!(check(&span("zorro")), @"talk.toml:10: there is no speaker with the id “zorro”: list the speaker in a [[speaker]] entry");
    insta::assert_snapshot!(
        faults(&[file("talk.txt", TALK), file("talk.toml", &span("ann"))]),
        @"talk.toml:3: there is no speaker with the id “ann”: list the speaker in a [[speaker]] entry"
    );
    insta::assert_snapshot!(
        check("[[span]]\nquote = \"Nobody slept.\"\nspeaker = \"an\"\nquoting = \"boo\"\nvoice = \"nested\""),
        @r###"
    talk.toml:10: there is no speaker with the id “an”; did you mean “ann”?
    talk.toml:11: there is no speaker with the id “boo”; did you mean “bo”?
    "###
    );
}

#[test]
fn voices_that_contradict() {
    let span = |rest: &str| check(&format!("[[span]]\nquote = \"Nobody slept.\"\n{rest}"));
    insta::assert_snapshot!(span("voice = \"author\"\nspeaker = \"ann\""), @"talk.toml:10: words in the voice `author` are the author's own: name another voice, or remove `speaker`, `quoting` and `printed`");
    insta::assert_snapshot!(span("voice = \"quoted\""), @"talk.toml:10: this voice needs a `speaker`: say whose words they are");
    insta::assert_snapshot!(span("voice = \"nested\"\nspeaker = \"ann\""), @"talk.toml:10: the voice `nested` needs both `speaker`, who cites, and `quoting`, who is cited");
    insta::assert_snapshot!(span("voice = \"quoted\"\nspeaker = \"ann\"\nquoting = \"bo\""), @"talk.toml:10: `quoting` and `printed` go with the voice `nested` only");
    insta::assert_snapshot!(
        span("voice = \"nested\"\nspeaker = \"ann\"\nquoting = \"bo\"\nprinted = \"author\""),
        @"talk.toml:10: `printed` can be `reported`, `speech` or `quoted`"
    );
}

#[test]
fn synonyms_want_company() {
    insta::assert_snapshot!(
        check("[[synonym]]\nterms = [\"bee\"]\n[[synonym]]\nterms = [\"hum\", \" \"]"),
        @r###"
    talk.toml:9: a group of synonyms has two terms at least, none of them empty
    talk.toml:11: a group of synonyms has two terms at least, none of them empty
    "###
    );
}

// Questions that sentences answer

fn ask(selector: &str, questions: &str) -> String {
    check(&format!("[[ask]]\n{selector}\nquestions = [{questions}]"))
}

#[test]
fn asks_that_name_no_sentence() {
    let ask = |selector: &str| ask(selector, "\"Who slept?\"");
    insta::assert_snapshot!(ask("quote = \"Nobody sleept.\""), @"talk.toml:9: “Nobody sleept.” is not in the text; the nearest is “Nobody slept.” (line 2): copy the words from the text exactly");
    insta::assert_snapshot!(ask("quote = \"bees dance\"\nafter = \"He said\""), @"talk.toml:9: “bees dance” stands in the text, but not where `after` and `before` say: copy from the text what stands directly around it");
    insta::assert_snapshot!(ask("quote = \"said\""), @"talk.toml:9: “said” stands in the text more than once (lines 2 and 3): lengthen it, or add `after` or `before`");
    insta::assert_snapshot!(ask("quote = \"spoke first. “Bees\""), @"talk.toml:9: these words stand in more than one sentence (¶2.1, ¶2.2): name words of the one that answers");
    insta::assert_snapshot!(ask("quote = \"\""), @"talk.toml:9: this selector is empty: give the words that it shall match");
    insta::assert_snapshot!(ask("from = \"Nobody\"\nto = \"slept\""), @"talk.toml:9: there is no key `from` here, but quote, after, before, questions");
}

#[test]
fn asks_of_what_is_never_quoted() {
    let skipped = "[[skip]]\nquote = \"Nobody slept.\"\n[body]\nstart = \"Ann Poe\"\n\
                   [[ask]]\nquote = \"slept\"\nquestions = [\"Who slept?\"]\n\
                   [[ask]]\nquote = \"The talk\"\nquestions = [\"What is it?\"]";
    insta::assert_snapshot!(check(skipped), @"
    talk.toml:13: ¶2.3 is a heading or lies in a [[skip]] and will never be quoted: name words of the running text, or remove this entry
    talk.toml:16: ¶1.1 lies outside of [body] and will never be quoted: remove this entry, or move [body]
    ");
    let long = format!("The bees {}end.", "and bees ".repeat(50));
    let annotation = "[[ask]]\nquote = \"The bees\"\nquestions = [\"What of bees?\"]";
    insta::assert_snapshot!(faults(&[file("a.txt", &long), file("a.toml", annotation)]), @"a.toml:2: ¶1.1 has 103 words and will never be quoted (an excerpt has at most 90): remove this entry");
    let heading = "[[ask]]\nquote = \"Talk\"\nquestions = [\"What is it?\"]";
    insta::assert_snapshot!(faults(&[file("a.md", "# Talk\nHum."), file("a.toml", heading)]), @"a.toml:2: ¶1.1 is a heading or lies in a [[skip]] and will never be quoted: name words of the running text, or remove this entry");
}

#[test]
fn questions_that_say_nothing_new() {
    let slept = "quote = \"Nobody slept.\"";
    insta::assert_snapshot!(ask(slept, ""), @"talk.toml:10: this list is empty: write a question, or remove the entry");
    insta::assert_snapshot!(ask(slept, "\n\"Who slept?\",\n\" ?\",\n\"who slept\""), @"
    talk.toml:12: this question is empty: write it, or remove it
    talk.toml:13: “who slept” is asked of this sentence already (line 11): remove one of the two
    ");
    let twice = format!("\"Who slept?\"]\n[[ask]]\n{slept}\nquestions = [\"Who  SLEPT\"");
    insta::assert_snapshot!(ask("quote = \"Nobody\"", &twice), @"talk.toml:13: “Who  SLEPT” is asked of this sentence already (line 10): remove one of the two");
    let long = "bees ".repeat(50);
    insta::assert_snapshot!(ask(slept, &format!("\"{long}\"")), @"talk.toml:10: this question has 249 characters, and may have 200: shorten it, or make two of it");
    insta::assert_snapshot!(ask(slept, "3"), @"talk.toml:10: this value is of the wrong type: integer `3`, expected a string");
    insta::assert_snapshot!(check("[[ask]]\nquote = \"Nobody slept.\"\nasks = []"), @"talk.toml:10: there is no key `asks` here, but quote, after, before, questions");
    insta::assert_snapshot!(check("[[ask]]\nquote = \"Nobody slept.\""), @"talk.toml:8: this entry lacks the key `questions`");
}

#[test]
fn asks_belong_to_their_sentence() {
    let annotation = "[[ask]]\nquote = \"“Bees dance,”\"\nquestions = [\" What do bees do? \", \"insects moving\"]\n\
                      [[ask]]\nquote = \"He said that\"\nquestions = [\"What do bees do?\"]\n\
                      [[ask]]\nquote = \"and they hum\"\nquestions = [\"Do bees make a noise?\"]";
    let corpus =
        load(&[file("a.txt", "Hum."), file("talk.txt", TALK), file("talk.toml", annotation)]);
    let asked: Vec<String> = corpus
        .sentences()
        .filter(|(_, sentence)| !sentence.asks().is_empty())
        .map(|(_, sentence)| {
            format!("{}: {}", sentence.sentence.place, sentence.asks().join(" | "))
        })
        .collect();
    insta::assert_snapshot!(asked.join("\n"), @"
    ¶2.2: What do bees do? | insects moving | Do bees make a noise?
    ¶3.2: What do bees do?
    ");
    assert!(corpus.documents()[1].asks(usize::MAX).is_empty());
    let bare = load(&[file("a.txt", "Hum."), file("talk.txt", TALK)]);
    assert_ne!(corpus.documents()[1].hash(), bare.documents()[1].hash(), "asks change the answers");
}

// What loads

#[test]
fn a_bare_text_is_a_document() {
    let corpus = load(&[file("some/folder/my-talk.txt", TALK)]);
    let document = only(&corpus);
    assert_eq!((document.slug(), document.title()), ("my-talk", "my-talk"));
    assert_eq!((document.author(), document.published(), document.url()), (None, None, None));
    assert_eq!(document.language(), "en");
    assert_eq!(document.text(), TALK);
    let places: Vec<String> = document.sentences().iter().map(|s| s.place.to_string()).collect();
    assert_eq!(places, ["¶1.1", "¶2.1", "¶2.2", "¶2.3", "¶3.1", "¶3.2", "¶4.1"]);
    assert!(document.sentences().iter().all(|s| s.attribution == Attribution::AUTHOR));
    assert!(document.sentences().iter().all(engine::knowledge::Sentence::is_quotable));
}

#[test]
fn nothing_is_a_corpus_without_documents() {
    assert_eq!(load(&[]).documents().len(), 0);
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let corpus = load(&[
        file("a.txt", &format!("\u{feff}{TALK}")),
        file("a.toml", "\u{feff}title = \"Talk\"\n[body]\nstart = \"The talk\""),
    ]);
    let document = only(&corpus);
    assert_eq!(document.title(), "Talk");
    let plain = load(&[file("a.txt", TALK)]);
    assert_eq!(sentences(document), sentences(only(&plain)));
    for (ours, plain) in document.sentences().iter().zip(only(&plain).sentences()) {
        assert_eq!(ours.span.start(), plain.span.start() + 3);
        assert_eq!(ours.region, Region::Body);
    }
}

#[test]
fn line_ends_of_windows_only_shift() {
    let corpus = load(&[file("a.txt", &TALK.replace('\n', "\r\n"))]);
    let plain = load(&[file("a.txt", TALK)]);
    let (document, plain) = (only(&corpus), only(&plain));
    assert_eq!(sentences(document), sentences(plain));
    for (ours, plain) in document.sentences().iter().zip(plain.sentences()) {
        assert_eq!(ours.place, plain.place);
        assert_eq!(ours.span.start(), plain.span.start() + plain.place.paragraph - 1);
    }
}

#[test]
fn markdown_headings_are_sections_and_never_quoted() {
    let text = "Before.\n\n# Bees of C# #\nBees dance. ## no heading\n#5 is no heading.\n\n## Ants\nAnts dig.\n";
    let corpus = load(&[file("a.md", text), file("b.txt", "# Not Markdown.")]);
    let document = &corpus.documents()[0];
    let drawn: Vec<String> = document
        .sentences()
        .iter()
        .map(|sentence| {
            let section = document.section_of(sentence).map_or("-", |s| s.title.as_str());
            format!("{section} | {:?} | {}", sentence.region, sentence.span.slice(text))
        })
        .collect();
    insta::assert_snapshot!(drawn.join("\n"), @r###"
    - | Body | Before.
    Bees of C# | Skipped | # Bees of C# #
    Bees of C# | Body | Bees dance. ## no heading
    Bees of C# | Body | #5 is no heading.
    Ants | Skipped | ## Ants
    Ants | Body | Ants dig.
    "###);
    assert_eq!(corpus.documents()[1].sentences()[0].region, Region::Body);
}

#[test]
fn inner_and_later_spans_win() {
    let annotation = "\
        [[speaker]]\nid = \"ann\"\nname = \"Ann Poe\"\n\
        [[speaker]]\nid = \"bo\"\nname = \"Bo Li\"\n\
        [[span]]\nquote = \"and they hum.\"\nspeaker = \"bo\"\nvoice = \"speech\"\n\
        [[span]]\nfrom = \"Ann Poe\"\nto = \"Nobody slept.\"\nspeaker = \"ann\"\nvoice = \"reported\"\n\
        [[span]]\nquote = \"and they hum.\"\nspeaker = \"ann\"\nvoice = \"quoted\"\n\
        [[span]]\nquote = \"they\"\nspeaker = \"ann\"\nquoting = \"bo\"\nvoice = \"nested\"\n\
        [[span]]\nquote = \"Nobody slept.\"\nvoice = \"author\"\n";
    let corpus = load(&[file("talk.txt", TALK), file("talk.toml", annotation)]);
    let document = only(&corpus);
    insta::assert_snapshot!(voices(document), @r###"
    author -: The talk
    reported Ann Poe: Ann Poe spoke first. “Bees dance,” she said, “
    quoted Ann Poe: and
    quoted Bo Li via Ann Poe: they
    quoted Ann Poe: hum.
    reported Ann Poe: ”
    author -: Nobody slept.
    Bo Li agreed. He said that bees dance.
    The end.
    "###);
    let attribution = document.sentences()[2].attribution;
    assert_eq!(attribution.voice, Voice::Reported, "{:?}", sentences(document)[2]);
}

#[test]
fn skips_may_overlap() {
    let annotation = "[[skip]]\nquote = \"One. Two. Three. Four.\"\n[[skip]]\nquote = \"Two.\"\n\
                      [[skip]]\nquote = \"Three. Four. Five.\"";
    let files =
        [file("a.txt", "Zero. One. Two. Three. Four. Five. Six."), file("a.toml", annotation)];
    let corpus = load(&files);
    let document = only(&corpus);
    let kept: Vec<&str> = document
        .sentences()
        .iter()
        .filter(|sentence| sentence.is_quotable())
        .map(|sentence| sentence.span.slice(document.text()))
        .collect();
    assert_eq!(kept, ["Zero.", "Six."]);
}

#[test]
fn the_furniture_around_the_body_is_not_quotable() {
    use Region::{Body, Furniture};
    let corpus = load(&[
        file("talk.txt", TALK),
        file("talk.toml", "[body]\nstart = \"Ann Poe\"\nend = \"Bo Li agreed.\""),
    ]);
    let regions: Vec<Region> = only(&corpus).sentences().iter().map(|s| s.region).collect();
    assert_eq!(regions, [Furniture, Body, Body, Body, Body, Furniture, Furniture]);
}

#[test]
fn a_sentence_too_long_is_never_quotable() {
    let longest = format!("Bees{}.", " dance".repeat(MAX_EXCERPT_WORDS - 1));
    let longer = format!("Bees{}.", " dance".repeat(MAX_EXCERPT_WORDS));
    let corpus = load(&[file("a.txt", &format!("{longest} {longer}"))]);
    let quotable: Vec<(usize, bool)> =
        only(&corpus).sentences().iter().map(|s| (s.words, s.is_quotable())).collect();
    assert_eq!(quotable, [(90, true), (91, false)]);
}

#[test]
fn the_hash_tells_source_and_annotation() {
    let hash = |source: &str, annotation: Option<&str>| {
        let mut files = vec![file("a.txt", source)];
        files.extend(annotation.map(|text| file("a.toml", text)));
        only(&load(&files)).hash().to_owned()
    };
    let versions = [
        hash("One.", None),
        hash("One. ", None),
        hash("One.", Some("# note\n")),
        hash("One.", Some("# nota\n")),
        hash("One.# note\n", None),
    ];
    for (index, version) in versions.iter().enumerate() {
        assert_eq!(version.len(), 64);
        assert!(!versions[..index].contains(version), "version {index} has the hash of another");
    }
    assert_eq!(hash("One.", None), versions[0]);
}

#[test]
fn documents_stand_in_the_order_of_their_slugs() {
    let names = ["b.txt", "a-1.txt", "a.md", "x/c.txt"];
    let slugs = |order: &[usize]| {
        let files: Vec<SourceFile> =
            order.iter().map(|index| file(names[*index], "One.")).collect();
        let corpus = load(&files);
        corpus.documents().iter().map(|d| d.slug().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&[0, 1, 2, 3]), ["a", "a-1", "b", "c"]);
    assert_eq!(slugs(&[3, 2, 1, 0]), slugs(&[0, 1, 2, 3]));
}

#[test]
fn sentence_ids_count_through_all_documents() {
    let corpus = load(&[file("b.txt", "Three. Four."), file("a.txt", "One. Two.")]);
    let all: Vec<String> = corpus
        .sentences()
        .map(|(id, located)| {
            let same = corpus.sentence(id).unwrap();
            assert_eq!((same.text(), same.index), (located.text(), located.index));
            assert_eq!(corpus.sentence_id(located.document_index, located.index), Some(id));
            format!("{} {} {}", id.index(), located.document.slug(), located.text())
        })
        .collect();
    assert_eq!(all, ["0 a One.", "1 a Two.", "2 b Three.", "3 b Four."]);
    assert!(corpus.sentence(engine::knowledge::SentenceId::new(4)).is_none());
    assert_eq!(corpus.sentence_id(0, 2), None);
}

// Size: each of these takes minutes if anything is looked at once for every other thing.

#[test]
fn a_long_line_without_sentence_ends_loads() {
    let corpus = load(&[file("a.txt", &"bees dance ".repeat(200_000))]);
    assert_eq!(only(&corpus).sentences().len(), 1);
}

#[test]
fn a_long_line_of_initials_without_white_space_loads() {
    let corpus = load(&[file("a.txt", &format!("A.{}", "中.".repeat(100_000)))]);
    assert!(only(&corpus).sentences().len() > 1);
}

#[test]
fn thousands_of_spans_load() {
    let (source, annotation) = many_spans(3_000);
    let corpus = load(&[file("a.txt", &source), file("a.toml", &annotation)]);
    assert_eq!(only(&corpus).parts().len(), 6_000);
}

#[test]
fn thousands_of_faults_are_all_told() {
    let (source, annotation) = many_spans(3_000);
    let source = source.replace("dance", "sleep");
    let faults = Corpus::load(&[file("a.txt", &source), file("a.toml", &annotation)]).unwrap_err();
    assert_eq!(faults.iter().count(), 3_000);
}

fn many_spans(count: usize) -> (String, String) {
    use std::fmt::Write as _;
    let mut source = String::new();
    let mut annotation = "[[speaker]]\nid = \"ann\"\nname = \"Ann\"\n".to_owned();
    for number in 0..count {
        writeln!(source, "Bee number {number} said that the bees of hive {number} dance.").unwrap();
        writeln!(
            annotation,
            "[[span]]\nfrom = \"Bee number {number} said\"\nto = \"the bees of hive {number} \
             dance.\"\nspeaker = \"ann\"\nvoice = \"reported\""
        )
        .unwrap();
    }
    (source, annotation)
}

#[test]
fn the_articles_folder_loads() {
    assert_eq!(load(&support::files("knowledge")).documents()[0].slug(), support::ARTICLE);
}
