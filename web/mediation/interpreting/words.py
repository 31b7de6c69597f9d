"""The words of translations."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.interpreting.rules import Subject, Turn
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Subject.LINE: N_("一句话"),
    Subject.AGREEMENT: N_("协议"),
    Subject.MINUTES: N_("笔录：念给当事人听，核对后签名"),
    Turn.OPEN: N_("等翻译"),
    Turn.DONE: N_("译好了"),
    Turn.OVER: N_("过了一天，没有译"),
}
