"""Reading the register, the sheets, the doors and the ways: who has not taken part, never how anybody voted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from tortoise.functions import Sum
from tortoise.queryset import QuerySet

from community.people.models import Person
from community.places.rules import by_number
from community.rights import Right, require
from deliberation.ballot.breakdown import Last
from deliberation.ballot.frozen import thaw
from deliberation.ballot.leak import CAST
from deliberation.ballot.models import Ballot, Channel, Paper, Vote
from deliberation.ballot.queries import Turnout, roles_around, turnout
from deliberation.ballot.shares import Basis, Part, Threshold
from deliberation.body.models import RollEntry, RollHead
from deliberation.body.queries import surnames
from deliberation.polling.models import DoorNote, DoorVote, Kiosk, ReturnedSheet, SheetCount, SheetReading
from deliberation.polling.rules import UNSETTLED, HelpState, SheetDeed, SheetState
from deliberation.polling.slips import heads_with_slip


@dataclass(slots=True)
class Building:
    """One building: how many heads, of what area (0.01 m²), and how many of them have not taken part."""

    name: str
    heads: int = 0
    area: int = 0
    missing: int = 0
    missing_area: int = 0
    printed: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """A head that has not taken part: its label, its area, its people by the first sign, what was last met there.

    ``unread``: it handed in a sheet that nobody can read, which is void until it votes anew.
    """

    head: RollHead
    names: list[str]
    note: DoorNote | None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Street:
    """The vote of every head, its building by head, and the heads with nothing but a sheet that cannot be read."""

    votes: Sequence[Vote]
    places: Mapping[int, str]
    unread: AbstractSet[int]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a line of the quorum still wants: the line, how much is there, and how much is missing."""

    threshold: Threshold
    short: int


@dataclass(slots=True)
class Register:
    """The sheets of a ballot: how many were printed, spoilt, handed back blank, cast, found invalid, still open."""

    counted: Mapping[SheetDeed, int]
    lines: list[SheetCount]
    states: Mapping[SheetState, int] = field(default_factory=dict)


async def _places(ballot: Ballot) -> dict[int, str]:
    """Return, by head, the building in which its first part is."""
    found: dict[int, str] = {}
    rows = RollEntry.filter(roll_id=ballot.roll_id).order_by("id")
    for head, name in await rows.values_list("head_id", "building"):
        found.setdefault(int(head), str(name))
    return found


async def street(ballot: Ballot) -> Street:
    """Return where everybody lives and who has not taken part."""
    votes = await Vote.filter(ballot_id=ballot.id).order_by("id")
    return Street(votes, await _places(ballot), await _unread(ballot))


async def buildings(ballot: Ballot, seen: Street | None = None) -> list[Building]:
    """Return the buildings of a ballot's roll by their numbers."""
    here = seen or await street(ballot)
    places, unread = here.places, here.unread
    having = await heads_with_slip(ballot)
    found: dict[str, Building] = {}
    for vote in here.votes:
        one = found.setdefault(places.get(vote.head_id, ""), Building(places.get(vote.head_id, "")))
        one.heads, one.area = one.heads + 1, one.area + vote.area
        one.printed += vote.head_id in having
        if not vote.papers or vote.head_id in unread:
            one.missing, one.missing_area = one.missing + 1, one.missing_area + vote.area
    return sorted(found.values(), key=lambda one: by_number(one.name))


async def doors(
    person: Person, ballot: Ballot, building: str, seen: Street | None = None, *, at: datetime
) -> list[Door]:
    """Return the doors of a building that have not taken part, to those who go there.

    Raises:
        Forbidden: ``person`` does not.
    """
    require(await roles_around(person, ballot, at=at), Right.BALLOT_CANVASS)
    here = seen or await street(ballot)
    silent = {vote.head_id for vote in here.votes if not vote.papers}
    wanted = [head for head in silent | here.unread if here.places.get(head, "") == building]
    heads = await RollHead.filter(id__in=wanted).order_by("id") if wanted else []
    names = await surnames(heads)
    notes = {note.head_id: note for note in await DoorNote.filter(ballot_id=ballot.id).order_by("id")}
    return [Door(head, names.get(head.id, []), notes.get(head.id), head.id in here.unread) for head in heads]


async def _unread(ballot: Ballot) -> set[int]:
    """Return the heads for which nothing came in but a sheet that cannot be read; they may still vote anew."""
    rows = Paper.filter(ballot_id=ballot.id, spoilt=True, vote__papers=1).values_list("vote__head_id", flat=True)
    return {int(str(head)) for head in await rows}


async def missing(ballot: Ballot) -> tuple[Turnout, list[Missing]]:
    """Return who took part, and what the quorum of the frozen rule still wants of it."""
    here = await turnout(ballot)
    parts = {Basis.HEADS: (here.heads, here.all_heads), Basis.AREA: (here.area, here.all_area)}
    lines = [line for line in thaw(ballot.rule_json).quorum if line.count is Part.TAKING_PART]
    return here, [Missing(line, line.missing(*parts[line.basis])) for line in lines]


async def register(ballot: Ballot) -> Register:
    """Return the register of sheets."""
    lines = await SheetCount.filter(ballot_id=ballot.id).order_by("-id").select_related("by")
    total = await SheetCount.filter(ballot_id=ballot.id).annotate(n=Sum("number")).group_by("deed").values("deed", "n")
    states = Counter([SheetState(str(s)) for s in await _sheets(ballot.id).values_list("state", flat=True)])
    return Register({SheetDeed(row["deed"]): int(row["n"]) for row in total}, lines, states)


def _sheets(ballot_id: int) -> QuerySet[ReturnedSheet]:
    return ReturnedSheet.filter(ballot_id=ballot_id)


async def sheets(ballot: Ballot, *, unsettled: bool = False) -> list[ReturnedSheet]:
    """Return the sheets that came back, those with something left to do first."""
    rows = await _sheets(ballot.id).select_related("slip__head").order_by("id")
    return [row for row in rows if not unsettled or row.state in UNSETTLED]


async def readings(sheet: ReturnedSheet) -> list[SheetReading]:
    """Return what the two who read a sheet saw on it."""
    return await SheetReading.filter(sheet_id=sheet.id).order_by("turn").limit(2)


async def kiosks(ballot: Ballot) -> list[Kiosk]:
    """Return the devices that are kiosks of a ballot now."""
    return await Kiosk.filter(ballot_id=ballot.id, ended_at=None).order_by("id")


async def to_witness(ballot: Ballot, person: Person) -> list[DoorVote]:
    """Return the votes taken down at doors that wait for a second pair of eyes other than the helper's."""
    rows = DoorVote.filter(ballot_id=ballot.id, state=HelpState.WAITING).exclude(helper_id=person.id)
    return await rows.select_related("head", "helper").order_by("id")


def by_way(last: Iterable[Last]) -> dict[Channel, int]:
    """Return how many heads spoke last by each way; nothing at all when one was used by fewer than `CAST`."""
    found = Counter(each.channel for each in last)
    small = any(number < CAST for number in found.values())
    return {} if small else {way: found[way] for way in Channel if found[way]}
