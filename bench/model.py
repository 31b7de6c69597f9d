"""``python -m bench.model``: thousands of random deeds in ballots, each done in the database and in a pure model."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

import click

from bench.drill.stage import behind, database
from tests.deliberation.ballot.steps import play_on
from tests.world import build


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--steps", default=20_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(engine: str, steps: int, seed: int) -> None:
    """Play until so many deeds were done; stop with the story of the first difference."""
    began = time.monotonic()

    async def play() -> "Counter[tuple[str, str]]":
        return await play_on(await build(), random.Random(seed), steps)  # noqa: S311 - a play that can be repeated

    with tempfile.TemporaryDirectory(prefix="heyi-model-") as name, database(engine, Path(name)) as url:
        done = asyncio.run(behind(url, play))
    ballots = sum(count for (deed, _), count in done.items() if deed == "close")
    click.echo(f"{engine}: {done.total()} steps in {ballots} ballots, seed {seed}: no difference")
    for deed in sorted({deed for deed, _ in done}):
        answers = {answer: count for (each, answer), count in sorted(done.items()) if each == deed}
        click.echo(f"  {deed:10}" + "  ".join(f"{answer} {count}" for answer, count in answers.items()))
    click.echo(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
