"""One transaction helper: what it keeps, what it undoes, what it refuses."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError, TransactionManagementError

from community.places.models import Place, PlaceKind
from community.record.models import Delivery, Event
from community.record.outbox import facts_of, record
from community.record.transaction import Unrecorded, after_commit, command, transact
from tests.world import NOON


@command
async def found(name: str, *, fail: bool = False) -> Place:
    place = await Place.create(kind=PlaceKind.GRID, name=name, code=name)
    await record("place.founded", f"place-{place.id}", by=None, at=NOON, code=name)
    if fail:
        raise ValueError(name)
    return place


async def test_a_command_keeps_its_row_its_event_and_its_deliveries(database: str) -> None:
    place = await found("东园")
    event = await Event.get()
    assert (event.kind, event.subject, facts_of(event)) == ("place.founded", f"place-{place.id}", {"code": "东园"})
    assert await Delivery.filter(event_id=event.id).count() == 2


async def test_a_failing_command_leaves_nothing(database: str) -> None:
    with pytest.raises(ValueError, match="东园"):
        await found("东园", fail=True)
    assert (await Place.all().count(), await Event.all().count()) == (0, 0)


async def test_a_command_that_records_nothing_is_a_mistake_and_is_undone(database: str) -> None:
    @command
    async def silent() -> None:
        await Place.create(kind=PlaceKind.GRID, name="西园", code="西园")

    with pytest.raises(Unrecorded):
        await silent()
    assert await Place.all().count() == 0


async def test_of_many_at_once_a_duplicate_fails_alone(database: str) -> None:
    names = [f"园{n}" for n in range(20)] + ["园0"]
    results = await asyncio.gather(*(found(name) for name in names), return_exceptions=True)
    assert [type(each) for each in results if isinstance(each, BaseException)] == [IntegrityError]
    assert await Place.all().count() == 20
    assert await Event.all().count() == 20


async def test_a_command_inside_a_command_runs_inline_and_its_failure_undoes_only_itself(database: str) -> None:
    @command
    async def both() -> None:
        await found("外")
        with pytest.raises(ValueError, match="内"):
            await found("内", fail=True)

    await asyncio.wait_for(both(), 5)
    assert [place.name for place in await Place.all()] == ["外"]
    assert await Event.all().count() == 1


async def test_hints_are_given_after_the_commit_and_only_for_what_stayed(database: str) -> None:
    said: list[str] = []

    async def hint(name: str, *, fail: bool) -> None:
        after_commit(lambda: said.append(name))
        if fail:
            raise ValueError(name)

    async def outer() -> None:
        await transact(lambda: hint("kept", fail=False))
        with pytest.raises(ValueError, match="lost"):
            await transact(lambda: hint("lost", fail=True))
        assert said == []

    await transact(outer)
    assert said == ["kept"]


async def test_cancelled_callers_leave_whole_transactions_behind(database: str) -> None:
    tasks = [asyncio.ensure_future(found(f"园{n}")) for n in range(200)]
    for n, task in enumerate(tasks):
        if n % 3 == 0:
            await asyncio.sleep(0)
        if n % 2:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.wait_for(found("最后"), 5)
    assert await Place.all().count() == await Event.all().count()
    assert await Delivery.all().count() == 2 * await Event.all().count()


async def test_a_task_that_outlives_its_transaction_is_told_so(database: str) -> None:
    late: list[asyncio.Task[object]] = []

    async def straggler() -> object:
        await asyncio.sleep(0.05)
        return await Place.create(kind=PlaceKind.GRID, name="迟到", code="迟到")

    async def body() -> None:
        late.append(asyncio.ensure_future(straggler()))

    await transact(body)
    with pytest.raises((TransactionManagementError, Exception), match=r"over|released|outlived"):
        await late[0]
    assert await Place.all().count() == 0


async def test_readers_do_not_wait_for_a_writer(database: str) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def long() -> None:
        await Place.create(kind=PlaceKind.GRID, name="慢", code="慢")
        inside.set()
        await leave.wait()

    writing = asyncio.ensure_future(transact(long))
    await inside.wait()
    assert await asyncio.wait_for(Place.all().count(), 2) == 0
    leave.set()
    await writing
    assert await Place.all().count() == 1
