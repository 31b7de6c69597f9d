"""Keeping a record: its head, chosen lines of the joint talk, typed statements, corrections; sending it round."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from json import dumps
from typing import Any

from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Thing, may_read
from mediation.case.keys import lock_with
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, readable
from mediation.minutes.models import TalkEntry, TalkMinutes
from mediation.minutes.queries import held, of_joint_talk
from mediation.minutes.rules import MOST, MOST_ENTRIES, MOST_HEAD, WRITERS, Deed, RecordStage, opens
from mediation.minutes.text import about, entry_about


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top: where, who was there (one a line), what about."""

    place: str
    present: str
    matter: str = ""

    def fit(self) -> None:
        """Raise `Unfit` when something is missing or too long."""
        for name, text in asdict(self).items():
            if len(text) > MOST_HEAD:
                raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field=name, n=len(text), most=MOST_HEAD)
        if not self.place.strip():
            raise Unfit("请写在哪里谈的，在网上谈的就写“网上”。", field="place")
        if not self.present.strip():
            raise Unfit("请写在场的人，一行写一位。", field="present")


@command
async def open_record(
    code: str, head: Head, *, held_at: datetime, rights_told: bool, by: Person, at: datetime
) -> TalkMinutes:
    """Begin the record of a meeting.

    Raises:
        Hidden: ``by`` does not keep the records of this case.
        Forbidden: its parties do not meet, so that there is nothing that all of them heard.
        Unfit: the head is not whole, or the meeting has not begun.
    """
    case, seats = await readable(by, code, Thing.MINUTES, at=at)
    if not opens(seats, case.state):
        raise Hidden(HIDDEN)
    if case.afraid and not case.meets:
        raise Forbidden("这件事各方不见面，没有大家都在场的谈话，不做共同的笔录。")
    _check(head, held_at, at)
    await Case.filter(id=case.id).update(track=case.track)
    n = await TalkMinutes.filter(case_id=case.id).count() + 1
    row = TalkMinutes(community_id=case.community_id, case=case, n=n, held_at=held_at, rights_told=rights_told)
    row.opened_by_id, row.opened_at = by.id, at
    row.head = lock_with(case, dumps(asdict(head), ensure_ascii=False), about=about(row, "head"))
    await row.save()
    await note(case, "opened", row, by=by, at=at, n=n)
    return row


def _check(head: Head, held_at: datetime, at: datetime) -> None:
    head.fit()
    if held_at > at:
        raise Unfit("谈话的时间还没有到，请核对。", field="held_at")


@command
async def write_head(
    code: str, record_code: str, head: Head, *, held_at: datetime, rights_told: bool, by: Person, at: datetime
) -> None:
    """Write the head anew, before the record goes round; see `open_record`."""
    case, _, row = await held(by, code, record_code, Deed.HEAD, at=at)
    _check(head, held_at, at)
    text = lock_with(case, dumps(asdict(head), ensure_ascii=False), about=about(row, "head"))
    await TalkMinutes.filter(id=row.id).update(head=text, held_at=held_at, rights_told=rights_told)
    await note(case, "headed", row, by=by, at=at)


@command
async def choose(code: str, record_code: str, seqs: Iterable[int], *, by: Person, at: datetime) -> int:
    """Put lines of the joint talk into the record, in their order; return how many were new.

    A number that is no readable line of that talk is passed over: nothing else can be reached from here.
    """
    case, seats, row = await held(by, code, record_code, Deed.ADD, at=at)
    if not may_read(seats & WRITERS, Thing.JOINT, case.state):
        raise Hidden(HIDDEN)
    there = {(each.room_id, each.seq) for each in await TalkEntry.filter(minutes_id=row.id)}
    found = await of_joint_talk(case).filter(seq__in=list(seqs)).order_by("room_id", "seq")
    fresh = [line for line in found if (line.room_id, line.seq) not in there]
    if not fresh:
        raise Unfit("请先勾选要记进笔录的话；已经记进去的不用再选。", field="seq")
    _room_for(len(there) + len(fresh))
    first = len(there) + 1
    for n, line in enumerate(fresh, start=first):
        entry = TalkEntry(minutes_id=row.id, n=n, room_id=line.room_id, seq=line.seq, voice=line.voice)
        entry.by_id, entry.at = by.id, at
        await entry.save()
    await note(case, "written", row, by=by, at=at, first=first, count=len(fresh))
    return len(fresh)


@command
async def state(
    code: str,
    record_code: str,
    *,
    speaker: str,
    words: str,
    corrects: int | None = None,
    by: Person,
    at: datetime,
) -> TalkEntry:
    """Write down what somebody said; once the record goes round, only as a correction of an entry.

    Raises:
        Unfit: no speaker or words, too many of them, or no such entry to correct.
    """
    case, _, row = await held(by, code, record_code, Deed.CORRECT if corrects else Deed.ADD, at=at)
    told, who = words.strip(), fitting(speaker, "speaker")
    if not who or not told:
        raise Unfit("请写是谁说的，说了什么。", field="words" if who else "speaker")
    if len(told) > MOST:
        raise Unfit("这一条有 {n} 个字，最多 {most} 个，请分几条写。", field="words", n=len(told), most=MOST)
    n = await TalkEntry.filter(minutes_id=row.id).count() + 1
    _room_for(n)
    if corrects and not 0 < corrects < n:
        raise Unfit("没有这一条，请核对要更正的是第几条。", field="corrects")
    entry = TalkEntry(minutes_id=row.id, n=n, corrects=corrects, by_id=by.id, at=at)
    entry.speaker = lock_with(case, who, about=entry_about(row, n, "speaker"))
    entry.words = lock_with(case, told, about=entry_about(row, n, "words"))
    await entry.save()
    await note(case, "corrected" if corrects else "written", row, by=by, at=at, first=n, count=1)
    return entry


def _room_for(count: int) -> None:
    if count > MOST_ENTRIES:
        raise Unfit("一份笔录最多 {most} 条，请另开一份。", field="seq", most=MOST_ENTRIES)


@command
async def send_round(code: str, record_code: str, *, by: Person, at: datetime) -> None:
    """Ask every party to go through the record; from now on nothing in it is changed, only corrected.

    Raises:
        Unfit: there is no entry, or the parties were not told their rights.
    """
    case, _, row = await held(by, code, record_code, Deed.SEND, at=at)
    if not await TalkEntry.exists(minutes_id=row.id):
        raise Unfit("笔录里还没有内容，请先选几句话或者写一条。", field="form")
    if not row.rights_told:
        raise Unfit("请先向各方告知权利义务，并在笔录开头勾上。", field="form")
    await TalkMinutes.filter(id=row.id).update(stage=RecordStage.ROUND, sent_at=at)
    await note(case, "sent", row, by=by, at=at)


@command
async def drop(code: str, record_code: str, *, why: str, by: Person, at: datetime) -> None:
    """Give a record up, with the reason; it is kept, and read by nobody but who wrote it."""
    case, _, row = await held(by, code, record_code, Deed.DROP, at=at)
    told = fitting(why, "why")
    if not told:
        raise Unfit("请写为什么作废。", field="why")
    text = lock_with(case, told, about=about(row, "dropped"))
    await TalkMinutes.filter(id=row.id).update(stage=RecordStage.DROPPED, ended_at=at, body=text)
    await note(case, "dropped", row, by=by, at=at, was=row.stage)


async def note(case: Case, deed: str, row: TalkMinutes, *, by: Person, at: datetime, **facts: Any) -> None:  # noqa: ANN401 - passed on
    """Put on record that something was done to a record of the case."""
    about_it: dict[str, Any] = {"minutes": row.id, "code": row.code, **facts}
    await record(f"minutes.{deed}", case.key, by=by, at=at, community_id=case.community_id, **about_it)
