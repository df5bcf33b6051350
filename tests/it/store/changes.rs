//! What is kept, and how it is found again: settings, records, votes, questions.

use super::database::{
    Database, HOME, MEMBER, MODERATOR, NOW, by, edit, found, moderator, on_each_database, passage,
    view,
};
use bot::community::{
    Change, ChannelMentions, Community, Edit, Excerpts, Flag, Keep, Mentions, Page, Reason,
    Statistics, StoreData, StoreQuery, Style, Tally, Unanswered, Visibility, Vote,
};
use summit_bot::store::{Author, CommitError, Store};

/// One of each.
fn every_edit() -> Vec<Edit> {
    vec![
        Edit::Reply(Some(Visibility::Private)),
        Edit::Style(Some(Style::Plain)),
        Edit::Mentions(Some(Mentions::Listed)),
        Edit::Excerpts(Some(Excerpts::nearest(3))),
        Edit::KeepUnanswered(Some(Keep::ThirtyDays)),
        Edit::Moderators(Some(u64::MAX)),
        Edit::Channel { channel: 7, mentions: ChannelMentions::On },
        Edit::Channel { channel: u64::MAX, mentions: ChannelMentions::Off },
        Edit::Pin { question: "Dogs?".into(), passage: passage(1) },
        Edit::Pin { question: "'; DROP TABLE pin; --".into(), passage: passage(1) },
        Edit::Hide { passage: passage(2), reason: "old \u{202e}\u{7} @everyone".into() },
        Edit::Hide { passage: passage(3), reason: String::new() },
    ]
}

async fn community(store: &Store) -> Community {
    (*view(store, Some(HOME)).await.community).clone()
}

async fn vote(store: &Store, who: u64, number: u64, vote: Option<Vote>) {
    let author = by(store, Some(HOME), who, NOW).await;
    store.commit(author, &[Change::Vote { passage: passage(number), vote }]).await.unwrap();
}

async fn ask(store: &Store, question: &str, topic: &str, at: u64) {
    let author = by(store, Some(HOME), MEMBER, at).await;
    let (question, topic) = (question.to_owned(), topic.to_owned());
    let change = Change::KeepUnanswered { question, topic, days: 30 };
    store.commit(author, &[change]).await.unwrap();
}

fn flags(since: u64, skip: u32, take: u32) -> StoreQuery {
    StoreQuery::Flags { since, skip, take }
}

on_each_database! {
    async fn every_edit_is_kept_and_every_inverse_takes_it_back(database: &Database) {
        let store = database.open().await;
        let wanted = Community::default().edited(&every_edit());
        edit(&store, every_edit()).await.unwrap();
        assert_eq!(community(&store).await, wanted);
        store.close().await;

        let store = database.open().await;
        assert_eq!(community(&store).await, wanted, "after a restart");
        let back = wanted.edits_to(&Community::default());
        edit(&store, back).await.unwrap();
        assert_eq!(community(&store).await, Community::default());
        store.close().await;

        let store = database.open().await;
        assert_eq!(community(&store).await, Community::default(), "after a restart");
        assert_eq!(view(&store, Some(HOME)).await.revision, 2);
    }

    async fn changes_are_recorded_and_undone_once(database: &Database) {
        let store = database.open().await;
        edit(&store, vec![Edit::Excerpts(Some(Excerpts::nearest(2)))]).await.unwrap();
        edit(&store, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
        let seen = view(&store, Some(HOME)).await;
        let record = seen.undoable.clone().unwrap();
        assert_eq!((seen.revision, record.number, record.by), (2, 2, Some(MODERATOR)));
        assert_eq!((record.at, seen.last.unwrap()), (NOW, record.clone()));
        assert_eq!(record.inverse, [Edit::Style(None)]);

        let undo = Change::Undo {
            number: record.number,
            edits: record.inverse.clone(),
            inverse: record.edits.clone(),
        };
        let author = moderator(&store).await;
        store.commit(author, std::slice::from_ref(&undo)).await.unwrap();
        let seen = view(&store, Some(HOME)).await;
        assert_eq!(seen.last.as_ref().unwrap().undoes, Some(2));
        assert_eq!(seen.undoable.as_ref().unwrap().number, 1, "an undoing is not undone");
        assert_eq!((seen.style(), seen.excerpts()), (Style::Card, 2));

        // Pressed twice, also by somebody who has seen the last state.
        let again = store.commit(moderator(&store).await, &[undo]).await;
        assert!(matches!(again, Err(CommitError::Conflict)));
        assert_eq!(view(&store, Some(HOME)).await.revision, 3);
    }

    async fn of_two_at_once_one_decides_again(database: &Database) {
        let store = database.open().await;
        let (one, other) = (moderator(&store).await, moderator(&store).await);
        let change = |edit: Edit| [Change::Edit { edits: vec![edit], inverse: Vec::new() }];
        store.commit(one, &change(Edit::Style(Some(Style::Plain)))).await.unwrap();
        let late = store.commit(other, &change(Edit::Reply(Some(Visibility::Private)))).await;
        assert!(matches!(late, Err(CommitError::Conflict)));
        assert_eq!(view(&store, Some(HOME)).await.reply(), Visibility::Public);
        let again = moderator(&store).await;
        store.commit(again, &change(Edit::Reply(Some(Visibility::Private)))).await.unwrap();
        let seen = view(&store, Some(HOME)).await;
        assert_eq!((seen.style(), seen.reply()), (Style::Plain, Visibility::Private));
        // A vote is decided on nothing that others change.
        vote(&store, MEMBER, 1, Some(Vote::Up)).await;
        let old = Author { revision: 0, ..again };
        let up = Change::Vote { passage: passage(1), vote: Some(Vote::Up) };
        store.commit(old, &[up]).await.unwrap();
    }

    async fn what_is_decided_together_is_kept_together_or_not_at_all(database: &Database) {
        let store = database.open().await;
        let changes = [
            Change::Edit { edits: every_edit(), inverse: Vec::new() },
            Change::Vote { passage: passage(1), vote: Some(Vote::Up) },
            Change::Undo { number: 99, edits: Vec::new(), inverse: Vec::new() },
        ];
        let refused = store.commit(moderator(&store).await, &changes).await;
        assert!(matches!(refused, Err(CommitError::Conflict)));
        let seen = view(&store, Some(HOME)).await;
        assert_eq!((seen.revision, (*seen.community).clone()), (0, Community::default()));
        let voted = found(&store, MODERATOR, StoreQuery::Vote(passage(1))).await;
        assert_eq!(voted, StoreData::Vote(None));
    }

    async fn a_person_has_one_vote_on_a_passage(database: &Database) {
        let store = database.open().await;
        let wrong = Vote::Down(Reason::WrongVoice);
        vote(&store, MEMBER, 1, Some(Vote::Up)).await;
        vote(&store, MEMBER, 1, Some(Vote::Up)).await;
        vote(&store, MODERATOR, 1, Some(wrong)).await;
        vote(&store, MODERATOR, 2, Some(wrong)).await;
        assert_eq!(found(&store, MEMBER, StoreQuery::Vote(passage(1))).await, StoreData::Vote(Some(Vote::Up)));
        let one = Flag { passage: passage(1), votes: Tally { up: 1, wrong_voice: 1, ..Tally::default() } };
        let two = Flag { passage: passage(2), votes: Tally { wrong_voice: 1, ..Tally::default() } };
        let both = Page { items: vec![one, two], all: 2 };
        assert_eq!(found(&store, MEMBER, flags(0, 0, 9)).await, StoreData::Flags(both));

        vote(&store, MODERATOR, 1, Some(Vote::Down(Reason::Other))).await;
        vote(&store, MODERATOR, 2, None).await;
        vote(&store, MEMBER, 1, None).await;
        vote(&store, MEMBER, 1, None).await;
        let changed = Flag { passage: passage(1), votes: Tally { other: 1, ..Tally::default() } };
        let page = Page { items: vec![changed.clone()], all: 1 };
        assert_eq!(found(&store, MEMBER, flags(NOW, 0, 9)).await, StoreData::Flags(page));
        let empty = Page { items: Vec::new(), all: 1 };
        assert_eq!(found(&store, MEMBER, flags(0, 1, 9)).await, StoreData::Flags(empty));
        let empty = Page { items: Vec::new(), all: 0 };
        assert_eq!(found(&store, MEMBER, flags(NOW + 86_400, 0, 9)).await, StoreData::Flags(empty));
        let statistics = Statistics { unanswered: 0, passages: vec![changed] };
        assert_eq!(found(&store, MEMBER, StoreQuery::Statistics).await, StoreData::Statistics(statistics));
    }

    async fn presses_of_many_people_at_once_are_counted_once_each(database: &Database) {
        let store = database.open().await;
        let presses = (0..40u64).map(|press| {
            let store = store.clone();
            tokio::spawn(async move { vote(&store, press % 8, 1, Some(Vote::Up)).await })
        });
        for press in presses.collect::<Vec<_>>() {
            press.await.unwrap();
        }
        let StoreData::Statistics(found) = found(&store, 1, StoreQuery::Statistics).await else { panic!() };
        assert_eq!(found.passages[0].votes, Tally { up: 8, ..Tally::default() });
    }

    async fn questions_are_grouped_paged_and_dismissed(database: &Database) {
        let store = database.open().await;
        for (question, topic, at) in [
            ("Cats?", "cats", NOW),
            ("Are there cats\0?", "cats", NOW + 5),
            ("Birds?", "birds", NOW + 9),
            ("Fish?", "fish", NOW + 2),
        ] {
            ask(&store, question, topic, at).await;
        }
        let page = |since, skip, take| StoreQuery::Unanswered { since, skip, take };
        let group = |topic: &str, question: &str, times, last_at| Unanswered {
            topic: topic.into(),
            question: question.into(),
            times,
            last_at,
        };
        let cats = group("cats", "Are there cats\u{fffd}?", 2, NOW + 5);
        let birds = group("birds", "Birds?", 1, NOW + 9);
        let fish = group("fish", "Fish?", 1, NOW + 2);
        let all = Page { items: vec![cats.clone(), birds.clone(), fish.clone()], all: 3 };
        assert_eq!(found(&store, 1, page(0, 0, 9)).await, StoreData::Unanswered(all));
        let second = Page { items: vec![birds.clone()], all: 3 };
        assert_eq!(found(&store, 1, page(0, 1, 1)).await, StoreData::Unanswered(second));
        let late = Page { items: vec![birds], all: 1 };
        assert_eq!(found(&store, 1, page(NOW + 9, 0, 9)).await, StoreData::Unanswered(late));
        let none = Page { items: Vec::new(), all: 0 };
        assert_eq!(found(&store, 1, page(u64::MAX, 0, 9)).await, StoreData::Unanswered(none));
        let on = |topic: &str| StoreQuery::Topic(topic.into());
        assert_eq!(found(&store, 1, on("fish")).await, StoreData::Topic(Some(fish)));

        let dismiss = [Change::Dismiss { topic: "fish".into() }];
        store.commit(moderator(&store).await, &dismiss).await.unwrap();
        store.commit(moderator(&store).await, &dismiss).await.unwrap();
        assert_eq!(found(&store, 1, on("fish")).await, StoreData::Topic(None));
        assert_eq!(found(&store, 1, on("cats")).await, StoreData::Topic(Some(cats)));
    }

    async fn a_question_that_a_pin_answers_is_open_again_when_the_pin_is_undone(database: &Database) {
        let store = database.open().await;
        ask(&store, "Cats?", "cats", NOW).await;
        ask(&store, "Cats, please?", "cats", NOW + 5).await;
        ask(&store, "Fish?", "fish", NOW + 2).await;
        let open = async || match found(&store, 1, StoreQuery::Topic("cats".into())).await {
            StoreData::Topic(topic) => topic.map(|group| (group.question, group.times)),
            other => panic!("{other:?}"),
        };
        let counted = async || match found(&store, 1, StoreQuery::Statistics).await {
            StoreData::Statistics(statistics) => statistics.unanswered,
            other => panic!("{other:?}"),
        };
        let pin = vec![Edit::Pin { question: "Cats?".into(), passage: passage(1) }];
        let unpin = vec![Edit::Unpin { question: "Cats?".into() }];
        let settle = Change::Settle { topic: "cats".into() };
        let changes = [Change::Edit { edits: pin.clone(), inverse: unpin.clone() }, settle];
        store.commit(moderator(&store).await, &changes).await.unwrap();
        assert_eq!((open().await, counted().await), (None, 1));
        let StoreData::Unanswered(page) =
            found(&store, 1, StoreQuery::Unanswered { since: 0, skip: 0, take: 9 }).await else { panic!() };
        assert_eq!((page.all, page.items.len(), page.items[0].topic.as_str()), (1, 1, "fish"));
        // Asked once more, it is a question like any other, and can be dismissed.
        ask(&store, "More cats?", "cats", NOW + 9).await;
        assert_eq!(open().await, Some(("More cats?".to_owned(), 1)));
        let dismiss = [Change::Dismiss { topic: "cats".into() }];
        store.commit(moderator(&store).await, &dismiss).await.unwrap();
        assert_eq!(open().await, None);
        // Another change, undone, opens nothing; the pin, undone, opens what it answered.
        edit(&store, vec![Edit::Style(Some(Style::Plain))]).await.unwrap();
        let undo = |number, edits: &Vec<Edit>| [Change::Undo {
            number, edits: edits.clone(), inverse: Vec::new(),
        }];
        let plain = undo(2, &vec![Edit::Style(None)]);
        store.commit(moderator(&store).await, &plain).await.unwrap();
        assert_eq!(open().await, None);
        store.commit(moderator(&store).await, &undo(1, &unpin)).await.unwrap();
        assert_eq!(open().await, Some(("Cats, please?".to_owned(), 2)));
        assert_eq!(counted().await, 3);
    }

    async fn communities_do_not_see_one_another(database: &Database) {
        let store = database.open().await;
        edit(&store, every_edit()).await.unwrap();
        vote(&store, MEMBER, 1, Some(Vote::Down(Reason::Other))).await;
        ask(&store, "Cats?", "cats", NOW).await;
        for elsewhere in [Some(super::database::AWAY), None] {
            let seen = view(&store, elsewhere).await;
            assert_eq!((seen.revision, (*seen.community).clone()), (0, Community::default()));
            let asker = Author { guild: elsewhere, who: MEMBER, now: NOW, revision: 0 };
            let nothing = StoreData::Statistics(Statistics::default());
            assert_eq!(store.find(asker, &StoreQuery::Statistics).await, nothing);
            assert_eq!(store.find(asker, &StoreQuery::Vote(passage(1))).await, StoreData::Vote(None));
            assert_eq!(store.find(asker, &StoreQuery::Topic("cats".into())).await, StoreData::Topic(None));
        }
    }
}
