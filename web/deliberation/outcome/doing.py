"""Carrying a matter out and judging it: the plan, its steps, the report, the evaluation."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from community.errors import Forbidden, Hidden, Unfit
from community.orgs.queries import orgs_around
from community.people.models import Person
from community.people.roles import require_in_place
from community.places.models import Place
from deliberation.matter import queries as matters
from deliberation.matter.models import Matter
from deliberation.matter.states import RIGHTS, Actor, State
from deliberation.outcome import doing, judging, queries
from deliberation.outcome.models import Milestone
from web.community.files.receive import BODY, receive
from web.deliberation.outcome.forms import EvaluationForm, PlanForm, ReportForm, StepForm, in_fen
from web.deliberation.outcome.words import SCORES
from web.forms import Filled, Form, read, with_files
from web.page import done, page
from web.person import now, signed_in

F = TypeVar("F", bound=Form)
EMPTY: Final[Filled[Any]] = Filled({}, None, {})
Show = Callable[[Filled[Any], int], Awaitable[Response]]


async def _executed(request: Request) -> Matter:
    """Return the matter, or refuse whoever does not carry it out."""
    person = signed_in(request)
    matter = await matters.find(person, request.path_params["id"])
    await require_in_place(person, matter.body.place_id, RIGHTS[Actor.EXECUTOR], at=now(request))
    return matter


async def _fill(
    request: Request, form: type[F], show: Show, deed: Callable[[F], Awaitable[object]], url: str
) -> Response:
    """Show an empty form, or do what the filled one says; what is wrong comes back as it was typed."""
    if request.method != "POST":
        return await show(EMPTY, 200)
    filled = await read(request, form)
    if filled.data is None:
        return await show(filled, 422)
    try:
        await deed(filled.data)
    except Unfit as why:
        return await show(filled.with_error(why), 422)
    return done(url)


async def _kept(request: Request, given: Sequence[object], by: Person) -> list[str]:
    """Keep the files of a form and return their codes."""
    files = [each for each in given if isinstance(each, UploadFile) and each.filename]
    return [(await receive(request, each, by=by)).code for each in files]


async def plan(request: Request) -> Response:
    """Begin to carry out, or change the plan."""
    matter, by, at = await _executed(request), signed_in(request), now(request)
    course = await queries.course(matter)
    place = await Place.get(id=matter.body.place_id)
    if matter.state not in (State.EFFECTIVE, State.EXECUTING):
        raise Hidden("这件事现在没有要定的计划。")

    async def show(filled: Filled[Any], status: int) -> Response:
        view = {
            "matter": matter,
            "course": course,
            "orgs": await orgs_around(place),
            "leaders": await doing.leaders(matter, at=at),
            "filled": filled,
            "first": matter.state is State.EFFECTIVE,
        }
        return await page(request, "deliberation/outcome/plan.html", view, status=status)

    async def deed(data: PlanForm) -> None:
        do: Callable[..., Awaitable[object]] = doing.carry_out if matter.state is State.EFFECTIVE else doing.replan
        await do(matter.id, data.outline, by=by, at=at)

    return await _fill(request, PlanForm, show, deed, f"/matters/{matter.id}/outcome")


@with_files
async def step(request: Request) -> Response:
    """Report one step as done."""
    matter, by, at = await _executed(request), signed_in(request), now(request)
    found = Milestone.filter(id=request.path_params["step"], execution__matter_id=matter.id)
    milestone = await found.get_or_none(done_at=None, dropped_at=None)
    if milestone is None:
        raise Hidden("没有这一步，或者已经办完了。")

    async def show(filled: Filled[Any], status: int) -> Response:
        view = {"matter": matter, "step": milestone, "filled": filled}
        return await page(request, "deliberation/outcome/step.html", view, status=status)

    async def deed(data: StepForm) -> None:
        files = await _kept(request, data.file, by)
        await doing.progress(milestone.id, data.note, files, spent=in_fen(data.spent), by=by, at=at)

    return await _fill(request, StepForm, show, deed, f"/matters/{matter.id}/outcome#s-{milestone.id}")


@with_files
async def report(request: Request) -> Response:
    """Report the whole as done."""
    matter, by, at = await _executed(request), signed_in(request), now(request)
    if matter.state is not State.EXECUTING:
        raise Hidden("这件事现在没有在落实。")
    course = await queries.course(matter)

    async def show(filled: Filled[Any], status: int) -> Response:
        view = {"matter": matter, "course": course, "filled": filled}
        return await page(request, "deliberation/outcome/report.html", view, status=status)

    async def deed(data: ReportForm) -> None:
        await doing.report(matter.id, data.words, await _kept(request, data.file, by), by=by, at=at)

    return await _fill(request, ReportForm, show, deed, f"/matters/{matter.id}/outcome")


async def evaluate(request: Request) -> Response:
    """Ask whoever seconded or voted how good it is; nothing is chosen beforehand."""
    by, at = signed_in(request), now(request)
    matter = await matters.find(by, request.path_params["id"])
    running, seat = await queries.open_evaluation(by, matter)
    if running is None:
        raise Hidden("现在没有要评议的。")
    if seat is None:
        raise Forbidden("这次评议请附议过或者投过票的人来评。")

    async def show(filled: Filled[Any], status: int) -> Response:
        view = {"matter": matter, "running": running, "seat": seat, "scores": SCORES, "filled": filled, "at": at}
        course = await queries.course(matter)
        return await page(request, "deliberation/outcome/evaluation.html", {**view, "course": course}, status=status)

    async def deed(data: EvaluationForm) -> None:
        await judging.evaluate(matter.id, data.score, data.words, by=by, at=at)

    return await _fill(request, EvaluationForm, show, deed, f"/matters/{matter.id}/outcome#h-judged")


routes = [
    Route("/matters/{id:int}/plan", plan, methods=["GET", "POST"], name="matter-plan"),
    Route("/matters/{id:int}/steps/{step:int}", step, methods=["GET", "POST"], name="matter-step", max_body_size=BODY),
    Route("/matters/{id:int}/report", report, methods=["GET", "POST"], name="matter-report", max_body_size=BODY),
    Route("/matters/{id:int}/evaluation", evaluate, methods=["GET", "POST"], name="matter-evaluation"),
]
