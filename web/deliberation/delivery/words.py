"""How ways of delivery are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.roll import How
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    How.SIGNED: N_("当面签收"),
    How.LOGIN: N_("本人登录看到"),
    How.ATTENDED: N_("到会领取"),
    How.PHONE: N_("电话告知"),
    How.VIDEO: N_("视频告知"),
    How.POSTED: N_("张贴"),
    How.REFUSED: N_("拒收"),
    How.UNDELIVERABLE: N_("找不到人"),
}
