"""How bodies and rolls are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.body.rules import Basis, BodyKind
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    BodyKind.RESIDENTS_ASSEMBLY: N_("居民会议"),
    BodyKind.DELEGATES_ASSEMBLY: N_("居民代表会议"),
    BodyKind.OWNERS_ASSEMBLY: N_("业主大会"),
    Basis.RESIDENTS: N_("按居民（年满十八周岁）"),
    Basis.HOUSEHOLDS: N_("按户（户代表）"),
    Basis.DELEGATES: N_("按居民代表"),
    Basis.OWNERS: N_("按业主（户数和面积）"),
}
