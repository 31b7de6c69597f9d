"""Reading records. Each starts from a person; what is not for them is not there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from mediation.case.access import Seat, Thing, may_read
from mediation.case.keys import opened_with
from mediation.case.models import Case, Party, Will
from mediation.case.moving import NOT_YOURS
from mediation.case.queries import HIDDEN, readable
from mediation.minutes.models import TalkHand, TalkMinutes
from mediation.minutes.rules import MOVES, WRITERS, Deed, HandKind, RecordStage, allowed, lacking, visible
from mediation.minutes.text import Words, about, sealed_words, words_of
from mediation.room.models import Message
from mediation.room.rules import LineKind, LineState, RoomKind

PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Record:
    """A record as one reader has it: its words, the names under it, what they may do, what is still lacking.

    ``owed`` are the parties (by sign) who have not spoken on every entry, with how many are left to each.
    """

    case: Case
    seats: frozenset[Seat]
    row: TalkMinutes
    words: Words
    hands: list[TalkHand]
    deeds: frozenset[Deed]
    parties: list[Party] = field(default_factory=list)
    owed: dict[str, int] = field(default_factory=dict)


async def records_of(person: Person, code: str, *, at: datetime) -> tuple[Case, frozenset[Seat], list[TalkMinutes]]:
    """Return the records of a case that are for ``person``, in order, or raise `Hidden`."""
    case, seats = await readable(person, code, Thing.MINUTES, at=at)
    rows = await TalkMinutes.filter(case_id=case.id).order_by("n").select_related("opened_by")
    return case, seats, [row for row in rows if visible(row.stage, seats, case.state)]


async def record_of(person: Person, code: str, record_code: str, *, at: datetime) -> Record:
    """Return one record, or raise `Hidden`, the same whether it is absent or not for ``person``."""
    case, seats = await readable(person, code, Thing.MINUTES, at=at)
    row = await TalkMinutes.get_or_none(code=record_code, case_id=case.id)
    if row is None or not visible(row.stage, seats, case.state):
        raise Hidden(HIDDEN)
    return await opened_record(case, seats, row)


async def opened_record(case: Case, seats: frozenset[Seat], row: TalkMinutes) -> Record:
    """Return a record whose reader was checked."""
    deeds = frozenset(deed for deed in Deed if allowed(deed, row.stage, seats, case.state))
    if row.stage is RecordStage.SEALED:
        return Record(case, seats, row, await sealed_words(case, row), [], deeds)
    words, parties = await words_of(case, row), await asked(case)
    hands = await TalkHand.filter(minutes_id=row.id).order_by("id").select_related("person")
    return Record(case, seats, row, words, hands, deeds, parties, owed(words, parties))


def why_dropped(found: Record) -> str:
    """Return why a record was given up; empty when it was not."""
    if found.row.stage is not RecordStage.DROPPED:
        return ""
    return opened_with(found.case, found.row.body, about=about(found.row, "dropped"))


async def asked(case: Case) -> list[Party]:
    """Return the parties who are asked about what was written: who takes part."""
    rows = Party.filter(case_id=case.id, left_at=None, will=Will.CONSENTED)
    return await rows.order_by("side", "ordinal")


def owed(words: Words, parties: Iterable[Party]) -> dict[str, int]:
    """Return how many entries each party has not spoken on; what cannot be read any more is not asked about."""
    entries = [each for each in words["entries"] if not each.get("gone")]
    said = {
        party.sign: [each["n"] for each in entries if any(mark["party"] == party.sign for mark in each["marks"])]
        for party in parties
    }
    return lacking([each["n"] for each in entries], said, [each["party"] for each in words["refusals"]])


async def held(
    person: Person, code: str, record_code: str, deed: Deed, *, at: datetime
) -> tuple[Case, frozenset[Seat], TalkMinutes]:
    """Return a record with its row held until the command ends, for a ``deed`` that ``person`` may do now.

    Raises:
        Hidden: there is no such record, or it is not for them.
        Forbidden: this is not theirs to do.
        MovedOn: it does not stand where this is done.
    """
    case, seats = await readable(person, code, Thing.MINUTES, at=at)
    await TalkMinutes.filter(code=record_code, case_id=case.id).update(n=F("n"))
    row = await TalkMinutes.get_or_none(code=record_code, case_id=case.id)
    if row is None or not visible(row.stage, seats, case.state):
        raise Hidden(HIDDEN)
    if not seats & MOVES[deed].seats:
        raise Forbidden(NOT_YOURS)
    if not allowed(deed, row.stage, seats, case.state):
        raise MovedOn("这份笔录已经往前走了一步，请刷新后再看。")
    return case, seats, row


def of_joint_talk(case: Case) -> QuerySet[Message]:
    """Return the lines that a record may hold: words said by all in one room, and nothing else there is.

    Every way by which a line reaches a record begins here.
    """
    return Message.filter(room__case_id=case.id, room__kind=RoomKind.JOINT, kind=LineKind.TEXT, state=LineState.LIVE)


async def to_choose(
    person: Person, code: str, record_code: str, *, before: int | None = None, at: datetime
) -> tuple[Record, list[Message]]:
    """Return the newest lines of the joint talk that whoever writes the record may choose from, oldest first."""
    found = await record_of(person, code, record_code, at=at)
    writes = found.seats & WRITERS
    if Deed.ADD not in found.deeds or not may_read(writes, Thing.JOINT, found.case.state):
        raise Hidden(HIDDEN)
    rows = of_joint_talk(found.case)
    rows = rows.filter(seq__lt=before) if before else rows
    newest = await rows.order_by("-seq").limit(PAGE).select_related("room", "author")
    return found, newest[::-1]


async def in_record(room_id: int, seq: int) -> bool:
    """Return whether a line stands in a record that was not given up."""
    holds = TalkMinutes.filter(entries__room_id=room_id, entries__seq=seq)
    return await holds.exclude(stage=RecordStage.DROPPED).exists()


async def countersigned(row: TalkMinutes, shown: str) -> bool:
    """Return whether whoever wrote the record set their name to just these words."""
    return await TalkHand.filter(minutes_id=row.id, kind=HandKind.RECORDER, sha256=shown).exists()
