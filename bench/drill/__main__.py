"""``python -m bench.drill``: the crash drill from the command line."""

import asyncio
import tempfile
import time
from pathlib import Path

import click

from bench.drill.run import Plan, drill, report
from bench.drill.stage import database


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--kills", "--rounds", "kills", default=Plan.kills, show_default=True)
@click.option("--clients", default=Plan.clients, show_default=True, help="at least 4")
@click.option("--cut", default=Plan.cut, show_default=True, help="requests cut off in the middle")
@click.option("--pause", default=Plan.pause, show_default=True, help="seconds between two kills, at most")
@click.option("--seed", default=Plan.seed, show_default=True)
def main(engine: str, **plan: float) -> None:
    """Kill the server while clients vote and chat; count what is left."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="heyi-drill-") as name, database(engine, Path(name)) as url:
        workloads, server, fault = asyncio.run(drill(url, Path(name), Plan(**plan)))  # type: ignore[arg-type]
        click.echo(f"{engine}: {plan['clients']} clients, {plan['kills']} kills, {plan['cut']} requests cut off")
        click.echo(report(workloads, server, fault, began))
    if fault or any(each.count.wrong for each in workloads):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
