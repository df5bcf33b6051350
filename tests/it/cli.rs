//! The binary, as a person or a script meets it: exit code, output and error stream together.
//!
//! It knows nothing of ranking: questions are those whose answer nobody doubts, and scores and
//! times are checked for being numbers before they are taken out.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use engine::answer::Models;
use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::command::summit_bot;
use crate::support::ARTICLE;

/// Where a command runs: a folder of its own, or the project's.
struct Cli {
    folder: PathBuf,
    /// Removed at the end.
    temporary: Option<TempDir>,
}

/// A command about to run. The environment is empty.
struct Call {
    command: assert_cmd::Command,
}

/// What came of it.
struct Ran {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Cli {
    /// In the project, whose knowledge is the article.
    fn article() -> Self {
        Self { folder: PathBuf::from(crate::support::ROOT), temporary: None }
    }

    /// In an empty folder.
    fn empty() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        Self { folder: temporary.path().to_owned(), temporary: Some(temporary) }
    }

    /// In a folder with a file in it.
    fn with(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        Self::empty().and(name, bytes)
    }

    /// And with this one.
    fn and(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        assert!(self.temporary.is_some(), "the project's own files are not written");
        let path = self.folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn call(&self, arguments: &[&str]) -> Call {
        let mut command = assert_cmd::Command::from_std(summit_bot());
        command.current_dir(&self.folder).args(arguments);
        Call { command }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.call(arguments).run()
    }
}

impl Call {
    fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.command.write_stdin(bytes);
        self
    }

    fn run(mut self) -> Ran {
        let output = self.command.output().unwrap();
        Ran {
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    fn stdout(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }

    /// The lines of output as JSON, with score and time checked and taken out.
    fn json(&self) -> Vec<Value> {
        self.stdout().lines().map(|line| checked(serde_json::from_str(line).unwrap())).collect()
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit {code}")?,
            None => writeln!(f, "killed")?,
        }
        for (name, text) in [("stdout", self.stdout()), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

/// An answer without what changes from run to run or from fit to fit.
fn checked(mut line: Value) -> Value {
    let object = line.as_object_mut().unwrap();
    if let Some(micros) = object.get_mut("micros") {
        assert!(micros.is_u64(), "{micros}");
        *micros = "a number".into();
    }
    if let Some(score) = object.get_mut("score") {
        assert!((0.0..=1.0).contains(&score.as_f64().unwrap()), "{score}");
        *score = "0 to 1".into();
    }
    line
}

const HARBOUR: &str = "The harbour of Elmsea opened in 1902.\n\nIt has three cranes.\n";

/// A question about the article that it answers in one place only.
const IMPERIALISM: &str = "What did Ramaphosa say about vaccine imperialism?";
/// A question that it does not answer.
const BITCOIN: &str = "What is the price of bitcoin?";

// Help and first steps

#[test]
fn no_arguments_say_what_to_do_next() {
    assert_snapshot!(Cli::article().run(&[]), @r#"
    exit 0
    --- stdout
    summit-bot answers questions about documents by quoting them. Try:

      summit-bot chat                                     the bot as in Discord, offline
      summit-bot ask "Who spoke of vaccine imperialism?"  quotes what answers
      summit-bot verify "nothing is stronger than unity"  checks a quotation
      summit-bot knowledge show                           the texts, and who says what
      summit-bot --help                                   everything else
    "#);
}

#[test]
fn help_of_every_command() {
    let commands: [&[&str]; 9] = [
        &["--help"],
        &["ask", "--help"],
        &["verify", "--help"],
        &["knowledge", "--help"],
        &["knowledge", "check", "--help"],
        &["knowledge", "show", "--help"],
        &["knowledge", "suggest", "--help"],
        &["eval", "--help"],
        &["completions", "--help"],
    ];
    for command in commands {
        let name = format!("help_{}", command[..command.len() - 1].join("_"));
        assert_snapshot!(name.trim_end_matches('_'), Cli::empty().run(command));
    }
}

#[test]
fn wrong_arguments() {
    assert_snapshot!(Cli::empty().run(&["aks"]), @"
    exit 2
    --- stderr
    error: unrecognized subcommand 'aks'

    Usage: summit-bot [OPTIONS] [COMMAND]

    For more information, try '--help'.
    ");
    assert_snapshot!(Cli::empty().run(&["ask"]), @"
    exit 2
    --- stderr
    error: the following required arguments were not provided:
      <QUESTION>

    Usage: summit-bot ask <QUESTION>

    For more information, try '--help'.
    ");
    assert_snapshot!(Cli::empty().run(&["ask", "who", "spoke"]), @r#"
    exit 2
    --- stderr
    error: unexpected argument 'spoke' found

      tip: put all words of a question or a quotation between quotation marks: "…"

    Usage: summit-bot ask [OPTIONS] [QUESTION]

    For more information, try '--help'.
    "#);
    assert_snapshot!(Cli::empty().run(&["ask", "what", "--batch", "-"]), @"
    exit 2
    --- stderr
    error: the argument '[QUESTION]' cannot be used with '--batch [<FILE|->]'

    Usage: summit-bot ask <QUESTION>

    For more information, try '--help'.
    ");
}

#[test]
fn completions_of_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Cli::empty().run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(ran.stdout().contains("nearest"), "{shell}");
    }
}

// Answers

#[test]
fn an_answer_says_who_in_whose_words_and_where() {
    assert_snapshot!(Cli::article().run(&["ask", IMPERIALISM]), @"
    exit 0
    --- stdout
    Cyril Ramaphosa, President of the African National Congress (ANC) and of South
    Africa · reported by the article’s author
    > Ramaphosa continued, stating that we must take a firm stand against “vaccine
    > imperialism,” which is morally indefensible,” as no person should be denied
    > vaccine because of where he or she lives, gender, race, language, or personal
    > circumstances.
    “vaccine imperialism,” and “morally indefensible” in quotation marks
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 ·
    characters 7370–7615

    4 other passages: --all
    ");
}

#[test]
fn words_within_words() {
    let ran = Cli::article().run(&["ask", "What did Ho Chi Minh say is stronger than unity?"]);
    assert_snapshot!(ran, @"
    exit 0
    --- stdout
    Ho Chi Minh, quoted by Nguyen Phu Trong · partly own words, in quotation marks
    > The great leader of Vietnam, Ho Chi Minh said: “Under heaven there is nothing
    > more important than the people and nothing is stronger than unity.”
    “The great leader of Vietnam, Ho Chi Minh said:”: Nguyen Phu Trong, reported by
    the article’s author
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶35 ·
    characters 12344–12489

    4 other passages: --all
    ");
}

#[test]
fn comment_inside_a_report_is_the_authors() {
    let question = "Who should judge whether a country is democratic?";
    let ran = Cli::article().run(&["ask", question, "--speaker", "Xi"]);
    assert_snapshot!(ran, @"
    exit 0
    --- stdout
    Xi Jinping, General Secretary of the Central Committee of the CPC and President
    of the People’s Republic of China · reported by the article’s author
    > In an unspoken reference to the United States and its NATO allies, Xi stated
    > that judgment of whether a country is democratic should be made not by a
    > handful of elites but by its own people.
    “In an unspoken reference to the United States and its NATO allies,” is the
    author’s own comment
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶10 ·
    characters 2214–2404

    4 other passages: --all
    ");
}

#[test]
fn a_bare_text_speaks_for_itself() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR);
    let call = cli.call(&["ask", "When did the harbour open?"]);
    assert_snapshot!(call.env("SUMMIT__ANSWER__THRESHOLD", "0").run(), @"
    exit 0
    --- stdout
    “elmsea” · the document’s own text
    > The harbour of Elmsea opened in 1902.
    elmsea · ¶1 · characters 0–37

    1 other passage: --all
    ");
}

#[test]
fn all_passages_and_as_many_as_set() {
    let headings = |ran: &Ran| ran.stdout().lines().filter(|line| line.contains(" · ¶")).count();
    let all = Cli::article().run(&["ask", IMPERIALISM, "--all"]);
    assert_eq!((all.code, headings(&all)), (Some(0), 5));
    assert!(!all.stdout().contains("--all"));
    let two = Cli::article().call(&["ask", IMPERIALISM]).env("SUMMIT__ANSWER__EXCERPTS", "2").run();
    assert_eq!((two.code, headings(&two)), (Some(0), 2));
    assert!(two.stdout().ends_with("3 other passages: --all\n"), "{two}");
}

#[test]
fn one_speaker_by_any_name() {
    for name in ["Cyril Ramaphosa", "pretoria", "South African"] {
        let ran = Cli::article().run(&["ask", "vaccines", "--speaker", name]);
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(ran.stdout().starts_with("Cyril Ramaphosa, President of"), "{ran}");
    }
    let ran = Cli::article().run(&["ask", "vaccines", "--speaker", "Ramafosa"]);
    assert_snapshot!(ran, @"
    exit 2
    --- stderr
    error: no speaker is called “Ramafosa”; did you mean Cyril Ramaphosa?
    ");
    let ran = Cli::article().run(&["ask", "vaccines", "--speaker", "Qwxz"]);
    assert_snapshot!(ran, @"
    exit 2
    --- stderr
    error: no speaker is called “Qwxz”
    ");
}

#[test]
fn json_of_an_answer() {
    let ran = Cli::article().run(&["ask", IMPERIALISM, "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let [mut answer] = <[Value; 1]>::try_from(ran.json()).unwrap();
    let excerpts = answer["excerpts"].as_array_mut().unwrap();
    assert_eq!(excerpts.len(), 5);
    excerpts.truncate(1);
    assert_snapshot!(format!("{answer:#}"), @r#"
    {
      "abstained": false,
      "excerpts": [
        {
          "document": "cpc-world-political-parties-summit",
          "end": 7655,
          "paragraph": 28,
          "quoting": null,
          "role": "President of the African National Congress (ANC) and of South Africa",
          "speaker": "Cyril Ramaphosa",
          "start": 7404,
          "text": "Ramaphosa continued, stating that we must take a firm stand against “vaccine imperialism,” which is morally indefensible,” as no person should be denied vaccine because of where he or she lives, gender, race, language, or personal circumstances.",
          "via": null,
          "voice": "reported",
          "voices": [
            "reported",
            "quoted"
          ]
        }
      ],
      "micros": "a number",
      "score": "0 to 1"
    }
    "#);
    let source = Path::new(crate::support::ROOT).join(format!("knowledge/{ARTICLE}.txt"));
    let source = std::fs::read_to_string(source).unwrap();
    let excerpt = &answer["excerpts"][0];
    let border = |key: &str| usize::try_from(excerpt[key].as_u64().unwrap()).unwrap();
    assert_eq!(source.get(border("start")..border("end")), excerpt["text"].as_str());
}

#[test]
fn json_of_words_within_words() {
    let question = "What did Ho Chi Minh say is stronger than unity?";
    let ran = Cli::article().run(&["ask", question, "--json"]);
    let excerpt = ran.json()[0]["excerpts"][0].clone();
    let of = |key: &str| excerpt[key].as_str().unwrap().to_owned();
    assert_eq!(
        [of("speaker"), of("quoting"), of("via"), of("voice")],
        ["Ho Chi Minh", "Ho Chi Minh", "Nguyen Phu Trong", "quoted"]
    );
}

// Abstentions

#[test]
fn an_abstention_says_what_it_looked_at() {
    assert_snapshot!(Cli::article().run(&["ask", BITCOIN]), @"
    exit 1
    --- stdout
    This document doesn’t answer that.
    I can only quote “CPC and world political parties summit”, and found nothing
    there that surely answers this. Try other words, or the name of a speaker.

    The nearest passages in wording: --nearest
    ");
}

#[test]
fn a_silent_speaker() {
    assert_snapshot!(Cli::article().run(&["ask", "What did Rodrigo Duterte say?"]), @"
    exit 1
    --- stdout
    Rodrigo Duterte is listed as a speaker, but the document doesn’t say what they
    said.
    I only quote “CPC and world political parties summit”.

    The nearest passages in wording: --nearest
    ");
}

#[test]
fn nothing_asked() {
    for question in ["", "  \t ", "?!", "\u{200b}"] {
        let ran = Cli::article().run(&["ask", question]);
        assert_eq!(ran.code, Some(1), "{question:?}: {ran}");
        assert!(ran.stdout().starts_with("I don’t see a question in that.\n"), "{ran}");
    }
    assert_snapshot!(Cli::article().run(&["ask", ""]), @"
    exit 1
    --- stdout
    I don’t see a question in that.
    Ask about “CPC and world political parties summit”: with a name, a country or a
    topic, for example “What did … say about vaccines?”
    ");
}

#[test]
fn a_question_in_another_script() {
    assert_snapshot!(Cli::article().run(&["ask", "天気はどうですか"]), @"
    exit 1
    --- stdout
    I read English.
    Your question seems to be in Japanese. I’m not sure which passage answers it, so
    please ask in English.

    The nearest passages in wording: --nearest
    ");
}

#[test]
fn several_documents_do_not_answer() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR)
        .and("knowledge/oakford.md", "# Oakford\n\nA mill town.\n");
    assert_snapshot!(cli.run(&["ask", BITCOIN]), @"
    exit 1
    --- stdout
    These documents don’t answer that.
    I can only quote “elmsea” and “oakford”, and found nothing there that surely
    answers this. Try other words, or the name of a speaker.

    The nearest passages in wording: --nearest
    ");
}

#[test]
fn nearest_passages_are_no_answer() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR);
    let call = cli.call(&["ask", "Who owns the cranes of Oakford?", "--nearest"]);
    assert_snapshot!(call.env("SUMMIT__ANSWER__THRESHOLD", "1").run(), @"
    exit 1
    --- stdout
    This document doesn’t answer that.
    I can only quote “elmsea”, and found nothing there that surely answers this. Try
    other words, or the name of a speaker.

    Nearest in wording. Not an answer.

    “elmsea” · the document’s own text
    > It has three cranes.
    elmsea · ¶2 · characters 39–59
    ");
}

#[test]
fn json_of_an_abstention() {
    let ran = Cli::article().run(&["ask", BITCOIN, "--json"]);
    assert_eq!(ran.code, Some(1));
    let answer = &ran.json()[0];
    assert_eq!(answer["abstained"], true);
    assert!(answer["excerpts"].as_array().unwrap().len() <= 5);
}

// Explanations

#[test]
fn an_explanation_for_people() {
    let ran = Cli::article().run(&["ask", IMPERIALISM, "--explain"]);
    let is_number = |word: &str| word.trim_matches(['(', ')']).parse::<f32>().is_ok();
    let without_numbers = |line: &str| {
        let words = line.split_whitespace();
        words.map(|word| if is_number(word) { "#" } else { word }).collect::<Vec<_>>().join(" ")
    };
    let beginning = ran.stdout().lines().take(11).map(without_numbers).collect::<Vec<_>>();
    assert_eq!(ran.code, Some(0));
    assert_snapshot!(beginning.join("\n"), @"
    What is asked for
    concept weight is
    ramaphosa # speaker
    say # word, common, not in the documents
    vaccine # word
    imperialism # word
    It asks what was said, or who said it.
    It names: Cyril Ramaphosa.

    Candidates # of #
    # # ¶28.1 Ramaphosa continued, stating that we must take a firm
    ");
    for part in ["Candidates (20 of ", "\nbm25 ", "\nheaviest_missing ", "\nConfidence 0."] {
        assert!(ran.stdout().contains(part), "{part}: {ran}");
    }
    assert!(ran.stdout().lines().all(|line| line.chars().count() <= 80), "{ran}");
}

#[test]
fn an_explanation_as_json() {
    let ran = Cli::article().run(&["ask", IMPERIALISM, "--explain", "--json"]);
    let answer = &ran.json()[0];
    let explanation = &answer["explanation"];
    assert_eq!(explanation["asks_for_words"], true);
    assert_eq!(explanation["speakers"], serde_json::json!(["Cyril Ramaphosa"]));
    assert_eq!(explanation["candidates"][0]["place"], "¶28.1");
    assert!(explanation["candidates"][0]["features"]["bm25"].as_f64().unwrap() > 0.0);
    assert!(explanation["evidence"]["cover"].is_number());
    let labels = explanation["concepts"].as_array().unwrap().iter();
    let labels: Vec<_> = labels.map(|concept| concept["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"imperialism"), "{labels:?}");
}

// Batches

/// The answers to `lines` without their passages, one a line.
fn batch(lines: impl Into<Vec<u8>>) -> String {
    let ran = Cli::article().call(&["ask", "--batch"]).stdin(lines).run();
    let mut transcript = format!("exit {}\n", ran.code.unwrap());
    for mut line in ran.json() {
        if let Some(excerpts) = line.get_mut("excerpts") {
            assert!(excerpts.as_array().unwrap().len() <= 5);
            *excerpts = "…".into();
        }
        transcript.push_str(&line.to_string());
        transcript.push('\n');
    }
    assert_eq!(ran.stderr, "");
    transcript
}

#[test]
fn a_batch_answers_in_order() {
    let lines = format!(
        "{{\"id\": \"a\", \"question\": \"{IMPERIALISM}\"}}\n\
         {{\"question\": \"{BITCOIN}\", \"id\": 2, \"conversation\": \"c\", \"more\": [1]}}\n\
         {{\"id\": \"c\", \"question\": \"\"}}\n"
    );
    assert_snapshot!(batch(lines), @r#"
    exit 0
    {"abstained":false,"excerpts":"…","id":"a","micros":"a number","score":"0 to 1"}
    {"abstained":true,"excerpts":"…","id":2,"micros":"a number","score":"0 to 1"}
    {"abstained":true,"excerpts":"…","id":"c","micros":"a number","score":"0 to 1"}
    "#);
}

#[test]
fn a_batch_survives_every_bad_line() {
    let mut lines = Vec::new();
    let bad: [&[u8]; 14] = [
        b"no JSON",
        b"null",
        b"[]",
        b"[\"a\", \"b\"]",
        b"{\"id\": 1}",
        b"{\"id\": 2, \"question\": null}",
        b"{\"id\": 3, \"question\": 7}",
        b"{\"id\": 4, \"question\": \"a\", \"question\": \"b\"}",
        b"{\"id\": 5, \"question\": \"a\"",
        b"{\"id\": 6, \"question\": \"a\"} {}",
        b"{\"id\": 7, \"question\": \"\xff\xfe\"}",
        b"{\"id\": 8, \"question\": \"\\ud800\"}",
        b"\0\x01\x02",
        b"{\"id\": 123456789012345678901234567890, \"question\": {}}",
    ];
    for line in bad {
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
    lines.extend_from_slice(b"{\"id\": \"good\", \"question\": \"?\"}");
    assert_snapshot!(batch(lines), @r#"
    exit 2
    {"error":"a line must be a JSON object","id":null}
    {"error":"a line must be a JSON object","id":null}
    {"error":"a line must be a JSON object","id":null}
    {"error":"a line must be a JSON object","id":null}
    {"error":"\"question\" is missing","id":1}
    {"error":"\"question\" is missing","id":2}
    {"error":"\"question\" must be a string","id":3}
    {"error":"the line is not valid at column 37: duplicate field `question`","id":null}
    {"error":"the line is not valid at column 25: EOF while parsing an object","id":null}
    {"error":"the line is not valid at column 28: trailing characters","id":null}
    {"error":"byte 23 of the line is not UTF-8","id":null}
    {"error":"\"question\" must be a string","id":8}
    {"error":"a line must be a JSON object","id":null}
    {"error":"\"question\" must be a string","id":1.2345678901234568e+29}
    {"abstained":true,"excerpts":"…","id":"good","micros":"a number","score":"0 to 1"}
    "#);
}

#[test]
fn a_batch_takes_what_editors_and_programs_write() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let lines = format!(
        "\u{feff}{{\"id\": null, \"question\": \"?\"}}\r\n\
         \r\n   \n\
         {{\"id\": 1.50, \"question\": \"?\"}}\n\
         {{\"question\": \"?\"}}\n\
         {{\"id\": \"deep\", \"question\": \"?\", \"more\": {deep}}}\n\
         {{\"id\": \"deep question\", \"question\": {deep}}}\n\
         {{\"id\": \"last\", \"question\": \"?\"}}"
    );
    assert_snapshot!(batch(lines), @r#"
    exit 2
    {"abstained":true,"excerpts":"…","id":null,"micros":"a number","score":"0 to 1"}
    {"abstained":true,"excerpts":"…","id":1.5,"micros":"a number","score":"0 to 1"}
    {"abstained":true,"excerpts":"…","id":null,"micros":"a number","score":"0 to 1"}
    {"abstained":true,"excerpts":"…","id":"deep","micros":"a number","score":"0 to 1"}
    {"error":"\"question\" must be a string","id":"deep question"}
    {"abstained":true,"excerpts":"…","id":"last","micros":"a number","score":"0 to 1"}
    "#);
    assert_eq!(batch(""), "exit 0\n");
}

#[test]
fn an_id_comes_back_as_it_was_given() {
    let id = "123456789012345678901234567890.5000";
    let lines = format!("{{\"id\": {id}, \"question\": \"?\"}}\n");
    let ran = Cli::article().call(&["ask", "--batch", "-"]).stdin(lines).run();
    assert!(ran.stdout().starts_with(&format!("{{\"id\":{id},")), "{ran}");
}

#[test]
fn a_batch_skips_a_line_that_is_too_long() {
    let long = "x".repeat(3 << 20);
    let lines = format!(
        "{{\"id\": 1, \"question\": \"{long}\"}}\n{{\"id\": 2, \"question\": \"?\"}}\n{long}"
    );
    assert_snapshot!(batch(lines), @r#"
    exit 2
    {"error":"a line has at most 1048576 bytes","id":null}
    {"abstained":true,"excerpts":"…","id":2,"micros":"a number","score":"0 to 1"}
    {"error":"a line has at most 1048576 bytes","id":null}
    "#);
}

#[test]
fn a_batch_from_a_file() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR)
        .and("questions.jsonl", "{\"id\": 1, \"question\": \"cranes\"}\n");
    let ran = cli.run(&["ask", "--batch", "questions.jsonl"]);
    assert_eq!((ran.code, ran.json().len()), (Some(0), 1));
    let ran = cli.run(&["ask", "--batch", "none.jsonl"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.starts_with("error: the questions none.jsonl cannot be read\n"), "{ran}");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let line = "{\"id\": 1, \"question\": \"vaccines\"}\n";
    let cli = Cli::with("questions.jsonl", line.repeat(500));
    let mut child = summit_bot()
        .current_dir(&cli.folder)
        .args(["ask", "--batch", "questions.jsonl", "--knowledge"])
        .arg(Path::new(crate::support::ROOT).join("knowledge"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

// Quotations

#[test]
fn a_quotation_word_for_word() {
    let quote = "NOTHING is stronger than unity!";
    assert_snapshot!(Cli::article().run(&["verify", quote]), @"
    exit 0
    --- stdout
    These words are in the document, as part of a longer sentence.

    Ho Chi Minh, quoted by Nguyen Phu Trong · partly own words, in quotation marks
    > The great leader of Vietnam, Ho Chi Minh said: “Under heaven there is nothing
    > more important than the people and *nothing is stronger than unity.”*
    *between stars*: what was quoted
    “The great leader of Vietnam, Ho Chi Minh said:”: Nguyen Phu Trong, reported by
    the article’s author
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶35 ·
    characters 12344–12489
    ");
    let ran = Cli::article().run(&["verify", quote, "--speaker", "Nguyen"]);
    assert_snapshot!(ran.stdout().lines().nth(1).unwrap(), @"These words are Ho Chi Minh’s; Nguyen Phu Trong only quotes them.");
    let ran = Cli::article().run(&["verify", quote, "--speaker", "Xi"]);
    assert_snapshot!(ran.stdout().lines().nth(1).unwrap(), @"These words are given to Ho Chi Minh, not to Xi Jinping.");
}

#[test]
fn a_quotation_that_is_nearly_so() {
    let quote = "we must take a strong stand against vaccine imperialism which is morally wrong";
    assert_snapshot!(Cli::article().run(&["verify", quote, "--speaker", "Ramaphosa"]), @"
    exit 0
    --- stdout
    Something very close is in the document, but not word for word.
    The printed words are a report of what Cyril Ramaphosa said, not Cyril
    Ramaphosa’s own words.

    As claimed, with [the words that differ]:
      we must take a [strong] stand against vaccine imperialism which is morally
      [wrong]

    As printed:
    Cyril Ramaphosa, President of the African National Congress (ANC) and of South
    Africa · reported by the article’s author
    > Ramaphosa continued, stating that *we must take a* [firm] *stand against
    > “vaccine imperialism,” which is morally* [indefensible],” as no person should
    > be denied vaccine because of where he or she lives, gender, race, language, or
    > personal circumstances.
    *between stars*: what was quoted · [in brackets]: what differs
    “vaccine imperialism,” and “morally indefensible” in quotation marks
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 ·
    characters 7370–7615
    ");
}

#[test]
fn a_strict_check_takes_only_what_the_document_says() {
    let code = |quote: &str| Cli::article().run(&["verify", "--strict", quote]).code;
    assert_eq!(code("No country should be left behind."), Some(0));
    assert_eq!(code("All countries … are equally entitled to opportunities"), Some(0));
    assert_eq!(code("China would … seek hegemony"), Some(1));
    assert_eq!(code("Every country should be left behind."), Some(1));
    assert_eq!(code("is the"), Some(1));
}

#[test]
fn a_quotation_with_words_left_out() {
    let quote = "Ramaphosa continued … no person should be denied vaccine";
    assert_snapshot!(Cli::article().run(&["verify", quote]), @"
    exit 0
    --- stdout
    This is in the document, shortened.

    Cyril Ramaphosa, President of the African National Congress (ANC) and of South
    Africa · reported by the article’s author
    > *Ramaphosa continued,* {stating that we must take a firm stand against
    > “vaccine imperialism,” which is morally indefensible,” as} *no person should
    > be denied vaccine* because of where he or she lives, gender, race, language,
    > or personal circumstances.
    *between stars*: what was quoted · {in braces}: what was left out
    “vaccine imperialism,” and “morally indefensible” in quotation marks
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶28 ·
    characters 7370–7615
    ");
}

#[test]
fn a_quotation_that_is_none() {
    let quote = "We shall fight on the beaches and on the landing grounds.";
    assert_snapshot!(Cli::article().run(&["verify", quote]), @"
    exit 1
    --- stdout
    I can’t find this in the document. It may be a paraphrase, or made up.
    ");
    let ran = Cli::article().run(&["verify", quote, "--json"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.json()[0]["verdict"], "absent");
    assert_eq!(ran.json()[0]["passages"], serde_json::json!([]));
}

#[test]
fn a_quotation_that_cannot_be_checked_or_not_its_speaker() {
    assert_snapshot!(Cli::article().run(&["verify", "…"]), @"
    exit 2
    --- stderr
    error: there is no word in this quotation, so there is nothing to check
    ");
    assert_snapshot!(Cli::article().run(&["verify", "stronger than unity", "--speaker", "Ramafosa"]), @"
    exit 0
    --- stdout
    Left out: “nothing is”. The sentence says otherwise.
    I know no speaker called “Ramafosa”, so I checked the words alone. Did you mean
    Cyril Ramaphosa?

    Ho Chi Minh, quoted by Nguyen Phu Trong · partly own words, in quotation marks
    > The great leader of Vietnam, Ho Chi Minh said: “Under heaven there is nothing
    > more important than the people and nothing is *stronger than unity.”*
    *between stars*: what was quoted
    “The great leader of Vietnam, Ho Chi Minh said:”: Nguyen Phu Trong, reported by
    the article’s author
    CPC and world political parties summit · Henry Lowendorf, 30 July 2021 · ¶35 ·
    characters 12344–12489
    ");
}

#[test]
fn json_of_a_quotation() {
    let quote = "Under heaven there is nothing … important than the people";
    let ran = Cli::article().run(&["verify", quote, "--speaker", "Nguyen", "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let mut line = ran.json().remove(0);
    let similarity = line["similarity"].take();
    assert!((0.0..=1.0).contains(&similarity.as_f64().unwrap()), "{similarity}");
    assert_snapshot!(format!("{line:#}"), @r#"
    {
      "alleged": {
        "matches": false,
        "name": "Nguyen Phu Trong",
        "share": "cited",
        "whose": "cited",
        "words_of": [
          "Ho Chi Minh"
        ]
      },
      "changed": [],
      "claim": [
        {
          "mark": "same",
          "text": "Under heaven there is nothing … important than the people"
        }
      ],
      "cue": "other",
      "dropped": "more",
      "dropped_at": "ellipsis",
      "headline": "Left out: “more”. The sentence says something else as a whole.",
      "passages": [
        {
          "characters": [
            12392,
            12452
          ],
          "document": "cpc-world-political-parties-summit",
          "end": 12523,
          "paragraph": 35,
          "quoting": "Ho Chi Minh",
          "role": "The great leader of Vietnam",
          "segments": [
            {
              "mark": "same",
              "text": "Under heaven there is nothing "
            },
            {
              "mark": "left-out",
              "text": "more"
            },
            {
              "mark": "same",
              "text": " important than the people"
            }
          ],
          "sentence": {
            "end": 12562,
            "segments": [
              {
                "mark": "around",
                "text": "The great leader of Vietnam, Ho Chi Minh said: “"
              },
              {
                "mark": "same",
                "text": "Under heaven there is nothing "
              },
              {
                "mark": "left-out",
                "text": "more"
              },
              {
                "mark": "same",
                "text": " important than the people"
              },
              {
                "mark": "around",
                "text": " and nothing is stronger than unity.”"
              }
            ],
            "start": 12413,
            "text": "The great leader of Vietnam, Ho Chi Minh said: “Under heaven there is nothing more important than the people and nothing is stronger than unity.”"
          },
          "speaker": "Ho Chi Minh",
          "start": 12463,
          "text": "Under heaven there is nothing more important than the people",
          "via": "Nguyen Phu Trong",
          "voice": "quoted",
          "voices": [
            "quoted"
          ]
        }
      ],
      "reverses": false,
      "similarity": null,
      "verdict": "turned",
      "words_left_out": 1
    }
    "#);
}

// Knowledge folders

#[test]
fn folders_that_cannot_be_used() {
    assert_snapshot!(Cli::empty().run(&["ask", "what"]), @"
    exit 2
    --- stderr
    error: there is no folder knowledge: make it and put a text in, or choose another with --knowledge
    ");
    assert_snapshot!(Cli::with("a.txt", "A.").run(&["ask", "what", "--knowledge", "a.txt"]), @"
    exit 2
    --- stderr
    error: a.txt is not a folder: choose the folder that it is in
    ");
    let hidden = Cli::with("texts/.hidden.txt", "A.").and("texts/folder/b.txt", "B.");
    assert_snapshot!(hidden.run(&["ask", "what", "--knowledge", "texts"]), @"
    exit 2
    --- stderr
    error: texts holds no text: put a .txt or .md file in, or choose another folder with --knowledge
    ");
}

#[test]
fn endings_are_read_in_any_case() {
    let cli = Cli::with("knowledge/HOURS.TXT", "The library opens at nine.");
    assert_snapshot!(cli.run(&["ask", "When does the library open?"]), @"
    exit 0
    --- stdout
    “HOURS” · the document’s own text
    > The library opens at nine.
    HOURS · ¶1 · characters 0–26
    ");
}

#[test]
fn all_faults_of_all_files_at_once() {
    let cli = Cli::with("knowledge/broken.txt", "A text.")
        .and("knowledge/broken.toml", "title = \n")
        .and("knowledge/elmsea.txt", HARBOUR)
        .and(
            "knowledge/elmsea.toml",
            "[[span]]\nquote = \"three cranes\"\nspeaker = \"mayor\"\nvoice = \"quoted\"\n\n\
             [[skip]]\nquote = \"four cranes\"\n",
        )
        .and("knowledge/latin.txt", b"caf\xe9\n")
        .and("knowledge/photo.png", b"\x89PNG")
        .and("knowledge/twin.md", "One.")
        .and("knowledge/twin.txt", "Two.")
        .and("knowledge/void.txt", "\u{feff} \n");
    assert_snapshot!(cli.run(&["knowledge", "check"]), @"
    exit 2
    --- stderr
    error: the knowledge folder has faults; none of it is used until they are fixed
      knowledge/broken.toml:1: this is not TOML: string values must be quoted, expected literal string
      knowledge/elmsea.toml:3: there is no speaker with the id “mayor”: list the speaker in a [[speaker]] entry
      knowledge/elmsea.toml:7: “four cranes” is not in the text; the nearest is “three cranes.” (line 3): copy the words from the text exactly
      knowledge/latin.txt:1: byte 3 is not UTF-8: save the file as UTF-8 (without changing its text)
      knowledge/photo.png: only .txt and .md sources and .toml annotations are read: convert this file to plain text, or move it out of the folder
      knowledge/twin.txt: there is a document “twin” already (knowledge/twin.md): rename one of the two, with its annotation
      knowledge/void.txt: this source is empty: put the text in, or remove the file
    ");
    assert_eq!(cli.run(&["ask", "cranes"]).code, Some(2));
}

#[test]
fn a_contradictory_annotation() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR).and(
        "knowledge/elmsea.toml",
        "[[speaker]]\nid = \"mayor\"\nname = \"The Mayor\"\n\n\
         [[span]]\nfrom = \"The harbour\"\nto = \"opened\"\nspeaker = \"mayor\"\nvoice = \"reported\"\n\n\
         [[span]]\nfrom = \"Elmsea\"\nto = \"1902.\"\nspeaker = \"mayor\"\nvoice = \"quoted\"\n",
    );
    assert_snapshot!(cli.run(&["knowledge", "check"]), @"
    exit 2
    --- stderr
    error: the knowledge folder has faults; none of it is used until they are fixed
      knowledge/elmsea.toml:12: this span overlaps the one of line 6 without lying inside it: end one before the other starts, or nest them
    ");
}

#[test]
fn texts_as_editors_write_them() {
    let text = format!("\u{feff}{}", HARBOUR.replace('\n', "\r\n"));
    let cli = Cli::with("knowledge/elmsea.txt", text).and("knowledge/.gitkeep", "");
    assert_snapshot!(cli.run(&["knowledge", "show"]), @"
    exit 0
    --- stdout
    elmsea

    ¶1.1 author
        The harbour of Elmsea opened in 1902.

    ¶2.1 author
        It has three cranes.
    ");
}

#[test]
fn what_is_checked_of_the_article() {
    assert_snapshot!(Cli::article().run(&["knowledge", "check"]), @"
    exit 0
    --- stdout
    cpc-world-political-parties-summit: CPC and world political parties summit ·
    Henry Lowendorf, 30 July 2021
      56 paragraphs, 159 sentences, of which 136 can be quoted
         34  Henry Lowendorf
         20  Xi Jinping
          9  Cyril Ramaphosa
         12  Nursultan Nazarbaev
         12  Dmitri Medvedev
          9  Nguyen Phu Trong
          1  Ho Chi Minh
         26  Miguel Diaz-Canel
         13  Emerson Mnangagwa
          0  Rodrigo Duterte (listed; no words of theirs)
          0  Mohammed Abbas (listed; no words of theirs)
          0  Aleksandar Vučić (listed; no words of theirs)
          0  Filipe Jacinto Nyusi (listed; no words of theirs)
          0  Hage Geingob (listed; no words of theirs)
          0  George Papandreou (listed; no words of theirs)
          0  José Luis Centella (listed; no words of theirs)
          0  Evo Morales Ayma (listed; no words of theirs)
      note: 136 sentences have 825 questions in [[ask]]

    1 document, no faults.
    ");
}

#[test]
fn a_sentence_that_will_never_be_quoted() {
    let cli = Cli::with("knowledge/long.txt", format!("Short. And {}end.", "so ".repeat(95)));
    assert_snapshot!(cli.run(&["knowledge", "check"]), @"
    exit 0
    --- stdout
    long: long
      1 paragraph, 2 sentences, of which 1 can be quoted
          1  the document itself
      warning: ¶1.2 has 97 words and will never be quoted: an excerpt has at most 90
      note: no [[ask]] lists questions that a sentence answers: each is found by its
      own words only

    1 document, no faults.
    ");
}

#[test]
fn sentences_without_questions_are_noted() {
    let text = "The quay is long. It has a crane. ".to_owned() + &"Gulls cry. ".repeat(12);
    let check = |annotation: &str| {
        let files = Cli::with("knowledge/quay.txt", &text).and("knowledge/quay.toml", annotation);
        files.run(&["knowledge", "check"])
    };
    assert_snapshot!(check("[[ask]]\nquote = \"a crane\"\nquestions = [\"How are ships unloaded?\"]"), @"
    exit 0
    --- stdout
    quay: quay
      1 paragraph, 14 sentences, of which 14 can be quoted
         14  the document itself
      note: 1 sentence has 1 question in [[ask]]; without any: ¶1.1, ¶1.3, ¶1.4,
      ¶1.5, ¶1.6, ¶1.7, ¶1.8, ¶1.9 and 5 more

    1 document, no faults.
    ");
    assert_snapshot!(check("[[ask]]\nquote = \"a crain\"\nquestions = [\"\"]"), @"
    exit 2
    --- stderr
    error: the knowledge folder has faults; none of it is used until they are fixed
      knowledge/quay.toml:2: “a crain” is not in the text; the nearest is “a crane.” (line 1): copy the words from the text exactly
      knowledge/quay.toml:3: this question is empty: write it, or remove it
    ");
}

#[test]
fn the_text_with_its_voices() {
    let ran = Cli::article().run(&["knowledge", "show", ARTICLE]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_snapshot!(sentences(ran.stdout(), &["¶7.3 ", "¶8.1 ", "¶28.1 ", "¶35.4 ", "¶45.1 "]), @"
    ¶7.3 Xi Jinping · reported
        [reported] The CPC, he said, connected the future of the Chinese people with
        that of other countries, joining to [quoted] “promote common prosperity of
        all countries.”

    ¶8.1 not quoted: a repetition or a heading
        No country should be left behind.

    ¶28.1 Cyril Ramaphosa · reported
        [reported] Ramaphosa continued, stating that we must take a firm stand
        against [quoted] “vaccine imperialism,” [reported] which is [quoted] morally
        indefensible [reported] ,” as no person should be denied vaccine because of
        where he or she lives, gender, race, language, or personal circumstances.

    ¶35.4 Ho Chi Minh, quoted by Nguyen Phu Trong · quoted
        [Nguyen Phu Trong · reported] The great leader of Vietnam, Ho Chi Minh said:
        [quoted] “Under heaven there is nothing more important than the people and
        nothing is stronger than unity.”

    ¶45.1 not quoted: the site’s own text
        Related Articles
    ");
    assert!(ran.stdout().lines().all(|line| textwrap::core::display_width(line) <= 80));
}

/// What is shown of the sentences at `places`.
fn sentences(shown: &str, places: &[&str]) -> String {
    let is_wanted = |block: &&str| places.iter().any(|place| block.starts_with(place));
    shown.split("\n\n").filter(is_wanted).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_document_that_is_not_there() {
    let cli = Cli::with("knowledge/elmsea.txt", HARBOUR);
    assert_snapshot!(cli.run(&["knowledge", "show", "elmsee"]), @"
    exit 2
    --- stderr
    error: there is no document “elmsee”; did you mean elmsea?
    ");
    assert_snapshot!(cli.run(&["knowledge", "show", "x"]), @"
    exit 2
    --- stderr
    error: there is no document “x”; there are: elmsea
    ");
}

const ASKED_OF_THE_QUAY: &str = "\
{\"id\": \"a\", \"question\": \"How long is the quay?\", \"answerable\": true, \"gold\": [{\"start\": 0, \"end\": 31, \"speaker\": null, \"voice\": \"author\"}]}
{\"id\": \"b\", \"question\": \"Which opera is sung on Sundays?\", \"answerable\": true, \"gold\": [{\"start\": 32, \"end\": 71, \"speaker\": null, \"voice\": \"author\"}]}
{\"id\": \"c\", \"question\": \"How big is the quay that the mayor wants to be longer?\", \"answerable\": true, \"gold\": [{\"start\": 0, \"end\": 31, \"speaker\": null, \"voice\": \"author\"}]}
{\"id\": \"d\", \"question\": \"Who painted the ferry?\", \"answerable\": false}
";

fn quay() -> Cli {
    let text = "The quay is ninety metres long.\nThree cranes lift whatever ships bring.\nThe \
                mayor wants a longer quay.\n";
    let annotation = "[[speaker]]\nid = \"mayor\"\nname = \"Ada Mayor\"\n[[span]]\nquote = \"The \
                      mayor wants a longer quay.\"\nspeaker = \"mayor\"\nvoice = \"reported\"\n";
    Cli::with("knowledge/elmsea.txt", text)
        .and("knowledge/elmsea.toml", annotation)
        .and("questions.jsonl", ASKED_OF_THE_QUAY)
}

#[test]
fn questions_that_go_unanswered() {
    assert_snapshot!(quay().run(&["knowledge", "suggest", "questions.jsonl"]), @"
    exit 0
    --- stdout
    b Which opera is sung on Sundays? · the bot abstains
      ¶2.1 “elmsea” · the document’s own text · answers, by the file
        Three cranes lift whatever ships bring.
      ¶1.1 “elmsea” · the document’s own text
        The quay is ninety metres long.
      ¶3.1 Ada Mayor · reported by the document
        The mayor wants a longer quay.

    c How big is the quay that the mayor wants to be longer? · another passage comes
    first
      ¶3.1 Ada Mayor · reported by the document
        The mayor wants a longer quay.
      ¶1.1 “elmsea” · the document’s own text · answers, by the file
        The quay is ninety metres long.
      ¶2.1 “elmsea” · the document’s own text
        Three cranes lift whatever ships bring.

    2 of 3 answerable questions unanswered: 1 with an abstention, 1 with another
    passage first.
    ");
    let ran = quay().run(&["knowledge", "suggest", "questions.jsonl", "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_snapshot!(ran.stdout(), @r#"
    {"id":"b","question":"Which opera is sung on Sundays?","failure":"abstained","nearest":[{"text":"Three cranes lift whatever ships bring.","document":"elmsea","paragraph":2,"start":32,"end":71,"speaker":null,"role":null,"voice":"author","voices":["author"],"quoting":null,"via":null,"sentence":1,"answers":true},{"text":"The quay is ninety metres long.","document":"elmsea","paragraph":1,"start":0,"end":31,"speaker":null,"role":null,"voice":"author","voices":["author"],"quoting":null,"via":null,"sentence":1,"answers":false},{"text":"The mayor wants a longer quay.","document":"elmsea","paragraph":3,"start":72,"end":102,"speaker":"Ada Mayor","role":null,"voice":"reported","voices":["reported"],"quoting":null,"via":null,"sentence":1,"answers":false}]}
    {"id":"c","question":"How big is the quay that the mayor wants to be longer?","failure":"missed","nearest":[{"text":"The mayor wants a longer quay.","document":"elmsea","paragraph":3,"start":72,"end":102,"speaker":"Ada Mayor","role":null,"voice":"reported","voices":["reported"],"quoting":null,"via":null,"sentence":1,"answers":false},{"text":"The quay is ninety metres long.","document":"elmsea","paragraph":1,"start":0,"end":31,"speaker":null,"role":null,"voice":"author","voices":["author"],"quoting":null,"via":null,"sentence":1,"answers":true},{"text":"Three cranes lift whatever ships bring.","document":"elmsea","paragraph":2,"start":32,"end":71,"speaker":null,"role":null,"voice":"author","voices":["author"],"quoting":null,"via":null,"sentence":1,"answers":false}]}
    "#);
}

// Settings

#[test]
fn the_default_threshold_is_the_engines() {
    let defaults = include_str!("../../config/default.toml");
    let line = format!("\nthreshold = {:?}\n", Models::DEFAULT_THRESHOLD);
    assert!(defaults.contains(&line), "config/default.toml must say{line}");
}

#[test]
fn a_file_overrides_the_defaults_and_the_environment_the_file() {
    let cli = Cli::with("texts/elmsea.txt", HARBOUR)
        .and("bot.toml", "\u{feff}[knowledge]\ndirectory = \"texts\"\n[answer]\nthreshold = 1\n");
    let question = ["ask", "cranes", "--config", "bot.toml"];
    assert_eq!(cli.run(&question).code, Some(1));
    let environment = cli.call(&question).env("SUMMIT__ANSWER__THRESHOLD", "0").run();
    assert_eq!(environment.code, Some(0), "{environment}");
    let elsewhere = cli.call(&question).env("SUMMIT__KNOWLEDGE__DIRECTORY", "0123").run();
    assert_snapshot!(elsewhere, @"
    exit 2
    --- stderr
    error: there is no folder 0123: make it and put a text in, or choose another with --knowledge
    ");
}

#[test]
fn all_that_is_wrong_with_the_settings_at_once() {
    let cli = Cli::with(
        "bot.toml",
        "answer.excerpt = 1\n[knowledge]\ndirectory = 5\n[speling]\nx = true\n",
    );
    let call = cli
        .call(&["ask", "what", "--config", "bot.toml"])
        .env("SUMMIT__ANSWER__TRESHOLD", "0.5")
        .env("SUMMIT__ANSWER__EXCERPTS", "two")
        .env("SUMMIT__NOTHING", "")
        .env("SUMMIT_OTHER", "not ours");
    assert_snapshot!(call.run(), @"
    exit 2
    --- stderr
    error: the settings cannot be used
      bot.toml: answer.excerpt: there is no such setting; did you mean answer.excerpts?
      bot.toml: knowledge.directory: must be a text, and is a whole number
      bot.toml: speling.x: there is no such setting; config/default.toml lists them all
      SUMMIT__ANSWER__EXCERPTS: must be a whole number, and is “two”
      SUMMIT__ANSWER__TRESHOLD: there is no such setting; did you mean SUMMIT__ANSWER__THRESHOLD?
      SUMMIT__NOTHING: there is no such setting; config/default.toml lists them all
    ");
}

#[test]
fn settings_out_of_range() {
    let cli = Cli::with("bot.toml", "[answer]\nexcerpts = 4\nthreshold = nan\n");
    let call = cli
        .call(&["ask", "what", "--config", "bot.toml"])
        .env("SUMMIT__ANSWER__THRESHOLD", "1.5")
        .env("SUMMIT__KNOWLEDGE__DIRECTORY", " ");
    assert_snapshot!(call.run(), @r#"
    exit 2
    --- stderr
    error: the settings cannot be used
      SUMMIT__KNOWLEDGE__DIRECTORY: must name a folder, for example "knowledge"
      bot.toml: answer.excerpts: must be 1, 2 or 3, and is 4
      SUMMIT__ANSWER__THRESHOLD: must be from 0 to 1, and is 1.5
    "#);
}

#[test]
fn a_settings_file_that_is_none() {
    let cli = Cli::with("bot.toml", "[answer\n").and("latin.toml", b"# caf\xe9");
    assert_snapshot!(cli.run(&["ask", "what", "--config", "bot.toml"]), @"
    exit 2
    --- stderr
    error: the settings cannot be used
      bot.toml: line 1 is not TOML: unclosed table, expected `]`
    ");
    for name in ["latin.toml", "none.toml"] {
        let ran = cli.run(&["ask", "what", "--config", name]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(&format!("{name}: this settings file cannot be read")));
    }
}

// Hostile text

#[test]
fn a_pipe_gets_every_character_as_it_is() {
    let text = "The crane\u{1b}[31m is \u{202e}red\u{9b} and\u{200b} tall.";
    let cli = Cli::with("knowledge/elmsea.txt", text);
    let shown = cli.call(&["ask", "crane"]).env("SUMMIT__ANSWER__THRESHOLD", "0").run();
    assert!(shown.stdout().contains(text), "{shown:#}");
    let json = cli.run(&["ask", "crane", "--json"]);
    assert_eq!(json.json()[0]["excerpts"][0]["text"], text);
}

#[test]
fn a_question_with_control_characters() {
    let ran = Cli::article().run(&["ask", "\u{1b}[2J\u{202e}vaccine\u{7} imperialism Ramaphosa"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(!ran.stdout().contains('\u{1b}') && !ran.stderr.contains('\u{1b}'));
    let ran = Cli::article().run(&["ask", "what", "--spea\u{1b}[2Jker"]);
    assert_eq!(ran.code, Some(2));
    assert!(!ran.stderr.contains('\u{1b}'), "{ran}");
}
