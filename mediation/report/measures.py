"""The formulas beside those of the closed cases: reaching people, handing on, alarms, mediators. No I/O here.

Each takes plain days, moments and answers and returns an exact share or spread; what has no answer counts as none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mediation.report.rules import Share
from mediation.risk.rules import Prevented

AT_ONCE: Final = timedelta(hours=24)
"""当场履行: an agreement that was performed this soon after it took effect."""
LEAST: Final = 10
"""Cases of a mediator below which no rate of theirs is told."""
PLEASED: Final = 4
"""Marks of five from which somebody counts as satisfied."""
MEDIAN, NINETY, NINETY_FIVE = 50, 90, 95


@dataclass(frozen=True, slots=True)
class Ringing:
    """One alarm: minutes until somebody answered, and whether people let the colour stand as red."""

    minutes: int | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """One handover that was answered: whole hours until then, and whether it was sent back."""

    hours: int
    bounced: bool


@dataclass(frozen=True, slots=True)
class Led:
    """What a mediator led: cases, those in which they were asked to step aside, and those taken from them."""

    cases: int
    asked: int
    replaced: int
    complaints: int = 0


def percentile(values: Iterable[int], per_cent: int) -> int | None:
    """Return the nearest-rank percentile; None of nothing.

    >>> percentile([4, 1, 3, 2], 50), percentile(range(1, 101), 95), percentile([], 50)
    (2, 95, None)
    """
    row = sorted(values)
    return row[max(0, -(-per_cent * len(row) // 100) - 1)] if row else None


def engaged(agreed: Iterable[bool]) -> Share:
    """Return how many of the invited parties agreed to talk (参与率)."""
    said = list(agreed)
    return Share(sum(said), len(said))


def at_once(spans: Iterable[timedelta | None], agreed: int) -> Share:
    """Return how many of the agreed cases were performed within a day of taking effect (当场履行率)."""
    return Share(sum(each is not None and each <= AT_ONCE for each in spans), agreed)


def late(kept: Share) -> Share:
    """Return the share of promises that were not kept in time (逾期率), the rest of those that were."""
    return Share(kept.whole - kept.part, kept.whole)


def filed(eligible: int, applied: int) -> Share:
    """Return how many agreements that could be confirmed by a court were taken there (司法确认申请率)."""
    return Share(applied, eligible)


def confirmed(decisions: Iterable[bool]) -> Share:
    """Return how many decided applications the court confirmed (确认率)."""
    return engaged(decisions)


def reasons(dismissed: Iterable[str]) -> list[tuple[str, int]]:
    """Return how often applications were dismissed for each reason, the most frequent first."""
    return sorted(Counter(dismissed).items(), key=lambda each: (-each[1], each[0]))


def responded(waits: Iterable[timedelta | None], within: timedelta) -> Share:
    """Return how many filings were answered by a person within the target (响应率); not answered is not in time."""
    all_ = list(waits)
    return Share(sum(each is not None and each <= within for each in all_), len(all_))


def answered(asked: Sequence[object | None]) -> Share:
    """Return how many of those asked afterwards gave an answer (回访应答率)."""
    return Share(sum(each is not None for each in asked), len(asked))


def solved(answers: Iterable[bool | None]) -> Share:
    """Return how many who answered say that it is solved (解决率)."""
    return engaged(each for each in answers if each is not None)


def pleased(marks: Iterable[int | None]) -> Share:
    """Return how many who answered are satisfied (满意率); silence is no satisfaction."""
    return engaged(each >= PLEASED for each in marks if each is not None)


def prevented(tags: Iterable[tuple[Prevented, int]]) -> Mapping[Prevented, tuple[int, int]]:
    """Return by what was prevented the cases and the people (防激化); only what people confirmed is given."""
    found = list(tags)
    those = {kind: [people for each, people in found if each is kind] for kind in Prevented}
    return {kind: (len(people), sum(people)) for kind, people in those.items()}


def precise(alarms: Sequence[Ringing]) -> Share:
    """Return how many alarms people let stand (民转刑预警精度)."""
    return Share(sum(each.confirmed for each in alarms), len(alarms))


def waited(alarms: Iterable[Ringing], per_cent: int) -> int | None:
    """Return within how many minutes so many of the answered alarms were answered."""
    return percentile((each.minutes for each in alarms if each.minutes is not None), per_cent)


def missed(incidents: Iterable[tuple[datetime, datetime | None]]) -> int:
    """Return the incidents in cases that had not been orange before; each with when it first was (漏报)."""
    return sum(warned is None or warned > happened for happened, warned in incidents)


def taken(handovers: Iterable[Passed], per_cent: int) -> int | None:
    """Return within how many hours so many of the accepted handovers were taken (移交接收时长)."""
    return percentile((each.hours for each in handovers if not each.bounced), per_cent)


def bounced(handovers: Sequence[Passed]) -> Share:
    """Return how many answered handovers were sent back (退回率)."""
    return Share(sum(each.bounced for each in handovers), len(handovers))


def one_visit(visits: Sequence[int]) -> Share:
    """Return how many solved cases needed one visit at most (最多跑一地)."""
    return Share(sum(each <= 1 for each in visits), len(visits))


def rates(led: Led) -> tuple[Share, Share, Share] | None:
    """Return recusal, replacement and complaint rate of a mediator, or None where they led too few cases to tell."""
    if led.cases < LEAST:
        return None
    return Share(led.asked, led.cases), Share(led.replaced, led.cases), Share(led.complaints, led.cases)
