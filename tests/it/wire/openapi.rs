//! Discord's official description of its API, against which every call of a test is held.
//!
//! It stands beside the project and not in it. Where it is missing, that is said, and nothing is
//! held against it.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use flate2::read::GzDecoder;
use jsonschema::{Draft, Validator};
use mock_discord::world::Call;
use serde_json::{Value, json};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/discord-openapi.json.gz");

/// What a call may send, and what it may be answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    /// Sent by the bot. Fields that Discord does not know are a fault.
    Request,
    /// Given by the offline Discord, with this status.
    Response(u16),
}

struct Description {
    paths: Value,
    /// All schemas as they stand.
    components: Value,
    /// The same, and nothing but what they name.
    strict: Value,
    /// One for each route, method and side; nothing where no schema is given.
    validators: Mutex<Validators>,
}

type Validators = HashMap<(String, Side), Option<Arc<Validator>>>;

/// Where what a call sends is not as Discord describes it.
pub(crate) fn faults_of_request(call: &Call) -> Vec<String> {
    let check = |it: &Description| it.check(call, Side::Request, &call.body);
    description().map(check).unwrap_or_default()
}

/// Where the answer to a call is not as Discord describes it.
pub(crate) fn faults_of_answer(call: &Call) -> Vec<String> {
    // Answers of faults that a test put in its way are the test's.
    let answer = call.answer.as_ref().filter(|_| call.status < 300);
    let check =
        |(it, answer): (&Description, &Value)| it.check(call, Side::Response(call.status), answer);
    description().zip(answer).map(check).unwrap_or_default()
}

/// Where a call, or the answer to it, is not as Discord describes it.
fn faults(call: &Call) -> Vec<String> {
    [faults_of_request(call), faults_of_answer(call)].concat()
}

/// Whether the description is there.
pub(crate) fn is_there() -> bool {
    description().is_some()
}

fn description() -> Option<&'static Description> {
    static DESCRIPTION: OnceLock<Option<Description>> = OnceLock::new();
    DESCRIPTION.get_or_init(Description::read).as_ref()
}

impl Description {
    fn read() -> Option<Self> {
        if !Path::new(FILE).exists() {
            // Past the capture of tests, since this is to be seen where all is well, too.
            let said = format!("skipped: there is no {FILE} to hold payloads against\n");
            std::io::stderr().write_all(said.as_bytes()).unwrap();
            return None;
        }
        let mut text = String::new();
        GzDecoder::new(std::fs::File::open(FILE).unwrap()).read_to_string(&mut text).unwrap();
        let mut whole: Value = serde_json::from_str(&text).unwrap();
        let components = whole["components"].take();
        let mut strict = components.clone();
        close(&mut strict);
        let validators = Mutex::default();
        Some(Self { paths: whole["paths"].take(), components, strict, validators })
    }

    fn check(&self, call: &Call, side: Side, body: &Value) -> Vec<String> {
        let Some(template) = self.template(&call.path) else {
            return vec![format!("{} {}: Discord has no such path", call.method, call.path)];
        };
        let method = call.method.to_lowercase();
        let operation = &self.paths[&template][&method];
        if operation.is_null() {
            return vec![format!("{} {template}: Discord has no such method", call.method)];
        }
        let key = (format!("{method} {template}"), side);
        let mut validators = self.validators.lock().unwrap();
        let validator =
            validators.entry(key).or_insert_with(|| self.validator(operation, side)).clone();
        drop(validators);
        let Some(validator) = validator.filter(|_| !body.is_null()) else { return Vec::new() };
        let what = if side == Side::Request { "sent" } else { "answered" };
        let errors = validator.iter_errors(body);
        let named = errors.map(|error| {
            let place = error.instance_path().to_string();
            format!("{what} by {} {template}, at {place:?}: {error}", call.method)
        });
        named.take(5).collect()
    }

    /// The described path that fits best: the one with the most words of its own.
    fn template(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let words: Vec<&str> = template.split('/').collect();
            let pairs = words.iter().zip(&parts);
            words.len() == parts.len()
                && pairs.into_iter().all(|(word, part)| word.starts_with('{') || word == part)
        };
        let templates = self.paths.as_object().unwrap().keys().filter(fits);
        templates.min_by_key(|template| template.matches('{').count()).cloned()
    }

    fn validator(&self, operation: &Value, side: Side) -> Option<Arc<Validator>> {
        let (part, components) = match side {
            Side::Request => (&operation["requestBody"], &self.strict),
            Side::Response(status) => {
                (&operation["responses"][status.to_string()], &self.components)
            }
        };
        let content = &part["content"];
        let mut schema = content["application/json"]["schema"].clone();
        if schema.is_null() {
            schema = content["multipart/form-data"]["schema"].clone();
        }
        schema.as_object_mut()?.insert("components".to_owned(), components.clone());
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        Some(Arc::new(options.build(&schema).unwrap()))
    }
}

/// Closes every object of a schema against fields that it does not name.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// A call as it would have been.
fn call(path: &str, body: Value) -> Call {
    Call {
        method: "POST".to_owned(),
        path: path.to_owned(),
        route: "",
        body,
        files: Vec::new(),
        status: 204,
        answer: None,
        interaction: None,
        message: None,
        at_ms: 0,
        read: false,
    }
}

#[test]
fn what_discord_does_not_describe_is_found() {
    if !is_there() {
        return;
    }
    let none = json!({"parse": []});
    let good = json!({"content": "x", "allowed_mentions": none, "embeds": [{"title": "x"}]});
    assert_eq!(faults(&call("/channels/1/messages", good)), Vec::<String>::new());
    let faulty = [
        ("/channels/1/messages", json!({"content": "x", "alowed_mentions": none})),
        ("/channels/1/messages", json!({"embeds": [{"titel": "x"}]})),
        ("/channels/1/messages", json!({"allowed_mentions": {"parse": ["everybody"]}})),
        ("/channels/1/messages", json!({"components": [{"type": 1, "components": [{"type": 2}]}]})),
        ("/channels/1/letters", json!({})),
        ("/interactions/1/x/callback", json!({"type": 4, "data": {"content": 3}})),
        ("/applications/1/commands", json!({"description": "without a name"})),
    ];
    for (path, body) in faulty {
        assert!(!faults(&call(path, body.clone())).is_empty(), "{path} {body}");
    }
}
