//! Words that show how clauses hang together. Each list is a data file.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word does in a clause; a word can do several things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClauseRole {
    /// Is the subject of the clause that it begins: "she", "nobody".
    pub(crate) is_subject: bool,
    /// Begins a subject or an object: "the", "every".
    pub(crate) is_determiner: bool,
    /// Joins two clauses or two parts of one: "and", "nor".
    pub(crate) is_coordinator: bool,
    /// Begins what comes behind a whole phrase: "because", "while".
    pub(crate) is_connective: bool,
    /// Begins a relative clause, alone or behind a preposition: "which".
    pub(crate) is_relative: bool,
    /// Begins a relative clause only as its first word: "where".
    pub(crate) is_leading_relative: bool,
    /// Stands before a noun: "by".
    pub(crate) is_preposition: bool,
    /// Says that all are meant: "every".
    pub(crate) is_universal: bool,
    /// Completes the verb or the comparison before it: "to", "than".
    pub(crate) is_complement: bool,
    /// Is a form of "be" that says something of what is before it.
    pub(crate) is_copula: bool,
    /// Names those who speak: "we".
    pub(crate) is_first_person: bool,
    /// Begins an aside between commas: "when", "although".
    pub(crate) opens_aside: bool,
    /// Begins a condition without "if": "had they paid".
    pub(crate) is_inversion: bool,
    /// Says that something is not so, or not yet: "would".
    pub(crate) is_irrealis: bool,
    /// Begins what is said, thought or asked: "that".
    pub(crate) is_conjunction: bool,
    /// Rules out all that is not named: "nothing else".
    pub(crate) excludes_rest: bool,
    /// Says what must be: "must".
    pub(crate) is_obligation: bool,
    /// Says what may or can be: "may".
    pub(crate) is_permission: bool,
    /// Says what must be, with "to" behind it: "has".
    pub(crate) is_duty: bool,
    /// Makes a tense of the verb behind it: "is", "has".
    pub(crate) is_tense: bool,
    /// Sets what follows against what is before it: "but".
    pub(crate) is_contrast: bool,
    /// Means all or none, until an exception follows: "nobody".
    pub(crate) is_total: bool,
}

static ROLES: LazyLock<HashMap<&str, ClauseRole>> = LazyLock::new(|| {
    type Mark = fn(&mut ClauseRole);
    let lists: [(&str, Mark); 22] = [
        (include_str!("en/clause/subjects.txt"), |role| role.is_subject = true),
        (include_str!("en/clause/determiners.txt"), |role| role.is_determiner = true),
        (include_str!("en/clause/coordinators.txt"), |role| role.is_coordinator = true),
        (include_str!("en/clause/connectives.txt"), |role| role.is_connective = true),
        (include_str!("en/clause/relatives.txt"), |role| role.is_relative = true),
        (include_str!("en/clause/leading_relatives.txt"), |role| role.is_leading_relative = true),
        (include_str!("en/clause/prepositions.txt"), |role| role.is_preposition = true),
        (include_str!("en/clause/universals.txt"), |role| role.is_universal = true),
        (include_str!("en/clause/complements.txt"), |role| role.is_complement = true),
        (include_str!("en/clause/copulas.txt"), |role| role.is_copula = true),
        (include_str!("en/clause/first_person.txt"), |role| role.is_first_person = true),
        (include_str!("en/clause/asides.txt"), |role| role.opens_aside = true),
        (include_str!("en/clause/inversions.txt"), |role| role.is_inversion = true),
        (include_str!("en/clause/irrealis.txt"), |role| role.is_irrealis = true),
        (include_str!("en/clause/obligations.txt"), |role| role.is_obligation = true),
        (include_str!("en/clause/permissions.txt"), |role| role.is_permission = true),
        (include_str!("en/clause/duties.txt"), |role| role.is_duty = true),
        (include_str!("en/clause/tenses.txt"), |role| role.is_tense = true),
        ("but", |role| role.is_contrast = true),
        ("that", |role| role.is_conjunction = true),
        ("else only", |role| role.excludes_rest = true),
        (include_str!("en/clause/totals.txt"), |role| role.is_total = true),
    ];
    let mut roles: HashMap<&str, ClauseRole> = HashMap::new();
    for (words, mark) in lists {
        words.split_ascii_whitespace().for_each(|word| mark(roles.entry(word).or_default()));
    }
    roles
});

/// Returns what a word in normal form does in a clause.
pub(crate) fn clause_role(word: &str) -> ClauseRole {
    ROLES.get(word).copied().unwrap_or_default()
}
