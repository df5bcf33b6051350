//! A question that the annotation lists is answered however it is typed.

use engine::answer::{Answer, Question};

use crate::support::article_by_meaning;

fn is_answered(text: &str) -> bool {
    let question = Question { text, ..Question::default() };
    matches!(article_by_meaning().ask(&question).unwrap(), Answer::Quoted { .. })
}

#[test]
fn listed_questions_stay_answered_in_lower_case_and_with_please() {
    let corpus = article_by_meaning().corpus();
    let listed: Vec<&String> =
        corpus.sentences().flat_map(|(_, sentence)| sentence.asks()).collect();
    assert!(listed.len() > 500, "the annotation lists questions: {}", listed.len());
    let mut lost = Vec::new();
    for question in listed.into_iter().filter(|question| is_answered(question)) {
        let bare = question.trim_end_matches(['?', '.', '!']);
        let variants =
            [question.to_lowercase(), format!("{bare}, please"), format!("{bare}, please?")];
        lost.extend(variants.into_iter().filter(|variant| !is_answered(variant)));
    }
    assert!(lost.is_empty(), "{} are lost:\n{}", lost.len(), lost.join("\n"));
}
