//! Names, questions and documents that would ping, link, pose or hide: all of it is shown as the
//! characters that it is. That nobody is pinged is checked behind every test.

use mock_discord::Setup;
use mock_discord::terminal::markdown::{self, Emphasis};
use mock_discord::world::Message;
use serde_json::json;

use super::buttons::press_everything;
use super::harness::{Options, control, question, run, run_with};
use crate::support::file;

/// What people write to be noticed, or to look like somebody else.
const DRESSED: &[&str] = &[
    "@everyone",
    "@here look",
    "<@1> <@!1>",
    "<@&1> <#1> </ask:1>",
    "**bold** __under__ ~~gone~~ ||hidden||",
    "`code` ```block```",
    "# heading\n> quote\n- item\n1. item\n-# small",
    "[link](https://example.org) https://discord.gg/abc discord.gg/abc",
    "<:emoji:123456789012345678> <a:b:123456789012345678> <t:0:R>",
    "\u{202e}desrever\u{202c} \u{200b}zero\u{200d}width \u{2066}isolated\u{2069}",
    "a\u{1b}[2Jb\u{0}c",
    "\\*escaped\\* \\\\",
];

/// What is shown of a text in Markdown, without what is emphasised; mentions and links stand out.
fn emphasised(text: &str) -> Vec<String> {
    let shown = markdown::shown(text, &|mention| format!("<<{mention:?}>>"));
    let spans = shown.iter().flat_map(|line| &line.spans);
    let plain = Emphasis::default();
    let dressed = spans.filter(|it| it.emphasis != plain || it.text.contains("<<"));
    dressed.map(|it| it.text.clone()).collect()
}

/// Characters that cannot be seen and change what is seen.
fn has_unseen(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    })
}

/// All that a message shows: its text, and of each embed author, quotation and footer.
fn texts(message: &Message) -> Vec<String> {
    let part = |embed: &serde_json::Value, key: &str, inner: &str| {
        embed[key][inner].as_str().unwrap_or_default().to_owned()
    };
    let mut texts = vec![message.content.clone()];
    for embed in &message.embeds {
        texts.push(part(embed, "author", "name"));
        texts.push(part(embed, "footer", "text"));
        texts.push(embed["description"].as_str().unwrap_or_default().to_owned());
    }
    texts
}

#[tokio::test]
async fn what_people_type_is_shown_back_as_characters() {
    run(async |wire| {
        for (number, text) in DRESSED.iter().enumerate() {
            let ann = wire.member(&format!("ann-{number}"));
            let options = [("question", json!("What about poverty?")), ("speaker", json!(text))];
            ann.slash("ask", &options).unwrap();
            let unknown = wire.said().await;
            assert_eq!(emphasised(&unknown.content), Vec::<String>::new(), "{text:?}");
            assert!(!has_unseen(&unknown.content), "{text:?}: {:?}", unknown.content);
            ann.slash("passage", &[("place", json!(text))]).unwrap();
            let unknown = wire.said().await;
            assert!(!has_unseen(&unknown.content), "{text:?}: {:?}", unknown.content);
            ann.slash("verify", &[("quote", json!(format!("nothing {text} than unity")))]).unwrap();
            let checked = wire.said().await;
            assert!(texts(&checked).iter().all(|it| !has_unseen(it)), "{text:?}: {checked:?}");
            ann.slash("ask", &question(&format!("xx {text}"))).unwrap();
            assert!(texts(&wire.said().await).iter().all(|it| !has_unseen(it)));
            ann.mention(text).unwrap();
            assert!(texts(&wire.said().await).iter().all(|it| !has_unseen(it)));
        }
    })
    .await;
}

#[tokio::test]
async fn names_of_people_and_servers_do_nothing() {
    let name = "@everyone <@&1> discord.gg/abc **x** \u{202e}";
    let setup = Setup { guild: name.to_owned(), ..Setup::default() };
    run_with(Options { setup, ..Options::default() }, async |wire| {
        for (number, text) in DRESSED.iter().enumerate() {
            let ann = wire.member(text);
            ann.slash("ask", &question("Who spoke of vaccine imperialism?")).unwrap();
            let answer = wire.said().await;
            ann.press(answer.id, &control(&answer, "Other passages")).unwrap();
            let menu = wire.said().await;
            let id = control(&menu, "Choose");
            let value = super::harness::entries(&menu, &id).remove(0);
            ann.select(menu.id, &id, &[&value]).unwrap();
            let chosen = wire.said().await;
            ann.press(menu.id, &control(&chosen, "Share")).unwrap();
            wire.said().await;
            let shared = wire.said().await;
            // A mention of who shares it, which notifies nobody, and nothing of the name.
            assert!(shared.content.contains(&format!("<@{}>", ann.id())), "{number}");
            assert!(!shared.content.contains(text), "{text:?}");
        }
    })
    .await;
}

/// Minutes in which everybody and everything is called something.
fn minutes() -> Vec<engine::knowledge::SourceFile> {
    let lines = DRESSED.iter().enumerate().map(|(number, text)| {
        let text = text.replace(['\n', '\0', '\u{1b}'], " ");
        format!("The treasurer of club {number} said that {text} was seen in harbour {number}.\n")
    });
    let annotation = r#"
title = "Minutes @everyone <@&1> **b** discord.gg/abc"
author = "Ann ||x|| <@1> [l](https://example.org)"

[[speaker]]
id = "t"
name = "@here `T` <@&2>"
role = "__treasurer__ <:e:123456789012345678>"
aliases = ["the treasurer"]

[[span]]
from = "The treasurer of club 0"
to = "harbour 2."
speaker = "t"
voice = "reported"
"#;
    vec![file("minutes.txt", &lines.collect::<String>()), file("minutes.toml", annotation)]
}

#[tokio::test]
async fn what_a_document_holds_is_quoted_as_characters() {
    let options = Options { knowledge: Some(minutes()), ..Options::default() };
    run_with(options, async |wire| {
        for number in 0..DRESSED.len() {
            let ann = wire.member(&format!("ann-{number}"));
            let place = format!("¶{}", number + 1);
            ann.slash("passage", &[("place", json!(place))]).unwrap();
            let passage = wire.said().await;
            let quoted = super::harness::quoted(&passage);
            assert_eq!(emphasised(&quoted), Vec::<String>::new(), "{quoted}");
            assert!(quoted.contains(&format!("club {number} said")), "{quoted}");
            let mut all = press_everything(wire, &passage).await;
            ann.slash("ask", &question(&format!("What was seen in harbour {number}?"))).unwrap();
            let answer = wire.said().await;
            all.extend(press_everything(wire, &answer).await);
            all.extend([passage, answer]);
            ann.slash("help", &[]).unwrap();
            let help = wire.said().await;
            assert!(!emphasised(&help.content).iter().any(|it| it.contains("<<")), "{help:?}");
            for text in all.iter().flat_map(texts) {
                assert!(!has_unseen(&text), "{text:?}");
            }
        }
    })
    .await;
}
