//! Names and synonyms of all documents, ready to be recognised in questions.

use std::collections::{HashMap, HashSet};

use super::lexicon::{Lexicon, TermId};
use crate::knowledge::Corpus;
use crate::knowledge::SpeakerKey;
use crate::text::analysis::{self, Token};
use crate::text::english;

/// Names and synonyms of all documents, ready to be recognised in questions.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    pub(crate) aliases: HashMap<TermId, Vec<(Vec<TermId>, SpeakerKey)>>,
    pub(crate) by_speaker: HashMap<SpeakerKey, Vec<Vec<TermId>>>,
    /// The aliases that are names, and no offices or countries.
    names: HashSet<(SpeakerKey, Vec<TermId>)>,
    /// Each name of several words, folded, by what comes of writing them as one.
    pub(crate) names_in_one: HashMap<String, String>,
    /// Name and office of each speaker together, as where a text introduces them.
    introductions: HashMap<SpeakerKey, Vec<TermId>>,
    pub(crate) groups: Vec<Vec<Vec<TermId>>>,
    pub(crate) synonyms: HashMap<TermId, Vec<(Vec<TermId>, usize)>>,
    /// The documents in whose titles each term is, in order.
    titles: HashMap<TermId, Vec<usize>>,
    documents: usize,
    /// The last words of the authors' names.
    authors: HashSet<TermId>,
}

impl Gazetteer {
    /// Reads names and synonyms of the corpus; their words join the lexicon.
    pub(crate) fn new(corpus: &Corpus, lexicon: &mut Lexicon) -> Self {
        let mut gazetteer = Self { documents: corpus.documents().len(), ..Self::default() };
        for (document, content) in corpus.documents().iter().enumerate() {
            for (id, speaker) in content.speaker_ids() {
                let key = SpeakerKey { document, speaker: id };
                let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
                for name in names.chain(&speaker.role) {
                    let terms = topic_terms(lexicon, name);
                    if is_form_of(name, &speaker.name) {
                        gazetteer.names.insert((key, terms.clone()));
                    }
                    gazetteer.add_alias(terms, key);
                    gazetteer.add_name_in_one(name);
                }
                let role = speaker.role.as_deref().unwrap_or_default();
                let introduction = format!("{} {role}", speaker.name);
                gazetteer.introductions.insert(key, topic_terms(lexicon, &introduction));
            }
            for term in topic_terms(lexicon, &content.title().replace(['_', '-'], " ")) {
                gazetteer.titles.entry(term).or_default().push(document);
            }
            let author = content.author().map(|name| topic_terms(lexicon, name));
            gazetteer.authors.extend(author.iter().filter_map(|terms| terms.last()));
            for group in content.synonyms() {
                let terms = group.iter().map(|term| topic_terms(lexicon, term)).collect();
                gazetteer.add_group(terms);
            }
        }
        gazetteer
    }

    fn add_alias(&mut self, terms: Vec<TermId>, speaker: SpeakerKey) {
        if let Some(first) = terms.first() {
            self.by_speaker.entry(speaker).or_default().push(terms.clone());
            self.aliases.entry(*first).or_default().push((terms, speaker));
        }
    }

    /// Returns whether these terms are a name of the speaker, and no office or country.
    pub(crate) fn is_name(&self, speaker: SpeakerKey, terms: &[TermId]) -> bool {
        self.names.contains(&(speaker, terms.to_vec()))
    }

    fn add_name_in_one(&mut self, name: &str) {
        let name = analysis::fold_name(name);
        if name.contains(' ') {
            self.names_in_one.insert(name.replace(' ', ""), name);
        }
    }

    /// Name and office of the speaker, as where a text introduces them.
    pub(crate) fn introduction(&self, speaker: SpeakerKey) -> Option<&Vec<TermId>> {
        self.introductions.get(&speaker)
    }

    fn add_group(&mut self, terms: Vec<Vec<TermId>>) {
        let terms: Vec<_> = terms.into_iter().filter(|term| !term.is_empty()).collect();
        for term in &terms {
            if let Some(first) = term.first() {
                self.synonyms.entry(*first).or_default().push((term.clone(), self.groups.len()));
            }
        }
        self.groups.push(terms);
    }

    /// Returns the documents whose titles hold all of `terms`, by their positions in the corpus, in
    /// order.
    pub(crate) fn titled(&self, terms: &[TermId]) -> Vec<usize> {
        let holding = |term: &TermId| self.titles.get(term).map_or(&[][..], Vec::as_slice);
        let Some((first, rest)) = terms.split_first() else {
            return Vec::new();
        };
        let documents = holding(first).iter().copied();
        documents
            .filter(|document| {
                rest.iter().all(|term| holding(term).binary_search(document).is_ok())
            })
            .collect()
    }

    /// Returns how many documents there are.
    pub(crate) fn documents(&self) -> usize {
        self.documents
    }

    /// Returns whether an author's name ends with the term.
    pub(crate) fn is_author(&self, term: TermId) -> bool {
        self.authors.contains(&term)
    }

    /// Returns the longest name of a speaker at the start of `terms`, and its length.
    pub(crate) fn speaker_at(&self, terms: &[Option<TermId>]) -> Option<(SpeakerKey, usize)> {
        let first = (*terms.first()?)?;
        let starts = self.aliases.get(&first)?.iter();
        let fitting = starts.filter(|(alias, _)| begins(terms, alias));
        let longest = fitting.rev().max_by_key(|(alias, _)| alias.len())?;
        Some((longest.1, longest.0.len()))
    }
}

/// Returns whether an alias is a form of a name, spelt so or otherwise: they share a word, or
/// nearly so.
fn is_form_of(alias: &str, name: &str) -> bool {
    const LIKE: f64 = 0.75;
    let (alias, name) = (analysis::fold_name(alias), analysis::fold_name(name));
    alias.split(' ').any(|word| {
        name.split(' ').any(|own| strsim::normalized_damerau_levenshtein(word, own) >= LIKE)
    })
}

/// Returns whether `terms` begin with the terms of `phrase`.
pub(crate) fn begins(terms: &[Option<TermId>], phrase: &[TermId]) -> bool {
    phrase.len() <= terms.len()
        && phrase.iter().zip(terms).all(|(wanted, term)| Some(*wanted) == *term)
}

/// Returns the terms of a phrase that carry a topic; all of them where none does.
fn topic_terms(lexicon: &mut Lexicon, phrase: &str) -> Vec<TermId> {
    let words: Vec<Token> = analysis::tokens(phrase).collect();
    let topical = |token: &&Token| !english::class_of(&token.surface).is_stop;
    words.iter().filter(topical).map(|token| lexicon.learn_word(&token.surface)).collect()
}
