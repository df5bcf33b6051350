//! Every command, as everybody and everywhere.

use mock_discord::world::{
    Command, Install, InteractionKind, InvocationContext, Permissions, Scope,
};
use mock_discord::{MockDiscord, Person};
use serde_json::{Value, json};

use super::harness::{
    ANSWER, ANSWERED, NOT_ANSWERED, Options, control, question, quoted, run, run_with,
};
use crate::support::file;

/// A place, who stands in it, and whether everybody there sees an answer.
type Place = (&'static str, for<'a> fn(&'a MockDiscord, &str) -> Person<'a>, bool);

const PLACES: [Place; 5] = [
    ("a member in a server", |mock, name| mock.member(name), true),
    ("a moderator in a server", |mock, name| mock.moderator(name), true),
    ("direct messages", |mock, name| mock.member(name).in_direct(), true),
    ("a group", |mock, name| mock.member(name).in_group(), false),
    ("an app of one's own", |mock, name| mock.member(name).user_installed(), false),
];

/// Who sees what a command says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Everybody, where the place is public.
    ByAll,
    /// Whoever asked.
    ByAsker,
}

/// A command with its options, who sees the reply, and words of it.
type Use = (&'static str, &'static [(&'static str, &'static str)], Seen, &'static str);

const USES: &[Use] = &[
    ("ask", &[("question", ANSWERED)], Seen::ByAll, ANSWER),
    ("ask", &[("question", ANSWERED), ("private", "true")], Seen::ByAsker, ANSWER),
    ("ask", &[("question", NOT_ANSWERED)], Seen::ByAsker, "doesn’t answer that"),
    (
        "ask",
        &[("question", "What about poverty?"), ("speaker", "Xi Jinping")],
        Seen::ByAll,
        "Xi Jinping",
    ),
    (
        "ask",
        &[("question", ANSWERED), ("speaker", "Nobody")],
        Seen::ByAsker,
        "No speaker is called",
    ),
    ("passage", &[("place", "28")], Seen::ByAll, ANSWER),
    ("passage", &[("place", "¶999")], Seen::ByAsker, "There is no ¶999"),
    (
        "verify",
        &[("quote", "nothing is stronger than unity")],
        Seen::ByAll,
        "part of a longer sentence",
    ),
    (
        "verify",
        &[("quote", "nothing is weaker than unity")],
        Seen::ByAll,
        "Changed: “stronger” to “weaker”",
    ),
    ("help", &[], Seen::ByAsker, "Ask, and I answer"),
    ("privacy", &[], Seen::ByAsker, "I read only what you send me"),
];

fn options(given: &'static [(&'static str, &'static str)]) -> Vec<(&'static str, Value)> {
    let value = |name: &str, text: &str| if name == "private" { json!(true) } else { json!(text) };
    given.iter().map(|(name, text)| (*name, value(name, text))).collect()
}

#[tokio::test]
async fn every_command_is_answered_in_every_place() {
    run(async |wire| {
        for (place, person, is_public) in PLACES {
            for (number, (command, given, seen, words)) in USES.iter().enumerate() {
                let who = person(wire, &format!("ann-{number}"));
                who.slash(command, &options(given)).unwrap();
                let reply = wire.said().await;
                let drawn = wire.drawn(&reply).replace("\n  │ ┃ ", " ").replace('\n', " ");
                assert!(drawn.contains(words), "/{command} {given:?} in {place}:\n{drawn}");
                let is_private = !is_public || *seen == Seen::ByAsker;
                assert_eq!(reply.is_ephemeral(), is_private, "/{command} {given:?} in {place}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn commands_on_messages_are_answered_in_every_place() {
    run(async |wire| {
        for (place, person, _) in PLACES {
            let uses = [
                ("Find in the document", ANSWERED, ANSWER),
                ("Find in the document", NOT_ANSWERED, "doesn’t answer that"),
                (
                    "Check quotations",
                    "He said “nothing is stronger than unity”.",
                    "part of a longer sentence",
                ),
                ("Check quotations", "He said so.", "quotation"),
            ];
            for (number, (command, text, words)) in uses.into_iter().enumerate() {
                let ann = person(wire, &format!("ann-{number}"));
                // In direct messages there is nobody else.
                let target = ann.say(text).unwrap();
                if place == "direct messages" {
                    wire.said().await;
                }
                ann.message_command(command, target).unwrap();
                let reply = wire.said().await;
                let drawn = wire.drawn(&reply).replace("\n  │ ┃ ", " ").replace('\n', " ");
                assert!(drawn.contains(words), "{command} on {text:?} in {place}:\n{drawn}");
                assert!(reply.is_ephemeral(), "{command} in {place}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_message_without_text_or_with_too_much_is_no_question() {
    run(async |wire| {
        let ann = wire.member("ann");
        let (file, long) = (ann.say_with("", "a.txt", b"x").unwrap(), ann.say("x").unwrap());
        ann.edit(long, &"zq ".repeat(33_000)).unwrap();
        for (target, words) in [(file, "no text that I can read"), (long, "doesn’t answer")] {
            for command in ["Find in the document", "Check quotations"] {
                ann.message_command(command, target).unwrap();
                let reply = wire.said().await;
                let expected = command == "Check quotations" && target == long;
                let drawn = wire.drawn(&reply).replace('\n', " ");
                assert!(expected || drawn.contains(words), "{command}: {drawn}");
                assert!(reply.is_ephemeral());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn answers_are_removed_by_whoever_asked_by_moderators_and_by_nobody_else() {
    run(async |wire| {
        let (ann, bob, mod_) = (wire.member("ann"), wire.member("bob"), wire.moderator("mo"));
        let asked = ann.mention(ANSWERED).unwrap();
        let by_mention = wire.said().await;
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let by_command = wire.said().await;
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let by_moderator = wire.said().await;
        ann.in_direct().slash("ask", &question(ANSWERED)).unwrap();
        let direct = wire.said().await;
        let refused = [(bob, by_mention.id), (bob, by_command.id), (ann, asked), (mod_, asked)];
        for (person, target) in refused {
            person.message_command("Remove answer", target).unwrap();
            let said = wire.said().await;
            assert!(said.is_ephemeral() && said.content.ends_with('.'), "{said:?}");
            assert!(wire.look(|world| world.living(target).is_ok()));
        }
        let removed = [
            (ann, by_mention.id),
            (ann, by_command.id),
            (mod_, by_moderator.id),
            (ann.in_direct(), direct.id),
        ];
        for (person, target) in removed {
            person.message_command("Remove answer", target).unwrap();
            // The deletion, and the word that it is done.
            wire.next_response(super::harness::SOON).await.unwrap();
            assert!(wire.said().await.is_ephemeral());
            assert!(wire.look(|world| world.living(target).is_err()));
        }
    })
    .await;
}

#[tokio::test]
async fn where_the_bot_is_no_member_it_says_that_it_cannot_remove_an_answer() {
    run(async |wire| {
        let foreign = wire.change(|world| {
            let guild = world.add_guild("a server without the bot", false);
            let ann = world.user("ann");
            world.join(guild, ann, None);
            world.add_channel(guild, "foreign")
        });
        let ann = wire.member("ann");
        for person in [ann.at(foreign).user_installed(), wire.member("ann").in_group()] {
            person.slash("ask", &question(ANSWERED)).unwrap();
            let answer = wire.said().await;
            wire.expect_refusal(50001);
            wire.expect_complaint("an answer was not removed");
            person.message_command("Remove answer", answer.id).unwrap();
            wire.next_refusal(super::harness::SOON).await.unwrap();
            let said = wire.said().await;
            assert_eq!(said.content, "Discord doesn’t let me remove that here.");
            assert!(said.is_ephemeral());
        }
    })
    .await;
}

#[tokio::test]
async fn choices_are_offered_while_something_is_typed() {
    run(async |wire| {
        let cases = [
            ("ask", "speaker", "rama", "Cyril Ramaphosa"),
            ("ask", "speaker", "", "Xi Jinping"),
            ("verify", "speaker", "south afr", "Cyril Ramaphosa"),
            ("passage", "place", "28", "¶28"),
            ("passage", "place", "vaccine imperialism", "¶28"),
        ];
        for (_, person, _) in PLACES {
            for (command, option, typed, words) in cases {
                let typed = person(wire, "ann").autocomplete(command, option, typed).unwrap();
                let choices = wire.choices(typed).await;
                let names = json!(choices).to_string();
                assert!(names.contains(words), "{command} {option}: {names}");
            }
        }
        let hostile = ["@everyone", "\u{202e}\u{200b}", "(((((", &"x".repeat(6_000)];
        for typed in hostile {
            for (command, option) in [("ask", "speaker"), ("passage", "place")] {
                let typed = wire.member("ann").autocomplete(command, option, typed).unwrap();
                assert!(wire.choices(typed).await.len() <= 25);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_of_another_version_is_told_so() {
    run(async |wire| {
        let ann = wire.member("ann");
        for (number, kind) in [1, 2, 3].into_iter().enumerate() {
            let name = format!("old-{number}");
            let command = Command { id: 1, scope: Scope::Global, name, kind, body: json!({}) };
            let target = ann.say("hello").unwrap().to_string();
            let data = json!({"id": "1", "name": command.name, "type": kind, "target_id": target});
            let context = InvocationContext {
                user: ann.id(),
                channel: ann.channel(),
                install: Install::Guild,
            };
            let kind = InteractionKind::Command;
            wire.change(|world| world.begin(&context, kind, Some(&command), None, &data));
            let told = wire.said().await;
            assert!(told.is_ephemeral() && told.content.contains("don’t know this command"));
        }
    })
    .await;
}

#[tokio::test]
async fn questions_of_any_length_are_told_what_is_wrong() {
    run(async |wire| {
        let context = |user, channel| InvocationContext { user, channel, install: Install::Guild };
        let cases = [
            (0, "I don’t see a question in that"),
            (301, "Your question has 301 characters; the limit is 300."),
            (100_000, "Your question has 100,000 characters; the limit is 300."),
        ];
        for (number, (length, words)) in cases.into_iter().enumerate() {
            let ann = wire.member(&format!("ann-{number}"));
            // Discord's own client would send none of these.
            let command = wire.look(|world| {
                world.commands.iter().find(|command| command.name == "ask").cloned().unwrap()
            });
            let value = "x".repeat(length);
            let option = json!([{"name": "question", "type": 3, "value": value}]);
            let id = command.id.to_string();
            let data = json!({"id": id, "name": "ask", "type": 1, "options": option});
            let here = context(ann.id(), ann.channel());
            let kind = InteractionKind::Command;
            wire.change(|world| world.begin(&here, kind, Some(&command), None, &data));
            let told = wire.said().await;
            assert!(told.is_ephemeral() && told.content.contains(words), "{}", told.content);
        }
        // At the limit it is a question.
        let ann = wire.member("ann");
        let longest = format!("{ANSWERED}{}", "?".repeat(300 - ANSWERED.len()));
        ann.slash("ask", &question(&longest)).unwrap();
        assert!(!wire.said().await.embeds.is_empty());
        assert!(ann.slash("ask", &question(&"x".repeat(301))).is_err());
        assert!(ann.slash("ask", &question("")).is_err());
    })
    .await;
}

#[tokio::test]
async fn where_embeds_are_forbidden_an_answer_is_text() {
    run(async |wire| {
        let ann = wire.member("ann");
        wire.change(|world| {
            let bot = world.bot.id;
            world.forbid(ann.channel(), bot, Permissions::EMBED_LINKS);
        });
        ann.slash("ask", &question(ANSWERED)).unwrap();
        let answer = wire.said().await;
        assert!(answer.embeds.is_empty() && answer.content.contains(ANSWER), "{answer:?}");
        ann.press(answer.id, &control(&answer, "More context")).unwrap();
        let context = wire.said().await;
        assert!(context.embeds.is_empty() && context.content.contains(ANSWER), "{context:?}");
    })
    .await;
}

#[tokio::test]
async fn one_of_several_documents_is_chosen() {
    let knowledge = vec![
        file("ferry.txt", "The ferry to the island leaves at nine from the old harbour."),
        file("museum.txt", "The museum of ropes opens at ten, beside the old harbour."),
    ];
    let options = Options { knowledge: Some(knowledge), ..Options::default() };
    run_with(options, async |wire| {
        let ann = wire.member("ann");
        let typed = ann.autocomplete("ask", "document", "mus").unwrap();
        assert_eq!(wire.choices(typed).await, [json!({"name": "museum", "value": "museum"})]);
        let asked = json!("What is said of the old harbour?");
        ann.slash("ask", &[("question", asked), ("document", json!("museum"))]).unwrap();
        assert!(quoted(&wire.said().await).contains("museum of ropes"));
    })
    .await;
}

/// A claim of each verdict.
const CLAIMS: [&str; 9] = [
    "No country should be left behind.",
    "judgment of whether a country is democratic should be made not by a handful of elites",
    "All countries and nations are equally entitled to opportunities … in their own fashion",
    "China would … seek hegemony",
    "No country should be … equally entitled to opportunities",
    "Every country should be left behind.",
    "The meeting took place via Zoom on July 6.",
    "The summit was a propaganda show, and everybody in Washington knew it.",
    "is the",
];

#[tokio::test]
async fn every_verdict_is_read_at_once_on_a_narrow_screen() {
    run(async |wire| {
        let mut drawn = Vec::new();
        for may_embed in [true, false] {
            if !may_embed {
                let general = wire.member("ann").channel();
                wire.change(|world| {
                    let bot = world.bot.id;
                    world.forbid(general, bot, Permissions::EMBED_LINKS);
                });
            }
            for (number, claim) in CLAIMS.iter().enumerate() {
                let ann = wire.member(&format!("ann-{number}-{may_embed}"));
                ann.slash("verify", &[("quote", json!(claim))]).unwrap();
                drawn.push(wire.drawn_in(&wire.said().await, 40));
            }
        }
        insta::assert_snapshot!(drawn.join("\n"));
    })
    .await;
}
