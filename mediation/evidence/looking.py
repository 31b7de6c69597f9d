"""Who looked at a piece of evidence: seen by whoever brought it. The first time of a day stands in the record too."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from community.calendar.rules import local_day
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from mediation.case.access import PARTIES, Seat
from mediation.evidence.models import Evidence, EvidenceFile, EvidenceView
from mediation.evidence.queries import Desk, Piece, file_of
from mediation.evidence.rules import How
from mediation.privacy.rules import GAP, PURPOSES

_ORDER: Final = (*PURPOSES, *sorted(PARTIES))


def seat_of(seats: Iterable[Seat]) -> Seat:
    """Return in which of their seats somebody looks: their office, else their part."""
    held = frozenset(seats)
    return next((each for each in _ORDER if each in held), next(iter(held)))


async def look(desk: Desk, piece: Piece, *, by: Person, at: datetime) -> None:
    """Note that ``by`` has a piece of somebody else's open; readings near to each other are one."""
    if piece.own:
        return
    row: dict[str, Any] = {"item_id": piece.item.id, "person_id": by.id, "how": How.SHOWN, "day": local_day(at)}
    known = await EvidenceView.get_or_none(**row)
    if known is None:
        await _first(desk, piece.item, by=by, at=at)
    elif at - known.last_at >= GAP:
        await _again(known.id, at=at)


@bookkeeping
async def _again(view_id: int, *, at: datetime) -> None:
    await EvidenceView.filter(id=view_id, last_at__lt=at).update(last_at=at)


@command
async def _first(desk: Desk, item: Evidence, *, by: Person, at: datetime) -> None:
    await _put_down(desk, item, How.SHOWN, by=by, at=at)
    facts: dict[str, Any] = {"item": item.code, "seat": seat_of(desk.seats)}
    await record("evidence.seen", desk.case.key, by=by, at=at, community_id=item.community_id, **facts)


@command
async def have_original(
    code: str, item_code: str, file_code: str, *, by: Person, at: datetime
) -> tuple[Desk, Piece, EvidenceFile]:
    """Give out a file as it came, to its own side or whoever mediates; each time stands in the record.

    Raises:
        Hidden: there is no such file, or its original is not for ``by``.
    """
    desk, piece, file = await file_of(by, code, item_code, file_code, at=at, original=True)
    if not piece.own:
        await _put_down(desk, piece.item, How.ORIGINAL, by=by, at=at)
    facts: dict[str, Any] = {"item": piece.item.code, "file": file.code, "sha256": file.sha256}
    await record("evidence.original", desk.case.key, by=by, at=at, community_id=piece.item.community_id, **facts)
    return desk, piece, file


async def _put_down(desk: Desk, item: Evidence, how: How, *, by: Person, at: datetime) -> None:
    seat, day = seat_of(desk.seats), local_day(at)
    row = EvidenceView(item_id=item.id, person_id=by.id, seat=seat, how=how, day=day, first_at=at, last_at=at)
    await EvidenceView.bulk_create([row], ignore_conflicts=True)
    await EvidenceView.filter(item_id=item.id, person_id=by.id, how=how, day=day, last_at__lt=at).update(last_at=at)
