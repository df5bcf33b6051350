//! The testers' terminal against a small bot: what is drawn, what can be typed, what is replayed.

use std::convert::Infallible;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    AutocompleteOption, Context, CreateAutocompleteResponse, CreateInteractionResponse,
    EventHandler, GatewayIntents, HttpBuilder, Interaction, Message, Ready, async_trait,
};
use summit_bot::loopback::terminal::{Look, Patience, Script, Session, script, text::plain};
use summit_bot::loopback::{Config, Loopback};

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
        let commands = json!([
            {"name": "echo", "description": "Says it", "options": [text, private]},
            {"name": "Look", "type": 3},
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

async fn start(loopback: &Loopback) -> std::sync::Arc<serenity::all::ShardManager> {
    let web = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
    let http = HttpBuilder::new(loopback.token())
        .client(web)
        .proxy(loopback.url())
        .ratelimiter_disabled(true)
        .build();
    let intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let client = serenity::client::ClientBuilder::new_with_http(http, intents);
    let mut client = client.event_handler(Parrot).await.unwrap();
    let shards = std::sync::Arc::clone(&client.shard_manager);
    tokio::spawn(async move { client.start().await.unwrap() });
    loopback.connected(SOON).await.unwrap();
    loopback.commands(SOON).await.unwrap();
    shards
}

/// The transcript of these lines.
async fn transcript(lines: &[&str]) -> String {
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let mut bot = start(&loopback).await;
    let patience = Patience {
        answer: Duration::from_secs(2),
        step: Duration::from_secs(1),
        ..Patience::default()
    };
    let mut session = Session::new(&loopback, Look { width: 60, styled: false }, patience);
    let typed: String = lines.iter().flat_map(|line| ["> ", line, "\n"]).collect();
    let restart = async || {
        bot.shutdown_all().await;
        let gone = |world: &mut summit_bot::loopback::World| (world.connected() == 0).then_some(());
        loopback.wait_for(SOON, gone).await.unwrap();
        bot = start(&loopback).await;
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
    let loopback = Loopback::start(Config::default()).await.unwrap();
    let session = Session::new(&loopback, Look::default(), Patience::default());
    insta::assert_snapshot!(plain(&session.greeting()));
    assert_eq!(session.prompt(), "tester in #general > ");
    assert_eq!(script::difference("a", "a"), None);
}
