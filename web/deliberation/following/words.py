"""The words of this room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.following.rules import News, Why
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    News.PROPOSED: N_("有新的提议"),
    News.VOTE: N_("定了表决的时间"),
    News.RESULT: N_("表决有了结果"),
    Why.AUTHOR: N_("您提的"),
    Why.SECONDED: N_("您附议过"),
    Why.VOTED: N_("您投过票"),
    Why.ASKED: N_("您点了关注"),
}
