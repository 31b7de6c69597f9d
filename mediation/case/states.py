"""Where a case stands, which clock runs there, and who owes the next move."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """The nineteen places a case can be."""

    DRAFT = "draft"
    REGISTERED = "registered"
    SUPPLEMENT = "supplement"
    INVITING = "inviting"
    ASSIGNING = "assigning"
    MEDIATING = "mediating"
    SUSPENDED = "suspended"
    DRAFTING = "drafting"
    SIGNING = "signing"
    PERFORMING = "performing"
    BREACHED = "breached"
    FOLLOWUP = "followup"
    TERMINATED = "terminated"
    HANDOVER = "handover"
    CLOSED = "closed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    MERGED = "merged"
    ARCHIVED = "archived"


class Actor(StrEnum):
    """Who may move a case; a statutory guardian (法定代理人) acts as the party."""

    PARTY = "party"  # 当事人
    REP = "rep"  # 委托代理人、推选代表人
    HELPER = "helper"  # 帮办代办、网格员
    INTAKE = "intake"  # 受理员
    MEDIATOR = "mediator"  # 主持调解员
    ORGDIR = "orgdir"  # 调委会主任
    CENTER = "center"  # 综治中心
    COURT = "court"  # 法院对接人
    TARGET_ORGDIR = "target_orgdir"  # 接收单位负责人
    ARCHIVIST = "archivist"  # 档案员
    PARTY_OFF = "party_off"  # 社区党组织、街道
    SYSTEM = "system"  # 到期自动


class Clock(StrEnum):
    """The clocks that may run on a case; ``deadlines.py`` says how long each is."""

    REVIEW = "T_REVIEW"
    SUPPLEMENT = "T_SUPPLEMENT"
    INVITE = "T_INVITE"
    MEDIATE = "T_MEDIATE"
    FIRST_SESSION = "T_FIRST_SESSION"
    SUSPEND_REVIEW = "T_SUSPEND_REVIEW"
    SIGN = "T_SIGN"
    JC = "T_JC"
    OBLIGATION = "T_OBLIGATION"
    URGE = "T_URGE"
    FOLLOWUP = "T_FOLLOWUP"
    CLOSE = "T_CLOSE"
    HANDOVER = "T_HANDOVER"
    ARCHIVE = "T_ARCHIVE"
    RETENTION = "T_RETENTION"


class Outcome(StrEnum):
    """How a case, or one proceeding of it, came out."""

    AGREED_WRITTEN = "agreed_written"
    AGREED_ORAL = "agreed_oral"
    AGREED_PARTIAL = "agreed_partial"
    FAILED_GAP = "failed_gap"
    REFUSED_BEFORE_ACCEPTANCE = "refused_before_acceptance"
    REFUSED_MIDWAY = "refused_midway"
    UNREACHABLE = "unreachable"
    WITHDRAWN_BEFORE_ACCEPTANCE = "withdrawn_before_acceptance"
    WITHDRAWN_MIDWAY = "withdrawn_midway"
    SELF_SETTLED = "self_settled"
    SIGN_REFUSED = "sign_refused"
    PERIOD_EXPIRED = "period_expired"
    COURT_SEIZED = "court_seized"
    ADMIN_MUST_DECIDE = "admin_must_decide"
    FRAUD_SUSPECTED = "fraud_suspected"
    LAPSED = "lapsed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    BREACH_ROUTED_OUT = "breach_routed_out"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state means: its Chinese name, the clock that runs in it and who owes the next move."""

    title: str
    clock: Clock | None
    owner: Actor | None


# fmt: off
STANDINGS: Final[dict[State, Standing]] = {
    State.DRAFT:      Standing("草稿", None, Actor.PARTY),
    State.REGISTERED: Standing("已登记·待审查", Clock.REVIEW, Actor.INTAKE),
    State.SUPPLEMENT: Standing("待补正", Clock.SUPPLEMENT, Actor.PARTY),
    State.INVITING:   Standing("征询意愿", Clock.INVITE, Actor.INTAKE),
    State.ASSIGNING:  Standing("已受理·选定调解员", Clock.MEDIATE, Actor.ORGDIR),
    State.MEDIATING:  Standing("调解中", Clock.MEDIATE, Actor.MEDIATOR),
    State.SUSPENDED:  Standing("中止", Clock.SUSPEND_REVIEW, Actor.MEDIATOR),
    State.DRAFTING:   Standing("拟定协议", Clock.MEDIATE, Actor.MEDIATOR),
    State.SIGNING:    Standing("待签署盖章", Clock.SIGN, Actor.MEDIATOR),
    State.PERFORMING: Standing("协议生效·履行中", Clock.OBLIGATION, Actor.MEDIATOR),
    State.BREACHED:   Standing("逾期未履行·督促", Clock.URGE, Actor.MEDIATOR),
    State.FOLLOWUP:   Standing("待回访", Clock.FOLLOWUP, Actor.MEDIATOR),
    State.TERMINATED: Standing("调解终止", Clock.CLOSE, Actor.MEDIATOR),
    State.HANDOVER:   Standing("移交待接收", Clock.HANDOVER, Actor.TARGET_ORGDIR),
    State.CLOSED:     Standing("结案", Clock.ARCHIVE, Actor.ARCHIVIST),
    State.DECLINED:   Standing("不予受理", Clock.ARCHIVE, Actor.ARCHIVIST),
    State.REDIRECTED: Standing("引导分流", Clock.ARCHIVE, Actor.ARCHIVIST),
    State.MERGED:     Standing("并案", None, None),
    State.ARCHIVED:   Standing("归档", None, None),
}
# fmt: on

ENDS: Final = frozenset({State.MERGED, State.ARCHIVED})
"""Nothing leaves these; a later problem opens a linked new case."""

BEFORE_EFFECT: Final = (
    State.REGISTERED,
    State.SUPPLEMENT,
    State.INVITING,
    State.ASSIGNING,
    State.MEDIATING,
    State.SUSPENDED,
    State.DRAFTING,
    State.SIGNING,
    State.HANDOVER,
)
"""A matter has been brought and no agreement binds yet: whoever is in it may leave (人民调解法 17, 23)."""
