"""What the minutes begin with: who came, who spoke, what was asked; in Chinese, as minutes are kept."""

from typing import Final

from deliberation.ballot.decide import Line
from deliberation.ballot.shares import Basis
from deliberation.meeting import queries
from deliberation.meeting.models import AgendaItem, Attendance, Meeting, MeetingPoll, SpeakSlot
from deliberation.meeting.rules import Form
from deliberation.meeting.skeleton import Asked, Facts, Talked, whole_minutes
from web.deliberation.ballot.figures import Asked as Sentence
from web.deliberation.ballot.words import WORDS as BALLOT_WORDS
from web.deliberation.body.words import WORDS as BODY_WORDS
from web.deliberation.meeting.showing import shown
from web.deliberation.meeting.words import WORDS
from web.say_time import area

OPINION: Final = "征求意见，不作决定。"


async def facts_of(meeting: Meeting) -> Facts:
    """Return what is known of a meeting that is over."""
    came = {row.seat_id: row.seat.votes for row in await Attendance.filter(
        meeting_id=meeting.id, came=True
    ).select_related("seat")}  # fmt: skip
    polls, spoken = await queries.polls(meeting), await queries.spoken(meeting)
    items = await queries.agenda(meeting)
    expected = await queries.expected(meeting)
    return Facts(
        title=meeting.title,
        form=BODY_WORDS[meeting.body.kind] if meeting.form is Form.ASSEMBLY else WORDS[meeting.form],
        room=meeting.room,
        opened_at=meeting.opened_at or meeting.starts_at,
        closed_at=meeting.closed_at or meeting.ends_at,
        host=meeting.host.name,
        clerk=meeting.clerk.name,
        expected=expected.heads,
        came=sum(came.values()),
        guests=sum(not votes for votes in came.values()),
        items=[await _talked(meeting, n, item, polls, spoken) for n, item in enumerate(items, start=1)],
    )


async def _talked(
    meeting: Meeting, number: int, item: AgendaItem, polls: list[MeetingPoll], spoken: list[SpeakSlot]
) -> Talked:
    return Talked(
        number=number,
        title=item.title,
        presenter=item.presenter,
        late_for=item.late_for,
        speakers=[(slot.seat.name, _minutes(slot)) for slot in spoken if slot.item_id == item.id],
        asked=[await _asked(meeting, poll) for poll in polls if poll.item_id == item.id],
    )


def _minutes(slot: SpeakSlot) -> int:
    return whole_minutes(slot.began_at, slot.ended_at) if slot.began_at and slot.ended_at else 0


async def _asked(meeting: Meeting, poll: MeetingPoll) -> Asked:
    put = await shown(meeting, poll)
    came_to = (
        BALLOT_WORDS[poll.outcome] + "：" + "；".join(line_said(each) for each in put.lines) + "。"
        if poll.outcome
        else OPINION
    )
    return Asked(
        question=poll.question,
        expected=poll.expected,
        present=poll.present,
        yes=poll.yes,
        no=poll.no,
        abstain=poll.abstain,
        came_to=came_to,
    )


def line_said(line: Line) -> str:
    """Return a line of a result in one clause: what is asked, the fraction, whether it is met, the article."""
    sentence = Sentence(line.threshold)
    unit = area if line.basis is Basis.AREA else str
    asks, stand = sentence.words.format(share=sentence.share), "够" if line.met else "不够"
    return f"{asks}，{unit(line.numerator)} / {unit(line.denominator)}，{stand}（{line.source}）"
