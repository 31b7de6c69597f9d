"""How requests about personal data are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.subject_requests.rules import Checked, Kind, Outcome, Standing
from web.words import N_

WORDS: Final[list[Mapping[Enum, str]]] = [
    {
        Kind.ACCESS: N_("查阅、复制"),
        Kind.CORRECT: N_("更正、补充"),
        Kind.RESTRICT: N_("限制使用"),
        Kind.DELETE: N_("删除"),
        Kind.EXPLAIN: N_("要求说明"),
    },
    {
        Checked.ACCOUNT: N_("本人登录后提出"),
        Checked.SEEN: N_("看过本人证件"),
        Checked.MANDATE: N_("看过授权委托书和证件"),
        Checked.KIN: N_("逝者的近亲属，看过证明"),
    },
    {Outcome.GRANTED: N_("办到了"), Outcome.PART: N_("办到一部分"), Outcome.REFUSED: N_("没有办")},
    {
        Standing.OPEN: N_("等答复"),
        Standing.ANSWERED: N_("已答复"),
        Standing.WITHDRAWN: N_("已撤回"),
        Standing.LIFTED: N_("已取消限制"),
    },
]

WHAT: Final = {
    Kind.ACCESS: N_("想看记了我什么，或者要一份复制件。"),
    Kind.CORRECT: N_("哪一条不对或者不全，应该是什么。"),
    Kind.RESTRICT: N_("先只保存，不拿去做别的，直到我说可以。"),
    Kind.DELETE: N_("用不着了的，请删掉。"),
    Kind.EXPLAIN: N_("为什么记、怎么用的，请说明白。"),
}
"""What each kind means, in the words of whoever asks."""
