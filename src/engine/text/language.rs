//! The language of a question: said only where it is sure.

use unicode_segmentation::UnicodeSegmentation;
use whatlang::{Lang, Script};

use super::english::holds;

/// A language, other than English, in which a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Its name in English; `None` where several that are written alike come into question.
    pub name: Option<&'static str>,
}

/// Languages by their tags (BCP 47).
const TAGS: &[(&str, Lang)] = &[
    ("ar", Lang::Ara),
    ("cs", Lang::Ces),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fr", Lang::Fra),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hu", Lang::Hun),
    ("id", Lang::Ind),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("ko", Lang::Kor),
    ("nl", Lang::Nld),
    ("no", Lang::Nob),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("sv", Lang::Swe),
    ("th", Lang::Tha),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("vi", Lang::Vie),
    ("zh", Lang::Cmn),
];

/// Function words that show a language written in Latin letters. None is an English word.
const FUNCTION_WORDS: &[(Lang, &str)] = &[
    (
        Lang::Spa,
        "qué que cuál cuáles cuántos cuántas cuantos cuantas quién quien dónde donde cómo como \
         cuándo cuando por los las una sobre según dijo del y el está hay fue cuanto cuánto",
    ),
    (
        Lang::Fra,
        "que quoi quel quelle quels quelles qui où ou combien comment pourquoi les des une est sur \
         dit dans aux du qu'a qu'est quand avec par pour le la et",
    ),
    (
        Lang::Deu,
        "wie wer wann wo warum welche welcher welches wieviele der das ist und über hat von mit \
         nicht dem den ein eine sagte gesagt wurde im zum zur",
    ),
    (
        Lang::Por,
        "que qual quais quem onde quando quantos quantas como os uma sobre segundo disse foi não \
         ao dos das em por",
    ),
    (
        Lang::Ita,
        "che cosa qual quale quali chi dove quando quanti quante perché il lo gli una su della \
         delle del ha detto è di sono e",
    ),
    (Lang::Nld, "wat wie waar wanneer waarom welke hoeveel het een zijn heeft zei van en niet op"),
    (Lang::Swe, "vad vem var när varför hur många och är att det som om sade med för"),
    (Lang::Dan, "hvad hvem hvor hvornår hvorfor mange og er det som om sagde med"),
    (Lang::Pol, "kto gdzie kiedy dlaczego ile jak jest czy powiedział się na w z"),
    (Lang::Tur, "ne kim nerede neden kaç nasıl hangi bir ve hakkında dedi mi mı için"),
    (Lang::Vie, "gì ai đâu khi nào tại sao bao nhiêu và của là có những các về nói"),
    (Lang::Ron, "ce cine unde când cum câte câți și este despre spus la în"),
];

/// Words that a question in English has and others hardly have.
const ENGLISH_WORDS: &str = include_str!("en/english_words.txt");

/// How many function words of the language make it sure.
const ENOUGH: usize = 2;
/// Words that a question must have.
const LEAST_WORDS: usize = 3;
/// Characters of a question that are looked at.
const MOST_CHARACTERS: usize = 400;
/// How sure the statistics must be of a language written in Latin letters, from 0 to 1.
const LEAST_CONFIDENCE: f64 = 0.2;

impl Language {
    /// Returns the language of `question`, where it surely is not English.
    ///
    /// Letters of another script show it at once. In Latin letters the statistics of a short
    /// question say little: function words must confirm them, and none may be English.
    pub(crate) fn of_question(question: &str) -> Option<Self> {
        let end = question.char_indices().nth(MOST_CHARACTERS).map_or(question.len(), |(at, _)| at);
        let question = question.get(..end)?;
        if whatlang::detect_script(question)? != Script::Latin {
            let info = whatlang::detect(question)?;
            let name = info.is_reliable().then(|| name_of(info.lang()));
            return Some(Self { name });
        }
        let known = FUNCTION_WORDS.iter().map(|(lang, _)| *lang).chain([Lang::Eng]).collect();
        let info = whatlang::Detector::with_allowlist(known).detect(question)?;
        let lower = question.to_lowercase().replace('’', "'");
        let words: Vec<&str> = lower.unicode_words().collect();
        let is_english = |word: &&str| holds(ENGLISH_WORDS, word);
        if words.len() < LEAST_WORDS || words.iter().any(is_english) {
            return None;
        }
        let held = |known: &str| words.iter().filter(|word| holds(known, word)).count();
        let evidence = FUNCTION_WORDS.iter().map(|(lang, known)| (*lang, held(known)));
        let most = evidence.clone().map(|(_, held)| held).max().unwrap_or(0);
        let is_likely = info.lang() != Lang::Eng && info.confidence() >= LEAST_CONFIDENCE;
        if most < ENOUGH || !is_likely {
            return None;
        }
        let is_confirmed = evidence.clone().any(|found| found == (info.lang(), most));
        let name = is_confirmed.then(|| name_of(info.lang()));
        Some(Self { name })
    }

    /// Returns the English name of the language with this tag (BCP 47), such as `en` or `pt-BR`.
    #[must_use]
    pub fn name_of_tag(tag: &str) -> Option<&'static str> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        TAGS.iter().find(|(known, _)| *known == primary).map(|(_, lang)| name_of(*lang))
    }
}

fn name_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Cmn => "Chinese",
        other => other.eng_name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(questions: &[(&str, Option<&str>)]) {
        for (question, name) in questions {
            let found = Language::of_question(question);
            assert_eq!(found.map(|language| language.name), name.map(Some), "{question}");
        }
    }

    #[test]
    fn other_languages_are_told() {
        check(&[
            ("¿A qué hora sale el barco a la isla?", Some(Lang::Spa.eng_name())),
            ("à quelle heure part le bateau pour l’île ?", Some("French")),
            ("Wann fährt das Schiff zur Insel ab?", Some("German")),
            ("A que horas sai o barco para as ilhas por dia?", Some("Portuguese")),
            ("Quando parte il traghetto per l’isola?", Some("Italian")),
            ("去岛上的渡轮几点开？", Some("Chinese")),
        ]);
    }

    #[test]
    fn a_script_of_several_languages_names_none() {
        let language = Language::of_question("Во сколько отходит паром на остров?");
        assert_eq!(language, Some(Language { name: None }));
    }

    #[test]
    fn what_may_be_english_is_english() {
        check(&[
            ("When does the ferry leave?", None),
            ("ferry timetable", None),
            ("la paz los angeles", None),
            ("ferry en route", None),
            ("lol idk whats up w the ferry", None),
            ("quid pro quo", None),
            ("Who said “liberté, égalité, fraternité”?", None),
            ("🤔❓", None),
            ("", None),
        ]);
    }

    #[test]
    fn tags_have_names() {
        assert_eq!(Language::name_of_tag("en-GB"), Some("English"));
        assert_eq!(Language::name_of_tag("tlh"), None);
    }
}
