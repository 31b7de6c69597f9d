"""The questions asked afterwards."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.feedback.rules import Asked
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Asked.RESPONSE: N_("来得快不快"),
    Asked.FAIRNESS: N_("处理得公正不公正"),
    Asked.SOLVED: N_("问题解决得怎样"),
    Asked.MANNER: N_("待人的态度好不好"),
}
