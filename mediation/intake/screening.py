"""What a clerk finds out alone with somebody before anybody else is asked: of what kind it is, and whether they fear.

Source: 反家庭暴力法 5, 14 (privacy of whom it happens to; who must report); 人民调解法 17, 22.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Forbidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat
from mediation.case.keys import lock_case
from mediation.case.models import Case
from mediation.case.queries import visible_case
from mediation.case.states import State
from mediation.intake.fingerprints import imprint
from mediation.intake.rules import Kind

AT_INTAKE: Final = frozenset({State.REGISTERED, State.SUPPLEMENT, State.INVITING})
SAFE_MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What somebody said alone: whether they fear the other side, how to reach them safely, whether to meet at all."""

    alone: bool
    afraid: bool
    reach: str = ""
    meets: bool = False


@command
async def screen(code: str, said: Screened, *, by: Person, at: datetime) -> Case:
    """Keep what was said alone. The other side never learns of it, and the record does not say what it was.

    Raises:
        Unfit: it was not asked alone, or nobody knows how to reach somebody who is afraid.
    """
    case = await at_intake(code, by=by, at=at)
    if not said.alone:
        raise Unfit("请先请别人回避，单独问当事人，再记下来。", field="alone")
    if said.afraid and not said.reach.strip():
        raise Unfit("他怕对方，请写明怎样联系才安全，例如几点打哪个电话。", field="reach")
    if len(said.reach) > SAFE_MOST:
        raise Unfit("这一处有 {n} 个字，最多 {most} 个，请删短一些。", field="reach", n=len(said.reach), most=SAFE_MOST)
    lock_case(case, "safe_contact", said.reach.strip())
    kept = {"screened": True, "afraid": said.afraid, "safe_contact": case.safe_contact, "meets": said.meets}
    await Case.filter(id=case.id).update(**kept)
    await record("case.screened", case.key, by=by, at=at, community_id=case.community_id)
    return case


@command
async def classify(code: str, kind: Kind, *, by: Person, at: datetime) -> Case:
    """Give a dispute another kind, as a clerk decides; suggestions never do."""
    case = await at_intake(code, by=by, at=at)
    was = case.type_code
    if not await Case.filter(id=case.id, type_code=was).exclude(type_code=kind).update(type_code=kind):
        raise MovedOn("类型已经是这一类了。")
    case.type_code = kind
    await imprint(case)
    await record("case.classified", case.key, by=by, at=at, community_id=case.community_id, was=was, now=kind)
    return case


async def at_intake(code: str, *, by: Person, at: datetime) -> Case:
    """Return a case that ``by`` works on at intake.

    Raises:
        Hidden: there is none that they may know of.
        Forbidden: they do not take cases in here.
        MovedOn: it has left intake.
    """
    case, seats = await visible_case(by, code, at=at)
    if not seats & {Seat.INTAKE, Seat.DIRECTOR}:
        raise Forbidden("受理前的事由受理员和调委会主任来办。")
    if case.state not in AT_INTAKE:
        raise MovedOn("这件事已经往前走了一步，请刷新后再看。")
    return case
