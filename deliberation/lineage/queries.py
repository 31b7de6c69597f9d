"""Reading how matters hang together; a link shows when both its ends are public or the reader's own."""

from tortoise.expressions import Q

from community.errors import Hidden, Unfit
from community.people.models import Person
from deliberation.lineage.models import MatterLink
from deliberation.lineage.rules import reaches
from deliberation.matter.models import Matter


async def links_of(person: Person | None, matter: Matter) -> list[MatterLink]:
    """Return the links of a matter in both directions, undone ones included, the first first."""
    rows = MatterLink.filter(Q(one_id=matter.id) | Q(other_id=matter.id)).select_related("one", "other")
    own = person.id if person else 0
    return [each for each in await rows.order_by("id") if all(_seen(end, own) for end in (each.one, each.other))]


def _seen(matter: Matter, own: int) -> bool:
    return matter.public_at is not None or matter.author_id == own


async def link_of(matter: Matter, link_id: int) -> MatterLink:
    """Return one link of a matter that holds, or raise `Hidden`."""
    mine = MatterLink.filter(Q(one_id=matter.id) | Q(other_id=matter.id), id=link_id, undone_at=None)
    found = await mine.select_related("one", "other").first()
    if found is None:
        raise Hidden("没有这条关联，或者已经撤销了。")
    return found


async def require_no_circle(one: Matter, other: Matter) -> None:
    """Raise `Unfit` when a link from ``one`` to ``other`` would lead back to where it began."""
    ways: dict[int, list[int]] = {}
    pairs = MatterLink.filter(community_id=one.community_id, undone_at=None).values_list("one_id", "other_id")
    for start, end in await pairs:
        ways.setdefault(int(start), []).append(int(end))
    if reaches(ways, other.id, one.id):
        raise Unfit("这样会绕成一个圈：那一件已经连着这一件。请选别的。", field="other")
