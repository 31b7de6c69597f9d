"""Where a matter stands, who owes the next move, and which clock runs there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from community.rights import Right


class State(StrEnum):
    """Every place a matter can be: the road first, then the side states."""

    DRAFT = "draft"
    ENDORSING = "endorsing"
    SCREENING = "screening"
    PARTY_STUDY = "party_study"
    DELIBERATING = "deliberating"
    FINALISED = "finalised"
    NOTICED = "noticed"
    VOTING = "voting"
    COUNTING = "counting"
    RESULT_NOTICE = "result_notice"
    EFFECTIVE = "effective"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"
    EXECUTING = "executing"
    EVALUATING = "evaluating"
    CLOSED = "closed"
    ARCHIVED = "archived"
    RETURNED = "returned"
    APPEALED = "appealed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    SUSPENDED = "suspended"
    ORDERED_TO_CORRECT = "ordered_to_correct"
    REVOKED = "revoked"


class Screened(StrEnum):
    """What the clerk answers to a matter."""

    ACCEPT = "accept"  # 受理
    SEND_BACK = "send_back"  # 退回补充
    TO_MEDIATION = "to_mediation"  # 是纠纷，转调解
    NOT_OURS = "not_ours"  # 不属于这里的职权


class Actor(StrEnum):
    """Who may move a matter."""

    AUTHOR = "author"  # 提议人
    RESIDENT = "resident"  # 名册上的人
    CLERK = "clerk"  # 居委会、业委会经办人
    PARTY = "party"  # 社区党组织
    HOST = "host"  # 议事主持人
    TELLER = "teller"  # 计票人
    EXECUTOR = "executor"  # 落实单位
    OVERSEER = "overseer"  # 街道、监督委员会
    SYSTEM = "system"  # 到期自动


RIGHTS: Final = {
    Actor.RESIDENT: Right.MATTER_ENDORSE,
    Actor.CLERK: Right.MATTER_SCREEN,
    Actor.PARTY: Right.MATTER_STUDY,
    Actor.HOST: Right.MATTER_HOST,
    Actor.TELLER: Right.BALLOT_TELL,
    Actor.EXECUTOR: Right.MATTER_EXECUTE,
    Actor.OVERSEER: Right.MATTER_SUPERVISE,
}
"""The right that makes an actor; an author is known by the matter, the system by the clock."""


class Clock(StrEnum):
    """What runs while a matter waits."""

    ENDORSE = "endorse"  # 附议期
    SCREEN = "screen"  # 受理答复期
    STUDY = "study"  # 研究期
    NOTICE = "notice"  # 公示期, ends when the ballot opens
    VOTE = "vote"  # 表决期
    PUBLISH = "publish"  # 公布结果的期限
    SHOW = "show"  # 结果公示期
    WORK = "work"  # 落实期限, as the plan says
    EVALUATE = "evaluate"  # 评议期
    APPEAL = "appeal"  # 申诉答复期


@dataclass(frozen=True, slots=True)
class Standing:
    """What a state means: its Chinese name, who owes the next move, and the clock that runs in it."""

    title: str
    owner: Actor | None = None
    clock: Clock | None = None


# fmt: off
STANDINGS: Final[dict[State, Standing]] = {
    State.DRAFT:              Standing("草拟", Actor.AUTHOR),
    State.ENDORSING:          Standing("附议中", Actor.RESIDENT, Clock.ENDORSE),
    State.SCREENING:          Standing("待受理", Actor.CLERK, Clock.SCREEN),
    State.PARTY_STUDY:        Standing("党组织研究", Actor.PARTY, Clock.STUDY),
    State.DELIBERATING:       Standing("议事中", Actor.HOST),
    State.FINALISED:          Standing("已定稿", Actor.CLERK),
    State.NOTICED:            Standing("会前公示", Actor.SYSTEM, Clock.NOTICE),
    State.VOTING:             Standing("表决中", Actor.SYSTEM, Clock.VOTE),
    State.COUNTING:           Standing("计票中", Actor.TELLER, Clock.PUBLISH),
    State.RESULT_NOTICE:      Standing("结果公示", Actor.SYSTEM, Clock.SHOW),
    State.EFFECTIVE:          Standing("已通过", Actor.EXECUTOR),
    State.NOT_PASSED:         Standing("未通过", Actor.CLERK),
    State.NO_QUORUM:          Standing("参加人数不够", Actor.HOST),
    State.EXECUTING:          Standing("落实中", Actor.EXECUTOR, Clock.WORK),
    State.EVALUATING:         Standing("评议中", Actor.SYSTEM, Clock.EVALUATE),
    State.CLOSED:             Standing("已办结", Actor.CLERK),
    State.ARCHIVED:           Standing("已归档"),
    State.RETURNED:           Standing("退回修改", Actor.AUTHOR),
    State.APPEALED:           Standing("申诉中", Actor.OVERSEER, Clock.APPEAL),
    State.EXPIRED:            Standing("附议到期", Actor.AUTHOR),
    State.WITHDRAWN:          Standing("已撤回"),
    State.MERGED:             Standing("已并入另一件", Actor.CLERK),
    State.SUSPENDED:          Standing("暂停", Actor.OVERSEER),
    State.ORDERED_TO_CORRECT: Standing("责令改正", Actor.HOST),
    State.REVOKED:            Standing("已撤销"),
}
# fmt: on

ENDS: Final = frozenset({State.ARCHIVED, State.WITHDRAWN, State.REVOKED})
"""Nothing leaves these."""

EDITABLE: Final = (State.DRAFT, State.ENDORSING, State.RETURNED, State.DELIBERATING)
"""Where the text may still change; each change is a new version."""

AMENDABLE: Final = (State.ENDORSING, State.RETURNED, State.DELIBERATING)
"""Where others may propose new words and get an answer."""

CONFIRMING: Final = (
    State.ENDORSING,
    State.SCREENING,
    State.PARTY_STUDY,
    State.DELIBERATING,
    State.RETURNED,
    State.EXPIRED,
)
"""Where seconds may still wait to be confirmed after the meaning changed."""

BEFORE_VOTE: Final = (
    State.DRAFT,
    State.ENDORSING,
    State.SCREENING,
    State.PARTY_STUDY,
    State.DELIBERATING,
    State.FINALISED,
    State.RETURNED,
    State.APPEALED,
    State.EXPIRED,
)
"""Nothing has been announced yet: the author may still take it back."""

RUNNING: Final = tuple(
    state
    for state in State
    if state not in ENDS and state not in (State.SUSPENDED, State.CLOSED, State.DRAFT, State.MERGED)
)
"""Where a street office or a court may step in."""

RESUMABLE: Final = tuple(s for s in RUNNING if s is not State.ORDERED_TO_CORRECT)
"""Where a suspended matter may go back to: the state in which it was stopped."""

JOINABLE: Final = (State.ENDORSING, State.SCREENING, State.PARTY_STUDY, State.DELIBERATING)
"""Where two matters may become one: public, and the words not fixed yet."""

CHASED: Final = (State.SCREENING, State.PARTY_STUDY)
"""Where somebody who lets the clock run out is reminded, before everybody: nothing is refused by lying still."""

ENDORSE_DAYS: Final = 30
SCREEN_DAYS: Final = 5  # working days
STUDY_DAYS: Final = 10
PUBLISH_DAYS: Final = 3  # 北京 37；成都 32
SHOW_DAYS: Final = 15  # 居委会法 34
EVALUATE_DAYS: Final = 15
APPEAL_DAYS: Final = 10  # working days to decide an appeal, own choice
APPEAL_WITHIN: Final = 15  # days to appeal after a return, own choice
