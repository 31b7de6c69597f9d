"""The quarterly form: cases of a time by one dimension after another, with a total. Nothing here does I/O.

Source: 司发通〔2010〕239号 (statistical dimensions). Money is in fen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final

from mediation.case.channels import ASKED, Channel
from mediation.case.models import Track
from mediation.case.states import Outcome
from mediation.intake.rules import Kind
from mediation.report.rules import SMALL, Counted, accepted, concluded, success

WITHHELD: Final = "—"
"""Stands in a public table where a figure would give a small one back by subtraction."""


class Source(StrEnum):
    """Where a dispute came from, as the ministry's form has it."""

    APPLIED = "applied"  # 申请
    FOUND = "found"  # 主动排查
    SENT = "sent"  # 接受委托移送
    IMPORTED = "imported"  # 批量导入


class Band(StrEnum):
    """How much money an agreement is about."""

    NONE = "none"  # 没有金额
    TO_10K = "to-10k"  # 不满一万元
    TO_50K = "to-50k"  # 一万至五万元
    TO_200K = "to-200k"  # 五万至二十万元
    ABOVE = "above"  # 二十万元以上


BANDS: Final = ((20_000_000, Band.ABOVE), (5_000_000, Band.TO_200K), (1_000_000, Band.TO_50K), (1, Band.TO_10K))
"""From how many fen."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form; ``of`` is None in the total."""

    of: Enum | None
    accepted: int
    concluded: int
    agreed: int
    fen: int
    people: int


def source(channel: Channel) -> Source:
    """Return the form's name of a way in."""
    if channel in ASKED:
        return Source.APPLIED
    return {Channel.GRID: Source.FOUND, Channel.IMPORT: Source.IMPORTED}.get(channel, Source.SENT)


def band(fen: int) -> Band:
    """Return in which band an amount is.

    >>> band(0), band(999_999), band(1_000_000)
    (<Band.NONE: 'none'>, <Band.TO_10K: 'to-10k'>, <Band.TO_50K: 'to-50k'>)
    """
    return next((each for least, each in BANDS if fen >= least), Band.NONE)


def _outcome(case: Counted) -> Outcome | None:
    return case.outcome if case.closed else None


Key = Callable[[Counted], Enum | None]
DIMENSIONS: Final = MappingProxyType[str, tuple[Iterable[Enum], Key]](
    {
        "kind": (Kind, lambda case: Kind(case.kind)),
        "track": (Track, lambda case: case.track),
        "source": (Source, lambda case: source(case.channel)),
        "outcome": (Outcome, _outcome),
        "amount": (Band, lambda case: band(case.fen)),
    }
)
"""By which the form counts, in its order, with every value that there is."""


def lines(cases: Sequence[Counted], since: date, until: date, by: str) -> list[Line]:
    """Return the lines of one dimension that are not empty, in its order, and the total below them."""
    values, key = DIMENSIONS[by]
    began, ended = accepted(cases, since, until), concluded(cases, since, until)
    rows = [_line(value, _those(began, key, value), _those(ended, key, value)) for value in values]
    return [*(each for each in rows if each.accepted or each.concluded), _line(None, began, ended)]


def _those(cases: Iterable[Counted], key: Key, value: Enum) -> list[Counted]:
    return [each for each in cases if key(each) is value]


def _line(of: Enum | None, began: Sequence[Counted], ended: Sequence[Counted]) -> Line:
    money, people = sum(each.fen for each in ended), sum(each.people for each in ended)
    return Line(of, len(began), len(ended), success(ended).part, money, people)


def public(rows: Sequence[Line]) -> list[tuple[Enum | None, list[str]]]:
    """Return the lines as anybody may see them: small figures hidden, and none to be had back by subtraction.

    Money and people of a line are told only where it has at least `SMALL` concluded cases.
    """
    columns = [hidden([getattr(each, name) for each in rows]) for name in ("accepted", "concluded", "agreed")]
    quiet = [each.concluded < SMALL for each in rows]
    columns += [beside([getattr(each, name) for each in rows], quiet) for name in ("fen", "people")]
    return [(row.of, [column[n] for column in columns]) for n, row in enumerate(rows)]


def hidden(figures: Sequence[int]) -> list[str]:
    """Hide the small figures of a column whose last is the total; with one alone hide the next smallest as well."""
    told = [f"<{SMALL}" if 0 < each < SMALL else str(each) for each in figures]
    parts = range(len(figures) - 1)
    small = [n for n in parts if 0 < figures[n] < SMALL]
    others = sorted((n for n in parts if figures[n] >= SMALL), key=lambda n: figures[n])
    if len(small) == 1 and figures[-1] >= SMALL:
        told[others[0] if others else -1] = WITHHELD
    return told


def beside(figures: Sequence[int], quiet: Sequence[bool]) -> list[str]:
    """Hide the figures of a column beside hidden ones, and where that is one alone the next smallest as well."""
    told = [WITHHELD if hush and each else str(each) for each, hush in zip(figures, quiet, strict=True)]
    parts = [n for n in range(len(figures) - 1) if figures[n]]
    if sum(told[n] == WITHHELD for n in parts) == 1:
        others = sorted((n for n in parts if told[n] != WITHHELD), key=lambda n: figures[n])
        told[others[0] if others else -1] = WITHHELD
    return told


def wan(fen: int) -> str:
    """Return an amount in 万元 with two decimals, half up.

    >>> wan(123_456_700), wan(49_999), wan(50_000)
    ('123.46', '0.05', '0.05')
    """
    hundredths = (fen + 5_000) // 10_000
    return f"{hundredths // 100}.{hundredths % 100:02}"
