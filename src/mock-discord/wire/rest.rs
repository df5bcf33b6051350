//! The REST server: a request becomes a route, the world answers it, the answer becomes JSON.
//! It judges nothing but tokens, rate limits and whether the route exists.

use std::future::pending;
use std::sync::Arc;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::multipart;
use super::route::Route;
use crate::Shared;
use crate::world::{
    Answer, Call, Id, InjectedErrorKind, MAX_UPLOAD, Quota, RestError, Upload, World,
};

/// The largest body that is read, in bytes: more than Discord takes, so that it can be refused.
const MAX_BODY: usize = 2 * MAX_UPLOAD;

/// A request, read whole.
struct Asked {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    token: Option<String>,
    /// Nothing where the body is no JSON.
    body: Option<Value>,
    files: Vec<Upload>,
}

/// The end of a request.
enum Outcome {
    Answer(Answer, Option<Quota>),
    Hang,
    CutError,
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection was cut")]
struct CutError;

/// Serves until dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Else small answers wait for what the peer is slow to acknowledge.
        stream.set_nodelay(true).ok();
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let service = service_fn(|request| respond(Arc::clone(&shared), request));
            let http = hyper::server::conn::http1::Builder::new();
            // A client that goes away in the middle is no matter of ours.
            http.serve_connection(TokioIo::new(stream), service).await.ok();
        });
    }
}

async fn respond(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, CutError> {
    let asked = read(request).await?;
    let_through(&shared, &asked.path).await;
    if let Some(path) = file_path(&asked.path) {
        return shared.change(|world| file(world, &asked, path)).ok_or(CutError);
    }
    let url = shared.gateway_url.clone();
    match shared.change(|world| handle(world, asked, &url)) {
        Outcome::Answer(answer, quota) => response(&answer, quota.as_ref()).ok_or(CutError),
        Outcome::Hang => pending().await,
        Outcome::CutError => Err(CutError),
    }
}

/// Waits as long as calls are held back.
async fn let_through(shared: &Shared, path: &str) {
    let mut changed = shared.changed.subscribe();
    if shared.look(|world| world.holds_calls) {
        shared.change(|world| world.held_back.push(path.to_owned()));
    }
    while shared.look(|world| world.holds_calls) && changed.changed().await.is_ok() {}
}

async fn read(request: Request<Incoming>) -> Result<Asked, CutError> {
    let (parts, body) = request.into_parts();
    let bytes = Limited::new(body, MAX_BODY).collect().await.map_err(|_| CutError)?.to_bytes();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let kind = header(CONTENT_TYPE).unwrap_or_default();
    let (body, files) = body_of(kind, bytes).await;
    let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let token = header(AUTHORIZATION);
    Ok(Asked {
        method: parts.method.as_str().to_owned(),
        path: percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned(),
        query: query.into_owned().collect(),
        token: token.map(str::to_owned),
        body,
        files,
    })
}

/// Returns the JSON of a body and its files.
async fn body_of(kind: &str, bytes: Bytes) -> (Option<Value>, Vec<Upload>) {
    if bytes.is_empty() {
        return (Some(Value::Null), Vec::new());
    }
    if !kind.starts_with("multipart/form-data") {
        return (serde_json::from_slice(&bytes).ok(), Vec::new());
    }
    match multipart::read(kind, bytes).await {
        Some((json, files)) => (serde_json::from_slice(&json).ok(), files),
        None => (None, Vec::new()),
    }
}

/// Channel, id and name of a file, where the path is one of those that attachments show.
fn file_path(path: &str) -> Option<(Id, Id, &str)> {
    let (folder, rest) = path.strip_prefix('/')?.split_once('/')?;
    let (channel, rest) = rest.split_once('/')?;
    let (id, name) = rest.split_once('/')?;
    let known = matches!(folder, "attachments" | "ephemeral-attachments");
    known.then_some((channel.parse().ok()?, id.parse().ok()?, name))
}

/// Returns what is in a file. Its server is not Discord's API, and the token is not for it.
fn file(
    world: &mut World,
    asked: &Asked,
    (channel, id, name): (Id, Id, &str),
) -> Option<Response<Full<Bytes>>> {
    if asked.token.is_some() {
        world.begin_frame("file");
        world.violation("a token was sent to where files are fetched");
    }
    let found = world.file(channel, id, name);
    let mut response = match found {
        Some(file) => Response::new(Full::new(Bytes::copy_from_slice(&file.bytes))),
        None => {
            Response::new(Full::new(Bytes::from_static(b"This content is no longer available.")))
        }
    };
    let kind = found.map_or(Some("text/plain"), |file| file.kind.as_deref());
    if let Some(kind) = kind {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(kind).ok()?);
    }
    if found.is_none() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    Some(response)
}

/// Answers a request, and keeps it with its answer.
fn handle(world: &mut World, mut asked: Asked, gateway_url: &str) -> Outcome {
    let index = world.calls.len();
    let outcome = answer(world, index, &mut asked, gateway_url);
    if let Some(call) = world.calls.get_mut(index) {
        call.body = asked.body.unwrap_or(Value::Null);
    }
    outcome
}

/// Returns the same, but that the body is not kept yet.
fn answer(world: &mut World, index: usize, asked: &mut Asked, gateway_url: &str) -> Outcome {
    let path = asked.path.strip_prefix("/api/v10").unwrap_or("");
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let route = Route::of(&asked.method, &segments);
    world.begin_call(Call {
        method: asked.method.clone(),
        path: if path.is_empty() { asked.path.clone() } else { path.to_owned() },
        route: route.as_ref().map_or("unknown route", Route::template),
        body: Value::Null,
        files: std::mem::take(&mut asked.files),
        status: 0,
        answer: None,
        interaction: None,
        message: None,
        at_ms: world.now_ms(),
        read: false,
    });
    let Some(route) = route else {
        world.violation("this route is unknown to the offline Discord");
        let answer = Err(RestError::not_found());
        world.end_call(index, &answer);
        return Outcome::Answer(answer, None);
    };
    let struck = world.struck(route.template());
    let is_lost = struck == Some(InjectedErrorKind::Lost);
    if let Some(kind) = struck.filter(|_| !is_lost) {
        return inject(world, index, kind);
    }
    let mut quota = None;
    let answer = admitted(world, asked, &route).and_then(|admitted| {
        quota = admitted;
        served(world, asked, &route, gateway_url)
    });
    world.end_call(index, &answer);
    if is_lost { Outcome::CutError } else { Outcome::Answer(answer, quota) }
}

fn inject(world: &mut World, index: usize, kind: InjectedErrorKind) -> Outcome {
    let answer = match kind {
        InjectedErrorKind::Hang => return Outcome::Hang,
        InjectedErrorKind::Drop | InjectedErrorKind::Lost => return Outcome::CutError,
        InjectedErrorKind::Answer(status, body) => Ok((status, Some(body))),
        InjectedErrorKind::RateLimited { retry_after, global } => {
            Err(RestError::rate_limited(retry_after, global))
        }
    };
    world.end_call(index, &answer);
    Outcome::Answer(answer, None)
}

/// Token and rate limits.
fn admitted(world: &mut World, asked: &Asked, route: &Route) -> Result<Option<Quota>, RestError> {
    if route.needs_token() && !world.authorizes(asked.token.as_deref()) {
        return Err(RestError::unauthorized());
    }
    let now = world.now_ms();
    if !route.is_interaction() {
        world.limits.take_global(now)?;
    }
    route.bucket().map(|bucket| world.limits.take(&bucket, now)).transpose()
}

fn served(world: &mut World, asked: &Asked, route: &Route, gateway_url: &str) -> Answer {
    let body = asked.body.as_ref().ok_or_else(RestError::invalid_json)?;
    let with_response = asked.query.iter().any(|(key, value)| {
        key == "with_response" && matches!(value.to_ascii_lowercase().as_str(), "true" | "1")
    });
    match route {
        Route::Gateway => Ok((200, Some(serde_json::json!({"url": gateway_url})))),
        Route::GatewayBot => Ok((200, Some(world.gateway_bot(gateway_url)))),
        Route::Application | Route::ApplicationOAuth => Ok((200, Some(world.application_view()))),
        Route::CurrentUser => Ok((200, Some(world.current_user()))),
        Route::CurrentGuilds => Ok((200, Some(world.own_guilds()))),
        Route::CreateDirect => world.create_direct(body),
        Route::GetCommands(application, scope) => world.get_commands(*application, *scope),
        Route::PutCommands(application, scope) => world.put_commands(*application, *scope, body),
        Route::PostCommand(application, scope) => world.post_command(*application, *scope, body),
        Route::Callback(id, token) => world.callback(*id, token, body, with_response),
        Route::FollowUp(application, token) => world.follow_up(*application, token, body),
        Route::GetAnswer(application, token, name) => world.get_answer(*application, token, name),
        Route::EditAnswer(application, token, name) => {
            world.edit_answer(*application, token, name, body)
        }
        Route::DeleteAnswer(application, token, name) => {
            world.delete_answer(*application, token, name)
        }
        Route::GetChannel(channel) => world.get_channel(*channel),
        Route::Typing(channel) => world.start_typing(*channel),
        Route::ListMessages(channel) => world.list_messages(*channel, &asked.query),
        Route::CreateMessage(channel) => world.create_message(*channel, body),
        Route::GetMessage(channel, message) => world.get_message(*channel, *message),
        Route::EditMessage(channel, message) => world.edit_message(*channel, *message, body),
        Route::DeleteMessage(channel, message) => world.delete_message(*channel, *message),
        Route::GetGuild(guild) => world.get_guild(*guild),
        Route::GetGuildChannels(guild) => world.get_guild_channels(*guild),
    }
}

fn response(answer: &Answer, quota: Option<&Quota>) -> Option<Response<Full<Bytes>>> {
    let (status, body) = match answer {
        Ok((status, body)) => (*status, body.clone()),
        Err(refusal) => (refusal.status, Some(refusal.body())),
    };
    let bytes = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
    let empty = bytes.is_empty();
    let mut response = Response::new(Full::new(bytes));
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    let headers = response.headers_mut();
    if !empty {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in limit_headers(answer, quota) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?);
    }
    if let Err(RestError { retry_after: Some(seconds), .. }) = answer {
        headers.insert(RETRY_AFTER, HeaderValue::from_str(&format!("{:.0}", seconds.ceil())).ok()?);
    }
    Some(response)
}

fn limit_headers(answer: &Answer, quota: Option<&Quota>) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if let Some(quota) = quota {
        let (seconds, millis) = (quota.reset_ms / 1000, quota.reset_ms % 1000);
        headers.push(("x-ratelimit-limit", quota.limit.to_string()));
        headers.push(("x-ratelimit-remaining", quota.remaining.to_string()));
        headers.push(("x-ratelimit-reset", format!("{seconds}.{millis:03}")));
        headers.push(("x-ratelimit-reset-after", format!("{:.3}", quota.reset_after)));
        headers.push(("x-ratelimit-bucket", quota.bucket.clone()));
    }
    if let Err(RestError { retry_after: Some(seconds), global, .. }) = answer {
        headers.push(("x-ratelimit-reset-after", format!("{seconds:.3}")));
        headers.push(("x-ratelimit-remaining", "0".to_owned()));
        if *global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
            headers.push(("x-ratelimit-scope", "global".to_owned()));
        } else {
            headers.push(("x-ratelimit-scope", "user".to_owned()));
        }
    }
    headers
}
