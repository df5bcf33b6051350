//! The moderators' commands at the wire: options of every type, files in both directions, and who
//! is refused.

use mock_discord::world::Message;
use serde_json::{Value, json};

use super::harness::{ANSWER, Options, Wire, control, question, quoted, run_with};

fn with_store() -> Options {
    Options { has_store: true, ..Options::default() }
}

/// What the bot says to a command of a moderator, to whom alone it says it.
async fn ordered(wire: &Wire, command: &str, options: &[(&str, Value)]) -> Message {
    wire.moderator("mona").slash(command, options).unwrap();
    let said = wire.said().await;
    assert!(said.is_ephemeral(), "{said:?}");
    said
}

#[tokio::test]
async fn options_of_every_type_come_in() {
    run_with(with_store(), async |wire| {
        let general = wire.channel("general").unwrap().to_string();
        let options = [("mentions", json!("listed")), ("excerpts", json!(2))];
        let saved = ordered(wire, "settings edit", &options).await;
        assert!(saved.content.contains("Passages per answer: **2**"), "{saved:?}");
        let options = [("channel", json!(general)), ("mentions", json!("on"))];
        let saved = ordered(wire, "settings channel", &options).await;
        assert!(saved.content.contains(&format!("<#{general}>: **on**")), "{saved:?}");
        let role = wire.look(|world| {
            let guild = world.guilds.values().next().unwrap();
            guild.roles.values().find(|role| role.name == "Moderator").unwrap().id.to_string()
        });
        let saved = ordered(wire, "settings edit", &[("moderators", json!(role))]).await;
        assert!(saved.content.contains(&format!("<@&{role}>")), "{saved:?}");
        let asked = "Who is against denying vaccines?";
        let options = [("question", json!(asked)), ("place", json!("28.1"))];
        ordered(wire, "curate pin", &options).await;
        wire.member("ann").slash("ask", &question(asked)).unwrap();
        assert!(quoted(&wire.said().await).contains(ANSWER));
    })
    .await;
}

#[tokio::test]
async fn settings_go_out_and_come_in_as_a_file() {
    run_with(with_store(), async |wire| {
        ordered(wire, "settings edit", &[("style", json!("plain"))]).await;
        let exported = ordered(wire, "settings export", &[]).await;
        let file = wire.look(|world| world.attachments[&exported.attachments[0]].clone());
        assert_eq!(file.name, "summit-bot-settings.toml");
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        let text =
            text.replace("\"plain\"", "\"card\"") + "\n[[channel]]\nid = 4\nmentions = true\n";
        let mona = wire.moderator("mona");
        let file = mona.upload("mine.toml", text.as_bytes());
        let shown = ordered(wire, "settings import", &[("file", file)]).await;
        assert!(shown.content.contains("Style: **card**"), "{shown:?}");
        assert!(shown.content.contains("1 channel that this server does not have"), "{shown:?}");
        assert_eq!(shown.attachments.len(), 1);
        mona.press(shown.id, &control(&shown, "Import")).unwrap();
        let loaded = wire.said().await;
        assert_eq!(loaded.id, shown.id);
        assert!(loaded.content.contains("**Imported.** Style: **card**"), "{loaded:?}");
        assert!(loaded.attachments.is_empty(), "the file is not needed any more");
        let large = mona.upload("large.toml", &vec![b'#'; 8 << 20]);
        let refused = ordered(wire, "settings import", &[("file", large)]).await;
        assert!(refused.content.contains("8,388,608 bytes"), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_member_neither_sees_nor_presses_what_is_for_moderators() {
    run_with(with_store(), async |wire| {
        let ann = wire.member("ann");
        for command in ["settings show", "curate list", "review flags"] {
            assert!(ann.slash(command, &[]).is_err(), "{command}");
        }
        ann.slash("ask", &question("Who spoke of vaccine imperialism?")).unwrap();
        let answer = wire.said().await;
        ann.press(answer.id, &control(&answer, "👍")).unwrap();
        let counted = wire.said().await;
        assert!(counted.is_ephemeral() && counted.content.starts_with("👍 counted"), "{counted:?}");
    })
    .await;
}
