"""The sheet of a matter read by SQL says what `queries` say of it, to everybody."""

from datetime import date

import pytest
from tortoise.models import Model

from community.errors import Hidden
from community.people.models import Person
from community.places.models import Place
from deliberation.debate.commands import comment
from deliberation.debate.queries import how_many
from deliberation.debate.rules import Position
from deliberation.matter import hosting, queries, screening, seconding
from deliberation.matter.models import Matter
from deliberation.matter.sheet_queries import Sheet, sheet
from tests.deliberation.stage import body_of, proposed, settle
from tests.world import NOON, World


def fields_of(row: Model | None) -> dict[str, object] | None:
    """Return what is stored of a row."""
    return {name: getattr(row, name) for name in sorted(row._meta.db_fields)} if row else None


async def plain(person: Person | None, matter_id: int) -> dict[str, object]:
    """Read with Tortoise what a sheet holds."""
    matter = await queries.find(person, matter_id)
    papers = await queries.papers(matter)
    place = await Place.get(id=matter.body.place_id)
    return {
        "matter": fields_of(matter),
        "body": fields_of(matter.body),
        "author": fields_of(matter.author),
        "text": fields_of(await queries.text_of(matter)),
        "mine": fields_of(await queries.endorsed_by(person, matter)),
        "screening": fields_of(papers["screening"]),  # type: ignore[arg-type]
        "study": fields_of(papers["study"]),  # type: ignore[arg-type]
        "sittings": [fields_of(each) for each in papers["sittings"]],  # type: ignore[attr-defined]
        "path": place.path,
        "comments": await how_many(matter),
    }


def told(found: Sheet) -> dict[str, object]:
    """Return the same of a sheet."""
    return {
        "matter": fields_of(found.matter),
        "body": fields_of(found.matter.body),
        "author": fields_of(found.matter.author),
        "text": fields_of(found.text),
        "mine": fields_of(found.mine),
        "screening": fields_of(found.screening),
        "study": fields_of(found.study),
        "sittings": [fields_of(each) for each in found.sittings],
        "path": found.path,
        "comments": found.comments,
    }


async def on_its_way(world: World) -> Matter:
    """Lead a matter as far as its second session."""
    settled = [each.person for each in await settle(world, 20)]
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    await comment(matter.id, Position.FOR, "早该做了。", by=world.xiu, at=NOON)
    for person in [world.qiang, world.xiu, *settled]:
        if (await Matter.get(id=matter.id)).state.value == "endorsing":
            await seconding.endorse(matter.id, by=person, at=NOON)
    return matter


async def test_it_says_the_same_to_everybody_at_every_step(world: World) -> None:
    readers = [None, world.lan, world.qiang, world.clerk, world.stranger]
    matter = await on_its_way(world)

    async def same() -> None:
        for person in readers:
            assert told(await sheet(person, matter.id)) == await plain(person, matter.id)

    await same()
    await screening.accept(matter.id, by=world.clerk, at=NOON)
    await same()
    day = date(2026, 5, 4)
    await screening.study(matter.id, day, "同意拿出来议。", by=world.moderator, at=NOON)
    await same()
    for n in range(2):
        await hosting.discuss(
            matter.id,
            held_on=day,
            attended=9 + n,
            minutes="大家都说了话。",
            consensus="",
            dissent="",
            by=world.clerk,
            at=NOON,
        )
    await same()
    assert len((await sheet(None, matter.id)).sittings) == 2


async def test_a_draft_is_there_for_its_author_alone(world: World) -> None:
    body, _ = await body_of(world)
    matter = await proposed(body, world.lan)
    await Matter.filter(id=matter.id).update(public_at=None)
    assert (await sheet(world.lan, matter.id)).matter.id == matter.id
    for person in (None, world.qiang, world.clerk):
        with pytest.raises(Hidden):
            await sheet(person, matter.id)
    with pytest.raises(Hidden):
        await sheet(world.lan, matter.id + 99)
