//! How long a session waits for the bot before it shows what came.

use super::super::Id;
use super::super::world::{Message, World};
use super::error::InputError;
use super::news::News;
use super::session::Session;

/// Something to wait for after an action.
pub(super) enum Wait {
    /// The answer to an interaction.
    Interaction(Id),
    /// The answer to a message.
    Message,
    /// For a while, for something that need not come.
    Briefly,
    /// Nothing.
    Nothing,
}

/// The result of an action: something to wait for, or why it cannot be done.
pub(super) type Done = Result<Wait, InputError>;

impl Session<'_> {
    /// Waits for the bot; a sentence comes back where it does not do its part.
    pub(super) async fn settle(&self, wait: Wait) -> Option<String> {
        let answer = self.patience.answer;
        let late = match wait {
            Wait::Nothing => return None,
            Wait::Briefly => None,
            Wait::Message => {
                let spoke = |world: &mut World| self.news.has_spoken(world).then_some(());
                let silent = self.mock.wait_for(answer, spoke).await.is_err();
                silent.then(|| "The bot says nothing.".to_owned())
            }
            Wait::Interaction(id) => {
                let answered = |world: &World| {
                    world.interactions.get(&id).is_some_and(|asked| asked.response.is_some())
                };
                let ended = |world: &mut World| {
                    (answered(world) || News::is_refused(world, id)).then_some(())
                };
                // How it ended is looked at below.
                let _ = self.mock.wait_for(answer, ended).await;
                let late = !self.mock.look(answered);
                let original = move |world: &World| world.interactions.get(&id)?.original;
                let ready = |world: &mut World| {
                    let message = original(world).and_then(|id| world.messages.get(&id));
                    (!message.is_some_and(Message::is_loading)).then_some(())
                };
                // A message that stays at "is thinking" is drawn so.
                let _ = self.mock.wait_for(answer, ready).await;
                late.then(|| "The application did not respond.".to_owned())
            }
        };
        self.quiet().await;
        late
    }

    /// Waits until nothing is under way and nothing new has come for a while.
    async fn quiet(&self) {
        loop {
            let ended = |world: &mut World| News::is_idle(world).then_some(world.calls.len());
            let Ok(count) = self.mock.wait_for(self.patience.answer, ended).await else {
                return;
            };
            let more = |world: &mut World| (world.calls.len() > count).then_some(());
            if self.mock.wait_for(self.patience.quiet, more).await.is_err() {
                return;
            }
        }
    }
}
