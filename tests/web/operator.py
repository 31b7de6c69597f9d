"""An operator at the terminal: ``heyi`` commands in this process, on a home of their own."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from click.testing import CliRunner, Result

from community.privacy import vault
from community.record.transaction import drain
from web.cli import main
from web.database import close_database, open_database
from web.settings import Settings, ring_of

T = TypeVar("T")


@dataclass
class Operator:
    """Runs commands on ``home`` and the database at ``url``, and looks behind them."""

    home: Path
    url: str

    def heyi(self, *words: str, **env: str) -> Result:
        """Run a command."""
        mine = {"HEYI_HOME": str(self.home), "HEYI_DATABASE": self.url, "HEYI_MODE": "development", **env}
        return CliRunner(env=mine).invoke(main, list(words))

    def behind(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do something with the database open, beside the commands."""

        async def opened() -> T:
            vault.install(ring_of(Settings()))
            await open_database(self.url)
            try:
                return await work()
            finally:
                await drain()
                await close_database()

        return asyncio.run(opened())
