"""受理与研究 — the clerk accepts or sends back with reasons; the party organisation puts its opinion on record."""

from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.body.rules import BodyKind
from deliberation.matter.models import Matter, Screening, Study
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, Screened, State
from deliberation.matter.workflow import Verb

WORDS: Final = (4, 2000)  # characters of a reason or an opinion


@command
async def accept(matter_id: int, *, by: Person, at: datetime) -> State:
    """Take the matter on: the party organisation studies it next; the owners' own goes straight to deliberation."""
    matter = await _for(matter_id, Actor.CLERK, by, at)
    await Screening.create(matter=matter, accepted=True, outcome=Screened.ACCEPT, by=by, at=at)
    return await move(matter, Verb.ACCEPT_OWNERS if owners_own(matter) else Verb.ACCEPT, by=by, at=at)


@command
async def send_back(
    matter_id: int, reasons: str, *, outcome: Screened = Screened.SEND_BACK, by: Person, at: datetime
) -> State:
    """Return the matter to its author, saying what to mend, or where it belongs instead; they may appeal."""
    matter = await _for(matter_id, Actor.CLERK, by, at)
    said(reasons, "reasons")
    await Screening.create(matter=matter, accepted=False, outcome=outcome, reasons=reasons, by=by, at=at)
    return await move(matter, REFUSALS[outcome], by=by, at=at)


REFUSALS: Final = {
    Screened.SEND_BACK: Verb.SEND_BACK,
    Screened.TO_MEDIATION: Verb.TO_MEDIATION,
    Screened.NOT_OURS: Verb.NOT_OURS,
}


@command
async def study(matter_id: int, held_on: date, opinion: str, *, by: Person, at: datetime) -> State:
    """Record when the party organisation studied the matter and what it thought; it goes on either way.

    On the owners' own matters the opinion is advisory, recorded while they are talked about.

    Source: 城市居民委员会组织法 (2025) 30; 民法典 278 for the owners' own.
    """
    matter = await _for(matter_id, Actor.PARTY, by, at)
    not_later(held_on, at)
    said(opinion, "opinion")
    own = owners_own(matter)
    await Study.create(matter=matter, held_on=held_on, opinion=opinion, advisory=own, by=by, at=at)
    return await move(matter, Verb.ADVISE if own else Verb.STUDY, by=by, at=at)


@command
async def close_file(matter_id: int, *, by: Person, at: datetime) -> State:
    """End a matter that came to nothing: voted down, too few taking part, or too few seconds."""
    return await move(await _for(matter_id, Actor.CLERK, by, at), Verb.CLOSE_FILE, by=by, at=at)


def owners_own(matter: Matter) -> bool:
    """Return whether the owners decide it by themselves, so that no study has to come first; needs ``matter.body``."""
    return matter.body.kind is BodyKind.OWNERS_ASSEMBLY


def said(words: str, field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = WORDS
    if len(words.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(words) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(words), most=most)


def not_later(day: date, at: datetime) -> None:
    """Raise `Unfit` when a day that must have been is still to come."""
    if day > local_day(at):
        raise Unfit("日期不能晚于今天。", field="held_on")


async def _for(matter_id: int, actor: Actor, by: Person, at: datetime) -> Matter:
    matter = await find(by, matter_id)
    await require_actor(matter, actor, by=by, at=at)
    return matter
