"""附议 — seconds are counted by heads of a frozen roll and hold for the words they were given to."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import F

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.body.models import RollVoice
from deliberation.body.queries import voices_of
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find, second_of
from deliberation.matter.states import Actor, State
from deliberation.matter.support import Stand, stand
from deliberation.matter.workflow import MOVED_ON, Verb


@dataclass(frozen=True, slots=True)
class Giver:
    """Whose second it is: an account, or a row of the roll when somebody with the office ``aided`` helped."""

    person_id: int | None
    resident_id: int
    aided: str = ""


@command
async def endorse(matter_id: int, *, version: int | None = None, by: Person, at: datetime) -> State:
    """Second the matter as it reads now; at the threshold it goes on to screening by itself.

    ``version`` is the one that was read: when the words have changed since, they must be read again.

    Raises:
        Forbidden: not a verified resident on the roll of this body.
        MovedOn: the words have changed, or seconding is over.
        Unfit: seconded already.
    """
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.RESIDENT, by=by, at=at)
    return await second(matter, by=by, at=at, asked=True, version=version)


async def second(matter: Matter, *, by: Person, at: datetime, asked: bool, version: int | None = None) -> State:
    """Put down the second of ``by``; unless ``asked``, say nothing when they are not on the roll or did it before."""
    await hold(matter, State.ENDORSING)
    as_read(matter, version)
    voices = await voices_of(by, matter.roll_id or 0)
    verb = await put(matter, voices[0], Giver(by.id, voices[0].resident_id), at) if voices else None
    if verb:
        await move(matter, verb, by=by, at=at, version=matter.version, head=voices[0].head_id)
    elif asked:
        raise (
            Unfit("您已经附议过了。") if voices else Forbidden("附议的人要在这个会议的名册上。请联系居委会核对名册。")
        )
    return await settle(matter, at=at)


async def settle(matter: Matter, *, at: datetime) -> State:
    """Count again, and let the matter go on when it is being seconded and enough have."""
    await recount(matter)
    if matter.state is not State.ENDORSING or not reached(matter):
        return State(matter.state)
    return await move(matter, Verb.REACH, by=None, at=at, heads=matter.seconded)


def reached(matter: Matter) -> bool:
    """Return whether enough heads, or heads with enough area where that counts, stand behind the words."""
    by_area = 0 < matter.threshold_area <= matter.seconded_area
    return matter.seconded >= matter.threshold or by_area


def as_read(matter: Matter, version: int | None) -> None:
    """Raise `MovedOn` unless the words still are those that were read."""
    if version is not None and version != matter.version:
        raise MovedOn("文字刚刚改过，现在是第 {n} 版。请看一遍新文字，再决定。", n=matter.version)


async def put(matter: Matter, voice: RollVoice, giver: Giver, at: datetime) -> Verb | None:
    """Store or renew the second and return what that was; None when it counts already."""
    given = await second_of(matter.id, giver.person_id, giver.resident_id)
    helped = {"resident_id": giver.resident_id if giver.aided else None, "aided": giver.aided}
    head, whose = voice.head_id, {"person_id": giver.person_id, **helped}
    if given is None:
        common = {"community_id": matter.community_id, "matter_id": matter.id, **whose}
        await Endorsement(**common, head_id=head, version=matter.version, at=at).save()
        return Verb.ENDORSE
    was = stand(given.version, given.ended, matter.meaning_since)
    if was is Stand.COUNTS:
        return None
    anew = {"head_id": head, "version": matter.version, "at": at, "via_id": None, "ended": None, "ended_at": None}
    await Endorsement.filter(id=given.id).update(**anew, **whose)
    return Verb.CONFIRM if was is Stand.ASKED else Verb.ENDORSE


async def hold(matter: Matter, *states: State) -> None:
    """Let changes of one matter wait for each other, so that the second that reaches the threshold knows it.

    Raises:
        MovedOn: it no longer stands where it stood when it was read, or in one of ``states``.
    """
    rows = Matter.filter(id=matter.id, state__in=list(states) or [State(matter.state)])
    if not await rows.update(version=F("version")):
        raise MovedOn(MOVED_ON)
    await matter.refresh_from_db()


async def recount(matter: Matter) -> None:
    """Count the heads that stand behind what the words mean now, and the people who are asked to say so again."""
    given = Endorsement.filter(matter_id=matter.id, ended=None)
    rows = await given.values_list("head_id", "version", "head__area")
    heads = {int(head): int(size) for head, version, size in rows if int(version) >= matter.meaning_since}
    counted = {
        "seconded": len(heads),
        "seconded_area": sum(heads.values()),
        "unconfirmed": sum(int(version) < matter.meaning_since for _, version, _ in rows),
    }
    if not counted["unconfirmed"]:
        matter.confirm_by = None
    matter.update_from_dict(counted)
    await Matter.filter(id=matter.id).update(**counted, confirm_by=matter.confirm_by)
