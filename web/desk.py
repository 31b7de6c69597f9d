"""The desk: what waits for the reader's offices first, then the lanes of their work."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.people.models import Person
from community.rights import Right, Role, may
from mediation.appointment.queries import todays
from mediation.case.desk_queries import most_urgent
from mediation.case.queries import indexed
from mediation.case.sifting import Sift
from mediation.case.states import ENDS, State
from mediation.intake.rules import Kind
from mediation.letters.queries import unsent
from web.deliberation.waiting import at_desk, notes_to_answer
from web.mediation.case.filters import sifted
from web.mediation.case.queue import queue
from web.page import page
from web.person import now, signed_in
from web.wait import Wait
from web.words import N_

SHOWN = 100
CASES: Final = frozenset({Right.CASE_INTAKE, Right.CASE_DIRECT, Right.CASE_MEDIATE, Right.CASE_ARCHIVE})
OFFICES: Final = frozenset({Right.MATTER_SCREEN, Right.MATTER_STUDY, Right.MATTER_EXECUTE, Right.MATTER_SUPERVISE})
LETTERS: Final = frozenset({Right.CASE_INTAKE, Right.CASE_DIRECT, Right.CASE_MEDIATE, Right.CASE_FILE_FOR})
TAKES_IN: Final = frozenset({Right.CASE_INTAKE, Right.CASE_DIRECT})
ADDRESSED: Final = OFFICES - {Right.MATTER_SUPERVISE}

OPEN: Final = tuple(each for each in State if each not in ENDS and each is not State.DRAFT)


class Lane(NamedTuple):
    """One kind of work: the route of its page, what it is called, what is done there, and who may."""

    route: str
    title: str
    what: str
    rights: frozenset[Right]


LANES: Final = (
    Lane("desk-intake", N_("收件台"), N_("看各处来的申请，登记，邀请，受理。"), TAKES_IN),
    Lane("intake-new", N_("登记一件纠纷"), N_("居民来电、上门，或者排查发现的。"), frozenset({Right.CASE_FILE_FOR})),
    Lane("letters", N_("信件"), N_("没有账号的人，打印，寄出，上门交，记下收到没有。"), LETTERS),
    Lane("sweeps", N_("排查"), N_("走访了多少户，发现几件，当场劝好几件。"), frozenset({Right.CASE_INTAKE})),
    Lane("dispatch", N_("调度"), N_("看每件事在哪家手里，退回两次的由您决定。"), frozenset({Right.CASE_DISPATCH})),
    Lane("handovers", N_("移交"), N_("别家送来的，接收或者退回。"), frozenset({Right.CASE_DIRECT})),
    Lane("confirmations", N_("司法确认"), N_("送到您法院的申请，受理，裁定。"), frozenset({Right.CASE_DIRECT})),
    Lane("workload", N_("谁手上有多少"), N_("每位调解员的在办和超期，还没选人的事。"), frozenset({Right.CASE_DIRECT})),
    Lane("case-report", N_("统计"), N_("一段时间的受理、办结、成功和按期，可以导出。"), frozenset({Right.CASE_INDEX})),
    Lane(
        "supervision",
        N_("督办"),
        N_("限期答复的督办单：谁问的，哪天前答复，答复行不行。"),
        frozenset({Right.CASE_DIRECT, Right.CASE_DISPATCH, Right.CASE_SUPERVISE}),
    ),
    Lane("complaints", N_("对调解的投诉"), N_("当事人投诉的，核查，答复。"), frozenset({Right.CASE_DIRECT})),
    Lane("mediators", N_("调解员名册"), N_("任期、擅长、语言和方言、培训。"), frozenset({Right.CASE_DIRECT})),
    Lane("ties", N_("我的申报"), N_("和您有亲戚、同事、债务等关系的人。"), frozenset({Right.CASE_MEDIATE})),
    Lane("shelf", N_("案卷"), N_("结了的事归档，看归了档的卷。"), frozenset({Right.CASE_ARCHIVE})),
    Lane("numbers", N_("编号簿"), N_("给过的号，一个不缺，作废的写明理由。"), TAKES_IN | {Right.CASE_ARCHIVE}),
    Lane("desk-matters", N_("议事待办"), N_("受理提议，开议事会，公示，表决，落实。"), OFFICES | {Right.BALLOT_TELL}),
    Lane("moderation", N_("待审核"), N_("看举报，收起或者放行。"), frozenset({Right.CONTENT_MODERATE})),
    Lane("appeals", N_("申诉"), N_("对处理不服的，换个人重看。"), frozenset({Right.APPEAL_DECIDE})),
    Lane("desk-supervision", N_("监事台"), N_("看什么到期了，什么没人答复。"), frozenset({Right.MATTER_SUPERVISE})),
    Lane("desk-calls", N_("等我单位答复的"), N_("居民问到您单位的，按时答复。"), frozenset({Right.CALL_ANSWER})),
    Lane("desk-notes", N_("等您答复的监督意见"), N_("监督委员会写给您的，逐条答复。"), ADDRESSED),
    Lane(
        "meetings",
        N_("开会"),
        N_("筹备会议，签到，主持，写记录。"),
        frozenset({Right.MEETING_HOST, Right.MEETING_RECORD}),
    ),
    Lane("publication-new", N_("登公示"), N_("居务、财务、决定，到时候都要公开。"), frozenset({Right.MATTER_SCREEN})),
    Lane("desk-helping", N_("我的代办"), N_("替居民附议、说话，先有授权。"), frozenset({Right.ASSIST})),
    Lane("desk-callbacks", N_("代办回访"), N_("打电话问一问，是不是本人的意思。"), frozenset({Right.HELP_CHECK})),
    Lane("desk-bodies", N_("会议组织和名册"), N_("设会议，冻结名册，定议事规则。"), frozenset({Right.ROLL_FREEZE})),
    Lane(
        "desk-information",
        N_("个人信息申请"),
        N_("居民要查阅、更正、删除自己信息的，按时答复。"),
        frozenset({Right.SUBJECT_ANSWER, Right.SUBJECT_TAKE}),
    ),
    Lane("places", N_("楼栋和名册"), N_("导入门牌和居民，改房屋面积。"), frozenset({Right.PLACE_EDIT})),
    Lane("waiting", N_("核对居民"), N_("有人说住在这里，请对一对名册。"), frozenset({Right.PERSON_VERIFY})),
)
"""The lanes, in the order in which they are shown; a lane may still refuse, its page knows the place."""


async def desk(request: Request) -> Response:
    """Show what waits for the reader's offices, their cases, and the ways to the rest."""
    me, at = signed_in(request), now(request)
    roles = request.state.reader.roles
    handles = _any(roles, CASES)
    through = await sifted(request, me) if handles else {}
    sift = through.get("sift")
    cases = await most_urgent(me, most=SHOWN, at=at, sift=sift if isinstance(sift, Sift) else None) if handles else []
    groups = await queue(me, cases, at) if cases else {}
    meets = await todays(me, at=at) if may(roles, Right.CASE_MEDIATE) else []
    known = await (await indexed(me, at=at)).limit(SHOWN) if not cases and may(roles, Right.CASE_INDEX) else []
    waiting = await _waiting(me, roles, at)
    lanes = _lanes(frozenset(roles))
    view = {"waiting": waiting, "lanes": lanes, "groups": groups, "known": known, "handles": handles, "meets": meets}
    view["letters"] = await unsent(me, at=at) if handles else 0
    view |= {**through, "show": sift.show if isinstance(sift, Sift) else ""}
    view |= {"kinds": tuple(Kind), "states": OPEN}
    return await page(request, "desk.html", {**view, "at": at, "kind_of": Kind})


async def _waiting(me: Person, roles: Collection[Role], at: datetime) -> list[Wait]:
    """Return what waits for the offices, the most urgent first."""
    found = await at_desk(me, at) if _any(roles, OFFICES | {Right.CALL_ANSWER}) else []
    found += await notes_to_answer(me, at) if _any(roles, ADDRESSED) else []
    return sorted(found, key=lambda wait: (wait.until is None, wait.until or at))


@lru_cache(maxsize=256)
def _lanes(roles: frozenset[Role]) -> tuple[Lane, ...]:
    return tuple(lane for lane in LANES if _any(roles, lane.rights))


def _any(roles: Collection[Role], rights: Collection[Right]) -> bool:
    return any(may(roles, right) for right in rights)


routes = [Route("/desk", desk, name="desk")]
