//! Messages: which are answered, how, and what happens where they cannot be.

use mock_discord::world::{Call, Permissions};
use serde_json::{Value, json};

use super::harness::{ANSWER, ANSWERED, NOT_ANSWERED, Options, quoted, run, run_with};

#[tokio::test]
async fn messages_that_address_the_bot_are_answered() {
    run(async |wire| {
        let ann = wire.member("ann");
        let asked = ann.mention(ANSWERED).unwrap();
        let answer = wire.said().await;
        assert_eq!(answer.reply_to, Some(asked));
        assert!(quoted(&answer).contains(ANSWER) && !answer.is_ephemeral());
        let bot = wire.look(|world| world.bot.id);
        ann.say(&format!("{ANSWERED} <@!{bot}>")).unwrap();
        assert!(quoted(&wire.said().await).contains(ANSWER));
        ann.reply_to(answer.id, ANSWERED).unwrap();
        assert!(quoted(&wire.said().await).contains(ANSWER));
        let direct = ann.direct(ANSWERED).unwrap();
        let answer = wire.said().await;
        assert_eq!(answer.reply_to, Some(direct));
        assert!(quoted(&answer).contains(ANSWER));
        let thread = wire.change(|world| world.add_thread(ann.channel(), "a thread"));
        ann.at(thread).mention(ANSWERED).unwrap();
        let answer = wire.said().await;
        assert_eq!(answer.channel, thread);
        for asks_for_help in ["help", "Help!", ""] {
            ann.mention(asks_for_help).unwrap();
            assert!(wire.said().await.content.starts_with("Mention me with a question"));
        }
        ann.mention(NOT_ANSWERED).unwrap();
        let line = wire.said().await;
        assert!(line.embeds.is_empty() && !line.content.contains('\n'), "{}", line.content);
    })
    .await;
}

#[tokio::test]
async fn messages_that_are_not_for_the_bot_are_not_answered() {
    run(async |wire| {
        let ann = wire.member("ann");
        let bot = wire.look(|world| world.bot.id);
        let asked = ann.mention(ANSWERED).unwrap();
        let answer = wire.said().await;
        // An edit is no new question.
        ann.edit(asked, &format!("<@{bot}> {NOT_ANSWERED}")).unwrap();
        ann.say(ANSWERED).unwrap();
        ann.say("@everyone @here").unwrap();
        let friend = ann.say("among ourselves").unwrap();
        ann.reply_to(friend, ANSWERED).unwrap();
        let text = format!("<@{bot}> {ANSWERED}");
        wire.change(|world| {
            world.say_as_bot(ann.channel(), "another-bot", &text, false);
            world.say_as_bot(ann.channel(), "a-webhook", &text, true);
            world.say_as_bot(ann.channel(), "summit-bot", &text, false);
        });
        // Answers come in order: whatever was answered before would come before this.
        let last = wire.member("bob").mention(ANSWERED).unwrap();
        assert_eq!(wire.said().await.reply_to, Some(last));
        assert!(wire.look(|world| world.messages[&answer.id].edited_ms.is_none()));
    })
    .await;
}

#[tokio::test]
async fn a_message_without_a_question_gets_one_line() {
    run(async |wire| {
        let ann = wire.member("ann");
        let bot = wire.look(|world| world.bot.id);
        let cases = [
            (format!("<@{bot}>"), false, "Mention me with a question"),
            (format!("<@{bot}>"), true, "I can’t read attachments"),
            (format!("<@{bot}> {}", "x".repeat(301)), false, "the limit is 300"),
            (format!("<@{bot}> {}", "x".repeat(3_900)), false, "the limit is 300"),
            (format!("<@{bot}> \u{200b}\u{202e}"), false, "."),
        ];
        for (text, with_file, words) in &cases {
            if *with_file {
                ann.say_with(text, "photo.png", b"\x89PNG").unwrap();
            } else {
                ann.say(text).unwrap();
            }
            let line = wire.said().await;
            assert!(line.content.contains(words) && !line.content.contains('\n'), "{line:?}");
            assert!(line.embeds.is_empty());
        }
        ann.in_direct().say_with("", "photo.png", b"\x89PNG").unwrap();
        assert!(wire.said().await.content.contains("I can’t read attachments"));
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_gone_is_still_answered() {
    run(async |wire| {
        let ann = wire.member("ann");
        let asked = ann.mention(ANSWERED).unwrap();
        wire.change(|world| world.remove_message(asked));
        let answer = wire.said().await;
        assert_eq!(answer.reply_to, None);
        assert!(quoted(&answer).contains(ANSWER));
    })
    .await;
}

#[tokio::test]
async fn where_the_bot_cannot_speak_it_says_why_in_the_log() {
    run(async |wire| {
        let ann = wire.member("ann");
        let gone = wire.change(|world| {
            let guild = world.channels[&ann.channel()].guild.unwrap();
            world.add_channel(guild, "gone")
        });
        ann.at(gone).mention(ANSWERED).unwrap();
        wire.change(|world| world.remove_channel(gone));
        wire.next_refusal(super::harness::SOON).await.unwrap();
        wire.expect_refusal(10003);
        wire.expect_complaint("HTTP 404, code 10003");

        let quiet = wire.channel("random").unwrap();
        wire.change(|world| {
            let bot = world.bot.id;
            world.forbid(quiet, bot, Permissions::SEND_MESSAGES);
        });
        ann.at(quiet).mention(ANSWERED).unwrap();
        for _ in 0..2 {
            wire.next_refusal(super::harness::SOON).await.unwrap();
            wire.expect_refusal(50013);
        }
        wire.expect_complaint("HTTP 403, code 50013");

        let bob = wire.member("bob");
        wire.change(|world| world.users.get_mut(&bob.id()).unwrap().blocks_direct = true);
        bob.direct(ANSWERED).unwrap();
        wire.next_refusal(super::harness::SOON).await.unwrap();
        wire.expect_refusal(50007);
        wire.expect_complaint("HTTP 403, code 50007");

        // All others are answered as before.
        ann.mention(ANSWERED).unwrap();
        assert!(quoted(&wire.said().await).contains(ANSWER));
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_text_where_embeds_are_forbidden() {
    run(async |wire| {
        let ann = wire.member("ann");
        wire.change(|world| {
            let bot = world.bot.id;
            world.forbid(ann.channel(), bot, Permissions::EMBED_LINKS);
        });
        ann.mention(ANSWERED).unwrap();
        let answer = wire.said().await;
        assert!(answer.embeds.is_empty() && answer.content.contains(ANSWER), "{answer:?}");
        // It is found out by trying: Discord tells permissions with interactions alone.
        wire.expect_refusal(50013);
    })
    .await;
}

#[tokio::test]
async fn a_thread_is_listed_with_its_channel() {
    run_with(Options { has_store: true, ..Options::default() }, async |wire| {
        let (ann, mona) = (wire.member("ann"), wire.moderator("mona"));
        let general = ann.channel();
        let (thread, other, elsewhere) = wire.change(|world| {
            let guild = world.guilds.keys().next().copied().unwrap();
            let channel = world.add_channel(guild, "elsewhere");
            (world.add_thread(general, "a"), world.add_thread(general, "b"), channel)
        });
        let order = async |command: &str, options: &[(&str, Value)]| {
            mona.slash(command, options).unwrap();
            wire.said().await
        };
        order("settings edit", &[("mentions", json!("listed"))]).await;
        for (channel, is_on) in [(general, "on"), (other, "off")] {
            let options = [("channel", json!(channel.to_string())), ("mentions", json!(is_on))];
            order("settings channel", &options).await;
        }
        // What is answered where it should not be stays unread, which fails the test.
        ann.at(elsewhere).mention(ANSWERED).unwrap();
        ann.at(other).mention(ANSWERED).unwrap();
        for _ in 0..2 {
            ann.at(thread).mention(ANSWERED).unwrap();
            assert_eq!(wire.said().await.channel, thread);
        }
        let reads = |call: &&Call| call.route == "GET /channels/{channel}";
        let asked = || wire.calls().iter().filter(reads).map(|call| call.path.clone()).collect();
        let mut paths: Vec<String> = asked();
        paths.sort_unstable();
        let mut expected = [thread, elsewhere].map(|channel| format!("/channels/{channel}"));
        expected.sort_unstable();
        assert_eq!(paths, expected, "each is asked about once, and none that has a rule");

        order("settings edit", &[("mentions", json!("everywhere"))]).await;
        let options = [("channel", json!(general.to_string())), ("mentions", json!("off"))];
        order("settings channel", &options).await;
        ann.at(thread).mention(ANSWERED).unwrap();
        ann.at(elsewhere).mention(ANSWERED).unwrap();
        assert_eq!(wire.said().await.channel, elsewhere);
    })
    .await;
}

#[tokio::test]
async fn where_no_channel_has_a_rule_nothing_is_looked_up() {
    run_with(Options { has_store: true, ..Options::default() }, async |wire| {
        let ann = wire.member("ann");
        let thread = wire.change(|world| world.add_thread(ann.channel(), "a thread"));
        ann.at(thread).mention(ANSWERED).unwrap();
        assert_eq!(wire.said().await.channel, thread);
        assert!(wire.calls().iter().all(|call| call.route != "GET /channels/{channel}"));
    })
    .await;
}
