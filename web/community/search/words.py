"""How the kinds of what can be found are called. A room that offers a new kind adds its line."""

from collections.abc import Mapping
from typing import Final

from web.words import N_

KINDS: Final[Mapping[str, str]] = {
    "matter": N_("议题"),
    "comment": N_("留言"),
    "ballot": N_("表决结果"),
    "publication": N_("张贴过的公示"),
    "meeting": N_("会议"),
}
