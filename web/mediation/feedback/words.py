"""The questions asked afterwards."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.feedback.grievances import Grievance, Looked
from mediation.feedback.rules import Asked
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
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
