"""Ten thousand periods that fall due in one minute, before two couriers: none twice, none missed.

``python -m bench.clocks --engine sqlite|postgres`` lets half of the periods be soft, so that they are followed up, and
half hard, so that the case expires. On PostgreSQL two processes fire them, on SQLite two tasks of one process, as the
courier does. Afterwards it counts: each period is past its last stage once, each case has exactly one fact of its
ending, each hard one stands terminated, no timer that was due waits, and the record's chain holds.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import click
from tortoise.models import Model

from bench.drill.run import environment
from bench.drill.stage import behind, database
from community.record.models import Event
from community.record.seal import seal, verify
from community.record.transaction import transact
from community.timers.commands import fire_due
from community.timers.models import Timer
from mediation.case.models import Case, Period
from mediation.case.stages import LAST_DAY, moment_of, over
from mediation.case.states import Clock, State
from mediation.case.turning import STRIKES
from tests.world import NOON, World, build
from web.clocks import TIMERS

AT: Final = datetime(2026, 7, 23, 17, tzinfo=UTC)
"""An hour after midnight in Beijing of the day after a medical period from 10 June ends."""
DUE: Final = (AT + timedelta(hours=8)).date() - timedelta(days=1)
BATCH: Final = 500


async def furnish(count: int) -> None:
    """Make so many cases, each with one period whose last day is over."""
    world = await build()
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        await _rows(Case, [_case(world) for _ in numbers])
        cases = await Case.all().order_by("-id").limit(len(numbers))
        await _rows(Period, [_period(each) for each in cases])
        periods = await Period.all().order_by("-id").limit(len(numbers))
        await _rows(Timer, [_timer(each, world.community.id) for each in periods])


async def _rows(model: type[Model], rows: list[Model]) -> None:
    async def body() -> None:
        await model.bulk_create(rows)

    await transact(body)


def _case(world: World) -> Case:
    return Case(
        community_id=world.community.id,
        org=world.mediation_committee,
        type_code="12",
        state=State.MEDIATING,
        statement="",
        wish="",
        place="",
        filed_by=world.lan,
        filed_at=NOON,
        moved_at=NOON,
    )


def _period(case: Case) -> Period:
    rule = "D07" if case.id % 2 else "D06/month"
    began = DUE - timedelta(days=43)
    return Period(
        case=case,
        clock=Clock.MEDIATE,
        rule=rule,
        began_on=began,
        raw_due=DUE,
        due=DUE,
        provisional=False,
        stage=LAST_DAY,
    )


def _timer(period: Period, community_id: int) -> Timer:
    """Return its timer; they come one after another within one minute."""
    at = moment_of(over(Clock.MEDIATE), clock=Clock.MEDIATE, began=DUE, due=DUE) + timedelta(
        milliseconds=period.id * 6 % 60_000
    )
    return Timer(kind=STRIKES, subject=period.key, mark=at.isoformat(), due_at=at, try_at=at, community_id=community_id)


@dataclass(frozen=True, slots=True)
class Share:
    """What one courier did, from when to when."""

    done: int
    began: float
    ended: float


async def fire() -> Share:
    """Be a courier until nothing is due."""
    done, began = 0, time.time()
    while fired := await fire_due(TIMERS, AT):
        done += fired
    return Share(done, began, time.time())


async def two_tasks() -> list[Share]:
    """Let two tasks fire at once."""
    return list(await asyncio.gather(fire(), fire()))


async def two_processes(url: str, folder: Path) -> list[Share]:
    """Let two processes fire at once; the time they take to start is not theirs."""
    line = (sys.executable, "-m", "bench.clocks", "--courier", url)
    pipe = asyncio.subprocess.PIPE
    both = [await asyncio.create_subprocess_exec(*line, env=environment(url, folder), stdout=pipe) for _ in range(2)]
    said = await asyncio.gather(*(each.communicate() for each in both))
    return [Share(**json.loads(out.decode().splitlines()[-1])) for out, _ in said]


async def faults(count: int) -> list[str]:
    """Return what is wrong; nothing when all went as it should."""
    facts = Counter(await Event.filter(kind__in=["case.late", "case.expire"]).values_list("subject", flat=True))
    while await seal(at=AT):
        pass
    checks = {
        "a period was missed": await Period.filter(stage=over(Clock.MEDIATE)).count() == count,
        "a case was told of twice, or not at all": len(facts) == count and set(facts.values()) == {1},
        "a hard period ended nothing": await Case.filter(state=State.TERMINATED).count() == (count + 1) // 2,
        "a soft period ended something": await Case.filter(state=State.MEDIATING).count() == count // 2,
        "a timer that was due waits": not await Timer.filter(fired_at=None, try_at__lte=AT).exists(),
        "the record's chain is broken": not (await verify()).bad,
    }
    return [fault for fault, fine in checks.items() if not fine]


async def dispatch(url: str, folder: Path, engine: str, count: int) -> bool:
    """Run it, print what came of it, and return whether nothing is wrong."""
    await behind(url, lambda: furnish(count))
    shares = await (behind(url, two_tasks) if engine == "sqlite" else two_processes(url, folder))
    took = max(each.ended for each in shares) - min(each.began for each in shares)
    wrong = await behind(url, lambda: faults(count))
    click.echo(
        f"{count} periods in {took:.1f} s, {count / took:.0f} a second; by courier: {[each.done for each in shares]}"
    )
    click.echo(f"wrong: {'; '.join(wrong) or 'nothing'}")
    return not wrong


@click.command()
@click.option("--engine", type=click.Choice(["sqlite", "postgres"]), default="sqlite", show_default=True)
@click.option("--count", default=10_000, show_default=True)
@click.option("--courier", default="", help="be one of the two processes, before this database")
def main(engine: str, count: int, courier: str) -> None:
    """Fire what is due; count what is left."""
    if courier:
        click.echo(json.dumps(asdict(asyncio.run(behind(courier, fire)))))
        return
    with tempfile.TemporaryDirectory(prefix="heyi-clocks-") as name, database(engine, Path(name)) as url:
        click.echo(engine)
        if not asyncio.run(dispatch(url, Path(name), engine, count)):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
