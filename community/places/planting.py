"""Putting a tree of places into the store: what would change, and doing it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from community.errors import Forbidden, Unfit
from community.people.models import Person
from community.people.roles import everywhere, places_where
from community.places.columns import Wrong
from community.places.models import Place
from community.places.rules import PlaceKind
from community.places.tree import PlaceRow, Tree, in_order, misplaced
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right

BATCH: Final = 500
INNER: Final = frozenset({PlaceKind.COMMUNITY, PlaceKind.GRID, PlaceKind.BUILDING})

Progress = Callable[[int], None]


def silent(_done: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class TreePlan:
    """What a file of places would change."""

    fresh: tuple[PlaceRow, ...]
    renamed: tuple[tuple[Place, PlaceRow], ...]
    same: int
    wrong: tuple[Wrong, ...]

    @property
    def counts(self) -> dict[str, Any]:
        """Return how much would happen, by what it is."""
        return {"places_new": len(self.fresh), "places_renamed": len(self.renamed), "places_same": self.same}

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.fresh or self.renamed)


async def plan_tree(tree: Tree, *, by: Person | None, at: datetime) -> TreePlan:
    """Return what ``tree`` would change; ``by`` is ``None`` for the operator at the machine.

    Raises:
        Forbidden: ``by`` may not edit one of the places.
    """
    known = await _known({row.code for row in tree.rows} | {row.parent for row in tree.rows})
    fresh = [row for row in tree.rows if row.code not in known]
    kept = [(known[row.code], row) for row in tree.rows if row.code in known]
    renamed = [(place, row) for place, row in kept if (place.name, place.pinyin) != (row.name, _pinyin(place, row))]
    wrong = [*tree.wrong, *_misfits(fresh, known, tree), *_moved(kept, known)]
    await _allowed(fresh, renamed, known, by=by, at=at)
    return TreePlan(tuple(fresh), tuple(renamed), len(kept) - len(renamed), tuple(in_order(wrong)))


@command
async def plant(
    tree: Tree, *, sha256: str, by: Person | None, at: datetime, progress: Progress = silent
) -> dict[str, int]:
    """Put ``tree`` into the store, all of it or nothing, and return the counts.

    Raises:
        Unfit: something in it is wrong; plan it first and show what.
        Forbidden: ``by`` may not edit one of the places.
    """
    plan = await plan_tree(tree, by=by, at=at)
    if plan.wrong:
        raise Unfit("文件里有 {n} 处要改，这次什么都没有导入。", n=len(plan.wrong))
    for place, row in plan.renamed:
        await Place.filter(id=place.id).update(name=row.name, pinyin=_pinyin(place, row))
        progress(1)
    for _, level in groupby(plan.fresh, key=lambda row: row.kind):
        await _plant_level(list(level), progress)
    await record("places.imported", "places", by=by, at=at, sha256=sha256, **plan.counts)
    return plan.counts


async def _plant_level(rows: list[PlaceRow], progress: Progress) -> None:
    """Add places of one level; those around them are there already."""
    above = await _known({row.parent for row in rows})
    parents = {place.id: place for place in above.values()}
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        await Place.bulk_create([_place(row, above.get(row.parent)) for row in batch])
        added = list((await _known({row.code for row in batch})).values())
        for place in added:
            _root(place, parents.get(place.parent_id or 0))
        await Place.bulk_update(added, fields=["path", "community_id"])
        progress(len(batch))


def _place(row: PlaceRow, parent: Place | None) -> Place:
    return Place(
        kind=row.kind, name=row.name, code=row.code, parent_id=parent.id if parent else None, pinyin=row.pinyin
    )


def _root(place: Place, parent: Place | None) -> None:
    """Write the way from the top down to ``place``, and its community."""
    place.path = f"{parent.path if parent else '/'}{place.id}/"
    if place.kind is PlaceKind.COMMUNITY:
        place.community_id = place.id
    elif place.kind in INNER and parent:
        place.community_id = parent.community_id


async def _known(codes: Iterable[str]) -> dict[str, Place]:
    """Return the stored places among ``codes``."""
    wanted, found = sorted(codes), {}
    for start in range(0, len(wanted), BATCH):
        places = await Place.filter(code__in=wanted[start : start + BATCH])
        found.update({place.code: place for place in places})
    return found


def _pinyin(place: Place, row: PlaceRow) -> str:
    """Return the sound of a name; a file that says none leaves it, unless the name changed."""
    return row.pinyin or (place.pinyin if place.name == row.name else "")


def _misfits(fresh: list[PlaceRow], known: dict[str, Place], tree: Tree) -> list[Wrong]:
    """Return what is wrong with the places around new ones."""
    inside = {row.code for row in tree.rows}
    lost = [row for row in fresh if row.parent and row.parent not in inside and row.parent not in known]
    found = [
        Wrong(row.line, "上级编码", Unfit("没有编码为 {parent} 的上级，请先导入它，或者改编码。", parent=row.parent))
        for row in lost
    ]
    outside = [row for row in fresh if row.parent in known and row.parent not in inside]
    return found + [bad for row in outside if (bad := misplaced(row, known[row.parent].kind))]


def _moved(kept: list[tuple[Place, PlaceRow]], known: dict[str, Place]) -> list[Wrong]:
    """Return the places that a file would move or turn into something else, which would carry people along."""
    codes = {place.id: code for code, place in known.items()}
    found = []
    for place, row in kept:
        if place.kind is not row.kind:
            why = Unfit("编码 {code} 已经是另一级的“{name}”，请换一个编码。", code=row.code, name=place.name)
            found.append(Wrong(row.line, "编码", why))
        elif codes.get(place.parent_id or 0, "") != row.parent:
            why = Unfit("{name}现在在别的上级下面，导入不能搬动它，请改回原来的上级编码。", name=place.name)
            found.append(Wrong(row.line, "上级编码", why))
    return found


async def _allowed(
    fresh: list[PlaceRow],
    renamed: list[tuple[Place, PlaceRow]],
    known: dict[str, Place],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    if by is None or await everywhere(by, Right.PLACE_EDIT, at=at):
        return
    mine = set(await places_where(by, Right.PLACE_EDIT, at=at))
    tops = [known.get(row.parent) for row in fresh if not row.parent or row.parent in known]
    touched = [*tops, *(place for place, _ in renamed)]
    if not all(place and mine & set(place.ancestors) for place in touched):
        raise Forbidden("这份文件里有您管不到的地方。请只留下您那一片的，或者请系统管理员导入。")
