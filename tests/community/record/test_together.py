"""Commands that wait together are written together, and each is answered for itself."""

import asyncio
from collections.abc import Sequence

import pytest
from tortoise.exceptions import IntegrityError

from community.errors import Refused, Unfit
from community.places.models import Place, PlaceKind
from community.record.models import Delivery, Event
from community.record.outbox import record_all
from community.record.together import together
from community.record.transaction import Unrecorded, drain, transact
from tests.world import NOON

sizes: list[int] = []


@together
async def found(names: Sequence[str]) -> list[int | Refused]:
    """Found places; one named 不行 is refused, one that is there already is an error of the database."""
    sizes.append(len(names))
    answers: list[int | Refused] = []
    for name in names:
        if name == "不行":
            answers.append(Unfit(name))
            continue
        answers.append((await Place.create(kind=PlaceKind.GRID, name=name, code=name)).id)
    if names := [name for name in names if name not in ("不行", "不记")]:
        await record_all([_event(name) for name in names])
    return answers


def _event(name: str) -> dict[str, object]:
    return {"kind": "place.founded", "subject": f"place-{name}", "at": NOON, "body": "{}"}


async def test_of_a_batch_each_has_its_own_answer(database: str) -> None:
    sizes.clear()
    names = [*(f"园{n}" for n in range(10)), "不行", "园3", "不记"]
    answers = await asyncio.gather(*(found(name) for name in names), return_exceptions=True)
    kinds = [type(each) for each in answers]
    assert kinds[10:] == [Unfit, IntegrityError, Unrecorded]
    assert await Place.filter(id__in=[each for each in answers if isinstance(each, int)]).count() == 10
    assert (await Event.all().count(), await Delivery.all().count()) == (10, 20)
    assert sizes == [13, *[1] * 13]  # together, and as that failed as a whole, one by one
    sizes.clear()
    again = await asyncio.gather(*(found(name) for name in ("东", "不行", "西")), return_exceptions=True)
    assert [type(each) for each in again] == [int, Unfit, int]
    assert sizes == [3]


async def test_who_is_cancelled_loses_the_answer_and_holds_up_nobody(database: str) -> None:
    callers = [asyncio.ensure_future(found(name)) for name in ("东", "西", "南")]
    await asyncio.sleep(0)
    callers[1].cancel()
    answers = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(each) for each in answers] == [int, asyncio.CancelledError, int]
    assert await Place.all().count() == await Event.all().count() == 3
    late = asyncio.ensure_future(found("北"))
    await asyncio.sleep(0)
    await drain()
    assert await late
    assert await Place.all().count() == 4


async def test_inside_a_transaction_it_is_a_part_of_that(database: str) -> None:
    async def both() -> None:
        await found("东")
        with pytest.raises(Unfit):
            await found("不行")
        raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await transact(both)
    assert await Place.all().count() == await Event.all().count() == 0
