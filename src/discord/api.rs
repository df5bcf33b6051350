//! Calls to Discord's REST interface. Every error is reduced to what may be logged.
//!
//! It knows nothing of what is said. Serenity's rate limiter stays off: it forgets nothing, waits
//! with a lock in hand, and ignores the address of the server. Interaction routes need none, and
//! messages to channels go through the queues, which read the same headers.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Response;
use serde_json::Value;
use serenity::http::{Http, HttpBuilder, LightMethod, Request, Route};
use serenity::model::id::ApplicationId;

use super::error::{CallError, RunError};
use crate::settings::{Discord, Token};

/// How long a call may take. Serenity's own client would wait for ever.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);

/// The REST interface, with the token.
#[derive(Debug, Clone)]
pub(super) struct Api {
    http: Arc<Http>,
}

impl Api {
    /// The interface that the settings name. Nothing is sent yet.
    pub(super) fn new(settings: &Discord, token: &Token) -> Result<Self, RunError> {
        let web = reqwest::Client::builder()
            .use_rustls_tls()
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT);
        // A proxy of the environment cannot know this machine's own addresses.
        let web = if settings.is_loopback() { web.no_proxy() } else { web };
        let web = web.build().map_err(|_| RunError::Internal("no HTTP client can be built"))?;
        let mut http = HttpBuilder::new(token.expose()).client(web).ratelimiter_disabled(true);
        if let Some(url) = &settings.api_url {
            http = http.proxy(url);
        }
        Ok(Self { http: Arc::new(http.build()) })
    }

    /// Takes note of whose commands and follow-ups these are.
    pub(super) fn set_application(&self, id: ApplicationId) {
        self.http.set_application_id(id);
    }

    /// Calls a route.
    pub(super) async fn call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<&Value>,
    ) -> Result<Response, CallError> {
        let body = body.map(|body| body.to_string().into_bytes());
        Ok(self.http.request(Request::new(route, method).body(body)).await?)
    }

    /// Gets what a route holds.
    pub(super) async fn get(
        &self,
        route: Route<'_>,
        parameters: Option<Vec<(&'static str, String)>>,
    ) -> Result<Value, CallError> {
        let request = Request::new(route, LightMethod::Get).params(parameters);
        let response = self.http.request(request).await?;
        response.json().await.map_err(|_| CallError::Unreadable)
    }
}
