//! Questions that follow others on Discord, by value: what is taken from a reply, a thread, a
//! direct message or a button, that it is said, and that nothing else is believed.

use bot::community::{Community, Settings, Style, View};
use bot::{
    Action, ChannelPermissions, ComponentAction, CorpusVersion, Form, MemberPermissions,
    PriorMessage, Reply, Request, Response, Row, Target, Topic, Venue, Who, respond,
};
use insta::assert_snapshot;

use crate::support::article;

const CHANNEL: Venue =
    Venue::Server { guild: 1, channel: 2, parent: None, permits: ChannelPermissions::ALL };
const VACCINES: &str = "What did Ramaphosa say about vaccine imperialism?";

fn at(view: &View, place: Venue, action: Action) -> Response {
    let who = Who { id: 42, powers: MemberPermissions::default(), roles: Vec::new() };
    let request = Request { who, place, now: 0, action };
    let said = respond(article(), view, &request).say;
    super::bot_limits::assert_fits(&said, article().corpus());
    said
}

fn message(said: Response) -> Reply {
    match said {
        Response::Message(reply) => reply,
        other => panic!("no message: {other}"),
    }
}

fn mention(text: &str, before: Vec<PriorMessage>) -> Action {
    Action::Mention { text: text.to_owned(), has_attachments: false, before }
}

fn ask(question: &str) -> Action {
    Action::Ask { question: question.to_owned(), speaker: None, document: None, private: None }
}

fn reply_to(text: &str, before: Vec<PriorMessage>) -> Reply {
    message(at(&View::default(), CHANNEL, mention(text, before)))
}

/// In text, without the edition of the article.
fn drawn(said: &impl ToString) -> String {
    let edition = CorpusVersion::of(article().corpus()).to_string();
    said.to_string().replace(&edition, "EDITION")
}

fn person(id: u64, text: &str) -> PriorMessage {
    let (cards, components) = (Vec::new(), Vec::new());
    PriorMessage { id, is_ours: false, text: text.to_owned(), cards, components, replies_to: None }
}

/// A reply of the bot, as Discord gives it back.
fn ours(id: u64, reply: &Reply, replies_to: Option<u64>) -> PriorMessage {
    PriorMessage {
        id,
        is_ours: true,
        text: reply.content(),
        cards: reply.cards().map(|card| card.description.clone()).collect(),
        components: buttons(reply)
            .iter()
            .filter_map(|(_, id)| ComponentAction::parse(id).ok())
            .collect(),
        replies_to,
    }
}

/// Labels and ids.
fn buttons(reply: &Reply) -> Vec<(String, String)> {
    let rows = reply.rows().iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Select(_) => Vec::new(),
    });
    let pressed = rows.filter_map(|button| match button.target {
        Target::Press(id) | Target::Danger(id) => Some((button.label, id)),
        Target::Link(_) => None,
    });
    pressed.collect()
}

fn press(reply: &Reply, label: &str) -> Action {
    let (_, component_id) = buttons(reply).into_iter().find(|(text, _)| text == label).unwrap();
    let component = ComponentAction::parse(&component_id);
    Action::Press { component, values: Vec::new(), is_private: false }
}

/// A question and the answer to it, as they stand in a channel.
fn exchange(view: &View, question: &str) -> Vec<PriorMessage> {
    let answer = message(at(view, CHANNEL, mention(question, Vec::new())));
    vec![person(1, question), ours(2, &answer, Some(1))]
}

#[test]
fn a_reply_follows_the_answer_and_its_question() {
    let before = exchange(&View::default(), VACCINES);
    assert_snapshot!(drawn(&reply_to("and Cuba?", before)), @r"
    (public)
    About\: vaccine imperialism
    ┌ Miguel Diaz-Canel, 1st Secretary of the Communist Party of Cuba and President of Cuba · own words as printed, without quotation marks
    │ > With the triumph of the Cuban revolution, a colonial past and imperialist plundering have come to an end.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶38 · characters 15300–15405
    [ More context ](c1:EDITION:109) [ Other passages (4) ](o1:EDITION:115+1,107+1,117+1,113+1) [ Cite ](t1:EDITION:109)
    ");
}

#[test]
fn a_chain_of_replies_is_followed() {
    let mut before = exchange(&View::default(), "What did Ramaphosa say about vaccines?");
    let second = reply_to("and Cuba?", before.clone());
    before.extend([
        PriorMessage { replies_to: Some(2), ..person(3, "and Cuba?") },
        ours(4, &second, Some(3)),
    ]);
    let third = reply_to("and Zimbabwe?", before);
    assert!(third.content().contains("vaccine"), "{third}");
    assert!(third.cards().any(|card| card.author.contains("Mnangagwa")), "{third}");
}

#[test]
fn a_question_that_stands_on_its_own_takes_nothing() {
    let before = exchange(&View::default(), VACCINES);
    for question in [VACCINES, "What did Xi say about democracy?", "Who is the pope?", ""] {
        assert_eq!(reply_to(question, before.clone()), reply_to(question, Vec::new()));
    }
}

#[test]
fn the_passage_is_the_one_that_was_shown_in_either_style() {
    for style in [Style::Card, Style::Plain] {
        let settings = Settings { style: Some(style), ..Settings::default() };
        let view = View {
            community: Community { settings, ..Community::default() }.into(),
            ..View::default()
        };
        let before = exchange(&view, VACCINES);
        let again = message(at(&view, CHANNEL, mention("Who said that?", before)));
        let drawn = drawn(&again);
        assert!(drawn.contains("About the previous passage"), "{drawn}");
        assert!(drawn.contains("vaccine imperialism"), "{drawn}");
    }
}

#[test]
fn a_passage_counts_as_shown_only_where_the_message_shows_it() {
    let before = exchange(&View::default(), VACCINES);
    let is_believed = |change: &dyn Fn(&mut PriorMessage)| {
        let mut answer = before[1].clone();
        change(&mut answer);
        // "That" is the passage, and without the question there is nothing else to go by.
        let reply = reply_to("Who said that?", vec![answer]);
        reply.cards().any(|card| card.description.contains("vaccine imperialism"))
    };
    assert!(is_believed(&|_| ()));
    assert!(!is_believed(&|answer| answer.is_ours = false));
    assert!(!is_believed(&|answer| answer.cards.clear()));
    assert!(!is_believed(&|answer| answer.cards = vec!["> Ramaphosa".to_owned()]));
    assert!(!is_believed(&|answer| answer.components.clear()));
    let with_ids = |answer: &mut PriorMessage, change: &dyn Fn(&str) -> String| {
        let ids = answer.components.iter().map(|(edition, press)| change(&press.id(*edition)));
        answer.components = ids.filter_map(|id| ComponentAction::parse(&id).ok()).collect();
    };
    let edition = CorpusVersion::of(article().corpus()).to_string();
    assert!(!is_believed(&|answer| with_ids(answer, &|id| id.replace(&edition, "00000001"))));
    assert!(!is_believed(&|answer| with_ids(answer, &|id| id.replace(":52", ":53"))));
    assert!(!is_believed(&|answer| with_ids(answer, &|id| format!("{id}:x"))));
}

#[test]
fn without_its_question_an_answer_still_has_its_passage() {
    let before = exchange(&View::default(), VACCINES);
    let reply = reply_to("more context please", vec![before[1].clone()]);
    assert!(reply.cards().next().unwrap().author.contains("Ramaphosa"), "{reply}");
}

#[test]
fn an_abstention_is_followed_too() {
    let before = exchange(&View::default(), "What did Xi say about football?");
    let reply = reply_to("and about democracy?", before);
    assert!(drawn(&reply).contains("About\\: Xi Jinping"), "{reply}");
}

#[test]
fn the_button_opens_a_form_for_a_question_about_the_answer() {
    let answer = message(at(&View::default(), CHANNEL, ask(VACCINES)));
    let opened = at(&View::default(), CHANNEL, press(&answer, "Ask about this"));
    assert_snapshot!(drawn(&opened), @r"
    (opens a form)
    Ask about this
    Your question, in your own words: What else? · Why? · What about …? (at most 300)
    (q1:EDITION:52:What did Ramaphosa say about vaccine imperialism)
    ");
    let Response::Form(Form { component_id, .. }) = opened else { panic!("{opened}") };
    let send = |text: &str, is_private| {
        let (component, text) = (ComponentAction::parse(&component_id), text.to_owned());
        message(at(&View::default(), CHANNEL, Action::Form { component, text, is_private }))
    };
    assert_snapshot!(drawn(&send("and Cuba?", false)), @r"
    (public)
    About\: vaccine imperialism
    ┌ Miguel Diaz-Canel, 1st Secretary of the Communist Party of Cuba and President of Cuba · own words as printed, without quotation marks
    │ > With the triumph of the Cuban revolution, a colonial past and imperialist plundering have come to an end.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶38 · characters 15300–15405
    [ More context ](c1:EDITION:109) [ Other passages (4) ](o1:EDITION:115+1,107+1,117+1,113+1) [ Ask about this ](a1:EDITION:109:and Cuba vaccine imperialism) [ Cite ](t1:EDITION:109)
    ");
    let private = drawn(&send("and Cuba?", true));
    assert!(private.starts_with("(private)"), "{private}");
    assert!(drawn(&send("more context please", false)).contains("Ramaphosa continued"));
    assert!(drawn(&send(&"x".repeat(301), false)).contains("301 characters"));
}

#[test]
fn what_a_follow_up_took_over_stands_on_the_next_button() {
    let before = exchange(&View::default(), "What did Ramaphosa say about vaccines?");
    let answer = message(at(&View::default(), CHANNEL, ask("What did Ramaphosa say of vaccines?")));
    let Response::Form(Form { component_id, .. }) =
        at(&View::default(), CHANNEL, press(&answer, "Ask about this"))
    else {
        panic!()
    };
    let component = ComponentAction::parse(&component_id);
    let action = Action::Form { component, text: "and Cuba?".to_owned(), is_private: false };
    let second = message(at(&View::default(), CHANNEL, action));
    let (_, id) = buttons(&second).into_iter().find(|(text, _)| text == "Ask about this").unwrap();
    let Ok((_, ComponentAction::Ask(Topic { words, .. }))) = ComponentAction::parse(&id) else {
        panic!("{id}")
    };
    assert_eq!(words, "and Cuba vaccines");
    let by_reply = reply_to("and Cuba?", before);
    assert_eq!(second.cards().next(), by_reply.cards().next());
}

#[test]
fn where_every_message_is_heard_there_is_no_such_button() {
    let direct = message(at(&View::default(), Venue::Direct, ask(VACCINES)));
    let replied = reply_to(VACCINES, Vec::new());
    for reply in [direct, replied] {
        assert!(!drawn(&reply).contains("Ask about this"), "{reply}");
    }
    let abstained = message(at(&View::default(), CHANNEL, ask("Who is the pope?")));
    assert!(drawn(&abstained).contains("Ask about this"), "{abstained}");
}

#[test]
fn old_and_broken_forms_are_said_to_be_so() {
    let topic = || Topic { runs: Vec::new(), words: "vaccines".to_owned() };
    let send = |component_id: &str| {
        let component = ComponentAction::parse(component_id);
        let action = Action::Form { component, text: "and Cuba?".to_owned(), is_private: false };
        message(at(&View::default(), CHANNEL, action)).content()
    };
    let edition = CorpusVersion::of(article().corpus());
    let good = ComponentAction::Asked(topic()).id(edition);
    assert!(send(&good).contains("About"), "{}", send(&good));
    let changed = ComponentAction::Asked(topic()).id(CorpusVersion::from_number(1));
    assert_eq!(send(&changed), "The document has changed since. Please ask again.");
    assert_eq!(
        send(&good.replace("q1", "q0")),
        "That button is from an older version of me. Please ask again."
    );
    for broken in ["", "q1", "q1::", "x", &ComponentAction::Help.id(edition), &good.repeat(9)] {
        assert_eq!(send(broken), "That button no longer works.", "{broken}");
    }
    let component = ComponentAction::parse(&good);
    let pressed = Action::Press { component, values: Vec::new(), is_private: false };
    let pressed = message(at(&View::default(), CHANNEL, pressed)).content();
    assert_eq!(pressed, "That button no longer works.");
}
