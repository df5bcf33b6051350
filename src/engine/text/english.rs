//! What the analysis must know of the English language: function words, question words, number
//! words, and the words that show what kind of answer is asked for. No word here belongs to a
//! document.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Function words: they carry no topic.
const FUNCTION_WORDS: &str = "a about above across actually after again against all almost along \
    already also although always am among an and another any anybody anyone anything are aren't \
    around as aside at away back be became because become been before behind being below beside \
    besides between both but by came can can't cannot come could couldn't despite did didn't do \
    does doesn't doing don't done down during each either else enough etc even ever every \
    everybody everyone everything few first for from further gave get gets getting give given \
    gives giving go goes going gone got had hadn't has hasn't have haven't having he he'd he'll \
    he's hence her here hers herself him himself his how however i i'd i'll i'm i've if in indeed \
    instead into is isn't it it's its itself just keep kept least less let let's like likely ll \
    made make makes making many may maybe me meanwhile might mine more moreover most much must my \
    myself near nearly need needs neither never no nobody none nor not nothing now of off often \
    on once one ones only onto or other others otherwise our ours ourselves out over own per \
    perhaps put quite rather re really regarding s same seem seemed seems several shall she \
    she's should shouldn't since so some somebody someone something sometimes soon still such t \
    take taken takes taking than that that's the their theirs them themselves then there there's \
    therefore these they they're they've this those though through throughout thus till to \
    together too took toward towards under unless until up upon us use used uses using ve versus \
    very via vs was wasn't way we we'd we're we've well went were weren't what's whether while \
    will with within without won't would wouldn't yes yet you you'd you'll you're you've your \
    yours yourself";

/// Words that stress the function word behind them: "right after", "shortly before".
const STRESSING_WORDS: &str = "right straight directly immediately shortly soon long";
/// Function words that are stressed so.
const STRESSED_WORDS: &str = "after before behind beside next now away here there";

/// Question words.
const QUESTION_WORDS: &str = "what when where which who whom whose why how what's who's where's \
    when's how's whats whos wheres hows whatever whichever";

/// Filler of chat messages, and words for the day on which they are written.
const CHAT_WORDS: &str = "hi hello hey hiya thx please pls plz lol lmao haha ok okay \
    wait hmm um uh er yeah yep nope nah idk imo btw tbh omg wtf dude guys folks im ive id dont \
    doesnt didnt isnt wasnt cant wont couldnt wouldnt shouldnt theres thats heres gonna wanna \
    gotta kinda sorta ya u ur r y n ppl thing things stuff bit sort kind lot lots basically \
    literally honestly maybe sure sorry deal quick quickly anyway actually so today tonight \
    tomorrow yesterday currently nowadays";

/// Words of saying and asking, which questions are wrapped in: they carry little topic.
const SAYING_WORDS: &str = "say says said saying speak speaks spoke spoken speaking mention \
    mentions mentioned mentioning stated states stating claim claims claimed claiming talk talks \
    talked talking comment comments commented commenting remark remarks remarked remarking argue \
    argues argued arguing announce announces announced announcing declare declares declared \
    declaring add added adds adding express expressed expresses expressing call calls called \
    calling according think thinks thought thinking believe believes believed believing opinion \
    opinions bring brought name named ask asks asked asking question questions answer answers \
    answered answering tell tells told telling explain explains explained explaining explanation \
    describe describes described describing define defines defined discuss discusses discussed \
    discussing discussion debate debates debated debating elaborate elaborates elaborated \
    elaborating find found show list know known wonder wondering curious article document text \
    author";

/// The commonest words of general English that name things, qualities and actions. However rare
/// they are in one document, they tell less of a topic than others of the same rarity.
const COMMON_WORDS: &str = "able accept access act action activity affect age ago agree aim allow \
    amount appear apply approach area arrive attempt attract available average avoid aware bad \
    base based basic basis become begin beginning benefit best better big body break build \
    building business buy care carry case catch cause central century certain chance change \
    character check child choose city class clear close cold collect combine common community \
    compare complete concern condition consider contain continue control cost count country \
    course cover create current cut daily date day deal decide decision deep degree depend design \
    detail determine develop development difference different difficult direct direction \
    discover distance draw drive drop due early easy economic effect effort element employ \
    encourage end ensure enter entire equal establish event exact example exist existing expect \
    experience extent eye face fact factor fail fall family famous far fast feature feel field \
    figure fill final follow food force form formal former free full function fund future gain \
    general goal good great ground group grow growth hand happen hard head health hear heavy help \
    high history hold home hope hour house human idea identify image impact important improve \
    include increase individual industry influence information instance intend interest involve \
    issue item job join keep key kill kind land language large last late later law lay lead \
    leader leading learn leave left legal length letter level lie life light limit line link \
    little live living local long look lose loss low main major majority man manage mark matter \
    mean meaning means measure meet meeting member men method middle mind minimum modern moment \
    money month move movement national natural nature necessary network new next night normal \
    north notable notice number object occur offer office official old open operate operation \
    order organization origin original outside own page part particular pass past pattern pay \
    people percent percentage perform period person personal physical pick place plan play point \
    policy poor popular population position possible power practice prefer prepare present \
    preserve president prevent previous primary principle private problem process produce \
    product program project promote proper propose protect prove provide public publish purpose \
    quality range rate reach read ready real reason receive recent record reduce refer reflect \
    region relate relation release remain remove replace report represent require research \
    respect response responsible rest result return right rise role rule run safe scale science \
    season second section see seek sell send sense separate serious serve service set shape share \
    short side sign significant similar simple single site situation size small social society \
    source south space special specific spend stage stand standard start state stay step stop \
    story strong structure study style subject succeed success suffer suggest support surface \
    system team technical technique term test theory time title today top total town trade \
    traditional train travel treat treatment tree true try turn type typical understand unit use \
    used useful usual value various view visit vote wait walk want war watch water way week well \
    west whole wide win word work worker world write writer writing year young \
    began begun bought brought built caught chose chosen drew driven drove fallen fell felt fought \
    grew grown heard held kept led left lost meant met paid ran risen rose sent shown sold spent \
    stood threw took understood went won wore written wrote";

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

const MONTHS: &str = "january february march april may june july august september october november \
    december monday tuesday wednesday thursday friday saturday sunday";

const TIME_WORDS: &str = "year years month months week weeks day days today yesterday tomorrow \
    century centuries decade decades ago early late since until anniversary date morning evening \
    spring summer autumn winter bc ad";

const REASON_WORDS: &str = "because since due therefore thus hence reason reasons cause caused \
    causes causing result resulted resulting so order purpose aim aimed thanks owing led leads";

const PLACE_WORDS: &str = "in at near from to city town country region north south east west \
    area located northern southern eastern western central";

/// Words that open a message and say nothing.
const LEAD_WORDS: &str = "ok okay so then but well hmm hm um uh oh ah ha yes no yeah yep right good great fine \
    nice interesting thanks thx hi hello hey please now";

/// Words of politeness, which ask for nothing.
const POLITE_WORDS: &str = "please pls plz thanks thx";

/// Words that join a message to the one before.
const JOINING_WORDS: &str = "and also plus or";

/// Pronouns for persons, and for groups of them.
const PERSON_PRONOUNS: &str = "he he'd he'll he's him his himself she she'd she'll she's her hers \
    herself they they'd they'll they're they've them their theirs themselves";

/// Pronouns for things that were named before.
const THING_PRONOUNS: &str = "it it's its itself";

/// Words that point at what was said.
const DEMONSTRATIVES: &str = "this that that's thats these those";

/// Words for the text around a passage.
const CONTEXT_WORDS: &str = "context surrounding surroundings passage paragraph sentence sentences";

/// Words that ask for what was not shown yet, in a message that names nothing.
const FURTHER_WORDS: &str = "more further another other others continue additional";

/// What is before "else".
const BEFORE_ELSE: &str = "what who whom where when why how which anything anyone anybody something someone \
    somebody anywhere somewhere what's who's";

/// Words that open a message without a verb, and take what they count from the one before.
const FRAGMENT_OPENERS: &str = "which any only how what whose";

/// Verbs that help others: a message that opens with one is a sentence.
const AUXILIARIES: &str = "am is are was were do does did don't doesn't didn't has have had can \
    could will would shall should may might must isn't aren't wasn't weren't won't can't couldn't";

/// Words for those who talk to each other: what is asked of them is not about the text.
const PARTNERS: &str = "i i'm i'd i'll i've me my you you're you'd you'll your yours we us our";

/// Words that are before a place or a time.
const BEFORE_PLACES: &str = "in at from for to with since until during";

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
