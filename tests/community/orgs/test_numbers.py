import asyncio
from datetime import datetime

import pytest

from community.orgs.models import NumberSeries
from community.orgs.numbers import next_number
from community.record.outbox import record
from community.record.transaction import command
from tests.world import NOON, World


@command
async def take(org_id: int, *, at: datetime, fail: bool = False) -> int:
    number = await next_number(org_id, "case", 2026)
    await record("number.taken", f"org-{org_id}", by=None, at=at, number=number)
    if fail:
        raise ValueError(number)
    return number


async def test_fifty_at_once_get_fifty_numbers_without_a_gap(world: World) -> None:
    org = world.mediation_committee.id
    taken = await asyncio.gather(*[take(org, at=NOON) for _ in range(50)])
    assert sorted(taken) == list(range(1, 51))


async def test_a_command_that_fails_gives_its_number_back(world: World) -> None:
    org = world.mediation_committee.id
    tries = [take(org, at=NOON, fail=number % 3 == 0) for number in range(30)]
    taken = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(n for n in taken if isinstance(n, int)) == list(range(1, 21))


async def test_each_organisation_kind_and_year_counts_for_itself(world: World) -> None:
    @command
    async def several() -> list[int]:
        first, other = world.mediation_committee.id, world.residents_committee.id
        await record("number.taken", "org", by=None, at=NOON)
        series = [(first, "case", 2026), (first, "case", 2026), (first, "case", 2027), (first, "seal", 2026)]
        return [await next_number(*each) for each in [*series, (other, "case", 2026)]]

    assert await several() == [1, 2, 1, 1, 1]
    assert await NumberSeries.all().count() == 4


async def test_a_number_outside_a_command_is_refused(world: World) -> None:
    with pytest.raises(RuntimeError):
        await next_number(world.mediation_committee.id, "case", 2026)
