//! How much, how fast, in which order.

use mock_discord::{Id, Setup};

use super::harness::{ANSWER, ANSWERED, Options, SOON, question, quoted, run, run_with};

#[tokio::test]
async fn who_asks_too_much_is_told_when_to_go_on_and_others_are_not_slowed() {
    run(async |wire| {
        let (ann, bob) = (wire.member("ann"), wire.member("bob"));
        for _ in 0..10 {
            ann.slash("help", &[]).unwrap();
            wire.said().await;
        }
        ann.slash("help", &[]).unwrap();
        let told = wire.said().await;
        assert!(told.is_ephemeral() && told.content.contains(" second"), "{}", told.content);
        bob.slash("ask", &question(ANSWERED)).unwrap();
        assert!(!wire.said().await.embeds.is_empty());
        // Completion is for every key that is pressed, and is not counted.
        for _ in 0..30 {
            let typed = ann.autocomplete("ask", "speaker", "x").unwrap();
            wire.choices(typed).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_one_person_is_told_once_and_holds_nobody_up() {
    run(async |wire| {
        let (ann, bob) = (wire.member("ann"), wire.member("bob"));
        for _ in 0..40 {
            ann.mention(ANSWERED).unwrap();
        }
        let random = wire.channel("random").unwrap();
        let elsewhere = bob.at(random).mention(ANSWERED).unwrap();
        // Answered behind all of them, since it was asked behind them.
        let last = bob.mention(ANSWERED).unwrap();
        let (mut answered, mut told, mut others) = (0, 0, Vec::new());
        while others.last() != Some(&last) {
            let said = wire.said().await;
            match said.reply_to.filter(|asked| [elsewhere, last].contains(asked)) {
                Some(asked) => {
                    assert!(quoted(&said).contains(ANSWER));
                    others.push(asked);
                }
                None if said.content.contains(" second") => told += 1,
                None => answered += 1,
            }
        }
        assert_eq!(others, [elsewhere, last]);
        // Ten at once, and one more for every three seconds that this takes.
        assert!((10..20).contains(&answered) && told == 1, "{answered} {told}");
    })
    .await;
}

#[tokio::test]
async fn mentions_are_answered_in_order_as_fast_as_allowed_and_channels_do_not_wait() {
    const IN_TIME: u64 = 12_000;
    let setup = Setup { limits: true, ..Setup::default() };
    run_with(Options { setup, ..Options::default() }, async |wire| {
        let began = wire.change(|world| world.now_ms());
        let person = |number: usize| wire.member(&format!("ann{number}"));
        let asked: Vec<Id> = (0..10).map(|n| person(n).mention(ANSWERED).unwrap()).collect();
        let random = wire.channel("random").unwrap();
        let elsewhere = person(10).at(random).mention(ANSWERED).unwrap();
        let mut answered = Vec::new();
        for _ in 0..11 {
            let answer = wire.next_message(2 * SOON).await.unwrap();
            assert!(answer.sent_ms < began + IN_TIME);
            answered.push(answer.reply_to.unwrap());
        }
        // Before the sixth, for which the first channel has to rest.
        let place = answered.iter().position(|id| *id == elsewhere).unwrap();
        assert!(place <= 5, "{place}");
        answered.remove(place);
        assert_eq!(answered, asked);
    })
    .await;
}
