//! The session with the gateway, as far as people notice it; its faults are tested elsewhere.

use std::time::Duration;

use super::harness::{ANSWERED, SOON, question, run};

#[tokio::test]
async fn a_session_is_resumed_and_a_lost_one_begins_anew() {
    const AFTER_A_PAUSE: Duration = Duration::from_secs(30);
    run(async |wire| {
        let ann = wire.member("ann");
        // An answer shows that the bot knows its session, without which it cannot resume.
        ann.slash("ask", &question(ANSWERED)).unwrap();
        wire.said().await;
        wire.ask_to_reconnect();
        wire.wait_for(SOON, |world| (world.resumes == 1).then_some(())).await.unwrap();
        ann.slash("ask", &question(ANSWERED)).unwrap();
        wire.said().await;
        wire.invalidate_sessions(false);
        let anew = |world: &mut mock_discord::World| (world.identifies.len() == 2).then_some(());
        wire.wait_for(AFTER_A_PAUSE, anew).await.unwrap();
        wire.connected(SOON).await.unwrap();
        ann.slash("ask", &question(ANSWERED)).unwrap();
        wire.said().await;
        wire.expect_complaint("the connection to the gateway ended; the session goes on");
        wire.expect_complaint("the session with the gateway is lost");
    })
    .await;
}
