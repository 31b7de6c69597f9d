"""Proposals as moderation sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.people.models import Person
from deliberation.matter.models import Matter, MatterVersion
from deliberation.matter.queries import visible_to
from deliberation.matter.states import State

MANY: Final = 10  # seconds, from which one person alone may not hide it
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

    async def hide(self, reason: str, *, at: datetime) -> None:
        """Leave a placeholder in its place."""
        await Matter.filter(id=self.matter.id).update(hidden_at=at, hidden_why=reason)

    async def restore(self, *, at: datetime) -> None:  # noqa: ARG002 - the record keeps when
        """Show it again."""
        await Matter.filter(id=self.matter.id).update(hidden_at=None, hidden_why="")


async def find_matter(subject: str) -> MatterContent | None:
    """Return the proposal that ``matter-12`` names."""
    number = subject.rpartition("-")[2]
    found = await Matter.get_or_none(id=int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        return None
    return MatterContent(found, await MatterVersion.get(matter_id=found.id, number=found.version))
