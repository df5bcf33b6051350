//! The handle of tests and testers on an offline Discord: look, wait, let time pass, break things.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::world::{
    Call, Command, InjectedError, InjectedErrorKind, Message, Ping, Violation, opcode,
};
use super::{ConnectionFault, Id, MockDiscord, Person, World};

/// Nothing came in time; it prints what the bot did instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing within {waited:?}; the bot's calls were:\n{history}")]
pub struct TimeoutError {
    /// How long was waited.
    pub waited: Duration,
    /// Every call of the bot, and every breach.
    pub history: String,
}

impl MockDiscord {
    /// Reads the world.
    pub fn look<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        self.shared.look(read)
    }

    /// Changes the world.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(change)
    }

    /// Lets the world's time pass.
    pub fn advance(&self, by: Duration) {
        self.change(|world| world.advance(by));
    }

    /// Returns the bot's token.
    #[must_use]
    pub fn token(&self) -> String {
        self.look(|world| world.token.clone())
    }

    /// Waits until the world gives something, looking again after every change.
    ///
    /// # Errors
    ///
    /// It did not in time.
    pub async fn wait_for<T>(
        &self,
        limit: Duration,
        mut find: impl FnMut(&mut World) -> Option<T>,
    ) -> Result<T, TimeoutError> {
        let deadline = Instant::now() + limit;
        let mut changed = self.shared.changed.subscribe();
        loop {
            if let Some(found) = find(&mut self.shared.world.lock()) {
                return Ok(found);
            }
            if timeout_at(deadline, changed.changed()).await.is_err() {
                return Err(TimeoutError { waited: limit, history: self.look(history) });
            }
        }
    }

    /// Returns the next thing the bot said that no one has read: an answer, an edit, a deletion,
    /// suggestions, a form.
    ///
    /// # Errors
    ///
    /// It said nothing in time.
    pub async fn next_response(&self, limit: Duration) -> Result<Call, TimeoutError> {
        let next = |world: &mut World| {
            let unread = |call: &&mut Call| call.is_response() && !call.read;
            let call = world.calls.iter_mut().find(unread)?;
            call.read = true;
            Some(call.clone())
        };
        self.wait_for(limit, next).await
    }

    /// Returns the message that the bot sent or changed next.
    ///
    /// # Errors
    ///
    /// It sent none in time.
    pub async fn next_message(&self, limit: Duration) -> Result<Message, TimeoutError> {
        let next = |world: &mut World| {
            let unread =
                |call: &&mut Call| call.is_response() && !call.read && call.message.is_some();
            let call = world.calls.iter_mut().find(unread)?;
            call.read = true;
            let message = call.message?;
            world.messages.get(&message).cloned()
        };
        self.wait_for(limit, next).await
    }

    /// Returns the next refusal of the bot, or an injected error.
    ///
    /// # Errors
    ///
    /// None came in time.
    pub async fn next_refusal(&self, limit: Duration) -> Result<Call, TimeoutError> {
        let next = |world: &mut World| {
            let call = world.calls.iter_mut().find(|call| call.status >= 400 && !call.read)?;
            call.read = true;
            Some(call.clone())
        };
        self.wait_for(limit, next).await
    }

    /// Waits until a session is connected and has been told `READY`.
    ///
    /// # Errors
    ///
    /// None is in time.
    pub async fn connected(&self, limit: Duration) -> Result<(), TimeoutError> {
        self.wait_for(limit, |world| (world.connected() > 0).then_some(())).await
    }

    /// Waits until commands are registered.
    ///
    /// # Errors
    ///
    /// None are in time.
    pub async fn commands(&self, limit: Duration) -> Result<Vec<Command>, TimeoutError> {
        self.wait_for(limit, |world| (!world.commands.is_empty()).then(|| world.commands.clone()))
            .await
    }

    /// Returns what the bot said that no one has read.
    #[must_use]
    pub fn unread(&self) -> Vec<Call> {
        self.look(|world| {
            let unread = |call: &&Call| call.is_response() && !call.read;
            world.calls.iter().filter(unread).cloned().collect()
        })
    }

    /// Returns every call of the bot.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.look(|world| world.calls.clone())
    }

    /// Returns every rule that the bot broke.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        self.look(|world| world.violations.clone())
    }

    /// Returns every notification that the bot's messages would have caused.
    #[must_use]
    pub fn pings(&self) -> Vec<Ping> {
        self.look(|world| world.pings.clone())
    }

    /// Returns a member of the first server, in its first channel; made when new.
    #[must_use]
    pub fn member(&self, name: &str) -> Person<'_> {
        self.person(name, None)
    }

    /// Returns a member with the role `Moderator`.
    #[must_use]
    pub fn moderator(&self, name: &str) -> Person<'_> {
        self.person(name, Some("Moderator"))
    }

    fn person(&self, name: &str, role: Option<&str>) -> Person<'_> {
        let (user, channel) = self.change(|world| {
            let user = world.user(name);
            let guild = world.guilds.keys().next().copied().unwrap_or(0);
            world.join(guild, user, role);
            let mine = world.channels.values().find(|channel| channel.guild == Some(guild));
            (user, mine.map_or(0, |channel| channel.id))
        });
        Person::new(self, user, channel)
    }

    /// Returns the channel of this name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<Id> {
        self.look(|world| {
            world.channels.values().find(|channel| channel.name == name).map(|channel| channel.id)
        })
    }

    /// The next `times` requests to a route, or to any with `*`, meet this error.
    pub fn inject(&self, route: &str, kind: InjectedErrorKind, times: u32) {
        let route = route.to_owned();
        self.change(|world| world.injected_errors.push(InjectedError { route, kind, times }));
    }

    /// Closes every gateway connection with this code, or without one.
    pub fn close_gateway(&self, code: Option<u16>) {
        self.shared.connection_fault(ConnectionFault::Close(code));
    }

    /// Op 7: every client is asked to reconnect and resume.
    pub fn ask_to_reconnect(&self) {
        self.send_frame(
            &serde_json::json!({"op": opcode::RECONNECT, "d": null, "s": null, "t": null}),
        );
    }

    /// Op 9: the sessions are invalid, or may be resumed.
    pub fn invalidate_sessions(&self, resumable: bool) {
        self.shared.connection_fault(ConnectionFault::Invalidate(resumable));
    }

    /// Cuts every gateway connection without a close frame.
    pub fn cut_gateway(&self) {
        self.shared.connection_fault(ConnectionFault::Cut);
    }

    /// Sends a frame to every client.
    pub fn send_frame(&self, frame: &Value) {
        self.send_text(&frame.to_string());
    }

    /// Sends a text to every client, JSON or not.
    pub fn send_text(&self, text: &str) {
        self.shared.connection_fault(ConnectionFault::Say(text.to_owned()));
    }

    /// Sends bytes to every client.
    pub fn send_bytes(&self, bytes: &[u8]) {
        self.shared.connection_fault(ConnectionFault::SayBytes(bytes.to_vec()));
    }
}

fn history(world: &World) -> String {
    let calls = world.calls.iter().map(|call| format!("  {call}\n"));
    let violations = world.violations.iter().map(|violation| format!("  breach: {violation}\n"));
    calls.chain(violations).collect()
}
