"""One sheet of A4 for the board, for whatever stage a matter is in: what, who, until when, and how on foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from community.errors import Hidden
from community.orgs.models import Org, OrgKind
from deliberation.ballot import queries as ballots
from deliberation.ballot.models import Ballot, Result
from deliberation.matter import queries
from deliberation.matter.models import Matter
from deliberation.matter.states import State
from web.page import page
from web.paper import qr
from web.person import now
from web.words import N_


@dataclass(frozen=True, slots=True)
class Stage:
    """What a sheet says in a stage: its heading, what everybody may do, and how to do that without a telephone."""

    heading: str
    call: str
    on_foot: str


ROOMY: Final = 180  # characters that stand on one sheet in large type; more of them in smaller
ASK: Final = N_("到窗口可以看全文，也可以请工作人员念给您听。")
_TALK: Final = Stage(
    N_("正在商议"), N_("您有想法，请说出来：赞成、反对、补充都行。"), N_("到窗口口头说，工作人员替您记下来。")
)
_END: Final = Stage(N_("办完了"), N_("全过程都公开，随时可以查。"), ASK)
_STOP: Final = Stage(N_("停在这里"), N_("为什么停，网页上写得清楚。"), ASK)

STAGES: Final[Mapping[State, Stage]] = {
    State.ENDORSING: Stage(
        N_("请您附议"), N_("附议不等于赞成，只是同意拿出来商量。"), N_("带身份证到窗口，当场签字附议。")
    ),
    State.SCREENING: _TALK,
    State.PARTY_STUDY: _TALK,
    State.DELIBERATING: _TALK,
    State.FINALISED: _TALK,
    State.NOTICED: Stage(
        N_("会前公示"),
        N_("文字和名册都定了，请您看一看；到日子请来表决。"),
        N_("对名册有疑问，请在异议期里到窗口提出。"),
    ),
    State.VOTING: Stage(
        N_("请您表决"), N_("一户一票，按人的一人一票。截止前可以改。"), N_("带身份证到窗口，请工作人员帮您投。")
    ),
    State.COUNTING: Stage(N_("正在计票"), N_("两位计票人各数一遍，三天内公布结果。"), ASK),
    State.RESULT_NOTICE: Stage(
        N_("表决结果公示"), N_("每一行都写着怎么算的，您可以核对。"), N_("有不同意见，公示期里到窗口提出。")
    ),
    State.EFFECTIVE: Stage(N_("通过了，等着落实"), N_("谁来办、什么时候办好，会写在网页上。"), ASK),
    State.NOT_PASSED: Stage(N_("没有通过"), N_("差在哪里，网页上一行一行写着。"), ASK),
    State.NO_QUORUM: Stage(N_("参加的人不够"), N_("可以再召集一次。请您下次来参加。"), ASK),
    State.EXECUTING: Stage(
        N_("正在落实"), N_("办到哪一步、花了多少，网页上看得到。"), N_("看到没办好的地方，请到窗口说。")
    ),
    State.EVALUATING: Stage(
        N_("请您评一评"), N_("办得好不好，由附议过、投过票的人来评。"), N_("到窗口口头评，工作人员替您记下来。")
    ),
    State.CLOSED: _END,
    State.ARCHIVED: _END,
    State.RETURNED: _STOP,
    State.APPEALED: _STOP,
    State.MERGED: _STOP,
    State.EXPIRED: _STOP,
    State.WITHDRAWN: _STOP,
    State.SUSPENDED: _STOP,
    State.ORDERED_TO_CORRECT: _STOP,
    State.REVOKED: _STOP,
}
"""Every public stage has its sheet; a draft has none."""


async def show(request: Request) -> Response:
    """Show the sheet of a public matter."""
    matter = await queries.find(None, request.path_params["id"])
    if matter.hidden_at:
        raise Hidden("这件事的文字收起了，现在没有可以张贴的。")
    ballot = await ballots.ballot_of(matter)
    result = await ballots.result_of(ballot) if ballot else None
    address = f"{request.app.state.settings.site_url}/m/{matter.id}"
    text = await queries.text_of(matter)
    view = {
        "matter": matter,
        "text": text,
        "dense": sum(map(len, (text.title, text.what, text.cost, text.who))) > ROOMY,
        "stage": STAGES[State(matter.state)],
        "when": when(matter, ballot, result),
        "ballot": ballot,
        "result": result,
        "window": await _window(matter),
        "address": address.split("://", 1)[1],
        "qr": qr(address),
        "at": now(request),
    }
    return await page(request, "deliberation/matter/poster.html", view)


def when(matter: Matter, ballot: Ballot | None, result: Result | None) -> tuple[datetime | None, datetime | None]:
    """Return from when until when there is something to do; None where that is open."""
    if ballot and matter.state in {State.NOTICED, State.VOTING}:
        return ballot.opens_at, ballot.closes_at
    if result and matter.state is State.RESULT_NOTICE:
        return None, result.shown_until
    return None, matter.due_at


async def _window(matter: Matter) -> Org | None:
    """Return the residents' committee, whose window serves those who come on foot."""
    return await Org.filter(community_id=matter.community_id, kind=OrgKind.RESIDENTS_COMMITTEE).order_by("id").first()


async def short(request: Request) -> Response:
    """Lead from the short address on paper to the matter."""
    return RedirectResponse(f"/matters/{request.path_params['id']}", status_code=302)


routes = [
    Route("/matters/{id:int}/poster", show, name="matter-poster"),
    Route("/m/{id:int}", short, name="matter-short"),
]
