//! One session with the gateway: one IDENTIFY, and as many RESUMEs as it takes.
//!
//! It knows nothing of what is done with events, and nothing of back-off. When serenity would
//! identify anew, the session ends instead: its manager, which would do so without a pause, is
//! given no address to connect to.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ConnectionStage, Context, EventHandler, GatewayIntents, Interaction, Message, Ready, ShardId,
    ShardInfo, async_trait,
};
use serenity::gateway::{
    GatewayError, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner,
    ShardRunnerInfo, ShardRunnerMessage, ShardRunnerOptions,
};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::api::Api;
use super::handler::Handler;
use super::supervisor::asked_to;

/// What the bot hears. Nothing of it is privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);
/// A bot in up to 2,500 servers needs no more.
const SHARD: ShardInfo = ShardInfo { id: ShardId(0), total: 1 };
/// How long it may take until the gateway has said READY.
const UNTIL_READY: Duration = Duration::from_secs(20);
/// How long replies may take that are under way when the bot is stopped.
const LAST_REPLIES: Duration = Duration::from_secs(3);
/// How long the gateway may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);
/// The close code of a session that will not be resumed.
const NORMAL: u16 = 1000;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// As asked.
    Stopped,
    /// It is lost, and a new one may be tried.
    Lost,
    /// The gateway refused it for good, with this close code.
    Refused(u16),
}

/// Hands events on.
struct Ears {
    handler: Arc<Handler>,
    ready: watch::Sender<bool>,
}

#[async_trait]
impl EventHandler for Ears {
    async fn ready(&self, _: Context, _: Ready) {
        self.ready.send_replace(true);
        tracing::info!("connected to the gateway");
    }

    async fn message(&self, _: Context, message: Message) {
        self.handler.hear(&message);
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        self.handler.interact(interaction).await;
    }
}

/// A shard that runs.
struct Session {
    running: JoinHandle<serenity::Result<()>>,
    messenger: ShardMessenger,
    manager: Arc<ShardManager>,
}

/// Connects to the gateway at `url`, and stays until the session ends or `stop` becomes true.
pub(super) async fn session(
    api: &Api,
    url: &str,
    handler: &Arc<Handler>,
    stop: &mut watch::Receiver<bool>,
) -> Ended {
    let ready = watch::Sender::new(false);
    let mut is_ready = ready.subscribe();
    let ears = Arc::new(Ears { handler: Arc::clone(handler), ready });
    let ready_by = Instant::now() + UNTIL_READY;
    let Some(mut session) = Session::open(api, url, ears).await else {
        return Ended::Lost;
    };
    let too_late = async {
        if tokio::time::timeout_at(ready_by, is_ready.wait_for(|ready| *ready)).await.is_ok() {
            std::future::pending::<()>().await;
        }
        sleep_until(ready_by).await;
    };
    let ended = tokio::select! {
        ended = &mut session.running => how(&ended),
        () = too_late => {
            session.close().await;
            Ended::Lost
        }
        () = asked_to(stop) => {
            let _door = handler.finish(LAST_REPLIES).await;
            session.log_off().await;
            Ended::Stopped
        }
    };
    session.retire();
    ended
}

fn how(ended: &Result<serenity::Result<()>, tokio::task::JoinError>) -> Ended {
    match ended {
        Ok(Err(serenity::Error::Gateway(error))) => match error {
            GatewayError::InvalidAuthentication => Ended::Refused(4004),
            GatewayError::InvalidGatewayIntents => Ended::Refused(4013),
            GatewayError::DisallowedGatewayIntents => Ended::Refused(4014),
            _ => Ended::Lost,
        },
        _ => Ended::Lost,
    }
}

impl Session {
    async fn open(api: &Api, url: &str, ears: Arc<Ears>) -> Option<Self> {
        let http = api.http();
        let address = Arc::new(Mutex::new(url.to_owned()));
        let shard = Shard::new(address, http.token(), SHARD, INTENTS, None);
        let shard = timeout(UNTIL_READY, shard).await.ok()?.ok()?;
        let (manager, _) = ShardManager::new(ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            shard_index: 0,
            shard_init: 0,
            shard_total: 1,
            // No address: what it starts goes nowhere.
            ws_url: Arc::default(),
            http: Arc::clone(&http),
            intents: INTENTS,
            presence: None,
        });
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::default(),
            event_handlers: vec![ears],
            raw_event_handlers: Vec::new(),
            manager: Arc::clone(&manager),
            shard,
            http,
        });
        let messenger = ShardMessenger::new(&runner);
        // A task of its own: a shard whose socket is gone can keep a thread busy.
        let running = tokio::spawn(async move { Box::pin(runner.run()).await });
        Some(Self { running, messenger, manager })
    }

    /// Says goodbye, so that the bot is seen to leave.
    async fn log_off(&mut self) {
        self.messenger.send_to_shard(ShardRunnerMessage::Shutdown(SHARD.id, NORMAL));
        if timeout(GOODBYE, &mut self.running).await.is_err() {
            tracing::warn!("the gateway did not say goodbye");
            self.running.abort();
        }
    }

    /// Ends a shard that hears nothing.
    async fn close(&mut self) {
        self.messenger.send_to_shard(ShardRunnerMessage::Close(NORMAL, None));
        if timeout(GOODBYE, &mut self.running).await.is_err() {
            self.running.abort();
        }
    }

    /// Lets go of the manager. It ends only when told to stop a shard that it knows, and takes
    /// five seconds, for which nobody waits.
    fn retire(self) {
        let Self { manager, messenger, .. } = self;
        let stage = ConnectionStage::Disconnected;
        tokio::spawn(async move {
            let shard = ShardRunnerInfo { latency: None, runner_tx: messenger, stage };
            manager.runners.lock().await.insert(SHARD.id, shard);
            manager.shutdown_all().await;
        });
    }
}
