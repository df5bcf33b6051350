//! The gateway server: frames become the world's handshakes, the world's dispatches frames.
//! Plain text only; `compress` is read and not followed, which Discord allows itself too.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::world::{Dispatch, Handshake, Identify, close, opcode};
use crate::{ConnectionFault, Shared};

/// How long a peer may take to close.
const GOODBYE: Duration = Duration::from_secs(5);

/// Serves until dropped.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    let numbers = AtomicU64::new(1);
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Else a frame waits until the one before it is acknowledged, which takes a peer that has
        // nothing to say up to 40 ms.
        stream.set_nodelay(true).ok();
        if shared.look(|world| world.gateway.refuse) {
            continue;
        }
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        connections.spawn(connect(stream, Arc::clone(&shared), number));
    }
}

async fn connect(stream: TcpStream, shared: Arc<Shared>, number: u64) {
    // Watched from here on, so that nothing between is missed.
    let changed = shared.changed.subscribe();
    let faults_done = shared.connection_faults.lock().len();
    let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let mut connection =
        Connection { socket, shared, number, changed, faults_done, session: None, ended: false };
    connection.run().await;
    let Connection { shared, session, ended, .. } = connection;
    if let Some((name, _)) = session {
        shared.change(|world| world.disconnect(&name, number, ended));
    }
}

/// Returns an event as it is told.
fn frame(dispatch: &Dispatch, seq: usize) -> String {
    let (op, name, data) = (opcode::DISPATCH, dispatch.name(), dispatch.data());
    format!("{{\"op\":{op},\"t\":\"{name}\",\"s\":{seq},\"d\":{data}}}")
}

/// The connection is over.
struct ConnectionClosedError;

struct Connection {
    socket: WebSocketStream<TcpStream>,
    shared: Arc<Shared>,
    number: u64,
    changed: watch::Receiver<u64>,
    /// How many faults were carried out, or given before this connection.
    faults_done: usize,
    /// The session's name and how much of it was told.
    session: Option<(String, usize)>,
    /// `true` if the session cannot be resumed.
    ended: bool,
}

impl Connection {
    async fn run(&mut self) {
        if !self.shared.look(|world| world.gateway.silent) {
            let (interval, wait) =
                self.shared.look(|world| (world.gateway.heartbeat_ms, world.gateway.greeting_ms));
            sleep(Duration::from_millis(wait)).await;
            let hello = json!({"op": opcode::HELLO, "d": {"heartbeat_interval": interval}, "s": null, "t": null});
            if self.say(&hello).await.is_err() {
                return;
            }
        }
        loop {
            // A session that has begun is told so before anything is done to it.
            let is_new = matches!(self.session, Some((_, 0)));
            if is_new && self.tell().await.is_err() {
                return;
            }
            if self.execute().await.is_err() || self.tell().await.is_err() {
                return;
            }
            tokio::select! {
                heard = self.socket.next() => {
                    let Some(Ok(message)) = heard else { return };
                    if self.hear(message).await.is_err() {
                        return;
                    }
                }
                changed = self.changed.changed() => {
                    if changed.is_err() {
                        return;
                    }
                }
            }
        }
    }

    async fn say(&mut self, frame: &Value) -> Result<(), ConnectionClosedError> {
        self.socket.send(Message::Text(frame.to_string())).await.map_err(|_| ConnectionClosedError)
    }

    async fn close(&mut self, code: Option<u16>) -> Result<(), ConnectionClosedError> {
        let frame = code.map(|code| CloseFrame { code: code.into(), reason: "".into() });
        self.ended |= !matches!(code, None | Some(1000 | 1001 | 4000..=4003 | 4005 | 4008));
        self.socket.close(frame).await.map_err(|_| ConnectionClosedError)?;
        // The peer's close frame ends the connection properly; a peer that is stopped sends none.
        let goodbye = async { while let Some(Ok(_)) = self.socket.next().await {} };
        timeout(GOODBYE, goodbye).await.ok();
        Err(ConnectionClosedError)
    }

    /// Carries out what tests asked of every connection.
    async fn execute(&mut self) -> Result<(), ConnectionClosedError> {
        loop {
            let connection_fault =
                self.shared.connection_faults.lock().get(self.faults_done).cloned();
            let Some(connection_fault) = connection_fault else { return Ok(()) };
            self.faults_done += 1;
            match connection_fault {
                ConnectionFault::Close(code) => self.close(code).await?,
                ConnectionFault::Say(text) => {
                    self.socket
                        .send(Message::Text(text))
                        .await
                        .map_err(|_| ConnectionClosedError)?;
                }
                ConnectionFault::SayBytes(bytes) => {
                    self.socket
                        .send(Message::Binary(bytes))
                        .await
                        .map_err(|_| ConnectionClosedError)?;
                }
                ConnectionFault::Invalidate(resumable) => self.invalidate(resumable).await?,
                ConnectionFault::Cut => return Err(ConnectionClosedError),
            }
        }
    }

    async fn invalidate(&mut self, resumable: bool) -> Result<(), ConnectionClosedError> {
        if let (false, Some((name, _))) = (resumable, self.session.take()) {
            let number = self.number;
            self.shared.change(|world| world.disconnect(&name, number, true));
        }
        self.say(&json!({"op": opcode::INVALID_SESSION, "d": resumable, "s": null, "t": null}))
            .await
    }

    /// Sends what the session was told since.
    async fn tell(&mut self) -> Result<(), ConnectionClosedError> {
        let Some((name, told)) = self.session.clone() else { return Ok(()) };
        let number = self.number;
        let news = self.shared.look(|world| {
            let session = world.sessions.get(&name)?;
            let mine = session.connection == number;
            let news = session.since(told).filter(|_| mine)?;
            Some(news.iter().zip(told + 1..).map(|(it, seq)| frame(it, seq)).collect::<Vec<_>>())
        });
        let Some(news) = news else { return Err(ConnectionClosedError) };
        let seq = told + news.len();
        for frame in news {
            self.socket.send(Message::Text(frame)).await.map_err(|_| ConnectionClosedError)?;
        }
        self.session = Some((name, seq));
        Ok(())
    }

    async fn hear(&mut self, message: Message) -> Result<(), ConnectionClosedError> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(bytes) => String::from_utf8(bytes).unwrap_or_default(),
            Message::Close(frame) => {
                let code = frame.map(|frame| u16::from(frame.code));
                self.ended |= matches!(code, Some(1000 | 1001));
                return Err(ConnectionClosedError);
            }
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        if self.shared.look(|world| world.gateway.silent) {
            return Ok(());
        }
        let Ok(frame) = serde_json::from_str::<Value>(&text) else {
            return self.refuse(close::DECODE_ERROR, "a frame that is no JSON").await;
        };
        let data = frame.get("d").cloned().unwrap_or(Value::Null);
        match frame.get("op").and_then(Value::as_u64) {
            Some(opcode::HEARTBEAT) => self.heartbeat().await,
            Some(opcode::IDENTIFY) if self.session.is_some() => {
                self.refuse(close::ALREADY_AUTHENTICATED, "IDENTIFY twice").await
            }
            Some(opcode::IDENTIFY) => self.identify(&data).await,
            Some(opcode::RESUME) => self.resume(&data).await,
            Some(
                opcode::PRESENCE_UPDATE
                | opcode::VOICE_STATE_UPDATE
                | opcode::REQUEST_GUILD_MEMBERS
                | opcode::REQUEST_SOUNDBOARD_SOUNDS,
            ) => match self.session {
                Some(_) => Ok(()),
                None => self.refuse(close::NOT_AUTHENTICATED, "a payload before IDENTIFY").await,
            },
            _ => self.refuse(close::UNKNOWN_OPCODE, "an unknown opcode").await,
        }
    }

    async fn refuse(&mut self, code: u16, what: &str) -> Result<(), ConnectionClosedError> {
        self.shared.change(|world| {
            world.begin_frame("frame");
            world.violation(format!("{what}: closed with {code}"));
        });
        self.close(Some(code)).await
    }

    async fn heartbeat(&mut self) -> Result<(), ConnectionClosedError> {
        if self.shared.look(|world| world.gateway.deaf) {
            return Ok(());
        }
        self.say(&json!({"op": opcode::HEARTBEAT_ACK, "d": null, "s": null, "t": null})).await
    }

    async fn identify(&mut self, data: &Value) -> Result<(), ConnectionClosedError> {
        let part = |index: usize, other| {
            let shard = data.get("shard").and_then(|shard| shard.get(index));
            shard.and_then(Value::as_u64).unwrap_or(other)
        };
        let token = data.get("token").and_then(Value::as_str).unwrap_or_default().to_owned();
        let intents = data.get("intents").and_then(Value::as_u64).unwrap_or(u64::MAX);
        let identify = Identify { token, intents, shard: (part(0, 0), part(1, 1)) };
        let (number, url) = (self.number, self.shared.gateway_url.clone());
        let handshake = self.shared.change(|world| {
            world.begin_frame("IDENTIFY");
            world.identify(&identify, number, &url)
        });
        self.shake(handshake).await
    }

    async fn resume(&mut self, data: &Value) -> Result<(), ConnectionClosedError> {
        let text = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (token, name) = (text("token"), text("session_id"));
        let seq = data.get("seq").and_then(Value::as_u64).unwrap_or(0);
        let seq = usize::try_from(seq).unwrap_or(usize::MAX);
        let number = self.number;
        let handshake = self.shared.change(|world| {
            world.begin_frame("RESUME");
            world.resume(&token, &name, seq, number)
        });
        self.shake(handshake).await
    }

    async fn shake(&mut self, handshake: Handshake) -> Result<(), ConnectionClosedError> {
        match handshake {
            Handshake::Accepted(name, told) => {
                self.session = Some((name, told));
                Ok(())
            }
            Handshake::Invalid(resumable) => self.invalidate(resumable).await,
            Handshake::Close(code) => self.close(Some(code)).await,
        }
    }
}
