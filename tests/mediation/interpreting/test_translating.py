"""A line, a record and an agreement in another language: what the interpreter sees, for how long, and who reads it."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import deliver
from mediation.interpreting.commands import ask_line, ask_record, sign_record, translate
from mediation.interpreting.models import TranslationTask
from mediation.interpreting.queries import original_of, task_of
from mediation.interpreting.rules import LENT
from mediation.minutes.queries import record_of
from mediation.minutes.sealing import seal
from mediation.minutes.speaking import speak
from mediation.minutes.text import digest
from mediation.parties import commands as parties
from mediation.parties import seating
from mediation.risk.models import RiskSign
from mediation.room.covering import cover
from mediation.room.models import Message
from mediation.room.queries import line
from mediation.room.rules import Cover
from mediation.room.searching import find
from tests.mediation.minutes.making import LATER, Told, told
from tests.web.crawl import client_of
from tests.world import World
from web.telling import tell

UYGHUR = "سۇ ئۈستۈنكى قەۋەتتىن ئېقىۋاتىدۇ"


async def seated(world: World, made: Told, sign: str = "A1", who: Person | None = None) -> str:
    """Seat an interpreter beside a party, and return the code of the seat."""
    by: dict[str, Any] = {"by": world.mediator, "at": LATER}
    party = made.parties[sign].code
    row = await parties.interpret(made.case.code, party, "帕提古丽", "维吾尔语", kin=False, sworn=True, **by)
    await seating.take(await seating.offer(made.case.code, row.code, **by), by=who or world.stranger, at=LATER)
    return row.code


async def test_an_interpreter_has_one_line_for_one_day_and_never_of_the_other_side(world: World) -> None:
    made = await told(world)
    beside, by = await seated(world, made), {"by": world.mediator, "at": LATER}
    code, joint = made.case.code, made.rooms["joint"]
    with pytest.raises(Forbidden, match="自己的翻译"):
        await ask_line(code, made.rooms["R1"].code, 1, beside, **by)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        await ask_line(code, made.rooms["internal"].code, 1, beside, **by)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        await ask_line(code, joint.code, 1, beside, by=world.lan, at=LATER)
    await ask_line(code, made.rooms["A1"].code, 1, beside, **by)  # type: ignore[arg-type]
    task = await ask_line(code, joint.code, 1, beside, **by)  # type: ignore[arg-type]
    with pytest.raises(MovedOn):
        await ask_line(code, joint.code, 1, beside, **by)  # type: ignore[arg-type]
    for who, at in ((world.lan, LATER), (world.director, LATER), (world.stranger, LATER + LENT)):
        with pytest.raises(Hidden):
            await task_of(who, code, task.code, at=at)
    handed = await original_of(await task_of(world.stranger, code, task.code, at=LATER))
    assert handed.paragraphs == ["水是从楼上渗下来的"]
    with pytest.raises(Unfit):
        await translate(code, task.code, " ", by=world.stranger, at=LATER)
    await translate(code, task.code, f"{UYGHUR} 拿刀去找他", by=world.stranger, at=LATER)
    with pytest.raises(Hidden):
        await translate(code, task.code, "再来一次", by=world.stranger, at=LATER)
    made_of = (await line(joint, 1)).tongues  # type: ignore[union-attr]
    assert [(each.lang, each.name) for each in made_of] == [("ug", world.stranger.name)]
    assert await RiskSign.filter(place=f"{joint.name}/2", by_id=world.lan.id).exists()
    found = await find(world.qiang, "ئېقىۋاتىدۇ", enough=lambda: False, at=LATER)
    assert [each.seq for each in found.finds] == [1]
    await cover(joint.code, 1, Cover.PRIVATE, **by)  # type: ignore[arg-type]
    assert (await line(joint, 1)).tongues == ()  # type: ignore[union-attr]
    assert (await find(world.qiang, "ئېقىۋاتىدۇ", enough=lambda: False, at=LATER)).finds == []


async def test_an_interpreter_signs_the_record_they_read_out(world: World) -> None:
    made = await told(world, round_=True)
    beside, by = await seated(world, made), {"by": world.mediator, "at": LATER}
    for sign, who in (("A1", world.lan), ("R1", world.qiang)):
        await speak(*made.at, made.parties[sign].code, [1, 2], agreed=True, by=who, at=LATER)
    task = await ask_record(*made.at, beside, **by)  # type: ignore[arg-type]
    shown = digest((await record_of(world.mediator, *made.at, at=LATER)).words)
    with pytest.raises(Unfit, match="翻译"):
        await seal(*made.at, shown=shown, **by)  # type: ignore[arg-type]
    with pytest.raises(Hidden):  # the record itself is nothing they may open
        await record_of(world.stranger, *made.at, at=LATER)
    with pytest.raises(Unfit):
        await sign_record(made.case.code, task.code, shown="0" * 64, by=world.stranger, at=LATER)
    await sign_record(made.case.code, task.code, shown=shown, by=world.stranger, at=LATER)
    await seal(*made.at, shown=shown, **by)  # type: ignore[arg-type]
    hands = (await record_of(world.lan, *made.at, at=LATER)).words["hands"]
    assert [each["as"] for each in hands] == ["interpreter", "mediator"]


async def test_a_translation_stands_beside_the_original_on_every_page(app: Starlette, town: World) -> None:
    made = await told(town)
    beside = await seated(town, made)
    base, room = f"/cases/{made.case.code}", made.rooms["joint"].code
    async with (
        await client_of(app, town.mediator) as mediator,
        await client_of(app, town.stranger) as interpreter,
        await client_of(app, town.qiang) as qiang,
    ):
        hand = f"{base}/rooms/{room}/lines/1/translation"
        assert (await qiang.get(hand)).status_code == 404
        assert (await mediator.get(hand)).status_code == 200
        assert (await mediator.post(hand, data={})).status_code == 422
        assert (await mediator.post(hand, data={"interpreter": beside})).status_code == 303
        await deliver(tell, consumer="notice", at=LATER)
        task = await TranslationTask.get(case_id=made.case.id)
        there = f"{base}/interpreting/{task.code}"
        assert (await qiang.get(there)).status_code == (await qiang.get(f"{base}/interpreting")).status_code == 404
        assert there in (await interpreter.get(f"{base}/interpreting")).text
        shown = (await interpreter.get(there)).text
        assert ("水是从楼上渗下来的" in shown, 'lang="ug"' in shown) == (True, True)
        assert (await interpreter.post(there, data={"words": ""})).status_code == 422
        assert (await interpreter.post(there, data={"words": UYGHUR})).status_code == 303
        assert (await interpreter.get(there)).status_code == 404
        written = f'dir="auto" lang="ug">{UYGHUR}'
        for page in (f"{base}/rooms/{room}", f"{base}/rooms/{room}/transcript"):
            read = (await qiang.get(page)).text
            assert written in read
            assert town.stranger.name in read
        assert UYGHUR in (await qiang.get(f"{base}/rooms/{room}/transcript.txt")).text
        assert (await interpreter.get(f"{base}/rooms/{room}")).status_code == 404
        await mediator.post(f"{base}/minutes/{made.record.code}/lines", data={"seq": "1"})
        assert written in (await mediator.get(f"{base}/minutes/{made.record.code}")).text
    assert await Message.filter(lang="ug", author_id=town.stranger.id).count() == 1
    assert timedelta(hours=24) == LENT
