//! One event: asked of the service, and what it says goes out.
//!
//! It decides nothing about wording, and keeps nothing between events.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use futures_util::FutureExt;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use serenity::model::application::{CommandInteraction, ComponentInteraction, Interaction};
use serenity::model::channel::{Attachment, Message};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId};
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};
use tokio::time::timeout;

use super::api::Api;
use super::channels::Channels;
use super::dedup::Dedup;
use super::error::{CallError, code};
use super::gateway::{Incoming, Membership, UnreadError};
use super::initial_response::{self, Asked};
use super::outbound::{self, Callback};
use super::queue::{Compose, Post, Queues};
use super::{files, history, inbound, log};
use crate::service::{Service, isolate_future};
use bot::{File, Reply, Request, Response, Venue, texts};

/// How long the deletion of a message may take: the answer must follow within three seconds.
const DELETION: Duration = Duration::from_millis(1_500);

/// Who the bot is to Discord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) user: UserId,
    pub(super) application: ApplicationId,
}

/// Handles events.
pub(super) struct Handler {
    api: Api,
    service: Arc<Service>,
    queues: Queues,
    channels: Channels,
    identity: Identity,
    /// Read by every event that is being dealt with; to be written by whoever wants to wait for
    /// all of them and have no more.
    in_flight: Arc<RwLock<()>>,
    /// Messages from which a passage was shared.
    shared: Dedup,
    /// How often something was heard and not understood.
    not_understood: AtomicU64,
}

impl Handler {
    pub(super) fn new(api: Api, service: Arc<Service>, identity: Identity) -> Self {
        let (queues, channels) = (Queues::new(api.clone()), Channels::new(api.clone()));
        Self {
            api,
            service,
            queues,
            channels,
            identity,
            in_flight: Arc::default(),
            shared: Dedup::default(),
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
            Incoming::Message(message) => self.on_message(&message, in_flight),
            Incoming::Interaction(interaction) => {
                tokio::spawn(async move {
                    if isolate_future(Box::pin(this.on_interaction(&interaction))).await.is_none() {
                        this.report_failure(interaction.id(), interaction.token()).await;
                    }
                    drop(in_flight);
                });
            }
            Incoming::Membership(membership) => {
                tokio::spawn(async move {
                    this.is_in(membership).await;
                    drop(in_flight);
                });
            }
            Incoming::Strange(id, token) => {
                tokio::spawn(async move {
                    tracing::warn!("an interaction of an unknown form came");
                    this.report_failure(id, &token).await;
                    drop(in_flight);
                });
            }
        }
    }

    /// In which servers the bot is: what is kept of the others goes after a while.
    async fn is_in(&self, membership: Membership) {
        let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_secs();
        match membership {
            Membership::Arrived(guild) => self.service.arrived(guild.get()).await,
            Membership::Removed(guild) => self.service.removed(guild.get(), now).await,
            Membership::Exactly(guilds) => {
                let guilds: Vec<u64> = guilds.into_iter().map(GuildId::get).collect();
                // There is one shard, which is told of all servers.
                self.service.is_in(&guilds, |_| true, now).await;
            }
        }
    }

    /// Notes that something was heard and not understood. Of many only some are logged.
    pub(super) fn not_understood(&self, what: UnreadError) {
        let count = self.not_understood.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        if count.is_power_of_two() {
            tracing::warn!("the gateway sent {what} ({count} such so far)");
        }
    }

    /// A message somewhere.
    fn on_message(&self, message: &Message, in_flight: OwnedRwLockReadGuard<()>) {
        let Some(request) = inbound::message(message, self.identity.user) else {
            return;
        };
        let place = log::place(&request);
        let rate_limited = self.service.rate_limited(&request);
        // Begun at once, so that the channel's turn waits no longer than it must.
        let before = (rate_limited.is_none() && self.service.points_back(&request)).then(|| {
            let (over, place) = ((self.api.clone(), self.channels.clone()), place.clone());
            let gathering = history::fetch(over, message.clone(), self.identity.user, place);
            tokio::spawn(gathering).map(Result::unwrap_or_default).shared()
        });
        let (service, to) = (Arc::clone(&self.service), message.id.get());
        let (channels, channel) = (self.channels.clone(), message.channel_id);
        let compose: Compose = Box::new(move |may_embed| {
            let (service, request) = (Arc::clone(&service), request.clone());
            let (rate_limited, before, channels) =
                (rate_limited.clone(), before.clone(), channels.clone());
            Box::pin(async move {
                let request = placed(&service, &channels, channel, request).await;
                let request = match before {
                    Some(before) => request.following(before.await),
                    None => request,
                };
                let response = match rate_limited {
                    Some(rate_limited) => rate_limited,
                    None if may_embed => service.answer_unmetered(&request).await,
                    None => service.answer_unmetered(&without_embeds(&request)).await,
                };
                match response {
                    Response::Message(reply) => Some(outbound::reply_to(to, &reply)),
                    _ => None,
                }
            })
        });
        self.queues.push(message.channel_id, Post::new(place, compose, in_flight));
    }

    /// An interaction.
    async fn on_interaction(&self, interaction: &Interaction) {
        match interaction {
            Interaction::Command(command) => self.command(command).await,
            Interaction::Autocomplete(typed) => {
                let asked = Asked { id: typed.id, token: &typed.token };
                self.answer(asked, &inbound::autocomplete(typed)).await;
            }
            Interaction::Component(press) => self.press(press).await,
            Interaction::Modal(sent) => {
                let asked = Asked { id: sent.id, token: &sent.token };
                self.answer(asked, &inbound::form(sent)).await;
            }
            _ => {}
        }
    }

    /// Answers an interaction that cannot be read, or at which the program fails.
    async fn report_failure(&self, id: InteractionId, token: &str) {
        let reply = Reply::note(texts::FAILED);
        let body = outbound::callback(Callback::Message, &reply);
        if let Err(error) = initial_response::send(&self.api, Asked { id, token }, &body).await {
            tracing::warn!("an interaction was not answered: {error}");
        }
    }

    async fn command(&self, command: &CommandInteraction) {
        let asked = Asked { id: command.id, token: &command.token };
        let mut request = inbound::command(command, self.identity.user);
        self.fetch_import(&mut request, files::of(command)).await;
        match self.service.answer(&request).await {
            Response::Delete(note) => {
                let reply = match self.delete(command).await {
                    Ok(()) => note,
                    Err(error) => {
                        let place = log::place(&request);
                        tracing::warn!("an answer was not removed {place}: {error}");
                        let text = match error {
                            CallError::Refused { status: 403, .. } => texts::CANNOT_REMOVE,
                            _ => texts::FAILED,
                        };
                        Reply::note(text)
                    }
                };
                self.respond(asked, &request, outbound::callback(Callback::Message, &reply)).await;
            }
            response => self.say(asked, &request, response).await,
        }
    }

    async fn press(&self, press: &ComponentInteraction) {
        let asked = Asked { id: press.id, token: &press.token };
        let mut request = inbound::component(press);
        self.fetch_import(&mut request, press.message.attachments.first()).await;
        match self.service.answer(&request).await {
            Response::Share { update, post } => {
                let from = press.message.id;
                self.share(asked, &request, from, &update, &post).await;
            }
            response => self.say(asked, &request, response).await,
        }
    }

    /// Gets what is to be imported, where the request is an import.
    async fn fetch_import(&self, request: &mut Request, file: Option<&Attachment>) {
        if request.action.import_mut().is_none() {
            return;
        }
        let fetched = files::fetch(&self.api, request, file).await;
        if let Some(import) = request.action.import_mut() {
            *import = fetched;
        }
    }

    /// Deletes the message that a command points at.
    async fn delete(&self, command: &CommandInteraction) -> Result<(), CallError> {
        let target = command.data.target_id.ok_or(CallError::Unreadable)?.to_message_id();
        let route = Route::ChannelMessage { channel_id: command.channel_id, message_id: target };
        let deleted = timeout(DELETION, self.api.call(LightMethod::Delete, route, None)).await;
        match deleted.unwrap_or(Err(CallError::TimedOut)) {
            // Someone was quicker, which is as good.
            Err(error) if error.code() == Some(code::UNKNOWN_MESSAGE) => Ok(()),
            deleted => deleted.map(drop),
        }
    }

    async fn answer(&self, asked: Asked<'_>, request: &Request) {
        self.say(asked, request, self.service.answer(request).await).await;
    }

    async fn say(&self, asked: Asked<'_>, request: &Request, response: Response) {
        if let Response::Message(reply) | Response::Update(reply) = &response
            && let Some(file) = reply.attached()
        {
            let kind = if matches!(response, Response::Update(_)) {
                Callback::Update
            } else {
                Callback::Message
            };
            let body = outbound::callback(kind, reply);
            self.respond_with(asked, request, &body, Some(file)).await;
            return;
        }
        let body = match response {
            Response::Message(reply) => outbound::callback(Callback::Message, &reply),
            Response::Update(reply) => outbound::callback(Callback::Update, &reply),
            Response::Form(form) => outbound::form(&form),
            Response::Choices(choices) => outbound::choices(&choices),
            Response::Delete(_) | Response::Share { .. } | Response::Nothing => return,
        };
        self.respond(asked, request, body).await;
    }

    /// The pressed message changes, and everyone sees a new one; once.
    async fn share(
        &self,
        asked: Asked<'_>,
        request: &Request,
        from: MessageId,
        update: &Reply,
        post: &Reply,
    ) {
        let updated = self.respond(asked, request, outbound::callback(Callback::Update, update));
        if !updated.await || !self.shared.is_first(from) {
            return;
        }
        let application_id = self.identity.application;
        let route = Route::WebhookFollowupMessages { application_id, token: asked.token };
        let body = outbound::follow_up(post);
        let Err(error) = self.api.call(LightMethod::Post, route, Some(&body)).await else {
            return;
        };
        self.shared.forget(from);
        let place = log::place(request);
        tracing::warn!("a passage was not shared {place}: {error}");
        let body = outbound::edit(&Reply::note(texts::NOT_SHARED));
        let route =
            Route::WebhookOriginalInteractionResponse { application_id, token: asked.token };
        if let Err(error) = self.api.call(LightMethod::Patch, route, Some(&body)).await {
            tracing::warn!("nobody could be told so: {error}");
        }
    }

    /// Returns the first answer to an interaction; whether it arrived.
    async fn respond(&self, asked: Asked<'_>, request: &Request, body: Value) -> bool {
        self.respond_with(asked, request, &body, None).await
    }

    /// Returns the same with a file.
    async fn respond_with(
        &self,
        asked: Asked<'_>,
        request: &Request,
        body: &Value,
        file: Option<&File>,
    ) -> bool {
        let Err(error) = initial_response::send_with(&self.api, asked, body, file).await else {
            return true;
        };
        let (what, place) = (log::what(request), log::place(request));
        tracing::warn!("{what} was not answered {place}: {error}");
        if error.code() == Some(code::INVALID_BODY) {
            // What we made is not to Discord's liking; whoever asked shall not wait in vain.
            self.report_failure(asked.id, asked.token).await;
        }
        false
    }
}

/// Returns the same request, with the channel that its own hangs on, where that matters to it.
async fn placed(
    service: &Service,
    channels: &Channels,
    channel: ChannelId,
    request: Request,
) -> Request {
    if !service.needs_parent_channel(&request).await {
        return request;
    }
    let parent = channels.parent(channel).await.unwrap_or_else(|error| {
        let place = log::place(&request);
        tracing::warn!("whether a message is in a thread was not read {place}: {error}");
        None
    });
    request.hanging_on(parent.map(ChannelId::get))
}

/// Returns the same request, where embeds turned out to be forbidden.
fn without_embeds(request: &Request) -> Request {
    let mut request = request.clone();
    if let Venue::Server { permits, .. } = &mut request.place {
        permits.embed = false;
    }
    request
}
