"""What several pages of meetings show: the room at this moment, its quorum, its questions, who speaks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from starlette.requests import Request

from deliberation.ballot.decide import Line
from deliberation.ballot.frozen import line_from
from deliberation.ballot.shares import Weight
from deliberation.meeting import polling, queries
from deliberation.meeting.calling import rules_of, short_notice
from deliberation.meeting.deciding import Piles
from deliberation.meeting.models import Meeting, MeetingPoll, MeetingSeat
from deliberation.meeting.rules import Form, Turn, Way
from deliberation.meeting.workflow import Actor, deeds_at
from web.deliberation.ballot.figures import HEADS, Asked
from web.deliberation.meeting.words import KINDS
from web.person import maybe, now

HERE: Final = "deliberation/meeting"
FIELDS: Final = {"starts_at": "day", "ends_at": "ends"}
"""What the domain calls a time, and the field of the form that holds it."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question with what may be shown of it now: its piles, and its lines once it is closed."""

    poll: MeetingPoll
    piles: Piles | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    """The room at one moment, held against its rule."""

    expected: Weight
    present: Weight
    guests: int
    quorum: tuple[Line, ...]


async def opened(request: Request) -> tuple[Meeting, frozenset[Actor]]:
    """Return the meeting of an address, and in which capacities the reader may act."""
    person, at = maybe(request), now(request)
    meeting = await queries.find(person, request.path_params["id"], at=at)
    return meeting, await queries.actors_of(person, meeting, at=at)


def head_of(meeting: Meeting, actors: frozenset[Actor], at: datetime) -> dict[str, object]:
    """Return what the head of every page of a meeting needs."""
    return {
        "meeting": meeting,
        "rules": rules_of(meeting),
        "short_notice": short_notice(meeting),
        "can": {deed.value for deed in deeds_at(meeting.state, actors)},
        "actors": {actor.value for actor in actors},
        "unit": unit_of(meeting),
        "form_named": meeting.body.kind if meeting.form is Form.ASSEMBLY else meeting.form,
        "kinds": KINDS,
        "at": at,
    }


def unit_of(meeting: Meeting) -> str:
    """Return what the voices of a meeting are, for ``ui.amount``."""
    return HEADS.get(meeting.basis, "homes") if meeting.basis else "people"


async def now_of(meeting: Meeting, actors: frozenset[Actor]) -> dict[str, object]:
    """Return all that changes while a meeting goes on."""
    return {
        "room": await room_of(meeting),
        "asked": Asked,
        "questions": await questions(meeting),
        **await floor(meeting, actors),
    }


def asked_now(here: Mapping[str, Any]) -> MeetingPoll | None:
    """Return the question that is open, out of what `now_of` found."""
    return next((put.poll for put in here["questions"] if put.poll.closed_at is None), None)


async def room_of(meeting: Meeting) -> Hall:
    """Return the room as it is now."""
    now = await queries.room(meeting)
    lines = polling.quorum_of(meeting, now.expected, now.present)
    return Hall(now.expected, now.present, now.guests, lines)


async def shown(meeting: Meeting, poll: MeetingPoll) -> Put:
    """Return a question as it may be shown: figures of an open one only where the form lets them be seen."""
    if poll.closed_at:
        piles = Piles(Weight(poll.yes), Weight(poll.no), Weight(poll.abstain))
        return Put(poll, piles, tuple(line_from(each) for each in json.loads(poll.lines)))
    seen = poll.way is Way.PHONES and rules_of(meeting).live
    return Put(poll, await polling.interim(poll) if seen else None, ())


async def questions(meeting: Meeting) -> Sequence[Put]:
    """Return all questions of a meeting, the newest first."""
    return [await shown(meeting, poll) for poll in reversed(await queries.polls(meeting))]


async def floor(meeting: Meeting, actors: frozenset[Actor]) -> Mapping[str, object]:
    """Return who speaks and who waits; only those who run the meeting see whole names here."""
    line = await queries.queue(meeting)
    return {
        "speaking": next((slot for slot in line if slot.turn is Turn.SPEAKING), None),
        "waiting": [slot for slot in line if slot.turn is Turn.WAITING],
        "called_by": {slot.id: slot.seat.name if actors else hidden(slot.seat) for slot in line},
    }


def hidden(seat: MeetingSeat) -> str:
    """Return a name as strangers may see it."""
    return f"{seat.name[:1]}**"
