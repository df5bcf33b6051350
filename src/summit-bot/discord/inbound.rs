//! Discord's events become requests. Pure but for the clock; nothing is sent or answered here.
//!
//! A message of another bot, a webhook or Discord itself is no request, and neither is one
//! that does not address the bot.

use std::time::{SystemTime, UNIX_EPOCH};

use serenity::model::application::{
    ActionRowComponent, AuthorizingIntegrationOwner, ButtonKind, CommandInteraction, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, InteractionContext,
    MessageInteractionMetadata, ModalInteraction, ResolvedOption, ResolvedValue,
};
use serenity::model::channel::{Message, MessageFlags, MessageType};
use serenity::model::guild::Member;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};
use serenity::model::permissions::Permissions;

use bot::commands::{self, OptionValue, Options, TargetMessage};
use bot::{
    Action, ChannelPermissions, ComponentAction, MemberPermissions, PriorMessage, Request, Venue,
    Who,
};

/// Returns a command that was used.
pub(super) fn command(command: &CommandInteraction, bot: UserId) -> Request {
    let action = match command.data.kind {
        CommandType::ChatInput => typed(command),
        CommandType::Message => on_message(command, bot),
        _ => Action::Unknown,
    };
    request(command.user.id, command.member.as_deref(), place(command), action)
}

/// Returns a button that was pressed, or a menu from which something was chosen.
pub(super) fn component(press: &ComponentInteraction) -> Request {
    let values = match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let is_private =
        press.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let component = ComponentAction::parse(&press.data.custom_id);
    let place = InteractionPlace {
        guild: press.guild_id,
        channel: press.channel_id,
        context: press.context,
        owners: &press.authorizing_integration_owners.0,
        permits: press.app_permissions,
    };
    let action = Action::pressed(component, values, is_private);
    request(press.user.id, press.member.as_ref(), place.venue(), action)
}

/// Returns a form that was sent.
pub(super) fn form(sent: &ModalInteraction) -> Request {
    let mut lines = sent.data.components.iter().flat_map(|row| &row.components);
    let typed = |line: &ActionRowComponent| match line {
        ActionRowComponent::InputText(line) => line.value.clone(),
        _ => None,
    };
    let message = sent.message.as_deref().and_then(|message| message.flags);
    let is_private = message.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let text = lines.find_map(typed).unwrap_or_default();
    // A form comes without these two; by whom the bot was brought is read from its message.
    let brought = sent.message.as_deref().and_then(|it| it.interaction_metadata.as_deref());
    let place = InteractionPlace {
        guild: sent.guild_id,
        channel: sent.channel_id,
        context: None,
        owners: brought.map_or(&[], owners),
        permits: sent.app_permissions,
    };
    let component = ComponentAction::parse(&sent.data.custom_id);
    let action = Action::Form { component, text, is_private };
    request(sent.user.id, sent.member.as_ref(), place.venue(), action)
}

/// Returns an option that is being typed.
pub(super) fn autocomplete(command: &CommandInteraction) -> Request {
    let typed = command.data.autocomplete();
    let action = Action::Autocomplete {
        command: command.data.name.clone(),
        option: typed.as_ref().map(|typed| typed.name.to_owned()).unwrap_or_default(),
        typed: typed.map(|typed| typed.value.to_owned()).unwrap_or_default(),
    };
    request(command.user.id, command.member.as_deref(), place(command), action)
}

/// Returns a message, where it addresses the bot: in a direct message, by a mention, or by a reply.
pub(super) fn message(message: &Message, bot: UserId) -> Option<Request> {
    let is_human = !message.author.bot && !message.author.system && message.webhook_id.is_none();
    let is_written = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if !is_human || !is_written {
        return None;
    }
    let text = without_mentions(&message.content, bot);
    let is_named = text.len() != message.content.len();
    // Without a ping Discord keeps the text of a reply to itself.
    let is_reply = !message.content.is_empty() && is_reply_to(message, bot);
    let place = match message.guild_id {
        None => Venue::Direct,
        Some(guild) if is_named || is_reply => Venue::Server {
            guild: guild.get(),
            channel: message.channel_id.get(),
            // Not told; looked up where it matters.
            parent: None,
            // Discord tells these with interactions alone; a refusal is dealt with when it comes.
            permits: ChannelPermissions::ALL,
        },
        Some(_) => return None,
    };
    let has_attachments = !message.attachments.is_empty();
    let text = text.trim().to_owned();
    let action = Action::Mention { text, has_attachments, before: Vec::new() };
    Some(Request {
        who: Who {
            id: message.author.id.get(),
            powers: MemberPermissions::default(),
            roles: Vec::new(),
        },
        place,
        now: now(),
        action,
    })
}

/// Returns whether a message replies to one of the bot's.
fn is_reply_to(message: &Message, bot: UserId) -> bool {
    match message.referenced_message.as_deref() {
        Some(replied) => replied.author.id == bot,
        // Discord does not always hand it over; the ping shows to whom it replies.
        None => {
            message.kind == MessageType::InlineReply
                && message.mentions.iter().any(|named| named.id == bot)
        }
    }
}

/// Returns a message that is before the one that addresses the bot.
pub(super) fn earlier(message: &Message, bot: UserId) -> PriorMessage {
    let components = message.components.iter().flat_map(|row| &row.components);
    let replies_to = message.message_reference.as_ref().and_then(|it| it.message_id);
    PriorMessage {
        id: message.id.get(),
        is_ours: message.author.id == bot,
        text: without_mentions(&message.content, bot).trim().to_owned(),
        cards: message.embeds.iter().filter_map(|embed| embed.description.clone()).collect(),
        components: components
            .filter_map(|it| ComponentAction::parse(custom_id(it)?).ok())
            .collect(),
        replies_to: replies_to.map(MessageId::get),
    }
}

/// Returns the id of a button or a menu.
fn custom_id(component: &ActionRowComponent) -> Option<&str> {
    match component {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => Some(custom_id),
            _ => None,
        },
        ActionRowComponent::SelectMenu(menu) => menu.custom_id.as_deref(),
        _ => None,
    }
}

fn request(user: UserId, member: Option<&Member>, place: Venue, action: Action) -> Request {
    let bits = member.and_then(|member| member.permissions).unwrap_or_default().bits();
    let powers = MemberPermissions::parse(&bits.to_string());
    let roles = member.map(|member| member.roles.iter().map(|role| role.get()).collect());
    let who = Who { id: user.get(), powers, roles: roles.unwrap_or_default() };
    Request { who, place, now: now(), action }
}

/// The place of an interaction, as Discord tells it.
struct InteractionPlace<'a> {
    guild: Option<GuildId>,
    channel: ChannelId,
    context: Option<InteractionContext>,
    owners: &'a [AuthorizingIntegrationOwner],
    permits: Option<Permissions>,
}

impl InteractionPlace<'_> {
    fn venue(&self) -> Venue {
        let is_member = self.owners.is_empty()
            || self
                .owners
                .iter()
                .any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_)));
        match (self.guild, self.context) {
            (Some(guild), _) if is_member => {
                let permits = self.permits.unwrap_or(Permissions::all());
                let permits = ChannelPermissions {
                    view: permits.view_channel(),
                    send: permits.send_messages(),
                    embed: permits.embed_links(),
                };
                let (guild, channel) = (guild.get(), self.channel.get());
                // It matters to messages alone.
                Venue::Server { guild, channel, parent: None, permits }
            }
            (None, Some(InteractionContext::BotDm)) => Venue::Direct,
            _ => Venue::Elsewhere,
        }
    }
}

fn place(command: &CommandInteraction) -> Venue {
    let place = InteractionPlace {
        guild: command.guild_id,
        channel: command.channel_id,
        context: command.context,
        owners: &command.authorizing_integration_owners.0,
        permits: command.app_permissions,
    };
    place.venue()
}

/// Returns a command that was typed after a slash.
fn typed(command: &CommandInteraction) -> Action {
    let options = command.data.options();
    let name = &command.data.name;
    match &*options {
        [ResolvedOption { name: subcommand, value: ResolvedValue::SubCommand(options), .. }] => {
            commands::typed(name, Some(subcommand), &given(options))
        }
        options => commands::typed(name, None, &given(options)),
    }
}

/// Returns what was filled in; of what Discord does not resolve, nothing.
fn given(options: &[ResolvedOption<'_>]) -> Options {
    let value = |value: &ResolvedValue<'_>| match value {
        ResolvedValue::String(text) => Some(OptionValue::Text((*text).to_owned())),
        ResolvedValue::Boolean(flag) => Some(OptionValue::Flag(*flag)),
        ResolvedValue::Integer(number) => Some(OptionValue::Number(*number)),
        ResolvedValue::Channel(channel) => Some(OptionValue::Channel(channel.id.get())),
        ResolvedValue::Role(role) => Some(OptionValue::Role(role.id.get())),
        _ => None,
    };
    options.iter().filter_map(|it| Some((it.name.to_owned(), value(&it.value)?))).collect()
}

/// Returns a command from the menu of a message.
fn on_message(command: &CommandInteraction, bot: UserId) -> Action {
    let target = command.data.target_id.map(serenity::model::id::TargetId::to_message_id);
    let target = target.and_then(|id| command.data.resolved.messages.get(&id));
    let target = target.map(|message| TargetMessage {
        text: text_of(message),
        is_ours: message.author.id == bot,
        asker: asker(message),
    });
    target.map_or(Action::Unknown, |target| commands::on_message(&command.data.name, target))
}

/// Returns what a message says; of one that has embeds alone, what they say.
fn text_of(message: &Message) -> String {
    if !message.content.trim().is_empty() {
        return message.content.clone();
    }
    let embeds = message.embeds.iter().filter_map(|embed| embed.description.clone());
    embeds.collect::<Vec<_>>().join("\n\n")
}

/// Through whom the bot was brought to where an answer of ours is.
fn owners(made: &MessageInteractionMetadata) -> &[AuthorizingIntegrationOwner] {
    match made {
        MessageInteractionMetadata::Command(made) => &made.authorizing_integration_owners.0,
        MessageInteractionMetadata::Component(made) => &made.authorizing_integration_owners.0,
        MessageInteractionMetadata::ModalSubmit(made) => &made.authorizing_integration_owners.0,
        _ => &[],
    }
}

/// Returns who asked for an answer of ours, where the message tells.
fn asker(answer: &Message) -> Option<u64> {
    let by_interaction = match answer.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(made)) => Some(made.user.id),
        Some(MessageInteractionMetadata::Component(made)) => Some(made.user.id),
        Some(MessageInteractionMetadata::ModalSubmit(made)) => Some(made.user.id),
        _ => None,
    };
    let by_message = answer.referenced_message.as_deref().map(|asked| asked.author.id);
    by_interaction.or(by_message).map(UserId::get)
}

/// Returns a text without mentions of the bot.
fn without_mentions(text: &str, bot: UserId) -> String {
    [format!("<@{bot}>"), format!("<@!{bot}>")]
        .iter()
        .fold(text.to_owned(), |text, mention| text.replace(mention, ""))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
