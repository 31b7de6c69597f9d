"""Proposals as moderation sees them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from community.errors import Unfit
from community.moderation.content import NOTHING, Masked, cover
from community.moderation.rules import BATCH, Measure
from community.notice.withholding import withhold
from community.people.models import Person
from deliberation.ballot.certify import digest
from deliberation.matter.models import Matter, MatterVersion, called
from deliberation.matter.queries import visible_to
from deliberation.matter.states import State

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
        """Put covered words in the place of the others in every version; the hashes stay those of the original."""
        pieces = [["title", self.matter.title, cover(self.matter.title, conceal)]]
        for version in await MatterVersion.filter(matter_id=self.matter.id).order_by("-number"):
            for name in FIELDS:
                words = getattr(version, name)
                pieces.append([f"{version.number}.{name}", words, cover(words, conceal)])
        changed = [piece for piece in pieces if piece[1] != piece[2]]
        if not changed:
            raise Unfit(NOTHING, field="conceal")
        for where, words, covered in changed:
            await self._write(where, words, covered)
        await withhold(self.url, self.matter.title, pieces[0][2])
        return Masked(json.dumps(changed, ensure_ascii=False), digest(" ".join(piece[2] for piece in pieces)))

    async def unmask(self, original: str) -> None:
        """Put the words back."""
        for where, words, covered in json.loads(original):
            await self._write(where, covered, words)

    async def move(self, target: str) -> str:
        """Refuse: whoever proposed it merges it with another."""
        raise Unfit("议题不能直接移走，请让提议人并到别的议题里。", field="target", target=target)

    async def _write(self, where: str, old: str, new: str) -> None:
        """Change one field of one version from ``old`` to ``new``; what was written anew meanwhile is left alone."""
        number, _, name = where.rpartition(".")
        if number:
            version = MatterVersion.filter(matter_id=self.matter.id, number=int(number))
            await version.filter(**{name: old}).update(**{name: new})
        else:
            await Matter.filter(id=self.matter.id, title=old).update(title=new)


async def find_matter(subject: str) -> MatterContent | None:
    """Return the proposal that ``matter-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Matter.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        return None
    return MatterContent(found, await MatterVersion.get(matter_id=found.id, number=found.version))
