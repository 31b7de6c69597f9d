"""A case handed on by programs: asked, agreed to, sent, bounced, taken with a receipt; and a court's commission."""

import json
from datetime import timedelta

import httpx2

from community.hooks.commands import hang
from community.hooks.models import HookCall
from community.orgs.models import OrgKind
from community.record.models import Event
from community.record.outbox import deliver
from community.tokens.rules import Scope
from mediation.assignment.commands import assign
from mediation.case.models import Case, Track
from mediation.case.states import State
from mediation.referral.models import Handover
from tests.mediation.filing import STATEMENT, filed
from tests.mediation.referral.making import AT, DUTY, WHY, court_of, dispatcher_of, org_of, sent, talking
from tests.web.mediation.calling import program
from tests.world import NOON, World
from web.clock import Clock
from web.mediation.referral import api, commission_api, sending_api
from web.telling import tell

HANDED_ON = frozenset({each.name for each in (*api.calls, *sending_api.calls, *commission_api.calls)})
"""Calls that are tried here."""
Tries = tuple[tuple[str, str, dict[str, object]], ...]
NUMBER = "（2026）云0101诉前调88号"


async def test_a_handover_from_the_question_to_the_receipt(client: httpx2.AsyncClient, town: World) -> None:
    case, (court, head) = await talking(town), await court_of(town)
    _, other = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    lead, receiver, lan, qiang, stranger = [
        await program(client, each, Scope.CASES_HAND) for each in (town.director, head, town.lan, town.qiang, other)
    ]
    here, plan = f"/cases/{case.code}/handovers", {"org": court.code, "track": "court_pre", "basis": "consent"}
    assert await lead.status(here, **plan, reason="") == 422
    asked = (await lead.post(here, **plan, reason=WHY))["items"][0]
    assert (asked["state"], [each["given"] for each in asked["answers"]]) == ("proposed", [None, None])
    assert await lead.status(f"{here}/sending") == 422
    assert await qiang.status(here, **plan, reason=WHY) == 403
    await lan.post(f"{here}/answers", given=True)
    assert await lan.status(f"{here}/answers", given=True) == 409
    await qiang.post(f"{here}/answers", given=True)
    assert (await lead.post(f"{here}/sending"))["items"][0]["state"] == "sent"
    handover = await Handover.get()
    there = f"/handovers/{handover.code}"
    waiting = (await receiver.get("/handovers"))["items"]
    assert [(each["code"], each["reason"], each["receipt"]) for each in waiting] == [(handover.code, WHY, None)]
    assert (await lead.get("/handovers?gone=true"))["items"][0]["due"] == waiting[0]["due"]
    papers = await receiver.get(f"{there}/papers")
    assert STATEMENT in "".join(each["text"] for each in papers["papers"])
    assert papers["manifest"] == handover.manifest
    assert await Event.filter(kind="handover.opened").count() == 1
    papers_of: Tries = (
        ("GET", "/handovers/{code}", {}),
        ("GET", "/handovers/{code}/papers", {}),
        ("POST", "/handovers/{code}/acceptance", {"number": NUMBER}),
        ("POST", "/handovers/{code}/rejection", {"reason": "x", "article": "x"}),
    )
    for method, path, body in papers_of:
        await stranger.sees_nothing(method, path, handover.code, "nothing", **body)
    steps_of: Tries = (
        ("GET", "/cases/{code}/handovers", {}),
        ("POST", "/cases/{code}/handovers", {**plan, "reason": WHY}),
        ("POST", "/cases/{code}/handovers/answers", {"given": True}),
        ("POST", "/cases/{code}/handovers/sending", {}),
    )
    for method, path, body in steps_of:
        await stranger.sees_nothing(method, path, case.code, **body)
    await lead.sees_nothing("GET", "/handovers/{code}/papers", handover.code, "nothing")
    await hang("http://127.0.0.1:9/heyi", loopback=True, by=head, at=NOON)
    assert await receiver.status(f"{there}/acceptance") == 422
    receiver.headers["idempotency-key"] = "taken-1"
    taken = await receiver.post(f"{there}/acceptance", number=NUMBER)
    again = await receiver.ask("POST", f"{there}/acceptance", number=NUMBER)
    assert (again.json(), again.headers["idempotency-replayed"]) == (taken, "true")
    assert taken["receipt"] == {
        "at": taken["answered_at"], "manifest": handover.manifest, "case_number": NUMBER,
    }  # fmt: skip
    assert (await lead.get(there))["receipt"]["case_number"] == NUMBER
    await deliver(tell, consumer="notice", at=NOON)
    told = [json.loads(each.body)["data"] for each in await HookCall.filter(kind="handover.moved").order_by("id")]
    one = {"code": handover.code, "case": case.code, "number": taken["number"]}
    assert told == [one | {"state": "sent"}, one | {"state": "accepted"}]


async def test_a_bounce_and_what_the_centre_decides(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    clock.move(AT - NOON)
    case, late, (court, _) = await talking(town), await talking(town), await court_of(town)
    centre = await program(client, await dispatcher_of(town), Scope.CASES_HAND)
    await sent(town, late, court)
    for name in ("甲部门", "乙部门"):
        org, head = await org_of(town, OrgKind.DEPARTMENT, name)
        receiver = await program(client, head, Scope.CASES_HAND)
        handover = await sent(town, case, org, Track.ADMIN)
        there = f"/handovers/{handover.code}/rejection"
        assert await receiver.status(there, reason="不归我们管") == 422
        back = await receiver.post(there, reason="不归我们管", article=DUTY)
        assert (back["state"], back["answer"], back["answer_basis"]) == ("rejected", "不归我们管", DUTY)
    here = f"/cases/{case.code}/handovers"
    assert await centre.status(f"{here}/ruling", reason="") == 422
    assert len((await centre.post(f"{here}/ruling", reason="就地办"))["items"]) == 2
    clock.move(timedelta(days=14))
    recalled = await centre.post(f"/cases/{late.code}/handovers/recall", reason="太久")
    assert recalled["items"][0]["state"] == "recalled"
    assert {each.state for each in await Case.all()} == {State.MEDIATING}


async def test_a_commission_is_taken_or_not_and_given_back(client: httpx2.AsyncClient, town: World) -> None:
    case, other = await filed(town), await filed(town)
    lead, mediator, court = [
        await program(client, each, Scope.CASES_COURT)
        for each in (town.director, town.mediator, (await court_of(town))[1])
    ]
    here = f"/cases/{case.code}/commission"
    letter = {"kind": "ordinary", "number": "（2026）云0101委7号", "received": "2026-05-04"}
    assert await lead.status(f"{here}/acceptance", **letter) == 422
    taken = await lead.post(f"{here}/acceptance", **letter, agreed=True)
    assert (taken["state"], taken["track"], taken["court_number"]) == ("assigning", "court_post", letter["number"])
    refused = await lead.post(f"/cases/{other.code}/commission/refusal", reason="seized")
    assert (refused["state"], refused["told_to_court"]) == ("declined", None)
    await assign(case.code, town.mediator.code, clear=True, willing=True, by=town.director, at=NOON)
    ended = await mediator.post(f"{here}/ending", outcome="unreachable")
    assert (ended["state"], ended["told_to_court"]) == ("terminated", "unreached")
    assert await mediator.status(f"{here}/return", served=True) == 422
    told = {"served": True, "returned": True, "report": "对方三次没有接电话。"}
    gone = await mediator.post(f"{here}/return", **told)
    assert (gone["state"], gone["returned_on"], gone["outcome"]) == ("closed", "2026-05-04", "unreachable")
    for method, path, body in (
        ("GET", "/cases/{code}/commission", {}),
        ("POST", "/cases/{code}/commission/acceptance", {**letter, "agreed": True}),
        ("POST", "/cases/{code}/commission/refusal", {"reason": "seized"}),
        ("POST", "/cases/{code}/commission/ending", {"outcome": "failed_gap"}),
        ("POST", "/cases/{code}/commission/return", told),
    ):
        await court.sees_nothing(method, path, case.code, **body)
