//! The bot over TLS, with serenity's rate limiter on, as it is at Discord itself.

use std::net::SocketAddr;
use std::sync::Arc;

use mock_discord::{Clock, Config, Id, Setup};
use summit_bot::discord::{self, RunError};
use summit_bot::service::{self, Service};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use super::harness::{ANSWERED, SOON, question, settings};
use crate::offline::Offline;

/// What stands before a server without TLS, under the name of Discord.
struct Front {
    address: SocketAddr,
    certificate: reqwest::Certificate,
    _tasks: JoinSet<()>,
}

impl Front {
    async fn before(server: SocketAddr) -> Self {
        let made = rcgen::generate_simple_self_signed(["discord.com".to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                connections.spawn(async move {
                    let Ok(mut from) = acceptor.accept(stream).await else { return };
                    let mut to = TcpStream::connect(server).await.unwrap();
                    // Either side may go away.
                    copy_bidirectional(&mut from, &mut to).await.ok();
                });
            }
        });
        let certificate = reqwest::Certificate::from_der(made.cert.der()).unwrap();
        Self { address, certificate, _tasks: tasks }
    }

    /// Connections that take this for Discord.
    fn web(&self) -> reqwest::ClientBuilder {
        reqwest::Client::builder()
            .no_proxy()
            .resolve("discord.com", self.address)
            .add_root_certificate(self.certificate.clone())
    }
}

#[tokio::test]
async fn with_serenitys_limiter_on_no_reply_is_late_and_no_channel_waits_for_another() {
    const IN_TIME: u64 = 12_000;
    let setup = Setup { limits: true, ..Setup::default() };
    let config = Config { setup, clock: Clock::Real, ..Config::default() };
    let mock = Offline::start(config).await.unwrap();
    let server = mock.url().strip_prefix("http://").unwrap().parse().unwrap();
    let front = Front::before(server).await;
    let mut settings = settings(&mock);
    settings.discord.api_url = None;
    let engine = service::build_engine(&settings, |_| ()).unwrap();
    let service = Arc::new(Service::new(engine, &settings));
    let (stop, stopped) = oneshot::channel::<()>();
    let (web, discord) = (front.web(), settings.discord.clone());
    let running = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap_or_default() };
        let service = async { Ok::<_, RunError>(service) };
        discord::run_over(web, service, &discord, stopped).await
    });
    mock.commands(SOON).await.unwrap();
    mock.connected(SOON).await.unwrap();

    let began = mock.change(|world| world.now_ms());
    let person = |number: usize| mock.member(&format!("ann{number}"));
    let asked: Vec<Id> = (0..10).map(|n| person(n).mention(ANSWERED).unwrap()).collect();
    let random = mock.channel("random").unwrap();
    let elsewhere = person(10).at(random).mention(ANSWERED).unwrap();
    person(11).slash("ask", &question(ANSWERED)).unwrap();
    let mut answered = Vec::new();
    for _ in 0..12 {
        let answer = mock.next_message(2 * SOON).await.unwrap();
        assert!(answer.sent_ms < began + IN_TIME);
        answered.push(answer.reply_to);
    }
    // The first channel has to rest before the sixth; an interaction and another channel do not.
    for other in [Some(elsewhere), None] {
        let place = answered.iter().position(|id| *id == other).unwrap();
        assert!(place <= 6, "{place}");
        answered.remove(place);
    }
    assert_eq!(answered, asked.into_iter().map(Some).collect::<Vec<_>>());
    assert!(mock.calls().iter().all(|call| call.status != 429));

    stop.send(()).unwrap();
    timeout(SOON, running).await.unwrap().unwrap().unwrap();
    assert_eq!((mock.violations(), mock.pings()), (vec![], vec![]));
}
