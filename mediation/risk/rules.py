"""Signs, their points, the colour that follows, and the chain of the alarm. Nothing here does I/O.

Points of 2026-05-01, the platform's own; ethnicity, religion, household registration and diagnoses are no signs.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Level(StrEnum):
    """The colour of a case, from calm to danger."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class Sign(StrEnum):
    """What may be a sign that a quarrel gets worse."""

    THREAT = "threat"
    WEAPON = "weapon"
    POLICE = "police"
    FEAR = "fear"
    CRISIS = "crisis"
    REPEATED = "repeated"
    TENDER = "tender"
    MANY = "many"
    GATHERING = "gathering"
    WAGES = "wages"
    FAILED = "failed"
    OVERDUE = "overdue"


class Safety(StrEnum):
    """What is done when a case is red; holding back the joint talk is done by the platform itself."""

    SEPARATE = "separate"  # 把各方分开
    POLICE = "police"  # 打 110
    CALL = "call"  # 给受威胁的一方打安全电话
    DUTY = "duty"  # 告诉值班负责人
    ADDRESS = "address"  # 受威胁一方的住处保密
    REPORT = "report"  # 强制报告（反家庭暴力法 14、未成年人保护法 11）
    REFER = "refer"  # 心理、医疗转介


class Prevented(StrEnum):
    """What a mediation kept from happening, as two people of the committee confirmed it (239号)."""

    SUICIDE = "suicide"  # 防止自杀
    CRIME = "crime"  # 防止民转刑
    FIGHT = "fight"  # 防止群体性械斗
    PETITION = "petition"  # 防止群体性上访


class Claimed(StrEnum):
    """Where it stands that something was kept from happening."""

    WAITS = "waits"  # 等另一个人核对
    CONFIRMED = "confirmed"  # 已核对属实
    DROPPED = "dropped"  # 核对后不算


SETTLED: Final = MappingProxyType({True: Claimed.CONFIRMED, False: Claimed.DROPPED})
"""What becomes of a claim by the answer of the second person; neither is changed afterwards."""

PEOPLE_MOST: Final = 100_000
"""More people than these are a slip of the key."""

AGAIN: Final = frozenset({Safety.POLICE, Safety.CALL})
"""What may be done more than once; every time is put down."""

EXTRACT: Final = ("place", "people", "name", "phone", "address", "words", "sign", "at", "text")
"""Every field that the paper for the police may have: who, where, what was said, and how to reach them."""

POINTS: Final = MappingProxyType(
    {
        Sign.THREAT: 40,
        Sign.WEAPON: 60,
        Sign.POLICE: 20,
        Sign.FEAR: 30,
        Sign.CRISIS: 15,
        Sign.REPEATED: 15,
        Sign.TENDER: 10,
        Sign.MANY: 15,
        Sign.GATHERING: 30,
        Sign.WAGES: 20,
        Sign.FAILED: 10,
        Sign.OVERDUE: 10,
    }
)

LOOKS_LIKE: Final = MappingProxyType(
    {
        Sign.WEAPON: Prevented.CRIME,
        Sign.THREAT: Prevented.CRIME,
        Sign.MANY: Prevented.PETITION,
        Sign.GATHERING: Prevented.PETITION,
    }
)
"""What a sign may have been about, to ask a person; what the platform saw is never counted by itself."""

FROM: Final = ((Level.RED, 60), (Level.ORANGE, 40), (Level.YELLOW, 20), (Level.GREEN, 0))
"""Points from which a case has a colour."""

ORDER: Final = tuple(Level)

CHAIN: Final = (timedelta(0), timedelta(minutes=5), timedelta(minutes=15))
"""When each link is called: who leads and directs, then the 司法所, then the centre (D24, never paused)."""

WORDS_OF: Final = MappingProxyType(
    {
        Sign.WEAPON: re.compile(
            r"(拿|带|提|动|持)着?刀|菜刀|砍刀|匕首|[泼浇带拿提].{0,3}汽油|放火|点火烧|炸药|炸了|下毒|毒药|喝.{0,3}农药|自杀|跳楼|不想活|同归于尽"
        ),
        Sign.THREAT: re.compile(
            r"(弄死|打死|杀|砍|捅|废了).{0,4}(你|他|她)|拿刀.{0,6}(找|砍|捅)|要(你|他|她)的?命|同归于尽|见血"
        ),
    }
)
"""Words that the room itself looks for; a person confirms or lowers what they lead to."""


class Hit(NamedTuple):
    """One sign, seen at a moment."""

    sign: Sign
    at: datetime


class Ruling(NamedTuple):
    """One colour that people set; ``lowers`` wipes what was seen before."""

    level: Level
    at: datetime
    lowers: bool


def found(text: str) -> list[Sign]:
    """Return the signs in what somebody says.

    >>> [str(each) for each in found("今晚我拿刀去找他")]
    ['weapon', 'threat']
    """
    return [sign for sign, words in WORDS_OF.items() if words.search(text)]


def points(signs: Iterable[Sign]) -> int:
    """Return the points of signs: each counts once, and a planned gathering includes that there are many."""
    seen = set(signs)
    if Sign.GATHERING in seen:
        seen.discard(Sign.MANY)
    return sum(POINTS[each] for each in seen)


def colour(total: int) -> Level:
    """Return the colour of so many points."""
    return next(level for level, least in FROM if total >= least)


def worst(levels: Iterable[Level]) -> Level:
    """Return the most dangerous of some colours."""
    return max(levels, key=ORDER.index)


def since_lowered(rulings: Iterable[Ruling]) -> datetime | None:
    """Return when the colour was last lowered; what was seen before is history."""
    return max((each.at for each in rulings if each.lowers), default=None)


def standing(hits: Iterable[Hit], rulings: Iterable[Ruling]) -> Level:
    """Return the colour of a case: what was set or seen since it was last lowered, the worst of it."""
    rulings = sorted(rulings, key=lambda each: each.at)
    last = max((n for n, each in enumerate(rulings) if each.lowers), default=-1)
    fresh = [each.sign for each in hits if last < 0 or each.at > rulings[last].at]
    return worst([colour(points(fresh)), *(each.level for each in rulings[max(last, 0) :])])
