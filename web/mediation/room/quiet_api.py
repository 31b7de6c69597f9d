"""Asking somebody to say nothing for a while, for a program of the mediator: who could be, who is, and until when."""

from datetime import datetime

from community.errors import Hidden
from community.tokens.rules import Scope
from mediation.room import muting
from mediation.room.queries import HIDDEN, Entry, speakers
from mediation.room.quiet import quiets
from mediation.room.rules import Quiet, RoomKind, Voice
from web.api.call import Answer, Ask, Call
from web.mediation.room.api import entry_for
from web.mediation.room.forms import QuietForm, SpeakerForm
from web.words import N_


class SpeakerOut(Answer):
    """Somebody who speaks for a party; ``until`` when they were asked to say nothing, and ``why``."""

    who: str
    name: str
    until: datetime | None
    why: Quiet | None


class SpeakerList(Answer):
    """Who speaks for the parties in the joint talk."""

    items: list[SpeakerOut]


async def list_speakers(ask: Ask) -> SpeakerList:
    """Answer with who speaks here and who was asked to say nothing."""
    return await _told(await _led(ask), ask.at)


async def pause(ask: Ask) -> SpeakerList:
    """Ask somebody to say nothing for some minutes."""
    entry, given = await _led(ask), ask.body
    await muting.mute(entry.room.code, given.who, given.minutes, given.why, by=ask.person, at=ask.at)
    await entry.room.refresh_from_db(fields=["quiet_until"])
    return await _told(entry, ask.at)


async def resume(ask: Ask) -> SpeakerList:
    """Let somebody speak again before the time is over."""
    entry = await _led(ask)
    await muting.unmute(entry.room.code, ask.body.who, by=ask.person, at=ask.at)
    return await _told(entry, ask.at)


async def _led(ask: Ask) -> Entry:
    entry = await entry_for(ask)
    leads = entry.seat is not None and entry.seat.voice is Voice.MEDIATOR
    if not leads or entry.room.kind is not RoomKind.JOINT or not entry.talks:
        raise Hidden(HIDDEN)
    return entry


async def _told(entry: Entry, at: datetime) -> SpeakerList:
    asked = {each.person_id: each for each in await quiets(entry.room, at=at)}
    people = await speakers(entry.room, at=at)
    rows = [(each, asked.get(each.id)) for each in people]
    return SpeakerList(
        items=[
            SpeakerOut(who=who.code, name=who.name, until=row.until if row else None, why=row.why if row else None)
            for who, row in rows
        ]
    )


PAUSES = "/cases/{code}/rooms/{room}/pauses"
calls = [
    Call(
        method="GET",
        path=PAUSES,
        name="listSpeakers",
        title=N_("看大家一起谈时谁能说话，谁先停一停"),
        do=list_speakers,
        answer=SpeakerList,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="POST",
        path=PAUSES,
        name="pauseSpeaker",
        title=N_("请一位先停一停，最多半小时，各方都看得到"),
        do=pause,
        answer=SpeakerList,
        body=QuietForm,
        scope=Scope.CASES_TALK,
    ),
    Call(
        method="POST",
        path=f"{PAUSES}/ended",
        name="resumeSpeaker",
        title=N_("让一位接着说"),
        do=resume,
        answer=SpeakerList,
        body=SpeakerForm,
        scope=Scope.CASES_TALK,
    ),
]
