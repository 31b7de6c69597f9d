"""Who may have which file."""

import json
from datetime import datetime

from community.errors import Hidden
from community.moderation.models import Hiding
from community.moderation.states import IN_EFFECT
from community.people.models import Person
from community.people.roles import roles_in_place
from community.rights import Right, may
from deliberation.archive.gathering import hideable
from deliberation.archive.models import Archive
from deliberation.archive.rules import Item
from deliberation.matter.models import Matter

KEEPERS = (Right.MATTER_SCREEN, Right.MATTER_SUPERVISE)


async def archive_of(matter: Matter) -> Archive:
    """Return the archived file of a matter, or raise `Hidden`."""
    found = await Archive.get_or_none(matter_id=matter.id).select_related("by")
    if found is None:
        raise Hidden("这件事还没有归档。")
    return found


async def open_to_all(found: Archive, matter: Matter) -> bool:
    """Return whether the file without names may go out: not while something in it has been put away since."""
    later = Hiding.filter(
        subject__in=await hideable(matter), effective_at__gt=found.built_at, state__in=list(IN_EFFECT)
    )
    return not await later.exists()


async def may_keep(person: Person | None, matter: Matter, *, at: datetime) -> bool:
    """Return whether ``person`` may have the file with names: the clerk, and those who oversee."""
    if person is None:
        return False
    roles = await roles_in_place(person, matter.body.place_id, at=at)
    return any(may(roles, right) for right in KEEPERS)


def left_out(archive: Archive) -> dict[Item, str]:
    """Return what was left out, and why."""
    return {Item(item): why for item, why in json.loads(archive.left_out).items()}


async def root_known(root: str) -> Archive | None:
    """Return the archive of which ``root`` is one of the hashes on record."""
    found = await Archive.filter(public_root=root).select_related("matter").first()
    found = found or await Archive.filter(full_root=root).select_related("matter").first()
    return found or await Archive.filter(earlier_roots__contains=f"{root}\n").select_related("matter").first()
