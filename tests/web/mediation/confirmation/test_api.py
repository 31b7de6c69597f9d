"""A court's program: what came, its papers, its answers; to anybody else none of it is there."""

import json
from datetime import timedelta

import httpx2

from community.hooks.commands import hang
from community.hooks.models import HookCall
from community.orgs.models import OrgKind
from community.record.outbox import deliver
from community.tokens.rules import Scope
from mediation.case.access import Seat
from mediation.confirmation import applying, ruling
from mediation.confirmation.models import CourtConfirmation
from mediation.privacy.models import CaseReading
from tests.mediation.agreement import making
from tests.mediation.referral.making import court_of, org_of
from tests.web.mediation.calling import program
from tests.world import NOON, World
from web.clock import Clock
from web.mediation.confirmation.api import calls
from web.telling import tell

CONFIRMED = frozenset({each.name for each in calls})
"""Calls that are tried here."""
AT = making.LATER + timedelta(days=1)


async def test_the_court_reads_the_papers_and_answers(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    clock.move(AT - NOON)
    case, (court, head) = await making.performing(town), await court_of(town)
    _, other = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    liaison, stranger, lead = [await program(client, each, Scope.CASES_COURT) for each in (head, other, town.director)]
    await applying.prepare(case.code, court.code, by=town.lan, at=AT)
    assert (await liaison.get("/confirmations"))["items"] == []
    for person in (town.lan, town.qiang):
        await applying.apply(case.code, sworn=True, by=person, at=AT)
    await applying.file(case.code, by=town.lan, at=AT)
    found = await CourtConfirmation.get()
    listed = (await liaison.get("/confirmations"))["items"]
    assert [(each["code"], each["case"], each["stage"]) for each in listed] == [(found.code, case.code, "filed")]
    here = f"/confirmations/{found.code}"
    papers = await liaison.get(f"{here}/papers")
    assert papers["manifest"] == found.manifest
    assert "主持调解" in "".join(each["text"] for each in papers["papers"])
    assert await CaseReading.filter(seat=Seat.COURT_CONFIRMING).count() == 1
    yes = {"deed": "confirm", "number": "（2026）云0101民特2号", "on": AT.date().isoformat()}
    for method, path, body in (
        ("GET", "/confirmations/{code}", {}),
        ("GET", "/confirmations/{code}/papers", {}),
        ("POST", "/confirmations/{code}/answers", yes),
    ):
        await stranger.sees_nothing(method, path, found.code, "nothing", **body)
    await lead.sees_nothing("GET", "/confirmations/{code}/papers", found.code, "nothing")
    wanting = await liaison.post(f"{here}/answers", deed="ask_more", words="请补居住证。")
    assert (wanting["stage"], wanting["words"]) == ("supplement", "请补居住证。")
    await ruling.bring(case.code, words="居住证已送。", by=town.mediator, at=AT)
    admitted = await liaison.post(f"{here}/answers", deed="admit", number="（2026）云0101民特2号", on=yes["on"])
    assert admitted["admitted_on"] == yes["on"]
    assert await liaison.status(f"{here}/answers", **{**yes, "number": ""}) == 422
    await hang("http://127.0.0.1:9/heyi", loopback=True, by=town.director, at=AT)
    done = await liaison.post(f"{here}/answers", **yes)
    while await deliver(tell, consumer="notice", at=AT):
        pass
    told = [json.loads(each.body) for each in await HookCall.filter(kind="confirmation.moved").order_by("id")]
    assert told[-1]["data"] == {
        "code": found.code, "case": case.code, "stage": "confirmed", "number": yes["number"],
    }  # fmt: skip
    assert (done["stage"], done["ruling"], done["decided_on"]) == ("confirmed", yes["number"], yes["on"])
    assert (await lead.get(here))["stage"] == "confirmed"
    assert await liaison.status(f"{here}/answers", **yes) == 409
