"""A full neighbourhood on a telephone: thousands of matters, and a talk that was really had elsewhere."""

import hashlib
import os
import re

import httpx2
import pytest

from deliberation.body.models import Body
from deliberation.debate.models import Comment
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.states import State
from tests.browser.axe import violations
from tests.browser.people import House, sideways, stretch
from tests.browser.steps.windows import follow
from tests.deliberation.legacy.test_commands import brought, bundle_of
from tests.deliberation.stage import TEXT
from tests.world import NOON, World

MANY = 5000
WEIGHT = 60 * 1024  # bytes over the wire
KIND = "real" if os.environ.get("HEYI_DATA") else "sample"
pytestmark = pytest.mark.browser


async def crowd(world: World, body: Body) -> None:
    """Propose thousands of things."""
    states = (State.ENDORSING, State.DELIBERATING, State.SCREENING, State.EFFECTIVE)
    first = (await Matter.all().order_by("-id").first()).id + 1  # type: ignore[union-attr]
    rows = [
        Matter(
            id=first + n,
            community_id=world.community.id,
            body=body,
            author=world.lan,
            title=f"{n % 60 + 1}号楼第{n}件：修一修楼道的灯和门",
            state=states[n % len(states)],
            state_since=NOON,
            threshold=5,
            seconded=n % 5,
            drafted_at=NOON,
            public_at=NOON,
        )
        for n in range(MANY)
    ]
    await Matter.bulk_create(rows, batch_size=400)
    texts = [
        MatterVersion(
            matter_id=row.id,
            number=1,
            title=row.title,
            what=TEXT.what,
            cost=TEXT.cost,
            who=TEXT.who,
            body=TEXT.body,
            hash=hashlib.sha256(row.title.encode()).hexdigest(),
            written_by=world.lan,
            written_at=NOON,
        )
        for row in rows
    ]
    await MatterVersion.bulk_create(texts, batch_size=400)


async def busiest() -> tuple[int, int]:
    """Return the matter most talked about, and how many comments it has."""
    counts: dict[int, int] = {}
    for number in await Comment.all().values_list("matter_id", flat=True):
        counts[int(str(number))] = counts.get(int(str(number)), 0) + 1
    return max(counts.items(), key=lambda pair: pair[1])


async def test_thousands_of_matters_and_a_long_talk_are_browsed_on_a_telephone(house: House, town: World) -> None:
    await brought(town, bundle_of(KIND))
    await crowd(town, await Body.get(community_id=town.community.id))
    number, said = await busiest()
    lan = await house.window(town.lan)
    await lan.goto("/matters")
    seen = set[str]()
    for _ in range(3):
        rows = await lan.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        found = {row for row in rows if re.fullmatch(r"/matters/\d+", row)}
        assert not seen & found, "a page of the list shows what the page before it showed"
        seen |= found
        async with lan.expect_navigation():
            await lan.locator("a[href*='before=']").last.click()
    assert len(seen) > 100
    assert await sideways(lan) <= 0
    await lan.goto(f"/matters/{number}")
    await stretch(lan, "phone")
    assert await violations(lan) == []
    await follow(lan, "大家怎么说")
    talk = list[str]()
    while True:
        talk += await lan.locator(".cmt[id]").evaluate_all("all => all.map(e => e.id)")
        further = lan.locator("a[href*='before=']")
        if not await further.count():
            break
        async with lan.expect_navigation():
            await further.last.click()
    assert len(set(talk)) == len(talk) > min(said, 30) // 2
    async with httpx2.AsyncClient(base_url=house.url, headers={"accept-encoding": "gzip"}) as anybody:
        for path in ("/matters", f"/matters/{number}", f"/matters/{number}/comments", "/", "/open", "/search?q=楼道"):
            async with anybody.stream("GET", path) as answer:
                sent = sum([len(part) async for part in answer.aiter_raw()])
            assert (answer.status_code, sent <= WEIGHT) == (200, True), f"{path}: {sent} bytes"
