"""How decisions from outside and rulings are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.oversight.rules import Deed, Issuer, Ruling
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        Issuer.STREET: N_("街道办事处、乡镇政府"),
        Issuer.COURT: N_("人民法院"),
        Issuer.AUTHORITY: N_("主管部门"),
    },
    {
        Deed.SUSPEND: N_("暂停这件事"),
        Deed.RESUME: N_("恢复这件事"),
        Deed.ORDER_CORRECTION: N_("责令改正"),
        Deed.REVOKE: N_("撤销这件事"),
    },
    {Ruling.UPHELD: N_("维持退回"), Ruling.REINSTATED: N_("申诉成立，受理")},
)
