//! The quotation check: exact, near, absent; where, and whose words.
#![allow(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says no by panicking, its helpers too"
)]

use std::sync::OnceLock;

use engine::answer::Engine;
use engine::knowledge::{Region, Voice};
use engine::quotation::{
    Claim, MAX_CLAIM_WORDS, MAX_PASSAGES, Mark, Segment, Share, Verdict, Verification, VerifyError,
};
use proptest::prelude::*;

use crate::support;

fn verify(engine: &Engine, quote: &str, speaker: Option<&str>) -> Verification {
    let verification = engine.verify(&Claim { quote, speaker }).unwrap();
    hold(engine, quote, &verification);
    verification
}

/// What is true of every verification.
fn hold(engine: &Engine, quote: &str, verification: &Verification) {
    assert_eq!(text(verification.claim()), quote);
    for passage in verification.passages() {
        assert!(passage.is_verbatim(engine.corpus()));
        assert_eq!(text(passage.segments()), passage.text());
        assert!(passage.start() <= passage.end());
        assert!(!passage.parts().is_empty());
        assert_eq!(passage.characters().len(), passage.text().chars().count());
    }
    let (count, has_differences) = (verification.passages().len(), differs(verification.claim()));
    match verification.verdict() {
        Verdict::Exact | Verdict::Part | Verdict::Shortened | Verdict::Turned => {
            assert!((1..=MAX_PASSAGES).contains(&count) && !has_differences);
        }
        Verdict::Stitched => assert!(count > 1 && verification.alleged().is_none()),
        Verdict::Near => {
            let first = &verification.passages()[0];
            assert!(count == 1 && (has_differences || differs(first.segments())));
        }
        Verdict::Absent | Verdict::TooShort => {
            assert!(count == 0 && verification.alleged().is_none());
        }
    }
}

fn text(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect()
}

fn differs(segments: &[Segment]) -> bool {
    segments.iter().any(|segment| segment.mark == Mark::Different)
}

/// The stretches with this mark, joined with bars.
fn marked(segments: &[Segment], mark: Mark) -> String {
    let marked = segments.iter().filter(|segment| segment.mark == mark);
    marked.map(|segment| segment.text.trim()).collect::<Vec<_>>().join(" | ")
}

#[track_caller]
fn check(quote: &str, verdict: Verdict) -> Verification {
    let verification = verify(support::article(), quote, None);
    assert_eq!(verification.verdict(), verdict, "{quote}\n{:?}", verification.passages());
    verification
}

fn is_verbatim(verdict: Verdict) -> bool {
    verdict.confirms() || verdict == Verdict::Turned
}

/// Word for word, first at this place.
#[track_caller]
fn verbatim(quote: &str, place: &str) -> Verification {
    let verification = verify(support::article(), quote, None);
    let verdict = verification.verdict();
    assert!(is_verbatim(verdict), "{quote}: {}", verdict.name());
    assert_eq!(verification.passages()[0].start().to_string(), place);
    verification
}

/// Near; which words of the claim and of the passage differ.
#[track_caller]
fn near(quote: &str, claim: &str, passage: &str) -> Verification {
    let verification = check(quote, Verdict::Near);
    assert_eq!(marked(verification.claim(), Mark::Different), claim);
    assert_eq!(marked(verification.passages()[0].segments(), Mark::Different), passage);
    verification
}

/// Word for word; how much of it is the alleged speaker's, and whose it is.
#[track_caller]
fn alleged(quote: &str, speaker: &str, share: Share, words_of: &[&str]) -> Verification {
    let verification = verify(support::article(), quote, Some(speaker));
    assert!(is_verbatim(verification.verdict()));
    let allegation = verification.alleged().unwrap();
    assert_eq!(allegation.share(), share);
    assert_eq!(allegation.matches(), share == Share::All);
    let names: Vec<&str> = allegation
        .words_of()
        .iter()
        .map(|person| person.as_ref().map_or("the author", |person| &person.name))
        .collect();
    assert_eq!(names, words_of);
    verification
}

#[test]
fn word_for_word() {
    let verification =
        verbatim("All countries and nations are equally entitled to opportunities", "¶9.1");
    let passage = &verification.passages()[0];
    assert_eq!(passage.origin().slug, support::ARTICLE);
    assert_eq!(passage.region(), Region::Body);
    assert_eq!(passage.voice(), Voice::Reported);
    assert_eq!(passage.speaker().unwrap().name, "Xi Jinping");
    assert_eq!(passage.parts().len(), 1);
    assert_eq!(verification.words_left_out(), 0);
}

#[test]
fn quotation_marks_case_and_dashes_do_not_count() {
    verbatim("'Under heaven there is nothing more important than the people'", "¶35.4");
    verbatim("\"UNDER HEAVEN, THERE IS NOTHING MORE IMPORTANT: THAN THE PEOPLE!\"", "¶35.4");
    verbatim("China's Belt & Road development initiative".replace('&', "and").as_str(), "¶15.2");
    verbatim("contributions to Marxism—Leninism by holding high", "¶36.2");
    verbatim(
        "**the “debt trap” narrative** being maliciously\n> spread by US imperialism",
        "¶29.1",
    );
    verbatim("ａｌｌ countries\u{200b} and\u{a0}nations are\tequally", "¶9.1");
}

#[test]
fn diacritics_do_not_count() {
    verbatim("Aleksandar Vucic, President of the Progressive P of Serbia", "¶32.1");
    verbatim("Jose Luis Centella, President of the Communist Party of Spain", "¶32.1");
    verbatim("Aleksandar Vuc\u{30c}ic\u{301}, Président of the Progressive P", "¶32.1");
}

#[test]
fn missing_white_space_of_the_source_does_not_count() {
    verbatim("the celebration this year of the 100th anniversary of the South African", "¶27.1");
}

#[test]
fn across_sentences_and_paragraphs() {
    let two =
        verbatim("in their own fashion, he said. No country should be left behind. Xi", "¶9.1");
    assert_eq!(two.passages()[0].end().to_string(), "¶9.3");
    let across = verbatim("reliable, and valued friend. Many respected national leaders", "¶28.4");
    let passage = &across.passages()[0];
    assert_eq!(passage.end().to_string(), "¶29.1");
    let voices: Vec<Voice> = passage.parts().iter().map(|part| part.voice).collect();
    assert_eq!(voices, [Voice::Reported, Voice::Author]);
}

#[test]
fn several_paragraphs_with_and_without_the_pull_quote_between() {
    let text = support::article().corpus().documents()[0].text();
    let start = text.find("Despite China’s undeniable").unwrap();
    let end = text.find("political vanguard of China.").unwrap();
    let long = verbatim(&text[start..end], "¶37.1");
    assert_eq!(long.passages()[0].speaker().unwrap().name, "Miguel Diaz-Canel");
    let start = text.find("China’s development was not").unwrap();
    let end = text.find("he said. No country").unwrap();
    let printed = verbatim(&text[start..end], "¶7.4");
    assert_eq!(printed.passages()[0].region(), Region::Skipped);
    let running = text[start..end].replace("No country should be left behind.", "");
    assert_eq!(verbatim(&running, "¶7.4").passages()[0].region(), Region::Body);
}

#[test]
fn one_word_changed() {
    near("No country should be left alone.", "alone", "behind");
    near("China will lead the world", "will", "would");
    near("No people should be left behind.", "people", "country");
    let verification = near(
        "China would never seek hegemony, supremacy, or a sphere of influence",
        "supremacy",
        "expansion",
    );
    assert!(verification.similarity() > 0.8 && verification.similarity() < 1.0);
    let passage = &verification.passages()[0];
    assert_eq!(
        passage.text(),
        "China would never seek hegemony, expansion, or a sphere of influence"
    );
}

#[test]
fn words_missing_added_and_reordered() {
    near("never seek hegemony or a sphere of influence", "", "expansion");
    near("No country should ever be left behind", "ever", "");
    near("China would seek never hegemony, expansion, or a sphere", "never", "never");
}

#[test]
fn a_negation_is_never_exact() {
    near("No country should not be left behind.", "not", "");
    near("China would seek hegemony, expansion, or a sphere of influence", "", "never");
    near("not politically and economically unisolated", "unisolated", "isolated");
}

#[test]
fn a_number_is_never_exact_when_changed() {
    near("57 medical teams and 3,500 health professionals", "3,500", "2,500");
    near("57 medical teams and 2.500 health professionals", "2.500", "2,500");
    verbatim("57 medical teams and 2500 health professionals", "¶38.9");
    near("that is at least 80 of the world's nations", "", "%");
}

#[test]
fn an_insertion_in_brackets_is_no_part_of_the_claim_unless_it_says_something() {
    check("Xi promised that [China] would never seek hegemony, expansion", Verdict::Shortened);
    check("[Kazakhstan] has reached 51st in development among 189 states", Verdict::Part);
    let denied = near("No country should [not] be left behind", "not", "");
    assert!(denied.reverses());
}

#[test]
fn words_left_out() {
    for ellipsis in ["…", "...", "[...]", " [ … ] ", "(…)", ". . ."] {
        let quote = format!("… “vaccine imperialism{ellipsis}personal circumstances.” ...");
        let verification = verbatim(&quote, "¶28.1");
        let passage = &verification.passages()[0];
        assert_eq!(verification.words_left_out(), 22);
        assert_eq!(
            marked(passage.segments(), Mark::Same),
            "vaccine imperialism,” | personal circumstances"
        );
        assert!(passage.text().starts_with("vaccine imperialism,” which is"));
        let parts: Vec<&str> = passage.parts().iter().map(|part| part.text.as_str()).collect();
        assert_eq!(parts, ["vaccine imperialism", "personal circumstances"]);
    }
}

#[test]
fn words_left_out_in_several_places() {
    let quote = "All countries … are equally entitled … in their own fashion";
    assert!(verbatim(quote, "¶9.1").words_left_out() > 0);
    near(
        "Ramaphosa continued, stating that we must take … against “vaccine nationalism”",
        "nationalism",
        "imperialism",
    );
}

#[test]
fn what_is_left_out_is_shown() {
    let verification = verbatim("Xi Jinping … claimed that China would lead the world", "¶11.2");
    let left_out = marked(verification.passages()[0].segments(), Mark::LeftOut);
    assert_eq!(left_out, "at no point in his speech");
}

#[test]
fn pieces_out_of_order_or_too_far_apart() {
    check("personal circumstances … vaccine imperialism … political parties", Verdict::Stitched);
    check("convened a summit … vaccine imperialism", Verdict::Stitched);
    check("vaccine imperialism … Join Now", Verdict::Absent);
}

#[test]
fn wrong_speaker() {
    let verification = alleged(
        "It does not impose its model, adopt unilateral measures, or apply extraterritorial laws.",
        "Xi",
        Share::None,
        &["Miguel Diaz-Canel"],
    );
    assert_eq!(verification.alleged().unwrap().name(), "Xi Jinping");
    alleged(
        "contrary to the “debt trap” narrative being maliciously spread by U.S. imperialism",
        "Ramaphosa",
        Share::None,
        &["the author"],
    );
}

#[test]
fn right_speaker() {
    let quote = "we must take a firm stand against “vaccine imperialism,”";
    alleged(quote, "South African president", Share::All, &["Cyril Ramaphosa"]);
    alleged("Unlike presidents of the United States", "the author", Share::All, &["the author"]);
    alleged(
        "Unlike presidents of the United States",
        "henry lowendorf",
        Share::All,
        &["the author"],
    );
}

#[test]
fn words_of_several() {
    let quote = "over 160 countries, that is at least 80% of the world’s nations";
    alleged(quote, "Xi", Share::Some, &["Xi Jinping", "the author"]);
}

#[test]
fn cited_words_are_those_of_the_person_cited() {
    let quote = "nothing is stronger than unity";
    let verification = alleged(quote, "Nguyen", Share::Cited, &["Ho Chi Minh"]);
    assert_eq!(verification.passages()[0].via().unwrap().name, "Nguyen Phu Trong");
    alleged(quote, "Uncle Ho", Share::All, &["Ho Chi Minh"]);
    alleged(
        "The great leader of Vietnam, Ho Chi Minh said: “Under heaven there is nothing",
        "Nguyen",
        Share::Some,
        &["Nguyen Phu Trong", "Ho Chi Minh"],
    );
}

#[test]
fn a_near_quotation_is_attributed_too() {
    let quote = "we must take a firm stand against vaccine colonialism";
    let verification = verify(support::article(), quote, Some("Xi"));
    assert_eq!(verification.verdict(), Verdict::Near);
    assert_eq!(verification.alleged().unwrap().share(), Share::None);
    assert_eq!(verification.passages()[0].speaker().unwrap().name, "Cyril Ramaphosa");
}

#[test]
fn unknown_speaker() {
    let claim = Claim { quote: "No country should be left behind", speaker: Some("Ramafosa") };
    let verification = support::article().verify(&claim).unwrap();
    assert_eq!(verification.verdict(), Verdict::Exact);
    assert!(verification.alleged().is_none());
    assert_eq!(verification.unknown_speaker().unwrap().nearest[0], "Cyril Ramaphosa");
}

#[test]
fn running_text_before_pull_quotes() {
    let verification = verbatim("No country should be left behind.", "¶9.2");
    assert_eq!(verification.passages().len(), 1);
    assert_eq!(verification.passages()[0].speaker().unwrap().name, "Xi Jinping");
    let credit = verbatim("Images: CPC and World Political Parties Summit", "¶44.1");
    assert_eq!(credit.passages()[0].region(), Region::Skipped);
}

#[test]
fn the_same_words_in_several_places() {
    let verification = verbatim("the Belt and Road Initiative", "¶29.1");
    let places: Vec<String> =
        verification.passages().iter().map(|passage| passage.start().to_string()).collect();
    assert_eq!(places, ["¶29.1", "¶31.8"]);
    assert!(check("of the", Verdict::TooShort).passages().is_empty());
    let alleged =
        alleged("the Belt and Road Initiative", "Kazakhstan", Share::All, &["Nursultan Nazarbaev"]);
    assert_eq!(alleged.passages()[0].start().to_string(), "¶31.8");
}

#[test]
fn site_furniture_and_paraphrases_are_absent() {
    for quote in [
        "For democracy. For equality. For socialism. For a sustainable future",
        "We are a political party of the working class, for the working class",
        "Ask a question",
        "China promises it will not try to dominate other nations",
        "Refusing people the jab because of their sex or origin cannot be defended",
        "The pandemic can only be beaten when scientists and politicians cooperate",
        "Xi said that the United States is the greatest threat to world peace",
        "it is the one that was of the and in that for",
        "We choose to go to the moon in this decade and do the other things",
        "Cuba sent doctors and nurses to forty countries around the world",
    ] {
        check(quote, Verdict::Absent);
    }
}

#[test]
fn short_claims_prove_nothing_unless_their_words_do() {
    verbatim("millennial culture", "¶36.5");
    check("hegemony", Verdict::TooShort);
    check("is the", Verdict::TooShort);
    check("in the", Verdict::TooShort);
    check("vaccine colonialism now", Verdict::Absent);
    check("debt traps", Verdict::Absent);
}

#[test]
fn nothing_to_check() {
    for quote in ["", " \n\t", "…", "“”", "🎉🎉", "[...]", "\u{200b}\u{feff}", "—!?", "% + $"]
    {
        let error = support::article().verify(&Claim { quote, speaker: None }).unwrap_err();
        assert_eq!(error, VerifyError::NoWords);
    }
    assert_eq!(
        VerifyError::NoWords.to_string(),
        "there is no word in this quotation, so there is nothing to check"
    );
}

#[test]
fn long_claims() {
    let verify = |quote: &str| support::article().verify(&Claim { quote, speaker: None });
    let error = verify(&"people ".repeat(6_000)).unwrap_err();
    assert_eq!(error, VerifyError::TooLong { words: 6_000 });
    assert!(error.to_string().contains(&MAX_CLAIM_WORDS.to_string()));
    assert!(matches!(verify(&"a b ".repeat(25_000)), Err(VerifyError::TooLong { .. })));
    assert!(matches!(verify(&"a … ".repeat(25)), Err(VerifyError::TooManyOmissions { .. })));
    for quote in ["x".repeat(100_000), "[".repeat(100_000) + "x", "the ".repeat(MAX_CLAIM_WORDS)] {
        assert!(verify(&quote).unwrap().passages().is_empty());
    }
    let text = support::article().corpus().documents()[0].text();
    let words: Vec<&str> = text.split_whitespace().skip(20).take(1_800).collect();
    assert!(is_verbatim(verify(&words.join(" ")).unwrap().verdict()));
    let changed: Vec<&str> =
        words.iter().enumerate().map(|(at, word)| if at % 9 == 4 { "x" } else { word }).collect();
    check(&changed.join(" "), Verdict::Near);
    let backwards: Vec<&str> = words.iter().rev().copied().collect();
    check(&backwards.join(" "), Verdict::Absent);
}

#[test]
fn bare_text_without_annotation() {
    let engine = support::engine(&[support::file(
        "notes.txt",
        "One fish, two fish.\n\nRed fish [sic], blue fish.",
    )]);
    let verification = verify(&engine, "two fish red fish [sic] blue", Some("the author"));
    assert_eq!(verification.verdict(), Verdict::Part);
    let passage = &verification.passages()[0];
    assert_eq!((passage.voice(), passage.speaker()), (Voice::Author, None));
    assert_eq!(passage.origin().title, "notes");
    assert!(verification.alleged().unwrap().matches());
    assert_eq!(verify(&engine, "one fish two dish", None).verdict(), Verdict::Near);
}

#[test]
fn two_documents() {
    let first = "The rivers rise in spring. Nobody owns the water that runs here.";
    let second = "The hills are dry. Nobody owns the water that runs here.";
    let engine = support::engine(&[
        support::file("a.txt", first),
        support::file("a.toml", "author = \"Ada Ames\""),
        support::file("b.md", &format!("# The hills\n\n{second}")),
        support::file("b.toml", "author = \"Ben Bell\""),
    ]);
    let both = verify(&engine, "nobody owns the water", Some("Ben Bell"));
    let slugs: Vec<&str> = both.passages().iter().map(|p| p.origin().slug.as_str()).collect();
    assert_eq!(slugs, ["b", "a"]);
    assert!(both.alleged().unwrap().matches());
    let other = verify(&engine, "the rivers rise in spring", Some("Ben Bell"));
    assert_eq!(other.alleged().unwrap().share(), Share::None);
    let across = verify(&engine, "the water that runs here. The hills are dry.", None);
    assert_ne!(across.verdict(), Verdict::Exact);
    let heading = verify(&engine, "The hills The hills are dry", None);
    assert_eq!(heading.verdict(), Verdict::Exact);
    assert_eq!(heading.passages()[0].region(), Region::Skipped);
}

/// The words of every body paragraph of the article, each with its bytes.
fn paragraphs() -> &'static [Vec<std::ops::Range<usize>>] {
    static PARAGRAPHS: OnceLock<Vec<Vec<std::ops::Range<usize>>>> = OnceLock::new();
    PARAGRAPHS.get_or_init(|| {
        let document = &support::article().corpus().documents()[0];
        let is_body = |range: std::ops::Range<usize>| {
            document.sentences()[range].iter().all(|sentence| sentence.region == Region::Body)
        };
        let paragraphs = document.paragraphs().iter().filter(|p| is_body(p.sentences()));
        paragraphs
            .map(|paragraph| {
                let text = paragraph.span.slice(document.text());
                let words = text.split_whitespace().map(|word| {
                    let start = word.as_ptr() as usize - text.as_ptr() as usize;
                    paragraph.span.start() + start..paragraph.span.start() + start + word.len()
                });
                words.collect::<Vec<_>>()
            })
            .filter(|words: &Vec<_>| words.len() >= 4)
            .collect()
    })
}

/// Words `first..first + length` of a paragraph: their bytes.
fn run() -> impl Strategy<Value = std::ops::Range<usize>> {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 4..60_usize).prop_map(
        |(paragraph, first, length)| {
            let words = paragraph.get(paragraphs());
            let length = length.min(words.len());
            let first = first.index(words.len() - length + 1);
            words[first].start..words[first + length - 1].end
        },
    )
}

/// The same words in other dress.
fn mangle(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().cycle();
    let mut mangled = String::new();
    for character in text.chars() {
        let choice = choices.next().copied().unwrap_or_default();
        match (character, choice % 6) {
            ('“' | '”', 0) => mangled.push('"'),
            ('“' | '”', 1) => mangled.push('«'),
            ('“' | '”', 2) => {}
            ('’', 0..=3) => mangled.push('\''),
            (' ', 0) => mangled.push_str(" \n "),
            (' ', 1) => mangled.push('\u{a0}'),
            ('-', 0..=2) => mangled.push('–'),
            (_, 0) => mangled.extend(character.to_uppercase()),
            (_, 1) => mangled.extend(character.to_lowercase()),
            (_, 2) => mangled.extend([character, '\u{200b}']),
            _ => mangled.push(character),
        }
    }
    format!("“{mangled}”")
}

proptest! {
    #[test]
    fn any_run_of_words_is_found_at_its_place(run in run(), choices in any::<[u8; 32]>()) {
        let engine = support::article();
        let quote = &engine.corpus().documents()[0].text()[run.clone()];
        for quote in [quote.to_owned(), mangle(quote, &choices)] {
            let verification = verify(engine, &quote, None);
            if verification.verdict() == Verdict::TooShort {
                continue;
            }
            prop_assert!(is_verbatim(verification.verdict()));
            let is_here = |start: usize, end: usize| run.start <= start && end <= run.end;
            let mut passages = verification.passages().iter();
            prop_assert!(passages.any(|p| is_here(p.span().start(), p.span().end())));
        }
    }

    #[test]
    fn a_changed_word_is_never_exact(run in run(), at in any::<prop::sample::Index>()) {
        let engine = support::article();
        let quote = &engine.corpus().documents()[0].text()[run];
        let mut words: Vec<&str> = quote.split_whitespace().collect();
        let at = at.index(words.len());
        words[at] = "Xyzzy";
        let verification = verify(engine, &words.join(" "), None);
        prop_assert!(!is_verbatim(verification.verdict()));
        prop_assert!(words.len() < 8 || verification.verdict() == Verdict::Near);
    }

    #[test]
    fn no_string_panics(quote in any::<String>(), speaker in any::<Option<String>>()) {
        let engine = support::article();
        let claim = Claim { quote: &quote, speaker: speaker.as_deref() };
        if let Ok(verification) = engine.verify(&claim) {
            hold(engine, &quote, &verification);
        }
    }

    #[test]
    fn no_mixture_of_words_and_signs_panics(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "the", "of", "China", "…", "[", "]", "...", "(", "U.S.", "½", "-5", "e\u{301}",
                "people", "10,000", ".", "'", "’s", "\u{200b}", "ﬁ", "%", "人", "hegemony", "\n",
                "vaccine imperialism", "No country should be left behind",
            ]),
            0..40,
        ),
        separator in prop::sample::select(vec!["", " "]),
    ) {
        let quote = words.join(separator);
        let engine = support::article();
        if let Ok(verification) = engine.verify(&Claim { quote: &quote, speaker: None }) {
            hold(engine, &quote, &verification);
        }
    }
}
