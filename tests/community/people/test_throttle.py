"""Tries are counted exactly, also when they come all at once."""

import asyncio
from datetime import timedelta

import pytest

from community.errors import TooOften
from community.people.models import Tries
from community.people.rules import LIMITS, QUARTER, Deed, Scope
from community.people.throttle import attempt, relent, sweep
from tests.world import NOON

HOST = "192.0.2.7"


async def test_of_twenty_guesses_at_once_five_count(database: str) -> None:
    tries = [attempt(Deed.PASSWORD, account="lan@example.org", host=HOST, at=NOON) for _ in range(20)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in results if each is not None] == [TooOften] * 15


async def test_the_wait_is_told_and_a_refused_try_does_not_prolong_it(database: str) -> None:
    for minute in range(5):
        await attempt(Deed.PASSWORD, account="a", host=HOST, at=NOON + timedelta(minutes=minute))
    for minute in (5, 10):
        with pytest.raises(TooOften) as why:
            await attempt(Deed.PASSWORD, account="a", host=HOST, at=NOON + timedelta(minutes=minute))
        assert why.value.facts["seconds"] == (19 - minute) * 60
    await attempt(Deed.PASSWORD, account="a", host=HOST, at=NOON + timedelta(minutes=19))


async def test_never_more_than_five_in_any_quarter_of_an_hour(database: str) -> None:
    counted = []
    for minute in range(120):
        at = NOON + timedelta(minutes=minute)
        try:
            await attempt(Deed.PASSWORD, account="a", host=HOST, at=at)
            counted.append(at)
        except TooOften:
            pass
    densest = max(sum(start <= each < start + QUARTER for each in counted) for start in counted)
    assert densest == LIMITS[Deed.PASSWORD, Scope.ACCOUNT].most
    assert len(counted) > 25


async def test_one_address_cannot_try_many_accounts(database: str) -> None:
    most = LIMITS[Deed.PASSWORD, Scope.ADDRESS].most
    for number in range(most):
        await attempt(Deed.PASSWORD, account=f"a{number}", host="2001:db8:1:2::5", at=NOON)
    with pytest.raises(TooOften):
        await attempt(Deed.PASSWORD, account="new", host="2001:db8:1:2:ffff::9", at=NOON)
    await attempt(Deed.PASSWORD, account="new", host="2001:db8:1:3::5", at=NOON)


async def test_getting_it_right_forgets_the_tries(database: str) -> None:
    for _ in range(3):
        for _ in range(4):
            await attempt(Deed.CODE, account="a", host=HOST, at=NOON)
        await relent(Deed.CODE, account="a", host=HOST)
    assert sorted([each.count for each in await Tries.all()]) == [0, 9, 9]


async def test_counters_hold_no_address_and_are_swept(database: str) -> None:
    await attempt(Deed.PASSWORD, account="lan@example.org", host=HOST, at=NOON)
    keys = await Tries.all().values_list("key", flat=True)
    assert all("lan" not in str(key) and HOST not in str(key) for key in keys)
    assert await sweep(at=NOON + timedelta(hours=23)) == 0
    assert await sweep(at=NOON + timedelta(days=1)) == 3
