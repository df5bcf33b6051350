//! What the analysis must know of the English language: function words, question words, number
//! words, and the words that show what kind of answer is asked for. No word here belongs to a
//! document.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Function words: they carry no topic.
const FUNCTION_WORDS: &str = include_str!("en/function_words.txt");

/// Words that stress the function word behind them: "right after", "shortly before".
const STRESSING_WORDS: &str = "right straight directly immediately shortly soon long";
/// Function words that are stressed so.
const STRESSED_WORDS: &str = include_str!("en/stressed_words.txt");

/// Question words.
const QUESTION_WORDS: &str = include_str!("en/question_words.txt");

/// Filler of chat messages, and words for the day on which they are written.
const CHAT_WORDS: &str = include_str!("en/chat_words.txt");

/// Words of saying and asking, which questions are wrapped in: they carry little topic.
const SAYING_WORDS: &str =
    concat!(include_str!("en/verbs_of_speech.txt"), include_str!("en/saying_words.txt"));

/// The commonest words of general English that name things, qualities and actions. However rare
/// they are in one document, they tell less of a topic than others of the same rarity.
const COMMON_WORDS: &str = include_str!("en/common_words.txt");

/// Numbers written as words, and the digits that stand for them.
const NUMBER_WORDS: &[(&str, &str)] = &[
    ("zero", "0"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("hundredth", "100"),
    ("hundred", "100"),
    ("thousand", "1000"),
    ("half", "0.5"),
];

const MONTHS: &str = include_str!("en/months.txt");

const TIME_WORDS: &str = include_str!("en/time_words.txt");

const REASON_WORDS: &str = include_str!("en/reason_words.txt");

const PLACE_WORDS: &str = include_str!("en/place_words.txt");

/// Words that open a message and say nothing.
const LEAD_WORDS: &str = include_str!("en/lead_words.txt");

/// Words of politeness, which ask for nothing.
const POLITE_WORDS: &str = "please pls plz thanks thx";

/// Words that join a message to the one before.
const JOINING_WORDS: &str = "and also plus or";

/// Pronouns for persons, and for groups of them.
const PERSON_PRONOUNS: &str = include_str!("en/person_pronouns.txt");

/// Pronouns for things that were named before.
const THING_PRONOUNS: &str = "it it's its itself";

/// Words that point at what was said.
const DEMONSTRATIVES: &str = "this that that's thats these those";

/// Words for the text around a passage.
const CONTEXT_WORDS: &str = "context surrounding surroundings passage paragraph sentence sentences";

/// Words that ask for what was not shown yet, in a message that names nothing.
const FURTHER_WORDS: &str = "more further another other others continue additional";

/// What is before "else".
const BEFORE_ELSE: &str = include_str!("en/before_else.txt");

/// Words that open a message without a verb, and take what they count from the one before.
const FRAGMENT_OPENERS: &str = "which any only how what whose";

/// Verbs that help others: a message that opens with one is a sentence.
const AUXILIARIES: &str = include_str!("en/auxiliaries.txt");

/// Words for those who talk to each other: what is asked of them is not about the text.
const PARTNERS: &str = include_str!("en/partners.txt");

/// Words that are before a place or a time.
const BEFORE_PLACES: &str = include_str!("en/before_places.txt");

/// The part that a word plays in joining a message to the one before; a word can play several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LinkClass {
    pub(crate) is_lead: bool,
    pub(crate) is_joining: bool,
    pub(crate) is_person: bool,
    pub(crate) is_thing: bool,
    pub(crate) is_demonstrative: bool,
    pub(crate) is_context: bool,
    pub(crate) is_further: bool,
    pub(crate) is_before_else: bool,
    pub(crate) is_fragment_opener: bool,
    pub(crate) is_auxiliary: bool,
    pub(crate) is_partner: bool,
    pub(crate) is_before_place: bool,
    pub(crate) is_question_word: bool,
}

/// Every listed word with the part that it plays.
static LINKS: LazyLock<HashMap<&str, LinkClass>> = LazyLock::new(|| {
    type Mark = fn(&mut LinkClass);
    let lists: [(&str, Mark); 13] = [
        (LEAD_WORDS, |class| class.is_lead = true),
        (JOINING_WORDS, |class| class.is_joining = true),
        (PERSON_PRONOUNS, |class| class.is_person = true),
        (THING_PRONOUNS, |class| class.is_thing = true),
        (DEMONSTRATIVES, |class| class.is_demonstrative = true),
        (CONTEXT_WORDS, |class| class.is_context = true),
        (FURTHER_WORDS, |class| class.is_further = true),
        (BEFORE_ELSE, |class| class.is_before_else = true),
        (FRAGMENT_OPENERS, |class| class.is_fragment_opener = true),
        (AUXILIARIES, |class| class.is_auxiliary = true),
        (PARTNERS, |class| class.is_partner = true),
        (BEFORE_PLACES, |class| class.is_before_place = true),
        (QUESTION_WORDS, |class| class.is_question_word = true),
    ];
    let mut links: HashMap<&str, LinkClass> = HashMap::new();
    for (words, mark) in lists {
        words.split_ascii_whitespace().for_each(|word| mark(links.entry(word).or_default()));
    }
    links
});

/// Returns whether a list of words, with spaces between them, holds this one.
pub(crate) fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Returns whether a folded word only is polite.
pub(crate) fn is_polite(word: &str) -> bool {
    holds(POLITE_WORDS, word)
}

/// Returns the part that a lower-case word plays in joining a message to the one before.
pub(crate) fn link_of(word: &str) -> LinkClass {
    LINKS.get(word).copied().unwrap_or_default()
}

/// The role of a word in a question or a sentence; a word can have several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WordClass {
    /// Carries no topic: never asked for.
    pub(crate) is_stop: bool,
    /// Wraps what is asked for: a verb of saying or asking.
    pub(crate) is_saying: bool,
    /// Common in general English.
    pub(crate) is_common: bool,
    /// Names a month, a weekday or another stretch of time.
    pub(crate) is_time: bool,
    /// Names a month or a weekday.
    pub(crate) is_calendar: bool,
    /// Joins a cause to what it causes.
    pub(crate) is_reason: bool,
    /// Stands beside places.
    pub(crate) is_place: bool,
}

/// Every listed word with its class.
static CLASSES: LazyLock<HashMap<&str, WordClass>> = LazyLock::new(|| {
    type Mark = fn(&mut WordClass);
    let lists: [(&str, Mark); 9] = [
        (FUNCTION_WORDS, |class| class.is_stop = true),
        (QUESTION_WORDS, |class| class.is_stop = true),
        (CHAT_WORDS, |class| class.is_stop = true),
        (SAYING_WORDS, |class| class.is_saying = true),
        (COMMON_WORDS, |class| class.is_common = true),
        (MONTHS, |class| (class.is_time, class.is_calendar) = (true, true)),
        (TIME_WORDS, |class| class.is_time = true),
        (REASON_WORDS, |class| class.is_reason = true),
        (PLACE_WORDS, |class| class.is_place = true),
    ];
    let mut classes: HashMap<&str, WordClass> = HashMap::new();
    for (words, mark) in lists {
        words.split_ascii_whitespace().for_each(|word| mark(classes.entry(word).or_default()));
    }
    classes
});

/// Returns the class of a lower-case word.
pub(crate) fn class_of(word: &str) -> WordClass {
    CLASSES.get(word).copied().unwrap_or_default()
}

/// Returns whether `word` does no more than stress `next`, both lower-case.
pub(crate) fn is_stressing(word: &str, next: &str) -> bool {
    holds(STRESSING_WORDS, word) && holds(STRESSED_WORDS, next)
}

/// Returns the digits for a number word.
pub(crate) fn number_word(word: &str) -> Option<&'static str> {
    NUMBER_WORDS.iter().find(|(name, _)| *name == word).map(|(_, digits)| *digits)
}

/// Returns whether the word behind this lower-case one says what kind of answer is wanted: "which
/// …".
pub(crate) fn asks_for_kind(word: &str) -> bool {
    matches!(word, "what" | "which" | "many" | "much")
}

/// Returns whether the question of these lower-case words asks if something is so.
pub(crate) fn asks_whether(words: &[&str]) -> bool {
    let first = words.iter().find(|word| !link_of(word).is_lead);
    first.is_some_and(|word| link_of(word).is_auxiliary)
}

/// Returns whether who is asked for is one to whom something is done, or one of a place or a group:
/// "whom did she thank?", "who from there spoke?"
pub(crate) fn asks_among(words: &[&str]) -> bool {
    words.windows(2).any(|two| {
        matches!(two, ["whom" | "from" | "in" | "for", _] | ["who", "did" | "does" | "do"])
    })
}

/// What kind of answer a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnswerType {
    /// "how many", "how much", "how long", "what percentage"
    Number,
    /// "when", "what year"
    Date,
    /// "who", "whose"
    Person,
    /// "where", "which country"
    Place,
    /// "why"
    Reason,
}

impl AnswerType {
    /// Returns the kind asked for by a question, from its lower-case words in order.
    pub(crate) fn of_question(words: &[&str]) -> Option<Self> {
        words.iter().enumerate().find_map(|(index, word)| {
            let next = words.get(index + 1).copied().unwrap_or_default();
            match *word {
                "how" => matches!(
                    next,
                    "many"
                        | "much"
                        | "long"
                        | "old"
                        | "far"
                        | "big"
                        | "large"
                        | "tall"
                        | "high"
                        | "often"
                        | "fast"
                        | "deep"
                        | "wide"
                )
                .then_some(Self::Number),
                "when" | "when's" => Some(Self::Date),
                "who" | "whom" | "whose" | "who's" | "whos" => Some(Self::Person),
                "where" | "where's" | "wheres" => Some(Self::Place),
                "why" => Some(Self::Reason),
                "what" | "which" => match next {
                    "year" | "date" | "day" | "month" | "century" | "decade" | "time" => {
                        Some(Self::Date)
                    }
                    "number" | "percentage" | "percent" | "amount" | "share" => Some(Self::Number),
                    "country" | "city" | "place" | "region" | "state" => Some(Self::Place),
                    "person" | "leader" | "president" => Some(Self::Person),
                    _ => None,
                },
                _ => None,
            }
        })
    }
}
