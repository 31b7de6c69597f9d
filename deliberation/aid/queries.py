"""Reading what was done with help about one matter: the office, the day and whether it still stands, never a name."""

from datetime import datetime
from typing import Final, NamedTuple

from community.helping.models import Errand
from community.helping.rules import Deed, Undone
from community.rights import Role
from deliberation.matter.models import Matter

MOST: Final = 200


class Helped(NamedTuple):
    """One deed as everybody may read it."""

    deed: Deed
    role: Role
    at: datetime
    undone: Undone | None


async def helped_with(matter: Matter) -> list[Helped]:
    """Return what was done with help about a matter, the newest first."""
    rows = Errand.filter(subject=f"matter-{matter.id}", done_at__isnull=False).select_related("authorisation")
    found = await rows.order_by("-done_at", "-id").limit(MOST)
    return [
        Helped(each.deed, each.authorisation.role, each.done_at or each.authorisation.at, each.undone) for each in found
    ]
