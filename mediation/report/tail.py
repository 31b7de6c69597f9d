"""The lower part of the quarterly form: what came after the talks, in cases, people and money. Nothing here does I/O.

Source: 司发通〔2010〕239号 (履行、回访、防激化、起诉后的判决). Money is in fen. A figure that is part
of another stands in the same group as it, so that the public copy can hide both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Final

from mediation.feedback.rules import Suit
from mediation.report.form import beside, hidden
from mediation.report.measures import PLEASED, at_once, prevented
from mediation.report.rules import Promise, kept
from mediation.risk.rules import Prevented


class After(StrEnum):
    """What is counted after the talks."""

    SWEEPS = "sweeps"  # 排查次数
    HOMES = "homes"  # 走访户数
    FOUND = "found"  # 排查发现
    SETTLED = "settled"  # 当场劝好，预防纠纷
    VISITED = "visited"  # 回访
    DANGER = "danger"  # 回访发现隐患
    KEPT = "kept"  # 按时履行的义务
    LATE = "late"  # 逾期或者没有履行的义务
    DUE = "due"  # 到期的义务
    AT_ONCE = "at-once"  # 当场履行
    PLEASED = "pleased"  # 满意的当事人
    NOT_PLEASED = "not-pleased"  # 答了、不满意的当事人
    SILENT = "silent"  # 没有答的当事人
    ASKED = "asked"  # 问过的当事人
    APPLIED = "applied"  # 申请司法确认
    CONFIRMED = "confirmed"  # 法院确认
    REFUSED = "refused"  # 法院驳回、不受理
    DECIDED = "decided"  # 法院有结果


TRIED: Final = (Suit.UPHELD, Suit.CHANGED, Suit.REVOKED)
"""起诉后的判决."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the lower part is counted from.

    ``harms``: what was kept from happening in the cases closed in the time, with its people; ``spans``: of each agreed
    case how long the last promise took; ``sweeps``: homes, found, settled of each; ``marks``: of each party asked the
    lowest mark, None of silence.
    """

    visits: Sequence[tuple[Suit, bool]] = ()
    promises: Sequence[Promise] = ()
    spans: Sequence[timedelta | None] = ()
    agreed: int = 0
    marks: Sequence[int | None] = ()
    applied: int = 0
    rulings: Sequence[bool] = ()
    harms: Sequence[tuple[Prevented, int]] = ()
    sweeps: Sequence[tuple[int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: how many, how many people, how much money; the last two only where they mean something."""

    of: Enum
    n: int
    people: int | None = None
    fen: int | None = None


Group = tuple[Row, ...]
"""Figures that belong together; where there are several the last is the sum of the others."""


def groups(facts: Facts, since: date, until: date) -> list[Group]:
    """Return the lower part of the form, group by group."""
    promised, money = kept(facts.promises, since, until)
    suits = [suit for suit, _ in facts.visits]
    homes, found, settled = (sum(each[n] for each in facts.sweeps) for n in range(3))
    alone = [
        Row(After.SWEEPS, len(facts.sweeps)),
        Row(After.HOMES, homes),
        Row(After.FOUND, found),
        Row(After.SETTLED, settled),
        Row(After.VISITED, len(suits)),
        Row(After.DANGER, sum(danger for _, danger in facts.visits)),
        *(Row(each, suits.count(each)) for each in TRIED),
        Row(After.AT_ONCE, at_once(facts.spans, facts.agreed).part),
        Row(After.APPLIED, facts.applied),
        *(Row(harm, n, people) for harm, (n, people) in prevented(facts.harms).items()),
    ]
    due = (
        Row(After.KEPT, promised.part, None, money.part),
        Row(After.LATE, promised.whole - promised.part, None, money.whole - money.part),
        Row(After.DUE, promised.whole, None, money.whole),
    )
    return [due, _asked(facts.marks), _decided(facts.rulings), *((each,) for each in alone)]


def _asked(marks: Sequence[int | None]) -> Group:
    said = [each for each in marks if each is not None]
    glad = sum(each >= PLEASED for each in said)
    return (
        Row(After.PLEASED, glad),
        Row(After.NOT_PLEASED, len(said) - glad),
        Row(After.SILENT, len(marks) - len(said)),
        Row(After.ASKED, len(marks)),
    )


def _decided(rulings: Sequence[bool]) -> Group:
    yes = sum(rulings)
    return Row(After.CONFIRMED, yes), Row(After.REFUSED, len(rulings) - yes), Row(After.DECIDED, len(rulings))


def public(group: Group) -> list[tuple[Enum, list[str]]]:
    """Return a group as anybody may see it: small figures hidden, and none to be had back by subtraction."""
    count = hidden([row.n for row in group]) if len(group) > 1 else [hidden([group[0].n, group[0].n])[0]]
    quiet = [not told.isdigit() for told in count]
    columns = [count, *(_told([getattr(row, name) for row in group], quiet) for name in ("people", "fen"))]
    return [(row.of, [column[n] for column in columns]) for n, row in enumerate(group)]


def _told(figures: Sequence[int | None], quiet: Sequence[bool]) -> list[str]:
    told = beside([each or 0 for each in figures], quiet)
    return ["" if figure is None else words for figure, words in zip(figures, told, strict=True)]


def exact(rows: Iterable[Row]) -> list[tuple[Enum, list[int | None]]]:
    """Return a group as it is reported up."""
    return [(row.of, [row.n, row.people, row.fen]) for row in rows]
