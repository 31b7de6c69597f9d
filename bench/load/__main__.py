"""``python -m bench.load``: the load script from the command line."""

import asyncio
import tempfile
from pathlib import Path

import click

from bench.drill.stage import database
from bench.load.run import Plan, load


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--rounds", default=Plan.rounds, show_default=True)
@click.option("--requests", default=Plan.requests, show_default=True, help="of each kind, in a round")
@click.option("--messages", default=Plan.messages, show_default=True, help="in a round")
@click.option("--sockets", default=Plan.sockets, show_default=True, help="in the room")
def main(engine: str, **plan: int) -> None:
    """Ask the app and a bare server in turns; print what each took."""
    with tempfile.TemporaryDirectory(prefix="heyi-load-") as name, database(engine, Path(name)) as url:
        click.echo(engine)
        asyncio.run(load(url, Path(name), Plan(**plan)))


if __name__ == "__main__":
    main()
