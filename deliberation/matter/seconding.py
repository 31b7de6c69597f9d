"""附议 — seconds are counted by heads of a frozen roll and hold for the version they were given to."""

from datetime import datetime

from tortoise.expressions import F

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.body.models import RollVoice
from deliberation.body.queries import voices_of
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import MOVED_ON, Verb


@command
async def endorse(matter_id: int, *, by: Person, at: datetime) -> State:
    """Second the matter as it reads now; at the threshold it goes on to screening by itself.

    Raises:
        Forbidden: not a verified resident on the roll of this body.
        Unfit: seconded already, in these words.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.RESIDENT, by=by, at=at)
    return await second(matter, by=by, at=at, asked=True)


async def second(matter: Matter, *, by: Person, at: datetime, asked: bool) -> State:
    """Put down the second of ``by``; unless ``asked``, say nothing when they are not on the roll or did it before."""
    await _hold(matter)
    voices = await voices_of(by, matter.roll_id or 0)
    if voices and await _put(matter, voices, by, at):
        await move(matter, Verb.ENDORSE, by=by, at=at, version=matter.version, head=voices[0].head_id)
    elif asked:
        raise (
            Unfit("您已经附议过了。") if voices else Forbidden("附议的人要在这个会议的名册上。请联系居委会核对名册。")
        )
    await _recount(matter)
    if matter.seconded < matter.threshold:
        return State(matter.state)
    return await move(matter, Verb.REACH, by=None, at=at, heads=matter.seconded)


async def _put(matter: Matter, voices: list[RollVoice], by: Person, at: datetime) -> bool:
    """Store or renew the second; False when these words have it already."""
    given = await Endorsement.get_or_none(matter_id=matter.id, person_id=by.id)
    if given is None:
        await Endorsement.create(
            community_id=matter.community_id,
            matter_id=matter.id,
            person_id=by.id,
            head_id=voices[0].head_id,
            version=matter.version,
            at=at,
        )
        return True
    changed = Endorsement.filter(id=given.id).exclude(version=matter.version)
    return bool(await changed.update(version=matter.version, at=at))


async def _hold(matter: Matter) -> None:
    """Let seconds of one matter wait for each other, so that the one that reaches the threshold knows it."""
    if not await Matter.filter(id=matter.id, state=State.ENDORSING).update(version=F("version")):
        raise MovedOn(MOVED_ON)
    await matter.refresh_from_db()


async def _recount(matter: Matter) -> None:
    """Count the heads that second the words as they stand."""
    given = Endorsement.filter(matter_id=matter.id, version=matter.version)
    matter.seconded = len(set(await given.values_list("head_id", flat=True)))
    await Matter.filter(id=matter.id).update(seconded=matter.seconded)
