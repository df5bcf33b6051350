//! Questions that follow others: what is read of Discord for them, and what where it cannot be.

use mock_discord::world::{Call, FirstResponse, InjectedErrorKind, Message};
use mock_discord::{Id, Person};
use serde_json::json;

use super::harness::{ANSWERED, SOON, Wire, control, question, quoted, run};

const VACCINES: &str = "What did Ramaphosa say about vaccines?";
const ABOUT: &str = "About\\: vaccines";
const CUBAN: &str = "five vaccine candidates";

/// Whether the answer is about vaccines, in Cuba.
fn is_of_both(answer: &Message) -> bool {
    answer.content == ABOUT && quoted(answer).contains(CUBAN)
}

/// Whether the answer quotes the president of Zimbabwe.
fn is_zimbabwean(answer: &Message) -> bool {
    let mut authors = answer.embeds.iter().filter_map(|embed| embed["author"]["name"].as_str());
    authors.any(|author| author.contains("President of Zimbabwe"))
}

/// How often messages and channels were read.
fn reads(wire: &Wire) -> usize {
    let is_read = |call: &&Call| call.method == "GET" && call.path.contains("/channels/");
    wire.calls().iter().filter(is_read).count()
}

/// Opens the form of an answer and sends it.
async fn ask_about(wire: &Wire, person: &Person<'_>, answer: &Message, text: &str) -> Id {
    let pressed = person.press(answer.id, &control(answer, "Ask about this")).unwrap();
    wire.next_response(SOON).await.unwrap_or_else(|late| panic!("{late}"));
    let opened = wire.look(|world| world.interactions[&pressed].response.clone());
    assert!(matches!(opened, Some(FirstResponse::Modal(_))), "{opened:?}");
    person.submit_modal(pressed, &[("text", text)]).unwrap()
}

#[tokio::test]
async fn a_reply_is_about_what_it_replies_to_whoever_writes_it() {
    run(async |wire| {
        let (ann, bob) = (wire.member("ann"), wire.member("bob"));
        ann.mention(VACCINES).unwrap();
        let first = wire.said().await;
        ann.mention(ANSWERED).unwrap();
        wire.said().await;
        assert_eq!(reads(wire), 0, "nothing is read for a question that stands on its own");
        bob.reply_to(first.id, "and Cuba?").unwrap();
        let second = wire.said().await;
        assert!(is_of_both(&second), "{second:?}");
        ann.reply_to(second.id, "and Zimbabwe?").unwrap();
        let third = wire.said().await;
        assert!(third.content == ABOUT && is_zimbabwean(&third), "{third:?}");
        assert!(reads(wire) <= 6);
        ann.reply_to(third.id, ANSWERED).unwrap();
        assert_eq!(wire.said().await.content, "");
    })
    .await;
}

#[tokio::test]
async fn a_thread_is_read_and_a_channel_is_not() {
    run(async |wire| {
        let ann = wire.member("ann");
        let thread = wire.change(|world| world.add_thread(ann.channel(), "vaccines"));
        for (place, is_followed) in [(ann.at(thread), true), (ann, false)] {
            place.mention(VACCINES).unwrap();
            wire.said().await;
            place.say("thank you").unwrap();
            place.mention("and Cuba?").unwrap();
            let answer = wire.said().await;
            assert_eq!(is_of_both(&answer), is_followed, "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_direct_message_is_about_the_exchange_before() {
    run(async |wire| {
        let (ann, bob) = (wire.member("ann"), wire.member("bob"));
        ann.direct(VACCINES).unwrap();
        wire.said().await;
        ann.direct("and Cuba?").unwrap();
        assert!(is_of_both(&wire.said().await));
        bob.direct("and Cuba?").unwrap();
        assert_eq!(wire.said().await.content, "", "nobody hears of another's");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_done_without() {
    run(async |wire| {
        let ann = wire.member("ann");
        ann.mention(VACCINES).unwrap();
        let first = wire.said().await;
        let hidden =
            InjectedErrorKind::Answer(403, json!({"code": 50_001, "message": "Missing Access"}));
        for (fault, complaint) in
            [(hidden, "HTTP 403, code 50001"), (InjectedErrorKind::Hang, "in time")]
        {
            wire.inject("GET /channels/{channel}/messages/{message}", fault, 1);
            wire.expect_complaint(complaint);
            ann.reply_to(first.id, "and Cuba?").unwrap();
            let answer = wire.said().await;
            assert!(quoted(&answer).contains("Cuba"), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_form_asks_about_its_answer_wherever_that_was_given() {
    run(async |wire| {
        let ann = wire.member("ann");
        for (place, is_private) in
            [(ann, false), (ann.user_installed(), true), (ann.in_group(), true)]
        {
            place.slash("ask", &question(VACCINES)).unwrap();
            let first = wire.said().await;
            assert_eq!(first.is_ephemeral(), is_private);
            ask_about(wire, &place, &first, "and Cuba?").await;
            let second = wire.said().await;
            assert!(is_of_both(&second) && second.id != first.id, "{second:?}");
            assert_eq!(second.is_ephemeral(), is_private);
            // What is under the answer to a form works like any other.
            place.press(second.id, &control(&second, "More context")).unwrap();
            assert!(quoted(&wire.said().await).contains(CUBAN));
            ask_about(wire, &place, &second, "and Zimbabwe?").await;
            assert!(is_zimbabwean(&wire.said().await));
        }
        assert_eq!(reads(wire), 0);
    })
    .await;
}

#[tokio::test]
async fn the_answer_to_a_form_is_removed_by_whoever_sent_it() {
    run(async |wire| {
        let (ann, bob) = (wire.member("ann"), wire.member("bob"));
        ann.slash("ask", &question(VACCINES)).unwrap();
        let first = wire.said().await;
        ask_about(wire, &bob, &first, "and Cuba?").await;
        let second = wire.said().await;
        ann.message_command("Remove answer", second.id).unwrap();
        assert!(wire.said().await.content.starts_with("Only the person who asked"));
        bob.message_command("Remove answer", second.id).unwrap();
        wire.next_response(SOON).await.unwrap_or_else(|late| panic!("{late}"));
        assert_eq!(wire.said().await.content, "Removed.");
    })
    .await;
}

#[tokio::test]
async fn a_form_opened_before_a_restart_works_behind_it() {
    run(async |wire| {
        wire.member("ann").slash("ask", &question(VACCINES)).unwrap();
        let first = wire.said().await;
        wire.restart().await;
        ask_about(wire, &wire.member("ann"), &first, "and Cuba?").await;
        assert!(is_of_both(&wire.said().await));
        wire.restart_with(vec![crate::support::file("other.txt", "The ferry leaves at nine.")])
            .await;
        let ann = wire.member("ann");
        ann.press(first.id, &control(&first, "Ask about this")).unwrap();
        assert_eq!(wire.said().await.content, "The document has changed since. Please ask again.");
    })
    .await;
}
