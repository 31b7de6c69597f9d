"""How assisted use is called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.helping.rules import Deed, How, Outcome, Undone
from web.words import N_

WORDS: Final[list[Mapping[Enum, str]]] = [
    {Deed.ENDORSE: N_("附议"), Deed.COMMENT: N_("留言")},
    {How.SIGNATURE: N_("签字"), How.FINGERPRINT: N_("按手印"), How.VOICE: N_("录音")},
    {Outcome.TRUE: N_("属实"), Outcome.UNTRUE: N_("不属实"), Outcome.UNREACHED: N_("没打通")},
    {Undone.TAKEN_BACK: N_("本人撤回了"), Undone.UNTRUE: N_("回访不属实，作废")},
]

DURATIONS: Final = {0: N_("当天"), 1: N_("到明天"), 3: N_("三天"), 7: N_("七天")}
HELPERS: Final = {"grid-worker": N_("网格员"), "clerk": N_("居委会工作人员")}
"""By role, what the public list calls who helped."""
