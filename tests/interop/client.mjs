// A discord.js bot that logs in to the offline Discord, registers a command, and answers a command, a
// button and a mention. The test that starts it says what it must answer.

import {
  ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, Events, GatewayIntentBits, Partials,
} from "discord.js";

const { MOCK_DISCORD_URL: url, MOCK_DISCORD_TOKEN: token } = process.env;

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  rest: { api: `${url}/api` },
});

client.once(Events.ClientReady, async () => {
  await client.application.fetch();
  await client.application.commands.set([{
    name: "echo",
    description: "Says it again",
    options: [{ type: 3, name: "text", description: "What to say", required: true, autocomplete: true }],
  }]);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond([{ name: typed, value: typed }]);
  } else if (interaction.isChatInputCommand()) {
    const again = new ButtonBuilder().setCustomId("again").setLabel("Again").setStyle(ButtonStyle.Primary);
    await interaction.deferReply();
    await interaction.editReply({
      content: interaction.options.getString("text"),
      components: [new ActionRowBuilder().addComponents(again)],
    });
  } else if (interaction.isButton()) {
    await interaction.update({ content: "again", components: [] });
  }
});

client.on(Events.MessageCreate, async (message) => {
  if (message.author.bot) return;
  const text = message.content.replace(/<@!?\d+>\s*/, "");
  await message.reply({ content: `heard: ${text}`, allowedMentions: { parse: [] } });
});

await client.login(token);
