"""A discord.py bot that logs in to the offline Discord, registers a command, and answers a command, a
button and a mention. The test that starts it says what it must answer."""

import os
import re

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

Route.BASE = os.environ["MOCK_DISCORD_URL"] + "/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["MOCK_DISCORD_GATEWAY"])


class Again(discord.ui.View):
    def __init__(self) -> None:
        # Known from the start: a press may come before the answer that carried the button returns.
        super().__init__(timeout=None)

    @discord.ui.button(label="Again", custom_id="again")
    async def again(self, interaction: discord.Interaction, _: discord.ui.Button) -> None:
        await interaction.response.edit_message(content="again", view=None)


class Bot(discord.Client):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.add_view(Again())

        @self.tree.command(name="echo", description="Says it again")
        async def echo(interaction: discord.Interaction, text: str) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content=text, view=Again())

        @echo.autocomplete("text")
        async def typed(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=current, value=current)]

        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot:
            return
        text = re.sub(r"<@!?\d+>\s*", "", message.content)
        await message.reply(f"heard: {text}", allowed_mentions=discord.AllowedMentions.none())


Bot().run(os.environ["MOCK_DISCORD_TOKEN"])
