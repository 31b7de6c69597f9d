"""The data under load: 10,000 public matters, one with 200 comments, an open ballot, a room with many in it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bench.drill.stage import Speaker, Voter
from community.people.models import Person, Session
from deliberation.body.models import Body, RollVoice
from deliberation.debate.models import Comment
from deliberation.debate.rules import Position
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.states import State
from mediation.case.keys import lock_party
from mediation.case.models import Case, Party, Side, Will
from mediation.room.models import RoomMember, RoomSeen
from mediation.room.rules import Chair
from tests.deliberation.stage import TEXT, VOTING, Settled, body_of, opened, settle
from tests.mediation.making import made_case, made_rooms
from tests.world import FOREVER, NOON, World, build
from web.person import token_hash

MATTERS: Final = 10_000
FIRST: Final = 20_000  # numbers that stand nowhere else on a page
HEADS, ANSWERS = 20, 9  # comments that open a thread, and answers to each: 200
BATCH: Final = 500
SURNAMES: Final = "欧邓覃阮"


@dataclass(frozen=True)
class Stage:
    """Whom and what the load asks for."""

    matter: int
    community: int
    reader: str
    voters: list[Voter]
    speakers: list[Speaker]


async def furnish(voters: int, sockets: int) -> Stage:
    """Fill the open database."""
    world = await build()
    people = await settle(world, max(voters, sockets, 60))
    await _sessions([each.person for each in people])
    body, roll = await body_of(world)
    ballot = await opened(world, body, roll, [each.person for each in people[:200]])
    heads = {row.resident_id: row.head_id for row in await RollVoice.filter(roll_id=ballot.roll_id)}
    await _matters(world, body, people[0].person)
    matter = FIRST + MATTERS - 1
    await _comments(world, matter)
    able = [Voter(_cookie(each.person), ballot.id, heads[each.resident.id]) for each in people[:voters]]
    return Stage(matter, world.community.id, _cookie(world.lan), able, await _room(world, people[:sockets]))


def _cookie(person: Person) -> str:
    return f"heyi=token-of-{person.id}"


async def _sessions(people: Sequence[Person]) -> None:
    rows = [
        Session(
            person=each,
            token_hash=token_hash(f"token-of-{each.id}"),
            began_at=NOON,
            seen_at=VOTING,
            strong_at=NOON,
            expires_at=FOREVER,
        )
        for each in people
    ]
    await Session.bulk_create(rows, batch_size=BATCH)


async def _matters(world: World, body: Body, author: Person) -> None:
    await _sessions([world.lan])
    rows = [
        Matter(
            id=FIRST + n,
            community_id=world.community.id,
            body=body,
            author=author,
            title=f"第{FIRST + n}次说的充电棚",
            state=State.DELIBERATING if n == MATTERS - 1 else State.ENDORSING,
            state_since=VOTING,
            threshold=400_000,
            seconded=300_000 + n,
            drafted_at=NOON,
            public_at=NOON,
        )
        for n in range(MATTERS)
    ]
    await Matter.bulk_create(rows, batch_size=BATCH)
    texts = [
        MatterVersion(
            matter_id=each.id,
            number=1,
            title=each.title,
            what=TEXT.what,
            cost=TEXT.cost,
            who=TEXT.who,
            body=TEXT.body,
            hash=hashlib.sha256(each.title.encode()).hexdigest(),
            written_by=author,
            written_at=NOON,
        )
        for each in rows
    ]
    await MatterVersion.bulk_create(texts, batch_size=BATCH)


async def _comments(world: World, matter: int) -> None:
    """Say it in threads, so that the page shows all of it at once."""
    authors = [
        await Person.create(name=f"{name}某", email=f"s{n}@example.org", joined_at=NOON)
        for n, name in enumerate(SURNAMES)
    ]
    heads = [FIRST + n for n in range(HEADS)]
    parents = [None] * HEADS + [head for head in heads for _ in range(ANSWERS)]
    rows = [
        Comment(
            id=FIRST + n,
            community_id=world.community.id,
            matter_id=matter,
            parent_id=parent,
            author=authors[n % len(authors)],
            position=Position.MORE,
            words=f"我看过图纸，第 {FIRST + n} 号意见：车位不够，夜里要有灯，电费要贴在门口，老人上下坡要有扶手。",
            at=NOON,
        )
        for n, parent in enumerate(parents)
    ]
    await Comment.bulk_create(rows, batch_size=BATCH)


async def _room(world: World, people: Sequence[Settled]) -> list[Speaker]:
    """Let everybody into the joint room of one case, as its parties."""
    case = await made_case(replace(world, lan=people[0].person, qiang=people[1].person))
    room = (await made_rooms(case, world.mediator))["joint"]
    others = [each.person for each in people[2:]]
    await Party.bulk_create([_party(case, each, n) for n, each in enumerate(others, 1)], batch_size=BATCH)
    seats = [RoomMember(room=room, person=each, chair=Chair.PARTY, since=NOON) for each in others]
    await RoomMember.bulk_create(seats, batch_size=BATCH)
    await RoomSeen.bulk_create([RoomSeen(room=room, person=each) for each in others], batch_size=BATCH)
    path = f"/cases/{case.code}/rooms/{room.code}/live"
    return [Speaker(_cookie(each.person), each.person.id, path, room.id) for each in people]


def _party(case: Case, person: Person, ordinal: int) -> Party:
    party = Party(case=case, side=Side.THIRD, ordinal=ordinal, person=person, will=Will.CONSENTED)
    for column, text in (("name", person.name), ("phone", ""), ("email", person.email)):
        lock_party(party, column, text)
    return party
