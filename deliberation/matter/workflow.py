"""The whole road of a matter as one table, read by guards, buttons, diagrams and tests alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from community.errors import MovedOn
from deliberation.matter.states import (
    AMENDABLE,
    BEFORE_VOTE,
    CHASED,
    CONFIRMING,
    EDITABLE,
    JOINABLE,
    RESUMABLE,
    RUNNING,
    Actor,
    State,
)

MOVED_ON: Final = "这件事已经往前走了一步，请刷新后再看。"


class Verb(StrEnum):
    """A deed that moves a matter, or that is done to it where it stands."""

    SUBMIT = "submit"
    REVISE = "revise"
    ENDORSE = "endorse"
    CONFIRM = "confirm"
    RETRACT = "retract"
    UNCONFIRMED = "unconfirmed"
    DISOWN = "disown"
    AMEND = "amend"
    ADOPT = "adopt"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    REACH = "reach"
    EXPIRE = "expire"
    REOPEN = "reopen"
    ACCEPT = "accept"
    ACCEPT_OWNERS = "accept_owners"
    SEND_BACK = "send_back"
    TO_MEDIATION = "to_mediation"
    NOT_OURS = "not_ours"
    REMIND = "remind"
    APPEAL = "appeal"
    ESCALATE = "escalate"
    UPHOLD = "uphold"
    REINSTATE = "reinstate"
    REINSTATE_OWNERS = "reinstate_owners"
    MERGE = "merge"
    TAKE_IN = "take_in"
    SEPARATE = "separate"
    LET_GO = "let_go"
    WHISTLE = "whistle"
    ASK_ANSWER = "ask_answer"
    RESUBMIT = "resubmit"
    STUDY = "study"
    ADVISE = "advise"
    DISCUSS = "discuss"
    NOTE_OPINION = "note_opinion"
    ANSWER_DISSENT = "answer_dissent"
    FINALISE = "finalise"
    ANNOUNCE = "announce"
    OPEN = "open"
    EXTEND = "extend"
    PUT_OFF = "put_off"
    CLOSE = "close"
    TELL = "tell"
    PUBLISH = "publish"
    TAKE_EFFECT = "take_effect"
    FAIL = "fail"
    LAPSE = "lapse"
    RERUN = "rerun"
    ASK_RECOUNT = "ask_recount"
    RECOUNT = "recount"
    RECONVENE = "reconvene"
    CALL_OFF = "call_off"
    CARRY_OUT = "carry_out"
    PROGRESS = "progress"
    REPLAN = "replan"
    OVERDUE = "overdue"
    REPORT = "report"
    EVALUATE = "evaluate"
    REWORK = "rework"
    SATISFY = "satisfy"
    CLOSE_FILE = "close_file"
    ARCHIVE = "archive"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    ORDER_CORRECTION = "order_correction"
    CORRECT = "correct"
    REVOKE = "revoke"


class Target(StrEnum):
    """Where a deed leads when that is not one named state."""

    SAME = "same"
    RETURN_STATE = "return_state"


@dataclass(frozen=True, slots=True)
class Row:
    """One deed: what it is called, where it is possible, where it leads, who may do it, what must hold."""

    verb: Verb
    label: str
    sources: tuple[State, ...]
    target: State | Target
    actors: tuple[Actor, ...]
    guards: tuple[str, ...] = ()


_A, _S = Actor, State

# fmt: off
ROWS: Final[tuple[Row, ...]] = (
    Row(Verb.SUBMIT,      "提交附议", (_S.DRAFT,), _S.ENDORSING, (_A.AUTHOR,), ("roll_frozen",)),
    Row(Verb.REVISE,      "修改文本", EDITABLE, Target.SAME, (_A.AUTHOR, _A.HOST), ("text_changed",)),
    Row(Verb.ENDORSE,     "附议",     (_S.ENDORSING,), Target.SAME, (_A.RESIDENT,),
        ("on_roll", "once", "words_as_read")),
    Row(Verb.CONFIRM,     "确认附议", CONFIRMING, Target.SAME, (_A.RESIDENT,), ("asked", "words_as_read")),
    Row(Verb.RETRACT,     "收回附议", CONFIRMING, Target.SAME, (_A.RESIDENT,), ("own_second",)),
    Row(Verb.UNCONFIRMED, "没有确认的附议失效", (*CONFIRMING, _S.SUSPENDED, _S.ORDERED_TO_CORRECT), Target.SAME,
        (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.DISOWN,      "代办的附议作废", CONFIRMING, Target.SAME, (_A.SYSTEM,), ("helped_and_untrue",)),
    Row(Verb.AMEND,       "提修改建议", AMENDABLE, Target.SAME, (_A.RESIDENT,), ("not_too_many", "words_as_read")),
    Row(Verb.ADOPT,       "采纳修改建议", AMENDABLE, Target.SAME, (_A.AUTHOR, _A.HOST), ("part_unchanged",)),
    Row(Verb.DECLINE,     "不采纳修改建议", AMENDABLE, Target.SAME, (_A.AUTHOR, _A.HOST), ("reasons_given",)),
    Row(Verb.TAKE_BACK,   "收回修改建议", AMENDABLE, Target.SAME, (_A.RESIDENT,), ("own_amendment",)),
    Row(Verb.REACH,       "附议达标", (_S.ENDORSING,), _S.SCREENING, (_A.SYSTEM,), ("threshold_reached",)),
    Row(Verb.EXPIRE,      "附议到期", (_S.ENDORSING,), _S.EXPIRED, (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.REOPEN,      "再次附议", (_S.EXPIRED,), _S.ENDORSING, (_A.AUTHOR,), ("not_reopened_before",)),
    Row(Verb.ACCEPT,      "受理",     (_S.SCREENING,), _S.PARTY_STUDY, (_A.CLERK,), ("not_owners_own",)),
    Row(Verb.ACCEPT_OWNERS, "受理（业主自己的事）", (_S.SCREENING,), _S.DELIBERATING, (_A.CLERK,), ("owners_own",)),
    Row(Verb.SEND_BACK,   "退回",     (_S.SCREENING,), _S.RETURNED, (_A.CLERK,), ("reasons_given",)),
    Row(Verb.TO_MEDIATION, "转调解",  (_S.SCREENING,), _S.RETURNED, (_A.CLERK,), ("reasons_given",)),
    Row(Verb.NOT_OURS,    "不属于职权", (_S.SCREENING,), _S.RETURNED, (_A.CLERK,), ("reasons_given",)),
    Row(Verb.REMIND,      "逾期提醒", CHASED, Target.SAME, (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.APPEAL,      "申诉",     (_S.RETURNED,), _S.APPEALED, (_A.AUTHOR,), ("in_time", "once")),
    Row(Verb.ESCALATE,    "逾期转街道", (_S.APPEALED,), Target.SAME, (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.UPHOLD,      "维持退回", (_S.APPEALED,), _S.RETURNED, (_A.OVERSEER,), ("not_screener", "reasons_given")),
    Row(Verb.REINSTATE,   "申诉成立，受理", (_S.APPEALED,), _S.PARTY_STUDY, (_A.OVERSEER,),
        ("not_screener", "reasons_given", "not_owners_own")),
    Row(Verb.REINSTATE_OWNERS, "申诉成立，受理（业主自己的事）", (_S.APPEALED,), _S.DELIBERATING, (_A.OVERSEER,),
        ("not_screener", "reasons_given", "owners_own")),
    Row(Verb.MERGE,       "并入另一件", JOINABLE, _S.MERGED, (_A.CLERK,), ("no_circle", "same_body")),
    Row(Verb.TAKE_IN,     "并进一件", JOINABLE, Target.SAME, (_A.CLERK,), ("no_circle", "same_body")),
    Row(Verb.SEPARATE,    "撤销合并", (_S.MERGED,), Target.RETURN_STATE, (_A.CLERK,), ("reasons_given",)),
    Row(Verb.LET_GO,      "分回一件", JOINABLE, Target.SAME, (_A.CLERK,), ("reasons_given",)),
    Row(Verb.WHISTLE,     "街道吹哨", RUNNING, Target.SAME, (_A.CLERK, _A.OVERSEER), ("due_day_set",)),
    Row(Verb.ASK_ANSWER,  "请求答复", RUNNING, Target.SAME, (_A.AUTHOR, _A.CLERK, _A.OVERSEER)),
    Row(Verb.RESUBMIT,    "重新提交", (_S.RETURNED,), _S.ENDORSING, (_A.AUTHOR,)),
    Row(Verb.STUDY,       "记录研究意见", (_S.PARTY_STUDY,), _S.DELIBERATING, (_A.PARTY,), ("opinion_recorded",)),
    Row(Verb.ADVISE,      "记录党组织意见（供参考）", (_S.DELIBERATING,), Target.SAME, (_A.PARTY,),
        ("opinion_recorded", "owners_own")),
    Row(Verb.DISCUSS,     "记录议事会", (_S.DELIBERATING,), Target.SAME, (_A.HOST,), ("minutes_written",)),
    Row(Verb.NOTE_OPINION, "登记共识或不同意见", (_S.DELIBERATING,), Target.SAME, (_A.HOST,), ("not_noted_before",)),
    Row(Verb.ANSWER_DISSENT, "答复不同意见", (_S.DELIBERATING,), Target.SAME, (_A.HOST, _A.EXECUTOR),
        ("dissent_open",)),
    Row(Verb.FINALISE,    "定稿",     (_S.DELIBERATING,), _S.FINALISED, (_A.HOST,),
        ("session_held", "dissents_answered", "amendments_answered", "confirmations_over", "interests_declared")),
    Row(Verb.ANNOUNCE,    "公示并定表决时间", (_S.FINALISED,), _S.NOTICED, (_A.CLERK,),
        ("notice_long_enough", "objections_over", "rule_in_force")),
    Row(Verb.OPEN,        "开始表决", (_S.NOTICED,), _S.VOTING, (_A.SYSTEM,), ("clock_ran_out", "objections_over")),
    Row(Verb.CALL_OFF,    "名册有变，表决取消", (_S.NOTICED,), _S.FINALISED, (_A.SYSTEM,), ("roll_objected",)),
    Row(Verb.EXTEND,      "按公示的办法延长表决", (_S.VOTING,), Target.SAME, (_A.CLERK,),
        ("fixed_before_opening", "too_few")),
    Row(Verb.PUT_OFF,     "停机顺延截止", (_S.VOTING,), Target.SAME, (_A.SYSTEM,),
        ("fixed_before_opening", "was_away")),
    Row(Verb.CLOSE,       "截止表决", (_S.VOTING,), _S.COUNTING, (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.TELL,        "确认计票", (_S.COUNTING,), Target.SAME, (_A.TELLER,), ("not_author", "other_teller")),
    Row(Verb.PUBLISH,     "公布结果", (_S.COUNTING,), _S.RESULT_NOTICE, (_A.TELLER,), ("two_tellers",)),
    Row(Verb.ASK_RECOUNT, "要求重新计票", (_S.RESULT_NOTICE,), Target.SAME, (_A.CLERK, _A.PARTY, _A.OVERSEER),
        ("objection_upheld",)),
    Row(Verb.RECOUNT,     "重新计票", (_S.RESULT_NOTICE,), Target.SAME, (_A.TELLER,),
        ("recount_asked", "not_author", "other_teller")),
    Row(Verb.TAKE_EFFECT, "公示期满，通过", (_S.RESULT_NOTICE,), _S.EFFECTIVE, (_A.SYSTEM,),
        ("shown", "objections_answered", "recounted", "passed")),
    Row(Verb.FAIL,        "公示期满，未通过", (_S.RESULT_NOTICE,), _S.NOT_PASSED, (_A.SYSTEM,),
        ("shown", "objections_answered", "recounted", "rejected")),
    Row(Verb.LAPSE,       "公示期满，人数不够", (_S.RESULT_NOTICE,), _S.NO_QUORUM, (_A.SYSTEM,),
        ("shown", "objections_answered", "recounted", "no_quorum")),
    Row(Verb.RERUN,       "公示期满，再选一次", (_S.RESULT_NOTICE,), _S.FINALISED, (_A.SYSTEM,),
        ("shown", "objections_answered", "recounted", "seats_open")),
    Row(Verb.RECONVENE,   "再次召集", (_S.NO_QUORUM,), _S.FINALISED, (_A.HOST,), ("text_unchanged",)),
    Row(Verb.CARRY_OUT,   "开始落实", (_S.EFFECTIVE,), _S.EXECUTING, (_A.EXECUTOR,), ("plan_given",)),
    Row(Verb.PROGRESS,    "办完一步", (_S.EXECUTING,), Target.SAME, (_A.EXECUTOR,), ("evidence_given",)),
    Row(Verb.REPLAN,      "调整计划", (_S.EXECUTING,), Target.SAME, (_A.EXECUTOR,), ("reasons_given",)),
    Row(Verb.OVERDUE,     "到期没有办完", (_S.EXECUTING,), Target.SAME, (_A.SYSTEM,), ("clock_ran_out",)),
    Row(Verb.REPORT,      "报告办完", (_S.EXECUTING,), _S.EVALUATING, (_A.EXECUTOR,), ("steps_done", "evidence_given")),
    Row(Verb.EVALUATE,    "评议",     (_S.EVALUATING,), Target.SAME, (_A.RESIDENT,), ("asked",)),
    Row(Verb.REWORK,      "评议不满意，返工", (_S.EVALUATING,), _S.EXECUTING, (_A.SYSTEM,),
        ("clock_ran_out", "not_satisfied")),
    Row(Verb.SATISFY,     "评议满意", (_S.EVALUATING,), _S.CLOSED, (_A.SYSTEM,), ("clock_ran_out", "satisfied")),
    Row(Verb.CLOSE_FILE,  "结束",     (_S.NOT_PASSED, _S.NO_QUORUM, _S.EXPIRED), _S.CLOSED, (_A.CLERK,)),
    Row(Verb.ARCHIVE,     "归档",     (_S.CLOSED,), _S.ARCHIVED, (_A.CLERK,), ("file_complete",)),
    Row(Verb.WITHDRAW,    "撤回",     BEFORE_VOTE, _S.WITHDRAWN, (_A.AUTHOR,)),
    Row(Verb.SUSPEND,     "暂停",     RESUMABLE, _S.SUSPENDED, (_A.OVERSEER,), ("document_recorded",)),
    Row(Verb.RESUME,      "恢复",     (_S.SUSPENDED,), Target.RETURN_STATE, (_A.OVERSEER,), ("document_recorded",)),
    Row(Verb.ORDER_CORRECTION, "责令改正", RESUMABLE, _S.ORDERED_TO_CORRECT, (_A.OVERSEER,),
        ("document_recorded",)),
    Row(Verb.CORRECT,     "改正",     (_S.ORDERED_TO_CORRECT,), _S.DELIBERATING, (_A.HOST,), ("correction_described",)),
    Row(Verb.REVOKE,      "撤销",     (*RUNNING, _S.SUSPENDED), _S.REVOKED, (_A.OVERSEER,), ("document_recorded",)),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Step:
    """What ``row`` means for a matter that stands ``at`` one state."""

    at: State
    row: Row

    @property
    def verb(self) -> Verb:
        """Return the deed."""
        return self.row.verb

    def lands(self, *, returning: State | None = None) -> State:
        """Return where the matter stands afterwards.

        Raises:
            ValueError: it goes back to where it was stopped, and nobody said where that was.
        """
        if self.row.target is Target.SAME:
            return self.at
        if self.row.target is not Target.RETURN_STATE:
            return State(self.row.target)
        if returning is None or returning not in back_from(self.at):
            raise ValueError(returning)
        return returning


STEPS: Final = tuple(Step(at, row) for at in State for row in ROWS if at in row.sources)
FROM: Final = {at: {step.verb: step for step in STEPS if step.at is at} for at in State}


def row(verb: Verb) -> Row:
    """Return the row of a deed."""
    return next(each for each in ROWS if each.verb is verb)


def back_from(at: State) -> tuple[State, ...]:
    """Return the states a matter may have been in before it was put aside ``at``."""
    ways = [row.sources for row in ROWS if row.target == at]
    return tuple(dict.fromkeys(state for sources in ways for state in sources))


def leads_back(at: State) -> bool:
    """Return whether a matter that stands ``at`` may go back to where it was."""
    return any(each.row.target is Target.RETURN_STATE for each in FROM[at].values())


def step(at: State, verb: Verb) -> Step:
    """Return the step ``verb`` makes from ``at``, or raise `MovedOn` when there is none."""
    found = FROM[at].get(verb)
    if found is None:
        raise MovedOn(MOVED_ON)
    return found


def steps_for(at: State, actors: frozenset[Actor]) -> tuple[Step, ...]:
    """Return the steps that any of ``actors`` may take from ``at``, in the order of the road."""
    return tuple(each for each in FROM[at].values() if actors & set(each.row.actors))


def targets(candidate: Step) -> tuple[State, ...]:
    """Return every state ``candidate`` can land in."""
    return back_from(candidate.at) if candidate.row.target is Target.RETURN_STATE else (candidate.lands(),)
