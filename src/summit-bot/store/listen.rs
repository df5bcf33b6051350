//! News from other processes that share a PostgreSQL server: heard, not polled for.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::time::sleep;

use super::Inner;
use super::load::Which;
use super::server::Server;

/// The channel of the news: each is the id of a community of which something else is known.
const CHANNEL: &str = "summit_bot";
/// How long it waits before it connects again.
const PAUSE: Duration = Duration::from_secs(1);

/// Begins to listen.
pub(super) async fn connect(server: &Server) -> Result<PgListener, sqlx::Error> {
    let pool = server.listener_pool().await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.ignore_pool_close_event(true);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Listens for ever. What may have been missed while there was no connection is read again.
pub(super) async fn listen(server: Server, mut listener: PgListener, inner: Arc<Inner>) {
    loop {
        hear(&mut listener, &inner).await;
        listener = loop {
            match connect(&server).await {
                Ok(listener) => break listener,
                Err(_) => sleep(PAUSE).await,
            }
        };
        // Where it fails, it is read before the next view.
        let _ = inner.refresh(Which::All).await;
    }
}

/// Hears until the connection is lost.
async fn hear(listener: &mut PgListener, inner: &Inner) {
    while let Ok(Some(news)) = listener.try_recv().await {
        let which = news.payload().parse().map_or(Which::All, Which::One);
        let _ = inner.refresh(which).await;
    }
}
