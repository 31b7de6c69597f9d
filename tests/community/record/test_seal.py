"""The hash chain: whole when untouched, and the first bad row named when not."""

import pytest
from tortoise.connection import get_connection

from community.record.models import Event, Seal
from community.record.outbox import deliver, record
from community.record.seal import seal, verify
from community.record.transaction import command
from tests.world import NOON


@command
async def happen(n: int) -> None:
    await record("thing.happened", f"thing-{n}", by=None, at=NOON, n=n)


@pytest.fixture
async def chain(database: str) -> None:
    for n in range(7):
        await happen(n)
    assert await seal(at=NOON, limit=3) == 3
    assert await seal(at=NOON) == 4
    assert await seal(at=NOON) == 0


async def test_an_untouched_chain_is_whole(chain: None) -> None:
    verdict = await verify()
    assert (verdict.events, verdict.bad) == (7, None)
    assert verdict.head == (await Seal.get(seq=7)).hash


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE event SET body='{\"n\":9}' WHERE id=(SELECT event_id FROM seal WHERE seq=4)", "altered"),
        ("UPDATE event SET actor_id=1 WHERE id=(SELECT event_id FROM seal WHERE seq=2)", "altered"),
        ("DELETE FROM delivery", "deleted"),
        ("UPDATE seal SET previous='x' WHERE seq=5", "does not follow"),
        ("DELETE FROM seal WHERE seq=3", "missing"),
    ],
)
async def test_tampering_is_found_and_named(chain: None, sql: str, named: str) -> None:
    connection = get_connection("default")
    await connection.execute_script(sql)
    if named == "deleted":
        await connection.execute_script("DELETE FROM event WHERE id=(SELECT event_id FROM seal WHERE seq=6)")
    verdict = await verify()
    assert verdict.bad
    assert named in verdict.bad


async def test_an_event_slipped_in_beside_the_outbox_is_found(chain: None) -> None:
    await Event.create(kind="thing.forged", subject="thing-1", at=NOON, body="{}")
    assert "neither sealed" in str((await verify()).bad)


async def test_a_failing_consumer_is_retried_later_and_does_not_hold_up_the_seal(database: str) -> None:
    await happen(1)

    async def broken(_event: Event) -> None:
        raise OSError("down")

    assert await deliver(broken, consumer="notice", at=NOON) == 0
    assert await deliver(broken, consumer="notice", at=NOON) == 0
    assert await seal(at=NOON) == 1
