"""Objections as moderation sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from community.errors import Unfit
from community.moderation.content import Masked, cover
from community.moderation.rules import BATCH, Measure
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.publicity.models import Objection
from web.deliberation.pieces import Piece, pieces, put_covers, take_covers


@dataclass(frozen=True, slots=True)
class ObjectionContent:
    """What somebody said against a publication."""

    objection: Objection

    @property
    def owner_id(self) -> int | None:
        """Return who said it."""
        return self.objection.by_id

    @property
    def community_id(self) -> int:
        """Return where it belongs."""
        return self.objection.community_id

    @property
    def excerpt(self) -> str:
        """Return its words."""
        return self.objection.words

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of its words."""
        return digest(self.objection.words)

    @property
    def protected(self) -> bool:
        """Return True: it is a remedy, so one person alone may not hide it."""
        return True

    @property
    def url(self) -> str:
        """Return where it stands."""
        return f"/publications/{self.objection.publication_id}#o-{self.objection.id}"

    async def visible_to(self, person: Person, *, at: datetime) -> bool:  # noqa: ARG002 - publications are public
        """Return True: whoever may read the publication may read it."""
        return True

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to it: hide it, or cover what gives somebody away."""
        return frozenset({Measure.HIDE, Measure.MASK})

    async def alike(self) -> list[str]:
        """Return what others said there word for word, newest first."""
        same = Objection.filter(community_id=self.objection.community_id, words=self.objection.words, hidden_at=None)
        return [
            f"objection-{number}" for number in await same.order_by("-id").limit(BATCH).values_list("id", flat=True)
        ]

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others."""
        original = await put_covers(self._texts(), conceal)
        return Masked(original, digest(cover(self.objection.words, conceal)))

    async def unmask(self, original: str) -> None:
        """Put the words back, unless they were written anew."""
        await take_covers(self._texts(), original)

    def _texts(self) -> list[Piece]:
        return pieces(Objection, [self.objection], ["words"])

    async def move(self, target: str) -> str:  # noqa: ARG002 - it goes nowhere
        """Refuse: it belongs where it was said."""
        raise Unfit("这里的文字不能移到别处。", field="target")

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place; it is answered all the same."""
        await Objection.filter(id=self.objection.id).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Objection.filter(id=self.objection.id).update(hidden_at=None, hidden_why="")


async def find_objection(subject: str) -> ObjectionContent | None:
    """Return the objection that ``objection-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Objection.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    return ObjectionContent(found) if found else None
