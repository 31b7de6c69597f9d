"""How bodies and rolls are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.body.rules import Basis, BodyKind, Proof
from deliberation.body.thresholds import Request
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    BodyKind.RESIDENTS_ASSEMBLY: N_("居民会议"),
    BodyKind.DELEGATES_ASSEMBLY: N_("居民代表会议"),
    BodyKind.RESIDENTS_COMMITTEE: N_("居民委员会"),
    BodyKind.SUPERVISION_COMMITTEE: N_("居务监督委员会"),
    BodyKind.OWNERS_ASSEMBLY: N_("业主大会"),
    BodyKind.OWNERS_SCOPE: N_("一幢楼的业主会议"),
    BodyKind.OWNERS_COMMITTEE: N_("业主委员会"),
    BodyKind.COUNCIL: N_("议事会"),
    BodyKind.PARTY_MEETING: N_("社区党员大会"),
    BodyKind.VILLAGERS_ASSEMBLY: N_("村民会议"),
    BodyKind.VILLAGERS_DELEGATES: N_("村民代表会议"),
    BodyKind.VILLAGERS_GROUP: N_("村民小组会议"),
    BodyKind.VILLAGERS_COMMITTEE: N_("村民委员会"),
    Request.ORDINARY: N_("一般提议"),
    Request.RESIDENTS_MEETING: N_("要求召开居民会议"),
    Request.DELEGATES_MEETING: N_("要求召开居民代表会议"),
    Request.RECALL: N_("要求罢免居民委员会成员"),
    Request.AUDIT: N_("要求审计居民委员会的账"),
    Request.OWNERS_MEETING: N_("提议召开业主大会临时会议"),
    Request.ORDERED_MEETING: N_("请街道责令召开业主大会"),
    Basis.RESIDENTS: N_("按居民（年满十八周岁）"),
    Basis.HOUSEHOLDS: N_("按户（户代表）"),
    Basis.DELEGATES: N_("按居民代表"),
    Basis.OWNERS: N_("按业主（户数和面积）"),
    Basis.MEMBERS: N_("按成员"),
    Proof.SIGNED: N_("全家签字的书面推举"),
    Proof.PRESENT: N_("家人到场说明"),
    Proof.ROLL: N_("照原有名册"),
}
