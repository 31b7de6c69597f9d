"""The JSON API as a program meets it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from community.notice.commands import tell
from community.notice.models import Notice
from community.people.models import Person
from community.record.transaction import bookkeeping
from community.tokens.commands import make, revoke
from community.tokens.models import ApiToken
from community.tokens.rules import Scope
from deliberation.body.models import Body, RollVersion
from deliberation.matter.drafting import revise
from deliberation.matter.models import Endorsement, Matter
from tests.deliberation.meeting.hall import opened, polled
from tests.deliberation.stage import TEXT, body_of, counted, proposed
from tests.deliberation.stage import opened as voted_on
from tests.mediation.room.test_muting import PAUSES
from tests.web.api.test_deeds import TRIED
from tests.web.mediation.case.test_api import FOLLOWED
from tests.web.mediation.case.test_inside_api import INSIDE
from tests.web.mediation.confirmation.test_api import CONFIRMED
from tests.web.mediation.intake.test_api import HANDED
from tests.web.mediation.referral.test_api import HANDED_ON
from tests.world import NOON, World, sign_in
from web.api.routes import CALLS

Client = httpx2.AsyncClient
GIVEN = {"amendMatter": {"part": "p1", "version": 1, "words": "新的一段。", "reason": "写得清楚些。"}}
"""What calls are sent that do nothing without."""
ELSEWHERE = frozenset({"showRisk"})
"""Calls that are tried in the tests of their rooms."""


async def token(person: Person, *scopes: Scope) -> dict[str, str]:
    secret = await make("程序", scopes or list(Scope), days=30, by=person, at=NOON)
    return {"Authorization": f"Bearer {secret}"}


@bookkeeping
async def told(person: Person, count: int) -> None:
    for number in range(count):
        await tell([person.id], "您有一件新事", {}, url=f"/x/{number}", at=NOON, topic="matter", mail=False)


@pytest.fixture
async def matter(town: World) -> Matter:
    body, _ = await body_of(town)
    return await proposed(body, town.lan)


def problem(response: httpx2.Response, status: int) -> Mapping[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    given: Mapping[str, Any] = response.json()
    assert (given["status"], bool(given["detail"])) == (status, True)
    return given


async def test_matters_are_open_data_without_a_token_and_without_a_name(
    client: Client, town: World, matter: Matter
) -> None:
    listed = await client.get("/api/v1/matters", params={"community": town.community.code, "shelf": "open"})
    shown = await client.get(f"/api/v1/matters/{matter.id}")
    assert (listed.status_code, [each["id"] for each in listed.json()["items"]]) == (200, [matter.id])
    assert (shown.json()["state"], shown.json()["seconded"]) == ("endorsing", 1)
    assert town.lan.name not in listed.text + shown.text
    assert shown.headers["access-control-allow-origin"] == "*"


async def test_a_draft_does_not_exist_for_programs(client: Client, matter: Matter) -> None:
    await Matter.filter(id=matter.id).update(public_at=None)
    problem(await client.get(f"/api/v1/matters/{matter.id}"), 404)
    assert (await client.get("/api/v1/matters")).json()["items"] == []


async def test_words_that_moderation_hid_are_hidden_from_programs_too(client: Client, matter: Matter) -> None:
    title = matter.title
    assert title in (await client.get("/api/v1/matters")).text
    await Matter.filter(id=matter.id).update(hidden_at=NOON, hidden_why="M2")
    listed, shown = await client.get("/api/v1/matters"), await client.get(f"/api/v1/matters/{matter.id}")
    assert listed.json()["items"][0]["hidden"]
    assert title not in listed.text + shown.text
    assert {shown.json()[name] for name in ("title", "what", "cost", "who", "text")} == {""}


async def test_unchanged_open_data_costs_no_body(client: Client, matter: Matter) -> None:
    first = await client.get(f"/api/v1/matters/{matter.id}")
    again = await client.get(f"/api/v1/matters/{matter.id}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_seconding_twice_with_one_key_is_seconding_once(client: Client, town: World, matter: Matter) -> None:
    headers = {**await token(town.qiang, Scope.MATTERS_ENDORSE), "Idempotency-Key": "qiang-1"}
    first = await client.post(f"/api/v1/matters/{matter.id}/endorsements", headers=headers)
    again = await client.post(f"/api/v1/matters/{matter.id}/endorsements", headers=headers)
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert await Endorsement.filter(matter_id=matter.id, person_id=town.qiang.id).count() == 1
    other = {**headers, "Idempotency-Key": "qiang-2"}
    assert (
        "附议过"
        in problem(await client.post(f"/api/v1/matters/{matter.id}/endorsements", headers=other), 422)["detail"]
    )


async def test_a_key_used_for_another_body_is_refused(client: Client, town: World) -> None:
    await told(town.lan, 1)
    path = f"/api/v1/notices/{(await Notice.get()).code}/read"
    headers = {**await token(town.lan), "Idempotency-Key": "one"}
    assert (await client.post(path, headers=headers)).status_code == 200
    assert "Idempotency-Key" in problem(await client.post(path, headers=headers, content=b"{ }"), 422)["detail"]


@pytest.mark.parametrize("key", ["", "x" * 81, "é", "a\tb"])
async def test_an_odd_key_is_refused(client: Client, town: World, key: str) -> None:
    shown = await token(town.lan)
    headers = {b"Authorization": shown["Authorization"].encode(), b"Idempotency-Key": key.encode("latin-1")}
    problem(await client.post("/api/v1/notices/x/read", headers=headers), 422)


async def test_a_program_follows_and_leaves_a_matter(client: Client, town: World, matter: Matter) -> None:
    headers, path = await token(town.xiu), f"/api/v1/matters/{matter.id}/following"
    began = await client.post(path, headers={**headers, "Idempotency-Key": "f-1"})
    assert (began.status_code, began.json()["why"]) == (200, "asked")
    listed = (await client.get("/api/v1/following", headers=headers)).json()
    assert [each["id"] for each in listed["items"]] == [matter.id]
    ended = await client.post(f"{path}/end", headers={**headers, "Idempotency-Key": "f-2"})
    assert ended.json()["why"] is None
    assert (await client.get("/api/v1/following", headers=headers)).json()["items"] == []


async def test_rights_are_those_of_the_person(client: Client, town: World, matter: Matter) -> None:
    refused = await client.post(f"/api/v1/matters/{matter.id}/endorsements", headers=await token(town.admin))
    problem(refused, 403)


async def test_notices_are_read_page_by_page(client: Client, town: World) -> None:
    await told(town.lan, 65)
    headers, seen = await token(town.lan, Scope.NOTICES_READ), []
    shown = await client.get("/api/v1/notices", headers=headers)
    seen += shown.json()["items"]
    while cursor := shown.json()["next"]:
        shown = await client.get("/api/v1/notices", headers=headers, params={"cursor": cursor})
        seen += shown.json()["items"]
    assert [each["url"] for each in seen] == [f"/x/{number}" for number in reversed(range(65))]
    assert shown.headers["cache-control"] == "no-store"


async def test_a_notice_is_read_by_its_owner_only(client: Client, town: World) -> None:
    await told(town.lan, 1)
    path = f"/api/v1/notices/{(await Notice.get()).code}/read"
    problem(await client.post(path, headers=await token(town.qiang)), 404)
    assert (await client.post(path, headers=await token(town.lan))).json()["read"] is True
    assert (await Notice.get()).read_at == NOON


@pytest.mark.parametrize(
    "shown",
    [{}, {"Authorization": "Bearer heyi_wrong"}, {"Authorization": "Basic bGFuOg=="}, {"Authorization": "Bearer"}],
)
async def test_without_a_token_in_force_there_is_a_401(client: Client, town: World, shown: dict[str, str]) -> None:
    response = await client.get("/api/v1/notices", headers=shown)
    problem(response, 401)
    assert response.headers["www-authenticate"].startswith("Bearer")


async def test_a_session_cookie_opens_pages_but_not_the_api(client: Client, town: World) -> None:
    client.cookies.update(await sign_in(town.lan))
    problem(await client.get("/api/v1/notices"), 401)


async def test_a_bad_token_is_refused_even_where_none_is_needed(client: Client, town: World) -> None:
    problem(await client.get("/api/v1/matters", headers={"Authorization": "Bearer heyi_x"}), 401)


async def test_a_revoked_token_ends_at_once(client: Client, town: World) -> None:
    headers = await token(town.lan)
    assert (await client.get("/api/v1/notices", headers=headers)).status_code == 200
    await revoke((await ApiToken.get()).code, by=town.lan, at=NOON)
    problem(await client.get("/api/v1/notices", headers=headers), 401)


async def test_a_scope_that_is_lacking_is_named(client: Client, town: World) -> None:
    headers = await token(town.lan, Scope.NOTICES_READ)
    assert "notices:write" in problem(await client.post("/api/v1/notices/x/read", headers=headers), 403)["detail"]


async def test_problems_are_told_in_the_callers_language(client: Client, town: World) -> None:
    headers = await token(town.lan)
    chinese = await client.post("/api/v1/notices/x/read", headers={**headers, "Accept-Language": ""})
    english = await client.post("/api/v1/notices/x/read", headers={**headers, "Accept-Language": "en-GB"})
    await Person.filter(id=town.lan.id).update(lang="en")
    account = await client.post("/api/v1/notices/x/read", headers=headers)
    assert problem(chinese, 404)["detail"].startswith("没有找到")
    assert problem(english, 404)["detail"] == problem(account, 404)["detail"] != problem(chinese, 404)["detail"]


BAD: list[tuple[bytes, int]] = [
    (b"{", 400),
    (b"\xff\xfe", 400),
    (b"[" * 100_000, 400),
    (b'{"a":' * 50 + b"1" + b"}" * 50, 422),
    (b"[]", 422),
    (b'"x"', 422),
    (b'{"extra":1}', 422),
    (b'{"\\ud800":1}', 422),
    (b'{"x":"\\u0000"}', 422),
]


@pytest.mark.parametrize(("body", "status"), BAD)
async def test_a_bad_body_is_told_what_to_mend(client: Client, town: World, body: bytes, status: int) -> None:
    await told(town.lan, 1)
    path = f"/api/v1/notices/{(await Notice.get()).code}/read"
    problem(await client.post(path, headers=await token(town.lan), content=body), status)
    assert (await Notice.get()).read_at is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/matters?cursor=zzz", 422),
        ("/api/v1/matters?cursor=" + "k" * 61, 422),
        ("/api/v1/matters?cursor=azk5OTk5OTk5OTk5OTk5OQ", 422),
        ("/api/v1/matters?cursor=%E4%B8%AD", 422),
        ("/api/v1/matters?shelf=mine", 422),
        ("/api/v1/matters?page=2", 422),
        ("/api/v1/matters/99999999999999999999", 404),
        ("/api/v1/matters/x", 404),
        ("/api/v1/nowhere", 404),
        ("/api/v1/communities/none/organisations", 404),
    ],
)
async def test_a_bad_address_is_a_problem_not_a_page(client: Client, town: World, path: str, status: int) -> None:
    problem(await client.get(path), status)


async def test_a_method_that_is_not_offered_is_a_problem_too(client: Client, town: World) -> None:
    problem(await client.delete("/api/v1/matters"), 405)


async def test_organisations_of_a_community_are_open_data(client: Client, town: World) -> None:
    (community,) = (await client.get("/api/v1/communities")).json()["items"]
    assert community == {"code": "999001001", "name": "幸福里社区", "street": "清河街道"}
    listed = await client.get(f"/api/v1/communities/{community['code']}/organisations")
    assert [each["name"] for each in listed.json()["items"]] == ["幸福里社区人民调解委员会", "幸福里社区居民委员会"]


async def test_the_document_describes_every_call_and_nothing_dangles(client: Client, town: World) -> None:
    text = (await client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"})).text
    made = json.loads(text)
    listed = {(path, method.upper()) for path, each in made["paths"].items() for method in each}
    assert listed == {(call.path.replace(":int", ""), call.method) for call in CALLS}
    assert len({call.name for call in CALLS}) == len(CALLS)
    names = set(made["components"]["schemas"])
    assert {ref.rsplit("/", 1)[1] for ref in references(made)} <= names
    assert "#/$defs" not in text
    assert made["paths"]["/notices"]["get"]["security"] == [{"token": ["notices:read"]}]
    assert made["paths"]["/matters"]["get"]["summary"] == "List the public proposals, newest first"


def references(node: object) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if "$ref" in node else []
        return here + [ref for each in node.values() for ref in references(each)]
    return [ref for each in node for ref in references(each)] if isinstance(node, list) else []


async def test_every_good_answer_is_of_its_declared_type(client: Client, town: World, matter: Matter) -> None:
    await told(town.qiang, 1)
    meeting = await opened(town)
    await polled(town, meeting)
    roll = await RollVersion.filter(body_id=matter.body_id).order_by("-number").first()
    assert roll
    ballot = await voted_on(town, await Body.get(id=matter.body_id), roll, town.residents)
    known = {"id": str(matter.id), "code": (await Notice.get(person_id=town.qiang.id)).code}
    headers = await token(town.qiang)
    for call in [
        each
        for each in CALLS
        if each.name not in TRIED | HANDED | HANDED_ON | CONFIRMED | FOLLOWED | INSIDE | PAUSES | ELSEWHERE
    ]:
        code = town.community.code if "communities" in call.path else known["code"]
        number = str(meeting.id) if "meetings" in call.path else known["id"]
        number = str(ballot.id) if "ballots" in call.path else number
        path = call.route.replace("{id:int}", number).replace("{code}", code).replace("{n:int}", "1")
        path = path.replace("{month}", "2026-05")
        if call.name == "confirmEndorsement":
            await revise(matter.id, replace(TEXT, cost="二十万元，各家分摊。"), by=town.lan, at=NOON)
        if call.name == "showReadings":
            await counted(town, ballot)
        response = await client.request(call.method, path, headers=headers, json=GIVEN.get(call.name, {}))
        assert response.status_code == call.status, (path, response.text)
        call.answer.model_validate_json(response.text)
