"""Words that stand in one column of one row, as moderation sees them: statements, declarations, answers of offices."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.models import Model

from community.errors import Unfit
from community.moderation.content import NOTHING, Masked, cover
from community.moderation.rules import BATCH, Measure
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.calls.models import Call
from deliberation.matter.queries import visible_to
from deliberation.stakeholder.models import Declaration, Slot


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about a matter. ``key`` is the row of ``table``, ``column`` holds its words."""

    table: type[Model]
    key: int
    column: str
    subject: str
    excerpt: str
    owner_id: int | None
    community_id: int
    matter_id: int
    page: str
    protected: bool

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of its words."""
        return digest(self.excerpt)

    @property
    def url(self) -> str:
        """Return where it stands."""
        return f"/matters/{self.matter_id}/{self.page}"

    async def visible_to(self, person: Person, *, at: datetime) -> bool:  # noqa: ARG002 - matters do not age out of sight
        """Return whether ``person`` may read the matter it is about."""
        return await visible_to(person).filter(id=self.matter_id).exists()

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to it: hide it, or cover what gives somebody away."""
        return frozenset({Measure.HIDE, Measure.MASK})

    async def alike(self) -> list[str]:
        """Return what reads the same word for word, newest first."""
        same = self.table.filter(**{self.column: self.excerpt, "community_id": self.community_id, "hidden_at": None})
        kind = self.subject.rpartition("-")[0]
        return [f"{kind}-{number}" for number in await same.order_by("-id").limit(BATCH).values_list("id", flat=True)]

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others."""
        covered = cover(self.excerpt, conceal)
        if covered == self.excerpt:
            raise Unfit(NOTHING, field="conceal")
        await self.table.filter(id=self.key).update(**{self.column: covered})
        return Masked(json.dumps([self.excerpt, covered], ensure_ascii=False), digest(covered))

    async def unmask(self, original: str) -> None:
        """Put the words back, unless they were written anew."""
        words, covered = json.loads(original)
        await self.table.filter(**{"id": self.key, self.column: covered}).update(**{self.column: words})

    async def move(self, target: str) -> str:  # noqa: ARG002 - it goes nowhere
        """Refuse: it belongs where it was said."""
        raise Unfit("这里的文字不能移到别处。", field="target")

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place; that it was said, and when, stays."""
        await self.table.filter(id=self.key).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await self.table.filter(id=self.key).update(hidden_at=None, hidden_why="")


async def find_statement(subject: str) -> Said | None:
    """Return the position that ``slot-12`` names, once it was given; of an organisation it has no one owner."""
    row = await Slot.get_or_none(id=_number(subject))
    if row is None or not row.statement:
        return None
    own = (Slot, row.id, "statement", subject, row.statement, row.stated_by_id)
    page = f"stakeholders#h-slot-{row.id}"
    return Said(*own, row.community_id, row.matter_id, page, protected=row.org_id is not None)


async def find_declaration(subject: str) -> Said | None:
    """Return the declared interest that ``declaration-12`` names, when it has words."""
    row = await Declaration.get_or_none(id=_number(subject))
    if row is None or not row.words:
        return None
    own = (Declaration, row.id, "words", subject, row.words, row.person_id)
    return Said(*own, row.community_id, row.matter_id, "interests", protected=True)


async def find_answer(subject: str) -> Said | None:
    """Return the answer of an office that ``call-12`` names, once it was given; many wait for it."""
    row = await Call.get_or_none(id=_number(subject))
    if row is None or not row.answer:
        return None
    own = (Call, row.id, "answer", subject, row.answer, row.answered_by_id)
    return Said(*own, row.community_id, row.matter_id, f"calls#h-call-{row.id}", protected=True)


def _number(subject: str) -> int:
    number = subject.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004 - int4
