"""How positions are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.debate.rules import Accord, Position
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Position.FOR: N_("赞成"),
    Position.AGAINST: N_("反对"),
    Position.MORE: N_("补充"),
    Accord.CONSENSUS: N_("共识"),
    Accord.DISSENT: N_("不同意见"),
}
