//! Questions that ask who somebody is, and for facts of their lives.

use engine::answer::{Answer, Engine, Reason};

use super::support::{article, article_by_meaning, ask, check_first, engine, file};

#[track_caller]
fn check_silent(engine: &Engine, question: &str) {
    let answer = ask(engine, question);
    assert!(answer.is_abstention(), "“{question}” is answered with {answer:#?}");
}

/// Two speakers, of whom one is introduced after she has spoken; a third is listed.
fn lighthouse() -> Engine {
    let text = "The lighthouse\n\
        Nan Reed warned of the rocks. Nan Reed asked for a second lamp. \
        Nan Reed, Keeper of the Northern Isles, has tended the light for years.\n\
        Nan Reed thanked Ole Berg for the oil. Ole Berg of Westport spoke of the price of oil.\n\
        Also present was Ida Lund, Mayor of Eastport.\n";
    let annotation = "title = \"The lighthouse\"\nauthor = \"Cy Dee\"\n\
        [[speaker]]\nid = \"nan\"\nname = \"Nan Reed\"\nrole = \"Keeper of the Northern Isles\"\n\
        aliases = [\"Reed\", \"Reid\", \"Northern Isles\"]\n\
        [[speaker]]\nid = \"ole\"\nname = \"Ole Berg\"\naliases = [\"Westport\"]\n\
        [[speaker]]\nid = \"ida\"\nname = \"Ida Lund\"\nrole = \"Mayor of Eastport\"\n\
        aliases = [\"Eastport\"]\n\
        [[span]]\nfrom = \"Nan Reed warned\"\nto = \"a second lamp.\"\nspeaker = \"nan\"\nvoice = \"reported\"\n\
        [[span]]\nquote = \"Nan Reed thanked Ole Berg for the oil.\"\nspeaker = \"nan\"\nvoice = \"reported\"\n\
        [[span]]\nquote = \"Ole Berg of Westport spoke of the price of oil.\"\nspeaker = \"ole\"\nvoice = \"reported\"\n\
        [[skip]]\nquote = \"The lighthouse\"\n";
    engine(&[file("lighthouse.txt", text), file("lighthouse.toml", annotation)])
}

#[test]
fn who_somebody_is_stands_where_they_are_introduced() {
    let engine = lighthouse();
    let introduced = "Nan Reed, Keeper of the Northern Isles";
    check_first(&engine, "Who is Reed?", introduced);
    check_first(&engine, "what is Nan Reed's title?", introduced);
    check_first(&engine, "whats the job of nan reed", introduced);
    check_first(&engine, "What office does Reid hold?", introduced);
    check_first(&engine, "What is the full name of the Keeper of the Northern Isles?", introduced);
    check_first(&engine, "Who is Ida Lund?", "Ida Lund, Mayor of Eastport");
    // Of a country, the same words ask for more than for who speaks for it.
    check_first(&engine, "What is the role of Westport?", "Ole Berg of Westport spoke");
}

#[test]
fn a_name_written_as_one_word_is_known() {
    let engine = lighthouse();
    check_first(&engine, "what did nanreed say about the rocks", "warned of the rocks");
    check_first(&engine, "#NorthernIsles lamp", "second lamp");
}

#[test]
fn who_spoke_for_a_place_may_be_only_listed() {
    let engine = lighthouse();
    check_first(&engine, "Who was there for Eastport?", "Ida Lund, Mayor of Eastport");
    let name = "Ida Lund".to_owned();
    let said = ask(&engine, "What did Ida Lund say?");
    assert!(
        matches!(said, Answer::Abstained { reason: Reason::NoWordsOf { name: of }, .. } if of == name)
    );
}

#[test]
fn facts_of_life_that_no_passage_tells_are_not_answered() {
    for question in [
        "How old is Ramaphosa?",
        "When was Medvedev born?",
        "Where was Ho Chi Minh born?",
        "When did Ho Chi Minh die?",
        "Who is Rossana Cambron married to?",
        "Who won the last election in South Africa?",
        "How many people live in Kazakhstan?",
        "What time is it in Hanoi?",
        "When was SWAPO founded?",
        "When is the next summit?",
        "What did Rossana Cambron say?",
    ] {
        check_silent(article(), question);
        check_silent(article_by_meaning(), question);
    }
}

#[test]
fn facts_that_a_passage_tells_are_found() {
    let text = "The mill\nThe miller was born in the valley in 1840. \
        He lent the village his horse. The village has 300 inhabitants.\n";
    let engine = engine(&[file("mill.txt", text)]);
    for (question, words) in [
        ("Where was the miller born?", "born in the valley"),
        ("What did the miller lend the village?", "lent the village his horse"),
        ("How many people live in the Village?", "300 inhabitants"),
    ] {
        check_first(&engine, question, words);
        assert!(!ask(&engine, question).is_abstention(), "“{question}”");
    }
}
