"""Which kinds of question there are, what each may decide, and who may be elected by whom. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deliberation.ballot.committee import ANY, RESIDENTS_COMMITTEE, VILLAGERS_COMMITTEE, Composition
from deliberation.ballot.rules import Tie
from deliberation.body.rules import Basis, BodyKind


class Kind(StrEnum):
    """What a paper of the ballot looks like."""

    YES_NO = "yes_no"  # 赞成、反对、弃权
    SINGLE = "single"  # 几个方案选一个
    SEATS = "seats"  # 选几个人
    APPROVAL = "approval"  # 认可几个选几个
    SCORE = "score"  # 每个打 0 到 5 分
    RANKED = "ranked"  # 排先后


class Method(StrEnum):
    """How rankings are counted; both are computed and shown, one of them names the winner."""

    RUN_OFF = "run_off"  # 逐轮淘汰
    SCHULZE = "schulze"  # 两两相比（舒尔策）


class Side(StrEnum):
    """Whose opinions are shown beside each other; a person may belong to several, so they are never added up."""

    PARTY = "party"  # 党员
    HOUSEHOLDS = "households"  # 户代表
    OWNERS = "owners"  # 业主


class Post(StrEnum):
    """What people are elected to."""

    REPRESENTATIVES = "representatives"  # 居民代表、楼栋代表
    OWNERS_COMMITTEE = "owners_committee"  # 业委会
    RESIDENTS_COMMITTEE = "residents_committee"  # 居委会
    VILLAGERS_COMMITTEE = "villagers_committee"  # 村委会


@dataclass(frozen=True, slots=True)
class Terms:
    """Who elects to a post, who sits together, and the rules where it has its own; the packs say what may bind."""

    bodies: frozenset[BodyKind]
    source: str
    composition: Composition = ANY
    rules: Mapping[Basis, str] | None = None


_VILLAGERS: Final = frozenset({BodyKind.VILLAGERS_ASSEMBLY, BodyKind.VILLAGERS_DELEGATES})
_OWNERS: Final = frozenset({BodyKind.OWNERS_ASSEMBLY, BodyKind.OWNERS_SCOPE})

POSTS: Final[Mapping[Post, Terms]] = {
    Post.REPRESENTATIVES: Terms(
        frozenset({BodyKind.RESIDENTS_ASSEMBLY, BodyKind.VILLAGERS_ASSEMBLY, BodyKind.VILLAGERS_GROUP}) | _OWNERS,
        "城市居民委员会组织法（2025）13、28 条",
    ),
    Post.OWNERS_COMMITTEE: Terms(frozenset({BodyKind.OWNERS_ASSEMBLY}), "民法典 278 条 1 款"),
    Post.RESIDENTS_COMMITTEE: Terms(
        frozenset({BodyKind.RESIDENTS_ASSEMBLY, BodyKind.DELEGATES_ASSEMBLY}),
        "城市居民委员会组织法（2025）8、19 条",
        composition=RESIDENTS_COMMITTEE,
        rules={Basis.HOUSEHOLDS: "rc25.elect.households", Basis.DELEGATES: "rc25.elect.reps"},
    ),
    Post.VILLAGERS_COMMITTEE: Terms(_VILLAGERS, "村民委员会组织法（2025）8 条", composition=VILLAGERS_COMMITTEE),
}

OPINIONS: Final = frozenset({Kind.APPROVAL, Kind.SCORE, Kind.RANKED})
"""Kinds that only ask what people think."""

MANY: Final = frozenset({Kind.SINGLE, Kind.SEATS, Kind.APPROVAL})
"""Kinds in which an option is marked or not."""

TIES: Final = (Tie.REVOTE, Tie.LOT)
OPTIONS: Final = (2, 30)
NAME: Final = (1, 40)  # characters
NOTE: Final = 200  # characters
SEATS: Final = 30
BEST: Final = 5  # points


@dataclass(frozen=True, slots=True)
class Option:
    """Something or somebody to choose: the number printed on the paper, the name, and a word about it."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, frozen with the notice.

    ``seats`` are how many are elected, or how many of the first are named; ``method`` names the winner of a ranking.
    ``composition`` is what the elected must look like together; ``sitting`` were elected to the other seats before,
    and are looked at with them.
    """

    kind: Kind
    options: tuple[Option, ...]
    seats: int = 1
    method: Method = Method.RUN_OFF
    post: Post | None = None
    composition: Composition = ANY
    sitting: tuple[Option, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the numbers of the options, in the order of the paper."""
        return tuple(option.key for option in self.options)

    @property
    def most(self) -> int:
        """Return how many may be marked: as many as there are seats (所选人数不超过席位), or all in an approval."""
        return self.seats if self.kind in (Kind.SINGLE, Kind.SEATS) else len(self.options)

    def name(self, key: str) -> str:
        """Return what an option is called, or who sits already."""
        return next(option.name for option in (*self.options, *self.sitting) if option.key == key)
