"""Words in a row of their own, as moderation sees them: statements, declarations, answers, amendments, opinions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.models import Model
from tortoise.queryset import QuerySet

from community.errors import Unfit
from community.moderation.content import Masked, cover
from community.moderation.rules import BATCH, Measure
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.calls.models import Call
from deliberation.debate.models import Opinion
from deliberation.matter.models import Amendment, Fate, Sitting
from deliberation.matter.queries import visible_to
from deliberation.stakeholder.models import Declaration, Slot
from web.deliberation.pieces import Piece, pieces, put_covers, take_covers


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about a matter. ``own`` are its texts, all of one row; ``copies`` are where they went."""

    subject: str
    own: Sequence[Piece]
    owner_id: int | None
    community_id: int
    matter_id: int
    page: str
    protected: bool
    copies: Sequence[Piece] = ()

    @property
    def excerpt(self) -> str:
        """Return its words."""
        return "\n".join(each.words for each in self.own if each.words)

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
        words = {each.column: each.words for each in self.own}
        same = self.own[0].table.filter(**words, community_id=self.community_id, hidden_at=None).order_by("-id")
        kind = self.subject.rpartition("-")[0]
        return [f"{kind}-{number}" for number in await same.limit(BATCH).values_list("id", flat=True)]

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others."""
        original = await put_covers([*self.own, *self.copies], conceal)
        return Masked(original, digest("\n".join(cover(each.words, conceal) for each in self.own if each.words)))

    async def unmask(self, original: str) -> None:
        """Put the words back, unless they were written anew."""
        await take_covers([*self.own, *self.copies], original)

    async def move(self, target: str) -> str:  # noqa: ARG002 - it goes nowhere
        """Refuse: it belongs where it was said."""
        raise Unfit("这里的文字不能移到别处。", field="target")

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place; that it was said, and when, stays."""
        await self._row().update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await self._row().update(hidden_at=None, hidden_why="")

    def _row(self) -> QuerySet[Model]:
        return self.own[0].table.filter(id=self.own[0].key)


async def find_statement(subject: str) -> Said | None:
    """Return the position that ``slot-12`` names, once it was given; of an organisation it has no one owner."""
    row = await Slot.get_or_none(id=_number(subject))
    if row is None or not row.statement:
        return None
    own, page = pieces(Slot, [row], ["statement"]), f"stakeholders#h-slot-{row.id}"
    org = row.org_id is not None
    return Said(subject, own, row.stated_by_id, row.community_id, row.matter_id, page, protected=org)


async def find_declaration(subject: str) -> Said | None:
    """Return the declared interest that ``declaration-12`` names, when it has words."""
    row = await Declaration.get_or_none(id=_number(subject))
    if row is None or not row.words:
        return None
    own = pieces(Declaration, [row], ["words"])
    return Said(subject, own, row.person_id, row.community_id, row.matter_id, "interests", protected=True)


async def find_answer(subject: str) -> Said | None:
    """Return the answer of an office that ``call-12`` names, once it was given; many wait for it."""
    row = await Call.get_or_none(id=_number(subject))
    if row is None or not row.answer:
        return None
    own, page = pieces(Call, [row], ["answer"]), f"calls#h-call-{row.id}"
    return Said(subject, own, row.answered_by_id, row.community_id, row.matter_id, page, protected=True)


async def find_amendment(subject: str) -> Said | None:
    """Return the proposed words that ``amendment-12`` names; once taken up, many read them as the matter's own."""
    row = await Amendment.get_or_none(id=_number(subject))
    if row is None:
        return None
    own, page = pieces(Amendment, [row], ["new", "reason"]), f"amendments#h-{row.code}"
    taken = row.state is Fate.ADOPTED
    copies = pieces(Amendment, [row], ["answer"])
    return Said(subject, own, row.by_id, row.community_id, row.matter_id, page, protected=taken, copies=copies)


async def find_opinion(subject: str) -> Said | None:
    """Return what ``opinion-12`` names: what was agreed or not is never put away by one person alone."""
    row = await Opinion.get_or_none(id=_number(subject))
    if row is None:
        return None
    own, page = pieces(Opinion, [row], ["words"]), f"opinions#o-{row.code}"
    sittings = await Sitting.filter(id=row.sitting_id) if row.sitting_id else []
    copies = pieces(Opinion, [row], ["answer"]) + pieces(Sitting, sittings, ["minutes", "consensus", "dissent"])
    return Said(subject, own, row.noted_by_id, row.community_id, row.matter_id, page, protected=True, copies=copies)


def _number(subject: str) -> int:
    number = subject.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0  # noqa: PLR2004 - int4
