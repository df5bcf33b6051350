//! One connection to the gateway, over a socket and by the clock. What is done is decided in
//! [`super::connection`].

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::connection::{Action, Connection, Ended, Happened, Known, LEAVING};
use super::frame;
use super::supervisor::cancelled;
use crate::discord::handler::Handler;
use crate::settings::Token;

/// How long a connection may take, TLS and all.
const UNTIL_CONNECTED: Duration = Duration::from_secs(10);
/// How long HELLO may take after that.
const UNTIL_GREETED: Duration = Duration::from_secs(5);
/// How long READY, or RESUMED with all that was missed, may take after that.
const UNTIL_RUNNING: Duration = Duration::from_secs(30);
/// How long a frame may take to be sent.
const UNTIL_SENT: Duration = Duration::from_secs(10);
/// How long replies may take that are under way when the bot is stopped.
const LAST_REPLIES: Duration = Duration::from_secs(3);
/// How long the gateway may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);
/// The largest message that is read, in bytes: that of a server with very many channels is some
/// megabytes long.
const LARGEST: usize = 64 << 20;

/// The end of a connection.
#[derive(Debug)]
pub(super) struct ConnectionEnd {
    pub(super) ended: Ended,
    /// For how long its session ran, if it did.
    pub(super) ran: Option<Duration>,
    /// By when its IDENTIFY had reached the gateway, if one was sent or may have been.
    pub(super) identified: Option<Instant>,
}

/// The frame could not be sent.
struct SendError;

struct Line<'a> {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    token: &'a Token,
    handler: &'a Arc<Handler>,
    /// The time of the next heartbeat, and between two.
    beat: Option<(Instant, Duration)>,
    /// When what is waited for is too late.
    late_at: Option<Instant>,
    running_since: Option<Instant>,
    /// `true` if IDENTIFY was sent, or may have been in part.
    has_identified: bool,
}

/// Connects to the gateway at `url`, begins a session or goes on with one, and stays until the
/// connection ends; `None` where `stop` became true, and everything was brought to its end.
pub(super) async fn run(
    url: &str,
    token: &Token,
    known: Option<Known>,
    handler: &Arc<Handler>,
    stop: &mut watch::Receiver<bool>,
) -> Option<ConnectionEnd> {
    let mut connection = Connection::new(known);
    let connected = tokio::select! {
        connected = timeout(UNTIL_CONNECTED, connect(url)) => connected,
        () = cancelled(stop) => return None,
    };
    let Ok(Some(socket)) = connected else {
        let ended = last(connection.react(Happened::Broken));
        return Some(ConnectionEnd { ended, ran: None, identified: None });
    };
    let mut line = Line::new(socket, token, handler);
    let ended = loop {
        let happened = tokio::select! {
            biased;
            () = cancelled(stop) => {
                line.log_off().await;
                return None;
            }
            happened = line.next() => happened,
        };
        let Some(happened) = happened else { continue };
        let done = line.perform(connection.react(happened)).await;
        match done {
            Ok(None) => {}
            Ok(Some(ended)) => break ended,
            Err(SendError) => break last(connection.react(Happened::Broken)),
        }
    };
    Some(line.end(ended))
}

async fn connect(url: &str) -> Option<WebSocketStream<MaybeTlsStream<TcpStream>>> {
    let url = format!("{}/?v=10&encoding=json", url.trim_end_matches('/'));
    let largest = Some(LARGEST);
    let config = WebSocketConfig {
        max_message_size: largest,
        max_frame_size: largest,
        ..WebSocketConfig::default()
    };
    connect_async_with_config(url, Some(config), true).await.ok().map(|(socket, _)| socket)
}

/// Returns how a connection ends that does.
fn last(actions: Vec<Action>) -> Ended {
    actions.into_iter().find_map(ending).unwrap_or(Ended::Lost)
}

fn ending(action: Action) -> Option<Ended> {
    match action {
        Action::End(_, ended) => Some(ended),
        _ => None,
    }
}

impl<'a> Line<'a> {
    fn new(
        socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
        token: &'a Token,
        handler: &'a Arc<Handler>,
    ) -> Self {
        let late_at = Some(Instant::now() + UNTIL_GREETED);
        Self {
            socket,
            token,
            handler,
            beat: None,
            late_at,
            running_since: None,
            has_identified: false,
        }
    }

    fn end(self, ended: Ended) -> ConnectionEnd {
        let now = Instant::now();
        let ran = self.running_since.map(|since| now - since);
        // Discord counts an IDENTIFY when it arrives, and no one tells when that is: it had
        // arrived when the session began, or else may have until now.
        let identified = self.has_identified.then(|| self.running_since.unwrap_or(now));
        ConnectionEnd { ended, ran, identified }
    }

    /// Returns the next thing that matters. Nothing is lost where it is dropped half-way.
    async fn next(&mut self) -> Option<Happened> {
        tokio::select! {
            biased;
            () = at(self.beat.map(|(next, _)| next)) => {
                self.beat = self.beat.map(|(_, interval)| (Instant::now() + interval, interval));
                Some(Happened::BeatDue)
            }
            () = at(self.late_at) => Some(Happened::TooLate),
            message = self.socket.next() => match message {
                Some(Ok(message)) => self.read(message),
                Some(Err(_)) | None => Some(Happened::Broken),
            },
        }
    }

    fn read(&self, message: Message) -> Option<Happened> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(bytes) => String::from_utf8(bytes).unwrap_or_default(),
            Message::Close(frame) => {
                return Some(Happened::Closed(frame.map(|frame| frame.code.into())));
            }
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return None,
        };
        let (frame, fault) = frame::read(&text);
        if let Some(fault) = fault {
            self.handler.not_understood(fault);
        }
        frame.map(Happened::Heard)
    }

    /// Does what is to be done; how the connection ended, if it did.
    async fn perform(&mut self, actions: Vec<Action>) -> Result<Option<Ended>, SendError> {
        for action in actions {
            match action {
                Action::BeatEvery(interval) => {
                    let first = interval.mul_f64(fastrand::f64());
                    self.beat = Some((Instant::now() + first, interval));
                }
                Action::Beat(seq) => self.send(&frame::heartbeat(seq)).await?,
                Action::Identify => {
                    self.late_at = Some(Instant::now() + UNTIL_RUNNING);
                    self.has_identified = true;
                    self.send(&frame::identify(self.token.expose())).await?;
                }
                Action::Resume(known) => {
                    self.late_at = Some(Instant::now() + UNTIL_RUNNING);
                    let resume = frame::resume(self.token.expose(), &known.session, known.seq);
                    self.send(&resume).await?;
                }
                Action::Running => {
                    self.late_at = None;
                    self.running_since = Some(Instant::now());
                    tracing::info!("connected to the gateway");
                }
                Action::Deliver(incoming) => self.handler.take(incoming),
                Action::End(code, ended) => {
                    self.close(code).await;
                    return Ok(Some(ended));
                }
            }
        }
        Ok(None)
    }

    async fn send(&mut self, frame: &Value) -> Result<(), SendError> {
        let sent = self.socket.send(Message::Text(frame.to_string()));
        timeout(UNTIL_SENT, sent).await.map_err(|_| SendError)?.map_err(|_| SendError)
    }

    /// Closes with a code, or answers a close. No one waits for the answer of a gateway that may
    /// be gone.
    async fn close(&mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame { code: code.into(), reason: "".into() });
        // What is closed or broken already cannot be closed again.
        timeout(GOODBYE, self.socket.close(frame)).await.ok();
    }

    /// Brings what is under way to its end and says goodbye, so that the bot is seen to leave.
    async fn log_off(&mut self) {
        tracing::info!("stopping: replies under way are finished first");
        let _door = self.handler.finish(LAST_REPLIES).await;
        let goodbye = async {
            self.close(Some(LEAVING)).await;
            while let Some(Ok(_)) = self.socket.next().await {}
        };
        if timeout(GOODBYE, goodbye).await.is_err() {
            tracing::warn!("the gateway did not say goodbye");
        }
    }
}

/// Done at this time, or never.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}
