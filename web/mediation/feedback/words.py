"""The questions asked afterwards."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.feedback.grievances import Grievance, Looked
from mediation.feedback.rules import Asked, Suit
from web.words import N_

_ANSWERS: Final[Mapping[Enum, str]] = {
    Grievance.PARTIAL: N_("调解员偏袒一方"),
    Grievance.INSULT: N_("调解员侮辱当事人"),
    Grievance.GIFT: N_("调解员索取、收受财物或者别的好处"),
    Grievance.LEAK: N_("调解员泄露隐私、商业秘密"),
    Grievance.SPREAD: N_("有人把谈话内容传到外面"),
    Looked.OPEN: N_("投诉等答复"),
    Looked.UPHELD: N_("投诉属实"),
    Looked.NOT_UPHELD: N_("投诉不属实"),
    Asked.RESPONSE: N_("来得快不快"),
    Asked.FAIRNESS: N_("处理得公正不公正"),
    Asked.SOLVED: N_("问题解决得怎样"),
    Asked.MANNER: N_("待人的态度好不好"),
}
_SUITS: Final[Mapping[Enum, str]] = {
    Suit.NONE: N_("没有起诉"),
    Suit.PENDING: N_("起诉了，还没有判"),
    Suit.UPHELD: N_("法院判决维持协议"),
    Suit.CHANGED: N_("法院判决变更协议"),
    Suit.REVOKED: N_("法院判决撤销协议"),
}
"""Kept apart: some of them are stored under the same word as an answer to a complaint."""
WORDS: Final[tuple[Mapping[Enum, str], ...]] = (_ANSWERS, _SUITS)
