"""How many must second what: the articles as data, and a body's own rule for the ordinary."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, Unfit
from community.record.models import Event
from community.record.outbox import facts_of
from deliberation.body.models import Body
from deliberation.body.procedure import Procedure, set_procedure
from deliberation.body.rules import Basis, BodyKind
from deliberation.body.thresholds import ASKED_OF, ORDINARY, THRESHOLDS, Request, threshold_for
from deliberation.matter import drafting, seconding
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from tests.deliberation.stage import TEXT, body_of, own, settle
from tests.world import NOON, World

AGREED = Procedure(percent=5, least=2, hours=48, agreed_on=date(2026, 5, 1))


@pytest.mark.parametrize(
    ("request_", "basis", "of", "needed"),
    [
        (Request.RESIDENTS_MEETING, Basis.RESIDENTS, 1000, 100),
        (Request.RESIDENTS_MEETING, Basis.HOUSEHOLDS, 1001, 101),
        (Request.RESIDENTS_MEETING, Basis.DELEGATES, 40, 14),
        (Request.DELEGATES_MEETING, Basis.DELEGATES, 41, 9),
        (Request.OWNERS_MEETING, Basis.OWNERS, 101, 21),
        (Request.ORDERED_MEETING, Basis.OWNERS, 5000, 20),
        (Request.RECALL, Basis.DELEGATES, 31, 11),
        (Request.AUDIT, Basis.RESIDENTS, 99, 10),
    ],
)
def test_statutory_numbers_are_exact(request_: Request, basis: Basis, of: int, needed: int) -> None:
    assert THRESHOLDS[request_, basis].heads(of) == needed


def test_everything_that_may_be_asked_of_a_body_has_a_line_on_one_of_its_rolls() -> None:
    bases = {
        BodyKind.RESIDENTS_ASSEMBLY: (Basis.RESIDENTS, Basis.HOUSEHOLDS),
        BodyKind.DELEGATES_ASSEMBLY: (Basis.DELEGATES,),
        BodyKind.OWNERS_ASSEMBLY: (Basis.OWNERS,),
    }
    for kind, asked in ASKED_OF.items():
        assert [one for one in asked if not any((one, basis) in THRESHOLDS for basis in bases[kind])] == []


def test_a_bodys_own_rule_changes_the_ordinary_line_alone() -> None:
    own_line = threshold_for(Request.ORDINARY, Basis.RESIDENTS, percent=5, least=2)
    assert own_line is not None
    assert [own_line.heads(n) for n in (1, 20, 100, 1000)] == [1, 2, 5, 50]
    assert threshold_for(Request.ORDINARY, Basis.RESIDENTS, percent=None, least=0) == ORDINARY
    statutory = threshold_for(Request.AUDIT, Basis.RESIDENTS, percent=0, least=1)
    assert statutory == THRESHOLDS[Request.AUDIT, Basis.RESIDENTS]


async def test_a_host_writes_the_rules_down_and_later_matters_follow_them(world: World) -> None:
    body, _ = await body_of(world)
    before = await drafting.draft(body.id, TEXT, by=world.lan, at=NOON)
    await drafting.submit(before.id, by=world.lan, at=NOON)
    with pytest.raises(Forbidden):
        await set_procedure(body.id, AGREED, by=world.lan, at=NOON)
    await set_procedure(body.id, AGREED, by=world.clerk, at=NOON)
    told = facts_of(await Event.get(kind="body.procedure"))
    assert (told["seconds_percent"], told["seconds_least"], told["agreed_on"]) == (5, 2, "2026-05-01")
    after = await drafting.draft(body.id, replace(TEXT, title="另外一件事"), by=world.lan, at=NOON)
    await drafting.submit(after.id, by=world.lan, at=NOON)
    assert (await Matter.get(id=before.id)).threshold == 4
    found = await Matter.get(id=after.id)
    assert (found.threshold, found.threshold_num, found.threshold_den, found.threshold_of) == (2, 5, 100, 4)
    assert found.threshold_law == "这个会议的议事规则"
    assert await seconding.endorse(after.id, by=world.xiu, at=NOON) is State.SCREENING


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(AGREED, percent=21), "percent"),
        (replace(AGREED, percent=-1), "percent"),
        (replace(AGREED, least=0), "least"),
        (replace(AGREED, hours=12), "hours"),
        (replace(AGREED, agreed_on=date(2026, 5, 5)), "agreed_on"),
    ],
)
async def test_rules_out_of_bounds_are_sent_back(world: World, wrong: Procedure, field: str) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Unfit) as why:
        await set_procedure(body.id, wrong, by=world.clerk, at=NOON)
    assert why.value.field == field
    assert (await Body.get(id=body.id)).seconds_percent is None
    with pytest.raises(Hidden):
        await set_procedure(body.id + 1, AGREED, by=world.clerk, at=NOON)


async def test_owners_with_a_fifth_of_the_area_are_enough(world: World) -> None:
    people = await settle(world, 30)
    for n, each in enumerate(people):
        await own(world, [each], area=10_000, prefix=f"u{n}-")
    await own(world, [people[0]], area=90_000, prefix="shop")
    body, roll = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    matter = await drafting.draft(body.id, TEXT, request=Request.OWNERS_MEETING, by=people[1].person, at=NOON)
    await drafting.submit(matter.id, by=people[1].person, at=NOON)
    found = await Matter.get(id=matter.id)
    assert (found.threshold, found.threshold_area) == (-(-roll.heads // 5), -(-roll.area // 5))
    assert found.seconded_area == 10_000
    assert await seconding.endorse(matter.id, by=people[0].person, at=NOON) is State.SCREENING


async def test_what_a_body_or_its_roll_cannot_be_asked_is_refused(world: World) -> None:
    body, _ = await body_of(world)
    with pytest.raises(Unfit) as why:
        await drafting.draft(body.id, TEXT, request=Request.OWNERS_MEETING, by=world.lan, at=NOON)
    assert why.value.field == "request"
    owners, _ = await body_of(world, BodyKind.OWNERS_ASSEMBLY, Basis.OWNERS)
    few = await drafting.draft(
        owners.id, TEXT, request=Request.ORDERED_MEETING, by=world.lan, at=NOON + timedelta(hours=1)
    )
    with pytest.raises(Unfit, match="不够这一类要求"):
        await drafting.submit(few.id, by=world.lan, at=NOON + timedelta(hours=1))
