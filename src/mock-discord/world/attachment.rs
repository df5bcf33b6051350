//! Files: those a bot uploads with a message, those people attach, and where they are fetched.

use std::sync::Arc;

use serde_json::{Value, json};

use super::guild::extend;
use super::payload::list;
use super::{FormErrors, Id, Message, RestError, World, id_of};

/// How many bytes the files of one message may have together; see
/// <https://discord.com/developers/docs/reference#uploading-files>.
pub const MAX_UPLOAD: usize = 10 << 20;
/// How many files a message may have; see
/// <https://discord.com/developers/docs/resources/message#create-message>.
const MAX_FILES: usize = 10;

/// A file on its way: a part of a request, or of what a person attaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The number by which the payload's `attachments` name it: that of `files[0]`.
    pub number: u64,
    /// The file's name.
    pub name: String,
    /// Its type, such as `application/json`, where one was given.
    pub kind: Option<String>,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// A file that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Snowflake.
    pub id: Id,
    /// The file's name.
    pub name: String,
    /// Its type, where one was given.
    pub kind: Option<String>,
    /// The description of the picture, where one was given.
    pub description: Option<String>,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// The channel it was put into.
    pub channel: Id,
    /// `true` if it goes away by itself, as a file given to a command.
    pub ephemeral: bool,
}

impl World {
    /// Returns an attachment object.
    #[must_use]
    pub fn attachment_view(&self, attachment: &Attachment) -> Value {
        let Attachment { id, name, channel, .. } = attachment;
        let folder = if attachment.ephemeral { "ephemeral-attachments" } else { "attachments" };
        let url = format!("{}/{folder}/{channel}/{id}/{name}", self.cdn);
        let mut view = json!({
            "id": id.to_string(), "filename": name, "size": attachment.bytes.len(),
            "url": url, "proxy_url": url, "content_type": attachment.kind,
        });
        if attachment.kind.is_none() {
            view.as_object_mut().map(|fields| fields.remove("content_type"));
        }
        if let Some(description) = &attachment.description {
            extend(&mut view, json!({"description": description}));
        }
        if attachment.ephemeral {
            extend(&mut view, json!({"ephemeral": true}));
        }
        view
    }

    /// Takes a file that a person gives to a command.
    pub fn upload(&mut self, channel: Id, name: &str, bytes: &[u8]) -> Id {
        let bytes = Arc::from(bytes);
        let upload = Upload { number: 0, name: name.to_owned(), kind: kind_of(name), bytes };
        self.keep(channel, upload, None, true)
    }

    pub(super) fn keep(
        &mut self,
        channel: Id,
        upload: Upload,
        description: Option<String>,
        ephemeral: bool,
    ) -> Id {
        let id = self.mint();
        let Upload { name, kind, bytes, .. } = upload;
        let (name, kind) = (plain_name(&name), kind.or_else(|| kind_of(&name)));
        let attachment = Attachment { id, name, kind, description, bytes, channel, ephemeral };
        self.attachments.insert(id, attachment);
        id
    }

    /// Returns what is in a file, for whoever has its address.
    #[must_use]
    pub fn file(&self, channel: Id, id: Id, name: &str) -> Option<&Attachment> {
        let known = self.attachments.get(&id);
        known.filter(|file| file.channel == channel && file.name == name)
    }

    /// Returns whether files came with the request being handled.
    pub(super) fn has_uploads(&self) -> bool {
        self.calls.last().is_some_and(|call| !call.files.is_empty())
    }

    /// Returns the files that came with the request being handled.
    fn uploads(&self) -> Vec<Upload> {
        self.calls.last().map(|call| call.files.clone()).unwrap_or_default()
    }

    /// Puts the files of a payload into a message: those that came with it, and of those it had
    /// the ones that the payload lists; without a list, all stay.
    pub(super) fn attach(&mut self, message: &mut Message, body: &Value) -> Result<(), RestError> {
        let uploads = self.uploads();
        let listed = body.get("attachments").filter(|it| !it.is_null());
        let listed = listed.map(|_| list(body, "attachments"));
        check_files(&uploads, listed.unwrap_or_default(), message)?;
        if let Some(listed) = listed {
            let named = |id: &Id| listed.iter().any(|it| it.get("id").and_then(id_of) == Some(*id));
            message.attachments.retain(named);
        }
        for upload in uploads {
            let of_it =
                |it: &&Value| it.get("id").and_then(id_of).is_some_and(|id| id == upload.number);
            let entry = listed.unwrap_or_default().iter().find(of_it);
            let text = |key: &str| entry.and_then(|it| it.get(key)?.as_str()).map(str::to_owned);
            let name = text("filename").unwrap_or_else(|| upload.name.clone());
            let upload = Upload { name, ..upload };
            let id =
                self.keep(message.channel, upload, text("description"), message.is_ephemeral());
            message.attachments.push(id);
        }
        Ok(())
    }

    /// Returns the file objects of a message.
    pub(super) fn attachment_views(&self, message: &Message) -> Vec<Value> {
        let files = message.attachments.iter().filter_map(|id| self.attachments.get(id));
        files.map(|file| self.attachment_view(file)).collect()
    }
}

fn check_files(uploads: &[Upload], listed: &[Value], message: &Message) -> Result<(), RestError> {
    if uploads.iter().map(|upload| upload.bytes.len()).sum::<usize>() > MAX_UPLOAD {
        return Err(RestError::new(413, 40005, "Request entity too large"));
    }
    let mut errors = FormErrors::default();
    errors.count("attachments", uploads.len(), 0, MAX_FILES);
    for (index, entry) in listed.iter().enumerate() {
        let id = entry.get("id").and_then(id_of);
        let is_new = uploads.iter().any(|upload| Some(upload.number) == id);
        let is_old = id.is_some_and(|id| message.attachments.contains(&id));
        if !is_new && !is_old {
            let path = format!("attachments.{index}");
            errors.add(&path, "ATTACHMENT_NOT_FOUND", "Attachment data not found.");
        }
        errors.length(
            &format!("attachments.{index}.description"),
            entry.get("description"),
            0,
            1024,
        );
    }
    errors.finish()
}

/// Returns a name as Discord keeps it: no folders, no spaces.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    if name.is_empty() { "unknown".to_owned() } else { name }
}

fn kind_of(name: &str) -> Option<String> {
    let kind = match name.rsplit_once('.')?.1 {
        "json" => "application/json; charset=utf-8",
        "txt" | "md" | "toml" => "text/plain; charset=utf-8",
        "png" => "image/png",
        _ => return None,
    };
    Some(kind.to_owned())
}
