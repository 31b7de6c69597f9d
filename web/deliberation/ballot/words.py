"""How votes and results are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.decide import Outcome, Stage
from deliberation.ballot.doubts import Reason
from deliberation.ballot.models import BallotState, Channel, Secrecy
from deliberation.ballot.shares import Basis
from deliberation.ballot.votes import Choice
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Choice.YES: N_("赞成"),
    Choice.NO: N_("反对"),
    Choice.ABSTAIN: N_("弃权"),
    Secrecy.NAMED: N_("这是记名表决"),
    Outcome.PASSED: N_("通过"),
    Outcome.REJECTED: N_("没有通过"),
    Outcome.NO_QUORUM: N_("参加的不够，表决不成立"),
    Outcome.REVOTE: N_("票数相等，要重新表决"),
    Outcome.UNDECIDABLE: N_("无法判定"),
    Stage.QUORUM: N_("参加的够不够"),
    Stage.APPROVE: N_("赞成的够不够"),
    BallotState.WAITING: N_("还没有开始"),
    BallotState.OPEN: N_("正在表决"),
    BallotState.COUNTING: N_("正在计票"),
    BallotState.DECIDED: N_("已经公布"),
    BallotState.HALTED: N_("按决定暂停"),
    BallotState.VOID: N_("已经作废"),
    BallotState.CALLED_OFF: N_("已经取消"),
    Channel.SITE: N_("网站"),
    Channel.LINK: N_("邮件链接"),
    Basis.HEADS: N_("按户数"),
    Basis.AREA: N_("按面积"),
    Reason.EMPTY_ROLL: N_("名册是空的，没有人可以表决。请先核对名册。"),
    Reason.NO_AREA: N_("有 {n} 处专有部分没有面积：{which}。请补登记面积、实测面积或合同面积。"),
    Reason.WRONG_ROLL: N_("名册的口径与规则不一致：规则要的是 {which}。请换名册或换规则。"),
    Reason.STRANGER: N_("有 {n} 张票或送达记录的人不在名册上：{which}。请核对名册。"),
    Reason.HELD: N_(
        "同一户的共有人投了不同的票，共 {n} 户：{which}。请共有人商定一票；商定不了的，由计票人记为无效票。"
    ),
    Reason.OUTWEIGHS: N_("票数超过了名册或到场人数，请重新清点。"),
    Reason.NOT_IN_FORCE: N_("表决日规则尚未施行或已经失效，请换用当日有效的规则。"),
    Reason.UNDATED: N_("规则没有施行日期，不能用来判定。"),
    Reason.CONTRADICTORY: N_("规则自相矛盾：{which}"),
    Reason.NO_MAJORITY_TO_JOIN: N_(
        "已表态的户数多数与面积多数不一致，或者没有多数，未表态的票无法计入多数意见。请由人决定。"
    ),
    Reason.NO_SEED: N_("规则写明抽签，但没有公布抽签的随机种子。"),
    Reason.NO_WOMAN: N_("当选名单里没有妇女成员，请按选举办法处理。"),
    Reason.KIN: N_("当选名单里有近亲属：{which}。请按选举办法处理。"),
    Reason.TWO_OFFICES: N_("同一人在两个职务上当选：{which}。请按选举办法处理。"),
    Reason.TOO_MANY_PAPERS: N_("收回的选票多于发出的选票，本次选举无效。"),
}
