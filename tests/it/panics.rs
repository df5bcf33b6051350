//! A panic of the program while it answers: the person gets one neutral sentence, and everybody
//! else their answers.

use bot::{self, Action, MemberPermissions, Outcome, Reply, Request, Response, Venue, Who, texts};
use summit_bot::service::{self, Service, decide_or_apologize, isolate_future};
use summit_bot::settings::Settings;

use crate::support::file;

fn request(action: Action) -> Request {
    let who = Who { id: 1, powers: MemberPermissions::default(), roles: Vec::new() };
    Request { who, place: Venue::Direct, now: 0, action }
}

fn ask(question: &str) -> Action {
    let question = question.to_owned();
    Action::Ask { question, speaker: None, document: None, private: None }
}

fn faulty() -> Outcome {
    panic!("a fault of the program")
}

#[test]
fn a_panic_while_answering_is_an_apology() {
    let apology = Response::Message(Reply::note(texts::FAILED));
    let mention =
        Action::Mention { text: "who?".to_owned(), has_attachments: false, before: Vec::new() };
    let [command, option, typed] = ["ask", "speaker", "x"].map(str::to_owned);
    let typing = Action::Autocomplete { command, option, typed };
    for (action, expected) in [
        (ask("who?"), apology.clone()),
        (mention, apology),
        (typing, Response::Choices(Vec::new())),
    ] {
        let Outcome { say, changes } = decide_or_apologize(&request(action), faulty);
        assert_eq!((say, changes), (expected, Vec::new()));
    }
    let decided = Outcome { say: Response::Nothing, changes: Vec::new() };
    assert_eq!(decide_or_apologize(&request(Action::Help), || decided.clone()), decided);
}

#[tokio::test]
async fn a_panic_is_nobody_elses() {
    let mut settings = Settings::load(None).unwrap();
    settings.answer.encoder = false;
    let text = "The ferry leaves at nine.\n\nDogs must stay on a lead.\n";
    let files = [file("harbour.txt", text)];
    let service = Service::new(service::engine_of(&files, &settings).unwrap(), &settings);
    let asked = request(ask("When does the ferry leave?"));
    let failed = isolate_future(Box::pin(async {
        service.answer(&asked).await;
        faulty()
    }));
    assert_eq!(failed.await, None);
    let answer = service.answer(&asked).await;
    assert!(answer.to_string().contains("The ferry leaves at nine."), "{answer}");
}
