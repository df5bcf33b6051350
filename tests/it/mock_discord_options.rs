//! The offline Discord: options of every type, files in both directions, menus and forms.

use std::time::Duration;

use mock_discord::MockDiscord;
use mock_discord::world::{Handshake, Identify, Permissions};
use serde_json::{Value, json};

use super::mock_discord::{ask, asked, callback, with_command};

const SOON: Duration = Duration::from_secs(10);

/// Begins a session, without which the gateway is told nothing.
fn connect(mock: &MockDiscord) {
    let (token, url) = (mock.token(), mock.gateway_url().to_owned());
    let identify = Identify { token: format!("Bot {token}"), intents: 1, shard: (0, 1) };
    let handshake = mock.change(|world| world.identify(&identify, 1, &url));
    assert!(matches!(handshake, Handshake::Accepted(..)), "{handshake:?}");
}

/// What the gateway was told last.
fn told(mock: &MockDiscord) -> Value {
    mock.look(|world| {
        let session = world.sessions.values().next().unwrap();
        session.since(0).unwrap().last().unwrap().data().into_owned()
    })
}

/// A body in parts, as clients send it with files.
fn multipart(json: &Value, files: &[(&str, &str)]) -> reqwest::multipart::Form {
    let form = reqwest::multipart::Form::new().text("payload_json", json.to_string());
    files.iter().enumerate().fold(form, |form, (index, (name, text))| {
        let part = reqwest::multipart::Part::text((*text).to_owned()).file_name((*name).to_owned());
        form.part(format!("files[{index}]"), part)
    })
}

#[tokio::test]
async fn a_file_that_a_bot_sends_is_taken_and_can_be_fetched() {
    let (mock, _) = with_command().await;
    let general = mock.channel("general").unwrap();
    let send = async |json: Value, files: &[(&str, &str)]| {
        let web = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}/api/v10/channels/{general}/messages", mock.url());
        let request = web.post(url).multipart(multipart(&json, files));
        let sent = request.header("Authorization", format!("Bot {}", mock.token()));
        let response = sent.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let listed = json!({"attachments": [{"id": "0", "filename": "a b.json", "description": "x"}]});
    let (status, message) = send(listed, &[("ignored", "{\"a\": 1}")]).await;
    assert_eq!(status, 200, "{message}");
    let file = &message["attachments"][0];
    assert_eq!((&file["filename"], &file["size"]), (&json!("a_b.json"), &json!(8)));
    let fetched = reqwest::get(file["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(fetched.text().await.unwrap(), "{\"a\": 1}");
    let gone = reqwest::get(format!("{}x", file["url"].as_str().unwrap())).await.unwrap();
    assert_eq!(gone.status(), 404);
    assert_eq!(mock.violations(), []);

    let missing = json!({"content": "x", "attachments": [{"id": "7", "filename": "a"}]});
    assert_eq!(send(missing, &[("a", "b")]).await.1["code"], 50035);
    let large = "x".repeat((10 << 20) + 1);
    assert_eq!(send(json!({}), &[("a", &large)]).await.1["code"], 40005);
    let bot = mock.look(|world| world.bot.id);
    mock.change(|world| world.forbid(general, bot, Permissions::ATTACH_FILES));
    assert_eq!(send(json!({}), &[("a", "b")]).await.1["code"], 50013);
}

#[tokio::test]
async fn a_token_that_goes_with_a_request_for_a_file_is_a_breach() {
    let (mock, _) = with_command().await;
    let ann = mock.member("ann");
    ann.say_with("", "a.txt", b"hello").unwrap();
    let url = mock.look(|world| {
        let file = world.attachments.values().next().unwrap();
        world.attachment_view(file)["url"].as_str().unwrap().to_owned()
    });
    let request = reqwest::Client::new().get(url).header("Authorization", "Bot x");
    assert_eq!(request.send().await.unwrap().text().await.unwrap(), "hello");
    assert_eq!(mock.violations()[0].what, "a token was sent to where files are fetched");
}

#[tokio::test]
async fn what_options_name_is_spelt_out() {
    let (mock, path) = with_command().await;
    connect(&mock);
    let option = |kind: u64, name: &str| json!({"type": kind, "name": name, "description": "x"});
    let named = [(6, "user"), (7, "channel"), (8, "role"), (9, "either"), (11, "file"), (4, "n")];
    let named: Vec<Value> = named.iter().map(|(kind, name)| option(*kind, name)).collect();
    let edit = json!({"type": 1, "name": "edit", "description": "x", "options": named});
    ask(&mock, "PUT", &path, json!([{"name": "set", "description": "x", "options": [edit]}])).await;
    let (ann, bob) = (mock.member("ann"), mock.member("bob"));
    let random = mock.channel("random").unwrap();
    let role = mock.look(|world| {
        let guild = world.guilds.values().next().unwrap();
        *guild.roles.keys().max().unwrap()
    });
    let file = ann.upload("settings.json", b"{}");
    let id = |id: u64| json!(id.to_string());
    let given = [
        ("user", id(bob.id())),
        ("channel", id(random)),
        ("role", id(role)),
        ("either", id(ann.id())),
        ("file", file.clone()),
        ("n", json!(3)),
    ];
    let begun = asked(&mock, ann.slash("set edit", &given).unwrap());
    assert_eq!(begun.command.as_deref(), Some("set edit"));
    let data = &told(&mock)["data"];
    assert_eq!(data["name"], "set");
    assert_eq!(data["options"][0]["options"][5]["value"], 3);
    let resolved = &data["resolved"];
    assert_eq!(resolved["users"][bob.id().to_string()]["username"], "bob");
    assert!(resolved["members"][ann.id().to_string()]["permissions"].is_string());
    assert_eq!(resolved["channels"][random.to_string()]["name"], "random");
    assert_eq!(resolved["roles"][role.to_string()]["name"], "Moderator");
    let attachment = &resolved["attachments"][file.as_str().unwrap()];
    assert_eq!((&attachment["ephemeral"], &attachment["size"]), (&json!(true), &json!(2)));
    for option in ["user", "channel", "role", "file"] {
        assert!(ann.slash("set edit", &[(option, json!("1"))]).is_err(), "{option}");
    }
}

#[tokio::test]
async fn menus_of_people_and_channels_give_ids() {
    let (mock, _) = with_command().await;
    connect(&mock);
    let ann = mock.member("ann");
    let begun = asked(&mock, ann.slash("ask", &[]).unwrap());
    let menu = |kind: u64, id: &str| {
        json!({"type": 1, "components": [
        {"type": kind, "custom_id": id, "min_values": 1, "max_values": 2}]})
    };
    let body =
        json!({"type": 4, "data": {"content": "x", "components": [menu(5, "u"), menu(8, "c")]}});
    let (status, answer) = ask(&mock, "POST", &callback(&begun), body).await;
    assert_eq!(status, 204, "{answer}");
    let message = mock.next_message(SOON).await.unwrap();
    let (me, here) = (ann.id().to_string(), ann.channel().to_string());
    ann.select(message.id, "u", &[&me]).unwrap();
    assert_eq!(told(&mock)["data"]["resolved"]["users"][&me]["username"], "ann");
    ann.select(message.id, "c", &[&here]).unwrap();
    assert_eq!(told(&mock)["data"]["resolved"]["channels"][&here]["name"], "general");
    assert!(ann.select(message.id, "u", &[]).is_err());
    assert!(ann.select(message.id, "u", &["1"]).is_err());
}

#[tokio::test]
async fn a_form_is_sent_only_as_its_fields_allow() {
    let (mock, _) = with_command().await;
    connect(&mock);
    let ann = mock.member("ann");
    let begun = asked(&mock, ann.slash("ask", &[]).unwrap());
    let field = |id: &str, required: bool| {
        json!({"type": 1, "components": [{"type": 4,
        "custom_id": id, "label": "Text", "style": 1, "min_length": 3, "max_length": 5,
        "required": required}]})
    };
    let form = json!({"custom_id": "f", "title": "F",
        "components": [field("text", true), field("more", false)]});
    let body = json!({"type": 9, "data": form});
    assert_eq!(ask(&mock, "POST", &callback(&begun), body).await.0, 204);
    let send = |values: &[(&str, &str)]| ann.submit_modal(begun.id, values);
    for refused in [&[][..], &[("text", "ab")], &[("text", "abcdef")], &[("other", "abc")]] {
        assert!(send(refused).is_err(), "{refused:?}");
    }
    send(&[("text", "abc")]).unwrap();
    let data = told(&mock);
    assert_eq!(data["data"]["components"][0]["components"][0]["value"], "abc");
    assert_eq!(data["type"], 5);
}
