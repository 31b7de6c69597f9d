"""What is allowed where: how many one agent may stand for, and whether the paper has to say how to vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from community.law.rules import Confidence
from deliberation.ballot.roll import Electorate

WHY: Final = (4, 200)  # characters of why a clerk withdraws one


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRule:
    """What a place says of mandates in votes of one electorate.

    Attributes:
        most: how many one agent may stand for; 0 where nobody may send another, None where no number is named.
        fixed: the paper must say how to vote, and the agent must vote so.
        signs: the agent signs for what was cast.
        source: the articles.
        confidence: whether the text was read.
    """

    most: int | None
    source: str
    fixed: bool = False
    signs: bool = False
    confidence: Confidence = Confidence.READ


OWNERS: Final = Electorate.OWNERS
TABLE: Final[Mapping[tuple[str, Electorate], MandateRule]] = {
    ("CN", OWNERS): MandateRule(most=None, source="民法典 161、165 条"),
    ("CN-31", OWNERS): MandateRule(most=None, fixed=True, source="上海 18 条；民法典 165 条"),
    ("CN-3707", OWNERS): MandateRule(most=3, signs=True, source="潍坊 32 条；民法典 165 条"),
    ("CN-3715", OWNERS): MandateRule(most=None, source="聊城 17 条（逐事项书面委托）；民法典 165 条"),
    ("CN-5117", OWNERS): MandateRule(most=None, source="达州 13 条（逐事项书面委托）；民法典 165 条"),
    ("CN", Electorate.INTERESTED): MandateRule(most=None, source="民法典 161、165 条"),
    ("CN", Electorate.ADULTS): MandateRule(most=3, source="比照居委会法 19 条", confidence=Confidence.SECOND_HAND),
    ("CN", Electorate.HOUSEHOLDS): MandateRule(most=3, source="比照居委会法 19 条", confidence=Confidence.SECOND_HAND),
    ("CN", Electorate.VOTERS): MandateRule(most=3, source="居委会法 19 条"),
}
NOBODY: Final = MandateRule(most=0, source="居委会法 19、29 条；杭州 29 条")
"""Delegates and members vote in person."""
NOT_NAMED: Final = MandateRule(most=0, source="公告的投票方式里没有委托")
"""The notice of the ballot does not name agents among its ways."""


def rule_in(code: str, electorate: Electorate) -> MandateRule:
    """Return what holds in the place of a division code: the narrowest that says anything.

    >>> rule_in("370702001001", OWNERS).most, rule_in("999001001", OWNERS).most, rule_in("31", Electorate.MEMBERS).most
    (3, None, 0)
    """
    here = {where: rule for (where, whose), rule in TABLE.items() if whose is electorate}
    known = [where for where in here if where == "CN" or code.startswith(where.removeprefix("CN-"))]
    return here[max(known, key=len)] if known else NOBODY
