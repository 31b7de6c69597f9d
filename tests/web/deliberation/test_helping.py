"""The form at the door, the authorisation, its proof and the desk of calls, as people meet them."""

import io
from datetime import timedelta

import httpx2
import pytest
from PIL import Image
from starlette.applications import Starlette

from community.helping.models import Authorisation, Callback, Errand, HelpStop
from community.notice.models import Mail, Notice
from community.places.models import Resident
from deliberation.matter.models import Endorsement
from tests.deliberation.aid.cast import Door, at_the_door
from tests.world import World, sign_in
from web.clock import Clock
from web.courier import duties, once

TYPED = {
    "token": "a-token-of-this-form", "deeds": ["endorse", "comment"], "position": "for", "words": "早该装灯了。",
    "how": "signature", "place": "本人家中", "days": "0", "read_aloud": "on",
}  # fmt: skip


@pytest.fixture
async def door(town: World) -> Door:
    """Give a grid worker at a door."""
    return await at_the_door(town)


def photo() -> bytes:
    """Return a small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    return out.getvalue()


async def send(client: httpx2.AsyncClient, door: Door, **more: object) -> httpx2.Response:
    """Send the form with a photograph."""
    fields = {**TYPED, "resident": door.granny.code, **more}
    file = {"proof": ("签字.jpg", photo(), "image/jpeg")}
    return await client.post(f"/matters/{door.matter.id}/helping", data=fields, files=file)


async def test_a_grid_worker_finds_the_resident_and_the_form_counts_once(
    client: httpx2.AsyncClient, door: Door
) -> None:
    client.cookies.update(await sign_in(door.worker))
    page = f"/matters/{door.matter.id}"
    assert f"{page}/helping/new" in (await client.get(page)).text
    assert door.granny.code in (await client.get(f"{page}/helping/new?who=王奶奶")).text
    assert "正在替 王奶奶" in (await client.get(f"{page}/helping/new?resident={door.granny.code}")).text
    first, again = await send(client, door), await send(client, door)
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    assert await Endorsement.filter(resident_id=door.granny.id).count() == 1
    shown = (await client.get(page)).text
    assert "网格员代办" in shown
    assert "王奶奶" not in shown
    assert "小陈" not in (await client.get(f"{page}/helping")).text


async def test_what_is_missing_is_said_and_nothing_typed_or_sent_is_lost(
    client: httpx2.AsyncClient, door: Door
) -> None:
    client.cookies.update(await sign_in(door.worker))
    wrong = await send(client, door, read_aloud="")
    assert (wrong.status_code, "请先把要办的事念给本人听" in wrong.text) == (422, True)
    assert "早该装灯了。" in wrong.text
    assert "凭证已经收到" in wrong.text
    kept = wrong.text.split('name="kept" value="')[1].split('"')[0]
    fields = {**TYPED, "resident": door.granny.code, "kept": kept}
    assert (await client.post(f"/matters/{door.matter.id}/helping", data=fields)).status_code == 303


async def test_others_find_no_way_to_help_or_to_look(client: httpx2.AsyncClient, town: World, door: Door) -> None:
    client.cookies.update(await sign_in(door.worker))
    where = (await send(client, door)).headers["location"]
    assert (await client.post(f"{where}/proof")).status_code == 404
    client.cookies.update(await sign_in(town.lan))
    assert "/helping/new" not in (await client.get(f"/matters/{door.matter.id}")).text
    assert (await client.get(f"/matters/{door.matter.id}/helping/new")).status_code == 403
    assert (await client.get(where)).status_code == 404
    client.cookies.update(await sign_in(town.supervisor))
    assert (await client.post(f"{where}/proof")).headers["content-type"] == "image/webp"


async def test_a_resident_with_an_account_is_told_at_once_and_takes_it_back(
    app: Starlette, client: httpx2.AsyncClient, town: World, door: Door, clock: Clock
) -> None:
    door.granny = await Resident.get(person_id=town.xiu.id)
    client.cookies.update(await sign_in(door.worker))
    await send(client, door, deeds=["endorse"])
    await once(duties(app), clock)
    notice = await Notice.get(person_id=town.xiu.id, sentence__contains="替您附议")
    assert await Mail.exists(to=town.xiu.email)
    client.cookies.update(await sign_in(town.xiu))
    assert "不是我的意思，撤回" in (await client.get(notice.url)).text
    errand = await Errand.get()
    await client.post(f"{notice.url}/errands/{errand.code}/undoing")
    assert "本人撤回了" in (await client.get(notice.url)).text


async def test_the_desk_of_calls_stops_and_lifts(
    app: Starlette, client: httpx2.AsyncClient, town: World, door: Door, clock: Clock
) -> None:
    client.cookies.update(await sign_in(door.worker))
    await send(client, door)
    clock.move(timedelta(days=7))
    await once(duties(app), clock)
    call = await Callback.all().first()
    assert call
    client.cookies.update(await sign_in(town.clerk))
    assert "王奶奶" in (await client.get("/desk/callbacks")).text
    page = f"/desk/callbacks/{call.code}"
    assert "请照着问" in (await client.get(page)).text
    assert (await client.post(page, data={"outcome": "untrue"})).status_code == 422
    assert (await client.post(page, data={"outcome": "untrue", "notes": "没有人来过。"})).status_code == 303
    client.cookies.update(await sign_in(town.supervisor))
    assert "停办的经办人" in (await client.get("/desk/callbacks")).text
    stop = await HelpStop.get()
    answer = await client.post(f"/desk/help-stops/{stop.code}", data={"why": "已经谈过话。"})
    assert answer.status_code == 303
    assert "少于 5 件" in (await client.get("/open/helping")).text
    assert (await client.get("/api/v1/helping")).json()["done"] is None
    assert await Authorisation.all().count() == 1
