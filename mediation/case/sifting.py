"""Filters of a desk: each person keeps their own under names, and nobody else sees them."""

from dataclasses import dataclass
from typing import Final

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.record.reading import columns, made, rows
from community.record.transaction import bookkeeping
from mediation.register.models import DeskFilter

MOST: Final = 9
"""As many as there are keys."""
NAME_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class Sift:
    """What a desk lets through: a kind by its two digits, a state, a group; empty lets everything through."""

    kind: str = ""
    state: str = ""
    show: str = ""

    def lets(self, kind: str, state: str) -> bool:
        """Return whether a case of this kind in this state is shown.

        >>> Sift(kind="02").lets("0201", "mediating"), Sift(state="signing").lets("02", "mediating")
        (True, False)
        """
        return kind.startswith(self.kind) and self.state in {"", state}


async def filters_of(me: Person) -> list[DeskFilter]:
    """Return one's filters in the order in which they were kept."""
    return [made(DeskFilter, tuple(row)) for row in await rows(_KEPT.format(kept=columns(DeskFilter, "f")), me.id)]


_KEPT: Final = "SELECT {kept} FROM desk_filter f WHERE f.person_id = $1 ORDER BY f.id"


@bookkeeping
async def keep_filter(name: str, sift: Sift, *, opens: bool, by: Person) -> DeskFilter:
    """Keep a filter under a name; the same name is kept anew.

    Raises:
        Unfit: no name, or one too long, or there are `MOST` already.
    """
    told = name.strip()
    if not told or len(told) > NAME_MOST:
        raise Unfit("请给筛选起个名字，最多 {most} 个字。", field="name", most=NAME_MOST)
    others = DeskFilter.filter(person_id=by.id).exclude(name=told)
    if await others.count() >= MOST:
        raise Unfit("最多存 {most} 个筛选，请先删掉一个。", field="name", most=MOST)
    if opens:
        await DeskFilter.filter(person_id=by.id).update(opens=False)
    what = {"kind": sift.kind, "state": sift.state, "show": sift.show, "opens": opens}
    row, _ = await DeskFilter.update_or_create(what, person_id=by.id, name=told)
    return row


@bookkeeping
async def drop_filter(code: str, *, by: Person) -> None:
    """Forget a filter of one's own."""
    if not await DeskFilter.filter(code=code, person_id=by.id).delete():
        raise Hidden("没有找到这个筛选，请从工作台上选。")
