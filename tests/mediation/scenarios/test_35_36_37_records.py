"""A tablet that sends everything again, a wish for deletion, a year whose calendar is missing."""

from datetime import timedelta

import httpx2
import pytest

from community.calendar.commands import import_year
from community.errors import MovedOn
from community.record.models import Event as Fact
from community.rights import Role
from mediation.agreement.models import Agreement, Obligation
from mediation.archive.commands import Binding, archive
from mediation.archive.models import CaseDossier
from mediation.archive.purging import TIMERS as PURGES
from mediation.archive.queries import bundle_of
from mediation.case.commands import close, terminate
from mediation.case.models import Case, DueChange, Period
from mediation.case.states import Clock, Outcome
from mediation.intake.rules import Kind
from mediation.privacy.models import DeletionWish
from mediation.privacy.rules import Hold
from mediation.room.commands import send
from mediation.room.models import Message, Room
from mediation.room.rules import RoomKind
from tests.community.calendar.test_store import year_of
from tests.mediation.clock.test_ledger import counted_again
from tests.mediation.clock.test_striking import ring
from tests.mediation.scenarios.play import Play, at, begin, draft, due, pay, room
from tests.world import World, sign_in


async def test_35_a_tablet_sends_everything_again(play: Play) -> None:
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-06-01"))
    joint = await room(case, RoomKind.JOINT)
    lines = ("one", "two", "three")
    for _ in range(2):
        for n, name in enumerate(lines, start=1):
            said = await send(joint.code, name, f"第{n}句", by=play.world.mediator, at=at("2026-06-02"))
            assert said.seq == n
    assert [each.seq for each in await Message.filter(room_id=joint.id).order_by("seq")] == [1, 2, 3]
    words = draft(pay("R1", "A1", 320000, "2026-07-31"))
    case = await play.bind(case, words, at("2026-06-05"), mei, qiang)
    with pytest.raises(MovedOn):
        await play.seal(case, at("2026-06-05 12:11"))
    assert await Fact.filter(kind="case.effect", subject=case.key).count() == 1
    assert await Agreement.filter(case_id=case.id).exclude(number=None).count() == 1
    assert await Obligation.filter(case_id=case.id).count() == 1


async def test_36_somebody_asks_for_deletion(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    mei, qiang = await play.person("李梅"), await play.person("周强")
    case = await play.talking(mei, qiang, "漏水。", at("2026-06-01"))
    alone = await room(case, RoomKind.CAUCUS, "A1")
    await send(alone.code, "one", "两千也行", by=mei, at=at("2026-06-02"))
    await terminate(case.code, Outcome.FAILED_GAP, by=play.world.mediator, at=at("2026-06-05"))
    await close(case.code, served=True, by=play.world.mediator, at=at("2026-06-06"))
    keeper, bundle = await play.person("老钱", Role.ARCHIVIST, play.org), await bundle_of(await Case.get(id=case.id))
    given = Binding(shown=bundle.manifest, retention=bundle.retention, purge=True)
    await archive(case.code, given, by=keeper, at=at("2026-06-10"))
    for one in await Room.filter(case_id=case.id):
        await PURGES["archive.purge"](one.name, at("2027-02-01"))
    assert await Message.filter(room__case_id=case.id).count() == 0
    proof = await Fact.get(kind="room.purged", subject=alone.name)
    assert (proof.at, '"lines":1' in proof.body) == (at("2027-02-01"), True)
    dossier = await CaseDossier.get(case_id=case.id)
    assert dossier.kept_until
    assert dossier.kept_until > at("2027-02-01").date()
    client.cookies.update(await sign_in(mei))
    url = f"/cases/{case.code}/deletion"
    assert (await client.post(url)).status_code == 303
    answer = (await client.get(url)).text
    assert "只和调解员" in answer
    assert "第四十七条" in answer
    assert "向网信部门投诉" in answer
    wish = await DeletionWish.get(case_id=case.id)
    assert (wish.held_because, wish.held_until) == (Hold.TERM, dossier.kept_until)
    copy = (await client.get(f"/cases/{case.code}/copy")).json()
    assert [each["name"] for each in copy["parties"]] == ["李梅"]
    assert copy["filing"]["statement"] == "漏水。"
    assert "周强" not in str(copy)
    client.cookies.clear()
    client.cookies.update(await sign_in(town.mediator))
    assert (await client.get(url)).status_code == 404


async def test_37_the_calendar_of_2027_is_missing(client: httpx2.AsyncClient, town: World) -> None:
    play = await begin(town)
    patient, hospital = await play.person("患者"), await play.person("医院")
    case = await play.talking(patient, hospital, "手术后感染。", at("2026-12-10"), kind=Kind.MEDICAL)
    before = await due(case, Clock.MEDIATE)
    assert before.provisional
    client.cookies.update(await sign_in(town.mediator))
    assert "暂定：放假安排还没公布" in (await client.get(f"/cases/{case.code}")).text
    off = [f"2027-01-{day:02}" for day in (4, 5)]
    await import_year(year_of(2027, off=off), by=None, at=at("2026-12-20"))
    await counted_again(at("2026-12-20"))
    after = await Period.get(id=before.id)
    assert (after.provisional, after.due > before.due, after.stage) == (False, True, 0)
    assert await Fact.filter(kind="case.due-moved", subject=case.key).count() == 1
    assert (await DueChange.get(period_id=before.id)).was == before.due
    when = at(str(after.due)) - timedelta(days=7)
    await ring(when)
    await ring(when)
    assert await Fact.filter(kind="case.reminded", subject=case.key, at=when).count() == 1
