"""What the pages show of evidence, cut to what this reader may see."""

from collections.abc import Iterable
from datetime import datetime

from community.people.models import Person
from mediation.case.access import PARTIES
from mediation.case.queries import name_for
from mediation.evidence.keeping import clear
from mediation.evidence.marking import mark_of
from mediation.evidence.models import Evidence, EvidenceView, OriginalWish
from mediation.evidence.queries import Desk, Piece, views_of, wishes_of
from mediation.evidence.rules import BROUGHT, OFFICE, Answer, Deed, Sharing, Sight, has_original
from mediation.privacy.rules import BY_NAME


def brought_by(desk: Desk, item: Evidence) -> str:
    """Return the name of the side that brought a piece as the reader may see it; empty for whoever mediates."""
    return name_for(desk.seats, desk.case, item.party) if item.party else ""


def rows_of(desk: Desk, pieces: Iterable[Piece]) -> list[dict[str, object]]:
    """Return the lines of the list."""
    return [{"piece": each, "who": brought_by(desk, each.item)} for each in pieces]


async def item_view(desk: Desk, piece: Piece, me: Person, at: datetime) -> dict[str, object]:
    """Return everything the page of one piece shows this person."""
    item, whole = piece.item, piece.sight is Sight.WHOLE
    wishes = await wishes_of(desk, piece, me) if whole else []
    waits = any(each.by_id == me.id and each.answer is Answer.ASKED for each in wishes)
    live = whole and item.sharing is not Sharing.WITHDRAWN and desk.case.state in BROUGHT
    return {
        "case": desk.case,
        "item": item,
        "piece": piece,
        "who": brought_by(desk, item),
        "told": {name: clear(desk.case, item, name) for name in ("source", "proves", "why")} if whole else {},
        "files": [(each, clear(desk.case, each, "name")) for each in piece.files],
        "original": has_original(desk.seats, desk.case.state, piece.sight, own=piece.own),
        "shares": desk.may(Deed.SHARE, item),
        "withdraws": desk.may(Deed.WITHDRAW, item),
        "views": [_view(desk, each) for each in await views_of(item)] if piece.own else [],
        "wishes": [(each, _wisher(each), clear(desk.case, each, "words")) for each in wishes],
        "asks": live and not piece.own and not waits,
        "reader": mark_of(desk.case, me),
        "at": at,
        "leads": bool(desk.seats & OFFICE),
    }


def _view(desk: Desk, row: EvidenceView) -> tuple[EvidenceView, str, str]:
    named = row.seat in BY_NAME or row.seat in PARTIES
    return row, row.person.name if named else "", mark_of(desk.case, row.person)


def _wisher(wish: OriginalWish) -> str:
    return wish.by.name if wish.seat in BY_NAME or wish.seat in PARTIES else ""
