//! Which corpora are measured.

use serde::{Deserialize, Serialize};

/// A corpus to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Size {
    /// The project's own documents, by their words.
    Article,
    /// The project's own documents, by words and meaning.
    Understood,
    /// A synthetic corpus of so many sentences, by their words.
    Sentences(usize),
    /// A synthetic corpus of so many sentences, by words and meaning.
    #[serde(rename = "understood-sentences")]
    UnderstoodSentences(usize),
}

/// Before the number of sentences that go by words and meaning.
const UNDERSTOOD: &str = "understood-";

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "article" => Ok(Self::Article),
            "understood" => Ok(Self::Understood),
            size => {
                let understood = size.strip_prefix(UNDERSTOOD);
                match understood.unwrap_or(size).parse() {
                    Ok(0) | Err(_) => Err("a size is `article`, `understood`, a number of \
                        sentences or `understood-` and a number of sentences"
                        .to_owned()),
                    Ok(count) if understood.is_some() => Ok(Self::UnderstoodSentences(count)),
                    Ok(count) => Ok(Self::Sentences(count)),
                }
            }
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Article => f.write_str("article"),
            Self::Understood => f.write_str("understood"),
            Self::Sentences(count) => write!(f, "{count}"),
            Self::UnderstoodSentences(count) => write!(f, "{UNDERSTOOD}{count}"),
        }
    }
}
