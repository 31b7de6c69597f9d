"""Proposals as moderation sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.errors import Unfit
from community.moderation.content import Masked, cover
from community.moderation.rules import BATCH, Measure
from community.notice.withholding import withhold
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.matter.models import Amendment, Matter, MatterVersion, called
from deliberation.matter.queries import visible_to
from deliberation.matter.states import State
from deliberation.meeting.models import AgendaItem
from deliberation.publicity.models import Publication
from web.deliberation.pieces import Piece, pieces, put_covers, take_covers

MANY: Final = 10  # seconds, from which one person alone may not hide it
FIELDS: Final = ("title", "what", "cost", "who", "body")
YOUNG: Final = (State.DRAFT, State.ENDORSING, State.SCREENING, State.RETURNED, State.EXPIRED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class MatterContent:
    """One proposal, as it reads now."""

    matter: Matter
    text: MatterVersion

    @property
    def owner_id(self) -> int | None:
        """Return who proposed it."""
        return self.matter.author_id

    @property
    def community_id(self) -> int:
        """Return where it belongs."""
        return self.matter.community_id

    @property
    def excerpt(self) -> str:
        """Return its title and what it wants."""
        return f"{self.matter.title} {self.text.what}"

    @property
    def text_hash(self) -> str:
        """Return the hash of its words."""
        return self.text.hash

    @property
    def protected(self) -> bool:
        """Return whether ten stand behind it, or an office has taken it on."""
        return self.matter.seconded >= MANY or self.matter.state not in YOUNG

    @property
    def url(self) -> str:
        """Return its page."""
        return f"/matters/{self.matter.id}"

    async def visible_to(self, person: Person, *, at: datetime) -> bool:  # noqa: ARG002 - matters do not age out of sight
        """Return whether ``person`` may know of it."""
        return await visible_to(person).filter(id=self.matter.id).exists()

    @property
    def measures(self) -> frozenset[Measure]:
        """Return what can be done to a proposal; one that belongs to another is merged with it by its author."""
        return frozenset({Measure.HIDE, Measure.MASK})

    async def alike(self) -> list[str]:
        """Return what the same person proposed, or others under the same title, newest first."""
        same = Q(author_id=self.matter.author_id) | Q(title=self.matter.title)
        found = Matter.filter(same, community_id=self.matter.community_id, hidden_at=None, public_at__isnull=False)
        return [f"matter-{number}" for number in await found.order_by("-id").limit(BATCH).values_list("id", flat=True)]

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place, also in what was already written to be sent."""
        await Matter.filter(id=self.matter.id).update(hidden_at=at, hidden_why=reason)
        await withhold(self.url, self.matter.title, called(self.matter.id))

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Matter.filter(id=self.matter.id).update(hidden_at=None, hidden_why="")

    async def mask(self, conceal: Sequence[str]) -> Masked:
        """Put covered words in the place of the others wherever the text went; hashes stay those of the original."""
        texts = await self._texts()
        original = await put_covers(texts, conceal)
        covered = [cover(each.words, conceal) for each in texts]
        await withhold(self.url, self.matter.title, covered[0])
        return Masked(original, digest(" ".join(covered)))

    async def unmask(self, original: str) -> None:
        """Put the words back."""
        await take_covers(await self._texts(), original)

    async def move(self, target: str) -> str:
        """Refuse: whoever proposed it merges it with another."""
        raise Unfit("议题不能直接移走，请让提议人并到别的议题里。", field="target", target=target)

    async def _texts(self) -> list[Piece]:
        """Return its title, all its versions, what was proposed for them, and what was hung up or called under it."""
        about = {"matter_id": self.matter.id}
        texts = pieces(Matter, [self.matter], ["title"])
        texts += pieces(MatterVersion, await MatterVersion.filter(**about).order_by("-number"), FIELDS)
        texts += pieces(Amendment, await Amendment.filter(**about).order_by("id"), ("old", "new"))
        texts += pieces(Publication, await Publication.filter(**about).order_by("id"), ("title", "words"))
        return texts + pieces(AgendaItem, await AgendaItem.filter(**about).order_by("id"), ("title",))


async def find_matter(subject: str) -> MatterContent | None:
    """Return the proposal that ``matter-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Matter.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        return None
    return MatterContent(found, await MatterVersion.get(matter_id=found.id, number=found.version))
