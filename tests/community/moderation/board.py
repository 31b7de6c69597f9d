"""A pin board to be moderated in tests: what a room has to offer, at its smallest."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from community.errors import Unfit
from community.moderation import content
from community.moderation.content import Masked
from community.moderation.reporters import find_reporter
from community.moderation.rules import Measure
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
    below: str = "wall-1"
    kin: list[str] = field(default_factory=list)

    @property
    def text_hash(self) -> str:
        return hashlib.sha256(self.excerpt.encode()).hexdigest()

    async def visible_to(self, person: Person, *, at: datetime) -> bool:
        return at.tzinfo is not None and (not self.secret or person.id == self.owner_id)

    @property
    def measures(self) -> frozenset[Measure]:
        return frozenset({Measure.HIDE, Measure.MASK, Measure.MOVE})

    async def alike(self) -> list[str]:
        return self.kin

    async def mask(self, conceal: Sequence[str]) -> Masked:
        covered = content.cover(self.excerpt, conceal)
        if covered == self.excerpt:
            raise Unfit(content.NOTHING, field="conceal")
        original = json.dumps([["words", self.excerpt, covered]], ensure_ascii=False)
        self.excerpt = covered
        return Masked(original, self.text_hash)

    async def unmask(self, original: str) -> None:
        for _, words, covered in json.loads(original):
            self.excerpt = self.excerpt.replace(covered, words)

    async def move(self, target: str) -> str:
        was, self.below = self.below, target
        return was

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

    content.install({"slip": find, "reporter": find_reporter})
    return slips
