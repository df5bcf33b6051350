//! How the offline Discord reads a request that no bot of ours makes.

use mock_discord::{Config, MockDiscord};
use serde_json::{Value, json};

use crate::mock_discord::ask;
use crate::offline::Offline;

/// A message with a file of this name, as clients send it.
async fn send_file(mock: &MockDiscord, channel: u64, name: &str) -> Value {
    let part = reqwest::multipart::Part::text("hello").file_name(name.to_owned());
    let form = reqwest::multipart::Form::new()
        .text("payload_json", json!({"content": "a file"}).to_string())
        .part("files[0]", part);
    let web = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = web
        .post(format!("{}/api/v10/channels/{channel}/messages", mock.url()))
        .header("Authorization", format!("Bot {}", mock.token()))
        .multipart(form);
    request.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_semicolon_in_a_file_name_belongs_to_the_name() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let general = mock.channel("general").unwrap();
    let message = send_file(&mock, general, "a;b.txt").await;
    assert_eq!(message["attachments"][0]["size"], 5, "{message}");
    assert_eq!(mock.calls()[0].files[0].name, "a;b.txt");
}

#[tokio::test]
async fn a_plus_in_a_query_is_a_space() {
    let mock = Offline::for_others(Config::default()).await.unwrap();
    let general = mock.channel("general").unwrap();
    for text in ["one", "two"] {
        mock.member("ann").say(text).unwrap();
    }
    let count = async |query: &str| {
        let path = format!("/channels/{general}/messages?{query}");
        ask(&mock, "GET", &path, Value::Null).await.1.as_array().unwrap().len()
    };
    assert_eq!(count("limit=1").await, 1);
    assert_eq!(count("limit=%31").await, 1);
    // A space and a digit are no number, and the default is more than two.
    assert_eq!(count("limit=+1").await, 2);
}
