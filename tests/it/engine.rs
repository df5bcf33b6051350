//! What the engine says: right passages with right attribution, abstention with its reason, and
//! the form of every answer.

use engine::answer::{
    Answer, AskError, Engine, Excerpt, MAX_EXCERPT_SENTENCES, MAX_EXCERPTS, Person, Question,
    Reason,
};
use engine::evaluation;
use engine::knowledge::{MAX_EXCERPT_WORDS, SourceFile, Voice};

use crate::support::{self, article, ask, check_first, file};

const DEV: &str = include_str!("../gold/dev.jsonl");

fn ask_of(engine: &Engine, speaker: &str, text: &str) -> Result<Answer, AskError> {
    engine.ask(&Question { text, speaker: Some(speaker), context: &[] })
}

fn quoted(engine: &Engine, text: &str) -> Vec<Excerpt> {
    match ask(engine, text) {
        Answer::Quoted { excerpts, .. } => excerpts,
        answer @ Answer::Abstained { .. } => panic!("“{text}” is answered with {answer:#?}"),
    }
}

fn reason(engine: &Engine, text: &str) -> Reason {
    match ask(engine, text) {
        Answer::Abstained { reason, .. } => reason,
        answer @ Answer::Quoted { .. } => panic!("“{text}” is answered with {answer:#?}"),
    }
}

fn name(person: Option<&Person>) -> &str {
    person.map_or("-", |person| person.name.as_str())
}

/// The first excerpt of the answer holds `words`, in `voice` and of `speaker` (`-`: the author).
#[track_caller]
fn check(engine: &Engine, question: &str, words: &str, voice: Voice, speaker: &str) {
    let first = quoted(engine, question).swap_remove(0);
    assert!(first.text().contains(words), "“{question}” is answered with “{}”", first.text());
    assert_eq!((first.voice(), name(first.speaker())), (voice, speaker), "“{question}”");
}

#[track_caller]
fn check_article(question: &str, words: &str, voice: Voice, speaker: &str) {
    check(article(), question, words, voice, speaker);
}

/// A form that every answer has, whatever was asked.
#[track_caller]
fn check_form(engine: &Engine, answer: &Answer) {
    let corpus = engine.corpus();
    let excerpts = answer.passages();
    assert!(excerpts.len() <= MAX_EXCERPTS);
    assert!((0.0..=1.0).contains(&answer.confidence()), "{}", answer.confidence());
    assert!(answer.is_abstention() || !excerpts.is_empty());
    for (index, excerpt) in excerpts.iter().enumerate() {
        let origin = &excerpt.origin().slug;
        let document = corpus.documents().iter().find(|d| d.slug() == origin).unwrap();
        let span = excerpt.span();
        assert_eq!(span.slice(document.text()), excerpt.text(), "a slice of the source");
        let held: Vec<_> = document
            .sentences()
            .iter()
            .filter(|sentence| sentence.span.intersection(span).is_some())
            .collect();
        assert!((1..=MAX_EXCERPT_SENTENCES).contains(&held.len()));
        assert_eq!(held[0].span.start(), span.start(), "whole sentences");
        assert_eq!(held[held.len() - 1].span.end(), span.end(), "whole sentences");
        assert!(held.iter().all(|s| s.is_quotable()), "never from skips and furniture");
        assert!(held.iter().all(|s| s.place.paragraph == held[0].place.paragraph));
        assert!(excerpt.text().split_whitespace().count() <= MAX_EXCERPT_WORDS);
        assert_eq!(excerpt.voice() == Voice::Author, excerpt.speaker().is_none());
        let characters = excerpt.characters();
        let count = characters.end - characters.start;
        let sliced: String = document.text().chars().skip(characters.start).take(count).collect();
        assert_eq!(sliced, excerpt.text());
        for other in &excerpts[..index] {
            let is_apart =
                other.origin().slug != *origin || other.span().intersection(span).is_none();
            assert!(is_apart, "“{}” overlaps “{}”", other.text(), excerpt.text());
        }
    }
}

// The article

#[test]
fn plain_questions_about_the_article() {
    use Voice::{Author, Reported, Speech};
    check_article("When was the summit held?", "took place via Zoom on July 6", Author, "-");
    check_article(
        "How many people has China lifted out of extreme poverty?",
        "more than 800 million people",
        Author,
        "-",
    );
    check_article(
        "What did Ramaphosa say about vaccine imperialism?",
        "“vaccine imperialism,”",
        Reported,
        "Cyril Ramaphosa",
    );
    check_article(
        "What did Medvedev say about the Eurasian Union?",
        "EurAsian union",
        Reported,
        "Dmitri Medvedev",
    );
    check_article(
        "How many medical teams did Cuba send to other countries?",
        "57 medical teams",
        Speech,
        "Miguel Diaz-Canel",
    );
    check_article("debt trap", "“debt trap” narrative", Author, "-");
}

#[test]
fn speakers_are_known_by_alias_role_demonym_and_typo() {
    let imperialism = |question: &str| {
        check_article(question, "“vaccine imperialism,”", Voice::Reported, "Cyril Ramaphosa");
    };
    imperialism("What did ramaposa say about vaccine imperialism?");
    imperialism("What did the ANC president say about vaccine imperialism?");
    imperialism("the South African leader on vaccine imperialism");
    imperialism("WHAT DID CYRIL RAMAPHOSA SAY ABOUT VACCINE IMPERIALISM");
    let blockade = |question: &str| {
        check_article(question, "criminal blockade", Voice::Speech, "Miguel Diaz-Canel");
    };
    blockade("What did Díaz-Canel say about the blockade by the U.S. government?");
    blockade("what did the Cuban president say about the criminal blockade");
}

#[test]
fn an_authors_comment_inside_a_speakers_section_has_no_speaker() {
    check_article(
        "What poverty alleviation result has no capitalist country come remotely close to?",
        "no capitalist country has come remotely close to",
        Voice::Author,
        "-",
    );
}

#[test]
fn a_mixed_sentence_has_its_parts() {
    let question = "What did Ramaphosa say about vaccine imperialism?";
    let first = quoted(article(), question).swap_remove(0);
    let parts: Vec<String> = first
        .parts()
        .iter()
        .map(|part| format!("{} {}: {}", part.voice.name(), name(part.speaker.as_ref()), part.text))
        .collect();
    assert!(
        parts.contains(&"quoted Cyril Ramaphosa: “vaccine imperialism,”".to_owned()),
        "{parts:#?}"
    );
    assert!(
        parts.contains(&"quoted Cyril Ramaphosa: morally indefensible".to_owned()),
        "{parts:#?}"
    );
    assert_eq!(first.voices(), [Voice::Reported, Voice::Quoted]);
    let framed = quoted(
        article(),
        "Did Xi urge political parties to counter the politicizing of the Covid-19 pandemic?",
    );
    assert_eq!(framed[0].voices(), [Voice::Author, Voice::Reported]);
    assert_eq!(framed[0].parts()[0].speaker, None);
}

#[test]
fn a_cited_person_is_cited_by_somebody() {
    let first = quoted(article(), "Who said “nothing is stronger than unity”?").swap_remove(0);
    assert!(first.text().contains("nothing is stronger than unity"));
    assert_eq!(first.voice(), Voice::Quoted);
    assert_eq!(name(first.speaker()), "Ho Chi Minh");
    assert_eq!(name(first.via()), "Nguyen Phu Trong");
    assert_eq!(name(first.quoting()), "Ho Chi Minh");
    let endorsed = quoted(article(), "who said people are the true heroes who create history");
    assert_eq!(name(endorsed[0].speaker()), "Cyril Ramaphosa");
    assert_eq!(name(endorsed[0].quoting()), "Xi Jinping");
}

#[test]
fn hostile_questions_are_not_answered() {
    let questions = evaluation::read(DEV, |_| None).unwrap();
    let hostile: Vec<_> = questions.iter().filter(|q| q.kind == "adversarial").collect();
    assert_eq!(hostile.len(), 10);
    let answered: Vec<&str> = hostile
        .iter()
        .filter(|question| !ask(article(), &question.text).is_abstention())
        .map(|question| question.id.as_str())
        .collect();
    assert!(answered.is_empty(), "answered: {answered:?}");
}

#[test]
fn every_answer_to_the_development_questions_has_the_form() {
    for question in evaluation::read(DEV, |_| None).unwrap() {
        check_form(article(), &ask(article(), &question.text));
    }
}

// The speaker wanted

#[test]
fn only_the_speaker_asked_for_is_quoted() {
    for (speaker, printed) in [
        ("Cyril Ramaphosa", "Cyril Ramaphosa"),
        ("ramaphosa", "Cyril Ramaphosa"),
        ("South Africa", "Cyril Ramaphosa"),
        ("diaz canel", "Miguel Diaz-Canel"),
        ("DÍAZ-CANEL", "Miguel Diaz-Canel"),
        ("Ho Chi Minh", "Ho Chi Minh"),
    ] {
        let answer = ask_of(article(), speaker, "What did he say about the people?").unwrap();
        assert!(!answer.passages().is_empty(), "{speaker}");
        for excerpt in answer.passages() {
            assert_eq!(name(excerpt.speaker()), printed, "{}", excerpt.text());
        }
        check_form(article(), &answer);
    }
}

#[test]
fn the_author_can_be_asked_for() {
    for speaker in ["the author", "Author", "Henry Lowendorf", "henry lowendorf"] {
        let answer = ask_of(article(), speaker, "What about poverty alleviation?").unwrap();
        assert!(!answer.passages().is_empty());
        for excerpt in answer.passages() {
            assert_eq!((excerpt.voice(), excerpt.speaker()), (Voice::Author, None));
        }
    }
}

#[test]
fn an_unknown_speaker_is_an_error_that_offers_the_nearest() {
    let message =
        |speaker| ask_of(article(), speaker, "What about peace?").unwrap_err().to_string();
    insta::assert_snapshot!(message("Ramafosa"), @"no speaker is called “Ramafosa”; did you mean Cyril Ramaphosa?");
    insta::assert_snapshot!(message("Qqqqq"), @"no speaker is called “Qqqqq”");
    insta::assert_snapshot!(message(""), @"the speaker’s name is empty: name a person, or “the author”");
}

#[test]
fn a_listed_speaker_without_words_is_named() {
    for question in ["What did Duterte say at the summit?", "What did Duterte say?"] {
        let name = "Rodrigo Duterte".to_owned();
        assert_eq!(reason(article(), question), Reason::NoWordsOf { name });
    }
}

#[test]
fn a_listed_speaker_without_words_is_named_for_the_filter_too() {
    let Answer::Abstained { reason, nearest, .. } =
        ask_of(article(), "Duterte", "What did he say about peace?").unwrap()
    else {
        panic!("Duterte says nothing");
    };
    assert!(nearest.is_empty());
    assert_eq!(reason, Reason::NoWordsOf { name: "Rodrigo Duterte".to_owned() });
}

// Reasons

#[test]
fn nothing_is_asked() {
    for question in ["", "   ", "\n\t", "🤔", "?!", "“”", "\u{0}", "\u{202e}", "the of and"] {
        assert_eq!(reason(article(), question), Reason::NothingAsked, "“{question}”");
    }
}

#[test]
fn nothing_is_found() {
    for question in ["zyzzyva quokka", "What is a xylophone?"] {
        assert_eq!(reason(article(), question), Reason::NothingFound, "“{question}”");
    }
    let empty = support::engine(&[]);
    assert_eq!(reason(&empty, "What did anybody say about peace?"), Reason::NothingFound);
}

#[test]
fn what_is_found_does_not_answer() {
    for question in ["how do i write a for loop in rust", "What was agreed at COP26 in Glasgow?"] {
        assert!(matches!(
            reason(article(), question),
            Reason::NotSureEnough | Reason::NothingFound
        ));
    }
    let nearest = ask(article(), "whats the weather in beijing today");
    assert!(nearest.is_abstention());
    check_form(article(), &nearest);
}

// Questions are data

#[test]
fn query_syntax_is_words_or_nothing() {
    let plain = ask(article(), "debt trap narrative");
    for question in [
        "debt AND trap AND narrative",
        "(debt trap narrative",
        "+debt +trap -- narrative)))",
        "\"debt\" [trap TO narrative}",
        "debt^5 trap~ narrative*",
    ] {
        let answer = ask(article(), question);
        let first = |answer: &Answer| answer.passages()[0].text().to_owned();
        assert_eq!(first(&answer), first(&plain), "{question}");
        check_form(article(), &answer);
    }
    for question in ["*", "*:*", "/.*/", "title:", "_exists_:x", "\\", "%s%n", "'; DROP TABLE x;--"]
    {
        assert!(ask(article(), question).is_abstention(), "{question}");
    }
}

#[test]
fn long_questions_are_read() {
    for question in [
        "(".repeat(10_000),
        "a".repeat(4_000),
        "peace ".repeat(700),
        "🇨🇳".repeat(500),
        "e\u{301}\u{302}".repeat(1_300),
    ] {
        check_form(article(), &ask(article(), &question));
    }
    let buried = format!("{} What is the debt trap narrative?", "Hello there! ".repeat(300));
    let first = &ask(article(), &buried).passages()[0].text().to_owned();
    assert!(first.contains("debt trap"), "{first}");
}

// Small made-up corpora

fn hive() -> Vec<SourceFile> {
    let text = "The hive\n\
        Ann Poe opened the congress of beekeepers in Riverton. \
        She counted twelve thousand hives in the valley. \
        She warned that the drought had emptied every second meadow.\n\
        Bo Li presented the honey harvest. “Our harvest doubled,” he said. \
        The author doubts that the harvest doubled at all.\n\
        Subscribe to the newsletter of beekeepers about the honey harvest!\n";
    let annotation = "title = \"The hive\"\nauthor = \"Cy Dee\"\n\
        [body]\nend = \"doubled at all.\"\n\
        [[speaker]]\nid = \"ann\"\nname = \"Ann Poe\"\nrole = \"Chair of the congress\"\naliases = [\"Poe\"]\n\
        [[speaker]]\nid = \"bo\"\nname = \"Bo Li\"\n\
        [[speaker]]\nid = \"eve\"\nname = \"Eve Fox\"\n\
        [[span]]\nfrom = \"She counted\"\nto = \"second meadow.\"\nspeaker = \"ann\"\nvoice = \"reported\"\n\
        [[span]]\nquote = \"“Our harvest doubled,”\"\nspeaker = \"bo\"\nvoice = \"quoted\"\n\
        [[skip]]\nquote = \"The hive\"\n\
        [[synonym]]\nterms = [\"drought\", \"aridity\"]\n";
    let ants =
        "Ants build towers. The tallest tower of ants stood in Hillport and held seven chambers.\n";
    vec![file("hive.txt", text), file("hive.toml", annotation), file("ants.txt", ants)]
}

#[test]
fn numbers_agree_as_words_and_digits() {
    let engine = support::engine(&hive());
    let counted = |question: &str| {
        check(&engine, question, "twelve thousand hives", Voice::Reported, "Ann Poe");
    };
    counted("Who counted twelve thousand hives in the valley?");
    let digits = ask(&engine, "Which tower of ants held 7 chambers?");
    let words = ask(&engine, "Which tower of ants held seven chambers?");
    assert_eq!(digits.passages()[0].text(), words.passages()[0].text());
    assert!(digits.passages()[0].text().contains("seven chambers"));
}

/// A meeting in whose report two people speak, and a third is listed.
fn pier() -> Engine {
    let text = "The pier meeting\n\
        Ann Poe remembered the last crossing by steam. Ann Poe said the planks are rotten.\n\
        Bo Li praised Ann Poe for her care of the lamps.\n\
        Among the speakers were Eve Fox and Dan Moss.\n\
        The meeting in the old hall was on 3 May 2019. The meeting of the guests and the crew in the old hall took about four hours in all.\n";
    let annotation = "title = \"The pier meeting\"\nauthor = \"Cy Dee\"\n\
        [[speaker]]\nid = \"ann\"\nname = \"Ann Poe\"\n\
        [[speaker]]\nid = \"bo\"\nname = \"Bo Li\"\n\
        [[speaker]]\nid = \"eve\"\nname = \"Eve Fox\"\n\
        [[span]]\nfrom = \"Ann Poe remembered\"\nto = \"are rotten.\"\nspeaker = \"ann\"\nvoice = \"reported\"\n\
        [[span]]\nquote = \"Bo Li praised Ann Poe for her care of the lamps.\"\nspeaker = \"bo\"\nvoice = \"reported\"\n\
        [[skip]]\nquote = \"The pier meeting\"\n";
    support::engine(&[file("pier.txt", text), file("pier.toml", annotation)])
}

#[test]
fn who_is_asked_for_is_not_who_is_named() {
    let engine = pier();
    check_first(&engine, "Who mentioned Ann Poe?", "Bo Li praised");
    check_first(&engine, "What did Ann Poe mention?", "Ann Poe");
    check_first(&engine, "Whom did Bo Li praise?", "Bo Li praised");
    check_first(&engine, "Did Eve Fox speak?", "Among the speakers");
    assert_eq!(
        reason(&engine, "What did Eve Fox say?"),
        Reason::NoWordsOf { name: "Eve Fox".to_owned() }
    );
}

#[test]
fn dates_are_no_quantities() {
    check_first(&pier(), "How long was the meeting in the old hall?", "took about four hours");
    check_first(&pier(), "When was the meeting in the old hall?", "3 May 2019");
}

#[test]
fn synonyms_of_the_annotation_are_known() {
    let engine = support::engine(&hive());
    let first = ask(&engine, "aridity in the meadow").passages()[0].text().to_owned();
    assert!(first.contains("drought"), "{first}");
    let mut files = hive();
    let text = String::from_utf8(files[1].bytes.clone()).unwrap();
    files[1] = file("hive.toml", text.split("[[synonym]]").next().unwrap());
    let without = support::engine(&files);
    assert!(ask(&without, "aridity").passages().is_empty());
    assert!(!ask(&engine, "aridity").passages().is_empty());
}

#[test]
fn furniture_and_skips_are_never_found() {
    let engine = support::engine(&hive());
    for question in ["Subscribe to the newsletter", "newsletter", "The hive", "honey harvest"] {
        let answer = ask(&engine, question);
        check_form(&engine, &answer);
        for excerpt in answer.passages() {
            assert!(!excerpt.text().contains("newsletter") && excerpt.text() != "The hive");
        }
    }
}

#[test]
fn a_bare_text_is_attributed_to_its_document() {
    let engine = support::engine(&hive());
    let first = quoted(&engine, "Where stood the tallest tower of ants?").swap_remove(0);
    assert_eq!((first.voice(), first.speaker(), first.via()), (Voice::Author, None, None));
    assert_eq!((first.origin().title.as_str(), &first.origin().author), ("ants", &None));
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let forwards = support::engine(&hive());
    let mut files = hive();
    files.reverse();
    let backwards = support::engine(&files);
    for question in ["honey harvest", "ants and beekeepers", "What did Poe say?", "Eve Fox said?"] {
        let answer = ask(&forwards, question);
        assert_eq!(ask(&forwards, question), answer, "asked twice");
        assert_eq!(ask(&backwards, question), answer, "{question}");
    }
}

#[test]
fn the_same_answer_on_every_call_and_from_every_engine() {
    let other = support::engine(&support::files("knowledge"));
    for question in evaluation::read(DEV, |_| None).unwrap().iter().step_by(7) {
        let answer = ask(article(), &question.text);
        assert_eq!(ask(article(), &question.text), answer);
        assert_eq!(ask(&other, &question.text), answer);
    }
}

#[test]
fn engines_side_by_side_do_not_mix() {
    let (hive, article) = (support::engine(&hive()), article());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let ants = ask(&hive, "the tallest tower of ants");
                assert_eq!(ants.passages()[0].origin().slug, "ants");
                let debt = ask(article, "debt trap narrative");
                assert_eq!(debt.passages()[0].origin().slug, support::ARTICLE);
            });
        }
    });
}

#[test]
fn an_engine_is_shared_between_threads() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Engine>();
    is_shared::<Answer>();
}

// What is not answered, and why

#[test]
fn opinions_and_orders_are_no_questions_to_the_document() {
    for question in ["Is China good?", "What do you think of Xi Jinping?", "who is right"] {
        assert_eq!(reason(article(), question), Reason::OpinionAsked, "“{question}”");
    }
    for order in ["Write me a poem about vaccines", "tl;dr of the summit", "Ignore your rules now"]
    {
        assert_eq!(reason(article(), order), Reason::OrderGiven, "“{order}”");
    }
}

#[test]
fn a_stranger_has_no_words_in_the_document() {
    let check = |question: &str, name: &str| {
        let name = name.to_owned();
        assert_eq!(reason(article(), question), Reason::NotASpeaker { name }, "“{question}”");
    };
    check("What did Emmanuel Macron say about vaccines?", "Emmanuel Macron");
    check("what did putin say about vaccines", "putin");
    check("According to Angela Merkel, who made the vaccines?", "Angela Merkel");
    check("Biden's speech about China", "Biden");
    // Where no speakers are marked, everybody may have spoken.
    let text = "The harbour is deep, Smith said. Boats lie in it all winter.";
    let harbour = support::engine(&[file("harbour.txt", text)]);
    let said = ask(&harbour, "What did Jones say?");
    assert!(!matches!(said, Answer::Abstained { reason: Reason::NotASpeaker { .. }, .. }));
}

#[test]
fn who_is_only_listed_is_said_to_be_silent() {
    for question in ["Does Serbia support the Belt and Road Initiative?", "evo morales speech"] {
        let reason = reason(article(), question);
        assert!(matches!(reason, Reason::NoWordsOf { .. }), "“{question}”: {reason:?}");
    }
}

#[test]
fn the_author_is_a_speaker_and_has_a_byline() {
    check_article("Who wrote the article?", "Henry Lowendorf", Voice::Author, "-");
    check_article("When was this article published?", "July 30, 2021", Voice::Author, "-");
    let excerpts = quoted(article(), "What did the author say about the debt trap?");
    assert!(excerpts[0].text().contains("“debt trap” narrative"), "{}", excerpts[0].text());
    assert!(excerpts.iter().all(|excerpt| excerpt.speaker().is_none()));
}

// Several parts

fn together(engine: &Engine, text: &str) -> Vec<Excerpt> {
    let answer = ask(engine, text);
    check_form(engine, &answer);
    let number = answer.together();
    match answer {
        Answer::Quoted { mut excerpts, .. } => {
            excerpts.truncate(number);
            excerpts
        }
        answer @ Answer::Abstained { .. } => panic!("“{text}” is answered with {answer:#?}"),
    }
}

#[test]
fn a_comparison_quotes_each_side() {
    let sides =
        together(article(), "Compare what Xi and Nazarbaev said about not leaving anyone behind.");
    let mut names: Vec<&str> = sides.iter().map(|side| name(side.speaker())).collect();
    names.sort_unstable();
    assert_eq!(names, ["Nursultan Nazarbaev", "Xi Jinping"]);
}

#[test]
fn a_list_quotes_several_speakers_each_once() {
    let listed = together(article(), "How many leaders mentioned the Belt and Road Initiative?");
    assert!(listed.len() > 1, "{listed:#?}");
    let names: std::collections::HashSet<&str> =
        listed.iter().map(|excerpt| name(excerpt.speaker())).collect();
    assert_eq!(names.len(), listed.len());
    assert!(listed.iter().all(|excerpt| excerpt.text().contains("Belt and Road")));
}

#[test]
fn a_question_of_one_part_quotes_one() {
    let one = together(article(), "What did Ramaphosa say about vaccine imperialism?");
    assert_eq!(one.len(), 1);
    let held = together(article(), "When was the summit held and who convened the summit?");
    assert!(held.len() <= 2, "{held:#?}");
}

// Other languages

#[test]
fn a_question_in_another_language_is_answered_surely_or_not_at_all() {
    let asked = reason(article(), "¿Cuántos caballos hay en los circos de la ciudad?");
    let Reason::OtherLanguage { asked, read } = asked else { panic!("{asked:?}") };
    assert_eq!((asked.name, read.as_slice()), (Some("Spanish"), ["English"].as_slice()));
}
