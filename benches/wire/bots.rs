//! The bots that are measured: a bare one, ours, and ours without Discord.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use engine::answer::Question;
use serde_json::json;
use serenity::all::{
    Context, CreateInteractionResponse, CreateInteractionResponseMessage, EventHandler,
    GatewayIntents, HttpBuilder, Interaction, Ready, async_trait,
};
use summit_bot::discord;
use summit_bot::service::{self, Service};
use summit_bot::settings::{Settings, Token};
use tokio::runtime::Runtime;

/// Which bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// Plain serenity: it says what it hears.
    Echo,
    /// As `summit-bot run` starts it.
    Bot,
    /// What answers, without Discord.
    Core,
}

/// Is this bot until standard input ends.
pub(crate) fn run(kind: Kind, url: &str, token: &str) -> anyhow::Result<()> {
    let begun = || writeln!(io::stdout().lock(), "begun");
    match kind {
        Kind::Echo => {
            let runtime = Runtime::new()?;
            let (url, token) = (url.to_owned(), token.to_owned());
            runtime.spawn(async move { echo(&url, &token).await });
            begun()?;
            until_the_end()?;
            runtime.shutdown_background();
        }
        Kind::Bot => {
            let settings = settings(url, token)?;
            let service = service(&settings)?;
            let runtime = Runtime::new()?;
            runtime.spawn(async move {
                discord::run(service, &settings.discord, std::future::pending()).await
            });
            begun()?;
            until_the_end()?;
            runtime.shutdown_background();
        }
        Kind::Core => {
            let service = service(&settings(url, token)?)?;
            for text in super::drive::questions()? {
                service.engine().ask(&Question { text: &text, ..Question::default() })?;
            }
            begun()?;
            until_the_end()?;
        }
    }
    Ok(())
}

fn until_the_end() -> io::Result<()> {
    io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
}

/// Settings for the server of `url`, and the project's own documents.
pub(crate) fn settings(url: &str, token: &str) -> anyhow::Result<Settings> {
    let mut settings = Settings::load(None)?;
    settings.discord.api_url = Some(url.to_owned());
    settings.discord.token = Some(Token::new(token));
    settings.knowledge.directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge").into();
    Ok(settings)
}

fn service(settings: &Settings) -> anyhow::Result<Arc<Service>> {
    Ok(Arc::new(Service::new(service::build_engine(settings, |_| ())?, settings)))
}

/// What every bot written with serenity does at least.
struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn ready(&self, context: Context, _: Ready) {
        let question = json!({"type": 3, "name": "question", "description": "x", "required": true});
        let ask = json!([{"name": "ask", "description": "x", "options": [question]}]);
        // Without commands nothing can be asked, and the driver says so.
        context.http.create_global_commands(&ask).await.ok();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let text = command.data.options.first().and_then(|option| option.value.as_str());
        let message = CreateInteractionResponseMessage::new().content(text.unwrap_or_default());
        let answer = CreateInteractionResponse::Message(message);
        // An answer that is missing is missed by the driver.
        command.create_response(&context.http, answer).await.ok();
    }
}

async fn echo(url: &str, token: &str) -> anyhow::Result<()> {
    let web = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build()?;
    let http = HttpBuilder::new(token).client(web).proxy(url).ratelimiter_disabled(true).build();
    let intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let client = serenity::client::ClientBuilder::new_with_http(http, intents);
    Ok(client.event_handler(Echo).await?.start().await?)
}
