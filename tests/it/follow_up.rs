//! Follow-ups.
use crate::support::article;
use summit_bot::answer::{Exchange, Question};
use summit_bot::evaluation;
const CONVERSATIONS: &str = include_str!("../gold/dev_conversations.jsonl");
const DEV: &str = include_str!("../gold/dev.jsonl");

#[test]
fn conversations_are_followed() {
    let conversations = evaluation::read_conversations(CONVERSATIONS).unwrap();
    let mut right = 0;
    let mut all = 0;
    for conversation in &conversations {
        let turns = evaluation::converse(article(), conversation).unwrap();
        for (q, t) in conversation.turns.iter().zip(&turns) {
            all += 1;
            right += usize::from(t.is_right());
            println!(
                "{} {} {} [{}] c={:.2} rank={:?} {:?}\n      {}",
                if t.is_right() { "OK " } else { "BAD" },
                q.id,
                q.text,
                if t.outcome.abstained { "abst" } else { "quot" },
                t.outcome.confidence,
                t.outcome.rank,
                t.inherited,
                t.first_passage
            );
        }
    }
    println!("{right} of {all}");
}

#[test]
fn standalone() {
    let questions = evaluation::read(DEV, |_| None).unwrap();
    let before = article()
        .ask(&Question {
            text: "What did Diaz-Canel say about the blockade?",
            ..Question::default()
        })
        .unwrap();
    let quoted = before.quoted();
    let context = [Exchange {
        question: "What did Diaz-Canel say about the blockade?",
        speaker: None,
        quoted: &quoted,
    }];
    for q in &questions {
        let with =
            article().ask(&Question { text: &q.text, speaker: None, context: &context }).unwrap();
        if with.inherited().is_some() {
            println!("INHERITS {} {} {:?}", q.id, q.text, with.inherited());
        }
    }
}
