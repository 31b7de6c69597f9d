"""Words of letters."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.letters.rules import Back, How, LetterKind, LetterState, Proof
from web.words import N_

SAID: Final = (
    N_("有一件事，对方希望请调解员帮着谈一谈（查询码 {code}）"),
    N_("见面的时间定了，请看信上的网址，或者打电话问（查询码 {code}）"),
    N_("约好的见面取消了（查询码 {code}）"),
    N_("约好的见面快到了，请别忘了（查询码 {code}）"),
)
"""Sentences that the domain writes into letters itself."""

WORDS: Final[Mapping[Enum, str]] = {
    LetterKind.INVITATION: N_("请来调解的信"),
    LetterKind.CONSENT: N_("问同意不同意的信"),
    LetterKind.HEARING: N_("约见面的信"),
    LetterKind.NOTICE: N_("告知的信"),
    LetterState.WAITS: N_("等打印"),
    LetterState.PRINTED: N_("已打印，等送出"),
    LetterState.SENT: N_("已送出，等回音"),
    LetterState.RECEIVED: N_("已收到"),
    LetterState.RETURNED: N_("退回了"),
    LetterState.DROPPED: N_("不用寄了"),
    How.POST: N_("平信"),
    How.REGISTERED: N_("挂号信"),
    How.DOOR: N_("贴在门上"),
    How.HANDED: N_("当面交，上门卡上签了字"),
    How.CALLED: N_("照约好的安全办法打电话说了"),
    Proof.INK: N_("本人签字"),
    Proof.FINGER: N_("本人按手印，见证人签字"),
    Proof.LEFT: N_("本人不签，见证人签字，信留下了"),
    Back.MOVED: N_("搬走了"),
    Back.ABSENT: N_("没有人"),
    Back.REFUSED: N_("拒收"),
    Back.WRONG: N_("地址不对"),
}
