"""A pin board to be moderated in tests: what a room has to offer, at its smallest."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from community.moderation import content
from community.people.models import Person
from tests.world import World


@dataclass
class Slip:
    """One slip of paper on the board."""

    owner_id: int | None
    community_id: int
    excerpt: str
    protected: bool = False
    url: str = "/"
    hidden: str = ""
    secret: bool = False
    changed_at: datetime | None = None

    @property
    def text_hash(self) -> str:
        return hashlib.sha256(self.excerpt.encode()).hexdigest()

    async def visible_to(self, person: Person, *, at: datetime) -> bool:
        return at.tzinfo is not None and (not self.secret or person.id == self.owner_id)

    async def hide(self, reason: str, *, at: datetime) -> None:
        self.hidden, self.changed_at = reason, at

    async def restore(self, *, at: datetime) -> None:
        self.hidden, self.changed_at = "", at


def pin(world: World) -> dict[str, Slip]:
    """Put two slips of 阿兰 on the board: ``slip-1``, and ``slip-2`` that many have signed. ``slip-3`` is nobody's."""
    place, lan = world.community.id, world.lan.id
    slips = {
        "slip-1": Slip(lan, place, "4号楼302的老许，电话13812345678，大家去找他"),
        "slip-2": Slip(lan, place, "请大家一起修东门", protected=True),
        "slip-3": Slip(None, place, "看不见的", secret=True),
    }

    async def find(subject: str) -> Slip | None:
        return slips.get(subject)

    content.install({"slip": find})
    return slips
