"""How sheets, doors and ways are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.models import Precedence
from deliberation.polling.rules import Consent, Fault, HelpState, Met, SheetDeed, SheetState
from web.words import N_

_STATES: Final[Mapping[Enum, str]] = {
    Precedence.LAST: N_("又交纸票又用别的方式投的，以最后收到的为准"),
    Precedence.PAPER: N_("交了纸票的，以纸票为准"),
    SheetState.READ: N_("录了一遍，等另一个人录第二遍"),
    SheetState.DIFFERENT: N_("两遍录得不一样，等第三个人看"),
    SheetState.CAST: N_("算一票"),
    SheetState.INVALID: N_("无效纸票"),
    SheetState.OVERTAKEN: N_("这一户后来又投了，以后面的为准"),
    SheetState.LATE: N_("截止以后才收到，不算"),
    SheetDeed.PRINTED: N_("印发"),
    SheetDeed.SPOILT: N_("印坏、作废"),
    SheetDeed.RETURNED: N_("没用、退回"),
    Met.NOBODY: N_("没人在家"),
    Met.WILL_VOTE: N_("说自己会投"),
    Met.TOOK_SHEET: N_("拿到纸票了"),
    Met.WANTS_HELP: N_("要人帮"),
    Met.DECLINES: N_("不想参加"),
    Consent.SPOKEN: N_("当面说的，等证人确认"),
    Consent.SIGNED: N_("本人签了字，拍了照"),
}
_FAULTS: Final[Mapping[Enum, str]] = {
    Fault.NOT_ON_ROLL: N_("没有发过这个票号"),
    Fault.REPLACED: N_("补发过新票，这张旧票作废"),
    Fault.DOUBLE: N_("同一个票号交了两张"),
    Fault.UNREADABLE: N_("看不清、没选或者多选"),
    Fault.CONTRARY: N_("多选了、写重了，或者自相矛盾"),
    Fault.LATE: N_("截止以后才收到"),
    Fault.OVERTAKEN: N_("收到以后这一户又投了"),
}
_HELP: Final[Mapping[Enum, str]] = {
    HelpState.WAITING: N_("等证人确认"),
    HelpState.CAST: N_("已经算一票"),
    HelpState.REFUSED: N_("证人说不对，没有算"),
}

WORDS: Final = (_STATES, _FAULTS, _HELP)
"""Three tables: members of different kinds that are written alike are one key."""
