//! What a community sets, by value: what takes an edit back, and passages found again by their
//! words after the document has changed.

use bot::community::{
    Community, Edit, Excerpts, Keep, Mentions, QuoteError, Reason, Style, TextQuote, Visibility,
};
use engine::knowledge::{Corpus, SentenceId};
use proptest::prelude::*;

use crate::support::{article, file};

fn corpus(text: &str) -> Corpus {
    Corpus::load(&[file("town.txt", text)]).unwrap()
}

fn id(number: u32) -> SentenceId {
    SentenceId::new(number)
}

fn quote(corpus: &Corpus, first: u32, last: u32) -> TextQuote {
    TextQuote::of(corpus, id(first), id(last)).unwrap()
}

/// The words found again in `after` of the sentence that held `exact` alone in `before`.
fn moved(before: &str, sentence: u32, after: &str) -> Result<String, QuoteError> {
    let quote = quote(&corpus(before), sentence, sentence);
    let after = corpus(after);
    let (first, last) = quote.resolve(&after)?;
    assert_eq!(first, last);
    let found = after.sentence(first).unwrap();
    assert_eq!(found.text(), quote.exact);
    Ok(format!("{} {}", found.sentence.place, found.text()))
}

const TOWN: &str = "The town has a bridge. It is old.\nThe mill stands by the river. It is old.\n";

#[test]
fn a_passage_is_found_again_wherever_it_went() {
    assert_eq!(moved(TOWN, 2, TOWN).unwrap(), "¶2.1 The mill stands by the river.");
    let longer = format!("News.\n\nMore news. And more.\n{TOWN}");
    assert_eq!(moved(TOWN, 2, &longer).unwrap(), "¶4.1 The mill stands by the river.");
    let shorter = "The mill stands by the river. It is old.";
    assert_eq!(moved(TOWN, 2, shorter).unwrap(), "¶1.1 The mill stands by the river.");
}

#[test]
fn the_same_words_elsewhere_are_another_passage() {
    assert_eq!(moved(TOWN, 1, TOWN).unwrap(), "¶1.2 It is old.");
    assert_eq!(moved(TOWN, 3, TOWN).unwrap(), "¶2.2 It is old.");
    let only_the_mill = "The dam is new.\nThe mill stands by the river. It is old.\n";
    assert_eq!(moved(TOWN, 1, only_the_mill), Err(QuoteError));
    let twice_the_same = format!("{TOWN}\n{TOWN}\n{TOWN}");
    assert_eq!(moved(&twice_the_same, 4, &format!("Now.\n{TOWN}Then.\n{TOWN}")), Err(QuoteError));
}

#[test]
fn a_passage_that_reads_otherwise_is_lost() {
    for after in [
        "The town has a bridge. It is old.\nThe mill stood by the river. It is old.\n",
        "The town has a bridge.\n“The mill stands by the river.” It is old.",
        "The mill stands by the river, they say. It is old.",
        "Nothing.",
    ] {
        assert_eq!(moved(TOWN, 2, after), Err(QuoteError), "{after}");
    }
    let renamed = Corpus::load(&[file("village.txt", TOWN)]).unwrap();
    assert_eq!(quote(&corpus(TOWN), 2, 2).resolve(&renamed), Err(QuoteError));
    let empty = TextQuote {
        document: "town".into(),
        exact: String::new(),
        prefix: String::new(),
        suffix: String::new(),
    };
    assert_eq!(empty.resolve(&corpus(TOWN)), Err(QuoteError));
}

#[test]
fn every_passage_of_the_article_is_found_where_it_stands() {
    let corpus = article().corpus();
    let mut passages = 0;
    for (first, found) in corpus.sentences() {
        for more in 0..3 {
            let last = id(u32::try_from(first.index() + more).unwrap());
            if let Some(quote) = TextQuote::of(corpus, first, last) {
                passages += 1;
                assert_eq!(quote.resolve(corpus), Ok((first, last)), "{}", found.sentence.place);
            }
        }
    }
    assert!(passages > 200, "{passages}");
}

#[test]
fn a_passage_is_within_one_paragraph_of_running_text() {
    let corpus = corpus(TOWN);
    assert_eq!(TextQuote::of(&corpus, id(1), id(2)), None);
    assert_eq!(TextQuote::of(&corpus, id(1), id(0)), None);
    assert_eq!(TextQuote::of(&corpus, id(99), id(99)), None);
    assert_eq!(quote(&corpus, 0, 1).exact, "The town has a bridge. It is old.");
    let two = [file("a.txt", "One thing."), file("b.txt", "Another thing.")];
    let two = Corpus::load(&two).unwrap();
    assert_eq!(TextQuote::of(&two, id(0), id(1)), None);
}

#[test]
fn mentions_are_answered_where_the_community_wants_them() {
    let cases = [
        (Mentions::Everywhere, None, true),
        (Mentions::Everywhere, Some(false), false),
        (Mentions::Listed, None, false),
        (Mentions::Listed, Some(true), true),
        (Mentions::Off, Some(true), false),
    ];
    for (mentions, rule, expected) in cases {
        let mut community = Community::default();
        community.apply(&Edit::Mentions(Some(mentions)));
        community.apply(&Edit::Channel { channel: 5, mentions: rule.into() });
        assert_eq!(community.answers_mentions(5, None), expected, "{mentions:?} {rule:?}");
        assert_eq!(community.answers_mentions(6, Some(5)), expected, "a thread");
    }
}

#[test]
fn reasons_have_names() {
    for reason in Reason::ALL {
        assert_eq!(Reason::of(reason.name()), Some(reason));
    }
    assert_eq!(Reason::of("'; DROP TABLE votes"), None);
    assert!(Excerpts::try_from(0).is_err() && Excerpts::try_from(4).is_err());
}

fn any_quote() -> impl Strategy<Value = TextQuote> {
    "[ab]".prop_map(|exact| TextQuote {
        document: "town".to_owned(),
        exact,
        prefix: String::new(),
        suffix: String::new(),
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    use prop::option::of;
    use prop::sample::select;
    prop_oneof![
        of(select(vec![Visibility::Public, Visibility::Private])).prop_map(Edit::Reply),
        of(select(vec![Style::Card, Style::Plain])).prop_map(Edit::Style),
        of(select(vec![Mentions::Everywhere, Mentions::Listed, Mentions::Off]))
            .prop_map(Edit::Mentions),
        of(1..4_usize).prop_map(|number| Edit::Excerpts(number.map(Excerpts::nearest))),
        of(select(vec![Keep::Off, Keep::SevenDays, Keep::ThirtyDays]))
            .prop_map(Edit::KeepUnanswered),
        of(1..3_u64).prop_map(Edit::Moderators),
        (1..3_u64, any::<Option<bool>>())
            .prop_map(|(channel, mentions)| Edit::Channel { channel, mentions: mentions.into() }),
        ("[xy]", any_quote()).prop_map(|(question, passage)| Edit::Pin { question, passage }),
        "[xy]".prop_map(|question| Edit::Unpin { question }),
        (any_quote(), "[rs]?").prop_map(|(passage, reason)| Edit::Hide { passage, reason }),
        any_quote().prop_map(|passage| Edit::Show { passage }),
    ]
}

fn any_edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(any_edit(), 0..12)
}

proptest! {
    #[test]
    fn an_inverse_takes_edits_back(before in any_edits(), edits in any_edits()) {
        let before = Community::default().edited(&before);
        let after = before.edited(&edits);
        prop_assert_eq!(&after.edited(&before.inverse(&edits)), &before);
        prop_assert_eq!(before.edited(&before.effective(edits)), after);
    }

    #[test]
    fn edits_lead_from_one_community_to_another(one in any_edits(), other in any_edits()) {
        let (one, other) =
            (Community::default().edited(&one), Community::default().edited(&other));
        prop_assert_eq!(&one.edited(&one.edits_to(&other)), &other);
        prop_assert!(one.edits_to(&one).is_empty());
    }

    #[test]
    fn edits_are_read_as_they_were_written(edits in any_edits()) {
        let written = serde_json::to_string(&edits).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Edit>>(&written).unwrap(), edits);
    }
}

#[test]
fn the_parent_of_a_channel_is_asked_for_exactly_where_it_matters() {
    let rules = [None, Some(true), Some(false)];
    for mentions in [None, Some(Mentions::Off), Some(Mentions::Listed), Some(Mentions::Everywhere)]
    {
        for (own, others) in rules.into_iter().flat_map(|own| rules.map(|others| (own, others))) {
            let mut community = Community::default();
            community.settings.mentions = mentions;
            for (channel, rule) in [(1, own), (2, others)] {
                community.apply(&Edit::Channel { channel, mentions: rule.into() });
            }
            let alone = community.answers_mentions(1, None);
            let matters = community.answers_mentions(1, Some(2)) != alone;
            assert_eq!(community.asks_for_parent(1), matters, "{community:?}");
        }
    }
}
