"""Words in one's own rooms, and the joint talk on paper: only lines of one's own stay, none behind a cover."""

from datetime import timedelta
from itertools import count

import pytest
from starlette.applications import Starlette

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.record.transaction import transact
from mediation.case.models import Case
from mediation.room import searching
from mediation.room.card_rules import CardKind, Terms
from mediation.room.cards import lay
from mediation.room.commands import recall, send
from mediation.room.covering import cover
from mediation.room.models import Room
from mediation.room.opening import end_membership
from mediation.room.rules import Cover
from mediation.room.searching import find
from mediation.room.transcript import joint_talk, whole
from tests.mediation.making import made_case, made_rooms
from tests.web.crawl import client_of
from tests.world import NOON, World

LATER = NOON + timedelta(minutes=1)


async def talked(world: World) -> tuple[Case, dict[str, Room]]:
    """Return a case with words about the floor drain in every room."""
    case = await made_case(world)
    rooms = await made_rooms(case, world.mediator)
    for name, who in (("joint", world.qiang), ("A1", world.lan), ("R1", world.qiang), ("internal", world.mediator)):
        await send(rooms[name].code, f"{name}-1", f"{name}里说地漏的事", by=who, at=NOON)
    return case, rooms


async def found(who: Person, words: str) -> set[str]:
    finds = await find(who, words, enough=lambda: False, at=LATER)
    return {"".join(piece.text for piece in each.pieces) for each in finds.finds}


async def test_words_are_found_only_where_one_sits_and_only_as_they_can_be_read(world: World) -> None:
    case, rooms = await talked(world)
    assert await found(world.lan, "地漏") == {"joint里说地漏的事", "A1里说地漏的事"}
    assert len(await found(world.mediator, "地漏")) == 4
    assert await found(world.mediator, "internal 地漏") == {"internal里说地漏的事"}
    for outsider in (world.director, world.stranger, world.admin):
        assert await found(outsider, "地漏") == set()
    for short in ("", "漏", "，。"):
        with pytest.raises(Unfit):
            await find(world.lan, short, enough=lambda: False, at=LATER)
    await cover(rooms["joint"].code, 1, Cover.INSULT, by=world.mediator, at=LATER)
    await recall(rooms["A1"].code, 1, by=world.lan, at=LATER)
    assert await found(world.lan, "地漏") == set()
    await transact(lambda: end_membership(case, world.qiang, at=LATER))
    await send(rooms["joint"].code, "after", "他走以后说地漏", by=world.lan, at=LATER)
    assert await found(world.qiang, "地漏") == {"R1里说地漏的事"}
    assert await found(world.lan, "地漏") == {"他走以后说地漏"}


async def test_a_search_is_bounded_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _, rooms = await talked(world)
    for n in range(6):
        await send(rooms["joint"].code, f"more-{n}", f"第{n}次说地漏", by=world.qiang, at=NOON)
    monkeypatch.setattr(searching, "BUNDLE", 2)
    looks = count()
    some = await find(world.lan, "地漏", enough=lambda: next(looks) > 1, at=LATER)
    assert (len(some.finds), some.whole) == (3, False)
    monkeypatch.setattr(searching, "MOST_FINDS", 4)
    few = await find(world.lan, "地漏", enough=lambda: False, at=LATER)
    assert (len(few.finds), few.whole) == (4, False)
    monkeypatch.setattr(searching, "MOST_LINES", 3)
    assert not (await find(world.lan, "没有这个词", enough=lambda: False, at=LATER)).whole


async def test_the_joint_talk_on_paper_is_each_readers_own_stay(app: Starlette, town: World) -> None:
    case, rooms = await talked(town)
    joint = rooms["joint"]
    await cover(joint.code, 1, Cover.PRIVATE, by=town.mediator, at=LATER)
    await send(joint.code, "ug", "سالام، سۇ توختىدى", by=town.lan, at=LATER)
    await transact(lambda: end_membership(case, town.qiang, at=LATER))
    await send(joint.code, "later", "他走以后的话", by=town.lan, at=LATER)
    with pytest.raises(Hidden):
        await joint_talk(town.lan, case.code, rooms["A1"].code, at=LATER)
    mine = [line.seq async for line in whole(await joint_talk(town.lan, case.code, joint.code, at=LATER))]
    assert mine == [1, 2, 3, 4]
    fact = Terms(text="漏点在楼上的地漏。")
    await lay(joint.code, "fact", CardKind.FACT, fact, by=town.mediator, at=LATER)
    base = f"/cases/{case.code}/rooms/{joint.code}/transcript"
    async with await client_of(app, town.qiang) as gone, await client_of(app, town.lan) as here:
        left, all_ = (await gone.get(base)).text, (await here.get(f"{base}?size=large")).text
        assert ("سالام، سۇ توختىدى" in left, "他走以后的话" in left) == (True, False)
        assert ("他走以后的话" in all_, "里说地漏的事" in all_, "写了别人的隐私" in all_) == (True, False, True)
        assert "sheet--large" in all_
        assert fact.text in all_
        assert fact.text not in left
        plain = await here.get(f"{base}.txt")
        assert plain.headers["content-type"] == "text/plain; charset=utf-8"
        assert ("他走以后的话" in plain.text, "里说地漏的事" in plain.text) == (True, False)
        assert fact.text in plain.text
        asked = await here.post("/disputes/search", data={"q": "توختىدى"})
        assert "<mark>توختىدى</mark>" in asked.text
        assert (await here.post("/disputes/search", data={"q": "水"})).status_code == 422
