"""Reading the versions of a text and what was proposed to change in it."""

from collections.abc import Sequence
from typing import Final

from community.errors import Hidden
from deliberation.matter.models import Amendment, Matter, MatterVersion

PAGE: Final = 20


async def version_of(matter: Matter, number: int) -> MatterVersion:
    """Return one version, or raise `Hidden` when there is none of that number."""
    found = await MatterVersion.get_or_none(matter_id=matter.id, number=number)
    if found is None:
        raise Hidden("没有这一版文字。")
    return found


async def pair(matter: Matter, number: int, against: int | None = None) -> tuple[MatterVersion | None, MatterVersion]:
    """Return a version and the one to hold it against: the one before it unless told; None before the first."""
    new, other = await version_of(matter, number), number - 1 if against is None else against
    return (await version_of(matter, other) if other else None), new


async def amendments(matter: Matter, *, before: int | None = None) -> tuple[Sequence[Amendment], int | None]:
    """Return a page of amendments, newest first, and the key of the next page when there is more."""
    rows = Amendment.filter(matter_id=matter.id, **({"id__lt": before} if before else {}))
    found = await rows.select_related("by").order_by("-id").limit(PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
