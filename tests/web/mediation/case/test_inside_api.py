"""What a party's program does inside a case: times, evidence, records, words and cards; and what it does not see."""

import base64
from datetime import timedelta

import httpx2

from community.orgs.models import OrgKind
from community.record.models import Event
from community.tokens.rules import Scope
from mediation.appointment import offering
from mediation.appointment.offering import Offer
from mediation.appointment.rules import MeetBy
from mediation.evidence.models import Evidence
from mediation.room import cards
from mediation.room.card_rules import CardKind, Terms
from mediation.room.models import Message
from tests.mediation.minutes import making
from tests.mediation.referral.making import org_of, talking
from tests.web.mediation.calling import program
from tests.world import NOON, World
from web.clock import Clock
from web.mediation.appointment import api as appointment
from web.mediation.evidence import api as evidence
from web.mediation.minutes import api as records
from web.mediation.room import api as rooms

INSIDE = frozenset({each.name for each in (*appointment.calls, *evidence.calls, *records.calls, *rooms.calls)})
"""Calls that are tried here."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


async def test_a_party_takes_part_through_a_program(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    told = await making.told(town, round_=True)
    case, at = told.case, making.LATER
    clock.move(at - NOON)
    lan, qiang = [await program(client, each, Scope.CASES_OPEN, Scope.CASES_TALK) for each in (town.lan, town.qiang)]
    here = f"/cases/{case.code}"
    begins = [at + timedelta(days=2, hours=each) for each in (1, 3)]
    offer = Offer(begins=begins, meet_by=MeetBy.PHONE, minutes=30)
    row = await offering.offer(case.code, offer, by=town.mediator, at=at)
    listed = (await lan.get(f"{here}/appointments"))["items"][0]
    assert ([each["n"] for each in listed["times"]], listed["suits"]) == ([1, 2], None)
    times = f"{here}/appointments/{row.code}/answers"
    assert (await lan.post(times, suits=[2]))["suits"] == [2]
    assert (await qiang.get(f"{here}/appointments"))["items"][0]["suits"] is None
    assert await lan.status(times, suits=[4]) == 422

    record = (await lan.get(f"{here}/records"))["items"][0]["code"]
    shown = await lan.get(f"{here}/records/{record}")
    entries = [each["n"] for each in shown["words"]["entries"]]
    assert (shown["stage"], len(shown["sha256"])) == ("round", 64)
    words = {"party": told.parties["A1"].code, "n": entries, "agreed": "yes"}
    assert await qiang.status(f"{here}/records/{record}/words", **words) == 404
    after = await lan.post(f"{here}/records/{record}/words", **words)
    assert after["sha256"] != shown["sha256"]
    assert len(after["owed"]) == len(shown["owed"]) - 1

    joint = told.rooms["joint"]
    assert {each["code"] for each in (await lan.get(f"{here}/rooms"))["items"]} >= {joint.code}
    talk = f"{here}/rooms/{joint.code}"
    once = {"client_id": "from-a-program-1", "text": "我愿意先谈修理。"}
    said = await lan.post(f"{talk}/messages", **once)
    assert await lan.post(f"{talk}/messages", **once) == {"seq": said["seq"], "again": True}
    laid = await cards.lay(joint.code, "card-1", CardKind.FACT, Terms(text="管子是五月修的。"), by=town.mediator, at=at)
    answered = await qiang.post(f"{talk}/cards/{laid.seq}/answers", reply="yes")
    assert (answered["card"]["text"], answered["card"]["answers"]) == ("管子是五月修的。", ["yes"])
    lines = {each["seq"]: each for each in (await qiang.get(f"{talk}/messages"))["items"]}
    assert (lines[said["seq"]]["text"], lines[said["seq"]]["own"]) == (once["text"], False)
    assert lines[laid.seq]["card"]["state"] == "open"
    earlier = (await lan.get(f"{talk}/messages?before={said['seq']}"))["items"]
    assert all(each["seq"] < said["seq"] for each in earlier)


async def test_a_piece_is_brought_with_its_files(client: httpx2.AsyncClient, town: World) -> None:
    lan, qiang, mediator = [
        await program(client, each, Scope.CASES_OPEN, Scope.CASES_TALK)
        for each in (town.lan, town.qiang, town.mediator)
    ]
    here = f"/cases/{(await talking(town)).code}"
    piece = {"title": "漏水照片", "kind": "paper", "form": "copy", "source": "自己拍的"}
    file = {"name": "收据.pdf", "base64": base64.b64encode(PDF).decode()}
    assert await lan.status(f"{here}/evidence", **piece, files=[{**file, "base64": "%%%"}]) == 422
    lan.headers["idempotency-key"] = "one-piece"
    brought = await lan.post(f"{here}/evidence", **piece, files=[file])
    assert (await lan.ask("POST", f"{here}/evidence", **piece, files=[file])).json() == brought
    assert (brought["own"], brought["files"][0]["bytes"], await Evidence.all().count()) == (True, len(PDF), 1)
    assert (await qiang.get(f"{here}/evidence"))["items"] == []
    assert (await mediator.get(f"{here}/evidence"))["items"][0]["title"] == "漏水照片"


async def test_to_others_none_of_it_is_there(client: httpx2.AsyncClient, town: World) -> None:
    told = await making.told(town, round_=True)
    case, alone = told.case, told.rooms["R1"]
    _, other = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    lan, stranger, lead = [
        await program(client, each, Scope.CASES_OPEN, Scope.CASES_TALK) for each in (town.lan, other, town.director)
    ]
    piece = {"title": "照片", "kind": "paper", "form": "copy"}
    words = {"party": told.parties["A1"].code, "n": [1], "agreed": "yes"}
    record = told.record.code
    said_before = await Message.all().count()
    for each in (stranger, lead):
        await each.sees_nothing("GET", "/cases/{code}/appointments", case.code)
        await each.sees_nothing("POST", "/cases/{code}/appointments/nothing/answers", case.code, suits=[1])
        await each.sees_nothing("GET", "/cases/{code}/evidence", case.code)
        await each.sees_nothing("POST", "/cases/{code}/evidence", case.code, **piece)
        await each.sees_nothing("GET", f"/cases/{{code}}/records/{record}", case.code)
        await each.sees_nothing("POST", f"/cases/{{code}}/records/{record}/words", case.code, **words)
    for each in (stranger, lead, lan):
        there = f"/cases/{case.code}/rooms/{{code}}"
        await each.sees_nothing("GET", f"{there}/messages", alone.code, "nothing")
        await each.sees_nothing("POST", f"{there}/messages", alone.code, "nothing", client_id="x1", text="开门")
        await each.sees_nothing("POST", f"{there}/cards/1/answers", alone.code, "nothing", reply="yes")
    await stranger.sees_nothing("GET", "/cases/{code}/rooms", case.code)
    await stranger.sees_nothing("GET", "/cases/{code}/records", case.code)
    assert await Message.all().count() == said_before
    assert await Event.filter(kind="room.denied").exists()
