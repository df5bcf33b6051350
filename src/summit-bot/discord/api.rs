//! Calls to Discord's REST interface. Every error is reduced to what may be logged.
//!
//! It knows nothing of what is said. There are two clients of serenity's: interaction routes go
//! through one without its rate limiter, which would keep an entry for every interaction for
//! ever, and all others through one with it. The limiter waits with a lock in hand, so that
//! messages to channels come from queues, one a channel.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, ClientBuilder, Response};
use serde::Deserialize;
use serde_json::Value;
use serenity::builder::CreateAttachment;
use serenity::http::{Http, HttpBuilder, LightMethod, Multipart, MultipartUpload, Request, Route};
use tokio::time::timeout;

use super::error::{CallError, RunError};
use crate::settings::{Discord, Token};
use bot::File;

/// How long a call may take. Serenity's own client would wait for ever.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long a call may take with all waits of serenity's limiter, which knows no end.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// How long to wait where Discord says that it was too much, and not for how long.
const PAUSE: Duration = Duration::from_secs(1);

/// The REST interface, with the token.
#[derive(Debug, Clone)]
pub(super) struct Api {
    web: Client,
    for_interactions: Arc<Http>,
    for_all_else: Arc<Http>,
}

impl Api {
    /// Returns the interface that the settings name, over connections as `web` makes them. Nothing
    /// is sent yet.
    pub(super) fn new(
        settings: &Discord,
        token: &Token,
        web: ClientBuilder,
    ) -> Result<Self, RunError> {
        let web = web.use_rustls_tls().timeout(TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
        // A proxy of the environment cannot know this machine's own addresses.
        let web = if settings.is_loopback() { web.no_proxy() } else { web };
        let web = web.build().map_err(|_| RunError::Internal("no HTTP client can be built"))?;
        let http = |is_limited: bool| {
            let mut http = HttpBuilder::new(token.expose())
                .client(web.clone())
                .ratelimiter_disabled(!is_limited);
            if let Some(url) = &settings.api_url {
                http = http.proxy(url);
            }
            Arc::new(http.build())
        };
        let for_interactions = http(false);
        // With its limiter on, serenity speaks to Discord alone, whatever address it is given.
        let for_all_else = http(settings.api_url.is_none());
        Ok(Self { web, for_interactions, for_all_else })
    }

    /// Calls a route.
    pub(super) async fn call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<&Value>,
    ) -> Result<Response, CallError> {
        let body = body.map(|body| body.to_string().into_bytes());
        self.send(Request::new(route, method).body(body)).await
    }

    /// Calls a route with a file, the first of those that the body lists.
    pub(super) async fn call_with_file(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &Value,
        file: &File,
    ) -> Result<Response, CallError> {
        let upload = CreateAttachment::bytes(file.text.as_bytes(), &file.name);
        let multipart = Multipart {
            upload: MultipartUpload::Attachments(vec![upload]),
            fields: Vec::new(),
            payload_json: Some(body.to_string()),
        };
        self.send(Request::new(route, method).multipart(Some(multipart))).await
    }

    /// Returns what is at an address that Discord gave, without the token; at most `limit` bytes.
    pub(super) async fn download(&self, url: &str, limit: u64) -> Result<Vec<u8>, CallError> {
        let mut response = self.web.get(url).send().await?;
        if !response.status().is_success() {
            return Err(CallError::Refused { status: response.status().as_u16(), code: 0 });
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await? {
            if bytes.len() as u64 + piece.len() as u64 > limit {
                return Err(CallError::Unreadable);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Gets what a route holds.
    pub(super) async fn get(
        &self,
        route: Route<'_>,
        parameters: Option<Vec<(&'static str, String)>>,
    ) -> Result<Value, CallError> {
        let request = Request::new(route, LightMethod::Get).params(parameters);
        let response = self.send(request).await?;
        response.json().await.map_err(CallError::from)
    }

    async fn send(&self, request: Request<'_>) -> Result<Response, CallError> {
        let http = match request.route_ref() {
            Route::InteractionResponse { .. }
            | Route::WebhookFollowupMessages { .. }
            | Route::WebhookFollowupMessage { .. }
            | Route::WebhookOriginalInteractionResponse { .. } => &self.for_interactions,
            _ => &self.for_all_else,
        };
        let response = if let Some(limiter) = &http.ratelimiter {
            timeout(PATIENCE, limiter.perform(request)).await.map_err(|_| CallError::TimedOut)??
        } else {
            request.build(&self.web, http.token(), http.proxy.as_deref())?.send().await?
        };
        if response.status().is_success() { Ok(response) } else { Err(refusal(response).await) }
    }
}

/// The body with which Discord refuses a call; all of it may be missing.
#[derive(Debug, Default, Deserialize)]
struct ApiRefusal {
    #[serde(default)]
    code: i64,
    /// Seconds.
    #[serde(default)]
    retry_after: Option<f64>,
}

async fn refusal(response: Response) -> CallError {
    let status = response.status().as_u16();
    let told = seconds(response.headers());
    let refusal: ApiRefusal = response.json().await.unwrap_or_default();
    if status != 429 {
        return CallError::Refused { status, code: refusal.code };
    }
    let after = refusal.retry_after.or(told);
    let after = after.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    CallError::RateLimited(after.unwrap_or(PAUSE))
}

/// Returns the header is all that there is where not Discord itself refuses but what is before it.
fn seconds(headers: &HeaderMap) -> Option<f64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}
