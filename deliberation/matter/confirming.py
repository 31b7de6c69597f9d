"""确认与收回 — those who seconded say again that they do, take it back, or lapse by the clock; each on record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import Handler
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import move
from deliberation.matter.queries import endorsed_by, find
from deliberation.matter.seconding import as_read, hold, settle
from deliberation.matter.states import CONFIRMING, State
from deliberation.matter.support import End, Stand, stand
from deliberation.matter.workflow import FROM, MOVED_ON, Verb, step


@command
async def confirm(matter_id: int, *, version: int | None = None, by: Person, at: datetime) -> State:
    """Say that one's second holds for the new meaning as well.

    Raises:
        Forbidden: never seconded it.
        MovedOn: the words changed once more, or the matter went past where this counts.
        Unfit: there is nothing to confirm.
    """
    matter, given = await _own(matter_id, Verb.CONFIRM, by)
    as_read(matter, version)
    if stand(given.version, given.ended, matter.meaning_since) is not Stand.ASKED:
        raise Unfit("您没有等着确认的附议。")
    await Endorsement.filter(id=given.id).update(version=matter.version, via_id=None, person_id=by.id, at=at)
    await move(matter, Verb.CONFIRM, by=by, at=at, version=matter.version, head=given.head_id)
    return await settle(matter, at=at)


@command
async def retract(matter_id: int, *, by: Person, at: datetime) -> State:
    """Take one's second back: while seconds are asked for, or when asked whether it still holds.

    Raises:
        Forbidden: never seconded it.
        MovedOn: the matter went past where this counts.
        Unfit: it has ended already, or has done its work and cannot be taken back any more.
    """
    matter, given = await _own(matter_id, Verb.RETRACT, by)
    was = stand(given.version, given.ended, matter.meaning_since)
    if given.ended:
        raise Unfit("您的附议已经不算数了，不用再收回。")
    if matter.state is not State.ENDORSING and was is Stand.COUNTS:
        raise Unfit("附议已经结束，这时不能收回了。您可以在下面写反对意见。")
    await Endorsement.filter(id=given.id).update(ended=End.RETRACTED, ended_at=at)
    await move(matter, Verb.RETRACT, by=by, at=at, version=given.version, head=given.head_id)
    return await settle(matter, at=at)


@command
async def lapse(matter_id: int, *, at: datetime) -> State:
    """End the seconds that nobody confirmed in time; the record names each."""
    matter = await Matter.get(id=matter_id)
    await hold(matter)
    late = Endorsement.filter(matter_id=matter.id, ended=None, version__lt=matter.meaning_since)
    ended = sorted(int(str(number)) for number in await late.values_list("id", flat=True))
    await Endorsement.filter(id__in=ended).update(ended=End.LAPSED, ended_at=at)
    await move(matter, Verb.UNCONFIRMED, by=None, at=at, version=matter.meaning_since, endorsements=ended)
    return await settle(matter, at=at)


async def lapses(subject: str, at: datetime) -> None:
    """End what was not confirmed when the time is over; a later change of meaning has its own clock."""
    matter = await Matter.get(id=int(subject.removeprefix("matter-")))
    if not matter.confirm_by or matter.confirm_by > at or Verb.UNCONFIRMED not in FROM[State(matter.state)]:
        return
    await lapse(matter.id, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"matter.unconfirmed": lapses}


async def _own(matter_id: int, verb: Verb, by: Person) -> tuple[Matter, Endorsement]:
    """Return the matter, held, and the second that ``by`` once gave."""
    matter = await find(by, matter_id)
    if await endorsed_by(by, matter) is None:
        raise Forbidden("您没有附议过这件事。")
    step(State(matter.state), verb)
    await hold(matter, *CONFIRMING)
    given = await endorsed_by(by, matter)
    if given is None:  # taken away by an undoing merger while this waited
        raise MovedOn(MOVED_ON)
    return matter, given
