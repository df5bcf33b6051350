//! One connection to the gateway: what is heard becomes what is to be done. No socket, no clock.

use std::time::Duration;

use super::close::{self, FinalClose, Next};
use super::frame::{Event, Frame, Incoming, Membership, Session};

/// The close code of a client that comes back: after 1000 and 1001 Discord forgets the session.
const COMING_BACK: u16 = 4000;
/// The close code of a client that does not.
pub(super) const LEAVING: u16 = 1000;
/// The bounds within which the interval that Discord names is believed.
const INTERVALS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_mins(10));

/// A session that can be resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) session: Session,
    /// The number of the last event that was heard.
    pub(super) seq: u64,
}

/// An event of a connection.
#[derive(Debug, Clone)]
pub(super) enum Happened {
    /// A frame came.
    Heard(Frame),
    /// It is time for a heartbeat.
    BeatDue,
    /// HELLO, READY or RESUMED took too long.
    TooLate,
    /// The gateway closed the connection, with this code.
    Closed(Option<u16>),
    /// The connection broke.
    Broken,
}

/// A step to be taken.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Send a heartbeat with this number from now on after each such interval; the first one
    /// after a part of it that is left to chance, so that not all bots beat at once.
    BeatEvery(Duration),
    /// Send a heartbeat with this number now.
    Beat(Option<u64>),
    /// Begin a session.
    Identify,
    /// Go on with a session.
    Resume(Known),
    /// The session runs: nothing is too late any more.
    Running,
    /// Give the event to whoever answers it.
    Deliver(Incoming),
    /// Close with this code, where there is something to close; nothing is done after this.
    End(Option<u16>, Ended),
}

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    /// Its session can be resumed.
    Resumable(Known),
    /// There is no session any more.
    Lost,
    /// There will be none.
    Refused(FinalClose),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Handshake,
    Running,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Connection {
    stage: Stage,
    /// The session to resume, then the session that runs.
    session: Option<Session>,
    seq: Option<u64>,
    /// `true` if the last heartbeat was heard.
    is_acknowledged: bool,
}

impl Connection {
    /// A connection that begins, to go on with a session that is known, or to begin one.
    pub(super) fn new(known: Option<Known>) -> Self {
        let seq = known.as_ref().map(|known| known.seq);
        let session = known.map(|known| known.session);
        Self { stage: Stage::Greeting, session, seq, is_acknowledged: true }
    }

    /// Returns what is done when something happens, in order.
    pub(super) fn react(&mut self, happened: Happened) -> Vec<Action> {
        match happened {
            Happened::Heard(frame) => self.hear(frame),
            Happened::BeatDue if self.is_acknowledged => {
                self.is_acknowledged = false;
                vec![Action::Beat(self.seq)]
            }
            // No one is there, though the connection is.
            Happened::BeatDue | Happened::TooLate => vec![self.come_back()],
            Happened::Closed(code) => {
                let ended = match close::next(code) {
                    Next::Resume => self.resumable(),
                    Next::Identify => Ended::Lost,
                    Next::Never(why) => Ended::Refused(why),
                };
                vec![Action::End(None, ended)]
            }
            Happened::Broken => vec![Action::End(None, self.resumable())],
        }
    }

    fn hear(&mut self, frame: Frame) -> Vec<Action> {
        match frame {
            Frame::Hello(interval) => self.greet(interval),
            Frame::Heartbeat => vec![Action::Beat(self.seq)],
            Frame::HeartbeatAck => {
                self.is_acknowledged = true;
                Vec::new()
            }
            Frame::Reconnect | Frame::InvalidSession(true) => vec![self.come_back()],
            Frame::InvalidSession(false) => vec![Action::End(Some(LEAVING), Ended::Lost)],
            Frame::Dispatch(seq, event) => {
                self.seq = Some(seq);
                self.tell(event)
            }
        }
    }

    fn greet(&mut self, interval: Duration) -> Vec<Action> {
        let beat = Action::BeatEvery(interval.clamp(INTERVALS.0, INTERVALS.1));
        if self.stage != Stage::Greeting {
            return vec![beat];
        }
        self.stage = Stage::Handshake;
        vec![beat, self.known().map_or(Action::Identify, Action::Resume)]
    }

    fn tell(&mut self, event: Event) -> Vec<Action> {
        match event {
            Event::Ready(session, guilds) => {
                self.stage = Stage::Running;
                self.session = Some(session);
                let guilds = guilds.map(|guilds| {
                    Action::Deliver(Incoming::Membership(Membership::Exactly(guilds)))
                });
                [Action::Running].into_iter().chain(guilds).collect()
            }
            Event::Resumed => {
                self.stage = Stage::Running;
                vec![Action::Running]
            }
            Event::Other => Vec::new(),
            Event::Incoming(incoming) => vec![Action::Deliver(incoming)],
        }
    }

    fn come_back(&self) -> Action {
        Action::End(Some(COMING_BACK), self.resumable())
    }

    fn resumable(&self) -> Ended {
        self.known().map_or(Ended::Lost, Ended::Resumable)
    }

    fn known(&self) -> Option<Known> {
        Some(Known { session: self.session.clone()?, seq: self.seq? })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::frame::{self, Event, Frame, Incoming, Session};
    use super::{Action, COMING_BACK, Connection, Ended, FinalClose, Happened, Known, LEAVING};

    fn known(seq: u64) -> Known {
        let session = Session { id: "s".to_owned(), url: "ws://127.0.0.1".to_owned() };
        Known { session, seq }
    }

    fn heard(text: &str) -> Happened {
        Happened::Heard(frame::read(text).0.unwrap())
    }

    const HELLO: &str = "{\"op\":10,\"d\":{\"heartbeat_interval\":41250}}";
    const READY: &str = "{\"op\":0,\"s\":1,\"t\":\"READY\",\
                         \"d\":{\"session_id\":\"s\",\"resume_gateway_url\":\"ws://127.0.0.1\"}}";

    /// Returns what is done, in short.
    fn told(actions: &[Action]) -> Vec<String> {
        actions.iter().map(|action| format!("{action:?}")).collect()
    }

    fn running() -> Connection {
        let mut connection = Connection::new(None);
        connection.react(heard(HELLO));
        connection.react(heard(READY));
        connection
    }

    #[track_caller]
    fn assert_ends(actions: &[Action], code: Option<u16>, ended: &Ended) {
        let Some(Action::End(with, how)) = actions.last() else { panic!("{actions:?}") };
        assert_eq!((*with, how), (code, ended));
    }

    #[test]
    fn a_session_begins() {
        let mut connection = Connection::new(None);
        assert_eq!(told(&connection.react(heard(HELLO))), ["BeatEvery(41.25s)", "Identify"]);
        assert_eq!(told(&connection.react(heard(READY))), ["Running"]);
        // A greeting again sets the pace and begins nothing.
        assert_eq!(told(&connection.react(heard(HELLO))), ["BeatEvery(41.25s)"]);
    }

    #[test]
    fn a_session_goes_on_with_the_last_number_that_was_heard() {
        let mut connection = running();
        connection.react(heard("{\"op\":0,\"s\":9,\"t\":\"GUILD_CREATE\",\"d\":{}}"));
        assert_eq!(told(&connection.react(heard("{\"op\":1}"))), ["Beat(Some(9))"]);
        assert_ends(&connection.react(Happened::Broken), None, &Ended::Resumable(known(9)));

        let mut connection = Connection::new(Some(known(9)));
        let actions = connection.react(heard(HELLO));
        assert!(matches!(&actions[1], Action::Resume(with) if *with == known(9)), "{actions:?}");
        let resumed = heard("{\"op\":0,\"s\":10,\"t\":\"RESUMED\",\"d\":{}}");
        assert_eq!(told(&connection.react(resumed)), ["Running"]);
        assert_ends(&connection.react(Happened::Broken), None, &Ended::Resumable(known(10)));
    }

    #[test]
    fn what_was_missed_is_delivered_before_the_session_runs() {
        let mut connection = Connection::new(Some(known(9)));
        connection.react(heard(HELLO));
        let event = Event::Incoming(Incoming::Strange(5.into(), "t".to_owned()));
        let actions = connection.react(Happened::Heard(Frame::Dispatch(10, event)));
        assert!(matches!(actions[..], [Action::Deliver(_)]), "{actions:?}");
    }

    #[test]
    fn a_heartbeat_that_was_not_heard_ends_the_connection_and_not_the_session() {
        let mut connection = running();
        assert_eq!(told(&connection.react(Happened::BeatDue)), ["Beat(Some(1))"]);
        connection.react(heard("{\"op\":11}"));
        assert_eq!(told(&connection.react(Happened::BeatDue)), ["Beat(Some(1))"]);
        let ended = connection.react(Happened::BeatDue);
        assert_ends(&ended, Some(COMING_BACK), &Ended::Resumable(known(1)));
    }

    #[test]
    fn requests_to_reconnect_are_followed() {
        for (text, code, ended) in [
            ("{\"op\":7}", COMING_BACK, Ended::Resumable(known(1))),
            ("{\"op\":9,\"d\":true}", COMING_BACK, Ended::Resumable(known(1))),
            ("{\"op\":9,\"d\":false}", LEAVING, Ended::Lost),
            ("{\"op\":9}", LEAVING, Ended::Lost),
        ] {
            assert_ends(&running().react(heard(text)), Some(code), &ended);
        }
    }

    #[test]
    fn a_request_to_reconnect_before_ready_leaves_nothing_to_resume() {
        let mut connection = Connection::new(None);
        assert_ends(&connection.react(heard("{\"op\":7}")), Some(COMING_BACK), &Ended::Lost);
        let mut connection = Connection::new(Some(known(4)));
        let ended = connection.react(heard("{\"op\":7}"));
        assert_ends(&ended, Some(COMING_BACK), &Ended::Resumable(known(4)));
    }

    #[test]
    fn close_codes_end_the_session_where_they_say_so() {
        for code in [None, Some(1000), Some(1001), Some(4000), Some(4002), Some(4008)] {
            let ended = running().react(Happened::Closed(code));
            assert_ends(&ended, None, &Ended::Resumable(known(1)));
        }
        for code in [4003, 4007, 4009] {
            assert_ends(&running().react(Happened::Closed(Some(code))), None, &Ended::Lost);
        }
        let ended = running().react(Happened::Closed(Some(4014)));
        assert_ends(&ended, None, &Ended::Refused(FinalClose::DeniedIntents));
    }

    #[test]
    fn too_late_is_a_broken_connection() {
        let ended = Connection::new(None).react(Happened::TooLate);
        assert_ends(&ended, Some(COMING_BACK), &Ended::Lost);
    }

    #[test]
    fn an_interval_that_cannot_be_meant_is_not_followed() {
        let mut connection = Connection::new(None);
        for (named, taken) in [("0", "50ms"), ("18446744073709551615", "600s")] {
            let hello = format!("{{\"op\":10,\"d\":{{\"heartbeat_interval\":{named}}}}}");
            let actions = told(&connection.react(heard(&hello)));
            assert_eq!(actions[0], format!("BeatEvery({taken})"));
        }
        assert_eq!(super::INTERVALS.1, Duration::from_mins(10));
    }
}
