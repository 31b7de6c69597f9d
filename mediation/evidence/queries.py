"""Reading the evidence of a case. Every read starts from a person and gives them what the matrix gives their seats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Hidden
from community.people.models import Person
from mediation.case.access import PARTIES, Seat, Thing, may_read
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.evidence.keeping import clear
from mediation.evidence.models import Evidence, EvidenceFile, EvidenceView, OriginalWish
from mediation.evidence.rules import BROUGHT, OFFICE, OPEN, Deed, Sharing, Sight, has_original, may_open, sight
from mediation.privacy.models import GlassPermit
from mediation.privacy.rules import can_ask

NO_ITEM: Final = "没有找到这份证据。请从案件的证据页进入，或者换一个账号登录。"


@dataclass(frozen=True, slots=True)
class Desk:
    """A case before one reader: their seats, the parties for whom they act, and whether they read by a permit."""

    case: Case
    seats: frozenset[Seat]
    stands_for: tuple[int, ...]
    permitted: bool = False

    @property
    def brings(self) -> bool:
        """Return whether they may bring evidence now: a side of its own, whoever mediates of theirs."""
        acts = bool(self.stands_for) or bool(self.seats & OFFICE)
        return acts and self.case.state in BROUGHT and may_read(self.seats, Thing.PRIVATE, self.case.state)

    def own(self, item: Evidence) -> bool:
        """Return whether a piece was brought by a side for which they act, or by whoever mediates, as they do."""
        if item.party_id is None:
            return bool(self.seats & OFFICE)
        return item.party_id in self.stands_for

    def may(self, deed: Deed, item: Evidence) -> bool:
        """Return whether they may do this to a piece of theirs now."""
        there = item.sharing is not Sharing.WITHDRAWN and (deed is Deed.WITHDRAW or item.sharing is Sharing.PRIVATE)
        return self.own(item) and there and self.case.state in OPEN[deed]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as somebody may see it; of a tombstone nothing is opened."""

    item: Evidence
    sight: Sight
    own: bool
    title: str = ""
    files: tuple[EvidenceFile, ...] = ()


async def desk_of(person: Person, code: str, *, at: datetime) -> Desk:
    """Return a case to whoever may open its evidence, or raise `Hidden`."""
    case, seats = await visible_case(person, code, at=at)
    permitted = not may_open(seats, case.state)
    if permitted and not await _opened(person, case, seats, at):
        raise Hidden(HIDDEN)
    mine = await stood_for(person, case.id, at=at) if seats & PARTIES else []
    return Desk(case, seats, tuple(mine), permitted=permitted)


async def _opened(person: Person, case: Case, seats: frozenset[Seat], at: datetime) -> bool:
    """Return whether two people opened for ``person`` what was shared, and the minutes run."""
    if Thing.SHARED not in can_ask(seats, case.state):
        return False
    given = GlassPermit.filter(case_id=case.id, thing=Thing.SHARED, asked_by_id=person.id, granted=True)
    return await given.filter(until__gt=at).exists()


async def pieces_of(desk: Desk) -> list[Piece]:
    """Return the evidence of a case as far as the reader sees it, in the order in which it was brought."""
    rows = await Evidence.filter(case_id=desk.case.id).order_by("n").select_related("party")
    seen = [each for each in (_piece(desk, row, ()) for row in rows) if each.sight is not Sight.NOTHING]
    files = await EvidenceFile.filter(item_id__in=[each.item.id for each in seen]).order_by("n") if seen else []
    return [_piece(desk, each.item, [file for file in files if file.item_id == each.item.id]) for each in seen]


async def piece_of(person: Person, code: str, item_code: str, *, at: datetime) -> tuple[Desk, Piece]:
    """Return one piece, or raise `Hidden`, the same whether it is absent or not for this reader."""
    desk = await desk_of(person, code, at=at)
    item = await Evidence.get_or_none(code=item_code, case_id=desk.case.id).select_related("party")
    if item is None or _sight(desk, item) is Sight.NOTHING:
        raise Hidden(NO_ITEM)
    return desk, _piece(desk, item, await EvidenceFile.filter(item_id=item.id).order_by("n"))


async def file_of(
    person: Person, code: str, item_code: str, file_code: str, *, at: datetime, original: bool
) -> tuple[Desk, Piece, EvidenceFile]:
    """Return a file to whoever may see it, or have it as it came, else raise `Hidden`."""
    desk, piece = await piece_of(person, code, item_code, at=at)
    file = next((each for each in piece.files if each.code == file_code), None)
    kept = has_original(desk.seats, desk.case.state, piece.sight, own=piece.own)
    if file is None or (original and not kept):
        raise Hidden(NO_ITEM)
    return desk, piece, file


async def views_of(item: Evidence) -> list[EvidenceView]:
    """Return who looked at a piece, the newest first; for whoever brought it."""
    return await EvidenceView.filter(item_id=item.id).order_by("-last_at", "-id").limit(100).select_related("person")


async def wishes_of(desk: Desk, piece: Piece, person: Person) -> list[OriginalWish]:
    """Return who asked to see the original: all to whoever brought it and whoever mediates, to others their own."""
    rows = OriginalWish.filter(item_id=piece.item.id).order_by("id").select_related("by")
    every = piece.own or bool(desk.seats & OFFICE)
    return await (rows if every else rows.filter(by_id=person.id))


async def parties_for(desk: Desk) -> list[Party]:
    """Return the parties for whom the reader may bring something."""
    return await Party.filter(id__in=desk.stands_for).order_by("side", "ordinal") if desk.stands_for else []


async def shared_list(case: Case) -> list[tuple[Evidence, Sequence[EvidenceFile]]]:
    """Return what was shown to everybody and not withdrawn, with its files; for a dossier or a package."""
    items = await Evidence.filter(case_id=case.id, sharing=Sharing.SHARED).order_by("n")
    files = await EvidenceFile.filter(item_id__in=[each.id for each in items]).order_by("n") if items else []
    return [(item, [file for file in files if file.item_id == item.id]) for item in items]


def _sight(desk: Desk, item: Evidence) -> Sight:
    given = {"own": desk.own(item), "ever_shared": item.shared_at is not None}
    return sight(item.sharing, desk.seats, desk.case.state, permitted=desk.permitted, **given)


def _piece(desk: Desk, item: Evidence, files: Iterable[EvidenceFile]) -> Piece:
    seen = _sight(desk, item)
    if seen is not Sight.WHOLE:
        return Piece(item, seen, own=False)
    return Piece(item, seen, desk.own(item), clear(desk.case, item, "title"), tuple(files))
