//! The offline Discord, seen through a plain serenity bot and through bare requests.

use std::time::Duration;

use mock_discord::world::{
    FirstResponse, InjectedErrorKind, Interaction as Asked, Permissions, Target,
};
use mock_discord::{Config, Id, MockDiscord, Setup, World};
use serde_json::{Value, json};
use serenity::all::{
    Client, ComponentInteractionDataKind, Context, CreateActionRow, CreateAllowedMentions,
    CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, EventHandler,
    GatewayIntents, HttpBuilder, Interaction, Message, Ready, async_trait,
};

use crate::offline::Offline;
use tokio::task::JoinHandle;

const SOON: Duration = Duration::from_secs(10);

/// A bot that says what it hears.
struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, context: Context, _: Ready) {
        let option = CreateCommandOption::new(
            serenity::all::CommandOptionType::String,
            "text",
            "What to say",
        )
        .required(true)
        .set_autocomplete(true);
        let echo = CreateCommand::new("echo").description("Says it again").add_option(option);
        let look = CreateCommand::new("Look").kind(serenity::all::CommandType::Message);
        context.http.create_global_commands(&vec![echo, look]).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        let silent = CreateAllowedMentions::new();
        let reply = CreateMessage::new()
            .content(format!("heard: {}", message.content))
            .allowed_mentions(silent);
        // Refusals are the mock's to record.
        message
            .channel_id
            .send_message(&context.http, reply.reference_message(&message))
            .await
            .ok();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) if command.data.name == "Look" => {
                command.defer_ephemeral(&context.http).await.unwrap();
                let target = command.data.resolved.messages.values().next().unwrap();
                let edit = EditInteractionResponse::new()
                    .content(format!("saw: {}", target.content))
                    .allowed_mentions(CreateAllowedMentions::new());
                command.edit_response(&context.http, edit).await.unwrap();
            }
            Interaction::Command(command) => {
                let text = command.data.options[0].value.as_str().unwrap_or_default();
                let again = CreateButton::new("again").label("Again");
                let menu = CreateSelectMenuKind::String {
                    options: vec![
                        CreateSelectMenuOption::new("One", "1"),
                        CreateSelectMenuOption::new("Two", "2"),
                    ],
                };
                let rows = vec![
                    CreateActionRow::Buttons(vec![again]),
                    CreateActionRow::SelectMenu(CreateSelectMenu::new("pick", menu)),
                ];
                let answer = CreateInteractionResponseMessage::new().content(text).components(rows);
                let answer = CreateInteractionResponse::Message(answer);
                command.create_response(&context.http, answer).await.ok();
            }
            Interaction::Autocomplete(typed) => {
                let text = typed.data.autocomplete().unwrap().value;
                let choices = CreateAutocompleteResponse::new().add_string_choice(text, text);
                let answer = CreateInteractionResponse::Autocomplete(choices);
                typed.create_response(&context.http, answer).await.unwrap();
            }
            Interaction::Component(press) => {
                let text = match &press.data.kind {
                    ComponentInteractionDataKind::StringSelect { values } => values.join(","),
                    _ => "again".to_owned(),
                };
                let answer = CreateInteractionResponseMessage::new().content(text);
                let answer = CreateInteractionResponse::UpdateMessage(answer);
                press.create_response(&context.http, answer).await.unwrap();
            }
            _ => {}
        }
    }
}

async fn bot(mock: &MockDiscord, token: &str) -> Client {
    let web = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
    let http =
        HttpBuilder::new(token).client(web).proxy(mock.url()).ratelimiter_disabled(true).build();
    let intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    serenity::client::ClientBuilder::new_with_http(http, intents).event_handler(Echo).await.unwrap()
}

/// An offline Discord with an echo bot that has logged in and registered its commands.
async fn with_bot() -> (Offline, JoinHandle<()>) {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let mut client = bot(&mock, &mock.token()).await;
    let task = tokio::spawn(async move { client.start().await.unwrap() });
    mock.commands(SOON).await.unwrap();
    (mock, task)
}

/// A request as a bot without a library makes it.
pub(crate) async fn ask(mock: &MockDiscord, method: &str, path: &str, body: Value) -> (u16, Value) {
    let web = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
    let url = format!("{}/api/v10{path}", mock.url());
    let request = web
        .request(method.parse().unwrap(), url)
        .header("Authorization", format!("Bot {}", mock.token()))
        .json(&body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null))
}

pub(crate) fn asked(mock: &MockDiscord, id: Id) -> Asked {
    mock.look(|world| world.interactions[&id].clone())
}

/// The codes of the breaches so far.
fn codes(mock: &MockDiscord) -> Vec<Option<u32>> {
    mock.violations().iter().map(|violation| violation.code).collect()
}

/// An offline Discord without a bot, in which a command that offers nothing special is registered.
pub(crate) async fn with_command() -> (Offline, String) {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let application = mock.look(|world| world.application);
    let path = format!("/applications/{application}/commands");
    let commands = json!([{"name": "ask", "description": "Asks"}]);
    let (status, _) = ask(&mock, "PUT", &path, commands).await;
    assert_eq!(status, 200);
    (mock, path)
}

pub(crate) fn callback(asked: &Asked) -> String {
    format!("/interactions/{}/{}/callback", asked.id, asked.token)
}

#[tokio::test]
async fn a_serenity_bot_answers_in_every_way() {
    let (mock, task) = with_bot().await;
    let ann = mock.member("ann");

    ann.slash("echo", &[("text", json!("hello"))]).unwrap();
    let answer = mock.next_message(SOON).await.unwrap();
    assert_eq!(answer.content, "hello");

    ann.press(answer.id, "again").unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "again");
    ann.select(answer.id, "pick", &["2"]).unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "2");

    let typed = ann.autocomplete("echo", "text", "hel").unwrap();
    mock.next_response(SOON).await.unwrap();
    let expected = FirstResponse::Choices(vec![json!({"name": "hel", "value": "hel"})]);
    assert_eq!(asked(&mock, typed).response, Some(expected));

    let mention = ann.mention("are you there?").unwrap();
    let heard = mock.next_message(SOON).await.unwrap();
    assert!(heard.content.ends_with("are you there?"), "{}", heard.content);
    assert_eq!(heard.reply_to, Some(mention));
    ann.message_command("Look", mention).unwrap();
    mock.next_response(SOON).await.unwrap();
    let seen = mock.next_message(SOON).await.unwrap();
    assert!(seen.content.starts_with("saw: ") && seen.is_ephemeral() && !seen.is_loading());

    ann.direct("hi").unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "heard: hi");
    ann.in_direct().slash("echo", &[("text", json!("in private"))]).unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "in private");

    assert_eq!(mock.violations(), []);
    assert_eq!(mock.pings(), []);
    assert!(mock.unread().is_empty());
    assert!(!task.is_finished());
    task.abort();
}

#[tokio::test]
async fn content_is_hidden_from_a_bot_that_is_not_addressed() {
    let (mock, task) = with_bot().await;
    let ann = mock.member("ann");
    ann.say("among ourselves").unwrap();
    let heard = mock.next_message(SOON).await.unwrap();
    assert_eq!(heard.content, "heard: ");
    ann.reply_to(heard.id, "to you").unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "heard: to you");
    task.abort();
}

#[tokio::test]
async fn a_cut_connection_is_resumed_and_nothing_is_lost() {
    let (mock, task) = with_bot().await;
    let ann = mock.member("ann");
    for round in 0..3 {
        match round {
            0 => mock.cut_gateway(),
            1 => mock.ask_to_reconnect(),
            _ => mock.close_gateway(Some(4000)),
        }
        ann.slash("echo", &[("text", json!(format!("missed {round}")))]).unwrap();
        let answer = mock.next_message(SOON).await.unwrap();
        assert_eq!(answer.content, format!("missed {round}"));
        mock.wait_for(SOON, |world| (world.resumes == round + 1).then_some(())).await.unwrap();
    }
    assert_eq!(mock.look(|world| world.identifies.len()), 1);
    assert_eq!(mock.violations(), []);
    task.abort();
}

#[tokio::test]
async fn an_invalid_session_is_begun_anew() {
    let (mock, task) = with_bot().await;
    mock.invalidate_sessions(false);
    mock.wait_for(SOON, |world| (world.identifies.len() == 2).then_some(())).await.unwrap();
    mock.member("ann").slash("echo", &[("text", json!("anew"))]).unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "anew");
    task.abort();
}

#[tokio::test]
async fn a_wrong_token_closes_with_4004_and_ends_the_client() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let mut client = bot(&mock, "wrong").await;
    let ended = tokio::time::timeout(SOON, client.start()).await.unwrap();
    assert!(ended.unwrap_err().to_string().to_lowercase().contains("authentication"));
    assert_eq!(mock.violations()[0].what, "IDENTIFY closed with 4004");
}

#[tokio::test]
async fn an_interaction_takes_one_first_answer_within_three_seconds() {
    let (mock, _) = with_command().await;
    let ann = mock.member("ann");
    let hello = json!({"type": 4, "data": {"content": "hello"}});

    let late = asked(&mock, ann.slash("ask", &[]).unwrap());
    mock.advance(Duration::from_millis(3_001));
    let (status, body) = ask(&mock, "POST", &callback(&late), hello.clone()).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    assert_eq!(mock.look(|world| world.unanswered().len()), 1);

    let quick = asked(&mock, ann.slash("ask", &[]).unwrap());
    let path = format!("{}?with_response=true", callback(&quick));
    let (status, body) = ask(&mock, "POST", &path, hello.clone()).await;
    assert_eq!((status, &body["resource"]["message"]["content"]), (200, &json!("hello")));
    let (status, body) = ask(&mock, "POST", &callback(&quick), hello).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
    assert_eq!(codes(&mock), [Some(10062), Some(40060)]);
}

#[tokio::test]
async fn a_token_is_good_for_fifteen_minutes() {
    let (mock, _) = with_command().await;
    let application = mock.look(|world| world.application);
    let it = asked(&mock, mock.member("ann").slash("ask", &[]).unwrap());
    let webhook = format!("/webhooks/{application}/{}", it.token);
    let (_, body) = ask(&mock, "POST", &webhook, json!({"content": "too soon"})).await;
    assert_eq!(body["code"], 10015);

    let (status, _) = ask(&mock, "POST", &callback(&it), json!({"type": 5})).await;
    assert_eq!(status, 204);
    let original = format!("{webhook}/messages/@original");
    let (_, body) = ask(&mock, "GET", &original, Value::Null).await;
    assert_eq!((&body["flags"], &body["type"]), (&json!(128), &json!(20)));
    let (_, body) = ask(&mock, "PATCH", &original, json!({"content": "done"})).await;
    assert_eq!((&body["flags"], &body["content"]), (&json!(0), &json!("done")));
    let (_, body) = ask(&mock, "POST", &webhook, json!({"content": "more"})).await;
    assert_eq!(body["interaction_metadata"]["id"], it.id.to_string());
    let (status, _) = ask(&mock, "DELETE", &original, Value::Null).await;
    assert_eq!(status, 204);
    let (_, body) = ask(&mock, "GET", &original, Value::Null).await;
    assert_eq!(body["code"], 10008);

    mock.advance(Duration::from_secs(15 * 60 + 1));
    let (status, body) = ask(&mock, "POST", &webhook, json!({"content": "late"})).await;
    assert_eq!((status, &body["code"]), (401, &json!(50027)));
}

#[tokio::test]
async fn payloads_are_checked_and_all_faults_named() {
    let (mock, _) = with_command().await;
    let path = format!("/channels/{}/messages", mock.channel("general").unwrap());
    let button = json!({"type": 2, "style": 1, "label": "x", "custom_id": "same"});
    let body = json!({
        "embeds": [{"description": "x".repeat(4097)}, {"title": "y".repeat(257)}],
        "components": [{"type": 1, "components": [button, button]}],
    });
    let (status, body) = ask(&mock, "POST", &path, body).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    let description = &body["errors"]["embeds"]["0"]["description"]["_errors"][0];
    assert_eq!(description["code"], "BASE_TYPE_MAX_LENGTH");
    assert_eq!(description["message"], "Must be 4096 or fewer in length.");
    assert!(body["errors"]["embeds"]["1"]["title"].is_object());
    let second = &body["errors"]["components"]["0"]["components"]["1"]["custom_id"]["_errors"][0];
    assert_eq!(second["code"], "COMPONENT_CUSTOM_ID_DUPLICATED");

    let faulty = [
        (json!({}), 50006),
        (json!({"content": "x".repeat(2001)}), 50035),
        (json!({"embeds": vec![json!({"description": "z".repeat(3001)}); 2]}), 50035),
        (json!({"embeds": vec![json!({"title": "z"}); 11]}), 50035),
        (
            json!({"content": "x", "components": vec![json!({"type": 1, "components": [button]}); 6]}),
            50035,
        ),
        (json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}), 50035),
        (json!({"content": "x", "message_reference": {"message_id": "1"}}), 50035),
    ];
    for (body, code) in faulty {
        let (status, answer) = ask(&mock, "POST", &path, body.clone()).await;
        assert_eq!((status, &answer["code"]), (400, &json!(code)), "{body}: {answer}");
    }
    assert_eq!(mock.look(|world| world.messages.len()), 0);
}

#[tokio::test]
async fn commands_are_checked() {
    let (mock, path) = with_command().await;
    let choices: Vec<Value> =
        (0..26).map(|n| json!({"name": n.to_string(), "value": "v"})).collect();
    let faulty = [
        json!([{"name": "Upper", "description": "x"}]),
        json!([{"name": "two words", "description": "x"}]),
        json!([{"name": "x"}]),
        json!([{"name": "x", "description": "x".repeat(101)}]),
        json!([{"name": "x", "description": "x"}, {"name": "x", "description": "y"}]),
        json!([{"name": "x", "description": "x",
            "options": [{"type": 3, "name": "o", "description": "o", "choices": choices}]}]),
        json!([{"name": "Look", "type": 3, "description": "none allowed"}]),
    ];
    for body in faulty {
        let (status, answer) = ask(&mock, "PUT", &path, body.clone()).await;
        assert_eq!((status, &answer["code"]), (400, &json!(50035)), "{body}: {answer}");
    }
    let (_, kept) = ask(&mock, "GET", &path, Value::Null).await;
    assert_eq!(kept[0]["name"], "ask");
}

#[tokio::test]
async fn permissions_are_checked() {
    let (mock, _) = with_command().await;
    let general = mock.channel("general").unwrap();
    let path = format!("/channels/{general}/messages");
    let bot = mock.look(|world| world.bot.id);
    let code_without = async |denied| {
        mock.change(|world| world.deny(general, bot, denied));
        let body = json!({"embeds": [{"title": "x"}]});
        let (status, body) = ask(&mock, "POST", &path, body).await;
        (status, body["code"].as_u64())
    };
    assert_eq!(code_without(Permissions::default()).await, (200, None));
    assert_eq!(code_without(Permissions::EMBED_LINKS).await, (403, Some(50013)));
    assert_eq!(code_without(Permissions::SEND_MESSAGES).await, (403, Some(50013)));
    assert_eq!(code_without(Permissions::VIEW_CHANNEL).await, (403, Some(50001)));
    let (_, body) = ask(&mock, "GET", "/channels/1", Value::Null).await;
    assert_eq!(body["code"], 10003);
    assert_eq!(mock.look(World::invalid_requests), 3);
}

#[tokio::test]
async fn an_unknown_route_is_a_breach() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let (status, body) = ask(&mock, "GET", "/guilds/1/widget.png", Value::Null).await;
    assert_eq!((status, &body["message"]), (404, &json!("404: Not Found")));
    let violation = mock.violations().remove(0);
    assert_eq!(
        violation.to_string(),
        "GET /guilds/1/widget.png: this route is unknown to the offline Discord"
    );
}

#[tokio::test]
async fn pings_are_recorded_on_messages_and_edits() {
    let (mock, _) = with_command().await;
    let general = mock.channel("general").unwrap();
    let path = format!("/channels/{general}/messages");
    let ann = mock.member("ann");
    let question = ann.say("a question").unwrap();
    let reply =
        json!({"content": "@everyone", "message_reference": {"message_id": question.to_string()}});
    ask(&mock, "POST", &path, reply).await;
    let sent = mock.next_message(SOON).await.unwrap();
    assert_eq!(sent.pings, [Target::Everyone, Target::User(ann.id())]);

    let quiet = json!({"content": "quiet @here", "allowed_mentions": {"parse": []}});
    ask(&mock, "POST", &path, quiet).await;
    let quiet = mock.next_message(SOON).await.unwrap();
    assert_eq!(quiet.pings, []);
    let edit = json!({"content": format!("<@{}>", ann.id())});
    ask(&mock, "PATCH", &format!("{path}/{}", quiet.id), edit).await;
    assert_eq!(mock.next_message(SOON).await.unwrap().pings, [Target::User(ann.id())]);
    assert_eq!(mock.pings().len(), 3);
}

#[tokio::test]
async fn rate_limits_and_faults_are_answered_as_discord_does() {
    let setup = Setup { limits: true, ..Setup::default() };
    let mock = Offline::for_others(Config { setup, ..Config::default() }).await.unwrap();
    let path = format!("/channels/{}/messages", mock.channel("general").unwrap());
    for _ in 0..5 {
        assert_eq!(ask(&mock, "POST", &path, json!({"content": "x"})).await.0, 200);
    }
    let (status, body) = ask(&mock, "POST", &path, json!({"content": "x"})).await;
    assert_eq!((status, &body["retry_after"], &body["global"]), (429, &json!(5.0), &json!(false)));
    mock.advance(Duration::from_secs(5));
    assert_eq!(ask(&mock, "POST", &path, json!({"content": "x"})).await.0, 200);

    let fault = InjectedErrorKind::Answer(503, json!({"message": "down"}));
    mock.inject("POST /channels/{channel}/messages", fault, 1);
    assert_eq!(ask(&mock, "POST", &path, json!({"content": "x"})).await.0, 503);
    mock.inject("*", InjectedErrorKind::Drop, 1);
    let web = reqwest::Client::builder().no_proxy().timeout(SOON).build().unwrap();
    assert!(web.get(format!("{}/api/v10/gateway", mock.url())).send().await.is_err());
    assert_eq!(mock.violations(), []);
}

#[tokio::test]
async fn people_can_do_only_what_the_client_lets_them() {
    let (mock, path) = with_command().await;
    let managers = json!([{"name": "manage", "description": "x", "default_member_permissions": "32",
        "contexts": [0], "integration_types": [0, 1]}]);
    ask(&mock, "PUT", &path, managers).await;
    let (ann, bea) = (mock.member("ann"), mock.moderator("bea"));
    assert!(ann.slash("manage", &[]).is_err());
    assert!(ann.in_direct().slash("manage", &[]).is_err());
    assert!(ann.slash("unknown", &[]).is_err());
    assert!(bea.slash("manage", &[]).is_ok());
    let mine = bea.user_installed().slash("manage", &[]).unwrap();
    let owners = asked(&mock, mine).owners();
    assert_eq!(owners, json!({"1": bea.id().to_string()}));
}

/// A client of another library, started by `tests/interop/run`.
struct OtherClient(std::process::Child);

impl Drop for OtherClient {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
#[ignore = "tests/interop/run installs the clients and starts this"]
async fn a_client_of_another_library_answers() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let line = std::env::var("INTEROP_CLIENT").expect("tests/interop/run says which client");
    let mut words = line.split_whitespace();
    let _client = std::process::Command::new(words.next().unwrap())
        .args(words)
        .env("MOCK_DISCORD_URL", mock.url())
        .env("MOCK_DISCORD_GATEWAY", mock.gateway_url())
        .env("MOCK_DISCORD_TOKEN", mock.token())
        .spawn()
        .map(OtherClient)
        .unwrap();
    let start = Duration::from_secs(30);
    mock.commands(start).await.unwrap();
    mock.connected(start).await.unwrap();
    let ann = mock.member("ann");

    let typed = ann.autocomplete("echo", "text", "hel").unwrap();
    mock.next_response(start).await.unwrap();
    assert!(matches!(asked(&mock, typed).response, Some(FirstResponse::Choices(_))));

    for person in [ann, ann.in_direct()] {
        person.slash("echo", &[("text", json!("hello"))]).unwrap();
        assert!(mock.next_message(start).await.unwrap().id > 0);
        let answer = mock.next_message(start).await.unwrap();
        assert_eq!(answer.content, "hello");
        person.press(answer.id, "again").unwrap();
        let pressed = mock.next_message(start).await.unwrap();
        assert_eq!((pressed.content.as_str(), pressed.components.len()), ("again", 0));
    }

    mock.cut_gateway();
    ann.mention("are you there?").unwrap();
    let heard = mock.next_message(start).await.unwrap();
    assert_eq!(heard.content, "heard: are you there?");
    ann.direct("hi").unwrap();
    assert_eq!(mock.next_message(start).await.unwrap().content, "heard: hi");
    assert_eq!(mock.look(|world| (world.identifies.len(), world.resumes)), (1, 1));
    assert_eq!(mock.violations(), []);
    assert_eq!(mock.pings(), []);
}

#[tokio::test]
async fn a_session_lives_on_when_its_past_is_forgotten() {
    let (mock, task) = with_bot().await;
    let ann = mock.member("ann");
    for round in 0..150 {
        ann.slash("echo", &[("text", json!(round.to_string()))]).unwrap();
        assert_eq!(mock.next_message(SOON).await.unwrap().content, round.to_string());
    }
    mock.change(World::forget);
    assert_eq!(mock.look(|world| (world.calls.len(), world.interactions.len())), (0, 0));
    mock.cut_gateway();
    ann.slash("echo", &[("text", json!("still here"))]).unwrap();
    assert_eq!(mock.next_message(SOON).await.unwrap().content, "still here");
    assert_eq!(mock.look(|world| (world.identifies.len(), world.resumes)), (1, 1));
    task.abort();
}

#[tokio::test]
async fn a_gateway_that_does_not_acknowledge_is_left() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    mock.change(|world| {
        world.gateway.heartbeat_ms = 300;
        world.gateway.deaf = true;
    });
    let mut client = bot(&mock, &mock.token()).await;
    let task = tokio::spawn(async move { client.start().await.unwrap() });
    let again = |world: &mut World| (world.identifies.len() >= 2).then_some(());
    mock.wait_for(SOON, again).await.unwrap();
    task.abort();
}

#[tokio::test]
async fn a_form_is_filled_and_sent() {
    let (mock, _) = with_command().await;
    let ann = mock.member("ann");
    let it = asked(&mock, ann.slash("ask", &[]).unwrap());
    let input = json!({"type": 4, "custom_id": "text", "label": "Text", "style": 1});
    let form = json!({"custom_id": "form", "title": "A form",
        "components": [{"type": 1, "components": [input]}]});
    let (status, _) = ask(&mock, "POST", &callback(&it), json!({"type": 9, "data": form})).await;
    assert_eq!(status, 204);
    let sent = asked(&mock, ann.submit_modal(it.id, &[("text", "filled")]).unwrap());
    let wrong = json!({"type": 7, "data": {"content": "there is no message to update"}});
    let (status, body) = ask(&mock, "POST", &callback(&sent), wrong).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    let answer = json!({"type": 4, "data": {"content": "thanks", "flags": 64}});
    let (status, _) = ask(&mock, "POST", &callback(&sent), answer).await;
    assert_eq!(status, 204);
    let answer = asked(&mock, sent.id).original.unwrap();
    assert!(mock.look(|world| world.sees(ann.id(), answer)));
    assert!(!mock.look(|world| world.sees(world.users.keys().copied().max().unwrap() + 1, answer)));
}

#[tokio::test]
async fn an_app_of_ones_own_sends_five_follow_ups() {
    let (mock, path) = with_command().await;
    let own = json!([{"name": "ask", "description": "x", "integration_types": [1], "contexts": [0, 1, 2]}]);
    ask(&mock, "PUT", &path, own).await;
    let application = mock.look(|world| world.application);
    let ann = mock.member("ann").in_group();
    let it = asked(&mock, ann.slash("ask", &[]).unwrap());
    assert_eq!(it.context, mock_discord::world::Context::Private);
    let hello = json!({"type": 4, "data": {"content": "hello"}});
    assert_eq!(ask(&mock, "POST", &callback(&it), hello).await.0, 204);
    let webhook = format!("/webhooks/{application}/{}", it.token);
    for _ in 0..5 {
        assert_eq!(ask(&mock, "POST", &webhook, json!({"content": "x"})).await.0, 200);
    }
    let (_, body) = ask(&mock, "POST", &webhook, json!({"content": "x"})).await;
    assert_eq!(body["code"], 40094);
    let (_, body) = ask(
        &mock,
        "POST",
        &format!("/channels/{}/messages", ann.channel()),
        json!({"content": "x"}),
    )
    .await;
    assert_eq!(body["code"], 50001);
}
