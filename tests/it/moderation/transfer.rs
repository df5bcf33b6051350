//! `/settings export` and `import`.

use bot::commands::{OptionValue, Options};
use bot::{Action, ComponentAction, Import, ImportError, ModeratorCommand, StatefulAction};
use insta::assert_snapshot;

use super::server::{
    CHANNEL, ICELAND, MEMBER, MODERATOR, OWNER, ROLE, Server, VACCINES, button, channel, drawn,
    hide, import, mentions, pin, reply, server,
};

/// A server with a little of everything.
fn well_set() -> Server {
    let mut server = server();
    server.order(OWNER, mentions("listed"));
    server.order(OWNER, channel(CHANNEL, "on"));
    server.order(
        OWNER,
        ModeratorCommand::Edit(Options::from_iter([("moderators", OptionValue::Role(ROLE))])),
    );
    server.order(MODERATOR, pin(ICELAND, "¶28.2"));
    server.order(MODERATOR, hide("¶12.1"));
    let answer = server.ask(VACCINES);
    server.press(MEMBER, &answer, "👍");
    server
}

fn exported(server: &mut Server) -> String {
    let said = server.act(OWNER, Action::Moderate(ModeratorCommand::Export));
    reply(&said).attached().unwrap().text.clone()
}

#[test]
fn a_server_is_exported_as_a_readable_file() {
    let mut server = well_set();
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Export), @r#"
    (private)
    Everything set in this server, with channel and role IDs. `/settings import` loads it again.
    <summit-bot-settings.toml>
      format = "summit-bot settings"
      version = 1

      [settings]
      mentions = "listed"
      moderators = 77

      [[channel]]
      id = 5
      mentions = true

      [[pin]]
      question = "What is the population of Iceland?"

      [pin.passage]
      document = "cpc-world-political-parties-summit"
      exact = "South Africa is inspired by China’s progress to eradicate absolute poverty in the largest developing economy on the planet."
      prefix = "uage, or personal circumstances."
      suffix = "He wholeheartedly endorsed Chair"

      [[hidden]]
      reason = ""

      [hidden.passage]
      document = "cpc-world-political-parties-summit"
      exact = "In another clear reference to the U.S., Xi urged political parties to counter the politicizing of the Covid-19 pandemic, or attaching to it a geographic label."
      prefix = "itical parties across the world."
      suffix = "Only through scientific and poli"

      [statistics]
      unanswered = 0

      [[statistics.passages]]

      [statistics.passages.passage]
      document = "cpc-world-political-parties-summit"
      exact = "Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances."
      prefix = "at exists between rich and poor."
      suffix = "South Africa is inspired by Chin"

      [statistics.passages.votes]
      up = 1
      wrong-voice = 0
      no-answer = 0
      too-short = 0
      other = 0
    "#);
}

#[test]
fn a_file_is_loaded_once_it_was_shown_what_it_changes() {
    let mut server = well_set();
    let file = exported(&mut server);
    let same = server.order(OWNER, ModeratorCommand::Import(import(&file)));
    assert!(same.contains("This file changes nothing."), "{same}");
    let before = server.community.clone();
    server.order(OWNER, ModeratorCommand::Undo);
    server.order(OWNER, mentions("off"));
    server.order(OWNER, channel(6, "off"));
    let shown = server.act(OWNER, Action::Moderate(ModeratorCommand::Import(import(&file))));
    let shown_first = drawn(&shown).lines().take(6).collect::<Vec<_>>().join("\n");
    assert_snapshot!(shown_first, @r"
    (private)
    **Import this file?** It replaces all settings, pins and hidden passages. After that:
    Mentions are answered: **only in channels that are switched on**
    Mentions in <#6>: **same as the server**
    ¶12.1 · Xi Jinping is hidden
    <summit-bot-import.toml>
    ");
    let pressed = ComponentAction::parse(&button(reply(&shown), "Import"));
    let Ok((_, ComponentAction::Keep(StatefulAction::Import { revision, digest }))) = pressed
    else {
        panic!("{pressed:?}")
    };
    let sent = reply(&shown).attached().unwrap().text.clone();
    let confirm =
        |text: &str| ModeratorCommand::ConfirmImport { revision, digest, import: import(text) };
    let other = server.order(OWNER, confirm(&sent.replace("listed", "off")));
    assert!(other.contains("Please send the file again"), "{other}");
    let done = server.order(OWNER, confirm(&sent));
    assert!(done.contains("**Imported.**") && done.contains("Undo"), "{done}");
    assert_eq!(server.community, before);
    let again = server.order(OWNER, confirm(&sent));
    assert!(again.contains("Someone has changed something since"), "{again}");
    server.order(OWNER, ModeratorCommand::Undo);
    assert_ne!(server.community, before);
}

#[test]
fn of_a_file_of_elsewhere_what_is_not_here_is_left_out() {
    let mut server = server();
    let file = r#"
        format = "summit-bot settings"
        version = 1
        [settings]
        reply = "private"
        moderators = 12345
        [[channel]]
        id = 999
        mentions = true
        [[pin]]
        question = "Where?"
        [pin.passage]
        document = "elsewhere"
        exact = "It stands elsewhere."
    "#;
    let said = server.act(OWNER, Action::Moderate(ModeratorCommand::Import(import(file))));
    let said = drawn(&said).lines().take(3).collect::<Vec<_>>().join("\n");
    assert_snapshot!(said, @r"
    (private)
    **Import this file?** It replaces all settings, pins and hidden passages. After that: Answers to commands: **private**.
    Left out: 1 channel that this server does not have; a role that this server does not have; 1 passage that my documents do not have.
    ");
    let blind = Import { channels: None, roles: None, ..import(file) };
    assert_snapshot!(server.order(OWNER, ModeratorCommand::Import(blind)), @r"
    (private)
    I can’t see the channels and roles of this server right now. Please try again; nothing has changed.
    ");
}

#[test]
fn a_file_that_is_none_of_ours_changes_nothing() {
    let mut server = server();
    let mut said = |file: Result<Vec<u8>, ImportError>| {
        server.order(OWNER, ModeratorCommand::Import(Import { file, ..import("") }))
    };
    let head = "format = \"summit-bot settings\"\nversion = 1\n";
    assert_snapshot!(said(Ok(b"hello".to_vec())), @r"
    (private)
    I can’t read this file, line 1: key with no value, expected \`=\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(vec![0xff; 64])), @r"
    (private)
    This file wasn’t made by `/settings export`; nothing has changed.
    ");
    assert_snapshot!(said(Ok(b"a = 1".to_vec())), @r"
    (private)
    This file wasn’t made by `/settings export`; nothing has changed.
    ");
    assert_snapshot!(said(Ok(b"format = \"summit-bot settings\"\nversion = 2".to_vec())), @r"
    (private)
    This is an export of version 2, and I can only read version 1. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}[settings]\nreply = \"<@1> nobody\"").into())), @r"
    (private)
    I can’t read this file, line 4: unknown variant \`\<\@1\> nobody\`, expected \`public\` or \`private\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}[settings]\nexcerpts = 9").into())), @r"
    (private)
    I can’t read this file, line 4: 9 is no number of excerpts\: one to three can be shown. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(format!("{head}surprise = true").into())), @r"
    (private)
    I can’t read this file, line 3: unknown field \`surprise\`, expected one of \`format\`, \`version\`, \`settings\`, \`channel\`, \`pin\`, \`hidden\`, \`statistics\`. Nothing has changed.
    ");
    assert_snapshot!(said(Ok(vec![b' '; 8 << 20])), @r"
    (private)
    The file has 8,388,608 bytes; an export has at most 1,000,000. Nothing has changed.
    ");
    assert_snapshot!(said(Err(ImportError::TooLarge { bytes: 8 << 20 })), @r"
    (private)
    The file has 8,388,608 bytes; an export has at most 1,000,000. Nothing has changed.
    ");
    assert_snapshot!(said(Err(ImportError::NotThere)), @r"
    (private)
    I can’t get this file from Discord. Please try again; nothing has changed.
    ");
    let pin = "[[pin]]\nquestion = \"?\"\n[pin.passage]\ndocument = \"a\"\nexact = \"b\"\n";
    assert_snapshot!(said(Ok(format!("{head}{pin}").into())), @r"
    (private)
    The file pins “?”, which is not a question of 1 to 300 characters. Nothing has changed.
    ");
    let many = pin.replace('?', "why").repeat(201);
    assert_snapshot!(said(Ok(format!("{head}{many}").into())), @r"
    (private)
    The file has 201 pinned questions; the most is 200. Nothing has changed.
    ");
    let deep = format!("{head}a = {}", "[".repeat(100_000));
    assert!(said(Ok(deep.into())).contains("Nothing has changed."));
    assert!(server.records.is_empty());
}
