//! Who may: each command and press, as those who may and those who may not.

use bot::commands::{OptionValue, Options};
use bot::{Action, CorpusVersion, ModeratorCommand, Permission, Response, Venue, Who};
use insta::assert_snapshot;

use super::server::{
    MEMBER, MODERATOR, OWNER, PLACE, ROLE, SERVER, VACCINES, all_orders, mentions, person, pin,
    server,
};
use crate::support::article;

#[test]
fn what_may_be_done_is_asked_of_whoever_does_it() {
    for order in all_orders() {
        let is_settings = order.permission() == Permission::ManageServer;
        let mut server = server();
        let refused = server.order(MEMBER, order.clone());
        assert!(refused.contains("Only members with"), "{order:?}: {refused}");
        let moderators = server.order(MODERATOR, order.clone());
        assert_eq!(moderators.contains("Only members with"), is_settings, "{order:?}");
        assert!(!server.order(OWNER, order.clone()).contains("Only members"), "{order:?}");
        for place in [Venue::Direct, Venue::Elsewhere] {
            let said = server.act_as(person(OWNER), place, Action::Moderate(order.clone()));
            assert!(said.to_string().contains("only works in a server"), "{order:?}");
        }
    }
    let mut server = server();
    assert_snapshot!(server.order(MEMBER, ModeratorCommand::Show), @r"
    (private)
    Only members with *Manage Server* can do that; nothing has changed.
    ");
    assert_snapshot!(server.order(MEMBER, ModeratorCommand::List), @r"
    (private)
    Only members with *Manage Messages*, or with this server’s moderator role, can do that; nothing has changed.
    ");
}

#[test]
fn a_press_grants_nothing() {
    let mut server = server();
    let saved = server.act(OWNER, Action::Moderate(mentions("off")));
    let refused = server.press(MEMBER, &saved, "Undo");
    assert!(refused.to_string().contains("Only members"), "{refused}");
    let refused = server.press(MODERATOR, &saved, "Undo");
    assert!(refused.to_string().contains("Only members with *Manage Server*"), "{refused}");
    let asked = server.act(OWNER, Action::Moderate(ModeratorCommand::Reset));
    assert!(server.press(MODERATOR, &asked, "Reset").to_string().contains("Only members"));
    let edition = CorpusVersion::of(article().corpus());
    for field in ["l0", "q30.0", "d30.0", "a30.0", "c0123456789abcdef", "v30.0", "h30.0", "u9"] {
        let said = server.press_id(MEMBER, &format!("m1:{edition}:{field}"), &["52"]);
        assert!(said.to_string().contains("Only members"), "{field}: {said}");
    }
    assert_eq!(server.records.len(), 1);
}

#[test]
fn a_role_of_the_server_may_curate_and_not_set() {
    let mut server = server();
    let named =
        ModeratorCommand::Edit(Options::from_iter([("moderators", OptionValue::Role(ROLE))]));
    assert_snapshot!(server.order(OWNER, named), @r"
    (private)
    **Saved.** Can pin, hide and review: <@&77>, and members with *Manage Messages*.
    [ Undo ](m1:EDITION:u1)
    ");
    let helper = || Who { roles: vec![1, ROLE], ..person(MEMBER) };
    let said = server.act_as(helper(), PLACE, Action::Moderate(pin(VACCINES, "¶28")));
    assert!(said.to_string().contains("Pinned"), "{said}");
    let said = server.act_as(helper(), PLACE, Action::Moderate(ModeratorCommand::Undo));
    assert!(said.to_string().contains("Manage Server"), "{said}");
    let removal = Action::RemoveAnswer { is_ours: true, asker: Some(1) };
    assert!(matches!(server.act_as(helper(), PLACE, removal), Response::Delete(_)));
    let nobody =
        ModeratorCommand::Edit(Options::from_iter([("moderators", OptionValue::Role(SERVER))]));
    server.order(OWNER, nobody);
    assert_eq!(server.community.settings.moderators, None);
    let said = server.act_as(helper(), PLACE, Action::Moderate(ModeratorCommand::List));
    assert!(said.to_string().contains("Only members"), "{said}");
}
