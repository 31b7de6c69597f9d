"""No page asks more than `MOST` questions or sends more than `WIRE` bytes, however long its lists."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Notice
from community.people.models import Holding
from community.rights import Role
from deliberation.ballot import announcing, casting, counting, queries
from deliberation.ballot.models import Ballot, Channel
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Basis, BodyKind, Effect
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.states import State
from deliberation.polling import entering, slips
from deliberation.polling.models import ReturnedSheet
from deliberation.polling.rules import SheetState
from deliberation.question.asking import YES_NO, Asked
from deliberation.question.rules import OPINIONS, Kind, Post, Side
from tests.asked import asked
from tests.deliberation.polling.stand import staff
from tests.deliberation.stage import AFTER, PLAN, VOTING, body_of, opened, tick
from tests.scene import EVENING, Scene
from tests.web.crawl import client_of
from tests.web.test_doors import doors, things_of
from tests.world import NOON, World

MOST = 12
WIRE = 60_000  # bytes of a page as it goes over the line
LONG = 60  # rows that each list gets more
READERS = ("visitor", "lan", "clerk", "moderator", "mediator", "admin")


@pytest.fixture
async def scene(played: Scene) -> Scene:
    """Give a neighbourhood in the middle of things, with long lists."""
    scene = played
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
        wrong += await _wrong(app, scene.world, role, [*pages, *cases], least=16)
    assert not wrong, f"{len(wrong)} pages ask too much\n" + "\n".join(wrong)


async def _wrong(app: Starlette, world: World, role: str, pages: Iterable[str], *, least: int) -> list[str]:
    """Open pages as one reader, at least so many of which are there, and return what is wrong with them."""
    async with await client_of(app, None if role == "visitor" else getattr(world, role)) as client:
        found = [await _opened(client, place) for place in dict.fromkeys(pages)]
    assert sum(status == 200 for _, status, _, _ in found) >= least, [each[:2] for each in found]
    wrong = [_told(role, *each[:3]) for each in found if len(each[2]) > MOST]
    return wrong + [f"{role} {place} sends {size} bytes" for place, _, _, size in found if size > WIRE]


async def _opened(client: httpx2.AsyncClient, place: str) -> tuple[str, int, list[str], int]:
    with asked() as seen:
        answer = await client.get(place)
    html = answer.headers.get("content-type", "").startswith("text/html")
    return place, answer.status_code, seen, int(answer.headers.get("content-length", 0)) if html else 0


def _told(role: str, place: str, status: int, seen: list[str]) -> str:
    lines = [f"{n}. {' '.join(query.split())}"[:300] for n, query in enumerate(seen, 1)]
    return "\n    ".join([f"{role} {place} ({status}) asks {len(seen)} questions:", *lines])


# Every kind of question, while it is open, while it is counted and when it is decided

AT_BALLOTS = ("visitor", "lan", "clerk", "supervisor")
NAMES = "甲｜住 1 号楼\n乙\n丙\n丁"
SAID: dict[Kind, Any] = {Kind.YES_NO: Choice.YES, Kind.SCORE: {"1": 5, "2": 3}, Kind.RANKED: {"1": 1, "2": 2}}


def _plan(kind: Kind) -> announcing.Plan:
    post = Post.RESIDENTS_COMMITTEE if kind is Kind.SEATS else None
    seats = 2 if kind is Kind.SEATS else 1
    if kind is Kind.YES_NO:
        return replace(PLAN, asked=YES_NO)
    asked_ = Asked(kind=kind, lines=NAMES, seats=seats, post=post)
    effect = Effect.ADVISORY if kind in OPINIONS else Effect.PREPARATORY
    return replace(PLAN, effect=effect, asked=asked_, sides=frozenset({Side.PARTY} if kind in OPINIONS else ()))


async def _running(world: World, kind: Kind) -> Ballot:
    """Open a ballot in which everybody but one voted, one of them twice."""
    for person in world.residents[:3]:
        await Holding.create(person=person, role=Role.PARTY_MEMBER, place=world.community, since=NOON)
    basis = Basis.HOUSEHOLDS if kind is Kind.SEATS else Basis.RESIDENTS
    body, roll = await body_of(world, BodyKind.RESIDENTS_ASSEMBLY, basis)
    ballot = await opened(world, body, roll, world.residents, _plan(kind))
    for person in [*world.residents[:3], world.lan]:
        for one in await queries.mine(person, ballot):
            await casting.cast(ballot.id, one.head_id, SAID.get(kind, {"1": 1}), by=person, at=VOTING)
    return ballot


async def _sheet(world: World, ballot: Ballot) -> int:
    """Let two people read one sheet differently."""
    one = (await slips.print_sheets(ballot.id, "1号楼", by=world.clerk, at=VOTING))[0]
    for person, said in ((world.clerk, SAID.get(ballot.kind, {"1": 1})), (world.supervisor, None)):
        read = entering.Read(code=one.code, choice=said, received_at=VOTING)
        await entering.enter(ballot.id, read, "a-token-of-mine", by=person, at=VOTING)
    return int((await ReturnedSheet.get(state=SheetState.DIFFERENT)).id)


def _pages(app: Starlette, ballot: Ballot, things: dict[str, str]) -> Iterator[str]:
    here = {**things, "ballots id": str(ballot.id)}
    every = [door for door in doors(app.routes) if door.method == "GET" and "/ballots/{id:int}" in door.path]
    yield from (door.at({**here, f"{door.path} id": str(ballot.id)}) for door in every)
    for at in ("doors/building?name=1号楼", "deliveries/building?building=1号楼", "mandates/counter?home=1号楼"):
        yield f"/ballots/{ballot.id}/{at}"
    yield f"/matters/{ballot.matter_id}"


@pytest.mark.parametrize("kind", list(Kind))
async def test_no_page_of_a_ballot_asks_more_whatever_it_asks_for(app: Starlette, town: World, kind: Kind) -> None:
    ballot = await _running(town, kind)
    lan = (await queries.mine(town.lan, ballot))[0]
    assert lan.paper
    sheet = await _sheet(town, ballot) if Channel.PAPER in ballot.ways else 0
    things = {"ballots head": str(lan.head_id), "ballots sheet": str(sheet), "ballots receipt": lan.paper.receipt}
    wrong = await _at(app, town, _pages(app, ballot, things), VOTING + timedelta(hours=1))
    await tick(AFTER)
    wrong += await _at(app, town, _pages(app, ballot, things), AFTER)
    if sheet:
        await entering.look_again(sheet, None, None, "原件看不清", by=await staff(town, "老孙", Role.CLERK), at=AFTER)
    assert await counting.tell(ballot.id, by=town.clerk, at=AFTER) is None
    assert await counting.tell(ballot.id, by=town.supervisor, at=AFTER)
    pages = [*_pages(app, ballot, things), f"/ballots/{ballot.id}/result?receipt={lan.paper.receipt}"]
    wrong += await _at(app, town, pages, AFTER)
    assert not wrong, f"{len(wrong)} pages ask too much\n" + "\n".join(wrong)


async def _at(app: Starlette, world: World, pages: Iterable[str], at: datetime) -> list[str]:
    app.state.clock.move(at - app.state.clock.now())
    every = list(pages)
    return [line for role in AT_BALLOTS for line in await _wrong(app, world, role, every, least=5)]
