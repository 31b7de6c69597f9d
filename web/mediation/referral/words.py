"""Words of handing a case on."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.referral.commission import Commission
from mediation.referral.rules import Basis, Passing
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Basis.CONSENT: N_("当事人单独同意"),
    Basis.STATUTORY: N_("法定职责"),
    Passing.PROPOSED: N_("正在征求同意"),
    Passing.SENT: N_("已送出，等答复"),
    Passing.ACCEPTED: N_("已接收"),
    Passing.REJECTED: N_("已退回"),
    Passing.RECALLED: N_("已收回"),
    Passing.DROPPED: N_("没有移交"),
    Commission.PRE: N_("委派：还没有立案"),
    Commission.ORDINARY: N_("委托：已立案，普通程序"),
    Commission.SUMMARY: N_("委托：已立案，简易程序"),
}
"""Of its own table: a name may mean something else in another room."""

PARTS: Final[Mapping[str, str]] = {
    "letter": N_("移送函"),
    "application": N_("申请书"),
    "identity": N_("当事人的姓名和联系办法"),
    "register": N_("受理登记表"),
    "notices": N_("已经发出的通知"),
    "wills": N_("当事人的意愿"),
    "termination": N_("终止调解通知书"),
}
"""What each paper of a package is called on the page."""
