"""No page asks more than `MOST` questions or sends more than `WIRE` bytes, however long its lists."""

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Notice
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.states import State
from tests.asked import asked
from tests.scene import EVENING, Scene, play
from tests.web.crawl import client_of
from tests.web.test_doors import doors, things_of

MOST = 12
WIRE = 60_000  # bytes of a page as it goes over the line
LONG = 60  # rows that each list gets more
READERS = ("visitor", "lan", "clerk", "moderator", "mediator", "admin")


@pytest.fixture
async def scene(app: Starlette) -> Scene:
    """Give a neighbourhood in the middle of things, with long lists."""
    scene = await play(app)
    await _matters(scene)
    await _talk(scene)
    people = [scene.world.lan, scene.world.clerk, scene.world.mediator]
    rows = [
        Notice(person=each, topic="matter", sentence="有新消息。", url="/", at=EVENING)
        for each in people
        for _ in range(LONG)
    ]
    await Notice.bulk_create(rows)
    return scene


async def _matters(scene: Scene) -> None:
    model = scene.matters["voting"]
    text = await MatterVersion.filter(matter_id=model.id).order_by("-number").first()
    states = [State.ENDORSING, State.SCREENING, State.PARTY_STUDY, State.DELIBERATING, State.CLOSED]
    for n in range(LONG):
        values = {name: getattr(model, name) for name in model._meta.db_fields if name != "id"}
        matter = await Matter.create(**{**values, "state": states[n % len(states)], "version": 1})
        words = {name: getattr(text, name) for name in text._meta.db_fields if name != "id"}  # type: ignore[union-attr]
        await MatterVersion.create(**{**words, "matter_id": matter.id, "number": 1})


async def _talk(scene: Scene) -> None:
    people = scene.world.residents
    for matter in (scene.matters["voting"], scene.matters["endorsing"]):
        heads = [_said(matter, people[n % 4].id, None) for n in range(LONG)]
        await Comment.bulk_create(heads)
        first = await Comment.filter(matter_id=matter.id, parent_id=None)
        await Comment.bulk_create([_said(matter, people[0].id, head.id) for head in first])


def _said(matter: Matter, author_id: int, parent_id: int | None) -> Comment:
    return Comment(
        community_id=matter.community_id,
        matter_id=matter.id,
        author_id=author_id,
        parent_id=parent_id,
        position=Position.MORE,
        words="说一句。",
        at=EVENING,
    )


async def test_no_page_asks_more_than_a_dozen_questions(app: Starlette, scene: Scene) -> None:
    things = await things_of(scene)
    cases = [f"/cases/{scene.cases[name].code}" for name in sorted(scene.cases)]
    pages = [door.at(things) for door in doors(app.routes) if door.method == "GET"]
    wrong: list[str] = []
    for role in READERS:
        async with await client_of(app, None if role == "visitor" else getattr(scene.world, role)) as client:
            found = [await _opened(client, place) for place in dict.fromkeys([*pages, *cases])]
        assert sum(status == 200 for _, status, _, _ in found) > 15
        wrong += [_told(role, *each[:3]) for each in found if len(each[2]) > MOST]
        wrong += [f"{role} {place} sends {size} bytes" for place, _, _, size in found if size > WIRE]
    assert not wrong, f"{len(wrong)} pages ask too much\n" + "\n".join(wrong)


async def _opened(client: httpx2.AsyncClient, place: str) -> tuple[str, int, list[str], int]:
    with asked() as seen:
        answer = await client.get(place)
    html = answer.headers.get("content-type", "").startswith("text/html")
    return place, answer.status_code, seen, int(answer.headers.get("content-length", 0)) if html else 0


def _told(role: str, place: str, status: int, seen: list[str]) -> str:
    lines = [f"{n}. {' '.join(query.split())}"[:300] for n, query in enumerate(seen, 1)]
    return "\n    ".join([f"{role} {place} ({status}) asks {len(seen)} questions:", *lines])
