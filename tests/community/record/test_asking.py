"""Questions asked at the same moment are asked as one, and each hears its own answer."""

import asyncio

import pytest

from community.places.models import Place, PlaceKind
from community.record import asking, reading
from community.record.asking import asked
from community.record.reading import on_sqlite

SQL = "SELECT id, name FROM place WHERE id = $1 ORDER BY id"


async def test_each_hears_its_own_answer_whatever_the_others_asked(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [await Place.create(kind=PlaceKind.GRID, name=f"园{n}", code=f"c{n}") for n in range(20)]
    sent: list[str] = []

    async def counted(sql: str, *values: object) -> asking.Rows:
        sent.append(sql)
        return await reading.rows(sql, *values)

    monkeypatch.setattr("community.record.asking.rows", counted)
    wanted = [*(place.id for place in places), 9999]
    found = await asyncio.gather(*(asked(SQL, ("int",), number) for number in wanted))
    assert [[tuple(row) for row in each] for each in found] == [*([(p.id, p.name)] for p in places), []]
    assert len(sent) == (21 if on_sqlite() else 1)
    callers = [asyncio.ensure_future(asked(SQL, ("int",), number)) for number in (places[0].id, 10**30, places[1].id)]
    await asyncio.sleep(0)
    gone = asyncio.ensure_future(asked(SQL, ("int",), places[2].id))
    gone.cancel()
    one, wrong, other = await asyncio.gather(*callers, return_exceptions=True)
    found = [each for each in (one, other) if not isinstance(each, BaseException)]
    assert [each[0][1] for each in found] == ["园0", "园1"]
    assert isinstance(wrong, Exception)
