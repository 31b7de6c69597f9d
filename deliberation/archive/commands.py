"""归档 — the clerk closes the file: complete, or with a reason for each thing that is missing."""

from collections.abc import Mapping
from datetime import datetime

from community.errors import MovedOn
from community.people.models import Person
from community.record.outbox import canonical, record
from community.record.transaction import command
from deliberation.archive.building import Built, Packed
from deliberation.archive.complete import missing
from deliberation.archive.gathering import events_of
from deliberation.archive.models import Archive
from deliberation.archive.queries import archive_of, open_to_all
from deliberation.archive.rules import Item, check_left_out
from deliberation.matter.models import Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import MOVED_ON, Verb, step


@command
async def archive(matter_id: int, built: Built, left_out: Mapping[Item, str], *, by: Person, at: datetime) -> Archive:
    """Archive a closed matter with the packages built for it; both root hashes go into the record.

    Raises:
        Unfit: something is missing and nobody said why.
        MovedOn: it is not closed, or something happened since the packages were built.
    """
    matter = await closing(matter_id, by=by, at=at)
    lacking = await missing(matter)
    check_left_out(lacking, left_out)
    if len(await events_of(matter)) != built.events:
        raise MovedOn(MOVED_ON)
    reasons = {item.value: left_out[item].strip() for item in lacking}
    made = await Archive.create(
        community_id=matter.community_id,
        matter=matter,
        public_root=built.public.root,
        public_key=built.public.key,
        public_size=built.public.size,
        built_at=at,
        full_root=built.full.root,
        full_key=built.full.key,
        full_size=built.full.size,
        files=built.full.files,
        left_out=canonical(reasons),
        by=by,
        at=at,
    )
    facts = {"root": built.full.root, "public_root": built.public.root, "left_out": sorted(reasons)}
    await move(matter, Verb.ARCHIVE, by=by, at=at, **facts)
    return made


@command
async def reissue(matter_id: int, built: Packed, *, by: Person, at: datetime) -> Archive:
    """Put a file without names, made anew, in the place of the one from which words have been put away since.

    Raises:
        Forbidden: not the clerk of the place.
        MovedOn: nothing was put away, or somebody else was faster.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.CLERK, by=by, at=at)
    found = await archive_of(matter)
    if await open_to_all(found, matter):
        raise MovedOn("公开的卷宗里没有归档以后才收起的文字，不用重新做。")
    columns = {"public_root": built.root, "public_key": built.key, "public_size": built.size, "built_at": at}
    was = found.public_root
    earlier = f"{found.earlier_roots}{was}\n"
    if not await Archive.filter(id=found.id, public_root=was).update(**columns, earlier_roots=earlier):
        raise MovedOn(MOVED_ON)
    place = matter.community_id
    await record("archive.reissued", f"matter-{matter.id}", by=by, at=at, community_id=place, root=built.root, was=was)
    return await archive_of(matter)


async def closing(matter_id: int, *, by: Person, at: datetime) -> Matter:
    """Return the closed matter that ``by`` may archive.

    Raises:
        Forbidden: not the clerk of the place.
        MovedOn: it is not closed, or archived already.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.CLERK, by=by, at=at)
    step(State(matter.state), Verb.ARCHIVE)
    return matter
