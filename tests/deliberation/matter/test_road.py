"""Whatever is tried, in whatever order: a matter stays on its road, and each step of it leaves exactly one event.

Hypothesis chooses who does what to which matter, and when time passes; the commands run on the engine under test.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Refused
from community.privacy import vault
from community.record.models import Event
from community.record.outbox import facts_of
from community.record.transaction import drain
from community.timers.commands import fire_due
from deliberation.ballot import announcing, counting
from deliberation.ballot.models import Ballot
from deliberation.body.models import Body
from deliberation.body.rules import Effect, Weight
from deliberation.calls.asking import ask_answer
from deliberation.lineage.linking import mark_duplicate, split, take_up
from deliberation.lineage.merging import merge, undo
from deliberation.lineage.models import MatterLink
from deliberation.lineage.rules import reaches
from deliberation.matter import drafting, hosting, screening, seconding
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.states import Screened, State
from deliberation.matter.text import Text
from deliberation.matter.workflow import FROM, Verb, targets
from deliberation.oversight.appealing import appeal, decide
from deliberation.oversight.orders import correct, order
from deliberation.oversight.rules import Deed, Document, Issuer, Ruling
from deliberation.stakeholder.declaring import declare
from deliberation.stakeholder.rules import Capacity
from tests.deliberation.stage import TEXT, body_of
from tests.engines import ENGINE, Engine
from tests.world import NOON, World, build
from web.clocks import TIMERS
from web.database import close_database, open_database
from web.settings import Settings, ring_of

WORDS = "写清楚了，理由都在这里。"
PAPER = Document(issuer=Issuer.STREET, number="清街 1 号", issued_on=date(2026, 5, 1), reason=WORDS)
LONG = timedelta(days=17)


@dataclass
class Play:
    """One run: the matters so far, and what time it is."""

    world: World
    body: Body
    at: datetime = NOON
    tries: int = 0
    matters: list[int] = field(default_factory=list)

    def text(self) -> Text:
        """Return words that nobody wrote before."""
        self.tries += 1
        return replace(TEXT, title=f"第 {self.tries} 个题目", body=f"第 {self.tries} 段。")


Act = Callable[[Play, int, int], Awaitable[object]]


async def new(play: Play, _one: int, _other: int) -> None:
    matter = await drafting.draft(play.body.id, play.text(), by=play.world.lan, at=play.at)
    play.matters.append(matter.id)
    await drafting.submit(matter.id, by=play.world.lan, at=play.at)


async def everybody_seconds(play: Play, one: int, _other: int) -> None:
    for person in play.world.residents:
        await tried(seconding.endorse(one, by=person, at=play.at))


async def tried(deed: Awaitable[object]) -> bool:
    """Do a deed and return whether it was not refused."""
    try:
        await deed
    except Refused:
        return False
    return True


async def passes(play: Play, _one: int, _other: int) -> None:
    play.at += LONG
    while await fire_due(TIMERS, play.at):
        pass


async def plan(play: Play, one: int, _other: int) -> None:
    opens = (play.at + timedelta(days=12)).date()
    chosen = announcing.Plan(
        weight=Weight.GENERAL, effect=Effect.BINDING, opens_on=opens, closes_on=opens + timedelta(days=1)
    )
    await announcing.announce(one, chosen, by=play.world.clerk, at=play.at)


async def count(play: Play, one: int, _other: int) -> None:
    ballot = await Ballot.filter(matter_id=one).order_by("-attempt").first()
    for teller in (play.world.clerk, play.world.supervisor) if ballot else ():
        await tried(counting.tell(ballot.id if ballot else 0, by=teller, at=play.at))


async def declare_both(play: Play, one: int, _other: int) -> None:
    await declare(one, Capacity.HOST, interested=False, by=play.world.clerk, at=play.at)
    await declare(one, Capacity.AUTHOR, interested=False, by=play.world.lan, at=play.at)


async def undo_last(play: Play, one: int, _other: int) -> None:
    link = await MatterLink.filter(undone_at=None).order_by("-id").first()
    if link:
        await undo(link.one_id, link.id, WORDS, by=play.world.clerk, at=play.at)


def ordered(deed: Deed) -> Act:
    """Return the act of recording a document."""
    return lambda play, one, _: order(one, deed, PAPER, by=play.world.supervisor, at=play.at)


def refused(outcome: Screened) -> Act:
    """Return the act of sending a matter back."""
    return lambda play, one, _: screening.send_back(one, WORDS, outcome=outcome, by=play.world.clerk, at=play.at)


def ruled(ruling: Ruling) -> Act:
    """Return the act of deciding an appeal."""
    return lambda play, one, _: decide(one, ruling, WORDS, by=play.world.supervisor, at=play.at)


# fmt: off
ACTS: dict[str, Act] = {
    "new": new, "second": everybody_seconds, "time": passes, "announce": plan, "count": count,
    "declare": declare_both, "undo": undo_last,
    "revise": lambda p, a, _: drafting.revise(a, p.text(), by=p.world.lan, at=p.at),
    "resubmit": lambda p, a, _: drafting.resubmit(a, by=p.world.lan, at=p.at),
    "reopen": lambda p, a, _: drafting.reopen(a, by=p.world.lan, at=p.at),
    "withdraw": lambda p, a, _: drafting.withdraw(a, by=p.world.lan, at=p.at),
    "accept": lambda p, a, _: screening.accept(a, by=p.world.clerk, at=p.at),
    "study": lambda p, a, _: screening.study(a, p.at.date(), WORDS, by=p.world.moderator, at=p.at),
    "discuss": lambda p, a, _: hosting.discuss(a, p.at.date(), 9, WORDS, by=p.world.clerk, at=p.at),
    "finalise": lambda p, a, _: hosting.finalise(a, by=p.world.clerk, at=p.at),
    "reconvene": lambda p, a, _: hosting.reconvene(a, by=p.world.clerk, at=p.at),
    "close": lambda p, a, _: screening.close_file(a, by=p.world.clerk, at=p.at),
    "appeal": lambda p, a, _: appeal(a, WORDS, by=p.world.lan, at=p.at),
    "correct": lambda p, a, _: correct(a, WORDS, by=p.world.clerk, at=p.at),
    "ask": lambda p, a, _: ask_answer(a, p.world.residents_committee.code, WORDS, by=p.world.lan, at=p.at),
    "merge": lambda p, a, b: merge(a, b, WORDS, by=p.world.clerk, at=p.at),
    "same": lambda p, a, b: mark_duplicate(a, b, WORDS, by=p.world.clerk, at=p.at),
    "split": lambda p, a, _: split(a, p.text(), by=p.world.lan, at=p.at),
    "again": lambda p, a, _: take_up(a, p.text(), by=p.world.lan, at=p.at),
    **{str(deed): ordered(deed) for deed in Deed},
    **{str(outcome): refused(outcome) for outcome in (Screened.SEND_BACK, Screened.TO_MEDIATION)},
    **{str(ruling): ruled(ruling) for ruling in Ruling},
}
# fmt: on
ROAD = ("second", "accept", "study", "discuss", "declare", "finalise", "announce", "time", "time", "count", "time")
STEPS = st.tuples(st.sampled_from([*ACTS, *ROAD]), st.integers(0, 3), st.integers(0, 3))


async def check(play: Play) -> None:
    """Look at every matter: its events tell one unbroken way along the table to where it stands."""
    links = [(link.one_id, link.other_id) for link in await MatterLink.filter(undone_at=None)]
    ways = {start: [end for begin, end in links if begin == start] for start, _ in links}
    assert not any(reaches(ways, end, start) for start, end in links), "a circle"
    for matter in await Matter.all():
        events = await Event.filter(subject=f"matter-{matter.id}", kind__startswith="matter.").order_by("id")
        told = [(event.kind.removeprefix("matter."), facts_of(event)) for event in events]
        steps = [(verb, facts["was"], facts["now"]) for verb, facts in told if "was" in facts]
        assert Counter(verb for verb, _ in told)["draft"] == 1
        for verb, was, now in steps:
            assert State(str(now)) in targets(FROM[State(str(was))][Verb(verb)]), (verb, was, now)
        assert all(before[2] == after[1] for before, after in pairwise(steps)), steps
        assert (steps[-1][2] if steps else State.DRAFT) == matter.state
        heads = Endorsement.filter(matter_id=matter.id, ended=None, version__gte=matter.meaning_since)
        assert matter.seconded == len(set(await heads.values_list("head_id", flat=True)))


async def run(world: World, body: Body, steps: list[tuple[str, int, int]]) -> Counter[str]:
    """Play ``steps`` and check after each that either nothing or something whole happened."""
    play, done = Play(world, body), Counter[str]()
    await new(play, 0, 0)
    await new(play, 0, 0)
    for name, one, other in steps:
        pick = [play.matters[n % len(play.matters)] for n in (one, other)]
        before = await Event.all().count()
        ok = await tried(ACTS[name](play, *pick))
        assert ok or name in PARTLY or await Event.all().count() == before, f"{name} was refused and left a trace"
        done[name] += ok
    await check(play)
    return done


PARTLY = {"new", "declare", "time"}
"""Acts of several commands, of which the first may stand when the second is refused."""


async def on_a_fresh_database(url: str, steps: list[tuple[str, int, int]]) -> Counter[str]:
    """Play ``steps`` in an empty neighbourhood of their own."""
    vault.install(ring_of(Settings()))
    await open_database(url)
    try:
        world = await build()
        body, _ = await body_of(world)
        return await run(world, body, steps)
    finally:
        await drain()
        await close_database()


def played(engine: Engine, folder: Path, steps: list[tuple[str, int, int]]) -> Counter[str]:
    """Run a play on the engine under test and return which acts succeeded how often."""
    url = engine.copy(engine.empty, folder)
    try:
        return asyncio.run(on_a_fresh_database(url, steps))
    finally:
        engine.drop(url)


@settings(
    max_examples=12 if ENGINE == "sqlite" else 3,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=12, max_size=24))
def test_no_sequence_of_deeds_leaves_the_table(
    engine: Engine, tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    played(engine, tmp_path, steps)


def test_the_play_goes_all_the_way_and_through_every_side_road(engine: Engine, tmp_path: Path) -> None:
    """So that the random plays are known to be able to reach what they are to test."""
    whole = [(name, 0, 1) for name in ("second", "send_back", "appeal", "reinstated", *ROAD[2:])]
    side = ["suspend", "resume", "reconvene", "order_correction", "correct", "revoke", "again"]
    other = ["merge", "undo", "second", "to_mediation", "appeal", "upheld", "revise", "resubmit", "split", "ask"]
    steps = [*((name, 1, 0) for name in other), ("same", 1, 0), *whole, *((name, 0, 1) for name in side)]
    done = played(engine, tmp_path, steps)
    assert [name for name, _, _ in steps if not done[name]] == []
