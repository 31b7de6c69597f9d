"""Addresses through their pages: named once, tried, paused, gone on with, ended; nobody else's are there."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.hooks.models import Hook, HookCall
from community.hooks.rules import CallStanding, may_hang, standing
from community.people.models import Person
from community.record.models import Event
from community.rights import GRANTS, STAFF, Right, Role
from tests.listening import receiver
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ({}, CallStanding.WAITING),
        ({"tries": 2, "status": 503}, CallStanding.AGAIN),
        ({"tries": 2, "paused": True}, CallStanding.HELD),
        ({"tries": 10, "due_at": None}, CallStanding.GIVEN_UP),
        ({"tries": 10, "due_at": None, "paused": True}, CallStanding.GIVEN_UP),
        ({"ended": True}, CallStanding.DROPPED),
        ({"done_at": NOON, "due_at": None, "status": 204}, CallStanding.TAKEN),
        ({"done_at": NOON, "due_at": None, "status": 204, "ended": True}, CallStanding.TAKEN),
        ({"done_at": NOON, "due_at": None, "status": 503}, CallStanding.DROPPED),
    ],
)
def test_where_a_call_stands(given: dict[str, object], stands: CallStanding) -> None:
    told = {"tries": 0, "status": 0, "due_at": NOON, "done_at": None, "paused": False, "ended": False, **given}
    assert standing(**told) is stands  # type: ignore[arg-type]


@pytest.mark.parametrize("role", list(Role))
def test_only_offices_that_use_programs_name_addresses(role: Role) -> None:
    assert may_hang([role]) is (role in STAFF and Right.API_TOKEN in GRANTS[role])


async def test_from_the_secret_to_the_end(
    client: httpx2.AsyncClient, town: World, app: Starlette, clock: Clock
) -> None:
    client.cookies.update(await sign_in(town.lan))
    assert "回调地址由单位里办事的人登记" in (await client.get("/me/hooks")).text
    assert "/me/hooks" not in (await client.get("/me/tokens")).text
    assert (await client.post("/me/hooks", data={"url": "https://hook.example.cn/"})).status_code == 403
    client.cookies.update(await sign_in(town.director))
    assert "/me/hooks" in (await client.get("/me/tokens")).text
    assert (await client.post("/me/hooks", data={"url": "https://10.0.0.8/"})).status_code == 422
    async with receiver([204, 503, 200]) as (url, came):
        made = await client.post("/me/hooks", data={"url": url})
        hook = await Hook.get()
        here = f"/me/hooks/{hook.code}"
        assert "whsec_" in made.text
        assert "whsec_" not in (await client.get("/me/hooks")).text + (await client.get(here)).text
        assert (await client.post(f"{here}/test")).status_code == 303
        assert "等着发" in (await client.get(here)).text
        assert (await client.post(f"{here}/test")).status_code == 429
        await once(duties(app), clock)
        assert "对方收到了" in (await client.get(here)).text
        clock.move(timedelta(minutes=2))
        assert (await client.post(f"{here}/test")).status_code == 303
        await once(duties(app), clock)
        shown = (await client.get(here)).text
        assert "没收到，会再发" in shown
        assert "503" in shown
        failed = await HookCall.get(status=503)
        assert (await client.post(f"{here}/pause")).status_code == 303
        clock.move(timedelta(hours=1))
        await once(duties(app), clock)
        assert "暂停着，恢复以后再发" in (await client.get(here)).text
        for deed in ("pause", "test", f"calls/{failed.code}/again"):
            assert (await client.post(f"{here}/{deed}")).status_code == 409
        assert (await client.post(f"{here}/resumption")).status_code == 303
        assert (await client.post(f"{here}/calls/{failed.code}/again")).status_code == 303
        await once(duties(app), clock)
        assert (await client.post(f"{here}/calls/{failed.code}/again")).status_code == 409
        assert len(came) == 3
    client.cookies.update(await sign_in(town.intake))
    for deed in ("", "/test", "/pause", "/resumption", "/ending", f"/calls/{failed.code}/again"):
        method = "POST" if deed else "GET"
        hidden = [await client.request(method, f"/me/hooks/{code}{deed}") for code in (hook.code, "nothing")]
        assert [each.status_code for each in hidden] == [404, 404]
        assert hidden[0].text.replace(hook.code, "") == hidden[1].text.replace("nothing", "")
    await Person.filter(id=town.director.id).update(lang="en")
    client.cookies.update(await sign_in(town.director))
    english = (await client.get(here)).text
    assert "Taken" in english
    assert (await client.post(f"{here}/ending")).status_code == 303
    assert (await client.get(here)).status_code == 404
    kinds = [each.kind for each in await Event.filter(kind__startswith="hook.").order_by("id")]
    told = "hung tested tested paused resumed sent-again unhung".split()  # noqa: SIM905
    assert kinds == [f"hook.{each}" for each in told]
