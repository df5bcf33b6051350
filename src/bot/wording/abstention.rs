//! Abstentions in words, with what may help: pure functions from facts to plain text.

use super::{joined, listed};
use engine::answer::Reason;

/// An abstention in words: a headline, and the way on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abstention {
    /// One short sentence.
    pub headline: String,
    /// The documents that were searched, and the advice.
    pub detail: String,
}

/// The most documents that are named; of more only the number is said.
const NAMED_DOCUMENTS: usize = 3;

/// Returns why nothing is quoted from the documents with these titles.
#[must_use]
pub fn abstention(reason: &Reason, titles: &[&str]) -> Abstention {
    let (these, this, does) = match titles {
        [_] | [] => ("This document", "the document", "doesn’t"),
        _ => ("These documents", "the documents", "don’t"),
    };
    match reason {
        Reason::NothingAsked => Abstention {
            headline: "I don’t see a question in that.".to_owned(),
            detail: format!(
                "Ask about {}: with a name, a country or a topic, for example “What did … say \
                 about vaccines?”",
                sources(titles)
            ),
        },
        Reason::NoWordsOf { name } => Abstention {
            headline: format!(
                "{name} is listed as a speaker, but {this} {does} say what they said."
            ),
            detail: format!("I only quote {}.", sources(titles)),
        },
        Reason::NotASpeaker { name } => Abstention {
            headline: format!("No speaker in {this} is called “{name}”."),
            detail: format!(
                "I only quote {}. Ask for one of its speakers, or about the topic alone.",
                sources(titles)
            ),
        },
        Reason::OpinionAsked => Abstention {
            headline: "I have no opinion.".to_owned(),
            detail: format!(
                "I only quote {}. Ask what someone says in it, for example “What does … say \
                 about vaccines?”",
                sources(titles)
            ),
        },
        Reason::OrderGiven => Abstention {
            headline: "I only answer questions, with quotations.".to_owned(),
            detail: format!(
                "I don’t write, summarise or translate. Ask about {}, in your own words.",
                sources(titles)
            ),
        },
        Reason::OtherLanguage { asked, read } => {
            let read: Vec<String> = read.iter().map(|&name| name.to_owned()).collect();
            let seems = match asked.name {
                Some(name) => format!("Your question seems to be in {name}."),
                None => "Your question seems to be in another language.".to_owned(),
            };
            Abstention {
                headline: format!("I read {}.", listed(&read)),
                detail: format!(
                    "{seems} I’m not sure which passage answers it, so please ask in {}.",
                    joined(&read, "or")
                ),
            }
        }
        Reason::NothingFound | Reason::NotSureEnough => Abstention {
            headline: format!("{these} {does} answer that."),
            detail: format!(
                "I can only quote {}, and found nothing there that surely answers this. Try other words, or the name of a speaker.",
                sources(titles)
            ),
        },
    }
}

fn sources(titles: &[&str]) -> String {
    if titles.len() > NAMED_DOCUMENTS {
        return format!("{} documents", titles.len());
    }
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    listed(&quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_named_or_counted() {
        let detail = |titles: &[&str]| abstention(&Reason::NothingFound, titles).detail;
        assert!(
            detail(&["A", "B", "C"]).starts_with("I can only quote “A”, “B” and “C”, and found")
        );
        assert!(
            detail(&["A", "B", "C", "D"]).starts_with("I can only quote 4 documents, and found")
        );
        let silent = Reason::NoWordsOf { name: "Ann".to_owned() };
        assert_eq!(
            abstention(&silent, &["A", "B"]).headline,
            "Ann is listed as a speaker, but the documents don’t say what they said."
        );
    }
}
