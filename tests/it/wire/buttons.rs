//! Every button and menu, by whoever presses it and whatever stands in its id.

use mock_discord::Person;
use mock_discord::world::{Install, InteractionKind, InvocationContext, Message};
use serde_json::{Value, json};

use super::harness::{
    ANSWER, ANSWERED, NOT_ANSWERED, SOON, Wire, control, entries, question, quoted, run,
};
use crate::support::file;

/// The answer to the question that is answered, asked by this person.
async fn answered(wire: &Wire, name: &str) -> Message {
    wire.member(name).slash("ask", &question(ANSWERED)).unwrap();
    wire.said().await
}

#[tokio::test]
async fn context_is_shown_to_whoever_presses_and_pages_in_place() {
    run(async |wire| {
        let answer = answered(wire, "ann").await;
        let bob = wire.member("bob");
        bob.press(answer.id, &control(&answer, "More context")).unwrap();
        let context = wire.said().await;
        assert!(context.is_ephemeral() && context.id != answer.id, "{context:?}");
        assert!(quoted(&context).contains(ANSWER));
        let mut seen = vec![quoted(&context)];
        let mut page = context.clone();
        for (label, back) in [("Later", 1), ("Later", 1), ("← Earlier", 3)] {
            bob.press(page.id, &control(&page, label)).unwrap();
            page = wire.said().await;
            assert_eq!(page.id, context.id, "the page is turned in place");
            assert!(page.is_ephemeral());
            let text = quoted(&page);
            let earlier = seen.iter().position(|it| *it == text);
            assert_eq!(earlier, (back > 1).then_some(1), "{label}");
            seen.push(text);
        }
        // Nobody else sees it, and the public answer stays as it was.
        assert!(wire.member("cy").press(page.id, &control(&page, "Later")).is_err());
        assert!(wire.look(|world| world.messages[&answer.id].edited_ms.is_none()));
    })
    .await;
}

#[tokio::test]
async fn context_ends_where_the_document_ends() {
    run(async |wire| {
        for (label, place) in [("← Earlier", "1"), ("Later", "43")] {
            let ann = wire.member(&format!("ann{place}"));
            ann.slash("passage", &[("place", json!(place))]).unwrap();
            let passage = wire.said().await;
            if passage.components.is_empty() {
                continue;
            }
            ann.press(passage.id, &control(&passage, "More context")).unwrap();
            let page = wire.said().await;
            let there = json!(page.components).to_string().contains(label);
            assert!(!there || place == "43", "{label}: {page:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_passage_is_chosen_in_private_and_shared_once_with_everybody() {
    run(async |wire| {
        let answer = answered(wire, "ann").await;
        let bob = wire.member("bob");
        bob.press(answer.id, &control(&answer, "Other passages")).unwrap();
        let menu = wire.said().await;
        let id = control(&menu, "Choose a passage");
        let values = entries(&menu, &id);
        assert!(menu.is_ephemeral() && (1..=5).contains(&values.len()), "{menu:?}");
        for value in &values {
            bob.select(menu.id, &id, &[value]).unwrap();
            let chosen = wire.said().await;
            assert!(chosen.id == menu.id && chosen.is_ephemeral() && chosen.embeds.len() == 1);
        }
        let chosen = wire.look(|world| world.messages[&menu.id].clone());
        bob.press(menu.id, &control(&chosen, "Share")).unwrap();
        let told = wire.said().await;
        assert!(told.id == menu.id && told.components.is_empty(), "{told:?}");
        let shared = wire.said().await;
        assert!(!shared.is_ephemeral() && quoted(&shared) == quoted(&chosen));
        assert!(shared.content.contains(&format!("<@{}>", bob.id())), "{}", shared.content);
        assert_eq!(shared.pings, []);
    })
    .await;
}

#[tokio::test]
async fn the_nearest_passages_are_said_to_be_no_answer() {
    run(async |wire| {
        let ann = wire.member("ann");
        for person in [ann, ann.in_direct(), ann.in_group(), ann.user_installed()] {
            person.slash("ask", &question("Who spoke about bananas and vaccines?")).unwrap();
            let abstention = wire.said().await;
            if !abstention.embeds.is_empty() {
                continue;
            }
            assert!(abstention.is_ephemeral());
            person.press(abstention.id, &control(&abstention, "Help")).unwrap();
            assert!(wire.said().await.is_ephemeral());
        }
        ann.slash("ask", &question("What did Xi Jinping say about bananas?")).unwrap();
        let abstention = wire.said().await;
        ann.press(abstention.id, &control(&abstention, "Show the nearest")).unwrap();
        let nearest = wire.said().await;
        assert!(nearest.is_ephemeral() && nearest.content.contains("Not an answer"));
        assert!(!nearest.embeds.is_empty());
    })
    .await;
}

#[tokio::test]
async fn help_is_a_press_away_where_nothing_answers() {
    run(async |wire| {
        wire.member("ann").mention(NOT_ANSWERED).unwrap();
        let abstention = wire.said().await;
        let bob = wire.member("bob");
        bob.press(abstention.id, &control(&abstention, "Help")).unwrap();
        let help = wire.said().await;
        assert!(help.is_ephemeral() && help.id != abstention.id);
    })
    .await;
}

#[tokio::test]
async fn two_presses_at_once_are_both_answered() {
    run(async |wire| {
        let answer = answered(wire, "ann").await;
        let id = control(&answer, "More context");
        for name in ["ann", "bob", "ann"] {
            wire.member(name).press(answer.id, &id).unwrap();
        }
        let mut contexts = Vec::new();
        for _ in 0..3 {
            contexts.push(wire.said().await);
        }
        assert!(contexts.iter().all(|it| it.is_ephemeral() && quoted(it) == quoted(&contexts[0])));
    })
    .await;
}

#[tokio::test]
async fn buttons_live_through_a_restart_and_say_so_when_the_document_has_changed() {
    run(async |wire| {
        let answer = answered(wire, "ann").await;
        let ids = ["More context", "Other passages"].map(|label| control(&answer, label));
        wire.restart().await;
        for id in &ids {
            wire.member("ann").press(answer.id, id).unwrap();
            let said = wire.said().await;
            assert!(said.is_ephemeral() && !said.content.contains("changed"), "{said:?}");
        }
        wire.restart_with(vec![file("minutes.txt", "The library opens at nine.")]).await;
        for id in &ids {
            wire.member("ann").press(answer.id, id).unwrap();
            let said = wire.said().await;
            assert_eq!(said.content, "The document has changed since. Please ask again.");
            assert!(said.is_ephemeral() && said.embeds.is_empty());
        }
        // Commands that Discord holds already are not registered again.
        let puts = wire.calls().iter().filter(|call| call.method == "PUT").count();
        assert_eq!(puts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_hostile_or_outdated_id_is_refused_in_one_sentence() {
    run(async |wire| {
        let answer = answered(wire, "ann").await;
        let good = control(&answer, "More context");
        let edition = good.split(':').nth(1).unwrap().to_owned();
        let ids = [
            String::new(),
            "x".to_owned(),
            "c9:00000000:1".to_owned(),
            format!("c1:{edition}:999999"),
            format!("c1:{edition}:-1"),
            format!("c1:{edition}:1+99"),
            format!("c1:{edition}:01"),
            format!("c1:{}:1", edition.to_uppercase() + "0"),
            format!("k1:{edition}:1:32767"),
            format!("k1:{edition}:1:99999"),
            format!("s1:{edition}:4294967296"),
            format!("o1:{edition}:1,1"),
            format!("o1:{edition}:1,2,3,4,5,6,7"),
            format!("p1:{edition}:1,2"),
            format!("n1:{edition}:"),
            format!("{good}:more"),
            format!("{good}\u{202e}@everyone"),
            "o1:".to_owned() + &"9".repeat(97),
            "\u{1f980}".repeat(50),
        ];
        for (number, id) in ids.iter().enumerate() {
            let person = wire.member(&format!("ann-{number}"));
            let context = InvocationContext {
                user: person.id(),
                channel: person.channel(),
                install: Install::Guild,
            };
            for values in [None, Some(json!([])), Some(json!(["1", "2"])), Some(json!(["@here"]))] {
                let mut data = json!({"custom_id": id, "component_type": 2});
                if let Some(values) = values {
                    data = json!({"custom_id": id, "component_type": 3, "values": values});
                }
                let kind = InteractionKind::Component;
                wire.change(|world| world.begin(&context, kind, None, Some(answer.id), &data));
                let said = wire.said().await;
                assert!(said.is_ephemeral() && said.embeds.is_empty(), "{id:?} {said:?}");
                assert!(is_one_sentence(&said.content), "{id:?} {:?}", said.content);
            }
        }
        assert!(wire.look(|world| world.messages[&answer.id].edited_ms.is_none()));
    })
    .await;
}

fn is_one_sentence(text: &str) -> bool {
    !text.contains('\n') && text.ends_with('.')
}

/// Presses and chooses all that a message offers, and then all that the replies to it offer.
pub(super) async fn press_everything(wire: &Wire, message: &Message) -> Vec<Message> {
    // Less than one person may ask at once.
    const AT_ONCE: usize = 8;
    let mut said = Vec::new();
    for (number, (id, _)) in offered(message).into_iter().enumerate() {
        let person = wire.member(&format!("presser-{}-{number}", message.id));
        let mut reply = press(wire, &person, message, &id).await;
        said.push(reply.clone());
        let mut pressed = Vec::new();
        while let Some(next) = offered(&reply).into_iter().find(|it| !pressed.contains(it)) {
            let before = reply.id;
            reply = match &next {
                (id, None) => press(wire, &person, &reply, id).await,
                (id, Some(value)) => {
                    person.select(reply.id, id, &[value]).unwrap();
                    wire.said().await
                }
            };
            pressed.push(next);
            said.push(reply.clone());
            if reply.id == before && reply.components.is_empty() {
                // Shared: behind the word that it is, the passage.
                said.push(wire.said().await);
            }
            if pressed.len() == AT_ONCE {
                break;
            }
        }
    }
    said
}

/// Presses a button; where a form opens, asks what is quoted.
async fn press(wire: &Wire, person: &Person<'_>, message: &Message, id: &str) -> Message {
    let pressed = person.press(message.id, id).unwrap();
    if id.starts_with("a1:") {
        wire.next_response(SOON).await.unwrap_or_else(|late| panic!("{late}"));
        person.submit_modal(pressed, &[("text", "Who said that?")]).unwrap();
    }
    wire.said().await
}

/// What can be pressed, and what can be chosen, under a message.
fn offered(message: &Message) -> Vec<(String, Option<String>)> {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let mut found = Vec::new();
    for item in rows.flatten() {
        let Some(id) = item["custom_id"].as_str() else { continue };
        match item["options"].as_array() {
            None => found.push((id.to_owned(), None)),
            Some(options) => {
                let value = |it: &Value| it["value"].as_str().map(str::to_owned);
                found.extend(options.iter().map(|it| (id.to_owned(), value(it))));
            }
        }
    }
    found
}
