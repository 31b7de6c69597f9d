"""People who report without ground again and again, as moderation sees them: they may report once a day for a while.

The same duties hold as for words: a reason, a letter, an appeal, a clock. Nobody's right to vote or speak is touched.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.errors import Unfit
from community.moderation.content import Masked
from community.moderation.models import Hiding, Report
from community.moderation.rules import GROUNDLESS, LOOK_BACK, Measure, Verdict
from community.moderation.states import IN_EFFECT
from community.people.models import Person
from community.words import N_

KIND: Final = "reporter"
ONLY_LIMITED: Final = N_("这里只能限制举报次数。")


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody and what came of their reports."""

    person: Person
    closed: Sequence[Report]

    @property
    def owner_id(self) -> int | None:
        """Return who it is."""
        return self.person.id

    @property
    def community_id(self) -> int:
        """Return where they live, or where they reported last."""
        return self.person.community_id or (self.closed[-1].community_id if self.closed else 0)

    @property
    def excerpt(self) -> str:
        """Return the codes of what they reported, the latest last; there is nothing they wrote."""
        return " ".join(f"{each.reason.value}→{each.verdict}" for each in self.closed[-20:])

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of the ids of the reports."""
        return hashlib.sha256(",".join(str(each.id) for each in self.closed).encode()).hexdigest()

    @property
    def protected(self) -> bool:
        """Return False: nothing anybody supports is touched."""
        return False

    @property
    def url(self) -> str:
        """Return where they read about it."""
        return "/moderation/log"

    @property
    def measures(self) -> frozenset[Measure]:
        """Return the one thing that can be done."""
        return frozenset({Measure.LIMIT})

    async def visible_to(self, person: Person, *, at: datetime) -> bool:
        """Return whether ``person`` is known at all; the command asks for the right."""
        return at.tzinfo is not None and person.id is not None

    async def alike(self) -> list[str]:
        """Return nothing: nobody is limited in batches."""
        return []

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Limit the reporting; the decision itself is what `limited` reads.

        Raises:
            Unfit: there were not enough groundless reports, or some had ground.
        """
        lately = [each for each in self.closed if each.closed_at and each.closed_at > at - LOOK_BACK]
        kept = [each for each in lately if each.verdict is Verdict.KEEP]
        if reason and len(kept) >= GROUNDLESS and len(kept) == len(lately):
            return
        raise Unfit(
            "三十天里至少 {least} 次举报都没有违规，才能限制。现在是 {kept} 次没有违规，{all} 次看过。",
            field="reason",
            least=GROUNDLESS,
            kept=len(kept),
            all=len(lately),
        )

    async def restore(self, *, at: datetime) -> None:
        """Do nothing more: the decision has ended."""

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Refuse: there are no words."""
        raise Unfit(ONLY_LIMITED, field="verdict", n=len(conceal))

    async def unmask(self, original: str) -> None:
        """Do nothing: nothing was masked."""

    async def move(self, target: str) -> str:
        """Refuse: there is nothing to move."""
        raise Unfit(ONLY_LIMITED, field="verdict", target=target)


async def find_reporter(subject: str) -> Reporter | None:
    """Return the person that ``reporter-12`` names."""
    number = subject.rpartition("-")[2]
    person = await Person.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    if person is None:
        return None
    return Reporter(person, await Report.filter(reporter_id=person.id).exclude(closed_at=None).order_by("id"))


async def limited(person_id: int) -> bool:
    """Return whether somebody's reporting is limited now."""
    return await Hiding.filter(live=f"{KIND}-{person_id}", state__in=list(IN_EFFECT)).exists()
