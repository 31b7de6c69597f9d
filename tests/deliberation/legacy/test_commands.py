"""Bringing history in: all or nothing, twice changes nothing, and its pages can be read."""

import os
from pathlib import Path

import httpx2
import pytest

from community.people.models import Person
from community.places.sheet import read_sheet
from deliberation.body.commands import found
from deliberation.body.rules import BodyKind
from deliberation.debate.models import Comment
from deliberation.legacy.commands import bring
from deliberation.legacy.sheets import Bundle, heads, parse
from deliberation.matter.models import Matter
from tests.deliberation.legacy.test_sheets import COMMENTS, PROPOSALS
from tests.world import NOON, World

DATA = os.environ.get("HEYI_DATA")
SAMPLE = (PROPOSALS.encode(), COMMENTS.encode())


def files(kind: str) -> tuple[bytes, bytes]:
    """Return the two files of a data set: a small original of ours, or the real one."""
    if kind == "sample":
        return SAMPLE
    folder = Path(str(DATA)) / "decide_madrid"
    return (folder / "proposals.csv").read_bytes(), (folder / "comments.csv").read_bytes()


def bundle_of(kind: str) -> Bundle:
    proposals, comments = files(kind)
    return parse(read_sheet(proposals), read_sheet(comments))


async def brought(world: World, bundle: Bundle) -> dict[str, int]:
    body = await found(BodyKind.RESIDENTS_ASSEMBLY, world.community.id, "居民会议", by=world.clerk, at=NOON)
    return await bring(bundle, body.id, sha256="x", by=None, at=NOON, progress=lambda _n: None)


KINDS = ["sample", *(["real"] if DATA else [])]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_comment_arrives_in_two_levels(world: World, kind: str) -> None:
    bundle = bundle_of(kind)
    assert bundle.wrong == ()
    counts = await brought(world, bundle)
    assert counts == {"proposals": len(bundle.proposals), "comments": len(bundle.comments)}
    assert await Comment.all().count() == len(bundle.comments)
    first = sum(head is None for head in heads(bundle.comments).values())
    assert await Comment.filter(parent_id=None).count() == first
    assert await Comment.filter(parent__parent_id__isnull=False).count() == 0


@pytest.mark.parametrize("kind", KINDS)
async def test_their_pages_open(client: httpx2.AsyncClient, town: World, kind: str) -> None:
    await brought(town, bundle_of(kind))
    for matter in await Matter.all():
        page = await client.get(f"/matters/{matter.id}")
        assert page.status_code == 200
        assert len(page.content) < 400_000


async def test_a_second_time_changes_nothing(world: World) -> None:
    bundle = bundle_of("sample")
    await brought(world, bundle)
    body_id = (await Matter.first().prefetch_related("body")).body_id  # type: ignore[union-attr]
    again = await bring(bundle, body_id, sha256="x", by=None, at=NOON.replace(hour=5), progress=lambda _n: None)
    assert again["comments"] == 0
    assert await Matter.all().count() == 1


async def test_old_writers_have_no_way_in(world: World) -> None:
    await brought(world, bundle_of("sample"))
    old = await Person.filter(email__endswith="@invalid")
    assert old
    assert all(person.closed_at and not person.password_hash for person in old)
