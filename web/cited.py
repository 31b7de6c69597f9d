"""Citations of law as readers of another language can follow them: the law by its name, then the article.

The tables of rules cite as a clerk does: 民法典 278 条 2 款；四川省物业管理条例 20、31 条.
"""

import re
from collections.abc import Callable
from typing import Final

from web.words import N_

LAWS: Final = (
    N_("城市居民委员会组织法"),
    N_("村民委员会组织法"),
    N_("四川省物业管理条例"),
    N_("杭州市物业管理条例"),
    N_("河南省物业管理条例"),
    N_("建筑物区分所有权解释"),
    N_("物业管理条例"),
    N_("人民调解工作若干规定"),
    N_("北京市接诉即办工作条例"),
    N_("人民调解法"),
    N_("居委会法"),
    N_("村委会法"),
    N_("民法典"),
    N_("四川"),
    N_("杭州"),
    N_("北京"),
    N_("成都"),
    N_("上海"),
    N_("潍坊"),
    N_("聊城"),
    N_("达州"),
    N_("居民会议 10 天"),
    N_("业主大会 15 天"),
    N_("5 天内提出，3 天内答复"),
    N_("不少于 15 天"),
    N_("3 天内公布"),
    N_("公示天数比照 26"),
    N_("逐事项书面委托"),
    N_("公告的投票方式里没有委托"),
    N_("比照"),
    N_("议事规则"),
    N_("年文本"),
)
"""What citations are made of; a longer name stands before the shorter one inside it."""
PIECE: Final = re.compile("|".join(LAWS))
ARTICLE: Final = re.compile(r"([\d、]+) 条(?: (\d+) 款)?")
SIGNS: Final = {"；": "; ", "、": ", ", "（": " (", "）": ") "}


def speaker(say: Callable[[str], str]) -> Callable[[str], str]:
    """Return what says a citation with the catalogue ``say``; the language of the laws says it as it stands.

    >>> speaker(str)("民法典 278 条 2 款")
    '民法典 278 条 2 款'
    """

    def cited(source: str) -> str:
        if say(LAWS[0]) == LAWS[0]:
            return source
        words = PIECE.sub(lambda found: say(found[0]), ARTICLE.sub(r"\1(\2)", source).replace("()", ""))
        for sign, other in SIGNS.items():
            words = words.replace(sign, other)
        return re.sub(r" +(?=[;,)])|(?<= ) +", "", words).strip()

    return cited
