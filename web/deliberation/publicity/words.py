"""How publications are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.publicity.rules import Kind, Verdict
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Kind.BEFORE: N_("会前公示"),
    Kind.ROLL: N_("名册公示"),
    Kind.RESULT: N_("结果公示"),
    Kind.DOING: N_("实施公示"),
    Kind.AFFAIRS: N_("居务公开"),
    Verdict.UPHELD: N_("异议成立"),
    Verdict.DISMISSED: N_("异议不成立"),
}
