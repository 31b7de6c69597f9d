"""Asking once for everything that an application lacks, and taking it in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.events import Event
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case
from mediation.case.moving import demand, move, permitted
from mediation.case.noting import fitting
from mediation.case.queries import visible_case
from mediation.intake.models import MissingItem

MOST: Final = 8
"""Things one notice may ask for."""


@command
async def need_supplement(code: str, items: Sequence[str], *, by: Person, at: datetime) -> Case:
    """Tell the applicant, once and completely, what is lacking (一次性告知).

    Raises:
        Unfit: nothing is named, too much is, or a list was sent before.
    """
    case, seats = await visible_case(by, code, at=at)
    told = [fitting(item, "items") for item in items if item.strip()]
    before = await MissingItem.filter(case_id=case.id).exists()
    demand(Event.NEED_SUPPLEMENT, "told_once", holds=bool(told) and not before, field="items")
    if len(told) > MOST:
        raise Unfit("一次最多列 {most} 项，请合并一些。", field="items", most=MOST)
    await move(case, Event.NEED_SUPPLEMENT, seats=seats, by=by, at=at, items=len(told))
    for n, what in enumerate(told, start=1):
        await MissingItem.create(case=case, n=n, what=_locked(case, n, "what", what), asked_at=at)
    return case


@command
async def supplement(code: str, given: Sequence[str], *, by: Person, at: datetime) -> Case:
    """Bring what was asked for, one answer for each thing; every one is needed."""
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.SUPPLEMENT, seats=seats, by=by)
    items = await MissingItem.filter(case_id=case.id).order_by("n")
    told = [fitting(words, f"give_{n}") for n, words in enumerate(given, start=1)][: len(items)]
    told += [""] * (len(items) - len(told))
    empty = next((item.n for item, words in zip(items, told, strict=True) if not words), 0)
    demand(Event.SUPPLEMENT, "list_complete", holds=not empty, field=f"give_{empty}")
    await move(case, Event.SUPPLEMENT, seats=seats, by=by, at=at, items=len(items))
    for item, words in zip(items, told, strict=True):
        await MissingItem.filter(id=item.id).update(given=_locked(case, item.n, "given", words), given_at=at)
    return case


async def missing_of(case: Case) -> list[tuple[int, str, str]]:
    """Return what was asked for and what was brought, as (number, what, given), opened."""
    items = await MissingItem.filter(case_id=case.id).order_by("n")
    return [(each.n, _opened(case, each, "what"), _opened(case, each, "given")) for each in items]


def _opened(case: Case, item: MissingItem, column: str) -> str:
    text: str = getattr(item, column)
    return opened_with(case, text, about=_about(case, item.n, column))


def _locked(case: Case, n: int, column: str, text: str) -> str:
    return lock_with(case, text, about=_about(case, n, column))


def _about(case: Case, n: int, column: str) -> str:
    return f"case|{case.code}|missing-{n}|{column}"
