//! The testers' terminal against a small bot: what is drawn, what can be typed, what is replayed.

use std::convert::Infallible;
use std::time::Duration;

use mock_discord::terminal::{Examples, Look, Patience, Script, Session, script, text::plain};
use mock_discord::{Config, MockDiscord};
use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, AutocompleteOption, CommandData, Context, CreateAttachment,
    CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage,
    EventHandler, GatewayIntents, HttpBuilder, Interaction, Message, ModalInteractionData, Ready,
    ResolvedValue, async_trait,
};

use crate::offline::Offline;

const SOON: Duration = Duration::from_secs(10);

/// A bot that shows everything that can be drawn.
struct Parrot;

fn card() -> Value {
    json!({
        "embeds": [{
            "author": {"name": "Ann · her own words"},
            "description": "> Quoted \\*words\\* that go on for so long that they have to be broken, with **bold** ones.",
            "footer": {"text": "A document · ¶3\n© Nobody"},
        }],
        "components": [
            {"type": 1, "components": [
                {"type": 2, "style": 2, "label": "More context", "custom_id": "more"},
                {"type": 2, "style": 5, "label": "Read", "url": "https://example.org/#a"},
                {"type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true},
            ]},
            {"type": 1, "components": [{
                "type": 3, "custom_id": "pick", "placeholder": "Other passages", "options": [
                    {"label": "One", "description": "the first", "value": "1"},
                    {"label": "Two", "value": "2"},
                ],
            }]},
        ],
        "allowed_mentions": {"parse": []},
    })
}

fn said(content: &str, flags: u64) -> Value {
    json!({"content": content, "flags": flags, "allowed_mentions": {"parse": []}})
}

#[async_trait]
impl EventHandler for Parrot {
    async fn ready(&self, context: Context, _: Ready) {
        let text = json!({"type": 3, "name": "text", "description": "What", "required": true, "autocomplete": true});
        let private = json!({"type": 5, "name": "private", "description": "For you alone"});
        let option =
            |kind: u64, name: &str| json!({"type": kind, "name": name, "description": "x"});
        let named = [(7, "channel"), (8, "role"), (6, "user"), (4, "count"), (11, "file")];
        let named: Vec<Value> = named.iter().map(|(kind, name)| option(*kind, name)).collect();
        let edit = json!({"type": 1, "name": "edit", "description": "Sets it", "options": named});
        let show = json!({"type": 1, "name": "show", "description": "Shows it"});
        let commands = json!([
            {"name": "echo", "description": "Says it", "options": [text, private]},
            {"name": "Look", "type": 3},
            {"name": "set", "description": "x", "options": [show, edit],
                "default_member_permissions": "32", "contexts": [0]},
        ]);
        context.http.create_global_commands(&commands).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        let mentioned = message.content.starts_with("<@") || message.guild_id.is_none();
        let replied = message.referenced_message.is_some();
        if message.author.bot || !(mentioned || replied) {
            return;
        }
        let mut answer = card();
        if replied {
            answer = said("heard a **reply**", 0);
        }
        answer["message_reference"] = json!({"message_id": message.id.to_string()});
        context.http.send_message(message.channel_id, vec![], &answer).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let (id, token) = (interaction.id(), interaction.token().to_owned());
        let body = match interaction {
            Interaction::Autocomplete(typed) => {
                let AutocompleteOption { value, .. } = typed.data.autocomplete().unwrap();
                let choices = CreateAutocompleteResponse::new()
                    .add_string_choice(format!("{value} in full"), "code-1");
                let choices = CreateInteractionResponse::Autocomplete(choices);
                return typed.create_response(&context.http, choices).await.unwrap();
            }
            Interaction::Command(command) if command.data.name == "Look" => said("saw it", 64),
            Interaction::Command(command) if command.data.name == "set" => {
                let named = named(&command.data).join(", ");
                said(&format!("{named}."), 64)
            }
            Interaction::Command(command) if is_asked_for(&command.data, "form") => {
                let form = form();
                let body = json!({"type": 9, "data": form});
                let http = &context.http;
                return http.create_interaction_response(id, &token, &body, vec![]).await.unwrap();
            }
            Interaction::Command(command) if is_asked_for(&command.data, "file") => {
                let file = CreateAttachment::bytes(*b"one\ntwo\n", "two lines.txt");
                let message = CreateInteractionResponseMessage::new().add_file(file);
                let answer = CreateInteractionResponse::Message(message);
                return command.create_response(&context.http, answer).await.unwrap();
            }
            Interaction::Modal(sent) => said(&written(&sent.data), 64),
            Interaction::Command(command) => {
                let text = command.data.options[0].value.as_str().unwrap().to_owned();
                if text == "nothing" {
                    return;
                }
                let flags = if command.data.options.len() > 1 { 64 } else { 0 };
                said(if text == "too long" { "x".repeat(2001) } else { text }.as_str(), flags)
            }
            Interaction::Component(press) if press.data.custom_id == "more" => said("more", 64),
            Interaction::Component(press) => said(&format!("{:?}", press.data.kind), 64),
            _ => return,
        };
        let body = json!({"type": 4, "data": body});
        // Refusals are shown by the terminal.
        context.http.create_interaction_response(id, &token, &body, vec![]).await.ok();
    }
}

fn form() -> Value {
    let input = json!({"type": 4, "custom_id": "name", "label": "Your name", "style": 1,
        "min_length": 2, "max_length": 9, "placeholder": "Ann"});
    let more = json!({"type": 4, "custom_id": "why", "label": "Why", "style": 2,
        "required": false, "value": "no reason"});
    let rows = [input, more].map(|item| json!({"type": 1, "components": [item]}));
    json!({"custom_id": "form", "title": "Sign here", "components": rows})
}

fn is_asked_for(data: &CommandData, what: &str) -> bool {
    data.options.first().and_then(|option| option.value.as_str()) == Some(what)
}

fn written(data: &ModalInteractionData) -> String {
    let items = data.components.iter().flat_map(|row| &row.components);
    let text = |item: &ActionRowComponent| match item {
        ActionRowComponent::InputText(input) => input.value.clone(),
        _ => None,
    };
    items.filter_map(text).collect::<Vec<_>>().join(" · ")
}

/// What the options of a subcommand name.
fn named(data: &CommandData) -> Vec<String> {
    let mut found = Vec::new();
    for option in data.options() {
        let ResolvedValue::SubCommand(inner) = option.value else { continue };
        found.push(option.name.to_owned());
        found.extend(inner.iter().map(|option| match &option.value {
            ResolvedValue::Channel(channel) => format!("#{}", channel.name.as_ref().unwrap()),
            ResolvedValue::Role(role) => role.name.clone(),
            ResolvedValue::User(user, member) => format!("{} {}", user.name, member.is_some()),
            ResolvedValue::Attachment(file) => format!("{} {}", file.filename, file.size),
            other => format!("{other:?}"),
        }));
    }
    found
}

async fn start(mock: &MockDiscord) -> std::sync::Arc<serenity::all::ShardManager> {
    let web = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
    let http = HttpBuilder::new(mock.token())
        .client(web)
        .proxy(mock.url())
        .ratelimiter_disabled(true)
        .build();
    let intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let client = serenity::client::ClientBuilder::new_with_http(http, intents);
    let mut client = client.event_handler(Parrot).await.unwrap();
    let shards = std::sync::Arc::clone(&client.shard_manager);
    tokio::spawn(async move { client.start().await.unwrap() });
    mock.connected(SOON).await.unwrap();
    mock.commands(SOON).await.unwrap();
    shards
}

/// The transcript of these lines.
async fn transcript(lines: &[&str]) -> String {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let mut bot = start(&mock).await;
    let patience = Patience {
        answer: Duration::from_secs(2),
        step: Duration::from_secs(1),
        ..Patience::default()
    };
    let mut session = Session::new(&mock, Look { width: 60, styled: false }, patience);
    let typed: String = lines.iter().flat_map(|line| ["> ", line, "\n"]).collect();
    let restart = async || {
        bot.shutdown_all().await;
        let gone = |world: &mut mock_discord::World| (world.connected() == 0).then_some(());
        mock.wait_for(SOON, gone).await.unwrap();
        bot = start(&mock).await;
        Ok::<(), Infallible>(())
    };
    Script::parse(&typed).replay(&mut session, restart).await.unwrap()
}

#[tokio::test]
async fn an_answer_is_drawn_and_pressed() {
    let text =
        transcript(&["who?", "1", "[more", "[More context]", "4.2", "2", "3", "9", "> and?"]).await;
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn commands_are_completed_used_and_refused() {
    let lines = [
        "/<Tab>",
        "/echo <Tab>",
        "/echo text: he<Tab>",
        "/echo text: he in full private: true",
        "/echo",
        "/nope",
        "/echo text: too long",
        "/echo text: nothing",
        ":apps",
        ":apps Look = some text",
    ];
    insta::assert_snapshot!(transcript(&lines).await);
}

#[tokio::test]
async fn forms_are_filled_in() {
    let lines = [
        "/echo text: form",
        "",
        "A",
        "Ada",
        "",
        "/echo text: form",
        ":help me",
        ":cancel",
        ":cancel",
    ];
    insta::assert_snapshot!(transcript(&lines).await);
}

#[tokio::test]
async fn subcommands_and_options_of_every_type_are_typed_by_name() {
    let lines = [
        "/set show",
        "/<Tab>",
        ":as moderator",
        "/se<Tab>",
        "/set edit channel: #r<Tab>",
        "/set edit channel: #random role: Moderator user: @tester count: 3",
        "/set edit channel: nowhere",
        "/set edit count: many",
        "/echo text: file",
        "/set edit file: two_lines.txt",
        ":file a.json = {\"a\": 1}",
        "/set edit file: a.json",
        "/set edit file: not-there.json",
        "/set",
    ];
    insta::assert_snapshot!(transcript(&lines).await);
}

#[tokio::test]
async fn permissions_are_taken_from_the_bot_and_given_back() {
    let lines = [":forbid embed links", "who?", ":allow Embed Links", "who?", ":forbid everything"];
    insta::assert_snapshot!(transcript(&lines).await);
}

#[tokio::test]
async fn people_and_places_change() {
    let lines = [
        ":say not to you",
        ":dm",
        "hello",
        ":as moderator",
        ":channel news",
        "/echo text: here",
        ":guild Elsewhere",
        ":guild",
        ":group",
        "/echo text: x",
        ":guild",
        ":locale en-GB",
        ":nope",
        ":help",
        ":quit",
    ];
    insta::assert_snapshot!(transcript(&lines).await);
}

#[tokio::test]
async fn old_buttons_work_after_a_restart_and_a_lost_connection() {
    let text = transcript(&["who?", ":restart", "1", ":offline", "1"]).await;
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn the_wire_can_be_read() {
    let text = transcript(&["/echo text: hello", ":raw"]).await;
    assert!(text.contains("POST /interactions/"), "{text}");
    assert!(text.contains("\"content\": \"hello\""), "{text}");
}

#[tokio::test]
async fn a_newcomer_reads_what_to_type() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let mut session = Session::new(&mock, Look::default(), Patience::default());
    let question =
        "What did the mayor say about the bridge and all that was built there?".to_owned();
    let examples = Examples { question, reply: "and the clerk?".to_owned() };
    insta::assert_snapshot!(plain(&session.greeting(&examples)));
    assert_eq!(session.prompt(), "tester in #general › ");
    assert_eq!(script::difference("a", "a"), None);
}
