"""Words of replacing a mediator."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.assignment.rules import Plea
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Plea.RAISED: N_("已提出"),
    Plea.AUTO_GRANTED: N_("提出即更换"),
    Plea.REVIEW: N_("等决定"),
    Plea.GRANTED: N_("同意更换"),
    Plea.REJECTED: N_("不予更换"),
    Plea.WAIVED: N_("各方同意继续"),
}
