//! One event: asked of the service, and what it says goes out.
//!
//! It decides nothing about wording, and keeps nothing between events.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::application::{CommandInteraction, Interaction};
use serenity::model::channel::Message;
use serenity::model::id::{ApplicationId, InteractionId, UserId};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};
use tokio::time::timeout;

use super::api::Api;
use super::error::CallError;
use super::gateway::{Incoming, Unread};
use super::inbound;
use super::outbound::{self, Callback};
use super::queue::{Post, Queues};
use crate::bot::{Locale, Reply, Request, Say, Text, Venue};
use crate::service::Service;

/// How long the deletion of a message may take: the answer must follow within three seconds.
const DELETION: Duration = Duration::from_secs(2);

/// Who the bot is to Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) user: UserId,
    pub(super) application: ApplicationId,
}

/// What is done with events.
pub(super) struct Handler {
    api: Api,
    service: Arc<Service>,
    queues: Queues,
    identity: Identity,
    /// Read by every event that is being dealt with; to be written by whoever wants to wait for
    /// all of them and have no more.
    in_flight: Arc<RwLock<()>>,
    /// How often something was heard and not understood.
    not_understood: AtomicU64,
}

impl Handler {
    pub(super) fn new(api: Api, service: Arc<Service>, identity: Identity) -> Self {
        let queues = Queues::new(api.clone());
        Self {
            api,
            service,
            queues,
            identity,
            in_flight: Arc::default(),
            not_understood: AtomicU64::new(0),
        }
    }

    /// Waits so long for what is under way; meanwhile, and while what is returned is held, no more
    /// events are taken.
    pub(super) async fn finish(&self, limit: Duration) -> Option<OwnedRwLockWriteGuard<()>> {
        let all = timeout(limit, Arc::clone(&self.in_flight).write_owned()).await.ok();
        if all.is_none() {
            tracing::warn!("the bot stops before all replies were sent");
        }
        all
    }

    /// Deals with what came, beside everything else; returns at once.
    pub(super) fn take(self: &Arc<Self>, incoming: Incoming) {
        let Ok(in_flight) = Arc::clone(&self.in_flight).try_read_owned() else {
            return;
        };
        let this = Arc::clone(self);
        match incoming {
            Incoming::Message(message) => self.hear(&message, in_flight),
            Incoming::Interaction(interaction) => {
                tokio::spawn(async move {
                    this.interact(&interaction).await;
                    drop(in_flight);
                });
            }
            Incoming::Strange(id, token) => {
                tokio::spawn(async move {
                    this.excuse(id, &token).await;
                    drop(in_flight);
                });
            }
        }
    }

    /// Notes that something was heard and not understood. Of many only some are logged.
    pub(super) fn not_understood(&self, what: Unread) {
        let count = self.not_understood.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if count.is_power_of_two() {
            tracing::warn!("the gateway sent {what} ({count} such so far)");
        }
    }

    /// A message somewhere.
    fn hear(&self, message: &Message, in_flight: OwnedRwLockReadGuard<()>) {
        let Some(request) = inbound::message(message, self.identity.user) else {
            return;
        };
        let (service, to) = (Arc::clone(&self.service), message.id.get());
        let compose = Box::new(move |may_embed| {
            let said = if may_embed {
                service.answer(&request)
            } else {
                service.answer_again(&without_embeds(&request))
            };
            match said {
                Say::Message(reply) => Some(outbound::reply_to(to, &reply)),
                _ => None,
            }
        });
        self.queues.push(message.channel_id, message.id, Post::new(compose, in_flight));
    }

    /// An interaction.
    async fn interact(&self, interaction: &Interaction) {
        let answered = match interaction {
            Interaction::Command(command) => self.command(command).await,
            Interaction::Autocomplete(typed) => {
                let asked = Asked { id: typed.id, token: &typed.token };
                self.answer(asked, &inbound::autocomplete(typed)).await
            }
            Interaction::Component(press) => {
                let asked = Asked { id: press.id, token: &press.token };
                self.answer(asked, &inbound::component(press)).await
            }
            _ => Ok(()),
        };
        if let Err(error) = answered {
            tracing::warn!("an interaction was not answered: {error}");
        }
    }

    /// Answers an interaction that cannot be read.
    async fn excuse(&self, id: InteractionId, token: &str) {
        let reply = Reply::note(Text::Failed.to(Locale::default()));
        let body = outbound::callback(Callback::Message, &reply);
        tracing::warn!("an interaction of an unknown form came");
        if let Err(error) = self.respond(Asked { id, token }, body).await {
            tracing::warn!("an interaction was not answered: {error}");
        }
    }

    async fn command(&self, command: &CommandInteraction) -> Result<(), CallError> {
        let asked = Asked { id: command.id, token: &command.token };
        let request = inbound::command(command, self.identity.user);
        match self.service.answer(&request) {
            Say::Delete(note) => {
                let reply = match self.delete(command).await {
                    Ok(()) => note,
                    Err(error) => {
                        tracing::warn!("an answer was not removed: {error}");
                        Reply::note(Text::Failed.to(request.locale))
                    }
                };
                self.respond(asked, outbound::callback(Callback::Message, &reply)).await
            }
            said => self.say(asked, &request, said).await,
        }
    }

    /// Deletes the message that a command points at.
    async fn delete(&self, command: &CommandInteraction) -> Result<(), CallError> {
        let target = command.data.target_id.ok_or(CallError::Unreadable)?.to_message_id();
        let route = Route::ChannelMessage { channel_id: command.channel_id, message_id: target };
        let deleted = timeout(DELETION, self.api.call(LightMethod::Delete, route, None)).await;
        deleted.map_err(|_| CallError::TimedOut)?.map(drop)
    }

    async fn answer(&self, asked: Asked<'_>, request: &Request) -> Result<(), CallError> {
        self.say(asked, request, self.service.answer(request)).await
    }

    async fn say(&self, asked: Asked<'_>, request: &Request, said: Say) -> Result<(), CallError> {
        let message = |reply: &Reply| outbound::callback(Callback::Message, reply);
        let body = match said {
            Say::Message(reply) => message(&reply),
            Say::Update(reply) => outbound::callback(Callback::Update, &reply),
            Say::Choices(choices) => outbound::choices(&choices),
            Say::Share { update, post } => return self.share(asked, request, &update, &post).await,
            Say::Delete(_) | Say::Nothing => return Ok(()),
        };
        let answered = self.respond(asked, body).await;
        if let Err(CallError::Refused { status: 400, code: INVALID_BODY }) = answered {
            // What we made is not to Discord's liking; whoever asked shall not wait in vain.
            tracing::error!("Discord refuses the form of an answer");
            return self
                .respond(asked, message(&Reply::note(Text::Failed.to(request.locale))))
                .await;
        }
        answered
    }

    /// The pressed message changes, and everybody sees a new one.
    async fn share(
        &self,
        asked: Asked<'_>,
        request: &Request,
        update: &Reply,
        post: &Reply,
    ) -> Result<(), CallError> {
        self.respond(asked, outbound::callback(Callback::Update, update)).await?;
        let application_id = self.identity.application;
        let route = Route::WebhookFollowupMessages { application_id, token: asked.token };
        let body = outbound::follow_up(post);
        let Err(error) = self.api.call(LightMethod::Post, route, Some(&body)).await else {
            return Ok(());
        };
        tracing::warn!("a passage was not shared: {error}");
        let body = outbound::edit(&Reply::note(Text::Failed.to(request.locale)));
        let route =
            Route::WebhookOriginalInteractionResponse { application_id, token: asked.token };
        self.api.call(LightMethod::Patch, route, Some(&body)).await.map(drop)
    }

    /// The first answer to an interaction, tried twice where the connection fails.
    async fn respond(&self, asked: Asked<'_>, body: Value) -> Result<(), CallError> {
        let route = Route::InteractionResponse { interaction_id: asked.id, token: asked.token };
        let first = self.api.call(LightMethod::Post, route, Some(&body)).await;
        match first {
            Err(error) if error.is_passing() => {
                self.api.call(LightMethod::Post, route, Some(&body)).await.map(drop)
            }
            first => first.map(drop),
        }
    }
}

/// Discord's code for a body that breaks its rules.
const INVALID_BODY: isize = 50_035;

/// What an answer to an interaction needs.
#[derive(Clone, Copy)]
struct Asked<'a> {
    id: InteractionId,
    token: &'a str,
}

/// The same request, where embeds turned out to be forbidden.
fn without_embeds(request: &Request) -> Request {
    let mut request = request.clone();
    if let Venue::Server { permits, .. } = &mut request.place {
        permits.embed = false;
    }
    request
}
