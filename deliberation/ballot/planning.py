"""What a clerk plans for a vote, as far as the law and the body's own rules of procedure let it stand. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from community.errors import Unfit
from deliberation.ballot.conduct import Conduct
from deliberation.ballot.models import FITS, Channel, Precedence
from deliberation.ballot.rules import DecisionRule
from deliberation.body.rules import Effect, Weight
from deliberation.charter.queries import Own
from deliberation.charter.rules import Point
from deliberation.mandate.rules import rule_in
from deliberation.question.asking import YES_NO, Asked
from deliberation.question.rules import Side

LONGEST: Final = 60  # days a vote may last (杭州 20)
EXTENDS: Final = (0, 3, 7, 15)  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a matter is put to the vote. The ballot opens at 8:00 of one day and closes at 20:00 of another.

    ``extend_days`` is by how many days the close may be put off, once, when too few took part (0: not at all).
    ``asked`` is what is asked where that is more than yes or no; of the ``channels`` those hold that fit its kind.
    What the body's own rules of procedure say of extension and channels holds. All of it is frozen with the notice.
    """

    weight: Weight
    effect: Effect
    opens_on: date
    closes_on: date
    extend_days: int = 0
    channels: tuple[Channel, ...] = tuple(Channel)
    precedence: Precedence = Precedence.LAST
    asked: Asked = YES_NO
    sides: frozenset[Side] = frozenset()


def bound(plan: Plan, own: Own) -> Plan:
    """Return the plan as far as the body's own rules of procedure allow it."""
    longer, ways = own.clauses.get(Point.EXTENSION), own.clauses.get(Point.CHANNELS)
    return replace(
        plan,
        extend_days=longer.number if longer else plan.extend_days,
        channels=tuple(way for way in plan.channels if not ways or way in ways.ways),
    )


def check_ways(plan: Plan, conduct: Conduct) -> None:
    """Raise `Unfit` when nobody could vote in the ways that are planned and lawful."""
    lawful = conduct.ways & set(plan.channels)
    if not FITS[plan.asked.kind] & lawful:
        raise Unfit("不是赞成反对的表决，要本人投，不能委托。请另选一种投票方式。", field="channels")
    if not lawful - {Channel.PROXY}:
        raise Unfit("请至少选一种本人能投的方式。", field="channels")
    if Channel.LINK in lawful and Channel.SITE not in lawful:
        raise Unfit("邮件链接要和网站一起选：改票和看回执都在网站上。", field="channels")


def ways_of(rule: DecisionRule, conduct: Conduct, plan: Plan, code: str, own: Own) -> list[Channel]:
    """Return the ways of a plan in the order in which they are always named; agents only where one may be sent."""
    nobody = {Channel.PROXY} if 0 in (rule_in(code, rule.electorate).most, own.agents) else set()
    fits = FITS[plan.asked.kind] & conduct.ways & set(plan.channels)
    return [way for way in Channel if way in fits - nobody]
