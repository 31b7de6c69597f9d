"""What a plan and a step must say, who is satisfied, and how few answers are too few to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from community.errors import Unfit
from deliberation.matter.states import Actor

TITLE: Final = (2, 60)
WORDS: Final = (4, 1000)
STEPS: Final = 20
FILES: Final = 6
MOST: Final = 10**12  # fen, ten thousand million yuan
SCORES: Final = range(1, 6)
NOTE_DAYS: Final = range(1, 61)
AUTO_DAYS: Final = 5  # days to answer a note that the clock wrote


@dataclass(frozen=True, slots=True)
class Standard:
    """When those asked are satisfied. Data, so that a body's own rules may ask for more.

    Attributes:
        from_score: the score from which an answer counts as satisfied.
        share: satisfied answers of all answers that are enough.
        fewest: answers below which nobody can be said to be dissatisfied.
        shown_from: answers below which neither the spread nor the words are shown (small cells).
    """

    from_score: int
    share: Fraction
    fewest: int
    shown_from: int


STANDARD: Final = Standard(from_score=4, share=Fraction(3, 5), fewest=3, shown_from=5)


class Finding(StrEnum):
    """What an evaluation found."""

    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many gave each score from 1 to 5."""

    counts: tuple[int, int, int, int, int]

    @classmethod
    def of(cls, scores: Iterable[int]) -> "Spread":
        """Return the spread of some scores."""
        given = list(scores)
        return cls(tuple(given.count(score) for score in SCORES))  # type: ignore[arg-type]

    @property
    def answers(self) -> int:
        """Return how many answered."""
        return sum(self.counts)

    @property
    def average(self) -> Fraction | None:
        """Return the exact average, or None of nothing."""
        total = sum(score * n for score, n in zip(SCORES, self.counts, strict=True))
        return Fraction(total, self.answers) if self.answers else None

    def satisfied(self, standard: Standard = STANDARD) -> int:
        """Return how many are satisfied."""
        return sum(self.counts[standard.from_score - 1 :])

    def finding(self, standard: Standard = STANDARD) -> Finding:
        """Return what they found; compared by multiplication, never by division.

        >>> Spread((0, 1, 1, 2, 1)).finding()
        <Finding.SATISFIED: 'satisfied'>
        """
        if self.answers < standard.fewest:
            return Finding.TOO_FEW
        enough = self.satisfied(standard) * standard.share.denominator >= standard.share.numerator * self.answers
        return Finding.SATISFIED if enough else Finding.DISSATISFIED


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan: what, until which day."""

    title: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A plan: which unit, who leads, for how many fen, until when, in which steps; ``why`` of a change."""

    org_id: int
    lead_id: int
    budget: int
    due_on: date
    steps: Sequence[Step]
    why: str = ""


def check_outline(outline: Outline, today: date, *, fresh: bool) -> None:
    """Raise `Unfit` when a plan says too little, promises the past, or has a step after its end."""
    if not 0 <= outline.budget <= MOST:
        raise Unfit("请填预算，写成元，可以是 0。", field="budget")
    if outline.due_on < today:
        raise Unfit("完成的日子不能在今天以前。", field="due_on")
    if not (1 if fresh else 0) <= len(outline.steps) <= STEPS:
        raise Unfit("请至少写一步，最多 {n} 步。一行一步：日期，空一格，再写做什么。", field="steps", n=STEPS)
    for step in outline.steps:
        length(step.title, TITLE, "steps")
        if not today <= step.due_on <= outline.due_on:
            raise Unfit("“{title}”的日子要在今天和完成的日子之间。", field="steps", title=step.title)


def length(text: str, bounds: tuple[int, int], field: str) -> None:
    """Raise `Unfit` when there is too little or too much of it."""
    fewest, most = bounds
    if len(text.strip()) < fewest:
        raise Unfit("这一项至少写 {fewest} 个字。", field=field, fewest=fewest)
    if len(text) > most:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field=field, n=len(text), most=most)


class Source(StrEnum):
    """How a supervision note came about: somebody wrote it, or a clock did for a reason."""

    HAND = "hand"  # 监督人写的
    STEP = "step"  # 一步到期没有办完
    REPORT = "report"  # 到期没有报告办完
    REWORK = "rework"  # 评议不满意，要有新的计划


OFFICES: Final = (Actor.EXECUTOR, Actor.CLERK, Actor.HOST, Actor.PARTY, Actor.TELLER)
"""Whom a note may be addressed to."""
