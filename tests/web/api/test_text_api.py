"""Versions, amendments and confirmations as programs meet them."""

from dataclasses import replace

import httpx2
import pytest

from community.tokens.rules import Scope
from deliberation.matter import drafting, seconding
from deliberation.matter.models import Matter
from tests.deliberation.stage import TEXT, body_of, proposed
from tests.web.api.test_api import problem, token
from tests.world import NOON, World

DEARER = replace(TEXT, cost="二十万元，各家分摊。")


@pytest.fixture
async def matter(town: World) -> Matter:
    body, _ = await body_of(town)
    made = await proposed(body, town.lan)
    await seconding.endorse(made.id, by=town.qiang, at=NOON)
    await drafting.revise(made.id, DEARER, by=town.lan, at=NOON)
    return await Matter.get(id=made.id)


async def test_versions_and_what_changed_are_open_data(client: httpx2.AsyncClient, matter: Matter) -> None:
    root = f"/api/v1/matters/{matter.id}/versions"
    listed = (await client.get(root)).json()
    assert [(each["number"], each["change"], each["signs"]) for each in listed["items"]] == [
        (2, "meaning", ["cost"]),
        (1, None, []),
    ]
    assert (listed["meaning_since"], listed["unconfirmed"], bool(listed["confirm_by"])) == (2, 1, True)
    changed = (await client.get(f"{root}/2")).json()
    assert (changed["against"], changed["lines"]["title"]) == (1, [{"mark": "same", "words": TEXT.title}])
    assert {run["mark"] for run in changed["lines"]["cost"]} >= {"removed", "added"}
    assert (await client.get(f"{root}/1", params={"against": 2})).json()["against"] == 2
    problem(await client.get(f"{root}/7"), 404)
    problem(await client.get(f"{root}/2", params={"against": "one"}), 422)


async def test_confirming_and_taking_back_with_a_token(client: httpx2.AsyncClient, town: World, matter: Matter) -> None:
    mine, root = await token(town.qiang, Scope.MATTERS_ENDORSE), f"/api/v1/matters/{matter.id}"
    problem(await client.post(f"{root}/confirmations", json={"version": 1}, headers=mine), 409)
    done = await client.post(f"{root}/confirmations", json={"version": 2}, headers=mine)
    assert (done.status_code, done.json()["seconded"]) == (201, 2)
    problem(await client.post(f"{root}/confirmations", json={}, headers=mine), 422)
    gone = await client.post(f"{root}/retractions", headers=mine)
    assert (gone.status_code, gone.json()["seconded"]) == (201, 1)
    problem(await client.post(f"{root}/endorsements", json={"version": 1}, headers=mine), 409)
    problem(await client.post(f"{root}/amendments", json={}, headers=mine), 403)


async def test_amendments_are_open_data_and_proposed_with_a_token(
    client: httpx2.AsyncClient, town: World, matter: Matter
) -> None:
    mine, root = await token(town.qiang, Scope.MATTERS_AMEND), f"/api/v1/matters/{matter.id}/amendments"
    given = {"part": "p1", "version": 2, "words": "写清楚的一段。", "reason": "原来不清楚。"}
    problem(await client.post(root, json={**given, "version": 1}, headers=mine), 409)
    problem(await client.post(root, json={**given, "part": "p77"}, headers=mine), 422)
    problem(await client.post(root, json=given), 401)
    made = await client.post(root, json=given, headers=mine)
    assert (made.status_code, made.json()["state"]) == (201, "open")
    listed = await client.get(root)
    assert [each["code"] for each in listed.json()["items"]] == [made.json()["code"]]
    assert town.qiang.name not in listed.text
