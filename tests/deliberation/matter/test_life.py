"""The whole life of a matter, disturbed at any point by anybody: what must hold is looked at after every deed.

A play walks the road from the first word to the file, and Hypothesis puts other deeds and other clocks between.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.calendar.rules import local_day
from community.places.models import Resident
from community.privacy import vault
from community.record.models import Event
from community.record.transaction import drain
from community.timers.commands import fire_due
from deliberation.archive.building import Built, Packed
from deliberation.archive.commands import archive
from deliberation.archive.complete import missing
from deliberation.archive.gathering import events_of
from deliberation.ballot.casting import cast
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body, RollVoice
from deliberation.matter.confirming import retract
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.states import State
from deliberation.outcome import doing, judging
from deliberation.outcome.models import Execution
from deliberation.outcome.rules import Outline, Step
from deliberation.publicity.models import Publication
from deliberation.publicity.objecting import object_to
from deliberation.publicity.rules import PRESETS, full_days
from tests.deliberation.matter.test_road import ACTS, PARTLY, WORDS, Act, Play, check, new, tried
from tests.deliberation.outcome.stage import all_done
from tests.deliberation.stage import body_of
from tests.engines import ENGINE, Engine
from tests.world import World, build
from web.clocks import TIMERS
from web.database import close_database, open_database
from web.settings import Settings, ring_of

DAY = timedelta(days=1)


def voted(choice: Choice) -> Act:
    """Return the act of handing in the same choice for every head."""

    async def act(play: Play, one: int, _other: int) -> None:
        ballot = await Ballot.filter(matter_id=one).order_by("-attempt").first()
        rows = await RollVoice.filter(roll_id=ballot.roll_id) if ballot else []
        heads = {row.resident_id: row.head_id for row in rows}
        for by in play.world.residents:
            head = heads.get((await Resident.get(person_id=by.id)).id)
            if ballot and head:
                await tried(cast(ballot.id, head, choice, by=by, at=play.at))

    return act


async def opens(play: Play, _one: int, _other: int) -> None:
    play.at += 12 * DAY
    while await fire_due(TIMERS, play.at):
        pass


async def carry_out(play: Play, one: int, _other: int) -> None:
    await doing.carry_out(one, outline(play), by=play.world.clerk, at=play.at)


async def replan(play: Play, one: int, _other: int) -> None:
    await doing.replan(one, outline(play, why=WORDS), by=play.world.clerk, at=play.at)


def outline(play: Play, why: str = "") -> Outline:
    """Return a plan of one step, from the day it is."""
    today, world = local_day(play.at), play.world
    steps = [Step(f"第 {play.tries} 步", today + 3 * DAY)]
    last, org = today + 9 * DAY, world.residents_committee
    return Outline(org_id=org.id, lead_id=world.clerk.id, budget=100, due_on=last, steps=steps, why=why)


async def work(play: Play, one: int, _other: int) -> None:
    execution = await Execution.get_or_none(matter_id=one)
    if execution:
        await all_done(play.world, execution, play.at)


async def judged(play: Play, one: int, _other: int) -> None:
    for person in play.world.residents:
        await tried(judging.evaluate(one, 5, WORDS, by=person, at=play.at))


async def unhappy(play: Play, one: int, _other: int) -> None:
    for person in play.world.residents:
        await tried(judging.evaluate(one, 1, WORDS, by=person, at=play.at))


async def objects(play: Play, one: int, _other: int) -> None:
    hung = await Publication.filter(matter_id=one).order_by("-id").first()
    if hung:
        await object_to(hung.id, WORDS, by=play.world.xiu, at=play.at)


async def kept(play: Play, one: int, _other: int) -> None:
    matter = await Matter.get(id=one)
    reasons = dict.fromkeys(await missing(matter), WORDS)
    packed = Packed("0" * 64, f"k{one}", 1, 1)
    built = Built(packed, packed, len(await events_of(matter)))
    await archive(one, built, reasons, by=play.world.clerk, at=play.at)


LATER: dict[str, Act] = {
    "opens": opens, "yes": voted(Choice.YES), "no": voted(Choice.NO), "carry_out": carry_out, "replan": replan,
    "work": work, "judge": judged, "unhappy": unhappy, "object": objects, "archive": kept,
    "report": lambda p, a, _: doing.report(a, WORDS, by=p.world.clerk, at=p.at),
    "retract": lambda p, a, _: retract(a, by=p.world.xiu, at=p.at),
}  # fmt: skip
ALL: dict[str, Act] = {**ACTS, **LATER}
TALK = ("second", "accept", "study", "discuss", "declare", "finalise", "announce")
LIFE = (*TALK, "opens", "yes", "time", "count", "time", "carry_out", "work", "report", "judge", "time", "archive")
SEEN = (
    State.VOTING, State.RESULT_NOTICE, State.EFFECTIVE, State.EXECUTING, State.EVALUATING, State.CLOSED, State.ARCHIVED
)  # fmt: skip
SEVERAL = PARTLY | {"opens", "work", "yes", "no"}
NOISE = st.tuples(st.integers(0, len(LIFE)), st.sampled_from(sorted(ALL)), st.integers(0, 1))


@dataclass
class Watch:
    """What was there before a deed, to be held against what is there after it."""

    event: int = 0
    seconds: dict[int, bool] = field(default_factory=dict)
    ends: dict[int, datetime] = field(default_factory=dict)
    states: set[State] = field(default_factory=set)

    async def look(self, play: Play) -> None:
        """Look at everything after a deed."""
        await check(play)
        await self._seconds()
        await self._publications()
        self.states |= {State(each.state) for each in await Matter.all()}
        newest = await Event.all().order_by("-id").first()
        self.event = newest.id if newest else 0

    async def _seconds(self) -> None:
        """No second disappears or ends unless the record tells of its matter in the same step."""
        told = {str(one) for one in await Event.filter(id__gt=self.event).values_list("subject", flat=True)}
        rows = {row.id: row for row in await Endorsement.all()}
        for number, lived in self.seconds.items():
            row = rows.get(number)
            if row is None or (lived and row.ended):
                about = {f"matter-{row.matter_id}", f"matter-{row.via_id}"} if row else told
                assert about & told, f"endorsement {number} is gone without a word"
            assert row is None or row.ended is None or row.ended_at is not None
        self.seconds = {row.id: row.ended is None for row in rows.values()}

    async def _publications(self) -> None:
        """Nothing hangs for fewer days than its preset, or comes down before its day."""
        rows = await Publication.all()
        for row in rows:
            assert full_days(row.starts_at, row.ends_at) >= PRESETS[row.kind].days, row.title
            assert row.ends_at >= self.ends.get(row.id, row.ends_at), row.title
            assert row.ended_at is None or row.ended_at >= row.ends_at, row.title
        assert {row.id for row in rows} >= set(self.ends)
        self.ends = {row.id: row.ends_at for row in rows}


async def live(world: World, body: Body, steps: list[tuple[str, int]]) -> tuple[Counter[str], set[State]]:
    """Play ``steps`` and look at everything after each."""
    play, watch, done = Play(world, body), Watch(), Counter[str]()
    await new(play, 0, 0)
    await new(play, 0, 0)
    for name, one in steps:
        pick = [play.matters[n % len(play.matters)] for n in (one, one + 1)]
        before = await Event.all().count()
        ok = await tried(ALL[name](play, *pick))
        assert ok or name in SEVERAL or await Event.all().count() == before, f"{name} was refused and left a trace"
        done[name] += ok
        await watch.look(play)
    return done, watch.states


async def fresh(url: str, steps: list[tuple[str, int]]) -> tuple[Counter[str], set[State]]:
    """Play ``steps`` in an empty neighbourhood of their own."""
    vault.install(ring_of(Settings()))
    await open_database(url)
    try:
        world = await build()
        body, _ = await body_of(world)
        return await live(world, body, steps)
    finally:
        await drain()
        await close_database()


def lived(engine: Engine, folder: Path, steps: list[tuple[str, int]]) -> tuple[Counter[str], set[State]]:
    """Run a life on the engine under test; return what succeeded how often, and every state that was seen."""
    url = engine.copy(engine.empty, folder)
    try:
        return asyncio.run(fresh(url, steps))
    finally:
        engine.drop(url)


def disturbed(noise: list[tuple[int, str, int]]) -> list[tuple[str, int]]:
    """Return the life of the first matter with other deeds put between."""
    steps = [(name, 0) for name in LIFE]
    for at, name, one in sorted(noise, reverse=True):
        steps.insert(at, (name, one))
    return steps


@settings(
    max_examples=3 if ENGINE == "sqlite" else 2,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(noise=st.lists(NOISE, min_size=2, max_size=8))
def test_nothing_is_lost_whatever_comes_between(
    engine: Engine, tmp_path: Path, noise: list[tuple[int, str, int]]
) -> None:
    lived(engine, tmp_path, disturbed(noise))


def test_an_undisturbed_life_goes_through_every_stop_to_the_file(engine: Engine, tmp_path: Path) -> None:
    """So that the disturbed ones are known to be able to reach what they are to test."""
    done, seen = lived(engine, tmp_path, [(name, 0) for name in LIFE])
    assert [name for name in LIFE if not done[name]] == []
    assert [state for state in SEEN if state not in seen] == []


def test_a_bad_judgement_and_an_objection_are_on_the_way_too(engine: Engine, tmp_path: Path) -> None:
    steps = [*LIFE[:8], "retract", *LIFE[8:11], "object", *LIFE[11:]]
    again = ["unhappy", "time", "replan", "work", "report", "judge", "time", "archive"]
    done, seen = lived(engine, tmp_path, [(name, 0) for name in [*LIFE[:15], *again]])
    assert State.ARCHIVED in seen
    assert done["replan"] == 1
    done, seen = lived(engine, tmp_path, [(name, 0) for name in steps])
    assert done["object"] == 1
    assert State.EFFECTIVE not in seen, "an objection waits for its answer"
