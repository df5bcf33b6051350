//! Turns replies into the bodies of Discord's calls. Pure: nothing is sent here.
//!
//! Every message, new or edited, is built by one function, which sets empty allowed mentions:
//! nothing that leaves can ping. The bodies are JSON and not serenity's builders, since each of
//! its five builders of messages would have to be told so anew.

use serde_json::{Value, json};

use bot::{Audience, Button, Card, Choice, Form, Reply, Row, Select, Target};

/// No preview of links.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Seen by one person.
const EPHEMERAL: u64 = 1 << 6;

/// How an interaction is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Callback {
    /// With a new message.
    Message = 4,
    /// The message that was pressed changes.
    Update = 7,
}

/// Returns a message. All its parts are named, so that an edit keeps nothing of what was there.
fn message(reply: &Reply, flags: u64) -> Value {
    let suppress = if reply.suppresses_embeds() { SUPPRESS_EMBEDS } else { 0 };
    json!({
        "content": reply.content(),
        "embeds": reply.cards().map(embed).collect::<Vec<_>>(),
        "components": reply.rows().iter().map(row).collect::<Vec<_>>(),
        "allowed_mentions": { "parse": [], "replied_user": false },
        "flags": flags | suppress,
    })
}

/// Returns the first answer to an interaction.
pub(super) fn callback(kind: Callback, reply: &Reply) -> Value {
    let flags = match kind {
        Callback::Message => audience(reply),
        Callback::Update => 0,
    };
    let mut data = message(reply, flags);
    if let Some(file) = reply.attached() {
        data["attachments"] = json!([{ "id": "0", "filename": file.name }]);
    } else if kind == Callback::Update {
        // A file that hung on it would stay.
        data["attachments"] = json!([]);
    }
    json!({ "type": kind as u8, "data": data })
}

/// Choices for what someone is typing.
pub(super) fn choices(choices: &[Choice]) -> Value {
    let choice = |choice: &Choice| json!({ "name": choice.name, "value": choice.value });
    json!({ "type": 8, "data": { "choices": choices.iter().map(choice).collect::<Vec<_>>() } })
}

/// Opens a form.
pub(super) fn form(form: &Form) -> Value {
    let line = json!({
        "type": 4,
        "style": 1,
        "custom_id": "text",
        "label": form.label,
        "placeholder": form.placeholder,
        "min_length": 1,
        "max_length": form.max_length,
        "required": true,
    });
    let data = json!({
        "custom_id": form.component_id,
        "title": form.title,
        "components": [{ "type": 1, "components": [line] }],
    });
    json!({ "type": 9, "data": data })
}

/// One more message after the first answer.
pub(super) fn follow_up(reply: &Reply) -> Value {
    message(reply, audience(reply))
}

/// Returns the first answer, changed.
pub(super) fn edit(reply: &Reply) -> Value {
    message(reply, 0)
}

/// Returns a message to a channel, as a reply to another where that is still there. Sent twice, it
/// comes once: Discord knows it by its nonce.
pub(super) fn reply_to(to: u64, reply: &Reply) -> Value {
    let mut body = message(reply, 0);
    body["message_reference"] =
        json!({ "message_id": to.to_string(), "fail_if_not_exists": false });
    body["nonce"] = json!(to.to_string());
    body["enforce_nonce"] = json!(true);
    body
}

fn audience(reply: &Reply) -> u64 {
    match reply.audience() {
        Audience::Public => 0,
        Audience::Private => EPHEMERAL,
    }
}

fn embed(card: &Card) -> Value {
    let mut embed = json!({ "description": card.description });
    if !card.author.is_empty() {
        embed["author"] = json!({ "name": card.author });
    }
    if !card.footer.is_empty() {
        embed["footer"] = json!({ "text": card.footer });
    }
    embed
}

fn row(row: &Row) -> Value {
    let components = match row {
        Row::Buttons(buttons) => buttons.iter().map(button).collect(),
        Row::Select(menu) => vec![select(menu)],
    };
    json!({ "type": 1, "components": components })
}

fn button(button: &Button) -> Value {
    match &button.target {
        Target::Press(id) => {
            json!({ "type": 2, "style": 2, "label": button.label, "custom_id": id })
        }
        Target::Danger(id) => {
            json!({ "type": 2, "style": 4, "label": button.label, "custom_id": id })
        }
        Target::Link(url) => json!({ "type": 2, "style": 5, "label": button.label, "url": url }),
    }
}

fn select(menu: &Select) -> Value {
    let options: Vec<Value> = menu
        .entries
        .iter()
        .map(|entry| {
            let mut option = json!({ "label": entry.label, "value": entry.value });
            if !entry.description.is_empty() {
                option["description"] = json!(entry.description);
            }
            option
        })
        .collect();
    json!({
        "type": 3,
        "custom_id": menu.component_id,
        "placeholder": menu.placeholder,
        "options": options,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Callback, callback, edit, follow_up, reply_to};
    use bot::{Audience, Reply};

    #[test]
    fn nothing_that_leaves_can_ping() {
        let reply = Reply::new(Audience::Private).text("@everyone <@1> <@&2>");
        let bodies = [
            callback(Callback::Message, &reply)["data"].clone(),
            callback(Callback::Update, &reply)["data"].clone(),
            follow_up(&reply),
            edit(&reply),
            reply_to(3, &reply),
        ];
        for body in bodies {
            assert_eq!(body["allowed_mentions"], json!({ "parse": [], "replied_user": false }));
        }
    }

    #[test]
    fn what_is_private_is_ephemeral_and_an_edit_leaves_it_so() {
        let reply = Reply::note("hello");
        assert_eq!(callback(Callback::Message, &reply)["data"]["flags"], 64 + 4);
        assert_eq!(callback(Callback::Update, &reply)["data"]["flags"], 4);
    }
}
