"""How bodies and rolls are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.body.rules import Basis, BodyKind
from deliberation.body.thresholds import Request
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    BodyKind.RESIDENTS_ASSEMBLY: N_("居民会议"),
    BodyKind.DELEGATES_ASSEMBLY: N_("居民代表会议"),
    BodyKind.OWNERS_ASSEMBLY: N_("业主大会"),
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
}
