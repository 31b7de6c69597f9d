"""Rows 32–46 of the road: handing over, keeping the agreement, visiting, closing, archiving."""

from typing import Final

from mediation.case.events import Event, Guard, Row, Target, Timing
from mediation.case.states import Actor, Clock, Outcome, State

HELD: Final = (Clock.REVIEW, Clock.INVITE, Clock.MEDIATE, Clock.FIRST_SESSION, Clock.CLOSE)
"""Clocks that wait while another organisation decides whether it takes the case."""

KEEPING: Final = (
    Row(
        Event.HANDOVER,
        "移交",
        (State.REGISTERED, State.INVITING, State.ASSIGNING, State.MEDIATING, State.TERMINATED),
        State.HANDOVER,
        (Actor.ORGDIR, Actor.CENTER, Actor.COURT),
        (
            Guard("target_competent", "请选择有权办理这件事的接收单位。"),
            Guard("data_consent_or_duty", "请先取得当事人提供个人信息的单独同意，或者写明法定职责依据。"),
            Guard("caucus_excluded", "移交材料里不能有单独谈话、方案和内部意见，请去掉后再移交。"),
        ),
        Timing(starts=(Clock.HANDOVER,), pauses=HELD),
        ("移送函", "移交清单"),
    ),
    Row(
        Event.HANDOVER_ACCEPT,
        "接收",
        (State.HANDOVER,),
        State.ASSIGNING,
        (Actor.TARGET_ORGDIR,),
        (Guard("new_proceeding", "请先写明接收后的办理程序、编号和规则。"),),
        Timing(starts=(Clock.MEDIATE,), stops_all=True),
        ("接收回执",),
        (Outcome.TRANSFERRED,),
    ),
    Row(
        Event.HANDOVER_REJECT,
        "退回",
        (State.HANDOVER,),
        Target.RETURN_STATE,
        (Actor.TARGET_ORGDIR, Actor.CENTER),  # the centre calls back what nobody answers
        (
            Guard("reject_reason_and_basis", "请写明退回的理由和依据。"),
            Guard("bounced_once_at_most", "这件事已经退回过两次，请由综治中心决定。"),
        ),
        Timing(stops=(Clock.HANDOVER,), resumes=HELD),
        ("退回函",),
    ),
    Row(
        Event.HANDOVER_OVERDUE,
        "逾期未收",
        (State.HANDOVER,),
        State.HANDOVER,
        (Actor.SYSTEM,),
        (Guard("handover_expired", "接收期限还没有到。"),),
        Timing(starts=(Clock.HANDOVER,)),
        ("督办单",),
    ),
    Row(
        Event.OVERDUE,
        "逾期",
        (State.PERFORMING,),
        State.BREACHED,
        (Actor.SYSTEM,),
        (Guard("obligation_overdue", "没有到期未履行的义务。"),),
        Timing(starts=(Clock.URGE,)),
        ("督促履行通知",),
    ),
    Row(
        Event.CURE,
        "补履行",
        (State.BREACHED,),
        State.PERFORMING,
        (Actor.MEDIATOR,),
        (Guard("nothing_overdue", "还有到期未履行的义务，请先登记履行凭证。"),),
        Timing(stops=(Clock.URGE,)),
        ("履行凭证",),
    ),
    Row(
        Event.PERFORMED,
        "履行完毕",
        (State.PERFORMING, State.BREACHED),
        State.FOLLOWUP,
        (Actor.MEDIATOR, Actor.SYSTEM),
        (Guard("all_done_or_waived", "还有义务没有履行完，请等权利人确认或者核对凭证。"),),
        Timing(starts=(Clock.FOLLOWUP,), stops=(Clock.OBLIGATION, Clock.URGE)),
        ("履行凭证",),
    ),
    Row(
        Event.ROUTE_OUT,
        "转法定途径",
        (State.BREACHED,),
        State.FOLLOWUP,
        (Actor.MEDIATOR,),
        (
            Guard("urging_failed", "请先完成督促，确实无效再转法定途径。"),
            Guard("routes_told", "请先告知可以起诉、申请执行、申请支付令或者仲裁。"),
        ),
        Timing(starts=(Clock.FOLLOWUP,), stops=(Clock.OBLIGATION, Clock.URGE)),
        ("其他途径告知书",),
        (Outcome.BREACH_ROUTED_OUT,),
    ),
    Row(
        Event.AMEND,
        "补正变更协议",
        (State.PERFORMING, State.BREACHED),
        Target.SAME,
        (Actor.MEDIATOR, Actor.SYSTEM),  # the mediator writes it; the last signature and the seal put it into effect
        (
            Guard("all_signed_again", "变更协议须由原来的每一位签署人重新签署。"),
            Guard("first_version_kept", "原协议必须保留，请另立补充协议。"),
            Guard("court_told", "司法确认已经提交，请先通知法院。"),
        ),
        Timing(starts=(Clock.OBLIGATION,)),
        ("补正书", "补充协议"),
    ),
    Row(
        Event.REMEDIATE,
        "重新调解",
        (State.PERFORMING, State.BREACHED),
        State.MEDIATING,
        (Actor.ORGDIR,),
        (
            Guard("dismissed_or_disputed", "只有司法确认被驳回或者对协议内容有争议，才能重新调解。"),
            Guard("all_consent_again", "请先取得每一位当事人同意重新调解的意见。"),
        ),
        Timing(starts=(Clock.MEDIATE,), stops=(Clock.OBLIGATION, Clock.URGE, Clock.FOLLOWUP)),
        ("重新调解同意书",),
    ),
    Row(
        Event.FOLLOWUP_DONE,
        "回访",
        (State.FOLLOWUP,),
        State.CLOSED,
        (Actor.MEDIATOR,),
        (
            Guard("visit_recorded", "请先填写回访记录。"),
            Guard("satisfaction_asked", "请先问过当事人是否满意；当事人可以不答。"),
        ),
        Timing(starts=(Clock.ARCHIVE,), stops=(Clock.FOLLOWUP,)),
        ("人民调解回访记录", "结案报告"),
    ),
    Row(
        Event.RELAPSE,
        "回访发现未履行",
        (State.FOLLOWUP,),
        State.BREACHED,
        (Actor.MEDIATOR,),
        (Guard("obligation_reopened", "请先选出没有履行的那一项义务。"),),
        Timing(starts=(Clock.OBLIGATION, Clock.URGE), stops=(Clock.FOLLOWUP,)),
        ("人民调解回访记录",),
    ),
    Row(
        Event.CLOSE,
        "结案（不成）",
        (State.TERMINATED,),
        State.CLOSED,
        (Actor.MEDIATOR,),
        (
            Guard("termination_served", "请先把终止调解通知书送达各方。"),
            Guard("materials_returned", "请先退还材料；法院委派的，请移送起诉材料。"),
        ),
        Timing(starts=(Clock.ARCHIVE,), stops=(Clock.CLOSE,)),
        ("结案报告",),
    ),
    Row(
        Event.REOPEN,
        "恢复办理",
        (State.CLOSED,),
        State.BREACHED,
        (Actor.ORGDIR,),
        (
            Guard("agreement_exists", "这件事没有达成协议，请另行申请。"),
            Guard("default_after_close", "请先写明义务人在结案后怎样没有履行。"),
        ),
        Timing(starts=(Clock.OBLIGATION, Clock.URGE), stops=(Clock.ARCHIVE,)),
        ("恢复办理说明",),
    ),
    Row(
        Event.ARCHIVE,
        "办理归档",
        (State.CLOSED, State.DECLINED, State.REDIRECTED),
        State.ARCHIVED,
        (Actor.ARCHIVIST,),
        (
            Guard("papers_complete", "卷宗还缺必备文书，请补齐，或者写明情况说明。"),
            Guard("manifest_chained", "请先生成卷宗清单并接入校验链。"),
            Guard("retention_set", "请先选定保管期限。"),
            Guard("purge_planned", "请先排定单独谈话记录的清除日期。"),
        ),
        Timing(starts=(Clock.RETENTION,), stops=(Clock.ARCHIVE,)),
        ("卷宗封面", "卷内目录", "卷宗正文", "卷宗情况说明", "封底"),
    ),
)
"""Rows 32–46."""
