"""``heyi tally``: count the stored papers again and hold them against what was published."""

from dataclasses import dataclass
from typing import Any

import click

from community.errors import Hidden
from deliberation.ballot.counting import Count, count_again
from deliberation.ballot.models import BallotState
from deliberation.ballot.queries import find, result_of
from web.locale import SOURCE
from web.page import environment


@dataclass(frozen=True, slots=True)
class Recount:
    """A fresh count, what was published (empty when nothing is yet), and whether papers may still come in."""

    count: Count
    published: str
    running: bool


@click.command()
@click.argument("ballot", type=int)
def tally(ballot: int) -> None:
    """重新计一次票，和公布的结果对一对 (count the papers of a closed ballot again)."""
    from web.cli import run

    try:
        again = run(_again(ballot), writes=False)
    except Hidden as why:
        raise click.ClickException(str(why)) from why
    if again.running:
        raise click.ClickException("表决还没有截止，不能计票。")
    _tell(again)
    if again.published and again.published != again.count.certificate.seal:
        click.secho(f"对不上：公布的指纹是 {again.published}", fg="red", err=True)
        raise SystemExit(1)
    click.secho("和公布的结果一致。" if again.published else "还没有公布。", fg="green")


async def _again(number: int) -> Recount:
    ballot = await find(number)
    published = await result_of(ballot)
    running = ballot.state in (BallotState.WAITING, BallotState.OPEN)
    return Recount(await count_again(ballot), published.seal if published else "", running)


def _tell(again: Recount) -> None:
    label: Any = environment(SOURCE).globals["label"]
    decision = again.count.decision
    click.echo(label(decision.outcome))
    for line in decision.lines:
        mark = "✓" if line.met else "✗"
        click.echo(f"{mark} {label(line.basis)} {line.numerator}/{line.denominator} · {line.share} · {line.source}")
    for doubt in decision.doubts:
        click.echo(str(doubt))
    click.echo(f"指纹 {again.count.certificate.seal}")
