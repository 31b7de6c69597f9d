"""Words of claims."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.paying.rules import ClaimStage
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    ClaimStage.OPEN: N_("说办好了，等对方答复"),
    ClaimStage.AGREED: N_("对方认了"),
    ClaimStage.DENIED: N_("对方说没有办好"),
    ClaimStage.SILENT: N_("对方七天没有答复"),
    ClaimStage.WITHDRAWN: N_("已收回"),
    ClaimStage.ENDED: N_("这一项已另外了结"),
}
