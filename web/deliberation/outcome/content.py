"""What people said in an evaluation, as moderation sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from community.errors import Unfit
from community.moderation.content import Masked, cover
from community.moderation.rules import BATCH, Measure
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.outcome.models import Seat
from web.deliberation.pieces import Piece, pieces, put_covers, take_covers


@dataclass(frozen=True, slots=True)
class SeatContent:
    """The words that go with one answer."""

    seat: Seat

    @property
    def owner_id(self) -> int | None:
        """Return who said it."""
        return self.seat.by_id

    @property
    def community_id(self) -> int:
        """Return where it belongs."""
        return self.seat.evaluation.community_id

    @property
    def excerpt(self) -> str:
        """Return its words."""
        return self.seat.words

    @property
    def text_hash(self) -> str:
        """Return the SHA-256 of its words."""
        return digest(self.seat.words)

    @property
    def protected(self) -> bool:
        """Return False: nobody stands behind it but its author."""
        return False

    @property
    def url(self) -> str:
        """Return where it stands."""
        return f"/matters/{self.seat.evaluation.matter_id}/outcome#h-judged"

    async def visible_to(self, person: Person, *, at: datetime) -> bool:  # noqa: ARG002 - it does not age out of sight
        """Return whether ``person`` may read it: its author at once, everybody once the round is over."""
        return self.seat.by_id == person.id or self.seat.evaluation.closed_at is not None

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to it: hide it, or cover what gives somebody away."""
        return frozenset({Measure.HIDE, Measure.MASK})

    async def alike(self) -> list[str]:
        """Return what others said there word for word, newest first."""
        same = Seat.filter(evaluation_id=self.seat.evaluation_id, words=self.seat.words, hidden_at=None)
        return [f"seat-{number}" for number in await same.order_by("-id").limit(BATCH).values_list("id", flat=True)]

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others."""
        original = await put_covers(self._texts(), conceal)
        return Masked(original, digest(cover(self.seat.words, conceal)))

    async def unmask(self, original: str) -> None:
        """Put the words back, unless they were written anew."""
        await take_covers(self._texts(), original)

    def _texts(self) -> list[Piece]:
        return pieces(Seat, [self.seat], ["words"])

    async def move(self, target: str) -> str:  # noqa: ARG002 - it goes nowhere
        """Refuse: it belongs where it was said."""
        raise Unfit("这里的文字不能移到别处。", field="target")

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place; its score counts all the same."""
        await Seat.filter(id=self.seat.id).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Seat.filter(id=self.seat.id).update(hidden_at=None, hidden_why="")


async def find_seat(subject: str) -> SeatContent | None:
    """Return the answer that ``seat-12`` names, when it has words."""
    number = subject.rpartition("-")[2]
    if not (number.isascii() and number.isdigit()):
        return None
    found = await Seat.exclude(words="").select_related("evaluation").get_or_none(id=int(number))
    return SeatContent(found) if found else None
