"""How votes and results are called on pages."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.ballot.compare import Switch
from deliberation.ballot.decide import Outcome, Stage
from deliberation.ballot.doubts import Reason
from deliberation.ballot.models import BallotState, Channel, Secrecy
from deliberation.ballot.rules import HeadKey, Silence
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
    Outcome.REVOTE: N_("没有选满，要再选一次"),
    Outcome.ANSWERED: N_("意见收齐了"),
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
    Channel.PROXY: N_("受托人代投"),
    Channel.SLIP: N_("纸条上的投票码"),
    Channel.KIOSK: N_("现场平板"),
    Channel.PAPER: N_("纸票"),
    Channel.HELPER: N_("上门帮办"),
    **{switch: switch.value for switch in Switch},
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
    Reason.UNDECLARED: N_("有 {n} 位候选人还没有申报是不是妇女、有没有近亲属一起参选：{which}。请先补上申报。"),
    Reason.TOO_MANY_PAPERS: N_("收回的选票多于发出的选票，本次选举无效。"),
}

READINGS: Final[Mapping[Switch, str]] = {
    Switch.PARKING_IN_AREA: N_("车位面积不计入"),
    Switch.PARKING_IN_HEADS: N_("只有车位的业主不计户数"),
    Switch.INVALID: N_("无效票不算参加"),
    Switch.HEAD_KEY: N_("有一位业主相同的几处算一票"),
    Switch.STRICT: N_("不表态的不算参加"),
    Switch.ABSTAIN: N_("送达后不表态的算弃权：算参加，不算赞成"),
    Switch.MAJORITY: N_("送达后不表态的随多数（从多）：有争议，每一户都要有送达证明和明确提示"),
}
"""What the rules of procedure may say instead, as a choice."""

POINTS: Final[Mapping[tuple[str, object], str]] = {
    ("parking_in_area", True): N_("车位面积计入。"),
    ("parking_in_area", False): N_("车位面积不计入。"),
    ("parking_in_heads", True): N_("只有车位的业主也计户数。"),
    ("parking_in_heads", False): N_("只有车位的业主不计户数。"),
    ("invalid_participates", True): N_("无效票算参加，不算赞成。"),
    ("invalid_participates", False): N_("无效票不算参加。"),
    ("head_key", HeadKey.EXACT_SET): N_("几处房子的业主完全相同，才合并算一票。"),
    ("head_key", HeadKey.ANY_COMMON_OWNER): N_("几处房子有一位业主相同，就合并算一票。"),
    ("silence", Silence.NONE): N_("不表态的不算参加。"),
    ("silence", Silence.ABSTAIN): N_("送达以后不表态的算弃权：算参加，不算赞成。"),
    ("silence", Silence.MAJORITY): N_("送达以后不表态的随多数（从多），要有送达证明和明确提示。"),
}
"""How a rule stands on what was left open, in plain words for the notice."""

OUTAGES: Final = N_("截止前两小时里，本站停机满五分钟的，截止顺延停机时间的两倍，最多二十四小时，只顺延一次。")
"""The rule for outages, on every notice and page of a vote."""

WARNING: Final = N_("请注意：这次表决票送到您手里以后，截止以前您不投，就按已经表态的多数意见算您的一票和面积。")
"""What silence means under 从多, on every paper and page that serves."""
