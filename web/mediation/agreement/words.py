"""The words of this room, and the questions of legality as a form asks them."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.people.rules import Level, Method
from mediation.agreement.afterwards import Ground
from mediation.agreement.roads import Road
from mediation.agreement.rules import Capacity, ClauseKind, Duty, PaperMark
from web.mediation.paying.words import WORDS as PAYING
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    ClauseKind.PAY: N_("付钱"),
    ClauseKind.DO: N_("做一件事"),
    ClauseKind.STOP: N_("不再做"),
    ClauseKind.DELIVER: N_("交付、归还"),
    ClauseKind.APOLOGISE: N_("道歉"),
    ClauseKind.COOPERATE: N_("配合办手续"),
    ClauseKind.GUARANTEE: N_("担保"),
    ClauseKind.QUIET: N_("对外不说"),
    ClauseKind.STATUS: N_("人身关系（只能纸面签）"),
    ClauseKind.TITLE: N_("确认归谁所有"),
    ClauseKind.OTHER: N_("别的约定"),
    Capacity.PARTY: N_("当事人本人"),
    Capacity.MEDIATOR: N_("主持调解员"),
    Capacity.CO: N_("一起调解的调解员"),
    Capacity.GUARDIAN: N_("法定代理人"),
    Capacity.AGENT: N_("委托代理人"),
    PaperMark.INK: N_("亲手签名"),
    PaperMark.FINGER: N_("按指印"),
    Method.PASSWORD: N_("再输一次密码"),
    Method.MAIL: N_("邮件里的验证码"),
    Method.TOTP: N_("手机验证器上的验证码"),
    Level.S0: N_("S0：登录后再输一次密码"),
    Level.S1: N_("S1：姓名、一次性验证码、文本校验值"),
    Level.S3: N_("S3：纸上亲手签名或者按指印"),
    Duty.PENDING: N_("还没办"),
    Duty.PARTIAL: N_("付了一部分"),
    Duty.DONE: N_("办好了"),
    Duty.WAIVED: N_("对方不要了"),
    Ground.DISMISSED: N_("法院驳回了司法确认申请"),
    Ground.DISPUTED: N_("对协议的内容有争议"),
    Duty.REPLACED: N_("由新协议代替"),
    Road.SUE: N_("去法院起诉"),
    Road.ENFORCE: N_("向法院申请强制执行"),
    Road.PAYMENT_ORDER: N_("向法院申请支付令"),
    Road.ARBITRATE: N_("申请劳动仲裁"),
    **PAYING,
}
