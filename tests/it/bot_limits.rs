//! What holds of everything that the bot says: Discord's limits, nothing alive that was typed,
//! and no word of a document that does not stand there.

use std::collections::HashSet;

use bot::community::{Excerpts, Settings, Style};
use bot::{
    Action, Audience, Block, Card, ChannelPermissions, Choice, ComponentAction, ComponentIdError,
    CorpusVersion, Form, MemberPermissions, Page, PriorMessage, Reply, Request, Response, Row,
    Select, SentenceRange, Source, StatefulAction, Target, Topic, Venue, Who, catalogue, commands,
    echo, escape, limits, respond, shown, units,
};
use engine::answer::Engine;
use engine::knowledge::{Corpus, SentenceId};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::support::{article, file, set};

/// Panics where Discord would refuse, or where a quotation differs from its source.
pub(crate) fn assert_fits(say: &Response, corpus: &Corpus) {
    match say {
        Response::Message(reply) | Response::Update(reply) | Response::Delete(reply) => {
            assert_reply(reply, corpus);
        }
        Response::Share { update, post } => {
            assert_reply(update, corpus);
            assert_reply(post, corpus);
        }
        Response::Form(form) => assert_form(form),
        Response::Choices(choices) => assert_choices(choices),
        Response::Nothing => {}
    }
}

fn assert_reply(reply: &Reply, corpus: &Corpus) {
    let content = reply.content();
    assert!(units(&content) <= limits::CONTENT, "{reply}");
    assert!(!reply.blocks().is_empty(), "an empty message");
    let cards: Vec<&Card> = reply.cards().collect();
    assert!(cards.len() <= limits::EMBEDS);
    let all = |card: &&Card| units(&card.author) + units(&card.description) + units(&card.footer);
    assert!(cards.iter().map(all).sum::<usize>() <= limits::EMBED_TOTAL, "{reply}");
    for card in cards {
        assert!(units(&card.author) <= limits::AUTHOR && !card.author.is_empty());
        assert!(units(&card.description) <= limits::DESCRIPTION && !card.description.is_empty());
        assert!(units(&card.footer) <= limits::FOOTER);
        assert_literal(&card.description);
    }
    assert_literal(&content);
    assert!(reply.is_verbatim(corpus), "{reply}");
    for block in reply.blocks() {
        if let Block::Quote(quote) = block {
            assert_stands(&quote.words, &quote.source, corpus);
        } else if let Block::Card(Card { source: Some(source), description, .. }) = block {
            assert_stands(description, source, corpus);
        }
    }
    assert_rows(reply.rows());
}

fn assert_stands(words: &str, source: &Source, corpus: &Corpus) {
    let slice = corpus.slice(&source.slug, source.start, source.end);
    assert_eq!(Some(&*shown(words)), slice);
}

fn assert_rows(rows: &[Row]) {
    assert!(rows.len() <= limits::ROWS);
    let mut ids = HashSet::new();
    for row in rows {
        match row {
            Row::Buttons(buttons) => {
                assert!((1..=limits::BUTTONS).contains(&buttons.len()));
                for button in buttons {
                    assert!((1..=limits::LABEL).contains(&units(&button.label)));
                    match &button.target {
                        Target::Press(id) | Target::Danger(id) => {
                            assert!(units(id) <= 100 && ids.insert(id), "{id}");
                        }
                        Target::Link(url) => assert!(units(url) <= limits::URL, "{url}"),
                    }
                }
            }
            Row::Select(select) => assert_select(select),
        }
    }
}

fn assert_select(select: &Select) {
    assert!(units(&select.component_id) <= limits::CUSTOM_ID);
    assert!(units(&select.placeholder) <= limits::PLACEHOLDER);
    assert!((1..=limits::CHOICES).contains(&select.entries.len()));
    let mut values = HashSet::new();
    for entry in &select.entries {
        assert!((1..=limits::CHOICE).contains(&units(&entry.label)));
        assert!(units(&entry.description) <= limits::CHOICE);
        assert!(units(&entry.value) <= limits::CHOICE && values.insert(&entry.value));
    }
}

fn assert_form(form: &Form) {
    assert!((1..=limits::CUSTOM_ID).contains(&units(&form.component_id)), "{}", form.component_id);
    assert!((1..=limits::FORM_LABEL).contains(&units(&form.title)));
    assert!((1..=limits::FORM_LABEL).contains(&units(&form.label)));
    assert!(units(&form.placeholder) <= limits::FORM_PLACEHOLDER);
    assert!((1..=4_000).contains(&form.max_length));
}

fn assert_choices(choices: &[Choice]) {
    assert!(choices.len() <= limits::CHOICES);
    let mut names = HashSet::new();
    for choice in choices {
        assert!((1..=limits::CHOICE).contains(&units(&choice.name)));
        assert!((1..=limits::CHOICE).contains(&units(&choice.value)));
        assert!(names.insert(&choice.name), "{}", choice.name);
    }
}

/// No mention, emoji, time, masked link, address or mark that Discord would bring to life, but
/// for what the bot itself says: its sharer, its moderators and their channels, and its documents'
/// addresses.
fn assert_literal(markdown: &str) {
    // In a block of code nothing lives but its end.
    const FENCE: &str = "```";
    let prose: Vec<&str> = markdown.split(FENCE).step_by(2).collect();
    assert_eq!(markdown.matches(FENCE).count() % 2, 0, "{markdown}");
    let markdown = prose.join(" ");
    let mut is_escaped = false;
    let signs: String = markdown
        .chars()
        .map(|c| {
            let sign = if is_escaped { '·' } else { c };
            is_escaped = !is_escaped && c == '\\';
            sign
        })
        .collect();
    // Channels, roles and moderators as the bot itself names them.
    let ours = ["Shared by <@42>", "<@7>", "<@9>", "<@&77>", "<#5>", "<#6>"];
    let signs = ours.iter().fold(signs, |signs, ours| signs.replace(ours, ""));
    for alive in
        ["<@", "@", "<#", "<:", "<a:", "<t:", "](", "://", "||", "~~", "```", "discord.gg/"]
    {
        assert!(!signs.contains(alive), "{alive} in {markdown}");
    }
    for line in signs.lines() {
        let line = line.strip_prefix("> ").unwrap_or(line);
        for mark in ["# ", "## ", "-# ", "> ", ">>> ", "- ", "1. "] {
            assert!(!line.trim_start().starts_with(mark), "{mark} in {markdown}");
        }
    }
    let unseen = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(
        !markdown.contains(unseen) && !markdown.contains(|c: char| c.is_control() && c != '\n')
    );
}

/// Text as people and attackers type it.
fn typed() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "@everyone",
        "<@1>",
        "<@&2>",
        "<#3>",
        "<:a:4>",
        "<t:5:R>",
        "[x](https://evil.example)",
        "https://evil.example",
        "discord.gg/abc",
        "```ansi\n",
        "||x||",
        "# big",
        "\n-# small",
        "\n> q",
        "\n>>> q",
        "\n1. ",
        "***",
        "~~",
        "__",
        "\\",
        "\u{202e}",
        "\u{200b}",
        "\0",
        "\n",
        "“",
        "”",
        "\"",
        "…",
        "vaccine imperialism",
        "Ramaphosa",
        "Xi",
        "democracy",
        "What did",
        "say about",
        "China",
        "no person should be denied vaccine",
        "the",
        "poverty",
        "‹U+202E›",
        "👨‍👩‍👧",
        " ",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.join(" ")),
        "\\PC{0,80}",
        any::<String>(),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let named = || prop::option::of(typed());
    prop_oneof![
        (typed(), named(), named(), any::<Option<bool>>()).prop_map(
            |(question, speaker, document, private)| {
                Action::Ask { question, speaker, document, private }
            }
        ),
        typed().prop_map(|place| Action::Passage { place }),
        (0..70_usize).prop_map(|number| Action::Passage { place: format!("¶{number}") }),
        (typed(), named()).prop_map(|(quote, speaker)| Action::Verify {
            quote,
            speaker,
            private: None
        }),
        typed().prop_map(|message| Action::FindInDocument { message }),
        typed().prop_map(|message| Action::CheckQuotations { message }),
        (typed(), any::<bool>(), prop::collection::vec(earlier(), 0..4)).prop_map(
            |(text, has_attachments, before)| { Action::Mention { text, has_attachments, before } }
        ),
        (any_press(), typed(), any::<bool>()).prop_map(|(press, text, is_private)| {
            let id = press.id(CorpusVersion::of(article().corpus()));
            Action::Form { component: ComponentAction::parse(&id), text, is_private }
        }),
        (any_press(), prop::collection::vec("[0-9+]{0,5}", 0..3), any::<bool>()).prop_map(
            |(press, values, is_private)| {
                let id = press.id(CorpusVersion::of(article().corpus()));
                Action::Press { component: ComponentAction::parse(&id), values, is_private }
            }
        ),
        (prop::sample::select(vec!["speaker", "place", "document", "x"]), typed()).prop_map(
            |(option, typed)| {
                Action::Autocomplete { command: "ask".to_owned(), option: option.to_owned(), typed }
            }
        ),
    ]
}

/// What stands before a message: whatever anybody may have written.
fn earlier() -> impl Strategy<Value = PriorMessage> {
    let ids = prop_oneof![
        any_press().prop_map(|press| press.id(CorpusVersion::of(article().corpus()))),
        any::<String>(),
    ];
    let texts = prop::collection::vec(typed(), 0..3);
    (0..5_u64, any::<bool>(), typed(), texts, prop::collection::vec(ids, 0..4), 0..5_u64).prop_map(
        |(id, is_ours, text, cards, ids, replied)| {
            let components = ids.iter().filter_map(|id| ComponentAction::parse(id).ok()).collect();
            let replies_to = (replied != id).then_some(replied);
            PriorMessage { id, is_ours, text, cards, components, replies_to }
        },
    )
}

fn any_topic() -> impl Strategy<Value = Topic> {
    let runs = prop::collection::btree_map(any::<u32>(), 0..200_usize, 0..=Topic::MAX_RUNS);
    (runs, "([a-zé:·]{1,9} ){0,3}[a-z]{0,9}").prop_map(|(runs, words)| Topic {
        runs: runs
            .into_iter()
            .map(|(first, more)| SentenceRange::new(SentenceId::new(first), more))
            .collect(),
        words: words.trim().to_owned(),
    })
}

fn any_run() -> impl Strategy<Value = SentenceRange> {
    (prop_oneof![0..220_u32, any::<u32>()], prop_oneof![0..3_usize, 0..200_usize])
        .prop_map(|(first, more)| SentenceRange::new(SentenceId::new(first), more))
}

fn any_press() -> impl Strategy<Value = ComponentAction> {
    let runs = || {
        prop::collection::vec(any_run(), 1..=5).prop_map(|mut runs| {
            runs.sort_by_key(|run| (run.first, run.more()));
            runs.dedup();
            runs
        })
    };
    prop_oneof![
        any_run().prop_map(ComponentAction::Context),
        (any_run(), any::<i16>()).prop_map(|(run, shift)| ComponentAction::Page(run, shift)),
        (any_run(), -30..30_i16).prop_map(|(run, shift)| ComponentAction::Page(run, shift)),
        runs().prop_map(ComponentAction::Passages),
        runs().prop_map(ComponentAction::Pick),
        any_run().prop_map(ComponentAction::Share),
        any_run().prop_map(ComponentAction::Cite),
        any_keeping().prop_map(ComponentAction::Keep),
        runs().prop_map(ComponentAction::Nearest),
        any_topic().prop_map(ComponentAction::Ask),
        any_topic().prop_map(ComponentAction::Asked),
        Just(ComponentAction::Help),
    ]
}

fn any_keeping() -> impl Strategy<Value = StatefulAction> {
    let page = || (any::<u32>(), any::<u32>()).prop_map(|(days, skip)| Page { days, skip });
    prop_oneof![
        any::<u64>().prop_map(StatefulAction::Undo),
        any::<u64>().prop_map(StatefulAction::Reset),
        (any::<u64>(), any::<u32>())
            .prop_map(|(revision, digest)| StatefulAction::Import { revision, digest }),
        any_run().prop_map(StatefulAction::Up),
        any_run().prop_map(StatefulAction::Down),
        any_run().prop_map(StatefulAction::Why),
        prop::sample::select(vec![StatefulAction::Forget, StatefulAction::ForgetNow]),
        any::<u32>().prop_map(StatefulAction::List),
        page().prop_map(StatefulAction::Unanswered),
        page().prop_map(StatefulAction::Dismiss),
        page().prop_map(StatefulAction::Answer),
        "[0-9a-f]{16}".prop_map(StatefulAction::Choose),
        page().prop_map(StatefulAction::Flags),
        page().prop_map(StatefulAction::HideFlagged),
    ]
}

proptest! {
    #[test]
    fn escaped_text_is_shown_as_it_is(text in prop_oneof![typed(), any::<String>()]) {
        let markdown = escape(&text);
        prop_assert_eq!(shown(&markdown), text);
        assert_literal(&markdown);
    }

    #[test]
    fn echoed_text_is_one_short_literal_line(text in typed(), limit in 1..100_usize) {
        let echoed = echo(&text, limit);
        assert_literal(&echoed);
        prop_assert!(!echoed.contains('\n') && units(&shown(&echoed)) <= limit);
    }

    #[test]
    fn an_id_is_read_as_it_was_written(press in any_press(), edition in any::<u32>()) {
        let edition = CorpusVersion::from_number(edition);
        let id = press.id(edition);
        prop_assert!(units(&id) <= limits::CUSTOM_ID);
        prop_assert_eq!(ComponentAction::parse(&id), Ok((edition, press)));
    }

    #[test]
    fn an_id_of_a_stranger_is_read_only_if_we_would_write_it(
        id in prop_oneof!["[ckopsnhmaq][01]:[0-9a-f]{7,9}:[a-zF]?[0-9+,:a-z .-]{0,40}", any::<String>()],
    ) {
        match ComponentAction::parse(&id) {
            Ok((edition, press)) => prop_assert_eq!(press.id(edition), id),
            Err(ComponentIdError::Older) => prop_assert!(id.get(1..3) == Some("0:"), "{}", id),
            Err(ComponentIdError::Unknown) => {}
        }
    }

    #[test]
    fn words_for_which_an_id_has_no_room_are_left_out_whole(words in "([a-zé]{1,30} ){0,12}[a-z]") {
        let topic = Topic { runs: Vec::new(), words: words.clone() };
        let id = ComponentAction::Ask(topic).id(CorpusVersion::from_number(0));
        prop_assert!(id.len() <= limits::CUSTOM_ID);
        let Ok((_, ComponentAction::Ask(Topic { words: kept, .. }))) = ComponentAction::parse(&id) else {
            panic!("{id}");
        };
        prop_assert!(words.starts_with(&kept));
        prop_assert!(matches!(words.get(kept.len()..).unwrap().chars().next(), None | Some(' ')) || kept.is_empty());
    }

    #[test]
    fn whatever_is_asked_the_reply_fits_and_is_verbatim(
        action in action(),
        style in prop::sample::select(vec![Style::Card, Style::Plain]),
        excerpts in 0..5_usize,
        place in prop::sample::select(vec![
            Venue::Server { guild: 1, channel: 2, parent: None, permits: ChannelPermissions::ALL },
            Venue::Direct,
            Venue::Elsewhere,
        ]),
    ) {
        let excerpts = Some(Excerpts::nearest(excerpts));
        let view = set(Settings { style: Some(style), excerpts, ..Settings::default() });
        let who = Who { id: 42, powers: MemberPermissions::default(), roles: Vec::new() };
        let request = Request { who, place, now: 0, action };
        let outcome = respond(article(), &view, &request);
        assert_fits(&outcome.say, article().corpus());
        prop_assert_eq!(outcome, respond(article(), &view, &request));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_document_holds_is_shown_literally(
        text in typed(),
        action in prop_oneof![Just("1"), Just("vaccine"), Just("the")],
        style in prop::sample::select(vec![Style::Card, Style::Plain]),
    ) {
        let about = format!("title = {}\n", serde_json::Value::from(&*text));
        let files = [file("nasty.txt", &text), file("nasty.toml", &about)];
        if let Ok(corpus) = Corpus::load(&files) {
            let engine = Engine::build(corpus, 0.0).unwrap();
            let excerpts = Some(Excerpts::nearest(3));
            let view = set(Settings { style: Some(style), excerpts, ..Settings::default() });
            let who = Who { id: 42, powers: MemberPermissions::default(), roles: Vec::new() };
            let place = Venue::Server { guild: 1, channel: 2, parent: None, permits: ChannelPermissions::ALL };
            for action in [
                Action::Passage { place: action.to_owned() },
                Action::Ask { question: action.to_owned(), speaker: None, document: None, private: None },
                Action::Verify { quote: action.to_owned(), speaker: None, private: None },
                Action::Help,
            ] {
                let who = who.clone();
                let request = Request { who, place, now: 0, action };
                assert_fits(&respond(&engine, &view, &request).say, engine.corpus());
            }
        }
    }
}

/// A text, and what an editor wrote down that people ask of it.
fn harbour() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| {
        let text = "The harbour opened in 1902.\nIt has three cranes, and gulls.\n";
        let asks = "[[ask]]\nquote = \"three cranes\"\n\
                    questions = [\"How are ships unloaded, zyxqv?\", \"zyxqv lifting gear\"]\n";
        let files = [file("harbour.txt", text), file("harbour.toml", asks)];
        Engine::build(Corpus::load(&files).unwrap(), 0.0).unwrap()
    })
}

proptest! {
    #[test]
    fn questions_of_an_editor_are_never_shown(
        action in prop_oneof![
            action(),
            prop::sample::select(vec!["How are ships unloaded?", "lifting gear", "cranes", "zyx"])
                .prop_map(|typed| Action::Ask {
                    question: typed.to_owned(), speaker: None, document: None, private: None,
                }),
            any_press().prop_map(|press| Action::Press {
                component: ComponentAction::parse(&press.id(CorpusVersion::of(harbour().corpus()))),
                values: Vec::new(),
                is_private: false,
            }),
        ],
        style in prop::sample::select(vec![Style::Card, Style::Plain]),
    ) {
        let view = set(Settings { style: Some(style), ..Settings::default() });
        let who = Who { id: 42, powers: MemberPermissions::default(), roles: Vec::new() };
        let place = Venue::Server { guild: 1, channel: 2, parent: None, permits: ChannelPermissions::ALL };
        let request = Request { who, place, now: 0, action };
        let outcome = respond(harbour(), &view, &request);
        prop_assert!(!format!("{outcome:?}").contains("zyxqv"), "{outcome:?}");
    }
}

#[test]
fn the_commands_are_these() {
    let commands = commands::registration(false);
    let line = |command: &serde_json::Value| {
        let options = command["options"].as_array().into_iter().flatten();
        let names = options.map(|option| option["name"].as_str().unwrap());
        let names = names.collect::<Vec<_>>().join(" ");
        format!("{} {} {names}", command["type"], command["name"]).trim_end().to_owned()
    };
    let lines: Vec<String> = commands.as_array().unwrap().iter().map(line).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    1 "ask" question speaker private
    1 "passage" place
    1 "verify" quote speaker private
    1 "help"
    1 "privacy"
    3 "Find in the document"
    3 "Check quotations"
    3 "Remove answer"
    "#);
    assert_snapshot!(format!("{:#}", commands[0]), @r#"
    {
      "contexts": [
        0,
        1,
        2
      ],
      "description": "Ask a question; the answer is a passage, quoted word for word",
      "integration_types": [
        0,
        1
      ],
      "name": "ask",
      "options": [
        {
          "autocomplete": false,
          "description": "Your question, in your own words",
          "max_length": 300,
          "min_length": 3,
          "name": "question",
          "required": true,
          "type": 3
        },
        {
          "autocomplete": true,
          "description": "Only quote this person",
          "max_length": 100,
          "min_length": 1,
          "name": "speaker",
          "required": false,
          "type": 3
        },
        {
          "description": "Only show the answer to me",
          "name": "private",
          "required": false,
          "type": 5
        }
      ],
      "type": 1
    }
    "#);
}

#[test]
fn the_catalogue_is_within_discords_limits() {
    let commands = commands::registration(true);
    for command in commands.as_array().unwrap() {
        assert!((1..=32).contains(&units(command["name"].as_str().unwrap())));
        let is_slash = command["type"] == 1;
        assert_eq!(is_slash, command["description"].is_string());
        for item in with_options(command) {
            let description = item["description"].as_str().map_or(0, units);
            assert!(description <= 100 && (description > 0 || !is_slash), "{item}");
            let mut has_optional = false;
            for option in item["options"].as_array().into_iter().flatten() {
                assert!(!(has_optional && option["required"] == true), "required ones come first");
                has_optional |= option["required"] == false;
            }
            for choice in item["choices"].as_array().into_iter().flatten() {
                assert!((1..=100).contains(&units(choice["name"].as_str().unwrap())), "{choice}");
            }
        }
        let of_moderators = command["default_member_permissions"].is_u64();
        assert_eq!(of_moderators, command["contexts"] == serde_json::json!([0]), "{command}");
        assert!(letters(command) <= 8_000, "{}", letters(command));
    }
}

/// A command with its subcommands and options.
fn with_options(item: &serde_json::Value) -> Vec<&serde_json::Value> {
    let inner = item["options"].as_array().into_iter().flatten();
    [item].into_iter().chain(inner.flat_map(with_options)).collect()
}

/// Names, descriptions and values of a command, as Discord counts them.
fn letters(command: &serde_json::Value) -> usize {
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().map_or(0, units);
    let own = |item: &serde_json::Value| {
        let choices = item["choices"].as_array().into_iter().flatten();
        let choices: usize = choices.map(|it| text(it, "name") + text(it, "value")).sum();
        text(item, "name") + text(item, "description") + choices
    };
    with_options(command).into_iter().map(own).sum()
}

#[test]
fn the_commands_of_moderators_are_these() {
    let mut lines = Vec::new();
    for command in commands::registration(true).as_array().unwrap() {
        for subcommand in command["options"].as_array().into_iter().flatten() {
            if subcommand["type"] == 1 {
                let options = subcommand["options"].as_array().unwrap().iter();
                let options = options.map(|option| {
                    let name = option["name"].as_str().unwrap();
                    if option["required"] == true { name.to_owned() } else { format!("[{name}]") }
                });
                let options = options.collect::<Vec<_>>().join(" ");
                let (command, name) = (&command["name"], &subcommand["name"]);
                lines.push(
                    format!("{command} {name} {options}").replace('"', "").trim_end().to_owned(),
                );
            }
        }
    }
    assert_snapshot!(lines.join("\n"), @r"
    settings show
    settings edit [reply] [style] [mentions] [excerpts] [keep-unanswered] [moderators]
    settings channel channel mentions
    settings undo
    settings reset
    settings export
    settings import file
    curate pin question place
    curate hide place [reason]
    curate remove entry
    curate list
    review unanswered [days]
    review flags [days]
    ");
}

#[test]
fn what_discord_holds_compares_equal_to_what_was_sent() {
    let sent = commands::registration(false);
    let mut held = sent.clone();
    let commands = held.as_array_mut().unwrap();
    commands.reverse();
    for command in commands {
        command["id"] = "1".into();
        command["version"] = "2".into();
        command["nsfw"] = false.into();
        command["default_member_permissions"] = serde_json::Value::Null;
        command["contexts"].as_array_mut().unwrap().reverse();
        for option in command["options"].as_array_mut().into_iter().flatten() {
            let fields = option.as_object_mut().unwrap();
            fields.retain(|_, value| *value != false);
        }
        if command["type"] == 3 {
            command["description"] = "".into();
        }
    }
    assert_eq!(catalogue::canonical(&held), catalogue::canonical(&sent));
    held[0]["description"] = "changed".into();
    assert_ne!(catalogue::canonical(&held), catalogue::canonical(&sent));
}

#[test]
fn a_quotation_that_differs_from_its_source_is_noticed() {
    let corpus = article().corpus();
    let slug = corpus.documents()[0].slug().to_owned();
    let reply = |words: &str, end| {
        let source = Some(Source { slug: slug.clone(), start: 0, end });
        let (author, footer) = ("Xi".to_owned(), String::new());
        let mut reply = Reply::new(Audience::Public);
        let description = words.to_owned();
        assert!(reply.push(Block::Card(Card { author, description, footer, source })));
        reply
    };
    assert!(reply("> **CPC** and", 7).is_verbatim(corpus));
    assert!(!reply("> CPC or", 7).is_verbatim(corpus));
    assert!(!reply("> CPC and", 999_999).is_verbatim(corpus));
}

#[test]
fn what_does_not_fit_is_refused_whole() {
    let text = |length| Block::Text("x".repeat(length));
    let mut reply = Reply::new(Audience::Private);
    assert!(!reply.push(text(limits::CONTENT + 1)) && reply.blocks().is_empty());
    assert!(reply.push(text(limits::CONTENT)) && !reply.push(text(1)));
    let card = |length| {
        let (author, footer) = (String::new(), String::new());
        Block::Card(Card { author, description: "x".repeat(length), footer, source: None })
    };
    assert!(!reply.push(card(0)) && !reply.push(card(limits::DESCRIPTION + 1)));
    assert!(reply.push(card(3_000)) && reply.push(card(3_000)) && !reply.push(card(1)));
}
