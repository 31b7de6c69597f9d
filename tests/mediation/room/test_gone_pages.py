"""Words that were taken back or covered: they are read in no place where they stood before."""

from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.people.models import Person
from mediation.interpreting.commands import ask_line, translate
from mediation.minutes.writing import choose, send_round, state
from mediation.room.commands import recall, send
from mediation.room.covering import cover
from mediation.room.rules import Cover
from tests.mediation.interpreting.test_translating import seated
from tests.mediation.minutes.making import LATER, Told, told
from tests.web.api.test_deeds import Program
from tests.web.crawl import client_of
from tests.world import NOON, World

BACK, HIDDEN, TONGUE = "KanariBack 说漏了嘴", "KanariHide 别人的病", "KanariTongue كېسەل"
WORDS = ("KanariBack", "KanariHide", "KanariTongue")


async def spoken(world: World, made: Told) -> None:
    """Say what is taken back, and what is covered after it was translated, answered and chosen for the record."""
    joint, leads = made.rooms["joint"].code, {"by": world.mediator, "at": LATER}
    for n, (words, by, reply) in enumerate(
        ((BACK, world.lan, None), (HIDDEN, world.lan, None), ("听见了", world.qiang, 2), ("知道了", world.qiang, 3))
    ):
        await send(joint, f"gone-{n}", words, reply_to=reply, by=by, at=NOON)
    beside = await seated(world, made)
    task = await ask_line(made.case.code, joint, 3, beside, **leads)  # type: ignore[arg-type]
    await translate(made.case.code, task.code, TONGUE, by=world.stranger, at=LATER)
    await choose(*made.at, [3], **leads)  # type: ignore[arg-type]
    await state(*made.at, speaker="阿强", words="我家下周请人来看", **leads)  # type: ignore[arg-type]


async def read(app: Starlette, client: httpx2.AsyncClient, made: Told, who: Person) -> dict[str, set[str]]:
    """Return which of the words one person finds, by the place in which they are read."""
    room, record = f"/cases/{made.case.code}/rooms/{made.rooms['joint'].code}", f"/cases/{made.case.code}/minutes"
    pages = {
        "room": room,
        "earlier": f"{room}?before=99",
        "paper": f"{room}/transcript",
        "large": f"{room}/transcript?size=large",
        "text": f"{room}/transcript.txt",
        "record": f"{record}/{made.record.code}",
        "choice": f"{record}/{made.record.code}/lines",
    }
    texts: dict[str, str] = {}
    async with await client_of(app, who) as here:
        for name, address in pages.items():
            texts[name] = (await here.get(address)).text
        for word in WORDS:
            found = (await here.post("/disputes/search", data={"q": word})).text
            texts[f"search {word}"] = word if f"<mark>{word}</mark>" in found else ""
    program: Any = await Program(client, who).do("readRoom", room + "/messages")
    texts["program"] = str(program)
    return {name: {word for word in WORDS if word in text} for name, text in texts.items()}


@pytest.mark.pages
async def test_what_was_taken_back_or_covered_is_found_in_no_place_where_it_stood(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    made = await told(town)
    await spoken(town, made)
    everybody = (town.mediator, town.lan, town.qiang)
    before = await read(app, client, made, town.mediator)
    assert before["room"] == before["paper"] == before["text"] == set(WORDS)
    assert before["program"] == {"KanariBack", "KanariHide"}
    assert before["choice"] == {"KanariBack"}  # what was chosen is not offered again
    assert before["record"] == {"KanariHide", "KanariTongue"}
    assert all(before.values())
    joint = made.rooms["joint"].code
    await recall(joint, 2, by=town.lan, at=NOON)
    await cover(joint, 3, Cover.PRIVATE, by=town.mediator, at=LATER)
    await send_round(*made.at, by=town.mediator, at=LATER)
    for who in everybody:
        assert not any((await read(app, client, made, who)).values()), who.name
