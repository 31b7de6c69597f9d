"""Who is told of a meeting: everybody with a seat, by letter with the calendar file; the day before, a reminder."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.notice.commands import tell
from community.notice.mail import queue_mail
from community.notice.rules import Topic
from community.people.models import Person
from community.places.models import Resident
from community.record.models import Event
from community.record.outbox import facts_of
from community.timers.commands import Handler, set_timer
from deliberation.body.models import RollVoice
from deliberation.meeting.models import Meeting, MeetingSeat
from deliberation.meeting.rules import Reply
from deliberation.meeting.workflow import MeetingState
from web.deliberation.meeting.mails import LETTER, facts_for
from web.locale import SOURCE
from web.teller import Teller
from web.words import N_

CROWD: Final = 100  # seats written to in one transaction, so that nobody waits long behind it
DAY_BEFORE: Final = timedelta(hours=24)

INVITED: Final = N_("请您来开会：{title}")
CHANGED: Final = N_("会议有变动：{title}")
GONE: Final = N_("会议取消了：{title}")
AGENDA: Final = N_("会议的议程改了：{title}")
TOMORROW: Final = N_("快开会了：{title}")
PUBLISHED: Final = N_("会议记录公布了：{title}")


async def called(event: Event) -> None:
    """Plan the letters, and the reminder a day before."""
    meeting = await _meeting(event.subject)
    await _letters(meeting, event.at)
    await _remind(meeting, event.at)


async def amended(event: Event) -> None:
    """Write again about a new time or room; a changed agenda is a line in the inbox."""
    meeting = await _meeting(event.subject)
    if facts_of(event).get("what") == "time":
        await _letters(meeting, event.at)
        await _remind(meeting, event.at)
        return
    await lines(f"{meeting.key}/agenda/{event.id}/0", event.at)


async def cancelled(event: Event) -> None:
    """Write to those who were told; a plan that nobody knew of ends in silence."""
    meeting = await _meeting(event.subject)
    if meeting.called_at:
        await _letters(meeting, event.at)


async def published(event: Event) -> None:
    """Tell those who came that the minutes can be read."""
    meeting = await _meeting(event.subject)
    await lines(f"{meeting.key}/minutes/{event.id}/0", event.at)


async def letters(subject: str, at: datetime) -> None:
    """Write to the next seats what holds now; the mark keeps two runs from writing the same version twice."""
    key, sequence, after = subject.split("/")
    meeting = await _meeting(key)
    if meeting.state not in (MeetingState.CALLED, MeetingState.CANCELLED):
        return
    rows = await MeetingSeat.filter(meeting_id=meeting.id, id__gt=int(after)).order_by("id").limit(CROWD)
    for seat, persons in (await readers(rows)).items():
        await _write(meeting, seat, persons, at)
    if len(rows) == CROWD:
        await set_timer("meeting.letters", f"{key}/{sequence}/{rows[-1].id}", at, key="0")


async def remind(subject: str, at: datetime) -> None:
    """Remind those who have not said that they stay away."""
    meeting = await _meeting(subject)
    if meeting.state is not MeetingState.CALLED:
        return
    await lines(f"{meeting.key}/tomorrow/{meeting.sequence}/0", at)


async def lines(subject: str, at: datetime) -> None:
    """Put one line into the inboxes of the next seats that it concerns, and set a timer for those after them."""
    key, what, mark, after = subject.split("/")
    meeting, line = await _meeting(key), LINES[what]
    rows = await MeetingSeat.filter(meeting_id=meeting.id, id__gt=int(after)).order_by("id").limit(CROWD)
    seats = [seat for seat in rows if line.concerns(seat)]
    people = {person.id for persons in (await readers(seats)).values() for person in persons}
    await tell(
        people,
        line.sentence,
        {"title": meeting.title},
        url=f"/meetings/{meeting.id}{line.page}",
        at=at,
        topic=Topic.MATTER,
        mail=line.mail,
        dedupe=f"{meeting.key}-{what}-{mark}",
    )
    if len(rows) == CROWD:
        await set_timer("meeting.lines", f"{key}/{what}/{mark}/{rows[-1].id}", at)


async def readers(seats: Sequence[MeetingSeat]) -> dict[MeetingSeat, list[Person]]:
    """Return, for each seat, the accounts that may take it."""
    heads = [seat.head_id for seat in seats if seat.head_id]
    acting: dict[int, list[int]] = defaultdict(list)
    for head, resident in await RollVoice.filter(head_id__in=heads).values_list("head_id", "resident_id"):
        acting[int(head)].append(int(resident))
    rows = Resident.filter(id__in=sorted({one for each in acting.values() for one in each})).exclude(person_id=None)
    account = {int(row): int(person) for row, person in await rows.values_list("id", "person_id")}
    ids = {*account.values(), *(seat.person_id for seat in seats if seat.person_id)}
    people = {person.id: person for person in await Person.filter(id__in=sorted(ids), closed_at=None)}
    found: dict[MeetingSeat, list[Person]] = {}
    for seat in seats:
        wanted = [seat.person_id] if seat.person_id else [account.get(one) for one in acting[seat.head_id or 0]]
        found[seat] = [people[number] for number in wanted if number in people]
    return found


async def _write(meeting: Meeting, seat: MeetingSeat, persons: Sequence[Person], at: datetime) -> None:
    """Put the letters to one seat into the queue, and a line into each inbox."""
    facts, mark = facts_for(meeting, seat), f"{meeting.key}-{meeting.sequence}:{seat.id}"
    sentence = {"gone": GONE, "changed": CHANGED}.get(str(facts["kind"]), INVITED)
    url = f"/meetings/{meeting.id}" if facts["kind"] == "gone" else f"/seats/{seat.code}"
    ids = [person.id for person in persons]
    await tell(
        ids,
        sentence,
        {"title": meeting.title},
        url=url,
        at=at,
        topic=Topic.MATTER,
        binding=True,
        mail=False,
        dedupe=mark,
    )
    to = [(person.email, person.lang, person.id) for person in persons]
    if seat.email:
        to.append((seat.email, SOURCE, 0))
    for email, lang, person in to:
        await queue_mail(
            email,
            lang,
            LETTER,
            facts,
            at=at,
            person_id=person or None,
            dedupe=f"{mark}:{person}",
            topic=Topic.MATTER,
            secret=True,
        )


async def _letters(meeting: Meeting, at: datetime) -> None:
    subject = f"{meeting.key}/{meeting.sequence}/0"
    await set_timer("meeting.letters", subject, at, key="0", community_id=meeting.community_id)


async def _remind(meeting: Meeting, at: datetime) -> None:
    due = meeting.starts_at - DAY_BEFORE
    if due > at:
        await set_timer("meeting.remind", meeting.key, due, key="0", community_id=meeting.community_id)


async def _meeting(subject: str) -> Meeting:
    return await Meeting.get(id=int(subject.removeprefix("meeting-"))).select_related("body")


def _anybody(_seat: MeetingSeat) -> bool:
    return True


def _may_come(seat: MeetingSeat) -> bool:
    return seat.reply is not Reply.STAYS_AWAY


def _came(seat: MeetingSeat) -> bool:
    return seat.came_at is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about a meeting: to which seats, where it leads, whether it is mailed."""

    sentence: str
    concerns: Callable[[MeetingSeat], bool]
    page: str = ""
    mail: bool = True


LINES: Final[Mapping[str, Line]] = {
    "agenda": Line(AGENDA, _anybody, mail=False),
    "minutes": Line(PUBLISHED, _came, "/minutes"),
    "tomorrow": Line(TOMORROW, _may_come),
}
TELLERS: Final[Mapping[str, Teller]] = {
    "meeting.call": called,
    "meeting.amend": amended,
    "meeting.cancel": cancelled,
    "meeting.publish": published,
}
TIMERS: Final[Mapping[str, Handler]] = {"meeting.letters": letters, "meeting.remind": remind, "meeting.lines": lines}
