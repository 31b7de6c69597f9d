"""Words of numbered papers."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.papers.rules import Made
from web.mediation.letters.words import WORDS as LETTER_WORDS
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    **LETTER_WORDS,
    Made.CASE: N_("受理登记"),
    Made.DOSSIER: N_("归档卷宗"),
    Made.LETTER: N_("移送函"),
    Made.ACCEPTED: N_("受理通知书"),
    Made.DECLINED: N_("不予受理告知书"),
    Made.REDIRECTED: N_("引导告知书"),
    Made.INVITED: N_("调解邀请函"),
    Made.RECUSED: N_("回避决定书"),
    Made.SUSPENDED: N_("中止调解通知书"),
    Made.EXTENDED: N_("延期调解通知书"),
    Made.TERMINATED: N_("终止调解通知书"),
    Made.URGED: N_("督促履行通知书"),
    Made.CORRECTED: N_("补正书"),
}
