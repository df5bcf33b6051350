//! What people are told on Discord, by value: each action on the article, hostile input, and the
//! limits of Discord.

use bot::community::{Excerpts, Mentions, Settings, Style, View, Visibility};
use bot::{
    Action, Audience, ChannelPermissions, ComponentAction, CorpusVersion, MemberPermissions,
    Outcome, Reply, Request, Response, Row, Target, Venue, Who, respond,
};
use engine::answer::Engine;
use insta::assert_snapshot;

use crate::support::{article, engine, file, set};

const CHANNEL: Venue =
    Venue::Server { guild: 1, channel: 2, parent: None, permits: ChannelPermissions::ALL };
const SILENT: ChannelPermissions = ChannelPermissions { view: true, send: false, embed: true };
const WITHOUT_EMBEDS: ChannelPermissions =
    ChannelPermissions { view: true, send: true, embed: false };
const MEMBER: Who =
    who(42, MemberPermissions { may_manage_server: false, may_manage_messages: false });
const MODERATOR: Who =
    who(7, MemberPermissions { may_manage_server: false, may_manage_messages: true });

fn plain() -> View {
    set(Settings { style: Some(Style::Plain), ..Settings::default() })
}

const fn who(id: u64, powers: MemberPermissions) -> Who {
    Who { id, powers, roles: Vec::new() }
}

/// What a member of a server is told of the article.
fn check(action: Action) -> String {
    without_edition(&say(action))
}

/// In text, without the edition of the article: it changes with every word of its annotation.
fn without_edition(say: &Response) -> String {
    let edition = CorpusVersion::of(article().corpus()).to_string();
    say.to_string().replace(&edition, "EDITION")
}

fn say(action: Action) -> Response {
    at(CHANNEL, action)
}

fn at(place: Venue, action: Action) -> Response {
    outcome(article(), &View::default(), MEMBER, place, action)
}

fn viewed(view: &View, action: Action) -> String {
    without_edition(&outcome(article(), view, MEMBER, CHANNEL, action))
}

fn outcome(engine: &Engine, view: &View, who: Who, place: Venue, action: Action) -> Response {
    let request = Request { who, place, now: 0, action };
    let Outcome { say, changes } = respond(engine, view, &request);
    assert!(changes.is_empty());
    super::bot_limits::assert_fits(&say, engine.corpus());
    say
}

fn ask(question: &str) -> Action {
    Action::Ask { question: question.to_owned(), speaker: None, document: None, private: None }
}

fn ask_speaker(question: &str, speaker: &str) -> Action {
    let speaker = Some(speaker.to_owned());
    Action::Ask { question: question.to_owned(), speaker, document: None, private: None }
}

fn mention(text: &str) -> Action {
    Action::Mention { text: text.to_owned(), has_attachments: false, before: Vec::new() }
}

fn verify(quote: &str, speaker: Option<&str>) -> Action {
    Action::Verify { quote: quote.to_owned(), speaker: speaker.map(str::to_owned), private: None }
}

fn passage(place: &str) -> Action {
    Action::Passage { place: place.to_owned() }
}

fn find(message: &str) -> Action {
    Action::FindInDocument { message: message.to_owned() }
}

fn check_quotations(message: &str) -> Action {
    Action::CheckQuotations { message: message.to_owned() }
}

fn press(component_id: &str) -> Action {
    let component = ComponentAction::parse(component_id);
    Action::Press { component, values: Vec::new(), is_private: true }
}

fn typing(option: &str, typed: &str) -> Action {
    Action::Autocomplete {
        command: "ask".to_owned(),
        option: option.to_owned(),
        typed: typed.to_owned(),
    }
}

fn message(say: Response) -> Reply {
    match say {
        Response::Message(reply) | Response::Update(reply) => reply,
        other => panic!("no message: {other}"),
    }
}

/// The id behind the button whose label begins so.
fn button(reply: &Reply, label: &str) -> String {
    let buttons = reply.rows().iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.clone(),
        Row::Select(_) => Vec::new(),
    });
    let found = buttons.into_iter().find(|button| button.label.starts_with(label));
    match found.unwrap_or_else(|| panic!("no button {label}: {reply}")).target {
        Target::Press(id) | Target::Danger(id) => id,
        Target::Link(url) => url,
    }
}

const VACCINES: &str = "What did Ramaphosa say about vaccine imperialism?";
const UNANSWERED: &str = "What is the population of Iceland?";

#[test]
fn an_answer_is_a_card() {
    assert_snapshot!(check(ask(VACCINES)), @"
    (public)
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances.
    └ “vaccine imperialism,” and “morally indefensible” in quotation marks
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7370–7615
    [ More context ](c1:EDITION:52) [ Other passages (4) ](o1:EDITION:53,50+1,54+1,48+1) [ Ask about this ](a1:EDITION:52:What did Ramaphosa say about vaccine imperialism) [ Cite ](t1:EDITION:52)
    ");
}

#[test]
fn an_abstention_is_private() {
    assert_snapshot!(check(ask(UNANSWERED)), @r"
    (private)
    **This document doesn’t answer that.**
    I can only quote “CPC and world political parties summit”, and found nothing there that surely answers this. Try other words, or the name of a speaker.
    [ Show the nearest passages ](n1:EDITION:28,115+1,113+1,117) [ Ask about this ](a1:EDITION::What is the population of Iceland) [ Help ](h1:EDITION)
    ");
}

#[test]
fn a_plain_answer_has_the_attribution_beneath() {
    assert_snapshot!(viewed(&plain(), ask(VACCINES)), @r"
    (public)
    > Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances.
    — **Cyril Ramaphosa**, President of the African National Congress \(ANC\) and of South Africa · reported by the article’s author · ¶28
    “vaccine imperialism,” and “morally indefensible” in quotation marks
    [ More context ](c1:EDITION:52) [ Other passages (4) ](o1:EDITION:53,50+1,54+1,48+1) [ Ask about this ](a1:EDITION:52:What did Ramaphosa say about vaccine imperialism) [ Cite ](t1:EDITION:52)
    [ 👍 ](m1:EDITION:+52) [ 👎 ](m1:EDITION:-52)
    ");
}

#[test]
fn without_the_permission_to_embed_an_answer_is_plain() {
    let place = Venue::Server { guild: 1, channel: 2, parent: None, permits: WITHOUT_EMBEDS };
    let reply = message(at(place, ask(VACCINES)));
    assert!(reply.suppresses_embeds() && reply.content().starts_with("> Ramaphosa continued"));
}

#[test]
fn an_answer_shows_as_many_excerpts_as_the_server_wants() {
    for (wanted, shown) in [(0, 1), (1, 1), (3, 3), (99, 3)] {
        let view =
            set(Settings { excerpts: Some(Excerpts::nearest(wanted)), ..Settings::default() });
        let action = ask("What did Xi say about democracy?");
        let reply = message(outcome(article(), &view, MEMBER, CHANNEL, action));
        assert_eq!(reply.cards().count(), shown, "{wanted}");
    }
}

#[test]
fn an_answer_is_as_private_as_asked_for() {
    let private = set(Settings { reply: Some(Visibility::Private), ..Settings::default() });
    let cases = [
        (View::default(), CHANNEL, None, Audience::Public),
        (View::default(), CHANNEL, Some(true), Audience::Private),
        (private.clone(), CHANNEL, None, Audience::Private),
        (private, CHANNEL, Some(false), Audience::Public),
        (View::default(), Venue::Elsewhere, None, Audience::Private),
        (View::default(), Venue::Elsewhere, Some(false), Audience::Public),
    ];
    for (view, place, wish, audience) in cases {
        let question = VACCINES.to_owned();
        let action = Action::Ask { question, speaker: None, document: None, private: wish };
        let reply = message(outcome(article(), &view, MEMBER, place, action));
        assert_eq!(reply.audience(), audience, "{place:?} {wish:?}");
    }
}

#[test]
fn the_speaker_asked_for_is_heard_or_named_as_unknown() {
    assert_snapshot!(check(ask_speaker("What about vaccines?", "Ramaphoso*")), @r"
    (private)
    No speaker is called “Ramaphoso\*”. Did you mean Cyril Ramaphosa?
    ");
    assert_snapshot!(check(ask_speaker("What about vaccines?", "[x](https://a.b) @everyone")), @r"
    (private)
    No speaker is called “\[x\]\(https\:\/\/a.b\) \@everyone”.
    ");
}

#[test]
fn a_question_that_is_none_gets_one_sentence() {
    assert_snapshot!(check(ask("  ")), @r"
    (private)
    I don’t see a question in that. Type one in your own words.
    ");
    assert_snapshot!(check(ask(&"a".repeat(301))), @r"
    (private)
    Your question has 301 characters; the limit is 300.
    ");
    assert_snapshot!(check(ask(&"🦀 ".repeat(50_000))), @r"
    (private)
    Your question has 150,000 characters; the limit is 300.
    ");
    assert_snapshot!(check(ask("what is it?")), @r"
    (private)
    **I don’t see a question in that.**
    Ask about “CPC and world political parties summit”\: with a name, a country or a topic, for example “What did … say about vaccines?”
    [ Help ](h1:EDITION)
    ");
}

#[test]
fn a_mention_is_answered_in_public() {
    assert_snapshot!(check(mention(UNANSWERED)), @r"
    (public)
    **This document doesn’t answer that.** I can only quote “CPC and world political parties summit”, and found nothing there that surely answers this. Try other words, or the name of a speaker.
    [ Help ](h1:EDITION)
    ");
    assert_snapshot!(check(mention("")), @r"
    (public)
    Mention me with a question, and I answer with the passage that answers it, word for word. More: `/help`
    ");
    let files = Action::Mention { text: " ".to_owned(), has_attachments: true, before: Vec::new() };
    assert_snapshot!(check(files), @r"
    (public)
    I can’t read attachments. Please write your question as text.
    ");
    let long = mention(&"why ".repeat(200));
    assert_snapshot!(check(long), @r"
    (public)
    Your question has 800 characters; the limit is 300.
    ");
    let reply = message(at(CHANNEL, mention(VACCINES)));
    assert_eq!((reply.audience(), reply.cards().count()), (Audience::Public, 1));
}

#[test]
fn a_mention_is_left_unanswered_where_nobody_wants_or_could_see_an_answer() {
    let off = set(Settings { mentions: Some(Mentions::Off), ..Settings::default() });
    assert_eq!(outcome(article(), &off, MEMBER, CHANNEL, mention(VACCINES)), Response::Nothing);
    let silent = Venue::Server { guild: 1, channel: 2, parent: None, permits: SILENT };
    assert_eq!(at(silent, mention(VACCINES)), Response::Nothing);
    let direct = outcome(article(), &off, MEMBER, Venue::Direct, mention(UNANSWERED));
    assert!(direct.to_string().contains("Show the nearest passages"));
}

#[test]
fn a_passage_is_found_by_its_place() {
    assert_snapshot!(check(passage("¶9")), @"
    (public)
    ┌ Xi Jinping, General Secretary of the Central Committee of the CPC and President of the People’s Republic of China · reported by the article’s author
    │ > All countries and nations are equally entitled to opportunities and rights to develop and modernize in a way that suits their national conditions and in their own fashion, he said. No country should be left behind. Xi frequently repeated the imperative that development must be people centered.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶9 · characters 1740–2034
    [ More context ](c1:EDITION:12+2) [ Cite ](t1:EDITION:12+2)
    ");
    assert_snapshot!(check(passage(" 28.2 ")), @"
    (public)
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ More context ](c1:EDITION:53) [ Cite ](t1:EDITION:53)
    ");
    assert_snapshot!(check(passage("¶8")), @r"
    (private)
    ¶8 isn’t part of the text itself (it is a heading, a repetition or the site’s own text), so I don’t quote it.
    ");
    assert_snapshot!(check(passage("99")), @r"
    (private)
    There is no ¶99; this document has 56 paragraphs.
    ");
    assert_snapshot!(check(passage("28.99")), @r"
    (private)
    There is no sentence 99 in ¶28, which has 4 sentences.
    ");
    assert_snapshot!(check(passage("**the end**")), @r"
    (private)
    I don’t know the place “\*\*the end\*\*”. Type a paragraph number such as 12, or pick one from the list.
    ");
    let by_words = say(passage("vaccine Imperialism"));
    assert_eq!(by_words, say(passage("¶28")));
    assert_eq!(by_words, say(passage("¶２８")));
    let huge = check(passage("¶99999999999999999999"));
    assert!(huge.contains("There is no paragraph with that number; this document has "), "{huge}");
    for place in ["¶0", "¶-1", "28;29", "¶28..¶999999", "../../etc/passwd", "", "¶", "."] {
        let reply = message(say(passage(place)));
        assert_eq!((reply.audience(), reply.cards().count()), (Audience::Private, 0), "{place}");
    }
}

#[test]
fn a_quotation_is_checked() {
    let exact = "no person should be denied vaccine because of where he or she lives";
    assert_snapshot!(check(verify(exact, Some("Xi"))), @"
    (public)
    **These words are in the document, as part of a longer sentence.**
    These words are given to Cyril Ramaphosa, not to Xi Jinping.
    **Bold**: what was quoted.
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as **no person should be denied vaccine because of where he or she lives**, gender, race, language, or personal circumstances.
    └ “vaccine imperialism,” and “morally indefensible” in quotation marks
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7370–7615
    [ More context ](c1:EDITION:52) [ Cite ](t1:EDITION:52)
    ");
    let near = "we must take a firm stance against “vaccine imperialism”";
    assert_snapshot!(check(verify(near, None)), @"
    (public)
    **Something very close is in the document, but not word for word.**
    **Bold**: what was quoted. __Underlined__: what differs.
    ┌ As claimed
    │ > **we must take a firm** __stance__ **against “vaccine imperialism**”
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > Ramaphosa continued, stating that **we must take a firm** __stand__ **against “vaccine imperialism**,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances.
    └ “vaccine imperialism,” and “morally indefensible” in quotation marks
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7370–7615
    [ More context ](c1:EDITION:52) [ Cite ](t1:EDITION:52)
    ");
    let with_omission = "The conference took place … on July 6";
    assert_snapshot!(check(verify(with_omission, None)), @"
    (public)
    **This is in the document, shortened.**
    **Bold**: what was quoted. __Underlined__: what was left out.
    ┌ Henry Lowendorf · the author’s own comment
    │ > **The conference took place** __via Zoom__ **on July 6**.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶4 · characters 309–354
    [ More context ](c1:EDITION:4) [ Cite ](t1:EDITION:4)
    ");
    assert_snapshot!(check(verify("The moon is made of green cheese", None)), @r"
    (private)
    **I can’t find this in the document. It may be a paraphrase, or made up.**
    ");
    assert_snapshot!(check(verify("…", None)), @r"
    (private)
    There is no word in this quotation, so there is nothing to check.
    ");
    assert_snapshot!(check(verify(&"word ".repeat(1_000), None)), @r"
    (private)
    Your quotation has 5,000 characters; the limit is 2,000. Check it in parts.
    ");
}

#[test]
fn a_plain_check_of_a_quotation_shows_claim_and_source() {
    let view = plain();
    let claim = "The *conference* took place\nvia Skype on July 6";
    assert_snapshot!(viewed(&view, verify(claim, Some("Cuba"))), @r"
    (public)
    **Changed\: “Zoom” to “Skype”. The sentence says something else.**
    The printed words are the author’s, not Miguel Diaz-Canel’s.
    **Bold**: what was quoted. __Underlined__: what differs.

    As claimed:
    > **The \*conference\* took place via** __Skype__ **on July 6**

    > **The conference took place via** __Zoom__ **on July 6**.
    — **Henry Lowendorf** · the author’s own comment · ¶4
    [ More context ](c1:EDITION:4) [ Cite ](t1:EDITION:4)
    ");
}

#[test]
fn quotations_of_a_message_are_checked_one_by_one() {
    let message = "Did he say “no person should be denied vaccine” and \
                   “@everyone is a [hero](https://a.b)”?";
    assert_snapshot!(check(check_quotations(message)), @"
    (private)
    **1** “no person should be denied vaccine”
    **These words are in the document, as part of a longer sentence.**
    **Bold**: what was quoted.
    ┌ 1 · Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as **no person should be denied vaccine** because of where he or she lives, gender, race, language, or personal circumstances.
    └ “vaccine imperialism,” and “morally indefensible” in quotation marks
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7370–7615
    [ More context ](c1:EDITION:52) [ Share ](s1:EDITION:52) [ Cite ](t1:EDITION:52)
    ");
    assert_snapshot!(check(check_quotations("a ".repeat(2_500).as_str())), @"
    (private)
    I found no quotation in this message. Put the words in quotation marks, or use /verify.
    ");
    assert_snapshot!(check(check_quotations("\n ")), @r"
    (private)
    That message has no text that I can read.
    ");
    let six = "“one two” “three four” “five six” “seven eight” “nine ten” “eleven twelve”";
    assert!(check(check_quotations(six)).contains("1 more quotation not checked."));
}

#[test]
fn a_message_is_looked_up_in_private() {
    let reply = message(say(find(VACCINES)));
    assert_eq!(reply.audience(), Audience::Private);
    assert!(!button(&reply, "Share").is_empty());
    assert_snapshot!(check(find("")), @r"
    (private)
    That message has no text that I can read.
    ");
}

#[test]
fn more_context_shows_the_paragraphs_around() {
    let answer = message(say(ask(VACCINES)));
    let context = say(press(&button(&answer, "More context")));
    assert_snapshot!(without_edition(&context), @r"
    (private)
    The surrounding text. The quoted passage is in bold.
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > Cyril Ramaphosa, President of the African National Congress \(ANC\) and of South Africa, began by immediately referring to the celebration this year of the100th anniversary of the South African Communist Party, with which he said the ANC works closely and which played a central role in the struggle for freedom and democracy. Ramaphosa praised China for being a good and loyal friend, offering unwavering support as the South African and other African peoples fought for independence. He praised China’s Belt and Road Initiative in developing extensive skills, offering help in economic reform, enhanced trade and greater integration among African economies. Regarding the Covid-19 pandemic, Ramaphosa thanked the government and people of China for their generous provision of vaccines, personal protective equipment \(PPE\), and vital supplies. China, he offered, was a bridge in the huge divide that exists between rich and poor.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶27 · characters 6440–7368
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > **Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances.** South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet. He wholeheartedly endorsed Chairman Xi’s statement that people are the true heroes who create history. He finished by calling the CPC a true, reliable, and valued friend.
    └ “vaccine imperialism,” and “morally indefensible” in quotation marks
    └ “people are the true heroes who create history”: Xi Jinping, quoted by Cyril Ramaphosa, reported by the article’s author
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7370–7910
    ┌ Henry Lowendorf · the author’s own comment
    │ > Many respected national leaders made clear that China’s massive multilateral economic development project, the Belt and Road Initiative, deeply benefits their nations, contrary to the “debt trap” narrative being maliciously spread by U.S. imperialism.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶29 · characters 7912–8163
    [ ← Earlier ](k1:EDITION:52:-3) [ Later → ](k1:EDITION:52:3)
    ");
    let earlier = say(press(&button(&message(context), "← Earlier")));
    assert!(matches!(earlier, Response::Update(_)));
    assert_snapshot!(without_edition(&earlier).lines().last().unwrap(), @"[ ← Earlier ](k1:EDITION:52:-6) [ Later → ](k1:EDITION:52:0)");
}

#[test]
fn context_can_be_paged_through_from_end_to_end() {
    let mut reply = message(say(press(&button(&message(say(ask(VACCINES))), "More context"))));
    let mut seen = Vec::new();
    for label in ["← Earlier", "Later →"] {
        while reply.to_string().contains(label) {
            reply = message(say(press(&button(&reply, label))));
            seen.extend(reply.cards().map(|card| card.footer.clone()));
        }
    }
    let has = |paragraph: &str| seen.iter().any(|footer| footer.contains(paragraph));
    assert!(has("¶1 ·") && has("¶42 ·") && !has("¶8 ·") && !has("¶50 ·"), "{seen:#?}");
}

#[test]
fn other_passages_are_chosen_from_a_menu_and_shared() {
    let answer = message(say(ask(VACCINES)));
    let menu = say(press(&button(&answer, "Other passages")));
    assert_snapshot!(without_edition(&menu), @r"
    (private)
    Other passages
    [ Choose a passage ▾ ](p1:EDITION:53,50+1,54+1,48+1)
        53 = ¶28 · Cyril Ramaphosa | South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developin…
        50+1 = ¶27 · Cyril Ramaphosa | Regarding the Covid-19 pandemic, Ramaphosa thanked the government and people of China for their gen…
        54+1 = ¶28 · Cyril Ramaphosa | He wholeheartedly endorsed Chairman Xi’s statement that people are the true heroes who create histo…
        48+1 = ¶27 · Cyril Ramaphosa | Ramaphosa praised China for being a good and loyal friend, offering unwavering support as the South…
    ");
    let menu = message(menu);
    let [Row::Select(select)] = menu.rows() else { panic!("{menu}") };
    let pick = |values: &[&str]| Action::Press {
        component: ComponentAction::parse(&select.component_id),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        is_private: true,
    };
    let value = &*select.entries[0].value;
    let picked = say(pick(&[value]));
    assert_snapshot!(without_edition(&picked), @"
    (updates the message)
    (private)
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ More context ](c1:EDITION:53) [ Share ](s1:EDITION:53) [ Cite ](t1:EDITION:53)
    [ Choose a passage ▾ ](p1:EDITION:53,50+1,54+1,48+1)
        53 = ¶28 · Cyril Ramaphosa | South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developin…
        50+1 = ¶27 · Cyril Ramaphosa | Regarding the Covid-19 pandemic, Ramaphosa thanked the government and people of China for their gen…
        54+1 = ¶28 · Cyril Ramaphosa | He wholeheartedly endorsed Chairman Xi’s statement that people are the true heroes who create histo…
        48+1 = ¶27 · Cyril Ramaphosa | Ramaphosa praised China for being a good and loyal friend, offering unwavering support as the South…
    ");
    let Response::Update(picked) = picked else { panic!("{picked}") };
    assert_snapshot!(check(press(&button(&picked, "Share"))), @"
    (updates the message)
    (private)
    Shared.
    (posts)
    (public)
    Shared by <@42>
    ┌ Cyril Ramaphosa, President of the African National Congress (ANC) and of South Africa · reported by the article’s author
    │ > South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet.
    └ CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 · characters 7616–7739
    [ More context ](c1:EDITION:53) [ Cite ](t1:EDITION:53)
    ");
    for values in [&[][..], &[value, value], &["0"], &["x"], &["4294967295+99"]] {
        assert!(say(pick(values)).to_string().contains("no longer works"), "{values:?}");
    }
}

#[test]
fn the_nearest_passages_are_no_answer() {
    let abstention = message(say(ask("What did Xi say about football?")));
    let nearest = message(say(press(&button(&abstention, "Show the nearest passages"))));
    assert_eq!(nearest.audience(), Audience::Private);
    assert_eq!(nearest.content(), "Nearest in wording. **Not an answer.**");
    assert!(nearest.cards().count() > 1);
}

#[test]
fn help_says_how_to_ask() {
    assert_snapshot!(check(Action::Help), @r"
    (private)
    **Ask, and I answer with a passage of the document, word for word, and say whose words they are.**
    `/ask` – your question, for example: What did Xi Jinping say about …?
    `/passage` – a paragraph by its number, for example: ¶12
    `/verify` – a quotation you want to check, for example: “The truth is quite different.” (Miguel Diaz-Canel)
    You can also mention me with a question, write to me directly, or use *Find in the document* and *Check quotations* in the menu of a message.
    **What I quote**
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · version EDITION
    I never put anything in my own words, never give an opinion, and say so when the document doesn’t answer.
    ");
    let help = message(say(press(&button(&message(say(ask(UNANSWERED))), "Help"))));
    assert_eq!(help, message(say(Action::Help)));
}

#[test]
fn privacy_says_what_is_true() {
    assert_snapshot!(check(Action::Privacy), @r"
    (private)
    **Nothing about you is kept.**
    I read only what you send me: commands, mentions, direct messages, and a message that you point me at. Where a question points back (“and the others?”), I look once at the answer that you reply to, or at what was asked of me before it in the same thread or direct message. I cannot read anything else.
    Your question is used to search and then forgotten. It is not stored and not logged; the button *Ask about this* stores its key words in the message itself, at Discord.
    I keep no settings, no votes and no lists of questions, of you or of this server, so there is nothing to delete.
    Nothing leaves the machine that I run on but what I say to Discord: no model, no analytics, no other service.
    I ping nobody, and I never write to you first.
    Every quotation is compared with the document before it is sent; if it differs, you get an error and no quotation.
    ");
}

#[test]
fn an_answer_is_removed_by_its_asker_or_a_moderator() {
    let remove = |who, place, is_ours, asker| {
        let action = Action::RemoveAnswer { is_ours, asker };
        match outcome(article(), &View::default(), who, place, action) {
            Response::Delete(_) => "removed".to_owned(),
            other => message(other).content(),
        }
    };
    assert_eq!(remove(MEMBER, CHANNEL, true, Some(MEMBER.id)), "removed");
    assert_eq!(remove(MODERATOR, CHANNEL, true, None), "removed");
    assert_eq!(remove(MEMBER, Venue::Direct, true, None), "removed");
    assert_snapshot!(remove(MEMBER, CHANNEL, true, None), @"Only the person who asked, or a moderator with *Manage Messages*, can remove this answer.");
    assert_snapshot!(remove(MODERATOR, CHANNEL, false, Some(MODERATOR.id)), @"I can only remove my own answers, and this message isn’t one.");
    let elsewhere = remove(MODERATOR, Venue::Elsewhere, true, Some(1));
    assert!(elsewhere.starts_with("Only the person who asked"), "{elsewhere}");
}

#[test]
fn permission_bits_are_read_as_numbers_or_give_nothing() {
    let all = MemberPermissions { may_manage_server: true, may_manage_messages: true };
    assert_eq!(MemberPermissions::parse("8"), all);
    assert_eq!(MemberPermissions::parse("8224"), all);
    assert_eq!(MemberPermissions::parse("8192"), MODERATOR.powers);
    for none in ["0", "", "abc", "-1", "+8", " 8", "99999999999999999999"] {
        assert_eq!(MemberPermissions::parse(none), MEMBER.powers, "{none}");
    }
}

#[test]
fn speakers_and_places_are_offered_while_typing() {
    assert_snapshot!(check(typing("speaker", "ra")), @"Cyril Ramaphosa = Cyril Ramaphosa");
    assert_snapshot!(check(typing("speaker", "DIAZ")), @"Miguel Diaz-Canel = Miguel Diaz-Canel");
    assert_snapshot!(check(typing("place", "¶28")), @"¶28 · Cyril Ramaphosa · Ramaphosa continued, stating that we must take a firm stand against “vaccin… = ¶28");
    assert_snapshot!(check(typing("place", "hegemony")), @r"
    ¶14 · Xi Jinping · Alluding to the colonial wars that held China in chains beginning in the early 1… = ¶14
    ¶19 · Xi Jinping · The widespread response to the CPC’s invitation makes clear that, despite the ef… = ¶19
    ");
    assert_snapshot!(check(typing("question", "x")), @"");
    for typed in ["", "@everyone", &"x".repeat(6_000)] {
        check(typing("speaker", typed));
        check(typing("place", typed));
    }
}

#[test]
fn old_and_broken_buttons_are_said_to_be_so() {
    let answer = message(say(ask(VACCINES)));
    let context = button(&answer, "More context");
    let (edition, asked) = ComponentAction::parse(&context).unwrap();
    let old = asked.id(CorpusVersion::from_number(1));
    assert_snapshot!(check(press(&old)), @r"
    (private)
    The document has changed since. Please ask again.
    ");
    assert_snapshot!(check(press(&context.replace("c1", "c0"))), @r"
    (private)
    That button is from an older version of me. Please ask again.
    ");
    let broken = [
        String::new(),
        "foo".to_owned(),
        ":".repeat(100),
        "x".repeat(101),
        "🦀\0".to_owned(),
        context.replace("c1", "c9"),
        context.replace("c1", "c-1"),
        context.replace("c1", "é0"),
        format!("{context}:1"),
        format!("c1:{edition}"),
        format!("c1:{edition}:"),
        format!("c1:{edition}:-1"),
        format!("c1:{edition}:+1"),
        format!("c1:{edition}:999999"),
        format!("c1:{edition}:4294967295+99"),
        format!("c1:{edition}:1+200"),
        format!("k1:{edition}:28:32767"),
        format!("k1:{edition}:28:99999"),
        format!("o1:{edition}:28,28,28,28,28,28"),
        format!("s1:{edition}:0+99"),
    ];
    for id in broken {
        let said = check(press(&id));
        assert!(said.contains("That button no longer works."), "{id}: {said}");
    }
}

#[test]
fn an_edition_is_that_of_the_documents() {
    let engine = |texts: &[&str]| {
        let names = ["a.txt", "b.txt"];
        engine(&names.iter().zip(texts).map(|(name, text)| file(name, text)).collect::<Vec<_>>())
    };
    let edition = |texts: &[&str]| CorpusVersion::of(engine(texts).corpus()).to_string();
    let single = engine(&["One sentence."]);
    let hash = single.corpus().documents()[0].hash();
    assert!(hash.starts_with(&edition(&["One sentence."])));
    assert_ne!(edition(&["One sentence."]), edition(&["One sentence!"]));
    assert_ne!(edition(&["One.", "Two."]), edition(&["One.", "Two!"]));
    assert_eq!(edition(&["One.", "Two."]), edition(&["One.", "Two."]));
}

#[test]
fn a_command_of_another_version_is_not_known() {
    assert_snapshot!(check(Action::Unknown), @r"
    (private)
    I don’t know this command. Please try again in a minute.
    ");
}

#[test]
fn the_words_of_a_document_are_shown_literally() {
    let text = "The *library* opens at <@1> 9:30 [here](https://evil.example) ‹U+202E› \u{202e}gpj.\n\
                1. Dogs wait_outside_ @everyone || discord.gg/abc `code` <:emoji:1> # -# > done.\n";
    let engine = engine(&[file("rules.md", text)]);
    let shown = |action| {
        let view = plain();
        outcome(&engine, &view, MEMBER, CHANNEL, action).to_string()
    };
    assert_snapshot!(shown(passage("1")), @r"
    (public)
    > The \*library\* opens at \<\@1\> 9\:30 \[here\]\(https\:\/\/evil.example\) \‹U+202E› ‹U+202E›gpj.
    — **“rules”** · the document’s own text · ¶1
    [ More context ](c1:1568fe9c:0) [ Cite ](t1:1568fe9c:0)
    ");
    assert_snapshot!(shown(passage("2")), @r"
    (public)
    > 1\. Dogs wait\_outside\_ \@everyone \|\| discord.gg\/abc \`code\` \<\:emoji\:1\> \# -\# \> done.
    — **“rules”** · the document’s own text · ¶2
    [ More context ](c1:1568fe9c:1+1) [ Cite ](t1:1568fe9c:1+1)
    ");
}

#[test]
fn the_link_leads_to_the_words() {
    let link = |url: &str| {
        let about = format!("title = \"Rules\"\nurl = \"{url}\"\n");
        let text = "The library opens at nine from Monday to Saturday. Dogs wait outside.\n";
        let engine = engine(&[file("rules.txt", text), file("rules.toml", &about)]);
        let asked = ask("When does the library open?");
        let reply = message(outcome(&engine, &View::default(), MEMBER, CHANNEL, asked));
        let label = "Read in the article";
        reply.to_string().contains(label).then(|| button(&reply, label))
    };
    assert_snapshot!(link("https://example.org/rules").unwrap(), @"https://example.org/rules#:~:text=The%20library%20opens%20at,from%20Monday%20to%20Saturday%2E");
    assert_snapshot!(link("https://example.org/#rules").unwrap(), @"https://example.org/#rules:~:text=The%20library%20opens%20at,from%20Monday%20to%20Saturday%2E");
    let long = format!("https://example.org/{}", "a".repeat(450));
    assert_eq!(link(&long), Some(long));
    assert_eq!(link(&format!("https://example.org/{}", "a".repeat(600))), None);
    assert_eq!(link("javascript:alert(1)"), None);
}

#[test]
fn a_passage_of_several_documents_names_its_document() {
    let engine = engine(&[
        file("cafe.txt", "The café opens at ten.\n"),
        file("library.txt", "The library opens at nine from Monday to Saturday.\n"),
    ]);
    let shown = |action| outcome(&engine, &View::default(), MEMBER, CHANNEL, action).to_string();
    assert_snapshot!(shown(passage("1")), @r"
    (private)
    Several documents have a ¶1. Pick the place from the list while you type.
    ");
    assert_snapshot!(shown(typing("place", "nine")), @"¶1 · “library” · The library opens at nine from Monday to Saturday. = ¶1 in library");
    assert!(shown(passage("¶1 in library")).contains("opens at nine"));
    assert_snapshot!(shown(passage("¶1 in `x`")), @r"
    (private)
    I don’t know the place “¶1 in \`x\`”. Type a paragraph number such as 12, or pick one from the list.
    ");
}

#[test]
fn what_is_too_long_to_show_is_never_cut() {
    let engine = engine(&[file("long.txt", &format!("{}.\n", "[*]".repeat(1_500)))]);
    let reply = outcome(&engine, &View::default(), MEMBER, CHANNEL, passage("1"));
    assert_snapshot!(reply, @"
    (private)
    ¶1 is too long for one message, and I never cut a quotation.
    [ More context ](c1:5a036964:0) [ Share ](s1:5a036964:0) [ Cite ](t1:5a036964:0)
    ");
}
