"""Meetings as open data: when, where, what about, how many came, what was asked; nobody's name."""

from datetime import datetime

from pydantic import Field

from community.places.models import Place, PlaceKind
from deliberation.ballot.decide import Outcome
from deliberation.body.rules import Effect
from deliberation.meeting.models import Meeting
from deliberation.meeting.queries import agenda, expected, find, newest_minutes, past, polls, present
from deliberation.meeting.queries import coming as soon
from deliberation.meeting.rules import Form
from deliberation.meeting.workflow import MeetingState
from web.api.call import Answer, Ask, Call, Page, Paging
from web.api.cursor import cursor_of, key_of
from web.words import N_


class MeetingOut(Answer):
    """A meeting as lists show it."""

    id: int
    title: str
    form: Form
    body: str
    state: MeetingState
    room: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    url: str


class MeetingPage(Page[MeetingOut]):
    """A page of meetings: those to come first, then those over, newest first."""


class ItemOut(Answer):
    """Something on the agenda, with the reason when it was added or taken off after the notice."""

    title: str
    minutes: int
    presenter: str
    matter: int | None
    late_for: str
    dropped_for: str


class PollOut(Answer):
    """A question that was put and counted. Figures are heads; ``outcome`` is empty where it was an opinion."""

    question: str
    effect: Effect
    expected: int
    present: int
    yes: int
    no: int
    abstain: int
    outcome: Outcome | None
    closed_at: datetime


class MeetingWhole(MeetingOut):
    """A meeting with its agenda, its attendance and its questions; the hash of its minutes once they are published."""

    expected: int
    present: int
    agenda: list[ItemOut]
    polls: list[PollOut]
    minutes_sha256: str | None


class Wanted(Paging):
    """Which meetings."""

    community: str | None = Field(None, max_length=24, description=N_("社区的区划编码"))


async def list_meetings(ask: Ask) -> MeetingPage:
    """Answer with a page of meetings that were called."""
    wanted: Wanted = ask.query
    place = await _community(wanted.community)
    if wanted.community and place is None:
        return MeetingPage(items=[])
    number, before = place.id if place else None, key_of(wanted.cursor)
    first = [] if before else await soon(None, number, at=ask.at)
    over, more = await past(None, number, before=before, at=ask.at)
    return MeetingPage(items=[MeetingOut(**_facts(each)) for each in [*first, *over]], next=cursor_of(more))


async def show_meeting(ask: Ask) -> MeetingWhole:
    """Answer with one meeting."""
    meeting = await find(None, ask.path["id"], at=ask.at)
    minutes = await newest_minutes(meeting) if meeting.state is MeetingState.MINUTED else None
    items = [
        ItemOut(
            title=each.title,
            minutes=each.minutes,
            presenter=each.presenter,
            matter=each.matter_id,
            late_for=each.late_for,
            dropped_for=each.dropped_for,
        )
        for each in await agenda(meeting, dropped=True)
    ]
    return MeetingWhole(
        **_facts(meeting),
        expected=(await expected(meeting)).heads,
        present=(await present(meeting)).heads,
        agenda=items,
        polls=await _polls(meeting),
        minutes_sha256=minutes.hash if minutes else None,
    )


async def _polls(meeting: Meeting) -> list[PollOut]:
    plain = ("question", "effect", "expected", "present", "yes", "no", "abstain", "outcome", "closed_at")
    closed = [each for each in await polls(meeting) if each.closed_at]
    return [PollOut(**{name: getattr(each, name) for name in plain}) for each in closed]


async def _community(code: str | None) -> Place | None:
    return await Place.get_or_none(code=code, kind=PlaceKind.COMMUNITY) if code else None


def _facts(meeting: Meeting) -> dict[str, object]:
    plain = ("id", "title", "form", "state", "room", "starts_at", "ends_at", "sequence")
    more = {"body": meeting.body.name, "url": f"/meetings/{meeting.id}"}
    return {**{name: getattr(meeting, name) for name in plain}, **more}


calls = [
    Call(
        method="GET",
        path="/meetings",
        name="listMeetings",
        title=N_("列出会议，要开的在前，开过的新的在前"),
        do=list_meetings,
        answer=MeetingPage,
        query=Wanted,
    ),
    Call(
        method="GET",
        path="/meetings/{id:int}",
        name="showMeeting",
        title=N_("看一次会议：议程、到会人数、表决"),
        do=show_meeting,
        answer=MeetingWhole,
    ),
]
