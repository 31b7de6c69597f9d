"""议事与定稿 — sessions with their minutes, then the words are frozen."""

from datetime import date, datetime

from community.errors import Unfit
from community.people.models import Person
from community.record.transaction import command
from deliberation.debate.opinions import take_down
from deliberation.debate.rules import Accord
from deliberation.matter.models import Amendment, Fate, Matter, Sitting
from deliberation.matter.moving import move, require_actor
from deliberation.matter.queries import find, text_of
from deliberation.matter.screening import not_later, said
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import Verb
from deliberation.stakeholder.queries import require_declared

MOST = 100_000  # people in a hall


@command
async def discuss(
    matter_id: int,
    held_on: date,
    attended: int,
    minutes: str,
    *,
    consensus: str = "",
    dissent: str = "",
    by: Person,
    at: datetime,
) -> State:
    """Put a session on record: who came, what was said, line by line what was agreed and what was not.

    Each dissent waits for its answer from now on.
    """
    matter = await _hosted(matter_id, by, at)
    not_later(held_on, at)
    said(minutes, "minutes")
    if not 0 < attended <= MOST:
        raise Unfit("请填到会的人数。", field="attended")
    sitting = await Sitting.create(
        matter=matter,
        held_on=held_on,
        attended=attended,
        minutes=minutes,
        consensus=consensus,
        dissent=dissent,
        by=by,
        at=at,
    )
    await take_down(sitting, {Accord.CONSENSUS: consensus, Accord.DISSENT: dissent}, by=by, at=at)
    return await move(matter, Verb.DISCUSS, by=by, at=at, attended=attended)


@command
async def finalise(matter_id: int, *, by: Person, at: datetime) -> State:
    """Freeze the words; what is voted on later carries their hash.

    Raises:
        Unfit: no session was held, or a dissent has no answer yet.
    """
    matter = await _hosted(matter_id, by, at)
    if not await Sitting.exists(matter_id=matter.id):
        raise Unfit("还没有议事会的记录。请先记一次议事会，再定稿。")
    if not await Matter.filter(id=matter.id, open_dissents=0).update(open_dissents=0):  # locks it against a new one
        raise Unfit("还有 {n} 条不同意见没有答复。请先逐条答复，再定稿。", n=matter.open_dissents)
    if waiting := await Amendment.filter(matter_id=matter.id, state=Fate.OPEN).count():
        raise Unfit("还有 {n} 条修改建议没有答复。请先采纳或者不采纳，再定稿。", n=waiting)
    if matter.unconfirmed:
        raise Unfit("改过意思，还有 {n} 位附议的人没有确认。请等确认期结束，再定稿。", n=matter.unconfirmed)
    await require_declared(matter, host=by)
    words = await text_of(matter)
    return await move(matter, Verb.FINALISE, by=by, at=at, set_final_hash=words.hash, hash=words.hash)


@command
async def reconvene(matter_id: int, *, by: Person, at: datetime) -> State:
    """Call the same vote again after too few took part; the words are the same, so nothing is asked anew.

    Seconds carry over, because they hold for a version and the version has not changed.
    """
    matter = await _hosted(matter_id, by, at)
    if (await text_of(matter)).hash != matter.final_hash:
        raise Unfit("文字和上次表决的不一样，不能直接再次召集。请重新定稿。")
    return await move(matter, Verb.RECONVENE, by=by, at=at, hash=matter.final_hash, seconded=matter.seconded)


async def _hosted(matter_id: int, by: Person, at: datetime) -> Matter:
    matter = await find(by, matter_id)
    await require_actor(matter, Actor.HOST, by=by, at=at)
    return matter
