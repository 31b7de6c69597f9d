"""Another body's program hands disputes over, asks where they stand, and is told: signed, and again until taken."""

import json
from datetime import timedelta

import httpx2
from starlette.applications import Starlette

from community.hooks.models import Hook, HookCall
from community.hooks.rules import signature
from community.people.models import Person
from community.tokens.commands import make
from community.tokens.rules import Scope
from mediation.case.models import Case
from mediation.intake import commands, leading
from mediation.intake.rules import DeclineReason
from tests.listening import receiver
from tests.mediation.filing import filed
from tests.world import NOON, World
from web.clock import Clock
from web.community.hooks import api as hooks
from web.courier import duties, once
from web.mediation.intake import api

HANDED = frozenset({each.name for each in (*api.calls, *hooks.calls)})
"""Calls that are tried here."""
ORDER = {
    "channel": "12345",
    "number": "BJ20260504-887",
    "received_at": "2026-05-03T08:00:00+08:00",
    "kind": "02",
    "statement": "楼上漏水，请处理。",
    "applicant": "阿兰",
    "applicant_phone": "13800138000",
    "respondent": "阿强",
    "place": "1号楼302",
}


async def program(person: Person) -> dict[str, str]:
    secret = await make("热线", [Scope.CASES_FILE, Scope.CASES_READ, Scope.CASES_HOOK], days=30, by=person, at=NOON)
    return {"authorization": f"Bearer {secret}"}


async def test_a_number_is_taken_once_and_its_status_follows_a_merge(client: httpx2.AsyncClient, town: World) -> None:
    headers, body = await program(town.intake), {**ORDER, "community": town.community.code}
    first = await client.post("/api/v1/arrivals", json=body, headers=headers)
    assert first.status_code == 200, first.text
    assert first.json()["state"] == "registered"
    assert first.json()["filed_at"] == "2026-05-03T00:00:00Z"
    again = await client.post("/api/v1/arrivals", json=body, headers=headers)
    assert again.json() == first.json()
    assert await Case.all().count() == 1
    wrong = {**body, "number": "2", "channel": "phone"}
    assert "别处转来" in (await client.post("/api/v1/arrivals", json=wrong, headers=headers)).text
    odd = {**body, "number": "3", "kind": "77"}
    assert "两位数的代码" in (await client.post("/api/v1/arrivals", json=odd, headers=headers)).text
    later = await filed(town, place="1号楼")
    await leading.merge(later.code, first.json()["code"], same=True, by=town.intake, at=NOON)
    found = (await client.get("/api/v1/arrivals?number=BJ20260504-887", headers=headers)).json()["items"]
    assert [each["handled_as"] for each in found] == [first.json()["code"]]
    one = f"/api/v1/arrivals/{first.json()['code']}"
    assert (await client.get(one, headers=headers)).json() == found[0]
    assert (await client.get(one)).status_code == 401
    others = await make("别的", [Scope.CASES_READ, Scope.CASES_FILE], days=30, by=town.clerk, at=NOON)
    stranger = {"authorization": f"Bearer {others}"}
    assert (await client.get(one, headers=stranger)).status_code == 404
    assert (await client.post("/api/v1/arrivals", json=body, headers=stranger)).status_code == 409


async def test_a_move_is_told_signed_and_again_until_it_is_taken(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    headers, body = await program(town.intake), {**ORDER, "community": town.community.code}
    inside = await client.post("/api/v1/hooks", json={"url": "https://169.254.169.254/"}, headers=headers)
    assert inside.status_code == 422
    async with receiver([503, 204]) as (url, came):
        hook = (await client.post("/api/v1/hooks", json={"url": url}, headers=headers)).json()
        listed = (await client.get("/api/v1/hooks", headers=headers)).json()["items"]
        assert [(each["code"], each["secret"]) for each in listed] == [(hook["code"], "")]
        assert hook["secret"] not in (await Hook.get()).secret
        code = (await client.post("/api/v1/arrivals", json=body, headers=headers)).json()["code"]
        await once(duties(app), clock)
        clock.move(timedelta(seconds=6))
        await once(duties(app), clock)
    assert [each["webhook-id"] for each, _ in came] == [came[0][0]["webhook-id"]] * 2
    for sent, text in came:
        stamp = int(sent["webhook-timestamp"])
        assert sent["webhook-signature"] == signature(hook["secret"], sent["webhook-id"], stamp, text)
        assert "阿" not in text
        assert "漏水" not in text
    told = json.loads(came[1][1])["data"]
    assert told == {"channel": "12345", "code": code, "number": ORDER["number"], "outcome": "", "state": "registered"}
    call = await HookCall.get()
    assert (call.tries, call.status, call.due_at) == (2, 204, None)
    ended = await client.post(f"/api/v1/hooks/{hook['code']}/ending", headers=headers)
    assert ended.json()["ended_at"]
    await commands.decline(code, DeclineReason.SEIZED, by=town.intake, at=clock.now())
    await once(duties(app), clock)
    assert await HookCall.all().count() == 1
