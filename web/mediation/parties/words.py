"""Labels of guardians, representatives, their powers, and what members of a group say."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.parties.rules import AttendRole, GuardBasis, MemberVote, Power, ProxyKind
from web.words import N_

WORDS: Final[tuple[Mapping[Enum, str], ...]] = (
    {
        GuardBasis.PARENT: N_("父母"),
        GuardBasis.SPOUSE: N_("配偶"),
        GuardBasis.CHILD: N_("成年子女"),
        GuardBasis.KIN: N_("其他近亲属"),
        GuardBasis.APPOINTED: N_("指定或者协议确定的监护人"),
        GuardBasis.COMMITTEE: N_("居委会、村委会或者民政部门"),
    },
    {
        ProxyKind.LAWYER: N_("律师"),
        ProxyKind.LEGAL_WORKER: N_("基层法律服务工作者"),
        ProxyKind.RELATIVE: N_("近亲属"),
        ProxyKind.STAFF: N_("单位工作人员"),
        ProxyKind.RECOMMENDED: N_("社区或者单位推荐的人"),
    },
    {
        Power.SETTLE: N_("和解、达成协议"),
        Power.VARY: N_("变更请求"),
        Power.WAIVE: N_("放弃权利"),
        Power.RECEIVE: N_("代收款物"),
    },
    {AttendRole.INVITEE: N_("受邀参加的人"), AttendRole.RECORDER: N_("记录人")},
    {MemberVote.PENDING: N_("还没有说"), MemberVote.YES: N_("认可"), MemberVote.NO: N_("不认可")},
)
