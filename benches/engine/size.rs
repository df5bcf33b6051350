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
    /// A synthetic corpus of so many sentences.
    Sentences(usize),
}

impl std::str::FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "article" => Ok(Self::Article),
            "understood" => Ok(Self::Understood),
            number => match number.parse() {
                Ok(count) if count > 0 => Ok(Self::Sentences(count)),
                _ => Err("a size is `article`, `understood` or a number of sentences".to_owned()),
            },
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Article => f.write_str("article"),
            Self::Understood => f.write_str("understood"),
            Self::Sentences(count) => write!(f, "{count}"),
        }
    }
}
