"""Words of addresses that are told of cases."""

from collections.abc import Mapping
from typing import Final

from community.hooks.rules import TEST, CallStanding
from web.words import N_

STANDINGS: Final[Mapping[CallStanding, str]] = {
    CallStanding.WAITING: N_("等着发"),
    CallStanding.AGAIN: N_("没收到，会再发"),
    CallStanding.HELD: N_("暂停着，恢复以后再发"),
    CallStanding.TAKEN: N_("对方收到了"),
    CallStanding.GIVEN_UP: N_("一直没收到，不再自动发"),
    CallStanding.DROPPED: N_("停用了，没有发"),
}
KINDS: Final[Mapping[str, str]] = {
    TEST: N_("试发"),
    "case.moved": N_("交来的纠纷走了一步"),
    "handover.moved": N_("移交有了答复"),
    "confirmation.moved": N_("司法确认走了一步"),
}
TINTS: Final[Mapping[CallStanding, str]] = {
    CallStanding.AGAIN: "warn",
    CallStanding.HELD: "warn",
    CallStanding.TAKEN: "ok",
    CallStanding.GIVEN_UP: "bad",
}
"""How a standing is coloured, besides its words."""
