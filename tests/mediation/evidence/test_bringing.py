"""A piece of evidence from the phone to the other side, through the pages."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from community.record.models import Event
from community.record.outbox import deliver
from mediation.assignment.commands import assign
from mediation.case.models import Case, Party
from mediation.evidence.commands import bring, share
from mediation.evidence.marking import mark_of
from mediation.evidence.models import Evidence, EvidenceFile, EvidenceView
from mediation.parties.models import Attendant
from mediation.parties.seating import offer, take
from mediation.privacy.commands import decide
from mediation.privacy.models import CaseReading
from mediation.room.models import Room
from mediation.room.muting import mute
from mediation.room.rules import Quiet, RoomKind
from tests.asked import asked
from tests.mediation.evidence.making import PAPER, PLACE, paper, picture, told
from tests.mediation.filing import accepted
from tests.web.crawl import client_of
from tests.web.test_questions import MOST
from tests.world import NOON, World
from web.clock import Clock
from web.telling import tell

SAID = {"title": "漏水照片", "kind": "paper", "form": "copy", "proves": "天花板在滴水"}
PHOTO = {"files": ("IMG_1.jpg", picture(), "image/jpeg")}
OPINION = {"files": ("意见书.pdf", PAPER, "application/pdf")}
WHAT = ("漏水照片", "天花板在滴水", "IMG_1")


async def led(town: World) -> Case:
    case = await accepted(town)
    return await assign(case.code, town.mediator.code, clear=True, willing=True, by=town.director, at=NOON)


def stored(app: Starlette) -> bytes:
    folder: Path = app.state.files.folder
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_photograph_is_private_until_its_owner_shows_it(app: Starlette, town: World, clock: Clock) -> None:
    case = await led(town)
    clock.move(timedelta(days=3))
    base = f"/cases/{case.code}/evidence"
    async with (
        await client_of(app, town.lan) as lan,
        await client_of(app, town.qiang) as qiang,
        await client_of(app, town.mediator) as mediator,
        await client_of(app, town.director) as director,
    ):
        assert "先只有您这一方和调解员看得到" in (await lan.get(base)).text
        assert "请至少选一个文件" in (await lan.post(f"{base}/new", data=SAID)).text
        made = await lan.post(f"{base}/new", data={**SAID, "medical": "on"}, files=PHOTO)
        here = made.headers["location"]
        item, file = await Evidence.get(), await EvidenceFile.get()
        original = f"{here}/files/{file.code}"
        assert file.sha256 == hashlib.sha256(picture()).hexdigest()
        lying = stored(app)
        assert picture()[:64] not in lying
        assert not [each for each in WHAT if each in item.title + item.proves + file.name]

        for client in (qiang, director):
            for url in (here, original):
                assert (await client.get(url)).status_code == 404
        assert "漏水照片" not in (await qiang.get(base)).text
        page = (await mediator.get(here)).text
        assert "天花板在滴水" in page
        assert "给各方看" not in page
        assert (await mediator.post(f"{here}/sharing")).status_code == 403
        copy = await mediator.get(original)
        assert copy.headers["content-type"] == "image/webp"
        assert PLACE.encode().hex().encode() not in copy.content
        assert (await mediator.post(f"{original}/original")).content == picture()
        assert (await qiang.post(f"{original}/original")).status_code == 404

        assert "单独同意" in (await lan.post(f"{here}/sharing")).text
        assert (await lan.post(f"{here}/sharing", data={"sure": "on"})).status_code == 303
        shown = (await qiang.get(here)).text
        assert "漏水照片" in shown
        assert "取原文件" not in shown
        theirs = (await qiang.get(original)).content  # each reader's copy bears their own mark, the bringer's none
        assert len({theirs, copy.content, (await lan.get(original)).content}) == 3
        assert (await qiang.post(f"{original}/original")).status_code == 404

        log = (await lan.get(here)).text
        assert all(words in log for words in ("调解员 ", "取过原文件", "阿强", "谁看过", mark_of(case, town.qiang)))
        assert mark_of(case, town.qiang) in shown
        assert mark_of(case, town.qiang) != mark_of(case, town.mediator)
        await _asked(lan, qiang, here)

        assert "写明为什么撤回" in (await lan.post(f"{here}/withdrawal")).text
        await lan.post(f"{here}/withdrawal", data={"why": "拍错了一张"})
        for client in (qiang, mediator):
            stone = (await client.get(here)).text
            assert "撤回了这份证据" in stone
            assert not [each for each in (*WHAT, "拍错了一张") if each in stone]
            assert (await client.get(original)).status_code == 404
        assert "拍错了一张" in (await lan.get(here)).text
    await _on_record(item)
    await deliver(tell, consumer="notice", at=clock.now())
    told = [each.sentence for each in await Notice.all()] + [each.facts for each in await Mail.all()]
    assert any("新消息" in each for each in told)
    assert not [each for each in told for word in (*WHAT, "证据") if word in each]


async def _asked(lan: httpx2.AsyncClient, qiang: httpx2.AsyncClient, here: str) -> None:
    """The other side asks for the original and is told when and where."""
    await qiang.post(f"{here}/wishes")
    wish = re.search(rf'action="({here}/wishes/[^"]+)"', (await lan.get(here)).text)
    assert wish
    reply = {"answer": "yes", "words": "居委会二楼"}
    assert "哪一天几点" in (await lan.post(wish[1], data=reply)).text
    assert (await qiang.post(wish[1], data=reply)).status_code == 403
    await lan.post(wish[1], data={**reply, "meet_at": "2026-05-09T10:00"})
    answer = (await qiang.get(here)).text
    assert "居委会二楼" in answer
    assert "10:00" in answer


async def _on_record(item: Evidence) -> None:
    kinds = [each.kind for each in await Event.filter(kind__startswith="evidence.").order_by("id")]
    deeds = ["brought", "seen", "original", "shared", "seen", "wished", "answered", "withdrawn"]
    assert kinds == [f"evidence.{deed}" for deed in deeds]
    assert await EvidenceView.filter(item_id=item.id).count() == 3
    assert {each.thing for each in await CaseReading.all()} >= {"private"}
    bodies = " ".join([each.body for each in await Event.filter(kind__startswith="evidence.")])
    assert not [each for each in WHAT if each in bodies]


async def test_from_a_room_it_is_for_those_who_talk_there(app: Starlette, town: World, clock: Clock) -> None:
    case = await led(town)
    clock.move(timedelta(days=3))
    base = f"/cases/{case.code}"
    joint = await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    alone = await Room.get(case_id=case.id, kind=RoomKind.CAUCUS, party__person_id=town.lan.id)
    async with await client_of(app, town.lan) as lan, await client_of(app, town.qiang) as qiang:
        room = (await lan.get(f"{base}/rooms/{alone.code}")).text
        link = f"{base}/evidence/new?room={alone.code}"
        assert link in room
        paper = {"files": ("发票.pdf", PAPER, "application/pdf")}
        assert (await qiang.get(link)).status_code == 404
        assert (await qiang.post(link, data=SAID, files=paper)).status_code == 404
        assert (await lan.post(link, data=SAID, files=paper)).headers["location"] == f"{base}/rooms/{alone.code}"
        first = await Evidence.get()
        assert f"{base}/evidence/{first.code}" in (await lan.get(f"{base}/rooms/{alone.code}")).text
        assert (await qiang.get(f"{base}/evidence/{first.code}")).status_code == 404

        link = f"{base}/evidence/new?room={joint.code}"
        before = len(stored(app))
        assert "我知道对方会看到" in (await lan.post(link, data=SAID, files=paper)).text
        assert len(stored(app)) == before
        await lan.post(link, data={**SAID, "title": "说明", "sure": "on"}, files=paper)
        second = await Evidence.get(n=2)
        line = (await qiang.get(f"{base}/rooms/{joint.code}")).text
        assert f"{base}/evidence/{second.code}" in line
        assert "加了证据 2" in line
        assert "说明" in (await qiang.get(f"{base}/evidence/{second.code}")).text

        before = len(stored(app))
        await mute(joint.code, town.qiang.code, 10, Quiet.OVER, by=town.mediator, at=NOON + timedelta(days=3))
        talks = await qiang.post(link, data={**SAID, "title": "他骗人", "sure": "on"}, files=paper)
        assert talks.status_code == 422
        assert "再过 10 分钟可以接着说" in talks.text
        assert (await Evidence.all().count(), len(stored(app))) == (2, before)
        kept = await qiang.post(f"{base}/evidence/new", data={**SAID, "title": "他骗人"}, files=paper)
        assert kept.status_code == 303

        await Case.filter(id=case.id).update(data_key="")
        file = await EvidenceFile.get(item_id=second.id)
        gone = await lan.get(f"{base}/evidence/{second.code}/files/{file.code}")
        assert gone.status_code == 409


@pytest.mark.pages
async def test_what_cannot_be_taken_is_refused_where_it_was_chosen(app: Starlette, town: World) -> None:
    case = await led(town)
    base = f"/cases/{case.code}/evidence"
    async with await client_of(app, town.lan) as lan:
        program = {"files": ("漏水.jpg", b"MZ\x90\x00 program", "image/jpeg")}
        answer = await lan.post(f"{base}/new", data=SAID, files=program)
        assert answer.status_code == 422
        assert "这种文件收不了" in answer.text
        late = {**SAID, "taken_on": "2027-01-01"}
        assert "不能在今天以后" in (await lan.post(f"{base}/new", data=late, files=PHOTO)).text
        assert not await Evidence.all().exists()
        assert not stored(app)
    async with await client_of(app, town.director) as director:
        assert (await director.get(base)).status_code == 404


async def test_an_expert_is_asked_by_everybody_and_reads_what_two_people_open(
    app: Starlette, town: World, clock: Clock
) -> None:
    case = await led(town)
    clock.move(timedelta(days=3))
    base, at = f"/cases/{case.code}", clock.now()
    kept = await paper(case, app.state.files.folder)
    shown = await bring(case.code, told("发票"), kept, by=town.lan, at=at)
    await share(case.code, shown.code, by=town.lan, at=at)
    async with (
        await client_of(app, town.lan) as lan,
        await client_of(app, town.qiang) as qiang,
        await client_of(app, town.mediator) as mediator,
        await client_of(app, town.xiu) as expert,
    ):
        wish = {"matter": "吊顶为什么塌", "expert": "示范鉴定所", "payer": "各付一半"}
        assert "这一项还没有填" in (await mediator.post(f"{base}/appraisals", data={**wish, "payer": ""})).text
        assert (await qiang.post(f"{base}/appraisals", data=wish)).status_code == 403
        here = (await mediator.post(f"{base}/appraisals", data=wish)).headers["location"]
        assert (await mediator.post(f"{base}/appraisals", data=wish)).status_code == 409
        assert "您同意鉴定吗" in (await lan.get(here)).text
        await lan.post(f"{here}/answers", data={"answer": "yes"})
        party = await Party.get(case_id=case.id, person_id=town.qiang.id)
        await mediator.post(f"{here}/answers", data={"answer": "yes", "party": party.code})
        assert (await qiang.post(f"{here}/answers", data={"answer": "no"})).status_code == 409
        assert "利害关系" in (await mediator.post(f"{here}/commission", data={"sworn": "on"})).text
        await mediator.post(f"{here}/commission", data={"sworn": "on", "free": "on"})
        seat = await Attendant.get(case_id=case.id)
        token = await offer(case.code, seat.code, by=town.mediator, at=at)
        await take(token, by=town.xiu, at=at)

        assert here in (await expert.get(f"{base}/appraisals")).text
        assert (await expert.get(f"{base}/evidence")).status_code == 404
        wanted = {"thing": "shared", "minutes": "60", "basis": "委托鉴定", "reason": "要看材料才能鉴定"}
        asked_for = (await expert.post(f"{base}/glass", data=wanted)).headers["location"]
        assert (await expert.get(f"{base}/evidence/{shown.code}")).status_code == 404
        await decide(asked_for.rsplit("/", 1)[1], granted=True, by=town.director, at=at)
        assert "发票" in (await expert.post(f"{asked_for}/opening")).text
        assert "发票" in (await expert.get(f"{base}/evidence/{shown.code}")).text
        file = await EvidenceFile.get(item_id=shown.id)
        assert (await expert.get(f"{base}/evidence/{shown.code}/files/{file.code}")).content == PAPER
        clock.move(timedelta(hours=1))
        assert (await expert.get(f"{base}/evidence/{shown.code}")).status_code == 404

        assert "这一项还没有填" in (await expert.post(f"{here}/opinion", files=OPINION)).text
        await expert.post(f"{here}/opinion", data={"title": "鉴定意见书"}, files=OPINION)
        opinion = await Evidence.get(n=2)
        for reader in (lan, qiang, mediator):
            assert "鉴定意见书" in (await reader.get(f"{base}/evidence/{opinion.code}")).text
            for page in (f"{base}/evidence/{opinion.code}", f"{base}/evidence", here):
                with asked() as queries:
                    assert (await reader.get(page)).status_code == 200
                assert len(queries) <= MOST, (page, queries)
