//! People who ask one question after another, and the clock beside them.

use std::time::{Duration, Instant};

use anyhow::Context;
use mock_discord::world::{Install, InvocationContext, User};
use mock_discord::{Clock, Config, MockDiscord, World};
use serde_json::{Value, json};

use super::bots::Kind;
use super::process::Process;

const SOON: Duration = Duration::from_secs(20);
/// Questions of one person, of whom there is then a next one: more at once are held back.
const OF_ONE: usize = 10;
/// How often the offline Discord forgets what was said.
const TIDY: usize = 500;

/// An offline Discord with one bot.
pub(crate) struct Server {
    mock: MockDiscord,
    pub(crate) process: Process,
}

impl Server {
    /// Starts both, and waits until the bot can be asked.
    pub(crate) async fn start(kind: Kind) -> anyhow::Result<Self> {
        let config = Config { clock: Clock::Real, ..Config::default() };
        let mock = MockDiscord::start(config).await?;
        let process = Process::start(kind, &mock.url(), &mock.token())?;
        mock.commands(SOON).await?;
        mock.connected(SOON).await?;
        Ok(Self { mock, process })
    }

    /// Asks so many questions, one at a time: microseconds from the dispatch of each to its
    /// callback. `between` is done after each, outside of what is measured.
    pub(crate) async fn ask(
        &self,
        questions: &[String],
        count: usize,
        mut between: impl FnMut(&str) -> anyhow::Result<()>,
    ) -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::with_capacity(count);
        let mut context = self.mock.change(next_person);
        for (number, question) in questions.iter().cycle().take(count).enumerate() {
            if number % OF_ONE == OF_ONE - 1 {
                context = self.mock.change(|world| {
                    world.users.remove(&context.user);
                    next_person(world)
                });
            }
            if number % TIDY == TIDY - 1 {
                self.mock.change(tidy);
            }
            let options = [("question", json!(question))];
            let (asked, began) = self.mock.change(|world| {
                let asked = world.slash(&context, "ask", &options)?;
                // What is composed for it is nobody's time. Nobody is told before this returns;
                // from then on this thread may have to wait for those who are.
                anyhow::Ok((asked, Instant::now()))
            })?;
            let answered = |world: &mut World| world.interactions.get(&asked)?.response.clone();
            self.mock.wait_for(SOON, answered).await?;
            times.push(began.elapsed().as_secs_f64() * 1e6);
            between(question)?;
        }
        self.mock.change(tidy);
        Ok(times)
    }
}

/// A member of the first server who has asked nothing yet.
fn next_person(world: &mut World) -> InvocationContext {
    let user = world.mint();
    let name = format!("person {user}");
    let locale = "en-US".to_owned();
    let known = User { id: user, name, bot: false, locale, blocks_direct: false };
    world.users.insert(user, known);
    let guild = world.guilds.keys().next().copied().unwrap_or_default();
    for guild in world.guilds.values_mut() {
        // Who has left asks nothing more.
        guild.members.retain(|member, _| world.users.contains_key(member));
    }
    world.join(guild, user, None);
    let mut channels = world.channels.values();
    let channel = channels.find(|channel| channel.guild == Some(guild)).map(|channel| channel.id);
    InvocationContext { user, channel: channel.unwrap_or_default(), install: Install::Guild }
}

fn tidy(world: &mut World) {
    world.calls.clear();
    world.forget();
}

/// The development questions.
pub(crate) fn questions() -> anyhow::Result<Vec<String>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/gold/dev.jsonl");
    let text = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let question = |line: &str| {
        let value: Value = serde_json::from_str(line)?;
        let question = value.get("question").and_then(Value::as_str);
        Ok(question.context("a line without a question")?.to_owned())
    };
    let questions: anyhow::Result<Vec<String>> = text.lines().map(question).collect();
    // What Discord's client would not send.
    let is_asked = |question: &String| (3..=300).contains(&question.chars().count());
    Ok(questions?.into_iter().filter(is_asked).collect())
}
